"""A front door as people meet it: its own process, over HTTP."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from linkworker.hatch import KEYS, PARTNERS, Hatch
from linkworker.rules.introduced import Introduced, from_bytes
from linkworker.sealing import LaptopKey

ROOT = Path(__file__).resolve().parent.parent.parent
FORM = "application/x-www-form-urlencoded"
KEY = "a-partners-key"
PARTNER = "0193-partner"

WELL = {
    "who": "somebody else",
    "called": "Terry",
    "reach": "01455 496 0123",
    "place": "LE9 8EB",
    "safe_ring": "yes",
    "safe_text": "no",
    "reason": "Has not been out since the spring",
    "knows": "yes",
}
"""What a neighbour would write."""


class FrontDoor:
    """A front door that is served, and the laptop that can read what comes."""

    def __init__(self, url: str, folder: Path, laptop: LaptopKey) -> None:
        self.url = url
        self.folder = folder
        self.laptop = laptop

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Ask, as a browser or a system would; return status, headers (lower case) and body."""
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            said = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body or None, said)
            answer = line.getresponse()
            got = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, got, answer.read().decode()
        finally:
            line.close()

    def send(self, typed: Mapping[str, str], path: str = "/") -> tuple[int, dict[str, str], str]:
        """Send the page."""
        return self.ask("POST", path, urlencode(typed).encode(), content_type=FORM)

    def introduce(self, said: Any, key: str = KEY) -> tuple[int, dict[str, Any]]:
        """Introduce somebody as a partner's system does."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        status, _, told = self.ask(
            "POST",
            "/v1/introductions",
            body,
            authorization=f"Bearer {key}",
            content_type="application/json",
        )
        return status, json.loads(told)

    def came(self) -> list[Introduced]:
        """Return what the laptop reads of all that lies in the hatch."""
        found = []
        for sealed in Hatch(self.folder).waiting(10_000):
            said = from_bytes(self.laptop.unseal(sealed))
            assert said is not None
            found.append(said)
        return found


@contextmanager
def open_door(folder: Path, *options: str) -> Iterator[FrontDoor]:
    """Lend a front door that is served, with one laptop's key and one partner."""
    laptop = LaptopKey(secrets.token_bytes(32))
    hatch = Hatch(folder)
    hatch.make()
    hatch.give(KEYS, [laptop.public])
    hatch.give(PARTNERS, {hashlib.sha256(KEY.encode()).hexdigest(): [PARTNER, "Heath Lane"]})
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "linkworker", "front-door", "serve"),
            *("--data", str(folder), "--port", "0", "--json", *options),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            line = process.stdout.readline()
            if not line:
                raise AssertionError(process.communicate()[1])
            said += line
        yield FrontDoor(str(json.loads(said)["url"]), folder, laptop)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert errors == "", "it said something on standard error"
