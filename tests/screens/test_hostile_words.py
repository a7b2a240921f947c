"""Whatever a person is called and whatever was said, every screen shows it and obeys none of it."""

from __future__ import annotations

import csv
import json

import pytest
from textual import events

from linkworker import schema
from linkworker.caseload import (
    about,
    appointments,
    connections,
    hopes,
    people,
    reaching,
    safety,
    steps,
    support,
)
from linkworker.screens.form import FormScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.guard import HARMFUL
from tests.screens.hands import arrive
from tests.screens.snapshots import text_of
from tests.shared_data import shared_data

WORDS = [
    "Ann [/] Lee",
    "[bold]Ann[/bold] [@click=app.leave]press me[/]",
    "Ann\x1b]52;c;cm0gLXJm\x07 Lee\x1b[2J\x9b31m",
    "Ann \u202eeeL\u202c \u2066x\u2069",
    "“quoted” {curly} $accent \\ %s {0}",
    "王小明 العربية עִבְרִית नमस्ते 👩‍👩‍👧‍👦",
    "Z̸̢̛a̷̧͝l̶̨̛g̵̢͝o̸" + "\u0301" * 40,
    "a" * 3000,
    "one\ntwo\r\nthree\tfour",
    "   ",
]


def write_everything(store, words: str) -> str:
    """Write these words into every place of a record that shows words; return whose it is."""
    safe = words if words.strip() else "x"
    with store.write("everything") as tx:
        day = tx.today
        who = people.add_person(
            tx,
            called=words,
            given=words,
            family=words,
            pronouns=words,
            place=words,
            language=words,
            interpreter=words,
            adjustments=words,
            description=words,
            other_names=words,
        )
        support.begin(tx, who, level=2, reason=words, own_words=words)
        support.record_whereabouts(tx, who, "in hospital", remark=words)
        reaching.add_reach(tx, who, safe, whose=words, remark=words)
        reaching.add_address(tx, who, line1=safe, getting_in=words)
        about.add_vision(tx, who, safe)
        about.add_about_me(tx, who, "My wellness", safe, helped_by=words)
        hopes.add_strength(tx, who, safe, agreed_with=words)
        hope = hopes.add_goal(tx, who, safe, state_words=words)
        mine = {"who": words, "who_does": "worker", "who_worker_id": tx.worker_id}
        steps.add_step(tx, who, safe, goal_id=hope, by_day=day, **mine)
        steps.add_step(tx, who, safe, by_day=day, cannot_slip=True, **mine)
        hopes.add_in_the_way(tx, who, safe)
        hopes.add_looked_for(tx, who, safe)
        hopes.add_contribution(tx, who, safe)
        connections.add_tie(tx, who, safe, relationship=words, how_often=words, how="strained")
        connections.add_connection(tx, who, safe, words=words)
        safety.add_statement(tx, who, "risk", safe)
        appointments.add_appointment(
            tx, who, f"{day}T11:00", place=words, about=words, interpreter=words
        )
        contact = tx.add(
            schema.Contact(person_id=who, worker_id=tx.worker_id, happened_at=tx.now, place=words)
        ).id
        note = tx.add(
            schema.Note(person_id=who, contact_id=contact, happened_at=tx.now, words=words)
        ).id
        tx.add(schema.NoteMark(person_id=who, note_id=note, kind="strength", words=words))
    return who


async def walk_every_screen(app, pilot, who: str) -> None:
    """Go to every screen that shows something of a record, and look at each."""
    await arrive(pilot, TodayScreen)
    await pilot.press("down", "down", "f12", "f12")
    look(app)
    await pilot.press("f3")
    await arrive(pilot, PeopleScreen)
    look(app)
    app.open_person(who)
    await arrive(pilot, PersonScreen)
    for number in "123456":
        await pilot.press(number)
        look(app)
        await pilot.press("down", "enter")
        if isinstance(app.screen, FormScreen):
            await arrive(pilot, FormScreen)
            look(app)
            await pilot.press("escape")
            await arrive(pilot, PersonScreen)
    assert app.return_code is None


def look(app) -> None:
    """Nothing that a terminal obeys stands on the screen."""
    for line in text_of(app).split("\n"):
        assert not HARMFUL.search(line)


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
async def test_hostile_words_are_only_words_on_every_screen(app_over, store, words):
    who = write_everything(store, words)
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await walk_every_screen(app, pilot, who)


async def test_the_naughty_strings_are_only_words_on_every_screen(app_over, store):
    path = shared_data("people") / "naughty_strings.json"
    strings = [one for one in json.loads(path.read_text(encoding="utf-8")) if one.strip()]
    app = app_over(store)
    with store.write("all of them") as tx:
        for one in strings:
            people.add_person(tx, called=one)
    who = write_everything(store, " ".join(strings)[:20000])
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await walk_every_screen(app, pilot, who)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        for _ in range(len(strings) // 20 + 2):
            await pilot.press("pagedown")
            look(app)


async def test_names_of_sixty_four_places_are_found_by_their_own_letters(app_over, store):
    path = shared_data("people") / "diverse_names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = list(csv.DictReader(file))[::12]
    ids = {}
    with store.write("all of them") as tx:
        for one in names:
            given, family = one["given"], one["family"]
            ids[people.add_person(tx, given=given, family=family)] = one
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f3")
        screen = await arrive(pilot, PeopleScreen)
        look(app)
        for person_id, one in list(ids.items())[::10]:
            screen.typed = ""
            await screen.takes(events.Paste("".join(one["family"].split())))
            await pilot.pause()
            look(app)
            assert person_id in screen.found(screen.typed), one["faker_locale"]
