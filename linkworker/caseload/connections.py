"""Who and what is around somebody: ties to people, connections to groups and places.

A connection goes through stages, each dated, and signposting shares nothing about the person. How
near a tie or a connection is, is dated too, so that then and now can be seen (`ecomap`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.connecting import NOT_SAID, Made, need_checks
from linkworker.caseload.local_knowledge import heard, named_so
from linkworker.caseload.reading import rows
from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_day,
    add,
    an_id,
    correct,
    free,
    need_of_person,
    need_row,
    needed,
    one_of,
    remove,
    remove_each,
    some_of,
    yes_or_no,
)
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

TIE = Subject(
    "tie",
    "Tie",
    "somebody around the person",
    {
        "name": needed,
        "relationship": free,
        "other_person_id": free,
        "roles": some_of(*values.TIE_ROLES),
        "paid": yes_or_no,
        "how_often": free,
        "born": a_day,
        "phone": free,
        "may_share": free,
        "about": free,
        "until": a_day,
        "from_note": free,
    },
)
CONNECTION = Subject(
    "connection",
    "Connection",
    "a connection",
    {
        "name": needed,
        "kind": one_of(*values.CONNECTION_KINDS),
        "about": free,
        "service_id": free,
        "other_person_id": free,
        "for_strength": free,
        "for_need": free,
        "regular": yes_or_no,
        "checks": free,
        "from_note": free,
    },
)
STAGE = Subject(
    "connection_event",
    "ConnectionEvent",
    "a stage of a connection",
    {
        "connection_id": needed,
        "stage": one_of(*values.STAGES),
        "on": a_day,
        "words": free,
        "how": one_of("", *values.CONNECTION_WAYS),
        "shared": free,
        "agreed": free,
        "from_note": free,
    },
    once=True,
)
CLOSENESS = Subject(
    "closeness",
    "Closeness",
    "how near somebody is",
    {
        "tie_id": an_id,
        "connection_id": an_id,
        "how": one_of(*values.CLOSENESS),
        "on": a_day,
        "words": free,
    },
    once=True,
)


@dataclass(frozen=True)
class Tie:
    """Somebody in the person's life."""

    tie_id: str
    name: str
    relationship: str
    other_person_id: str
    roles: tuple[str, ...]
    paid: bool
    how_often: str
    born: date | None
    phone: str
    may_share: str
    about: str
    until: date | None
    how: str
    """How near they are now, one of `values.CLOSENESS`; "" where nobody said."""


@dataclass(frozen=True)
class Connection:
    """A group, place, service or activity, and the stage that it stands at."""

    connection_id: str
    name: str
    kind: str
    about: str
    stage: str
    on: date | None
    words: str
    near: str
    """How near it is now, one of `values.CLOSENESS`; "" where nobody said."""
    way: str
    """How it was made or last gone on with, one of `values.CONNECTION_WAYS`, or ""."""
    service_id: str
    regular: bool
    checks: str

    @property
    def ended(self) -> bool:
        """Whether the person is not going there."""
        return self.stage in values.STAGES_ENDED


_LATEST_HOW = """(SELECT how FROM closeness WHERE {column} = {row}.id AND hidden_at IS NULL
    ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)"""


def ties(tx: ReadTx, person_id: str) -> list[Tie]:
    """Return who is around somebody: family, friends and neighbours before the paid."""
    how = _LATEST_HOW.format(column="tie_id", row="t")
    sql = f"""SELECT id, name, relationship, other_person_id, roles, paid, how_often, born, phone,
            may_share, about, until, {how} FROM tie t
        WHERE person_id = ? AND hidden_at IS NULL
        ORDER BY until IS NOT NULL, paid, recorded_at, id"""
    return rows(tx, Tie, sql, (person_id,))


def connections(tx: ReadTx, person_id: str) -> list[Connection]:
    """Return a person's connections: where they go first, then what ended, each latest first."""
    how = _LATEST_HOW.format(column="connection_id", row="c")
    sql = f"""SELECT c.id, c.name, c.kind, c.about, e.stage, e."on", e.words, {how},
            (SELECT how FROM connection_event WHERE connection_id = c.id AND hidden_at IS NULL
                AND how <> '' ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1),
            c.service_id, c.regular, c.checks
        FROM connection c LEFT JOIN connection_event e ON e.id = (
            SELECT id FROM connection_event WHERE connection_id = c.id AND hidden_at IS NULL
            ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)
        WHERE c.person_id = ? AND c.hidden_at IS NULL ORDER BY e."on" DESC, c.id DESC"""
    found = rows(tx, Connection, sql, (person_id,))
    return sorted(found, key=lambda one: one.ended)


def add_tie(tx: WriteTx, person_id: str, name: str, *, how: str = "", **said: Any) -> str:
    """Add somebody around the person, and how near they are (`how`); return the tie's id.

    `said`: relationship, roles, paid, how_often, born, phone, may_share, about, other_person_id.
    """
    tie_id = add(tx, TIE, person_id, {"name": name, **said})
    if how:
        say_how_near(tx, person_id, how, tie_id=tie_id)
    return tie_id


def correct_tie(tx: WriteTx, tie_id: str, **said: Any) -> None:
    """Correct what is known of somebody around the person; `until` ends it."""
    correct(tx, TIE, tie_id, said)


def remove_tie(tx: WriteTx, tie_id: str) -> None:
    """Take somebody away who was never around; what said how near they were goes too."""
    remove_each(tx, CLOSENESS, _hanging(tx, "closeness", "tie_id", tie_id))
    remove(tx, TIE, tie_id)


def add_connection(
    tx: WriteTx,
    person_id: str,
    name: str,
    *,
    kind: str = "group",
    stage: str = "suggested",
    on: date | None = None,
    words: str = "",
    about: str = "",
    from_note: str = "",
    made: Made = NOT_SAID,
    told: str = "",
    **said: Any,
) -> str:
    """Add a connection at its first stage (suggested, today, if nothing else is said).

    `made` and `told` as in `reach_stage`. `said`: service_id (its entry in the directory; by its
    name where nothing is said), other_person_id, for_strength, for_need, regular, checks. Raises
    `NeedsChecks`.
    """
    said |= {"name": name, "kind": kind, "about": about, "from_note": from_note}
    need_checks(said)
    if kind != "person" and not said.get("service_id"):
        said["service_id"] = named_so(tx, name)
    connection_id = add(tx, CONNECTION, person_id, said)
    reach_stage(
        tx, connection_id, stage, on=on, words=words, from_note=from_note, made=made, told=told
    )
    return connection_id


def reach_stage(
    tx: WriteTx,
    connection_id: str,
    stage: str,
    *,
    on: date | None = None,
    words: str = "",
    from_note: str = "",
    made: Made = NOT_SAID,
    told: str = "",
) -> str:
    """Record a stage that a connection reached, on a day (today if left out); return its id.

    `made` is how it was gone on with, and what that told. That it is full or closed the directory
    hears too, and `told`: what colleagues are to know of it ("moved to Tuesdays"), in words that
    name nobody. Raises `SharesNothing`, `NeedsAgreement`, `NamesSomebody`.
    """
    person_id = need_row(tx, CONNECTION, connection_id)
    made.check()
    on = on or tx.today
    listed = tx.value("SELECT service_id FROM connection WHERE id = ?", (connection_id,))
    heard(tx, str(listed or ""), stage, on, told, person_id)
    said = {"connection_id": connection_id, "stage": stage, "on": on, "words": words}
    return add(tx, STAGE, person_id, said | {"from_note": from_note} | made.fields)


def stands_at(
    tx: WriteTx, connection_id: str, stage: str, *, on: date | None = None, words: str = ""
) -> None:
    """Say at which stage a connection stands now, as a form tells it.

    Nothing is written where that is known. The same stage with other words or another day corrects
    the one that stands; another stage is one more.
    """
    need_row(tx, CONNECTION, connection_id)
    sql = """SELECT id, stage, "on", words FROM connection_event WHERE connection_id = ?
        AND hidden_at IS NULL ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1"""
    last = tx.one(sql, (connection_id,))
    if last is None or last[1] != stage:
        same_day = last is not None and on is not None and on.isoformat() == last[2]
        reach_stage(tx, connection_id, stage, on=None if same_day else on, words=words)
    elif (on.isoformat() if on else None, words) != (last[2], last[3]):
        correct_stage(tx, str(last[0]), on=on or tx.today, words=words)


def correct_connection(tx: WriteTx, connection_id: str, **said: Any) -> None:
    """Correct a connection's name, kind or what is said about it. Raises `NeedsChecks`."""
    need_row(tx, CONNECTION, connection_id)
    there = tx.one("SELECT regular, checks FROM connection WHERE id = ?", (connection_id,))
    if there is not None and ("regular" in said or "checks" in said):
        need_checks({"regular": bool(there[0]), "checks": there[1]} | said)
    correct(tx, CONNECTION, connection_id, said)


def correct_stage(tx: WriteTx, event_id: str, *, made: Made | None = None, **said: Any) -> str:
    """Correct a stage; return the id of the one that now stands. Raises as `reach_stage`.

    One that is found to be another, full or closed, the directory hears of too.
    """
    need_row(tx, STAGE, event_id)
    if made is not None:
        made.check()
        said |= made.fields
    sql = """SELECT e.stage, e."on", c.service_id FROM connection_event e
        JOIN connection c ON c.id = e.connection_id WHERE e.id = ?"""
    was, on, listed = tx.one(sql, (event_id,)) or ("", None, "")
    if (stage := said.get("stage", was)) != was:
        day = said.get("on") or (date.fromisoformat(on) if on else tx.today)
        heard(tx, str(listed or ""), stage, day)
    return correct(tx, STAGE, event_id, said)


def remove_stage(tx: WriteTx, event_id: str) -> None:
    """Take a stage away, so that the one before it stands again."""
    remove(tx, STAGE, event_id)


def remove_connection(tx: WriteTx, connection_id: str) -> None:
    """Take a connection away with its stages; one that came to nothing is declined or stopped."""
    remove_each(tx, STAGE, _hanging(tx, "connection_event", "connection_id", connection_id))
    remove_each(tx, CLOSENESS, _hanging(tx, "closeness", "connection_id", connection_id))
    remove(tx, CONNECTION, connection_id)


def say_how_near(
    tx: WriteTx,
    person_id: str,
    how: str,
    *,
    tie_id: str | None = None,
    connection_id: str | None = None,
    on: date | None = None,
    words: str = "",
) -> str:
    """Record how near a tie or a connection is: close, steady, thin or strained; return its id."""
    if bool(tie_id) == bool(connection_id):
        raise NotSuch(
            "How near they are was not kept.",
            "It must be said of one tie or of one connection.",
            "Choose somebody, or a group or place.",
        )
    need_of_person(tx, TIE, tie_id, person_id)
    need_of_person(tx, CONNECTION, connection_id, person_id)
    said = {"tie_id": tie_id, "connection_id": connection_id, "how": how, "words": words}
    return add(tx, CLOSENESS, person_id, said | {"on": on or tx.today})


def stands_near(
    tx: WriteTx, how: str, *, tie_id: str | None = None, connection_id: str | None = None
) -> None:
    """Say how near a tie or connection is now, as a form tells it; nothing where that is known."""
    subject, row_id = (TIE, tie_id) if tie_id else (CONNECTION, connection_id)
    person_id = need_row(tx, subject, row_id or "")
    sql = f"""SELECT how FROM closeness WHERE {subject.table}_id = ? AND hidden_at IS NULL
        ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1"""
    if how and how != tx.value(sql, (row_id,)):
        say_how_near(tx, person_id, how, tie_id=tie_id, connection_id=connection_id)


def correct_how_near(tx: WriteTx, closeness_id: str, **said: Any) -> str:
    """Correct how near something was; return the id of the row that now stands."""
    return correct(tx, CLOSENESS, closeness_id, said)


def remove_how_near(tx: WriteTx, closeness_id: str) -> None:
    """Take it away, so that what was said before stands again."""
    remove(tx, CLOSENESS, closeness_id)


def _hanging(tx: ReadTx, table: str, column: str, row_id: str) -> list[str]:
    sql = f"SELECT id FROM {table} WHERE {column} = ? AND hidden_at IS NULL"
    return [str(row[0]) for row in tx.rows(sql, (row_id,))]
