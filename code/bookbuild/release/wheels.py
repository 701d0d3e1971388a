"""What a build needs of the lock on a machine without a network: which packages, and their wheels.

That machine is a 64-bit Linux of 2018 or later with the oldest Python that every package of the lock runs on.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from packaging.dependency_groups import resolve_dependency_groups
from packaging.markers import Marker

from bookbuild.project import digest
from bookbuild.release import packages
from bookbuild.release.version import ReleaseError

PYTHON, MINOR, ABI = "3.11.5", "3.11", "cp311"
GLIBC = "2.28"  # as new as the wheels of NumPy, pandas and Arrow ask
TAGS = ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "_2_12", "_2_5", "2014", "2010", "1")
MACHINE = {
    "implementation_name": "cpython",
    "implementation_version": PYTHON,
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": PYTHON,
    "python_version": MINOR,
    "sys_platform": "linux",
}
GROUP = "records"  # beside the book's own packages: whoever has such a machine has records
INSTALLER = "uv"
_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))? \\\n((?: +--hash=\S+(?: \\)?\n)+)", re.MULTILINE)


def needed(root: Path) -> set[str]:
    """The packages of a build there and its installer, by their names in the lock; see `packages.asked_for`."""
    said = packages.project(root)
    records = resolve_dependency_groups(said["dependency-groups"], GROUP)
    asked = (*said["project"]["dependencies"], *records, INSTALLER)
    return set(packages.asked_for(asked, packages.unused(root), MACHINE))


def pinned(lock: str, names: Collection[str]) -> dict[str, str]:
    """The lines of the lock for these packages on that machine, by name: version and hashes.

    Raises
    ------
    ReleaseError
        If the lock lacks one of them.
    """
    found = {
        name: f"{name}=={version} \\\n{hashes}"
        for name, version, marker, hashes in _PIN.findall(lock)
        if name in names and (not marker or Marker(marker).evaluate(MACHINE | {"extra": ""}))
    }
    if lost := sorted(set(names) - set(found)):
        raise ReleaseError(f"{digest.LOCK} heeft geen {', '.join(lost)}\n  herstel: make lock")
    return found


def fetch(pins: dict[str, str], folder: Path) -> list[Path]:
    """The wheel of each of these lines, in a folder that holds nothing else afterwards; what is there already stays.

    Raises
    ------
    ReleaseError
        If pip cannot get one, or its hash is another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    platforms = (f"--platform=manylinux{tag}_x86_64" for tag in TAGS)
    abis = (f"--abi={abi}" for abi in (ABI, "abi3", "none"))
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "--implementation=cp", f"--python-version={PYTHON}"]
    done = subprocess.run(
        [*command, *abis, *platforms, f"--dest={folder}", "--requirement=/dev/stdin"],
        input="".join(pins.values()), text=True, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ReleaseError(f"pip kan niet alle pakketten halen:\n{done.stderr.strip()[-2000:]}")
    hashes = set(re.findall(r"sha256:(\w+)", "".join(pins.values())))
    for path in folder.iterdir():
        if digest.of_file(path) not in hashes:  # of an older lock
            path.unlink()
    return sorted(folder.iterdir())
