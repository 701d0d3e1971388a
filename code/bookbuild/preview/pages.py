"""The preview's web server: the built pages as they are, each with a script that follows the book. It reads and never writes."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bookbuild.preview.news import News

OWN = "/_preview"  # no page of a book is called so
HOSTS = ["127.0.0.1", "localhost"]  # under another name some other site leads here
WAITING = '<!DOCTYPE html>\n<html lang="nl"><head><title>Voorvertoning</title></head><body><p>Het boek wordt gebouwd.</p></body></html>'


class Pages(StaticFiles):
    """The files of a book; its pages with the script, which is in no file."""

    def __init__(self, folder: Path, news: News) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder, self._news = folder, news

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, the book's own error page, or a page to wait on where there is no book yet."""
        version = self._news.version  # before the page is read: a newer one under an older name is loaded again
        if scope["method"] in ("GET", "HEAD") and not self._folder.is_dir():
            return _followed(WAITING, version, 503)
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and Path(response.path).suffix == ".html":
            return _followed(Path(response.path).read_text(encoding="utf-8"), version, response.status_code)
        return response

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file; a browser must ask every time whether the one it has is still good, and always gets pages whole."""
        if Path(full_path).suffix == ".html":
            return FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def check_config(self) -> None:
        """Nothing: there may be no book yet."""


class Server(uvicorn.Server):
    """Ends when it is told to, and does not wait for open pages."""

    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to who started this."""
        yield

    def stop(self) -> None:
        """End soon."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, and let the pages go."""
        self._news.end()
        await super().shutdown(sockets)


def server(root: Path, news: News) -> Server:
    """The server of the book of `root`, silent about who asks for what."""
    config = uvicorn.Config(
        application(root / "_build" / "html", news), log_level="error", access_log=False, lifespan="off"
    )
    return Server(config, news)


def application(folder: Path, news: News) -> Starlette:
    """The pages of the book in a folder, the preview's own script, and its events."""

    async def events(request: Request) -> StreamingResponse:
        return StreamingResponse(news.events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    routes = [
        Route(f"{OWN}/events", events, methods=["GET"]),
        Mount(OWN, StaticFiles(directory=Path(__file__).with_name("page"))),
        Mount("/", Pages(folder, news)),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    return Starlette(routes=routes, middleware=[guard])


def _followed(page: str, version: str, status: int) -> HTMLResponse:
    tags = (
        f'<link rel="stylesheet" href="{OWN}/preview.css">'
        f'<script src="{OWN}/preview.js" data-version="{version}" defer></script>'
    )
    return HTMLResponse(page.replace("</head>", f"{tags}</head>", 1), status, {"Cache-Control": "no-store"})
