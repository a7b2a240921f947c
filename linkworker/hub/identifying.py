"""Who the people on the hub are said to be: names, birth date, NHS number, phones, postcodes.

Of the log only what tells who somebody is is looked at, by the same apply core as on a laptop: what
is shown there of two versions is what counts here. Notes are never read.

Taking in only notes which operations these are (`hear`): nothing here can refuse a push, and none
takes longer because somebody like that is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlcipher3 import dbapi2

from linkworker.hub import unreadable
from linkworker.oplog import applying
from linkworker.oplog.capture import log_sql
from linkworker.oplog.operations import Operation
from linkworker.oplog.shapes import Shape, shapes_of
from linkworker.rules.numbers import gb_phone, nhs_number, postcode
from linkworker.rules.same_person import Facts
from linkworker.schema.describing import shapes

SAME = "same_person"
"""The table that says that two records are of one person."""

TABLES = ("person", "reach", "address", SAME)
"""The tables that say who somebody is."""

MOST_WRITES = 1_000
"""Writes of one person that are looked at: who has more is shown as the first of them say."""

MOST_LETTERS, MOST_OF_EACH = 200, 20
"""Of a name, and of phones, addresses and other names: only a program that is not ours has more."""


def hear(tx: Any, op: Operation) -> None:
    """Note an operation that is taken in, where it tells who somebody is."""
    if op.tbl not in TABLES:
        return
    kind, _, person = op.scope.partition(":")
    if kind != "person" or ":" in person:
        return
    tx.execute(
        "INSERT INTO hub_tells (person, dev, n) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (person, op.dev, op.n),
    )
    if ("stale", person) not in tx.remembered:
        tx.remembered["stale", person] = True
        tx.execute(
            "INSERT INTO hub_face (person, facts, stale) VALUES (?, '', 1) "
            "ON CONFLICT (person) DO UPDATE SET stale = 1",
            (person,),
        )


def forget(tx: Any, scope: str) -> None:
    """Erase what is known of a person, where `scope` is their whole record."""
    kind, _, person = scope.partition(":")
    if kind != "person" or ":" in person:
        return
    for table in ("hub_tells", "hub_face", "hub_clue"):
        tx.execute(f"DELETE FROM {table} WHERE person = ?", (person,))
    tx.execute("DELETE FROM hub_pair WHERE one = ? OR other = ?", (person, person))


@dataclass(frozen=True)
class Named:
    """A row that names another record of the same person."""

    row: str
    other: str
    shown: str
    """Which of the two stands for both."""
    at: str
    """When it was written, as a row says it."""
    heads: Mapping[str, list[str]]
    """What stands for it, by group: whoever takes it back says that they saw these."""


@dataclass(frozen=True)
class Said:
    """What the log says of somebody."""

    facts: Facts | None
    """None where nobody is there, or they were removed."""
    others: tuple[Named, ...]
    """The other records that theirs names."""

    def names(self, other: str) -> bool:
        """Say whether their record names another as the same person's."""
        return any(one.other == other for one in self.others)


@cache
def _shapes() -> dict[str, Shape]:
    return shapes_of(shape for shape in shapes() if shape.name in TABLES)


class Scratch:
    """A database in memory in which one person's writes are applied, and then taken back."""

    def __init__(self) -> None:
        self._connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.executescript(log_sql())
        for shape in _shapes().values():
            names = ", ".join(f'"{one}"' for group in shape.groups.values() for one in group)
            self._connection.execute(f'CREATE TABLE "{shape.name}" (id PRIMARY KEY, {names})')

    def read(self, tx: Any, person: str) -> Said:
        """Return what is said of somebody."""
        operations = [
            op.numbered(seq, time)
            for wire, seq, time in tx.rows(
                "SELECT o.wire, o.seq, o.hub_time FROM hub_tells t "
                "JOIN hub_op o ON o.dev = t.dev AND o.n = t.n "
                "WHERE t.person = ? AND o.state = 'taken' ORDER BY o.seq LIMIT ?",
                (person, MOST_WRITES),
            )
            if (op := unreadable.read(wire))
        ]
        self._connection.execute("BEGIN")
        try:
            applying.apply(self._connection, operations, _shapes())
            return Said(self._shown(person), self._others(person))
        finally:
            self._connection.execute("ROLLBACK")

    def _shown(self, person: str) -> Facts | None:
        found = self._connection.execute(
            "SELECT given, family, called, other_names, born, born_precision, nhs_number "
            "FROM person WHERE id = ? AND hidden_at IS NULL",
            (person,),
        ).fetchone()
        if found is None:
            return None
        given, family, called, others, born, precision, nhs = (
            (value or "")[:MOST_LETTERS] for value in found
        )
        return Facts(
            given,
            family,
            called,
            tuple(one.strip() for one in others.split(";") if one.strip())[:MOST_OF_EACH],
            date.fromisoformat(born) if born and precision == "day" else None,
            nhs_number(nhs).value,
            frozenset(
                number
                for value in self._of("reach", "value", person, "AND kind <> 'e-mail'")
                if (number := gb_phone(value).value)
            ),
            frozenset(
                code.value
                for value in self._of("address", "postcode", person)
                if (code := postcode(value)).good
            ),
        )

    def _others(self, person: str) -> tuple[Named, ...]:
        found = self._connection.execute(
            f"SELECT id, other_person_id, shown_person_id, recorded_at FROM {SAME} "
            "WHERE person_id = ? AND hidden_at IS NULL ORDER BY id",
            (person,),
        ).fetchall()
        return tuple(
            Named(str(row), str(other), str(shown), str(at or ""), self._heads(str(row)))
            for row, other, shown, at in found
        )

    def _heads(self, pk: str) -> dict[str, list[str]]:
        heads: dict[str, list[str]] = {}
        for group, op in self._connection.execute(
            "SELECT grp, op FROM sync_head WHERE tbl = ? AND pk = ? ORDER BY grp, op", (SAME, pk)
        ):
            heads.setdefault(group, []).append(op)
        return heads

    def _of(self, table: str, column: str, person: str, more: str = "") -> list[str]:
        rows = self._connection.execute(
            f"SELECT {column} FROM {table} WHERE person_id = ? AND hidden_at IS NULL {more} "
            "ORDER BY id LIMIT ?",
            (person, MOST_OF_EACH),
        )
        return [str(value or "")[:MOST_LETTERS] for (value,) in rows]


def spelled(facts: Facts | None) -> str:
    """Return facts as text, the same for equal ones; "" where nobody is there."""
    if facts is None:
        return ""
    return json.dumps(
        [
            facts.given,
            facts.family,
            facts.called,
            facts.other_names,
            facts.born.isoformat() if facts.born else None,
            facts.nhs_number,
            sorted(facts.phones),
            sorted(facts.postcodes),
        ],
        ensure_ascii=False,
    )


def from_text(text: str) -> Facts | None:
    """Return the facts that `spelled` wrote."""
    if not text:
        return None
    given, family, called, others, born, nhs, phones, postcodes = json.loads(text)
    return Facts(
        given,
        family,
        called,
        tuple(others),
        date.fromisoformat(born) if born else None,
        nhs,
        frozenset(phones),
        frozenset(postcodes),
    )
