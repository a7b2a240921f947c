"""A small world: laptops, a hub, three people, and everything that can happen between them.

One seed is one history. What must hold is kept in a record beside the system under test: who wrote
which value having which others in sight, who held whom when, and who was erased.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2

from linkworker.hub.database import SqliteDatabase
from linkworker.hub.ledger import Ledger
from linkworker.oplog.replica import Replica
from linkworker.sync.session import Session
from tests.oplog.devices import Device
from tests.simulation.network import Cut, Weather, Wire

HOUR = 3_600_000
EDITED = {
    "Person": ("called", "place", "pronouns"),
    "Goal": ("words", "state_words"),
    "Step": ("words", "who"),
    "Strength": ("words",),
}
"""What is written to, a column of each of several groups."""


class Crash(BaseException):
    """The process dies here."""


@dataclass
class Written:
    """One value as it was committed: where, and which values its writer had in sight."""

    where: tuple[str, str, str]
    value: str
    seen: frozenset[str]


@dataclass
class Record:
    """What happened, kept apart from the system that is tested."""

    operations: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    """(hash, scope) of every operation that was committed."""
    values: dict[str, Written] = field(default_factory=dict)
    holds: set[tuple[str, str]] = field(default_factory=set)
    """(worker, person) as it is now."""
    erased: set[str] = field(default_factory=set)
    removals: dict[str, set[str]] = field(default_factory=dict)
    """For each row that somebody removed, the values that those who did had in sight."""
    came_back: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)


class Laptop(Device):
    """A device that may die at any moment, and syncs."""

    def __init__(self, dev: str, worker: str, skew_ms: int, world: World) -> None:
        super().__init__(dev, worker, skew_ms=skew_ms, now_ms=world.now_ms)
        self.world = world
        self.replaced: dict[tuple[str, str, str], set[str]] = {}
        """What was replaced here, by place: it must never be shown here again."""
        self.begin_again()

    def begin_again(self) -> None:
        """Start the process: all that was only in memory is gone."""
        self.replica = Replica(self.applying, self.shapes, self.after_wipe)
        self.session = Session(self.replica, self.world.wire(self))

    def after_wipe(self, connection: Any, scope: str, gone: set[tuple[str, str]]) -> None:
        connection.executemany("DELETE FROM search_doc WHERE tbl = ? AND pk = ?", list(gone))

    @contextmanager
    def applying(self) -> Iterator[Any]:
        self.now_ms = self.world.now_ms
        with super().applying() as connection:
            yield connection
            self.world.perhaps_crash()
        self.world.perhaps_crash()


class World:
    """Three laptops of two workers and a hub. `quiet` makes the faults stop."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now_ms = 10**12
        self.record = Record()
        self.weather = Weather()
        self.crashes = 0.03
        self._hub_connection = dbapi2.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        self.ledger = Ledger(SqliteDatabase(self._hub_connection), lambda: self.now_ms)
        skews = [0, 0, self.chance.choice((-8, -1, 1, 8)) * HOUR]
        self.chance.shuffle(skews)
        self.laptops = [
            Laptop(dev, worker, skew, self)
            for (dev, worker), skew in zip(
                (("ann1", "ann"), ("ann2", "ann"), ("ben1", "ben")), skews, strict=True
            )
        ]
        self._made = 0

    def wire(self, laptop: Laptop) -> Wire:
        return Wire(
            self.ledger,
            laptop.dev,
            laptop.worker,
            self.chance,
            lambda: self.weather,
            self._sent,
            lambda: self.write(laptop),
        )

    # -- what happens

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.step()
        self.quiet()

    def step(self) -> None:
        self.now_ms += self.chance.randint(1, 90_000)
        laptop = self.chance.choice(self.laptops)
        laptop.now_ms = self.now_ms
        happening = self.chance.choices(
            (self.write, self.sync, self.share, self.take_away, self.erase),
            weights=(60, 30, 5, 4, 0.7),
        )[0]
        try:
            happening(laptop)
        except Crash:
            laptop.begin_again()
        except Cut:
            pass

    def perhaps_crash(self) -> None:
        if self.chance.random() < self.crashes:
            raise Crash

    def sync(self, laptop: Laptop) -> None:
        try:
            laptop.session.sync()
        finally:
            self._look_for_what_came_back(laptop)

    def _look_for_what_came_back(self, laptop: Laptop) -> None:
        for where, replaced in laptop.replaced.items():
            for value in values_at(laptop, where) & replaced:
                self.record.came_back.append(f"{value} came back at {laptop.dev}")

    def write(self, laptop: Laptop) -> None:
        """Somebody writes: something new, a change, a removal, or a choice between versions."""
        people = [pk for (pk,) in laptop.connection.execute("SELECT id FROM person")]
        differing = sorted(laptop.differing())
        roll = self.chance.random()
        if not people or (roll < 0.04 and self._people_made() < 3):
            self._put(laptop, "Person", person=None)
        elif differing and roll < 0.25:
            self._settle(laptop, self.chance.choice(differing))
        elif roll < 0.45:
            table = self.chance.choice(("Goal", "Step", "Strength", "Note"))
            self._put(laptop, table, person=self.chance.choice(people))
        elif roll < 0.52:
            self._hide(laptop)
        else:
            self._set(laptop)

    def share(self, laptop: Laptop) -> None:
        """A lead lets the other worker hold a person too."""
        people = self._known_to_the_hub()
        if not people:
            return
        worker, person = self.chance.choice(("ann", "ben")), self.chance.choice(people)
        if (worker, person) not in self.record.holds:
            self.record.holds.add((worker, person))
            for scope in (f"person:{person}", f"person:{person}:restricted"):
                self.ledger.grant(worker, scope, "cover")

    def take_away(self, laptop: Laptop) -> None:
        """A cover ends."""
        people = self._known_to_the_hub()
        holds = sorted(hold for hold in self.record.holds if hold[1] in people)
        if len(holds) < 3:
            return
        worker, person = self.chance.choice(holds)
        self.record.holds.discard((worker, person))
        for scope in (f"person:{person}", f"person:{person}:restricted"):
            self.ledger.revoke(worker, scope)

    def erase(self, laptop: Laptop) -> None:
        """A person asks to be forgotten."""
        people = self._known_to_the_hub()
        if len(people) < 2:
            return
        person = self.chance.choice(people)
        self.record.erased.add(person)
        self.record.holds = {hold for hold in self.record.holds if hold[1] != person}
        for scope in (f"person:{person}", f"person:{person}:restricted"):
            self.ledger.erase(scope)

    def _known_to_the_hub(self) -> list[str]:
        """The people whom a lead can speak of: somebody's laptop has sent them."""
        with self.ledger._database.reading() as tx:
            return [
                scope.removeprefix("person:")
                for (scope,) in tx.rows("SELECT scope FROM hub_scope ORDER BY scope", ())
                if scope.startswith("person:") and not scope.endswith(":restricted")
            ]

    def quiet(self) -> None:
        """The weather clears, and everybody syncs until nothing is left to say."""
        self.weather, self.crashes = Weather(0, 0, 0, 0, 0), 0.0
        for _ in range(4):
            for laptop in self.laptops:
                self.now_ms += 1_000
                laptop.session.sync()

    # -- writing, with its record

    def _fresh(self, laptop: Laptop) -> str:
        self._made += 1
        return f"{laptop.dev} {self._made:05d}"

    def _people_made(self) -> int:
        return len(
            {
                pk
                for (table, pk, _) in (one.where for one in self.record.values.values())
                if table == "person"
            }
        )

    def _put(self, laptop: Laptop, table: str, person: str | None) -> None:
        pk = f"{table.casefold()}-{self._fresh(laptop)}"
        value = f"{person or pk} wrote {self._fresh(laptop)}"
        first = EDITED.get(table, ("words",))[0]
        values = {first: value} if person is None else {first: value, "person_id": person}
        laptop.put(table, pk, **values)
        self._committed(laptop, (table.casefold(), pk, first), value, frozenset())
        if person is None:
            self.record.holds.add((laptop.worker, pk))

    def _set(self, laptop: Laptop) -> None:
        table = self.chance.choice(sorted(EDITED))
        pk = self._some(laptop, table)
        if pk is None:
            return
        column = self.chance.choice(
            [name for name in EDITED[table] if name in (laptop.row(table.casefold(), pk) or {})]
        )
        where = (table.casefold(), pk, column)
        seen = self._in_sight(laptop, where)
        value = f"{self._person_of(laptop, where)} wrote {self._fresh(laptop)}"
        laptop.set(where[0], pk, **{column: value})
        self._committed(laptop, where, value, seen)

    def _settle(self, laptop: Laptop, key: tuple[str, str, str]) -> None:
        table, pk, group = key
        row = laptop.row(table, pk) or {}
        if group == "hidden":
            removed = self.chance.random() < 0.5
            seen = self._all_in_sight(laptop, table, pk)
            when = f"hidden {laptop.dev} {self.now_ms}" if removed else None
            laptop.settle(table, pk, group, hidden_at=when)
            self._note_operation(laptop)
            if removed:
                self.record.removals.setdefault(pk, set()).update(seen)
            return
        columns = laptop.shapes[table].groups[group]
        where = next((table, pk, one) for one in EDITED[table.capitalize()] if one in columns)
        before = self._in_sight(laptop, where)
        value = f"{self._person_of(laptop, where)} wrote {self._fresh(laptop)}"
        laptop.settle(
            table, pk, group, **({name: row[name] for name in columns} | {where[2]: value})
        )
        self._committed(laptop, where, value, before)

    def _hide(self, laptop: Laptop) -> None:
        pk = self._some(laptop, "Goal")
        if pk is not None:
            seen = self._all_in_sight(laptop, "goal", pk)
            laptop.hide("goal", pk)
            self._note_operation(laptop)
            self.record.removals.setdefault(pk, set()).update(seen)

    def _all_in_sight(self, laptop: Laptop, table: str, pk: str) -> set[str]:
        return {
            value
            for column in EDITED[table.capitalize()]
            for value in self._in_sight(laptop, (table, pk, column))
        }

    def _committed(
        self, laptop: Laptop, where: tuple[str, str, str], value: str, seen: frozenset[str]
    ) -> None:
        self._note_operation(laptop)
        self.record.values[value] = Written(where, value, seen)
        laptop.replaced.setdefault(where, set()).update(seen)

    def _note_operation(self, laptop: Laptop) -> None:
        n = laptop.number
        hash_, scope = laptop.connection.execute(
            "SELECT hash, scope FROM sync_op WHERE dev = ? AND n = ?", (laptop.dev, n)
        ).fetchone()
        self.record.operations[laptop.dev, n] = (hash_, scope)

    def _some(self, laptop: Laptop, table: str) -> str | None:
        found = [
            pk
            for (pk,) in laptop.connection.execute(
                f"SELECT id FROM {table.casefold()} WHERE hidden_at IS NULL ORDER BY id"
            )
        ]
        return self.chance.choice(found) if found else None

    def _in_sight(self, laptop: Laptop, where: tuple[str, str, str]) -> frozenset[str]:
        """The values a writer has before them: what is shown, and the versions beside it."""
        return frozenset(values_at(laptop, where))

    def _person_of(self, laptop: Laptop, where: tuple[str, str, str]) -> str:
        table, pk, _ = where
        return pk if table == "person" else str((laptop.row(table, pk) or {})["person_id"])

    def _sent(self, worker: str, scope: str) -> None:
        """Every part that leaves the hub: was it that worker's to see at this moment?"""
        if scope.startswith("person:"):
            person = scope.removeprefix("person:").removesuffix(":restricted")
            if (worker, person) not in self.record.holds:
                self.record.leaked.append(f"{scope} was sent to {worker}")

    def hub_dump(self) -> str:
        return "\n".join(str(row) for row in self._hub_connection.execute("SELECT * FROM hub_op"))


def values_at(laptop: Laptop, where: tuple[str, str, str]) -> set[str]:
    """Return the value a laptop shows in a column, and those of the versions that stand beside."""
    table, pk, column = where
    row = laptop.row(table, pk)
    if row is None:
        return set()
    values = {row[column]}
    (differs,) = laptop.connection.execute(
        "SELECT count(*) FROM sync_open WHERE tbl = ? AND pk = ?", (table, pk)
    ).fetchone()
    for (tbl, key, _), versions in laptop.differing().items() if differs else ():
        if (tbl, key) == (table, pk):
            values |= {found[column] for found in map(json.loads, versions) if column in found}
    return {value for value in values if value}
