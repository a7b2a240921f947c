"""A push or an answer to a pull as few bytes: its operations by columns (`columns`), then packed.

What is packed is unpacked to the very JSON that it was made of. `NAME` names it as a content coding
of HTTP; another spelling is another name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from linkworker.oplog import columns as by
from linkworker.oplog.columns import Memory, NotColumns, TooMuch, in_order, varint
from linkworker.oplog.hearing import MOST_ROWS, Unpacker
from linkworker.oplog.operations import NotAnOperation
from linkworker.oplog.squeezing import NUMBERS, WORDS, squeeze
from linkworker.oplog.telling import Writer

NAME = "lw1"

EXAMPLES = "wire_examples.json"
"""Rows that both sides have told before they begin: every table, with what nobody wrote."""

MOST_PACKED = 256 * 1024
"""Bytes of JSON above which nothing is gained that is worth the time: a first sync's pages."""

MOST_READ_BACK = 16 * MOST_PACKED
"""Bytes that what was packed may become at most when it is read back."""


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


@lru_cache(maxsize=1)
def _examples() -> Memory:
    text = files("linkworker.oplog").joinpath(EXAMPLES).read_text("utf-8")
    writer = Writer(Memory(), MOST_READ_BACK)
    for kind, row in json.loads(text):
        writer.row(kind, _opened(row))
    return writer.memory


def pack(said: Mapping[str, Any]) -> bytes:
    """Return what is said, packed. Raises `NotColumns` where it goes better as it is.

    It is read back before it goes: hashes that can be worked out are not sent, so that whoever
    reads it could not tell a word that came out as another.
    """
    packed = _packed(said)
    try:
        is_whole = by.spelled(_unpacked(packed, MOST_READ_BACK)) == by.spelled(said)
    except (NotAnOperation, TooMuch, RecursionError):
        is_whole = False
    if not is_whole:
        raise NotColumns
    return packed


def _packed(said: Mapping[str, Any]) -> bytes:
    memory = _examples().copy()
    writer = Writer(memory, MOST_READ_BACK)
    try:
        for kind, row in _rows(said):
            writer.row(kind, row)
    except (NotAnOperation, TooMuch, RecursionError, ValueError, TypeError, KeyError):
        raise NotColumns from None
    told = bytearray()
    varint(told, len(writer.new))
    for shape in writer.new:
        varint(told, len(shape.encode()))
    varint(told, len(writer.shapes))
    told += writer.shapes
    lengths, streams = bytearray(), bytearray()
    for name in in_order(memory):
        stream = writer.numbers.get(name, b"")
        if stream and not stream.strip(b"\0"):
            lengths.append(0)
        elif stream and not stream.strip(bytes([by.STEP])):
            lengths.append(1)
        else:
            varint(lengths, len(stream) + 2)
            streams += stream
    told += lengths + streams
    words = squeeze("".join(writer.new).encode() + b"".join(writer.words), WORDS)
    numbers = squeeze(bytes(told), NUMBERS)
    whole = bytearray()
    varint(whole, len(words))
    varint(whole, len(numbers))
    return bytes(whole + words + numbers + writer.raw)


def unpack(data: bytes, most: int) -> dict[str, Any]:
    """Return what was said, `most` bytes at most. Raises `NotAnOperation`, `TooMuch`."""
    try:
        return _unpacked(data, most)
    except RecursionError:
        raise NotAnOperation("the whole") from None


def _unpacked(data: bytes, most: int) -> dict[str, Any]:
    unpacker = Unpacker(data, most, _examples().copy())
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
