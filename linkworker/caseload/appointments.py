"""Appointments: visits, calls and sessions to come, as they stand in a diary.

They stand in wall time: ten o'clock stays ten o'clock when the clocks change. People met together
share an occasion and are one line of the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from linkworker.caseload.reading import first, rows
from linkworker.caseload.writing import (
    NotSuch,
    Subject,
    a_number,
    add,
    an_id,
    correct,
    free,
    need_row,
    one_of,
    remove,
)
from linkworker.clock import is_left_out, wall_now
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


def a_wall_time(value: Any, what: str) -> str:
    """Take "2026-11-27T10:05", or "2026-11-27" where no time was said.

    A time that the clocks leave out in spring is refused: nobody could meet then.
    """
    text = free(value, what)
    form = "%Y-%m-%dT%H:%M" if "T" in text else "%Y-%m-%d"
    try:
        wall = datetime.strptime(text, form)
        same = wall.strftime(form) == text
    except ValueError:
        same = False
    if not same:
        raise NotSuch("The appointment was not kept.", "It has no day.", "Say when it is.")
    if is_left_out(wall):
        raise NotSuch(
            "The appointment was not kept.",
            "The clocks go forward that night, and that time is left out.",
            "Say a time an hour earlier or later.",
        )
    return text


APPOINTMENT = Subject(
    "appointment",
    "Appointment",
    "an appointment",
    {
        "occasion_id": free,
        "worker_id": free,
        "kind": one_of(*values.APPOINTMENT_KINDS),
        "at": a_wall_time,
        "zone": free,
        "minutes": a_number(1, 24 * 60),
        "place": free,
        "about": free,
        "interpreter": free,
        "state": one_of(*values.APPOINTMENT_STATES),
        "state_words": free,
        "contact_id": an_id,
    },
)


@dataclass(frozen=True)
class Appointment:
    """A visit, call or session, to come or past."""

    appointment_id: str
    occasion_id: str
    worker_id: str
    kind: str
    at: str
    minutes: int | None
    place: str
    about: str
    interpreter: str
    state: str
    state_words: str

    @property
    def day(self) -> date:
        """The day on which it is."""
        return date.fromisoformat(self.at[:10])

    @property
    def time(self) -> str:
        """The wall time "10:05", "" where none was said."""
        return self.at[11:16]


_ALL = """SELECT id, occasion_id, worker_id, kind, at, minutes, place, about, interpreter, state,
    state_words FROM appointment WHERE person_id = ?1 AND hidden_at IS NULL AND at <> ''"""


def to_come(tx: ReadTx, person_id: str) -> list[Appointment]:
    """Return what is still to come, today's among it, the next first."""
    sql = _ALL + " AND state = 'to come' AND at >= ?2 ORDER BY at, id"
    return rows(tx, Appointment, sql, (person_id, tx.today.isoformat()))


def begun(tx: ReadTx, person_id: str, since: date) -> list[Appointment]:
    """Return those since a day of which nobody has said yet what came of them, the last first.

    What still lies ahead is not among them; one of today without a time is.
    """
    sql = _ALL + " AND state = 'to come' AND at >= ?2 AND at <= ?3 ORDER BY at DESC, id DESC"
    return rows(tx, Appointment, sql, (person_id, since.isoformat(), wall_now(tx.now)))


def appointment(tx: ReadTx, appointment_id: str) -> Appointment | None:
    """Return one appointment, whatever became of it; None where it is not there, or on no day:
    what came from elsewhere may say of none when it is."""
    sql = """SELECT id, occasion_id, worker_id, kind, at, minutes, place, about, interpreter, state,
        state_words FROM appointment WHERE id = ?1 AND hidden_at IS NULL AND at <> ''"""
    return first(tx, Appointment, sql, (appointment_id,))


def past(tx: ReadTx, person_id: str) -> list[Appointment]:
    """Return what is past, moved or called off, the latest first."""
    sql = _ALL + " AND (state <> 'to come' OR at < ?2) ORDER BY at DESC, id DESC"
    return rows(tx, Appointment, sql, (person_id, tx.today.isoformat()))


def add_appointment(tx: WriteTx, person_id: str, at: str, **said: Any) -> str:
    """Add a visit, call or session; return its id.

    `at`: wall time (`a_wall_time`). `said`: kind, minutes, place, about, interpreter, occasion_id,
    worker_id (oneself if left out).
    """
    said.setdefault("worker_id", tx.worker_id)
    return add(tx, APPOINTMENT, person_id, {"at": at, **said})


def correct_appointment(tx: WriteTx, appointment_id: str, **said: Any) -> None:
    """Correct an appointment."""
    correct(tx, APPOINTMENT, appointment_id, said)


def move_appointment(tx: WriteTx, appointment_id: str, at: str, *, words: str = "") -> str:
    """Move it to another time: the old one says that it was moved, and why. Returns the new id."""
    person_id = need_row(tx, APPOINTMENT, appointment_id)
    columns = ("occasion_id", "worker_id", "kind", "zone", "minutes", "place", "about")
    names = (*columns, "interpreter")
    row = tx.one(f"SELECT {', '.join(names)} FROM appointment WHERE id = ?", (appointment_id,))
    correct(tx, APPOINTMENT, appointment_id, {"state": "moved", "state_words": words})
    return add(tx, APPOINTMENT, person_id, {"at": at, **dict(zip(names, row or (), strict=True))})


def rearrange(tx: WriteTx, appointment_id: str, **said: Any) -> str:
    """Correct an appointment as a form tells it; another day or time moves it. Returns its id.

    Where it is moved, the old one stays and says so, with `state_words` for the reason.
    """
    need_row(tx, APPOINTMENT, appointment_id)
    before = tx.value("SELECT at FROM appointment WHERE id = ?", (appointment_id,))
    if said.get("at", before) == before or said.get("state", "to come") != "to come":
        correct_appointment(tx, appointment_id, **said)
        return appointment_id
    words = said.pop("state_words", "")
    moved = move_appointment(tx, appointment_id, said["at"], words=words)
    correct_appointment(tx, moved, **said)
    return moved


def call_off(tx: WriteTx, appointment_id: str, *, words: str = "") -> None:
    """Call it off, and say why."""
    correct(tx, APPOINTMENT, appointment_id, {"state": "called off", "state_words": words})


def it_happened(tx: WriteTx, appointment_id: str, contact_id: str | None = None) -> None:
    """Say that it happened; `contact_id` is the contact that tells of it, if it is written up."""
    correct(tx, APPOINTMENT, appointment_id, {"state": "happened", "contact_id": contact_id})


def it_did_not_happen(tx: WriteTx, appointment_id: str, *, words: str = "") -> None:
    """Say that they did not meet, and whose it was."""
    correct(tx, APPOINTMENT, appointment_id, {"state": "did not happen", "state_words": words})


def remove_appointment(tx: WriteTx, appointment_id: str) -> None:
    """Take away an appointment that was never made."""
    remove(tx, APPOINTMENT, appointment_id)
