"""Who belongs to the team: workers, their laptops, and the invites by which they came.

A laptop shows a token of 256 bits that it made itself; the hub keeps its hash. An invite is good
for one laptop: asked again by the same laptop, because the answer was lost, it answers the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linkworker.hub import audit, telling
from linkworker.hub.database import Database
from linkworker.hub.grants import NOW, organisation_of
from linkworker.hub.naming import checked_name
from linkworker.hub.not_in_team import (
    InviteNotGood,
    LaptopRemoved,
    NoSuchLaptop,
    NoSuchWorker,
    NotEnrolled,
)
from linkworker.hub.roles import (
    FOR_OTHERS,
    ROLES,
    AnotherOfThatName,
    LastLead,
    NoSuchRole,
    NotForOthers,
    OtherRole,
    Right,
    StillHolds,
    may,
)
from linkworker.hub.telling import Told
from linkworker.rules.invite import SECRET_BYTES, secret_hash
from linkworker.scopes import OUR_TEAM

INVITE_DAYS = 14
_DAY_MS = 24 * 3_600_000

NEW_ROLE = "coordinator"
"""What a new member is, where it is not said."""

GONE_ROLE = "reports only"
"""What somebody who left is: their laptops send what they have, and nothing else is theirs."""

SEEN_EVERY_MS = 60_000
"""How exactly it is kept when a laptop was last seen."""


@dataclass(frozen=True)
class Laptop:
    """A laptop of the team, and whose it is."""

    id: str
    worker: str
    """The worker by the hub's own id."""
    role: str
    has_left: bool = False
    """Whether the worker is in the team no more."""


@dataclass(frozen=True)
class Asked:
    """What a laptop says of itself when it joins."""

    secret: bytes
    token: bytes
    dev: str
    worker_id: str
    """The id that its worker has on that laptop."""
    laptop_name: str


@dataclass(frozen=True)
class Joined:
    """What a laptop that joined is told."""

    worker_id: str
    """The id of the worker on all their laptops: that of the first."""
    name: str
    role: str
    organisation: str
    """Whose notes they write."""


@dataclass(frozen=True)
class Member:
    """A worker of the team, for whoever looks after the hub."""

    id: str
    name: str
    role: str
    laptops: int
    seen_at: int | None
    """When a laptop of theirs was last seen (ms)."""
    organisation: str = OUR_TEAM


@dataclass(frozen=True)
class Enrolled:
    """A laptop that is in the team."""

    id: str
    worker: str
    """Its worker's name."""
    name: str
    seen_at: int


class Members:
    """The team of one hub."""

    def __init__(
        self,
        database: Database,
        now_ms: Callable[[], int],
        new_id: Callable[[], str],
        chance: Callable[[int], bytes],
    ) -> None:
        """`chance` gives that many bytes nobody can guess."""
        self._database = database
        self._now_ms = now_ms
        self.new_id = new_id
        """Gives an id that nothing has yet."""
        self._chance = chance

    def invite(self, name: str, role: str, by: str, organisation: str = "") -> bytes:
        """Invite a worker, who is made a member by it; return the secret.

        Whoever has that name already gets another laptop, and stays what they are. A `role` of ""
        is `NEW_ROLE` for somebody new. `organisation` is the id of the one they belong to, "" for
        the team, or where they are known. Raises `NameNotGood`, `NoSuchRole`, `OtherRole`,
        `NotForOthers`, `AnotherOfThatName`.
        """
        name = checked_name(name)
        if role and role not in ROLES:
            raise NoSuchRole
        if organisation not in ("", OUR_TEAM) and role not in FOR_OTHERS:
            raise NotForOthers
        secret = self._chance(SECRET_BYTES)
        with self._database.writing() as tx:
            found = tx.one(
                "SELECT id, role FROM hub_worker WHERE name = ? AND left_at IS NULL", (name,)
            )
            worker, is_now = found or (self.new_id(), role or NEW_ROLE)
            if found and organisation not in ("", organisation_of(tx, worker)):
                raise AnotherOfThatName
            if role and role != is_now:
                raise OtherRole(is_now)
            if found is None:
                tx.execute(
                    "INSERT INTO hub_worker (id, name, role, organisation) VALUES (?, ?, ?, ?)",
                    (worker, name, is_now, organisation or OUR_TEAM),
                )
            tx.execute(
                "INSERT INTO hub_invite (secret_hash, worker, expires_at) VALUES (?, ?, ?)",
                (secret_hash(secret), worker, self._now_ms() + INVITE_DAYS * _DAY_MS),
            )
            audit.add(tx, self._now_ms(), by, "invited", worker)
        return secret

    def join(self, asked: Asked) -> Joined:
        """Let a laptop in. Raises `InviteNotGood`, `LaptopRemoved`."""
        now = self._now_ms()
        with self._database.writing() as tx:
            invite = tx.one(
                "SELECT worker, expires_at, laptop FROM hub_invite WHERE secret_hash = ?",
                (secret_hash(asked.secret),),
            )
            if invite is None:
                raise InviteNotGood
            worker, expires_at, used_by = invite
            token = secret_hash(asked.token)
            if used_by is None and now < expires_at:
                self._let_in(tx, worker, token, asked, now)
            else:
                found = tx.one(
                    "SELECT removed_at, removed_by FROM hub_laptop WHERE token_hash = ? AND id = ?",
                    (token, used_by),
                )
                if found is None:
                    raise InviteNotGood
                if found[0] is not None:
                    raise LaptopRemoved(found[1])
            name, role, worker_id, organisation = tx.one(
                "SELECT name, role, worker_id, organisation FROM hub_worker WHERE id = ?", (worker,)
            )
        return Joined(worker_id, name, role, organisation)

    def _let_in(self, tx: Any, worker: str, token: str, asked: Asked, now: int) -> None:
        taken = tx.value("SELECT worker FROM hub_alias WHERE alias = ?", (asked.worker_id,))
        known = tx.value("SELECT 1 FROM hub_laptop WHERE token_hash = ?", (token,))
        if known or taken not in (None, worker):  # another colleague's records
            raise InviteNotGood
        laptop = self.new_id()
        tx.execute(
            "INSERT INTO hub_laptop (id, worker, name, token_hash, enrolled_at, seen_at, "
            "removed_by) VALUES (?, ?, ?, ?, ?, ?, '')",
            (laptop, worker, asked.laptop_name, token, now, now),
        )
        tx.execute(
            "INSERT INTO hub_alias (alias, worker) VALUES (?, ?) ON CONFLICT (alias) DO NOTHING",
            (asked.worker_id, worker),
        )
        tx.execute(
            "UPDATE hub_worker SET worker_id = coalesce(worker_id, ?) WHERE id = ?",
            (asked.worker_id, worker),
        )
        self._own(tx, asked.dev, laptop)
        tx.execute(
            "UPDATE hub_invite SET laptop = ? WHERE secret_hash = ?",
            (laptop, secret_hash(asked.secret)),
        )
        audit.add(tx, self._now_ms(), worker, "joined with a laptop", laptop)
        name = tx.value("SELECT name FROM hub_worker WHERE id = ?", (worker,))
        telling.tell(
            tx, _leads(tx) - {worker}, Told(now, name, telling.JOINED, "", 0, 0, asked.laptop_name)
        )

    def laptop_of(self, token: bytes) -> Laptop:
        """Return the laptop that shows this token. Raises `NotEnrolled`, `LaptopRemoved`."""
        with self._database.reading() as tx:
            row = tx.one(
                "SELECT l.id, l.worker, w.role, w.left_at, l.removed_at, l.removed_by, l.seen_at "
                "FROM hub_laptop l JOIN hub_worker w ON w.id = l.worker WHERE l.token_hash = ?",
                (secret_hash(token),),
            )
        if row is None:
            raise NotEnrolled
        laptop, worker, role, left_at, removed_at, removed_by, seen_at = row
        if removed_at is not None:
            raise LaptopRemoved(removed_by)
        now = self._now_ms()
        if now - seen_at > SEEN_EVERY_MS:
            with self._database.writing() as tx:
                tx.execute("UPDATE hub_laptop SET seen_at = ? WHERE id = ?", (now, laptop))
        return Laptop(laptop, worker, role, left_at is not None)

    def owns(self, laptop: Laptop, dev: str) -> bool:
        """Say whether a device id is this laptop's; an id that is nobody's becomes so."""
        with self._database.reading() as tx:
            owner = tx.value("SELECT laptop FROM hub_device WHERE dev = ?", (dev,))
        if owner is None:
            with self._database.writing() as tx:
                self._own(tx, dev, laptop.id)
                owner = tx.value("SELECT laptop FROM hub_device WHERE dev = ?", (dev,))
        return bool(owner == laptop.id)

    def new_device(self, laptop: Laptop) -> str:
        """Return a device id of its own for records that are a copy of others in use."""
        dev = self.new_id().replace("-", "")[-16:]
        with self._database.writing() as tx:
            self._own(tx, dev, laptop.id)
        return dev

    def remove(self, laptop: str, by: str, lead: str = "") -> None:
        """Remove a laptop at once: it was lost. Raises `NoSuchLaptop`.

        `by` is the lead's name, which that laptop is told; `lead` who the audit says it was.
        """
        with self._database.writing() as tx:
            if tx.value("SELECT 1 FROM hub_laptop WHERE id = ?", (laptop,)) is None:
                raise NoSuchLaptop
            tx.execute(
                "UPDATE hub_laptop SET removed_at = ?, removed_by = ? "
                "WHERE id = ? AND removed_at IS NULL",
                (self._now_ms(), by, laptop),
            )
            audit.add(tx, self._now_ms(), lead or by, "removed a laptop", laptop)

    def worker_called(self, name: str) -> str:
        """Return the hub's id of the one member of that name, or with that id.

        Raises `NoSuchWorker`.
        """
        with self._database.reading() as tx:
            found = tx.rows(
                "SELECT id FROM hub_worker WHERE (name = ? OR id = ?) AND left_at IS NULL",
                (name, name),
            )
        if len(found) != 1:
            raise NoSuchWorker
        return str(found[0][0])

    def everybody(self) -> list[Member]:
        """Return the members of the team, by name."""
        with self._database.reading() as tx:
            return [
                Member(*row)
                for row in tx.rows(
                    "SELECT w.id, w.name, w.role, count(l.id), max(l.seen_at), w.organisation "
                    "FROM hub_worker w "
                    "LEFT JOIN hub_laptop l ON l.worker = w.id AND l.removed_at IS NULL "
                    "WHERE w.left_at IS NULL GROUP BY w.id, w.name, w.role, w.organisation "
                    "ORDER BY w.name, w.id",
                    (),
                )
            ]

    def organisation_of(self, worker: str) -> str:
        """Return the id of the organisation whose notes a member writes."""
        with self._database.reading() as tx:
            return organisation_of(tx, worker)

    def names(self) -> dict[str, str]:
        """Return the name of everybody who is or was in the team, by the hub's own id."""
        with self._database.reading() as tx:
            return dict(tx.rows("SELECT id, name FROM hub_worker", ()))

    def laptops(self) -> list[Enrolled]:
        """Return the laptops that are in the team, by worker."""
        with self._database.reading() as tx:
            return [
                Enrolled(*row)
                for row in tx.rows(
                    "SELECT l.id, w.name, l.name, l.seen_at FROM hub_laptop l "
                    "JOIN hub_worker w ON w.id = l.worker WHERE l.removed_at IS NULL "
                    "ORDER BY w.name, l.enrolled_at, l.id",
                    (),
                )
            ]

    def change_role(self, worker: str, role: str, by: str) -> None:
        """Give a member another place in the team, from their next call on.

        `worker` is the hub's own id. It is decided and written in one transaction: nobody can be
        given a person in between. Raises `NoSuchRole`, `NoSuchWorker`, `StillHolds`, `LastLead`,
        `NotForOthers`.
        """
        if role not in ROLES:
            raise NoSuchRole
        now = self._now_ms()
        with self._database.writing() as tx:
            before = tx.value(
                "SELECT role FROM hub_worker WHERE id = ? AND left_at IS NULL", (worker,)
            )
            if before is None:
                raise NoSuchWorker
            if before == role:
                return
            if role not in FOR_OTHERS and organisation_of(tx, worker) != OUR_TEAM:
                raise NotForOthers
            if not may(role, Right.HOLD) and tx.value(
                f"SELECT 1 FROM hub_grant WHERE worker = ? AND scope LIKE 'person:%' AND {NOW}",
                (worker, now),
            ):
                raise StillHolds
            if not may(role, Right.DECIDE):
                _keep_a_lead(tx, worker)
            tx.execute("UPDATE hub_worker SET role = ? WHERE id = ?", (role, worker))
            audit.add(tx, now, by, "changed the role", worker, f"{before} to {role}")

    def may_leave(self, worker: str) -> None:
        """Refuse where nobody would lead the team without this worker. Raises `LastLead`."""
        with self._database.reading() as tx:
            _keep_a_lead(tx, worker)

    def leaves(self, worker: str, by: str) -> None:
        """Note that a worker leaves: their laptops may send what they have, and let go.

        What they were allowed ends with it. Raises `LastLead`.
        """
        with self._database.writing() as tx:
            _keep_a_lead(tx, worker)
            tx.execute(
                "UPDATE hub_worker SET left_at = ?, role = ? WHERE id = ?",
                (self._now_ms(), GONE_ROLE, worker),
            )
            tx.execute("DELETE FROM hub_invite WHERE worker = ? AND laptop IS NULL", (worker,))
            audit.add(tx, self._now_ms(), by, "took out of the team", worker)

    def note(self, who: str, what: str, about: str, reason: str = "") -> None:
        """Keep in the audit what a lead decided."""
        with self._database.writing() as tx:
            audit.add(tx, self._now_ms(), who, what, about, reason)

    def _own(self, tx: Any, dev: str, laptop: str) -> None:
        tx.execute(
            "INSERT INTO hub_device (dev, laptop) VALUES (?, ?) ON CONFLICT (dev) DO NOTHING",
            (dev, laptop),
        )

    def leads(self) -> set[str]:
        """Return who decides in this team, by the hub's own ids."""
        with self._database.reading() as tx:
            return _leads(tx)

    def tell(self, workers: set[str], told: Told) -> None:
        """Let members know of something."""
        with self._database.writing() as tx:
            telling.tell(tx, workers, told)

    def last_told(self, worker: str) -> int:
        """Return the number of what a member was told last (`telling.last_told`)."""
        with self._database.reading() as tx:
            return telling.last_told(tx, worker)

    def told(self, worker: str) -> list[Told]:
        """Return what a member was told, the latest first (`telling.all_told`)."""
        with self._database.reading() as tx:
            return telling.all_told(tx, worker)


def _keep_a_lead(tx: Any, worker: str) -> None:
    """Refuse where this worker decides in the team and nobody else does."""
    if _leads(tx) == {worker}:
        raise LastLead


def _leads(tx: Any) -> set[str]:
    team = dict(tx.rows("SELECT id, role FROM hub_worker WHERE left_at IS NULL", ()))
    return {one for one, role in team.items() if may(role, Right.DECIDE)}
