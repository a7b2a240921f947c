"""JSON as feeds write it: a page at once, a file service by service, so that memory holds one.

It is the standard library's own reading of each part; what stands here only goes from one to the
next. What JSON does not have (NaN, Infinity) and numbers that nobody counts to are nothing, told.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from linkworker.exchange.directory.entry import NoDirectory, Report
from linkworker.exchange.directory.letters import encoding_of
from linkworker.exchange.directory.mapping import Raw, plain_key

LARGEST_AT_ONCE = 4 * 1024 * 1024
"""Bytes of a file that are read at once: as objects it takes some ten times as much."""
LARGEST_PART = 16 * 1024 * 1024
"""Characters of one service, and of all that stands beside the list of them."""
PIECE = 256 * 1024
"""Characters that are read at a time."""
MOST_DIGITS = 100

LISTS = ("contents", "content", "services", "data", "items", "results", "records")
"""Under what services stand in a page."""

NOT_A_NUMBER = "NaN or Infinity stood where a number is meant: it was read as nothing"
ENDLESS_NUMBER = f"a number had more than {MOST_DIGITS} digits: it was read as nothing"
WINDOWS = "it is no UTF-8: it was read as Windows-1252"
TOO_DEEP = "Its parts stand in each other too deep to be read."
NO_JSON = "It is neither JSON nor a CSV package, or ends at its beginning."

_BLANK = re.compile(r"[ \t\r\n]*")


class BrokeOff(Exception):
    """A document ends or breaks before its end."""


class _TooLarge(Exception):
    """One part of a document is larger than any service."""


class _Numbers:
    """Reads the numbers of a document, and remembers what was none."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told: set[str] = set()
        self.decoder = json.JSONDecoder(parse_constant=self._constant, parse_int=self._whole)

    def _constant(self, _: str) -> None:
        self._tell(NOT_A_NUMBER)

    def _whole(self, digits: str) -> int | None:
        if len(digits) <= MOST_DIGITS:
            return int(digits)
        self._tell(ENDLESS_NUMBER)
        return None

    def _tell(self, what: str) -> None:
        if what not in self._told:  # once for a document: a part may be read more than once
            self._told.add(what)
            self._report.repair(0, "numbers", what)


def page(content: bytes, report: Report) -> Any:
    """Return a page that came, whole. Raises `BrokeOff`, or `NoDirectory` where it is no JSON."""
    here = Report()  # of one that breaks off nothing is told: it is asked for again
    said = _decoded(content, here)
    try:
        found = _Numbers(here).decoder.decode(said)
    except RecursionError:
        raise NoDirectory(TOO_DEEP) from None
    except ValueError:
        if said.lstrip()[:1] in ("{", "["):
            raise BrokeOff from None
        raise NoDirectory(NO_JSON) from None
    for one in here.repairs:
        report.repair(one.row, one.field, one.what)
    return found


def services_of(path: Path, report: Report) -> Iterator[Any]:
    """Give the services of a file, as far as it is whole. Raises `NoDirectory`.

    Of a large organisation with its services what stands before these belongs to each of them.
    """
    if path.stat().st_size <= LARGEST_AT_ONCE:
        yield from _at_once(path.read_bytes(), report)
        return
    with path.open("rb") as file:
        encoding = encoding_of(file)
        if encoding == "cp1252":
            report.repair(0, "encoding", WINDOWS)
        file.seek(0)
        with io.TextIOWrapper(file, encoding, "replace", newline="") as words:
            yield from _one_by_one(words, report)


def listed(found: Any) -> list[Any]:
    """Return the services that stand in a document. Raises `NoDirectory` where none can."""
    if isinstance(found, list):
        return found
    if isinstance(found, Mapping):
        raw = Raw(found)
        for name in LISTS:
            value = raw.get(name)
            if isinstance(value, list):
                owner = {key: one for key, one in found.items() if plain_key(key) != "services"}
                return [*_owned(name, owner, value)]
        if any(raw.get(name) is not None for name in ("name", "service")):
            return [found]
        if raw.get("totalitems", "totalelements", "totalpages", "empty") is not None:
            return []  # a page with nothing on it
    raise NoDirectory("There are no services in it.")


def _owned(name: str, owner: Mapping[str, Any], services: Any) -> Iterator[Any]:
    """Give services, each with its organisation where they stand in one."""
    if name != "services" or not Raw(owner).get("name"):
        yield from services
        return
    for one in services:
        if isinstance(one, Mapping):
            yield {"organization": owner, **one}


def _at_once(content: bytes, report: Report) -> Iterator[Any]:
    said = _decoded(content, report)
    try:
        found = _Numbers(report).decoder.decode(said)
    except (ValueError, RecursionError):
        yield from _one_by_one(io.StringIO(said), report)
        return
    yield from listed(found)


def _decoded(content: bytes, report: Report) -> str:
    encoding = encoding_of(io.BytesIO(content))
    if encoding == "cp1252":
        report.repair(0, "encoding", WINDOWS)
    return content.decode(encoding, "replace")


def _one_by_one(words: TextIO, report: Report) -> Iterator[Any]:
    """Give services up to where a document breaks; what breaks before the first is refused."""
    number = 0
    try:
        for number, one in enumerate(_walk(_Text(words, _Numbers(report).decoder)), 1):  # noqa: B007
            yield one
    except BrokeOff:
        if not number:
            raise NoDirectory(NO_JSON) from None
        report.broke_off(f"the file ends or breaks after {number} services; those were read")
    except RecursionError:
        if not number:
            raise NoDirectory(TOO_DEEP) from None
        report.broke_off(f"after {number} services its parts stand in each other too deep")
    except _TooLarge:
        most = f"{LARGEST_PART // 1024 // 1024} MB"
        if not number:
            raise NoDirectory(f"One part of it has more than {most}.") from None
        report.broke_off(f"what stands after {number} services has more than {most} in one part")


class _Text:
    """A document as it is read: what is behind is let go, what comes is fetched in pieces."""

    def __init__(self, words: TextIO, decoder: json.JSONDecoder) -> None:
        self._words = words
        self._decoder = decoder
        self._held = ""
        self._at = 0
        self._ended = False
        self.read = 0
        """Characters of the values that were read."""

    def sign(self) -> str:
        """Return the next sign that is no blank, "" at the end; it is not gone past."""
        while True:
            blank = _BLANK.match(self._held, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def past(self, sign: str) -> None:
        """Go past a sign. Raises `BrokeOff` where another stands there."""
        if self.sign() != sign:
            raise BrokeOff
        self._at += 1

    def value(self) -> Any:
        """Return the value that stands next, and go past it."""
        first = self.sign()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._held, self._at)
            except ValueError:
                found, end = None, -1
            # A number at the end of what is held may go on in what comes.
            if end >= 0 and (end < len(self._held) or first in '{["'):
                break
            if len(self._held) - self._at > LARGEST_PART:
                raise _TooLarge
            if not self._more():
                if end < 0:
                    raise BrokeOff
                break
        self.read += end - self._at
        self._at = end
        return found

    def _more(self) -> bool:
        if self._ended:
            return False
        rest = self._held[self._at :]
        piece = self._words.read(max(PIECE, len(rest)))  # twice as much: each try begins anew
        self._held, self._at = rest + piece, 0
        self._ended = not piece
        return not self._ended


def _walk(text: _Text) -> Iterator[Any]:
    match text.sign():
        case "[":
            yield from _items(text)
        case "{":
            yield from _members(text)
        case _:
            raise BrokeOff
    if text.sign():
        raise BrokeOff


def _members(text: _Text) -> Iterator[Any]:
    """Give the services of an object: of its list, or itself where it is one."""
    beside: dict[str, Any] = {}
    read = 0
    was_there = False
    text.past("{")
    while text.sign() != "}":
        before = text.read
        key = text.value()
        if not isinstance(key, str):
            raise BrokeOff
        text.past(":")
        if text.sign() == "[" and plain_key(key) in LISTS and not was_there:
            was_there = True
            yield from _owned(plain_key(key), beside, _items(text))
        else:
            beside[key] = text.value()
            read += text.read - before
            if read > LARGEST_PART:
                raise _TooLarge
        if text.sign() == ",":
            text.past(",")
        elif text.sign() != "}":
            raise BrokeOff
    text.past("}")
    if not was_there:
        yield from listed(beside)


def _items(text: _Text) -> Iterator[Any]:
    text.past("[")
    while text.sign() != "]":
        yield text.value()
        if text.sign() == ",":
            text.past(",")
        elif text.sign() != "]":
            raise BrokeOff
    text.past("]")
