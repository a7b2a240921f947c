"""One visit, several people: whose line it is, who gets the story, what is kept apart."""

from __future__ import annotations

import pytest

from linkworker import schema
from linkworker.caseload import connections, households
from linkworker.rules.marks import KEPT_APART_PLACE
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_stories import StoriesScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, paste, sees, until
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

APART = "!! Joan, in the kitchen: told me she had shouted and was frightened"


@pytest.fixture
def pratts(store) -> tuple[str, str]:
    return somebody(store, "Derek Pratt"), somebody(store, "Joan Pratt")


def of(store, table: str, person: str) -> list[str]:
    """The words that stand in one person's record."""
    sql = f"SELECT words FROM {table} WHERE person_id = ? AND hidden_at IS NULL ORDER BY id"
    return [row[0] for row in rows(store, sql, person)]


async def confirmed(pilot) -> None:
    """Ctrl+S, look at the records, and confirm."""
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(pilot.app.screen, StoriesScreen))
    await pilot.press("ctrl+s")
    await until(pilot, lambda: not isinstance(pilot.app.screen, (StoriesScreen, NoteScreen)))


async def test_each_line_goes_to_whom_it_names_and_the_story_to_both(app_over, store, pratts):
    derek, joan = pratts
    app = app_over(store)
    async with note_open(app, derek, joan) as pilot:
        assert "Note about Derek and Joan Pratt" in text_of(app)
        await type_words(
            pilot, "We walked down the lane.\n+ Derek: knows every bird\n+ Joan: plays the organ"
        )
        await read(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, StoriesScreen))
        shown = text_of(app)
        assert "Derek Pratt’s record" in shown
        assert "Joan Pratt’s record" in shown
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, (StoriesScreen, NoteScreen)))
    assert of(store, "strength", derek) == ["knows every bird"]
    assert of(store, "strength", joan) == ["plays the organ"]
    assert of(store, "note", derek) == ["We walked down the lane.\n+ Derek: knows every bird"]
    assert of(store, "note", joan) == ["We walked down the lane.\n+ Joan: plays the organ"]
    occasions = rows(store, "SELECT DISTINCT occasion_id FROM contact")
    assert len(occasions) == 1


async def test_the_story_can_be_for_one_of_them_only(app_over, store, pratts):
    derek, joan = pratts
    app = app_over(store)
    async with note_open(app, derek, joan) as pilot:
        await type_words(pilot, "What Joan told me.\n+ Derek: knows every bird")
        await read(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, StoriesScreen))
        await pilot.press("down", "down")
        await pilot.pause()
        assert text_of(app).count("What Joan told me.") == 1
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, (StoriesScreen, NoteScreen)))
    assert of(store, "note", derek) == ["+ Derek: knows every bird"]
    assert of(store, "note", joan) == ["What Joan told me."]


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (100, 30)])
async def test_what_each_record_will_say_is_in_sight_before_it_is_confirmed_however_long(
    app_over, store, pratts, size
):
    app = app_over(store)
    story = "We walked down the lane, and then the rain came and we sat in the bus shelter. " * 9
    async with note_open(app, *pratts, size=size) as pilot:
        await paste(pilot, story)
        await type_words(pilot, "\n+ Derek: knows every bird\n+ Joan: plays the organ")
        await read(pilot)
        await pilot.press("ctrl+s")
        await arrive(pilot, StoriesScreen)
        shown = text_of(app)
        assert "Derek Pratt’s record" in shown
        assert "Joan Pratt’s record" in shown
        assert shown.count("We walked down the lane") > 1
        for _ in range(9):
            await pilot.press("ctrl+down")
        await sees(pilot, "plays the organ")
        shown = text_of(app)
        assert "knows every bird" in shown
        assert "Derek Pratt’s record" in shown
        assert "Joan Pratt’s record" in shown
        await pilot.press("down", "down")
        await sees(pilot, "knows every bird")
        assert "We walked down the lane" in text_of(app)


async def test_a_sister_of_joans_who_will_do_a_step_is_not_taken_for_one_of_dereks(
    app_over, store, pratts
):
    derek, joan = pratts
    with store.write("who is near") as tx:
        tx.add(schema.Tie(person_id=joan, name="Carol Wynn", relationship="sister"))
        for one in pratts:
            tx.add(schema.Tie(person_id=one, name="Pat Pratt", relationship="daughter"))
    app = app_over(store)
    async with note_open(app, derek, joan) as pilot:
        await type_words(
            pilot, "> Carol: ring the surgery\n> Pat: bring the bicycle\n> a lift home"
        )
        await read(pilot)
        panel = panel_words(pilot)
        assert "Joan: ring the surgery   Carol Wynn, Joan’s sister" in panel
        assert "● Carol Wynn, Joan’s sister" in panel
        assert "Pat Pratt, daughter" in panel
        assert "’s daughter" not in panel
        asked = panel.partition("Who will do this")[2]
        assert "Carol Wynn, Joan’s sister" in asked
        assert "Carol Wynn, sister" not in panel
    async with note_open(app_over(store), joan) as pilot:
        await type_words(pilot, "> Carol: ring the surgery")
        await read(pilot)
        assert "Carol Wynn, sister" in panel_words(pilot)


async def test_esc_before_confirming_goes_back_to_the_note_and_records_nothing(
    app_over, store, pratts
):
    app = app_over(store)
    async with note_open(app, *pratts) as pilot:
        await type_words(pilot, "We walked.")
        await read(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, StoriesScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert note(pilot).editor.has_focus
        assert note(pilot).editor.text == "We walked."
    assert rows(store, "SELECT 1 FROM note") == []


async def test_what_is_kept_apart_is_said_to_be_and_is_nowhere_afterwards(app_over, store, pratts):
    derek, joan = pratts
    app = app_over(store)
    async with note_open(app, derek, joan) as pilot:
        await type_words(pilot, "We walked.\n" + APART)
        await read(pilot)
        shown = panel_words(pilot)
        assert "kept apart" in shown
        assert "kitchen" not in shown
        assert "to Joan Pratt’s restricted part" in shown
        assert f"leaves “{KEPT_APART_PLACE}”" in shown
        await confirmed(pilot)
        await pilot.pause()
        assert "kitchen" not in text_of(app)
    assert of(store, "kept_apart", joan) == [APART[3:]]
    assert of(store, "note", joan) == [f"We walked.\n{KEPT_APART_PLACE}"]
    assert of(store, "note", derek) == ["We walked."]
    assert store.search("kitchen") == []


async def test_whose_restricted_part_it_is_must_be_said_before_anything_is_kept(
    app_over, store, pratts
):
    derek, joan = pratts
    app = app_over(store)
    async with note_open(app, derek, joan) as pilot:
        await type_words(pilot, "We walked.\n!! was frightened of doing it again")
        shown = await read(pilot)
        panel = [line for line in shown.splitlines() if "restricted part" in line]
        assert panel
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Say first into whose restricted part it goes." in text_of(app)
        assert note(pilot).panel.has_focus
        await pilot.press("2")
        await confirmed(pilot)
    assert of(store, "kept_apart", joan) == ["was frightened of doing it again"]
    assert of(store, "kept_apart", derek) == []


async def test_somebody_is_added_to_the_note_by_a_few_letters(app_over, store, pratts):
    derek, joan = pratts
    app = app_over(store)
    async with note_open(app, derek) as pilot:
        await type_words(pilot, "We walked.")
        await pilot.press("ctrl+b")
        await type_words(pilot, "joa")
        await pilot.press("enter")
        await pilot.pause()
        assert "Note about Derek and Joan Pratt" in text_of(app)
        assert note(pilot).editor.has_focus
        await confirmed(pilot)
    assert of(store, "note", joan) == ["We walked."]


async def test_somebody_is_added_from_when_where_and_who(app_over, store, pratts):
    derek, joan = pratts
    app = app_over(store)
    async with note_open(app, derek) as pilot:
        await pilot.press("ctrl+t", "+")
        await type_words(pilot, "joan")
        await pilot.press("enter")
        await pilot.pause()
        assert note(pilot).people == (derek, joan)


async def test_the_draft_remembers_whom_it_is_about(app_over, store, pratts):
    app = app_over(store)
    async with note_open(app, *pratts) as pilot:
        await type_words(pilot, "We walked.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
        app.open_note((), store.drafts()[0].id)
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert "Note about Derek and Joan Pratt" in text_of(app)


async def test_one_undo_takes_it_back_from_both_records(app_over, store, pratts):
    app = app_over(store)
    async with note_open(app, *pratts) as pilot:
        await type_words(pilot, "We walked.\n+ Derek: knows every bird\n" + APART)
        await read(pilot)
        await confirmed(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
    for table in ("note", "contact", "strength", "kept_apart", "note_mark"):
        assert rows(store, f"SELECT 1 FROM {table} WHERE hidden_at IS NULL") == [], table


async def test_a_note_is_taken_back_next_week_where_nothing_newer_stands(app_over, store, clock):
    stan, terry = somebody(store, "Stan Webb"), somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "About Stan, really.\n+ grows beans")
        await done(pilot)
    clock.on(days=7)
    async with note_open(app_over(store), stan) as pilot:
        await type_words(pilot, "About Stan.")
        await done(pilot)
    (wrong,) = rows(store, "SELECT id FROM note WHERE person_id = ?", terry)[0]
    store.undo(store.act_of("note", wrong))
    assert of(store, "note", terry) == []
    assert of(store, "strength", terry) == []
    assert of(store, "note", stan) == ["About Stan."]


async def test_what_is_written_elsewhere_meanwhile_is_known_to_the_note(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "> Pat: the lift home")
        await read(pilot)
        assert "Pat is not in the record yet" in panel_words(pilot)
        with store.write("a tie", person=terry) as tx:
            tx.add(schema.Tie(person_id=terry, name="Pat Beasley", relationship="daughter"))
        await until(pilot, lambda: "Pat Beasley, daughter" in panel_words(pilot))
        assert note(pilot).editor.text == "> Pat: the lift home"


@pytest.mark.parametrize("linked", ["by the tie", "by the household"])
async def test_joans_part_kept_apart_never_lands_with_derek_and_yes_brings_her_into_the_note(
    app_over, store, pratts, linked
):
    derek, joan = pratts
    with store.write("what is known", person=derek) as tx:
        other = joan if linked == "by the tie" else ""
        connections.add_tie(tx, derek, "Joan", relationship="wife", other_person_id=other)
        if not other:
            households.live_together(tx, derek, joan)
    app = app_over(store)
    async with note_open(app, derek) as pilot:
        await type_words(pilot, "We walked.\n+ Joan: plays the organ\n" + APART)
        await read(pilot)
        assert "Joan Pratt has a record of their own: is this Joan’s line?" in panel_words(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert note(pilot).panel.has_focus
        assert rows(store, "SELECT 1 FROM note") == []
        await pilot.press("1")
        await pilot.pause()
        assert note(pilot).people == (derek, joan)
        await confirmed(pilot)
    assert of(store, "kept_apart", joan) == [APART[3:]]
    assert of(store, "kept_apart", derek) == []
    assert of(store, "strength", joan) == ["plays the organ"]
    assert of(store, "strength", derek) == []


async def test_somebody_is_taken_away_again_and_the_note_is_moved_to_another(
    app_over, store, pratts
):
    derek, joan = pratts
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, derek, joan) as pilot:
        await type_words(pilot, "We walked.")
        await pilot.press("ctrl+t", "-")
        await type_words(pilot, "joan")
        await pilot.press("enter")
        await pilot.pause()
        assert note(pilot).people == (derek,)
        await pilot.press("ctrl+t", "m")
        await type_words(pilot, "terry")
        await pilot.press("enter")
        await pilot.pause()
        assert "Note about Terry Beasley" in text_of(app)
        assert note(pilot).editor.text == "We walked."
        await done(pilot)
    assert of(store, "note", terry) == ["We walked."]
    assert of(store, "note", derek) == []


async def test_a_draft_is_thrown_away_only_when_asked_twice(app_over, store, pratts):
    app = app_over(store)
    async with note_open(app, pratts[0]) as pilot:
        await type_words(pilot, "On the wrong person.")
        note(pilot).keep_draft()
        await pilot.press("ctrl+t", "x")
        await pilot.pause()
        assert "Press x again to throw this draft away." in text_of(app)
        assert len(store.drafts()) == 1
        await pilot.press("x")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    assert store.drafts("note") == []
    assert rows(store, "SELECT 1 FROM note") == []


async def test_a_line_whose_question_stands_above_says_that_it_waits(app_over, store, pratts):
    derek, joan = pratts
    with store.write("what is known", person=derek) as tx:
        households.live_together(tx, derek, joan)
    app = app_over(store)
    async with note_open(app, derek) as pilot:
        await type_words(pilot, "+ Joan: plays the organ\n~ Joan: no time")
        await read(pilot)
        first, second = note(pilot).panel.rows
        assert [ask.is_open for ask in first.asks] == [True]
        assert second.asks == ()
        assert "waits for the answer above" in second.becomes
        await pilot.press("tab", "2")
        await read(pilot)
        assert "waits for the answer above" not in note(pilot).panel.rows[1].becomes


async def begun_about_both(app, store, pratts, pilot):
    app.open_note(pratts)
    await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
    await type_words(pilot, "We walked down the lane.")
    await pilot.press("escape")
    await arrive(pilot, TodayScreen)
    await until(pilot, lambda: store.drafts("note"))


async def test_a_note_about_one_of_a_couple_goes_on_with_the_one_that_waits_about_both(
    app_over, store, pratts
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await begun_about_both(app, store, pratts, pilot)
        app.open_person(pratts[1])
        await arrive(pilot, PersonScreen)
        await pilot.press("ctrl+n")
        await arrive(pilot, ChooseScreen)
        await sees(pilot, "A note about Derek and Joan is begun and not saved")
        assert "We walked down the lane." in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert note(pilot).editor.text == "We walked down the lane."
        assert note(pilot).people == pratts


async def test_a_new_note_about_one_of_them_leaves_the_one_about_both_as_it_is(
    app_over, store, pratts
):
    joan = pratts[1]
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await begun_about_both(app, store, pratts, pilot)
        app.open_person(joan)
        page = await arrive(pilot, PersonScreen)
        await pilot.press("ctrl+n")
        await arrive(pilot, ChooseScreen)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert note(pilot).people == (joan,)
        await type_words(pilot, "She rang about the form.")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is page)
        words = {one.people: one.words for one in store.drafts("note")}
        assert words == {pratts: "We walked down the lane.", (joan,): "She rang about the form."}
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert note(pilot).editor.text == "She rang about the form."


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_a_note_about_a_couple_offers_the_one_that_waits_about_one_of_them(
    app_over, store, pratts, size
):
    derek, joan = pratts
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await arrive(pilot, TodayScreen)
        app.open_note((derek,))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await type_words(pilot, "Fieldfares on the lane.")
        await pilot.press("escape")
        await arrive(pilot, TodayScreen)
        await until(pilot, lambda: store.drafts("note"))
        app.open_note((joan, derek))
        await arrive(pilot, ChooseScreen)
        await sees(pilot, "A note about Derek is begun and not saved")
        assert "Fieldfares on the lane." in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert (note(pilot).people, note(pilot).editor.text) == (
            (derek,),
            "Fieldfares on the lane.",
        )
        await pilot.press("escape")
        await arrive(pilot, TodayScreen)
        app.open_note((joan, derek))
        await arrive(pilot, ChooseScreen)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert (note(pilot).people, note(pilot).editor.text) == ((joan, derek), "")


async def test_a_note_that_is_open_is_come_back_to_and_never_opened_twice(app_over, store, pratts):
    joan = pratts[1]
    app = app_over(store)
    async with note_open(app, joan) as pilot:
        first = note(pilot)
        await type_words(pilot, "She rang about the form.")
        app.open_person(joan)
        await arrive(pilot, PersonScreen)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: app.screen is first)
        await sees(pilot, "That note is open already.")
        await type_words(pilot, " Sent it.")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not first)
        kept = [one.words for one in store.drafts("note")]
        assert kept == ["She rang about the form. Sent it."]
