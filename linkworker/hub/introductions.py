"""What came by the front door and waits for a laptop: sealed, each given to one laptop and once.

The hub cannot read it. It knows when each came, to which area it belongs and which partner sent
it. It offers it to one laptop for a day; that laptop says that it has it when it stands in a record
that the hub holds, and then what was sealed is gone here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkworker.hatch import AREAS, KEYS, MOST_WAITING, PARTNERS, STATES, Hatch, NoHatch
from linkworker.hub import audit, unreadable
from linkworker.hub.database import Database
from linkworker.hub.grants import is_granted, organisation_of
from linkworker.hub.members import Laptop
from linkworker.hub.naming import checked_name
from linkworker.hub.roles import MAY, NotForThisRole, Right
from linkworker.refusal import Refused
from linkworker.scopes import OUR_TEAM, part
from linkworker.sealing import MOST_LAPTOPS, Sealed, read
from linkworker.text import folded

_DAY_MS = 24 * 3_600_000
OFFERED_MS = _DAY_MS
"""How long an introduction is one laptop's, which has not said that it has it."""
NEAR_MS = _DAY_MS
"""How long it waits for the coordinator of its area, before anybody of the team is given it."""
KEPT_MS = 400 * _DAY_MS
"""How long it is remembered that it was taken, and a partner may ask what became of it."""
LOOKS_EVERY_MS = 60_000
"""How often it is looked whether the front door is told what is so."""

MOST_AT_ONCE = 20
"""Introductions that a laptop is given at once."""
BECAME = ("received", "in touch", "declined", "closed")
"""What a partner may be told."""
ASKS_FOR_KEY, WAITS = "key", "waits"
"""What a laptop is told of the front door: that its key is not known, or that something waits."""

_HOLDERS = tuple(role for role, rights in MAY.items() if Right.HOLD in rights)
_FREE = "taken_at IS NULL AND broken = 0 AND (offered_to IN ('', ?) OR offered_at < ?)"
FRONT_DOOR = "front_door"
"""Under which name the hub remembers the folder of its front door."""


class NoSuchPartner(Refused):
    """No partner of that name has a key."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "No partner of that name has a key.",
            "'linkworker hub status' lists them.",
        )


@dataclass(frozen=True)
class PartnerKey:
    """A partner who has a key, for whoever looks after the hub."""

    id: str
    name: str
    since: int


class Introductions:
    """What came by the front door of one hub."""

    def __init__(
        self,
        database: Database,
        folder: Path | None,
        now_ms: Callable[[], int],
        new_id: Callable[[], str],
        chance: Callable[[int], bytes],
    ) -> None:
        """`folder` is the front door's, None where there is none."""
        self._database = database
        self._hatch = Hatch(folder) if folder else None
        self._now_ms = now_ms
        self._new_id = new_id
        self._chance = chance
        self._looks_at = 0

    # -- laptops

    def says(self, laptop: Laptop) -> str:
        """Return what a laptop is told of the front door when it greets, "" where nothing is."""
        hatch = self._hatch
        if hatch is None or laptop.has_left or laptop.role not in _HOLDERS:
            return ""
        self.fetch()
        now = self._now_ms()
        with self._database.reading() as tx:
            if organisation_of(tx, laptop.worker) != OUR_TEAM:
                return ""
            key = tx.value("SELECT seals_to FROM hub_laptop WHERE id = ?", (laptop.id,))
            if not key:
                return ASKS_FOR_KEY
            waits = tx.value(
                f"SELECT 1 FROM hub_introduction WHERE {_FREE} AND sealed LIKE ? LIMIT 1",
                (laptop.id, now - OFFERED_MS, f"%{key}%"),
            )
        return WAITS if waits else ""

    def take(self, laptop: Laptop, key: str, areas: Iterable[str]) -> list[Sealed]:
        """Give a laptop what it may take in now, the oldest first, sealed to its key.

        What belongs to an area is given within a day only to a laptop that names the area. Raises
        `NotForThisRole`.
        """
        self._check(laptop)
        self._knows(laptop, key)
        now, near = self._now_ms(), {folded(one) for one in areas}
        given: list[Sealed] = []
        with self._database.writing() as tx:
            found = tx.rows(
                f"SELECT id, came_at, area FROM hub_introduction WHERE {_FREE} "
                "AND sealed LIKE ? ORDER BY came_at, id",
                (laptop.id, now - OFFERED_MS, f"%{key}%"),
            )
            for id_, came_at, area in found:
                if area and folded(area) not in near and now - came_at < NEAR_MS:
                    continue
                sealed = tx.value("SELECT sealed FROM hub_introduction WHERE id = ?", (id_,))
                given.append(read(str(sealed)).for_laptop(key))
                tx.execute(
                    "UPDATE hub_introduction SET offered_to = ?, offered_at = ? WHERE id = ?",
                    (laptop.id, now, id_),
                )
                if len(given) == MOST_AT_ONCE:
                    break
        return given

    def taken(self, laptop: Laptop, ids: Sequence[str], unreadable: Sequence[str]) -> int:
        """Note what a laptop has in its records now, and what it could not read; return how many.

        Raises `NotForThisRole`.
        """
        self._check(laptop)
        now, number = self._now_ms(), 0
        with self._database.writing() as tx:
            for id_ in ids:
                if tx.value(
                    "SELECT 1 FROM hub_introduction WHERE id = ? AND offered_to = ? "
                    "AND taken_at IS NULL",
                    (id_, laptop.id),
                ):
                    tx.execute(
                        "UPDATE hub_introduction SET sealed = '', taken_at = ? WHERE id = ?",
                        (now, id_),
                    )
                    audit.add(tx, now, laptop.worker, "took in an introduction", id_)
                    number += 1
            for id_ in unreadable:
                tx.execute(
                    "UPDATE hub_introduction SET broken = 1 WHERE id = ? AND offered_to = ? "
                    "AND taken_at IS NULL",
                    (id_, laptop.id),
                )
        return number

    def became(self, laptop: Laptop, states: Sequence[tuple[str, str, str]]) -> list[str]:
        """Note what a partner may be told of their introductions; return of which it was noted.

        Each is what it is called here, the state ("" for nothing any more), and the person in
        whose record it stands: only who holds that record speaks for it. Raises `NotForThisRole`.
        """
        self._check(laptop)
        now, noted = self._now_ms(), []
        with self._database.writing() as tx:
            for id_, state, person in states:
                known = tx.value(
                    "SELECT state FROM hub_introduction WHERE id = ? AND partner <> '' "
                    "AND taken_at IS NOT NULL",
                    (id_,),
                )
                if known is None or not is_granted(tx, laptop.worker, part(person), now):
                    continue
                if known != state:
                    if not _stands_in(tx, id_, person):
                        continue
                    tx.execute("UPDATE hub_introduction SET state = ? WHERE id = ?", (state, id_))
                noted.append(id_)
        self.tell_the_door()
        return noted

    def forget(self, person: str) -> None:
        """Let no partner be told of somebody any more: they are erased."""
        with self._database.writing() as tx:
            for arrived in _arrived_in(tx, person):
                tx.execute(
                    "UPDATE hub_introduction SET state = '', partner = '' WHERE id = ?", (arrived,)
                )
        with suppress(Refused):  # else the front door is told within a minute
            self.tell_the_door()

    def _check(self, laptop: Laptop) -> None:
        with self._database.reading() as tx:
            own = organisation_of(tx, laptop.worker) == OUR_TEAM
        if laptop.has_left or laptop.role not in _HOLDERS or not own:
            raise NotForThisRole

    def _knows(self, laptop: Laptop, key: str) -> None:
        with self._database.reading() as tx:
            known = tx.value("SELECT seals_to FROM hub_laptop WHERE id = ?", (laptop.id,))
        if known != key:
            with self._database.writing() as tx:
                tx.execute("UPDATE hub_laptop SET seals_to = ? WHERE id = ?", (key, laptop.id))
            self.tell_the_door()

    # -- the front door

    def fetch(self) -> None:
        """Take over what lies in the hatch; where that fails, the next call does it."""
        if self._hatch is None:
            return
        now = self._now_ms()
        if not 0 <= now - self._looks_at < LOOKS_EVERY_MS:
            self._looks_at = now
            self._hatch.tidy(now)
            with suppress(Refused):
                self.tell_the_door()
        for sealed in self._hatch.waiting(self._room()):
            with self._database.writing() as tx:
                tx.execute(
                    "INSERT INTO hub_introduction (id, came_at, area, partner, sealed) "
                    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                    (sealed.id, sealed.came_at, sealed.area, sealed.partner, sealed.to_json()),
                )
                tx.execute("DELETE FROM hub_introduction WHERE taken_at < ?", (now - KEPT_MS,))
            with suppress(OSError):
                self._hatch.was_taken(sealed.id)

    def _room(self) -> int:
        """Return how many more may wait here: what is beyond stays in the hatch, which is full."""
        with self._database.reading() as tx:
            waits = tx.value("SELECT count(*) FROM hub_introduction WHERE taken_at IS NULL", ())
        return max(0, MOST_WAITING - int(waits))

    def tell_the_door(self) -> None:
        """Say to the front door to whom to seal, who its partners are, and what they may know."""
        if self._hatch is None or not self._hatch.is_there():
            return
        marks = ", ".join("?" for _ in _HOLDERS)
        with self._database.reading() as tx:
            keys = tx.rows(
                "SELECT l.seals_to FROM hub_laptop l JOIN hub_worker w ON w.id = l.worker "
                "WHERE l.removed_at IS NULL AND l.seals_to <> '' AND w.left_at IS NULL "
                f"AND w.organisation = ? AND w.role IN ({marks}) "
                "ORDER BY l.seen_at DESC, l.id LIMIT ?",
                (OUR_TEAM, *_HOLDERS, MOST_LAPTOPS),
            )
            partners = tx.rows(
                "SELECT key_hash, id, name FROM hub_partner WHERE ended_at IS NULL", ()
            )
            states = tx.rows(
                "SELECT id, partner, state FROM hub_introduction WHERE state <> ''", ()
            )
        self._hatch.give(KEYS, sorted(key for (key,) in keys))
        self._hatch.give(PARTNERS, {hash_: [id_, name] for hash_, id_, name in partners})
        self._hatch.give(STATES, {id_: [partner, state] for id_, partner, state in states})

    def waiting(self) -> tuple[int, int]:
        """Return how many wait for a laptop, and how many cannot be read."""
        self.fetch()
        with self._database.reading() as tx:
            waits, broken = (
                int(
                    tx.value(
                        "SELECT count(*) FROM hub_introduction WHERE taken_at IS NULL "
                        "AND broken = ?",
                        (number,),
                    )
                )
                for number in (0, 1)
            )
        return waits, broken + (self._hatch.broken() if self._hatch else 0)

    # -- partners

    def new_partner(self, name: str, by: str) -> str:
        """Return a key for a partner, who loses the one that they had. Raises `NameNotGood`."""
        name, key, now = checked_name(name), self._chance(32).hex(), self._now_ms()
        with self._database.writing() as tx:
            known = tx.value(
                "SELECT id FROM hub_partner WHERE name = ? AND ended_at IS NULL", (name,)
            )
            if known:
                tx.execute(
                    "UPDATE hub_partner SET key_hash = ?, since = ? WHERE id = ?",
                    (key_hash(key), now, known),
                )
            else:
                tx.execute(
                    "INSERT INTO hub_partner (id, name, key_hash, since) VALUES (?, ?, ?, ?)",
                    (self._new_id(), name, key_hash(key), now),
                )
            audit.add(tx, now, by, "gave a partner a key", name)
        self.tell_the_door()
        return key

    def end_partner(self, name: str, by: str) -> None:
        """Let a partner's key open nothing any more. Raises `NoSuchPartner`."""
        now = self._now_ms()
        with self._database.writing() as tx:
            known = tx.value(
                "SELECT id FROM hub_partner WHERE name = ? AND ended_at IS NULL", (name,)
            )
            if known is None:
                raise NoSuchPartner
            tx.execute("UPDATE hub_partner SET ended_at = ? WHERE id = ?", (now, known))
            audit.add(tx, now, by, "ended a partner's key", name)
        self.tell_the_door()

    def partners(self) -> list[PartnerKey]:
        """Return who has a key."""
        with self._database.reading() as tx:
            return [
                PartnerKey(*row)
                for row in tx.rows(
                    "SELECT id, name, since FROM hub_partner WHERE ended_at IS NULL ORDER BY name",
                    (),
                )
            ]


def key_hash(key: str) -> str:
    """Return what tells a partner's key again and does not tell the key."""
    return hashlib.sha256(key.encode()).hexdigest()


def set_up(database: Database, folder: Path, areas: str) -> None:
    """Make a front door's folder and remember it.

    `areas` is a list of how postcodes begin and the area of each, a line each: `LE9 8, Barwell`;
    "" leaves those that are known. Raises `NoHatch` where the folder cannot be one.
    """
    hatch = Hatch(folder)
    hatch.make()
    if not hatch.is_there():
        raise NoHatch
    if areas:
        hatch.give(AREAS, _read_areas(areas))
    with database.writing() as tx:
        tx.execute(
            "INSERT INTO hub_meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (FRONT_DOOR, str(folder.absolute())),
        )


def _read_areas(said: str) -> dict[str, str]:
    found = {}
    for line in said.splitlines():
        begins, comma, area = line.partition(",")
        if comma and begins.strip():
            found["".join(begins.upper().split())] = checked_name(area.strip())
    return found


def folder_of(said: dict[str, Any]) -> Path | None:
    """Return the folder of the front door, of what the hub remembers."""
    return Path(said[FRONT_DOOR]) if said.get(FRONT_DOOR) else None


def _stands_in(tx: Any, id_: str, person: str) -> bool:
    """Say whether an introduction stands in a person's record, by what it was called here."""
    return any(one == id_ for one in _arrived_in(tx, person))


def _arrived_in(tx: Any, person: str) -> Iterator[str]:
    """Give what stands in a person's record and came by the front door, as it was called here."""
    for (wire,) in tx.rows("SELECT wire FROM hub_op WHERE scope = ?", (part(person),)):
        op = unreadable.read(wire) if wire else None
        if op is None or op.tbl != "introduction":
            continue
        for group in op.groups.values():
            if arrived := (group or {}).get("arrived"):
                yield str(arrived)
