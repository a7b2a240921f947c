"""The note is read beside the keys: a key never waits, and what is shown is of the newest text."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from linkworker.screens import note_page, note_reading
from tests.screens.hands import until
from tests.screens.note_hands import (
    done,
    note,
    note_open,
    panel_words,
    read,
    rows,
    somebody,
    type_words,
)
from tests.screens.snapshots import text_of


class Slow:
    """Reads a note as ever, but only when it is let."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.began = threading.Event()
        self.texts: list[str] = []
        self._read = note_reading.read_whole

    def __call__(self, to_read: Any, before: Any) -> Any:
        self.began.set()
        assert self.go.wait(10)
        self.texts.append(to_read.text)
        return self._read(to_read, before)

    def hold(self) -> None:
        self.began.clear()
        self.go.clear()


@pytest.fixture
def slow(monkeypatch) -> Slow:
    slow = Slow()
    monkeypatch.setattr(note_reading, "read_whole", slow)
    return slow


async def test_keys_are_shown_while_a_long_note_is_still_being_read(app_over, store, slow):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        slow.hold()
        await type_words(pilot, "+ mends clocks\n")
        await until(pilot, slow.began.is_set)
        await type_words(pilot, "Sat with him.")
        assert "Sat with him." in text_of(app)
        slow.go.set()
        assert "mends clocks" in (await read(pilot)).split("What this note will add")[1]


async def test_what_was_read_of_an_older_text_is_never_shown(app_over, store, slow):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        shown: list[str] = []
        panel = note(pilot).panel
        show = panel.show
        panel.show = lambda *what: shown.append(note(pilot).text_read) or show(*what)
        slow.hold()
        await type_words(pilot, "+ mends clock")
        await until(pilot, slow.began.is_set)
        await type_words(pilot, "s")
        slow.go.set()
        await read(pilot)
        assert slow.texts[-2:] == ["+ mends clock", "+ mends clocks"]
        assert shown == ["+ mends clocks"]
        assert "mends clocks" in panel_words(pilot)


async def test_done_waits_for_the_newest_reading_and_records_what_it_shows(app_over, store, slow):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        slow.hold()
        await type_words(pilot, "+ mends clock")
        await until(pilot, slow.began.is_set)
        await pilot.press("ctrl+s")
        await type_words(pilot, "s")
        assert rows(store, "SELECT 1 FROM note") == []
        slow.go.set()
        await until(pilot, lambda: rows(store, "SELECT 1 FROM note"))
    assert rows(store, "SELECT words FROM strength") == [("mends clocks",)]


async def test_done_pressed_twice_in_impatience_still_tells_what_stays_text(app_over, store, slow):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        slow.hold()
        await type_words(pilot, "> ring the club")
        await pilot.press("ctrl+s", "ctrl+s")
        slow.go.set()
        await until(pilot, lambda: "One marked line waits for an answer" in text_of(app))
        assert rows(store, "SELECT 1 FROM note") == []
        await done(pilot)
    assert rows(store, "SELECT words FROM note") == [("> ring the club",)]


async def test_an_error_while_reading_is_told_and_the_next_key_reads_again(
    app_over, store, monkeypatch
):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(note_reading, "read_whole", lambda to_read, before: 1 / 0)
            await type_words(pilot, "+ mends clock")
            await until(pilot, lambda: not note(pilot)._at_work and not note(pilot)._read_timer)
        await type_words(pilot, "s")
        await read(pilot)
        assert "mends clocks" in panel_words(pilot)


async def test_three_hundred_marked_lines_are_read_and_answered(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        lines = [f"+ strength number {number}" for number in range(299)]
        note(pilot).editor.load_text("\n".join([*lines, "> ring the club"]))
        await read(pilot)
        assert len(note(pilot).panel.rows) == 300
        await pilot.press("tab", "1")
        await read(pilot)
        assert "Stan Webb" in panel_words(pilot).splitlines()[-1]


async def test_a_long_panel_is_set_beside_the_keys_also_when_its_scroll_bar_comes(
    app_over, store, monkeypatch
):
    app = app_over(store)
    where: list[bool] = []
    setting = note_page._set

    def set_row(*told: Any) -> Any:
        where.append(threading.current_thread() is threading.main_thread())
        return setting(*told)

    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        monkeypatch.setattr(note_page, "_set", set_row)
        await type_words(pilot, "+ mends clocks")
        await read(pilot)
        assert not note(pilot).panel.show_vertical_scrollbar
        note(pilot).editor.load_text("\n".join(f"+ strength number {one}" for one in range(60)))
        await read(pilot)
        await until(pilot, lambda: note(pilot).panel.show_vertical_scrollbar)
        await pilot.pause()
    assert len(where) > 60
    assert not any(where)


def test_a_long_reading_rests_for_the_keys(monkeypatch):
    clock = [0.0]
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(note_reading, "monotonic", lambda: clock[0])
    monkeypatch.setattr(note_reading, "sleep", rest)
    pauses = note_reading.Pauses()
    for _ in range(10):
        clock[0] += 0.001
        pauses.between()
    assert len(rests) == 2
    assert pauses.slept == pytest.approx(sum(rests))
