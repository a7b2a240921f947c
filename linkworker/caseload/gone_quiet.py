"""Whom nobody has met for a while, and for whom nothing is arranged: Today asks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload.one_name import records
from linkworker.caseload.reading import AWAY, LAST_MET, LEVEL, LIVING, NAME, STANDING, Named, rows
from linkworker.clock import days_ago, local_day

if TYPE_CHECKING:
    from linkworker.store import ReadTx

QUIET_WEEKS = 4
"""After how many weeks without meeting somebody has gone quiet, unless a team says otherwise."""


@dataclass(frozen=True)
class Quiet(Named):
    """Somebody whom nobody has met for a while."""

    since: date | None
    """The day of the last meeting, or of the beginning where there was none."""
    last_try: datetime | None
    """The last try after it that reached nobody."""
    last_outcome: str
    check_in_on: date | None
    """The day until which they were happy with quiet, where it has come."""
    days: int = 0


def gone_quiet(tx: ReadTx, *, weeks: int = QUIET_WEEKS) -> list[Quiet]:
    """Return whom nobody has met for `weeks` weeks and who has nothing to come or to
    write up, longest first.

    Not those who are away, at Level 1 (a question answered), or happy quiet until a day still to
    come. Somebody paused or stepped back with such a day stands here from that day.
    """
    sql = f"""SELECT {NAME},
            coalesce({LAST_MET}, sp.began) AS since,
            t.happened_at, t.outcome, se.check_in_on, se.kind, {AWAY} AS away,
            {LEVEL}
        FROM person p {STANDING}
        LEFT JOIN contact t ON t.id = (SELECT id FROM contact WHERE person_id = p.id
            AND hidden_at IS NULL AND outcome <> 'met' ORDER BY happened_at DESC LIMIT 1)
        WHERE {LIVING} AND sp.id IS NOT NULL AND away = '' AND coalesce(se.check_in_on, '') <= ?1
            AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.person_id = p.id
                AND a.hidden_at IS NULL AND a.state = 'to come' AND a.at >= ?2)"""
    found = []
    begins = tx.today - timedelta(weeks=weeks)
    for row in rows(tx, _MaybeQuiet, sql, (tx.today.isoformat(), begins.isoformat())):
        one = row.quiet(tx.today, weeks)
        if one is not None:
            found.append(one)
    found = _quiet_on_all(tx, found, begins)
    return sorted(found, key=lambda one: (-one.days, one.name.casefold()))


def _quiet_on_all(tx: ReadTx, found: list[Quiet], begins: date) -> list[Quiet]:
    """Leave out whom another of their records tells of, since `begins` or to come; each once."""
    several = records(tx) if found else {}
    if not several:
        return found
    sql = """SELECT person_id FROM contact WHERE hidden_at IS NULL AND outcome = 'met'
        AND happened_at >= ?1
        UNION SELECT person_id FROM appointment WHERE hidden_at IS NULL AND state = 'to come'
        AND at >= ?1"""
    heard_of = {str(person) for (person,) in tx.rows(sql, (begins.isoformat(),))}
    last: dict[tuple[str, ...], Quiet] = {}
    for one in found:
        together = several.get(one.person_id, (one.person_id,))
        if heard_of.isdisjoint(together[1:] and together):
            stands = last.get(together)
            last[together] = one if stands is None or one.days < stands.days else stands
    return list(last.values())


@dataclass(frozen=True)
class _MaybeQuiet(Named):
    since_text: str
    last_try: datetime | None
    last_outcome: str
    check_in_on: date | None
    support: str
    away: str
    level: int | None

    def quiet(self, today: date, weeks: int) -> Quiet | None:
        """Return them as gone quiet, None where all is well."""
        text = self.since_text
        since: date | None
        if "T" in text:
            since = local_day(datetime.fromisoformat(text.replace("Z", "+00:00")))
        else:
            since = date.fromisoformat(text) if text else None
        asked = self.check_in_on is not None and (since is None or since < self.check_in_on)
        if self.support in ("paused", "stepped back", "ended") and not asked:
            return None
        if not asked and (self.level == 1 or since is None or days_ago(today, since) < weeks * 7):
            return None
        tried = self.last_try
        if tried is not None and since is not None and local_day(tried) < since:
            tried = None
        return Quiet(
            self.person_id,
            self.called,
            self.given,
            self.family,
            self.description,
            since,
            tried,
            self.last_outcome if tried else "",
            self.check_in_on if asked else None,
            days_ago(today, since) if since else 0,
        )
