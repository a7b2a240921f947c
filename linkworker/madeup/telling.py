"""What a made-up life is told in: tellings, their marked lines, and the turns of the support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from linkworker.rules.marks import sign_of


@dataclass(frozen=True, slots=True)
class Line:
    """One marked line of a note, and what its teller meant by it where the words leave it open."""

    sign: str
    words: str
    who: str = ""
    """Of a step: "they", "me", or the name of somebody else. Of any other: whose line it is."""
    about: str = ""
    """Of an `x` or `@`: the step, hope or group that it is about, in its first words."""
    becomes: str = ""
    """Of an `x` or `@`: the state or stage reached, from the lists of `schema.values`."""
    by: date | None = None
    """Of a step: the day in its words."""

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


@dataclass(frozen=True, slots=True)
class Told:
    """One contact and its note."""

    at: datetime
    """Wall time at home, without a zone."""
    people: tuple[str, ...]
    """Keys of the cards it is about, the first the one it was written from."""
    how: str
    """One of `schema.values.CONTACT_WAYS`."""
    outcome: str
    """One of `schema.values.OUTCOMES`."""
    minutes: int
    place: str
    text: str
    """The whole note, marks among it."""
    lines: tuple[Line, ...] = ()
    who_there: tuple[str, ...] = ()
    interpreter: str = ""
    wrong: bool = False
    """Whether it tells of something that went wrong."""
    single: bool = False
    """Whether it is a single line."""
    covered: bool = False
    """Whether a colleague who covered wrote it."""

    @property
    def marked(self) -> bool:
        """Whether any line of it carries a mark."""
        return bool(self.lines) or any(map(sign_of, self.text.splitlines()))


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in somebody's time with us."""

    kind: str
    """Of `schema.values.SUPPORT_EVENTS` or `WHEREABOUTS`."""
    on: date
    reason: str = ""
    own_words: str = ""
    check_in_on: date | None = None
    level: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """All that is told about one person, in the order in which it happened."""

    key: str
    turns: tuple[Turn, ...]
    told: tuple[Told, ...]
    introduced_on: date
    first_talk: date | None
    """The day of the first conversation, None while nobody has reached them."""
