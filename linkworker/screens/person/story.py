"""The story: everything that happened, in one order. Enter unfolds an entry and folds it again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from linkworker.caseload.hand_over import KIND as SHEET_MARK
from linkworker.caseload.hand_over import TITLE as SHEET
from linkworker.caseload.timeline import Entry, Mark
from linkworker.clock import from_text, local_day
from linkworker.rules.marks import read_note
from linkworker.rules.shown_days import say_day
from linkworker.schema import values
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows
from linkworker.screens.person.unsent import NOT_SENT
from linkworker.text import folded
from linkworker.widgets import phrases
from linkworker.widgets.acting import say_refusal
from linkworker.widgets.rows import Draw, Row, hint, wrapped
from linkworker.widgets.words import joined, one_line, padded, said

if TYPE_CHECKING:
    from linkworker.widgets.house import House

DATE_CELLS = 9
FOLDED_LINES = 3
SIGNS = {
    "strength": "+",
    "hope": "*",
    "step": ">",
    "with": "@",
    "gave": "=",
    "became": "x",
    "in the way": "~",
    "looked for": "?",
    "staying safe": "!",
    "kept apart": "!!",
}
"""How a mark stands in a note."""

EMPTY = "Nothing has been written yet. Ctrl+N starts a note; contacts and changes will stand here."


def story_rows(entries: list[Entry], look: Look, *, brief: bool = False) -> Rows:
    """Return entries as rows; `brief` gives each two lines at most."""
    if not entries:
        return [hint(EMPTY)]
    return [entry_row(one, look, brief=brief) for one in entries]


def entry_row(one: Entry, look: Look, *, brief: bool = False) -> Row:
    """Return one entry, folded or whole."""
    key = f"entry:{one.row_id}"
    whole = key in look.unfolded
    draw = _draw(one, look.today, whole=whole, most=1 if brief else FOLDED_LINES)
    return Row(draw, key, Thing("entry", one.row_id, one))


def _draw(one: Entry, today: date, *, whole: bool, most: int) -> Draw:
    head = _head(one, today)
    if one.not_sent:
        head = joined(head, (NOT_SENT, "$soft"))
    day = _day(one.day, today)

    def draw(width: int) -> list[Content]:
        room = max(10, width - DATE_CELLS)
        lines = wrapped(head, room)
        words = [said(text) for text in told(one).split("\n") if text.strip()]
        story: list[Content] = []
        for text in words:
            story += wrapped(text, room, 0 if whole else most)
            if not whole and len(story) > most:
                break
        if not whole and len(story) > most:
            last = story[most - 1].truncate(room - 2).rstrip()
            story = [*story[: most - 1], joined(last, (" …", "$soft"))]
        lines += story
        lines += _marks(one.marks, room, whole=whole)
        lines += [
            Content.styled(words, "$soft").truncate(room, ellipsis=True) for words in _remarks(one)
        ]
        first = padded(day, DATE_CELLS, "$soft")
        empty = " " * DATE_CELLS
        return [joined(first if not at else empty, line) for at, line in enumerate(lines)]

    return draw


def told(one: Entry) -> str:
    """Return the words of an entry without the lines that stand under it as its marks.

    A marked line that became no record stays where it was written.
    """
    left = [(mark.kind, folded(mark.words)) for mark in one.marks if mark.kind != "kept apart"]
    if not left:
        return one.words
    kept = []
    for line in read_note(one.words).lines:
        words = folded(line.words)
        found = next(
            (
                mark
                for mark in left
                if line.sign
                and SIGNS.get(mark[0]) == line.sign
                and (mark[1] in words or words in mark[1])
            ),
            None,
        )
        if found is not None:
            left.remove(found)
        else:
            kept.append(one.words[line.start : line.end].rstrip())
    return "\n".join(kept)


def waits_to_be_written_up(one: Entry) -> bool:
    """Say whether an entry is a contact of ours that has no note yet."""
    return one.kind == "contact" and not one.note_id and not one.organisation


def refuse_theirs(house: House, one: Entry) -> bool:
    """Say that an entry is another organisation's to put right or to take back, where it is."""
    if one.organisation:
        from linkworker.store import NotOurs

        say_refusal(house, NotOurs(one.organisation))
    return bool(one.organisation)


def is_sheet(one: Entry) -> bool:
    """Say whether a note is a hand-over sheet."""
    return any(mark.kind == SHEET_MARK for mark in one.marks)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    if (today - day).days < 300:
        return phrases.short_day(day, today)
    return f"{day:%b} {day.year}"


def _head(one: Entry, today: date) -> Content:
    who = (_who(one), "$soft") if one.who or one.organisation else ""
    if one.kind == "contact":
        words = phrases.contact_said(one.head, one.outcome, one.minutes, one.place)
        return joined(who, one_line(words, "bold"))
    if one.kind == "note":
        if is_sheet(one):
            return one_line(f"{SHEET} by {one.who}" if one.who else SHEET, "bold $accent")
        return joined(who, one_line(_put_right(one, today) if one.corrects else "Note", "bold"))
    if one.kind == "support":
        level = _level(one.outcome)
        reason = f": {one.place}" if one.place else ""
        words = f"{one.head[:1].upper()}{one.head[1:]}{level}{reason}"
        return joined(who, one_line(words, "bold $accent"))
    if one.kind == "whereabouts":
        words = one.head[:1].upper() + one.head[1:]
        if one.outcome:
            words += f", until {say_day(date.fromisoformat(one.outcome), one.day or date.min)}"
        return one_line(words, "bold $care")
    if one.kind == "appointment":
        words = f"{one.head[:1].upper()}{one.head[1:]} {one.outcome}"
        return joined(who, one_line(words, "bold $care"))
    if one.kind == "connection":
        return one_line(f"{one.head}: {one.outcome}", "bold $growth")
    return Content.styled("A part is kept apart", "bold")


def _who(one: Entry) -> str:
    """Say who wrote an entry: a colleague, or somebody of another organisation.

    Whether a colleague covered, held the person before, or opened them for a day, no entry says.
    """
    return f"{', '.join(filter(None, (one.who, one.organisation)))}: "


def _put_right(one: Entry, today: date) -> str:
    """Return what a correction is called: it stands at the old note's day, and says its own."""
    written = local_day(from_text(one.recorded))
    return "Put right" if written == one.day else f"Put right, written {_day(written, today)}"


def _level(level: str) -> str:
    """Return the level of a support event in its words, as the banner has it."""
    found = str(level)
    words = values.LEVELS.get(int(found), f"level {found}") if found.isdecimal() else found
    return f", {words.split('–')[-1].strip()}" if words else ""


def _marks(marks: tuple[Mark, ...], room: int, *, whole: bool) -> list[Content]:
    """Return what a note added: on one line, or where the entry is shown whole, one a line."""
    known = [one for one in marks if one.kind not in ("kept apart", SHEET_MARK)]
    if not known:
        return []
    if whole:
        lines: list[Content] = []
        for one in known:
            mark = joined((f"{SIGNS.get(one.kind, '·')} ", "bold $growth"), one_line(one.words))
            lines += wrapped(mark, room)
        return lines
    counted: dict[str, list[str]] = {}
    for one in known:
        counted.setdefault(one.kind, []).append(one.words)
    parts = []
    for kind, words in counted.items():
        if len(words) > 1:
            parts.append(COUNTED.get(kind, f"{{}} of {kind}").format(len(words)))
        else:
            parts.append(f"{SIGNS.get(kind, '·')} {words[0]}")
    return [one_line(phrases.DOT.join(parts), "$growth").truncate(room, ellipsis=True)]


COUNTED = {
    "strength": "{} strengths",
    "hope": "{} hopes",
    "step": "{} next steps",
    "with": "with {} people or groups",
    "gave": "gave {} things",
    "became": "{} things settled",
    "in the way": "{} things in the way",
    "looked for": "{} things looked for",
    "staying safe": "{} lines on staying safe",
}
"""What several marks of a kind are together, in words: their sign alone would tell nobody."""


def _remarks(one: Entry) -> list[str]:
    remarks = []
    if one.corrected:
        remarks.append("put right in a later note")
    if one.kept_apart and one.kind != "kept apart":
        remarks.append("a part is kept apart: Enter, then K, opens it on purpose")
    return remarks
