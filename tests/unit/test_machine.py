"""Who may install what the machine lacks: root, and in CI who may become root; nobody on an author's machine."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from bookbuild import machine

ENV = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
BOTH = [["update"], ["install", "-y", *machine.PANGO]]


@pytest.mark.parametrize(
    ("user", "ci", "programs", "first"),
    [
        (0, "", {"apt-get"}, ENV),
        (1000, "true", {"apt-get", "sudo"}, ["sudo", "-n", *ENV]),
        (1000, "", {"apt-get", "sudo"}, None),
        (1000, "true", {"apt-get"}, None),
        (0, "", set(), None),
    ],
)
def test_who_installs(
    user: int, ci: str, programs: set[str], first: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    monkeypatch.setattr(machine, "has_pango", lambda: bool(ran))
    assert machine.ensure_pango() == (first is not None)
    assert ran == ([] if first is None else [[*first, *rest] for rest in BOTH])
