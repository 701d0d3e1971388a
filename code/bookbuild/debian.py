"""Installs Debian's packages where that is possible: as root, with apt."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(*packages: str) -> None:
    """Try to install packages; whoever asks looks afterwards whether it helped."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )
