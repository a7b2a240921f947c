"""Single values of a feed, cleaned: each function returns the value and says what it mended.

A value is whatever JSON or CSV can hold; nothing here trusts its type.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

from linkworker.rules.numbers import gb_phone
from linkworker.rules.numbers import postcode as read_postcode
from linkworker.text import clean, one_line, shorten

Say = Callable[[str], None]
"""Told what was mended, in our own words."""

MOST_WORDS = 5_000
"""Characters of a description that are kept."""
MOST_LINE = 300
MOST_LOOKED_AT = 200_000
"""Characters of one field that are looked at: more than that is a picture or a fault."""
MOST_HTML = 20_000
"""Characters of HTML that are read: of tags that never end it takes the square of them."""

NOTHING = ("", "null", "none", "n/a", "na", "-", "undefined", "nan")
"""What feeds write where nothing is meant, folded."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PICTURE = re.compile(r"data:[a-z]+/[\w.+-]+;base64,[\w+/=\s]*", re.IGNORECASE)
_TAGS = re.compile(r"<\s*(?:/\s*)?[a-zA-Z!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac\u2122\u0152-\u02dc]")
_E_MAIL = re.compile(r"[^\s@<>,;:\"()]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?")


class _Words(HTMLParser):
    """Takes the words out of HTML; lines and items keep lines of their own."""

    _LINES = frozenset(
        ("p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table")
    )
    _SILENT = frozenset(("script", "style", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Begin a line, or words that nobody is to read."""
        self._silent += tag in self._SILENT
        if tag in self._LINES:
            self.words.append("\n• " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End them."""
        if tag in self._SILENT and self._silent:
            self._silent -= 1
        if tag in self._LINES and tag != "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._silent:
            self.words.append(data)


def text(value: Any, say: Say) -> str:
    """Return a value as text of several lines, without HTML, pictures and mojibake."""
    if value is None or isinstance(value, dict | list):
        if value:
            say("it was no text and was left out")
        return ""
    if not isinstance(value, str):
        say("it was a number or yes or no where text is meant")
        value = str(value)
    if len(value) > MOST_LOOKED_AT:
        say(f"it had {len(value)} characters")
        value = value[:MOST_LOOKED_AT]
    if _PICTURE.search(value):
        say("an embedded picture was dropped")
        value = _PICTURE.sub("", value)
    value = _without_mojibake(value, say)
    if _TAGS.search(value):
        say("HTML was made text")
        if len(value) > MOST_HTML:
            say(f"of its HTML the first {MOST_HTML} characters were read")
            value = value[:MOST_HTML]
        value = _plain(value)
    words = _tidy(clean(value))
    if words.casefold() in NOTHING:
        return ""
    if len(words) > MOST_WORDS:
        say(f"it was cut after {MOST_WORDS} characters")
        words = words[:MOST_WORDS].rsplit(" ", 1)[0] + " …"
    return words


def line(value: Any, say: Say) -> str:
    """Return a value as one line."""
    words = one_line(text(value, say))
    if len(words) > MOST_LINE:
        say(f"it was cut after {MOST_LINE} characters")
    return shorten(words, MOST_LINE)


def _without_mojibake(value: str, say: Say) -> str:
    """Mend UTF-8 that somebody read as Windows-1252, where all of it can be mended."""
    if not _MOJIBAKE.search(value):
        return value
    try:
        mended = value.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return value
    say("letters that were read in a wrong encoding were mended")
    return mended


def _plain(value: str) -> str:
    """Return the words of HTML; twice, for feeds escape it once too often."""
    for _ in range(2):
        whole, end, rest = value.rpartition(">")  # what follows is no tag: it would never end
        value = whole + end + rest.replace("<", "&lt;")
        words = _Words()
        words.feed(value)
        words.close()
        value = "".join(words.words)
        if not _TAGS.search(value):
            break
    return html.unescape(value)


def _tidy(words: str) -> str:
    lines = [" ".join(one.split()) for one in words.split("\n")]
    kept: list[str] = []
    for one in lines:
        if one in ("", "•") and (not kept or kept[-1] == ""):
            continue
        kept.append("" if one == "•" else one)
    return "\n".join(kept).strip()


def web(value: Any, say: Say) -> str:
    """Return a web address with its scheme, "" for what is none."""
    words = line(value, say).replace(" ", "")
    if not words:
        return ""
    lower = words.casefold()
    if lower.startswith(("http://", "https://")):
        scheme, _, rest = words.partition("://")
        scheme = scheme.casefold()
    elif ":" in lower.split("/")[0] and not _HOST.match(lower):
        say("it was no web address and was left out")
        return ""
    else:
        say("its scheme was missing")
        scheme, rest = "https", words.lstrip("/")
    if rest.casefold().startswith(("http://", "https://")):
        say("its scheme stood twice")
        scheme, _, rest = rest.partition("://")
        scheme = scheme.casefold()
    host = rest.split("/")[0].split("?")[0].split("#")[0]
    if "@" in host or not _HOST.fullmatch(host):
        say("it was no web address and was left out")
        return ""
    return f"{scheme}://{rest}"


def email(value: Any, say: Say) -> str:
    """Return an e-mail address, "" for what is none."""
    if isinstance(value, str) and "@" in value[:MOST_LINE]:  # "Sam <sam@…>" is no HTML
        words = one_line(clean(value[:MOST_LINE]))
    else:
        words = line(value, say)
    words = words.removeprefix("mailto:").strip()
    if not words:
        return ""
    found = _E_MAIL.search(words)
    if found is None:
        say("it was no e-mail address and was left out")
        return ""
    if found[0] != words:
        say("words beside the address were left out")
    return found[0]


def phone(value: Any, say: Say) -> str:
    """Return a phone number as people write it; what no rule knows is kept as it came."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
        if len(value) == 10:
            say("its first 0 was missing")
            value = f"0{value}"
    words = line(value, say).removeprefix("tel:").strip(" \"'")
    if not words:
        return ""
    read = gb_phone(words)
    return read.shown if read.good else words


def postcode(value: Any, say: Say) -> str:
    """Return a postcode as it is written, "" for what is none."""
    words = line(value, say)
    if not words:
        return ""
    read = read_postcode(words)
    if not read.good:
        say("it was no postcode and was left out")
        return ""
    if read.shown != words:
        say("the postcode was written anew")
    return read.shown


def number(value: Any, least: int, most: int, say: Say) -> int | None:
    """Return a whole number within bounds, None for nothing."""
    if isinstance(value, str):
        value = value.strip()
        if value.casefold() in NOTHING:
            return None
    if value is None:
        return None
    try:
        found = float(value) if not isinstance(value, bool | dict | list) else math.nan
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found) or not least <= found <= most:
        say("it was no number that can be, and was left out")
        return None
    if isinstance(value, str):
        say("a number stood as text")
    return int(found)


def degrees(value: Any, say: Say) -> float | None:
    """Return a latitude or longitude in degrees, None for nothing."""
    if value is None or (isinstance(value, str) and value.strip().casefold() in NOTHING):
        return None
    try:
        found = float(value) if not isinstance(value, bool | dict | list) else math.nan
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        say("it was no number and was left out")
        return None
    return found


def point(latitude: Any, longitude: Any, say: Say) -> tuple[int | None, int | None]:
    """Return where something is, in hundred-thousandths of a degree; only in these islands."""
    north, east = degrees(latitude, say), degrees(longitude, say)
    if north is None or east is None or north == east == 0:
        return None, None
    if not _here(north, east) and _here(east, north):
        say("latitude and longitude were changed round")
        north, east = east, north
    if not _here(north, east):
        say("it was no place in these islands and was left out")
        return None, None
    return round(north * 100_000), round(east * 100_000)


def _here(north: float, east: float) -> bool:
    return 49 <= north <= 61.5 and -11 <= east <= 2.5


def day(value: Any, say: Say) -> date | None:
    """Return a day, or the day of an instant, None for nothing."""
    if value is None or (isinstance(value, str) and value.strip().casefold() in NOTHING):
        return None
    said = str(value).strip()
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        if found := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", said):
            numbers = [int(one) for one in found.groups()]
            try:
                turned = date(numbers[2], numbers[1], numbers[0])
            except ValueError:
                pass
            else:
                say("a day was written anew")
                return turned
        say("it was no day and was left out")
        return None


def days(value: Any) -> tuple[str, ...]:
    """Return the days of the week that are named ("TH,FR", "Monday", a list), in their order."""
    said = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    words = re.findall(r"[a-z]+", said.casefold())
    return tuple(one for one in DAYS if any(_is_day(word, one) for word in words))


def _is_day(word: str, which: str) -> bool:
    """Say whether a word is a day: "mo" of iCalendar, "mon", "tues", "thursdays"."""
    if len(word) == 2:
        return which.startswith(word)
    whole = {
        "mon": "mondays", "tue": "tuesdays", "wed": "wednesdays", "thu": "thursdays",
        "fri": "fridays", "sat": "saturdays", "sun": "sundays",
    }[which]  # fmt: skip
    return len(word) >= 3 and whole.startswith(word)


def clock(value: Any) -> str:
    """Return a time as it is shown, "10:00", "" for none."""
    found = re.match(r"\s*(?:\d{4}-\d\d-\d\dT)?([01]?\d|2[0-3])[:.]([0-5]\d)", str(value or ""))
    return f"{int(found[1])}:{found[2]}" if found else ""
