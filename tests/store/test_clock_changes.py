"""The laptop's clock is set back or forward: order holds, nothing is lost, nothing is locked."""

from __future__ import annotations

from linkworker import schema
from linkworker.store import Store
from tests.conftest import PASSPHRASE, OwnClock


def note(store: Store, person: str, words: str) -> str:
    with store.write("a note", person=person) as tx:
        return tx.add(schema.Note(person_id=person, words=words, happened_at=tx.now)).id


def test_a_clock_set_back_a_year_loses_no_note_and_keeps_their_order(
    store: Store, terry: str, clock: OwnClock
) -> None:
    written = [note(store, terry, "before")]
    clock.on(days=-400)
    written += [note(store, terry, "after"), note(store, terry, "later")]
    clock.on(days=800)
    written.append(note(store, terry, "much later"))
    assert written == sorted(written), "ids grow as things are written"
    with store.read() as tx:
        stamps = [stamp for (stamp,) in tx.rows("SELECT stamp FROM sync_op ORDER BY n")]
    assert stamps == sorted(set(stamps))
    assert {hit.id for hit in store.search("before")} == {written[0]}
    assert store.check().ok


def test_undo_takes_back_what_was_done_last_whatever_the_clock_says(
    store: Store, terry: str, clock: OwnClock
) -> None:
    note(store, terry, "first")
    clock.on(days=-400)
    last = note(store, terry, "second")
    store.undo()
    with store.read() as tx:
        standing = tx.rows("SELECT words FROM note WHERE hidden_at IS NULL")
        assert standing == [("first",)]
        assert tx.value("SELECT hidden_at IS NOT NULL FROM note WHERE id = ?", (last,)) == 1


def test_a_clock_set_back_locks_nobody_out(store: Store, clock: OwnClock) -> None:
    store.save_draft("d", "note", [], "half a sentence", {})
    store.lock()
    clock.on(days=-4000)
    store.unlock(PASSPHRASE)
    assert [draft.words for draft in store.drafts()] == ["half a sentence"]


def test_a_new_process_on_a_clock_set_back_still_goes_on_from_what_was_written(
    store: Store, terry: str, clock: OwnClock
) -> None:
    note(store, terry, "before")
    store.lock()
    clock.on(days=-400)
    again = Store.at(store.folder, clock=clock)
    again.unlock(PASSPHRASE)
    note(again, terry, "after")
    with again.read() as tx:
        stamps = [stamp for (stamp,) in tx.rows("SELECT stamp FROM sync_op ORDER BY n")]
    assert stamps == sorted(set(stamps))
    assert again.check().ok
    again.lock()
