"""Transactions: what a reader and a writer may do between begin and commit.

Both read with plain SQL on the driver. `add` and `change` turn a row or values into a statement by
the frozen shapes of the SQLModel tables (docs/decisions, 0013), which say how each column is
written: every text is cleaned on its way in. There is no other way to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, overload

from linkworker.clock import Ids, local_day
from linkworker.oplog import undo
from linkworker.oplog.capture import Capturing
from linkworker.refusal import Refused
from linkworker.storage import auditing, drafts
from linkworker.storage.statements import insert_of, is_of_organisation, update_of

if TYPE_CHECKING:
    from linkworker.oplog.differences import Difference
    from linkworker.schema.columns import Row

Into = TypeVar("Into")
SomeRow = TypeVar("SomeRow", bound="Row")


class NotThere(Refused):
    """The row that was to be changed is not there, or has been taken back."""

    def __init__(self) -> None:
        super().__init__(
            "That was not changed.",
            "It is no longer here: it was taken back or removed in the meantime.",
            "Look at the record as it stands now. Undo brings back what was removed.",
        )


class NotOurs(Refused):
    """What another organisation wrote is theirs to put right and to take back, be it read here."""

    def __init__(self, organisation: str) -> None:
        """`organisation` is what it is called, "" where that is not known."""
        super().__init__(
            "That was not changed.",
            f"{organisation or 'Another organisation'} wrote it, and changes it or takes it back.",
            "Write a note of your own, which stands beside it.",
        )


class ReadTx:
    """A look at the store as it stands at one moment."""

    def __init__(self, connection: Any, now: datetime, worker_id: str) -> None:
        self._raw = connection
        self.now = now
        """The present instant, aware, UTC; the same throughout the transaction."""
        self.worker_id = worker_id
        """Whose laptop this is."""

    @property
    def today(self) -> date:
        """The day it is at home."""
        return local_day(self.now)

    @overload
    def rows(self, sql: str, params: Iterable[Any] = ...) -> list[tuple[Any, ...]]: ...
    @overload
    def rows(self, sql: str, params: Iterable[Any], into: Callable[..., Into]) -> list[Into]: ...

    def rows(
        self, sql: str, params: Iterable[Any] = (), into: Callable[..., Any] | None = None
    ) -> list[Any]:
        """Return all rows of a SELECT, each a tuple, or `into(*row)`."""
        cursor = self._raw.execute(sql, tuple(params))
        if into is None:
            return list(cursor)
        return [into(*row) for row in cursor]

    @overload
    def one(self, sql: str, params: Iterable[Any] = ...) -> tuple[Any, ...] | None: ...
    @overload
    def one(self, sql: str, params: Iterable[Any], into: Callable[..., Into]) -> Into | None: ...

    def one(
        self, sql: str, params: Iterable[Any] = (), into: Callable[..., Any] | None = None
    ) -> Any:
        """Return the first row of a SELECT, or None."""
        row = self._raw.execute(sql, tuple(params)).fetchone()
        return row if row is None or into is None else into(*row)

    def value(self, sql: str, params: Iterable[Any] = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self._raw.execute(sql, tuple(params)).fetchone()
        return None if row is None else row[0]

    def changed_since_written(self, table: str, row_id: str) -> bool:
        """Say whether another act than the one that wrote a row has touched it since."""
        return undo.changed_since_written(self._raw, table, row_id)

    def differences(self, scope: str = "") -> list[Difference]:
        """Return what waits to be settled, of one scope or of all; at once where nothing does."""
        if not self.value("SELECT 1 FROM sync_open LIMIT 1"):
            return []
        from linkworker.oplog.differences import open_differences
        from linkworker.storage.settling import shapes

        return open_differences(self._raw, shapes(), scope)

    def words_of(self, table: str) -> frozenset[str]:
        """Return the columns of a table that hold words of any length, which can be joined."""
        from linkworker.storage.settling import shapes

        return shapes()[table].words


class WriteTx(ReadTx):
    """One act: what one person did at one moment. It is kept whole or not at all."""

    def __init__(
        self,
        connection: Any,
        now: datetime,
        worker_id: str,
        ids: Ids,
        state: Capturing,
    ) -> None:
        super().__init__(connection, now, worker_id)
        self._ids = ids
        self._state = state
        self.act = state.act
        """The id of this act, by which it can be undone."""

    def new_id(self) -> str:
        """Return a fresh id, for rows that must name each other before they are added."""
        return self._ids()

    def add(self, row: SomeRow) -> SomeRow:
        """Add a row; its id and who recorded it when are filled in. Returns the row."""
        values = vars(row)
        values["id"] = values["id"] or self._ids()
        values["recorded_at"] = values["recorded_at"] or self.now
        values["recorded_by"] = values["recorded_by"] or self.worker_id
        if is_of_organisation(type(row)):  # nobody writes another's notes, nor imports them
            values["organisation"] = self._state.organisation
        statement = insert_of(type(row))
        self._raw.execute(statement.sql, statement.params(values))
        return row

    def change(self, table: type[Row], id_: str, **values: Any) -> None:
        """Change columns of a row that stands. Raises `NotThere` if it does not, `NotOurs`."""
        self._must_stand(table, id_)
        self._update(table, id_, values)

    def hide(self, table: type[Row], id_: str) -> None:
        """Take a row out of sight; undo brings it back.

        Raises `NotThere` if it is not in sight, `NotOurs`.
        """
        self._must_stand(table, id_)
        self._update(table, id_, {"hidden_at": self.now})

    def unhide(self, table: type[Row], id_: str) -> None:
        """Bring a row of the team's back into sight that was taken away or undone."""
        self._update(table, id_, {"hidden_at": None})

    def keep_in_audit(
        self, what: str, person_id: str = "", *, reason: str = "", at: datetime | None = None
    ) -> str:
        """Keep an audit event, of now unless `at` says otherwise; return its id."""
        return auditing.write_event(
            self._raw,
            self._ids,
            self.worker_id,
            self.now,
            what,
            person_id,
            reason,
            at or self.now,
        )

    def settle(self, looked_at: Difference, values: Mapping[str, Any]) -> None:
        """Write what was chosen in the place of all versions that were looked at.

        `values` has every column of the group, as the store holds it. Raises `ChangedMeanwhile`.
        """
        from linkworker.storage.settling import settle

        settle(self._raw, self._state, looked_at, values)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft with this act: what it became is kept and it is gone, or neither."""
        drafts.drop(self._raw, draft_id)

    def _must_stand(self, table: type[Row], id_: str) -> None:
        found = self.value(
            f'SELECT 1 FROM "{table.__tablename__}" WHERE id = ? AND hidden_at IS NULL', (id_,)
        )
        if found is None:
            raise NotThere
        if is_of_organisation(table):
            self.must_be_ours(str(table.__tablename__), id_)

    def must_be_ours(self, table: str, id_: str) -> None:
        """Refuse to go on where a note, a contact or a mark is another organisation's.

        Raises `NotOurs`: the hub would take no such write, and the laptop would show it for good.
        """
        theirs = self.one(
            "SELECT coalesce((SELECT name FROM organisation o WHERE o.id = x.organisation), '') "
            f'FROM "{table}" x WHERE x.id = ? AND x.organisation <> ?',
            (id_, self._state.organisation),
        )
        if theirs is not None:
            raise NotOurs(str(theirs[0]))

    def _update(self, table: type[Row], id_: str, values: dict[str, Any]) -> None:
        statement = update_of(table, tuple(sorted(values)))
        self._raw.execute(statement.sql, statement.params({**values, "id": id_}))
