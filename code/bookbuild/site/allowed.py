"""What may be published: each file by where it comes from and of which kind it is. Any other stops the build by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from bookbuild.citation import formats
from bookbuild.project import address, state
from bookbuild.render import figure
from bookbuild.site import navigation, sitemap

MOST = 8  # names: they fit on one screen
STATIC = "_static"
MADE = (
    "index.html",
    "search.html",
    f"{navigation.LOST}.html",
    "objects.inv",
    "searchindex.js",
    ".buildinfo",
    state.MARK,
    formats.BIBTEX,
    formats.RIS,
    sitemap.ROBOTS,
    sitemap.SITEMAP,
    address.CARD,
    "claims.json",
    "claims.csv",
    "claims.schema.json",
    "numbers.json",
)
# By the folder in which they stand: what a page rests on, offers for download, or is dressed with.
KINDS = {
    "data": (".csv", ".json", ".md", ".yml", ".parquet"),
    "code": (".py",),
    "_downloads": (".bib", ".csv", ".json", ".md", ".pdf", ".py", ".svg", ".txt", ".yml"),
    STATIC: (".css", ".js", ".svg", ".woff2"),
}
LICENCE = "LICENSE"  # of the fonts
DRESSED = (f"{STATIC}/pygments.css", f"{STATIC}/mystnb.*.css")  # made in the folder itself, from no file of that name
CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"IDAT", b"IEND"}  # of a PNG: what its pixels need
SIGNATURE = b"\x89PNG\r\n\x1a\n"
TOLD = (b"<metadata", b"rdf:RDF", b"inkscape:", b"sodipodi:")  # in an SVG


class StrayError(SphinxError):
    """A file that nobody means to publish."""

    category = "Dit wordt niet gepubliceerd"


def check(app: Sphinx, error: Exception | None) -> None:
    """Stop a build that made a file that no rule names, before it is put in place.

    Raises
    ------
    StrayError
        With the names.
    """
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    left = {out / name for name in state.read(Path(app.doctreedir)).get("unused", [])}  # put nowhere: see checks.links
    published = [path for path in sorted(out.rglob("*")) if not path.is_dir() and path not in left]
    if found := [*strays(app, published), *telling(out, published)]:
        raise StrayError("\n" + "\n".join(found[:MOST]))


def strays(app: Sphinx, published: Iterable[Path]) -> Iterator[str]:
    """One message per file that comes from no page, table, figure or style."""
    known, out = set(_by_origin(app)), Path(app.outdir)
    for path in published:
        name = path.relative_to(out).as_posix()
        if name in known or (name.startswith(f"{STATIC}/") and _is_dress(app, path.relative_to(out))):
            continue
        yield (
            f"{name}: geen pagina, tabel, figuur of stijl van het boek\n"
            "  herstel: Zoek op hoe dit bestand in het boek komt (_static, _config.yml, inputs) en haal het daar weg."
        )


def _by_origin(app: Sphinx) -> Iterator[str]:
    noted = state.read(Path(app.doctreedir))
    yield from MADE
    yield from (f"{name}.html" for name in app.env.found_docs)
    for page in app.env.bookbuild_pages.values():  # type: ignore[attr-defined]
        yield from (f"{figure.FOLDER}/{name}.{kind}" for name in page.get("figures", []) for kind in figure.FILES)
    offered = (f"_downloads/{place}" for _, place in app.env.dlfiles.values())
    for name in (*noted.get("shown", []), *noted.get("tables", []), *offered):
        folder, _, rest = name.rpartition("/")
        if Path(rest).suffix in KINDS.get(folder.partition("/")[0], ()):
            yield name


def _is_dress(app: Sphinx, name: Path) -> bool:
    """Whether a file under `_static` is a style, script, drawing or font of the book, its theme or an extension."""
    if any(name.match(pattern) for pattern in DRESSED):
        return True
    themes = [Path(folder, "static") for folder in app.builder.theme.get_theme_dirs()]  # type: ignore[attr-defined]
    own = [Path(app.confdir, folder) for folder in app.config.html_static_path]
    within = name.relative_to(STATIC)
    there = any(
        (folder / f"{within}{ending}").is_file() for folder in (*own, *themes) for ending in ("", "_t", ".jinja")
    )
    return there and (name.suffix in KINDS[STATIC] or name.name == LICENCE)


def telling(out: Path, published: Iterable[Path]) -> Iterator[str]:
    """One message per image that says more than it shows: when, by whom or with what it was made."""
    for path in published:
        if path.suffix == ".png" and (more := sorted(set(chunks(path.read_bytes())) - CHUNKS)):
            yield _telling(out, path, ", ".join(each.decode("latin-1") for each in more))
        if path.suffix == ".svg":
            content = path.read_bytes()
            if told := [each for each in TOLD if each in content]:
                yield _telling(out, path, ", ".join(each.decode() for each in told))


def _telling(out: Path, path: Path, more: str) -> str:
    return (
        f"{path.relative_to(out).as_posix()}: de afbeelding draagt gegevens over haar maken ({more})\n"
        "  herstel: Bewaar ze zonder (metadata=... in matplotlib, 'exiftool -all=' voor een andere)."
    )


def chunks(png: bytes) -> Iterator[bytes]:
    """The kinds of parts that a PNG consists of, and an empty one for what stands after its end."""
    at, kind = len(SIGNATURE), b""
    while at + 8 <= len(png) and kind != b"IEND":
        size, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        yield kind
        at += 12 + size
    if at != len(png) or not png.startswith(SIGNATURE):
        yield b"?"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx: when all is written, and before the build says that it came to its end."""
    app.connect("build-finished", check, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
