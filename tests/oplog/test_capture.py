"""Every way to write leaves its operation; what cannot leave one is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from linkworker import schema
from linkworker.oplog.capture import body_hash, capture_sql, groups_of, synced_tables
from linkworker.schema.tables import all_tables
from linkworker.store import NotThere, ReadTx, Store


def ops(store: Store) -> list[dict[str, Any]]:
    names = ["dev", "n", "act", "scope", "tbl", "pk", "kind", "body", "base", "hash", "actor"]
    names.append("before")
    with store.read() as tx:
        rows = tx.rows(f"SELECT {', '.join(names)} FROM sync_op ORDER BY n")
    return [dict(zip(names, row, strict=True)) for row in rows]


def writer(store: Store) -> Any:
    """The raw connection that writes, as a fault in our own code would have it."""
    return store._connections().writer


def in_act(store: Store, sql: str, *params: Any) -> None:
    with store.write("by the back door"):
        writer(store).execute(sql, params)


def test_an_added_row_leaves_one_operation_with_its_scope_and_act(store: Store, terry: str) -> None:
    op = ops(store)[-1]
    assert (op["tbl"], op["pk"], op["kind"], op["scope"]) == (
        "person",
        terry,
        "put",
        f"person:{terry}",
    )
    assert op["actor"] == store.worker_id
    assert json.loads(op["body"])["name"]["family"] == "Beasley"
    assert op["hash"] == body_hash(op["body"])


def test_a_change_names_only_the_groups_it_wrote_and_what_each_replaced(
    store: Store, terry: str
) -> None:
    with store.write("agreed", person=terry) as tx:
        strength = tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
    put = ops(store)[-1]
    with store.write("agreed", person=terry) as tx:
        tx.change(schema.Strength, strength.id, agreed_with="Terry", agreed_on=tx.today)
    op = ops(store)[-1]
    assert json.loads(op["body"]) == {"agreed": {"agreed_on": "2026-11-27", "agreed_with": "Terry"}}
    assert json.loads(op["before"]) == {"agreed": {"agreed_on": None, "agreed_with": ""}}
    assert json.loads(op["base"]) == {"agreed": [f"{put['dev']}:{put['n']}"]}
    with store.write("agreed again", person=terry) as tx:
        tx.change(schema.Strength, strength.id, agreed_with="Terry and Pat")
    assert json.loads(ops(store)[-1]["base"]) == {"agreed": [f"{op['dev']}:{op['n']}"]}


def test_hiding_names_everything_it_saw(store: Store, terry: str) -> None:
    with store.write("added", person=terry) as tx:
        step = tx.add(schema.Step(person_id=terry, words="ring the bike club"))
    with store.write("done", person=terry) as tx:
        tx.change(schema.Step, step.id, state="done")
    with store.write("removed", person=terry) as tx:
        tx.hide(schema.Step, step.id)
    put, done, gone = ops(store)[-3:]
    assert gone["kind"] == "del"
    assert json.loads(gone["base"]) == {
        "*": [f"{put['dev']}:{put['n']}"],
        "state": [f"{done['dev']}:{done['n']}"],
    }


def test_writing_the_same_value_leaves_no_operation(store: Store, terry: str) -> None:
    before = len(ops(store))
    with store.write("the same", person=terry) as tx:
        tx.change(schema.Person, terry, called="Terry Beasley")
    assert len(ops(store)) == before


def test_numbers_count_on_without_a_gap_also_after_an_act_that_failed(
    store: Store, terry: str
) -> None:
    with pytest.raises(ZeroDivisionError), store.write("half") as tx:
        tx.add(schema.Strength(person_id=terry, words="never kept"))
        raise ZeroDivisionError
    with store.write("whole") as tx:
        tx.add(schema.Strength(person_id=terry, words="kept"))
    numbers = [op["n"] for op in ops(store)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not store.search("never")


def test_stamps_grow_while_the_laptop_clock_goes_back(store: Store, terry: str, clock: Any) -> None:
    clock.on(hours=-8)
    with store.write("after the clock was set back", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="patient"))
    with store.read() as tx:
        stamps = [row[0] for row in tx.rows("SELECT stamp FROM sync_op ORDER BY n")]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize("table", synced_tables(all_tables()), ids=lambda t: t.name)
def test_every_table_captures_a_raw_insert(store: Store, terry: str, table: Any) -> None:
    values: dict[str, Any] = {c.name: "" for c in table.columns if not c.nullable}
    values["id"] = "raw"
    if "person_id" in values:
        values["person_id"] = terry
    with store.write("raw"):
        raw = writer(store)
        raw.execute("PRAGMA defer_foreign_keys = ON")
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        raw.execute(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(values.values())
        )
        found = raw.execute(
            "SELECT kind, body IS NULL FROM sync_op WHERE tbl = ? AND pk = 'raw'", (table.name,)
        ).fetchall()
        assert found == [("put", int(table.info["insert_only"]))]
        raw.execute("ROLLBACK")
        raw.execute("BEGIN")


def test_a_row_is_never_deleted(store: Store, terry: str) -> None:
    with pytest.raises(dbapi2.IntegrityError, match="hidden, never deleted"):
        raw = writer(store)
        raw.execute("DELETE FROM person WHERE id = ?", (terry,))


def test_a_replace_does_not_hide_a_delete(store: Store, terry: str) -> None:
    from linkworker.cipher import NotKept

    with pytest.raises(NotKept):
        in_act(store, "REPLACE INTO person SELECT * FROM person WHERE id = ?", terry)
    with store.read() as tx:
        assert tx.value("SELECT called FROM person WHERE id = ?", (terry,)) == "Terry Beasley"


def test_a_note_once_written_is_never_rewritten(store: Store, terry: str) -> None:
    from linkworker.cipher import NotKept

    with store.write("a note", person=terry) as tx:
        note = tx.add(schema.Note(person_id=terry, words="Sat with him.", happened_at=tx.now))
    with pytest.raises(NotKept), store.write("rewrite", person=terry) as tx:
        tx.change(schema.Note, note.id, words="Something else.")


def test_a_row_never_moves_to_another_person(store: Store, terry: str) -> None:
    from linkworker.cipher import NotKept

    with store.write("two") as tx:
        joan = tx.add(schema.Person(called="Joan"))
        strength = tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
    with pytest.raises(NotKept), store.write("move") as tx:
        tx.change(schema.Strength, strength.id, person_id=joan.id)


def test_a_write_outside_an_act_is_refused(store: Store, terry: str) -> None:
    with pytest.raises(dbapi2.OperationalError):
        writer(store).execute("UPDATE person SET called = 'X' WHERE id = ?", (terry,))


def test_another_program_without_our_functions_cannot_write(store: Store, terry: str) -> None:
    from linkworker import cipher

    other = cipher.connect(store.folder / "records.db", bytes(store._connections()._key))
    with pytest.raises(dbapi2.OperationalError, match="no such function"):
        other.execute("UPDATE person SET called = 'X' WHERE id = ?", (terry,))
    other.close()


def test_changing_what_is_not_there_is_refused_in_plain_words(store: Store, terry: str) -> None:
    with store.write("added", person=terry) as tx:
        step = tx.add(schema.Step(person_id=terry, words="ring"))
    with store.write("removed", person=terry) as tx:
        tx.hide(schema.Step, step.id)
    with pytest.raises(NotThere), store.write("again", person=terry) as tx:
        tx.change(schema.Step, step.id, state="done")


def test_each_column_is_in_one_group_and_the_id_in_none() -> None:
    for table in synced_tables(all_tables()):
        columns = [name for group in groups_of(table).values() for name in group]
        assert sorted(columns) == sorted(c.name for c in table.columns if c.name != "id")


def test_the_triggers_are_the_same_each_time_they_are_generated() -> None:
    metadata = all_tables()
    assert capture_sql(metadata, 1) == capture_sql(metadata, 1)


def test_what_is_kept_apart_has_a_scope_of_its_own(store: Store, terry: str) -> None:
    with store.write("kept apart", person=terry) as tx:
        tx.add(schema.KeptApart(person_id=terry, words="told me something"))
    assert ops(store)[-1]["scope"] == f"person:{terry}:restricted"
    with store.read() as tx:
        assert isinstance(tx, ReadTx)
        assert not tx.rows("SELECT 1 FROM search_doc WHERE tbl = 'kept_apart'")
