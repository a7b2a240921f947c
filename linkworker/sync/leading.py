"""What a team lead asks of the hub: who holds whom, and every decision about it.

The hub alone decides whether whoever asks may. What it answers is cleaned: names were typed by
somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkworker.oplog.operations import NotAnOperation
from linkworker.text import one_line, shorten

if TYPE_CHECKING:
    from linkworker.store import Store
    from linkworker.sync.reaching import Line

LEAD = "lead"
"""The place in the team of whoever decides."""

MOST_LETTERS = 200
REF_LETTERS = 6
"""Of an id: enough to tell one from the others of a worker, read out on the telephone."""


@dataclass(frozen=True)
class Laptop:
    """A laptop of the team."""

    id: str
    name: str
    seen_at: datetime


@dataclass(frozen=True)
class Colleague:
    """A member of the team."""

    id: str
    """The hub's own."""
    name: str
    role: str
    own: int
    """How many people are theirs."""
    covers: int
    """How many more they hold for a while."""
    laptops: tuple[Laptop, ...]

    @property
    def seen_at(self) -> datetime | None:
        """When a laptop of theirs was last seen."""
        return max((one.seen_at for one in self.laptops), default=None)


@dataclass(frozen=True)
class Team:
    """The team as a lead sees it."""

    members: tuple[Colleague, ...]
    held_by_nobody: int
    waiting: int
    """Writes that wait for a lead."""
    me: str
    this_laptop: str


@dataclass(frozen=True)
class Held:
    """Somebody whom a member holds, by id."""

    person: str
    since: datetime | None
    until: datetime | None

    @property
    def ref(self) -> str:
        """What stands for somebody without a name: the end of their id."""
        return ref(self.person)


@dataclass(frozen=True)
class Waits:
    """What waits about a person: how many writes, from whom, and who would see them."""

    person: str
    worker: str
    count: int
    holders: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One of two records that may be one person's."""

    person: str
    holders: tuple[str, ...]
    initials: str
    """ "" where this laptop's worker holds them, and has the name."""


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person's, or of which that was decided."""

    one: Side
    other: Side
    joined: bool
    """Whether it was decided that they are one person."""
    certain: bool
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    only_one: tuple[str, ...]
    """What agrees, what differs and what is known of one alone, by name; never what it says."""
    decided_at: datetime | None
    decided_by: str
    reason: str


def ref(person: str) -> str:
    """Return what stands for somebody whose name is not known here: "3f9a1c"."""
    return person[-REF_LETTERS:]


class LeadHub:
    """The team's hub, as a lead's laptop asks it.

    Each call may raise `NotReached`, `NotAllowed` for whoever does not lead, `NothingThere` and
    `NotDecided`; then nothing was changed.
    """

    def __init__(self, line: Line) -> None:
        self._line = line

    def team(self) -> Team:
        """Return the team."""
        said = self._asked("team")
        return Team(
            tuple(_colleague(one) for one in _list(said, "members")),
            _number(said, "held_by_nobody"),
            _number(said, "waiting"),
            _text(said, "me"),
            _text(said, "this_laptop"),
        )

    def people(self, worker: str) -> list[Held]:
        """Return whom a member holds; "" for those whom nobody holds."""
        found = _list(self._asked("people", worker=worker), "people")
        return [
            Held(_text(one, "person"), _when(one, "since"), _when(one, "until")) for one in found
        ]

    def cover(
        self,
        whom: Iterable[str],
        by: str,
        until: datetime,
        reason: str,
        *,
        kept_apart: bool = False,
    ) -> int:
        """Let a member hold somebody too, until an instant; return how many people.

        What is kept apart comes only where `kept_apart` says so. `whom` are ids of people, and of
        members for all of their own people.
        """
        end = int(until.timestamp() * 1000)
        said = {"by": by, "until": end, "reason": reason, "kept_apart": kept_apart}
        return _number(self._asked("cover", whom=list(whom), **said), "people")

    def hand_over(self, whom: Iterable[str], to: str, reason: str) -> int:
        """Give somebody to a member, whom nobody else holds then; return how many people."""
        return _number(self._asked("hand-over", whom=list(whom), to=to, reason=reason), "people")

    def leaver(self, worker: str) -> int:
        """Take everybody from a member who leaves; return how many people nobody holds then."""
        return _number(self._asked("leaver", worker=worker), "held_by_nobody")

    def lost(self, laptop: str) -> None:
        """Hear no more of a laptop."""
        self._asked("lost", laptop=laptop)

    def invite(self, name: str, role: str = "") -> str:
        """Return an invite code, good once; a `role` of "" is what the hub says is usual."""
        code = _text(self._asked("invite", name=name, role=role), "code", most=1_000)
        if not code.isascii() or not code.isprintable():
            raise NotAnOperation("code")
        return code

    def change_role(self, worker: str, role: str) -> None:
        """Give a member another place in the team."""
        self._asked("role", worker=worker, role=role)

    def waiting(self) -> list[Waits]:
        """Return what waits for a lead."""
        return [
            Waits(
                _text(one, "person"),
                _text(one, "worker"),
                _number(one, "count"),
                _texts(one, "holders"),
            )
            for one in _list(self._asked("waiting"), "waiting")
        ]

    def let_in(self, person: str) -> int:
        """Let what waits about a person into their record; return how many writes."""
        return _number(self._asked("let-in", person=person), "let_in")

    def same(self) -> tuple[list[Pair], list[Pair]]:
        """Return the pairs of whom it is to be decided whether they are one, and those of whom it
        was, the latest first."""
        said = self._asked("same")
        waiting, decided = (
            [_pair(one) for one in _list(said, what)] for what in ("waiting", "decided")
        )
        return waiting, decided

    def same_as(self, shown: str, other: str, reason: str) -> None:
        """Join two records of one person; `shown` stands for both."""
        self._asked("same-as", one=shown, other=other, reason=reason)

    def not_same(self, one: str, other: str, reason: str) -> None:
        """Say that two are two people."""
        self._asked("not-same", one=one, other=other, reason=reason)

    def apart(self, one: str, other: str, reason: str) -> None:
        """Part two joined records again."""
        self._asked("apart", one=one, other=other, reason=reason)

    def _asked(self, call: str, **said: Any) -> Any:
        return self._line.post(f"/v1/lead/{call}", said)


@contextmanager
def lead_of(store: Store) -> Iterator[LeadHub]:
    """Lend the team's hub for a lead's question. Raises `NoTeam`."""
    from linkworker.sync.syncing import line_to_hub

    with line_to_hub(store) as line:
        yield LeadHub(line)


def _colleague(one: Any) -> Colleague:
    return Colleague(
        _text(one, "id"),
        _text(one, "name"),
        _text(one, "role"),
        _number(one, "own"),
        _number(one, "covers"),
        tuple(
            Laptop(_text(each, "id"), _text(each, "name"), _instant(_number(each, "seen_at")))
            for each in _list(one, "laptops")
        ),
    )


def _pair(said: Any) -> Pair:
    return Pair(
        _side(_of(said, "one")),
        _side(_of(said, "other")),
        _text(said, "state") == "one person",
        _of(said, "certain") is True,
        _texts(said, "agrees"),
        _texts(said, "differs"),
        _texts(said, "only_one"),
        _when(said, "decided_at"),
        _text(said, "decided_by"),
        _text(said, "reason"),
    )


def _side(said: Any) -> Side:
    return Side(_text(said, "person"), _texts(said, "holders"), _text(said, "initials"))


def _of(said: Any, field: str) -> Any:
    if not isinstance(said, dict):
        raise NotAnOperation(field)
    return said.get(field)


def _list(said: Any, field: str) -> list[Any]:
    value = _of(said, field)
    if not isinstance(value, list):
        raise NotAnOperation(field)
    return value


def _number(said: Any, field: str) -> int:
    value = _of(said, field)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 53:
        raise NotAnOperation(field)
    return value


def _text(said: Any, field: str, *, most: int = MOST_LETTERS) -> str:
    value = _of(said, field)
    if not isinstance(value, str) or len(value) > most:
        raise NotAnOperation(field)
    return _clean(value, most)


def _texts(said: Any, field: str) -> tuple[str, ...]:
    return tuple(_clean(one) for one in _list(said, field))


def _clean(value: Any, most: int = MOST_LETTERS) -> str:
    if not isinstance(value, str):
        raise NotAnOperation("a name")
    return shorten(one_line(value), most)


def _when(said: Any, field: str) -> datetime | None:
    return _instant(_number(said, field)) if _of(said, field) else None


def _instant(ms: int) -> datetime:
    try:
        return datetime.fromtimestamp(ms / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise NotAnOperation("an instant") from None
