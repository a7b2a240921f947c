"""Today at 10:05 on a Friday: what stands there, and what a coordinator does with it."""

from __future__ import annotations

import gc
import re
from datetime import timedelta

import pytest

from linkworker.caseload import appointments, steps, support, today
from linkworker.caseload.people import caseload
from linkworker.screens.form import FormScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.today_rows import WHEN_CELLS
from linkworker.screens.unlock import UnlockScreen
from linkworker.widgets.page import Page
from tests.conftest import PASSPHRASE
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.snapshots import SIZES, same_as_before, text_of
from tests.screens.terrys_week import FRIDAY


async def on_today(pilot):
    return await arrive(pilot, TodayScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_today_looks_as_before(app_over, store, week, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await on_today(pilot)
        await pilot.press("down", "down", "down")
        same_as_before(app, "today")


async def test_a_note_begun_and_not_saved_stands_on_today_and_enter_goes_on_with_it(
    app_over, store, terry
):
    words = "Sat with him a while.\n!! Joan: told me she had shouted"
    facts = {"corrects": "", "meeting": {"appointment_id": ""}}
    store.save_draft("draft-1", "note", (terry,), words, facts)
    asked = []
    app = app_over(store)
    app.open_note = lambda *about, draft_id=None, **more: asked.append(draft_id)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        seen = text_of(app)
        assert "Notes to finish" in seen
        assert "Sat with him a while." in seen
        assert "shouted" not in seen
        await pilot.press("down", "enter")
        assert asked == ["draft-1"]
        await pilot.press("f12")
        assert "Sat with him" not in text_of(app)


async def test_a_draft_that_stands_alone_on_today_is_chosen_and_enter_opens_it(
    app_over, store, terry
):
    store.save_draft("draft-1", "note", (terry,), "Sat with him a while.", {})
    asked = []
    app = app_over(store)
    app.open_note = lambda *about, draft_id=None, **more: asked.append(draft_id)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("enter")
        assert asked == ["draft-1"]


async def test_a_note_begun_about_nobody_yet_stands_on_today_too(app_over, store, terry):
    store.save_draft("draft-1", "note", (), "At the library, by chance.", {})
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_today(pilot)
        await pilot.press("down")
        assert "nobody yet" in text_of(app)
        assert app.screen.people_in_sight() == ()


@pytest.mark.parametrize("width", [60, 80, 100, 160])
async def test_every_part_of_today_has_the_same_columns(app_over, store, week, width):
    app = app_over(store)
    async with app.run_test(size=(width, 40)) as pilot:
        await on_today(pilot)
        page = app.screen.query_one("#today", Page)
        lines = [row.lines(page.size.width)[0].plain for row in page.rows if row.key]
        assert len(lines) >= 5
        assert all(line[WHEN_CELLS - 1] == " " and line[WHEN_CELLS] != " " for line in lines)
        assert "Barwell, Barwell" not in text_of(app)


async def test_behind_the_door_stands_a_today_that_knows_nobody(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: bool(app._screen_stacks.get("today")))
        waiting = app._screen_stacks["today"][0]
        assert isinstance(app.screen, UnlockScreen)
        assert not waiting.query_one("#today", Page).rows
        await pilot.resize_terminal(70, 30)
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is waiting)
        await sees(pilot, "Calls you promised")
        assert waiting.has_class("-narrow")


async def test_before_anybody_is_added_today_says_where_to_begin(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_today(pilot)
        same_as_before(app, "today-nobody")
        assert "Ins adds somebody" in text_of(app)
        assert "The key + brings in a list" in " ".join(text_of(app).split())


async def test_a_quiet_day_says_so(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_today(pilot)
        assert "Nothing is promised for today" in text_of(app)


async def test_the_right_side_is_empty_until_somebody_is_chosen(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        assert "Saturdays out" not in text_of(app)
        await pilot.press("down", "down", "down")
        assert "Saturdays out" in text_of(app)


async def test_what_i_promised_is_ticked_and_comes_back_with_undo(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("down", "space")
        await sees_no_more(pilot, "ring Dean")
        await pilot.press("ctrl+z")
        await sees(pilot, "ring Dean")


async def test_a_visit_that_happened_is_ticked_and_ticked_back(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("down", "down", "down", "space")
        await sees(pilot, "been")
        await pilot.press("space")
        await sees_no_more(pilot, "been")


@pytest.mark.parametrize(("downs", "became"), [(1, "didn't meet: ours"), (3, "in, but not today")])
async def test_a_visit_that_did_not_happen_is_said_whose_it_was(
    app_over, store, week, downs, became
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        assert app.screen.query_one("#today", Page).choose(_key(app, "unwritten"))
        await pilot.press("space")
        await sees(pilot, "What became of it?")
        await pilot.press(*["down"] * downs, "enter")
        await sees_no_more(pilot, "Not written up")
    with store.read() as tx:
        words = tx.rows(
            "SELECT DISTINCT state, state_words FROM appointment WHERE occasion_id <> ''"
        )
        assert words == [("did not happen", became)]
        assert today.not_written_up(tx) == []


def _key(app, start: str) -> str:
    rows = app.screen.query_one("#today", Page).rows
    return next(row.key for row in rows if row.key.startswith(start))


async def test_enter_opens_the_person_and_esc_comes_back_to_the_same_line(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("down", "down", "enter")
        await arrive(pilot, PersonScreen)
        await pilot.press("escape")
        await on_today(pilot)
        row = app.screen.query_one("#today", Page).chosen
        assert "PIP" in row.lines(60)[0].plain


async def test_with_initials_no_name_and_no_word_is_on_the_screen(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("down", "f12")
        seen = text_of(app)
        for word in ("Dean", "Terry", "Lucia", "Stan", "ring", "PIP", "Barwell", "twice", "Rosa"):
            assert word not in seen
        assert "D.H." in seen
        await pilot.press("f12")
        assert "Dean" in text_of(app)


async def test_three_letters_and_enter_open_anybody_from_today(app_over, store, week):
    """At most 4 keys, from Today, for everybody in the caseload."""
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("a", "m", "i", "enter")
        await arrive(pilot, PersonScreen)
        assert app.screen.person_id == week["Amina Yusuf"]


def test_everybody_has_three_letters_that_find_them_first(store, week):
    screen = PeopleScreen()
    with store.read() as tx:
        screen.take_people(caseload(tx))
    for called, person_id in week.items():
        first, last = called.lower().split(" ")
        tries = {first[:3], last[:3], first[:1] + last[:2], first[:2] + last[:1]}
        assert any(screen.found(letters)[:1] == [person_id] for letters in tries), called


async def test_a_change_by_somebody_else_keeps_the_cursor(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        await pilot.press("down", "down")
        before = app.screen.query_one("#today", Page).chosen.key
        with store.write("another promise", person=week["Terry Beasley"]) as tx:
            who = {"who_does": "worker", "who_worker_id": tx.worker_id}
            steps.add_step(
                tx, week["Terry Beasley"], "ring Ray", by_day=FRIDAY, by_time="09:00", **who
            )
        await sees(pilot, "ring Ray")
        assert app.screen.query_one("#today", Page).chosen.key == before


async def test_a_promise_of_yesterday_says_from_when_it_is(app_over, store, week):
    with store.write("a promise", person=week["Terry Beasley"]) as tx:
        who = {"who_does": "worker", "who_worker_id": tx.worker_id}
        day = FRIDAY - timedelta(days=1)
        steps.add_step(tx, week["Terry Beasley"], "find the bus times", by_day=day, **who)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        seen = text_of(app)
        assert "You said you would" in seen
        assert re.search(r"26 Nov +Terry B\.", seen)
        assert "overdue" not in seen.lower()


async def test_a_note_starts_about_everybody_of_the_visit(app_over, store, week, monkeypatch):
    app = app_over(store)
    asked = []
    monkeypatch.setattr(
        type(app), "open_note", lambda self, people=(), draft=None, **of: asked.append(people)
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        app.screen.query_one("#today", Page).choose(_key(app, "unwritten"))
        await pilot.press("ctrl+n")
        await pilot.press("enter")
    both = (week["Derek Pratt"], week["Joan Pratt"])
    assert asked == [both, both]


async def test_what_was_promised_and_not_done_is_said_from_today(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_today(pilot)
        page = screen.query_one("#today", Page)
        page.choose(next(row.key for row in page.rows if row.key.startswith("step:")))
        await sees(pilot, "- Not done")
        key = page.chosen.key
        await pilot.press("minus")
        await arrive(pilot, FormScreen)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.screen is screen and all(r.key != key for r in page.rows))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: any(row.key == key for row in page.rows))


@pytest.mark.parametrize("size", SIZES)
async def test_the_week_ahead_unfolds_below_the_day(app_over, store, week, size):
    promise_for_the_week(store, week)
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        screen = await on_today(pilot)
        await pilot.press("7")
        page = screen.query_one("#today", Page)
        await until(pilot, lambda: page.chosen is not None and page.chosen.key[:6] == "ahead:")
        await pilot.pause()
        same_as_before(app, "today-week")
        await pilot.press("7")
        await until(pilot, lambda: all(row.key[:6] != "ahead:" for row in page.rows))


def promise_for_the_week(store, week):
    """Ring the surgery on Monday, and send the appeal by Wednesday."""
    dean = week["Dean Hollis"]
    with store.write("a busy week", person=dean) as tx:
        mine = {"who_does": "worker", "who_worker_id": tx.worker_id}
        monday, wednesday = FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=5)
        steps.add_step(tx, dean, "ring the surgery", by_day=monday, by_time="09:15", **mine)
        steps.add_step(tx, dean, "send the appeal", by_day=wednesday, cannot_slip=True, **mine)


async def test_what_was_promised_stands_between_the_visits_of_its_day(app_over, store, week):
    promise_for_the_week(store, week)
    monday = (FRIDAY + timedelta(days=3)).isoformat()
    with store.write("visits") as tx:
        for at in ("T09:00", "T14:00", ""):
            appointments.add_appointment(tx, week["Stan Webb"], monday + at, about=f"at{at}")
    app = app_over(store)
    async with app.run_test(size=(160, 50)) as pilot:
        await on_today(pilot)
        await pilot.press("7")
        await sees(pilot, "ring the surgery")
        seen = text_of(app).partition("The week ahead")[2]
        those = ("atT09:00", "ring the surgery", "atT14:00")
        assert sorted(those, key=seen.index) == list(those)


async def test_a_step_of_the_week_ahead_is_done_early(app_over, store, week):
    promise_for_the_week(store, week)
    app = app_over(store)
    async with app.run_test(size=(100, 50)) as pilot:
        screen = await on_today(pilot)
        await pilot.press("7")
        page = screen.query_one("#today", Page)
        await sees(pilot, "ring the surgery")
        page.choose(
            next(
                row.key
                for row in page.rows
                if row.what and row.key[:6] == "ahead:" and row.what.kind == "step"
            )
        )
        await pilot.press("space")
        await sees_no_more(pilot, "ring the surgery")
        await sees(pilot, "send the appeal")


def row_ahead(app, name, words):
    """Return what a row of the week ahead says that holds a name and words."""
    drawn = [
        " ".join(line.plain for line in row.draw(120))
        for row in app.screen.query_one("#today", Page).rows
        if row.what and row.key.startswith("ahead:") and row.what.kind == "step"
    ]
    return next(one for one in drawn if name in one and words in one)


async def test_the_week_ahead_says_who_is_in_hospital(app_over, store, week):
    promise_for_the_week(store, week)
    with store.write("in hospital", person=week["Dean Hollis"]) as tx:
        support.record_whereabouts(tx, week["Dean Hollis"], kind="in hospital", since=FRIDAY)
    app = app_over(store)
    async with app.run_test(size=(160, 50)) as pilot:
        await on_today(pilot)
        await pilot.press("7")
        await sees(pilot, "send the appeal")
        assert "in hospital" in row_ahead(app, "D", "appeal")
        await pilot.press("f12")
        await sees(pilot, "D.H.")
        assert "hospital" not in row_ahead(app, "D.H.", "")


async def test_with_initials_the_week_ahead_has_no_names_and_no_words(app_over, store, week):
    promise_for_the_week(store, week)
    app = app_over(store)
    async with app.run_test(size=(100, 50)) as pilot:
        await on_today(pilot)
        await pilot.press("f12", "7")
        await sees(pilot, "The week ahead")
        seen = text_of(app)
        assert "D.H." in seen
        assert "Dean" not in seen
        assert "surgery" not in seen


async def test_an_empty_week_says_so_and_f2_folds_it(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_today(pilot)
        await pilot.press("7")
        await sees(pilot, "nothing promised")
        await pilot.press("f2")
        await sees_no_more(pilot, "The week ahead")


async def test_two_places_in_one_burst_of_keys_lead_to_the_last(app_over, store, week, recwarn):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_today(pilot)
        app.go("people")
        app.go("today")
        app.go("people")
        await arrive(pilot, PeopleScreen)
    gc.collect()
    assert [one for one in recwarn if "never awaited" in str(one.message)] == []
