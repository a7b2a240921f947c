"""When, where, who: prefilled, and changed in two keys."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time

import pytest

from linkworker import schema
from linkworker.caseload import appointments, notes
from linkworker.caseload.appointments import Appointment
from linkworker.caseload.note_known import note_known
from linkworker.caseload.timeline import Entry
from linkworker.rules.marks import read_note
from linkworker.rules.note.understanding import understand
from linkworker.schema import values
from linkworker.screens.note import NoteScreen
from linkworker.screens.note_facts import LETTERS_ARE_TEXT, OUTCOME_KEYS, WAY_KEYS
from linkworker.screens.note_meeting import (
    Meeting,
    Unclear,
    from_draft,
    in_words,
    prefilled,
    to_draft,
    with_minutes,
    with_outcome,
    with_way,
    with_when,
)
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.note_hands import (
    done,
    note,
    note_open,
    read,
    rows,
    somebody,
    terry_as_known,
    type_words,
)
from tests.screens.snapshots import text_of

MONDAY = datetime(2026, 11, 30, 9, 3, tzinfo=UTC)


def appointment(at: str, **more) -> Appointment:
    facts = {
        "kind": "visit",
        "minutes": None,
        "place": "",
        "about": "",
        "interpreter": "",
        "state": "to come",
        "state_words": "",
    } | more
    return Appointment("a1", "", "", at=at, **facts)


def test_todays_appointment_gives_when_how_long_and_where():
    made = prefilled(
        MONDAY, [appointment("2026-11-30T08:30", kind="call", minutes=20, place="")], []
    )
    assert made == Meeting(date(2026, 11, 30), time(8, 30), 20, "phone", appointment_id="a1")


def contact(at: str, words: str = "") -> Entry:
    ids = ("c1", at, at, "", "phone", "met", None, "", words, "n1" if words else "", "")
    return Entry("contact", *ids, False, False)


def test_an_appointment_of_the_last_days_is_meant_where_nothing_was_written_since():
    on_friday = [appointment("2026-11-27T14:00", minutes=50)]
    made = prefilled(MONDAY, on_friday, [contact("2026-11-20T10:00:00.000Z")])
    assert (made.day, made.at, made.minutes) == (date(2026, 11, 27), time(14, 0), 50)
    made = prefilled(MONDAY, on_friday, [contact("2026-11-28T10:00:00.000Z")])
    assert (made.day, made.at, made.appointment_id) == (MONDAY.date(), time(9, 0), "")


@pytest.mark.parametrize(
    ("at", "meant"),
    [
        ("2026-11-27T15:00", False),
        ("2026-11-27T10:06", False),
        ("2026-11-28T09:00", False),
        ("2026-11-27T10:00", True),
        ("2026-11-27", True),
        ("2026-11-26T09:00", True),
        ("2026-11-20T09:00", False),
    ],
)
async def test_an_appointment_that_lies_ahead_is_never_taken_to_have_happened(
    app_over, store, at, meant
):
    stan = somebody(store, "Stan Webb")
    with store.write("an appointment", person=stan) as tx:
        appointments.add_appointment(tx, stan, at, kind="call", minutes=20)
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        meeting = note(pilot).opening.meeting
        assert bool(meeting.appointment_id) is meant
        assert (meeting.how == "phone") is meant
        assert meant or (meeting.day, meeting.at) == (date(2026, 11, 27), time(10, 5))


def test_without_an_appointment_it_is_now():
    assert prefilled(MONDAY, [], []) == Meeting(date(2026, 11, 30), time(9, 0), guessed=("how",))


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("Fri", date(2026, 11, 27), None),
        ("Fri 2pm", date(2026, 11, 27), time(14, 0)),
        ("yesterday 10:30", date(2026, 11, 29), time(10, 30)),
        ("24 Nov", date(2026, 11, 24), None),
        ("8:15", date(2026, 11, 30), time(8, 15)),
        ("today", date(2026, 11, 30), time(9, 0)),
    ],
)
def test_friday_typed_on_monday_is_last_friday(typed, day, at):
    made = with_when(Meeting(date(2026, 11, 30), time(9, 0)), typed, MONDAY)
    assert (made.day, made.at) == (day, at)


@pytest.mark.parametrize("typed", ["Mon", "tomorrow", "31 Nov", "soon", "23:30", "in 6 weeks"])
def test_what_is_unclear_or_still_to_come_is_said_and_never_guessed(typed):
    with pytest.raises(Unclear) as unclear:
        with_when(Meeting(date(2026, 11, 30), time(9, 0)), typed, MONDAY)
    assert str(unclear.value).endswith((".", "?"))


def test_another_day_is_no_longer_the_appointment():
    of_today = Meeting(date(2026, 11, 30), time(9, 0), appointment_id="a1")
    assert with_when(of_today, "Fri", MONDAY).appointment_id == ""
    assert with_when(of_today, "8:15", MONDAY).appointment_id == "a1"


@pytest.mark.parametrize(("typed", "minutes"), [("50", 50), ("1 h 20", 80), ("", None)])
def test_how_long_it_was_is_typed_as_people_say_it(typed, minutes):
    assert with_minutes(Meeting(date(2026, 11, 30)), typed).minutes == minutes


def test_no_visit_takes_no_time_or_days():
    for typed in ("long", "0", "9999"):
        with pytest.raises(Unclear):
            with_minutes(Meeting(date(2026, 11, 30)), typed)


def test_a_draft_keeps_the_facts_as_they_were():
    whole = Meeting(
        date(2026, 11, 27), time(10, 5), 50, "phone", "home", ("Pat",), "Ifrah", "met", "a1", "c1"
    )
    for meeting in (whole, Meeting(date(2026, 11, 27))):
        assert from_draft(to_draft(meeting)) == meeting


def test_the_facts_are_said_on_one_line():
    today = date(2026, 11, 27)
    visit = Meeting(today, time(10, 5), 50, place="home")
    assert in_words(visit, today) == "Fri 27 Nov 10:05 · 50 min · home visit"
    missed = Meeting(today, None, None, outcome="didn't meet: ours")
    assert in_words(missed, today) == "Fri 27 Nov · didn't meet: ours"


def test_every_way_and_every_outcome_has_a_key():
    assert list(WAY_KEYS.values()) == list(values.CONTACT_WAYS)
    assert list(OUTCOME_KEYS.values()) == list(values.OUTCOMES)


async def test_a_visit_becomes_a_phone_call_in_two_keys(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "He rang.")
        await pilot.press("ctrl+t", "p")
        await pilot.pause()
        assert "● phone" in text_of(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen) and store.drafts() == [])
    assert rows(store, "SELECT how, minutes FROM contact") == [("phone", 50)]


async def test_when_it_was_is_typed_as_it_is_said(app_over, store, clock):
    clock.now = MONDAY
    app = app_over(store)
    async with note_open(app, somebody(store, "Terry Beasley")) as pilot:
        await type_words(pilot, "Written up on Monday.")
        await pilot.press("ctrl+t", "w")
        await type_words(pilot, "Fri 10:05")
        await pilot.press("enter", "l")
        await type_words(pilot, "50")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert "Fri 27 Nov 10:05 · 50 min · home visit" in text_of(app)
        await done(pilot)
    assert rows(store, "SELECT happened_at, minutes FROM contact") == [
        ("2026-11-27T10:05:00.000Z", 50)
    ]


async def test_what_cannot_be_read_stays_in_the_field_and_says_so(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Terry Beasley")) as pilot:
        await pilot.press("ctrl+t", "w")
        await type_words(pilot, "sometime")
        await pilot.press("enter")
        await pilot.pause()
        assert "That is no day or time." in text_of(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, NoteScreen)
        assert "sometime" in text_of(app)


async def test_whose_didnt_meet_it_was_and_who_interpreted(app_over, store):
    lucia = somebody(store, "Lucia Moreira")
    with store.write("an appointment") as tx:
        tx.add(
            schema.Appointment(person_id=lucia, worker_id=store.worker_id, at="2026-11-27T09:00")
        )
    app = app_over(store)
    async with note_open(app, lucia) as pilot:
        await type_words(pilot, "I had the wrong day. Said sorry by text.")
        await pilot.press("ctrl+t", "7", "n")
        await type_words(pilot, "nobody came")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen) and store.drafts() == [])
    assert rows(store, "SELECT outcome, interpreter FROM contact") == [
        ("didn't meet: ours", "nobody came")
    ]
    assert rows(store, "SELECT state, state_words FROM appointment") == [
        ("did not happen", "didn't meet: ours")
    ]


async def test_who_would_rather_not_today_at_the_door_is_no_didnt_meet(app_over, store):
    stan = somebody(store, "Stan Webb")
    with store.write("an appointment") as tx:
        tx.add(schema.Appointment(person_id=stan, worker_id=store.worker_id, at="2026-11-27T09:00"))
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await pilot.press("ctrl+t", "9")
        await sees(pilot, "9 ● in, but not today")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    assert rows(store, "SELECT how, outcome FROM contact") == [("home visit", "in, but not today")]
    assert rows(store, "SELECT state, state_words FROM appointment") == [
        ("did not happen", "in, but not today")
    ]


async def test_who_was_there_is_kept(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Terry Beasley")) as pilot:
        await type_words(pilot, "Tea.")
        await pilot.press("ctrl+t", "u")
        await type_words(pilot, "Pat, Ray next door")
        await pilot.press("escape")
        await done(pilot)
    kept = rows(store, "SELECT who_there FROM contact")[0][0]
    assert json.loads(kept) == ["Pat", "Ray next door"]


async def test_the_day_of_the_note_is_the_day_that_its_steps_count_from(app_over, store, clock):
    clock.now = MONDAY
    app = app_over(store)
    async with note_open(app, somebody(store, "Terry Beasley")) as pilot:
        await type_words(pilot, "> Terry: ring the club tomorrow")
        await pilot.press("ctrl+t", "w")
        await type_words(pilot, "Fri")
        await pilot.press("enter", "escape")
        await pilot.pause()
        screen = note(pilot)
        assert screen.opening.known.note_day == date(2026, 11, 27)
        assert screen.understanding.known.note_day == date(2026, 11, 27)


async def test_an_arrow_goes_from_row_to_row_and_from_choice_to_choice(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Terry Beasley")) as pilot:
        await pilot.press("ctrl+t", "right", "right")
        assert app.screen.meeting.how == values.CONTACT_WAYS[2]
        await pilot.press("down", "right")
        assert app.screen.meeting.outcome == values.OUTCOMES[1]
        await pilot.press("down")
        assert app.focused.id == "place"
        await pilot.press("enter", "enter")
        assert isinstance(app.screen, NoteScreen)
        assert note(pilot).opening.meeting.outcome == values.OUTCOMES[1]


def test_no_answer_a_voicemail_and_a_text_were_no_home_visit():
    visit = Meeting(date(2026, 11, 27))
    assert with_outcome(visit, "no answer").how == "phone"
    assert with_outcome(visit, "left a voicemail").how == "phone"
    assert with_outcome(visit, "sent a text").how == "text or message"
    assert with_outcome(visit, "card through the door").how == "home visit"


def test_what_was_chosen_stays_whatever_came_of_it():
    for how in values.CONTACT_WAYS:
        chosen = with_way(Meeting(date(2026, 11, 27)), how)
        assert {with_outcome(chosen, outcome).how for outcome in values.OUTCOMES} == {how}


def test_what_came_of_it_at_a_door_was_no_call():
    call = Meeting(date(2026, 11, 27), how="phone")
    assert with_outcome(call, "card through the door").how == "home visit"
    assert with_outcome(call, "in, but not today").how == "home visit"


def test_a_slip_of_the_finger_among_the_outcomes_leaves_how_it_was_as_it_was():
    session = Meeting(date(2026, 11, 27), how="at a session")
    assert with_outcome(with_outcome(session, "no answer"), "met") == session


def test_nobody_answering_at_a_visit_in_the_diary_or_a_logged_contact_leaves_how_it_was():
    visit = Meeting(date(2026, 11, 27), appointment_id="a1")
    assert with_outcome(visit, "no answer").how == "home visit"
    assert with_outcome(visit, "left a voicemail").how == "phone"
    there = Meeting(date(2026, 11, 27), how="at a session", contact_id="c1")
    assert with_outcome(there, "left a voicemail").how == "at a session"


async def test_nobody_answering_the_door_at_a_visit_is_kept_as_a_visit(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await pilot.press("ctrl+t", "h", "2")
        assert app.screen.query_one("#how").holds == "home visit"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    assert rows(store, "SELECT how, outcome FROM contact") == [("home visit", "no answer")]


# -- left by another key than its own --------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (108, 36)])
@pytest.mark.parametrize("text", ["", "Tea, and the old photographs."])
async def test_words_in_a_field_that_was_not_left_are_there_when_the_note_is_gone_on_with(
    app_over, store, size, text
):
    derek, joan = somebody(store, "Derek Pratt"), somebody(store, "Joan Pratt")
    app = app_over(store)
    async with note_open(app, derek, joan, size=size) as pilot:
        await type_words(pilot, text)
        await pilot.press("ctrl+t", "a")
        await type_words(pilot, "the church hall")
        await pilot.press("u")
        await pilot.press("f2")
        await arrive(pilot, TodayScreen)
        app.open_note((joan, derek))
        await arrive(pilot, NoteScreen)
        await read(pilot)
        assert note(pilot).editor.text == text
        await pilot.press("ctrl+t")
        await sees(pilot, "the church hallu")


async def test_a_day_half_typed_is_kept_too_and_asked_about_before_the_note_is_done(
    app_over, store
):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "Tea.")
        await pilot.press("ctrl+t", "w")
        await type_words(pilot, "the day of the fu")
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        app.open_note((terry,))
        await arrive(pilot, NoteScreen)
        await read(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "the day of the fu")
        await sees(pilot, "That is no day or time.")
        await pilot.press("ctrl+a")
        await type_words(pilot, "yesterday 2pm")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen) and store.drafts() == [])
    assert rows(store, "SELECT happened_at FROM contact") == [("2026-11-26T14:00:00.000Z",)]


async def test_the_lid_closes_over_a_field_that_was_not_left(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await pilot.press("ctrl+t", "n")
        await type_words(pilot, "Ifrah came")
        assert app.keep_drafts() is None
        (draft,) = store.drafts("note")
        assert draft.facts["meeting"]["interpreter"] == "Ifrah came"


async def test_a_note_in_which_nothing_was_typed_leaves_no_draft(app_over, store):
    terry = somebody(store, "Terry Beasley")
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await pilot.press("ctrl+t", "p", "f2")
        await arrive(pilot, TodayScreen)
    assert store.drafts() == []


# -- logged first, written up later ----------------------------------------------------------------


def logged(store, person: str, outcome: str = "met") -> None:
    at = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    with store.write("a contact", person=person) as tx:
        known = note_known(tx, (person,))
        facts = notes.Facts(at, 20, "phone", outcome=outcome)
        notes.write_note(tx, understand(read_note(""), known), facts)


async def test_a_call_logged_this_morning_is_written_up_and_stays_one_contact(app_over, store):
    stan = somebody(store, "Stan Webb")
    logged(store, stan)
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        assert "Fri 27 Nov 9:30 · 20 min · phone · already logged" in text_of(app)
        await type_words(pilot, "He would like the allotment.")
        await pilot.press("ctrl+t", "l")
        await type_words(pilot, "25")
        await pilot.press("enter", "escape")
        await done(pilot)
        assert rows(store, "SELECT how, minutes FROM contact") == [("phone", 25)]
        (contact,) = rows(store, "SELECT id FROM contact")
        assert rows(store, "SELECT contact_id FROM note") == [contact]
        await pilot.press("ctrl+z")
        await pilot.pause()
    standing = "SELECT how, minutes FROM contact WHERE hidden_at IS NULL"
    assert rows(store, standing) == [("phone", 20)]
    assert rows(store, "SELECT 1 FROM note WHERE hidden_at IS NULL") == []


async def test_the_note_can_be_about_a_different_contact_than_the_one_logged(app_over, store):
    stan = somebody(store, "Stan Webb")
    logged(store, stan)
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Then I went round.")
        await pilot.press("ctrl+t")
        assert "logged at 9:30, phone" in text_of(app)
        await pilot.press("d", "h", "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
        await until(pilot, lambda: rows(store, "SELECT 1 FROM note"))
    assert rows(store, "SELECT how FROM contact ORDER BY happened_at") == [
        ("phone",),
        ("home visit",),
    ]


async def test_a_call_that_nobody_answered_is_offered_and_not_taken_for_the_meeting(
    app_over, store
):
    stan = somebody(store, "Stan Webb")
    logged(store, stan, "no answer")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        assert "already logged" not in text_of(app)
        await type_words(pilot, "Third try.")
        await pilot.press("ctrl+t")
        assert "logged at 9:30, no answer" in text_of(app)
        await pilot.press("c", "ctrl+s")
        await until(pilot, lambda: rows(store, "SELECT 1 FROM note"))
    assert rows(store, "SELECT outcome FROM contact") == [("no answer",)]


async def last_seen_at_the_library(store, person: str) -> None:
    with store.write("the last time", person=person) as tx:
        tx.add(
            schema.Contact(
                person_id=person,
                worker_id=store.worker_id,
                occasion_id=store.ids(),
                happened_at=datetime(2026, 11, 13, 10, tzinfo=UTC),
                how="at a session",
                place="Barwell library",
                outcome="met",
            )
        )


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_how_and_where_from_the_last_time_are_called_guesses_until_enter_confirms_them(
    app_over, store, size
):
    terry = somebody(store, "Terry Beasley")
    await last_seen_at_the_library(store, terry)
    async with note_open(app_over(store), terry, size=size) as pilot:
        assert "at a session, Barwell library: both guesses" in text_of(pilot.app)
        await pilot.press("ctrl+t")
        await sees(pilot, "How, a guess")
        assert "At, a guess" in text_of(pilot.app)
        assert "Enter confirms it" in text_of(pilot.app)
        await pilot.press("enter")
        await sees(pilot, "at a session · Barwell library")
        assert "guess" not in text_of(pilot.app)
        assert note(pilot).editor.has_focus


async def test_a_guess_that_is_changed_is_none_and_the_other_stays_one(app_over, store):
    terry = somebody(store, "Terry Beasley")
    await last_seen_at_the_library(store, terry)
    async with note_open(app_over(store), terry) as pilot:
        await pilot.press("ctrl+t")
        await sees(pilot, "How, a guess")
        await pilot.press("p")
        await sees_no_more(pilot, "How, a guess")
        assert "At, a guess" in text_of(pilot.app)
        await pilot.press("escape")
        await sees(pilot, "phone · Barwell library, a guess")
        await type_words(pilot, "Rang him.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, NoteScreen))
        pilot.app.open_note((terry,))
        await arrive(pilot, NoteScreen)
        await sees(pilot, "phone · Barwell library, a guess")


async def test_a_way_that_nobody_said_is_a_guess_and_the_diarys_is_none(app_over, store):
    stan, terry = somebody(store, "Stan Webb"), terry_as_known(store)
    async with note_open(app_over(store), stan) as pilot:
        assert "home visit, a guess" in text_of(pilot.app)
    async with note_open(app_over(store), terry) as pilot:
        assert "50 min · home visit" in text_of(pilot.app)
        assert "guess" not in text_of(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_in_a_field_the_bar_shows_no_letter_that_would_only_be_typed(app_over, store, size):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb"), size=size) as pilot:
        await pilot.press("ctrl+t")
        await sees(pilot, "+ Add somebody")
        assert LETTERS_ARE_TEXT not in text_of(app)
        await pilot.press("a")
        await sees_no_more(pilot, "+ Add somebody")
        await sees(pilot, LETTERS_ARE_TEXT)
        assert "Ctrl+S Done" in text_of(app)
        await pilot.press(*"home", "enter")
        await sees(pilot, "+ Add somebody")
        assert LETTERS_ARE_TEXT not in text_of(app)


async def test_the_first_sentence_tells_how_it_was_and_it_stays_a_guess(app_over, store):
    terry = somebody(store, "Terry Beasley")
    await last_seen_at_the_library(store, terry)
    async with note_open(app_over(store), terry) as pilot:
        assert "at a session, Barwell library: both guesses" in text_of(pilot.app)
        await type_words(pilot, "Rang him")
        await sees(pilot, "phone, a guess")
        assert "Barwell" not in text_of(pilot.app)
        for _ in "Rang him":
            await pilot.press("backspace")
        await sees(pilot, "at a session, Barwell library: both guesses")


async def test_what_the_first_sentence_told_is_what_is_recorded(app_over, store):
    terry = somebody(store, "Terry Beasley")
    await last_seen_at_the_library(store, terry)
    async with note_open(app_over(store), terry) as pilot:
        await type_words(pilot, "Rang him. All well.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(pilot.app.screen, NoteScreen))
    with store.read() as tx:
        newest, *_ = tx.rows("SELECT how, place FROM contact ORDER BY id DESC")
    assert tuple(newest) == ("phone", "")


async def test_how_it_was_is_not_read_from_the_words_once_somebody_chose_it(app_over, store):
    terry = somebody(store, "Terry Beasley")
    await last_seen_at_the_library(store, terry)
    async with note_open(app_over(store), terry) as pilot:
        await pilot.press("ctrl+t")
        await sees(pilot, "How, a guess")
        await pilot.press("enter")
        await sees(pilot, "at a session · Barwell library")
        await type_words(pilot, "Rang him")
        await until(pilot, lambda: note(pilot).is_read)
        assert "at a session · Barwell library" in text_of(pilot.app)


async def test_a_draft_comes_back_with_the_guess_that_its_words_gave_and_the_one_before(
    app_over, store
):
    terry = somebody(store, "Terry Beasley")
    await last_seen_at_the_library(store, terry)
    async with note_open(app_over(store), terry) as pilot:
        await type_words(pilot, "Rang him.")
        await sees(pilot, "phone, a guess")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, NoteScreen))
        pilot.app.open_note((terry,))
        await arrive(pilot, NoteScreen)
        await sees(pilot, "phone, a guess")
        await pilot.press("ctrl+a", "delete")
        await sees(pilot, "at a session, Barwell library: both guesses")


async def test_a_visit_in_the_diary_stays_one_whatever_the_words_say(app_over, store):
    async with note_open(app_over(store), terry_as_known(store)) as pilot:
        await type_words(pilot, "Rang him first, and then he was out.")
        await until(pilot, lambda: note(pilot).is_read)
        assert "50 min · home visit" in text_of(pilot.app)
