"""A network that does what networks do: drops, loses answers, repeats, hands out old answers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from linkworker.hub.ledger import Ledger
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import Operation, from_wire
from linkworker.oplog.replica import Cursor, Taken
from linkworker.oplog.wire import Greeting, Pulled, offer_from_wire, offer_to_wire

MOST_CALLS = 400
"""Calls in one sync after which it is plain that it never ends."""


class Cut(Exception):
    """The connection went away; whether the hub heard is not known."""


class NeverEnds(AssertionError):
    """A sync calls the hub again and again."""


@dataclass
class Weather:
    """How likely each fault is, from 0 to 1."""

    lost_on_the_way: float = 0.08
    answer_lost: float = 0.08
    repeated: float = 0.08
    old_answer: float = 0.4
    goes_on_typing: float = 0.3
    """Somebody writes while the answer is on its way."""
    crash: float = 0.02
    """The laptop dies: at each step of a transaction and at each hop of a call."""
    hub_dies: float = 0.002
    """The hub's process dies, at each statement; it is there again at the next call."""


CLEAR = Weather(0, 0, 0, 0, 0, 0, 0)


class Around(Protocol):
    """What a wire asks of the world around it."""

    chance: random.Random
    weather: Weather
    ledger: Ledger
    hub_is_called: bool

    def perhaps_crash(self) -> None: ...

    def sent(self, worker: str, scope: str) -> None: ...

    def new_device(self, worker: str) -> str: ...


class MortalConnection:
    """The hub's database, under a process that may die at any statement while it is called."""

    def __init__(self, connection: Any, world: Around) -> None:
        self._connection = connection
        self._world = world

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        world = self._world
        dies = world.hub_is_called and world.chance.random() < world.weather.hub_dies
        if dies and sql != "ROLLBACK":
            raise Cut
        return self._connection.execute(sql, values)


class Wire:
    """One device's connection to the hub; every call is spelled out and read back."""

    def __init__(self, world: Around, name: str, worker: str, type_on: Callable[[], None]) -> None:
        self._world = world
        self._name = name
        self._worker = worker
        self._type_on = type_on
        self._answers: list[Pulled] = []
        self.calls = 0

    def greet(self, dev: str, digest: str) -> Greeting:
        """Ask what the hub holds."""
        self._go()
        hello: Greeting = self._call(self._world.ledger.greet, dev, self._worker, digest)
        self._come_back()
        return hello

    def push(self, operations: Sequence[Operation]) -> Taken:
        """Send; now and then it arrives twice."""
        there = [from_wire(op.to_line()) for op in operations]
        self._go()
        if self._happens(self._world.weather.repeated):
            self._call(self._world.ledger.push, there[0].dev, self._worker, there)
        taken: Taken = self._call(self._world.ledger.push, there[0].dev, self._worker, there)
        self._come_back()
        return taken

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        """Ask; now and then an answer to an earlier question comes instead."""
        self._go()
        answer: Pulled = self._call(
            self._world.ledger.pull, ask, self._worker, cursors, known, most_bytes
        )
        for part in answer.parts:
            self._world.sent(self._worker, part.scope)
        self._answers.append(answer)
        self._come_back()
        if self._happens(self._world.weather.old_answer):
            worst = [one for one in self._answers if one.lost]
            return self._world.chance.choice(worst or self._answers)
        return answer

    def forgotten(self, claims: Sequence[tuple[str, Cursor]]) -> Sequence[int]:
        """Ask what the hub forgot."""
        self._go()
        forgotten: Sequence[int] = self._call(self._world.ledger.forgotten, claims)
        self._come_back()
        return forgotten

    def hand_back(self, offer: Offer) -> Answer:
        """Hand back; now and then it arrives twice."""
        there = offer_from_wire(json.loads(json.dumps(offer_to_wire(offer))))
        self._go()
        if self._happens(self._world.weather.repeated):
            self._call(self._world.ledger.hand_back, self._worker, self._name, there)
        answer: Answer = self._call(self._world.ledger.hand_back, self._worker, self._name, there)
        self._come_back()
        return answer

    def new_device(self) -> str:
        """Be told of an id of its own."""
        self._go()
        dev = self._world.new_device(self._worker)
        self._come_back()
        return dev

    def _go(self) -> None:
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise NeverEnds(f"a sync of {self._name} never ends")
        self._world.perhaps_crash()
        if self._happens(self._world.weather.lost_on_the_way):
            raise Cut

    def _come_back(self) -> None:
        self._world.perhaps_crash()
        if self._happens(self._world.weather.goes_on_typing):
            self._type_on()
        if self._happens(self._world.weather.answer_lost):
            raise Cut

    def _call(self, what: Callable[..., Any], *values: Any) -> Any:
        self._world.hub_is_called = True
        try:
            return what(*values)
        finally:
            self._world.hub_is_called = False

    def _happens(self, likely: float) -> bool:
        return self._world.chance.random() < likely
