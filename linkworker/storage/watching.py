"""Hearing of change: who watches, and what one act changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """What one act changed: the tables written and the people whose records they belong to."""

    tables: frozenset[str]
    people: frozenset[str]

    def with_(self, other: Change) -> Change:
        """Return both as one."""
        return Change(self.tables | other.tables, self.people | other.people)


Watcher = Callable[[Change], None]


class Watchers:
    """Who wants to hear of what. Told after the commit, in the thread that wrote or polled."""

    def __init__(self) -> None:
        self._entries: list[tuple[frozenset[str] | None, Watcher]] = []
        self.told = 0
        """The number of the last operation of this device that the watchers heard of."""
        self._at: dict[str, int] = {}
        """How far each scope was known when the watchers last heard of what others wrote."""

    def add(self, watcher: Watcher, tables: Iterable[str] | None) -> Callable[[], None]:
        """Have `watcher` told of changes to `tables` (all, if None). Returns how to stop it."""
        entry = (None if tables is None else frozenset(tables), watcher)
        self._entries.append(entry)

        def stop() -> None:
            if entry in self._entries:
                self._entries.remove(entry)

        return stop

    def change_untold(self, connection: Any) -> Change | None:
        """Return what was changed since the watchers were told last, or None.

        Also when an act of one's own has just been written: another program may have written
        before it, and what is passed over here nobody would ever be told.
        """
        rows = connection.execute(
            "SELECT tbl, scope, max(n) FROM sync_op WHERE dev = (SELECT dev FROM sync_device) "
            "AND n > ? GROUP BY tbl, scope",
            (self.told,),
        ).fetchall()
        if not rows:
            return None
        self.told = max(self.told, *(row[2] for row in rows))
        people = frozenset(
            scope.split(":")[1] for _, scope, _ in rows if scope.startswith("person:")
        )
        return Change(frozenset(tbl for tbl, _, _ in rows), people)

    def news(self, connection: Any) -> list[Change | None]:
        """Return what another program wrote here since the watchers last heard: acts, and syncs."""
        (n,) = connection.execute("SELECT n FROM sync_device").fetchone()
        if n < self.told:  # a sync gave this laptop another device id, and numbers begin anew
            self.told = 0
        return [self.change_untold(connection), self.arrived(connection)]

    def arrived(self, connection: Any) -> Change | None:
        """Return what came from others, or was let go of, since this was last asked; or None."""
        at = dict(connection.execute("SELECT scope, hub_seq FROM sync_cursor").fetchall())
        was, self._at = self._at, at
        moved = {scope for scope in at.keys() | was.keys() if at.get(scope) != was.get(scope)}
        tables: set[str] = set()
        for scope in moved:
            since = was.get(scope, 0) if scope in at else 0
            rows = connection.execute(
                "SELECT DISTINCT tbl FROM sync_op WHERE scope = ? AND hub_seq > ?", (scope, since)
            ).fetchall()
            tables.update(table for (table,) in rows)
            if scope not in at:
                tables |= _captured_tables(connection)
        people = frozenset(scope.split(":")[1] for scope in moved if scope.startswith("person:"))
        return Change(frozenset(tables), people) if tables else None

    def went_on(self, before: Mapping[str, int], now: Mapping[str, int]) -> None:
        """Hear how far each scope was known and is, where the watchers are told by whoever took it
        in: it need not be looked for. What another program took in meanwhile still is."""
        for scope, place in now.items():
            if place != before.get(scope) and self._at.get(scope) == before.get(scope):
                self._at[scope] = place

    def tell(self, change: Change | None) -> None:
        """Tell those who watch one of the changed tables."""
        for tables, watcher in list(self._entries):
            if change is not None and (tables is None or tables & change.tables):
                watcher(change)


def _captured_tables(connection: Any) -> set[str]:
    """Return every table that may have held something of a scope that is gone."""
    return {
        name
        for (name,) in connection.execute(
            "SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'op_keep_*'"
        )
    }
