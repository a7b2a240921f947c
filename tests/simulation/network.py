"""A network that does what networks do: drops, loses answers, repeats, hands out old answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from linkworker.hub.ledger import Ledger, Pulled
from linkworker.oplog.operations import Operation, from_wire
from linkworker.oplog.replica import Cursor, Taken


class Cut(Exception):
    """The connection went away; whether the hub heard is not known."""


@dataclass
class Weather:
    """How likely each fault is, from 0 to 1."""

    lost_on_the_way: float = 0.12
    answer_lost: float = 0.12
    repeated: float = 0.08
    old_answer: float = 0.12
    goes_on_typing: float = 0.15
    """Somebody writes while the answer is on its way."""


class Wire:
    """One device's connection to the hub. `sent` is told of every scope that leaves the hub."""

    def __init__(
        self,
        ledger: Ledger,
        dev: str,
        worker: str,
        chance: random.Random,
        weather: Callable[[], Weather],
        sent: Callable[[str, str], None],
        type_on: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._dev = dev
        self._worker = worker
        self._chance = chance
        self._weather = weather
        self._sent = sent
        self._type_on = type_on
        self._answers: list[Pulled] = []

    def push(self, operations: Sequence[Operation]) -> Taken:
        """Send over the wire, spelled out and read back."""
        there = [from_wire(op.to_wire()) for op in operations]
        if self._happens(self._weather().lost_on_the_way):
            raise Cut
        if self._happens(self._weather().repeated):
            self._ledger.push(self._dev, self._worker, there)
        taken = self._ledger.push(self._dev, self._worker, there)
        if self._happens(self._weather().answer_lost):
            raise Cut
        return taken

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        """Ask; now and then an answer to an earlier question comes instead."""
        if self._happens(self._weather().lost_on_the_way):
            raise Cut
        answer = self._ledger.pull(ask, self._worker, cursors, known, most_bytes)
        for part in answer.parts:
            self._sent(self._worker, part.scope)
        self._answers.append(answer)
        if self._happens(self._weather().goes_on_typing):
            self._type_on()
        if self._happens(self._weather().answer_lost):
            raise Cut
        if self._happens(self._weather().old_answer):
            return self._chance.choice(self._answers)
        return answer

    def _happens(self, likely: float) -> bool:
        return self._chance.random() < likely
