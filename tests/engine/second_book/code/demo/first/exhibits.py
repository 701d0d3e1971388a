"""What the chapter shows: the frames, and every word that goes with them."""

from __future__ import annotations

from demo import tables
from ledger import dutch
from ledger.exhibit import Column, Exhibit


def survival() -> Exhibit:
    """Share of the trees that live, by street, best first."""
    table = tables.streets()
    shares = table.assign(share=table["alive"] / table["planted"]).sort_values("share", ascending=False)
    frame = shares[["street", "share"]].reset_index(drop=True)
    best, worst = frame.iloc[0], frame.iloc[-1]
    return Exhibit(
        name="survival",
        title=f"Trees do best in {best['street']}",
        alt=f"Bars from {dutch.percent(best['share'], 0)} in {best['street']} to {dutch.percent(worst['share'], 0)}"
        f" in {worst['street']}.",
        caption="Share of the trees that live, by street.",
        frame=frame,
        columns={"street": "street", "share": Column("alive", "share")},
        origin="counted by hand",
    )


def rain() -> Exhibit:
    """Rain by season."""
    return Exhibit(
        name="rain",
        title="Rain by season",
        alt="",
        caption="In millimetres.",
        frame=tables.rain(),
        columns={"season": "season", "millimetres": Column("rain")},
        origin="a bucket",
    )
