"""What was done last, taken back and done again: the store's side of `oplog.undo`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from linkworker.oplog import undo as undoing
from linkworker.oplog.undo import Undone

if TYPE_CHECKING:
    from linkworker.storage.connections import Connections
    from linkworker.storage.transaction import WriteTx


class Undoing(ABC):
    """What of a store takes back acts."""

    def undo(self, act: str = "") -> Undone:
        """Take back an act: the last one, or `act`. Raises NothingToUndo or NewerStands."""

        def choose(connection: Any) -> undoing.Act:
            return undoing.standing(connection, act) if act else undoing.last_undoable(connection)

        return self._compensate(choose, "undo")

    def redo(self) -> Undone:
        """Bring back what was last undone, if nothing was done since."""
        return self._compensate(undoing.last_redoable, "redo")

    def _compensate(self, choose: Callable[[Any], undoing.Act], kind: str) -> Undone:
        from linkworker.storage.settling import take_back

        with self._connections().reader() as connection:
            found = choose(connection)
        with self.write(found.label, person=found.person_id, _kind=kind, _undoes=found.act) as tx:
            take_back(tx, self._connections(), choose, found)
        return Undone(found.label, found.person_id, found.act)

    def written_so_far(self) -> int:
        """Return how far this laptop has written: a place among the acts, for `acted_since`."""
        with self._connections().reader() as connection:
            return undoing.written_so_far(connection)

    def acted_since(self, place: int) -> bool:
        """Return whether the act that `undo` would take back was done after that place."""
        with self._connections().reader() as connection:
            return undoing.acted_since(connection, place)

    def act_of(self, table: str, row_id: str) -> str:
        """Return the act that wrote a row, to undo it by; "" if it is not known."""
        with self._connections().reader() as connection:
            return undoing.act_of_row(connection, table, row_id)

    # -- what the store does

    @abstractmethod
    def _connections(self) -> Connections:
        """Return the open records. Raises `StoreIsLocked`."""

    @abstractmethod
    def write(
        self,
        label: str,
        person: str = "",
        *,
        quiet: bool = False,
        _kind: str = "do",
        _undoes: str | None = None,
    ) -> AbstractContextManager[WriteTx]:
        """Lend a transaction for one act."""
