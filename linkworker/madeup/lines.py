"""Lines of the files of a patch's community: parts, columns, what hangs under a line, and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from linkworker.rules.wanted import DAYS


class UnreadableLine(ValueError):
    """A line of a community's file cannot be read: says which."""


@dataclass(frozen=True)
class Line:
    """One line with what hangs under it."""

    part: str
    """The heading under which it stands, "" above the first."""
    text: str
    under: list[tuple[str, str]] = field(default_factory=list)
    """Each indented line's name and words, in order."""

    def columns(self, number: int) -> list[str]:
        """Return its columns. Raises UnreadableLine where there are more or fewer than `number`."""
        cells = [cell.strip() for cell in self.text.split("|")]
        if len(cells) != number:
            raise UnreadableLine(self.text[:60])
        return cells

    def said(self) -> Mapping[str, str]:
        """Return what hangs under it by name, where each name stands once."""
        return dict(self.under)

    def each(self, name: str) -> list[str]:
        """Return the words of every indented line of a name."""
        return [words for one, words in self.under if one == name]


def lines(text: str) -> Iterator[Line]:
    """Return the lines of a file. Raises UnreadableLine where an indented one has no name."""
    part, standing = "", None
    for raw in text.splitlines():
        if not raw.strip() or raw.startswith("#"):
            continue
        if raw.startswith("== "):
            part = raw[3:].strip()
        elif raw[0] == " ":
            name, colon, words = raw.strip().partition(":")
            if not colon or standing is None:
                raise UnreadableLine(raw.strip()[:60])
            standing.under.append((name, words.strip()))
            continue
        else:
            if standing is not None:
                yield standing
            standing = Line(part, raw.strip())
    if standing is not None:
        yield standing


def day_back(text: str, today: date) -> date | None:
    """Return a day before today: "12", or "tue 2", the second Tuesday back; None for ""."""
    if not text:
        return None
    name, _, number = text.rpartition(" ")
    if not name:
        return today - timedelta(days=int(number))
    weeks = int(number) - 1
    return today - timedelta(days=(today.weekday() - DAYS.index(name) - 1) % 7 + 1 + 7 * weeks)
