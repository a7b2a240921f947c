"""People at their laptops: something new, a change, a removal, a choice; each is put on record."""

from __future__ import annotations

import json
import random

from linkworker import schema
from linkworker.oplog.capture import body_hash
from tests.oplog.devices import a_moment
from tests.simulation.laptops import Laptop
from tests.simulation.record import (
    MORE_THAN_ONE_RELEASE_KNOWS,
    Number,
    Place,
    Record,
    Written,
    apart,
    notes,
)

MOST_PEOPLE = 3
HIDDEN = "hidden_at"
KEPT_APART = "kept_apart"
NOTE = "note"
MODELS = {
    "person": "Person",
    "goal": "Goal",
    "step": "Step",
    "strength": "Strength",
    NOTE: "Note",
    KEPT_APART: "KeptApart",
}
"""The tables of this release that are written to, with their models."""


class People:
    """Those who write, wherever they do."""

    def __init__(self, chance: random.Random, record: Record) -> None:
        self.chance = chance
        self.record = record
        self._said = 0
        self.known: set[str] = set()
        """Everybody of whom there is a record anywhere."""

    def write(self, laptop: Laptop) -> None:
        """Somebody writes something."""
        people = [pk for (pk,) in laptop.connection.execute("SELECT id FROM person ORDER BY id")]
        differing = sorted(laptop.differing())
        roll = self.chance.random()
        if not people or (roll < 0.04 and len(self.known) < MOST_PEOPLE):
            self._put(laptop, "person", person="")
        elif differing and roll < 0.25:
            self._settle(laptop, self.chance.choice(differing))
        elif roll < 0.4:
            tables = [
                "goal",
                "step",
                "strength",
                "note",
                KEPT_APART,
                *(["pet"] if laptop.release > 1 else []),
            ]
            self._put(laptop, self.chance.choice(tables), person=self.chance.choice(people))
        elif roll < 0.5:
            self._hide(laptop)
        elif roll < 0.53:
            self._unhide(laptop)
        elif roll < 0.56 and laptop.release > 1:
            self._say_what_nobody_understands(laptop)
        else:
            self._set(laptop)

    def _say(self, laptop: Laptop, person: str) -> str:
        """Return something that nobody said before, about somebody."""
        return f"{person} wrote {self._fresh(laptop)}"

    def _fresh(self, laptop: Laptop) -> str:
        self._said += 1
        return f"{laptop.name} {self._said:05d}"

    def _put(self, laptop: Laptop, table: str, person: str) -> None:
        pk = f"{table}-{self._fresh(laptop)}"
        own = laptop.organisation
        whose = {KEPT_APART: apart(person), NOTE: notes(person, own)}.get(table, person or pk)
        value = self._say(laptop, whose)
        column = "called" if table == "person" else "words"
        if table in MODELS:
            values = {column: value} | ({"person_id": person} if person else {})
            laptop.put(MODELS[table], pk, **values)
        else:
            laptop.put_plainly(table, pk, person_id=person, words=value)
        self._committed(laptop, (table, pk, column), value, set())
        self.record.begun[table, pk] = self.record.written[-1].number
        if table == "person":
            self.known.add(pk)
            for whose in (pk, apart(pk), notes(pk, own)):
                self.record.give(laptop.worker, whose, None)

    def _set(self, laptop: Laptop) -> None:
        table = self.chance.choice(laptop.written_in())
        pk = self._some(laptop, table)
        if pk is None:
            return
        columns = laptop.edited(table)
        partly = [one for one in columns if one in MORE_THAN_ONE_RELEASE_KNOWS]
        if partly and self.chance.random() < 0.7:
            columns = tuple(partly)  # most goes wrong where releases know unequally much
        where = (table, pk, self.chance.choice(columns))
        seen = self._replaces(laptop, where)
        value = self._say(laptop, self._person_of(laptop, where))
        laptop.set(table, pk, **{where[2]: value})
        self._committed(laptop, where, value, seen)

    def _settle(self, laptop: Laptop, key: tuple[str, str, str]) -> None:
        table, pk, group = key
        if group == "hidden":
            self._settle_hidden(laptop, table, pk)
            return
        row = laptop.shown(table, pk)
        columns = laptop.shapes[table].groups[group]
        edited = [one for one in laptop.edited(table) if one in columns]
        where = (table, pk, self.chance.choice(edited))
        seen = self._replaces(laptop, where)
        value = self._say(laptop, self._person_of(laptop, where))
        values = {name: row[name] for name in columns} | {where[2]: value}
        laptop.settle(table, pk, group, **values)
        self._committed(laptop, where, value, seen)

    def _settle_hidden(self, laptop: Laptop, table: str, pk: str) -> None:
        where = (table, pk, HIDDEN)
        removed = self.chance.random() < 0.5
        seen, all_seen = laptop.removals_at(table, pk), laptop.all_of_row(table, pk)
        when = a_moment(self._fresh(laptop)) if removed else None
        laptop.settle(table, pk, "hidden", hidden_at=when)
        self._committed(laptop, where, when or "", seen)
        if removed:
            self.record.removals.setdefault(pk, set()).update(all_seen)

    def _hide(self, laptop: Laptop) -> None:
        table = self.chance.choice(("goal", "goal", "step", "note"))
        pk = self._some(laptop, table)
        if pk is None:
            return
        where = (table, pk, HIDDEN)
        seen, all_seen = laptop.removals_at(table, pk), laptop.all_of_row(table, pk)
        when = a_moment(self._fresh(laptop))
        laptop.set(table, pk, hidden_at=when)
        self._committed(laptop, where, when, seen)
        self.record.removals.setdefault(pk, set()).update(all_seen)

    def _unhide(self, laptop: Laptop) -> None:
        """A removal is undone."""
        table = self.chance.choice(("goal", "step", "note"))
        pk = self._some(laptop, table, hidden=True)
        if pk is not None:
            where = (table, pk, HIDDEN)
            seen = laptop.removals_at(table, pk)
            laptop.set(table, pk, hidden_at=None)
            self._committed(laptop, where, "", seen)

    def _say_what_nobody_understands(self, laptop: Laptop) -> None:
        """A release that nobody has yet says something in a way of its own."""
        pk = self._some(laptop, "goal")
        if pk is None:
            return
        person = str(laptop.shown("goal", pk)["person_id"])
        body = json.dumps({"fold": {"how": self._say(laptop, person)}})
        extra = json.dumps({"mood": self._say(laptop, person)})
        with laptop.act() as connection:
            connection.execute("UPDATE sync_device SET n = n + 1, stamp = max(stamp + 1, lw_now())")
            connection.execute(
                "INSERT INTO sync_op (dev, n, act, stamp, scope, tbl, pk, kind, body, base, hash, "
                "schema_v, actor, extra) SELECT dev, n, lw_act(), stamp, ?, 'goal', ?, 'fold', ?, "
                "'{}', ?, ?, lw_actor(), ? FROM sync_device",
                (f"person:{person}", pk, body, body_hash(body), schema.VERSION + 3, extra),
            )
        number = self._note_operation(laptop)
        self.record.strange[number] = (f"person:{person}", body, extra)

    def _replaces(self, laptop: Laptop, where: Place) -> set[str]:
        """Return what a write at a place replaces: what is in sight there and, of the columns that
        change with it, the versions that are not shown."""
        table, pk, column = where
        seen = laptop.values_at(where)
        together = next(names for names in laptop.shapes[table].groups.values() if column in names)
        for other in laptop.edited(table):
            if other in together and other != column:
                seen |= laptop.values_at((table, pk, other)) - {laptop.shown(table, pk)[other]}
        return seen

    def _committed(self, laptop: Laptop, where: Place, value: str, seen: set[str]) -> None:
        number = self._note_operation(laptop)
        self.record.written.append(Written(where, value, frozenset(seen), number))
        if where[2] not in MORE_THAN_ONE_RELEASE_KNOWS:
            laptop.replaced.setdefault(where, set()).update(seen)

    def _note_operation(self, laptop: Laptop) -> Number:
        number = Number(laptop.name, laptop.dev, laptop.number)
        self.record.operations[number] = laptop.connection.execute(
            "SELECT hash, scope FROM sync_op WHERE dev = ? AND n = ?", number.name
        ).fetchone()
        return number

    def _some(self, laptop: Laptop, table: str, *, hidden: bool = False) -> str | None:
        """Return a row, most often one of a few that everybody writes to.

        Another organisation's notes can be read and not written.
        """
        own = f" AND organisation = '{laptop.organisation}'" if table == NOTE else ""
        found = [
            pk
            for (pk,) in laptop.connection.execute(
                f"SELECT id FROM {table} WHERE (hidden_at IS NOT NULL) = ?{own} ORDER BY id",
                (hidden,),
            )
        ]
        if not found:
            return None
        return str(self.chance.choice(found[:2] if self.chance.random() < 0.6 else found))

    def _person_of(self, laptop: Laptop, where: Place) -> str:
        table, pk, _ = where
        return pk if table == "person" else str(laptop.shown(table, pk)["person_id"])
