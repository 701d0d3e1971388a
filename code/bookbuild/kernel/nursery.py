"""A process that has imported the heavy packages once and forks a clean kernel per chapter.

Started as `python -m bookbuild.kernel.nursery <socket>`: a build's own, or one that listens for build after build. A build sends
JSON, a line each: `{"import": [modules...]}` has no answer, what to fork has one: `{"pid": ...}`, or `{"unsafe": reason}` when a fork
could copy a lock that some thread holds.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from bookbuild.kernel import ipython, orphans


def main(arguments: list[str]) -> None:
    """Import and fork on request, until the build closes its end or, where builds follow each other, until the parent ends."""
    signal.signal(signal.SIGTERM, partial(_end, os.getpid()))
    ipython.die_with_parent(signal.SIGTERM)
    orphans.adopt()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build decides what an interrupt means, kernel by kernel
    channel = socket.socket(fileno=int(arguments[0]))
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as ipykernel sets before the first cell
    preload(["ipykernel.kernelapp", "ipykernel.ipkernel", "bookbuild.kernel.guard"])
    if not channel.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        serve(channel)
        return
    while True:
        serve(channel.accept()[0])


def _end(own: int, *_: object) -> None:
    """End all that was forked here, and all that it left behind, and this process."""
    if os.getpid() == own:  # not a fork that has not changed its ways yet
        orphans.end()
    os._exit(0)


def preload(modules: Iterable[str]) -> None:
    """Import `module` or `module:name`; what cannot be imported is left to the chapter, whose error it is."""
    _import(modules)
    gc.collect()
    gc.freeze()


def _import(modules: Iterable[str]) -> None:
    for label in modules:
        module, _, name = label.partition(":")
        with suppress(Exception):
            found = importlib.import_module(module)
            if name and not hasattr(found, name):
                importlib.import_module(f"{module}.{name}")


def serve(channel: socket.socket) -> None:
    """Do what a build asks; what was forked for it ends when it closes its end, and before this one closes."""
    with channel, channel.makefile("r", encoding="utf-8") as requests:
        for line in requests:
            _reap()
            request = json.loads(line)
            if "import" in request:
                preload(request["import"])
                continue
            answer: dict[str, Any] = {"unsafe": reason} if (reason := unsafe()) else {"pid": _fork(request, channel)}
            with suppress(OSError):  # the build may be gone: its end comes next
                channel.sendall((json.dumps(answer) + "\n").encode())
        orphans.end()


def unsafe() -> str:
    """Why this process must not fork, or nothing."""
    threads = len(list(Path("/proc/self/task").iterdir()))
    return f"{threads} threads" if threads > 1 else ""


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _fork(request: dict[str, Any], channel: socket.socket) -> int:
    ready, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        os.read(ready, 1)  # only once it leads its own group may the build signal that group
        os.close(ready)
        return pid
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ipython.die_with_parent()
        os.setsid()
        os.close(ready)
        os.close(channel.detach())  # closing it would leave it to the file that was made of it
        os.write(told, b".")
        os.close(told)
        _be_born(request)
        status = 0
    except SystemExit as exit_:
        status = exit_.code if isinstance(exit_.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _be_born(request: dict[str, Any]) -> None:
    """Undo what is shared with the siblings, then be a kernel."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    random.seed()
    if "numpy" in sys.modules:  # unseeded draws must differ between kernels here too, or no one would notice them
        sys.modules["numpy"].random.seed()
    name, *arguments = request["command"]
    module: Any = ipython if name == ipython.__name__ else importlib.import_module(name)
    if module is ipython:  # ipykernel read its parent from the environment when it was imported, in the nursery
        arguments.append(f"--IPKernelApp.parent_handle={os.getppid()}")
    sys.argv = [str(module.__file__), *arguments]
    module.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
