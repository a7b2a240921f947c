"""A caseload is given out whole, taken into empty records, and gives the same bytes again."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworker import schema
from linkworker.caseload import audit, connections, people, safety
from linkworker.exchange.allowed_values import allowed
from linkworker.exchange.caseload_json import (
    FORMAT,
    LARGEST,
    CaseloadReport,
    NewerFormat,
    NotACaseload,
    NotEmpty,
    export_people,
    import_caseload,
)
from linkworker.exchange.people_csv import plan_import, run_import
from linkworker.refusal import Refused
from linkworker.schema.describing import ColumnShape, shape_of, shapes_of_a_record
from linkworker.store import MadeUpOnly, Store
from tests.shared_data import shared_data

MakeStore = Callable[..., Store]
NUMBERS = itertools.count()
AT = datetime(2026, 11, 20, 9, 30, 0, 123000, tzinfo=UTC)


def as_text(document: Mapping[str, Any]) -> str:
    """Return a document as the shell prints it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def exported(store: Store, person_id: str = "", **more: Any) -> dict[str, Any]:
    return export_people(store, person_id, **more).document


def brought(store: Store, document: Any, **more: Any) -> CaseloadReport:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return import_caseload(store, content, **more)


def value_for(table: str, column: ColumnShape, words: str, person_id: str) -> Any:
    """Return something that the column holds, as a screen would give it."""
    if column.name == "person_id":
        return person_id
    if (table, column.name) == ("appointment", "at"):
        return "2026-11-27T10:05"
    if (table, column.name) == ("step", "by_time"):
        return "09:30"
    taken: Any = allowed().get((table, column.name))
    if taken is not None:
        last: Any = list(taken)[-1]
        return [last] if column.kind == "list" else last
    return {
        "id": words,
        "words": words,
        "line": words,
        "list": [words, words],
        "instant": AT,
        "day": date(2026, 2, 28),
        "number": 7,
        "yes or no": True,
    }[column.kind]


def fill_every_table(store: Store, words: str) -> str:
    """Write one row into every table of a record, every column filled, each naming the others."""
    shapes = shapes_of_a_record()
    with store.write("filled a record") as tx:
        person = shape_of("Person")
        ids = {shape.name: tx.new_id() for shape in (person, *shapes)}
        for shape in (person, *shapes):
            values = {
                column.name: ids[column.names_row_of]
                if column.names_row_of
                else value_for(shape.name, column, words, ids["person"])
                for column in shape.columns
                if column.name not in ("hidden_at", "recorded_by")
            }
            values |= {"id": ids[shape.name], "recorded_by": tx.worker_id}
            if shape.name == "note":
                values["corrects"] = None
            tx.add(getattr(schema, shape.model)(**values))
    return ids["person"]


def test_no_table_is_called_like_a_column_of_a_person() -> None:
    columns = {column.name for column in shape_of("Person").columns} | {"name"}
    assert columns.isdisjoint(shape.name for shape in shapes_of_a_record())


def test_every_table_and_column_of_a_record_is_in_the_export(store: Store) -> None:
    fill_every_table(store, "walked to the lane end")
    document = exported(store, with_kept_apart=True)
    (person,) = document["people"]
    assert {shape.name for shape in shapes_of_a_record()} <= set(person)
    for shape in shapes_of_a_record():
        (row,) = person[shape.name]
        wanted = {column.name for column in shape.columns} - {"person_id", "hidden_at", "corrects"}
        assert set(row) == wanted, shape.name
    assert {column.name for column in shape_of("Person").columns} - {"hidden_at"} <= set(person)
    assert [worker["name"] for worker in document["workers"]] == ["Ann"]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(min_size=1, max_size=80))
def test_what_is_taken_in_gives_the_same_bytes_again(make_store: MakeStore, words: str) -> None:
    number = next(NUMBERS)
    first, second = make_store(f"{number}-1"), make_store(f"{number}-2", worker="Bryony")
    fill_every_table(first, words)
    fill_every_table(first, words[::-1])
    text = as_text(exported(first, with_kept_apart=True))
    report = brought(second, text.encode())
    assert report.refused == []
    assert as_text(exported(second, with_kept_apart=True)) == text
    assert second.check().ok
    first.lock()
    second.lock()


def test_naughty_strings_and_names_of_the_world_make_the_journey(make_store: MakeStore) -> None:
    first, second = make_store("first"), make_store("second", worker="Bryony")
    naughty = json.loads(
        (shared_data("people") / "naughty_strings.json").read_text(encoding="utf-8")
    )
    with first.write("added people") as tx:
        for words in naughty:
            person = tx.add(schema.Person(called=words, given=words, other_names=words))
            tx.add(schema.Note(person_id=person.id, happened_at=AT, words=words * 20))
    names = (shared_data("people") / "diverse_names.csv").read_bytes()
    run_import(first, plan_import(names.replace(b"given,family", b"forename,surname", 1)))
    text = as_text(exported(first))
    assert brought(second, text.encode()).refused == []
    assert as_text(exported(second)) == text


def test_an_import_of_people_makes_the_journey_and_one_undo_takes_it_back(
    make_store: MakeStore,
) -> None:
    first, second = make_store("first"), make_store("second")
    fill_every_table(first, "words")
    text = as_text(exported(first))
    report = brought(second, text.encode())
    assert (report.people, report.added) == (1, 1)
    second.undo()
    assert exported(second)["people"] == []
    second.redo()
    assert as_text(exported(second)) == text


def test_words_that_came_in_are_found(make_store: MakeStore) -> None:
    first, second = make_store("first"), make_store("second")
    person_id = fill_every_table(first, "fieldfares by the lane")
    brought(second, as_text(exported(first)).encode())
    assert {hit.person_id for hit in second.search("fieldfares")} == {person_id}


def test_one_person_is_given_out_without_anybody_else(store: Store) -> None:
    joan, derek = fill_every_table(store, "joan's words"), fill_every_table(store, "derek's words")
    text = as_text(exported(store, joan))
    assert "joan's words" in text
    assert "derek's words" not in text
    assert derek not in text
    with pytest.raises(Refused):
        exported(store, "nobody")


def test_what_is_kept_apart_stays_out_without_the_right_and_that_is_said(store: Store) -> None:
    with store.write("wrote") as tx:
        joan = people.add_person(tx, given="Joan")
        safety.keep_apart(tx, joan, "told me in the kitchen")
        safety.keep_apart(tx, joan, "told me on the stairs")
    without = export_people(store, joan)
    assert without.kept_apart_left_out == 2
    assert "kitchen" not in as_text(without.document)
    assert "kept_apart" not in as_text(without.document)
    withit = export_people(store, joan, with_kept_apart=True)
    assert withit.kept_apart_left_out == 0
    assert "kitchen" in as_text(withit.document)


def test_giving_out_is_kept_in_the_audit_and_is_no_step_of_undo(store: Store) -> None:
    with store.write("wrote") as tx:
        joan = people.add_person(tx, given="Joan")
        safety.keep_apart(tx, joan, "told me in the kitchen")
    exported(store, joan)
    exported(store, joan, with_kept_apart=True)
    with store.read() as tx:
        told = [event.what for event in audit.events(tx, joan)]
    assert store.check().audit
    assert sorted(told) == ["exported", "exported", "read kept apart"]
    assert store.undo().label == "wrote"


def test_what_was_taken_back_is_not_given_out(store: Store) -> None:
    with store.write("wrote") as tx:
        joan = people.add_person(tx, given="Joan")
    with store.write("wrote on the wrong record") as tx:
        tx.add(schema.Note(person_id=joan, happened_at=AT, words="about somebody else"))
    store.undo()
    with store.write("added by mistake") as tx:
        people.add_person(tx, given="Mistake")
    store.undo()
    text = as_text(exported(store))
    assert "somebody else" not in text
    assert "Mistake" not in text


def test_what_something_in_sight_points_at_comes_with_it(make_store: MakeStore) -> None:
    first, second = make_store("first"), make_store("second")
    with first.write("wrote") as tx:
        joan = people.add_person(tx, given="Joan")
        carol = connections.add_tie(tx, joan, "Carol", how="close")
        tx.hide(schema.Tie, carol)
    text = as_text(exported(first))
    assert '"hidden_at"' in text
    assert brought(second, text.encode()).refused == []
    assert as_text(exported(second)) == text


# -- what is refused ---------------------------------------------------------------------------


def test_records_that_have_held_people_take_in_no_caseload(make_store: MakeStore) -> None:
    first, second = make_store("first"), make_store("second")
    fill_every_table(first, "words")
    document = exported(first)
    with second.write("added") as tx:
        people.add_person(tx, given="Joan")
    with pytest.raises(NotEmpty):
        brought(second, document)
    second.undo()
    with pytest.raises(NotEmpty):
        brought(second, document)
    with second.read() as tx:
        assert people.caseload(tx) == []


def test_a_made_up_store_takes_in_no_caseload(make_store: MakeStore) -> None:
    first, made_up = make_store("first"), make_store("made-up", made_up=True)
    fill_every_table(first, "words")
    with pytest.raises(MadeUpOnly):
        brought(made_up, exported(first))


@pytest.mark.parametrize(("name", "value"), [("version", 2), ("schema", schema.VERSION + 1)])
def test_a_newer_file_is_refused_with_what_to_do(store: Store, name: str, value: int) -> None:
    document = {"format": FORMAT, "version": 1, "schema": 1, "people": []} | {name: value}
    with pytest.raises(NewerFormat) as refused:
        brought(store, document)
    assert "Update" in refused.value.to_do


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"not json",
        b"[]",
        b"null",
        b"{}",
        b'{"people": []}',
        b'{"format": "linkworker caseload", "people": []}',
        b'{"format": "linkworker caseload", "version": true, "schema": 1, "people": []}',
        b'{"format": "linkworker caseload", "version": 1, "schema": -1, "people": []}',
        b'{"format": "linkworker caseload", "version": 1, "schema": 1}',
        b'{"format": "linkworker caseload", "version": 1, "schema": 1, "people": {}}',
        b'{"format": "linkworker caseload", "version": 1, "schema": 1, "people": [], "workers": 1}',
        b'{"format": "linkworker caseload", "version": NaN, "schema": 1, "people": []}',
        b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b'{"version": ' + b"9" * 100_000 + b"}",
        b" " * (LARGEST + 1),
    ],
    ids=range(18),
)
def test_a_file_that_is_no_caseload_is_refused_and_nothing_is_written(
    store: Store, content: bytes
) -> None:
    with pytest.raises(NotACaseload):
        brought(store, content)


ID = "0192a000-0000-7000-8000-00000000000"
WHEN = "2026-11-20T09:30:00.000Z"


def person(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": f"{ID}{number}", "recorded_at": WHEN, "given": f"Person {number}"} | more


def caseload(*everybody: Any, **more: Any) -> dict[str, Any]:
    return {"format": FORMAT, "version": 1, "schema": 1, "people": list(everybody)} | more


def row(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"{ID}{number}", "recorded_at": WHEN} | more


@pytest.mark.parametrize(
    "faulty",
    [
        None,
        7,
        "x",
        [],
        {},
        {"given": "x"},
        person(2, id=""),
        person(2, id="x" * 100),
        person(2, id="../../x"),
        person(2, id="a:restricted"),
        person(2, hidden_at=WHEN),
        person(2, id=7),
        person(2, recorded_at=None),
        person(2, recorded_at="yesterday"),
        person(2, recorded_at="2026-11-20T09:30:00.000+"),
        person(2, recorded_at="9999-12-31T23:59:59.999Z"),
        person(2, given=7),
        person(2, given=["x"]),
        person(2, given={"a": {"b": {}}}),
        person(2, given="x" * 1_000_001),
        person(2, born="2/3/1947"),
        person(2, born="2026-02-30"),
        person(2, born=19470302),
        person(2, born="0001-01-01"),
        person(2, shoe_size="9"),
        person(2, person_id="x"),
        person(1),
    ],
    ids=range(27),
)
def test_a_person_who_cannot_be_is_refused_and_the_others_come_in(
    store: Store, faulty: Any
) -> None:
    report = brought(store, caseload(person(1), faulty, person(3)))
    assert (report.people, report.added) == (3, 2)
    (refused,) = report.refused
    assert refused.where == "people[1]"
    assert refused.why.endswith(".")
    with store.read() as tx:
        assert len(people.caseload(tx)) == 2


@pytest.mark.parametrize(
    ("table", "faulty"),
    [
        ("note", "x"),
        ("note", row(5, words=[])),
        ("note", row(5, person_id=f"{ID}3")),
        ("note", row(5, corrects=f"{ID}9")),
        ("note", row(5, corrects="'; DROP TABLE note; --")),
        ("note_mark", row(5)),
        ("note_mark", row(5, note_id=f"{ID}9")),
        ("note_mark", row(5, note_id=f"{ID}4", ordinal="1")),
        ("note_mark", row(5, note_id=f"{ID}4", ordinal=1.5)),
        ("note_mark", row(5, note_id=f"{ID}4", ordinal=True)),
        ("note_mark", row(5, note_id=f"{ID}4", ordinal=10**30)),
        ("tie", row(5, name="x", paid="yes")),
        ("tie", row(5, name="x")),
        ("tie", row(5, name="x", paid=False, roles="carer")),
        ("tie", row(5, name="x", paid=False, roles=[["carer"]])),
        ("tie", row(5, name="x", paid=False, roles=["x"] * 2000)),
        ("contact", row(5, happened_at=WHEN[:-1])),
    ],
    ids=range(17),
)
def test_a_row_that_cannot_be_is_refused_with_its_place_and_the_rest_comes_in(
    store: Store, table: str, faulty: Any
) -> None:
    tables: dict[str, list[Any]] = {"note": [row(4, words="went well", happened_at=WHEN)]}
    tables.setdefault(table, []).append(faulty)
    report = brought(store, caseload(person(1, **tables), person(2)))
    assert report.added == 2
    (refused,) = report.refused
    assert refused.where == f"people[0].{table}[{len(tables[table]) - 1}]"
    assert "DROP" not in refused.why
    (kept,) = [one for one in exported(store)["people"] if one["id"] == f"{ID}1"]
    assert [note["words"] for note in kept["note"]] == ["went well"]


def test_what_hangs_on_a_refused_row_is_refused_with_it(store: Store) -> None:
    document = caseload(
        person(
            1,
            contact=[row(3, happened_at="never")],
            note=[row(4, contact_id=f"{ID}3", words="x"), row(5, words="stays")],
            note_mark=[row(6, note_id=f"{ID}4", ordinal=0)],
            unknown_table="is a field that is not known",
        ),
        person(
            2,
            contact=[row(3, happened_at="never")],
            note=[row(4, contact_id=f"{ID}3", words="x"), row(5, words="stays")],
            note_mark=[row(6, note_id=f"{ID}4", ordinal=0)],
            strength="x",
        ),
    )
    report = brought(store, document)
    assert [one.where for one in report.refused] == [
        "people[0]",
        "people[1].strength",
        "people[1].contact[0]",
        "people[1].note[0]",
        "people[1].note_mark[0]",
    ]
    (only,) = exported(store)["people"]
    assert [note["words"] for note in only["note"]] == ["stays"]


def test_hostile_words_come_in_cleaned(store: Store) -> None:
    words = "x\x1b]52;c;aGk=\x07\u202e\ud800\x9b31m" + "\u0301" * 50
    report = brought(store, caseload(person(1, note=[row(4, words=words, happened_at=WHEN)])))
    assert report.refused == []
    text = as_text(exported(store))
    assert not set(text) & set("\x1b\x07\u202e\x9b\ud800")


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store) -> None:
    document = caseload(person(1), person(2, born="x"))
    tried = brought(store, document, dry_run=True)
    assert exported(store)["people"] == []
    assert tried.as_json() == brought(store, document).as_json()


jsons = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(jsons, max_size=3),
    st.dictionaries(
        st.sampled_from(
            ["note", "tie", "given", "born", "contact", "name", "kept_apart", "hidden_at"]
        ),
        jsons,
    ),
)
def test_whatever_stands_in_the_file_every_row_is_taken_or_refused(
    store: Store, anything: list[Any], more: dict[str, Any]
) -> None:
    report = brought(store, caseload(*anything, person(1, **more)), dry_run=True)
    assert report.people == len(anything) + 1
    assert report.added + len(report.refused) >= report.people


def test_each_column_with_a_list_or_a_range_is_there() -> None:
    tables = {shape.name: shape for shape in (shape_of("Person"), *shapes_of_a_record())}
    for table, column in allowed():
        assert column in {one.name for one in tables[table].columns}, (table, column)


@pytest.mark.parametrize(
    ("table", "said", "why"),
    [
        ("goal", {"words": "x", "state": "banana"}, "list"),
        ("goal", {"words": "x", "importance": 999_999_999}, "from 1 to 10"),
        ("contact", {"how": "banana"}, "list"),
        ("contact", {"minutes": -1}, "from 0 to 1440"),
        ("tie", {"name": "Pat", "roles": ["carer", "banana"], "paid": False}, "list"),
        ("appointment", {"at": "banana"}, "no day"),
        ("step", {"words": "x", "by_time": "25:61", "cannot_slip": False}, "not a time"),
        ("vision", {"words": "x", "said_on": "2199-12-31"}, "said_on"),
    ],
)
def test_what_no_screen_may_write_is_refused_with_its_reason_and_the_rest_comes_in(
    store: Store, table: str, said: dict[str, Any], why: str
) -> None:
    good = row(4, words="mends bicycles")
    report = brought(store, caseload(person(1, strength=[good], **{table: [row(3, **said)]})))
    assert report.people == 1
    assert [one.where for one in report.refused] == [f"people[0].{table}[0]"]
    assert why in report.refused[0].why
    assert "banana" not in report.refused[0].why
    (given_back,) = exported(store)["people"]
    assert not given_back.get(table)
    assert [one["words"] for one in given_back["strength"]] == ["mends bicycles"]


def test_a_field_that_stands_twice_in_an_object_is_refused(store: Store) -> None:
    content = json.dumps(caseload(person(1))).replace('"given"', '"given": "Ann", "given"', 1)
    with pytest.raises(NotACaseload):
        brought(store, content.encode())


def test_a_name_that_came_in_stands_on_one_line(store: Store) -> None:
    brought(store, caseload(person(1, called="Ann\n01a2  Fake")))
    assert exported(store)["people"][0]["called"] == "Ann 01a2 Fake"


def test_somebody_whose_id_begins_the_id_of_another_can_be_named(store: Store) -> None:
    brought(store, caseload(person(1), person(12)))
    with store.read() as tx:
        assert people.find_by_id(tx, f"{ID}1") == f"{ID}1"
        with pytest.raises(Refused):
            people.find_by_id(tx, ID)
