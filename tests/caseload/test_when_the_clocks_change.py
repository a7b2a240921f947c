"""The clocks go back on 25 October 2026 and forward on 28 March 2027: appointments stay put."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from linkworker import schema
from linkworker.caseload import appointments, contacts
from linkworker.caseload.today import WRITE_UP_DAYS, not_written_up
from linkworker.caseload.week_ahead import week_ahead
from linkworker.caseload.writing import NotSuch
from linkworker.screens.note_meeting import (
    Meeting,
    Unclear,
    from_draft,
    of_contact,
    prefilled,
    to_draft,
    with_when,
)
from linkworker.screens.person.every_kind import KINDS
from linkworker.store import Store
from tests.conftest import OwnClock


def set_to(clock: OwnClock, instant: datetime) -> None:
    clock.on(seconds=(instant - clock()).total_seconds())


def arrange(store: Store, person: str, at: str) -> str:
    with store.write("a visit", person=person) as tx:
        return appointments.add_appointment(tx, person, at, kind="visit")


def begun_at(store: Store, person: str) -> list[str]:
    with store.read() as tx:
        return [one.at for one in appointments.begun(tx, person, date(2026, 10, 24))]


def test_an_appointment_in_the_hour_that_comes_twice_stays_begun_through_both(
    store: Store, terry: str, clock: OwnClock
) -> None:
    set_to(clock, datetime(2026, 10, 24, 12, tzinfo=UTC))
    arrange(store, terry, "2026-10-25T01:30")
    for utc, begun in (
        (datetime(2026, 10, 25, 0, 29, tzinfo=UTC), False),  # 1:29, summer time
        (datetime(2026, 10, 25, 0, 31, tzinfo=UTC), True),  # 1:31, summer time
        (datetime(2026, 10, 25, 1, 1, tzinfo=UTC), True),  # 1:01 once more
        (datetime(2026, 10, 25, 1, 45, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), True),
    ):
        set_to(clock, utc)
        assert begun_at(store, terry) == ["2026-10-25T01:30"] * begun, utc
        with store.read() as tx:
            assert len(not_written_up(tx)) == begun, utc


def test_what_comes_after_the_hour_that_comes_twice_has_not_begun_in_it(
    store: Store, terry: str, clock: OwnClock
) -> None:
    set_to(clock, datetime(2026, 10, 25, 1, 45, tzinfo=UTC))
    arrange(store, terry, "2026-10-25T02:00")
    assert begun_at(store, terry) == []


@pytest.mark.parametrize("at", ["2027-03-28T01:00", "2027-03-28T01:30", "2027-03-28T01:59"])
def test_a_time_that_is_left_out_is_no_appointment(store: Store, terry: str, at: str) -> None:
    with pytest.raises(NotSuch, match="clocks go forward"):
        arrange(store, terry, at)


@pytest.mark.parametrize(
    "at",
    ["2027-03-28T00:59", "2027-03-28T02:00", "2027-03-28", "2026-10-25T01:30", "2026-10-25T10:00"],
)
def test_every_other_time_of_those_days_stands_as_it_was_said(
    store: Store, terry: str, at: str
) -> None:
    appointment_id = arrange(store, terry, at)
    with store.read() as tx:
        kept = appointments.appointment(tx, appointment_id)
    assert kept is not None
    assert kept.at == at


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 10, 24, 22, 59, tzinfo=UTC), "2026-10-25"),  # 23:59 the evening before
        (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), "2027-03-28"),
    ],
)
def test_the_day_stands_in_the_week_ahead_in_the_order_of_its_wall_times(
    store: Store, terry: str, clock: OwnClock, now: datetime, day: str
) -> None:
    set_to(clock, now)
    times = ["00:30", "02:00", "10:00", "23:30"]
    for at in reversed(times):
        arrange(store, terry, f"{day}T{at}")
    with store.read() as tx:
        found = week_ahead(tx)
    assert [one.day.isoformat() for one in found] == [day]
    assert [one.first.time for one in found[0].occasions] == times
    clock.on(minutes=2)  # midnight is past: it is today's, and no day ahead
    with store.read() as tx:
        assert week_ahead(tx) == []
        assert tx.today.isoformat() == day


@pytest.mark.parametrize(
    ("at", "now", "begins"),
    [
        (  # 10:00 is 9:00 UTC the day before the clocks go back, and 10:00 UTC that day
            "2026-10-25T10:00",
            datetime(2026, 10, 25, 10, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 10, 0, tzinfo=UTC),
        ),
        (
            "2027-03-28T10:00",
            datetime(2027, 3, 28, 9, 30, tzinfo=UTC),
            datetime(2027, 3, 28, 9, 0, tzinfo=UTC),
        ),
    ],
)
def test_the_contact_of_an_appointment_of_that_day_is_prefilled_at_its_wall_time(
    store: Store, terry: str, clock: OwnClock, at: str, now: datetime, begins: datetime
) -> None:
    set_to(clock, now)
    arrange(store, terry, at)
    with store.read() as tx:
        meeting = prefilled(now, appointments.begun(tx, terry, tx.today), ())
    assert meeting.at == time(10)
    assert meeting.happened_at.astimezone(UTC) == begins


def test_a_contact_cannot_be_typed_into_the_hour_that_was_left_out() -> None:
    now = datetime(2027, 3, 28, 9, 0, tzinfo=UTC)
    today = Meeting(date(2027, 3, 28), time(9))
    with pytest.raises(Unclear, match="clocks went forward"):
        with_when(today, "01:30", now)
    assert with_when(today, "02:30", now).at == time(2, 30)
    assert with_when(today, "00:30", now).at == time(0, 30)


def met_at(store: Store, person: str, instant: datetime) -> str:
    with store.write("a visit", person=person) as tx:
        row = schema.Contact(
            person_id=person,
            worker_id=tx.worker_id,
            happened_at=instant,
            outcome="met",
            how="home visit",
        )
        return str(tx.add(row).id)


def of_visits(store: Store) -> list[tuple[str, date]]:
    with store.read() as tx:
        return [(one.kind, one.day) for one in not_written_up(tx)]


def test_a_visit_of_a_summer_night_is_written_up_on_its_own_day_and_not_on_the_day_before(
    store: Store, terry: str, clock: OwnClock
) -> None:
    set_to(clock, datetime(2026, 7, 16, 9, tzinfo=UTC))
    met_at(store, terry, datetime(2026, 7, 14, 23, 20, tzinfo=UTC))  # 00:20 of the fifteenth
    arrange(store, terry, "2026-07-14T20:00")
    arrange(store, terry, "2026-07-15T00:15")
    assert of_visits(store) == [("contact", date(2026, 7, 15)), ("appointment", date(2026, 7, 14))]


def test_the_first_hour_of_the_first_summer_day_that_waits_to_be_written_up_counts(
    store: Store, terry: str, clock: OwnClock
) -> None:
    set_to(clock, datetime(2026, 8, 20, 9, tzinfo=UTC))
    first = date(2026, 8, 20) - timedelta(days=WRITE_UP_DAYS)
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=1)
    met_at(store, terry, midnight - timedelta(minutes=1))
    met_at(store, terry, midnight + timedelta(minutes=30))
    assert of_visits(store) == [("contact", first)]


HALF_PAST_ONE = [
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
]
"""The first half past one of that night, and the second."""


@pytest.mark.parametrize("instant", HALF_PAST_ONE)
def test_a_note_of_the_hour_that_comes_twice_keeps_which_it_was_in_its_draft(
    store: Store, terry: str, clock: OwnClock, instant: datetime
) -> None:
    set_to(clock, datetime(2026, 10, 25, 9, tzinfo=UTC))
    contact = met_at(store, terry, instant)
    with store.read() as tx:
        logged = contacts.logged(tx, contact)
    assert logged is not None
    kept = json.loads(json.dumps(to_draft(of_contact(logged))))
    assert from_draft(kept).happened_at.astimezone(UTC) == instant


@pytest.mark.parametrize("instant", HALF_PAST_ONE)
def test_a_contact_of_the_hour_that_comes_twice_stays_in_it_when_its_place_is_put_right(
    store: Store, terry: str, clock: OwnClock, instant: datetime
) -> None:
    set_to(clock, datetime(2026, 10, 25, 9, tzinfo=UTC))
    contact = met_at(store, terry, instant)
    correct = KINDS["contact"].correct
    assert correct is not None
    with store.write("put right", person=terry) as tx:
        correct(tx, contact, {"day": date(2026, 10, 25), "time": "01:30", "place": "the library"})
    with store.read() as tx:
        found = contacts.logged(tx, contact)
    assert found is not None
    assert (found.place, found.happened_at) == ("the library", instant)
