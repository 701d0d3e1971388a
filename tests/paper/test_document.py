"""The PDF as software reads it: bookmarks, tags, links, contents and fonts (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from lxml import etree, html
from lxml.html import HtmlElement
from pdfreading import Pdf, marked, plain

from bookbuild.paper.pages import words

# What may stand under what (ISO 32000-1, 14.8.4); grouping elements may hold anything.
KIDS = {
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
PARENTS = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TR": {"/Table", "/THead", "/TBody"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
}
ON_SCREEN = (
    "page.figure(",
    "Toon de code",
    "Downloaden:",
    "Gegevens als tabel",
    "Citeer deze figuur",
    "Hoe deze cijfers zijn nagerekend",
    "Naar de inhoud",
    "statsmodels 0.",
)


def headings(article: HtmlElement) -> list[tuple[int, str]]:
    """Level and title of the first three levels of headings."""
    return [(int(heading.tag[1]), words(heading)) for heading in article.iter("h1", "h2", "h3")]


def test_bookmarks_are_the_headings_in_their_order(pdf: Pdf, articles: dict[str, HtmlElement]) -> None:
    first, *others = [headings(article) for article in articles.values()]
    expected = [*first, (1, "Inhoud"), *(heading for chapter in others for heading in chapter)]
    assert len(expected) > 60
    assert [(level, title) for level, title, _ in pdf.bookmarks()] == expected


def test_bookmarks_lead_to_the_page_of_their_heading(pdf: Pdf) -> None:
    pages = [page for *_, page in pdf.bookmarks()]
    assert pages == sorted(pages)
    assert [title for _, title, page in pdf.bookmarks() if title not in pdf.pages[page]] == []


def test_the_file_says_what_it_is(pdf: Pdf) -> None:
    assert pdf.root["/MarkInfo"]["/Marked"] is True or pdf.root["/MarkInfo"]["/Marked"].value is True
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pdf.root["/Lang"] == "nl"
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == "Alternerend leren in Vlaanderen"
    assert "HIVA" in (pdf.reader.metadata.author or "")
    packet = etree.fromstring(pdf.root["/Metadata"].get_data())
    assert packet.xpath("string(//@*[local-name() = 'part'])") == "1"
    assert {page["/Tabs"] for page in pdf.reader.pages} == {"/S"}


def test_tags_stand_where_they_may(pdf: Pdf) -> None:
    wrong = [(tag.kind, tag.kids) for tag in pdf.tags if set(tag.kids) - KIDS.get(tag.kind, set(tag.kids))]
    wrong += [(tag.parent, tag.kind) for tag in pdf.tags if tag.parent not in PARENTS.get(tag.kind, {tag.parent})]
    assert wrong == []
    assert {"/H1", "/H2", "/P", "/L", "/Table", "/Figure", "/Caption", "/Link"} <= {tag.kind for tag in pdf.tags}


def test_no_level_of_headings_is_skipped(pdf: Pdf) -> None:
    levels = [int(tag.kind[2]) for tag in pdf.tags if tag.kind in {f"/H{level}" for level in range(1, 7)}]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_all_that_is_painted_is_tagged_or_set_apart(pdf: Pdf) -> None:
    homes, reachable = pdf.homes(), pdf.reachable()
    for page in pdf.reader.pages:
        home = homes[page["/StructParents"]]
        numbers = set(marked(page, pdf.reader))
        assert None not in numbers
        assert {home[number].idnum for number in numbers - {-1}} <= reachable


def test_running_heads_are_not_read_out(pdf: Pdf) -> None:
    for page in pdf.reader.pages[2:6]:
        assert b"/Pagination" in page.get_contents().get_data()


def test_every_image_has_its_alternative_text(pdf: Pdf, articles: dict[str, HtmlElement]) -> None:
    images = [image for article in articles.values() for image in article.iter("img")]
    described = [
        image.xpath("ancestor::figure/following-sibling::*[1]//details[starts-with(., 'Besch')]/p") for image in images
    ]
    expected = [
        plain(" ".join([image.get("alt"), *(part.text_content() for part in parts)]))
        for image, parts in zip(images, described, strict=True)
    ]
    assert len(expected) > 10
    assert any(described)
    assert [plain(tag.alt) for tag in pdf.tags if tag.kind == "/Figure"] == expected


def test_links_lead_somewhere_and_say_where(pdf: Pdf) -> None:
    inside = [link for link in pdf.links if link.target]
    assert len(inside) > 300
    assert [link for link in inside if link.target not in pdf.anchors] == []
    assert [link for link in pdf.links if not link.text or not link.said or link.said == link.target] == []
    homes = pdf.homes()
    notes = [note.get_object() for page in pdf.reader.pages for note in page.get("/Annots", [])]
    assert {homes[note["/StructParent"]]["/S"] for note in notes} == {"/Link"}
    assert len(notes) == len({note["/StructParent"] for note in notes})


def test_the_contents_name_the_page_on_which_a_section_stands(pdf: Pdf, articles: dict[str, HtmlElement]) -> None:
    chapters = list(articles.values())[1:]
    expected = [title for article in chapters for level, title in headings(article) if level < 3]
    (page,) = {page for _, title, page in pdf.bookmarks() if title == "Inhoud"}
    after = min(start for *_, start in pdf.bookmarks() if start > page)
    entries = [link for link in pdf.links if page <= link.page < after]
    # A title that takes two lines is read without a space between them.
    assert [plain(entry.text.partition("..")[0]).replace(" ", "") for entry in entries] == [
        title.replace(" ", "") for title in expected
    ]
    assert [int(entry.text.rpartition(".")[2]) for entry in entries] == [
        pdf.anchors[entry.target] + 1 for entry in entries
    ]


def test_pages_carry_their_number_and_their_chapter(pdf: Pdf, articles: dict[str, HtmlElement]) -> None:
    titles = {words(next(article.iter("h1"))): key for key, article in articles.items()}
    starts = {title: page for level, title, page in pdf.bookmarks() if level == 1 and title in titles}
    first = sorted(starts.values())[1]  # behind the cover and the contents
    for number, text in enumerate(pdf.pages):
        if number >= first:
            current = max((page, title) for title, page in starts.items() if page <= number)[1]
            assert text.endswith(f"{current} {number + 1}")


def test_only_the_fonts_of_the_book_are_used_and_they_travel_along(pdf: Pdf) -> None:
    fonts = [font.get_object() for page in pdf.reader.pages for font in page["/Resources"]["/Font"].values()]
    names = {font["/BaseFont"].split("+")[1] for font in fonts}
    assert {name[:13] for name in names} == {"Source-Serif-", "Source-Sans-3"}
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(found) for found in described)
    assert all("/ToUnicode" in font for font in fonts)


def test_code_and_controls_stay_on_the_screen(pdf: Pdf, book: Path) -> None:
    screen = " ".join(html.parse(path).getroot().text_content() for path in book.glob("chapters/*.html"))
    paper = " ".join(pdf.pages)
    for word in ON_SCREEN:
        assert (word, word in screen, word in paper) == (word, True, False)
