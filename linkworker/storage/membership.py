"""Which hub a laptop belongs to, and how its last syncs went: this laptop's own, never captured."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from linkworker.clock import Clock, to_text
from linkworker.scopes import OUR_TEAM
from linkworker.storage.acts import uncaptured
from linkworker.storage.connections import Connections
from linkworker.storage.watching import Change

TOKEN_BYTES = 32
KEPT_RUNS = 200
"""Syncs that are remembered."""


@dataclass(frozen=True)
class Membership:
    """The hub that this laptop belongs to, or has begun to join."""

    url: str
    name: str
    authority: str
    """The hub's own certificate authority as PEM; nobody else's is trusted."""
    token: bytes
    """What this laptop made and shows to the hub."""
    invite: str
    """The hash of the secret by which it is joining."""
    joined_at: str | None
    """UTC text; None while the hub has not answered yet."""
    reached_at: str | None
    """When the hub was last reached."""
    role: str
    """The worker's place in the team, as the hub last said it."""
    told: int
    """How often the worker was told of something, as the hub last said it."""


@dataclass(frozen=True)
class Run:
    """One sync: when, what went and came, and the sentence on why it failed ("" if it did not)."""

    at: str
    sent: int
    received: int
    parked: int
    let_go: int
    failed: str


def write_as(connections: Connections, worker_id: str) -> None:
    """Write as a worker from now on, notes as those of the organisation they belong to."""
    row = connections.writer.execute(
        "SELECT organisation FROM sync_hub WHERE is_joining = 0"
    ).fetchone()
    state = connections.writer_state
    state.actor, state.organisation = worker_id, str(row[0]) if row else OUR_TEAM


class Belonging:
    """The membership of one store, read and written."""

    def __init__(
        self, connections: Callable[[], Connections], clock: Clock, tell: Callable[[Change], object]
    ) -> None:
        """`tell` lets the store's watchers hear of a change."""
        self._connections = connections
        self._clock = clock
        self._tell = tell

    def now(self) -> Membership | None:
        """Return which hub this laptop belongs to, else which it is joining, None for none."""
        return next(iter(self._all()), None)

    def _all(self) -> list[Membership]:
        """Return the hub that this laptop belongs to, and the one that it is joining."""
        with self._connections().reader() as connection:
            rows = connection.execute(
                "SELECT url, name, authority, token, invite, joined_at, reached_at, role, told "
                "FROM sync_hub ORDER BY is_joining"
            ).fetchall()
        return [Membership(*row) for row in rows]

    def begin(self, url: str, authority: str, invite: str) -> bytes:
        """Note that this laptop is joining; return its token, the same for the same invite.

        Asked twice because an answer was lost, the hub must know it again. A team that this laptop
        belongs to it belongs to until the other hub has answered: a code may be used or mistyped.
        """
        tokens = {was.invite: was.token for was in self._all()}
        token = tokens.get(invite) or secrets.token_bytes(TOKEN_BYTES)
        with uncaptured(self._connections()) as raw:
            raw.execute(
                "INSERT OR REPLACE INTO sync_hub (is_joining, url, name, authority, token, invite) "
                "VALUES (1, ?, '', ?, ?, ?)",
                (url, authority, token, invite),
            )
        return token

    def joined(self, name: str, role: str = "", organisation: str = OUR_TEAM) -> None:
        """Note that the hub let this laptop in, as what its worker is there, and whose notes are
        written on it from now on.

        What was written before and never sent becomes that organisation's too.
        """
        from linkworker.oplog import outgoing
        from linkworker.storage.settling import shapes

        now = to_text(self._clock())
        connections = self._connections()
        state = connections.writer_state
        with uncaptured(connections) as raw:
            state.capturing = False
            try:
                outgoing.give_to(raw, organisation, shapes())
            finally:
                state.capturing = True
            raw.execute(  # what was read stays read, where a laptop was lost and found
                "UPDATE sync_hub SET (told, told_read) = (SELECT was.told, was.told_read "
                "FROM sync_hub was WHERE was.is_joining = 0) "
                "WHERE is_joining = 1 AND EXISTS (SELECT 1 FROM sync_hub WHERE is_joining = 0)"
            )
            raw.execute("DELETE FROM sync_hub WHERE is_joining = 0")
            raw.execute("DELETE FROM sync_answer")  # another hub has heard nothing yet
            raw.execute(
                "UPDATE sync_hub SET is_joining = 0, name = ?, role = ?, joined_at = ?, "
                "reached_at = ?, organisation = ?",
                (name, role, now, now, organisation),
            )
        state.organisation = organisation

    def role_is(self, role: str) -> bool:
        """Note the worker's place in the team; return whether it was another one before."""
        was = self.now()
        if was is None or was.role == role:
            return False
        self._hub_says("role = ?", role)
        return bool(was.role)

    def told_is(self, told: int) -> None:
        """Note how often the worker was told of something; the hub forgets what was of somebody
        who is erased, and numbers on from there."""
        self._hub_says("told = ?1, told_read = min(told_read, ?1)", told)

    def told_was_read(self, told: int) -> None:
        """Note that the worker has read what they were told, up to a number."""
        self._hub_says("told = ?1, told_read = ?1", told)

    def _hub_says(self, what: str, value: object) -> None:
        """Note something of the hub that this laptop belongs to, and tell the watchers."""
        with uncaptured(self._connections()) as raw:
            raw.execute(f"UPDATE sync_hub SET {what} WHERE is_joining = 0", (value,))
        self._tell(Change(frozenset({"sync_hub"}), frozenset()))

    def ran(self, sent: int, received: int, parked: int, let_go: int, failed: str) -> None:
        """Remember a sync that did something, or could not; one that failed like the last is one
        line with it. Where there was nothing to do only that the hub was reached is noted."""
        now = to_text(self._clock())
        moved = bool(sent or received or parked or let_go)
        with uncaptured(self._connections()) as raw:
            last = raw.execute(
                "SELECT id, failed FROM sync_run ORDER BY id DESC LIMIT 1"
            ).fetchone()
            if failed and not moved and last and last[1] == failed:
                raw.execute("UPDATE sync_run SET at = ? WHERE id = ?", (now, last[0]))
            elif failed or moved:
                raw.execute(
                    "INSERT INTO sync_run (at, sent, received, parked, let_go, failed) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (now, sent, received, parked, let_go, failed),
                )
            raw.execute(
                "DELETE FROM sync_run WHERE id <= (SELECT max(id) FROM sync_run) - ?", (KEPT_RUNS,)
            )
            if moved or not failed:
                raw.execute("UPDATE sync_hub SET reached_at = ? WHERE is_joining = 0", (now,))

    def runs(self, most: int = KEPT_RUNS) -> list[Run]:
        """Return the last syncs, the newest first."""
        with self._connections().reader() as connection:
            rows = connection.execute(
                "SELECT at, sent, received, parked, let_go, failed FROM sync_run "
                "ORDER BY id DESC LIMIT ?",
                (most,),
            ).fetchall()
        return [Run(*row) for row in rows]

    def unnamed(self, most: int) -> list[str]:
        """Return other devices whose writes are here, and of which it is not known what their
        laptops are called."""
        with self._connections().reader() as connection:
            rows = connection.execute(
                "WITH RECURSIVE every (dev) AS (SELECT min(dev) FROM sync_op UNION ALL "
                "SELECT (SELECT min(dev) FROM sync_op o WHERE o.dev > every.dev) FROM every "
                "WHERE every.dev IS NOT NULL) "
                "SELECT dev FROM every WHERE dev IS NOT NULL "
                "AND dev NOT IN (SELECT dev FROM sync_device UNION SELECT dev FROM sync_laptop) "
                "LIMIT ?",
                (most,),
            ).fetchall()
        return [str(dev) for (dev,) in rows]

    def are_called(self, names: Mapping[str, str]) -> None:
        """Note what laptops are called, by device; "" where the hub does not say."""
        with uncaptured(self._connections()) as raw:
            raw.executemany(
                "INSERT OR REPLACE INTO sync_laptop (dev, name) VALUES (?, ?)",
                sorted(names.items()),
            )
        self._tell(Change(frozenset({"sync_laptop"}), frozenset()))

    def answers(self) -> dict[str, str]:
        """Return what the hub has heard that partners may be told, by the introduction's id."""
        with self._connections().reader() as connection:
            return dict(connection.execute("SELECT arrived, state FROM sync_answer").fetchall())

    def answered(self, heard: Mapping[str, str]) -> None:
        """Note what the hub has heard that partners may be told."""
        with uncaptured(self._connections()) as raw:
            raw.executemany(
                "INSERT OR REPLACE INTO sync_answer (arrived, state) VALUES (?, ?)",
                sorted(heard.items()),
            )

    def opened(self, people: Iterable[str]) -> None:
        """Note that these people were opened here: they are not new to this worker any more."""
        with self._connections().reader() as connection:
            new = {
                person
                for (person,) in connection.execute(
                    "SELECT person_id FROM sync_new_here WHERE opened_at IS NULL"
                )
            }
        if known := new & set(people):
            with uncaptured(self._connections()) as raw:
                now = to_text(self._clock())
                raw.executemany(
                    "UPDATE sync_new_here SET opened_at = ? WHERE person_id = ?",
                    [(now, one) for one in sorted(known)],
                )
            self._tell(Change(frozenset({"sync_new_here"}), frozenset(known)))

    def worker_is(self, worker_id: str) -> None:
        """Write as another worker from now on: who has this laptop has others already."""
        connections = self._connections()
        with uncaptured(connections) as raw:
            raw.execute("UPDATE sync_device SET worker_id = ?", (worker_id,))
        connections.writer_state.actor = worker_id
