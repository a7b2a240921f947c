"""The five notes of one week: typed by keys, and pasted and marked afterwards.

Both ways give the same records, ask the same questions, and keep apart what is kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from linkworker import schema
from linkworker.rules.marks import KINDS, read_note
from linkworker.rules.note.understanding import STORY
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_marks import KEYS_OF
from linkworker.screens.note_stories import StoriesScreen
from linkworker.store import Store
from tests.five_notes import note as words_of
from tests.screens.conftest import app_over, running  # noqa: F401  # fixtures
from tests.screens.hands import paste, until
from tests.screens.note_hands import (
    note,
    note_open,
    panel_words,
    read,
    rows,
    somebody,
    terry_as_known,
    type_words,
)
from tests.screens.snapshots import text_of

RECORDS = {
    "strength": "words",
    "goal": "words",
    "step": "words, who, who_does, by_day, by_time, cannot_slip, state",
    "contribution": "words",
    "in_the_way": "words",
    "looked_for": "words, kind",
    "tie": "name, relationship, how_often",
    "connection": "name",
    "connection_event": "stage",
    "closeness": "how",
    "safety_statement": "kind, words",
    "kept_apart": "words",
    "note": "words",
    "note_mark": "ordinal, kind, words, target",
    "contact": "how, minutes, outcome",
}
"""What is compared of each table."""

NOTES: dict[str, tuple[str, datetime, list[tuple[str, str]]]] = {
    "terry": ("Ann", datetime(2026, 11, 27, 11, 0, tzinfo=UTC), []),
    "hodan": (
        "Sadia",
        datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
        [("Stepping Stones", "Tue 1 Dec")],
    ),
    "derek_and_joan": (
        "Ann",
        datetime(2026, 11, 25, 15, 30, tzinfo=UTC),
        [("ring Sundays", "Joan"), ("Malcolm", "Joan")],
    ),
    "dean": ("Ann", datetime(2026, 11, 26, 17, 50, tzinfo=UTC), []),
    "nirmala": ("Bryony", datetime(2026, 11, 23, 11, 0, tzinfo=UTC), []),
}
"""Who writes each note, when, and what is answered where it is asked: the line, the choice."""


def people_of(name: str, store: Store) -> tuple[str, ...]:
    """The people of a note, with what is known of them when it is written."""
    if name == "terry":
        return (terry_as_known(store),)
    if name == "derek_and_joan":
        return somebody(store, "Derek Pratt"), somebody(store, "Joan Pratt")
    person = somebody(store, {"dean": "Dean Hollis", "nirmala": "Nirmala Joshi"}.get(name, "Hodan"))
    with store.write("what is known") as tx:
        if name == "dean":
            tx.add(schema.Step(person_id=person, words="ring Citizens Advice about the PIP"))
            dogs = tx.add(schema.Connection(person_id=person, name="dog walking"))
            tx.add(
                schema.ConnectionEvent(person_id=person, connection_id=dogs.id, stage="went once")
            )
        if name == "nirmala":
            knit = tx.add(schema.Connection(person_id=person, name="Knit & Natter"))
            stage = schema.ConnectionEvent(
                person_id=person, connection_id=knit.id, stage="still going"
            )
            tx.add(stage)
    return (person,)


async def answer(pilot: Any, line: str, choice: str) -> None:
    """Go into the panel with Tab, to what is asked of a line, and press the choice's number."""
    await pilot.press("tab")
    panel = note(pilot).panel
    wanted = [
        (ask.id, number)
        for row in panel.rows
        if line in row.words
        for ask in row.asks
        if ask.is_open
        for number, (_, label) in enumerate(ask.choices, 1)
        if choice in label
    ]
    assert wanted, (line, choice, panel_words(pilot))
    numbers = [ask.id for ask in panel.asks]
    for _ in numbers:
        await pilot.press("up")
    for _ in range(numbers.index(wanted[0][0])):
        await pilot.press("down")
    await pilot.press(str(wanted[0][1]))
    await pilot.press("escape")
    await read(pilot)


async def finish(pilot: Any, answers: list[tuple[str, str]]) -> None:
    """Answer what is asked, press Ctrl+S, and confirm who gets the story."""
    await read(pilot)
    for line, choice in answers:
        await answer(pilot, line, choice)
    assert [ask.sentence for ask in note(pilot).panel.asks if ask.is_open and ask.id != STORY] == []
    await pilot.press("ctrl+s")
    app = pilot.app
    await until(
        pilot, lambda: not isinstance(app.screen, NoteScreen) or getattr(app.screen, "closing", 0)
    )
    if isinstance(app.screen, StoriesScreen):
        await pilot.press("ctrl+s")
    await until(pilot, lambda: not isinstance(app.screen, (NoteScreen, StoriesScreen)))


async def pasted_and_marked(pilot: Any, text: str) -> None:
    """Paste the story with the lines as bullets, then mark each line with F9."""
    plain = "".join(
        f"- {line.words}\n" if line.sign else text[line.start : line.end]
        for line in read_note(text).lines
    )
    await paste(pilot, plain)
    signs = [line.sign for line in read_note(text).lines]
    await pilot.press("ctrl+home")
    for number, sign in enumerate(signs):
        if sign:
            assert note(pilot).editor.cursor_location[0] == number
            await pilot.press("f9", KEYS_OF[sign])
            await pilot.pause()
        await to_line(pilot, number + 1)


async def to_line(pilot: Any, number: int) -> None:
    """Go down with the arrow until the cursor is in a line."""
    for _ in range(40):
        if note(pilot).editor.cursor_location[0] >= number:
            return
        await pilot.press("down")


def recorded(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the records, without ids and times."""
    return {
        table: rows(store, f"SELECT {columns} FROM {table} WHERE hidden_at IS NULL ORDER BY id")
        for table, columns in RECORDS.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTES)
async def test_typed_or_pasted_and_marked_it_records_the_same(
    name: str,
    make_store: Callable[..., Store],
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
    clock: Any,
) -> None:
    worker, clock.now, answers = NOTES[name]
    text = words_of(name)
    made = []
    for way in (type_words, pasted_and_marked):
        store = make_store(way.__name__, worker=worker)
        people = people_of(name, store)
        app = app_over(store)
        async with note_open(app, *people, size=(120, 40)) as pilot:
            await way(pilot, text)
            await finish(pilot, answers)
            assert "Saved. Undo with Ctrl+Z." in text_of(app)
        made.append(recorded(store))
    typed, pasted = made
    assert typed == pasted
    CHECKS[name](typed)


def marks(typed: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """The kinds of the marked lines, in order."""
    return [row[1] for row in typed["note_mark"]]


def terry(typed: dict[str, list[tuple[Any, ...]]]) -> None:
    assert marks(typed) == [
        "became", "strength", "gave", "hope", "hope", "step", "step", "step", "with",
        "in the way", "looked for",
    ]  # fmt: skip
    assert [row[0] for row in typed["connection_event"]] == ["suggested", "went once", "stopped"]
    assert typed["step"] == [
        ("ring the bike club (number on his fridge)", "Terry Beasley", "person",
         "2026-12-04", "", 0, "open"),
        ("go with him the first time", "Ann", "worker", None, "", 0, "open"),
        ("see if she can do the lift home", "Pat Beasley", "family or friend", None, "", 0,
         "open"),
    ]  # fmt: skip
    assert ("Ray", "next door", "most days") in typed["tie"]
    assert typed["contribution"] == [("taught Ray's grandson to true a wheel",)]


def hodan(typed: dict[str, list[tuple[Any, ...]]]) -> None:
    assert [row[0] for row in typed["goal"]] == ['"talk to the nurse myself"', "sew again"]
    assert [row[1:4] for row in typed["step"]] == [
        ("Hodan", "person", "2026-12-01"),
        ("Sadia", "worker", None),
        ("Sadia", "worker", None),
    ]
    assert len(typed["strength"]) == 2


def derek_and_joan(typed: dict[str, list[tuple[Any, ...]]]) -> None:
    assert len(typed["kept_apart"]) == 1
    assert len(typed["contact"]) == 2
    derek, joan = (row[0] for row in typed["note"])
    assert "kitchen" not in derek + joan
    assert "a part is kept apart" in joan
    assert "a part is kept apart" not in derek
    assert "knows every hedge" in derek
    assert "knows every hedge" not in joan
    assert [row[0] for row in typed["safety_statement"]] == ["risk"]


def dean(typed: dict[str, list[tuple[Any, ...]]]) -> None:
    steps = {row[0]: row for row in typed["step"]}
    (pip,) = [row for words, row in steps.items() if "PIP decision" in words]
    assert pip[3] == "2026-12-09"
    assert pip[5] == 1
    (ring,) = [row for words, row in steps.items() if words.startswith("ring Dean")]
    assert ring[3:5] == ("2026-11-27", "09:30")
    assert steps["ring Citizens Advice about the PIP"][6] == "not done"
    assert typed["connection_event"][-1] == ("still going",)
    assert len(typed["safety_statement"]) >= 1


def nirmala(typed: dict[str, list[tuple[Any, ...]]]) -> None:
    assert len(typed["contribution"]) == 2
    assert typed["connection_event"][-1] == ("helper",)
    assert [row[1:3] for row in typed["step"]] == [("Bryony", "worker")]


CHECKS = {
    "terry": terry,
    "hodan": hodan,
    "derek_and_joan": derek_and_joan,
    "dean": dean,
    "nirmala": nirmala,
}


async def test_the_panel_asks_about_terrys_note_what_it_must(
    store: Store,
    app_over: Callable[..., Any],  # noqa: F811  # the fixture
) -> None:
    app = app_over(store)
    async with note_open(app, terry_as_known(store), size=(160, 50)) as pilot:
        await paste(pilot, words_of("terry"))
        await read(pilot)
        pasted = [line for line in note(pilot).panel.asks if line.id.startswith("pasted|")]
        assert pasted[0].choices[0] == ("mark", "they are marks")
        assert len(pasted) == 1
        await pilot.press("tab", "1")
        await read(pilot)
        shown = panel_words(pilot)
        assert "Pat: Pat Beasley, daughter?" in shown
        assert "Agreed with Terry, or only noted?" in shown
        assert "Happy to be asked: record that Terry said yes?" in shown
        assert "by Fri 4 Dec" in shown
        await pilot.press("escape")


def test_the_notes_use_every_mark() -> None:
    used = {line.sign for name in NOTES for line in read_note(words_of(name)).marks}
    assert used == set(KINDS)
    assert date(2026, 11, 27).strftime("%a") == "Fri"
