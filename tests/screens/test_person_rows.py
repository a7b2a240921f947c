"""What can be done with some rows of a person's page: agree, call off, how it went, take out."""

from __future__ import annotations

import pytest

from linkworker.caseload import (
    appointments,
    connections,
    how_it_went,
    people,
    plan,
    reaching,
    support,
    timeline,
)
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.not_done import NO_STEP
from linkworker.screens.note import NoteScreen
from linkworker.screens.person.howitwent import HowItWentScreen
from linkworker.screens.person.on_a_row import NO_TURNS, NOT_AGREED, NOT_ARRANGED
from linkworker.screens.today import TodayScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.person_hands import choose, field, on_form, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def terrys(week):
    return week["Terry Beasley"]


async def test_a_noted_strength_and_step_are_agreed_with_one_key(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "strength:")
        await pilot.press("a")
        await on_form(pilot)
        await sees(pilot, "Terry")
        await pilot.press("ctrl+s")
        await sees(pilot, "agreed today with Terry")
        choose(screen, "step:")
        await pilot.press("a")
        await on_form(pilot)
        await pilot.press("tab")
        await paste(pilot, "25 Nov")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        with store.read() as tx:
            assert sum(one.agreed_with == "Terry" for one in plan.strengths(tx, terrys)) == 1
            step = next(one for one in plan.steps(tx, terrys) if one.agreed_with)
        assert (step.agreed_with, str(step.agreed_on)) == ("Terry", "2026-11-25")
        await pilot.press("ctrl+z", "ctrl+z")
        await pilot.pause()
        with store.read() as tx:
            assert not any(one.agreed_with for one in plan.strengths(tx, terrys))


async def test_what_is_agreed_already_says_so(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "goal:")
        await pilot.press("a")
        await sees(pilot, "agreed already")
        assert app.screen is screen


async def test_a_visit_is_called_off_and_brought_back(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys)
        choose(screen, "appointment:")
        await sees(pilot, "x Call off")
        with store.read() as tx:
            before = len(appointments.to_come(tx, terrys))
        await pilot.press("x")
        await on_form(pilot)
        await paste(pilot, "theirs, not well")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        with store.read() as tx:
            assert len(appointments.to_come(tx, terrys)) == before - 1
            off = [one for one in appointments.past(tx, terrys) if one.state == "called off"]
        assert [one.state_words for one in off] == ["theirs, not well"]
        await pilot.press("ctrl+z")
        await pilot.pause()
        with store.read() as tx:
            assert len(appointments.to_come(tx, terrys)) == before


async def test_a_stage_and_how_near_are_put_right_and_taken_away(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "4")
        with store.read() as tx:
            bowls = next(one for one in connections.connections(tx, terrys) if "bowls" in one.name)
        choose(screen, f"connection:{bowls.connection_id}")
        await pilot.press("h")
        await arrive(pilot, HowItWentScreen)
        seen = text_of(app)
        assert seen.index("stopped") < seen.index("went once")
        await pilot.press("enter")
        await on_form(pilot)
        await pilot.press("tab", "tab")
        await paste(pilot, ", too loud")
        await pilot.press("ctrl+s")
        await sees(pilot, "too loud")
        await pilot.press("home", "delete")
        await sees_no_more(pilot, "stopped")
        with store.read() as tx:
            now = next(one for one in connections.connections(tx, terrys) if one.name == bowls.name)
            assert now.stage == "went once"
        await pilot.press("ctrl+z")
        await sees(pilot, "stopped")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)


async def test_how_near_somebody_is_is_taken_back_to_what_was_said_before(app_over, store, terrys):
    with store.read() as tx:
        ray = next(one for one in connections.ties(tx, terrys) if one.name == "Ray")
    with store.write("nearer", person=terrys) as tx:
        connections.say_how_near(tx, terrys, "close", tie_id=ray.tie_id)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "4")
        choose(screen, f"tie:{ray.tie_id}")
        await pilot.press("h")
        await sees(pilot, "how near: close")
        await pilot.press("delete")
        await sees_no_more(pilot, "how near: close")
        with store.read() as tx:
            near = next(one for one in connections.ties(tx, terrys) if one.name == "Ray")
            assert near.how == "steady"
            assert [one.what for one in how_it_went.turns(tx, ray.tie_id)] == ["steady"]
        await pilot.press("enter")
        await on_form(pilot)
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, HowItWentScreen))
        with store.read() as tx:
            after = next(one for one in connections.ties(tx, terrys) if one.name == "Ray")
        assert after.how not in ("steady", "")


async def test_somebody_added_by_mistake_is_found_among_the_commands(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, week["Ivy Bell"])
        await pilot.press("ctrl+p")
        await pilot.pause()
        await paste(pilot, "added by mistake")
        await sees(pilot, "Added by mistake")
        await pilot.press("enter")
        await sees(pilot, "take the whole page away")
        await pilot.press("down", "enter")
        await arrive(pilot, TodayScreen)
        with store.read() as tx:
            assert week["Ivy Bell"] not in [one.person_id for one in people.caseload(tx)]


@pytest.mark.parametrize(("key", "why"), [("a", NOT_AGREED), ("x", NOT_ARRANGED), ("h", NO_TURNS)])
async def test_a_key_that_fits_another_row_says_which(app_over, store, terrys, key, why):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_person(pilot, terrys, "5")
        await pilot.press(key)
        await sees(pilot, " ".join(why.split()[:4]))


async def test_a_contact_without_a_note_gets_its_note_and_no_second_contact(app_over, store, week):
    stan = week["Stan Webb"]
    with store.read() as tx:
        before = tx.value("SELECT count(*) FROM contact WHERE person_id = ?", (stan,))
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, stan, "3")
        row = next(
            row for row in screen.query_one("#left", Page).rows
            if row.key.startswith("entry:") and row.what.row.kind == "contact"
            and not row.what.row.note_id
        )  # fmt: skip
        choose(screen, row.key)
        await pilot.press("enter")
        await sees(pilot, "Write its note")
        await pilot.press("enter")
        note = await arrive(pilot, NoteScreen)
        await until(pilot, lambda: note.opening is not None)
        assert note.opening.meeting.contact_id == row.what.row_id
        assert str(note.opening.meeting.day) == "2026-11-25"
        await paste(pilot, "A card through the door, with the number on it.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "A card through the door, with the number on it.")
        with store.read() as tx:
            assert tx.value("SELECT count(*) FROM contact WHERE person_id = ?", (stan,)) == before
            entry = next(
                one for one in timeline.timeline(tx, stan) if one.row_id == row.what.row_id
            )
        assert entry.words == "A card through the door, with the number on it."
        choose(screen, row.key)
        await pilot.press("c")
        await sees(pilot, "When, how and where")


async def test_a_contact_without_a_note_has_its_facts_put_right(app_over, store, week):
    stan = week["Stan Webb"]
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, stan, "3")
        choose(screen, "entry:")
        await pilot.press("enter")
        await sees(pilot, "When, how and where")
        await pilot.press("down", "enter")
        await on_form(pilot)
        field(pilot.app.screen, "day").raw = "24 Nov"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        with store.read() as tx:
            newest = timeline.timeline(tx, stan)[0]
        assert str(newest.day) == "2026-11-24"


async def test_a_step_was_not_done_and_why_is_said_with_one_key(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "step:")
        await sees(pilot, "- Not done")
        await sees(pilot, "a Agree")
        await pilot.press("minus")
        await on_form(pilot)
        await paste(pilot, "no credit on the phone")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "credit on the phone")
        with store.read() as tx:
            step = next(one for one in plan.steps(tx, terrys) if one.state != "open")
        assert (step.state, step.state_words) == ("not done", "no credit on the phone")
        assert step.state_on is not None
        await pilot.press("ctrl+z")
        await sees_no_more(pilot, "credit on the phone")
        with store.read() as tx:
            assert all(one.state == "open" for one in plan.steps(tx, terrys))


async def test_a_step_is_let_go_and_opened_again_by_space(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, terrys, "2")
        choose(screen, "step:")
        await pilot.press("minus")
        await on_form(pilot)
        await pilot.press("enter", "right", "enter")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "– ring the bike club")
        page = screen.query_one("#left", Page)
        steps = [row for row in page.rows if row.key.startswith("step:")]
        gone = next(row for row in steps if row.what.row.state == "let go")
        page.choose(gone.key)
        await pilot.press("minus")
        await sees(pilot, NO_STEP.split(".")[0])
        await pilot.press("space")
        await arrive(pilot, ChooseScreen)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "– ring the bike club")
        page.choose(gone.key)
        await pilot.press("space")
        await arrive(pilot, ChooseScreen)
        await pilot.press("down", "enter")
        await sees_no_more(pilot, "– ring the bike club")


async def test_where_there_is_nothing_to_tick_space_says_so(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_person(pilot, terrys, "4")
        choose(screen, "tie:")
        await sees(pilot, "h How it went")
        await pilot.press("space")
        await sees(pilot, "There is nothing to tick here")


async def test_what_happened_to_the_support_is_put_right_from_the_story(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "3")
        page = screen.query_one("#left", Page)
        began = next(row for row in page.rows if row.what.row.kind == "support")
        page.choose(began.key)
        await sees(pilot, "c Put right")
        await pilot.press("c")
        await on_form(pilot)
        field(app.screen, "reason").raw = "lonely since the move"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "lonely since the move")
    with store.read() as tx:
        assert [one.kind for one in support.history(tx, terrys)] == ["began"]


async def test_a_stage_in_the_story_opens_how_it_went(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "3")
        page = screen.query_one("#left", Page)
        page.choose(next(row.key for row in page.rows if row.what.row.kind == "connection"))
        await pilot.press("c")
        await arrive(pilot, HowItWentScreen)
        await sees(pilot, "how it went, b")


async def test_what_was_called_off_and_where_they_are_are_put_right_from_the_story(
    app_over, store, week
):
    stan = week["Stan Webb"]
    with store.write("called off", person=stan) as tx:
        visit = appointments.add_appointment(tx, stan, "2026-11-20T10:05", kind="visit")
        appointments.call_off(tx, visit, words="snow")
        support.record_whereabouts(tx, stan, "in hospital", since=tx.today)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, stan, "3")
        page = screen.query_one("#left", Page)
        for kind, name, words in (
            ("appointment", "state_words", "ice"),
            ("whereabouts", "remark", "ward 9"),
        ):
            page.choose(next(row.key for row in page.rows if row.what.row.kind == kind))
            await pilot.press("c")
            await on_form(pilot)
            field(app.screen, name).raw = words
            await pilot.press("ctrl+s")
            await until(pilot, lambda: app.screen is screen)
            await sees(pilot, words)


async def test_who_stepped_back_comes_back_at_the_level_they_had(app_over, store, week):
    nirmala = week["Nirmala Joshi"]
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, nirmala)
        await sees(pilot, "b Begin")
        await pilot.press("b")
        await on_form(pilot)
        assert field(app.screen, "kind").raw == "reopened"
        assert field(app.screen, "level").raw == "2"
        assert field(app.screen, "level").display
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "again since today, walking alongside")
        await sees_no_more(pilot, "  b Begin")
    with store.read() as tx:
        latest = support.history(tx, nirmala)[0]
    assert (latest.kind, latest.level) == ("reopened", 2)


async def test_a_level_that_was_only_offered_is_not_written_beside_a_pause(app_over, store, terrys):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "5")
        await pilot.press("insert")
        await sees(pilot, "began, level, paused")
        app.screen.query_one("#choices", Page).choose("support")
        await pilot.press("enter")
        await on_form(pilot)
        assert (field(app.screen, "kind").raw, field(app.screen, "level").raw) == ("", "2")
        await pilot.press("p")
        await until(pilot, lambda: field(app.screen, "kind").raw == "paused")
        await until(pilot, lambda: not field(app.screen, "level").display)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
    with store.read() as tx:
        latest = support.history(tx, terrys)[0]
    assert (latest.kind, latest.level) == ("paused", None)


async def test_a_beginning_is_put_right_and_stays_a_beginning(app_over, store, terrys):
    app = app_over(store)
    with store.read() as tx:
        before = [one.kind for one in support.history(tx, terrys)]
        began = next(one for one in support.history(tx, terrys) if one.kind == "began")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terrys, "5")
        choose(screen, f"support:{began.event_id}")
        await pilot.press("enter")
        await on_form(pilot)
        await sees(pilot, "Ins adds what has happened since")
        assert field(app.screen, "kind").raw == "began"
        await pilot.press("p", "right", "space")
        assert field(app.screen, "kind").raw == "began"
        assert "paused" not in text_of(app)
        field(app.screen, "reason").field.focus()
        await paste(pilot, "her sister asked")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
    with store.read() as tx:
        after = support.history(tx, terrys)
    assert [one.kind for one in after] == before
    assert [one.reason for one in after if one.kind == "began"] == ["her sister asked"]


async def test_support_begins_with_one_key_for_somebody_brought_in(app_over, store):
    with store.write("brought in") as tx:
        olive = people.add_person(tx, called="Olive Marsh")
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, olive)
        await sees(pilot, "Support has not begun: b begins")
        await pilot.press("b")
        await on_form(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "since today")
        assert "not begun" not in text_of(app)


async def test_of_somebody_who_died_nothing_is_said_to_begin(app_over, store):
    with store.write("brought in") as tx:
        olive = people.add_person(tx, called="Olive Marsh")
        support.record_whereabouts(tx, olive, "died", since=tx.today)
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, olive)
        seen = text_of(app)
        assert "died today" in seen
        assert "begun" not in seen
        assert "  b Begin" not in seen


DOUBT = "does not look like a phone"


@pytest.mark.parametrize(
    ("said", "doubted"), [("ask at the chip shop", True), ("01455 496 0123", False)]
)
async def test_a_number_that_is_none_is_kept_and_said_to_look_like_none(
    app_over, store, terrys, said, doubted
):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await open_person(pilot, terrys, "6")
        await pilot.press("insert")
        await sees(pilot, "phone, e-mail")
        app.screen.query_one("#choices", Page).choose("reach")
        await pilot.press("enter")
        await on_form(pilot)
        field(app.screen, "kind").raw = "mobile"
        field(app.screen, "value").raw = said
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, said)
        if doubted:
            await until(pilot, lambda: DOUBT in " ".join(text_of(app).split()))
        assert doubted == (DOUBT in " ".join(text_of(app).split()))
    with store.read() as tx:
        assert said in [one.value for one in reaching.reaches(tx, terrys)]
