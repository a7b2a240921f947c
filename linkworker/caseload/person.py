"""One person: the banner that stands over every section, and the person in sight beside a list.

The banner says how they like to be called, how to reach them safely, what to keep in mind, and who
walks with them. Nothing kept apart is read here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from linkworker.caseload.about import visions_now
from linkworker.caseload.entered_twice import also_entered_as, records_of
from linkworker.caseload.plan import Goal, Step, Strength, open_goals, open_steps, strengths
from linkworker.caseload.reading import AWAY, LEVEL, NAME, STANDING, Named, first, rows
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx


@dataclass(frozen=True)
class Banner(Named):
    """What stands over a person's page."""

    pronouns: str
    place: str
    born: date | None
    born_precision: str
    died: date | None
    language: str
    interpreter: str
    interpreter_wishes: str
    communication_support: str
    adjustments: str
    support: str
    """What last happened to their support; "" before it."""
    support_on: date | None
    began: date | None
    check_in_on: date | None
    level: int | None
    worker: str
    """Who walks with them, "" if it is the one whose laptop this is."""
    away: str
    away_since: date | None
    reach_kind: str
    reach_value: str
    reach_whose: str
    safe_to_leave: str
    getting_in: str
    keep_in_mind: str
    """The latest risk that stands, in its words."""
    keep_in_mind_on: date | None
    """The day on which that was said."""
    risks: int
    """How many risks stand."""
    no_known_risks_on: date | None
    """The day on which it was said that no risks are known, where that stands and nothing has been
    kept apart since (docs/decisions, 0015)."""


_REACH = """LEFT JOIN reach r ON r.id = (SELECT id FROM reach WHERE person_id = p.id
    AND hidden_at IS NULL ORDER BY preferred DESC, kind NOT IN ('home phone', 'mobile'),
    recorded_at, id LIMIT 1)"""
_HOME = """LEFT JOIN address ad ON ad.id = (SELECT id FROM address WHERE person_id = p.id
    AND hidden_at IS NULL AND coalesce(until, '9') >= ?1 AND kind <> 'letters'
    ORDER BY kind <> 'staying at', recorded_at DESC, id DESC LIMIT 1)"""
_STANDS = "person_id = p.id AND hidden_at IS NULL AND ended_on IS NULL AND kind"

BANNER = f"""
SELECT {NAME}, p.pronouns, p.place, p.born, p.born_precision,
    coalesce(p.died, CASE WHEN w.kind = 'died' THEN w.since END),
    p.language, p.interpreter, p.interpreter_wishes, p.communication_support, p.adjustments,
    se.kind, se."on", sp.began, se.check_in_on, {LEVEL},
    CASE WHEN sp.worker_id = ?3 THEN '' ELSE coalesce(wk.name, '') END, {AWAY}, w.since,
    r.kind, r.value, r.whose, r.safe_to_leave, ad.getting_in,
    (SELECT words FROM safety_statement WHERE {_STANDS} = 'risk'
        ORDER BY said_on DESC, id DESC LIMIT 1),
    (SELECT said_on FROM safety_statement WHERE {_STANDS} = 'risk'
        ORDER BY said_on DESC, id DESC LIMIT 1),
    (SELECT count(*) FROM safety_statement WHERE {_STANDS} = 'risk'),
    (SELECT max(said_on) FROM safety_statement s WHERE {_STANDS} = 'no known risks'
        AND NOT EXISTS (SELECT 1 FROM kept_apart ka WHERE ka.person_id = p.id
            AND ka.hidden_at IS NULL AND ka.recorded_at >= s.recorded_at))
FROM person p {STANDING} LEFT JOIN worker wk ON wk.id = sp.worker_id {_REACH} {_HOME}
WHERE p.id = ?2 AND p.hidden_at IS NULL
"""


def banner(tx: ReadTx, person_id: str) -> Banner | None:
    """Return what stands over a person's page, None where the person is not there.

    Of somebody who has several records a risk or a death on any of them stands there, and that no
    risks are known only where every one says so.
    """
    found = first(tx, Banner, BANNER, (tx.today.isoformat(), person_id, tx.worker_id))
    if found is None:
        return None
    for other in records_of(tx, person_id):
        beside = (
            None
            if other == person_id
            else first(tx, Banner, BANNER, (tx.today.isoformat(), other, tx.worker_id))
        )
        found = _with_risks(found, beside) if beside is not None else found
    return found


def _with_risks(one: Banner, other: Banner) -> Banner:
    said = max(
        (one, other), key=lambda it: (bool(it.risks), it.keep_in_mind_on or date.min, it is one)
    )
    none_known = (one.no_known_risks_on, other.no_known_risks_on)
    return replace(
        one,
        risks=one.risks + other.risks,
        keep_in_mind=said.keep_in_mind,
        keep_in_mind_on=said.keep_in_mind_on,
        no_known_risks_on=min(day for day in none_known if day) if all(none_known) else None,
        died=one.died or other.died,
    )


def age(born: date | None, precision: str, today: date) -> str:
    """Return somebody's age as it is said: "78", "about 78", "5 months"; "" where it is not known.

    `precision` is one of `values.PRECISIONS`: only a known day or month gives a certain age.
    """
    if born is None:
        return ""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if precision in ("year", "about"):
        return f"about {today.year - born.year}"
    if months < 24:
        return f"{months} months" if months != 1 else "1 month"
    return str(months // 12)


@dataclass(frozen=True)
class Tried:
    """A connection, as one line: its name, the stage it is at, and what was said of it."""

    name: str
    stage: str
    on: date | None
    words: str

    @property
    def ended(self) -> bool:
        """Whether the person is not going there."""
        return self.stage in values.STAGES_ENDED


@dataclass(frozen=True)
class Sight:
    """The person in sight beside a list: what one wants to know before ringing the bell."""

    banner: Banner
    visions: list[str]
    """A good life in their words, as their page shows it (`about.visions_now`)."""
    goals: list[Goal]
    steps: list[Step]
    """Open ones, by their day."""
    strengths: list[Strength]
    ties: list[tuple[str, str]]
    """Name and what is said of them: ("Pat", "daughter, weekly")."""
    tried: list[Tried]
    last_met: datetime | None
    last_try: datetime | None
    """The last contact after it, met or not."""
    last_try_outcome: str
    also: tuple[str, ...] = ()
    """What they are called on their other records (`entered_twice`)."""


_TRIED = """SELECT c.name, e.stage, e."on", e.words FROM connection c
JOIN connection_event e ON e.id = (
    SELECT id FROM connection_event WHERE connection_id = c.id AND hidden_at IS NULL
    ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)
WHERE c.person_id = ? AND c.hidden_at IS NULL ORDER BY e."on" DESC, c.id DESC LIMIT 4"""
_TIES = """SELECT name, relationship, how_often FROM tie
WHERE person_id = ? AND hidden_at IS NULL AND until IS NULL AND NOT paid
ORDER BY recorded_at, id LIMIT 4"""
_LAST_MET = """SELECT happened_at FROM contact WHERE person_id = ? AND hidden_at IS NULL
AND outcome = 'met' ORDER BY happened_at DESC LIMIT 1"""
_LAST_TRY = """SELECT happened_at, outcome FROM contact WHERE person_id = ?
AND hidden_at IS NULL ORDER BY happened_at DESC, id DESC LIMIT 1"""


@dataclass(frozen=True)
class _Try:
    at: datetime | None
    outcome: str


@dataclass(frozen=True)
class _Met:
    at: datetime | None


def sight(tx: ReadTx, person_id: str) -> Sight | None:
    """Return the person in sight, None where the person is not there. A few short reads."""
    known = banner(tx, person_id)
    if known is None:
        return None
    one = (person_id,)
    last_try = first(tx, _Try, _LAST_TRY, one)
    last_met = first(tx, _Met, _LAST_MET, one)
    around = [
        (str(name), ", ".join(part for part in (relationship, how_often) if part))
        for name, relationship, how_often in tx.rows(_TIES, one)
    ]
    return Sight(
        banner=known,
        visions=[one.words for one in visions_now(tx, person_id)],
        goals=open_goals(tx, person_id),
        steps=open_steps(tx, person_id),
        strengths=strengths(tx, person_id),
        ties=around,
        tried=rows(tx, Tried, _TRIED, one),
        last_met=last_met.at if last_met else None,
        last_try=last_try.at if last_try else None,
        last_try_outcome=last_try.outcome if last_try else "",
        also=tuple(other.name for other in also_entered_as(tx, person_id)),
    )
