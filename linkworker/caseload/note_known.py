"""What is known when a note is begun, read in two selects: whom it may name, what stands open.

The rules of the note (`rules.note`) match what is typed against it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.apart import not_to_meet
from linkworker.caseload.writing import need_person
from linkworker.rules.note.known import Known, Open, Place, Somebody
from linkworker.rules.note.named import match_name
from linkworker.rules.shown_names import shown_name

if TYPE_CHECKING:
    from linkworker.store import ReadTx

_THEM, _ONE = "IN (SELECT value FROM json_each(?1))", "= ?1"
"""Whose rows: of those in a JSON list, or of the one person whom most notes are about. SQLite makes
a table of the list for each select in which it stands, which took half as long again as reading."""

_OF = _THEM + " AND {0}.hidden_at IS NULL"

_EVERYTHING = f"""
SELECT 'person', p.id, p.called, p.given, p.family, p.description, p.other_names
FROM person p WHERE p.id {_OF.format("p")}
UNION ALL
SELECT 'worker', w.id, w.name, '', '', '', '' FROM worker w WHERE w.hidden_at IS NULL
UNION ALL
SELECT 'tie', t.id, t.name, t.relationship,
    json_array(t.paid OR t.roles LIKE '%"professional"%', t.other_person_id),
    (SELECT how FROM closeness c WHERE c.tie_id = t.id AND c.hidden_at IS NULL
        ORDER BY c."on" DESC, c.recorded_at DESC, c.id DESC LIMIT 1), t.person_id
FROM tie t WHERE t.person_id {_OF.format("t")} AND coalesce(t.until, '9') >= ?2
UNION ALL
SELECT 'connection', c.id, c.name,
    (SELECT stage FROM connection_event e WHERE e.connection_id = c.id AND e.hidden_at IS NULL
        ORDER BY e."on" DESC, e.recorded_at DESC, e.id DESC LIMIT 1), '', '', c.person_id
FROM connection c WHERE c.person_id {_OF.format("c")}
UNION ALL
SELECT 'step', s.id, s.words, s.who, s.by_day, '', s.person_id
FROM step s WHERE s.person_id {_OF.format("s")} AND s.state = 'open'
UNION ALL
SELECT 'hope', g.id, g.words, '', '', g.agreed_on IS NOT NULL, g.person_id
FROM goal g WHERE g.person_id {_OF.format("g")} AND g.state = 'open'
UNION ALL
SELECT 'in the way', i.id, i.words, '', '', '', i.person_id
FROM in_the_way i WHERE i.person_id {_OF.format("i")} AND i.cleared_on IS NULL
UNION ALL
SELECT 'looked for', l.id, l.words, '', '', '', l.person_id
FROM looked_for l WHERE l.person_id {_OF.format("l")} AND l.answered_on IS NULL
UNION ALL
SELECT 'strength', s.id, s.words, '', '', '', s.person_id
FROM strength s WHERE s.person_id {_OF.format("s")}
UNION ALL
SELECT 'group', '', o.name, '', '', '', '' FROM connection o
WHERE o.hidden_at IS NULL AND o.kind <> 'service'
    AND NOT o.person_id {_THEM} GROUP BY o.name
"""
"""Each row: what it is, its id, and five columns that mean something else for each.

Groups are the names that others on the caseload go by; where somebody else gets a service is
theirs alone and is not offered."""

_BESIDE = f"""
WITH near(of, other, relationship) AS (
    SELECT t.person_id, t.other_person_id, t.relationship FROM tie t
        WHERE t.person_id {_OF.format("t")}
    UNION ALL
    SELECT t.other_person_id, t.person_id, '' FROM tie t WHERE t.other_person_id {_OF.format("t")}
    UNION ALL
    SELECT t.person_id, p.id, t.relationship FROM tie t CROSS JOIN person p
        ON t.name COLLATE NOCASE IN (p.called, p.given || ' ' || p.family)
        WHERE t.other_person_id = '' AND t.person_id {_OF.format("t")}
    UNION ALL
    SELECT h.person_id, o.person_id, '' FROM household_member h CROSS JOIN household_member o
        ON o.household_id = h.household_id AND o.hidden_at IS NULL
            AND coalesce(o.until, '9') >= ?2
        WHERE coalesce(h.until, '9') >= ?2 AND h.person_id {_OF.format("h")}
    UNION ALL
    SELECT a.person_id, o.person_id, '' FROM appointment a CROSS JOIN appointment o
        ON o.occasion_id = a.occasion_id AND o.hidden_at IS NULL
        WHERE a.occasion_id <> '' AND a.person_id {_OF.format("a")}
)
SELECT p.id, p.called, p.given, p.family, p.description, p.other_names, near.of,
    max(near.relationship)
FROM near CROSS JOIN person p ON p.id = near.other
WHERE p.hidden_at IS NULL AND p.id <> near.of GROUP BY p.id, near.of
"""
"""Others of the caseload near the people of a note: the columns of a person, whom they are near
and what they are to them. A tie may be linked to their record, or only bear the same name."""

_EVERYTHING_OF_ONE, _BESIDE_OF_ONE = (sql.replace(_THEM, _ONE) for sql in (_EVERYTHING, _BESIDE))

Prepared = dict[tuple[Any, ...], Any]
"""What became of rows that were read before, by the row: with it goes what was worked out of it."""


def note_known(
    tx: ReadTx,
    people: Sequence[str],
    note_day: date | None = None,
    today: date | None = None,
    prepared: Prepared | None = None,
) -> Known:
    """Return what is known of the people of a note, in the order in which they were chosen.

    `note_day` is the day that the note tells of (today if left out). Whoever writes many notes
    hands the same `prepared`, empty at first, to each look: a row that is as it was is then the
    same value, of which the words need not be split again. Raises `NotFound` for somebody who is
    not there.
    """
    prepared = {} if prepared is None else prepared
    today = today or tx.today
    if len(people) == 1:
        everything, others, wanted = _EVERYTHING_OF_ONE, _BESIDE_OF_ONE, people[0]
    else:
        everything, others, wanted = _EVERYTHING, _BESIDE, json.dumps(list(people))
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in tx.rows(everything, (wanted, today.isoformat())):
        found.setdefault(row[0], []).append(row)
    named = {row[1]: _once(prepared, _person, row) for row in found.get("person", [])}
    for one in people:
        if one not in named:
            need_person(tx, one)
    workers = [_once(prepared, _worker, row) for row in found.get("worker", [])]
    near = [_beside(row) for row in tx.rows(others, (wanted, today.isoformat()))]
    beside = {one.id: one for one in reversed(near) if one.id not in named}
    return Known(
        tuple(named[one] for one in people),
        Somebody(
            "worker", tx.worker_id, next((w.name for w in workers if w.id == tx.worker_id), "")
        ),
        note_day or today,
        today,
        ties=tuple(_tie(prepared, row, near) for row in found.get("tie", [])),
        beside=tuple(reversed(beside.values())),
        colleagues=tuple(one for one in workers if one.id != tx.worker_id),
        connections=tuple(_once(prepared, _connection, row) for row in found.get("connection", [])),
        groups=tuple(_once(prepared, _group, row) for row in found.get("group", [])),
        standing=tuple(
            _once(prepared, _open, row) for kind in _STANDING for row in found.get(kind, [])
        ),
        apart={one: known for one in people if (known := not_to_meet(tx, one))},
    )


_STANDING = ("step", "hope", "in the way", "looked for", "strength")


def _once(prepared: Prepared, make: Callable[[tuple[Any, ...]], Any], row: tuple[Any, ...]) -> Any:
    """Return what `make` makes of a row, the same value as before where the row is the same."""
    made = prepared.get(row)
    if made is None:
        made = prepared[row] = make(row)
    return made


def _person(row: tuple[Any, ...]) -> Somebody:
    _, id_, called, given, family, description, other_names = row
    shown = shown_name(called, given, family, description)
    full = f"{given} {family}".strip()
    others = [called or shown, full, *(name.strip() for name in other_names.split(";"))]
    kept = dict.fromkeys(one for one in others if one)
    return Somebody("person", id_, shown, tuple(kept))


def _beside(row: tuple[Any, ...]) -> Somebody:
    *person, of, relationship = row
    return replace(_person(("beside", *person)), kind="beside", of=of, relationship=relationship)


def _worker(row: tuple[Any, ...]) -> Somebody:
    return Somebody("colleague", row[1], row[2])


def _connection(row: tuple[Any, ...]) -> Place:
    return Place(row[1], row[2], stage=row[3] or "", of=row[6])


def _group(row: tuple[Any, ...]) -> Place:
    return Place(f"group:{row[2]}", row[2])


def _tie(prepared: Prepared, row: tuple[Any, ...], near: Sequence[Somebody]) -> Somebody:
    """Return a tie, with the record that is theirs: the one linked, or of their name and near."""
    tie: Somebody = _once(prepared, _tie_alone, row)
    beside = [] if tie.record else [one for one in near if one.of == tie.of]
    same = match_name(tie.name, beside).one if beside else None
    return tie if same is None else replace(tie, record=same.id)


def _tie_alone(row: tuple[Any, ...]) -> Somebody:
    _, id_, name, relationship, more, closeness, of = row
    paid, record = json.loads(more)
    return Somebody(
        "tie",
        id_,
        name,
        relationship=relationship,
        paid=bool(paid),
        closeness=closeness or "",
        of=of,
        record=record,
    )


def _open(row: tuple[Any, ...]) -> Open:
    kind, id_, words, who, day, agreed, of = row
    return Open(
        kind,
        id_,
        words,
        of,
        who=who,
        day=date.fromisoformat(day) if day else None,
        agreed=bool(agreed),
    )
