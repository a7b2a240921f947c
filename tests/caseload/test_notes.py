"""Writing notes: one act fills the plan, one undo takes all of it back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from linkworker import schema
from linkworker.caseload import appointments, connections, hopes, plan, safety, steps, timeline
from linkworker.caseload.note_known import note_known
from linkworker.caseload.notes import (
    Facts,
    NotClear,
    UnseenCharacters,
    correct_note,
    note_from_shell,
    write_note,
)
from linkworker.caseload.writing import NotFound, NothingSaid
from linkworker.rules.marks import KEPT_APART_PLACE, KINDS, read_note
from linkworker.rules.note.understanding import understand
from linkworker.text import clean
from tests.five_notes import DAYS, note
from tests.shared_data import shared_data

AT = Facts(datetime(2026, 11, 27, 10, 5, tzinfo=UTC), minutes=50, place="home, Barwell")

EVERYTHING = (
    "contact",
    "note",
    "note_mark",
    "strength",
    "goal",
    "step",
    "in_the_way",
    "looked_for",
    "contribution",
    "tie",
    "connection",
    "connection_event",
    "closeness",
    "safety_statement",
    "kept_apart",
)


@pytest.fixture
def person(store):
    def add(called, **more):
        with store.write("added somebody") as tx:
            return tx.add(schema.Person(called=called, **more)).id

    return add


def understood(tx, people, text, answers=(), day=None):
    return understand(read_note(text), note_known(tx, people, day), dict(answers))


def write(store, people, text, *, answers=(), facts=AT, day=None):
    with store.write("the note", person=people[0]) as tx:
        return write_note(tx, understood(tx, people, text, answers, day), facts)


def in_sight(store, *tables):
    """Return how many rows of each table are in sight, without those that have none."""
    with store.read() as tx:
        counted = {
            table: tx.value(f"SELECT count(*) FROM {table} WHERE hidden_at IS NULL")
            for table in tables or EVERYTHING
        }
    return {table: count for table, count in counted.items() if count}


def its_plan(store, person_id):
    with store.read() as tx:
        return plan.plan(tx, person_id)


def test_lines_that_say_the_same_become_one_record_and_each_keeps_its_mark(store, terry):
    text = """+ mends bicycles
+ Mends bicycles.
@ Barwell choir: went once
@ Barwell choir: went once
@ Barwell choir: still going
> Terry: ring the choir
> Terry: ring the choir
= gave a lift
= gave a lift
!! something heavy
!! something heavy"""
    written = write(store, [terry], text)
    assert in_sight(store) == {
        "contact": 1,
        "note": 1,
        "note_mark": 11,
        "strength": 1,
        "connection": 1,
        "connection_event": 2,
        "step": 1,
        "contribution": 2,
        "kept_apart": 1,
    }
    assert written.marks[0].target_id == written.marks[1].target_id
    store.undo()
    assert in_sight(store) == {}


def on_day(name):
    return datetime.combine(DAYS[name], datetime.min.time(), UTC).replace(hour=12)


# -- one note, one person ------------------------------------------------------------------------


def test_one_line_is_one_record_and_says_which_note_it_came_of(store, terry):
    written = write(store, [terry], note("terry"))
    note_id = written.notes[terry]
    assert len(written.marks) == 11
    assert written.unclear == ()
    assert in_sight(store) == {
        "contact": 1,
        "note": 1,
        "note_mark": 11,
        "strength": 1,
        "goal": 2,
        "step": 3,
        "in_the_way": 1,
        "looked_for": 1,
        "contribution": 1,
        "tie": 1,
        "connection": 1,
        "connection_event": 2,
    }
    stands = its_plan(store, terry)
    assert [one.words for one in stands.strengths] == ["mends bicycles, patient with young ones"]
    assert {one.from_note for one in stands.steps} == {note_id}
    assert [(one.who, one.who_does, one.by_day) for one in stands.steps] == [
        ("Terry Beasley", "person", date(2026, 12, 4)),
        ("Ann", "worker", None),
        ("Pat", "", None),
    ]
    assert all(one.agreed_on is None for one in stands.goals)
    with store.read() as tx:
        (bowls,) = connections.connections(tx, terry)
        assert (bowls.name, bowls.stage, bowls.words) == (
            "Barwell bowls club",
            "stopped",
            "went once, not for him",
        )
        (entry,) = timeline.timeline(tx, terry)
    assert (entry.minutes, entry.place, entry.head) == (50, "home, Barwell", "home visit")
    assert entry.words == note("terry").strip()
    assert [mark.kind for mark in entry.marks][:4] == ["became", "strength", "gave", "hope"]
    assert {(mark.target, bool(mark.target_id)) for mark in entry.marks} == {
        (mark.target, True) for mark in written.marks
    }


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(store, terry, clock):
    before = in_sight(store)
    write(store, [terry], note("terry"))
    after = in_sight(store)
    clock.on(days=7)
    store.undo()
    assert in_sight(store) == before == {}
    store.redo()
    assert in_sight(store) == after


def test_what_was_known_before_is_changed_and_not_added_again(store, terry):
    with store.write("the plan so far", person=terry) as tx:
        tie = connections.add_tie(tx, terry, "Pat Beasley", relationship="daughter")
        club = connections.add_connection(tx, terry, "Barwell bowls club", stage="suggested")
        hope = hopes.add_goal(tx, terry, "Get out of the house on Saturdays")
        step = steps.add_step(tx, terry, "ring the surgery about his knee")
    text = note("terry") + "x ring the surgery: done\n"
    written = write(store, [terry], text)
    targets = {(mark.kind, mark.target_id) for mark in written.marks}
    assert {("became", club), ("became", step), ("hope", hope)} <= targets
    stands = its_plan(store, terry)
    assert len(stands.goals) == 2
    lift = next(one for one in stands.steps if "lift" in one.words)
    assert (lift.who, lift.who_tie_id, lift.who_does) == ("Pat Beasley", tie, "family or friend")
    rung = next(one for one in stands.steps if one.step_id == step)
    assert (rung.state, rung.state_on, rung.state_words) == ("done", date(2026, 11, 27), "done")
    store.undo()
    rung = next(one for one in its_plan(store, terry).steps if one.step_id == step)
    assert (rung.state, rung.state_on) == ("open", None)


def test_what_was_answered_is_recorded(store, terry):
    with store.read() as tx:
        questions = understood(tx, [terry], note("terry")).questions
    answers = {one.id: one.choices[0].key for one in questions}
    write(store, [terry], note("terry"), answers=answers)
    stands = its_plan(store, terry)
    assert {(one.agreed_with, one.agreed_on) for one in stands.goals} == {
        ("Terry Beasley", date(2026, 11, 27))
    }
    (strength,) = stands.strengths
    assert (strength.may_ask, strength.may_ask_on) == ("yes", date(2026, 11, 27))
    assert stands.looked_for[0].kind == "gap"
    with store.read() as tx:
        assert [one.name for one in connections.ties(tx, terry)] == ["Ray", "Pat"]
    lift = next(one for one in stands.steps if "lift" in one.words)
    assert lift.who_tie_id


def test_a_note_without_marks_is_just_a_note(store, terry):
    write(store, [terry], "Sat with him. No steps.")
    assert in_sight(store) == {"contact": 1, "note": 1}


def test_no_answer_leaves_a_contact_without_a_note(store, terry):
    facts = Facts(AT.happened_at, how="phone", outcome="no answer")
    written = write(store, [terry], "", facts=facts)
    assert (written.notes, in_sight(store)) == ({}, {"contact": 1})
    with pytest.raises(NothingSaid):
        write(store, [terry], " \n", facts=None)


def test_the_appointment_that_it_was_says_that_it_happened(store, terry):
    with store.write("a visit", person=terry) as tx:
        visit = appointments.add_appointment(tx, terry, "2026-11-27T10:05")
    write(store, [terry], "We talked.", facts=Facts(AT.happened_at, appointment_id=visit))
    with store.read() as tx:
        assert appointments.past(tx, terry)[0].state == "happened"


def test_a_step_that_was_removed_meanwhile_refuses_the_note_and_keeps_nothing_of_it(store, terry):
    with store.write("a step", person=terry) as tx:
        step = steps.add_step(tx, terry, "ring the bike club")
    with store.read() as tx:
        before = understood(tx, [terry], "+ kind\nx ring the bike club: done")
    with store.write("taken away", person=terry) as tx:
        steps.remove_step(tx, step)
    with pytest.raises(NotFound), store.write("the note", person=terry) as tx:
        write_note(tx, before, AT)
    assert in_sight(store) == {}


# -- the other four notes ------------------------------------------------------------------------


def test_hodan_what_is_asked_and_not_answered_stays_text(store, person, clock):
    clock.now = on_day("hodan")
    hodan = person("Hodan")
    facts = Facts(on_day("hodan"), 40, "met out", "Toxteth library", interpreter="Ifrah")
    written = write(store, [hodan], note("hodan"), facts=facts, day=DAYS["hodan"])
    assert [one.words for one in written.unclear] == [
        "Hodan: Stepping Stones on Tuesday, sit with Amal"
    ]
    assert len(written.marks) == 10
    with store.read() as tx:
        (entry,) = timeline.timeline(tx, hodan)
        names = {one.name: one.relationship for one in connections.ties(tx, hodan)}
    assert "> Hodan: Stepping Stones on Tuesday, sit with Amal" in entry.words
    assert names == {"Amal": "from upstairs"}


def test_derek_and_joan_one_visit_two_records(store, person):
    derek, joan = person("Derek Pratt"), person("Joan Pratt")
    with store.read() as tx:
        first = understood(tx, [derek, joan], note("derek_and_joan"), day=DAYS["derek_and_joan"])
    with pytest.raises(NotClear):
        write(store, [derek, joan], note("derek_and_joan"), day=DAYS["derek_and_joan"])
    assert in_sight(store) == {}

    answers = {one.id: f"person:{joan}" for one in first.questions if one.topic == "whose"}
    written = write(
        store,
        [derek, joan],
        note("derek_and_joan"),
        answers=answers | {"story": "everybody"},
        facts=Facts(on_day("derek_and_joan"), 80),
        day=DAYS["derek_and_joan"],
    )
    assert written.unclear == ()
    assert in_sight(store, "contact", "note", "kept_apart") == {
        "contact": 2,
        "note": 2,
        "kept_apart": 1,
    }
    with store.read() as tx:
        assert tx.value("SELECT count(DISTINCT occasion_id) FROM contact") == 1
        (his,), (hers,) = timeline.timeline(tx, derek), timeline.timeline(tx, joan)
        assert not safety.is_kept_apart(tx, derek)
        assert safety.is_kept_apart(tx, joan)
        assert [one.words for one in safety.statements(tx, joan)] == []
        assert "started going out early" in safety.statements(tx, derek)[0].words
    assert "fieldfares" in his.words
    assert "fieldfares" in hers.words
    assert KEPT_APART_PLACE in hers.words
    assert KEPT_APART_PLACE not in his.words
    assert (his.kept_apart, hers.kept_apart) == (False, True)
    assert [one.words for one in its_plan(store, derek).strengths] == [
        "knows every hedge and bird, good walker, good company out of doors"
    ]
    assert [(one.words, one.who) for one in its_plan(store, joan).steps] == [
        ("ask Malcolm about Sundays", "Joan Pratt"),
        ("ring Sundays at six, not weekdays", "Carol"),
        (
            "carer's assessment, what it is and isn't, one page, only if Joan wants it",
            "Ann",
        ),
    ]
    store.undo()
    assert in_sight(store) == {}


def test_derek_and_joan_what_is_kept_apart_is_in_no_plan_and_no_search(store, person):
    derek, joan = person("Derek Pratt"), person("Joan Pratt")
    with store.read() as tx:
        first = understood(tx, [derek, joan], note("derek_and_joan"))
    answers = {one.id: f"person:{joan}" for one in first.questions if one.topic == "whose"}
    answers["story"] = "everybody"
    written = write(store, [derek, joan], note("derek_and_joan"), answers=answers)
    for secret in ("shouted", "kitchen", "frightened", "Bev"):
        assert store.search(secret) == []
    with store.read() as tx:
        tables = [row[0] for row in tx.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            if table != "kept_apart":
                assert "shouted" not in str(tx.rows(f'SELECT * FROM "{table}"')), table
    assert "shouted" not in str(written)
    with store.write("read on purpose") as tx:
        (apart,) = safety.open_kept_apart(tx, joan, note_id=written.notes[joan])
    assert "shouted" in apart.words
    assert apart.told == "Talked it through with Bev, 15:50, same day"


def test_dean_what_cannot_slip_and_the_promised_call_stand_in_the_plan(store, person):
    dean = person("Dean Hollis")
    with store.write("a step", person=dean) as tx:
        letter = steps.add_step(tx, dean, "ring Citizens Advice about the PIP")
    facts = Facts(on_day("dean"), 35, "phone")
    written = write(store, [dean], note("dean"), facts=facts, day=DAYS["dean"])
    assert written.unclear == ()
    stands = its_plan(store, dean)
    by_words = {one.words: one for one in stands.steps}
    pip = next(one for one in stands.steps if one.cannot_slip)
    assert (pip.by_day, pip.who, pip.words[:24]) == (
        date(2026, 12, 9),
        "Ann",
        "ask for the PIP decision",
    )
    call = by_words["ring Dean"]
    assert (call.by_day, call.by_time, call.who_does) == (date(2026, 11, 27), "09:30", "worker")
    assert call.who_worker_id == store.worker_id
    gone = next(one for one in stands.steps if one.step_id == letter)
    assert (gone.state, gone.state_on) == ("not done", date(2026, 11, 26))
    with store.read() as tx:
        (kelly,) = connections.ties(tx, dean)
        assert (kelly.name, kelly.relationship) == ("Kelly", "sister")
        (dogs,) = connections.connections(tx, dean)
        assert (dogs.name, dogs.kind, dogs.stage) == (
            "dog walking Saturdays",
            "activity",
            "still going",
        )
    assert by_words["staying tonight"].who_tie_id == kelly.tie_id


def test_nirmala_who_came_over_and_is_a_helper_now(store, person):
    nirmala = person("Nirmala Joshi")
    with store.write("so far", person=nirmala) as tx:
        connections.add_connection(
            tx, nirmala, "Knit & Natter", stage="still going", on=date(2026, 10, 5)
        )
    facts = Facts(on_day("nirmala"), 10, "met out", "library")
    written = write(store, [nirmala], note("nirmala"), facts=facts, day=DAYS["nirmala"])
    assert [mark.target for mark in written.marks][:2] == ["contribution", "contribution"]
    with store.read() as tx:
        (natter,) = connections.connections(tx, nirmala)
    assert (natter.stage, natter.on) == ("helper", DAYS["nirmala"])


# -- corrections ---------------------------------------------------------------------------------


def test_a_correction_stands_beside_the_note_and_adds_its_lines(store, terry, clock):
    first = write(store, [terry], "Eleven bikes.\n+ mends bicycles")
    clock.on(hours=1)
    with store.write("the correction", person=terry) as tx:
        second = correct_note(
            tx, first.notes[terry], understood(tx, [terry], "Twelve bikes.\n+ patient")
        )
    with store.read() as tx:
        entries = timeline.timeline(tx, terry)
    old = next(one for one in entries if one.note_id == first.notes[terry])
    new = next(one for one in entries if one.note_id == second.notes[terry])
    assert (old.words, old.corrected) == ("Eleven bikes.\n+ mends bicycles", True)
    assert (new.corrects, new.day) == (old.note_id, old.day)
    assert [one.words for one in its_plan(store, terry).strengths] == ["mends bicycles", "patient"]
    assert in_sight(store, "contact") == {"contact": 1}
    store.undo()
    assert [one.words for one in its_plan(store, terry).strengths] == ["mends bicycles"]


def test_a_correction_of_a_visit_to_two_corrects_both_records(store, person):
    derek, joan = person("Derek Pratt"), person("Joan Pratt")
    first = write(store, [derek, joan], "We had tea.", answers={"story": "everybody"})
    with store.write("the correction", person=joan) as tx:
        told = understood(tx, [derek, joan], "We had coffee.", {"story": "everybody"})
        second = correct_note(tx, first.notes[joan], told)
    with store.read() as tx:
        for one in (derek, joan):
            told = {entry.row_id: entry for entry in timeline.timeline(tx, one)}
            found = told[second.notes[one]]
            assert found.corrects == first.notes[one]


def test_a_correction_of_what_is_not_there_is_refused(store, terry):
    with pytest.raises(NotFound), store.write("the correction", person=terry) as tx:
        correct_note(tx, "nothing", understood(tx, [terry], "We had coffee."))


# -- from the shell ------------------------------------------------------------------------------


def test_from_the_shell_only_what_is_unambiguous_is_recorded(store, terry):
    text = (
        "We talked.\n+ mends bicycles\n> ring the club\n> Terry: ring by Friday\nx the letter: done"
    )
    with store.write("a note", person=terry) as tx:
        written = note_from_shell(tx, terry, text)
    assert [(mark.kind, mark.words) for mark in written.marks] == [("strength", "mends bicycles")]
    assert [(one.kind, one.words) for one in written.unclear] == [
        ("step", "ring the club"),
        ("step", "Terry: ring by Friday"),
        ("became", "the letter: done"),
    ]
    with store.read() as tx:
        (entry,) = timeline.timeline(tx, terry)
    assert (entry.kind, entry.words) == ("note", text)


def test_from_the_shell_what_is_kept_apart_is_not_given_back(store, terry):
    with store.write("a note", person=terry) as tx:
        written = note_from_shell(tx, terry, "We talked.\n!! told me he is afraid")
    assert "afraid" not in str(written)
    assert [(mark.kind, mark.words) for mark in written.marks] == [("kept apart", KEPT_APART_PLACE)]


def test_unseen_characters_before_the_sign_never_let_out_what_is_kept_apart(store, terry):
    text = "We talked.\n\u200b!! told me he is afraid"
    with pytest.raises(UnseenCharacters):
        write(store, [terry], text)
    with store.write("a note", person=terry) as tx:
        note_from_shell(tx, terry, text)
    assert store.search("afraid") == []


def test_a_note_about_somebody_who_is_not_there_is_refused(store, terry):
    with pytest.raises(NotFound), store.write("a note") as tx:
        note_from_shell(tx, "nobody", "We talked.")


# -- what is known -------------------------------------------------------------------------------


def test_what_is_known_is_what_stands_open_and_who_is_near(store, person, terry, clock):
    other = person("Nirmala Joshi")
    with store.write("so far", person=terry) as tx:
        tie = connections.add_tie(tx, terry, "Pat Beasley", relationship="daughter", how="close")
        connections.add_tie(tx, terry, "Old friend", until=date(2026, 1, 1))
        connections.add_tie(tx, terry, "Dr Lim", roles=["professional"])
        club = connections.add_connection(tx, terry, "bowls", stage="went once")
        connections.reach_stage(tx, club, "stopped")
        connections.add_connection(tx, other, "Knit & Natter")
        connections.add_connection(tx, other, "Probation", kind="service")
        done = steps.add_step(tx, terry, "done already")
        steps.settle_step(tx, done, "done")
        steps.add_step(tx, terry, "ring the club", who="Terry", by_day=date(2026, 12, 4))
        hope = hopes.add_goal(tx, terry, "Saturdays")
        hopes.agree_goal(tx, hope, "Terry")
        hopes.add_in_the_way(tx, terry, "the bus stops at six")
        tx.add(schema.Worker(name="Ben"))
    with store.read() as tx:
        known = note_known(tx, [terry])
    assert (known.people[0].name, known.people[0].first) == ("Terry Beasley", "Terry")
    assert (known.worker.name, [one.name for one in known.colleagues]) == ("Ann", ["Ben"])
    assert (known.note_day, known.today) == (date(2026, 11, 27), date(2026, 11, 27))
    assert [(one.name, one.paid, one.closeness) for one in known.ties] == [
        ("Pat Beasley", False, "close"),
        ("Dr Lim", True, ""),
    ]
    assert known.ties[0].id == tie
    assert [(one.name, one.stage) for one in known.connections] == [("bowls", "stopped")]
    assert [one.name for one in known.groups] == ["Knit & Natter"]
    assert [(one.kind, one.words, one.agreed) for one in known.standing] == [
        ("step", "ring the club", False),
        ("hope", "Saturdays", True),
        ("in the way", "the bus stops at six", False),
    ]


# -- what bad input gets -----------------------------------------------------------------------


def test_the_naughty_strings_are_kept_cleanly_as_every_kind_of_line(store, terry):
    naughty = json.loads(
        (shared_data("people") / "naughty_strings.json").read_text(encoding="utf-8")
    )
    for number, sign in enumerate(KINDS):
        lines = [f"{sign} {one}" for one in naughty[number :: len(KINDS)]]
        text = "\n".join(["We talked.", *lines, *naughty[number :: len(KINDS)]])
        with store.write("a note", person=terry) as tx:
            written = note_from_shell(tx, terry, text)
        with store.read() as tx:
            kept = tx.value("SELECT words FROM note WHERE id = ?", (written.notes[terry],))
        assert kept == clean(kept)
        assert "\x1b" not in kept
        if sign != "!!":
            for mark in written.marks:
                assert mark.target_id


@pytest.mark.parametrize("sign", KINDS)
def test_a_line_of_a_hundred_thousand_characters_is_kept_whole(store, terry, sign):
    for words in ("a" * 100_000, "Terry: ring, " * 8_000, "went once by Fri; " * 6_000):
        with store.write("a note", person=terry) as tx:
            written = note_from_shell(tx, terry, f"We talked.\n{sign} {words}")
        with store.read() as tx:
            kept = tx.value("SELECT words FROM note WHERE id = ?", (written.notes[terry],))
        assert (words.strip() in kept) == (sign != "!!")
