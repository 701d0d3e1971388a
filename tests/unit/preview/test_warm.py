"""What the preview's warm process has done before its first build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bookbuild.preview.builder import ROOT

# The process stands in no folder; what is in the module is known if it need not be parsed again.
PROBE = """
from pathlib import Path
from bookbuild.preview import warm
from bookbuild.execution import imports
from bookbuild.project import settings
before = imports._statements.cache_info().misses
root = Path({root!r})
found = imports.follow([], [root / "code", settings.ENGINE.parent], [root / "code" / "demo" / "study.py"])
print(sorted(path.name for path in found.files), imports._statements.cache_info().misses - before)
"""


def test_it_knows_what_the_modules_of_its_book_import(tmp_path: Path) -> None:
    for name, text in {"study.py": "import demo.far", "far.py": "x = 1", "__init__.py": ""}.items():
        (path := tmp_path / "code" / "demo" / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    own = os.environ | {ROOT: str(tmp_path)}
    command = [sys.executable, "-c", PROBE.format(root=str(tmp_path))]
    said = subprocess.run(command, cwd="/", env=own, capture_output=True, text=True, check=True)
    assert said.stdout == "['__init__.py', 'far.py', 'study.py'] 0\n"
