"""Draws the figures of Micro that come from print: one function per figure, from an exhibit's frame; computes nothing."""

from __future__ import annotations

from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas, intervals
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PANEL, STONE, TEAL

LOOKS = {
    "alleen BRUG": (BLUE, BLUE),
    "BRUG en IBAL": (TEAL, TEAL),
    "BRUG, misschien ook IBAL": (PANEL, TEAL),
    "alleen IBAL": (ORANGE, ORANGE),
    "geen van beide": (PANEL, STONE),
}
SHAPES = {"alleen BRUG": "s", "BRUG en IBAL": "D", "BRUG, misschien ook IBAL": "D", "alleen IBAL": "^"}
ACROSS = 20


def participation(exhibit: Exhibit) -> Figure:
    """A hundred small shapes in rows of twenty, those who took part first; colour and shape both tell the kinds apart."""
    figure, axes = canvas(exhibit, height=2.5, left=0.15, right=0.15, below=0)
    kinds = [row.kind for row in exhibit.frame.itertuples() for _ in range(row.n)]
    for kind, (face, edge) in LOOKS.items():
        places = [divmod(number, ACROSS) for number, found in enumerate(kinds) if found == kind]
        axes.scatter(
            [column for _, column in places],
            [row for row, _ in places],
            s=62,
            marker=SHAPES.get(kind, "o"),
            facecolors=face,
            edgecolors=edge,
            linewidths=1.3,
        )
    for at, row in enumerate(exhibit.frame.itertuples()):
        y = 5.6 + at * 0.95
        face, edge = LOOKS[row.kind]
        axes.scatter([0], [y], s=62, marker=SHAPES.get(row.kind, "o"), facecolors=face, edgecolors=edge, linewidths=1.3)
        axes.text(0.8, y, f"{row.n} {row.kind}", va="center", fontsize=11)
    axes.set(xlim=(-0.6, ACROSS - 0.4), ylim=(10, -0.6), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    return figure


def hours(exhibit: Exhibit) -> Figure:
    """Mean hours within the hours that stand with the programme, both as shares of the latter."""
    figure, axes = canvas(exhibit, height=1.2, left=0.65, below=0)
    frame = exhibit.frame
    axes.barh(range(len(frame)), [1] * len(frame), facecolor=PANEL, edgecolor=MUTED, linewidth=0.8, height=0.68)
    texts = [f"{dutch.number(row.mean)} van {dutch.number(row.stated)} uur" for row in frame.itertuples(name="Hours")]
    bars(axes, frame["programme"], frame["share"], texts, [BLUE, BLUE])
    axes.set_xlim(0, 1.02)
    return figure


def effect_by_size(exhibit: Exhibit) -> Figure:
    """Intervals of the difference by group sizes, with zero marked."""
    figure, axes = canvas(exhibit, height=2.6, left=1.2, below=0.5)
    frame = exhibit.frame
    labels = [f"{dutch.number(row.n_with)} met,\n{dutch.number(row.n_without)} zonder" for row in frame.itertuples()]
    colors = [ORANGE if upper >= 0 else BLUE for upper in frame["upper"]]
    intervals(axes, labels, frame[["difference", "lower", "upper"]] * 100, colors)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_xlabel("verschil in procentpunt")
    axes.xaxis.set_major_formatter(lambda value, _: dutch.number(value))
    return figure
