"""Tables in HTML: heads for rows and columns, a grid where it fits a phone, nothing that escapes its cell."""

import pandas as pd
import pytest
from lxml import html

from bookbuild.page import show
from bookbuild.page.table import PHONE, table_html
from ledger.exhibit import Exhibit


def parsed(frame: pd.DataFrame) -> html.HtmlElement:
    return html.fromstring(table_html(frame, "Titel", "Meer <b>woorden</b>."))


def test_every_cell_has_a_head_in_its_row_and_its_column():
    section = parsed(pd.DataFrame({"jaar": ["2000", "2001"], "aandeel (%)": ["7,1", "8,0"]}))
    assert [cell.text for cell in section.xpath("//thead//th[@scope='col']")] == ["jaar", "aandeel (%)"]
    assert [cell.text for cell in section.xpath("//tbody//th[@scope='row']")] == ["2000", "2001"]
    assert [cell.get("data-label") for cell in section.xpath("//td")] == ["aandeel (%)"] * 2


def test_the_caption_is_text():
    section = parsed(pd.DataFrame({"a": ["<script>"]}))
    assert section.find(".//caption").text_content() == "Titel Meer <b>woorden</b>."
    assert section.xpath("//script") == []
    assert section.findtext(".//tbody//th") == "<script>"


def test_a_head_that_is_a_bare_number_is_named_on_a_phone():
    heads = parsed(pd.DataFrame({"jaar": ["2000", "vroeger"], "n": ["1", "2"]})).xpath("//tbody//th/@data-label")
    assert heads == ["jaar"]


@pytest.mark.parametrize(
    ("cells", "numeric"),
    [
        (["1", "−2,5"], True),
        (["12\N{NARROW NO-BREAK SPACE}345", "7%"], True),
        (["", "3"], True),
        (["3", "geen"], False),
        (["", ""], False),
        (["2014 tot 2018", "2019"], False),
    ],
)
def test_columns_of_numbers_are_known(cells, numeric):
    found = parsed(pd.DataFrame({"a": ["x", "y"], "b": cells})).xpath("//td/@class")
    assert found == (["numeric"] * 2 if numeric else [])


def test_only_what_does_not_fit_a_phone_is_stacked():
    half = PHONE // 2 - 1
    fits = pd.DataFrame({"a": ["x" * half], "b": ["y" * half]})
    assert "stacks" not in parsed(fits).get("class")
    assert "stacks" in parsed(fits.assign(b="y" * (half + 1))).get("class")
    assert "stacks" not in parsed(fits.assign(b="y " * 50)).get("class")


def test_a_table_without_rows_is_its_title_as_a_sentence(capsys):
    empty = pd.DataFrame({"what": pd.Series(dtype=str)})
    show.table(Exhibit("leeg", "Nog niets gewijzigd", "", "Kop.", empty, {"what": "wat"}, origin="bron"))
    assert capsys.readouterr().out == "Nog niets gewijzigd.\n"
