"""Today: what is on it, and just as much what is not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from linkworker import schema
from linkworker.caseload import appointments, audit, people, reaching, steps, support, today
from linkworker.caseload.connections import add_tie

FRIDAY = date(2026, 11, 27)


def read(store):
    with store.read() as tx:
        return today.today(tx)


@pytest.fixture
def dean(store):
    with store.write("Dean") as tx:
        person = people.add_person(tx, called="Dean Hollis")
        support.begin(tx, person, level=2, on=FRIDAY - timedelta(days=60))
    return person


def promise(store, person, words, **said):
    with store.write("a step", person=person) as tx:
        who = {"who_does": "worker", "who_worker_id": tx.worker_id} | said
        return steps.add_step(tx, person, words, **who)


def met(store, person, day, outcome="met", how="home visit", note=True, by=""):
    with store.write("a contact", person=person) as tx:
        at = tx.now.replace(year=day.year, month=day.month, day=day.day)
        row = schema.Contact(
            person_id=person,
            worker_id=by or tx.worker_id,
            recorded_by=by,
            happened_at=at,
            outcome=outcome,
            how=how,
        )
        contact = tx.add(row).id
        if note:
            tx.add(schema.Note(person_id=person, contact_id=contact, happened_at=at, words="x"))
    return contact


def test_on_an_empty_notebook_today_is_empty(store):
    found = read(store)
    assert not found.anybody
    assert not any((found.promised, found.cannot_slip, found.occasions, found.quiet))


def test_what_i_promised_stands_by_its_time_and_what_a_sister_promised_does_not(store, dean):
    promise(store, dean, "find out about buses", by_day=FRIDAY - timedelta(days=2))
    promise(store, dean, "ring Dean", by_day=FRIDAY, by_time="09:30")
    promise(store, dean, "staying tonight", by_day=FRIDAY, who="Kelly", who_does="family or friend")
    promise(store, dean, "post the form", by_day=FRIDAY + timedelta(days=1))
    promise(store, dean, "some day")
    assert [(one.words, one.is_call) for one in read(store).promised] == [
        ("ring Dean", True),
        ("find out about buses", False),
    ]


def test_a_date_that_cannot_slip_shows_from_fourteen_days_before_whoever_does_it(store, dean):
    near = promise(store, dean, "PIP", by_day=FRIDAY + timedelta(days=14), cannot_slip=True)
    promise(store, dean, "hearing", by_day=FRIDAY + timedelta(days=15), cannot_slip=True)
    missed = promise(
        store, dean, "rent", by_day=FRIDAY - timedelta(days=1), cannot_slip=True, who_does="person"
    )
    found = read(store)
    assert [one.step_id for one in found.cannot_slip] == [missed, near]
    assert found.promised == []


def test_a_death_stops_every_reminder_and_taking_it_back_brings_them_again(store, dean):
    promise(store, dean, "ring Dean", by_day=FRIDAY)
    promise(store, dean, "PIP", by_day=FRIDAY, cannot_slip=True)
    met(store, dean, FRIDAY - timedelta(days=50))
    with store.write("visit", person=dean) as tx:
        appointments.add_appointment(tx, dean, f"{FRIDAY}T14:00")
        add_tie(tx, dean, "Kelly")
    before = read(store)
    assert before.promised
    assert before.cannot_slip
    assert before.occasions
    with store.write("died", person=dean) as tx:
        support.record_whereabouts(tx, dean, "died")
    found = read(store)
    assert found.promised == found.cannot_slip == found.occasions == found.quiet == []
    store.undo()
    assert read(store).promised == before.promised


def test_a_visit_says_how_one_gets_in_and_who_interprets(store, dean):
    with store.write("visit", person=dean) as tx:
        reaching.add_address(tx, dean, line1="3 Mill Row", getting_in="rings twice, stairs")
        appointments.add_appointment(tx, dean, f"{FRIDAY}T10:05", place="home", interpreter="Ifrah")
        appointments.add_appointment(tx, dean, f"{FRIDAY}")
        appointments.add_appointment(tx, dean, f"{FRIDAY + timedelta(days=1)}T10:05")
    first, second = read(store).occasions
    assert (first.first.time, first.first.getting_in, first.first.interpreter) == (
        "10:05",
        "rings twice, stairs",
        "Ifrah",
    )
    assert second.first.time == ""


def test_two_people_visited_together_are_one_line(store):
    with store.write("the Pratts") as tx:
        for name in ("Derek", "Joan"):
            person = people.add_person(tx, called=name)
            appointments.add_appointment(tx, person, f"{FRIDAY}T14:00", occasion_id="together")
    (one,) = read(store).occasions
    assert [meeting.name for meeting in one.people] == ["Derek", "Joan"]


def test_a_visit_that_was_called_off_or_moved_is_not_today(store, dean):
    with store.write("visits", person=dean) as tx:
        off = appointments.add_appointment(tx, dean, f"{FRIDAY}T14:00")
        moved = appointments.add_appointment(tx, dean, f"{FRIDAY}T15:00", place="library")
        appointments.call_off(tx, off, words="her sister came")
        new = appointments.move_appointment(tx, moved, f"{FRIDAY + timedelta(days=3)}T11:00")
    assert read(store).occasions == []
    with store.read() as tx:
        (left,) = appointments.to_come(tx, dean)
        assert (left.appointment_id, left.place, left.time) == (new, "library", "11:00")
        assert {one.state for one in appointments.past(tx, dean)} == {"called off", "moved"}


def test_only_what_colleagues_did_since_i_was_last_here_is_told_and_not_their_words(
    store, dean, clock
):
    clock.on(days=-3)
    with store.write("opened", quiet=True) as tx:
        audit.record(tx, "opened", dean)
        ben = tx.add(schema.Worker(name="Ben")).id
    clock.on(days=-2)
    met(store, dean, date(2026, 11, 22), by=ben, how="home visit")
    clock.on(days=4)
    met(store, dean, date(2026, 11, 26), by=ben, how="phone")
    clock.on(days=1)
    (one,) = read(store).while_off
    assert (one.name, one.kind, one.what, one.worker) == ("Dean Hollis", "contact", "phone", "Ben")
    assert not hasattr(one, "words")


def test_a_past_visit_waits_to_be_written_up_until_a_note_tells_of_it(store, dean):
    day = FRIDAY - timedelta(days=2)
    with store.write("visit", person=dean) as tx:
        appointments.add_appointment(tx, dean, f"{day}T14:00")
        appointments.add_appointment(tx, dean, f"{FRIDAY - timedelta(days=60)}T14:00")
    (one,) = read(store).not_written_up
    assert (one.day, one.what) == (day, "visit")
    contact = met(store, dean, day, note=False)
    (one,) = read(store).not_written_up
    assert (one.kind, one.row_id) == ("contact", contact)
    with store.write("note", person=dean) as tx:
        tx.add(schema.Note(person_id=dean, contact_id=contact, words="Sat with him. No steps."))
    assert read(store).not_written_up == []


def test_somebody_whom_nobody_met_for_four_weeks_has_gone_quiet(store, dean):
    met(store, dean, FRIDAY - timedelta(days=42))
    met(store, dean, FRIDAY - timedelta(days=2), outcome="card through the door", note=False)
    (one,) = read(store).quiet
    assert (one.days, one.last_outcome) == (42, "card through the door")
    met(store, dean, FRIDAY - timedelta(days=20))
    assert read(store).quiet == []


def test_nobody_is_quiet_who_has_something_to_come_or_is_away_or_asked_for_quiet(store, dean):
    met(store, dean, FRIDAY - timedelta(days=50))
    assert len(read(store).quiet) == 1
    acts = (
        lambda tx: appointments.add_appointment(tx, dean, f"{FRIDAY + timedelta(days=9)}"),
        lambda tx: support.record_whereabouts(tx, dean, "in hospital"),
        lambda tx: support.happen(tx, dean, "level", level=1),
        lambda tx: support.happen(tx, dean, "stepped back"),
        lambda tx: support.happen(tx, dean, "paused", check_in_on=date(2027, 1, 12)),
    )
    for act in acts:
        with store.write("quiet for a reason", person=dean) as tx:
            act(tx)
        assert read(store).quiet == []
        store.undo()
    assert len(read(store).quiet) == 1


def test_who_asked_to_be_left_until_a_day_is_shown_from_that_day(store, dean, clock):
    with store.write("paused", person=dean) as tx:
        support.happen(tx, dean, "paused", check_in_on=FRIDAY + timedelta(days=7))
    clock.on(days=6)
    assert read(store).quiet == []
    clock.on(days=1)
    (one,) = read(store).quiet
    assert one.check_in_on == FRIDAY + timedelta(days=7)
    met(store, dean, FRIDAY + timedelta(days=7))
    assert read(store).quiet == []


def test_a_visit_after_midnight_in_summer_waits_under_the_day_it_was_in_england(store, dean, clock):
    clock.now = datetime(2026, 7, 2, 8, tzinfo=UTC)
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    with store.write("a visit", person=dean) as tx:
        tx.add(schema.Contact(person_id=dean, happened_at=late, how="home visit", outcome="met"))
    (one,) = read(store).not_written_up
    assert one.day == date(2026, 7, 1)
