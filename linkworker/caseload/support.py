"""Support: since when and at which level somebody walks alongside a person, and where they are.

A period is what its events say. Pausing, stepping back and coming back leave a history, and a
hello does not reopen anything unless both want it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload import offers
from linkworker.caseload.reading import first, rows
from linkworker.caseload.support_order import FOLLOWS, check_corrected_day, check_new_day
from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_day,
    a_number,
    add,
    correct,
    free,
    need_person,
    need_row,
    one_of,
    remove,
    remove_each,
)
from linkworker.refusal import Refused
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

PERIOD = Subject(
    "support_period", "SupportPeriod", "a support period", {"worker_id": free, "began": a_day}
)
EVENT = Subject(
    "support_event",
    "SupportEvent",
    "what happened to the support",
    {
        "period_id": free,
        "kind": one_of(*values.SUPPORT_EVENTS),
        "on": a_day,
        "level": a_number(min(values.LEVELS), max(values.LEVELS)),
        "reason": free,
        "own_words": free,
        "check_in_on": a_day,
    },
    once=True,
)
WHEREABOUTS = Subject(
    "whereabouts",
    "Whereabouts",
    "where somebody is",
    {"kind": one_of(*values.WHEREABOUTS), "since": a_day, "until": a_day, "remark": free},
    once=True,
)

GONE = ("stepped back", "ended")
"""Events after which nobody walks alongside them."""


class NotNow(Refused):
    """It does not follow from how the support stands: somebody not with us cannot be paused."""


@dataclass(frozen=True)
class SupportEvent:
    """Something that happened to a support period."""

    event_id: str
    period_id: str
    kind: str
    on: date | None
    level: int | None
    reason: str
    own_words: str
    check_in_on: date | None
    worker_id: str
    worker: str


@dataclass(frozen=True)
class WhereaboutsRow:
    """Where somebody was or is, while not at home."""

    whereabouts_id: str
    kind: str
    since: date | None
    until: date | None
    remark: str


_EVENTS = """
SELECT e.id, e.period_id, e.kind, e."on", e.level, e.reason, e.own_words, e.check_in_on,
    sp.worker_id, w.name
FROM support_event e JOIN support_period sp ON sp.id = e.period_id AND sp.hidden_at IS NULL
LEFT JOIN worker w ON w.id = sp.worker_id
WHERE e.person_id = ? AND e.hidden_at IS NULL
ORDER BY e."on" DESC, e.recorded_at DESC, e.id DESC
"""


def history(tx: ReadTx, person_id: str) -> list[SupportEvent]:
    """Return all that happened to a person's support, the latest first."""
    return rows(tx, SupportEvent, _EVENTS, (person_id,))


def whereabouts(tx: ReadTx, person_id: str) -> list[WhereaboutsRow]:
    """Return where somebody was and is, the latest first."""
    sql = """SELECT id, kind, since, until, remark FROM whereabouts
        WHERE person_id = ? AND hidden_at IS NULL ORDER BY since DESC, recorded_at DESC, id DESC"""
    return rows(tx, WhereaboutsRow, sql, (person_id,))


def likely_next(tx: ReadTx, person_id: str) -> tuple[str, int | None]:
    """Return what may happen next to the support, and the level that it stood at last.

    Somebody comes back as they left: after a pause they return, after stepping back it is
    reopened, at the level they had. Where nothing has begun it is "began", without a level.
    """
    standing = _standing(tx, person_id)
    if standing is None:
        return "began", None
    kind = next(one for one in ("returned", "reopened", "level") if standing.kind in FOLLOWS[one])
    sql = """SELECT level FROM support_event WHERE period_id = ? AND hidden_at IS NULL
        AND level IS NOT NULL ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1"""
    level = tx.value(sql, (standing.period_id,))
    return kind, int(level) if level is not None else None


def may_happen(tx: ReadTx, person_id: str) -> tuple[str, ...]:
    """Return what may be recorded of the support as it stands: "began", or what `FOLLOWS`."""
    standing = _standing(tx, person_id)
    if standing is None:
        return ("began",)
    return tuple(kind for kind, after in FOLLOWS.items() if standing.kind in after)


def begin(
    tx: WriteTx,
    person_id: str,
    *,
    level: int | None = None,
    on: date | None = None,
    worker_id: str = "",
    **said: Any,
) -> str:
    """Begin to walk alongside somebody; return the support period's id.

    `on` is today and `worker_id` oneself where they are left out; `said` may hold reason,
    own_words and check_in_on. People come back without a new introduction: after stepping back,
    `reopened` (see `happen`) goes on with the period that is there.
    """
    if _standing(tx, person_id) is not None:
        raise NotNow(
            "Nothing was begun.",
            "There is a support period already.",
            "Change its level, or reopen it if you had stepped back.",
        )
    on = on or tx.today
    _not_to_come(tx, on)
    period_id = add(tx, PERIOD, person_id, {"worker_id": worker_id or tx.worker_id, "began": on})
    began = {"period_id": period_id, "kind": "began", "on": on, "level": level}
    add(tx, EVENT, person_id, began | said)
    return period_id


def happen(
    tx: WriteTx,
    person_id: str,
    kind: str,
    *,
    on: date | None = None,
    level: int | None = None,
    reason: str = "",
    own_words: str = "",
    check_in_on: date | None = None,
) -> str:
    """Record what happens to the support: a level, a pause, a return, stepping back, reopening.

    `check_in_on` is the day until which they are happy with quiet, or on which to look in. Refuses
    what does not follow from how things stand (`FOLLOWS`), and a day before what it follows
    (`OutOfOrder`). Returns the event's id.
    """
    one_of(*FOLLOWS)(kind, "support")
    on = on or tx.today
    _not_to_come(tx, on)
    standing = _standing(tx, person_id)
    if standing is None or standing.kind not in FOLLOWS[kind]:
        raise NotNow(f'"{kind}" was not written.', *_why_not(standing, kind))
    if kind == "level" and level is None:
        raise NotSuch("The level was not kept.", "No level was given.", "Choose one.")
    check_new_day(tx, standing.period_id, kind, on)
    said: dict[str, Any] = {"period_id": standing.period_id, "kind": kind, "on": on, "level": level}
    said |= {"reason": reason, "own_words": own_words, "check_in_on": check_in_on}
    if kind in GONE:
        offers.withdraw_all(tx, person_id)
    return add(tx, EVENT, person_id, said)


def _why_not(standing: SupportEvent | None, kind: str) -> tuple[str, str]:
    """Return why this does not follow from what happened last, and what to do instead."""
    if standing is None:
        return "Nobody walks alongside them yet.", "Look at Support, and begin it first."
    last = f'The last thing that happened was "{standing.kind}".'
    if standing.kind in GONE:
        return last, "Look at Support, and reopen it first."
    if standing.kind == "paused":
        return f"{last} The support is paused.", 'Choose "returned" where it goes on.'
    not_so = {"returned": "They are not paused", "reopened": "They are not stepped back"}
    why = f"{not_so.get(kind, 'The support goes on')}."
    return f"{last} {why}", "Choose what has happened since; a new level is one of those."


def may_have_been(tx: ReadTx, event_id: str) -> tuple[str, ...]:
    """Return what an event may be put right to: what may stand at its place in the order.

    Its own kind is always one. A beginning stays a beginning and nothing else becomes one: what
    happened since is an event of its own, and the beginning would be gone from view.
    """
    need_row(tx, EVENT, event_id)
    sql = """SELECT o.id, o.kind FROM support_event o
        JOIN support_event e ON e.id = ? AND e.period_id = o.period_id
        WHERE o.hidden_at IS NULL AND (o.kind <> 'level' OR o.id = e.id)
        ORDER BY o."on", o.recorded_at, o.id"""
    order = [(str(row[0]), str(row[1])) for row in tx.rows(sql, (event_id,))]
    at = next(place for place, (row_id, _) in enumerate(order) if row_id == event_id)
    own = order[at][1]
    if own == "began" or at == 0:
        return (own,)
    before = order[at - 1][1]
    after = order[at + 1][1] if at + 1 < len(order) else None

    def stands(kind: str) -> bool:
        leads = before if kind == "level" else kind
        return before in FOLLOWS[kind] and (after is None or leads in FOLLOWS.get(after, ()))

    may = {own, *filter(stands, FOLLOWS)}
    return tuple(kind for kind in values.SUPPORT_EVENTS if kind in may)


def correct_event(tx: WriteTx, event_id: str, **said: Any) -> str:
    """Correct what was written of an event; return the id of the one that now stands.

    It keeps its place among what happened on the same day. Refuses a kind that may not stand at its
    place (`may_have_been`), and a day that would put it before what it follows or after what
    follows it (`OutOfOrder`). The day of a beginning is the period's too.
    """
    may_be = may_have_been(tx, event_id)
    kind = said.get("kind")
    if kind in values.SUPPORT_EVENTS and kind not in may_be:
        raise NotNow(
            "Nothing was put right.",
            f'"{kind}" may not stand at this place in what happened.',
            "Add what has happened since, or take this away.",
        )
    if "on" in said:
        said["on"] = said["on"] or tx.today
        _not_to_come(tx, said["on"])
        period_id, as_it_was = tx.rows(
            "SELECT period_id, kind FROM support_event WHERE id = ?", (event_id,)
        )[0]
        check_corrected_day(tx, period_id, event_id, kind or as_it_was, said["on"])
        if as_it_was == "began":
            correct(tx, PERIOD, period_id, {"began": said["on"]})
    return correct(tx, EVENT, event_id, said)


def remove_event(tx: WriteTx, event_id: str) -> None:
    """Take an event away. With the first of a period ("began") goes the period and all of it."""
    found = tx.one("SELECT period_id, kind FROM support_event WHERE id = ?", (event_id,))
    if found is None or found[1] != "began":
        remove(tx, EVENT, event_id)
        return
    period_id = str(found[0])
    with_it = "SELECT id FROM support_event WHERE period_id = ? AND hidden_at IS NULL"
    remove_each(tx, EVENT, [str(row[0]) for row in tx.rows(with_it, (period_id,))])
    remove(tx, PERIOD, period_id)


def record_whereabouts(
    tx: WriteTx,
    person_id: str,
    kind: str,
    *,
    since: date | None = None,
    until: date | None = None,
    remark: str = "",
) -> str:
    """Record that somebody is away, moved, lost touch, is back, or died; return the row's id.

    Reminders rest while somebody is away. A death stops every one of them, everywhere, and who is
    around the person stays.
    """
    since = since or tx.today
    said = {"kind": kind, "since": since, "until": until, "remark": remark}
    _check_whereabouts(tx, kind, since, until)
    row_id = add(tx, WHEREABOUTS, person_id, said)
    if kind == "died":
        tx.change(schema.Person, person_id, died=since)
        offers.withdraw_all(tx, person_id)
    return row_id


def correct_whereabouts(tx: WriteTx, whereabouts_id: str, **said: Any) -> str:
    """Correct where somebody was; return the id of the row that now stands.

    A day taken away is today, as where it was left out: a death without a day would be none.
    """
    person_id = need_row(tx, WHEREABOUTS, whereabouts_id)
    if "since" in said:
        said["since"] = said["since"] or tx.today
    was = next(one for one in whereabouts(tx, person_id) if one.whereabouts_id == whereabouts_id)
    kind, since = said.get("kind", was.kind), said.get("since", was.since)
    _check_whereabouts(tx, kind, since, said.get("until", was.until))
    now_stands = correct(tx, WHEREABOUTS, whereabouts_id, said)
    _death_follows(tx, person_id)
    return now_stands


def _check_whereabouts(tx: ReadTx, kind: str, since: date | None, until: date | None) -> None:
    """Refuse an end before the beginning, and a death on a day to come."""
    if since and until and until < since:
        raise NotSuch("Nothing was kept.", "It ends before it begins.", "Look at the two days.")
    if kind == "died" and since:
        _not_to_come(tx, since)


def remove_whereabouts(tx: WriteTx, whereabouts_id: str) -> None:
    """Take away what was written by mistake; with a death, its day goes from the person too."""
    person_id = need_row(tx, WHEREABOUTS, whereabouts_id)
    remove(tx, WHEREABOUTS, whereabouts_id)
    _death_follows(tx, person_id)


def _death_follows(tx: WriteTx, person_id: str) -> None:
    """Keep the person's day of death as the whereabouts tell it."""
    died = [row.since for row in whereabouts(tx, person_id) if row.kind == "died"]
    tx.change(schema.Person, person_id, died=died[0] if died else None)


def _standing(tx: ReadTx, person_id: str) -> SupportEvent | None:
    """Return what last happened to the latest period, levels apart."""
    need_person(tx, person_id)
    sql = _EVENTS.replace("ORDER BY", "AND e.kind <> 'level' ORDER BY sp.began DESC,") + " LIMIT 1"
    return first(tx, SupportEvent, sql, (person_id,))


def _not_to_come(tx: ReadTx, on: date) -> None:
    if on > tx.today:
        raise NotSuch("Nothing was kept.", "It is a day to come.", "Write it when it has happened.")
