"""Telling operations by columns (`columns`): the side that writes."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from linkworker.oplog import columns as by
from linkworker.oplog.columns import CHAIN, Memory, TooMuch, learn, next_link, signed, varint

_IS_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_IS_HEX = re.compile("(?:[0-9a-f]{2}){8,32}")


class Writer:
    """Tells rows one after the other, with what was told before in mind."""

    def __init__(self, memory: Memory, most: int) -> None:
        """`memory` is what the other side knows at this place too; `most` bytes it reads back."""
        self.memory = memory
        self.left = most
        self.numbers: dict[str, bytearray] = defaultdict(bytearray)
        self.shapes = bytearray()
        self.words: list[bytes] = []
        self.raw = bytearray()
        self.known = {shape: number for number, shape in enumerate(memory.shapes)}
        self.new: list[str] = []

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch

    def row(self, kind: str, value: Any) -> None:
        """Tell one row; `kind` is one letter. Raises `NotAnOperation`, `TooMuch` at many shapes."""
        pieces: list[str] = []
        found: list[Any] = []
        by.leaves(value, pieces, found)
        shape = kind + "".join(pieces)
        if shape not in self.known:
            self.known[shape] = learn(self.memory, shape, self._spend)
            self.new.append(shape)
        number = self.known[shape]
        varint(self.shapes, number)
        for path, leaf in zip(self.memory.columns[number], found, strict=True):
            self._leaf(path, leaf)

    def _leaf(self, path: str, value: Any) -> None:
        memory, into = self.memory, self.numbers[path]
        if path in memory.last:
            last = memory.last[path]
            if last == value and type(last) is type(value):
                into.append(by.SAME)
                return
        if value is None or value is True or value is False:
            into.append(by.NULL if value is None else by.TRUE if value else by.FALSE)
        elif type(value) is int and abs(value) < by.LARGEST:
            self._integer(path, into, value)
        elif type(value) is str:
            self._text(path, into, value)
        else:
            into.append(by.RAW)
            self._say(into, by.spelled(value))
        memory.last[path] = value

    def _integer(self, path: str, into: bytearray, value: int) -> None:
        memory = self.memory
        last = memory.last.get(path)
        step = value - (last if type(last) is int else 0)
        if step == memory.step.get(path):
            into.append(by.STEP)
        else:
            into.append(by.AGAIN)
            signed(into, step)
            memory.step[path] = step

    def _text(self, path: str, into: bytearray, value: str) -> None:
        memory = self.memory
        if _IS_ID.fullmatch(value):
            into.append(by.ID)
            self._id(into, value)
        elif (ms := by.to_ms(value)) is not None:
            into.append(by.INSTANT)
            signed(into, ms - memory.instant)
            memory.instant = ms
        elif value in (told := memory.list_of(path, value)):
            rank = told.index(value)
            into.append(rank + (by.FIRST_WORDS if told is memory.words else by.FIRST_RANK))
            told.insert(0, told.pop(rank))
        elif path == CHAIN and value == next_link(memory):
            into.append(by.LINK)
        elif _IS_HEX.fullmatch(value):
            into.append(by.HEX)
            varint(into, len(value) // 2)
            self.raw += bytes.fromhex(value)
        elif len(value) > 3 and (at := memory.story.find(value, memory.read_to)) >= 0:
            begins, memory.read_to = at - memory.read_to, at + len(value)
            ends = memory.story.find("\n", at)
            is_line = memory.read_to == (ends if ends >= 0 else len(memory.story))
            into.append(by.LINE if is_line else by.PIECE)
            varint(into, begins)
            if not is_line:
                varint(into, len(value))
            memory.told(path, value)
        else:
            into.append(by.NEW)
            self._say(into, value)
            memory.told(path, value)

    def _id(self, into: bytearray, one: str) -> None:
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
                after = chance - memory.chance - 1
                into.append(0 if not after else 3 if abs(after) < by.NEAR else 1)
                signed(into, millis - memory.millis)
                signed(into, count - memory.next_count(millis))
                if abs(after) >= by.NEAR:
                    self.raw += chance.to_bytes(8)
                elif after:
                    signed(into, after)
                memory.millis, memory.count, memory.chance = millis, count, chance
            memory.told_id(one)

    def _say(self, into: bytearray, words: str) -> None:
        said = words.encode()
        varint(into, len(said))
        self.words.append(said)
