"""Several records of one person: whoever holds one of them holds the others as well.

Such a grant follows the grants that it comes from: it ends when they end, and where the records are
parted again. What is kept apart is not opened by it: that has grants of its own. Nor is another
organisation let in by it, nor to more than the person's own word opened (`sharing`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from linkworker.hub import audit
from linkworker.hub.grants import ENDED, NOW, SAME_PERSON, organisation_of, walk_with
from linkworker.scopes import KEPT_APART

REASON = SAME_PERSON
"""The reason of a grant of another record of somebody."""

TWO_PEOPLE, ONE_PERSON = "two people", "one person"
"""What was decided of a pair."""

_FOR_GOOD = 1 << 62


def records_of(tx: Any, person: str) -> set[str]:
    """Return every record of somebody, by what was decided: at least the one that is named."""
    found, todo = {person}, [person]
    while todo:
        at = todo.pop()
        rows = tx.rows(
            "SELECT one, other FROM hub_pair WHERE (one = ? OR other = ?) AND state = ?",
            (at, at, ONE_PERSON),
        )
        more = {other for row in rows for other in row} - found
        found |= more
        todo += sorted(more)
    return found


def even_out(tx: Any, scopes: Iterable[str], now: int) -> list[tuple[str, str, int | None]]:
    """End the grants of other records that nothing stands behind any more; return those to give,
    each as (worker, scope, until).

    `scopes` are those of which a grant changed, or whose records were joined or parted.
    """
    people = {scope.split(":")[1] for scope in scopes if scope.startswith("person:")}
    to_give: list[tuple[str, str, int | None]] = []
    done: set[str] = set()
    for person in sorted(people):
        if person not in done:
            records = records_of(tx, person)
            done |= records
            to_give += _even_out(tx, sorted(records), now)
    return to_give


def _even_out(tx: Any, records: list[str], now: int) -> list[tuple[str, str, int | None]]:
    own: dict[str, dict[tuple[str, str], int]] = {}
    lent: dict[str, dict[tuple[str, str], int]] = {}
    for record in records:
        own[record], lent[record] = _grants(tx, record, now)
    to_give: list[tuple[str, str, int | None]] = []
    for record in records:
        wanted: dict[tuple[str, str], int] = {}
        walk = walk_with(tx, record)
        for other in records:
            for who, until in own[other].items() if other != record else ():
                if organisation_of(tx, who[0]) not in walk:
                    continue  # another organisation is let in by the person's own word alone
                if until > max(own[record].get(who, 0), wanted.get(who, 0)):
                    wanted[who] = until
        for (worker, part), until in lent[record].items():
            if wanted.get((worker, part)) != until:
                scope = f"person:{record}{part}"
                tx.execute(
                    "UPDATE hub_grant SET until = ? WHERE worker = ? AND scope = ? AND reason = ? "
                    "AND (until IS NULL OR until > ?)",
                    (ENDED, worker, scope, REASON, now),
                )
                audit.add(tx, now, worker, "holds no more", scope, REASON)
        for (worker, part), until in sorted(wanted.items()):
            if lent[record].get((worker, part)) != until:
                ends = None if until == _FOR_GOOD else until
                to_give.append((worker, f"person:{record}{part}", ends))
    return to_give


def _grants(
    tx: Any, record: str, now: int
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """Return who holds which part of a record and until when: by itself, and as another record."""
    own: dict[tuple[str, str], int] = {}
    lent: dict[tuple[str, str], int] = {}
    whole = f"person:{record}"
    for worker, scope, until, reason in tx.rows(
        "SELECT worker, scope, until, reason FROM hub_grant WHERE (scope = ? "
        "OR (scope > ? AND scope < ?)) AND say_so = '' "
        f"AND {NOW}",
        (whole, f"{whole}:", f"{whole};", now),
    ):
        part = scope.removeprefix(whole)
        if part == f":{KEPT_APART}":
            continue
        kept = lent if reason == REASON else own
        ends = _FOR_GOOD if until is None else int(until)
        kept[worker, part] = max(ends, kept.get((worker, part), 0))
    return own, lent
