"""What was typed into a form and left, when the thing that it was about has happened meanwhile."""

from __future__ import annotations

import pytest

from linkworker.caseload import appointments, support
from linkworker.screens.form import DRAFTS, FormScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.notes_begun import NotesBegunScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.on_a_row import call_off
from tests.screens.hands import arrive, sees, until
from tests.screens.note_hands import read
from tests.screens.person_hands import field, on_form, open_person
from tests.screens.snapshots import text_of

SIZES = pytest.mark.parametrize("size", [(80, 24), (100, 30)])
WORDS = "rang out of the blue, her sister is ill"


async def begin(pilot) -> FormScreen:
    await pilot.press("b")
    return await on_form(pilot)


async def leaves_half_a_form(pilot, words=WORDS) -> None:
    form = await begin(pilot)
    field(form, "reason").raw = words
    await pilot.press("escape")
    await arrive(pilot, PersonScreen)


def happens(store, person, *kinds) -> None:
    for kind in kinds:
        with store.write("the support", person=person) as tx:
            support.happen(tx, person, kind)


@SIZES
async def test_half_a_form_is_gone_on_with_while_it_can_be_done(app_over, store, week, size):
    nirmala = week["Nirmala Joshi"]
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, nirmala)
        await leaves_half_a_form(pilot)
        form = await begin(pilot)
        await until(pilot, lambda: field(form, "reason").raw == WORDS)
        assert field(form, "kind").raw == "reopened"
        assert "Typed before, for" not in text_of(app)


@SIZES
async def test_what_was_begun_for_something_past_is_shown_and_kept_and_nothing_of_it_is_chosen(
    app_over, store, week, size
):
    nirmala = week["Nirmala Joshi"]
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, nirmala)
        await leaves_half_a_form(pilot)
        happens(store, nirmala, "reopened", "paused")
        await until(pilot, lambda: app.screen.banner.support == "paused")
        form = await begin(pilot)
        await sees(pilot, 'Typed before, for "reopened"')
        assert WORDS in " ".join(text_of(app).split())
        assert (field(form, "kind").raw, field(form, "reason").raw) == ("returned", "")
        field(form, "reason").raw = "home from Goa"
        await pilot.press("escape")
        await arrive(pilot, PersonScreen)
        assert {one.facts["reason"] for one in store.drafts(DRAFTS)} == {WORDS, "home from Goa"}
        form = await begin(pilot)
        await until(pilot, lambda: field(form, "reason").raw == "home from Goa")
        await sees(pilot, 'Typed before, for "reopened"')


async def test_one_key_puts_the_words_of_before_into_the_form_that_is_open(app_over, store, week):
    nirmala = week["Nirmala Joshi"]
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, nirmala)
        await leaves_half_a_form(pilot)
        happens(store, nirmala, "reopened", "paused")
        await until(pilot, lambda: app.screen.banner.support == "paused")
        form = await begin(pilot)
        await sees(pilot, "Ctrl+D puts the words into this form.")
        field(form, "reason").raw = "home from Goa;"
        await pilot.press("ctrl+d")
        await until(pilot, lambda: field(form, "reason").raw == f"home from Goa; {WORDS}")
        assert "Typed before, for" not in text_of(app)
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
    with store.read() as tx:
        latest = support.history(tx, nirmala)[0]
    assert (latest.kind, latest.reason) == ("returned", f"home from Goa; {WORDS}")
    assert store.drafts(DRAFTS) == []


async def test_b_does_not_go_on_with_a_stepping_back_that_was_half_typed(app_over, store, week):
    terry = week["Terry Beasley"]
    happens(store, terry, "paused")
    facts = {"kind": "stepped back", "own_words": "I'm all right now, ta."}
    store.save_draft(f"form:{terry}:support:", DRAFTS, (terry,), "", facts)
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, terry)
        form = await begin(pilot)
        await sees(pilot, "I'm all right now, ta.")
        assert field(form, "kind").raw == "returned"
        await pilot.press("ctrl+d")
        await until(pilot, lambda: field(form, "own_words").raw == "I'm all right now, ta.")
        assert field(form, "own_words").region.height


# -- what no form opens with any more ------------------------------------------------------

WHY = "her cousin has died, and she flies on Monday"


async def half_calls_off(store, pilot, week) -> None:
    """Why a visit is called off is half typed, and a colleague has called it off meanwhile."""
    nirmala = week["Nirmala Joshi"]
    with store.write("a visit", person=nirmala) as tx:
        visit = appointments.add_appointment(tx, nirmala, at="2026-12-04T10:00")
    await open_person(pilot, nirmala)
    call_off(pilot.app.screen, Thing("appointment", visit))
    form = await on_form(pilot)
    field(form, "words").raw = WHY
    await pilot.press("escape")
    await arrive(pilot, PersonScreen)
    with store.write("called off", person=nirmala) as tx:
        appointments.call_off(tx, visit, words="away")
    await pilot.press("ctrl+n")
    await arrive(pilot, NoteScreen)
    await read(pilot)
    await pilot.press("ctrl+d")
    await arrive(pilot, NotesBegunScreen)


@SIZES
async def test_why_a_visit_is_called_off_is_found_again_where_somebody_else_called_it_off(
    app_over, store, week, size
):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await half_calls_off(store, pilot, week)
        shown = text_of(app)
        assert "Typed into a form, and not done" in shown
        assert WHY[:12] in shown
        assert "Nirmala" in shown
        await pilot.press("enter")
        await arrive(pilot, NoteScreen)
        assert WHY in app.screen.editor.text


@SIZES
async def test_what_was_typed_into_a_form_is_thrown_away_by_del_twice(app_over, store, week, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await half_calls_off(store, pilot, week)
        assert "Del Throw away" in text_of(app)
        await pilot.press("delete")
        await sees(pilot, "Press Del again")
        assert len(store.drafts(DRAFTS)) == 1
        await pilot.press("delete")
        await sees(pilot, "No other note is waiting")
        assert WHY[:12] not in text_of(app)
        assert store.drafts(DRAFTS) == []
        await pilot.press("escape")
        await arrive(pilot, NoteScreen)
