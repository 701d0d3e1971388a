"""The preview's own process: it serves pages, sees what is saved and lets others build."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from contextlib import closing
from pathlib import Path

from bookbuild.preview import pages
from bookbuild.preview.builder import Builder
from bookbuild.preview.news import News, problem
from bookbuild.preview.saves import Saves

HOST, FIRST, LAST = "127.0.0.1", 8000, 8099
INHERITED = "BOOK_PREVIEW_SOCKET"  # left by the process that this one takes over from
PATIENCE = 10  # seconds that a build may still take once something newer is saved


def serve(root: Path) -> int:
    """Serve and build until interrupted; gives 0."""
    with closing(listener()) as place:
        asyncio.run(_serve(root, place))
    return 0


def listener() -> socket.socket:
    """A socket that listens on this machine's own address only, at the first free port."""
    if INHERITED in os.environ:
        return socket.socket(fileno=int(os.environ.pop(INHERITED)))
    for port in range(FIRST, LAST + 1):
        try:
            return socket.create_server((HOST, port))
        except OSError:
            continue
    return socket.create_server((HOST, 0))


async def _serve(root: Path, place: socket.socket) -> None:
    news, saves, builder = News(root / "_build" / "published.json"), Saves(root), Builder(root)
    server = pages.server(root, news)
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, server.stop)
    print(f"Voorvertoning: http://{HOST}:{place.getsockname()[1]} (stoppen met Ctrl-C)", flush=True)
    work = [server.serve(sockets=[place]), saves.watch(), _build(builder, saves, news, place)]
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        builder.close()
        for task in tasks:
            task.cancel()


async def _build(builder: Builder, saves: Saves, news: News, place: socket.socket) -> None:
    unknown, saved = True, set[Path]()  # until a build succeeds, anything may have been saved, and what was stays so
    while True:
        await saves.some()
        saved |= (taken := saves.taken())
        if saves.of_engine(taken):
            builder.close()
            _begin_again(place)
        began, version = time.monotonic(), news.version
        building = asyncio.create_task(builder.build(() if unknown else saved))
        said = await _unless_late(building, builder, saves)
        if said is None:
            continue
        if not said:
            unknown, saved = False, set()
        wrong = problem(said, saves.root) if said else None
        news.tell(wrong)
        if wrong:
            print(wrong.text, flush=True)
        elif news.version != version:
            print(f"Gebouwd in {time.monotonic() - began:.1f} s".replace(".", ","), flush=True)


async def _unless_late(building: asyncio.Task[str], builder: Builder, saves: Saves) -> str | None:
    """How the build ended; None if it was ended because it took too long with something newer waiting."""
    newer = asyncio.create_task(saves.wait())
    await asyncio.wait([building, newer], return_when=asyncio.FIRST_COMPLETED)
    newer.cancel()
    await asyncio.wait([building], timeout=PATIENCE)
    if building.done():
        return building.result()
    builder.end()
    await building
    return None


def _begin_again(place: socket.socket) -> None:
    """Become a process that knows the edited engine, at the same address."""
    place.set_inheritable(True)
    command = [sys.executable, "-m", "bookbuild", "serve"]
    os.execve(sys.executable, command, os.environ | {INHERITED: str(place.fileno())})
