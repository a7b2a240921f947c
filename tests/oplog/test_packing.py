"""What is spelled by columns is what it was made of, and what a stranger spells so harms nobody."""

from __future__ import annotations

import hashlib
import json
import time
import tracemalloc
from contextlib import suppress
from importlib.resources import files
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworker.clock import uuid7_ids
from linkworker.oplog import columns as by
from linkworker.oplog import packing
from linkworker.oplog.columns import NotColumns, TooMuch
from linkworker.oplog.operations import NotAnOperation
from linkworker.oplog.squeezing import squeeze

MOST = 1 << 20
IDS = uuid7_ids()
PERSON, WORKER = IDS(), IDS()


def _operation(n: int, **body: Any) -> dict[str, Any]:
    said = {"recorded": {"recorded_at": "2026-11-23T07:41:56.617Z", "recorded_by": WORKER}, **body}
    return {
        "dev": "86e43f50a3aa416c",
        "n": n,
        "act": f"86e43f50a3aa416c:{n}",
        "stamp": 1795419716608 + n * 37,
        "scope": f"person:{PERSON}:team",
        "tbl": "note",
        "pk": IDS(),
        "kind": "put",
        "body": json.dumps(said, ensure_ascii=False, separators=(",", ":")),
        "schema_v": 1,
        "actor": WORKER,
    }


def _note(n: int) -> dict[str, Any]:
    words = f"{n}. A café by the canal.\n\n+ knows the lock keeper\n> Ann: ring on Thursday"
    return _operation(n, note={"words": words, "contact_id": IDS()})


DAY = [_note(n) for n in range(1, 9)] + [
    _operation(20, words={"words": "knows the lock keeper"}, state={"open": True, "sure": 0.5}),
    _operation(21, words={"words": "Ann: ring"}, minutes={"minutes": -(10**30)}),
    _operation(22, mark={"chain": "ab" * 32, "at": "0001-01-01T00:00:00.000Z", "who": None}),
    {**_note(23), "body": '{ "words": {"words": "not as it is hashed"}}', "hub_seq": 7},
    {**_note(24), "body": None, "kind": "void", "base": {}},
    {**_note(25), "pk": PERSON.upper(), "tbl": "A later table", "later": [[], {}, "person:*"]},
    {**_note(26), "base": {"words": ["86e43f50a3aa416c:3", "*"]}, "kind": "a later kind"},
    {**_note(27), "pk": "00000000-0000-4000-8000-00000000000a", "body": '{"x":1e400}'},
]


def test_a_push_is_unpacked_to_the_very_json_it_was_made_of() -> None:
    said = {"operations": DAY}
    assert json.dumps(packing.unpack(packing.pack(said), MOST)) == json.dumps(said)


def test_what_would_come_out_as_anything_else_goes_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = packing._packed
    other = {"operations": [{**DAY[0], "n": 9}, *DAY[1:]]}
    monkeypatch.setattr(packing, "_packed", lambda said: packed(other))
    with pytest.raises(NotColumns):
        packing.pack({"operations": DAY})
    monkeypatch.setattr(packing, "_packed", lambda said: packed(said)[:-1])
    with pytest.raises(NotColumns):
        packing.pack({"operations": DAY})


def test_an_answer_of_many_parts_is_too() -> None:
    parts = [
        {"scope": f"person:{IDS()}", "after": at, "checksum": "0f" * 16, "operations": DAY[:at]}
        for at in range(4)
    ]
    said = {"ask": 3, "parts": parts, "lost": ["team"], "more": False}
    assert json.dumps(packing.unpack(packing.pack(said), MOST)) == json.dumps(said)


def test_a_day_is_far_less_than_it_is_as_objects() -> None:
    said = {"operations": [_note(n) for n in range(60)]}
    objects = zstandard.ZstdCompressor(9).compress(json.dumps(said).encode())
    assert len(packing.pack(said)) < len(objects) * 0.7


def test_what_has_no_operations_goes_as_it_is() -> None:
    with pytest.raises(NotColumns):
        packing.pack({"claims": []})


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.text(), _VALUES, max_size=4), max_size=4))
def test_whatever_a_later_release_says_comes_as_it_was(operations: list[dict[str, Any]]) -> None:
    said = {"operations": operations}
    try:
        packed = packing.pack(said)
    except NotColumns:
        return  # it goes as JSON
    assert json.dumps(packing.unpack(packed, MOST)) == json.dumps(said)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(1, 255)), min_size=1, max_size=4))
def test_spoilt_bytes_are_refused_or_are_another_message(changes: list[tuple[int, int]]) -> None:
    spoilt = bytearray(packing.pack({"operations": DAY[:5]}))
    for at, turned in changes:
        spoilt[at % len(spoilt)] ^= turned
    with suppress(NotAnOperation, TooMuch):
        assert isinstance(packing.unpack(bytes(spoilt), MOST), dict)


def test_a_few_bytes_do_not_become_many() -> None:
    long = {"operations": [{**_note(1), "later": {"a" * 4_000: 1}}] * 600}
    packed = packing.pack(long)
    assert len(packed) < 20_000
    with pytest.raises(TooMuch):
        packing.unpack(packed, MOST)


def _by_hand(
    shapes: list[str], words: str = "", rows: bytes = b"", told: dict[str, bytes] | None = None
) -> bytes:
    """Spell what no `Writer` would: new shapes, rows by their place among these, what is told."""
    memory = packing._examples().copy()
    first = len(memory.shapes)
    columns, numbers, streams = bytearray(), bytearray(), bytearray()
    by.varint(numbers, len(shapes))
    for shape in shapes:
        by.varint(numbers, len(shape))
    for row in rows:
        by.varint(columns, first + row)
    by.varint(numbers, len(columns))
    numbers += columns
    if told is not None:
        for shape in shapes:
            by.learn(memory, shape, lambda _: None)
        for name in by.in_order(memory):
            stream = told.get(name, b"")
            by.varint(numbers, len(stream) + 2)
            streams += stream
    parts = [squeeze(("".join(shapes) + words).encode(), 1), squeeze(bytes(numbers + streams), 1)]
    whole = bytearray()
    for part in parts:
        by.varint(whole, len(part))
    return bytes(whole + parts[0] + parts[1])


def _long(token: int, *numbers: int) -> bytes:
    into = bytearray([token])
    for number in numbers:
        by.varint(into, number)
    return bytes(into)


def _memory_taken(packed: bytes, most: int) -> int:
    tracemalloc.start()
    try:
        with pytest.raises((NotAnOperation, TooMuch)):
            packing.unpack(packed, most)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_list_that_is_said_again_in_each_row_is_refused() -> None:
    said = json.dumps([0] * 2_000)
    packed = _by_hand(
        ['h{"operations":0}', 'o{"later":0}'],
        "5000" + said,
        bytes([0] + [1] * 5_000),
        {
            "h/operations": _long(by.RAW, 4),
            "o/later": _long(by.RAW, len(said)) + bytes([by.SAME]) * 4_999,
        },
    )
    assert len(packed) < 200
    with pytest.raises(NotAnOperation):
        packing.unpack(packed, 1 << 24)


def test_a_long_number_that_is_said_again_is_paid_for_each_time() -> None:
    packed = _by_hand(
        ['h{"operations":0}', 'o{"later":0}'],
        "5000" + "9" * 4_000,
        bytes([0] + [1] * 5_000),
        {
            "h/operations": _long(by.RAW, 4),
            "o/later": _long(by.RAW, 4_000) + bytes([by.SAME]) * 4_999,
        },
    )
    with pytest.raises(TooMuch):
        packing.unpack(packed, MOST)


def test_a_long_name_around_many_leaves_is_refused_before_it_takes_the_memory() -> None:
    wide = 'o{"' + "a" * 20_000 + '":[' + "0," * 20_000 + "0]}"
    deep = "o" + '{"":' * 200 + "[" + "0," * 200_000 + "0]" + "}" * 200
    for shape in (wide, deep):
        packed = _by_hand([shape])
        assert len(packed) < 200
        assert _memory_taken(packed, MOST) < 16 * MOST


def test_what_would_take_gigabytes_to_pack_goes_as_it_is() -> None:
    body = json.dumps({"a" * 20_000: [0] * 20_000}, separators=(",", ":"))
    tracemalloc.start()
    try:
        with pytest.raises(NotColumns):
            packing.pack({"operations": [{**DAY[0], "body": body}]})
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_pieces_of_a_long_line_are_heard_without_reading_it_to_its_end_for_each() -> None:
    pieces = 100_000
    row = 'o{"some":[' + ",".join(["0"] * 1_000) + "]}"
    packed = _by_hand(
        ['h{"operations":0}', 'o{"words":0}', row],
        "101" + "\n" + "a" * 4_000_000,
        bytes([0, 1] + [2] * (pieces // 1_000)),
        {
            "h/operations": _long(by.RAW, 3),
            "o/words": _long(by.NEW, 4_000_001),
            "o/some/": _long(by.PIECE, 1, 0) + _long(by.PIECE, 0, 0) * (pieces - 1),
        },
    )
    began = time.process_time()
    assert len(packing.unpack(packed, 1 << 24)["operations"]) == 101
    assert time.process_time() - began < 3


def test_lists_in_lists_without_end_are_refused() -> None:
    deep: Any = 1
    for _ in range(400):
        deep = [deep]
    try:
        packed = packing.pack({"operations": [{"later": deep}]})
    except NotColumns:
        return
    assert packing.unpack(packed, MOST)["operations"] == [{"later": deep}]


def test_what_both_sides_begin_with_never_changes_under_its_name() -> None:
    begins = files("linkworker.oplog").joinpath(packing.EXAMPLES).read_bytes()
    assert packing.NAME == "lw1"
    assert hashlib.sha256(begins).hexdigest()[:16] == "6b8ad14152f73afa"
