"""Undo and redo, as operations: an act is compensated by a new one; the log only grows.

What an act put is hidden, what it set is set back to what stood before. It is refused, saying who
and when, where somebody has written there since, or where something newer stands on a row that the
act made: undo never takes away what came after.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from linkworker.clock import local_day
from linkworker.oplog.capture import WHOLE_ROW
from linkworker.refusal import Refused

_A_DAY_MS = 86_400_000

HIDDEN = "hidden"
"""The group that says whether a row was taken back (`showing`)."""

NEVER_UNDONE = "audit_event"
"""The table whose rows stay in sight when the act that wrote them is undone: it was done."""

Pointers = Sequence[tuple[str, str, str]]


class NothingToUndo(Refused):
    """There is no act left to undo or to redo."""

    def __init__(self, again: bool = False) -> None:
        word = "redo" if again else "undo"
        super().__init__(f"There is nothing to {word}.", "", "")


class DoneMeanwhile(Refused):
    """Another window or command has undone, redone or done something at the same moment."""

    def __init__(self) -> None:
        super().__init__(
            "That was not done.",
            "Something else was done, undone or redone at this very moment.",
            "Look at how it stands now, and do it again if you still want to.",
        )


class NewerStands(Refused):
    """Something was written since, on what the act wrote. `actor` is the worker's id.

    `who` is the worker's name. A day that lies ahead (`now_ms`) is not told: a clock that once ran
    ahead keeps the stamps ahead too.
    """

    def __init__(self, actor: str, at_ms: int, who: str = "", now_ms: int = 0) -> None:
        day = local_day(datetime.fromtimestamp(at_ms / 1000, UTC))
        when = f" on {day.day} {day:%B %Y}" if at_ms < now_ms + _A_DAY_MS else ""
        by = f" by {who}" if who else ""
        written = f", written{when}{by}" if when or by else ""
        super().__init__(
            "That was not undone.",
            f"Something newer stands there{written}.",
            "Undo the newer one first, or correct it by adding.",
        )
        self.actor = actor
        self.at_ms = at_ms


@dataclass(frozen=True)
class Act:
    """One act as the log names it."""

    act: str
    label: str
    person_id: str
    kind: str
    undoes: str | None


@dataclass(frozen=True)
class Undone:
    """What an undo or redo did: the label of the act and the person it was about."""

    label: str
    person_id: str
    act: str


def last_undoable(connection: Any) -> Act:
    """Return the latest act of this device that stands, which `undo` would take back.

    Raises `NothingToUndo`.
    """
    return _latest(connection, "a.kind IN ('do', 'redo')", again=False)


def last_redoable(connection: Any) -> Act:
    """Return the latest undo that nothing was done after. Raises `NothingToUndo`."""
    found = _latest(connection, "a.kind = 'undo'", again=True)
    later = connection.execute(
        "SELECT 1 FROM sync_act WHERE kind = 'do' "
        "AND act LIKE (SELECT dev FROM sync_device) || ':%' "
        "AND stamp > (SELECT stamp FROM sync_act WHERE act = ?)",
        (found.act,),
    ).fetchone()
    if later:
        raise NothingToUndo(again=True)
    return found


def written_so_far(connection: Any) -> int:
    """Return the number of the last operation that this device wrote."""
    return int(connection.execute("SELECT n FROM sync_device").fetchone()[0])


def acted_since(connection: Any, n: int) -> bool:
    """Return whether what `undo` would take back was done after operation `n` of this device.

    An act is named after its device and the number of its first operation.
    """
    try:
        act = last_undoable(connection).act
    except NothingToUndo:
        return False
    return int(act.rpartition(":")[2]) > n


def _latest(connection: Any, which: str, *, again: bool) -> Act:
    row = connection.execute(
        f"""SELECT a.act, a.label, a.person_id, a.kind, a.undoes FROM sync_act a
        WHERE {which} AND a.act LIKE (SELECT dev FROM sync_device) || ':%'
          AND NOT EXISTS (SELECT 1 FROM sync_act u WHERE u.undoes = a.act)
        ORDER BY a.stamp DESC LIMIT 1"""
    ).fetchone()
    if row is None:
        raise NothingToUndo(again=again)
    return Act(*row)


def standing(connection: Any, act: str) -> Act:
    """Return the act through which `act` stands now: itself, or the redo that brought it back.

    Raises `NothingToUndo` where it has been undone, or is unknown.
    """
    row = connection.execute(
        "SELECT act, label, person_id, kind, undoes FROM sync_act WHERE act = ?", (act,)
    ).fetchone()
    if row is None:
        raise NothingToUndo
    found = Act(*row)
    while True:
        undone = connection.execute(
            "SELECT act FROM sync_act WHERE undoes = ?", (found.act,)
        ).fetchone()
        if undone is None:
            return found
        again = connection.execute(
            "SELECT act, label, person_id, kind, undoes FROM sync_act WHERE undoes = ?", undone
        ).fetchone()
        if again is None:
            raise NothingToUndo
        found = Act(*again)


def act_of_row(connection: Any, table: str, pk: str) -> str:
    """Return the act that put a row, "" if the log does not know it."""
    row = connection.execute(
        "SELECT op FROM sync_head WHERE tbl = ? AND pk = ? AND grp = ?", (table, pk, WHOLE_ROW)
    ).fetchone()
    return str(_op(connection, row[0])[0]) if row else ""


def changed_since_written(connection: Any, table: str, pk: str) -> bool:
    """Return whether another act than the one that put a row has touched it since.

    What was done and taken back again is not there any more.
    """
    wrote = act_of_row(connection, table, pk)
    return any(_op(connection, op)[0] != wrote for op in _shown(connection, table, pk))


def refuse_another(choose: Callable[[Any], Act], connection: Any, found: Act) -> None:
    """Raise `DoneMeanwhile` unless `choose` still chooses `found`, now that nobody else writes."""
    try:
        still = choose(connection) == found
    except NothingToUndo:
        still = False
    if not still:
        raise DoneMeanwhile


@dataclass(frozen=True)
class Settling:
    """How an undo settles what an act opened, and opens what it settled (`differences`)."""

    settle: Callable[[str, str, str, dict[str, Any]], bool]
    """Settle a group of a row, by table, id and group; False where nothing is open there."""
    reopen: Callable[[str, str], set[str]]
    """Open what an operation of a table settled; return the groups."""


def compensate(
    connection: Any, act: Act, now: str, pointers: Pointers = (), settling: Settling | None = None
) -> None:
    """Write what takes `act` back, inside the caller's transaction. Raises `NewerStands`.

    `pointers` names what points at rows without a foreign key: (table, its column that names the
    other's table, its column that names the other's id).
    """
    ops = connection.execute(
        "SELECT dev || ':' || n, tbl, pk, kind, before, base FROM sync_op "
        "WHERE act = ? AND tbl <> ? ORDER BY n DESC",
        (act.act, NEVER_UNDONE),
    ).fetchall()
    mine = _ops_of_chain(connection, act)
    done = min((n for dev, n in map(_key, mine) if dev == _device(connection)), default=0)
    seen = _seen(connection, mine)
    made = _put(connection, mine)
    touched = {(tbl, pk) for _, tbl, pk, *_ in ops}
    for _, tbl, pk, kind, before, _ in ops:
        old = json.loads(before) if before else {}
        goes = kind == "put" or old.get("hidden", {}).get("hidden_at") is not None
        stood = mine | seen.get((tbl, pk), set())
        if goes:
            _refuse_newer(connection, tbl, pk, stood, None)
            since = 0 if (tbl, pk) in made else done  # whatever names it came after it
            _refuse_dependants(connection, tbl, pk, touched, pointers, since)
        else:
            _refuse_newer(connection, tbl, pk, stood, set(old))
    for op, tbl, pk, kind, before, base in ops:
        if kind == "put":
            connection.execute(f'UPDATE "{tbl}" SET hidden_at = ? WHERE id = ?', (now, pk))
            continue
        old = json.loads(before)
        if settling is not None:
            old = _settled(settling, (op, tbl, pk), old, json.loads(base))
        values = {c: v for group in old.values() for c, v in group.items()}
        if values:
            columns = ", ".join(f'"{column}" = ?' for column in values)
            connection.execute(f'UPDATE "{tbl}" SET {columns} WHERE id = ?', (*values.values(), pk))


def _settled(
    settling: Settling,
    written: tuple[str, str, str],
    before: dict[str, Any],
    base: dict[str, list[str]],
) -> dict[str, Any]:
    """Take back what an operation opened or settled; return the groups that are only to be set."""
    op, tbl, pk = written
    left = {
        group: values
        for group, values in before.items()
        if not settling.settle(tbl, pk, group, values)
    }
    several = any(len(base.get(group, ())) > 1 for group in left)
    if several or (base.get(HIDDEN) and HIDDEN in left and left[HIDDEN]["hidden_at"] is None):
        for group in settling.reopen(op, tbl):
            left.pop(group, None)
    return left


def _refuse_newer(
    connection: Any, tbl: str, pk: str, mine: set[str], groups: set[str] | None
) -> None:
    """Refuse where a head of these groups (all, if None) shows a value that is not `mine`."""
    for grp, op, stamp in connection.execute(
        "SELECT grp, op, stamp FROM sync_head WHERE tbl = ? AND pk = ?", (tbl, pk)
    ).fetchall():
        if op in mine or (groups is not None and grp not in groups):
            continue
        if _original(connection, op, tbl, pk, grp) not in mine:
            raise NewerStands(_op(connection, op)[1], stamp)


def _original(connection: Any, op: str, tbl: str, pk: str, grp: str) -> str:
    """Return the operation whose value a head shows.

    An operation of an undo or a redo brings back an earlier value: it is as old as that value is,
    or nobody could undo two things one after the other.
    """
    row = connection.execute(
        "SELECT a.undoes FROM sync_op o JOIN sync_act a ON a.act = o.act "
        "WHERE o.dev = ? AND o.n = ? AND a.kind IN ('undo', 'redo')",
        _key(op),
    ).fetchone()
    if row is None:
        return op
    for undone, kind, base in connection.execute(
        "SELECT dev || ':' || n, kind, base FROM sync_op "
        "WHERE act = ? AND tbl = ? AND pk = ? ORDER BY n",
        (row[0], tbl, pk),
    ).fetchall():
        if kind == "put":
            return str(undone)
        seen = json.loads(base)
        earlier = seen.get(grp) or (seen.get(WHOLE_ROW) if kind == "del" else None)
        if earlier:
            return _original(connection, earlier[0], tbl, pk, grp)
    return op


def _shown(connection: Any, tbl: str, pk: str) -> Iterator[str]:
    """Yield the operations whose values a row shows."""
    heads = "SELECT grp, op FROM sync_head WHERE tbl = ? AND pk = ?"
    for grp, op in connection.execute(heads, (tbl, pk)).fetchall():
        yield _original(connection, op, tbl, pk, grp)


def _was_here(connection: Any, op: str, n: int) -> bool:
    """Say whether an operation stood here before operation `n` of this device was written.

    What came from elsewhere was noted with the number at which this device stood then: the stamps
    of two laptops say nothing of it.
    """
    dev, number = _key(op)
    if dev == _device(connection):
        return number <= n
    row = connection.execute(
        "SELECT coalesce(came_after, 0) FROM sync_op WHERE dev = ? AND n = ?", (dev, number)
    ).fetchone()
    return row is not None and int(row[0]) < n


def _device(connection: Any) -> str:
    return str(connection.execute("SELECT dev FROM sync_device").fetchone()[0])


def _seen(connection: Any, mine: set[str]) -> dict[tuple[str, str], set[str]]:
    """Return the operations on each row that those in `mine` named as what they saw, and whose
    values those showed.

    Doing again what was taken back must not be stopped by what stood there before it, nor by the
    same value that was meanwhile taken back and done again.
    """
    seen: dict[tuple[str, str], set[str]] = {}
    for op in mine:
        row = connection.execute(
            "SELECT tbl, pk, base FROM sync_op WHERE dev = ? AND n = ?", _key(op)
        ).fetchone()
        if row:
            tbl, pk, base = row
            named = seen.setdefault((tbl, pk), set())
            for grp, ops in json.loads(base).items():
                named.update(ops)
                named.update(_original(connection, one, tbl, pk, grp) for one in ops)
    return seen


def _put(connection: Any, mine: set[str]) -> set[tuple[str, str]]:
    """Return the rows that operations in `mine` put."""
    rows = (
        connection.execute(
            "SELECT tbl, pk FROM sync_op WHERE dev = ? AND n = ? AND kind = 'put'", _key(op)
        ).fetchone()
        for op in mine
    )
    return {(row[0], row[1]) for row in rows if row}


def _refuse_dependants(
    connection: Any,
    tbl: str,
    pk: str,
    going: set[tuple[str, str]],
    pointers: Pointers,
    since: int,
) -> None:
    """Refuse where a row in sight, that the act did not make, names one that goes.

    What named it already when the act was first done, as operation `since` of this device, did not
    stop the act then, and does not stop its being done again: the mark of a line whose record was
    taken away. A row that the act put was named by nothing before: there `since` is 0.
    """
    named: list[tuple[str, str, tuple[str, ...]]] = [
        (child, f'"{column}" = ?', (pk,)) for child, column in _children(connection, tbl)
    ]
    for child, whose, which in pointers:
        named.append((child, f'"{whose}" = ? AND "{which}" = ?', (tbl, pk)))
    for child, names_it, values in named:
        for (child_id,) in connection.execute(
            f'SELECT id FROM "{child}" WHERE {names_it} AND hidden_at IS NULL', values
        ).fetchall():
            if (child, child_id) not in going and any(
                not _was_here(connection, one, since) for one in _shown(connection, child, child_id)
            ):
                op, stamp = connection.execute(
                    "SELECT op, stamp FROM sync_head WHERE tbl = ? AND pk = ? ORDER BY stamp DESC",
                    (child, child_id),
                ).fetchone() or ("", 0)
                raise NewerStands(_op(connection, op)[1], stamp)


def _ops_of_chain(connection: Any, act: Act) -> set[str]:
    """Return the operations of `act` and of the acts it brings back: none of them is newer."""
    mine: set[str] = set()
    name: str | None = act.act
    while name:
        mine |= {
            row[0]
            for row in connection.execute(
                "SELECT dev || ':' || n FROM sync_op WHERE act = ?", (name,)
            )
        }
        row = connection.execute("SELECT undoes FROM sync_act WHERE act = ?", (name,)).fetchone()
        name = row[0] if row else None
    return mine


def _op(connection: Any, op: str) -> tuple[str, str]:
    """Return the act and the actor of an operation `dev:n`, both "" if it is not known here."""
    row = connection.execute(
        "SELECT act, actor FROM sync_op WHERE dev = ? AND n = ?", _key(op)
    ).fetchone()
    return (row[0], row[1]) if row else ("", "")


def _key(op: str) -> tuple[str, int]:
    dev, _, n = op.partition(":")
    return dev, int(n or 0)


def _children(connection: Any, tbl: str) -> list[tuple[str, str]]:
    return list(
        connection.execute(
            """SELECT t.name, f."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' AND f."table" = ?""",
            (tbl,),
        ).fetchall()
    )
