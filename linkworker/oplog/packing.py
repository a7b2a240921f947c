"""A push or an answer to a pull as few bytes: its operations by columns (`columns`), then packed.

What is packed is unpacked to the very JSON that it was made of. `NAME` is its content type; another
spelling is another name.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from linkworker.oplog import columns as by
from linkworker.oplog.columns import Memory, NotColumns, Reader, TooMuch, signed, varint
from linkworker.oplog.operations import NotAnOperation
from linkworker.rules.chain import link

NAME = "application/vnd.linkworker.1"

MOST_PACKED = 256 * 1024
"""Bytes of JSON above which nothing is gained that is worth the time: a first sync's pages."""

MOST_ROWS = 100_000
LEVEL = 19
"""zstd's: of a day's work it takes some 10 ms."""

_CHAIN, _PK = "o/body/audit/chain", "o/pk"
_CHAINED = tuple(
    f"o/body/audit/{name}" for name in ("worker_id", "at", "what", "person_id", "reason")
)
_IS_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_IS_HEX = re.compile("(?:[0-9a-f]{2}){8,32}")
_PARTS = (("head", "h"), ("part", "p"), ("operation", "o"))


@lru_cache(maxsize=1)
def _words() -> Any:
    import zstandard

    text = files("linkworker.oplog").joinpath("wire_words.txt").read_bytes()
    return zstandard.ZstdCompressionDict(text, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _rows(said: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what is said as rows: the head, and each part before its operations."""
    head = dict(said)
    if isinstance(operations := head.get("operations"), list):
        head["operations"] = len(operations)
        yield "h", head
        for op in operations:
            yield "o", _opened(op)
    elif isinstance(parts := head.get("parts"), list):
        head["parts"] = len(parts)
        yield "h", head
        for part in parts:
            yield "p", part | {"operations": len(part["operations"])}
            for op in part["operations"]:
                yield "o", _opened(op)
    else:
        raise NotColumns


def _opened(op: dict[str, Any]) -> dict[str, Any]:
    """Return an operation with its body taken apart, where it can be put together again."""
    body = op.get("body")
    if isinstance(body, dict):
        raise NotColumns
    if isinstance(body, str):
        read = json.loads(body)
        if isinstance(read, dict) and by.spelled(read) == body:
            return {**op, "body": read}
    return op


class _Writer:
    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.numbers: dict[str, bytearray] = defaultdict(bytearray)
        self.shapes = bytearray()
        self.words: list[bytes] = []
        self.raw = bytearray()
        self.known = {shape: number for number, shape in enumerate(memory.shapes)}
        self.new: list[str] = []

    def row(self, kind: str, value: Any) -> None:
        pieces: list[str] = []
        found: list[Any] = []
        by.leaves(value, pieces, found)
        shape = kind + "".join(pieces)
        if shape not in self.known:
            self.known[shape] = _learn(self.memory, shape)
            self.new.append(shape)
        number = self.known[shape]
        varint(self.shapes, number)
        for path, leaf in zip(self.memory.columns[number], found, strict=True):
            self.leaf(path, leaf)

    def leaf(self, path: str, value: Any) -> None:
        memory, into = self.memory, self.numbers[path]
        if path in memory.last:
            last = memory.last[path]
            if last == value and type(last) is type(value):
                into.append(by.SAME)
                return
        if value is None or value is True or value is False:
            into.append(by.NULL if value is None else by.TRUE if value else by.FALSE)
        elif type(value) is int and abs(value) < by.LARGEST:
            self.integer(path, into, value)
        elif type(value) is str:
            self.text(path, into, value)
        else:
            into.append(by.RAW)
            self.say(into, by.spelled(value))
        memory.last[path] = value

    def integer(self, path: str, into: bytearray, value: int) -> None:
        memory = self.memory
        last = memory.last.get(path)
        step = value - (last if type(last) is int else 0)
        if step == memory.step.get(path):
            into.append(by.STEP)
        else:
            into.append(by.AGAIN)
            signed(into, step)
            memory.step[path] = step

    def text(self, path: str, into: bytearray, value: str) -> None:
        memory = self.memory
        if _IS_ID.fullmatch(value):
            into.append(by.ID)
            self.id(into, value)
        elif (ms := by.to_ms(value)) is not None:
            into.append(by.INSTANT)
            signed(into, ms - memory.instant)
            memory.instant = ms
        elif value in memory.words:
            rank = memory.words.index(value)
            into.append(by.FIRST_RANK + rank)
            memory.words.insert(0, memory.words.pop(rank))
        elif path == _CHAIN and value == _next_link(memory):
            into.append(by.LINK)
        elif _IS_HEX.fullmatch(value):
            into.append(by.HEX)
            varint(into, len(value) // 2)
            self.raw += bytes.fromhex(value)
        else:
            into.append(by.NEW)
            self.say(into, value)
            memory.told(value)

    def id(self, into: bytearray, one: str) -> None:
        memory = self.memory
        if one in memory.ids:
            rank = memory.ids.index(one)
            into.append(1 + rank)
            memory.ids.insert(0, memory.ids.pop(rank))
        elif one in memory.all_ids:
            into.append(255)
            varint(into, memory.all_ids[one])
        else:
            into.append(0)
            value = int(one.replace("-", ""), 16)
            millis, count, chance = value >> 80, value >> 64 & 0xFFF, value & (1 << 62) - 1
            if value >> 76 & 15 != 7 or value >> 62 & 3 != 2:
                into.append(2)
                self.raw += value.to_bytes(16)
            else:
                into.append(chance != memory.chance)
                signed(into, millis - memory.millis)
                varint(into, count)
                if chance != memory.chance:
                    self.raw += chance.to_bytes(8)
                memory.millis, memory.chance = millis, chance
            memory.told_id(one)

    def say(self, into: bytearray, words: str) -> None:
        said = words.encode()
        varint(into, len(said))
        self.words.append(said)


def _next_link(memory: Memory) -> str:
    """Return the link of the audit that follows the last one, from what was told of its event."""
    said = [memory.last.get(path) for path in (_CHAIN, _PK, *_CHAINED)]
    return link(*(one if isinstance(one, str) else "" for one in said))


def _learn(memory: Memory, shape: str) -> int:
    """Note a shape and its columns. Raises `NotAnOperation`."""
    number = memory.add_shape(shape)
    try:
        memory.columns[number] = list(by.paths(json.loads(shape[1:]), shape[0]))
    except (ValueError, RecursionError, IndexError):
        raise NotAnOperation("the shapes") from None
    return number


@lru_cache(maxsize=1)
def _examples() -> Memory:
    text = files("linkworker.oplog").joinpath("wire_examples.json").read_text("utf-8")
    writer = _Writer(Memory())
    for kind, row in json.loads(text):
        writer.row(kind, _opened(row))
    return writer.memory


def pack(said: Mapping[str, Any]) -> bytes:
    """Return what is said, packed. Raises `NotColumns` where it goes better as it is."""
    memory = _examples().copy()
    writer = _Writer(memory)
    try:
        for kind, row in _rows(said):
            writer.row(kind, row)
    except (NotAnOperation, UnicodeEncodeError, RecursionError, ValueError, TypeError, KeyError):
        raise NotColumns from None
    told = bytearray()
    varint(told, len(writer.new))
    for shape in writer.new:
        varint(told, len(shape.encode()))
    varint(told, len(writer.shapes))
    told += writer.shapes
    lengths, streams = bytearray(), bytearray()
    for name in _in_order(memory):
        stream = writer.numbers.get(name, b"")
        if stream and not stream.strip(b"\0"):
            lengths.append(0)
        elif stream and not stream.strip(bytes([by.STEP])):
            lengths.append(1)
        else:
            varint(lengths, len(stream) + 2)
            streams += stream
    told += lengths + streams
    words = _zstd().compress("".join(writer.new).encode() + b"".join(writer.words))
    numbers = _zstd(plain=True).compress(bytes(told))
    whole = bytearray()
    varint(whole, len(words))
    varint(whole, len(numbers))
    return bytes(whole + words + numbers + writer.raw)


def _in_order(memory: Memory) -> list[str]:
    """Return every column that a shape has, in the order in which they were learnt."""
    return list(dict.fromkeys(path for columns in memory.columns for path in columns))


def _zstd(*, plain: bool = False) -> Any:
    import zstandard

    params = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_content_size=False
    )
    return zstandard.ZstdCompressor(
        compression_params=params, dict_data=None if plain else _words()
    )


def _unzstd(data: bytes, most: int, *, plain: bool = False) -> bytes:
    import zstandard

    try:
        unpacked: bytes = (
            zstandard.ZstdDecompressor(
                dict_data=None if plain else _words(),
                format=zstandard.FORMAT_ZSTD1_MAGICLESS,
                max_window_size=1 << 25,
            )
            .stream_reader(data)
            .read(most + 1)
        )
    except zstandard.ZstdError:
        raise NotAnOperation("the packing") from None
    if len(unpacked) > most:
        raise TooMuch
    return unpacked


class _Unpacker:
    def __init__(self, data: bytes, most: int) -> None:
        whole = Reader(data)
        words, numbers = whole.varint(), whole.varint()
        self.words = Reader(_unzstd(whole.bytes(words), most))
        told = Reader(_unzstd(whole.bytes(numbers), most, plain=True))
        self.raw = whole
        self.left = most
        self.memory = _examples().copy()
        for length in [told.varint() for _ in range(self.few(told.varint(), by.MOST_SHAPES))]:
            _learn(self.memory, self.text(length))
        self.shapes = Reader(told.bytes(told.varint()))
        names = _in_order(self.memory)
        lengths = [told.varint() for _ in names]
        self.numbers: dict[str, Reader | int] = {
            name: (by.SAME, by.STEP)[length] if length < 2 else Reader(told.bytes(length - 2))
            for name, length in zip(names, lengths, strict=True)
        }
        self.read_shapes: dict[int, Any] = {}

    @staticmethod
    def few(number: int, most: int) -> int:
        if number > most:
            raise NotAnOperation("the columns")
        return number

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch

    def text(self, length: int) -> str:
        try:
            return self.words.bytes(length).decode()
        except UnicodeDecodeError:
            raise NotAnOperation("the words") from None

    def row(self, kind: str) -> dict[str, Any]:
        number = self.shapes.varint()
        if number >= len(self.memory.shapes) or self.memory.shapes[number][0] != kind:
            raise NotAnOperation("the shapes")
        shape = self.memory.shapes[number]
        self.spend(len(shape))
        if number not in self.read_shapes:
            self.read_shapes[number] = json.loads(shape[1:])
        values = iter([self.leaf(path) for path in self.memory.columns[number]])
        made = by.put_together(self.read_shapes[number], values)
        if not isinstance(made, dict):
            raise NotAnOperation("the whole")
        return made

    def leaf(self, path: str) -> Any:
        memory, stream = self.memory, self.numbers[path]
        token = stream if isinstance(stream, int) else stream.byte()
        if token == by.SAME:
            if path not in memory.last:
                raise NotAnOperation("the columns")
            value = memory.last[path]
        elif isinstance(stream, int):
            value = self.stepped(path, memory.step.get(path))
        else:
            value = self.told(path, token, stream)
        self.spend(len(value) + 2 if isinstance(value, str) else 8)
        memory.last[path] = value
        return value

    def stepped(self, path: str, step: int | None) -> int:
        last = self.memory.last.get(path)
        if step is None:
            raise NotAnOperation("the columns")
        value = (last if type(last) is int else 0) + step
        if abs(value) >= by.LARGEST:
            raise NotAnOperation("the columns")
        return value

    def told(self, path: str, token: int, stream: Reader) -> Any:
        memory = self.memory
        if token >= by.FIRST_RANK:
            rank = self.few(token - by.FIRST_RANK, len(memory.words) - 1)
            memory.words.insert(0, memory.words.pop(rank))
            return memory.words[0]
        match token:
            case by.NULL | by.TRUE | by.FALSE:
                return {by.NULL: None, by.TRUE: True, by.FALSE: False}[token]
            case by.STEP:
                return self.stepped(path, memory.step.get(path))
            case by.AGAIN:
                step = stream.signed()
                value = self.stepped(path, step)
                memory.step[path] = step
                return value
            case by.ID:
                return self.id(stream)
            case by.INSTANT:
                ms = memory.instant + stream.signed()
                value_ = by.from_ms(ms)
                memory.instant = ms
                return value_
            case by.LINK:
                return _next_link(memory)
            case by.HEX:
                return self.raw.bytes(stream.varint()).hex()
            case by.NEW:
                words = self.text(stream.varint())
                memory.told(words)
                return words
        try:
            return json.loads(self.text(stream.varint()))
        except (ValueError, RecursionError):
            raise NotAnOperation("the words") from None

    def id(self, stream: Reader) -> str:
        memory, rank = self.memory, stream.byte()
        if rank == 255:
            number = self.few(stream.varint(), len(memory.id_list) - 1)
            return memory.id_list[number]
        if rank:
            rank = self.few(rank - 1, len(memory.ids) - 1)
            memory.ids.insert(0, memory.ids.pop(rank))
            return memory.ids[0]
        kind = self.few(stream.byte(), 2)
        if kind == 2:
            value = int.from_bytes(self.raw.bytes(16))
        else:
            millis = memory.millis + stream.signed()
            count = self.few(stream.varint(), 0xFFF)
            chance = int.from_bytes(self.raw.bytes(8)) if kind else memory.chance
            if not 0 <= millis < 1 << 48 or chance >> 62:
                raise NotAnOperation("an id")
            value = millis << 80 | 7 << 76 | count << 64 | 2 << 62 | chance
            memory.millis, memory.chance = millis, chance
        digits = f"{value:032x}"
        one = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        memory.told_id(one)
        return one

    def operations(self, number: Any) -> list[Any]:
        if type(number) is not int or not 0 <= number <= MOST_ROWS:
            raise NotAnOperation("operations")
        found = []
        for _ in range(number):
            op = self.row("o")
            if isinstance(op.get("body"), dict):
                op["body"] = by.spelled(op["body"])
            found.append(op)
        return found


def unpack(data: bytes, most: int) -> dict[str, Any]:
    """Return what was said, `most` bytes at most. Raises `NotAnOperation`, `TooMuch`."""
    try:
        return _unpacked(data, most)
    except RecursionError:
        raise NotAnOperation("the whole") from None


def _unpacked(data: bytes, most: int) -> dict[str, Any]:
    unpacker = _Unpacker(data, most)
    said = unpacker.row("h")
    if "operations" in said:
        said["operations"] = unpacker.operations(said["operations"])
    elif type(number := said.get("parts")) is int and 0 <= number <= MOST_ROWS:
        parts = []
        for _ in range(number):
            part = unpacker.row("p")
            part["operations"] = unpacker.operations(part.get("operations"))
            parts.append(part)
        said["parts"] = parts
    else:
        raise NotAnOperation("the whole")
    return said
