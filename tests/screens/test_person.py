"""A person's page: read, added to, corrected, ticked, taken away, and all of it undone."""

from __future__ import annotations

import pytest

from linkworker import schema
from linkworker.caseload import audit, connections, hopes, plan, safety, timeline
from linkworker.screens.form import FormScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.person.sections import SECTIONS
from linkworker.screens.today import TodayScreen
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.person_hands import choose, field, on_form, open_person
from tests.screens.snapshots import FOLDER as SNAPSHOTS
from tests.screens.snapshots import SIZES, same_as_before, text_of


async def back_and_sees(pilot, screen, words):
    await until(pilot, lambda: pilot.app.screen is screen)
    await sees(pilot, words)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", range(1, 7))
async def test_each_section_looks_as_before(app_over, store, week, size, number):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, week["Terry Beasley"], str(number))
        same_as_before(app, f"person-{SECTIONS[number - 1].name}")


@pytest.mark.parametrize("number", range(1, 7))
async def test_an_empty_section_says_what_could_stand_there(app_over, store, terry, number):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, terry, str(number))
        same_as_before(app, f"person-{SECTIONS[number - 1].name}-empty")


@pytest.mark.parametrize("number", range(1, 7))
async def test_a_screen_reader_has_one_side_and_words_for_lines(app_over, store, week, number):
    app = app_over(store, screen_reader=True)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], str(number))
        seen = text_of(app)
        assert not set("─│┼┤├═┄╱╲") & set(seen)
        assert not screen.query_one("#right", Page).display
        if number == 4:
            assert "Pat, daughter, weekly: close" in seen


async def test_a_strength_is_added_corrected_removed_and_brought_back(app_over, store, terry):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terry, "2")
        await pilot.press("enter")
        await on_form(pilot)
        await paste(pilot, "mends bicycles")
        await pilot.press("ctrl+s")
        await back_and_sees(pilot, screen, "mends bicycles")
        choose(screen, "strength:")
        await pilot.press("enter")
        await on_form(pilot)
        await pilot.press("end", *", too", "tab")
        await paste(pilot, "Terry")
        await pilot.press("ctrl+s")
        await sees(pilot, "agreed today with Terry")
        assert "mends bicycles, too" in text_of(app)
        choose(screen, "strength:")
        await pilot.press("delete")
        await sees_no_more(pilot, "mends bicycles")
        await pilot.press("ctrl+z")
        await sees(pilot, "mends bicycles, too")


async def test_ins_asks_what_to_add_and_a_step_goes_under_the_hope_it_stands_on(
    app_over, store, week
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"])
        choose(screen, "goal:")
        await pilot.press("insert")
        await sees(pilot, "who does what, by when")
        app.screen.query_one("#choices", Page).choose("step")
        await pilot.press("enter")
        await on_form(pilot)
        await paste(pilot, "find the bus times")
        await pilot.press("tab")
        await paste(pilot, "pat")
        await pilot.press("tab")
        await paste(pilot, "next tues")
        await sees(pilot, "Tue 1 Dec")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
    with store.read() as tx:
        goal = plan.goals(tx, week["Terry Beasley"])[0]
    step = next(one for one in goal.steps if one.words == "find the bus times")
    assert (step.who_does, step.who, str(step.by_day)) == ("family or friend", "pat", "2026-12-01")
    assert step.who_tie_id


async def test_a_step_is_ticked_done_and_open_again(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "2")
        choose(screen, "step:")
        await pilot.press("space")
        await sees(pilot, "✓ ring the bike club")
        assert "1 of 2 steps done" in text_of(app).replace("\n", " ")
        choose(screen, "step:")
        screen.query_one("#left", Page).action_move(1)
        await pilot.press("space")
        await sees_no_more(pilot, "✓ ring the bike club")


async def test_a_day_that_may_be_two_is_asked_and_nothing_is_written(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "2")
        choose(screen, "step:")
        await pilot.press("enter")
        await on_form(pilot)
        by = field(app.screen, "by_day")
        by.field.focus()
        by.raw = "25 November"
        await pilot.press("ctrl+s")
        await sees(pilot, "more than one day")
        by.raw = "whenever"
        await pilot.press("ctrl+s")
        await sees(pilot, "By when: not a day")
        assert isinstance(app.screen, FormScreen)


async def test_what_was_typed_into_a_form_is_there_after_esc_and_after_a_lock(
    app_over, store, terry
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terry, "2")
        await pilot.press("enter")
        await on_form(pilot)
        await paste(pilot, "grows more runner beans")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        with store.read() as tx:
            assert plan.strengths(tx, terry) == []
        await pilot.press("enter")
        await on_form(pilot)
        await sees(pilot, "grows more runner beans")
        assert "what you had typed before" in text_of(app)
        await pilot.press("end", *" than he can eat", "ctrl+s")
        await back_and_sees(pilot, screen, "than he can eat")
        assert store.drafts("form") == []


async def test_sections_keep_their_cursor_and_the_focus(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "2")
        choose(screen, "goal:")
        before = screen.query_one("#left", Page).chosen.key
        await pilot.press("6", "2")
        assert screen.query_one("#left", Page).chosen.key == before
        await pilot.press("right")
        assert screen.focused is screen.query_one("#right", Page)
        await pilot.press("left")
        assert screen.focused is screen.query_one("#left", Page)


async def test_the_next_person_is_one_key_away_and_the_last_one_is_said(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "6")
        await pilot.press("right_square_bracket")
        assert screen.person_id == week["Vera Blunt"]
        assert text_of(app).startswith(" Vera Blunt")
        assert "6 About me" in text_of(app)
        await pilot.press("left_square_bracket", "left_square_bracket")
        assert screen.person_id == week["Stan Webb"]


async def test_who_was_opened_is_audited_a_little_later(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, week["Terry Beasley"])
        await pilot.press("right_square_bracket")
        with store.read() as tx:
            assert audit.events(tx) == []
        await pilot.press("escape")
        await until(pilot, lambda: _opened(store) == {week["Terry Beasley"], week["Vera Blunt"]})
    assert store.check().audit


def _opened(store):
    with store.read() as tx:
        return {one.person_id for one in audit.events(tx) if one.what == "opened"}


async def test_a_lock_writes_the_audit_first(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, week["Terry Beasley"])
        app.screen.keep_draft()
        assert _opened(store) == {week["Terry Beasley"]}
        await pilot.pause()


async def test_an_entry_is_unfolded_and_folded(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "3")
        page = screen.query_one("#left", Page)
        row = next(row for row in page.rows if row.what.row.words.startswith("Went along"))
        page.choose(row.key)
        assert "@ Barwell bowls club: went once" not in text_of(app)
        await pilot.press("enter")
        assert "@ Barwell bowls club: went once" in text_of(app)
        await pilot.press("enter")
        assert "@ Barwell bowls club: went once" not in text_of(app)


async def test_a_long_story_is_read_page_by_page(app_over, store, terry, clock):
    with store.write("ten years", person=terry) as tx:
        for number in range(150):
            row = schema.Contact(person_id=terry, worker_id=tx.worker_id, happened_at=tx.now)
            contact = tx.add(row).id
            tx.add(
                schema.Note(
                    person_id=terry,
                    contact_id=contact,
                    happened_at=tx.now,
                    words=f"note number {number}",
                )
            )
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, terry, "3")
        page = screen.query_one("#left", Page)
        assert len(page.rows) == timeline.PAGE
        await pilot.press("end")
        await until(pilot, lambda: len(page.rows) > timeline.PAGE)
        await pilot.press("end")
        await until(pilot, lambda: len(page.rows) == 150)
        at = page.chosen.key
        with store.write("one more", person=terry) as tx:
            tx.add(schema.Contact(person_id=terry, worker_id=tx.worker_id, happened_at=tx.now))
        await until(pilot, lambda: len(page.rows) >= 150)
        assert page.chosen.key == at


async def test_a_note_is_taken_back_from_the_story_with_what_it_added(app_over, store, terry):
    with store.write("a note", person=terry) as tx:
        note = tx.add(schema.Note(person_id=terry, happened_at=tx.now, words="wrong person")).id
        hopes.add_strength(tx, terry, "somebody else's", from_note=note)
    with store.write("something newer", person=terry) as tx:
        hopes.add_goal(tx, terry, "a hope of his own")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terry, "3")
        choose(screen, "entry:")
        await pilot.press("delete")
        await sees_no_more(pilot, "wrong person")
    with store.read() as tx:
        found = plan.plan(tx, terry)
    assert found.strengths == []
    assert [goal.words for goal in found.goals] == ["a hope of his own"]


async def test_when_and_how_of_a_contact_are_put_right(app_over, store, terry):
    with store.write("a call", person=terry) as tx:
        tx.add(
            schema.Contact(
                person_id=terry, worker_id=tx.worker_id, happened_at=tx.now, how="phone", minutes=5
            )
        )
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terry, "3")
        choose(screen, "entry:")
        await pilot.press("c")
        await on_form(pilot)
        field(app.screen, "minutes").raw = "1 h 20"
        field(app.screen, "day").raw = "yesterday"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "Phone, 1 h 20")
        assert "26 Nov" in text_of(app)


async def test_what_is_kept_apart_is_on_no_section_and_opened_only_on_purpose(
    app_over, store, terry
):
    with store.write("a note", person=terry) as tx:
        note = tx.add(
            schema.Note(person_id=terry, happened_at=tx.now, words="a part is kept apart")
        ).id
        safety.keep_apart(tx, terry, "SECRET-CANARY", note_id=note, told="Bev")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terry)
        for number in "123456":
            await pilot.press(number)
            assert "SECRET-CANARY" not in text_of(app)
        await pilot.press("5")
        choose(screen, "kept apart:")
        await pilot.press("enter")
        await on_form(pilot)
        await paste(pilot, "talked it through with Bev")
        await pilot.press("enter")
        await sees(pilot, "SECRET-CANARY")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert "SECRET-CANARY" not in text_of(app)
    with store.read() as tx:
        kept = [one for one in audit.events(tx, terry) if one.what == "read kept apart"]
    assert [one.reason for one in kept] == ["talked it through with Bev"]


async def test_the_ecomap_is_drawn_over_the_lists_in_a_terminal_of_eighty_columns(
    app_over, store, week
):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_person(pilot, week["Terry Beasley"], "4")
        seen = text_of(app).splitlines()
        assert any("Pat (new), daughter, weekly ○═════┤" in line for line in seen)
        assert any("TERRY BEASLEY" in line for line in seen)
        assert any("t then and now" in line for line in seen), "the legend is not torn"
        assert "▸ Pat" in text_of(app), "the cursor is in sight, below the map"
        await sees(pilot, "t Then and now")
        await pilot.press("2")
        plan_alone = (SNAPSHOTS / "person-plan-80x24.txt").read_text(encoding="utf-8")
        await until(pilot, lambda: text_of(app) == plan_alone)
        assert not screen.has_class("-stacked")


async def test_the_ecomap_stands_beside_the_lists_once_the_window_is_wider(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, week["Terry Beasley"], "4")
        await pilot.resize_terminal(120, 40)
        await sees(pilot, "daughter, weekly      ")
        await until(
            pilot,
            lambda: any("Around them" in one and "Now" in one for one in text_of(app).splitlines()),
        )


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_then_and_now_stand_beside_each_other(app_over, store, week, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, week["Terry Beasley"], "4")
        assert "bike club" in text_of(app)
        await pilot.press("t")
        await sees(pilot, "Then, 30 Mar")
        seen = text_of(app).splitlines()
        assert any("Then, 30 Mar" in one and one.rstrip().endswith(" Now") for one in seen)
        assert text_of(app).count("TERRY BEASLEY") == 2, "once in each map"
        assert sum("▸" in one for one in seen) == 1, "the cursor is in sight, below the maps"
        await pilot.press("t")
        assert text_of(app).count("Then, ") == 0


async def test_what_something_is_is_told_by_its_shape_and_by_its_word(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(140, 45)) as pilot:
        await open_person(pilot, week["Terry Beasley"], "4")
        seen = text_of(app)
        assert "Pat (new) ○═" in seen
        assert "□ bike club (new)" in seen
        assert "□ group" in seen, "what the shapes mean stands under the map"
        assert "▲ activity" not in seen, "of what is not drawn nothing is said"


async def test_somebody_dies_and_the_page_says_so_and_what_was_due_is_gone(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Dean Hollis"], "5")
        choose(screen, "empty:Where")
        await pilot.press("enter")
        await on_form(pilot)
        field(app.screen, "kind").raw = "died"
        await pilot.press("ctrl+s")
        await back_and_sees(pilot, screen, "died today")
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
        await sees_no_more(pilot, "Dean")
        await pilot.press("ctrl+z")
        await sees(pilot, "Dean")


async def test_somebody_added_by_mistake_is_taken_out_and_brought_back(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Ivy Bell"], "6")
        choose(screen, "who they are:")
        await pilot.press("delete")
        await sees(pilot, "Added by mistake")
        await pilot.press("down", "enter")
        await until(pilot, lambda: not isinstance(app.screen, PersonScreen))
        await pilot.press("ctrl+z")
        await pilot.pause()
    with store.read() as tx:
        assert tx.value("SELECT hidden_at FROM person WHERE id = ?", (week["Ivy Bell"],)) is None


async def test_two_people_who_live_together_are_one_household(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, week["Derek Pratt"], "4")
        assert "Lives with" in text_of(app)
        assert "Joan Pratt" in text_of(app)
        choose(screen, "household:")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not screen)
        assert app.screen.person_id == week["Joan Pratt"]


@pytest.mark.parametrize("typed", ["about 1950", "76"])
async def test_the_birthday_is_kept_as_far_as_it_is_known(app_over, store, terry, typed):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_person(pilot, terry, "6")
        choose(screen, "who they are:")
        await pilot.press("enter")
        await on_form(pilot)
        field(app.screen, "born").raw = typed
        await pilot.press("ctrl+s")
        await back_and_sees(pilot, screen, "about 1950")
        assert "about 76" in text_of(app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_where_nobody_said_how_close_somebody_is_the_map_says_so(app_over, store, week, size):
    terry = week["Terry Beasley"]
    with store.write("met") as tx:
        connections.add_tie(tx, terry, "Malcolm", relationship="old friend")
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, terry, "4")
        lines = text_of(app).splitlines()
        [malcolm] = [one for one in lines if "Malcolm" in one and "?─" in one]
        [ray] = [one for one in lines if "Ray" in one and "───" in one]
        assert "?" not in ray
        assert "─? not said" in text_of(app)
        assert "─" in malcolm


async def test_what_a_note_added_stands_apart_from_what_else_it_added_in_the_story(
    app_over, store, terry
):
    with store.write("a note") as tx:
        note = tx.add(schema.Note(person_id=terry, happened_at=tx.now, words="A good hour."))
        for at, (kind, words) in enumerate((("hope", "walk the dog"), ("step", "ring the club"))):
            tx.add(
                schema.NoteMark(
                    person_id=terry, note_id=note.id, ordinal=at, kind=kind, words=words
                )
            )
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, terry, "3")
        await sees(pilot, "* walk the dog · > ring the club")
