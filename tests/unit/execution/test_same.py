"""A build that goes on from another one: pages that show another page's title, and words that nobody uses any more."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docutils import nodes

from bookbuild.execution import same


def environment(**titles: str) -> Any:
    """A Sphinx environment with these pages."""
    found = {name: nodes.title("", "", nodes.Text(title)) for name, title in titles.items()}
    std = SimpleNamespace(anonlabels={}, objects={})
    return SimpleNamespace(titles=found, found_docs={*titles, "zonder"}, get_domain={"std": std}.get)


def test_every_page_is_written_again_when_a_title_label_or_term_changed_and_only_then() -> None:
    env = environment(b="Twee", a="Een")
    assert same.rewrite_for_others(None, env) == ["a", "b", "zonder"]  # type: ignore[arg-type]
    assert same.rewrite_for_others(None, env) == []  # type: ignore[arg-type]
    env.titles["a"] = nodes.title("", "", nodes.emphasis("", "", nodes.Text("Een")))  # the same words, shown otherwise
    assert same.rewrite_for_others(None, env) == ["a", "b", "zonder"]  # type: ignore[arg-type]
    env.get_domain("std").anonlabels["kop"] = ("a", "kop")
    assert same.rewrite_for_others(None, env) == ["a", "b", "zonder"]  # type: ignore[arg-type]
    env.get_domain("std").objects["term", "woord"] = ("a", "woord", -1)
    assert same.rewrite_for_others(None, env) == ["a", "b", "zonder"]  # type: ignore[arg-type]
    del env.titles["b"]
    assert same.rewrite_for_others(None, env) == ["a", "b", "zonder"]  # type: ignore[arg-type]
    assert same.rewrite_for_others(None, env) == []  # type: ignore[arg-type]


def searching(mapping: dict[str, set[str]], titles: dict[str, set[str]]) -> tuple[Any, list[int]]:
    """An application with a search index, and how often the index was written."""
    written: list[int] = []
    indexer = SimpleNamespace(_mapping=mapping, _title_mapping=titles)
    builder = SimpleNamespace(indexer=indexer, dump_search_index=lambda: written.append(1))
    return SimpleNamespace(builder=builder), written


def test_words_that_no_page_has_leave_the_index() -> None:
    mapping, titles = {"weg": set(), "er": {"a"}}, {"ook weg": set(), "kop": {"b"}}
    app, written = searching(mapping, titles)
    same.drop_lost_words(app, None)
    assert (mapping, titles, written) == ({"er": {"a"}}, {"kop": {"b"}}, [1])
    same.drop_lost_words(app, None)
    assert written == [1]


def test_a_failed_build_or_one_without_an_index_is_left_alone() -> None:
    app, written = searching({"weg": set()}, {})
    same.drop_lost_words(app, RuntimeError())
    assert written == []
    same.drop_lost_words(SimpleNamespace(builder=SimpleNamespace()), None)  # type: ignore[arg-type]


def test_terms_of_pages_that_stay_are_known_to_the_next_build_in_the_order_of_the_pages(tmp_path: Path) -> None:
    def app(pages: list[str], found: dict[str, list]) -> Any:
        env = SimpleNamespace(all_docs=pages, _search_index_index_entries=found)
        return SimpleNamespace(env=env, doctreedir=tmp_path, builder=SimpleNamespace(indexer=object()))

    terms = {"b": [("woord", "term-woord", "")], "a": [], "c": [("weg", "term-weg", "main")]}
    same.note_terms(app(["a", "b", "c"], terms), RuntimeError())
    same.recall_terms(fresh := app(["a", "b"], {}))
    assert fresh.env._search_index_index_entries == {}
    same.note_terms(app(["a", "b", "c"], terms), None)
    same.recall_terms(fresh)
    assert list(fresh.env._search_index_index_entries.items()) == [("b", terms["b"]), ("a", [])]
