"""How long builds take against stock Jupyter Book, and how time and memory grow with the number of chapters.

Both books have the same chapters and the same packages, compiled beforehand. Stock executes with
`execute_notebooks: force`. Rounds alternate, so that whatever else the machine does falls on both; the fastest counts.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = (
    *("_config.yml", "_toc.yml", "_static", "_templates", "references.bib", "requirements.txt", "data", "code"),
    *("CITATION.cff", "index.md", "jupytext.toml", "chapters"),
)
DEMANDS = {"koud": 0.33, "niets veranderd": 0.02, "een zin": 0.08, "een databestand": 0.2}
OURS = [sys.executable, "-m", "bookbuild", "build"]
CHAPTER = """---
file_format: mystnb
kernelspec: {{display_name: Python 3, language: python, name: python3}}
inputs: [data/{number}.csv]
---

# Hoofdstuk {number}

Een zin.

```{{code-cell}} ipython3
import matplotlib.pyplot as plt
import pandas as pd

frame = pd.read_csv("../data/{number}.csv")
frame.plot(x="x", y="y")
plt.gca().set_title(f"{{frame['y'].mean():.3f}}")
```
"""
CONFIG = """\
title: Groei
only_build_toc_files: true
execute: {execute_notebooks: cache, raise_on_error: true, timeout: 120}
sphinx:
  config:
    extensions: [myst_nb, jupyter_book, sphinx_external_toc, sphinx_comments, sphinx_book_theme, bookbuild.execution.inputs]
    language: nl
"""


def main() -> int:
    """Print both tables; 1 if a demand is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[20, 50, 100])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        met = against_stock(Path(name), options.rounds) if options.rounds else True
        grows = growth(Path(name), options.sizes) if options.sizes else True
    return 0 if met and grows else 1


def against_stock(folder: Path, rounds: int) -> bool:
    """The real chapters: our builds as shares of a cold stock build in the same round."""
    ours, stock = project(folder / "ours"), stock_project(folder / "stock")
    steps: dict[str, Callable[[int], None]] = {
        "koud": lambda _: shutil.rmtree(ours / "_build", ignore_errors=True),
        "niets veranderd": lambda _: None,
        "een zin": lambda number: append(ours / "chapters" / "meso.md", f"\n\nZin nummer {'i' * (number + 1)}.\n"),
        "een databestand": lambda number: append(
            ours / "data" / "published" / "slide_numbers.csv", "\n" * (number + 1)
        ),
    }
    seconds: dict[str, list[float]] = {"stock": [], **{name: [] for name in steps}}
    for number in range(rounds):
        seconds["stock"].append(timed_stock(stock))
        for name, prepare in steps.items():
            prepare(number)
            seconds[name].append(timed(OURS, ours))
    base = min(seconds["stock"])
    print("| Bouw | Seconden | Deel van stock | Eis |\n|---|---:|---:|---:|")
    print(f"| stock, koud | {base:.1f} | 1 | |")
    for name, demand in DEMANDS.items():
        print(f"| {name} | {min(seconds[name]):.1f} | {min(seconds[name]) / base:.2f} | {demand} |")
    return all(min(seconds[name]) / base <= demand for name, demand in DEMANDS.items())


def growth(folder: Path, sizes: list[int]) -> bool:
    """Generated books: time and memory of a cold build, and of one in which nothing changed."""
    print("\n| Hoofdstukken | Koud (s) | Per hoofdstuk (s) | Niets veranderd (s) | Deel van koud | Geheugen (MB) |")
    print("|---:|---:|---:|---:|---:|---:|")
    shares = []
    for size in sizes:
        book = generated(folder / str(size), size)
        cold = timed(OURS, book)
        same = timed(OURS, book)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"| {size} | {cold:.1f} | {cold / size:.2f} | {same:.2f} | {same / cold:.3f} | {memory:.0f} |", flush=True
        )
        shares.append(same / cold)
    return shares[-1] <= 0.05


def project(target: Path) -> Path:
    """A copy of the project, its bytecode compiled."""
    for name in COPIED:
        source = ROOT / name
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target / name) if source.is_dir() else shutil.copy(source, target / name)
    shutil.copy(Path(__file__).with_name("stock_book.py"), target / "code")
    compileall.compile_dir(target / "code", quiet=2)
    return target


def stock_project(target: Path) -> Path:
    """The same chapters for stock Jupyter Book, which executes them all."""
    config = project(target) / "_config.yml"
    text = config.read_text(encoding="utf-8").replace("execute_notebooks: cache", "execute_notebooks: force")
    config.write_text(text.replace("bookbuild.extension", "stock_book"), encoding="utf-8")
    return target


def generated(target: Path, size: int) -> Path:
    """A book of `size` chapters, each with its own table and figure."""
    for name in ("chapters", "data", "code"):
        (target / name).mkdir(parents=True)
    for number in range(size):
        rows = "".join(f"{x},{(x * (number + 3)) % 17}\n" for x in range(40))
        (target / "data" / f"{number}.csv").write_text(f"x,y\n{rows}", encoding="utf-8")
        (target / "chapters" / f"{number}.md").write_text(CHAPTER.format(number=number), encoding="utf-8")
    rest = "".join(f"  - file: chapters/{number}\n" for number in range(1, size))
    (target / "_toc.yml").write_text(f"format: jb-book\nroot: chapters/0\nchapters:\n{rest}", encoding="utf-8")
    (target / "_config.yml").write_text(CONFIG, encoding="utf-8")
    return target


def append(path: Path, text: str) -> None:
    """Add to the end of a file."""
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def timed_stock(root: Path) -> float:
    """Seconds of a cold build by Jupyter Book as its own manual runs it, with warnings as errors."""
    shutil.rmtree(root / "_build", ignore_errors=True)
    program = str(Path(sys.executable).with_name("jupyter-book"))
    return timed([program, "build", str(root), "-n", "-W", "--keep-going"], root)


def timed(command: list[str], root: Path) -> float:
    """Seconds of wall-clock time."""
    own = {"PYTHONPATH": str(root / "code"), "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    env = os.environ | own | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
    began = time.monotonic()
    result = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stdout[-3000:] + result.stderr[-3000:])
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
