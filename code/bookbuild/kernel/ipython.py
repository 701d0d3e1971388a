"""A chapter's kernel: `python -P -m bookbuild.kernel <rules.json> <ipykernel arguments>`, or forked by bookbuild.kernel.nursery."""

from __future__ import annotations

import ctypes
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bookbuild.kernel.guard import Rules

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Become the kernel of the chapter whose rules stand in the first argument."""
    rules: Rules = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    die_with_parent()
    run(rules, arguments[1:])


def run(rules: Rules, arguments: list[str]) -> None:
    """Guard this process, then serve as an IPython kernel until told to stop."""
    from ipykernel.kernelapp import IPKernelApp

    from bookbuild.kernel import guard

    guard.install(rules)
    IPKernelApp.launch_instance(argv=arguments)


def die_with_parent(by: int = signal.SIGKILL) -> None:
    """Let the system send this process a signal when the one that started it is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)


if __name__ == "__main__":
    main(sys.argv[1:])
