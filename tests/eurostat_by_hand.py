"""Eurostat's API on this machine: answers made by hand in the shape of its documentation, and a server that gives them."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from leerwerk.tables.folder import DATA

BY_HAND = Path(__file__).parent / "unit" / "feeds" / "by_hand"
Answer = tuple[int, bytes, dict[str, str]]


class Api:
    """Answers by dataset; each may be changed before it is given."""

    def __init__(self) -> None:
        self.documents = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in BY_HAND.glob("*.json")}
        self.asked: list[str] = []

    def __call__(self, query: str) -> bytes:
        self.asked.append(query)
        return self.body(query.partition("?")[0])

    def body(self, dataset: str) -> bytes:
        return json.dumps(self.documents[dataset]).encode()

    def cell(self, dataset: str, value: float | None, **place: str) -> None:
        """Give one cell another value, or none."""
        document = self.documents[dataset]
        position = 0
        for name, size in zip(document["id"], document["size"], strict=True):
            index = document["dimension"][name]["category"]["index"]
            position = position * size + index[place[name] if name in place else next(iter(index))]
        document["value"][str(position)] = value

    def add_year(self, dataset: str, value: float) -> None:
        """One more year, the same for every area and sex; three times as high for the young."""
        codes = codes_of(self.documents[dataset])
        codes["time"] = [*codes["time"], "2024"]
        self.documents[dataset] = rearranged(self.documents[dataset], codes)
        for place in places(codes):
            if place["time"] == "2024":
                self.cell(dataset, 3 * value if place["age"] == "Y15-24" else value, **place)

    def rearrange(self, dataset: str, keep: Callable[[dict[str, str]], bool], codes: dict[str, list[str]]) -> None:
        """Give the cells that stay under other codes or in another order of dimensions, values and all."""
        self.documents[dataset] = rearranged(self.documents[dataset], codes, keep)


def rearranged(
    document: dict[str, Any], codes: dict[str, list[str]], keep: Callable[[dict[str, str]], bool] = lambda place: True
) -> dict[str, Any]:
    """The same cells with `codes` as dimensions and categories, in that order; what was not there has no value."""
    old = {name: list(document["dimension"][name]["category"]["index"]) for name in document["id"]}
    value, status = {}, {}
    for position, place in enumerate(places(codes)):
        if not all(place[name] in old[name] for name in old) or not keep(place):
            continue
        before = 0
        for name in old:
            before = before * len(old[name]) + old[name].index(place[name])
        for found, target in (("value", value), ("status", status)):
            if str(before) in document[found]:
                target[str(position)] = document[found][str(before)]
    dimension = {
        name: {"label": name, "category": {"index": {code: at for at, code in enumerate(each)}}}
        for name, each in codes.items()
    }
    sizes = [len(each) for each in codes.values()]
    new = {"value": value, "status": status, "id": list(codes), "size": sizes, "dimension": dimension}
    return document | new


def places(codes: dict[str, list[str]]) -> list[dict[str, str]]:
    """Every cell's codes, the last dimension fastest."""
    found: list[dict[str, str]] = [{}]
    for name, each in codes.items():
        found = [place | {name: code} for place in found for code in each]
    return found


def codes_of(document: dict[str, Any]) -> dict[str, list[str]]:
    """The codes of each dimension in order."""
    return {name: list(document["dimension"][name]["category"]["index"]) for name in document["id"]}


def unfetched(copy: Path) -> Path:
    """A copy of data/context in which nothing was ever fetched."""
    shutil.copytree(DATA.path / "context", copy, ignore=shutil.ignore_patterns("snapshots"))
    lines = (copy / "series.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "series.csv").write_text("".join(line for line in lines if ",eurostat-" not in line), encoding="utf-8")
    feeds = [line.split(",") for line in (copy / "feeds.csv").read_text(encoding="utf-8").splitlines()]
    text = "".join(",".join(row if row[0] == "source" else [*row[:-2], "", ""]) + "\n" for row in feeds)
    (copy / "feeds.csv").write_text(text, encoding="utf-8")
    return copy


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Server:
    """Gives the answers of its script in order, the last one for ever."""

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.asked: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append(self.path)
                status, body, headers = owner.script[0] if len(owner.script) == 1 else owner.script.pop(0)
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()
