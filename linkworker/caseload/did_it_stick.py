"""Did it stick? A connection that somebody tried is asked after some weeks later, by itself.

Whoever went once may be going still, or it was not for them, and nobody hears of it unless they
ask. The answer is the next stage of the connection: then nothing is asked any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload.reading import AWAY, LIVING, NAME, STANDING, Named, rows

if TYPE_CHECKING:
    from linkworker.store import ReadTx

ASKED_AFTER = {"went once": timedelta(weeks=4), "in touch": timedelta(weeks=3)}
"""For each stage how long nothing has to be heard before it is asked."""

MOST = 5
"""Asked about at once: Today is no list of debts."""


@dataclass(frozen=True)
class ToAsk(Named):
    """A connection of which it is time to ask how it goes."""

    connection_id: str
    name_of_it: str
    stage: str
    on: date | None


_SQL = f"""SELECT {NAME}, c.id, c.name, e.stage, e."on"
FROM connection c JOIN person p ON p.id = c.person_id {STANDING}
JOIN connection_event e ON e.id = (
    SELECT id FROM connection_event WHERE connection_id = c.id AND hidden_at IS NULL
    ORDER BY "on" DESC, recorded_at DESC, id DESC LIMIT 1)
WHERE c.hidden_at IS NULL AND {LIVING} AND {AWAY} = ''
    AND coalesce(se.kind, '') NOT IN ('stepped back', 'ended', 'paused')
    AND e.stage IN ('went once', 'in touch') AND e."on" IS NOT NULL
ORDER BY e."on", c.id"""


def did_it_stick(tx: ReadTx) -> list[ToAsk]:
    """Return which connections to ask about, the longest silent first.

    Not of those who died, are away, or with whom we do not walk now.
    """
    found = rows(tx, ToAsk, _SQL, (tx.today.isoformat(),))
    return [one for one in found if one.on and one.on + ASKED_AFTER[one.stage] <= tx.today][:MOST]
