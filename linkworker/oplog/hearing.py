"""Hearing operations that were told by columns: the side that reads, and trusts nothing."""

from __future__ import annotations

import json
from typing import Any

from linkworker.oplog import columns as by
from linkworker.oplog.columns import Memory, Reader, TooMuch, in_order, learn, next_link
from linkworker.oplog.operations import NotAnOperation
from linkworker.oplog.squeezing import unsqueeze

MOST_ROWS = 100_000


def _size(value: Any) -> int:
    """Return about how many bytes a leaf is as JSON."""
    if isinstance(value, str):
        return len(value) + 2
    return 8 + (value.bit_length() // 3 if isinstance(value, int) else 0)


class Unpacker:
    """Hears what a `telling.Writer` told. All raise `NotAnOperation`, `TooMuch`."""

    def __init__(self, data: bytes, most: int, memory: Memory) -> None:
        """`memory` is what the other side knew; `most` are the bytes that come out at most."""
        whole = Reader(data)
        words, numbers = whole.varint(), whole.varint()
        self.words = Reader(unsqueeze(whole.bytes(words), most))
        told = Reader(unsqueeze(whole.bytes(numbers), most))
        self.raw = whole
        self.left = most
        self.memory = memory
        for length in [told.varint() for _ in range(self._few(told.varint(), by.MOST_SHAPES))]:
            learn(self.memory, self._text(length), self._spend)
        self.shapes = Reader(told.bytes(told.varint()))
        names = in_order(self.memory)
        lengths = [told.varint() for _ in names]
        self.numbers: dict[str, Reader | int] = {
            name: (by.SAME, by.STEP)[length] if length < 2 else Reader(told.bytes(length - 2))
            for name, length in zip(names, lengths, strict=True)
        }
        self.read_shapes: dict[int, Any] = {}

    @staticmethod
    def _few(number: int, most: int) -> int:
        if number > most:
            raise NotAnOperation("the columns")
        return number

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch

    def _text(self, length: int) -> str:
        try:
            return self.words.bytes(length).decode()
        except UnicodeDecodeError:
            raise NotAnOperation("the words") from None

    def row(self, kind: str) -> dict[str, Any]:
        """Hear one row of this kind."""
        number = self.shapes.varint()
        if number >= len(self.memory.shapes) or self.memory.shapes[number][0] != kind:
            raise NotAnOperation("the shapes")
        shape = self.memory.shapes[number]
        self._spend(len(shape))
        if number not in self.read_shapes:
            self.read_shapes[number] = json.loads(shape[1:])
        values = iter([self._leaf(path) for path in self.memory.columns[number]])
        made = by.put_together(self.read_shapes[number], values)
        if not isinstance(made, dict):
            raise NotAnOperation("the whole")
        return made

    def _leaf(self, path: str) -> Any:
        memory, stream = self.memory, self.numbers[path]
        token = stream if isinstance(stream, int) else stream.byte()
        if token == by.SAME:
            if path not in memory.last:
                raise NotAnOperation("the columns")
            value = memory.last[path]
        elif isinstance(stream, int):
            value = self._stepped(path, memory.step.get(path))
        else:
            value = self._told(path, token, stream)
        self._spend(_size(value))
        memory.last[path] = value
        return value

    def _stepped(self, path: str, step: int | None) -> int:
        last = self.memory.last.get(path)
        if step is None:
            raise NotAnOperation("the columns")
        value = (last if type(last) is int else 0) + step
        if abs(value) >= by.LARGEST:
            raise NotAnOperation("the columns")
        return value

    def _told(self, path: str, token: int, stream: Reader) -> Any:
        memory = self.memory
        if token >= by.FIRST_RANK:
            told = memory.words
            if token < by.FIRST_WORDS:
                told = memory.names.get(path, [])
            first = by.FIRST_RANK if token < by.FIRST_WORDS else by.FIRST_WORDS
            rank = self._few(token - first, len(told) - 1)
            told.insert(0, told.pop(rank))
            return told[0]
        match token:
            case by.NULL | by.TRUE | by.FALSE:
                return {by.NULL: None, by.TRUE: True, by.FALSE: False}[token]
            case by.STEP:
                return self._stepped(path, memory.step.get(path))
            case by.AGAIN:
                step = stream.signed()
                value = self._stepped(path, step)
                memory.step[path] = step
                return value
            case by.ID:
                return self._id(stream)
            case by.INSTANT:
                ms = memory.instant + stream.signed()
                value_ = by.from_ms(ms)
                memory.instant = ms
                return value_
            case by.LINK:
                return next_link(memory)
            case by.HEX:
                return self.raw.bytes(stream.varint()).hex()
            case by.LINE | by.PIECE:
                at = self._few(memory.read_to + stream.varint(), len(memory.story))
                if token == by.PIECE:
                    ends = self._few(at + stream.varint(), len(memory.story))
                else:  # looked for only here: it is paid for by what the line is long
                    ends = memory.story.find("\n", at)
                    ends = ends if ends >= 0 else len(memory.story)
                memory.read_to = ends
                piece = memory.story[at:ends]
                memory.told(path, piece)
                return piece
            case by.NEW:
                words = self._text(stream.varint())
                memory.told(path, words)
                return words
        return self._raw(self._text(stream.varint()))

    @staticmethod
    def _raw(said: str) -> Any:
        """Read a number that has no shorter spelling: a list in its place would cost one leaf."""
        try:
            value = json.loads(said)
        except (ValueError, RecursionError):
            raise NotAnOperation("the words") from None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotAnOperation("the words")
        return value

    def _id(self, stream: Reader) -> str:
        memory, rank = self.memory, stream.byte()
        if rank == 255:
            number = self._few(stream.varint(), len(memory.id_list) - 1)
            return memory.id_list[number]
        if rank:
            rank = self._few(rank - 1, len(memory.ids) - 1)
            memory.ids.insert(0, memory.ids.pop(rank))
            return memory.ids[0]
        kind = self._few(stream.byte(), 3)
        if kind == 2:
            value = int.from_bytes(self.raw.bytes(16))
        else:
            millis = memory.millis + stream.signed()
            count = memory.next_count(millis) + stream.signed()
            if kind == 1:
                chance = int.from_bytes(self.raw.bytes(8))
            else:
                chance = memory.chance + 1 + (stream.signed() if kind else 0)
            if not (0 <= millis < 1 << 48 and 0 <= count < 1 << 12 and 0 <= chance < 1 << 62):
                raise NotAnOperation("an id")
            value = millis << 80 | 7 << 76 | count << 64 | 2 << 62 | chance
            memory.millis, memory.count, memory.chance = millis, count, chance
        digits = f"{value:032x}"
        one = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        memory.told_id(one)
        return one

    def operations(self, number: Any) -> list[Any]:
        """Hear so many operations, each as it was before it was told."""
        if type(number) is not int or not 0 <= number <= MOST_ROWS:
            raise NotAnOperation("operations")
        found = []
        for _ in range(number):
            op = self.row("o")
            if isinstance(op.get("body"), dict):
                op["body"] = by.spelled(op["body"])
            found.append(op)
        return found
