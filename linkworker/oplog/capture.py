"""Capture: the triggers that write an operation for every write, and the SQL functions they call.

The triggers' text is generated here from the tables' metadata and frozen into a migration
(`linkworker.storage.freeze`); at a start only the functions are registered, which costs nothing.

A head with the group `*` stands for every group of a row that has not been written since it was
put: one line instead of ten for a row that nobody ever corrects.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table

WHOLE_ROW = "*"
"""The group of a head that stands for all groups of a row (see above)."""


@dataclass
class Capturing:
    """What the triggers of one connection ask: who writes, in which act, and whether to capture.

    `capturing` is False only while a migration runs or a colleague's operations are applied.
    """

    now_ms: Callable[[], int]
    capturing: bool = True
    act: str = ""
    actor: str = ""


def register(connection: Any, state: Capturing) -> None:
    """Give `connection` the SQL functions without which no synced table can be written.

    Outside an act (no `act` set) a captured write is refused: every write belongs to an act, so
    that one undo takes all of it.
    """

    def act() -> str:
        if not state.act:
            raise sqlite3.ProgrammingError("a write outside an act")
        return state.act

    connection.create_function("lw_capturing", 0, lambda: int(state.capturing))
    connection.create_function("lw_act", 0, act)
    connection.create_function("lw_actor", 0, lambda: state.actor)
    connection.create_function("lw_now", 0, state.now_ms)
    connection.create_function("lw_hash", 1, body_hash, deterministic=True)


def body_hash(body: str) -> str:
    """Return the hash of a canonical body: 128 bits of BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(body.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def log_sql() -> str:
    """Return the SQL that makes the log's own tables."""
    return files("linkworker.oplog").joinpath("log.sql").read_text(encoding="utf-8")


def synced_tables(metadata: MetaData) -> list[Table]:
    """Return the tables that are captured, by name."""
    return sorted(
        (table for table in metadata.tables.values() if "scope" in table.info),
        key=lambda table: table.name,
    )


def groups_of(table: Table) -> dict[str, list[str]]:
    """Return a table's field groups, each with its columns; the id is in none.

    A column that names no group is a group of its own.
    """
    groups: dict[str, list[str]] = {}
    for column in _columns(table):
        groups.setdefault(column.info.get("group") or column.name, []).append(column.name)
    return groups


def capture_sql(metadata: MetaData, schema_version: int) -> list[str]:
    """Return the capture triggers of all synced tables, in a fixed order."""
    statements: list[str] = []
    for table in synced_tables(metadata):
        statements += [
            _put_trigger(table, schema_version),
            _set_trigger(table, schema_version),
            _refuse_delete(table),
            _refuse_change(table),
        ]
    return statements


def _columns(table: Table) -> Iterable[Column[Any]]:
    return (column for column in table.columns if column.name != "id")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _scope(table: Table) -> str:
    """Return the SQL expression of a row's scope (docs/data.md, "Scopes")."""
    person = "NEW.id" if table.name == "person" else "NEW.person_id"
    return {
        "person": f"'person:' || {person}",
        "restricted": "'person:' || NEW.person_id || ':restricted'",
        "team": "'team'",
        "worker": "'worker:' || NEW.worker_id",
        "audit": "'audit:' || NEW.worker_id",
    }[table.info["scope"]]


def _values(columns: list[str], row: str) -> str:
    pairs = ", ".join(f"'{name}', {row}.{_quoted(name)}" for name in columns)
    return f"json_object({pairs})"


def _changed(columns: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{_quoted(c)} IS NOT NEW.{_quoted(c)}" for c in columns)


_NEXT = "UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());"


def _put_trigger(table: Table, version: int) -> str:
    body = "json_object({})".format(
        ", ".join(f"'{g}', {_values(cs, 'NEW')}" for g, cs in groups_of(table).items())
    )
    # An insert-only row is its own body: written twice it would double the file.
    kept = "NULL" if table.info["insert_only"] else "b.body"
    name = table.name
    return f"""CREATE TRIGGER op_put_{name} AFTER INSERT ON {_quoted(name)}
WHEN lw_capturing() = 1
BEGIN
  {_NEXT}
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, {_scope(table)}, '{name}', NEW.id, 'put', {kept}, '{{}}',
      lw_hash(b.body), {version}, lw_actor()
    FROM sync_device d, (SELECT {body} AS body) b;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT '{name}', NEW.id, '{WHOLE_ROW}', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END"""


def _set_trigger(table: Table, version: int) -> str:
    name = table.name
    groups = groups_of(table)
    changes = "\n        UNION ALL ".join(
        f"SELECT '{g}' AS grp, {_values(cs, 'NEW')} AS new, {_values(cs, 'OLD')} AS old"
        f" WHERE {_changed(cs)}"
        for g, cs in groups.items()
    )
    heads = f"FROM sync_head h WHERE h.tbl = '{name}' AND h.pk = NEW.id"
    replaced = f"""(SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) {heads} AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) {heads} AND h.grp = '{WHOLE_ROW}'))))
        FROM json_each(c.body) x)"""
    seen = f"""(SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops {heads} GROUP BY h.grp) s)"""
    hiding = "OLD.hidden_at IS NULL AND NEW.hidden_at IS NOT NULL"
    mine = """FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x"""
    return f"""CREATE TRIGGER op_set_{name} AFTER UPDATE ON {_quoted(name)}
WHEN lw_capturing() = 1 AND ({_changed(c.name for c in _columns(table))})
BEGIN
  {_NEXT}
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, {_scope(table)}, '{name}', NEW.id,
      CASE WHEN {hiding} THEN 'del' ELSE 'set' END, c.body,
      CASE WHEN {hiding} THEN {seen} ELSE {replaced} END,
      lw_hash(c.body), {version}, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(grp, json(new)) AS body,
        json_group_object(grp, json(old)) AS before FROM (
        {changes})) c;
  DELETE FROM sync_head WHERE tbl = '{name}' AND pk = NEW.id AND grp IN (SELECT x.key {mine});
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT '{name}', NEW.id, x.key, d.dev || ':' || d.n, d.stamp {mine};
END"""


def _refuse_delete(table: Table) -> str:
    # With recursive_triggers on, this also stops a REPLACE, which deletes without saying so.
    return f"""CREATE TRIGGER op_keep_{table.name} BEFORE DELETE ON {_quoted(table.name)}
BEGIN
  SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END"""


_OWNER = {
    "person": "person_id",
    "restricted": "person_id",
    "team": "",
    "worker": "worker_id",
    "audit": "worker_id",
}
"""The column that names a row's scope: it never changes."""


def _refuse_change(table: Table) -> str:
    """Return the trigger that holds a row's id and scope, and all of an insert-only row."""
    if table.info["insert_only"]:
        fixed = [c.name for c in table.columns if c.name != "hidden_at"]
    else:
        fixed = [c for c in ("id", _OWNER[table.info["scope"]]) if c in table.columns]
    return f"""CREATE TRIGGER op_hold_{table.name} BEFORE UPDATE ON {_quoted(table.name)}
WHEN {_changed(fixed)}
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END"""
