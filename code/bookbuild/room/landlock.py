"""What the kernel of Linux refuses a process and all it starts, C code included, from now on and for good.

Landlock, by its three system calls (https://docs.kernel.org/userspace-api/landlock.html): no package in the lock has them, and
audit hooks see Python code only.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PR_SET_NO_NEW_PRIVS = 38
PATH_BENEATH, VERSION = 1, 1
READ_FILE, READ_DIR, WRITE_FILE, TRUNCATE = 1 << 2, 1 << 3, 1 << 1, 1 << 14
# Making and removing every kind of name, moving one between folders, writing, truncating.
CHANGE = WRITE_FILE | TRUNCATE | sum(1 << bit for bit in range(4, 14))
OF_FILES = READ_FILE | WRITE_FILE | TRUNCATE
REFER = 1 << 13
BIND_TCP, CONNECT_TCP = 1 << 0, 1 << 1
# Which version knows what: moving between folders 2, truncating 3, TCP 4.
MOVES, TRUNCATES, NETWORK = 2, 3, 4


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64), ("handled_access_net", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """Which Landlock this machine has; 0 if none."""
    if sys.platform != "linux":
        return 0
    return max(_call(CREATE_RULESET, None, 0, VERSION), 0)


def shut(folder: Path) -> bool:
    """Let nobody here read a folder any more; False where the system cannot.

    All that stands beside it and beside the folders above it stays readable; what comes into one of those folders later does
    not, so temporary files need a folder of their own that is already there.
    """
    # REFER: a shut process may not move a name between folders unless that is allowed.
    return _restrict(READ_FILE | READ_DIR | REFER, _beside(folder.resolve()), network=False)


def write_only_below(*places: Path) -> bool:
    """Let nobody here change anything elsewhere, nor use TCP; False where the system cannot."""
    return _restrict(CHANGE, places, network=True)


def _beside(folder: Path) -> Iterator[Path]:
    way = {folder, *folder.parents}
    for parent in folder.parents:
        yield from (path for path in parent.iterdir() if path not in way and not path.is_symlink())


def _restrict(access: int, places: Iterable[Path], *, network: bool) -> bool:
    known = version()
    if not known:
        return False
    access &= ~(REFER if known < MOVES else 0) & ~(TRUNCATE if known < TRUNCATES else 0)
    net = BIND_TCP | CONNECT_TCP if network and known >= NETWORK else 0
    attributes = _Ruleset(access, net)
    size = ctypes.sizeof(_Ruleset) if known >= NETWORK else ctypes.sizeof(ctypes.c_uint64)
    ruleset = _call(CREATE_RULESET, ctypes.byref(attributes), size, 0)
    if ruleset < 0:
        return False
    try:
        for place in places:
            _allow(ruleset, place, access)
        ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return _call(RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, place: Path, access: int) -> None:
    try:
        # Not what a link leads to: that may be what is shut.
        handle = os.open(place, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:  # gone meanwhile, or not ours to see
        return
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            access &= OF_FILES
        _call(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(_Beneath(access, handle)), 0)
    finally:
        os.close(handle)


def _call(number: int, *arguments: object) -> int:
    return ctypes.CDLL(None, use_errno=True).syscall(number, *arguments)
