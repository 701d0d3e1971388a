"""Do the tests notice when the code is wrong? `make mutants` breaks it in a sample of places and counts what they catch."""

from __future__ import annotations

import argparse
import ast
import contextlib
import os
import resource
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from mutmut import __main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

ROOT = Path.cwd()
WORK = ROOT / "_build" / "mutants"
LOG = WORK / "log.txt"
LEAST_SCORE = 0.90
MEMORY = 4 << 30  # bytes: a mutant that wants more than that fails, and takes nothing else with it
MISSED = {"survived", "no tests", "not checked", "skipped"}  # all else is caught: a failure, a crash, too long a wait


def main() -> int:
    """Test a sample of mutants and print which survive.

    Returns
    -------
    int
        1 if the tests catch fewer than nine in ten, else 0.
    """
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--sample", type=int, required=True, help="how many mutants; 0 for all")
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    lay_out()
    os.chdir(WORK)
    chosen = sample(generate(), options.sample, options.seed)
    status = mutate(chosen)
    if status:
        print("".join(LOG.read_text(encoding="utf-8").splitlines(keepends=True)[-40:]))
        print(f"mutmut ended with status {status}")
        return 1
    return report(chosen)


def lay_out() -> None:
    """The copy that is mutated: what git has, with a second copy of the code where mutmut looks for it."""
    shutil.rmtree(WORK, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            copy = WORK / "mutants" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy)
    shutil.copytree(WORK / "mutants" / "code", WORK / "src")
    shutil.copy2(ROOT / "pyproject.toml", WORK)


def generate() -> dict[str, list[str]]:
    """The names of all mutants, by module."""
    with LOG.open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        mutmut.copy_src_dir()
        mutmut.create_mutants(os.cpu_count() or 1)
    found = defaultdict(list)
    for data, name, _ in mutmut.collect_source_file_mutation_data(mutant_names=())[0]:
        found[str(data.path)].append(name)
    return dict(sorted(found.items()))


def sample(mutants: dict[str, list[str]], size: int, seed: int) -> dict[str, list[str]]:
    """From every module its share of the sample, and at least one; all if `size` is 0."""
    total = sum(map(len, mutants.values()))
    if not 0 < size < total:
        return mutants
    rng = np.random.default_rng(seed)
    shares = {module: max(1, round(size * len(names) / total)) for module, names in mutants.items()}
    return {module: sorted(rng.choice(names, shares[module], replace=False)) for module, names in mutants.items()}


def mutate(chosen: dict[str, list[str]]) -> int:
    """Run each mutant against the tests that reach its function, on all cores; not 0 if the tests fail without any.

    mutmut gives up when a process ends that it did not start itself, such as a helper of a test; it is started again with
    what is left, as long as it gets anywhere.
    """
    left = [name for names in chosen.values() for name in names]
    while left:
        status = run(left)
        unchecked = {name for name, code in exit_codes().items() if code is None}
        before, left = left, [name for name in left if name in unchecked]
        if len(left) == len(before):
            return status or 1
    return 0


def run(names: list[str]) -> int:
    """Run some mutants; the status of mutmut."""
    with LOG.open("a", encoding="utf-8") as log:
        command = [str(Path(sys.executable).with_name("mutmut")), "run", *names]
        few = os.environ | {"EXAMPLES": "20"}  # drawn frames, for every mutant
        return subprocess.run(
            command, env=few, stdout=log, stderr=subprocess.STDOUT, check=False, preexec_fn=limit_memory
        ).returncode


def exit_codes() -> dict[str, int | None]:
    """How the tests of each mutant ended; None where none ran."""
    return {name: code for _, name, code in mutmut.collect_source_file_mutation_data(mutant_names=())[0]}


def limit_memory() -> None:
    """Runs in the process that mutmut becomes; those that it forks have the same limit each."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def report(chosen: dict[str, list[str]]) -> int:
    """Print the score and every survivor; 1 if the score is too low."""
    codes = exit_codes()
    missed = [
        (path, name) for path, names in chosen.items() for name in names if status_by_exit_code[codes[name]] in MISSED
    ]
    for path, name in missed:
        print(survivor(path, name, status_by_exit_code[codes[name]]))
    total = sum(map(len, chosen.values()))
    score = 1 - len(missed) / total
    print(f"{total - len(missed)} of {total} mutants caught: {score:.1%} (at least {LEAST_SCORE:.0%})")
    return 0 if score >= LEAST_SCORE else 1


def survivor(path: str, name: str, status: str) -> str:
    """One line: where, in which function, and what was changed unnoticed."""
    function, group = orig_function_and_class_names_from_key(name)
    diff = [line for line in get_diff_for_mutant(name, path=path).splitlines() if not line.startswith(("---", "+++"))]
    removed, added = (" ".join(line[1:].strip() for line in diff if line[0] == sign) for sign in "-+")
    first = next((line[1:].strip() for line in diff if line[0] == "-"), "")
    source = Path(path).read_text(encoding="utf-8")
    line = place(source, function, group, first)
    return f"{path.replace('src/', 'code/', 1)}:{line} {function}: {removed} -> {added} ({status})"


def place(source: str, function: str, group: str | None, text: str) -> int:
    """The number of the line with this text in the function."""
    tree = ast.parse(source)
    scopes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == group] if group else [tree]
    start = next(n.lineno for s in scopes for n in s.body if isinstance(n, ast.FunctionDef) and n.name == function)
    lines = source.splitlines()
    return next((number for number in range(start, len(lines) + 1) if lines[number - 1].strip() == text), start)


if __name__ == "__main__":
    sys.exit(main())
