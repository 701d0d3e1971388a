"""`make notebook`: a chapter in JupyterLab, through jupytext: what is saved is chapters/X.md itself, and its script follows."""

from __future__ import annotations

import signal
import subprocess
import sys
from difflib import get_close_matches
from pathlib import Path

from bookbuild.checks import twins
from bookbuild.project import texts


def edit(root: Path, name: str) -> int:
    """Open JupyterLab, on a chapter if it has a name, and put headers and scripts in order when it ends.

    Returns
    -------
    int
        1 if there is no such chapter, or a script was edited by hand; else 0.
    """
    names = [page.stem for page in texts.pages(root) if page.parent.name == "chapters"]
    if name and name not in names:
        near = get_close_matches(name, names, n=1)
        meant = f"bedoelde u {near[0]}?" if near else f"kies uit {', '.join(names)}."
        print(f"chapters/{name}.md bestaat niet: {meant}", file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", "--ServerApp.answer_yes=True"]
    if name:
        command += [f"--LabApp.default_url=/lab/tree/chapters/{name}.md?factory=Notebook"]
    process = subprocess.Popen(command, cwd=root)
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C ends JupyterLab; the scripts are written after it
    process.wait()
    return twins.write(root)
