"""A council's server: a real one on this machine, whose answers a test decides."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[BaseHTTPRequestHandler, str, dict[str, list[str]]], None]


class Council:
    """A server whose answers a test decides."""

    def __init__(self) -> None:
        self.answer: Answer = lambda *_: None
        self.asked: list[str] = []
        council = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                council.asked.append(self.path)
                council.answer(self, parts.path, parse_qs(parts.query))

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/directory"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def send(
    handler: BaseHTTPRequestHandler,
    said: Any,
    *,
    status: int = 200,
    cut: int = 0,
    headers: dict[str, str] | None = None,
) -> None:
    content = json.dumps(said).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content[: -cut or None])


def service(number: int) -> dict[str, Any]:
    return {"id": f"s{number}", "name": f"Choir {number}", "schedules": [{"byday": "TH"}]}


def page(number: int, pages: int) -> dict[str, Any]:
    found = [service(number * 10 + one) for one in range(10)]
    return {"page_number": number, "total_pages": pages, "last_page": number == pages,
            "contents": found}  # fmt: skip


@contextmanager
def serving() -> Iterator[Council]:
    """Give a server, which ends with the test."""
    made = Council()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
