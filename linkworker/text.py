"""Cleaning what people type, paste and send, and comparing, finding and shortening it.

`clean` stands before every text column: what it returns is safe to hand to a terminal, and is
still what the person wrote. A terminal obeys control characters in data (ESC starts commands,
OSC 52 writes the clipboard), bidi controls show a text in another order than it is in, and
invisible characters carry words that nobody sees or make two equal names differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from linkworker import late

MOST_MARKS = 8
"""Combining marks kept on one letter. Vietnamese needs 2, pointed Hebrew 4, Burmese 7."""

# What most texts are made of: Latin, Greek, Cyrillic letters and punctuation without marks of
# their own, Kana, Hangul, Han. Nothing of it is ever removed.
_PLAIN = late.pattern(
    "[\n\t\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u30a0-\u3163\u4e00-\u9fff\uac00-\ud7a3]*"
)

# Line ends of every system; Word pastes its soft line break as a vertical tab.
_BREAKS = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")

# Whole terminal commands (ECMA-48): a body goes only when its end is there, so that a stray
# escape character costs nobody the rest of a note. No body may hold a control, which keeps the
# search linear.
_COMMANDS = late.pattern(
    "\x1b\\[[0-?]*[ -/]*[@-~]|\x9b[0-?]+[ -/]*[@-~]"  # CSI: colours, cursor
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])"  # OSC (title, clipboard), DCS, SOS, PM, APC
    "[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x9c|\x1b\\\\)"
    "|\x1b[()][012AB]|\x1b[78=><]"
)
_COMMAND = late.pattern("[\x1b\x90\x98\x9b\x9d-\x9f]")
_PAIR = late.pattern("([\ud800-\udbff])([\udc00-\udfff])")

# Never kept. Written out from the Unicode Character Database, because walking a million
# characters at start would take longer than the start.
_NEVER = late.pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 but tab and line ends, DEL, C1
    "\xad\u034f"  # soft hyphen, grapheme joiner
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidi marks, overrides, isolates, old forms
    "\u200b\u2060-\u2065\ufeff"  # zero-width space, word joiner, invisible maths, BOM
    "\u115f\u1160\u17b4\u17b5"  # letters and vowels that show nothing
    "\ufff0-\ufffc"  # interlinear annotation, the place of a lost picture
    "\ud800-\udfff"  # halves of a surrogate pair
    "\ufdd0-\ufdef\ufffe\uffff]+"  # noncharacters
)
_NEVER_ABOVE = late.pattern(
    "[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and music formatting
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags and the rest of their plane
    + "".join(f"{chr(top - 1)}{chr(top)}" for top in range(0x1FFFF, 0x110000, 0x10000))
    + "]+"
)
_ABOVE = late.pattern("[\U00010000-\U0010ffff]")

# Invisible, and right in one place only: a second one, or one elsewhere, hides something.
_INVISIBLE = late.pattern("[\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@cache
def _misplaced() -> re.Pattern[str]:
    """Compiled when first needed: the ranges of Han take longer than all the rest together."""
    return re.compile(
        "(?<![\u1820-\u18aa])[\u180b-\u180f]+"  # Mongolian forms, elsewhere than after its letters
        "|(?<![\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd])"
        "[\U000e0100-\U000e01ef]+"
        "|(?<![^\\s\u200c\u200d\ufe00-\ufe0f])[\ufe00-\ufe0f]+"
        "|(?<=[\u200c\u200d])[\u200c\u200d]+"
        # Latin, Greek and Cyrillic join nothing.
        "|(?<![^\x00-\u058f])[\u200c\u200d]+(?![^\x00-\u058f])"
    )


# Marks are neither letters nor spaces: only such a run can hold too many of them.
_STACK = late.pattern(f"[^\\w\\s\x00-\x7f]{{{MOST_MARKS + 1},}}")


def clean(text: str) -> str:
    """Return `text` as it may be kept and shown: safe for a terminal, and otherwise as written.

    Line ends become a line feed. Control characters but tab and line feed go, and with them whole
    terminal commands; so do bidi controls, zero-width characters other than the joiner and
    non-joiner that Persian, Hindi and emoji need, tags, noncharacters and lone surrogates.
    Letters keep at most `MOST_MARKS` combining marks. The result is in NFC (Unicode Annex 15).

    Never raises on any `str`; `clean(clean(x)) == clean(x)`. 100,000 characters take a few
    milliseconds, plain English a quarter of one.
    """
    if text.isascii() and text.isprintable():  # most of what is typed on one line
        return text
    while not (_PLAIN.fullmatch(text) and unicodedata.is_normalized("NFC", text)):
        before = text
        text = _without_the_unwanted(text)
        # Before normalising too: it sorts a stack of marks in a time that grows with its square.
        text = _STACK.sub(_fewer_marks, text)
        if not unicodedata.is_normalized("NFC", text):
            text = _STACK.sub(_fewer_marks, unicodedata.normalize("NFC", text))
        if text == before:
            break
    return text


def _without_the_unwanted(text: str) -> str:
    """Return `text` without what the eye cannot see and the terminal would obey."""
    if _COMMAND.search(text):
        text = _COMMANDS.sub("", text)
    for line_end in _BREAKS:
        text = text.replace(line_end, "\n")
    for filler in "\u3164\uffa0":  # letters by rule, blank to the eye
        text = text.replace(filler, " ")
    if _PAIR.search(text):
        text = _PAIR.sub(_joined, text)
    text = _NEVER.sub("", text)
    if _ABOVE.search(text):
        text = _NEVER_ABOVE.sub("", text)
    return _misplaced().sub("", text) if _INVISIBLE.search(text) else text


def _joined(pair: re.Match[str]) -> str:
    """Return the character whose two halves (UTF-16) came as two."""
    high, low = map(ord, pair.groups())
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _fewer_marks(run: re.Match[str]) -> str:
    """Return a run of non-letters with no more than `MOST_MARKS` marks in a row."""
    kept: list[str] = []
    marks = 0
    for character in run.group():
        if unicodedata.category(character)[0] == "M":
            marks += 1
            if marks > MOST_MARKS:
                continue
        elif character not in "\u200c\u200d":
            marks = 0
        kept.append(character)
    return "".join(kept)


def one_line(text: str) -> str:
    """Return cleaned text on one line: every run of spaces, tabs and line ends is one space."""
    return " ".join(clean(text).split())


_APOSTROPHES = (
    "'`\xb4\u02b9\u02bb\u02bc\u02be\u02bf\u055a\u05f3\u2018\u2019\u201b\u2032\ua78c\uff07"
)
_HYPHENS = "\\-\u058a\u05be\u2010-\u2015\u2043\u2212\u2e17\ufe58\ufe63\uff0d"
_HYPHEN = late.pattern(f"[{_HYPHENS}]")
# Accents, and the points of Hebrew and Arabic that are left out in ordinary writing. Vowel signs
# of Hindi, Bengali, Tamil or Thai are marks too, but part of the word: they stay.
_ACCENTS = late.pattern(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]+"
)
# Letters that no decomposition takes apart, and the two ways of writing Arabic kaf and yeh.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, ""),
        **dict(zip("øłđħıðŋəɨʉɓɗƙƴ", "oldhidneiubdky", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ک": "ك",
        "ی": "ي",
        "ى": "ي",
        "ے": "ي",
        "ة": "ه",
    }
)
_LETTER = late.pattern(f"[{''.join(map(chr, _LETTERS))}]")


def _other_letters(text: str) -> str:
    """Return `text` with the letters and apostrophes of `_LETTERS` replaced."""
    return text.translate(_LETTERS) if _LETTER.search(text) else text


def folded(text: str) -> str:
    """Return a form of `text` in which the same name, differently typed, is the same.

    Without case, accents and apostrophes; hyphens and spaces are one space: "O’Brien", "o'brien"
    and "OBRIEN" are one, so are "Zoë Smith‐Jones" and "zoe smith jones". For comparing and
    finding only, never for showing. Built on NFKC_Casefold (Unicode 5.18).
    """
    if text.isascii():
        return " ".join(text.lower().replace("'", "").replace("`", "").replace("-", " ").split())
    # Apostrophes first: NFKD would take an acute accent standing alone for a space.
    text = _other_letters(clean(text).casefold())
    text = _other_letters(unicodedata.normalize("NFKD", text).casefold())
    text = _HYPHEN.sub(" ", _ACCENTS.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


_WORD = late.pattern(f"[^\\s{_HYPHENS}!-&(-,./:-@\\[-_{{-~«»“”„…·•،؛؟。、]+")


def found(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Give the places (from, to) of the words in `text` that begin with a word looked for."""
    wanted = tuple(filter(None, map(folded, _WORD.findall(words))))
    if not wanted:
        return
    for match in _WORD.finditer(text):
        if folded(match.group()).startswith(wanted):
            yield match.span()


def _a_place(text: str, words: str) -> int:
    """Return where one of the words looked for stands; 0 where none does.

    As typed, at the beginning of a word, it is found in no time; folding every word of twenty long
    notes would be felt while somebody types, and is done only where nothing else helps.
    """
    lower = text.casefold()
    if len(lower) == len(text):
        for word in words.casefold().split():
            at = lower.find(word)
            while at > 0 and lower[at - 1].isalnum():
                at = lower.find(word, at + 1)
            if at >= 0:
                return at
    return next(found(text, words), (0, 0))[0]


def snippet(text: str, words: str, width: int) -> str:
    """Return one line of at most `width` cells of `text`, round the first word looked for.

    Where something was left out stands "…". Without a hit it is the beginning of the text.
    """
    line = " ".join(text.split())
    start = _a_place(line, words)
    # A third of the line leads up to the word, cut where a word begins.
    begin = start
    earliest = max(0, start - width)
    for match in re.finditer(r"(?<!\S)\S", line[earliest:start]):
        if cells(line[earliest + match.start() : start]) <= width // 3:
            begin = earliest + match.start()
            break
    if begin == 0 or width < 2:
        return shorten(line[begin:], width)
    whole = shorten(line, width)
    return whole if whole == line else "…" + shorten(line[begin:], width - 1)


def cells(text: str) -> int:
    """Return how many terminal cells a line of text takes: 2 for a wide letter, 0 for a mark.

    Counts as the screen does that lays the text out: a joined emoji is as wide as its first.
    """
    if text.isascii():
        return len(text)
    return sum(map(_letter_width, _letters(text)))


def _letter_width(letter: str) -> int:
    """Return the cells of one letter with what belongs to it."""
    if "\ufe0f" in letter[1:2]:  # "shown as emoji"
        return 2
    return sum(map(_width, letter.split("\u200d", 1)[0]))


def _width(character: str) -> int:
    """Return the cells of one character (Unicode Annex 11)."""
    if character < "\u0300":
        return 1
    category = unicodedata.category(character)
    if category[0] == "M" or character in "\u200c\u200d" or _is_tone(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_tone(character: str) -> bool:
    """Say whether this colours the skin of the emoji before it."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def shorten(text: str, width: int) -> str:
    """Return one line of `text` in at most `width` cells, with "…" where the end is missing.

    Never cuts a letter from its marks or a joined emoji in two.
    """
    line = " ".join(text.split())
    if line.isascii():
        return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"[:width]
    used = kept = place = 0
    for letter in _letters(line):
        used += cells(letter)
        if used > width:
            return line[:kept].rstrip() + "…" if width > 0 else ""
        place += len(letter)
        if used < width:  # the last cell may be wanted for the "…"
            kept = place
    return line


def _letters(line: str) -> Iterator[str]:
    """Give what the eye takes for one letter each: with its marks, skin tone, joined emoji."""
    start = 0
    flag = False
    for place in range(1, len(line)):
        character = line[place]
        halves = all("\U0001f1e6" <= half <= "\U0001f1ff" for half in line[place - 1 : place + 1])
        flag = halves and not flag
        if not (flag or _width(character) == 0 or line[place - 1] == "\u200d"):
            yield line[start:place]
            start = place
    if line:
        yield line[start:]
