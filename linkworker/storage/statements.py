"""Statements of SQLAlchemy Core from the SQLModel tables, each built once.

This module is imported at the first write, and SQLAlchemy with it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Insert, Table, Update, bindparam, create_engine, insert, update
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from linkworker.schema.columns import Row


@cache
def insert_of(table: type[Row]) -> tuple[Insert, tuple[str, ...]]:
    """Return the insert of a table and the names of all its columns."""
    made = cast(Table, table.__table__)  # type: ignore[attr-defined]  # SQLModel adds it
    return insert(made), tuple(column.name for column in made.columns)


@cache
def update_of(table: type[Row], names: tuple[str, ...]) -> Update:
    """Return the update of these columns of one row, named by the parameter `which_id`.

    Raises AttributeError for a column that the table does not have.
    """
    made = cast(Table, table.__table__)  # type: ignore[attr-defined]  # SQLModel adds it
    for name in names:
        if name not in made.columns:
            raise AttributeError(f"{made.name} has no column {name}")
    return (
        update(made)
        .where(made.c.id == bindparam("which_id"))
        .values({name: bindparam(name) for name in names})
    )


class _Lent:
    """A connection of the driver whose transaction belongs to somebody else.

    SQLAlchemy commits and rolls back as it opens and closes; here that must not reach the database.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def commit(self) -> None:
        """Leave the transaction to its owner."""

    def rollback(self) -> None:
        """Leave the transaction to its owner."""

    def close(self) -> None:
        """Leave the connection to its owner."""


def core_on(raw: Any) -> Connection:
    """Return a Core connection that works on `raw`, an open connection of the driver.

    The transaction is the caller's: nothing here begins, commits or rolls back. Without `module` a
    fault would not be an SQLAlchemyError, and without `hide_parameters` its text would hold what
    was being written.
    """
    lent = _Lent(raw)
    engine = create_engine(
        "sqlite+pysqlite:///encrypted",
        module=dbapi2,
        creator=lambda: lent,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        hide_parameters=True,
        echo=False,
    )
    return engine.connect()
