"""One timeline: everything that happened, in one order, in pages."""

from datetime import date, timedelta

from linkworker import schema
from linkworker.caseload import appointments, connections, safety, support, timeline


def read(store, person, **how):
    with store.read() as tx:
        return timeline.timeline(tx, person, **how)


def write_note(store, person, words, *, corrects=None, days=0, marks=()):
    with store.write("a note", person=person) as tx:
        at = tx.now + timedelta(days=days)
        contact = None
        if corrects is None:
            row = schema.Contact(
                person_id=person, worker_id=tx.worker_id, happened_at=at, minutes=50
            )
            contact = tx.add(row).id
        note = schema.Note(
            person_id=person, contact_id=contact, happened_at=at, words=words, corrects=corrects
        )
        note_id = tx.add(note).id
        for at_line, (kind, said) in enumerate(marks):
            tx.add(
                schema.NoteMark(
                    person_id=person, note_id=note_id, ordinal=at_line, kind=kind, words=said
                )
            )
    return note_id


def test_everything_stands_in_the_order_in_which_it_happened(store, terry):
    with store.write("much", person=terry) as tx:
        support.begin(tx, terry, level=2, on=date(2026, 3, 2))
        connections.add_connection(tx, terry, "bowls", stage="went once", on=date(2026, 11, 6))
        support.record_whereabouts(
            tx, terry, "in hospital", since=date(2026, 6, 1), until=date(2026, 6, 9)
        )
    write_note(store, terry, "He met me at the gate.", marks=[("strength", "mends bicycles")])
    found = read(store, terry)
    assert [one.kind for one in found] == ["contact", "connection", "whereabouts", "support"]
    assert [one.head for one in found] == ["home visit", "bowls", "in hospital", "began"]
    note = found[0]
    assert (note.words, note.minutes, note.outcome) == ("He met me at the gate.", 50, "met")
    assert [mark.words for mark in note.marks] == ["mends bicycles"]
    assert note.day == date(2026, 11, 27)
    assert found[1].at is None


def test_a_correction_stands_beside_what_it_corrects(store, terry):
    first = write_note(store, terry, "Eleven bikes.")
    write_note(
        store, terry, "Twelve bikes; I had not counted the one in the kitchen.", corrects=first
    )
    found = {one.kind: one for one in read(store, terry)}
    assert found["contact"].corrected
    assert found["note"].corrects == first
    assert not found["note"].corrected


def test_a_note_without_a_contact_and_a_contact_without_a_note_are_both_there(store, terry):
    with store.write("both", person=terry) as tx:
        tx.add(schema.Note(person_id=terry, happened_at=tx.now, words="He rang."))
        tx.add(schema.Contact(person_id=terry, happened_at=tx.now, outcome="no answer"))
    assert {(one.kind, one.outcome, one.words) for one in read(store, terry)} == {
        ("note", "", "He rang."),
        ("contact", "no answer", ""),
    }


def test_pages_follow_one_another_without_a_gap_even_when_a_line_arrives(store, terry):
    for at in range(7):
        write_note(store, terry, f"note {at}", days=-at)
    first = read(store, terry, limit=3)
    write_note(store, terry, "just now", days=1)
    second = read(store, terry, after=first[-1], limit=3)
    third = read(store, terry, after=second[-1], limit=3)
    words = [one.words for one in first + second + third]
    assert words == [f"note {at}" for at in range(7)]
    assert read(store, terry, after=third[-1]) == []


def test_of_what_is_kept_apart_only_that_it_is_there(store, terry):
    note = write_note(store, terry, "We talked.\na part is kept apart")
    with store.write("kept apart", person=terry) as tx:
        safety.keep_apart(tx, terry, "SECRET-CANARY", note_id=note)
        safety.keep_apart(tx, terry, "SECRET-CANARY", happened_on=date(2026, 11, 1))
    found = read(store, terry)
    assert [(one.kind, one.kept_apart) for one in found] == [
        ("contact", True),
        ("kept apart", True),
    ]
    assert "SECRET-CANARY" not in repr(found)


def test_a_colleague_is_named_and_i_am_not(store, terry):
    write_note(store, terry, "mine")
    with store.write("Ben's", person=terry) as tx:
        ben = tx.add(schema.Worker(name="Ben")).id
        tx.add(schema.Contact(person_id=terry, worker_id=ben, happened_at=tx.now))
    assert sorted(one.who for one in read(store, terry)) == ["", "Ben"]


def test_what_was_taken_back_is_not_there_and_nobody_elses_story_is(store, terry):
    from linkworker.caseload.people import add_person

    write_note(store, terry, "the wrong person's note")
    store.undo()
    with store.write("Dean") as tx:
        dean = add_person(tx, called="Dean")
    write_note(store, dean, "Dean's")
    assert read(store, terry) == []


def test_an_appointment_called_off_stands_on_its_day_with_its_reason(store, terry):
    with store.write("arranged", person=terry) as tx:
        kept = appointments.add_appointment(tx, terry, "2026-11-28T10:00")
        off = appointments.add_appointment(tx, terry, "2026-11-27T14:00", kind="call")
        appointments.call_off(tx, off, words="bus strike")
    (entry,) = read(store, terry)
    assert (entry.kind, entry.head, entry.outcome, entry.words) == (
        "appointment",
        "call",
        "called off",
        "bus strike",
    )
    assert (entry.row_id, entry.day) == (off, date(2026, 11, 27))
    assert kept != off
