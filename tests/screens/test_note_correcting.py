"""A note is put right: its words stand there to be changed, and its marks add nothing twice."""

from __future__ import annotations

from linkworker.screens.note import NoteScreen
from linkworker.screens.note_facts import FactsScreen
from linkworker.screens.person import PersonScreen
from tests.screens.hands import arrive, sees, until
from tests.screens.note_hands import done, note_open, panel_words, rows, somebody, type_words
from tests.screens.person_hands import choose, open_person
from tests.screens.snapshots import text_of

OLD = "He said Tuesday.\n+ mends bicycles\n> Terry: ring the bike club"


def of(store, table: str, person: str) -> list[str]:
    """Return the words of somebody's records of one kind, as they stand."""
    sql = f"SELECT words FROM {table} WHERE person_id = ? AND hidden_at IS NULL ORDER BY id"
    return [words for (words,) in rows(store, sql, person)]


async def correction_of(pilot, note_id, person):
    """Open the correction of a note and wait until it is read."""
    pilot.app.push_screen(NoteScreen((person,), corrects=note_id))
    screen = await arrive(pilot, NoteScreen)
    await until(pilot, lambda: screen.opening is not None and screen.is_read)
    return screen


async def a_note(pilot, store):
    """Write a note with two marks; return its id."""
    await type_words(pilot, OLD)
    await done(pilot)
    return rows(store, "SELECT id FROM note")[0][0]


async def test_one_word_is_put_right_and_nothing_is_retyped_or_added_twice(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        screen = await correction_of(pilot, first, terry)
        assert "Correction, note about Terry Beasley" in text_of(app)
        assert screen.editor.text == OLD
        await sees(pilot, "nothing twice.")
        await pilot.press(*["right"] * 8, *["delete"] * 7, *"Wednesday")
        await done(pilot)
    new = OLD.replace("Tuesday", "Wednesday")
    assert rows(store, "SELECT words, corrects FROM note ORDER BY id") == [
        (OLD, None),
        (new, first),
    ]
    assert of(store, "strength", terry) == ["mends bicycles"]
    assert of(store, "step", terry) == ["ring the bike club"]
    assert len(rows(store, "SELECT 1 FROM contact")) == 1


async def test_a_marked_line_put_right_is_recorded_in_the_place_of_the_old_one(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        await correction_of(pilot, first, terry)
        await pilot.press("down", "end", *" and prams")
        await sees(pilot, "No longer recorded")
        await done(pilot)
        assert of(store, "strength", terry) == ["mends bicycles and prams"]
        assert of(store, "step", terry) == ["ring the bike club"]
        store.undo()
    assert of(store, "strength", terry) == ["mends bicycles"]
    assert rows(store, "SELECT words FROM note WHERE hidden_at IS NULL") == [(OLD,)]


async def test_what_was_done_with_a_line_since_stays_and_the_panel_says_so(app_over, store):
    from linkworker.caseload import steps

    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        with store.write("done", person=terry) as tx:
            (step,) = tx.rows("SELECT id FROM step")[0]
            steps.settle_step(tx, step, "done")
        await correction_of(pilot, first, terry)
        await pilot.press("down", "down", "end", *" again")
        await sees(pilot, "Stays recorded")
        await done(pilot)
    assert of(store, "step", terry) == ["ring the bike club", "ring the bike club again"]


async def test_a_correction_in_which_nothing_is_changed_leaves_nothing_behind(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        screen = await correction_of(pilot, first, terry)
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is put right yet.")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen)
    assert store.drafts("note") == []
    assert len(rows(store, "SELECT 1 FROM note")) == 1


async def test_a_correction_that_was_left_goes_on_where_it_was(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        screen = await correction_of(pilot, first, terry)
        await pilot.press(*"Oh. ", "escape")
        await until(pilot, lambda: app.screen is not screen)
        screen = await correction_of(pilot, first, terry)
        assert screen.editor.text == f"Oh. {OLD}"
        await done(pilot)
    assert of(store, "strength", terry) == ["mends bicycles"]


async def test_what_was_put_right_before_is_what_is_put_right_next(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        await correction_of(pilot, first, terry)
        await pilot.press(*"Oh. ")
        await done(pilot)
        (second,) = rows(store, "SELECT id FROM note WHERE corrects IS NOT NULL")[0]
        screen = await open_person(pilot, terry, "3")
        row = next(one.row_id for one in screen._entries if one.note_id == first and one.corrected)
        choose(screen, f"entry:{row}")
        await pilot.press("c")
        await until(pilot, lambda: app.screen is not screen)
        if not isinstance(app.screen, NoteScreen):
            await pilot.press("enter")
        again = await arrive(pilot, NoteScreen)
        await until(pilot, lambda: again.opening is not None and again.is_read)
        assert again.editor.text == f"Oh. {OLD}"
        await pilot.press("down", "end", *" well")
        await done(pilot)
        await arrive(pilot, PersonScreen)
    assert rows(store, "SELECT corrects FROM note WHERE words LIKE '%well%'") == [(second,)]
    assert of(store, "strength", terry) == ["mends bicycles well"]


async def test_who_keeps_a_line_apart_afterwards_is_told_that_the_old_note_still_says_it(
    app_over, store
):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        await correction_of(pilot, first, terry)
        told = "The note as it was stays in the story, also what is kept apart"
        assert told not in " ".join(panel_words(pilot).split())
        await pilot.press("end", "enter", *"!! he is afraid of his son")
        await until(pilot, lambda: told in " ".join(panel_words(pilot).split()))
        await done(pilot)
    assert OLD in [words for (words,) in rows(store, "SELECT words FROM note")]


async def test_a_correction_stays_with_the_person_and_the_day_of_its_note(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        first = await a_note(pilot, store)
        screen = await correction_of(pilot, first, terry)
        day = screen.opening.meeting.day
        await pilot.press("ctrl+t", "m")
        await sees(pilot, "stays there.")
        assert app.screen is screen
        await pilot.press("ctrl+t", "v")
        page = await arrive(pilot, FactsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not page)
        await sees(pilot, "A correction tells of the same day")
        assert (screen.people, screen.opening.meeting.day) == ((terry,), day)
        assert not screen.has_words()
