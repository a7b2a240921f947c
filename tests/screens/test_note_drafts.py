"""Drafts that were thrown away, could not be kept, or were held: no words go over newer ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linkworker import folders, schema
from linkworker.caseload.today import begun
from linkworker.clock import to_text
from linkworker.screens import today
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import DRAFTS, FormScreen
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_draft import (
    DraftKeeper,
    State,
    forget_long_gone,
    notes_begun,
    thrown_away,
)
from linkworker.screens.note_meeting import Meeting, to_draft
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.widgets.forms import Ask
from linkworker.widgets.page import Page
from tests.conftest import PASSPHRASE
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.note_hands import note, note_open, rows, somebody, type_words
from tests.screens.snapshots import text_of
from tests.screens.terrys_week import FRIDAY, write_terrys_week


def state(store: Any, number: int, words: str) -> State:
    return State(number, ("stan",), words, {}, to_text(store.clock()))


def full(*draft: Any) -> Any:
    raise folders.DiskFull


def test_words_that_were_held_never_go_over_newer_ones(store, clock, monkeypatch):
    held = DraftKeeper(store, "d")
    held.keep(state(store, 1, "Terry met me"))
    late = state(store, 2, "Terry met me at the gate")
    with monkeypatch.context() as disk:
        disk.setattr(store, "save_draft", full)
        with pytest.raises(folders.DiskFull):
            held.keep(late)
    clock.on(minutes=5)
    DraftKeeper(store, "d").keep(state(store, 1, "Terry met me, and Ray"))
    clock.on(minutes=5)
    held.keep(late)
    kept = {one.id: one.words for one in notes_begun(store)}
    assert kept.pop("d") == "Terry met me, and Ray"
    assert list(kept.values()) == ["Terry met me at the gate"]


def test_words_that_were_held_stand_in_their_draft_where_nothing_newer_does(
    store, clock, monkeypatch
):
    held = DraftKeeper(store, "d")
    held.keep(state(store, 1, "Terry met me"))
    late = state(store, 2, "Terry met me at the gate")
    with monkeypatch.context() as disk:
        disk.setattr(store, "save_draft", full)
        with pytest.raises(folders.DiskFull):
            held.keep(late)
    clock.on(minutes=5)
    held.keep(late)
    assert [(one.id, one.words) for one in notes_begun(store)] == [("d", late.words)]


def test_what_was_held_of_a_note_that_was_done_meanwhile_is_no_note_that_was_begun(
    store, monkeypatch
):
    DraftKeeper(store, "d").keep(state(store, 1, "Terry met me"))
    held = DraftKeeper(store, "d", stands=True)
    late = state(store, 1, "Terry met me at the gate")
    with monkeypatch.context() as disk:
        disk.setattr(store, "save_draft", full)
        with pytest.raises(folders.DiskFull):
            held.keep(late)
    with DraftKeeper(store, "d", stands=True).ending(), store.write("the note") as tx:
        tx.drop_draft("d")
    held.keep(late)
    assert notes_begun(store) == []
    assert [one.words for one in thrown_away(store)] == ["Terry met me at the gate"]


def test_words_that_were_handed_in_are_not_kept_again_and_new_ones_are(store):
    held = DraftKeeper(store, "d")
    held.keep(state(store, 1, "Terry met me"))
    store.drop_draft("d")  # as a sync does that handed it in
    assert held.keep(state(store, 2, "Terry met me")) is None
    assert held.went
    assert notes_begun(store) == []
    held.keep(state(store, 3, "Terry met me at the gate"))
    assert not held.went
    assert [one.words for one in notes_begun(store)] == ["Terry met me at the gate"]


async def test_who_leaves_a_note_whose_person_is_gone_is_not_told_that_its_draft_waits(
    app_over, store
):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Card through the door.")
        await until(pilot, lambda: notes_begun(store))
        store.drop_draft(notes_begun(store)[0].id)
        await pilot.press("escape")
        await sees(pilot, "Nothing waits here")
        assert notes_begun(store) == []


@pytest.mark.parametrize(
    ("in_team", "handed_in", "says"),
    [
        (True, False, "goes to your team lead"),
        (True, True, "went to your team lead"),
        (False, False, "is kept as a draft"),
    ],
)
async def test_done_in_a_note_whose_person_is_gone_says_where_the_words_go_and_keeps_them(
    app_over, store, in_team, handed_in, says
):
    with store.write("added somebody") as tx:
        stan = str(tx.add(schema.Person(called="Stan Webb")).id)
    if in_team:
        store.belonging.begin("https://127.0.0.1:9", "", "x")
        store.belonging.joined("North team")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Card through the door.")
        await until(pilot, lambda: notes_begun(store))
        with store.write("took away") as tx:  # or a sync lets go of them
            tx.hide(schema.Person, stan)
        if handed_in:
            store.drop_draft(notes_begun(store)[0].id)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: says in " ".join(text_of(app).replace("▌", " ").split()))
        assert "from the list" not in text_of(app)
        begun = [one.words for one in notes_begun(store)]
        assert begun == ([] if handed_in else ["Card through the door."])


def test_what_was_held_of_a_note_that_never_stood_there_is_one_that_was_begun(store, monkeypatch):
    held = DraftKeeper(store, "d")
    late = state(store, 1, "Terry met me at the gate")
    with monkeypatch.context() as disk:
        disk.setattr(store, "save_draft", full)
        with pytest.raises(folders.DiskFull):
            held.keep(late)
    held.keep(late)
    assert [one.words for one in notes_begun(store)] == ["Terry met me at the gate"]
    assert thrown_away(store) == []


def test_what_was_thrown_away_is_there_for_two_weeks(store, clock):
    DraftKeeper(store, "d").throw_away(state(store, 1, "About the wrong man."))
    assert [one.words for one in thrown_away(store)] == ["About the wrong man."]
    clock.on(days=15)
    DraftKeeper(store, "e").throw_away(state(store, 1, "Another."))
    assert [one.words for one in thrown_away(store)] == ["Another."]
    assert notes_begun(store) == []


def test_what_was_thrown_away_longer_ago_is_in_no_list(store, clock):
    DraftKeeper(store, "d").throw_away(state(store, 1, "!! he hits her"))
    clock.on(days=15)
    assert thrown_away(store) == []


def looked_at_daily(store: Any, clock: Any, days: int) -> None:
    """Come in on so many days, one after the other."""
    for _ in range(days):
        clock.on(days=1)
        forget_long_gone(store)


async def test_what_was_thrown_away_longer_ago_is_forgotten_once_today_stands(
    app_over, store, clock, monkeypatch
):
    monkeypatch.setattr(today, "SETTLE_SECONDS", 0.01)
    DraftKeeper(store, "d").throw_away(state(store, 1, "!! he hits her"))
    looked_at_daily(store, clock, 13)
    DraftKeeper(store, "e").throw_away(state(store, 1, "The wrong man."))
    clock.on(days=2)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await until(
            pilot,
            lambda: [one.words for one in store.drafts() if one.words] == ["The wrong man."],
        )


def test_two_weeks_of_days_forget_what_was_thrown_away_and_leave_nothing_of_it(store, clock):
    DraftKeeper(store, "d").throw_away(state(store, 1, "!! he hits her"))
    looked_at_daily(store, clock, 14)
    assert [one.words for one in thrown_away(store)] == ["!! he hits her"]
    looked_at_daily(store, clock, 1)
    assert store.drafts() == []


def test_a_laptop_that_was_off_for_a_month_keeps_it_for_days_on_which_it_is_used(store, clock):
    DraftKeeper(store, "d").throw_away(state(store, 1, "Terry met me at the gate"))
    clock.on(days=30)
    looked_at_daily(store, clock, 13)
    assert store.drafts("note thrown away")
    looked_at_daily(store, clock, 1)
    assert store.drafts() == []


@pytest.mark.parametrize("ahead", [15, 400])
def test_a_clock_that_runs_ahead_on_several_days_takes_no_words_with_it(store, clock, ahead):
    DraftKeeper(store, "d").throw_away(state(store, 1, "Terry met me at the gate"))
    clock.on(days=ahead)
    forget_long_gone(store)
    looked_at_daily(store, clock, 4)
    assert thrown_away(store) == []
    clock.on(days=-ahead)
    assert [one.words for one in thrown_away(store)] == ["Terry met me at the gate"]
    forget_long_gone(store)
    for _ in range(8):  # ahead every other day, with the right day between
        clock.on(days=ahead)
        forget_long_gone(store)
        clock.on(days=1 - ahead)
        forget_long_gone(store)
    assert [one.words for one in thrown_away(store)] == ["Terry met me at the gate"]


def test_a_clock_set_ahead_again_and_again_takes_no_words_with_it(store, clock):
    DraftKeeper(store, "d").throw_away(state(store, 1, "Terry met me at the gate"))
    for _ in range(13):
        clock.on(days=50)
        forget_long_gone(store)
    clock.on(days=-649)
    assert [one.words for one in thrown_away(store)] == ["Terry met me at the gate"]
    looked_at_daily(store, clock, 13)
    assert [one.words for one in thrown_away(store)] == ["Terry met me at the gate"]


def test_a_look_many_times_a_day_counts_once(store, clock):
    DraftKeeper(store, "d").throw_away(state(store, 1, "Terry met me at the gate"))
    clock.on(days=15)
    for _ in range(20):
        clock.on(minutes=5)
        forget_long_gone(store)
    clock.on(days=-15)
    assert [one.words for one in thrown_away(store)] == ["Terry met me at the gate"]


def a_draft_of(store, person: str) -> None:
    meeting = to_draft(Meeting(date(2026, 11, 27)))
    facts = {"corrects": "", "meeting": meeting}
    store.save_draft("draft-1", "note", (person,), "Card through the door.", facts)


async def test_delete_on_today_asks_once_and_ctrl_z_brings_the_draft_back(app_over, store):
    a_draft_of(store, somebody(store, "Stan Webb"))
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("down", "delete")
        await arrive(pilot, ChooseScreen)
        await pilot.press("enter")
        await arrive(pilot, TodayScreen)
        assert "Card through the door." in text_of(app)
        await pilot.press("delete")
        await arrive(pilot, ChooseScreen)
        await pilot.press("down", "enter")
        await sees(pilot, "Ctrl+Z brings it back")
        await sees_no_more(pilot, "Notes to finish")
        assert notes_begun(store) == []
        await pilot.press("ctrl+z")
        await sees(pilot, "Notes to finish")
        assert [one.words for one in notes_begun(store)] == ["Card through the door."]
        assert thrown_away(store) == []


async def test_ctrl_z_takes_back_what_was_done_after_a_draft_was_thrown_away(app_over, store):
    stan = somebody(store, "Stan Webb")
    a_draft_of(store, stan)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("down", "delete")
        await arrive(pilot, ChooseScreen)
        await pilot.press("down", "enter")
        await sees_no_more(pilot, "Notes to finish")
        with store.write("a step", person=stan) as tx:
            step = {"words": "ring Ray", "who_does": "worker", "by_day": FRIDAY}
            tx.add(schema.Step(person_id=stan, who_worker_id=store.worker_id, **step))
        await sees(pilot, "ring Ray")
        await pilot.press("ctrl+z")
        await sees_no_more(pilot, "ring Ray")
        assert notes_begun(store) == []
        assert len(thrown_away(store)) == 1


async def throw_the_first_away(pilot):
    """Choose the first note that was begun, on Today, and throw it away."""
    page = pilot.app.screen.query_one("#today", Page)
    begun_rows = [row.key for row in page.rows if row.what and row.what.kind == "begun"]
    page.choose(begun_rows[0])
    await pilot.press("delete")
    await arrive(pilot, ChooseScreen)
    await pilot.press("down", "enter")
    await arrive(pilot, TodayScreen)
    await until(pilot, lambda: begun_rows[0] not in [row.key for row in page.rows])


def a_strength_of(store, person: str) -> None:
    with store.write("a strength", person=person) as tx:
        tx.add(schema.Strength(person_id=person, words="sings"))


def strengths_in_sight(store) -> int:
    return len(rows(store, "SELECT 1 FROM strength WHERE hidden_at IS NULL"))


async def test_ctrl_z_on_another_screen_brings_the_draft_back_too(app_over, store):
    stan = somebody(store, "Stan Webb")
    a_strength_of(store, stan)
    a_draft_of(store, stan)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await throw_the_first_away(pilot)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await pilot.press("ctrl+z")
        await sees(pilot, "The draft is back.")
        assert [one.words for one in notes_begun(store)] == ["Card through the door."]
        assert strengths_in_sight(store) == 1
        await pilot.press("ctrl+z")
        await until(pilot, lambda: strengths_in_sight(store) == 0)


async def test_two_drafts_and_the_acts_about_them_are_taken_back_the_last_first(app_over, store):
    stan = somebody(store, "Stan Webb")
    a_strength_of(store, stan)
    a_draft_of(store, stan)
    meeting = to_draft(Meeting(date(2026, 11, 27)))
    facts = {"corrects": "", "meeting": meeting}
    store.save_draft("draft-2", "note", (somebody(store, "Ann Webb"),), "Ann rang.", facts)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await throw_the_first_away(pilot)
        a_strength_of(store, stan)
        await throw_the_first_away(pilot)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(notes_begun(store)) == 1)
        assert strengths_in_sight(store) == 2
        await pilot.press("ctrl+z")
        await until(pilot, lambda: strengths_in_sight(store) == 1)
        assert len(notes_begun(store)) == 1
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(notes_begun(store)) == 2)
        assert strengths_in_sight(store) == 1
        assert thrown_away(store) == []


async def test_a_draft_thrown_away_in_a_note_is_brought_back_by_ctrl_z(app_over, store):
    stan = somebody(store, "Stan Webb")
    a_strength_of(store, stan)
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Card through the door.")
        await pilot.press("ctrl+t", "x", "x")
        await sees(pilot, "The draft was thrown away.")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(notes_begun(store)) == 1)
    assert strengths_in_sight(store) == 1


async def test_delete_on_another_row_of_today_says_what_it_is_for(app_over, store):
    write_terrys_week(store)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("down", "delete")
        await sees(pilot, "Del throws a note away that was begun")


async def test_a_draft_that_was_thrown_away_is_brought_back_with_everything(app_over, store):
    stan, lucia = somebody(store, "Stan Webb"), somebody(store, "Lucia Moreira")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Card through the door.")
        await pilot.press("ctrl+t", "x", "x")
        await sees(pilot, "The draft was thrown away.")
        assert notes_begun(store) == []
        app.open_note((lucia,))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await pilot.press("ctrl+d")
        await sees(pilot, "Thrown away")
        assert "Card through the door." in text_of(app)
        await pilot.press("enter")
        await until(
            pilot,
            lambda: isinstance(app.screen, NoteScreen) and app.screen.people == (stan,),
        )
        assert note(pilot).editor.text == "Card through the door."
    assert [one.words for one in notes_begun(store)] == ["Card through the door."]
    assert thrown_away(store) == []
    assert rows(store, "SELECT 1 FROM note") == []


@pytest.mark.parametrize("kind", ["note", "note thrown away"])
async def test_words_kept_apart_stand_in_no_list_of_other_notes(app_over, store, kind):
    stan, lucia = somebody(store, "Stan Webb"), somebody(store, "Lucia Moreira")
    draft = (store.ids(), kind, [lucia], "\u200b!! he hits her", {})
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        store.save_draft(*draft)
        await pilot.press("ctrl+d")
        await sees(pilot, "a part is kept apart")
        assert "hits" not in text_of(app)


def test_today_shows_nothing_of_a_draft_whose_every_word_is_kept_apart(store):
    stan = somebody(store, "Stan Webb")
    store.save_draft("d", "note", [stan], "!! he hits her", {})
    store.save_draft("e", "note", [stan], "+ mends bicycles\n!! he hits her", {})
    with store.read() as tx:
        told = {one.draft_id: one.story for one in begun(tx)}
    assert told == {"d": "a part is kept apart", "e": "mends bicycles"}


async def test_with_a_full_disk_one_stays_with_the_note_and_is_told(app_over, store, monkeypatch):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await type_words(pilot, "Card through the door.")
        monkeypatch.setattr(store, "save_draft", full)
        for keys in (["ctrl+d"], ["ctrl+t", "x", "x"], ["escape"]):
            await pilot.press(*keys)
            await sees(pilot, "draft NOT kept")
            assert note(pilot).editor.text == "Card through the door."
            note(pilot).draft_words = ""
            note(pilot).tell_status()


async def test_what_was_held_of_a_form_gives_way_to_what_was_typed_later(
    app_over, store, clock, monkeypatch
):
    def form() -> FormScreen:
        asks = [Ask("words", "What")]
        return FormScreen("A step", asks, {}, lambda values: None, draft="step")

    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        app.push_screen(form())
        first = await arrive(pilot, FormScreen)
        await type_words(pilot, "ring the club")
        held = first.draft_in_hand()
        with monkeypatch.context() as disk:
            disk.setattr(store, "save_draft", full)
            with pytest.raises(folders.DiskFull):
                held()
        clock.on(seconds=5)
        await type_words(pilot, " on Friday")
        await pilot.press("escape")
        await until(pilot, lambda: store.drafts(DRAFTS))
        clock.on(seconds=5)
        held()
        assert store.drafts(DRAFTS)[0].facts == {"words": "ring the club on Friday"}
        app.push_screen(form())
        await arrive(pilot, FormScreen)
        await sees(pilot, "This is what you had typed before.")
        await sees(pilot, "ring the club on Friday")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
@pytest.mark.parametrize("place", ["end", "middle"])
async def test_a_long_draft_is_shown_round_the_cursor_when_one_comes_back_after_a_lock(
    app_over, store, size, place
):
    lines = [f"Line {number} of what he said about the lane." for number in range(90)]
    lines[10:20] = ["We walked on, and he spoke of the lane, the gate and the soup. " * 8] * 10
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=size) as pilot:
        await paste(pilot, "\n".join(lines))
        at = 89 if place == "end" else 40
        note(pilot).editor.move_cursor((at, 8))
        await pilot.pause()
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen))
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await sees(pilot, lines[at])
        await pilot.pause()
        editor = note(pilot).editor
        assert editor.cursor_location == (at, 8)
        shown = text_of(app)
        before = [line for line in lines[at - 5 : at + 1] if line in shown]
        assert before == lines[at - 5 : at + 1], shown
        assert editor.scroll_y <= editor.max_scroll_y
