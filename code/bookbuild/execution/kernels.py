"""Starts the chapters' kernels, on the build's side: forked from a warm process where that is safe, plain elsewhere."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from bookbuild.kernel import orphans

CHOICE = "BOOK_KERNELS"
KEPT = "BOOK_NURSERY"  # where a nursery listens that outlives the build
# One thread per kernel: the sums are small, and the cores serve better as kernels. One hash seed: sets print alike.
# Arrow, which pandas imports where it is installed, keeps no thread to tidy memory: a process with two is not forked.
SETTINGS = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
}
# Not the folder that it happens to be started in (-P): both kinds of kernel then find the same modules.
PYTHON = (sys.executable, "-P", "-m")
PATIENCE = 120  # seconds that importing the heavy packages may take


class Nursery:
    """A warm process to fork kernels from (`bookbuild.kernel.nursery`), or nothing where that is not safe.

    Parameters
    ----------
    modules
        What to import beforehand, as `module` or `module:name`.
    """

    def __init__(self, modules: Iterable[str]) -> None:
        self._process: subprocess.Popen | None = None
        self._channel: socket.socket | None = None
        self._asked = 0
        self._answers: list[ForkedProcess | None] = []
        orphans.adopt()  # what kernels leave behind that no nursery started becomes ours
        self._known = orphans.children()
        if forks_are_safe():
            self._channel = _kept() or self._own()
            self._tell({"import": list(modules)})

    def ask(self, command: list[str], **kwargs: Any) -> int:
        """Ask for a process that runs the main() of a module with arguments; gives the number of the question."""
        request = {"command": command, "cwd": str(kwargs["cwd"]), "env": kwargs["env"]}
        self._asked += 1
        self._tell(request)
        return self._asked - 1

    def answer(self, number: int) -> ForkedProcess | None:
        """The process that was asked for; None where a fork is not safe."""
        while len(self._answers) <= number:
            self._answers.append(self._next_answer())
        return self._answers[number]

    def fork(self, command: list[str], **kwargs: Any) -> ForkedProcess | None:
        """Ask, and wait for the answer."""
        return self.answer(self.ask(command, **kwargs))

    def close(self) -> None:
        """End the warm process, or let one that is kept go; kernels that still live end with this, and what they left behind."""
        self._let_go()
        orphans.end(orphans.of_other_sessions(self._known))

    def _let_go(self) -> None:
        if self._channel is None:
            return
        if self._process is not None:
            _end(self._process)
            self._process = None
        with self._channel, suppress(OSError):
            self._channel.settimeout(PATIENCE)
            self._channel.shutdown(socket.SHUT_WR)
            while self._channel.recv(1024):  # its end comes when they have ended
                pass
        self._channel = None

    def _own(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = start_nursery(theirs)
        return ours

    def _tell(self, request: dict[str, Any]) -> None:
        if self._channel is not None:
            with suppress(OSError):
                self._channel.sendall((json.dumps(request) + "\n").encode())

    def _next_answer(self) -> ForkedProcess | None:
        answer: dict[str, Any] = {}
        if self._channel is not None:
            with suppress(OSError, ValueError):
                answer = json.loads(self._line(self._channel))
        if "pid" not in answer:
            self._let_go()
            return None
        return ForkedProcess(answer["pid"])

    def _line(self, channel: socket.socket) -> bytes:
        received = b""
        while not received.endswith(b"\n"):
            readable, _, _ = select.select([channel], [], [], PATIENCE)
            piece = channel.recv(1) if readable else b""  # no more: the rest may be the next answer
            if not piece:
                break
            received += piece
        return received


class KeptNursery:
    """A warm process for build after build; a build whose environment says where (`KEPT`) has its kernels from there.

    Parameters
    ----------
    place
        The name of the socket to make; whoever may open it can start processes there.
    """

    def __init__(self, place: Path) -> None:
        self._process: subprocess.Popen | None = None
        if forks_are_safe():
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(place))
                listener.listen()
                self._process = start_nursery(listener)

    def close(self) -> None:
        """End it, and all that it forked."""
        if self._process is not None:
            _end(self._process)


class ForkedProcess:
    """A process that is not our child, with the methods of subprocess.Popen that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle, self.returncode = -1, 1

    def poll(self) -> int | None:
        """None while it lives, then 1: its true status is its parent's to know."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            os.close(self._handle)
            self.returncode = 1
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        if self.returncode is None:
            select.select([self._handle], [], [], timeout)
        return self.poll() or 0

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless it is gone."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Beside:
    """A program of the build's own that runs beside it: forked from the nursery, or started where it cannot be."""

    def __init__(self, nursery: Nursery | None, *command: str, **more: str) -> None:
        self._nursery, self._command, self._environment = nursery, list(command), environment(**more)
        self._process: ForkedProcess | subprocess.Popen | None = None
        if nursery is None or not forks_are_safe():
            self._process = self._started()
        else:
            self._number = nursery.ask(self._command, cwd="/", env=self._environment)

    def poll(self) -> int | None:
        """None while it runs."""
        return self._found().poll()

    def wait(self) -> None:
        """Wait for its end."""
        self._found().wait()

    def end(self) -> None:
        """End it at once; what the nursery was asked for and nobody has asked after yet ended with the nursery."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _found(self) -> ForkedProcess | subprocess.Popen:
        if self._process is None and self._nursery is not None:
            self._process = self._nursery.answer(self._number)
        self._process = self._process or self._started()
        return self._process

    def _started(self) -> subprocess.Popen:
        return subprocess.Popen([*PYTHON, *self._command], cwd="/", env=self._environment, stdin=subprocess.DEVNULL)


class Provisioner(LocalProvisioner):
    """Launches a kernel from the nursery if there is one, else by itself."""

    nursery: Nursery | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork where that is possible; everything after the launch is the same for both kinds."""
        process = self.nursery.fork(cmd[len(PYTHON) :], **kwargs) if self.nursery else None
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast(Any, process)
        self.pid = self.pgid = process.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the end of a kernel that was told to end; ten times as attentive as the original."""
        while await self.poll() is None:
            await asyncio.sleep(0.01)
        return await super().wait()


class Manager(AsyncKernelManager):
    """Manages one chapter's kernel, which no installed kernelspec knows."""

    def __init__(self, rules: Path, nursery: Nursery | None) -> None:
        super().__init__()
        argv = [*PYTHON, "bookbuild.kernel.ipython", str(rules), "-f", "{connection_file}"]
        argv += ["--HistoryManager.hist_file=:memory:", "--HistoryManager.enabled=False"]
        self.transport = "ipc"  # sockets in our own folder: kernels that start at once cannot take each other's ports
        self.ip = str(rules.with_suffix(""))
        self._spec = KernelSpec(argv=argv, language="python", display_name="Boek")
        self.provisioner = Provisioner(parent=self, kernel_spec=self._spec)
        self.provisioner.nursery = nursery

    @property
    def kernel_spec(self) -> KernelSpec:
        """The private kernelspec."""
        return self._spec


def forks_are_safe() -> bool:
    """Whether kernels may be forked: on Linux, unless the environment asks for plain ones."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and os.environ.get(CHOICE, "") != "plain"


def start_nursery(channel: socket.socket) -> subprocess.Popen:
    """Start a warm process that serves a channel, or listens there for build after build."""
    command = [*PYTHON, "bookbuild.kernel.nursery", str(channel.fileno())]
    return subprocess.Popen(
        command,
        pass_fds=[channel.fileno()],
        env=environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # what ends the build's group at once leaves it the time to end what it forked
    )


def _end(nursery: subprocess.Popen) -> None:
    """Ask a warm process to end all that it forked, and itself."""
    nursery.terminate()
    try:
        nursery.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        nursery.kill()
        nursery.wait()


def is_kept() -> bool:
    """Whether builds share a nursery that outlives them."""
    return KEPT in os.environ and forks_are_safe()


def _kept() -> socket.socket | None:
    """A channel to the nursery that outlives the build, if there is one and it answers."""
    if not is_kept():
        return None
    channel = socket.socket(socket.AF_UNIX)
    try:
        channel.connect(os.environ[KEPT])
    except OSError:
        channel.close()
        return None
    return channel


def environment(**more: str) -> dict[str, str]:
    """The environment of a kernel."""
    return dict(os.environ) | SETTINGS | more
