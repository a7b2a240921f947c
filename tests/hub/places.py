"""Hubs of every kind, for tests that must hold for all of them: called directly, or over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from linkworker.hub import house
from linkworker.hub.house import Hub
from linkworker.hub.members import Asked
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor, Replica, Taken
from linkworker.oplog.wire import Greeting, Pulled, Question
from linkworker.rules.invite import read_invite
from linkworker.sync import session
from linkworker.sync.far import FarHub
from linkworker.sync.reaching import Line
from linkworker.sync.session import Session
from tests.oplog.devices import Device

ROOT = Path(__file__).resolve().parent.parent.parent
_NUMBERS = count(1)


class NearHub:
    """A hub in this process, as one laptop calls it."""

    def __init__(self, hub: Hub, token: bytes) -> None:
        self._hub = hub
        self._token = token

    @property
    def _laptop(self) -> Any:
        return self._hub.members.laptop_of(self._token)

    def greet(self, dev: str, digest: str) -> Greeting:
        return self._hub.ledger.greet(dev, self._laptop.worker, digest)

    def push(self, operations: Sequence[Operation]) -> Taken:
        return self._hub.push(self._laptop, operations)

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        question = Question(ask, cursors, frozenset(known), most_bytes)
        return self._hub.pull(self._laptop, question, most_bytes)

    def forgotten(self, claims: Sequence[tuple[str, Cursor]]) -> Sequence[int]:
        return self._hub.ledger.forgotten(claims)

    def hand_back(self, offer: Offer) -> Answer:
        return self._hub.hand_back(self._laptop, offer)

    def new_device(self) -> str:
        return self._hub.members.new_device(self._laptop)


@dataclass
class Member:
    """A worker with one laptop, known to the hub."""

    device: Device
    hub: session.Hub
    worker: str
    """The worker by the hub's own id."""
    token: bytes = b""
    replica: Replica = field(init=False)

    def __post_init__(self) -> None:
        def after_wipe(connection: Any, scope: str, gone: set[tuple[str, str]]) -> None:
            """Nothing else is kept here of what was wiped."""

        self.replica = Replica(self.device.applying, self.device.shapes, after_wipe)

    def sync(self) -> session.Synced:
        return Session(self.replica, self.hub).sync()


class Place:
    """A hub somewhere; `hub` is what a lead works with on the hub's own machine."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def member(self, name: str, role: str = "coordinator", organisation: str = "") -> Member:
        """Return somebody new who is in the team, or another organisation, with an empty laptop."""
        number = next(_NUMBERS)
        device = Device(f"{name}{number}", f"{name}-{number}")
        code = self.hub.invite(f"{name} {number}", role, "a lead", organisation)
        token = number.to_bytes(32)
        joined = self.hub.members.join(
            Asked(read_invite(code).secret, token, device.dev, device.worker, "laptop")
        )
        device.organisation = joined.organisation
        worker = self.hub.members.laptop_of(token).worker
        return Member(device, self.reach(token), worker, token)

    def reach(self, token: bytes) -> session.Hub:
        """Return the hub as the laptop with this token reaches it."""
        return NearHub(self.hub, token)


class FarPlace(Place):
    """A hub that a process of its own serves."""

    def __init__(self, hub: Hub, url: str) -> None:
        super().__init__(hub)
        self.url = url

    def reach(self, token: bytes) -> session.Hub:
        return FarHub(Line(self.url, self.hub.certificates.authority, token))


@contextmanager
def near(folder: Path) -> Iterator[Place]:
    """Lend a hub in this process, on SQLite."""
    house.make(folder, name="A team")
    with house.opened(folder) as hub:
        yield Place(hub)


@contextmanager
def far(folder: Path, *options: str, handles: int = 0) -> Iterator[FarPlace]:
    """Lend a hub that `linkworker hub serve` serves, on SQLite."""
    house.make(folder, name="A team")
    with house.opened(folder) as hub, served(folder, *options, handles=handles) as serving:
        yield FarPlace(hub, serving.url)


class Serving:
    """A hub's process."""

    def __init__(self, folder: Path, *options: str, handles: int = 0) -> None:
        """`handles`: how many files it may have open, 0: as many as this machine lets it."""

        def limit() -> None:
            import resource

            resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))

        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "linkworker", "hub", "serve"),
                *("--data", str(folder), "--json", *options),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=limit if handles else None,
        )
        assert self.process.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(self.process.communicate()[1])
            said += line
        self.url = str(json.loads(said)["url"])

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


@contextmanager
def served(folder: Path, *options: str, handles: int = 0) -> Iterator[Serving]:
    """Lend a hub's process; it is stopped at the end."""
    given = options if "--port" in options else ("--port", "0", *options)
    serving = Serving(folder, *given, handles=handles)
    try:
        yield serving
    finally:
        serving.process.terminate()
        serving.process.communicate(timeout=30)
