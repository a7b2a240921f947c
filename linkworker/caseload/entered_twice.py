"""People who were entered twice: two records that are shown as one, and stay two.

What was decided stands on both records, and counts where both are here. Nothing moves: each line
stays on the record on which it was written, so that parting them again leaves all as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload.reading import NAME, Named, rows
from linkworker.caseload.writing import need_person
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


class NotTwoRecords(Refused):
    """The two are the same record, are shown as one already, or are not shown as one."""


_JOINED = """SELECT a.person_id, a.other_person_id, a.shown_person_id
FROM same_person a
JOIN same_person b ON b.person_id = a.other_person_id AND b.other_person_id = a.person_id
    AND b.hidden_at IS NULL
JOIN person p ON p.id = a.person_id AND p.hidden_at IS NULL
JOIN person o ON o.id = a.other_person_id AND o.hidden_at IS NULL
WHERE a.hidden_at IS NULL AND a.person_id <> a.other_person_id
ORDER BY a.recorded_at, a.id"""


@dataclass(frozen=True)
class _Joined:
    one: str
    other: str
    shown: str


def groups(tx: ReadTx) -> dict[str, tuple[str, ...]]:
    """Return for everybody who has several records here all of them, the shown one first.

    Of more than two the shown one is that which stood back for none, by what was decided last.
    """
    joined = rows(tx, _Joined, _JOINED)
    together: dict[str, set[str]] = {}
    for pair in joined:
        both = together.get(pair.one, {pair.one}) | together.get(pair.other, {pair.other})
        together |= dict.fromkeys(both, both)
    shown = {pair.one: pair.shown for pair in joined}
    found: dict[str, tuple[str, ...]] = {}
    for person, all_of_them in together.items():
        stood_back = {pair.one for pair in joined if pair.shown == pair.other}
        first = sorted(all_of_them - stood_back) or sorted(all_of_them)
        last = [shown[one] for one in shown if one in all_of_them and shown[one] in first]
        head = last[-1] if last else first[0]
        found[person] = (head, *sorted(all_of_them - {head}))
    return found


def records_of(tx: ReadTx, person_id: str) -> tuple[str, ...]:
    """Return every record of somebody, the shown one first; their own alone where there is one."""
    known = tx.value("SELECT 1 FROM same_person WHERE person_id = ? LIMIT 1", (person_id,))
    return groups(tx).get(person_id, (person_id,)) if known else (person_id,)


def also_entered_as(tx: ReadTx, person_id: str) -> list[Named]:
    """Return the other records of somebody, by name."""
    found = (
        rows(tx, Named, f"SELECT {NAME} FROM person p WHERE p.id = ?", (one,))
        for one in records_of(tx, person_id)
        if one != person_id
    )
    return [named for one in found for named in one]


def join(tx: WriteTx, shown: str, other: str, reason: str = "") -> None:
    """Show two records as one person; `shown` stands for both and takes what is new."""
    for one in (shown, other):
        need_person(tx, one)
    if shown == other or other in records_of(tx, shown):
        raise NotTwoRecords(
            "Nothing was joined.",
            "These are one record, or are shown as one person already.",
            "Choose two people of the list.",
        )
    _take_back(tx, shown, other)  # said on one side alone until now
    for record, names in ((shown, other), (other, shown)):
        tx.add(
            schema.SamePerson(
                person_id=record,
                other_person_id=names,
                shown_person_id=shown,
                reason=reason,
                decided_on=tx.today,
            )
        )


def part(tx: WriteTx, one: str, other: str) -> None:
    """Show two records as two people again; every line is where it was written."""
    if not _take_back(tx, one, other):
        raise NotTwoRecords(
            "Nothing was parted.",
            "These two records are not shown as one person.",
            "'linkworker people' lists who was entered as what.",
        )


def _take_back(tx: WriteTx, one: str, other: str) -> int:
    found: list[Any] = tx.rows(
        "SELECT id FROM same_person WHERE hidden_at IS NULL AND "
        "(person_id, other_person_id) IN (VALUES (?1, ?2), (?2, ?1)) ORDER BY id",
        (one, other),
    )
    for (row,) in found:
        tx.hide(schema.SamePerson, str(row))
    return len(found)
