"""The banner over a person, the person in sight, staying safe, what is kept apart, the audit."""

from datetime import UTC, date, datetime

import pytest

from linkworker import schema
from linkworker.caseload import (
    about,
    appointments,
    audit,
    connections,
    hopes,
    people,
    person,
    reaching,
    safety,
    steps,
    support,
)
from linkworker.caseload.writing import NotFound, NothingSaid, NotSuch
from linkworker.clock import uuid7_ids
from linkworker.rules import chain


def banner(store, who):
    with store.read() as tx:
        return person.banner(tx, who)


def test_the_banner_says_what_to_know_before_the_door(store, terry):
    with store.write("Terry", person=terry) as tx:
        people.change_person(tx, terry, pronouns="he/him", place="Barwell", language="English")
        support.begin(tx, terry, level=2, on=date(2026, 3, 2))
        reaching.add_reach(tx, terry, "07700 900123")
        reaching.add_reach(
            tx, terry, "01632 960123", kind="home phone", safe_to_leave="yes", preferred=True
        )
        reaching.add_address(tx, terry, line1="3 Mill Row", getting_in="rings twice, stairs")
        safety.add_statement(tx, terry, "risk", "the stairs in the dark")
    found = banner(store, terry)
    assert (found.name, found.place, found.level, found.support) == (
        "Terry Beasley",
        "Barwell",
        2,
        "began",
    )
    assert (found.reach_value, found.safe_to_leave) == ("01632 960123", "yes")
    assert found.getting_in == "rings twice, stairs"
    assert (found.keep_in_mind, found.risks) == ("the stairs in the dark", 1)
    assert found.worker == ""


def test_the_banner_of_somebody_new_is_nearly_empty_and_nobody_has_none(store, terry):
    found = banner(store, terry)
    assert (found.level, found.support, found.reach_value, found.risks) == (None, "", "", 0)
    assert banner(store, "nobody") is None
    with store.read() as tx:
        assert person.sight(tx, "nobody") is None


@pytest.mark.parametrize(
    ("born", "precision", "said"),
    [
        (date(1948, 11, 27), "day", "78"),
        (date(1948, 11, 28), "day", "77"),
        (date(1948, 1, 1), "year", "about 78"),
        (date(2026, 10, 30), "day", "0 months"),
        (date(2026, 10, 27), "day", "1 month"),
        (date(2025, 1, 5), "month", "22 months"),
        (None, "day", ""),
    ],
)
def test_an_age_is_said_as_far_as_it_is_known(born, precision, said):
    assert person.age(born, precision, date(2026, 11, 27)) == said


def test_the_person_in_sight_is_what_one_wants_before_ringing_the_bell(store, terry):
    with store.write("Terry", person=terry) as tx:
        about.add_vision(tx, terry, "Saturdays out")
        hopes.add_strength(tx, terry, "mends bicycles")
        hope = hopes.add_goal(tx, terry, "get out of the house")
        done = steps.add_step(tx, terry, "put the kettle on", goal_id=hope)
        steps.settle_step(tx, done, "done")
        steps.add_step(tx, terry, "ring the bike club", goal_id=hope, who="Terry")
        connections.add_tie(tx, terry, "Pat", relationship="daughter", how_often="weekly")
        connections.add_connection(tx, terry, "bowls", stage="stopped", words="not for him")
        at = datetime(2026, 11, 6, 14, tzinfo=UTC)
        tx.add(schema.Contact(person_id=terry, happened_at=at))
        at = datetime(2026, 11, 20, 14, tzinfo=UTC)
        tx.add(schema.Contact(person_id=terry, happened_at=at, outcome="no answer"))
        safety.keep_apart(tx, terry, "SECRET-CANARY")
    with store.read() as tx:
        found = person.sight(tx, terry)
    assert found.visions == ["Saturdays out"]
    with store.write("said beside it", person=terry) as tx:
        about.add_vision(tx, terry, "some use to someone")
    with store.read() as tx:
        assert sorted(person.sight(tx, terry).visions) == ["Saturdays out", "some use to someone"]
    assert [step.words for step in found.steps] == ["ring the bike club"]
    assert [step.words for step in found.goals[0].steps] == ["ring the bike club"]
    assert found.ties == [("Pat", "daughter, weekly")]
    assert (found.tried[0].name, found.tried[0].ended) == ("bowls", True)
    assert found.last_met.date() == date(2026, 11, 6)
    assert found.last_try_outcome == "no answer"
    assert "SECRET-CANARY" not in repr(found)


def test_what_is_kept_apart_afterwards_takes_no_known_risks_from_the_top_without_a_word(
    store, terry, clock
):
    with store.write("asked", person=terry) as tx:
        safety.add_statement(tx, terry, "no known risks")
    assert banner(store, terry).no_known_risks_on == date(2026, 11, 27)
    clock.on(hours=1)
    with store.write("told in the kitchen", person=terry) as tx:
        safety.keep_apart(tx, terry, "He had shouted.")
    found = banner(store, terry)
    assert (found.no_known_risks_on, found.risks, found.keep_in_mind) == (None, 0, "")
    with store.read() as tx:
        assert [one.stands for one in safety.statements(tx, terry)] == [True]
    clock.on(days=1)
    with store.write("asked again", person=terry) as tx:
        safety.add_statement(tx, terry, "no known risks")
    assert banner(store, terry).no_known_risks_on == date(2026, 11, 28)
    store.undo()
    store.undo()
    assert banner(store, terry).no_known_risks_on == date(2026, 11, 27)


def test_no_known_risks_is_dated_and_a_risk_ends_it(store, terry):
    with store.write("asked", person=terry) as tx:
        safety.add_statement(tx, terry, "no known risks")
    assert banner(store, terry).no_known_risks_on == date(2026, 11, 27)
    with store.write("a risk", person=terry) as tx:
        risk = safety.add_statement(tx, terry, "risk", "goes out early by himself")
        safety.add_statement(tx, terry, "what helps", "his name in his coat")
    found = banner(store, terry)
    assert (found.no_known_risks_on, found.risks) == (None, 1)
    with store.write("over", person=terry) as tx:
        safety.end_statement(tx, risk, words="Joan hears the door now")
    with store.read() as tx:
        first = safety.statements(tx, terry)[0]
    assert (first.kind, first.stands) == ("what helps", True)
    assert banner(store, terry).risks == 0


def test_a_risk_needs_words(store, terry):
    with pytest.raises(NothingSaid), store.write("a risk", person=terry) as tx:
        safety.add_statement(tx, terry, "risk")


def test_what_is_kept_apart_is_read_on_purpose_and_the_audit_keeps_that(store, terry):
    with store.write("kept apart", person=terry) as tx:
        safety.keep_apart(tx, terry, "told me in the kitchen", note_id="n1", told="Bev, 15:50")
        safety.keep_apart(tx, terry, "another day", note_id="n2")
    with store.read() as tx:
        assert safety.is_kept_apart(tx, terry)
        assert audit.events(tx, terry) == []
    with store.write("read kept apart", quiet=True) as tx:
        (one,) = safety.open_kept_apart(tx, terry, note_id="n1", reason="supervision")
    assert (one.words, one.told) == ("told me in the kitchen", "Bev, 15:50")
    with store.read() as tx:
        (event,) = audit.events(tx, terry)
        assert (event.what, event.reason) == ("read kept apart", "supervision")
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM search_doc WHERE tbl = 'kept_apart'") == 0


def test_an_audit_event_taken_out_or_changed_shows(store, terry):
    with store.write("opened", quiet=True) as tx:
        audit.record_opened(tx, [(terry, tx.now), (terry, tx.now)])
        audit.record(tx, "exported", reason="subject access")
    assert store.check().audit
    with store.read() as tx:
        assert [one.what for one in audit.events(tx)] == ["exported", "opened", "opened"]
        first, second, third = tx.rows(
            "SELECT id, worker_id, at, what, person_id, reason, chain FROM audit_event "
            "ORDER BY rowid"
        )
    assert chain.holds([first, second, third])
    assert not chain.holds([second, third])
    assert not chain.holds([first, third])
    assert not chain.holds([first, second, (*third[:5], "a favour", third[6])])


def test_the_audit_stays_whole_when_the_clock_is_set_back_a_year(store, clock, terry):
    for days in (0, -366, 2):
        clock.on(days=days)
        store.ids = uuid7_ids(clock)  # as a new start of the program has it
        with store.write("opened", quiet=True) as tx:
            audit.record(tx, "opened", terry)
    assert store.check().audit
    with store.read() as tx:
        assert [one.at.year for one in audit.events(tx)] == [2025, 2025, 2026]


@pytest.mark.parametrize("at", ["", "2026-11-31", "2026-11-27T10", "Friday", "2026-11-27T25:00"])
def test_an_appointment_needs_a_day_that_exists(store, terry, at):
    with pytest.raises(NotSuch), store.write("visit", person=terry) as tx:
        appointments.add_appointment(tx, terry, at)


def test_an_appointment_that_was_removed_cannot_be_moved(store, terry):
    with store.write("visit", person=terry) as tx:
        one = appointments.add_appointment(tx, terry, "2026-12-01T10:00")
        appointments.remove_appointment(tx, one)
    with pytest.raises(NotFound), store.write("moved", person=terry) as tx:
        appointments.move_appointment(tx, one, "2026-12-02T10:00")
