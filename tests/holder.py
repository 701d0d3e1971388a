"""A folder as someone with restricted records may have it: the synthetic pupils under other names, codes, dates and encodings."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from leerwerk.tables.folder import DATA

REGIONS = {
    "ant": "Antwerpen",
    "bru": "Brussel",
    "lim": "Limburg",
    "ovl": "Oost-Vlaanderen",
    "vbr": "Vlaams-Brabant",
    "wvl": "West-Vlaanderen",
}
MOTHERS = {"low": "laag", "mid": "midden", "high": "hoog"}
FIELDS = {"con": "bouw", "mec": "mechanica", "ret": "handel", "hos": "horeca", "car": "zorg"}
PROGRAMMES = {"none": "", "brug": "brug", "ibal": "ibal", "both": "brug+ibal"}
YES = {0: "nee", 1: "ja"}


def example(name: str) -> str:
    """The block of data/synthetic/README.md that is to be a file of this name."""
    text = (DATA.path / "synthetic" / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"```yaml {re.escape(name)}\n(.*?)```", text, re.DOTALL)
    return found


def write_about(folder: Path) -> None:
    """What a holder says of the records in a folder: the example of the documentation."""
    (folder / "records.yml").write_text(example("records.yml"), encoding="utf-8")


def write_folder(folder: Path, rows: int = 1_000) -> None:
    """Both tables, and the examples of data/synthetic/README.md as their codebook and what the holder says."""
    write_about(folder)
    (folder / "codebook.yml").write_text(example("codebook.yml"), encoding="utf-8")
    write_learners(folder / "leerlingen.txt", pd.read_csv(DATA.path / "synthetic" / "learners.csv", nrows=rows))
    abo = pd.read_csv(DATA.path / "synthetic" / "abo_learners.csv", nrows=rows)
    born = pd.to_datetime({"year": 2016 - abo["age"], "month": 9, "day": 1}) - pd.to_timedelta(abo["id"] % 200, "D")
    theirs = abo.drop(columns=["age", "sex"]).assign(geboren=born, geslacht=abo["sex"].map({"m": 1, "f": 2}))
    theirs.assign(naam="Jan").to_parquet(folder / "buso.parquet", index=False)


def start_months(ours: pd.DataFrame, name: str) -> pd.Series:
    """Made up: whoever follows a programme begins in the fifth month, or in the one of leaving."""
    return ours["months"].clip(upper=5).where(ours["programme"].isin([name, "both"]))


def in_month(number: int, year: int) -> str:
    """A day in one month after the entry: the first is the September of that year, eight months after January."""
    return f"15/{1 + (7 + number) % 12:02}/{year + (7 + number) // 12}"


def write_learners(file: Path, ours: pd.DataFrame) -> None:
    """Pupils in learning and working as Windows-1252 between semicolons, with dates and decimal commas."""
    entered = [
        f"{1 + row % 28:02}/{(9, 10, 11, 3)[row % 4]:02}/{year + (row % 4 == 3)}"
        for row, year in enumerate(ours["cohort"])
    ]
    born = [f"{1 + row % 28:02}/{1 + row % 8:02}/{year}" for row, year in enumerate(ours["cohort"] - ours["age"])]
    leaving = [
        in_month(months, year) if vsv else ""
        for months, year, vsv in zip(ours["months"], ours["cohort"], ours["vsv"], strict=True)
    ]
    starts = {
        f"start {name}": [
            "" if pd.isna(start) else in_month(int(start), year)
            for start, year in zip(start_months(ours, name), ours["cohort"], strict=True)
        ]
        for name in ("brug", "ibal")
    }
    theirs = pd.DataFrame(
        {
            "naam": "Noël; of Zoë",
            "pseudoniem": [f"p{row * 7919 % 100_003}" for row in range(len(ours))],
            "instapdatum": entered,
            "instelling": [f"school {centre}" for centre in ours["centre"]],
            "provincie": ours["region"].map(REGIONS),
            "geslacht": ours["sex"].map({"m": 1, "f": 2}),
            "geboortedatum": born,
            "opleiding moeder": ours["mother"].map(MOTHERS),
            "thuistaal": [
                ("Nederlands" if nl == "nl" else ("Français", "andere")[row % 2])
                for row, nl in enumerate(ours["language"])
            ],
            "achterstand": ours["arrears"],
            "eerder afwezig": ours["absence_before"].map(YES),
            "richting": ours["field"].map(FIELDS),
            "programme": ours["programme"].map(PROGRAMMES),
            "uren brug": [
                f"{hours},00" if row % 2 else f"{max(hours - 0.5, 0)}".replace(".", ",")
                for row, hours in enumerate(ours["brug_hours"])
            ],
            "uren ibal": [f"{hours},0" for hours in ours["ibal_hours"]],
            "vroegtijdig": ours["vsv"].map(YES),
            "werk": ours["nec"].map(YES),
            "uitstapdatum": leaving,
            **starts,
        }
    )
    theirs.to_csv(file, sep=";", index=False, encoding="cp1252")
