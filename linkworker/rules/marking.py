"""Putting marks into a note afterwards: select a sentence, press a mark, nothing is retyped.

The story stays as it was told: a marked sentence is copied onto a line of its own. Only `!!` takes
the words out of the story, because what is kept apart must not stand in it as well. Pressing a
mark on a line that has one changes it, and pressing the same one again takes it away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from linkworker.rules.marks import Line, Reading, read_note, sign_of

_BULLET = re.compile(r"\s*(?:[-*+•·‣◦–—>]|\(?\d{1,2}[.)])\s+(?=\S)")
"""What a pasted list puts before its lines."""

_ENDS_SENTENCE = re.compile(r"[.!?…]+[\"”’')]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Edit:
    """A note after a mark was put in or taken out."""

    text: str
    cursor: int
    """Where the cursor goes on from."""
    chosen: Mapping[str, bool] = field(default_factory=dict)
    """The choices for `read_note`, with what this edit chose."""


def mark_selection(
    text: str,
    start: int,
    end: int,
    sign: str,
    *,
    pasted: Collection[str] = frozenset(),
    chosen: Mapping[str, bool] | None = None,
) -> Edit:
    """Return the note with the selected words marked with `sign`, one of `marks.KINDS`.

    `start` and `end` are offsets in `text`, in either order; a word that is selected in part is
    meant whole. Without a selection the line at the
    cursor is marked (`mark_line`). Over several lines each is marked for itself. `pasted` and
    `chosen` are as in `read_note`.
    """
    start, end = sorted((_within(start, text), _within(end, text)))
    if not text[start:end].strip():
        return mark_line(text, start, sign, pasted=pasted, chosen=chosen)
    start, end = _whole_words(text, start, end)
    reading = read_note(text, pasted=pasted, chosen=chosen)
    touched = [line for line in reading.lines if line.start < end and start < line.end]
    wanted = [
        line for line in touched if line.kind != "blank" and _selected(line, text, start, end)
    ]
    # Over several lines a mark is put on those without it; it goes again when all have it. What is
    # kept apart is only made text by a key on the line itself, never by a wide selection.
    take_away = sign != "!!" and all(line.sign == sign for line in wanted)
    choices = dict(chosen or {})
    parts = [text[line.start : line.end] for line in reading.lines]
    copies: list[str] = []
    for line in wanted:
        piece = parts[line.number]
        if line.sign == sign and not take_away:
            continue
        if _is_list_line(line):
            parts[line.number] = _signed(piece, line, sign, pasted, choices)
            continue
        begin, stop = max(start - line.start, 0), min(end - line.start, len(piece))
        words = " ".join(piece[begin:stop].split())
        if sign == "!!":
            parts[line.number] = _taken_out(
                piece, begin, stop, _marked(words, sign, pasted, choices)
            )
        else:
            copies.append(_marked(_without_stop(words), sign, pasted, choices))
    marked = "".join(parts)
    cursor = end if copies else len("".join(parts[: wanted[-1].number + 1]).rstrip("\r\n"))
    if copies:
        marked = _with_lines_after(marked, copies, pasted, choices)
    return Edit(marked, cursor, choices)


def mark_line(
    text: str,
    at: int,
    sign: str,
    *,
    pasted: Collection[str] = frozenset(),
    chosen: Mapping[str, bool] | None = None,
) -> Edit:
    """Return the note with the line at offset `at` marked with `sign`, where it stands.

    A bullet of a pasted list gives way to the sign. A line that carries this mark already becomes
    text again; on an empty line the sign is put ready to type behind.
    """
    at = _within(at, text)
    reading = read_note(text, pasted=pasted, chosen=chosen)
    choices = dict(chosen or {})
    line = _line_at(reading, text, at)
    if line is None or line.kind == "blank":
        begin = line.start if line else len(text)
        stop = begin + len(text[begin : line.end if line else begin].rstrip("\r\n"))
        return Edit(f"{text[:begin]}{sign} {text[stop:]}", begin + len(sign) + 1, choices)
    piece = text[line.start : line.end]
    new = _signed(piece, line, sign, pasted, choices)
    return Edit(
        text[: line.start] + new + text[line.end :],
        max(line.start, at + len(new) - len(piece)),
        choices,
    )


def choose(
    text: str, line: Line, is_mark: bool, chosen: Mapping[str, bool] | None = None
) -> dict[str, bool]:
    """Return the choices with one more: this line of `text` is a mark, or it is text."""
    return {**(chosen or {}), text[line.start : line.end].strip(): is_mark}


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Return the start and end of the sentence in which offset `at` lies, without outer spaces.

    For selecting it with one key. A sentence ends at a full stop, a question or an exclamation
    mark, with its closing quotation marks, and at every line end.
    """
    at = _within(at, text)
    begin = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    for match in _ENDS_SENTENCE.finditer(text, begin, stop):
        if match.end() <= at and text[match.end() : stop].strip():
            begin = match.end()
        else:
            stop = match.end()
            break
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    return begin, stop


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _within(offset: int, text: str) -> int:
    return min(max(offset, 0), len(text))


def _line_at(reading: Reading, text: str, at: int) -> Line | None:
    for line in reading.lines:
        if line.start <= at < line.end:
            return line
    # Behind the last line end a new, empty line has begun, which no line stands for.
    return reading.lines[-1] if reading.lines and not text.endswith(("\n", "\r")) else None


def _selected(line: Line, text: str, start: int, end: int) -> bool:
    return bool(text[max(start, line.start) : min(end, line.end)].strip())


def _is_list_line(line: Line) -> bool:
    """Say whether a line is marked where it stands: a mark, what looks like one, a bullet."""
    return bool(line.sign or line.looks_like or _BULLET.match(line.words))


def _signed(
    piece: str, line: Line, sign: str, pasted: Collection[str], choices: dict[str, bool]
) -> str:
    """Return a whole line (with its end) that carries `sign`, or none if it did already."""
    ending = piece[len(piece.rstrip("\r\n")) :]
    if line.sign == sign:
        if sign_of(line.words):
            choices[line.words] = False
        return line.words + ending
    if line.sign:
        words = line.words
    elif line.looks_like:
        words = line.words.strip()[len(line.looks_like) :].strip()
    else:
        words = _without_bullet(line.words)
    return _marked(words, sign, pasted, choices) + ending


def _marked(words: str, sign: str, pasted: Collection[str], choices: dict[str, bool]) -> str:
    """Return a marked line, and choose it where it would not be one by itself."""
    marked = f"{sign} {words}"
    if sign_of(marked) != sign or marked in pasted or marked in choices or sign == ">":
        choices[marked] = True  # a step may come to stand beside a quoted e-mail
    return marked


def _without_bullet(words: str) -> str:
    match = _BULLET.match(words)
    return (words[match.end() :] if match else words).strip()


def _without_stop(words: str) -> str:
    """Return words without their full stop; three dots are somebody's silence and stay."""
    return words[:-1].rstrip() if words.endswith(".") and not words.endswith("..") else words


def _taken_out(piece: str, begin: int, stop: int, marked: str) -> str:
    """Return a line without the words from `begin` to `stop`, and `marked` on the next line."""
    ending = piece[len(piece.rstrip("\r\n")) :]
    before, after = piece[:begin].rstrip(), piece[stop:].strip()
    left = f"{before} {after}" if before and after else before or after
    return f"{left}\n{marked}{ending}" if left else f"{marked}{ending}"


def _with_lines_after(
    text: str, lines: list[str], pasted: Collection[str], chosen: Mapping[str, bool]
) -> str:
    """Return the note with marked lines at its end, below those that stand there already."""
    said = text.rstrip()
    reading = read_note(said, pasted=pasted, chosen=chosen)
    gap = "\n" if reading.lines and reading.lines[-1].sign else "\n\n"
    return said + gap + "\n".join(lines)
