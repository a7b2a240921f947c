"""What the lines of a note became when it was last read: a key on one line costs one line.

What a line becomes depends on its sign and words, on what is known, on what was answered to what it
asks, for a step on what the story says of a name, and for steps and outcomes on whom the `@` lines
make known. A line is taken as it was read only where all of that is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linkworker.rules.marks import Line
from linkworker.rules.note.becoming import Becoming, Question
from linkworker.rules.note.known import Known, Somebody
from linkworker.rules.note.named import relationship_in
from linkworker.rules.note.telling import Telling

MAY_NAME_NEW = (">", "x")
"""Signs of lines that may name somebody whom an `@` line of the same note makes known."""


@dataclass(frozen=True, slots=True)
class _LineRead:
    """One line as it was read."""

    heard: tuple[tuple[Question, str] | None, ...]
    """What was asked, in order, with its answer; None where a becoming was put together."""
    looked_up: tuple[tuple[str, str], ...]
    """The names for which the story was searched, each with what it says they are."""
    made: tuple[Becoming, ...]

    def holds(self, telling: Telling) -> bool:
        """Say whether the answers and the story still say the same."""
        answers, story = telling.asking.answers, telling.story
        return all(
            one is None or answers.get(one[0].id, "") == one[1] for one in self.heard
        ) and all(relationship_in(story, name) == told for name, told in self.looked_up)


class Remembered:
    """The lines of one note, as they were last read. Used by one thread at a time.

    It holds what was said, and goes with the note.
    """

    def __init__(self) -> None:
        self._known: Known | None = None
        self._introduced: tuple[Somebody, ...] = ()
        self._lines: dict[tuple[str, str], _LineRead] = {}
        self._now: dict[tuple[str, str], _LineRead] = {}
        """Those of the present reading: the others are forgotten when it ends."""

    def begin(self, known: Known) -> None:
        """Begin a reading. Where something else is known than before, every line is read anew."""
        if self._known is not known and self._known != known:
            self._lines.clear()
        self._known = known
        self._now = {}

    def introduced(self, introduced: Iterable[Somebody]) -> None:
        """Take whom the `@` lines make known, before any line that may name them."""
        there = tuple(introduced)
        if there != self._introduced:
            self._introduced = there
            self._lines = {
                key: one for key, one in self._lines.items() if key[0] not in MAY_NAME_NEW
            }

    def again(self, telling: Telling, line: Line) -> tuple[Becoming, ...]:
        """Return what a line becomes, as before, with its questions asked; () where it must be
        read.
        """
        key = (line.sign, line.words)
        one = self._lines.get(key)
        if one is None or not one.holds(telling):
            return ()
        self._now[key] = one
        left = iter(one.made)
        made = []
        for heard in one.heard:
            if heard is not None:
                telling.asking.ask(heard[0], line.number)
            else:
                made.append(_settled(next(left), line, telling))
        return tuple(made)

    def keep(
        self,
        telling: Telling,
        line: Line,
        read: Callable[[Telling, Line], tuple[Becoming, ...]],
    ) -> tuple[Becoming, ...]:
        """Read a line and remember what it becomes; returns it."""
        asking = telling.asking
        heard, looked_up = len(asking.heard), len(telling.looked_up)
        made = read(telling, line)
        key = (line.sign, line.words)
        self._lines[key] = self._now[key] = _LineRead(
            tuple(
                None if one is None else (one, asking.answers.get(one.id, ""))
                for one in asking.heard[heard:]
            ),
            tuple(telling.looked_up[looked_up:]),
            made,
        )
        return made

    def end(self) -> None:
        """End a reading: what is no longer in the note is forgotten."""
        self._lines = self._now


def _settled(one: Becoming, line: Line, telling: Telling) -> Becoming:
    """Return it for the place where its line stands now, with what it waits for there.

    A line further up may ask the same, and need the answer where this one does not.
    """
    waits = telling.asking.waits_for(one.asks)
    if (one.line, one.waits_for) == (line.number, waits):
        return one
    return one._replace(line=line.number, waits_for=waits)
