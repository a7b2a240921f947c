"""Putting a note right: what goes with a line that is changed, what stays, and what undo gives."""

from __future__ import annotations

import json

import pytest

from linkworker.caseload import connections, hopes, note_correcting, notes, people, steps
from linkworker.caseload.note_known import note_known
from linkworker.exchange.caseload_json import export_people, import_caseload
from linkworker.rules.marks import read_note, sign_of
from linkworker.rules.note.understanding import STORY, understand
from tests.caseload.test_notes import AT, in_sight, understood

OLD = "He said Tuesday.\n+ mends bicycles\n> Terry: ring the bike club"


@pytest.fixture
def terry(store):
    with store.write("added somebody") as tx:
        return people.add_person(tx, called="Terry")


def written(store, person, text=OLD):
    with store.write("the note", person=person) as tx:
        return notes.write_note(tx, understood(tx, (person,), text), AT).notes[person]


def before(store, note_id):
    with store.read() as tx:
        return note_correcting.lines_before(tx, note_id)


def corrected(store, person, note_id, text):
    """Put a note right as its page does: a marked line that is left as it is stays text."""
    with store.write("the note", person=person) as tx:
        old = tx.value("SELECT words FROM note WHERE id = ?", (note_id,))
        chosen = {line.strip(): False for line in old.splitlines() if sign_of(line)}
        known = note_known(tx, (person,))
        meant = understand(read_note(text, chosen=chosen), known, {})
        return notes.correct_note(tx, note_id, meant, instead=True).notes[person]


def of(store, table):
    with store.read() as tx:
        sql = f"SELECT words FROM {table} WHERE hidden_at IS NULL ORDER BY id"
        return [words for (words,) in tx.rows(sql)]


NEW = OLD.replace("bicycles", "prams")


def test_a_correction_taken_back_and_made_anew_records_no_line_twice(store, terry):
    first = written(store, terry)
    corrected(store, terry, first, NEW)
    store.undo()
    corrected(store, terry, first, OLD.replace("bicycles", "clocks"))
    assert of(store, "strength") == ["mends clocks"]


def test_a_note_taken_back_and_brought_again_is_put_right_like_any(store, terry):
    first = written(store, terry)
    store.undo()
    store.redo()
    corrected(store, terry, first, NEW)
    assert of(store, "strength") == ["mends prams"]


def test_what_was_ticked_and_unticked_by_undo_was_not_done_anything_with(store, terry):
    first = written(store, terry)
    with store.write("ticked", person=terry) as tx:
        steps.settle_step(tx, tx.value("SELECT id FROM step"), "done")
    assert [one.may_go for one in before(store, first) if one.target == "step"] == [False]
    store.undo()
    assert [one.may_go for one in before(store, first) if one.target == "step"] == [True]


def test_undo_of_everything_one_after_the_other_and_redo_gives_the_same(store, terry):
    first = written(store, terry)
    second = corrected(store, terry, first, NEW)
    corrected(store, terry, second, NEW + " and clocks")
    stood = (in_sight(store), of(store, "strength"), of(store, "step"))
    for _ in range(3):
        store.undo()
    assert in_sight(store) == {}
    for _ in range(3):
        store.redo()
    assert (in_sight(store), of(store, "strength"), of(store, "step")) == stood


def test_the_same_line_twice_goes_when_both_are_gone(store, terry):
    first = written(store, terry, OLD + "\n+ mends bicycles")
    assert of(store, "strength") == ["mends bicycles"]
    corrected(store, terry, first, OLD.replace("+ mends bicycles\n", ""))
    assert of(store, "strength") == []
    store.undo()
    corrected(store, terry, first, OLD)
    assert of(store, "strength") == ["mends bicycles"]


def test_who_they_are_with_and_was_taken_away_is_not_said_to_stay(store, terry):
    first = written(store, terry, "@ Joan: his sister")
    with store.write("taken away", person=terry) as tx:
        connections.remove_tie(tx, tx.value("SELECT id FROM tie"))
    assert before(store, first) == ()


def test_of_two_lines_that_became_one_record_the_other_keeps_it(store, terry):
    first = written(store, terry, OLD + "\n+ Mends BICYCLES")
    (one,) = {line.target_id for line in before(store, first) if line.kind == "strength"}
    corrected(store, terry, first, OLD.replace("+ mends bicycles", "+ Mends BICYCLES"))
    with store.read() as tx:
        assert tx.value("SELECT id FROM strength WHERE hidden_at IS NULL") == one


def test_a_hope_on_which_steps_were_hung_since_stays(store, terry):
    first = written(store, terry, "* a garden")
    with store.write("a step", person=terry) as tx:
        goal = tx.value("SELECT id FROM goal")
        steps.add_step(tx, terry, "ring the allotments", goal_id=goal)
    corrected(store, terry, first, "* a small garden")
    with store.read() as tx:
        assert tx.value("SELECT hidden_at FROM goal WHERE id = ?", (goal,)) is None


def test_what_was_done_before_the_caseload_came_from_elsewhere_stays(make_store):
    store = make_store()
    with store.write("added somebody") as tx:
        terry = people.add_person(tx, called="Terry")
    first = written(store, terry, "~ the bus\n> Terry: ring the bike club\n* a garden")
    with store.write("done", person=terry) as tx:
        steps.settle_step(tx, tx.value("SELECT id FROM step"), "done")
        hopes.settle_goal(tx, tx.value("SELECT id FROM goal"), "reached")
        hopes.clear_in_the_way(tx, tx.value("SELECT id FROM in_the_way"))
    other = make_store("other")
    import_caseload(other, json.dumps(export_people(store).document).encode())
    assert [one.may_go for one in before(other, first)] == [False, False, False]


def test_corrections_make_the_journey_to_another_laptop_and_are_given_out_as_they_were(make_store):
    store = make_store()
    with store.write("added somebody") as tx:
        terry = people.add_person(tx, called="Terry")
    first = written(store, terry, OLD + "\n!! the kitchen")
    text = before_words(store, first).replace("bicycles", "prams") + "\n!! the cellar"
    corrected(store, terry, first, text)
    gone = export_people(store, with_kept_apart=True).document
    assert "cellar" not in json.dumps(export_people(store).document)
    other = make_store("other")
    import_caseload(other, json.dumps(gone).encode())
    assert export_people(other, with_kept_apart=True).document == gone


def before_words(store, note_id):
    with store.read() as tx:
        return str(tx.value("SELECT words FROM note WHERE id = ?", (note_id,)))


def test_a_correction_about_somebody_else_is_refused_and_takes_nothing_out(store, terry):
    first = written(store, terry)
    with store.write("added somebody") as tx:
        joan = people.add_person(tx, called="Joan")
    with pytest.raises(notes.NotTheirs), store.write("the note", person=joan) as tx:
        notes.correct_note(tx, first, understood(tx, (joan,), "Not hers."), instead=True)
    assert of(store, "strength") == ["mends bicycles"]


def test_what_is_put_right_twice_of_a_visit_to_two_is_one_chain_in_each_record(store, terry):
    with store.write("added somebody") as tx:
        joan = people.add_person(tx, called="Joan")

    def both(tx, text):
        return understood(tx, (terry, joan), text, {STORY: "both"}.items())

    with store.write("the note", person=terry) as tx:
        note = notes.write_note(tx, both(tx, "We walked."), AT).notes
    for text in ("We ran.", "We sat."):
        with store.write("the note", person=terry) as tx:
            stands = note_correcting.latest(tx, note[terry])
            notes.correct_note(tx, stands, both(tx, text), instead=True)
    with store.read() as tx:
        for person in (terry, joan):
            chain = tx.rows(
                "SELECT id, corrects FROM note WHERE person_id = ? ORDER BY id", (person,)
            )
            assert [corrects for _, corrects in chain] == [None, chain[0][0], chain[1][0]]
