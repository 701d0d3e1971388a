"""Templates stay compiled from build to build, as long as their text is the same."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import DictLoader, Environment

from bookbuild.site import navigation


def rendered(doctrees: Path, text: str) -> tuple[str, int]:
    """What a build makes of a template, and how many templates it compiled."""
    compiled: list[str] = []

    class Counting(Environment):
        def _generate(self, *arguments: Any, **options: Any) -> str:
            compiled.append(text)
            return super()._generate(*arguments, **options)

    environment = Counting(loader=DictLoader({"page.html": text}))
    builder = SimpleNamespace(format="html", templates=SimpleNamespace(environment=environment))
    app: Any = SimpleNamespace(builder=builder, doctreedir=doctrees)
    navigation.keep_templates(app)
    return environment.get_template("page.html").render(word="boek"), len(compiled)


def test_a_template_is_compiled_once_and_again_when_its_text_changes(tmp_path: Path) -> None:
    assert rendered(tmp_path, "een {{ word }}") == ("een boek", 1)
    assert rendered(tmp_path, "een {{ word }}") == ("een boek", 0)
    assert rendered(tmp_path, "het {{ word }}") == ("het boek", 1)
