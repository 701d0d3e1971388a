"""What stands in the published folder: files that somebody means to publish, and images that say no more than they show."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from conftest import run_build, write_mini_book
from lxml import etree
from PIL import Image, PngImagePlugin

from bookbuild.site import allowed

STRAY = {
    "_static/leerlingen.csv": "_static/leerlingen.csv",
    "_static/geheim.parquet": "_static/geheim.parquet",
    "_static/LICENSE.txt": "_static/LICENSE.txt",
    "extra/records.json": "records.json",
    "extra/chapters/ruw.html": "chapters/ruw.html",
    "extra/_images/ruw.png": "_images/ruw.png",
}


def png(**info: str) -> bytes:
    """A PNG with texts, as Pillow writes it."""
    buffer, texts = io.BytesIO(), PngImagePlugin.PngInfo()
    for key, text in info.items():
        texts.add_text(key, text)
    Image.new("RGB", (2, 2)).save(buffer, "png", pnginfo=texts)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of one chapter that was built."""
    project = write_mini_book(tmp_path_factory.mktemp("boek"), "Een zin.")
    assert run_build(project).returncode == 0
    return project


def test_what_no_rule_names_stops_the_build_by_its_name(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "boek"
    shutil.copytree(project, copy)
    config = copy / "_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("    language: nl\n", "    language: nl\n    html_extra_path: [extra]\n"))
    for name in STRAY:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(b"1")
    before = set((copy / "_build" / "html").rglob("*"))
    result = run_build(copy)
    assert result.returncode == 1
    assert [
        name for name in STRAY.values() if f"{name}: geen pagina, tabel, figuur of stijl" not in result.stderr
    ] == []
    assert "Dit wordt niet gepubliceerd" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) < 20
    assert set((copy / "_build" / "html").rglob("*")) == before


def test_an_image_that_says_how_it_was_made_stops_the_build(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "boek"
    shutil.copytree(project, copy)
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><metadata>Jan</metadata></svg>'
    (copy / "_static" / "merk.svg").write_bytes(drawing)
    result = run_build(copy)
    assert result.returncode == 1
    assert "_static/merk.svg: de afbeelding draagt gegevens over haar maken (<metadata)" in result.stderr


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (png(), set()),
        (png(Author="Jan"), {b"tEXt"}),
        (png(Author="Ĵan"), {b"iTXt"}),
        (png() + b"en nog iets", {b"?"}),
        (png()[:-3], {b"?"}),
        (b"geen png", {b"?"}),
    ],
)
def test_the_parts_of_a_png(content: bytes, more: set[bytes]) -> None:
    assert set(allowed.chunks(content)) - allowed.CHUNKS == more


def test_published_images_carry_nothing_but_their_size(book: Path) -> None:
    """Pillow and lxml are the referees: neither finds a text, a date or a program."""
    pictures, drawings = sorted(book.rglob("*.png")), sorted(book.rglob("*.svg"))
    assert pictures
    assert drawings
    for path in pictures:
        with Image.open(path) as image:
            image.load()
            assert set(image.info) <= {"dpi"}, path
            assert not image.getexif(), path
    for path in drawings:
        tags = {etree.QName(each).localname for each in etree.parse(path).iter(etree.Element)}
        assert tags.isdisjoint({"metadata", "RDF", "creator", "date"}), path
        assert b"matplotlib v" not in path.read_bytes().lower(), path
