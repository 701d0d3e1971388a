"""A page's title stands in the navigation of every other page, also when only that one page is read again."""

from __future__ import annotations

import shutil
from pathlib import Path

from smallbook import CONFIG, small_book


def test_another_title_reaches_every_page_without_executing(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    book.write("_config.yml", CONFIG.replace("html_theme: basic", "html_theme: sphinx_book_theme"))
    book.contents("a", "b", "c", "plain")
    book.build().succeeded()
    book.write("chapters/plain.md", "# Een andere titel\n\nGeen code.\n")
    assert book.build().succeeded().executed == set()
    gone_on = book.published()
    assert [name for name in "abc" if "Een andere titel" not in book.page(name)] == []
    shutil.rmtree(tmp_path / "_build")
    assert book.build().succeeded().executed == {"a", "b", "c"}
    assert book.published() == gone_on
