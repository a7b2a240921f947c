"""What tests of the note share: the people of the five notes in a real store, and typing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from linkworker import schema
from linkworker.screens.note import NoteScreen
from linkworker.store import Store
from tests.screens.hands import until
from tests.screens.snapshots import text_of


def somebody(store: Store, called: str, **more: Any) -> str:
    """Add a person and return their id."""
    given, _, family = called.partition(" ")
    with store.write("added somebody") as tx:
        person = tx.add(schema.Person(called=called, given=given, family=family, **more))
    return str(person.id)


def terry_as_known(store: Store) -> str:
    """Terry, with what his record held before the note of 27 November."""
    terry = somebody(store, "Terry Beasley")
    with store.write("what is known") as tx:
        tx.add(schema.Tie(person_id=terry, name="Pat Beasley", relationship="daughter"))
        club = tx.add(schema.Connection(person_id=terry, name="Barwell bowls club"))
        tx.add(
            schema.ConnectionEvent(
                person_id=terry, connection_id=club.id, stage="suggested", on=date(2026, 10, 1)
            )
        )
        tx.add(
            schema.Appointment(
                person_id=terry,
                worker_id=store.worker_id,
                at="2026-11-27T10:05",
                minutes=50,
                place="home",
            )
        )
    return terry


@asynccontextmanager
async def note_open(
    app: Any, *people: str, size: tuple[int, int] = (108, 36), draft_id: str | None = None
) -> AsyncIterator[Pilot]:
    """Run the app with a note open about these people."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.pause()
        app.clear_notifications()
        app.open_note(people, draft_id)
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await read(pilot)
        yield pilot


async def type_words(pilot: Pilot, words: str) -> None:
    """Type words, a key for each letter, as quickly as keys can come."""
    for start in range(0, len(words), 50):
        for letter in words[start : start + 50]:
            key = "enter" if letter == "\n" else _character_to_key(letter)
            pilot.app.post_message(events.Key(key, "\r" if letter == "\n" else letter))
        await pilot.pause()


async def read(pilot: Pilot) -> str:
    """Wait until the note has been read, and return what stands on the screen."""
    await until(pilot, lambda: note(pilot).is_read)
    await pilot.pause()
    return text_of(pilot.app)


def panel_words(pilot: Pilot) -> str:
    """What stands in the panel beside the note, set so wide that nothing is wrapped."""
    return "\n".join(line.plain for line in note(pilot).panel.page_at(300).lines)


def note(pilot: Pilot) -> NoteScreen:
    """The note in sight."""
    screen = pilot.app.screen
    assert isinstance(screen, NoteScreen), screen
    return screen


async def done(pilot: Pilot, presses: int = 1) -> None:
    """Press Ctrl+S (again) and wait until the note is gone from the screen."""
    for _ in range(presses):
        await pilot.press("ctrl+s")
        await pilot.pause()
    await until(pilot, lambda: not isinstance(pilot.app.screen, NoteScreen))
    await pilot.pause()


def rows(store: Store, sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """Return rows of the store, for looking."""
    with store.read() as tx:
        return tx.rows(sql, params)
