"""The same book in its theme as that comes: what a chapter weighs without this book's own skeleton and style."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from bookbuild.checks.verify import copied
from ledger import plain_yaml

THEME = Path("audit", "stock.yml")  # what the configuration was while the theme dressed the pages
SKELETON = ("layout.html", "search.html")  # under _templates; the error page then takes the theme's
CACHE = Path("_build", ".jupyter_cache")


def build(root: Path, copy: Path) -> Path:
    """Build the working tree of `root` in the folder `copy` with the stock theme; executes nothing that is known.

    Returns
    -------
    Path
        The folder with the pages.

    Raises
    ------
    RuntimeError
        With the end of the build's output, if it fails.
    """
    copied(root, copy)
    undress(copy)
    if (root / CACHE).is_dir():
        shutil.copytree(root / CACHE, copy / CACHE)
    environment = os.environ | {"PYTHONPATH": str(copy / "code")}
    command = [sys.executable, "-m", "bookbuild", "build"]
    result = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"Het boek met het kale thema is niet gebouwd:\n{(result.stdout + result.stderr)[-3000:]}")
    return copy / "_build" / "html"


def undress(copy: Path) -> None:
    """Take this book's own skeleton, style and scripts away and give the theme its settings."""
    for name in SKELETON:
        (copy / "_templates" / name).unlink()
    shutil.rmtree(copy / "_static" / "fonts")
    for path in (copy / "_static").glob("*.[cj]s*"):
        path.unlink()
    stock = plain_yaml.load((copy / THEME).read_text(encoding="utf-8"))
    config = plain_yaml.load((copy / "_config.yml").read_text(encoding="utf-8"))
    settings = config["sphinx"]["config"]
    settings["extensions"] += stock["extensions"]
    settings |= stock["config"]
    (copy / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
