"""Undo takes back one act, whenever nothing newer stands on it; redo brings it again."""

from __future__ import annotations

from typing import Any

import pytest

from linkworker import schema
from linkworker.oplog.undo import NewerStands, NothingToUndo
from linkworker.store import Store


def strengths(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        return [
            (words, agreed)
            for words, agreed in tx.rows(
                "SELECT words, agreed_with FROM strength WHERE hidden_at IS NULL ORDER BY id"
            )
        ]


def add(store: Store, person: str, words: str) -> str:
    with store.write("added a strength", person=person) as tx:
        return tx.add(schema.Strength(person_id=person, words=words)).id


def test_undo_and_redo_walk_back_and_forth(store: Store, terry: str) -> None:
    bikes = add(store, terry, "mends bicycles")
    with store.write("agreed it", person=terry) as tx:
        tx.change(schema.Strength, bikes, agreed_with="Terry")
    assert store.undo().label == "agreed it"
    assert strengths(store) == [("mends bicycles", "")]
    assert store.undo().label == "added a strength"
    assert strengths(store) == []
    store.redo()
    store.redo()
    assert strengths(store) == [("mends bicycles", "Terry")]
    store.undo()
    store.undo()
    assert strengths(store) == []


def test_what_was_taken_back_twice_comes_again_onto_what_was_done_again(
    store: Store, terry: str
) -> None:
    bikes = add(store, terry, "mends bicycles")
    for agreed in ("Terry", "his wife", "both"):
        with store.write("agreed it", person=terry) as tx:
            tx.change(schema.Strength, bikes, agreed_with=agreed)
        if agreed == "his wife":
            store.undo()
    store.undo()
    store.undo()
    assert strengths(store) == [("mends bicycles", "")]
    store.redo()
    store.redo()
    assert strengths(store) == [("mends bicycles", "both")]


def test_after_something_new_there_is_nothing_to_redo(store: Store, terry: str) -> None:
    add(store, terry, "mends bicycles")
    store.undo()
    add(store, terry, "patient")
    with pytest.raises(NothingToUndo):
        store.redo()


def test_an_act_of_last_week_is_undone_by_its_name(store: Store, terry: str, clock: Any) -> None:
    bikes = add(store, terry, "mends bicycles")
    act = store.act_of("strength", bikes)
    clock.on(days=7)
    add(store, terry, "patient")
    store.undo(act)
    assert strengths(store) == [("patient", "")]


def test_it_is_refused_where_a_newer_value_stands(store: Store, terry: str, clock: Any) -> None:
    bikes = add(store, terry, "mends bicycles")
    act = store.act_of("strength", bikes)
    clock.on(days=1)
    with store.write("corrected", person=terry) as tx:
        tx.change(schema.Strength, bikes, words="mends bicycles and clocks")
    with pytest.raises(NewerStands) as refused:
        store.undo(act)
    assert refused.value.actor == store.worker_id
    assert "28 November 2026" in refused.value.why
    assert "clocks" not in str(refused.value)
    assert strengths(store) == [("mends bicycles and clocks", "")]


def test_it_is_refused_where_something_newer_hangs_on_it(store: Store, terry: str) -> None:
    with store.write("added a hope", person=terry) as tx:
        goal = tx.add(schema.Goal(person_id=terry, words="Saturdays out"))
    act = store.act_of("goal", goal.id)
    with store.write("added a step", person=terry) as tx:
        tx.add(schema.Step(person_id=terry, goal_id=goal.id, words="ring the bike club"))
    with pytest.raises(NewerStands):
        store.undo(act)
    store.undo()
    store.undo(act)
    with store.read() as tx:
        assert not tx.rows("SELECT 1 FROM goal WHERE hidden_at IS NULL")


def test_an_act_undone_and_brought_back_can_be_undone_by_its_first_name(
    store: Store, terry: str
) -> None:
    bikes = add(store, terry, "mends bicycles")
    act = store.act_of("strength", bikes)
    store.undo(act)
    store.redo()
    store.undo(act)
    assert strengths(store) == []
    with pytest.raises(NothingToUndo):
        store.undo(act)


def test_a_change_twice_in_one_act_goes_back_to_the_first(store: Store, terry: str) -> None:
    bikes = add(store, terry, "one")
    with store.write("twice", person=terry) as tx:
        tx.change(schema.Strength, bikes, words="two")
        tx.change(schema.Strength, bikes, words="three")
    store.undo()
    assert strengths(store) == [("one", "")]
    store.redo()
    assert strengths(store) == [("three", "")]


def test_quiet_acts_are_no_steps_of_undo(store: Store, terry: str) -> None:
    add(store, terry, "mends bicycles")
    with store.write("opened a record", quiet=True) as tx:
        tx.add(schema.AuditEvent(worker_id=tx.worker_id, what="opened", person_id=terry))
    assert store.undo().label == "added a strength"


def test_what_was_removed_comes_back_and_is_found_again(store: Store, terry: str) -> None:
    bikes = add(store, terry, "mends bicycles")
    with store.write("removed", person=terry) as tx:
        tx.hide(schema.Strength, bikes)
    assert not store.search("bicycles")
    store.undo()
    assert [hit.id for hit in store.search("bicycles")] == [bikes]


def test_in_an_empty_store_there_is_nothing_to_undo(store: Store) -> None:
    with pytest.raises(NothingToUndo):
        store.undo()


def test_a_removal_taken_back_can_be_done_again(store: Store, terry: str) -> None:
    bikes = add(store, terry, "mends bicycles")
    with store.write("corrected", person=terry) as tx:
        tx.change(schema.Strength, bikes, words="mends clocks")
    with store.write("removed", person=terry) as tx:
        tx.hide(schema.Strength, bikes)
    for _ in range(2):
        store.undo()
        assert strengths(store) == [("mends clocks", "")]
        store.redo()
        assert strengths(store) == []


def test_a_removal_is_not_done_again_over_something_newer(store: Store, terry: str) -> None:
    bikes = add(store, terry, "mends bicycles")
    with store.write("removed", person=terry) as tx:
        tx.hide(schema.Strength, bikes)
    removal = store.undo()
    with store.write("corrected", person=terry) as tx:
        tx.change(schema.Strength, bikes, words="mends clocks")
    with pytest.raises(NothingToUndo):
        store.redo()
    with pytest.raises(NothingToUndo):
        store.undo(removal.act)
    assert strengths(store) == [("mends clocks", "")]


def test_what_a_newer_note_names_stays_when_the_older_note_is_taken_back(
    store: Store, terry: str, clock: Any
) -> None:
    with store.write("a note", person=terry) as tx:
        strength = tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
        note = tx.add(schema.Note(person_id=terry, words="+ mends bicycles", happened_at=tx.now))
        tx.add(
            schema.NoteMark(
                person_id=terry, note_id=note.id, target="strength", target_id=strength.id
            )
        )
    act = store.act_of("note", note.id)
    clock.on(days=7)
    with store.write("another note", person=terry) as tx:
        later = tx.add(schema.Note(person_id=terry, words="+ mends bicycles", happened_at=tx.now))
        tx.add(
            schema.NoteMark(
                person_id=terry, note_id=later.id, target="strength", target_id=strength.id
            )
        )
    with pytest.raises(NewerStands, match="4 December 2026 by Ann"):
        store.undo(act)
    assert strengths(store) == [("mends bicycles", "")]


def test_a_clock_that_once_ran_ahead_tells_no_day_that_has_not_come(
    store: Store, terry: str, clock: Any
) -> None:
    bikes = add(store, terry, "mends bicycles")
    act = store.act_of("strength", bikes)
    clock.on(days=26_000)
    add(store, terry, "patient")
    clock.on(days=-26_000)
    with store.write("corrected", person=terry) as tx:
        tx.change(schema.Strength, bikes, words="mends clocks")
    with pytest.raises(NewerStands) as refused:
        store.undo(act)
    assert "2098" not in str(refused.value)
    assert "by Ann" in refused.value.why
