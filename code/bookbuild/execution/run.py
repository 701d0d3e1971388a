"""Runs chapters: one clean kernel each, as many at once as there are cores, with one line of progress per chapter."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from bookbuild.execution.chapter import Chapter
from bookbuild.execution.kernels import Manager, Nursery, environment
from bookbuild.kernel.guard import Rules
from bookbuild.project.settings import fonts_folder, released_file
from ledger.sharing import VARIABLE as MEMORY

SHOWN_SOURCE, SHOWN_TRACEBACK = 14, 10  # lines: with the message around them they fit on one screen
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
BEGIN = "Traceback (most recent call last)"
JOBS = "BOOK_JOBS"
VIOLATIONS = {
    "read": "{} opent {}, maar noemt het niet onder inputs",
    "write": "{} schrijft {}: een hoofdstuk schrijft niets in het project",
}


@dataclass(frozen=True, slots=True)
class Job:
    """A chapter to run: its notebook is executed in place; `limit` in seconds for the whole chapter, None for none."""

    chapter: Chapter
    notebook: NotebookNode
    source: Path
    limit: float | None
    allow_errors: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run went.

    Parameters
    ----------
    failure
        What to tell the author, empty if all went well.
    modules
        The project's modules that it opened, by path from the root.
    """

    job: Job
    seconds: float
    failure: str
    modules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run chapters: how many at once, from which process, with whose memory, and whom to tell."""

    jobs: int
    nursery: Nursery
    memory: Path
    tell: Callable[[str], None]
    done: Callable[[Outcome], None]  # called as soon as a chapter ends: what follows may yet be killed


class _CellError(Exception):
    """A failure with the cell it belongs to."""


def cores() -> int:
    """How many kernels at once: the cores that this process may use."""
    return int(os.environ.get(JOBS) or len(os.sched_getaffinity(0)))


def run(jobs: list[Job], settings: Settings) -> list[Outcome]:
    """Run every job; a failing chapter does not keep the others from finishing.

    In a thread of its own: nbclient would take over the interrupt of the thread that it runs in.
    """
    outcomes: list[Outcome] = []
    problems: list[BaseException] = []
    loop = asyncio.new_event_loop()

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                outcomes.extend(runner.run(_run_all(jobs, settings)))
        except BaseException as problem:
            problems.append(problem)

    thread = threading.Thread(target=work, name="chapters")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.2)
    except KeyboardInterrupt:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        thread.join()
        raise
    if problems:
        raise problems[0]
    return outcomes


def warm_up(chapters: Iterable[Chapter]) -> Nursery:
    """Begin to import what the chapters import; the build can do something else meanwhile."""
    return Nursery(dict.fromkeys(label for chapter in chapters for label in chapter.followed.outside))


async def _run_all(jobs: list[Job], settings: Settings) -> list[Outcome]:
    places = asyncio.Semaphore(settings.jobs)
    # A long chapter that starts last leaves the other cores idle; how much it reads is the best guess beforehand.
    jobs = sorted(jobs, key=lambda job: -sum(path.stat().st_size for path in job.chapter.files))
    with tempfile.TemporaryDirectory(prefix="boek-") as name:
        return await asyncio.gather(*(_run_one(job, settings, places, Path(name)) for job in jobs))


async def _run_one(job: Job, settings: Settings, places: asyncio.Semaphore, folder: Path) -> Outcome:
    async with places:
        began = time.monotonic()
        rules = _rules(job.chapter, folder)
        failure = ""
        try:
            await _execute(job, settings, rules, folder)
        except _CellError as problem:
            failure = str(problem)
        modules, violations = _reported(Path(rules["report"]), job.chapter.docname)
        outcome = Outcome(job, time.monotonic() - began, "\n".join([*violations, failure]).strip(), modules)
        state = "faalt" if outcome.failure else "uitgevoerd"
        settings.tell(f"{job.chapter.docname:<32} {state:<10} {outcome.seconds:6.1f} s".replace(".", ","))
        settings.done(outcome)
        return outcome


def _rules(chapter: Chapter, folder: Path) -> Rules:
    released = released_file(chapter.root)
    return Rules(
        chapter=chapter.docname,
        root=os.path.realpath(chapter.root),
        code=os.path.realpath(chapter.code),
        allowed=[os.path.realpath(path) for path in chapter.files] + ([str(released)] if released else []),
        allowed_folders=[os.path.realpath(fonts_folder())],
        report=str(folder / (chapter.docname.replace("/", "--") + ".report")),
    )


async def _execute(job: Job, settings: Settings, rules: Rules, folder: Path) -> None:
    path = Path(rules["report"]).with_suffix(".json")
    path.write_text(json.dumps(rules), encoding="utf-8")
    manager = Manager(path, settings.nursery)
    at = Position(job)
    client = NotebookClient(job.notebook, km=manager, timeout=None, allow_errors=job.allow_errors, record_timing=False)
    env = environment(**{"IPYTHONDIR": str(folder / "ipython"), MEMORY: str(settings.memory)})
    try:
        async with asyncio.timeout(job.limit) as clock:
            await manager.start_kernel(cwd=str(job.source.parent), env=env)
            await _cells(client, manager, job.notebook, at)
    except CellExecutionError as problem:
        raise _CellError(at.describe(at.error() or f"{problem.ename}: {problem.evalue}")) from None
    except (TimeoutError, DeadKernelError, RuntimeError) as problem:
        # nbclient takes the end of our patience for the death of the kernel.
        late = f"niet klaar na {job.limit:g} seconden (execute.timeout in _config.yml, voor het hele hoofdstuk)"
        raise _CellError(at.describe(late if clock.expired() else f"de kernel is gestopt ({problem})")) from None
    finally:
        await _end(client, manager)


async def _cells(client: NotebookClient, manager: Manager, notebook: NotebookNode, at: Position) -> None:
    """As NotebookClient.async_execute does, without its signal handlers, its exit hooks and its waiting."""
    client.reset_execution_trackers()
    client.kc = manager.client()
    client.kc.start_channels()
    notebook.metadata["language_info"] = await _introduced(client.kc)
    for index, cell in enumerate(notebook.cells):
        at.index = index
        await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
    client.set_widgets_metadata()


async def _introduced(kernel: Any) -> Any:
    """What the kernel says of its language, once both its answers and its outputs are sure to reach us.

    KernelClient.wait_for_ready waits a fixed time for outputs to begin to arrive; a first output is surer, and sooner.
    """
    while True:
        kernel.kernel_info()
        reply = await kernel.get_shell_msg()
        with suppress(Empty):
            await kernel.get_iopub_msg(timeout=0.1)
            return reply["content"]["language_info"]


async def _end(client: NotebookClient, manager: Manager) -> None:
    """Kill the kernel and all it started: what it had to say has been said, and asking kindly takes a second."""
    if manager.has_kernel:
        await manager.shutdown_kernel(now=True)
    if client.kc is not None:
        client.kc.stop_channels()


class Position:
    """Which cell is running, for the message when it fails."""

    def __init__(self, job: Job, index: int = -1) -> None:
        self.index = index
        self._job = job

    def describe(self, problem: str) -> str:
        """The chapter, the cell with its place and source, and the problem: one screen."""
        name = self._job.chapter.docname
        if self.index < 0:
            return f"{name}: {problem}"
        number = sum(cell.cell_type == "code" for cell in self._job.notebook.cells[: self.index + 1])
        lines = self._job.notebook.metadata.get("source_map")
        where = f", regel {lines[self.index] + 1} van {self._job.source.name}" if lines else ""
        source = _shortened(self._job.notebook.cells[self.index].source.splitlines(), SHOWN_SOURCE)
        return "\n".join([f"{name}, cel {number}{where}:", *(f"    {line}" for line in source), problem])

    def error(self) -> str:
        """The end of the traceback that the running cell left."""
        outputs = self._job.notebook.cells[self.index].get("outputs", [])
        found = [line for output in outputs for line in output.get("traceback", [])]
        lines = [
            line for line in COLOURS.sub("", "\n".join(found)).splitlines() if line.strip("- ") and BEGIN not in line
        ]
        return "\n".join(lines[-SHOWN_TRACEBACK:])


def _shortened(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"... (nog {len(lines) - most + 1} regels)"]


def _reported(report: Path, name: str) -> tuple[frozenset[str], list[str]]:
    lines: Iterable[str] = report.read_text(encoding="utf-8").splitlines() if report.is_file() else []
    seen = [json.loads(line) for line in lines]
    violations = [VIOLATIONS[kind].format(name, path) for kind, path in seen if kind in VIOLATIONS]
    return frozenset(path for kind, path in seen if kind == "module"), violations
