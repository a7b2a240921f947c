"""Introductions: taken down, waiting by days, tried, accepted, ended, joined to somebody known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from linkworker import schema
from linkworker.caseload import (
    already_known,
    gone_quiet,
    introductions,
    people,
    reaching,
    support,
    today,
)
from linkworker.caseload.introductions import NotWaiting
from linkworker.caseload.writing import NothingSaid, NotOnTheList, NotSuch


def take_down(store, who=None, **said):
    who = {"called": "Dilys Owen"} if who is None else who
    with store.write("an introduction") as tx:
        return introductions.take_down(tx, who, **said)


def meet(store, person):
    with store.write("met", person=person) as tx:
        tx.add(schema.Contact(person_id=person, happened_at=tx.now, outcome="met", how="phone"))


def waits(store):
    with store.read() as tx:
        return introductions.waiting(tx)


def one(store, introduction):
    with store.read() as tx:
        return introductions.introduced(tx, introduction)


def caseload(store):
    with store.read() as tx:
        return [each.person_id for each in people.caseload(tx)]


def do(store, what, *args, **said):
    with store.write("an introduction") as tx:
        return what(tx, *args, **said)


def test_who_is_introduced_stands_in_the_inbox_and_not_among_the_people(store, terry):
    person, introduction = take_down(
        store,
        by_name="Dr Shah",
        by_organisation="Heath Lane",
        their_reason="low since her husband died",
        own_reason="somebody to have tea with",
        knows="yes",
        urgency="this week",
    )
    assert caseload(store) == [terry]
    found = waits(store)[0]
    assert (found.person_id, found.introduction_id) == (person, introduction)
    assert found.by == "Dr Shah, Heath Lane"
    assert (found.their_reason, found.own_reason) == (
        "low since her husband died",
        "somebody to have tea with",
    )


def test_not_even_a_name_is_needed_but_something_is(store):
    take_down(store, {}, their_reason="sits in the library every day, cold")
    assert waits(store)[0].name == "No name yet"
    for nothing in ({}, {"how": "phone", "knows": "no"}, {"their_reason": " \u200b "}):
        with pytest.raises(NothingSaid):
            take_down(store, {}, **nothing)
    assert len(waits(store)) == 1


def test_whoever_came_by_themself_knows(store):
    _, introduction = take_down(store, how="by themself", own_reason="lonely")
    assert one(store, introduction).knows == "yes"


def test_the_inbox_is_in_order_of_urgency_then_of_days(store, clock):
    _, old = take_down(store)
    clock.on(days=2)
    _, newer = take_down(store)
    _, urgent = take_down(store, urgency="today")
    assert [each.introduction_id for each in waits(store)] == [urgent, old, newer]
    day = date(2026, 11, 29)
    assert [each.waiting_days(day) for each in waits(store)] == [0, 2, 0]


def test_a_day_to_come_is_refused(store, clock):
    with pytest.raises(NotSuch):
        take_down(store, came_at=clock.now + timedelta(days=1))
    with store.read() as tx, pytest.raises(NotSuch):
        introductions.came_on(tx, tx.today + timedelta(days=1))


def test_each_attempt_is_kept_and_the_last_one_is_said(store, clock):
    _, introduction = take_down(store)
    do(store, introductions.record_attempt, introduction, "no answer")
    clock.on(hours=3)
    do(store, introductions.record_attempt, introduction, "card through the door")
    found = one(store, introduction)
    assert (found.tries, found.last_outcome) == (2, "card through the door")
    with store.read() as tx:
        assert [each.how for each in introductions.attempts(tx, introduction)] == [
            "home visit",
            "phone",
        ]
    with pytest.raises(NotOnTheList):
        do(store, introductions.record_attempt, introduction, "met")


def test_accepting_begins_support_at_a_level_and_one_undo_takes_it_back(store):
    person, introduction = take_down(store)
    do(store, introductions.accept, introduction, level=2, on=date(2026, 11, 26))
    assert waits(store) == []
    with store.read() as tx:
        found = people.person_in_list(tx, person)
        assert (found.support, found.level, found.support_on) == ("began", 2, date(2026, 11, 26))
    assert caseload(store) == [person]
    store.undo()
    assert caseload(store) == []
    assert waits(store)[0].introduction_id == introduction
    with store.read() as tx:
        assert support.history(tx, person) == []


def test_who_had_stepped_back_comes_back_by_an_introduction(store, terry):
    do(store, support.begin, terry, level=2, on=date(2026, 3, 2))
    do(store, support.happen, terry, "stepped back", on=date(2026, 9, 1))
    with store.write("an introduction", person=terry) as tx:
        row = tx.add(
            schema.Introduction(person_id=terry, came_at=datetime(2026, 11, 20, tzinfo=UTC))
        )
    assert caseload(store) == [terry]  # known before: they stay among the people
    do(store, introductions.accept, row.id, level=1)
    with store.read() as tx:
        assert people.person_in_list(tx, terry).support == "reopened"


@pytest.mark.parametrize("outcome", introductions.ENDS)
def test_what_came_to_nothing_says_why_and_its_record_stays(store, outcome):
    person, introduction = take_down(store)
    with pytest.raises(NothingSaid):
        do(store, introductions.end, introduction, outcome, " ")
    do(store, introductions.end, introduction, outcome, "she has her sister now")
    assert waits(store) == [] == caseload(store)
    with store.read() as tx:
        found = introductions.ended(tx)[0]
        assert people.details(tx, person).called == "Dilys Owen"
    assert (found.outcome, found.outcome_why) == (outcome, "she has her sister now")
    with pytest.raises(NotWaiting):
        do(store, introductions.accept, introduction)
    do(store, introductions.wait_again, introduction)
    assert len(waits(store)) == 1


def test_days_to_the_first_conversation_are_counted_and_then_stand(store, clock):
    person, introduction = take_down(store)
    clock.on(days=9)
    meet(store, person)
    clock.on(days=30)
    assert one(store, introduction).waiting_days(date(2027, 1, 5)) == 9


def test_who_does_not_know_is_told_within_a_month_and_today_says_so(store, clock):
    _, introduction = take_down(store, knows="no")  # 27 November
    clock.on(days=15)  # 12 December
    with store.read() as tx:
        assert introductions.to_tell(tx) == [] == today.today(tx).to_tell
    clock.on(days=1)  # 14 days before the 27th
    with store.read() as tx:
        found = today.today(tx).to_tell
    assert [(each.introduction_id, each.tell_by) for each in found] == [
        (introduction, date(2026, 12, 27))
    ]
    clock.on(days=30)
    with store.read() as tx:
        assert len(introductions.to_tell(tx)) == 1  # the day has passed: it still stands
    do(store, introductions.told, introduction)
    with store.read() as tx:
        assert introductions.to_tell(tx) == []


def test_who_does_not_know_is_told_at_the_first_contact(store, clock):
    person, introduction = take_down(store, knows="no")
    clock.on(days=2)
    meet(store, person)
    with store.read() as tx:
        assert [each.introduction_id for each in introductions.to_tell(tx)] == [introduction]


def told_of(store):
    with store.read() as tx:
        return [each.introduction_id for each in introductions.to_tell(tx)]


def test_of_whom_nobody_said_whether_they_know_they_are_asked_within_the_month(store, clock):
    _, introduction = take_down(store)  # 27 November, as a partner's system sends it
    assert one(store, introduction).tell_by == date(2026, 12, 27)
    clock.on(days=16)
    assert told_of(store) == [introduction]
    clock.on(days=45)
    assert told_of(store) == []  # they may have known: in the end it leaves Today
    assert one(store, introduction).tell_by is not None  # and stands on their page


def test_giving_up_on_reaching_somebody_does_not_end_it_before_the_month_is_over(store, clock):
    _, introduction = take_down(store, knows="no")
    clock.on(days=25)
    do(store, introductions.end, introduction, "could not reach", "nobody at home, five times")
    assert told_of(store) == [introduction]
    clock.on(days=40)
    assert told_of(store) == []


def test_who_came_by_themself_is_told_nothing(store, clock):
    _, introduction = take_down(store, how="by themself")
    clock.on(days=20)
    assert (told_of(store), one(store, introduction).tell_by) == ([], None)


@pytest.mark.parametrize(
    ("came", "by"),
    [((2026, 1, 31), date(2026, 2, 28)), ((2025, 12, 31), date(2026, 1, 31))],
)
def test_a_month_is_one_of_the_calendar(store, came, by):
    _, introduction = take_down(store, knows="no", came_at=datetime(*came, 12, tzinfo=UTC))
    assert one(store, introduction).tell_by == by


def test_nobody_who_is_only_introduced_has_gone_quiet(store, clock):
    take_down(store)
    clock.on(weeks=20)
    with store.read() as tx:
        assert gone_quiet.gone_quiet(tx) == []
        found = today.today(tx)
    assert len(found.waiting) == 1
    assert found.new_to_me == []


def test_already_known_moves_the_introduction_and_one_undo_parts_them(store, terry):
    begun, introduction = take_down(
        store,
        {"called": "Terence Beasley"},
        their_reason="lonely",
        reaches=({"value": "07700 900123", "kind": "mobile", "safe_to_leave": "no"},),
        knows="no",
        came_at=datetime(2026, 11, 3, 9, tzinfo=UTC),
    )
    do(store, introductions.record_attempt, introduction, "no answer")
    do(store, already_known.it_is, introduction, terry)
    assert waits(store) == []
    with store.read() as tx:
        found = introductions.of_person(tx, terry)[0]
        assert (found.outcome, found.their_reason, found.tries) == ("already known", "lonely", 1)
        assert found.came_at == datetime(2026, 11, 3, 9, tzinfo=UTC)
        reach = reaching.reaches(tx, terry)[0]
        assert (reach.value, reach.safe_to_leave) == ("07700 900123", "no")
        assert people.details(tx, begun) is None
        assert introductions.to_tell(tx)[0].person_id == terry  # must still be told
    assert caseload(store) == [terry]
    store.undo()
    assert [each.introduction_id for each in waits(store)] == [introduction]
    with store.read() as tx:
        assert introductions.of_person(tx, terry) == []
        assert reaching.reaches(tx, terry) == []
        assert len(introductions.attempts(tx, introduction)) == 1


def test_what_is_not_safe_and_what_was_not_known_goes_over_to_who_is_known(store, terry):
    with store.write("a number", person=terry) as tx:
        reaching.add_reach(tx, terry, "01455 496 0123", kind="home phone", remark="rings long")
    with store.write("introduced") as tx:
        _, introduction = introductions.take_down(
            *(tx, {"called": "Terry", "born": date(1948, 3, 2), "nhs_number": "9434765919"}),
            reaches=(
                {
                    "kind": "home phone",
                    "value": "01455 4960123",
                    "remark": "Not when he is in",
                    "safe_to_leave": "no",
                },
            ),
        )
    with store.write("already known") as tx:
        already_known.it_is(tx, introduction, terry)
    with store.read() as tx:
        (phone,) = reaching.reaches(tx, terry)
        assert (phone.remark, phone.safe_to_leave) == ("rings long; Not when he is in", "no")
        known = people.details(tx, terry)
    assert known.born == date(1948, 3, 2)
    assert known.nhs_number == "9434765919"


def test_nothing_that_was_written_meanwhile_is_lost_to_already_known(store, terry):
    begun, introduction = take_down(store, {"called": "Terence Beasley"})
    meet(store, begun)
    do(store, already_known.it_is, introduction, terry)
    with store.read() as tx:
        shown = next(each for each in people.caseload(tx) if each.person_id == terry)
    assert shown.records == (begun,)


def test_an_introduction_is_not_joined_to_the_record_it_began(store):
    person, introduction = take_down(store)
    with pytest.raises(NotWaiting):
        do(store, already_known.it_is, introduction, person)


@pytest.mark.parametrize(
    ("said", "born", "words"),
    [
        ({"called": "Terence Beasley"}, None, "first name (in another form)"),
        ({"given": "Terry", "family": "Beezley", "phone": "07700 900123"}, None, "phone number"),
        ({"nhs_number": "999 000 0018"}, None, "NHS number"),
        ({"called": "Terry Beasley"}, date(1948, 3, 5), "day and month swapped"),
    ],
)
def test_who_it_may_be_is_explained(store, said, born, words):
    with store.write("added somebody") as tx:
        terry = people.add_person(
            tx,
            called="Terry Beasley",
            given="Terry",
            family="Beasley",
            nhs_number="9990000018",
            **({"born": date(1948, 5, 3)} if born else {}),
        )
        reaching.add_reach(tx, terry, "07700900123", kind="mobile")
    with store.read() as tx:
        who = already_known.WhoItMayBe.read(tx)
    found = who.like(already_known.facts_typed(said, born))
    assert [each.person_id for each in found] == [terry]
    assert words in found[0].why
    assert who.like(already_known.facts_typed({"called": "Lucia Moreno"}, None)) == []
