"""The store's door: read, write, watch, search, drafts, lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkworker import schema
from linkworker.store import Change, Store, StoreIsLocked
from tests.conftest import CHEAP, PASSPHRASE


def test_what_was_written_is_there_after_lock_and_unlock(store: Store, terry: str) -> None:
    store.lock()
    assert store.state == "locked"
    with pytest.raises(StoreIsLocked), store.read():
        pass
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        assert tx.value("SELECT called FROM person WHERE id = ?", (terry,)) == "Terry Beasley"


def test_text_is_cleaned_on_its_way_in_whoever_writes(store: Store, terry: str) -> None:
    with store.write("added", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="mends \x1b[31mbicycles\x1b]52;c;QQ==\x07"))
        tx.change(schema.Person, terry, place="Bar\u202ewell")
    with store.read() as tx:
        assert tx.value("SELECT words FROM strength") == "mends bicycles"
        assert tx.value("SELECT place FROM person") == "Barwell"


def test_an_act_that_fails_leaves_nothing(store: Store, terry: str) -> None:
    with pytest.raises(KeyError), store.write("half", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="half done"))
        raise KeyError
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM strength") == 0


def test_a_row_of_nobody_is_refused(store: Store) -> None:
    from linkworker.cipher import NotKept

    with pytest.raises(NotKept) as refused, store.write("wrong") as tx:
        tx.add(schema.Strength(person_id="nobody", words="secret words"))
    assert "secret" not in str(refused.value)


def test_a_misspelt_column_is_refused_and_never_dropped_silently(store: Store, terry: str) -> None:
    with pytest.raises(TypeError, match="wrods"):
        schema.Strength(person_id=terry, wrods="mends bicycles")
    with pytest.raises(AttributeError), store.write("slip", person=terry) as tx:
        tx.change(schema.Person, terry, caled="Terry")


def test_an_act_within_an_act_is_a_fault_of_the_program(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write("outer"), store.write("inner"):
        pass


def test_watchers_hear_what_changed_once_after_the_commit(store: Store, terry: str) -> None:
    heard: list[Change] = []
    seen: list[int] = []

    def watcher(change: Change) -> None:
        heard.append(change)
        with store.read() as tx:
            seen.append(tx.value("SELECT count(*) FROM strength"))

    stop = store.watch(watcher, {"strength"})
    with store.write("added", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="one"))
        tx.add(schema.Strength(person_id=terry, words="two"))
    with store.write("something else", person=terry) as tx:
        tx.add(schema.Goal(person_id=terry, words="Saturdays"))
    assert heard == [Change(frozenset({"strength"}), frozenset({terry}))]
    assert seen == [2]
    stop()
    store.undo()
    store.undo()
    assert len(heard) == 1


def test_what_another_program_wrote_is_heard_at_the_next_look(
    store: Store, terry: str, clock: Any
) -> None:
    other = Store.at(store.folder, clock=clock)
    other.unlock(PASSPHRASE)
    heard: list[Change] = []
    store.poll()
    store.watch(heard.append)
    with other.write("from the shell", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="from the shell"))
    store.poll()
    store.poll()
    assert heard == [Change(frozenset({"strength"}), frozenset({terry}))]
    other.lock()


def test_what_another_program_wrote_just_before_an_act_of_one_s_own_is_heard_too(
    store: Store, terry: str, clock: Any
) -> None:
    other = Store.at(store.folder, clock=clock)
    other.unlock(PASSPHRASE)
    with store.write("added") as tx:
        joan = tx.add(schema.Person(called="Joan")).id
    store.poll()
    heard: list[Change] = []
    store.watch(heard.append)
    with other.write("from the shell", person=terry) as tx:
        tx.add(schema.SafetyStatement(person_id=terry, kind="risk", words="the dog bites"))
    with store.write("in the app", person=joan) as tx:
        tx.add(schema.Strength(person_id=joan, words="bicycles"))
    store.poll()
    store.poll()
    assert {name for one in heard for name in one.tables} == {"safety_statement", "strength"}
    assert {person for one in heard for person in one.people} == {terry, joan}
    assert len(heard) == 1, "and nothing twice"
    other.lock()


def test_two_programs_writing_at_once_lose_nothing(store: Store, terry: str, clock: Any) -> None:
    other = Store.at(store.folder, clock=clock)
    other.unlock(PASSPHRASE)

    def write(which: Store) -> None:
        for count in range(30):
            with which.write("added", person=terry) as tx:
                tx.add(schema.Strength(person_id=terry, words=f"strength {count}"))

    threads = [threading.Thread(target=write, args=(one,)) for one in (store, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM strength") == 60
        numbers = [row[0] for row in tx.rows("SELECT n FROM sync_op ORDER BY n")]
    assert numbers == list(range(1, len(numbers) + 1))
    other.lock()


def test_a_draft_is_there_after_the_lid_closed(store: Store, terry: str) -> None:
    store.save_draft("d1", "note", [terry], "Terry met me at the g", {"minutes": 50})
    store.save_draft("d1", "note", [terry], "Terry met me at the gate", {"minutes": 50})
    store.lock()
    store.unlock(PASSPHRASE)
    (draft,) = store.drafts("note")
    assert (draft.words, draft.people, draft.facts) == (
        "Terry met me at the gate",
        (terry,),
        {"minutes": 50},
    )
    store.drop_draft("d1")
    assert store.drafts() == []


def test_search_finds_by_beginnings_newest_first_without_accents(
    store: Store, terry: str, clock: Any
) -> None:
    for words in ("The bowls club was full.", "Café after the bowls club.", "It's O'Brien's dog"):
        clock.on(days=1)
        with store.write("a note", person=terry) as tx:
            tx.add(schema.Note(person_id=terry, words=words, happened_at=tx.now))
    assert [hit.snippet for hit in store.search("bow")] == [
        "Café after the bowls club.",
        "The bowls club was full.",
    ]
    assert len(store.search("cafe bowls")) == 1
    assert len(store.search("o'brien")) == 1
    assert store.search('"') == store.search("") == store.search("NEAR(") == []
    assert len(store.search("bowls", ranked=True)) == 2
    assert len(store.search("bowls", person="somebody else")) == 0


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(
    tmp_path: Path, clock: Any
) -> None:
    from linkworker.vault import WrongPassphrase

    store, recovery_key = Store.create(
        tmp_path / "own", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
    )
    store.lock()
    store.unlock_with_recovery(recovery_key.lower())
    store.set_passphrase("a quite different passphrase", cost=CHEAP)
    store.lock()
    with pytest.raises(WrongPassphrase):
        store.unlock(PASSPHRASE)
    store.unlock("a quite different passphrase")
    store.change_passphrase("a quite different passphrase", PASSPHRASE, cost=CHEAP)
    store.lock()
    store.unlock(PASSPHRASE)
    with store.read() as tx:
        assert tx.value("SELECT name FROM worker") == "Ann"
    store.lock()


@pytest.mark.parametrize("still_waiting", [["records.db"], ["records.db", "keys-copy.json"]])
def test_a_set_up_cut_off_between_its_moves_is_finished_at_the_next_start(
    tmp_path: Path, clock: Any, still_waiting: list[str]
) -> None:
    store, _ = Store.create(
        tmp_path / "own", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
    )
    store.lock()
    waiting = store.folder / "being-made"
    waiting.mkdir()
    for name in still_waiting:
        (store.folder / name).rename(waiting / name)
    again = Store.at(store.folder, clock=clock)
    again.unlock(PASSPHRASE)
    assert again.check().ok
    assert not waiting.exists()
    again.lock()


def test_a_new_store_is_never_made_over_an_old_one(
    store: Store, make_store: Callable[..., Store], tmp_path: Path
) -> None:
    from linkworker.folders import AlreadyThere

    before = (store.folder / "records.db").read_bytes()
    with pytest.raises(AlreadyThere):
        make_store("store")
    assert (store.folder / "records.db").read_bytes() == before


def test_a_store_whose_records_are_gone_is_not_made_anew(store: Store, terry: str) -> None:
    from linkworker.cipher import NoDatabase

    store.lock()
    for file in store.folder.glob("records.db*"):
        file.unlink()
    again = Store.at(store.folder)
    with pytest.raises(NoDatabase):
        again.unlock(PASSPHRASE)
    assert not (store.folder / "records.db").exists()


def test_check_says_what_is_whole(store: Store, terry: str) -> None:
    found = store.check()
    assert found.ok
    assert found.encrypted
    assert found.people == 1


def test_made_up_people_are_written_many_acts_at_a_time_each_to_be_undone_alone(
    make_store: Callable[..., Store],
) -> None:
    made_up = make_store("made-up", made_up=True)
    heard: list[object] = []
    made_up.watch(heard.append)
    with made_up.in_bulk():
        for name in ("Nobody", "Somebody"):
            with made_up.write("quickly") as tx:
                tx.add(schema.Person(called=name))
        with made_up.read() as tx:
            assert tx.value("SELECT count(*) FROM person") == 0
        assert heard == []
    assert len(heard) == 1
    made_up.undo()
    with made_up.read() as tx:
        assert tx.rows("SELECT called FROM person WHERE hidden_at IS NULL") == [("Nobody",)]


def test_what_was_written_many_acts_at_a_time_is_found_and_so_is_what_comes_after(
    make_store: Callable[..., Store],
) -> None:
    made_up = make_store("made-up", made_up=True)
    with made_up.write("before") as tx:
        tx.add(schema.Person(called="Winifred Harbottle"))
    with made_up.in_bulk(), made_up.write("quickly") as tx:
        somebody = tx.add(schema.Person(called="Reginald Tansley")).id
    assert len(made_up.search("winifred")) == len(made_up.search("tansley")) == 1
    with made_up.write("afterwards") as tx:
        tx.change(schema.Person, somebody, called="Oksana Bondar")
    assert len(made_up.search("oksana")) == 1
    assert made_up.search("tansley") == []
    assert made_up.check().ok
    made_up.lock()
    made_up.unlock_made_up()
    assert made_up.reading_only is None


def test_a_fault_while_writing_many_acts_takes_all_of_them_back(
    make_store: Callable[..., Store],
) -> None:
    made_up = make_store("made-up", made_up=True)
    with pytest.raises(ZeroDivisionError), made_up.in_bulk():
        with made_up.write("quickly") as tx:
            tx.add(schema.Person(called="Nobody"))
        raise ZeroDivisionError
    with made_up.write("afterwards") as tx:
        assert tx.value("SELECT count(*) FROM person") == 0
        tx.add(schema.Person(called="Somebody"))
    assert len(made_up.search("somebody")) == 1


def test_real_people_are_never_written_many_acts_at_a_time(
    make_store: Callable[..., Store],
) -> None:
    with pytest.raises(RuntimeError), make_store("real").in_bulk():
        pass


def test_a_made_up_store_refuses_real_people(make_store: Callable[..., Store]) -> None:
    from linkworker.store import MadeUpOnly

    with pytest.raises(MadeUpOnly):
        make_store("made-up", made_up=True).refuse_made_up()
    make_store("real").refuse_made_up()
