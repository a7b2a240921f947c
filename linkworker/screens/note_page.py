"""The page of the panel beside a note: rows of words set in lines of a width, choices in places.

Pure: `note_words` gives the rows, `note_panel` shows the page and moves about in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from textual.content import Content

from linkworker.caseload.note_correcting import LineBefore
from linkworker.rules.marks import EXPLAINED
from linkworker.screens.note_words import Ask, Row
from linkworker.widgets.rows import MARK
from linkworker.widgets.words import joined, one_line, plain

HEADING = "What this note will add"
KIND_CELLS = 14
"""Cells of the first column: sign and kind."""
ASK_CELLS = 3
"""Cells before a question, which needs more room than what a line becomes."""
LEAST_FOR_COLUMNS = 34
"""Under so many cells the words stand below their kind."""

GAP = 3
"""Cells between two choices."""

CORRECTING = (
    "The note as it was stays in the story. A marked line that is left as it is adds nothing twice."
)
STILL_READ = (
    "The note as it was stays in the story, also what is kept apart from now on. To have it gone "
    "from there, rather leave this with Esc and take the note away with Del: under Ctrl+D in a new "
    "note its words are there again."
)
TAKEN_OUT = "No longer recorded"
STAYS = "Stays recorded; what is not so is put right where it stands"
BETWEEN = " · "

OWN = {"day": "another day", "name": "somebody else"}
"""What the last choice is called where something of one's own may be typed."""

PANEL_EMPTY = "Without marks a note is just a note."
LEGEND = "A line that begins with one of these fills the plan:"


@dataclass(frozen=True)
class Spot:
    """Where one choice stands on the page."""

    row: int
    start: int
    end: int
    ask: int
    choice: int


@dataclass
class Page:
    """The lines of the panel at one width, and where its choices stand."""

    lines: list[Content] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    asks: list[tuple[int, int, int]] = field(default_factory=list)
    """For each question the row where the line begins that it is about, where it begins itself,
    and the row below its last choice."""
    ends: dict[int, int] = field(default_factory=dict)
    """For each line of the note, the row of the page below what it becomes."""


@dataclass(frozen=True)
class Shape:
    """How a page is set."""

    width: int
    """Its cells."""
    in_words: bool = False
    """In one column without signs, for a screen reader."""
    tight: bool = False
    """One row is saved."""


@dataclass
class Block:
    """One row of the panel set in its lines; the places in it count from its own beginning."""

    lines: list[Content] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    asks: list[tuple[int, int]] = field(default_factory=list)
    """The rows from which and before which each question stands."""


Blocks = dict[tuple[object, ...], Block]
"""What was set before, by everything that it depends on: of a long note little changes at a key."""


def choices_of(ask: Ask) -> list[tuple[str, str]]:
    """Return the choices of a question, with the one to type something of one's own."""
    own = [("", OWN[ask.own])] if ask.own else []
    return [*ask.choices, *own]


def page(
    rows: Sequence[Row],
    shape: Shape,
    at: tuple[int, int] | None,
    blocks: Blocks | None = None,
) -> Page:
    """Return the panel set in a shape. `at` is the question and choice under the cursor.

    `blocks`, as `set_rows` gave them, saves setting those rows again.
    """
    made = Page(_wrapped(Content.styled(HEADING, "bold $accent"), shape.width, 0))
    made.lines += [] if shape.tight else [Content("")]
    before = blocks or {}
    number = 0
    for row in rows:
        here = at and (at[0] - number, at[1])
        if here and 0 <= here[0] < len(row.asks):
            block = _set(row, shape, here)
        else:
            block = before.get(_key(row, shape)) or _set(row, shape, None)
        below = len(made.lines)
        made.lines += block.lines
        made.spots += [
            Spot(spot.row + below, spot.start, spot.end, spot.ask + number, spot.choice)
            for spot in block.spots
        ]
        made.asks += [(below, begin + below, end + below) for begin, end in block.asks]
        number += len(row.asks)
        made.ends[row.line] = len(made.lines)
    return made


def set_rows(
    rows: Sequence[Row],
    shape: Shape,
    blocks: Blocks,
    between: Callable[[], None] | None = None,
) -> Blocks:
    """Return the rows set in a shape, taking from `blocks` what is there already. Any thread.

    `between` is called after each row.
    """
    made: Blocks = {}
    for row in rows:
        key = _key(row, shape)
        made[key] = blocks.get(key) or _set(row, shape, None)
        if between is not None:
            between()
    return made


def _key(row: Row, shape: Shape) -> tuple[object, ...]:
    return (row.sign, row.kind, row.whose, row.words, row.becomes, row.asks, shape)


def _set(row: Row, shape: Shape, at: tuple[int, int] | None) -> Block:
    made = Block()
    _set_row(made, row, shape.width, shape.in_words)
    for number, ask in enumerate(row.asks):
        begin = len(made.lines)
        _set_ask(made, ask, number, shape.width, at)
        made.asks.append((begin, len(made.lines)))
    return made


def _columns(width: int, in_words: bool) -> bool:
    return width >= LEAST_FOR_COLUMNS and not in_words


def _set_row(made: Block, row: Row, width: int, in_words: bool) -> None:
    if not (row.kind or row.words):
        return
    words = one_line(row.words or "".join(row.becomes[:1]))
    if row.whose:
        words = joined(one_line(f"{row.whose}:", "bold"), " ", words)
    becomes = row.becomes if row.words else row.becomes[1:]
    risk = row.kind in ("staying safe", "kept apart")
    if not _columns(width, in_words):
        head = row.kind if in_words else f"{row.sign} {row.kind}"
        made.lines += _wrapped(
            joined((f"{head}: ", "" if in_words else "$accent"), words), width, 2
        )
        made.lines += _indented(becomes, width, 2)
        return
    sign = joined((f"{row.sign:<2} ", "$risk bold" if risk else "$accent bold"), row.kind)
    gap = Content(" " * max(1, KIND_CELLS - sign.cell_length))
    room = width - KIND_CELLS
    if row.words and becomes:
        longer = joined(words, "   ", (BETWEEN.join(map(plain, becomes)), "$soft"))
        if longer.cell_length <= room:
            words, becomes = longer, ()
    taken = sign.cell_length + gap.cell_length
    for number, line in enumerate(_wrapped(words, room, 0, taken - KIND_CELLS)):
        made.lines.append(joined(sign, gap, line) if not number else _after(KIND_CELLS, line))
    made.lines += _indented(becomes, width, KIND_CELLS)


def _set_ask(made: Block, ask: Ask, number: int, width: int, at: tuple[int, int] | None) -> None:
    """Set one question. Its choices stand there while it waits for one, or is under the cursor;
    else only what holds does.
    """
    style = "$care bold" if ask.is_open else ""
    sentence = joined(("▸ ", style), one_line(ask.sentence, style))
    here = at is not None and at[0] == number
    if not here and not ask.is_open:
        _set_answered(made, ask, sentence, number, width)
        return
    made.lines += [_after(ASK_CELLS, line) for line in _wrapped(sentence, width - ASK_CELLS, 2)]
    indent = ASK_CELLS + 2
    pieces: list[Content] = []
    used = indent
    marked = -1
    for which, (key, label) in enumerate(choices_of(ask)):
        shown = _choice(key, label, ask, f"{which + 1} " if here else "", width - indent)
        if at == (number, which):
            shown = shown.stylize("$chosen-ink on $chosen")
        if pieces and used + shown.cell_length > width:
            made.lines.append(_side_by_side(pieces, indent, marked))
            pieces, used, marked = [], indent, -1
        if at == (number, which):
            marked = len(pieces)
        made.spots.append(Spot(len(made.lines), used, used + shown.cell_length, number, which))
        pieces.append(shown)
        used += shown.cell_length + GAP
    made.lines.append(_side_by_side(pieces, indent, marked))


def _side_by_side(pieces: Sequence[Content], indent: int, marked: int) -> Content:
    """Return choices on one line. What stands under the cursor has its mark before it, as a row
    has: a colour alone says nothing to somebody who does not see it.
    """
    line = Content(" " * (indent - GAP))
    for which, piece in enumerate(pieces):
        line = joined(line, f"{MARK if which == marked else '':>{GAP}}", piece)
    return line


def _set_answered(made: Block, ask: Ask, sentence: Content, number: int, width: int) -> None:
    """Set a question that has its answer, with that alone, on one line if it fits."""
    held = [which for which, (key, _) in enumerate(ask.choices) if key == ask.holds]
    label = ask.choices[held[0]][1] if held else ask.said
    room = width - ASK_CELLS
    shown = _choice(ask.holds, label, ask, "", room - 2)
    if ask.sentence == f"{label}?":
        whole = joined("▸ ", shown)
    else:
        whole = joined(sentence, "  ", shown)
    lines = [whole] if whole.cell_length <= room else [*_wrapped(sentence, room, 2)]
    if whole not in lines:
        lines.append(_after(2, shown))
    start = ASK_CELLS + lines[-1].cell_length - shown.cell_length
    made.lines += [_after(ASK_CELLS, line) for line in lines]
    end = start + shown.cell_length
    made.spots.append(Spot(len(made.lines) - 1, start, end, number, held[0] if held else 0))


def _choice(key: str, label: str, ask: Ask, number: str, room: int) -> Content:
    """Return one choice: whether it holds, its number while it is asked, its words."""
    holds = bool(key) and key == ask.holds
    text = f"{'●' if holds else '○'} {number}{' '.join(label.split())}"
    shown = one_line(text, "bold" if holds else "")
    return shown.truncate(room, ellipsis=True) if shown.cell_length > max(4, room) else shown


def _after(cells: int, line: Content) -> Content:
    return joined(Content(" " * cells), line)


def _indented(pieces: Sequence[str], width: int, cells: int) -> list[Content]:
    """Return pieces set in by `cells`, as many on a line as fit, each whole where it can be."""
    room = max(4, width - cells)
    lines: list[Content] = []
    for piece in pieces:
        shown = one_line(piece, "$soft")
        longer = joined(lines[-1], (BETWEEN, "$soft"), shown) if lines else shown
        if lines and longer.cell_length <= room:
            lines[-1] = longer
        else:
            lines += shown.wrap(room)
    return [_after(cells, line) for line in lines]


def _wrapped(content: Content, width: int, cells: int, taken: int = 0) -> list[Content]:
    """Return lines of at most `width` cells, those after the first set in by `cells`.

    `taken` cells of the first line are gone already.
    """
    first = content.wrap(max(4, width - taken))
    if len(first) == 1:
        return first
    rest = content[len(first[0].plain) :]
    begun = len(rest.plain) - len(rest.plain.lstrip())
    later = rest[begun:].wrap(max(4, width - cells))
    return [first[0], *(_after(cells, line) for line in later)]


def beneath(gone: Sequence[LineBefore], width: int) -> list[Content]:
    """Return what becomes of marked lines that a correction has changed or taken out."""
    lines: list[Content] = []
    for heading, these in (
        (TAKEN_OUT, [one for one in gone if one.may_go]),
        (STAYS, [one for one in gone if not one.may_go]),
    ):
        if these:
            lines += [Content(""), *_wrapped(Content.styled(heading, "bold $accent"), width, 0)]
        for one in these:
            words = joined((f"{one.sign} ", "bold $accent"), one_line(one.words))
            lines += _wrapped(words, width, 2)
    return lines


def correcting(width: int) -> list[Content]:
    """Return what stands in the panel while a correction adds nothing."""
    return _wrapped(Content.styled(CORRECTING, "$soft"), width, 0)


def still_read(width: int) -> list[Content]:
    """Return what stands under a correction that keeps something apart: the old note says it."""
    return [Content(""), *_wrapped(Content.styled(STILL_READ, "$accent"), width, 0)]


def legend(width: int) -> list[Content]:
    """Return what stands in the panel while the note has no mark: the marks, explained."""
    lines = [*_wrapped(Content.styled(LEGEND, "$soft"), width, 0)]
    for sign, words in EXPLAINED.items():
        lines.append(joined((f"{sign:<2} ", "$accent bold"), (words, "$soft")))
    return [*lines, *_wrapped(Content.styled(PANEL_EMPTY, "$soft"), width, 0)]
