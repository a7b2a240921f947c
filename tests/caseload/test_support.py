"""Walking alongside somebody: beginning, pausing, stepping back, coming back, being away."""

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload import people, person, support, timeline
from linkworker.caseload.support import NotNow
from linkworker.caseload.support_order import OutOfOrder
from linkworker.caseload.writing import NotOnTheList, NotSuch


@pytest.fixture
def walking(store, terry):
    """Terry, walked with since March, at Level 2."""
    with store.write("began", person=terry) as tx:
        support.begin(tx, terry, level=2, on=date(2026, 3, 2))
    return terry


def standing(store, person):
    with store.read() as tx:
        one = people.person_in_list(tx, person)
    return one.support, one.level


def happen(store, person, kind, **said):
    with store.write(kind, person=person) as tx:
        return support.happen(tx, person, kind, **said)


def test_a_period_tells_its_whole_story(store, walking):
    happen(store, walking, "paused", on=date(2026, 5, 1), reason="daughter's, for the summer")
    happen(store, walking, "returned", on=date(2026, 9, 1))
    happen(store, walking, "level", on=date(2026, 10, 1), level=1)
    assert standing(store, walking) == ("returned", 1)
    happen(store, walking, "stepped back", on=date(2026, 11, 1), own_words="I'm off bowling")
    happen(store, walking, "reopened")
    assert standing(store, walking) == ("reopened", 1)
    with store.read() as tx:
        kinds = [event.kind for event in support.history(tx, walking)]
    assert kinds == ["reopened", "stepped back", "level", "returned", "paused", "began"]


@pytest.mark.parametrize("kind", ["returned", "reopened"])
def test_what_does_not_follow_is_refused(store, walking, kind):
    with pytest.raises(NotNow):
        happen(store, walking, kind)
    assert standing(store, walking) == ("began", 2)


def test_nothing_happens_to_a_support_that_never_began(store, terry):
    with pytest.raises(NotNow):
        happen(store, terry, "paused")


def test_a_second_beginning_is_refused_because_they_come_back_without_one(store, walking):
    with pytest.raises(NotNow), store.write("began", person=walking) as tx:
        support.begin(tx, walking)


def test_an_event_is_corrected_by_the_next_and_can_be_taken_away(store, walking):
    event = happen(store, walking, "paused", on=date(2026, 5, 1))
    with store.write("corrected", person=walking) as tx:
        event = support.correct_event(tx, event, on=date(2026, 6, 1), reason="her knee")
    with store.read() as tx:
        paused = support.history(tx, walking)[0]
    assert (paused.kind, paused.on, paused.reason) == ("paused", date(2026, 6, 1), "her knee")
    with store.write("never paused", person=walking) as tx:
        support.remove_event(tx, event)
    assert standing(store, walking) == ("began", 2)


def test_a_period_begun_by_mistake_goes_with_all_of_it(store, walking):
    with store.read() as tx:
        began = support.history(tx, walking)[-1].event_id
    with store.write("begun by mistake", person=walking) as tx:
        support.remove_event(tx, began)
    assert standing(store, walking) == ("", None)
    store.undo()
    assert standing(store, walking) == ("began", 2)


def test_a_death_is_dated_and_a_mistaken_one_is_taken_back(store, walking):
    with store.write("died", person=walking) as tx:
        row = support.record_whereabouts(tx, walking, "died", since=date(2026, 11, 24))
    with store.read() as tx:
        assert people.details(tx, walking).died == date(2026, 11, 24)
        assert people.person_in_list(tx, walking).died
    with store.write("it was his brother", person=walking) as tx:
        support.remove_whereabouts(tx, row)
    with store.read() as tx:
        assert people.details(tx, walking).died is None
        assert not people.person_in_list(tx, walking).died


def test_the_day_of_a_death_is_corrected_everywhere(store, walking):
    with store.write("died", person=walking) as tx:
        row = support.record_whereabouts(tx, walking, "died")
    with store.write("it was Tuesday", person=walking) as tx:
        support.correct_whereabouts(tx, row, since=date(2026, 11, 24))
    with store.read() as tx:
        assert people.details(tx, walking).died == date(2026, 11, 24)


def test_somebody_in_hospital_is_away_until_they_are_back(store, walking):
    def away():
        with store.read() as tx:
            return people.person_in_list(tx, walking).away

    with store.write("hospital", person=walking) as tx:
        support.record_whereabouts(tx, walking, "in hospital", since=date(2026, 11, 20))
    assert away() == "in hospital"
    with store.write("home again", person=walking) as tx:
        support.record_whereabouts(tx, walking, "back")
    assert away() == ""


def test_nothing_is_written_of_a_day_to_come_or_ends_before_it_begins(store, walking):
    with pytest.raises(NotSuch):
        happen(store, walking, "paused", on=date(2027, 1, 1))
    with pytest.raises(NotOnTheList), store.write("away", person=walking) as tx:
        support.record_whereabouts(tx, walking, "on the moon")
    with pytest.raises(NotSuch), store.write("away", person=walking) as tx:
        support.record_whereabouts(
            tx, walking, "in prison", since=date(2026, 11, 1), until=date(2026, 10, 1)
        )


def test_an_event_is_corrected_only_to_what_may_stand_at_its_place(store, walking):
    paused = happen(store, walking, "paused", on=date(2026, 5, 1))
    returned = happen(store, walking, "returned", on=date(2026, 9, 1))
    with store.read() as tx:
        began = support.history(tx, walking)[-1].event_id
        assert support.may_have_been(tx, began) == ("began",)
        assert support.may_have_been(tx, paused) == ("paused",)
        assert "reopened" not in support.may_have_been(tx, returned)
    for event, kind in ((began, "paused"), (paused, "level"), (returned, "began")):
        with pytest.raises(NotNow), store.write("corrected", person=walking) as tx:
            support.correct_event(tx, event, kind=kind)
    with store.read() as tx:
        kinds = [event.kind for event in support.history(tx, walking)]
    assert kinds == ["returned", "paused", "began"]


def test_the_last_event_is_corrected_to_another_that_may_follow(store, walking):
    paused = happen(store, walking, "paused", on=date(2026, 5, 1))
    with store.write("they stepped back", person=walking) as tx:
        support.correct_event(tx, paused, kind="stepped back")
    assert standing(store, walking)[0] == "stepped back"


@pytest.mark.parametrize(
    ("kind", "why"), [("returned", "not paused"), ("reopened", "not stepped back")]
)
def test_a_refusal_says_truly_how_the_support_stands(store, walking, kind, why):
    with pytest.raises(NotNow) as refused:
        happen(store, walking, kind)
    assert why in refused.value.why
    assert "begin" not in refused.value.to_do


def put_right(store, person, event, **said):
    with store.write("corrected", person=person) as tx:
        return support.correct_event(tx, event, **said)


def kinds_of(store, person):
    with store.read() as tx:
        return [event.kind for event in support.history(tx, person)]


@pytest.mark.parametrize("kind", ["paused", "stepped back", "ended"])
def test_nothing_happens_on_a_day_before_what_it_follows(store, walking, kind):
    with pytest.raises(OutOfOrder) as refused:
        happen(store, walking, kind, on=date(2026, 2, 27))
    assert refused.value.why == f'"{kind}" on Fri 27 Feb would stand before "began" on Mon 2 Mar.'
    assert refused.value.to_do == 'Give a later day, or put the day of "began" right first.'
    assert kinds_of(store, walking) == ["began"]


def test_coming_back_is_not_written_of_a_day_before_the_pause(store, walking):
    happen(store, walking, "paused", on=date(2026, 5, 1))
    with pytest.raises(OutOfOrder):
        happen(store, walking, "returned", on=date(2026, 4, 1))
    happen(store, walking, "returned", on=date(2026, 5, 1))
    assert kinds_of(store, walking) == ["returned", "paused", "began"]


def test_a_level_may_be_written_of_a_day_on_which_one_walked_alongside_and_no_other(store, walking):
    happen(store, walking, "stepped back", on=date(2026, 5, 1))
    happen(store, walking, "reopened", on=date(2026, 9, 1))
    happen(store, walking, "level", level=1, on=date(2026, 4, 1))
    for day in (date(2026, 6, 1), date(2026, 2, 1)):
        with pytest.raises(OutOfOrder):
            happen(store, walking, "level", level=2, on=day)
    assert kinds_of(store, walking) == ["reopened", "stepped back", "level", "began"]


def test_the_day_of_an_event_is_corrected_only_between_its_neighbours(store, walking):
    paused = happen(store, walking, "paused", on=date(2026, 5, 1))
    happen(store, walking, "returned", on=date(2026, 9, 1))
    with pytest.raises(OutOfOrder) as refused:
        put_right(store, walking, paused, on=date(2026, 10, 1))
    assert refused.value.why == ('"paused" on Thu 1 Oct would stand after "returned" on Tue 1 Sep.')
    assert refused.value.to_do == 'Give an earlier day, or put the day of "returned" right first.'
    with pytest.raises(OutOfOrder):
        put_right(store, walking, paused, on=date(2026, 1, 1))
    with pytest.raises(NotSuch):
        put_right(store, walking, paused, on=date(2027, 1, 1))
    put_right(store, walking, paused, on=date(2026, 8, 1))
    assert kinds_of(store, walking) == ["returned", "paused", "began"]


def test_a_beginning_put_right_to_another_day_is_the_day_since_when(store, walking):
    with store.read() as tx:
        began = support.history(tx, walking)[-1].event_id
    put_right(store, walking, began, on=date(2026, 1, 5))
    with store.read() as tx:
        assert person.banner(tx, walking).began == date(2026, 1, 5)
    store.undo()
    with store.read() as tx:
        assert person.banner(tx, walking).began == date(2026, 3, 2)


def test_an_event_put_right_stays_at_its_place_among_those_of_its_day(store, terry, clock):
    with store.write("began", person=terry) as tx:
        support.begin(tx, terry, level=2)
        began = support.history(tx, terry)[0].event_id
    clock.on(minutes=5)
    happen(store, terry, "paused")
    clock.on(minutes=5)
    put_right(store, terry, began, reason="her sister asked")
    assert kinds_of(store, terry) == ["paused", "began"]
    assert standing(store, terry) == ("paused", 2)
    with store.read() as tx:
        told = [one.head for one in timeline.timeline(tx, terry)]
    assert told == ["paused", "began"]


def test_what_came_out_of_order_from_elsewhere_can_be_put_right(store, walking):
    paused = happen(store, walking, "paused", on=date(2026, 5, 1))
    happen(store, walking, "returned", on=date(2026, 9, 1))
    with store.write("on another laptop", person=walking) as tx:
        tx.hide(schema.SupportEvent, paused)
        late = tx.add(
            schema.SupportEvent(
                person_id=walking,
                period_id=support.history(tx, walking)[0].period_id,
                kind="paused",
                on=date(2026, 10, 1),
            )
        ).id
    put_right(store, walking, late, on=date(2026, 6, 1))
    assert kinds_of(store, walking) == ["returned", "paused", "began"]


def test_a_death_is_not_put_right_to_a_day_to_come_or_to_none(store, terry):
    with store.write("died", person=terry) as tx:
        row = support.record_whereabouts(tx, terry, "died", since=date(2026, 11, 20))
    with pytest.raises(NotSuch), store.write("put right", person=terry) as tx:
        support.correct_whereabouts(tx, row, since=date(2030, 1, 1))
    with store.write("put right", person=terry) as tx:
        support.correct_whereabouts(tx, row, since=None)
    with store.read() as tx:
        died = tx.value("SELECT died FROM person WHERE id = ?", (terry,))
        assert died == tx.today.isoformat()
    store.undo()
    with store.read() as tx:
        assert tx.value("SELECT died FROM person WHERE id = ?", (terry,)) == "2026-11-20"


def test_where_somebody_is_is_not_put_right_to_end_before_it_begins(store, terry):
    with store.write("away", person=terry) as tx:
        row = support.record_whereabouts(tx, terry, "in hospital", since=date(2026, 11, 20))
    with pytest.raises(NotSuch), store.write("put right", person=terry) as tx:
        support.correct_whereabouts(tx, row, until=date(2026, 11, 1))
