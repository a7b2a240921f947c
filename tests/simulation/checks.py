"""What must hold when everything has been said: read from the record, never from the system."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

from tests.simulation.laptops import Laptop
from tests.simulation.record import MORE_THAN_ONE_RELEASE_KNOWS, apart, notes, parts
from tests.simulation.world import World


def faults(world: World) -> list[str]:
    """Return what does not hold at rest, and then when everybody has the newest release."""
    found = _faults(world)
    if not found:
        world.all_upgrade()
        found = [f"when all are up to date: {one}" for one in _faults(world)]
    return found


def _faults(world: World) -> list[str]:
    return [
        *world.record.leaked,
        *world.record.came_back,
        *world.record.let_go_too_soon,
        *_hub_holds_every_operation(world),
        *_everything_is_sent(world),
        *_nothing_written_is_lost(world),
        *_a_removal_took_only_what_it_saw(world),
        *_what_nobody_understands_is_kept(world),
        *_equal_access_shows_equal_values(world),
        *_nobody_holds_what_is_not_theirs(world),
        *_erased_people_are_nowhere(world),
        *_records_name_each_other_while_they_are_joined(world),
    ]


def _person(scope: str) -> str:
    return scope.removeprefix("person:").partition(":")[0]


def _may_hold(world: World, laptop: Laptop, scope: str) -> bool:
    return world.record.may_hold(laptop.worker, scope.removeprefix("person:"), world.now_ms)


def _hub_holds_every_operation(world: World) -> Iterator[str]:
    with world.ledger.database.reading() as tx:
        there = {
            (dev, n): (hash_, state)
            for dev, n, hash_, state in tx.rows("SELECT dev, n, hash, state FROM hub_op", ())
        }
    for number, (hash_, scope) in world.record.operations.items():
        dev, n = number.name
        has = there.get((dev, n))
        erased = _person(scope) in world.record.erased
        if erased and (has or number.laptop == world.gone):
            continue  # its number may by now be that of a copy of the laptop
        if has is None:
            yield f"the hub never got {dev}:{n}"
        elif has[1] == "void":
            yield f"{dev}:{n} was emptied although nobody was erased"
        elif has[0] != hash_:
            yield f"the hub has other content under {dev}:{n}"


def _everything_is_sent(world: World) -> Iterator[str]:
    for laptop in world.laptops:
        for op in laptop.unsent():
            yield f"{op.id} is still not sent"


def _nothing_written_is_lost(world: World) -> Iterator[str]:
    """Every value is shown, open, with a lead, or replaced by somebody who had it in sight."""
    with_lead = {(op.dev, op.n) for op in world.ledger.quarantined()}
    visible = [one for one in world.record.written if one.number.name not in with_lead]
    replaced = {value for one in visible for value in one.seen}
    covered = _with_what_those_had_seen(world, replaced)
    for written in visible:
        table, pk, column = written.where
        beginning = world.record.begun[table, pk]  # it may be on a machine that is gone
        begun = beginning in world.record.operations and beginning.name not in with_lead
        for laptop in world.laptops:
            row = laptop.row(table, pk) if table in laptop.shapes else None
            _, scope = world.record.operations[written.number]
            if row is None and begun and table in laptop.shapes and _may_hold(world, laptop, scope):
                yield f"{table} {pk} is missing at {laptop.name}"
            if row is None or column not in row or not written.value:
                continue
            there = written.value in laptop.values_at(written.where)
            agreed = column == "hidden_at" and row[column]  # others removed it as well
            if not there and not agreed and written.value not in covered:
                yield f"{written.value} is lost at {laptop.name}"
            carried = column in MORE_THAN_ONE_RELEASE_KNOWS
            if there and written.value in replaced and not carried:
                yield f"{written.value} was replaced and is back at {laptop.name}"


def _with_what_those_had_seen(world: World, replaced: set[str]) -> set[str]:
    """Return these values and all that had been in sight when they were written, and so on back."""
    seen_by = {one.value: one.seen for one in world.record.written if one.value}
    covered, todo = set(replaced), list(replaced)
    while todo:
        before = seen_by.get(todo.pop(), frozenset()) - covered
        covered |= before
        todo += before
    return covered


def _a_removal_took_only_what_it_saw(world: World) -> Iterator[str]:
    for written in world.record.written:
        table, pk, column = written.where
        for laptop in world.laptops:
            row = laptop.row(table, pk) if table in laptop.shapes else None
            if row is None or not row["hidden_at"] or row.get(column) != written.value:
                continue
            if column != "hidden_at" and written.value not in world.record.removals.get(pk, ()):
                yield f"{written.value} is hidden at {laptop.name}, seen by nobody who hid it"


def _what_nobody_understands_is_kept(world: World) -> Iterator[str]:
    with_lead = {(op.dev, op.n) for op in world.ledger.quarantined()}
    for number, (scope, body, extra) in world.record.strange.items():
        op = number.name
        for laptop in world.laptops:
            if op in with_lead or not _may_hold(world, laptop, scope):
                continue
            kept = laptop.connection.execute(
                "SELECT body, extra FROM sync_op WHERE dev = ? AND n = ?", op
            ).fetchone()
            if kept is None or kept[0] != body or json.loads(kept[1] or "0") != json.loads(extra):
                yield f"{op} is not kept at {laptop.name} as it was said"


def _equal_access_shows_equal_values(world: World) -> Iterator[str]:
    for one, other in itertools.combinations(world.laptops, 2):
        for person in sorted({_person(whose) for _, whose in world.record.holds}):
            if not (_may_hold(world, one, person) and _may_hold(world, other, person)):
                continue
            both = {
                whose
                for whose in parts(person)
                if all(_may_hold(world, laptop, whose) for laptop in (one, other))
            }
            if _all_of(one, person, other, both) != _all_of(other, person, one, both):
                yield f"{one.name} and {other.name} show {person} differently"


def _all_of(laptop: Laptop, person: str, beside: Laptop, both_hold: set[str]) -> list[str]:
    """Return what a laptop shows of a person, as far as both know of it."""
    found = []
    for table in ("person", "goal", "step", "strength", "note", "pet", "kept_apart"):
        if table not in laptop.shapes or table not in beside.shapes:
            continue
        owner = "id" if table == "person" else "person_id"
        for (pk,) in laptop.connection.execute(
            f"SELECT id FROM {table} WHERE {owner} = ? ORDER BY id", (person,)
        ).fetchall():
            row = laptop.shown(table, pk)
            if _whose(table, row, person) not in both_hold:
                continue
            groups = beside.shapes[table].groups.values()
            both = {"id", *(name for names in groups for name in names)} & row.keys()
            found.append(str([(name, row[name]) for name in sorted(both)]))
    for (table, pk, group), versions in sorted(laptop.differing().items()):
        shape = beside.shapes.get(table)
        if shape is None or shape.groups.get(group) != laptop.shapes[table].groups[group]:
            continue
        row = laptop.shown(table, pk)
        if row.get("person_id", pk) == person and _whose(table, row, person) in both_hold:
            found.append(f"{table} {pk} {group} {versions}")
    return found


def _whose(table: str, row: dict[str, Any], person: str) -> str:
    """Return which of the parts of a person a row is in."""
    if table == "note":
        return notes(person, row["organisation"])
    return apart(person) if table == "kept_apart" else person


def _nobody_holds_what_is_not_theirs(world: World) -> Iterator[str]:
    people = {one.where[1] for one in world.record.written if one.where[0] == "person"}
    for laptop in world.laptops:
        everything = laptop.everything()
        for whose in sorted(whose for person in people for whose in parts(person)):
            if f"{whose} wrote" in everything and not _may_hold(world, laptop, whose):
                yield f"{laptop.name} still has words of {whose}"
        for scope in laptop.replica.known_scopes():
            if scope.startswith("person:") and not _may_hold(world, laptop, scope):
                yield f"{laptop.name} still has {scope}"


def _erased_people_are_nowhere(world: World) -> Iterator[str]:
    """Neither what was said of them nor its hash, with which a guess could be confirmed."""
    places = {"the hub": world.hub_dump()}
    places |= {laptop.name: laptop.everything() for laptop in world.laptops}
    operations = world.record.operations.values()
    others = {hash_ for hash_, scope in operations if _person(scope) not in world.record.erased}
    for hash_, scope in operations:
        if _person(scope) in world.record.erased and hash_ not in others:
            for name, everything in places.items():
                if hash_ in everything:
                    yield f"{name} has a hash of what was said of {scope}, who was erased"
    for person in sorted(world.record.erased):
        for whose in parts(person):
            if f"{whose} wrote" in places["the hub"]:
                yield f"the hub has words of {whose}, who was erased"


def _records_name_each_other_while_they_are_joined(world: World) -> Iterator[str]:
    """Whoever holds both shows one person where a lead joined them, and two where they are not."""
    record = world.record
    for pair in sorted(record.joined | record.parted, key=sorted):
        one, other = sorted(pair)
        for laptop in world.laptops:
            if not all(_may_hold(world, laptop, person) for person in pair):
                continue
            (named,) = laptop.connection.execute(
                "SELECT count(DISTINCT person_id) FROM same_person WHERE hidden_at IS NULL "
                "AND (person_id, other_person_id) IN (VALUES (?1, ?2), (?2, ?1))",
                (one, other),
            ).fetchone()
            if (named == 2) != (pair in record.joined):
                yield f"{laptop.name} takes {one} and {other} for {named} of 2 named"
