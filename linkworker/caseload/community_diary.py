"""The community diary: groups, what we did in the community, open sessions, volunteers.

Nobody who is supported is named in it. A session's register has first names as they were given,
linked to no record. Whether a group runs without us is asked after 6 and 12 months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import rows
from linkworker.caseload.team_rows import (
    TeamSubject,
    add_row,
    correct_row,
    need_team_row,
    remove_row,
)
from linkworker.caseload.writing import (
    NotSuch,
    a_day,
    a_number,
    an_id,
    free,
    needed,
    one_of,
    some_of,
)
from linkworker.rules.days import add_months
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

ASKED_AFTER = (6, 12)
"""Months after which it is asked whether a group still runs without us."""

GROUP = TeamSubject(
    "community_group",
    "CommunityGroup",
    "a group",
    {
        "name": needed,
        "about": free,
        "area": free,
        "our_part": one_of(*values.OUR_PARTS),
        "service_id": free,
        "begun_on": a_day,
        "stepped_back_on": a_day,
        "ended_on": a_day,
    },
)
CHECK = TeamSubject(
    "group_check",
    "GroupCheck",
    "whether a group runs",
    {"group_id": needed, "on": a_day, "running": one_of(*values.RUNNING), "words": free},
)
WORK = TeamSubject(
    "community_work",
    "CommunityWork",
    "a line of the diary",
    {
        "on": a_day,
        "kind": one_of(*values.COMMUNITY_WORK),
        "minutes": a_number(1, 24 * 60),
        "words": needed,
        "area": free,
        "group_id": an_id,
        "worker_id": free,
    },
)
SESSION = TeamSubject(
    "group_session",
    "GroupSession",
    "a session",
    {
        "on": a_day,
        "place": free,
        "group_id": an_id,
        "led_by": some_of(),
        "names": some_of(),
        "heads": a_number(0, 100_000),
        "unwritten": a_number(0, 100_000),
        "interpreters": free,
        "turned_away": a_number(0, 100_000),
        "given": free,
        "words": free,
    },
    told_of_others=frozenset({"led_by"}),  # volunteers, by their ids
)
VOLUNTEER = TeamSubject(
    "volunteer",
    "Volunteer",
    "a volunteer",
    {
        "name": needed,
        "role": free,
        "training": free,
        "checked": free,
        "checked_on": a_day,
        "left_on": a_day,
    },
    says_who=frozenset({"name"}),
)
HOURS = TeamSubject(
    "volunteer_hours",
    "VolunteerHours",
    "time that somebody gave",
    {
        "volunteer_id": needed,
        "on": a_day,
        "minutes": a_number(1, 24 * 60),
        "group_id": an_id,
        "words": free,
    },
)


@dataclass(frozen=True)
class Group:
    """A group that we supported or started, and whether it runs as far as we know."""

    group_id: str
    name: str
    about: str
    area: str
    our_part: str
    begun_on: date | None
    stepped_back_on: date | None
    ended_on: date | None
    asked_on: date | None
    """When it was last looked whether it runs without us."""
    running: str

    @property
    def to_ask_on(self) -> date | None:
        """The day from which it is to be asked whether it still runs; None for none."""
        if self.stepped_back_on is None or self.ended_on is not None or self.running == "no":
            return None
        for months in ASKED_AFTER:
            day = add_months(self.stepped_back_on, months)
            if self.asked_on is None or self.asked_on < day:
                return day
        return None


@dataclass(frozen=True)
class Done:
    """A line of the diary: work in the community, or an open session."""

    row_id: str
    is_session: bool
    on: date | None
    kind: str
    words: str
    minutes: int | None
    area: str
    group: str
    heads: int | None
    """Who was there, with those who would rather not be written down."""


@dataclass(frozen=True)
class Volunteer:
    """Somebody who helps lead, and the time they gave."""

    volunteer_id: str
    name: str
    role: str
    training: str
    checked: str
    checked_on: date | None
    left_on: date | None
    minutes: int


@dataclass(frozen=True)
class Register:
    """An open session with its register."""

    on: date | None
    place: str
    names: tuple[str, ...]
    heads: int | None
    unwritten: int
    interpreters: str
    turned_away: int
    given: str
    words: str
    group_id: str | None
    led_by: tuple[str, ...]
    """Volunteers, by id."""


_GROUPS = """SELECT g.id, g.name, g.about, g.area, g.our_part, g.begun_on, g.stepped_back_on,
    g.ended_on, c."on", coalesce(c.running, '')
FROM community_group g LEFT JOIN group_check c ON c.id = (
    SELECT id FROM group_check WHERE group_id = g.id AND hidden_at IS NULL
    ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)
WHERE g.hidden_at IS NULL ORDER BY g.ended_on IS NOT NULL, g.name, g.id"""

_DONE = """SELECT w.id, 0, w."on", w.kind, w.words, w.minutes, w.area, coalesce(g.name, ''), NULL
FROM community_work w LEFT JOIN community_group g ON g.id = w.group_id
WHERE w.hidden_at IS NULL AND w."on" BETWEEN ?1 AND ?2
UNION ALL
SELECT s.id, 1, s."on", 'session', s.words, NULL, s.place, coalesce(g.name, ''),
    max(coalesce(s.heads, 0), json_array_length(s.names) + s.unwritten)
FROM group_session s LEFT JOIN community_group g ON g.id = s.group_id
WHERE s.hidden_at IS NULL AND s."on" BETWEEN ?1 AND ?2
ORDER BY 3 DESC, 1 DESC"""

_VOLUNTEERS = """SELECT v.id, v.name, v.role, v.training, v.checked, v.checked_on, v.left_on,
    coalesce(sum(h.minutes), 0)
FROM volunteer v LEFT JOIN volunteer_hours h ON h.volunteer_id = v.id AND h.hidden_at IS NULL
    AND h."on" BETWEEN ?1 AND ?2
WHERE v.hidden_at IS NULL GROUP BY v.id ORDER BY v.left_on IS NOT NULL, v.name, v.id"""


def groups(tx: ReadTx) -> list[Group]:
    """Return the groups that we supported or started, ended ones last."""
    return rows(tx, Group, _GROUPS, ())


def to_ask(tx: ReadTx) -> list[Group]:
    """Return the groups of which it is to be asked today whether they run without us."""
    return [one for one in groups(tx) if one.to_ask_on is not None and one.to_ask_on <= tx.today]


def done(tx: ReadTx, since: date, until: date) -> list[Done]:
    """Return the diary of some days, both ends counted, the latest first."""
    return rows(tx, Done, _DONE, (since.isoformat(), until.isoformat()))


def session(tx: ReadTx, session_id: str) -> Register:
    """Return a session with its register. Raises `NotFound`."""
    need_team_row(tx, SESSION, session_id)
    columns = ", ".join(f'"{one}"' for one in Register.__dataclass_fields__)
    return rows(tx, Register, f"SELECT {columns} FROM group_session WHERE id = ?", (session_id,))[0]


def volunteers(tx: ReadTx, since: date, until: date) -> list[Volunteer]:
    """Return who helps lead, and the minutes they gave in some days, who left last."""
    return rows(tx, Volunteer, _VOLUNTEERS, (since.isoformat(), until.isoformat()))


def add_group(tx: WriteTx, name: str, **said: Any) -> str:
    """Add a group that we support or start; return its id."""
    return add_row(tx, GROUP, {"name": name, "begun_on": tx.today} | said)


def correct_group(tx: WriteTx, group_id: str, **said: Any) -> None:
    """Correct what is known of a group."""
    correct_row(tx, GROUP, group_id, said)


def step_back(tx: WriteTx, group_id: str, on: date | None = None) -> None:
    """Say since when a group runs without us: from then on it is asked whether it does."""
    correct_row(tx, GROUP, group_id, {"stepped_back_on": on or tx.today})


def still_runs(
    tx: WriteTx, group_id: str, running: str, *, on: date | None = None, words: str = ""
) -> str:
    """Say whether a group ran on a day, without us; one that does not has ended on that day."""
    need_team_row(tx, GROUP, group_id)
    on = on or tx.today
    made = add_row(tx, CHECK, {"group_id": group_id, "on": on, "running": running, "words": words})
    if running == "no":
        correct_row(tx, GROUP, group_id, {"ended_on": on})
    return made


def write_down(tx: WriteTx, words: str, **said: Any) -> str:
    """Write a line of the diary, of today and oneself if nothing else is said; return its id."""
    _need_group(tx, said)
    return add_row(tx, WORK, {"words": words, "on": tx.today, "worker_id": tx.worker_id} | said)


def correct_work(tx: WriteTx, work_id: str, **said: Any) -> None:
    """Correct a line of the diary."""
    _need_group(tx, said)
    correct_row(tx, WORK, work_id, said)


def remove_work(tx: WriteTx, work_id: str) -> None:
    """Take a line of the diary away."""
    remove_row(tx, WORK, work_id)


def add_session(tx: WriteTx, **said: Any) -> str:
    """Write down an open session and its register, of today if nothing else is said."""
    _need_group(tx, said)
    for one in said.get("led_by", ()):
        need_team_row(tx, VOLUNTEER, one)
    if not any(said.values()):
        raise NotSuch(
            "No session was kept.", "Nothing is said of it.", "Say who came, or how many."
        )
    return add_row(tx, SESSION, {"on": tx.today} | said)


def correct_session(tx: WriteTx, session_id: str, **said: Any) -> None:
    """Correct a session or its register."""
    _need_group(tx, said)
    correct_row(tx, SESSION, session_id, said)


def remove_session(tx: WriteTx, session_id: str) -> None:
    """Take a session away."""
    remove_row(tx, SESSION, session_id)


def add_volunteer(tx: WriteTx, name: str, **said: Any) -> str:
    """Add somebody who helps lead; return their id."""
    return add_row(tx, VOLUNTEER, {"name": name} | said)


def correct_volunteer(tx: WriteTx, volunteer_id: str, **said: Any) -> None:
    """Correct what is known of a volunteer; `left_on` ends it."""
    correct_row(tx, VOLUNTEER, volunteer_id, said)


def gave_time(tx: WriteTx, volunteer_id: str, minutes: int, **said: Any) -> str:
    """Note time that a volunteer gave, today if nothing else is said."""
    need_team_row(tx, VOLUNTEER, volunteer_id)
    _need_group(tx, said)
    said = {"volunteer_id": volunteer_id, "minutes": minutes, "on": tx.today} | said
    return add_row(tx, HOURS, said)


def _need_group(tx: ReadTx, said: dict[str, Any]) -> None:
    if said.get("group_id"):
        need_team_row(tx, GROUP, str(said["group_id"]))
