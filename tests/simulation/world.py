"""A small world: laptops, a hub, three people, and everything that can happen between them.

One seed is one history. What must hold is read from a record beside the system under test
(`record`): who wrote which value having which others in sight, who held whom when, who was erased.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

from sqlcipher3 import dbapi2

from linkworker.hub.database import SqliteDatabase
from linkworker.hub.ledger import Ledger
from linkworker.hub.merging import ONE_PERSON, TWO_PEOPLE
from linkworker.hub.same_people import SamePeople
from tests.oplog.releases import releases
from tests.simulation.laptops import Crash, Laptop
from tests.simulation.network import CLEAR, Cut, MortalConnection, Weather, Wire
from tests.simulation.record import ORGANISATIONS, Record, is_whole, parts
from tests.simulation.writing import People

HOUR = 3_600_000
MOST_LAPTOPS = 4
LONGEST_COVER = 2 * HOUR
SKEWS = (0, 0, -8 * HOUR, -HOUR, HOUR, 8 * HOUR)
WORKERS = ("ann", "ben")
NEWEST = len(releases()) - 1


class World:
    """Three laptops of two workers and a hub. `quiet` makes the faults stop."""

    def __init__(self, chance: random.Random | int) -> None:
        """Begin a history: of a seed, or of chances that come from elsewhere."""
        self.chance = random.Random(chance) if isinstance(chance, int) else chance
        self.another = random.Random(chance) if isinstance(chance, int) else chance
        """For what is decided of two records: the rest of a history does not hang on it."""
        self._decides = 0.06 if self.another.random() < 0.4 else 0
        """How often a lead joins or parts records: in most histories nobody was entered twice."""
        self.now_ms = 10**12
        self.record = Record()
        self.people = People(self.chance, self.record)
        self.weather = Weather()
        self.hub_is_called = False
        self._devices = 0
        self._hub_connection = dbapi2.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        mortal = MortalConnection(self._hub_connection, self)
        self._database = SqliteDatabase(mortal)
        self.ledger = Ledger(self._database, lambda: self.now_ms)
        self._hub_ids = itertools.count(1)
        self._serve()
        self.ledger.begin_life("life 1")
        self._lives = 1
        self._backup: Any = None
        self._is_copied = False
        self._joined_earlier: set[frozenset[str]] = set()
        """Those of whom a hub that was put back knows an earlier joining than the last."""
        self.gone = ""
        """The laptop that was lost for good."""
        self.organisations = {"ann": "team", "ben": self.chance.choice(ORGANISATIONS)}
        self.record.belongs = self.organisations
        self._say_who_belongs_where()
        self.laptops = [self._laptop(dev) for dev in ("ann1", "ann2", "ben1")]
        self.weather, weather = CLEAR, self.weather
        knows = [0, self.chance.choice((0, 1)), NEWEST]
        self.chance.shuffle(knows)
        for laptop, release in zip(self.laptops, knows, strict=True):
            laptop.skew_ms = self.chance.choice(SKEWS)
            self._upgrade(laptop, release)
        self.weather = weather

    def _serve(self) -> None:
        """Start what in the hub's process looks after people who may be the same."""
        self.same_people = SamePeople(
            self._database, self.ledger, lambda: self.now_ms, lambda: f"{next(self._hub_ids):016d}"
        )

    def _laptop(self, name: str) -> Laptop:
        return Laptop(
            name,
            name[:3],
            lambda: self.now_ms,
            self.perhaps_crash,
            self._wire,
            self.record.renumber,
            self.organisations[name[:3]],
            self.let_go_of,
        )

    def _say_who_belongs_where(self) -> None:
        for organisation in ORGANISATIONS:
            self._hub_connection.execute(
                "INSERT INTO hub_organisation (id, name) VALUES (?, ?)",
                (organisation, organisation),
            )
        for worker, organisation in self.organisations.items():
            self._hub_connection.execute(
                "INSERT INTO hub_worker (id, name, role, organisation) "
                "VALUES (?, ?, 'coordinator', ?)",
                (worker, worker, organisation),
            )

    def _wire(self, laptop: Laptop) -> Wire:
        return Wire(self, laptop.name, laptop.worker, lambda: self.people.write(laptop))

    def new_device(self, worker: str) -> str:
        """Give a copy an id of its own."""
        self._devices += 1
        return f"{worker} anew {self._devices}"

    # -- what happens

    def run(self, steps: int) -> None:
        """Let so many things happen, then let it come to rest."""
        for _ in range(steps):
            happening = self.chance.choices(
                (self.write, self.sync, *self.leads(), *self.machines(), *self.disasters()),
                weights=(60, 30, 5, 4, 1, 3, 1, 0.5, 0.4, 3, 2, 0.5),
            )[0]
            self.step(happening, self.chance.choice(self.laptops))
            if self.another.random() < self._decides:
                self.another.choice((self.join, self.join, self.part))(self.laptops[0])
        self.quiet()

    def leads(self) -> tuple[Callable[[Laptop], None], ...]:
        """Return what a team lead does."""
        return self.share, self.take_away, self.erase, self.route

    def machines(self) -> tuple[Callable[[Laptop], None], ...]:
        """Return what happens to a laptop."""
        return self.set_clock, self.upgrade, self.copy

    def disasters(self) -> tuple[Callable[[Laptop], None], ...]:
        """Return what goes with the hub's machine, and with a laptop for good."""
        return self.back_up, self.put_back, self.lose

    def step(self, happening: Callable[[Laptop], None], laptop: Laptop) -> None:
        """Let one thing happen, a while after the last."""
        self.now_ms += self.chance.randint(1, 90_000)
        laptop.now_ms = self.now_ms
        try:
            happening(laptop)
        except Crash:
            laptop.begin_again()
        except Cut:
            pass

    def perhaps_crash(self) -> None:
        """Let the laptop that is at work die."""
        if self.chance.random() < self.weather.crash:
            raise Crash

    def write(self, laptop: Laptop) -> None:
        """Somebody writes."""
        self.people.write(laptop)

    def sync(self, laptop: Laptop) -> None:
        """A laptop syncs; what was replaced on it must not come back."""
        laptop.wire.calls = 0
        try:
            laptop.session.sync()
        finally:
            self.same_people.noticing.catch_up_with_all()
            self._hear_who_is_asked_about_again()
            for where, replaced in laptop.replaced.items():
                for value in laptop.values_at(where) & replaced:
                    self.record.came_back.append(f"{value} came back at {laptop.name}")

    def set_clock(self, laptop: Laptop) -> None:
        """A clock is set, rightly or wrongly."""
        laptop.skew_ms = self.chance.choice(SKEWS)

    def copy(self, laptop: Laptop) -> None:
        """A laptop's disk is copied onto another, and both are used."""
        if len(self.laptops) < MOST_LAPTOPS:
            self._is_copied = True
            other = self._laptop(f"{laptop.worker}{len(self.laptops)}c")
            other.become_copy_of(laptop)
            self.laptops.append(other)

    def upgrade(self, laptop: Laptop) -> None:
        """The next release is installed."""
        if laptop.release < NEWEST:
            self._upgrade(laptop, laptop.release + 1)

    def _upgrade(self, laptop: Laptop, release: int) -> None:
        laptop.upgrade(release)
        laptop.begin_again()

    def share(self, laptop: Laptop) -> None:
        """A lead lets a worker hold a person too, or a part of them, for good or for a while."""
        people = self._known_to_the_hub()
        if not people:
            return
        worker, person = self.chance.choice(WORKERS), self.chance.choice(people)
        cover = self.chance.random() < 0.4
        until = self.now_ms + self.chance.randint(HOUR // 4, LONGEST_COVER) if cover else None
        for whose in parts(person):
            if not is_whole(whose) and self.chance.random() < 0.5:
                continue
            if not self.record.has(worker, whose, self.now_ms):
                self.record.give(worker, whose, until)
                self.ledger.grant(worker, f"person:{whose}", "cover", until)

    def take_away(self, laptop: Laptop) -> None:
        """Somebody does not hold a person any more, or not a part of them."""
        people = self._known_to_the_hub()
        holds = sorted(hold for hold in self.record.holds if hold[1] in people)
        if len(holds) < 3:
            return
        worker, person = self.chance.choice(holds)
        whole, *beside = parts(person)
        part = self.chance.choice(beside)
        for whose in (whole, *beside) if self.chance.random() < 0.7 else (part,):
            self.record.holds.pop((worker, whose), None)
            self.ledger.revoke(worker, f"person:{whose}")

    def erase(self, laptop: Laptop) -> None:
        """A person asks to be forgotten."""
        people = self._known_to_the_hub()
        if len(people) < 2:
            return
        person = self.chance.choice(people)
        self.record.erased.add(person)
        self.record.joined = {pair for pair in self.record.joined if person not in pair}
        for whose in parts(person):
            for worker in WORKERS:
                self.record.holds.pop((worker, whose), None)
            self.ledger.erase(f"person:{whose}")

    def route(self, laptop: Laptop) -> None:
        """A lead lets in something that came too late."""
        waiting = self.ledger.quarantined()
        if waiting:
            op = self.chance.choice(waiting)
            self.ledger.route(op.dev, op.n)

    def join(self, laptop: Laptop) -> None:
        """A lead decides that two records are of one person."""
        people = self._known_to_the_hub()
        pairs = [
            (one, other)
            for one, other in itertools.permutations(people, 2)
            if frozenset((one, other)) not in self.record.joined | self._one_to_the_hub().keys()
        ]
        if pairs:
            self._join(*self.another.choice(pairs))

    def _join(self, shown: str, other: str) -> None:
        self.same_people.same_as(shown, other, "a lead", "")
        self.record.joined.add(frozenset((shown, other)))
        self.record.parted.discard(frozenset((shown, other)))
        self._joined_earlier.discard(frozenset((shown, other)))

    def part(self, laptop: Laptop) -> None:
        """A lead decides that they are two people after all. Of whom the hub has forgotten that it
        is one there is nothing to decide before that was handed back."""
        joined = self.record.joined & self._one_to_the_hub().keys()
        if joined:
            one, other = self.another.choice(sorted(sorted(pair) for pair in joined))
            self.same_people.apart(one, other, "a lead", "")
            self.record.joined.discard(frozenset((one, other)))
            self.record.parted.add(frozenset((one, other)))

    def _one_to_the_hub(self) -> dict[frozenset[str], int]:
        """Return which records are one person's by what the hub knows, and when it was decided."""
        with self.ledger.database.reading() as tx:
            rows = tx.rows(
                "SELECT one, other, decided_at FROM hub_pair WHERE state = ?", (ONE_PERSON,)
            )
        return {frozenset((one, other)): int(at) for one, other, at in rows}

    def _hear_who_is_asked_about_again(self) -> None:
        """A hub that was put back knows an earlier joining of two, and may be handed back that they
        were parted after it, but not that they were joined once more: no laptop was given that. It
        goes by the last that it knows, and asks a lead: nobody has said again that they are one."""
        self.record.joined -= self._joined_earlier - self._one_to_the_hub().keys()

    def back_up(self, laptop: Laptop) -> None:
        """The hub's records are copied."""
        self._backup = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._hub_connection.backup(self._backup)

    def put_back(self, laptop: Laptop) -> None:
        """The hub's machine breaks, and the last copy is put in its place: all that came since is
        forgotten. Whoever was erased is erased again, and a lead says again who holds whom."""
        if self._backup is None or self._is_copied:
            return
        decided_last = self._one_to_the_hub()
        self._backup.backup(self._hub_connection)
        self._serve()
        self._joined_earlier |= {
            pair for pair, at in self._one_to_the_hub().items() if decided_last.get(pair) != at
        }
        self.ledger.erase_again(
            {f"person:{whose}" for one in self.record.erased for whose in parts(one)}
        )
        if (
            self.chance.random() < 0.6
        ):  # else it is put back unsaid: the hub does not know it either
            self._lives += 1
            self.ledger.begin_life(f"life {self._lives}")
        self._forget(self._on_hub() | {op for one in self.laptops for op in one.has_for_good()})
        for person in sorted(self.people.known - self.record.erased):
            for whose, worker in itertools.product(parts(person), WORKERS):
                self.ledger.revoke(worker, f"person:{whose}")
                self.record.walks.add((self.organisations[worker], person))
                until = self.record.holds.get((worker, whose), self.now_ms)
                self.ledger.grant(worker, f"person:{whose}", "as before", until)
        self._decide_again()

    def _decide_again(self) -> None:
        """A lead says again who is one person, as far as the hub knows of both.

        Who are two it has forgotten: it is to be said again once their records name each other.
        """
        decided = {
            frozenset((pair.one.person, pair.other.person)): pair.state
            for pair in self.same_people.same_people(decided=True)
        }
        self.record.parted &= {pair for pair, state in decided.items() if state == TWO_PEOPLE}
        there = {pair for pair, state in decided.items() if state == ONE_PERSON}
        for one, other in sorted(sorted(pair) for pair in there - self.record.joined):
            self.same_people.apart(one, other, "a lead", "as before")
        known = set(self._known_to_the_hub())
        for one, other in sorted(sorted(pair) for pair in self.record.joined - there):
            if {one, other} <= known:
                self.same_people.same_as(one, other, "a lead", "as before")
                self._joined_earlier.discard(frozenset((one, other)))
            else:
                self.record.joined.discard(frozenset((one, other)))

    def lose(self, laptop: Laptop) -> None:
        """A laptop is gone for good, and what it had not sent with it."""
        if self.gone or self._is_copied:
            return
        self.gone = laptop.name
        self.laptops.remove(laptop)
        self._forget(self._on_hub() | {op for one in self.laptops for op in one.has_for_good()})

    def _on_hub(self) -> set[tuple[str, int]]:
        """Return the operations of which the hub has the words."""
        with self.ledger.database.reading() as tx:
            return {
                (str(dev), int(n))
                for dev, n in tx.rows("SELECT dev, n FROM hub_op WHERE state <> 'void'", ())
            }

    def _forget(self, stands: set[tuple[str, int]]) -> None:
        """Take from the record what stands nowhere any more, but on a machine that is gone."""
        record = self.record
        for number, (_, scope) in list(record.operations.items()):
            if number.name not in stands and not self._is_of_erased(scope):
                del record.operations[number]
                record.strange.pop(number, None)
        record.written = [one for one in record.written if one.number in record.operations]

    def _is_of_erased(self, scope: str) -> bool:
        return scope.removeprefix("person:").partition(":")[0] in self.record.erased

    def sent(self, worker: str, scope: str) -> None:
        """Every part that leaves the hub: was it that worker's to see at this moment?"""
        whose = scope.removeprefix("person:")
        if scope.startswith("person:") and not self.record.may_hold(worker, whose, self.now_ms):
            self.record.leaked.append(f"{scope} was sent to {worker}")

    def let_go_of(self, laptop: Laptop, scope: str) -> None:
        """See that nobody is let go of whom the worker holds at that moment."""
        whose = scope.removeprefix("person:")
        if scope.startswith("person:") and self.record.may_hold(laptop.worker, whose, self.now_ms):
            self.record.let_go_too_soon.append(f"{laptop.name} let go of {scope}, which is held")

    def _known_to_the_hub(self) -> list[str]:
        """The people whom a lead can speak of: somebody's laptop has sent them, or handed them back
        as far as to what they are called."""
        with self.ledger.database.reading() as tx:
            known = tx.rows("SELECT person FROM hub_face ORDER BY person", ())
        return [person for (person,) in known if is_whole(person)]

    # -- at rest

    def quiet(self) -> None:
        """The weather clears, every cover ends, and all sync until nothing is left to say."""
        self.weather = CLEAR
        self.now_ms += LONGEST_COVER
        self.all_sync(4)

    def all_sync(self, times: int) -> None:
        """Let every laptop sync so many times."""
        for _ in range(times):
            for laptop in self.laptops:
                self.now_ms += 1_000
                self.sync(laptop)

    def all_upgrade(self) -> None:
        """Everybody has the newest release, and has synced."""
        for laptop in self.laptops:
            self._upgrade(laptop, NEWEST)
        self.all_sync(2)

    def hub_dump(self) -> str:
        """Return all that the hub holds of operations, as text."""
        return "\n".join(str(row) for row in self._hub_connection.execute("SELECT * FROM hub_op"))
