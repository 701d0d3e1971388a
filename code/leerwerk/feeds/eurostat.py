"""Asks Eurostat's dissemination API, with patience.

urllib3 itself: it retries with backoff, honours Retry-After, counts a body that breaks off as one try, and Sphinx brings it anyway.
"""

from __future__ import annotations

import json

from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from leerwerk.feeds import jsonstat
from leerwerk.feeds.errors import FeedError

ADDRESS = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
TRIES, LONGEST_WAIT = 5, 120  # seconds; a server that asks for more is asked again another day
_PASSING = (429, 500, 502, 503, 504)
_MEANS = {
    429: "Eurostat kreeg te veel vragen na elkaar: probeer over een uur opnieuw",
    413: "Eurostat vindt de vraag te groot: zet meer filters in feeds.csv",
    404: "Eurostat kent deze tabel niet: kijk de code in feeds.csv na",
    400: "Eurostat aanvaardt de vraag niet: kijk de codes in feeds.csv na",
}


def fetch(url: str, backoff: float = 1) -> bytes:
    """The body of an answer.

    Parameters
    ----------
    backoff
        Seconds before the second retry; each further one waits twice as long.

    Raises
    ------
    FeedError
        If there is none after all tries, or its status is not 200.
    """
    retry = Retry(
        total=TRIES - 1,
        backoff_factor=backoff,
        backoff_max=LONGEST_WAIT,
        status_forcelist=_PASSING,
        raise_on_status=False,
        retry_after_max=LONGEST_WAIT,
    )
    try:
        with PoolManager(retries=retry, timeout=Timeout(30), headers={"User-Agent": "leerwerk"}) as pool:
            response = pool.request("GET", url)
    except HTTPError as error:
        reason = getattr(error, "reason", None) or error
        raise FeedError(
            f"geen volledig antwoord na {TRIES} pogingen ({type(reason).__name__}): kijk het netwerk na"
        ) from None
    if response.status != 200:
        raise FeedError(_meaning(response.status, response.data))
    return response.data


def _meaning(status: int, body: bytes) -> str:
    other = "storing bij Eurostat: probeer later opnieuw" if status >= 500 else "onverwacht antwoord van Eurostat"
    try:
        said = jsonstat.told(json.loads(body))
    except (ValueError, AttributeError):
        said = ""
    return f"{_MEANS.get(status, other)} ({said or status})"
