"""Which modules a cell rests on, found without running it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookbuild.execution import imports

CODE = {
    "proj/__init__.py": "",
    "proj/near.py": "from proj.deep import factor",
    "proj/deep.py": "",
    "proj/types_only.py": "",
    "proj/room/__init__.py": "from . import inner",
    "proj/room/inner.py": "from .. import deep\nfrom ..near import total",
    "proj/room/leaf.py": "from .inner import x",
    "proj/both.py": "",
    "proj/both/__init__.py": "",
    "single.py": "import proj.near as near",
    "loose/member.py": "",
    "csv.py": "",
}
PROJ = "proj/__init__.py"
NEAR = {PROJ, "proj/near.py", "proj/deep.py"}
ROOM = NEAR | {"proj/room/__init__.py", "proj/room/inner.py"}
# A cell, the files that it loads, and what it imports from elsewhere.
CELLS: dict[str, tuple[set[str], list[str]]] = {
    "import proj": ({PROJ}, []),
    "import proj.near": (NEAR, []),
    "from proj import near": (NEAR, []),
    "from proj import near, deep as d": (NEAR, []),
    "from proj.near import total": (NEAR, []),
    "from proj.near import *": (NEAR, []),
    "from proj import geen": ({PROJ}, []),
    "import proj.room": (ROOM, []),
    "from proj.room import leaf": (ROOM | {"proj/room/leaf.py"}, []),
    "import proj.both": ({PROJ, "proj/both/__init__.py"}, []),
    "import single": ({"single.py"} | NEAR, []),
    "import loose.member": ({"loose/member.py"}, []),
    "def f():\n    from proj import deep": ({PROJ, "proj/deep.py"}, []),
    "class A:\n    def f(self):\n        if 1:\n            import proj.deep": ({PROJ, "proj/deep.py"}, []),
    "try:\n    import proj.deep\nexcept ImportError:\n    pass": ({PROJ, "proj/deep.py"}, []),
    "import_module('proj.deep')": ({PROJ, "proj/deep.py"}, []),
    "importlib.import_module('proj.deep')": ({PROJ, "proj/deep.py"}, []),
    "x = __import__('proj.deep')": ({PROJ, "proj/deep.py"}, []),
    "load('proj.deep')": (set(), []),
    "import_module(name)": (set(), []),
    "import_module(3)": (set(), []),
    "import_module()": (set(), []),
    "if TYPE_CHECKING:\n    from proj import types_only": (set(), []),
    "if typing.TYPE_CHECKING:\n    from proj import types_only": (set(), []),
    "if TYPE_CHECKING:\n    from proj import types_only\nelse:\n    from proj import deep": (
        {PROJ, "proj/deep.py"},
        [],
    ),
    "if not TYPE_CHECKING:\n    from proj import deep": ({PROJ, "proj/deep.py"}, []),
    "if CHECKING:\n    from proj import deep": ({PROJ, "proj/deep.py"}, []),
    "%matplotlib inline\nimport proj.deep": ({PROJ, "proj/deep.py"}, []),
    "!ls\nfrom proj import deep": ({PROJ, "proj/deep.py"}, []),
    "this is no Python": (set(), []),
    "import numpy.linalg as la": (set(), ["numpy.linalg"]),
    "from pandas import DataFrame, io": (set(), ["pandas:DataFrame", "pandas:io"]),
    "import csv, os.path": (set(), ["csv", "os.path"]),
    "import seaborn\nimport numpy\nimport seaborn": (set(), ["seaborn", "numpy"]),
}


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few packages."""
    folder = tmp_path_factory.mktemp("code")
    for name, text in CODE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def names(followed: imports.Followed, code: Path) -> set[str]:
    """The files that were found, from the folder of code."""
    return {path.relative_to(code).as_posix() for path in followed.files}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_rests_on_these_modules(code: Path, cell: str) -> None:
    followed = imports.follow([cell], [code])
    assert (names(followed, code), list(followed.outside)) == CELLS[cell]


def test_every_cell_counts_and_what_a_run_loaded_is_followed_too(code: Path) -> None:
    followed = imports.follow(["import single", "import numpy"], [code], [code / "proj" / "room" / "leaf.py"])
    assert names(followed, code) == ROOM | {"single.py", "proj/room/leaf.py"}
    assert followed.outside == ("numpy",)


def test_another_content_is_followed_anew(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    (tmp_path / "b.py").write_text("", encoding="utf-8")
    assert names(imports.follow(["import a"], [tmp_path]), tmp_path) == {"a.py"}
    (tmp_path / "a.py").write_text("import b", encoding="utf-8")
    assert names(imports.follow(["import a"], [tmp_path]), tmp_path) == {"a.py", "b.py"}


def test_the_first_folder_that_has_a_module_counts(tmp_path: Path) -> None:
    for name, text in {"one/a.py": "import b", "one/b.py": "", "two/b.py": "", "two/c.py": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    followed = imports.follow(["import a, c"], [tmp_path / "one", tmp_path / "two"])
    assert names(followed, tmp_path) == {"one/a.py", "one/b.py", "two/c.py"}
