"""Gaps: what was looked for and is not here, for how many, where, and what closed it.

A gap begins with one person, as a `?` of a note or a search that found nothing, and leaves their
record in other words. How often it is met again is counted, never by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linkworker import schema
from linkworker.caseload.hopes import LOOKED_FOR
from linkworker.caseload.names_nobody import need_to_name_nobody
from linkworker.caseload.reading import rows
from linkworker.caseload.team_rows import TeamSubject, add_row, correct_row, need_team_row
from linkworker.caseload.writing import NotSuch, a_day, a_number, free, need_row, needed, one_of
from linkworker.rules.alike import Alike, Likeness
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

GAP = TeamSubject(
    "gap",
    "Gap",
    "a gap",
    {
        "words": needed,
        "kind": one_of("", *values.GAP_KINDS),
        "area": free,
        "closed_on": a_day,
        "closed_by": free,
    },
)
WANTED = TeamSubject(
    "gap_wanted",
    "GapWanted",
    "how often a gap was met",
    {"gap_id": needed, "on": a_day, "how_many": a_number(1, 1000)},
)


@dataclass(frozen=True)
class Gap:
    """Something that is not here."""

    gap_id: str
    words: str
    kind: str
    area: str
    how_many: int
    """For how many people it was looked for, by all who met it."""
    first_on: date | None
    last_on: date | None
    closed_on: date | None
    closed_by: str


@dataclass(frozen=True)
class ToDecide:
    """Something of a person's record that was looked for and is not the team's gap yet."""

    looked_for_id: str
    person_id: str
    words: str
    kind: str


_GAPS = """SELECT g.id, g.words, g.kind, g.area, coalesce(sum(w.how_many), 0), min(w."on"),
    max(w."on"), g.closed_on, g.closed_by
FROM gap g LEFT JOIN gap_wanted w ON w.gap_id = g.id AND w.hidden_at IS NULL
WHERE g.hidden_at IS NULL AND (? OR g.closed_on IS NULL)
GROUP BY g.id ORDER BY g.closed_on IS NOT NULL, 5 DESC, 7 DESC, g.id"""


def gaps(tx: ReadTx, *, closed_too: bool = False) -> list[Gap]:
    """Return the team's gaps, what most people met first, closed ones last if at all."""
    return rows(tx, Gap, _GAPS, (closed_too,))


def like(tx: ReadTx, words: str) -> list[Gap]:
    """Return open gaps that speak of the same, the nearest first: one gap is not logged twice."""
    return [one for _, one in near(tx, words)]


def near(tx: ReadTx, words: str) -> list[tuple[Likeness, Gap]]:
    """Return open gaps that speak of the same, the nearest first, each with what both speak of."""
    alike = Alike()
    wanted = alike.sense(words)
    met = [(alike.likeness(alike.sense(one.words), wanted), one) for one in gaps(tx)]
    return sorted((pair for pair in met if pair[0].why), key=lambda pair: -pair[0].weight)


def log(
    tx: WriteTx,
    words: str,
    *,
    kind: str = "",
    area: str = "",
    how_many: int = 1,
    on: date | None = None,
    looked_for_id: str = "",
) -> str:
    """Log a gap, in words that name nobody; return its id.

    `looked_for_id` is what of a person's record it began with: that is marked as become this gap.
    Raises `NamesSomebody`, `NotSuch`, `NotFound`.
    """
    person_id = need_row(tx, LOOKED_FOR, looked_for_id) if looked_for_id else ""
    need_to_name_nobody(tx, f"{words} {area}", person_id)
    gap_id = add_row(tx, GAP, {"words": words, "kind": kind, "area": area})
    _count(tx, gap_id, how_many, on)
    if looked_for_id:
        _became(tx, looked_for_id, gap_id)
    return gap_id


def met_again(
    tx: WriteTx,
    gap_id: str,
    *,
    how_many: int = 1,
    on: date | None = None,
    looked_for_id: str = "",
) -> None:
    """Count that a gap was met once more. Raises `NotFound`, and `NotSuch` where it is closed."""
    need_team_row(tx, GAP, gap_id)
    if tx.value("SELECT closed_on FROM gap WHERE id = ?", (gap_id,)):
        raise NotSuch(
            "It was not counted.",
            "This gap was closed.",
            "Open it again if what closed it is gone, or log another.",
        )
    if looked_for_id:
        need_row(tx, LOOKED_FOR, looked_for_id)
        _became(tx, looked_for_id, gap_id)
    _count(tx, gap_id, how_many, on)


def close(tx: WriteTx, gap_id: str, by: str, *, on: date | None = None) -> None:
    """Say that a gap is one no more, and what fills it. Raises `NamesSomebody`."""
    _names_nobody_it_began_with(tx, gap_id, by)
    correct_row(
        tx, GAP, gap_id, {"closed_on": on or tx.today, "closed_by": needed(by, "what closed it")}
    )


def open_again(tx: WriteTx, gap_id: str) -> None:
    """Say that a gap is one still, or again."""
    correct_row(tx, GAP, gap_id, {"closed_on": None, "closed_by": ""})


def reword(tx: WriteTx, gap_id: str, **said: str) -> None:
    """Correct what a gap says: words, kind, area. Raises `NamesSomebody`."""
    _names_nobody_it_began_with(tx, gap_id, f"{said.get('words', '')} {said.get('area', '')}")
    correct_row(tx, GAP, gap_id, said)


def to_decide(tx: ReadTx) -> list[ToDecide]:
    """Return what was looked for, of everybody here, and is neither a gap nor answered."""
    return rows(
        tx,
        ToDecide,
        """SELECT l.id, l.person_id, l.words, l.kind FROM looked_for l
        JOIN person p ON p.id = l.person_id AND p.hidden_at IS NULL
        WHERE l.hidden_at IS NULL AND l.answered_on IS NULL AND l.gap_id = ''
            AND l.kind <> 'question' ORDER BY l.recorded_at DESC, l.id""",
        (),
    )


def by_area_and_kind(tx: ReadTx) -> dict[tuple[str, str], int]:
    """Return for how many each kind of thing is missing in each area: the team's map of gaps."""
    found: dict[tuple[str, str], int] = {}
    for one in gaps(tx):
        place = (one.area, one.kind)
        found[place] = found.get(place, 0) + one.how_many
    return found


def _count(tx: WriteTx, gap_id: str, how_many: int, on: date | None) -> None:
    add_row(tx, WANTED, {"gap_id": gap_id, "on": on or tx.today, "how_many": how_many})


def _became(tx: WriteTx, looked_for_id: str, gap_id: str) -> None:
    tx.change(schema.LookedFor, looked_for_id, kind="gap", gap_id=gap_id)


def _names_nobody_it_began_with(tx: ReadTx, gap_id: str, words: str) -> None:
    """Look for every name of those here who looked for it, a first name alone too."""
    sql = "SELECT DISTINCT person_id FROM looked_for WHERE gap_id = ?"
    for (person_id,) in tx.rows(sql, (gap_id,)):
        need_to_name_nobody(tx, words, str(person_id))
