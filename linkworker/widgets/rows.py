"""Rows: the lines that a page is made of, each drawn for a width once and kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from textual.content import Content

from linkworker.widgets.words import joined

MARK = "▸ "
"""Stands before the row under the cursor; every row begins with as much room."""

Draw = Callable[[int], list[Content]]
"""Takes the cells there are and returns lines, none wider than that."""


ONE_CELL_EACH = re.compile("[\n -~\xa1-\xac\xae-\u02ff\u2010-\u2027]*")
"""Text in which every letter takes one cell, and only the space parts words: Latin letters, and the
dashes, quotation marks and dots that stand among them. Other text is wrapped by the library, which
takes many times as long."""


@dataclass(eq=False)
class Row:
    """Some lines of a page. One with a key can be chosen; one without is a heading or a space."""

    draw: Draw
    key: str = ""
    what: Any = None
    """What it stands for, for whoever made the page."""
    height: int | None = None
    """How many lines it has at any width, where that is known: it is then drawn when in sight."""
    flush: bool = False
    """Whether it begins at the very left, as a heading does, with no room for the mark."""
    drawn: dict[int, list[Content]] = field(default_factory=dict, repr=False)

    def lines(self, width: int) -> list[Content]:
        """Return its lines at a width, drawn once."""
        found = self.drawn.get(width)
        if found is None:
            self.drawn.clear()
            found = self.drawn[width] = self.draw(width)
        return found

    def rows_at(self, width: int) -> int:
        """Return how many lines it has in a page of this width."""
        return self.height if self.height is not None else len(self.lines(self.room(width)))

    def room(self, width: int) -> int:
        """Return the cells that it has in a page of this width."""
        return width if self.flush else width - len(MARK)


def fixed(*lines: Content) -> Draw:
    """Return what draws lines that are the same at any width; what is too wide is cut."""
    return lambda width: [line.truncate(width, ellipsis=True) for line in lines]


def flowing(*paragraphs: Content, indent: int = 0, most: int = 0) -> Draw:
    """Return what wraps paragraphs to the width, `indent` cells in, with at most `most` lines."""

    def draw(width: int) -> list[Content]:
        room = max(8, width - indent)
        lines = [line for one in paragraphs for line in wrapped(one, room, most)]
        if most and len(lines) > most:
            cut = lines[most - 1].rstrip()
            lines = [*lines[: most - 1], cut.truncate(max(1, room - 2)).rstrip() + Content(" …")]
        return [line.pad_left(indent) for line in lines]

    return draw


def side_by_side(*parts: Content, gap: str = "   ") -> Draw:
    """Return what lays parts one after the other, none of them torn: the next line takes it."""

    def draw(width: int) -> list[Content]:
        lines: list[Content] = []
        for part in parts:
            beside = joined(lines[-1], gap, part) if lines else part
            if lines and beside.cell_length <= width:
                lines[-1] = beside
            else:
                lines.append(part.truncate(width, ellipsis=True))
        return lines

    return draw


def beside(label: Content, words: Content) -> Draw:
    """Return what draws words beside a label, each line of them under the first."""

    def draw(width: int) -> list[Content]:
        cells = label.cell_length
        first, *rest = wrapped(words, max(8, width - cells))
        return [joined(label, first), *(line.pad_left(cells) for line in rest)]

    return draw


def wrapped(content: Content, width: int, most: int = 0) -> list[Content]:
    """Return content as lines of at most `width` cells, broken between words.

    With `most` the rest of a long text is not looked at once there are so many lines and one more.
    """
    text = content.plain
    if "\n" not in text and content.cell_length <= width:
        return [content]
    if not ONE_CELL_EACH.fullmatch(text):
        lines = [line.rstrip() for line in content.wrap(width)]
        return lines[: most + 1] if most else lines
    lines = []
    for start, end in _breaks(text, width):
        lines.append(content[start:end])
        if most and len(lines) > most:
            break
    return lines or [content]


def _breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Give where each line of a text begins and ends, for letters that are one cell wide."""
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        while end - start > width:
            at = text.rfind(" ", start, start + width + 1)
            if at <= start:
                yield start, start + width
                start += width
            else:
                yield start, at
                start = at + 1
        yield start, end
        start = end + 1


SPACE = Row(lambda _: [Content("")], height=1, flush=True)
"""An empty line."""


def heading(words: str) -> Row:
    """Return a heading in our own words."""
    return Row(fixed(Content.styled(words, "bold")), height=1, flush=True)


def hint(words: str) -> Row:
    """Return a sentence of ours, softly, wrapped."""
    return Row(flowing(Content.styled(words, "$soft")))
