"""Today: what a coordinator needs to see at ten to nine on a Monday, and nothing more.

Not here: a person's story before it is opened, anything kept apart, a family's steps as mine,
counts of anything, and nobody who is happy quiet until a day. A death stops every reminder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from linkworker import late
from linkworker.caseload.did_it_stick import ToAsk, did_it_stick
from linkworker.caseload.gone_quiet import QUIET_WEEKS, Quiet, gone_quiet
from linkworker.caseload.introductions import Introduced, to_tell, waiting
from linkworker.caseload.one_name import records, shown_as, under_one_name
from linkworker.caseload.reading import AWAY, LIVING, NAME, STANDING, Named, rows
from linkworker.caseload.team_news import TeamNews, team_news
from linkworker.clock import day_begins, from_text, local_day, to_text, wall_now

if TYPE_CHECKING:
    from linkworker.store import ReadTx

SLIP_DAYS = 14
"""From how many days before a date that cannot slip is shown."""

WRITE_UP_DAYS = 42
"""How far back a visit waits to be written up; what is older is left in peace."""

OFF_DAYS = 28
"""How far back "while you were off" looks, for somebody who was not here for longer."""

_A_CALL = late.pattern(r"\W*(ring|call|phone|text|message|video|speak|voicemail)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Promised(Named):
    """Something that I said I would do, today or before today."""

    step_id: str
    words: str
    day: date | None
    time: str
    away: str
    by: str
    """The colleague who promised it and walks with them no more, "" for oneself."""

    @property
    def is_call(self) -> bool:
        """Whether it is a call: it begins as one is said ("ring Dean")."""
        return _A_CALL.match(self.words) is not None


@dataclass(frozen=True)
class CannotSlip(Named):
    """A date set by others, with a loss if it is missed; whoever does the step."""

    step_id: str
    words: str
    day: date | None
    who: str
    who_does: str


@dataclass(frozen=True)
class Meeting(Named):
    """One person of a visit, call or session today."""

    appointment_id: str
    occasion_id: str
    kind: str
    at: str
    minutes: int | None
    place: str
    about: str
    interpreter: str
    state: str
    person_place: str
    getting_in: str
    away: str

    @property
    def time(self) -> str:
        """The wall time "10:05", "" where none was said."""
        return self.at[11:16]


@dataclass(frozen=True)
class Occasion:
    """A visit, call or session today, and everybody who is in it."""

    people: tuple[Meeting, ...]

    @property
    def first(self) -> Meeting:
        """What is said of the occasion stands on every one of its people; this is the first."""
        return self.people[0]


@dataclass(frozen=True)
class WhileOff(Named):
    """What a colleague did with somebody while I was off; never the words of it."""

    row_id: str
    kind: str
    """ "contact", "support", "whereabouts" or "step"."""
    what: str
    at: datetime | None
    """When they wrote it down."""
    worker: str


@dataclass(frozen=True)
class NotWrittenUp(Named):
    """A visit that happened, or was to, and that nothing tells of yet."""

    row_id: str
    kind: str
    """ "appointment" or "contact"."""
    what: str
    day_text: str
    occasion_id: str

    @property
    def day(self) -> date:
        """The day it was on: of a contact, which has its instant, the day in England."""
        told = self.day_text
        return local_day(from_text(told)) if told.endswith("Z") else date.fromisoformat(told)


@dataclass(frozen=True)
class NewToMe(Named):
    """Somebody whom the team gave me, and whom I have not opened yet."""

    since: datetime | None
    """When they came to this laptop."""
    handed_by: str
    """Who wrote a hand-over sheet about them, "" where nobody did."""


@dataclass(frozen=True)
class Begun:
    """A note that was begun and not saved yet."""

    draft_id: str
    people: tuple[Named, ...]
    kept_at: datetime
    """When it was last kept, by itself."""
    story: str
    """What is written so far: its story, or else its marks. A part kept apart is not here."""


@dataclass(frozen=True)
class Today:
    """The whole of it, each list in the order in which it is shown."""

    waiting: list[Introduced]
    """Introductions that wait; who is among them is not in `new_to_me` too."""
    to_tell: list[Introduced]
    new_to_me: list[NewToMe]
    promised: list[Promised]
    cannot_slip: list[CannotSlip]
    occasions: list[Occasion]
    while_off: list[WhileOff]
    begun: list[Begun]
    not_written_up: list[NotWrittenUp]
    quiet: list[Quiet]
    to_ask: list[ToAsk]
    """What somebody tried some weeks ago: did it stick?"""
    anybody: bool
    """Whether there is anybody in the caseload at all."""
    team: TeamNews
    """What the team says to whoever is here."""


def today(tx: ReadTx, *, quiet_weeks: int = QUIET_WEEKS) -> Today:
    """Return today, as it stands now: of whoever has several records, under one name."""
    shown = shown_as(tx)
    waits = waiting(tx)
    who_waits = {one.person_id for one in waits}
    given = [one for one in new_to_me(tx) if one.person_id not in who_waits]
    return Today(
        under_one_name(shown, waits),
        under_one_name(shown, to_tell(tx)),
        _once(under_one_name(shown, given), shown),
        under_one_name(shown, promised(tx)),
        under_one_name(shown, cannot_slip(tx)),
        [Occasion(tuple(under_one_name(shown, one.people))) for one in occasions(tx)],
        under_one_name(shown, while_off(tx)),
        [replace(one, people=tuple(under_one_name(shown, one.people))) for one in begun(tx)],
        under_one_name(shown, not_written_up(tx)),
        under_one_name(shown, gone_quiet(tx, weeks=quiet_weeks)),
        under_one_name(shown, did_it_stick(tx)),
        tx.value("SELECT 1 FROM person WHERE hidden_at IS NULL LIMIT 1") is not None,
        team_news(tx),
    )


def _once(found: list[NewToMe], shown: Mapping[str, Named]) -> list[NewToMe]:
    """Return each person once, whichever of their records is new."""
    first = {_head(shown, one.person_id): one for one in reversed(found)}
    return [one for one in found if first[_head(shown, one.person_id)] is one]


def _head(shown: Mapping[str, Named], person_id: str) -> str:
    """Return the record that stands for somebody."""
    return shown[person_id].person_id if person_id in shown else person_id


def new_to_me(tx: ReadTx) -> list[NewToMe]:
    """Return whom the team gave me, who came last first, until I open them."""
    sql = f"""SELECT {NAME}, g.at, coalesce((SELECT w.name FROM note_mark m
            JOIN worker w ON w.id = m.recorded_by
            WHERE m.person_id = p.id AND m.kind = 'hand-over' AND m.hidden_at IS NULL
            AND m.recorded_by <> ? ORDER BY m.recorded_at DESC LIMIT 1), '')
        FROM sync_new_here g JOIN person p ON p.id = g.person_id AND p.hidden_at IS NULL
        WHERE g.opened_at IS NULL
        ORDER BY g.at DESC, p.id"""
    return rows(tx, NewToMe, sql, (tx.worker_id,))


PROMISED_BY = """CASE WHEN st.who_worker_id IN (?2, '') THEN '' ELSE coalesce(
    (SELECT name FROM worker WHERE id = st.who_worker_id), 'a colleague') END"""
"""Of step `st`: which colleague promised it, "" for the worker ?2 or nobody by name."""

FOR_ME_TO_KEEP = """st.who_does = 'worker' AND (st.who_worker_id IN (?2, '')
    OR (p.recorded_by NOT IN (?2, '') AND NOT EXISTS (
        SELECT 1 FROM (SELECT recorded_by AS who, recorded_at AS at FROM contact
                WHERE person_id = p.id AND hidden_at IS NULL
            UNION ALL SELECT recorded_by, recorded_at FROM step
                WHERE person_id = p.id AND hidden_at IS NULL) x
        WHERE x.who = st.who_worker_id
        AND x.at > coalesce((SELECT at FROM sync_new_here WHERE person_id = p.id), '9'))))"""
"""Said of step `st` of person `p`: the worker ?2 promised it, or a colleague did whose person was
given to them. Whoever wrote of a visit or a step since then walks with them still, and keeps it."""


def promised(tx: ReadTx) -> list[Promised]:
    """Return what I said I would do by today: what has a time today, today's, then earlier days.

    So does what a colleague promised whose person I was given. Dates that cannot slip stand apart
    and not here.
    """
    sql = f"""SELECT {NAME}, st.id, st.words, st.by_day, st.by_time, {AWAY}, {PROMISED_BY}
        FROM step st JOIN person p ON p.id = st.person_id {STANDING}
        WHERE st.hidden_at IS NULL AND st.state = 'open' AND {FOR_ME_TO_KEEP}
            AND NOT st.cannot_slip AND st.by_day <= ?1 AND {LIVING}
        ORDER BY st.by_day < ?1, st.by_time = '', st.by_time, st.by_day DESC, st.id"""
    return rows(tx, Promised, sql, (tx.today.isoformat(), tx.worker_id))


def cannot_slip(tx: ReadTx) -> list[CannotSlip]:
    """Return the dates that cannot slip, from 14 days before and until they are settled."""
    sql = f"""SELECT {NAME}, st.id, st.words, st.by_day, st.who, st.who_does
        FROM step st JOIN person p ON p.id = st.person_id
        WHERE st.hidden_at IS NULL AND st.state = 'open' AND st.cannot_slip
            AND st.by_day <= ? AND {LIVING} ORDER BY st.by_day, st.id"""
    return rows(tx, CannotSlip, sql, ((tx.today + timedelta(days=SLIP_DAYS)).isoformat(),))


def occasions(tx: ReadTx, *, start: date | None = None, days: int = 1) -> list[Occasion]:
    """Return the visits, calls and sessions of today, people met together as one.

    Another `start` and more `days` give those of a few days, a day's without a time at its end.
    """
    start = start or tx.today
    sql = f"""SELECT {NAME}, a.id, a.occasion_id, a.kind, a.at, a.minutes, a.place, a.about,
            a.interpreter, a.state, p.place,
            (SELECT getting_in FROM address WHERE person_id = p.id AND hidden_at IS NULL
                AND coalesce(until, '9') >= ?1 AND kind <> 'letters'
                ORDER BY kind <> 'staying at', recorded_at DESC, id DESC LIMIT 1), {AWAY}
        FROM appointment a JOIN person p ON p.id = a.person_id {STANDING}
        WHERE a.hidden_at IS NULL AND a.state IN ('to come', 'happened')
            AND a.worker_id IN (?2, '') AND a.at >= ?3 AND a.at < ?4 AND {LIVING}
        ORDER BY substr(a.at, 1, 10), length(a.at) = 10, a.at, p.recorded_at, a.id"""
    after = start + timedelta(days=days)
    together: dict[str, list[Meeting]] = {}
    params = (tx.today.isoformat(), tx.worker_id, start.isoformat(), after.isoformat())
    for meeting in rows(tx, Meeting, sql, params):
        together.setdefault(meeting.occasion_id or meeting.appointment_id, []).append(meeting)
    return [Occasion(tuple(people)) for people in together.values()]


def while_off(tx: ReadTx) -> list[WhileOff]:
    """Return what colleagues did since the last day on which I was here, the latest first.

    I was here on a day on which I opened or wrote something.
    """
    midnight = day_begins(tx.today)
    earliest = midnight - timedelta(days=OFF_DAYS)
    here = tx.value(
        """SELECT max(at) FROM (
            SELECT (SELECT at FROM audit_event WHERE worker_id = ?1 AND at < ?2
                ORDER BY id DESC LIMIT 1) AS at
            UNION ALL SELECT (SELECT recorded_at FROM contact WHERE hidden_at IS NULL
                AND recorded_by = ?1 AND recorded_at < ?2 ORDER BY recorded_at DESC LIMIT 1))""",
        (tx.worker_id, to_text(midnight)),
    )
    since = max(here or "", to_text(earliest))
    theirs = "x.recorded_by NOT IN (?1, '') AND x.recorded_at > ?2 AND x.hidden_at IS NULL"
    sql = " UNION ALL ".join(
        f"""SELECT {NAME}, x.id, '{kind}', {what}, x.recorded_at AS at, coalesce(wk.name, '')
        FROM {table} x JOIN person p ON p.id = x.person_id AND p.hidden_at IS NULL
        LEFT JOIN worker wk ON wk.id = x.recorded_by WHERE {theirs}"""
        for kind, table, what in (
            ("contact", "contact", "x.how"),
            ("support", "support_event", "x.kind"),
            ("whereabouts", "whereabouts", "x.kind"),
            ("step", "step", "'a step'"),
        )
    )
    return rows(tx, WhileOff, sql + " ORDER BY at DESC LIMIT 30", (tx.worker_id, since))


def begun(tx: ReadTx) -> list[Begun]:
    """Return the notes that were begun and not saved, the last kept first."""
    drafts = tx.rows(
        "SELECT id, people, saved_at, words FROM draft WHERE kind = 'note' "
        "ORDER BY saved_at DESC, id"
    )
    if not drafts:
        return []
    from linkworker.rules.marks import read_note
    from linkworker.text import clean

    found = []
    for draft_id, about, kept_at, words in drafts:
        people = rows(
            tx,
            Named,
            f"SELECT {NAME} FROM json_each(?) one JOIN person p ON p.id = one.value "
            "AND p.hidden_at IS NULL ORDER BY one.key",
            (about,),
        )
        told = read_note(clean(words)).in_a_list
        found.append(Begun(draft_id, tuple(people), from_text(kept_at), told))
    return found


def not_written_up(tx: ReadTx) -> list[NotWrittenUp]:
    """Return my visits and sessions that nothing tells of yet, the latest first."""
    since = tx.today - timedelta(days=WRITE_UP_DAYS)
    begins = to_text(day_begins(since))
    sql = f"""SELECT {NAME}, a.id, 'appointment', a.kind, substr(a.at, 1, 10) AS day, a.occasion_id
        FROM appointment a JOIN person p ON p.id = a.person_id
        WHERE a.hidden_at IS NULL AND a.worker_id IN (?1, '') AND a.contact_id IS NULL
            AND a.state IN ('to come', 'happened') AND a.kind <> 'something else'
            AND a.at < ?2 AND a.at >= ?3 AND {LIVING}
        UNION ALL
        SELECT {NAME}, c.id, 'contact', c.how, c.happened_at, c.occasion_id
        FROM person p CROSS JOIN contact c ON c.person_id = p.id
        WHERE c.hidden_at IS NULL AND c.worker_id IN (?1, '') AND c.outcome = 'met'
            AND c.how IN ('home visit', 'met out', 'at a session', 'video')
            AND c.happened_at >= ?4 AND p.hidden_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM note n WHERE n.contact_id = c.id
                AND n.hidden_at IS NULL)
        ORDER BY day DESC"""
    found = rows(tx, NotWrittenUp, sql, (tx.worker_id, wall_now(tx.now), since.isoformat(), begins))
    waiting = {one.person_id for one in found if one.kind == "appointment"}
    several = records(tx) if waiting else {}
    asked = {other for one in waiting for other in several.get(one, (one,))}
    met = _met_on(tx, asked, begins) if waiting else set()
    left = [
        one
        for one in found
        if one.kind == "contact"
        or not any((other, one.day) in met for other in several.get(one.person_id, [one.person_id]))
    ]
    return sorted(left, key=lambda one: one.day, reverse=True)


def _met_on(tx: ReadTx, people: Iterable[str], begins: str) -> set[tuple[str, date]]:
    """Return who of `people` was met on which day in England, from the instant `begins` on.

    The database knows no zone: in summer an instant after midnight bears the day before.
    """
    sql = """SELECT person_id, happened_at FROM contact WHERE hidden_at IS NULL
        AND outcome = 'met' AND happened_at >= ?1
        AND person_id IN (SELECT value FROM json_each(?2))"""
    found = tx.rows(sql, (begins, json.dumps(sorted(people))))
    return {(str(person), local_day(from_text(str(at)))) for person, at in found}
