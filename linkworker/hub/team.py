"""What a lead sees of the team: members, laptops, and how many people each holds.

Of people there are ids and since when they are held, never a word: a lead's laptop puts a name to
those alone whom it holds itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linkworker.hub.database import Database
from linkworker.hub.grants import NOW, OPENED, SAME_PERSON

_HELD = f"""FROM hub_grant WHERE {NOW}
    AND scope LIKE 'person:%' AND scope NOT LIKE 'person:%:%'"""

_NOBODYS = f"""FROM hub_scope WHERE scope LIKE 'person:%' AND scope NOT LIKE 'person:%:%'
    AND scope NOT IN (SELECT scope FROM hub_grant WHERE {NOW} AND reason NOT LIKE '{OPENED}%')"""
"""Whom a duty worker only opened for a day is held by nobody still: a day later they would be, and
no lead would have heard of it."""


@dataclass(frozen=True)
class Own:
    """A laptop of a member."""

    id: str
    name: str
    seen_at: int


@dataclass(frozen=True)
class Colleague:
    """A member of the team."""

    id: str
    name: str
    role: str
    own: int
    """How many people are theirs."""
    covers: int
    """How many more they hold for a while, or opened for a day."""
    laptops: tuple[Own, ...]


@dataclass(frozen=True)
class Team:
    """The team as a lead sees it."""

    members: tuple[Colleague, ...]
    held_by_nobody: int
    waiting: int
    """Writes that wait for a lead."""


@dataclass(frozen=True)
class Held:
    """Somebody whom a member holds."""

    person: str
    since: int
    """Since when (ms)."""
    until: int | None
    """When it ends by itself (ms); None for their own."""


def laptops_called(database: Database, devs: Iterable[str]) -> dict[str, str]:
    """Return what the laptops are called whose devices these are, as far as they are known."""
    with database.reading() as tx:
        return {
            dev: str(name)
            for dev in devs
            for (name,) in tx.rows(
                "SELECT l.name FROM hub_device d JOIN hub_laptop l ON l.id = d.laptop "
                "WHERE d.dev = ?",
                (dev,),
            )
        }


def team(database: Database, now: int) -> Team:
    """Return the team as it stands at an instant."""
    with database.reading() as tx:
        own: dict[str, set[str]] = {}
        covered: dict[str, set[str]] = {}
        held = f"SELECT worker, scope, until {_HELD} AND reason <> ?"  # once, with two records too
        for worker, scope, until in tx.rows(held, (now, SAME_PERSON)):
            (own if until is None else covered).setdefault(worker, set()).add(scope)
        laptops: dict[str, list[Own]] = {}
        for worker, *laptop in tx.rows(
            "SELECT worker, id, name, seen_at FROM hub_laptop WHERE removed_at IS NULL "
            "ORDER BY enrolled_at, id",
            (),
        ):
            laptops.setdefault(worker, []).append(Own(*laptop))
        members = tuple(
            Colleague(
                id_,
                name,
                role,
                len(own.get(id_, ())),
                len(covered.get(id_, set()) - own.get(id_, set())),
                tuple(laptops.get(id_, ())),
            )
            for id_, name, role in tx.rows(
                "SELECT id, name, role FROM hub_worker WHERE left_at IS NULL ORDER BY name, id", ()
            )
        )
        nobodys = tx.value(f"SELECT count(*) {_NOBODYS}", (now,))
        waiting = tx.value("SELECT count(*) FROM hub_op WHERE state = 'quarantine'", ())
    return Team(members, int(nobodys), int(waiting))


def people(database: Database, worker: str, now: int) -> list[Held]:
    """Return whom a member holds, their own first, the longest held first.

    `worker` is the hub's own id; "" asks for those whom nobody holds.
    """
    with database.reading() as tx:
        if not worker:
            return [
                Held(_person(scope), 0, None)
                for (scope,) in tx.rows(f"SELECT scope {_NOBODYS} ORDER BY scope", (now,))
            ]
        found: dict[str, Held] = {}
        for scope, since, until in tx.rows(
            f"SELECT scope, since, until {_HELD} AND worker = ? "
            "ORDER BY until IS NOT NULL, since, until, scope",
            (now, worker),
        ):
            person = _person(scope)
            found.setdefault(person, Held(person, since, until))
    return list(found.values())


def _person(scope: str) -> str:
    return scope.removeprefix("person:")
