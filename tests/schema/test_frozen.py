"""What is frozen is what the tables say, and a row is written as the tables would write it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData
from sqlalchemy.dialects import sqlite

from linkworker import schema
from linkworker.schema.binding import BINDINGS
from linkworker.schema.columns import Row, Words
from linkworker.schema.describing import TableShape, shape_of, shapes, shapes_from
from linkworker.schema.tables import all_tables, class_of, shapes_of
from linkworker.storage.freeze import frozen
from linkworker.storage.statements import insert_of, update_of

HOSTILE = st.sampled_from(
    [
        "mends \x1b[31mbicycles\x1b]52;c;QQ==\x07",
        "Terry\u202eyrreT",
        "one\r\ntwo\x0bthree\u2028four",
        "Zoe\u0301 " + "\u0301" * 40,
        "\ud83d\ude00 \ud83d",
        "a\x00b\u200b\ufeffc",
        "'; DROP TABLE person; --",
    ]
)
TEXTS = HOSTILE | st.text(max_size=40) | st.text(st.characters(max_codepoint=0x2FF), max_size=40)
DAYS = st.dates()
INSTANTS = st.datetimes(
    datetime(2, 1, 1),
    datetime(9998, 1, 1),
    timezones=st.just(UTC) | st.just(timezone(timedelta(hours=5, minutes=45))),
)
ANYTHING = (
    st.none()
    | TEXTS
    | DAYS
    | INSTANTS
    | st.datetimes()
    | st.booleans()
    | st.integers()
    | st.lists(TEXTS, max_size=3)
    | st.just(object())
)
OF_ITS_KIND = {
    "id": TEXTS,
    "words": TEXTS,
    "line": TEXTS,
    "list": st.lists(TEXTS, max_size=4),
    "instant": INSTANTS,
    "day": DAYS,
    "wall time": TEXTS,
    "time of day": TEXTS,
    "number": st.integers(),
    "yes or no": st.booleans(),
}


def rows_of(shape: TableShape) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a table in which each column holds what is of its kind, however hostile."""
    return st.fixed_dictionaries(
        {column.name: st.none() | OF_ITS_KIND[column.kind] for column in shape.columns}
    )


@cache
def column_binding(model: str, name: str) -> Any:
    """What the column type of the SQLModel table does to a value for the driver; None: nothing."""
    dialect = sqlite.dialect()
    kind = all_tables().tables[shape_of(model).name].columns[name].type
    return kind.dialect_impl(dialect).bind_processor(dialect)


def as_the_tables_bind(model: str, name: str, value: Any) -> Any:
    """What the column type hands to the driver."""
    bind = column_binding(model, name)
    return value if bind is None else bind(value)


def outcome(bind: Any, *given: Any) -> tuple[str, Any]:
    """What came of binding a value: what kind of thing, and which; "refused" for any error."""
    try:
        bound = bind(*given)
    except Exception:
        return "refused", None
    return type(bound).__name__, bound


def test_what_is_frozen_is_what_the_tables_say_now() -> None:
    now = frozen(shapes_of(all_tables()))
    assert shapes_from(now) == shapes(), "run: python -m linkworker.storage.freeze"


def test_a_table_that_changed_and_was_not_frozen_again_is_noticed() -> None:
    later = MetaData()
    for table in all_tables().sorted_tables:
        table.to_metadata(later)
    assert shapes_of(later) == shapes()
    later.tables["goal"].append_column(Column("colour", Words, info={"group": "colour"}))
    assert shapes_of(later) != shapes()


def test_what_is_frozen_reads_back_as_it_was() -> None:
    now = shapes_of(all_tables())
    assert shapes_from(frozen(now)) == now
    assert {shape.model for shape in shapes()} == set(schema.TABLES)


@pytest.mark.parametrize("model", schema.TABLES)
def test_a_row_that_says_nothing_holds_what_the_tables_hold_by_default(model: str) -> None:
    row, said = getattr(schema, model)(), class_of(model)()
    needed = {name for name, field in class_of(model).model_fields.items() if field.is_required()}
    assert set(vars(row)) == set(class_of(model).model_fields)
    for name, value in vars(row).items():
        assert value == ("" if name in needed else getattr(said, name)), name
    assert type(row).__name__ == model
    assert row.__tablename__ == class_of(model).__tablename__


@pytest.mark.parametrize("model", schema.TABLES)
@settings(max_examples=25)
@given(data=st.data())
def test_a_row_is_bound_as_the_column_types_of_its_table_bind_it(
    model: str, data: st.DataObject
) -> None:
    values = data.draw(rows_of(shape_of(model)))
    table: type[Row] = getattr(schema, model)
    row = table(**values)
    statement = insert_of(table)
    names = [name for name, _ in statement.columns]
    bound = dict(zip(names, statement.params(vars(row)), strict=True))
    assert bound == {name: as_the_tables_bind(model, name, value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("Strength", "id"),
        ("Note", "words"),
        ("Person", "given"),
        ("Tie", "roles"),
        ("Note", "happened_at"),
        ("Person", "born"),
        ("Goal", "importance"),
        ("Tie", "paid"),
    ],
)
@given(value=ANYTHING)
def test_what_a_column_type_refuses_is_refused_and_the_rest_is_bound_alike(
    model: str, name: str, value: Any
) -> None:
    kind = next(column.kind for column in shape_of(model).columns if column.name == name)
    bind = BINDINGS[kind] or (lambda given: given)
    assert outcome(bind, value) == outcome(as_the_tables_bind, model, name, value)


def test_each_row_has_a_list_of_its_own() -> None:
    one, other = schema.Contact(), schema.Contact()
    one.who_there.append("Pat")
    assert other.who_there == []


def test_a_column_that_no_table_has_is_refused_when_a_row_is_made_and_when_it_changes() -> None:
    values: dict[str, Any] = {"wrods": "mends bicycles"}
    with pytest.raises(TypeError, match="Strength has no column wrods"):
        schema.Strength(person_id="terry", **values)
    with pytest.raises(AttributeError, match="strength has no column wrods"):
        update_of(schema.Strength, ("wrods",))


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(AttributeError, match="no table Client"):
        schema.Client  # noqa: B018  # that it is not there is asked
    with pytest.raises(LookupError):
        shape_of("Client")


def test_a_day_is_written_in_four_figures_however_long_ago() -> None:
    assert BINDINGS["day"] is not None
    assert BINDINGS["day"](date(476, 9, 4)) == "0476-09-04"
    assert BINDINGS["day"](datetime(2026, 11, 27, 23, 59)) == "2026-11-27"
