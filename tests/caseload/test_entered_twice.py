"""Two records that are shown as one person, and parted again with nothing moved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linkworker import schema
from linkworker.caseload import (
    entered_twice,
    people,
    person,
    safety,
    steps,
    support,
    timeline,
    today,
)
from linkworker.caseload.entered_twice import NotTwoRecords


def add(store, **said):
    with store.write("somebody") as tx:
        return people.add_person(tx, **said)


def tell(store, who, words, days=0):
    with store.write("a note", person=who) as tx:
        at = tx.now + timedelta(days=days)
        tx.add(schema.Note(person_id=who, happened_at=at, words=words))


@pytest.fixture
def two(store, terry):
    other = add(store, called="Mr Okafor", given="Terence", family="Okafor")
    tell(store, terry, "first", days=-3)
    tell(store, other, "second", days=-2)
    tell(store, terry, "third", days=-1)
    return terry, other


def join(store, *two):
    with store.write("joined") as tx:
        entered_twice.join(tx, *two, "the same man")


def everything(store, *ids):
    with store.read() as tx:
        return (
            [(one.person_id, one.also, one.records) for one in people.caseload(tx)],
            [[one.words for one in timeline.timeline(tx, who)] for who in ids],
            [person.sight(tx, who) for who in ids],
        )


def test_two_records_are_one_row_and_one_story_each_line_on_its_own_record(store, two):
    terry, other = two
    join(store, terry, other)
    with store.read() as tx:
        (row,) = people.caseload(tx)
        assert (row.person_id, row.also, row.records) == (terry, ("Mr Okafor",), (other,))
        for who in two:
            assert entered_twice.records_of(tx, who) == two
            story = timeline.timeline(tx, who)
            assert [one.words for one in story] == ["third", "second", "first"]
            assert [one.record for one in story] == [terry, other, terry]
        assert person.sight(tx, terry).also == ("Mr Okafor",)
        on = dict(tx.rows("SELECT words, person_id FROM note"))
    assert on == {"first": terry, "second": other, "third": terry}


def test_the_story_of_two_records_goes_on_page_by_page_with_nothing_twice(store, two):
    join(store, *two)
    seen = []
    with store.read() as tx:
        page = timeline.timeline(tx, two[0], limit=1)
        while page:
            seen += page
            page = timeline.timeline(tx, two[0], after=page[-1], limit=1)
    assert [one.words for one in seen] == ["third", "second", "first"]


def test_parted_again_all_is_as_it_was(store, two):
    before = everything(store, *two)
    join(store, *two)
    assert everything(store, *two) != before
    with store.write("parted") as tx:
        entered_twice.part(tx, two[1], two[0])
    assert everything(store, *two) == before
    join(store, two[1], two[0])
    with store.read() as tx:
        assert [one.person_id for one in people.caseload(tx)] == [two[1]]


def test_a_risk_on_either_record_stands_over_the_page(store, two):
    terry, other = two
    with store.write("staying safe") as tx:
        safety.add_statement(tx, terry, kind="no known risks", words="", said_on=tx.today)
    with store.read() as tx:
        assert person.banner(tx, terry).no_known_risks_on
    join(store, terry, other)
    with store.read() as tx:
        assert person.banner(tx, terry).no_known_risks_on is None  # the other says nothing of it
    with store.write("staying safe") as tx:
        safety.add_statement(tx, other, kind="risk", words="the dog bites", said_on=tx.today)
    with store.read() as tx:
        over = person.banner(tx, terry)
        assert (over.risks, over.keep_in_mind) == (1, "the dog bites")


def test_undo_takes_a_joining_back_in_one(store, two):
    before = everything(store, *two)
    join(store, *two)
    store.undo()
    assert everything(store, *two) == before


def test_what_one_side_alone_says_counts_for_nothing(store, two):
    terry, other = two
    before = everything(store, *two)
    with store.write("said on one side") as tx:
        for named in (other, terry, "somebody-who-is-not-here"):
            tx.add(schema.SamePerson(person_id=terry, other_person_id=named, shown_person_id=named))
    assert everything(store, *two) == before
    join(store, terry, other)
    with store.read() as tx:
        assert entered_twice.records_of(tx, other) == two


def test_of_three_records_one_stands_for_all_whichever_way_they_were_joined(store, two):
    terry, other = two
    third = add(store, called="Tel")
    join(store, terry, other)
    join(store, other, third)
    with store.read() as tx:
        assert [one.person_id for one in people.caseload(tx)] == [terry]
        assert entered_twice.records_of(tx, third)[0] == terry
    with store.write("parted") as tx:
        entered_twice.part(tx, terry, other)
    with store.read() as tx:
        assert {one.person_id for one in people.caseload(tx)} == {terry, other}
        assert entered_twice.records_of(tx, third) == (other, third)


def test_records_that_each_give_way_to_the_next_are_still_in_the_list(store, two):
    terry, other = two
    third = add(store, called="Tel")
    for shown, gives_way in ((terry, other), (other, third), (third, terry)):
        with store.write("said in a ring") as tx:
            for record, names in ((shown, gives_way), (gives_way, shown)):
                tx.add(
                    schema.SamePerson(
                        person_id=record, other_person_id=names, shown_person_id=shown
                    )
                )
    with store.read() as tx:
        (row,) = people.caseload(tx)
        assert {row.person_id, *row.records} == {terry, other, third}


def test_whoever_was_removed_leaves_the_other_in_the_list(store, two):
    join(store, *two)
    with store.write("removed") as tx:
        people.remove_person(tx, two[0])
    with store.read() as tx:
        (row,) = people.caseload(tx)
        assert (row.person_id, row.records) == (two[1], ())


def test_one_record_is_not_joined_with_itself_nor_twice_nor_parted_from_a_stranger(store, two):
    terry, other = two
    with pytest.raises(NotTwoRecords), store.write("joined") as tx:
        entered_twice.join(tx, terry, terry)
    with pytest.raises(NotTwoRecords), store.write("parted") as tx:
        entered_twice.part(tx, terry, other)
    join(store, terry, other)
    with pytest.raises(NotTwoRecords), store.write("joined") as tx:
        entered_twice.join(tx, other, terry)


def test_today_has_both_records_lines_under_one_name_and_asks_after_nobody_who_was_met(store, two):
    terry, other = two
    with store.write("a step", person=other) as tx:
        support.begin(tx, other, on=tx.today - timedelta(days=60))
        steps.add_step(tx, other, "ring the choir", by_day=tx.today, who_does="worker")
    with store.read() as tx:
        assert [one.person_id for one in today.today(tx).quiet] == [other]
        assert [one.called for one in today.today(tx).promised] == ["Mr Okafor"]
    with store.write("met", person=terry) as tx:
        at = tx.now - timedelta(days=2)
        tx.add(schema.Contact(person_id=terry, how="met out", outcome="met", happened_at=at))
    join(store, terry, other)
    with store.read() as tx:
        now = today.today(tx)
        assert [(one.person_id, one.name) for one in now.promised] == [(other, "Terry Beasley")]
        assert now.quiet == []
    with store.write("parted") as tx:
        entered_twice.part(tx, terry, other)
    with store.read() as tx:
        assert [one.name for one in today.today(tx).promised] == ["Mr Okafor"]
