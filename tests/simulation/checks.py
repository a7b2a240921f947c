"""What must hold when everything has been said: read from the record, never from the system."""

from __future__ import annotations

from tests.simulation.world import Laptop, World, values_at


def faults(world: World) -> list[str]:
    """Return what does not hold, in plain sentences."""
    found = [*world.record.leaked, *world.record.came_back]
    found += _hub_holds_every_operation(world)
    found += _nothing_written_is_lost(world)
    found += _a_removal_took_only_what_it_saw(world)
    found += _equal_access_shows_equal_values(world)
    found += _nobody_holds_what_is_not_theirs(world)
    found += _erased_people_are_nowhere(world)
    return found


def _erased(world: World, scope: str) -> bool:
    return scope.removeprefix("person:").removesuffix(":restricted") in world.record.erased


def _hub_holds_every_operation(world: World) -> list[str]:
    with world.ledger._database.reading() as tx:
        there = {
            (dev, n): (hash_, state)
            for dev, n, hash_, state in tx.rows("SELECT dev, n, hash, state FROM hub_op", ())
        }
    found = []
    for (dev, n), (hash_, scope) in world.record.operations.items():
        has = there.get((dev, n))
        if has is None:
            found.append(f"the hub never got {dev}:{n}")
        elif has[0] != hash_:
            found.append(f"the hub has other content under {dev}:{n}")
        elif has[1] == "void" and not _erased(world, scope):
            found.append(f"{dev}:{n} was emptied although nobody was erased")
    return found


def _nothing_written_is_lost(world: World) -> list[str]:
    """Every value is shown, open, quarantined, or replaced by somebody who had it in sight."""
    replaced = {one for written in world.record.values.values() for one in written.seen}
    quarantined = " ".join(op.body or "" for op in world.ledger.quarantined())
    found = []
    for written in world.record.values.values():
        where = written.where
        for laptop in world.laptops:
            if laptop.row(where[0], where[1]) is None:
                continue
            there = values_at(laptop, where)
            if written.value in replaced and written.value in there:
                if not _replaced_by_quarantined(world, written.value, quarantined):
                    found.append(f"{written.value} was replaced and is back at {laptop.dev}")
            elif written.value not in (replaced | there) and written.value not in quarantined:
                found.append(f"{written.value} is lost at {laptop.dev}")
    return found


def _a_removal_took_only_what_it_saw(world: World) -> list[str]:
    found = []
    for written in world.record.values.values():
        table, pk, column = written.where
        for laptop in world.laptops:
            row = laptop.row(table, pk)
            if row is None or not row["hidden_at"] or row[column] != written.value:
                continue
            if written.value not in world.record.removals.get(pk, ()):
                found.append(
                    f"{written.value} is hidden at {laptop.dev}, seen by nobody who hid it"
                )
    return found


def _replaced_by_quarantined(world: World, value: str, quarantined: str) -> bool:
    """Say whether what replaced a value waits with a lead, so that the value stands elsewhere."""
    by = [one for one in world.record.values.values() if value in one.seen]
    return any(
        one.value in quarantined or _replaced_by_quarantined(world, one.value, quarantined)
        for one in by
    )


def _equal_access_shows_equal_values(world: World) -> list[str]:
    found = []
    first, *others = world.laptops
    for one in (first, *others):
        for other in world.laptops:
            if one.dev >= other.dev:
                continue
            shared = {p for w, p in world.record.holds if w == one.worker} & {
                p for w, p in world.record.holds if w == other.worker
            }
            for person in sorted(shared):
                if _all_of(one, person) != _all_of(other, person):
                    found.append(f"{one.dev} and {other.dev} show {person} differently")
    return found


def _all_of(laptop: Laptop, person: str) -> list[str]:
    rows = [str(laptop.row("person", person))]
    for table in ("goal", "step", "strength", "note"):
        rows += sorted(
            str(laptop.row(table, pk))
            for (pk,) in laptop.connection.execute(
                f"SELECT id FROM {table} WHERE person_id = ?", (person,)
            ).fetchall()
        )
    mine = {
        key: versions
        for key, versions in laptop.differing().items()
        if (row := laptop.row(key[0], key[1])) and row.get("person_id", key[1]) == person
    }
    return [*rows, *(f"{key} {versions}" for key, versions in sorted(mine.items()))]


def _nobody_holds_what_is_not_theirs(world: World) -> list[str]:
    found = []
    for laptop in world.laptops:
        for scope in laptop.replica.known_scopes():
            person = scope.removeprefix("person:").removesuffix(":restricted")
            if scope.startswith("person:") and (laptop.worker, person) not in world.record.holds:
                found.append(f"{laptop.dev} still has {scope}")
        for (person,) in laptop.connection.execute("SELECT id FROM person").fetchall():
            if (laptop.worker, person) not in world.record.holds:
                found.append(f"{laptop.dev} still shows {person}")
    return found


def _erased_people_are_nowhere(world: World) -> list[str]:
    found = []
    for person in world.record.erased:
        if f"{person} wrote" in world.hub_dump():
            found.append(f"the hub has words of {person}, who was erased")
        for laptop in world.laptops:
            tables = laptop.connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'search_fts'"
            ).fetchall()
            if any(
                f"{person} wrote" in str(row)
                for (name,) in tables
                for row in laptop.connection.execute(f'SELECT * FROM "{name}"')
            ):
                found.append(f"{laptop.dev} has words of {person}, who was erased")
    return found
