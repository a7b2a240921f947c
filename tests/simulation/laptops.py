"""Laptops that may die at any moment, of three releases, and what is in sight on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from linkworker.oplog.handing_back import PROVEN_EVERY
from linkworker.oplog.replica import Replica
from linkworker.oplog.showing import versions_of
from linkworker.sync.session import Pages, Session
from tests.oplog.devices import Device
from tests.simulation.network import Wire
from tests.simulation.record import Place

SMALL_PAGES = Pages(first=3_000, smallest=700, largest=12_000)
"""So small that a history of some hundred operations is many pages."""

EDITED = (
    {
        "person": ("called", "given", "place", "pronouns"),
        "goal": ("words", "state_words"),
        "step": ("words", "who"),
        "strength": ("words",),
    },
    {"person": ("middle",), "goal": ("colour",)},
    {"pet": ("words",)},
)
"""What is written to, a column of each of several groups; what each release adds to it."""


class Crash(BaseException):
    """The process dies here."""


class Noted(Replica):
    """A laptop's side of sync; new numbers are put on record, also where it dies right after."""

    def __init__(self, laptop: Laptop) -> None:
        super().__init__(laptop.applying, laptop.shapes, laptop.after_wipe)
        self.piece = PROVEN_EVERY
        self._laptop = laptop

    def let_go(self, scope: str) -> bool:
        gone = super().let_go(scope)
        if gone:
            self._laptop.let_go_of(self._laptop, scope)
        return gone

    def go_on_as(self, dev: str, first_n: int) -> int:
        old, numbers = self._laptop.dev, self._laptop.numbers_from(first_n)
        try:
            return super().go_on_as(dev, first_n)
        finally:
            if self._laptop.dev == dev:
                self._laptop.renumbered(self._laptop.name, old, numbers, dev)


class Laptop(Device):
    """A device that may die at any moment, and syncs."""

    def __init__(
        self,
        name: str,
        worker: str,
        now_ms: Callable[[], int],
        perhaps_crash: Callable[[], None],
        wire: Callable[[Laptop], Wire],
        renumbered: Callable[[str, str, list[int], str], None],
        organisation: str,
        let_go_of: Callable[[Laptop, str], None],
    ) -> None:
        super().__init__(name, worker, now_ms=now_ms())
        self.organisation = organisation
        self.name = name
        self._now = now_ms
        self._perhaps_crash = perhaps_crash
        self._wire = wire
        self.renumbered = renumbered
        self.let_go_of = let_go_of
        self.wire: Wire
        self.replaced: dict[Place, set[str]] = {}
        """What was replaced here, by place: it must never be shown here again."""
        self.begin_again()

    def begin_again(self) -> None:
        """Start the process: all that was only in memory is gone."""
        self.replica = Noted(self)
        self.wire = self._wire(self)
        self.session = Session(self.replica, self.wire, SMALL_PAGES)

    def after_wipe(self, connection: Any, scope: str, gone: set[tuple[str, str]]) -> None:
        for where in [where for where in self.replaced if where[:2] in gone]:
            del self.replaced[where]  # when it is held again it comes page by page, old before new

    @contextmanager
    def applying(self) -> Iterator[Any]:
        self.now_ms = self._now()
        with super().applying() as connection:
            yield connection
            self._perhaps_crash()
        self._perhaps_crash()

    @contextmanager
    def act(self) -> Iterator[Any]:
        with super().act() as connection:
            yield connection
            self._perhaps_crash()

    def become_copy_of(self, other: Laptop) -> None:
        """Have another laptop's disk, as it is now."""
        other.connection.backup(self.connection)
        self.release = other.release
        self.replaced = {where: set(values) for where, values in other.replaced.items()}
        self.begin_again()

    def numbers_from(self, first_n: int) -> list[int]:
        """Return the numbers of this laptop's unsent operations from one on."""
        return [op.n for op in self.unsent() if op.n >= first_n]

    def has_for_good(self) -> set[tuple[str, int]]:
        """Return the operations that this laptop brings to a hub that has lost all: what it wrote
        and has the words of, and what it was given page by page."""
        return {
            (str(dev), int(n))
            for dev, n in self.connection.execute("SELECT dev, n FROM sync_op WHERE kind <> 'void'")
        }

    def edited(self, table: str) -> tuple[str, ...]:
        """Return the columns of a table that people write to here."""
        return tuple(
            column for release in EDITED[: self.release + 1] for column in release.get(table, ())
        )

    def written_in(self) -> list[str]:
        """Return the tables whose rows people change here."""
        return sorted({table for release in EDITED[: self.release + 1] for table in release})

    def values_at(self, where: Place) -> set[str]:
        """Return the value shown in a column, and those of the versions that stand beside it."""
        table, pk, column = where
        row = self.row(table, pk) if table in self.shapes else None
        if row is None or column not in row:
            return set()
        values = {row[column]}
        for (group,) in self.connection.execute(
            "SELECT grp FROM sync_open WHERE tbl = ? AND pk = ?", (table, pk)
        ).fetchall():
            for _, version in versions_of(self.connection, self.shapes[table], pk, group):
                values.add(version.get(column))
        return {value for value in values if value}

    def removals_at(self, table: str, pk: str) -> set[str]:
        """Return the removals that stand on a row: several agree, so only one of them is shown."""
        return {
            when
            for (body,) in self.connection.execute(
                "SELECT o.body FROM sync_head h JOIN sync_op o ON h.op = o.dev || ':' || o.n "
                "WHERE h.tbl = ? AND h.pk = ? AND h.grp = 'hidden'",
                (table, pk),
            )
            if (when := json.loads(body)["hidden"]["hidden_at"])
        }

    def all_of_row(self, table: str, pk: str) -> set[str]:
        """Return every value of a row that stands here, known to this release or not."""
        values = {
            value
            for column in (*self.edited(table), *(("words",) if table == "note" else ()))
            for value in self.values_at((table, pk, column))
        }
        groups = self.shapes[table].groups
        for group, body in self.connection.execute(
            "SELECT h.grp, o.body FROM sync_head h JOIN sync_op o ON h.op = o.dev || ':' || o.n "
            "WHERE h.tbl = ? AND h.pk = ? AND o.body IS NOT NULL",
            (table, pk),
        ).fetchall():
            if group not in groups:
                written = json.loads(body)
                values |= {one for name in written for one in written[name].values() if one}
        return values

    def everything(self) -> str:
        """Return all that this laptop's file holds, as text."""
        tables = self.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_fts*'"
        ).fetchall()
        return "\n".join(
            str(row)
            for (name,) in tables
            for row in self.connection.execute(f'SELECT * FROM "{name}"')
        )
