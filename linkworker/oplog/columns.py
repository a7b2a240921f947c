"""Operations spelled by columns: what a day's work is on the line, beside its words almost nothing.

Spelled as objects, an operation names its columns, its ids and its times again and again. Here each
shape of an operation is spelled once, each value only where it is not what the one before led to
expect, an id by its age among those that were named, and an id's chance bytes as they are. What
comes out is the very JSON that went in, so that nothing else needs to know of it; both sides begin
with the same examples (`wire_examples.json`), which belong to the spelling and never change under
its name.

What came is a stranger's: `NotAnOperation` where it is not spelled so, `TooMuch` where it would
become more than is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from linkworker.oplog.operations import NotAnOperation
from linkworker.rules.chain import link

SAME, NEW, NULL, FALSE, TRUE, ID, INSTANT, RAW, AGAIN, STEP, HEX, LINK, LINE, PIECE = range(14)
"""How a value is told: as before in its column; new words; …; by the same step as before; bytes."""

FIRST_RANK = 14
"""From here on: a name that was told before in this column, by how long ago."""

FIRST_WORDS = 140
"""From here on: words of several that were told before in any."""

NEAR = 1 << 20
"""Ids of one act follow each other this nearly (`clock.uuid7_ids`)."""

MOST_RANKS = 110
MOST_SHAPES = 4_000

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IS_SCOPE = re.compile(f"([a-z]{{1,12}}:)({_UUID})(|:[a-z]{{1,12}})")
_LITERAL, _IS_NAME = ("tbl", "kind"), re.compile("[a-z_]{1,40}")
"""What an operation is of belongs to its shape."""
_IS_OPERATION = re.compile("([0-9a-f]{16}):([1-9][0-9]{0,15})")
_IS_INSTANT = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST = 1 << 62


class TooMuch(Exception):
    """It would become more than is taken at once."""


class NotColumns(Exception):
    """This cannot be spelled by columns, and goes as it is."""


class Memory:
    """What both sides know at the same place: what was told last, in each column and of all."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self.columns: list[list[str]] = []
        """For each shape the names of its columns."""
        self.last: dict[str, Any] = {}
        self.step: dict[str, int] = {}
        self.words: list[str] = []
        self.names: dict[str, list[str]] = {}
        """For each column what was told in it without a space, the latest first."""
        self.ids: list[str] = []
        """The latest first."""
        self.all_ids: dict[str, int] = {}
        self.id_list: list[str] = []
        self.instant = 0
        self.millis = self.count = self.chance = 0
        self.story = ""
        """The last words of several lines: what is said in it is said again in other rows."""
        self.read_to = 0
        """Up to where that was said again."""

    def copy(self) -> Memory:
        """Return another that knows the same."""
        other = Memory()
        for name, value in vars(self).items():
            setattr(other, name, value if isinstance(value, (int, str)) else value.copy())
        other.names = {path: told.copy() for path, told in self.names.items()}
        return other

    def list_of(self, path: str, words: str) -> list[str]:
        """Return the list in which words stand that were told."""
        return self.words if " " in words else self.names.setdefault(path, [])

    def told(self, path: str, words: str) -> None:
        """Note words that were told anew."""
        if "\n" in words:
            self.story, self.read_to = words, 0
        told = self.list_of(path, words)
        told.insert(0, words)
        del told[MOST_RANKS:]

    def told_id(self, one: str) -> None:
        """Note an id that was told anew."""
        self.all_ids.setdefault(one, len(self.id_list))
        self.id_list.append(one)
        self.ids.insert(0, one)
        del self.ids[MOST_RANKS:]

    def next_count(self, millis: int) -> int:
        """Return what the count of an id of this millisecond is likely to be."""
        return self.count + 1 if millis == self.millis else 0

    def add_shape(self, shape: str) -> int:
        """Note a shape; return its number. Raises `NotAnOperation`."""
        if len(self.shapes) >= MOST_SHAPES:
            raise NotAnOperation("the shapes")
        number = len(self.shapes)
        self.shapes.append(shape)
        self.columns.append([])
        return number


def varint(into: bytearray, number: int) -> None:
    """Write a number of 0 or more, seven bits a byte."""
    while number > 127:
        into.append(number & 127 | 128)
        number >>= 7
    into.append(number)


def signed(into: bytearray, number: int) -> None:
    """Write a number that may be below 0."""
    varint(into, number << 1 if number >= 0 else (-number << 1) - 1)


class Reader:
    """Reads numbers and bytes out of what came. Raises `NotAnOperation` where it ends."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def byte(self) -> int:
        """Read one byte."""
        if self._at >= len(self._data):
            raise NotAnOperation("the columns")
        self._at += 1
        return self._data[self._at - 1]

    def varint(self) -> int:
        """Read a number."""
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            if shift > 63:
                raise NotAnOperation("the columns")
        return number

    def signed(self) -> int:
        """Read a number that may be below 0."""
        number = self.varint()
        return -(number + 1 >> 1) if number & 1 else number >> 1

    def bytes(self, most: int) -> bytes:
        """Read so many bytes."""
        if most > len(self._data) - self._at:
            raise NotAnOperation("the columns")
        self._at += most
        return self._data[self._at - most : self._at]

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._data)


def to_ms(text: str) -> int | None:
    """Return an instant as the store spells it in milliseconds; None where it is none."""
    if not _IS_INSTANT.fullmatch(text):
        return None
    try:
        ms = (datetime.fromisoformat(text) - _EPOCH) // timedelta(milliseconds=1)
    except ValueError:
        return None
    return ms if from_ms(ms) == text else None


def from_ms(ms: int) -> str:
    """Spell an instant. Raises `NotAnOperation` where there is none such."""
    try:
        at = _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        raise NotAnOperation("an instant") from None
    return at.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + f"{at.microsecond // 1000:03d}Z"


def spelled(value: Any) -> str:
    """Return a value as JSON, as the log spells it."""
    return _ENCODER.encode(value)


def leaves(value: Any, shape: list[str], found: list[Any]) -> None:
    """Take a value apart: its shape as pieces of JSON, and what stands in it, in order."""
    if isinstance(value, dict):
        literal = _LITERAL if "tbl" in value else ()
        shape.append("{")
        for number, (name, one) in enumerate(value.items()):
            shape.append(("," if number else "") + spelled(name) + ":")
            if name in literal and isinstance(one, str) and _IS_NAME.fullmatch(one):
                shape.append(spelled(one))
            else:
                leaves(one, shape, found)
        shape.append("}")
    elif isinstance(value, list):
        shape.append("[")
        for number, one in enumerate(value):
            shape.append("," if number else "")
            leaves(one, shape, found)
        shape.append("]")
    elif isinstance(value, str) and (scope := _IS_SCOPE.fullmatch(value)):
        shape.append(spelled(f"{scope[1]}*{scope[3]}"))
        found.append(scope[2])
    elif isinstance(value, str) and (op := _IS_OPERATION.fullmatch(value)):
        shape.append("1")
        found += [op[1], int(op[2])]
    else:
        shape.append("0")
        found.append(value)


def paths(shape: Any, path: str) -> Iterator[str]:
    """Give the column of each leaf of a shape, in order: columns of one name are one."""
    if isinstance(shape, dict):
        for name, one in shape.items():
            yield from paths(one, f"{path}/{name}")
    elif isinstance(shape, list):
        for one in shape:
            yield from paths(one, path + "/")
    elif not isinstance(shape, str) or "*" in shape:
        yield path
        if shape == 1:
            yield path + "#"


def put_together(shape: Any, values: Iterator[Any]) -> Any:
    """Return the value of a shape, read from JSON, with these leaves."""
    if isinstance(shape, dict):
        return {name: put_together(one, values) for name, one in shape.items()}
    if isinstance(shape, list):
        return [put_together(one, values) for one in shape]
    if isinstance(shape, str) and "*" not in shape:
        return shape
    if isinstance(shape, str):
        before, _, after = shape.partition("*")
        return f"{before}{next(values)}{after}"
    if shape == 1:
        return f"{next(values)}:{next(values)}"
    return next(values)


CHAIN, _PK = "o/body/audit/chain", "o/pk"
_CHAINED = tuple(
    f"o/body/audit/{name}" for name in ("worker_id", "at", "what", "person_id", "reason")
)


def next_link(memory: Memory) -> str:
    """Return the link of the audit that follows the last one, from what was told of its event."""
    said = [memory.last.get(path) for path in (CHAIN, _PK, *_CHAINED)]
    return link(*(one if isinstance(one, str) else "" for one in said))


def learn(memory: Memory, shape: str, spend: Callable[[int], None]) -> int:
    """Note a shape and its columns; `spend` is told of each name's length before the next is made.

    A name is as long as all that it stands in: a few bytes can spell a million long ones. Raises
    `NotAnOperation`, and what `spend` does.
    """
    number = memory.add_shape(shape)
    try:
        for path in paths(json.loads(shape[1:]), shape[0]):
            spend(len(path))
            memory.columns[number].append(path)
    except (ValueError, RecursionError, IndexError):
        raise NotAnOperation("the shapes") from None
    return number


def in_order(memory: Memory) -> list[str]:
    """Return every column that a shape has, in the order in which they were learnt."""
    return list(dict.fromkeys(path for columns in memory.columns for path in columns))
