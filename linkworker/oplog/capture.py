"""Capture: the triggers that write an operation for every write, and the SQL functions they call.

The triggers' text is generated here from the tables' metadata and frozen into a migration
(`linkworker.storage.freeze`); at a start only the functions are registered, which costs nothing.

A head with the group `*` stands for every group of a row that has not been written since it was
put: one line instead of ten for a row that nobody ever corrects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from linkworker.oplog.limits import MOST_BODY, TooLong
from linkworker.scopes import OUR_TEAM

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table

WHOLE_ROW = "*"
"""The group of a head that stands for all groups of a row (see above)."""


@dataclass
class Capturing:
    """What the triggers of one connection ask: who writes, in which act, whether to capture, and
    whether to index what is searched at once.

    `capturing` is False only while a migration runs or a colleague's operations are applied.
    """

    now_ms: Callable[[], int]
    capturing: bool = True
    act: str = ""
    actor: str = ""
    too_long: bool = False
    """Whether the act was broken off because a row holds more than can ever be sent."""
    organisation: str = OUR_TEAM
    """Whose notes are written here."""
    unindexed: set[int] | None = None
    """What waits to be indexed for search, where that is done at the end; None where at once."""

    def indexes(self, doc: int) -> bool:
        """Say whether words that came in are indexed at once; else remember them."""
        if self.unindexed is None:
            return True
        self.unindexed.add(doc)
        return False

    def is_indexed(self, doc: int) -> bool:
        """Say whether words that go stand in the index; those that wait for it wait no more."""
        if self.unindexed is None or doc not in self.unindexed:
            return True
        self.unindexed.remove(doc)
        return False


def register(connection: Any, state: Capturing) -> None:
    """Give `connection` the SQL functions without which no synced table can be written.

    Outside an act (no `act` set) a captured write is refused: every write belongs to an act, so
    that one undo takes all of it. So is one that no hub would take: `too_long` then says why.
    """

    def act() -> str:
        if not state.act:
            raise RuntimeError("a write outside an act")
        return state.act

    def hashed(body: str) -> str:
        if len(body) > MOST_BODY:
            state.too_long = True
            raise TooLong
        return body_hash(body)

    connection.create_function("lw_capturing", 0, lambda: int(state.capturing))
    connection.create_function("lw_act", 0, act)
    connection.create_function("lw_actor", 0, lambda: state.actor)
    connection.create_function("lw_now", 0, state.now_ms)
    connection.create_function("lw_indexes", 1, state.indexes)
    connection.create_function("lw_is_indexed", 1, state.is_indexed)
    connection.create_function("lw_hash", 1, hashed, deterministic=True)


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
    """Return the view and the triggers that capture every synced table, in a fixed order.

    What is the same for all tables stands once, behind the views `op_new` and `op_changed`: a
    table's own triggers only hand over the row. SQLite reads the whole schema anew for each
    connection, so its length is time at every start.
    """
    statements = [_NEW, _CHANGED, _HOLD, _put(schema_version), _set(schema_version)]
    for table in synced_tables(metadata):
        statements += [_hand_over_new(table), _hand_over_changed(table), _refuse_delete(table)]
    return statements


def _columns(table: Table) -> Iterable[Column[Any]]:
    return (column for column in table.columns if column.name != "id")


SQL_WORDS = frozenset({"on"})
"""Columns that are words of SQL itself. SQLite refuses a trigger in which such a one is missing, so
that freezing fails; quoting every name would make the schema a tenth longer."""


def _quoted(name: str) -> str:
    """Return a name as SQL has it; only a word of SQL itself needs its quotes."""
    return f'"{name}"' if name in SQL_WORDS else name


def _scope(table: Table, row: str) -> str:
    """Return the SQL expression of a row's scope (docs/data.md, "Scopes")."""
    person = f"{row}.id" if table.name == "person" else f"{row}.person_id"
    return {
        "person": f"'person:'||{person}",
        "restricted": f"'person:'||{row}.person_id||':restricted'",
        "organisation": f"'person:'||{row}.person_id||':'||{row}.organisation",
        "team": "'team'",
        "worker": f"'worker:'||{row}.worker_id",
        "audit": f"'audit:'||{row}.worker_id",
    }[table.info["scope"]]


def _body(table: Table, row: str) -> str:
    """Return the SQL expression of a row as one JSON object: its groups, each with its columns."""
    return "json_object({})".format(
        ",".join(
            "'{}',json_object({})".format(
                group, ",".join(f"'{name}',{row}.{_quoted(name)}" for name in columns)
            )
            for group, columns in groups_of(table).items()
        )
    )


_NEW = """CREATE VIEW op_new (tbl, pk, scope, once, body) AS
SELECT NULL, NULL, NULL, NULL, NULL WHERE 0"""
"""What a table hands over for each row put: where it is, its scope, whether it is written once, and
its body."""

_CHANGED = """CREATE VIEW op_changed (tbl, pk, was_pk, scope, was_scope, once, body, was) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE 0"""
"""The same for each row changed, with how it stood before."""

_HOLD = """CREATE TRIGGER op_hold INSTEAD OF INSERT ON op_changed
WHEN lw_capturing() = 1 AND (NEW.pk IS NOT NEW.was_pk OR NEW.scope IS NOT NEW.was_scope
  OR NEW.once AND json_remove(NEW.body, '$.hidden') IS NOT json_remove(NEW.was, '$.hidden'))
BEGIN
  SELECT RAISE(ABORT, 'this is written once');
END"""
"""Holds a row's id and scope, and all of an insert-only row, against whoever writes here."""

_NEXT = "UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now());"


def _put(version: int) -> str:
    # An insert-only row is its own body: written twice it would double the file.
    return f"""CREATE TRIGGER op_put INSTEAD OF INSERT ON op_new
WHEN lw_capturing() = 1
BEGIN
  {_NEXT}
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor)
    SELECT d.dev, d.n, lw_act(), d.stamp, NEW.scope, NEW.tbl, NEW.pk, 'put',
      iif(NEW.once, NULL, NEW.body), '{{}}', lw_hash(NEW.body), {version}, lw_actor()
    FROM sync_device d;
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT NEW.tbl, NEW.pk, '{WHOLE_ROW}', d.dev || ':' || d.n, d.stamp FROM sync_device d;
END"""


def _set(version: int) -> str:
    heads = "FROM sync_head h WHERE h.tbl = NEW.tbl AND h.pk = NEW.pk"
    replaced = f"""(SELECT json_group_object(x.key, json(coalesce(
        (SELECT json_group_array(h.op) {heads} AND h.grp = x.key HAVING count(*) > 0),
        (SELECT json_group_array(h.op) {heads} AND h.grp = '{WHOLE_ROW}'))))
        FROM json_each(c.body) x)"""
    seen = f"""(SELECT json_group_object(s.grp, json(s.ops)) FROM
        (SELECT h.grp AS grp, json_group_array(h.op) AS ops {heads} GROUP BY h.grp) s)"""
    mine = """FROM sync_device d, json_each((SELECT o.body FROM sync_op o
      WHERE o.dev = d.dev AND o.n = d.n)) x"""
    return f"""CREATE TRIGGER op_set INSTEAD OF INSERT ON op_changed
WHEN NEW.was IS NOT NEW.body AND lw_capturing() = 1
BEGIN
  {_NEXT}
  INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, schema_v, actor,
      before)
    SELECT d.dev, d.n, lw_act(), d.stamp, NEW.scope, NEW.tbl, NEW.pk,
      iif(c.hides, 'del', 'set'), c.body, iif(c.hides, {seen}, {replaced}),
      lw_hash(c.body), {version}, lw_actor(), c.before
    FROM sync_device d, (SELECT json_group_object(n.key, json(n.value)) AS body,
        json_group_object(n.key, json(w.value)) AS before,
        NEW.was ->> '$.hidden.hidden_at' IS NULL
          AND NEW.body ->> '$.hidden.hidden_at' IS NOT NULL AS hides
      FROM json_each(NEW.body) n CROSS JOIN json_each(NEW.was) w
      WHERE w.key = n.key AND w.value IS NOT n.value) c;
  DELETE FROM sync_head WHERE tbl = NEW.tbl AND pk = NEW.pk AND grp IN (SELECT x.key {mine});
  DELETE FROM sync_open WHERE tbl = NEW.tbl AND pk = NEW.pk AND grp IN (SELECT x.key {mine});
  INSERT INTO sync_head (tbl, pk, grp, op, stamp)
    SELECT NEW.tbl, NEW.pk, x.key, d.dev || ':' || d.n, d.stamp {mine};
END"""


def _hand_over_new(table: Table) -> str:
    name, once = table.name, int(table.info["insert_only"])
    return f"""CREATE TRIGGER op_put_{name} AFTER INSERT ON {_quoted(name)} BEGIN
INSERT INTO op_new VALUES('{name}',NEW.id,{_scope(table, "NEW")},{once},
{_body(table, "NEW")});
END"""


def _hand_over_changed(table: Table) -> str:
    name, once = table.name, int(table.info["insert_only"])
    return f"""CREATE TRIGGER op_set_{name} AFTER UPDATE ON {_quoted(name)} BEGIN
INSERT INTO op_changed
VALUES('{name}',NEW.id,OLD.id,{_scope(table, "NEW")},{_scope(table, "OLD")},{once},
{_body(table, "NEW")},
{_body(table, "OLD")});
END"""


def _refuse_delete(table: Table) -> str:
    # With recursive_triggers on, this also stops a REPLACE, which deletes without saying so.
    return f"""CREATE TRIGGER op_keep_{table.name} BEFORE DELETE ON {_quoted(table.name)}
WHEN lw_capturing() = 1 BEGIN
SELECT RAISE(ABORT, 'rows are hidden, never deleted');
END"""
