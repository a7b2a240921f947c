"""The team's hub over the network, as a sync sees it (`session.Hub`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from linkworker.oplog.operations import NotAnOperation, Operation
from linkworker.oplog.replica import Cursor, Taken
from linkworker.oplog.wire import (
    Greeting,
    Pulled,
    Question,
    greeting_from_wire,
    pulled_from_wire,
    question_to_wire,
    taken_from_wire,
)
from linkworker.sync.reaching import Line


class FarHub:
    """One hub, over one line. Each call may raise `NotReached`, heard or not."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def greet(self, dev: str, digest: str) -> Greeting:
        """Say who this is and what stands here."""
        return greeting_from_wire(self._line.post("/v1/greet", {"dev": dev, "digest": digest}))

    def push(self, operations: Sequence[Operation]) -> Taken:
        """Send operations. Raises `Forked` too."""
        said = {"operations": [op.to_wire() for op in operations]}
        return taken_from_wire(self._line.post("/v1/push", said))

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        """Ask for what is new."""
        question = Question(ask, cursors, frozenset(known), most_bytes)
        return pulled_from_wire(self._line.post("/v1/pull", question_to_wire(question)))

    def new_device(self) -> str:
        """Ask for a device id of its own."""
        dev = self._line.post("/v1/device", {}).get("dev")
        if not isinstance(dev, str) or not dev.isalnum() or len(dev) > 64:
            raise NotAnOperation("dev")
        return dev
