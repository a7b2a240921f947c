"""Who and what is around somebody: ties to people, households, connections to groups and places.

A connection goes through stages, each dated, and signposting shares nothing about the person. How
near a tie or a connection is, is dated too, so that then and now can be seen (`ecomap`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.connecting import need_agreement, need_checks
from linkworker.caseload.local_knowledge import heard
from linkworker.caseload.reading import NAME, Named, rows
from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_day,
    add,
    an_id,
    correct,
    free,
    need_of_person,
    need_person,
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
HOUSEHOLD = Subject(
    "household_member",
    "HouseholdMember",
    "a household",
    {"household_id": needed, "called": free, "place": free, "until": a_day},
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
    how: str

    @property
    def ended(self) -> bool:
        """Whether the person is not going there."""
        return self.stage in values.STAGES_ENDED


@dataclass(frozen=True)
class HouseholdMember(Named):
    """Somebody who lives in the same household and has a record of their own."""

    member_id: str
    household_id: str
    household: str
    place: str


TOLD_THE_DIRECTORY = ("full", "closed")
"""Ends of a connection that the directory hears of, without whom it was."""

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
    sql = f"""SELECT c.id, c.name, c.kind, c.about, e.stage, e."on", e.words, {how}
        FROM connection c LEFT JOIN connection_event e ON e.id = (
            SELECT id FROM connection_event WHERE connection_id = c.id AND hidden_at IS NULL
            ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)
        WHERE c.person_id = ? AND c.hidden_at IS NULL ORDER BY e."on" DESC, c.id DESC"""
    found = rows(tx, Connection, sql, (person_id,))
    return sorted(found, key=lambda one: one.ended)


def household(tx: ReadTx, person_id: str) -> list[HouseholdMember]:
    """Return who lives with somebody, as far as they have records here; not the person."""
    sql = f"""SELECT {NAME}, other.id, other.household_id, other.called, other.place
        FROM household_member mine
        JOIN household_member other ON other.household_id = mine.household_id
            AND other.person_id <> mine.person_id AND other.hidden_at IS NULL
        JOIN person p ON p.id = other.person_id AND p.hidden_at IS NULL
        WHERE mine.person_id = ?1 AND mine.hidden_at IS NULL
            AND coalesce(mine.until, '9') >= ?2 AND coalesce(other.until, '9') >= ?2
        ORDER BY p.born, p.id"""
    return rows(tx, HouseholdMember, sql, (person_id, tx.today.isoformat()))


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
    how: str = "",
    shared: str = "",
    agreed: str = "",
    **said: Any,
) -> str:
    """Add a connection at its first stage (suggested, today, if nothing else is said).

    `how`, `shared` and `agreed` as in `reach_stage`. `said`: service_id (its entry in the
    directory), other_person_id, for_strength, for_need, regular, checks. Raises `NeedsChecks`.
    """
    said |= {"name": name, "kind": kind, "about": about, "from_note": from_note}
    need_checks(said)
    connection_id = add(tx, CONNECTION, person_id, said)
    reach_stage(
        *(tx, connection_id, stage),
        on=on,
        words=words,
        from_note=from_note,
        how=how,
        shared=shared,
        agreed=agreed,
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
    how: str = "",
    shared: str = "",
    agreed: str = "",
) -> str:
    """Record a stage that a connection reached, on a day (today if left out); return its id.

    `how` is one of `values.CONNECTION_WAYS`. What shares something about the person says what
    (`shared`) and how they agreed to it (`agreed`). That it is full or closed the directory hears
    too. Raises `SharesNothing`, `NeedsAgreement`.
    """
    person_id = need_row(tx, CONNECTION, connection_id)
    need_agreement(how, shared, agreed)
    said = {"connection_id": connection_id, "stage": stage, "on": on or tx.today}
    said |= {"words": words, "from_note": from_note}
    if stage in TOLD_THE_DIRECTORY:
        listed = tx.value("SELECT service_id FROM connection WHERE id = ?", (connection_id,))
        heard(tx, str(listed or ""), stage, on or tx.today)
    return add(tx, STAGE, person_id, said | {"how": how, "shared": shared, "agreed": agreed})


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


def correct_stage(tx: WriteTx, event_id: str, **said: Any) -> str:
    """Correct a stage; return the id of the one that now stands. Raises as `reach_stage`."""
    person_id = need_row(tx, STAGE, event_id)
    sql = "SELECT how, shared, agreed FROM connection_event WHERE id = ? AND person_id = ?"
    how, shared, agreed = tx.rows(sql, (event_id, person_id))[0]
    now = {"how": how, "shared": shared, "agreed": agreed} | said
    need_agreement(str(now["how"]), str(now["shared"]), str(now["agreed"]))
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


def live_together(
    tx: WriteTx,
    person_id: str,
    other_id: str,
    *,
    called: str = "",
    place: str = "",
    other_place: str = "",
) -> str:
    """Say that two people live together; return the household's id.

    Somebody who has a household already brings the other into it. `called` is what the household
    is called, `place` and `other_place` what each of the two is in it.
    """
    need_person(tx, person_id)
    need_person(tx, other_id)
    if person_id == other_id:
        raise NotSuch("No household was made.", "It is the same person.", "Choose somebody else.")
    homes = [_household_of(tx, one) for one in (person_id, other_id)]
    if homes[0] and homes[1] and homes[0] != homes[1]:
        raise NotSuch(
            "No household was made.",
            "Each of the two has a household already.",
            "End one of them first.",
        )
    household_id = homes[0] or homes[1] or tx.new_id()
    for one, home, said in zip((person_id, other_id), homes, (place, other_place), strict=True):
        if not home:
            add(
                tx,
                HOUSEHOLD,
                one,
                {"household_id": household_id, "called": called, "place": said},
            )
    return household_id


def correct_household_member(tx: WriteTx, member_id: str, **said: Any) -> None:
    """Correct what somebody is in a household, or say until when they lived there."""
    correct(tx, HOUSEHOLD, member_id, said)


def remove_household_member(tx: WriteTx, member_id: str) -> None:
    """Take somebody out of a household they never lived in."""
    remove(tx, HOUSEHOLD, member_id)


def _household_of(tx: ReadTx, person_id: str) -> str:
    sql = """SELECT household_id FROM household_member WHERE person_id = ?1 AND hidden_at IS NULL
        AND coalesce(until, '9') >= ?2 ORDER BY recorded_at DESC, id DESC LIMIT 1"""
    return tx.value(sql, (person_id, tx.today.isoformat())) or ""


def _hanging(tx: ReadTx, table: str, column: str, row_id: str) -> list[str]:
    sql = f"SELECT id FROM {table} WHERE {column} = ? AND hidden_at IS NULL"
    return [str(row[0]) for row in tx.rows(sql, (row_id,))]
