"""Did it stick? What somebody tried is asked after by itself, until it is answered."""

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload import connections, support
from linkworker.caseload.did_it_stick import MOST, did_it_stick


def asked(store):
    with store.read() as tx:
        return [(one.short, one.name_of_it, one.stage) for one in did_it_stick(tx)]


@pytest.fixture
def bowls(store, terry):
    with store.write("bowls", person=terry) as tx:
        return connections.add_connection(
            tx, terry, "Barwell bowls club", stage="went once", on=date(2026, 10, 30)
        )


def test_four_weeks_after_somebody_went_once_it_is_asked_and_the_answer_ends_it(
    store, terry, bowls, clock
):
    assert asked(store) == [("Terry B.", "Barwell bowls club", "went once")]
    with store.write("answered", person=terry) as tx:
        connections.reach_stage(tx, bowls, "still going")
    assert asked(store) == []
    store.undo()
    assert len(asked(store)) == 1
    clock.on(days=-1)
    assert asked(store) == []


@pytest.mark.parametrize("stage", ["suggested", "still going", "stopped", "full", "helper"])
def test_of_what_was_only_suggested_goes_on_or_ended_nothing_is_asked(store, terry, stage):
    with store.write("it", person=terry) as tx:
        connections.add_connection(tx, terry, "Choir", stage=stage, on=date(2025, 1, 1))
    assert asked(store) == []


def test_not_of_who_died_is_away_or_stepped_back(store, terry, bowls):
    for row in (
        schema.Whereabouts(person_id=terry, kind="died", since=date(2026, 11, 1)),
        schema.Whereabouts(person_id=terry, kind="in hospital", since=date(2026, 11, 1)),
    ):
        with store.write("where", person=terry) as tx:
            tx.add(row)
        assert asked(store) == []
        store.undo()
    with store.write("stepped back", person=terry) as tx:
        support.begin(tx, terry)
        support.happen(tx, terry, "stepped back")
    assert asked(store) == []


def test_it_is_no_list_of_debts(store, terry):
    with store.write("many", person=terry) as tx:
        for number in range(20):
            connections.add_connection(
                tx, terry, f"Club {number}", stage="in touch", on=date(2026, 1, 1)
            )
    assert len(asked(store)) == MOST
