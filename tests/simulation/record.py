"""What happened, written down beside the system that is tested and never read from it."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[str, str, str]
"""A table, a row's id, a column."""

MORE_THAN_ONE_RELEASE_KNOWS = frozenset({"given", "middle"})
"""Columns of one group of which an older release knows one: what it does not name is carried on."""


ORGANISATIONS = ("team", "advice")
"""Whose workers there are; each keeps notes of its own."""


def apart(person: str) -> str:
    """Return how what is kept apart of a person is named."""
    return f"{person}:restricted"


def notes(person: str, organisation: str) -> str:
    """Return how the notes of one organisation about a person are named."""
    return f"{person}:{organisation}"


def parts(person: str) -> tuple[str, ...]:
    """Return a person's record and all that is kept beside it, each of which is granted alone."""
    return person, apart(person), *(notes(person, one) for one in ORGANISATIONS)


def is_whole(whose: str) -> bool:
    """Say whether somebody's record is named, and no part beside it."""
    return ":" not in whose


@dataclass(eq=False)
class Number:
    """Under which number an operation goes; it changes where two laptops had the same records."""

    laptop: str
    dev: str
    n: int

    @property
    def name(self) -> tuple[str, int]:
        """How the hub knows it."""
        return self.dev, self.n


@dataclass(frozen=True)
class Written:
    """One value as it was committed: where, and which values its writer had in sight."""

    where: Place
    value: str
    """Said once in a whole history; "" for taking a removal back."""
    seen: frozenset[str]
    number: Number


@dataclass
class Record:
    """Who wrote what having which others in sight, who holds whom, who was erased."""

    operations: dict[Number, tuple[str, str]] = field(default_factory=dict)
    """(hash, scope) of every operation that was committed."""
    strange: dict[Number, tuple[str, str, str]] = field(default_factory=dict)
    """(scope, body, what was said besides) of operations that no release here understands."""
    written: list[Written] = field(default_factory=list)
    begun: dict[tuple[str, str], Number] = field(default_factory=dict)
    """With which operation a row began, by its table and id."""
    holds: dict[tuple[str, str], int | None] = field(default_factory=dict)
    """(worker, whose), and until when; None: until it is taken away. `whose` is one of `parts`."""
    belongs: dict[str, str] = field(default_factory=dict)
    """The organisation of each worker."""
    walks: set[tuple[str, str]] = field(default_factory=set)
    """(organisation, person): a worker of it was given the person, at some time."""
    joined: set[frozenset[str]] = field(default_factory=set)
    """Pairs of people whose records a lead joined as one person's."""
    parted: set[frozenset[str]] = field(default_factory=set)
    """Pairs that were joined, and were parted since."""
    erased: set[str] = field(default_factory=set)
    removals: dict[str, set[str]] = field(default_factory=dict)
    """For each row that somebody removed, the values that those who did had in sight."""
    came_back: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    let_go_too_soon: list[str] = field(default_factory=list)

    def renumber(self, laptop: str, old: str, numbers: list[int], dev: str) -> None:
        """Note that a laptop went on as `dev`: these numbers are 1, 2, … of it."""
        for number in self.operations:
            if (number.laptop, number.dev) == (laptop, old) and number.n in numbers:
                number.dev, number.n = dev, numbers.index(number.n) + 1

    def records_of(self, person: str) -> set[str]:
        """Return every record of somebody, by what leads decided."""
        found = {person}
        while more := {one for pair in self.joined if pair & found for one in pair} - found:
            found |= more
        return found

    def may_hold(self, worker: str, whose: str, now_ms: int) -> bool:
        """Say whether a worker holds a person, or a part of them, at an instant.

        Whoever holds one record of somebody holds the same part of the others, if their own
        organisation walks with those; what is kept apart is no part of it.
        """
        person, _, part = whose.partition(":")
        if self.has(worker, whose, now_ms):
            return True
        if whose == apart(person) or (self.belongs[worker], person) not in self.walks:
            return False
        others = self.records_of(person)
        return any(self.has(worker, f"{one}:{part}".rstrip(":"), now_ms) for one in others)

    def give(self, worker: str, whose: str, until: int | None) -> None:
        """Hear that a worker was given a person, or a part of them."""
        self.holds[worker, whose] = until
        if is_whole(whose):
            self.walks.add((self.belongs[worker], whose))

    def has(self, worker: str, whose: str, now_ms: int) -> bool:
        """Say whether a worker was given a person, or a part of them, and it did not end."""
        if (worker, whose) not in self.holds:
            return False
        until = self.holds[worker, whose]
        return until is None or now_ms < until
