"""Notes from the first key to the filled plan: a visit, a first conversation, two records, undo.

The keys are counted: from Today a visit is written up in at most eight beyond its words.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from linkworker.screens.note import NoteScreen
from linkworker.screens.note_stories import StoriesScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.store import Store
from tests.screens.conftest import app_over, running  # noqa: F401  # fixtures
from tests.screens.hands import until
from tests.screens.note_hands import note, panel_words, read, rows, type_words
from tests.screens.snapshots import text_of
from tests.screens.terrys_week import write_terrys_week

MOST_KEYS = 8
APART = "!! Joan, in the kitchen: told me she had shouted and was frightened of doing it again"


@pytest.fixture
def week(store: Store) -> dict[str, str]:
    return write_terrys_week(store)


@asynccontextmanager
async def on_today(app: Any, size: tuple[int, int] = (108, 36)) -> AsyncIterator[Pilot]:
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await pilot.pause()
        yield pilot


async def keys(pilot: Pilot, *pressed: str) -> int:
    """Press keys one after the other; return how many they were."""
    for key in pressed:
        await pilot.press(key)
        await pilot.pause()
    return len(pressed)


async def a_note_is_open(pilot: Pilot) -> None:
    app: Any = pilot.app
    await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)


async def open_person(pilot: Pilot, person: str) -> None:
    app: Any = pilot.app
    app.open_person(person)
    await until(pilot, lambda: isinstance(app.screen, PersonScreen))
    await pilot.pause()


async def a_note_is_done(pilot: Pilot) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
    await pilot.pause()


async def test_a_visit(app_over: Callable[..., Any], store: Store, week: dict[str, str]) -> None:  # noqa: F811  # the fixture
    app = app_over(store)
    async with on_today(app) as pilot:
        pressed = await keys(pilot, "ctrl+n", "t", "e", "r", "enter")
        await a_note_is_open(pilot)
        assert "Fri 27 Nov 10:05 · 50 min · home visit" in text_of(app)
        await type_words(
            pilot,
            "Met me at the gate this time, in his good coat.\n"
            "x ring the bike club: done\n"
            "+ keeps a tidy shed\n"
            "> Terry: ask Ray about Saturday by 4 Dec\n",
        )
        await read(pilot)
        pressed += await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
        assert pressed <= MOST_KEYS
        assert "Saved. Undo with Ctrl+Z." in text_of(app)
        await open_person(pilot, week["Terry Beasley"])
        await until(pilot, lambda: "a tidy shed" in text_of(app))
        assert "ask Ray about" in text_of(app)
        await keys(pilot, "3")
        await until(pilot, lambda: "Met me at the gate this time" in text_of(app))
    assert rows(store, "SELECT state FROM step WHERE words = 'ring the bike club'") == [("done",)]
    assert rows(
        store,
        "SELECT state FROM appointment WHERE at = '2026-11-27T10:05' AND person_id = ?",
        week["Terry Beasley"],
    ) == [("happened",)]


async def test_sat_with_him_no_steps(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    app = app_over(store)
    async with on_today(app) as pilot:
        pressed = await keys(pilot, "ctrl+n", "s", "t", "a", "enter")
        await a_note_is_open(pilot)
        await type_words(pilot, "Sat with him. No steps.")
        pressed += await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
    assert pressed == 6
    assert rows(store, "SELECT words FROM note WHERE person_id = ?", week["Stan Webb"])[-1] == (
        "Sat with him. No steps.",
    )


async def test_a_first_conversation_that_fills_the_plan(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    lucia = week["Lucia Moreira"]
    app = app_over(store)
    async with on_today(app, (120, 45)) as pilot:
        await keys(pilot, "ctrl+n", "l", "u", "c", "enter")
        await a_note_is_open(pilot)
        await type_words(
            pilot,
            "Lucia would like to sing again. Her sister Rosa comes on Sundays.\n"
            "+ sings, knows a hundred songs\n"
            "+ cooks for ten\n"
            '* "sing where nobody minds"\n'
            "@ Rosa (sister), Sundays\n"
            "@ Barwell choir: suggested\n"
            "> Lucia: ring the choir by Wed 2 Dec\n"
            "> Rosa: go with her\n"
            "> find out about the bus\n"
            "~ the letters only come in English\n"
            "? a choir in the daytime\n",
        )
        await read(pilot)
        assert "Who will do this?" in panel_words(pilot)
        await keys(pilot, "tab")
        assert note(pilot).panel.has_focus
        await keys(pilot, "1", "escape")
        await read(pilot)
        await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
        await open_person(pilot, lucia)
        await until(pilot, lambda: "cooks for ten" in text_of(app))
        await keys(pilot, "2")
        await until(pilot, lambda: "sing where nobody minds" in text_of(app))
        assert "ring the choir" in text_of(app)
    doing = rows(store, "SELECT words, who_does FROM step WHERE person_id = ? ORDER BY id", lucia)
    assert doing == [
        ("ring the choir", "person"),
        ("go with her", "family or friend"),
        ("find out about the bus", "person"),
    ]
    assert rows(store, "SELECT name, relationship FROM tie WHERE person_id = ?", lucia) == [
        ("Rosa", "sister")
    ]
    assert rows(store, "SELECT agreed_on FROM goal WHERE person_id = ?", lucia) == [(None,)]


async def test_derek_and_joan_one_visit_two_records(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    derek, joan = week["Derek Pratt"], week["Joan Pratt"]
    app = app_over(store)
    async with on_today(app) as pilot:
        await keys(pilot, "ctrl+n", "d", "e", "r", "enter")
        await a_note_is_open(pilot)
        await keys(pilot, "ctrl+b", "j", "o", "a", "enter")
        assert "Note about Derek and Joan Pratt" in text_of(app)
        await type_words(
            pilot,
            "We walked to the end of the lane and back.\n"
            "+ Derek: knows every hedge\n"
            "+ Joan: plays the chapel organ\n"
            "> Joan: ask Malcolm about Sundays\n" + APART,
        )
        await read(pilot)
        assert "kept apart" in panel_words(pilot)
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, StoriesScreen))
        await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
        for person in (derek, joan):
            await open_person(pilot, person)
            await until(pilot, lambda: "lane" in text_of(app))
            for section in "123456":
                await keys(pilot, section)
                shown = text_of(app)
                assert "kitchen" not in shown
                assert "frightened" not in shown
            await keys(pilot, "escape")
    assert store.search("frightened") == []
    kept = "SELECT person_id FROM kept_apart"
    assert rows(store, kept) == [(joan,)]
    assert rows(store, "SELECT words FROM strength WHERE person_id = ?", derek) == [
        ("knows every hedge",)
    ]
    words = rows(store, "SELECT person_id FROM note WHERE words LIKE '%part is kept apart%'")
    assert words == [(joan,)]


async def test_the_wrong_note_undone(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    """Written about Derek, meant for Dean: one key takes all of it back, also from the plan."""
    derek = week["Derek Pratt"]
    tables = ("note", "contact", "strength", "step", "tie", "note_mark")
    count = "SELECT count(*) FROM {} WHERE hidden_at IS NULL"
    before = [rows(store, count.format(table)) for table in tables]
    app = app_over(store)
    async with on_today(app) as pilot:
        await keys(pilot, "ctrl+n", "d", "e", "r", "enter")
        await a_note_is_open(pilot)
        await type_words(
            pilot, "Rang from the car park.\n+ good with nervous dogs\n> Kelly: staying tonight\n"
        )
        await read(pilot)
        await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
        assert rows(store, "SELECT 1 FROM strength WHERE person_id = ?", derek)
        await keys(pilot, "ctrl+z")
        await until(pilot, lambda: "Taken back: the note" in text_of(app))
        assert [rows(store, count.format(table)) for table in tables] == before
        await keys(pilot, "ctrl+y")
        await pilot.pause()
        assert [rows(store, count.format(table)) for table in tables] != before
        await keys(pilot, "ctrl+z")
        await pilot.pause()
        assert [rows(store, count.format(table)) for table in tables] == before
        await keys(pilot, "ctrl+n", "d", "e", "a", "enter")
        await a_note_is_open(pilot)
        assert "puts in the words of a note that was taken back" in text_of(app)
        await keys(pilot, "ctrl+d")
        assert "Derek Pratt" in text_of(app)
        assert "Rang from the car park." in text_of(app)
        await keys(pilot, "enter")
        assert note(pilot).editor.text.startswith("Rang from the car park.\n+ good with")
        await read(pilot)
        await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
    dean = week["Dean Hollis"]
    standing = "SELECT words FROM strength WHERE person_id = ? AND hidden_at IS NULL"
    assert rows(store, standing, dean) == [("good with nervous dogs",)]
    assert rows(store, standing, derek) == []


async def test_a_visit_that_was_not_written_up_is_dated_when_it_was(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    app = app_over(store)
    async with on_today(app) as pilot:
        page = app.screen.query_one("#today")
        for _ in range(20):
            await keys(pilot, "down")
            if app.screen.item is not None and app.screen.item.kind == "not written up":
                break
        assert page.has_focus
        await keys(pilot, "enter")
        await a_note_is_open(pilot)
        shown = text_of(app)
        assert "Note about Derek and Joan Pratt" in shown
        assert "Wed 25 Nov 14:00" in shown
        await type_words(pilot, "We walked to the end of the lane and back.")
        await read(pilot)
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, StoriesScreen))
        await keys(pilot, "ctrl+s")
        await a_note_is_done(pilot)
        assert "Not written up" not in text_of(app)


async def test_a_finished_note_is_copied_out_of_the_story_with_one_key(
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    store: Store,
    week: dict[str, str],
) -> None:
    app = app_over(store)
    async with on_today(app) as pilot:
        await open_person(pilot, week["Terry Beasley"])
        await keys(pilot, "3")
        for _ in range(10):
            if app.screen.contact_chosen:
                break
            await keys(pilot, "down")
        await keys(pilot, "ctrl+o")
        assert "Sent to the clipboard." in text_of(app)
        assert app.clipboard.startswith("Fri 6 Nov 10:05 · 50 min · met out\n\nWent along to")
