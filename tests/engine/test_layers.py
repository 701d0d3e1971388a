"""Each layer that pyproject.toml promises is held: an import that goes against one is found, and under its name."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest
from workers import once

ROOT = Path(__file__).parents[2]
PACKAGES = ("ledger", "leerwerk", "bookbuild")
MEET = "The study and the engine never meet but in a chapter's cell"
LEDGER = "The ledger, from what is printed down to what is counted"
CHAPTERS = "No chapter knows another; all stand on study, effects and tables"
FIGURES = "Figures draw and compute nothing"
NO_ESTIMATOR = "Figures know no estimator"
ESTIMATORS = "Estimators serve any data"
NO_LEDGER = "Estimators know no ledger"
ENGINE = "The engine, from the commands down to the project's folder"
NO_SPHINX = "What runs in a chapter's process imports no Sphinx"
NO_IPYTHON = "Only cells talk to IPython"


@dataclass(frozen=True)
class Fault:
    """A line that goes against a contract, at the end of a module; a module that is not there is made."""

    path: str
    line: str
    broken: list[str] = field(default_factory=list)


LAZY = "\n\ndef late():\n    {}\n"
FAULTS = {
    "the engine imports the study": Fault("bookbuild/page/table.py", "from leerwerk import study", [MEET]),
    "the engine imports the study late": Fault(
        "bookbuild/site/report.py", LAZY.format("import leerwerk.tables.folder"), [MEET]
    ),
    "the study imports the engine": Fault("leerwerk/cohort/records.py", "import bookbuild.page.marks", [MEET]),
    "the ledger imports the study": Fault("ledger/publication.py", "from leerwerk import study", [MEET]),
    "the ledger imports the engine": Fault("ledger/dutch.py", "import bookbuild.page.marks", [MEET]),
    "a quantity knows claims": Fault("ledger/quantity.py", "from ledger.claim import Claim", [LEDGER]),
    "a room of the ledger that has no layer": Fault("ledger/other.py", "", [LEDGER]),
    "a chapter imports another": Fault("leerwerk/macro/numbers.py", "from leerwerk.meso import numbers", [CHAPTERS]),
    "a chapter fetches": Fault("leerwerk/introduction/numbers.py", "from leerwerk.feeds import eurostat", [CHAPTERS]),
    "the study imports a room above it": Fault("leerwerk/study.py", "import leerwerk.cohort.abo", [CHAPTERS]),
    "a room of the study that has no layer": Fault("leerwerk/other.py", "", [CHAPTERS]),
    "numbers import exhibits": Fault("leerwerk/macro/numbers.py", "from leerwerk.macro import exhibits", [FIGURES]),
    "numbers import figures": Fault("leerwerk/meso/numbers.py", "from leerwerk.meso import figures", [FIGURES]),
    "numbers of pupils import exhibits": Fault(
        "leerwerk/micro/pupils/numbers.py", "from leerwerk.micro.pupils import exhibits", [FIGURES]
    ),
    # Through its numbers a figure would know tables and estimators as well.
    "a figure imports numbers": Fault(
        "leerwerk/macro/figures.py", "from leerwerk.macro import numbers", [FIGURES, NO_ESTIMATOR]
    ),
    "a figure imports an estimator": Fault(
        "leerwerk/micro/pupils/figures.py", "from leerwerk.effects import balance", [NO_ESTIMATOR]
    ),
    "a figure reads a table": Fault(
        "leerwerk/simulation/figures.py", "from leerwerk.tables import simulation", [NO_ESTIMATOR]
    ),
    "a design imports the average": Fault(
        "leerwerk/effects/design.py", "from leerwerk.effects import average", [ESTIMATORS]
    ),
    "an estimator that has no layer": Fault("leerwerk/effects/other.py", "", [ESTIMATORS]),
    "effects import the ledger": Fault("leerwerk/effects/errors.py", "from ledger import quantity", [NO_LEDGER]),
    "effects import the pupils' table": Fault(
        "leerwerk/effects/sample.py", "from leerwerk.tables import pupils", [CHAPTERS, NO_LEDGER]
    ),
    "the project's folder imports execution": Fault(
        "bookbuild/project/lock.py", "from bookbuild.execution import same", [ENGINE]
    ),
    "a room of the engine that has no layer": Fault("bookbuild/other.py", "", [ENGINE]),
    "what cells call imports Sphinx": Fault("bookbuild/page/marks.py", "import sphinx", [NO_SPHINX]),
    "the guard imports Sphinx": Fault("bookbuild/kernel/guard.py", LAZY.format("import docutils.nodes"), [NO_SPHINX]),
    "the ledger imports IPython": Fault("ledger/exhibit.py", "from IPython import get_ipython", [NO_IPYTHON]),
}
# One process for all: it would find the packages of its own project if it had loaded them, as this one has.
SCRIPT = """
import json
import sys
from pathlib import Path

from importlinter import cli
from importlinter.application.use_cases import create_report, read_user_options

code = Path("code")
assert cli.lint_imports(no_cache=True, no_logo=True) == 0, "without a fault a contract is broken"
found = {}
for name, fault in json.load(sys.stdin).items():
    path = code / fault["path"]
    text = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text((text or "") + "\\n" + fault["line"] + "\\n", encoding="utf-8")
    report = create_report(read_user_options(), cache_dir=None)
    found[name] = [contract.name for contract, check in report.get_contracts_and_checks() if not check.kept]
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
Path("found.json").write_text(json.dumps(found), encoding="utf-8")
"""


def look(folder: Path) -> None:
    """Plant each fault in a copy of the code, and note which contracts it breaks."""
    for name in PACKAGES:
        shutil.copytree(ROOT / "code" / name, folder / "code" / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "code")},
        input=json.dumps({name: asdict(fault) for name, fault in FAULTS.items()}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


@pytest.fixture(scope="session")
def broken(shared_folder: Path) -> dict[str, list[str]]:
    """The contracts that each fault breaks, looked at once per run."""
    return json.loads((once(shared_folder / "layers", look) / "found.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_breaks_its_contract_and_no_other(broken: dict[str, list[str]], name: str) -> None:
    assert sorted(broken[name]) == sorted(FAULTS[name].broken)


def test_each_contract_is_proven_by_a_fault() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert set(settings["root_packages"]) == set(PACKAGES)
    proven = {contract for fault in FAULTS.values() for contract in fault.broken}
    assert {contract["name"] for contract in settings["contracts"]} == proven


def test_a_build_in_which_nothing_runs_imports_nothing_heavy() -> None:
    heavy = ["matplotlib", "numpy", "pandas", "pandera", "scipy", "seaborn", "statsmodels", "weasyprint"]
    code = f"import sys, bookbuild.build, bookbuild.extension; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
