"""The grammar of a note: a story, and lines that begin with a mark.

A mark is a sign at the start of a line, a space, and words: `+ mends bicycles`. What stands before
the first colon of a marked line (its *head*) says whose line it is, who will do it, or what it is
about; `understanding` finds out which. Every other line is the story, as told.

What only looks like a mark stays text until somebody chooses: a pasted bullet, `+44 7700 …`, the
`>` of an e-mail. Only `!!` is taken at its word wherever it comes from, because a line taken for
text by mistake would be read by everybody.

Nothing here changes a text. `marking` puts marks into one afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

KINDS = {
    "+": "strength",
    "*": "hope",
    ">": "step",
    "@": "with",
    "=": "gave",
    "x": "became",
    "~": "in the way",
    "?": "looked for",
    "!": "staying safe",
    "!!": "kept apart",
}
"""Every sign, in the order in which they are shown, and the kind of line that it makes."""

EXPLAINED = {
    "+": "a strength",
    "*": "a hope or goal",
    ">": "a next step",
    "@": "who or what they are with",
    "=": "what they gave, shared or started",
    "x": "what became of a step or hope",
    "~": "what is in the way",
    "?": "looked for and not here",
    "!": "staying safe",
    "!!": "kept apart",
}
"""The same signs in the words that stand beside the editor."""

SIGNS = {kind: sign for sign, kind in KINDS.items()}
"""The sign of each kind."""

KEPT_APART_PLACE = "a part is kept apart"
"""What stands in a note in the place of each line that is kept apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a note, with its place in the text."""

    number: int
    kind: str
    """"story", "blank", or one of `KINDS`."""
    sign: str
    """The sign of a marked line, "" for the story."""
    words: str
    """What the line says, without its sign and the spaces round it."""
    start: int
    end: int
    """From its first character to behind its line end: the lines of a note make up its text."""
    words_start: int
    """Where its words begin in the text."""
    head: str = ""
    """Of a marked line: what stands before the first colon, "" where there is none."""
    rest: str = ""
    """Of a marked line: what comes after the head, or all its words."""
    looks_like: str = ""
    """The sign that a line of the story seems to have, where it stays text until chosen."""

    @property
    def marked(self) -> bool:
        """Whether the line carries a mark."""
        return bool(self.sign)


@dataclass(frozen=True, slots=True)
class Reading:
    """A note as its marks say it: all lines in order, from which the text can be made again."""

    lines: tuple[Line, ...]

    @property
    def marks(self) -> tuple[Line, ...]:
        """The marked lines."""
        return tuple(line for line in self.lines if line.sign)

    @property
    def undecided(self) -> tuple[Line, ...]:
        """The lines that look like marks and stay text until somebody chooses."""
        return tuple(line for line in self.lines if line.looks_like)

    @property
    def story(self) -> str:
        """The story without its marked lines; what is kept apart is not in it."""
        return tidy(line.words for line in self.lines if not line.sign)

    @property
    def in_a_list(self) -> str:
        """What tells this note from others in a list: its story, or else what is marked in it.

        Never what is kept apart, which may be another person's: in its place stands
        `KEPT_APART_PLACE`, and only where there is nothing else to show.
        """
        marked = tidy(line.words for line in self.marks if line.kind != "kept apart")
        return self.story or marked or (KEPT_APART_PLACE if self.marks else "")

    def __len__(self) -> int:
        return len(self.lines)


def tidy(lines: Iterable[str]) -> str:
    """Return lines as one text, with at most one empty line in a row and none at the ends."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")


_MARK = re.compile(r"\s*(?:(!!)(?!!)\s*|([+*>@=x~?!])[ \t\u00a0\u3000]+)(\S.*)", re.DOTALL)
_FIRST = frozenset("+*>@=x~?!")
_HEAD = re.compile(r"([^:\"“”]{1,60}?)\s*:(?=[\s\"“‘'(]|[^\W\d_])\s*(\S.*)", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bSt)(?<!\bMrs)(?<!\bRev)[.!?;]\s")


def sign_of(line: str) -> str:
    """Return the sign with which a line seems to begin, "" where it has none.

    A sign needs a space and a word with a letter in it after it (`+44 7700 900123` and `* * *` are
    text); only `!!` needs neither, so that a slip of the finger keeps more apart and not less.
    """
    stripped = line.lstrip()
    if stripped[:1] not in _FIRST:
        return ""
    match = _MARK.match(stripped)
    if match is None:
        return ""
    return match[1] or (match[2] if any(map(str.isalpha, match[3])) else "")


def pasted_marks(inserted: str) -> frozenset[str]:
    """Return the lines of a pasted text that look like marks, for `read_note` to leave as text.

    They are held by their words and not by their number, so that typing above them changes
    nothing, and a line that somebody has retouched counts as typed.
    """
    lines = (line.strip() for line in inserted.splitlines())
    return frozenset(line for line in lines if sign_of(line) not in ("", "!!"))


def read_note(
    text: str,
    *,
    pasted: Collection[str] = frozenset(),
    chosen: Mapping[str, bool] | None = None,
) -> Reading:
    """Return the lines of a note and the marks that they carry.

    `text` should have passed `text.clean`, as it will when it is kept. `pasted` are the lines of
    `pasted_marks`; `chosen` holds what somebody decided for a line, by its words without the
    spaces round it: True, it is a mark; False, it is text. Never raises. Reading 3,000 words takes
    less than 2 ms, so a note is read anew at every key.
    """
    pieces = text.splitlines(keepends=True)
    chosen = chosen or {}
    quoted = _quoted(pieces)
    lines: list[Line] = []
    start = 0
    for number, piece in enumerate(pieces):
        line = _line(piece, number, start, quoted, pasted, chosen)
        lines.append(line)
        start = line.end
    return Reading(tuple(lines))


def _line(
    piece: str,
    number: int,
    start: int,
    quoted: Collection[int],
    pasted: Collection[str],
    chosen: Mapping[str, bool],
) -> Line:
    end = start + len(piece)
    words = piece.strip()
    if not words:
        return Line(number, "blank", "", "", start, end, start)
    sign = sign_of(words)
    decided = chosen.get(words) if chosen else None
    if decided and not sign and (match := _MARK.match(words)):
        sign = match[2] if match[2] in KINDS else ""
    begins = start + len(piece) - len(piece.lstrip())
    is_mark = sign and (
        decided if decided is not None else _taken(sign, number, words, quoted, pasted)
    )
    if not is_mark:
        story = piece.rstrip()
        looks_like = sign if decided is None else ""
        return Line(number, "story", "", story, start, end, start, looks_like=looks_like)
    after = words[len(sign) :].lstrip()
    head, rest = split_head(after)
    words_start = begins + len(words) - len(after)
    return Line(number, KINDS[sign], sign, after, start, end, words_start, head, rest)


def _taken(
    sign: str, number: int, words: str, quoted: Collection[int], pasted: Collection[str]
) -> bool:
    """Say whether a line that looks like a mark is one without being chosen."""
    return sign == "!!" or (number not in quoted and words not in pasted)


def split_head(words: str) -> tuple[str, str]:
    """Return what stands before the first colon of a marked line, and what comes after it.

    A clock (9:30), an address on the web and a colon inside a quotation or a later sentence are no
    heads; then the first part is "".
    """
    if ":" not in words:
        return "", words
    match = _HEAD.match(words)
    if match is None or _SENTENCE_END.search(match[1]) or not any(map(str.isalpha, match[1])):
        return "", words
    return match[1].strip(), match[2]


# -- e-mails ---------------------------------------------------------------------------------

_WROTE = re.compile(r"\bwrote:\s*$|^\s*-+\s*(?:original|forwarded) message", re.IGNORECASE)
_HEADER = re.compile(
    r"\s*>[>\s]*(?:(?:from|sent|subject):|on\b.{3,120}\bwrote:"
    r"|-+\s*(?:original|forwarded) message)",
    re.IGNORECASE,
)


def _quoted(pieces: list[str]) -> set[int]:
    """Return the numbers of the lines that belong to a quoted e-mail.

    A run of lines that begin with `>` is a quotation when an e-mail's header stands in or above
    it, when somebody is quoted within it (`>>`), or when it holds an empty line of its own.
    """
    quoted: set[int] = set()
    run: list[int] = []
    above = ""
    for number, piece in enumerate([*pieces, ""]):
        if piece.lstrip().startswith(">"):
            run.append(number)
            continue
        if run:
            if _is_quotation([pieces[one] for one in run], above):
                quoted.update(run)
            run, above = [], ""
        if piece.strip():
            above = piece
    return quoted


def _is_quotation(run: list[str], above: str) -> bool:
    if _WROTE.search(above) or any(_HEADER.match(line) for line in run):
        return True
    if any(re.match(r"\s*>\s?>", line) for line in run):
        return True
    # The last one may be a step that is just being begun.
    return any(line.strip() == ">" for line in run[:-1])
