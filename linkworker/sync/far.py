"""The team's hub over the network, as a sync sees it (`session.Hub`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import NotAnOperation, Operation
from linkworker.oplog.replica import Cursor, Taken
from linkworker.oplog.wire import (
    Greeting,
    Pulled,
    Question,
    answer_from_wire,
    claims_to_wire,
    forgotten_from_wire,
    greeting_from_wire,
    is_asked_in_full,
    offer_to_wire,
    pulled_from_wire,
    question_to_wire,
    short_question,
    taken_from_wire,
)
from linkworker.sync.reaching import Line
from linkworker.sync.refusals import NotTaken
from linkworker.text import one_line, shorten

MOST_OF_A_NAME = 30
"""Letters of what a laptop is called that are kept."""


class FarHub:
    """One hub, over one line. Each call may raise `NotReached`, heard or not."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._names_all = False
        """Whether questions name every scope, and not only the places."""

    def greet(self, dev: str, digest: str) -> Greeting:
        """Say who this is and what stands here."""
        return greeting_from_wire(self._line.post("/v1/greet", {"dev": dev, "digest": digest}))

    def push(self, operations: Sequence[Operation]) -> Taken:
        """Send operations. Raises `Forked` too."""
        said = {"operations": [op.to_line() for op in operations]}
        return taken_from_wire(self._line.post("/v1/push", said))

    def pull(
        self, ask: int, cursors: Mapping[str, Cursor], known: Iterable[str], most_bytes: int
    ) -> Pulled:
        """Ask for what is new."""
        question = Question(ask, cursors, frozenset(known), most_bytes)
        if self._line.is_short and not self._names_all:
            with suppress(NotTaken):  # by an older hub that answers there too
                said = self._line.post("/v1/pull", short_question(question))
                if not is_asked_in_full(said):
                    return pulled_from_wire(said)
            self._names_all = True  # it has what is not here yet: until that came
        pulled = pulled_from_wire(self._line.post("/v1/pull", question_to_wire(question)))
        self._names_all = self._names_all and pulled.more
        return pulled

    def forgotten(self, claims: Sequence[tuple[str, Cursor]]) -> tuple[int, ...]:
        """Ask what of this the hub forgot."""
        return forgotten_from_wire(self._line.post("/v1/forgotten", claims_to_wire(claims)))

    def hand_back(self, offer: Offer) -> Answer:
        """Hand back what it forgot."""
        return answer_from_wire(self._line.post("/v1/hand-back", offer_to_wire(offer)))

    def new_device(self) -> str:
        """Ask for a device id of its own."""
        dev = self._line.post("/v1/device", {}).get("dev")
        if not isinstance(dev, str) or not dev.isalnum() or len(dev) > 64:
            raise NotAnOperation("dev")
        return dev

    def laptops(self, devs: Sequence[str]) -> dict[str, str]:
        """Return what the laptops of these devices are called, "" where the hub does not say."""
        said = self._line.post("/v1/laptops", {"devs": list(devs)})
        found = said.get("laptops") if isinstance(said, dict) else None
        if not isinstance(found, dict):
            raise NotAnOperation("laptops")
        return {dev: shorten(one_line(str(found.get(dev) or "")), MOST_OF_A_NAME) for dev in devs}

    def find(self, *, nhs_number: str = "", name: str = "", born: date | None = None) -> str:
        """Return the id of whom a caller means, for a duty worker; "" where that is not one."""
        said = {
            "nhs_number": nhs_number,
            "name": one_line(name),
            "born": born.isoformat() if born else "",
        }
        answer = self._line.post("/v1/find", said)
        person = answer.get("person") if isinstance(answer, dict) else None
        if not isinstance(person, str):
            raise NotAnOperation("person")
        return one_line(person)

    def open_for_a_day(self, person: str, reason: str) -> int:
        """Open one person for a day; return its end (ms). Raises `NotTaken` where it is refused."""
        asked = {"person": person, "reason": one_line(reason)}
        until = self._line.post("/v1/open", asked).get("until")
        if not isinstance(until, int) or not 0 < until < 1 << 53:
            raise NotAnOperation("until")
        return until

    def told(self) -> list[Opened]:
        """Return who opened whom, and who joined, the latest first: what the holder and the leads
        are told."""
        return self.told_up_to()[1]

    def told_up_to(self) -> tuple[int, list[Opened]]:
        """Return the same, behind the number of the last of it; 0 where the hub does not say."""
        said = self._line.post("/v1/told", {})
        found, last = (said.get("told"), said.get("last", 0)) if isinstance(said, dict) else (0, 0)
        if not isinstance(found, list) or not isinstance(last, int) or not 0 <= last < 1 << 53:
            raise NotAnOperation("told")
        return last, [_opened(one) for one in found]


KINDS = ("opened", "joined", "covers", "handed over")


@dataclass(frozen=True)
class Opened:
    """Somebody opened a person for a day, joined, covers, or was given people; cleaned words."""

    at: int
    """When (ms)."""
    who: str
    """Who opened, joined, covers, or walks with them now."""
    person: str
    """ "" for several, and where somebody joined."""
    until: int
    """Until when (ms); 0 where it has no end."""
    reason: str
    """Why; what the laptop is called of whoever joined."""
    kind: str = KINDS[0]
    count: int = 1
    """How many people it is about."""


def _opened(one: Any) -> Opened:
    match one:
        case {
            "at": int(at),
            "who": str(who),
            "kind": str(kind),
            "person": str(person),
            "count": int(count),
            "until": int(until),
            "reason": str(reason),
        } if 0 <= at < 1 << 53 and 0 <= until < 1 << 53 and kind in KINDS:
            words = one_line(who), one_line(person), until, one_line(reason)
            return Opened(at, *words, kind, count)
    raise NotAnOperation("told")
