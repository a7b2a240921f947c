"""The week ahead: what stands on which day, and what is not mine to be reminded of."""

from datetime import timedelta

from linkworker.caseload import appointments, people, support
from linkworker.caseload.week_ahead import DAYS, week_ahead
from tests.caseload.test_today import FRIDAY, promise


def days(store):
    with store.read() as tx:
        return week_ahead(tx)


def arrange(store, person, at, **said):
    with store.write("a visit", person=person) as tx:
        return appointments.add_appointment(tx, person, at, **said)


def test_a_week_with_nothing_in_it_has_no_days(store, terry):
    assert days(store) == []


def test_each_thing_stands_on_its_day_in_the_order_of_the_day(store, terry):
    arrange(store, terry, "2026-11-30", about="some time")
    arrange(store, terry, "2026-11-30T14:00")
    arrange(store, terry, "2026-11-30T09:30", kind="call")
    promise(store, terry, "post the form", by_day=FRIDAY + timedelta(days=3))
    promise(store, terry, "ring the club", by_day=FRIDAY + timedelta(days=1))
    found = days(store)
    assert [one.day.isoformat() for one in found] == ["2026-11-28", "2026-11-30"]
    assert [one.words for one in found[0].steps] == ["ring the club"]
    assert [one.first.time for one in found[1].occasions] == ["09:30", "14:00", ""]
    assert [one.words for one in found[1].steps] == ["post the form"]


def test_today_and_the_day_after_the_week_are_not_in_it(store, terry):
    for after in (0, 1, DAYS, DAYS + 1):
        arrange(store, terry, (FRIDAY + timedelta(days=after)).isoformat() + "T10:00")
        promise(store, terry, f"in {after}", by_day=FRIDAY + timedelta(days=after))
    assert [(one.day - FRIDAY).days for one in days(store)] == [1, DAYS]


def test_people_met_together_are_one_line(store, terry):
    with store.write("a second") as tx:
        joan = people.add_person(tx, called="Joan Pratt")
    for who in (terry, joan):
        arrange(store, who, "2026-11-30T14:00", occasion_id="together")
    (monday,) = days(store)
    assert [one.person_id for one in monday.occasions[0].people] == [terry, joan]


def test_a_familys_step_is_not_mine_and_a_date_that_cannot_slip_is_everybodys(store, terry):
    monday = FRIDAY + timedelta(days=3)
    hers = {"who": "Pat", "who_does": "family or friend", "who_worker_id": ""}
    promise(store, terry, "a lift home", by_day=monday, **hers)
    promise(store, terry, "send the appeal", by_day=monday, cannot_slip=True, **hers)
    (found,) = days(store)
    assert [(one.words, one.cannot_slip) for one in found.steps] == [("send the appeal", True)]


def test_what_was_called_off_or_done_is_gone_and_a_death_stops_it_all(store, terry):
    visit = arrange(store, terry, "2026-11-30T14:00")
    arrange(store, terry, "2026-12-01T14:00")
    with store.write("called off", person=terry) as tx:
        appointments.call_off(tx, visit, words="theirs")
    assert [one.day.isoformat() for one in days(store)] == ["2026-12-01"]
    with store.write("died", person=terry) as tx:
        support.record_whereabouts(tx, terry, "died", since=tx.today)
    assert days(store) == []
