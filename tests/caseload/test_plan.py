"""Strengths, hopes, steps, what is in the way, looked for, given, and a good life."""

from datetime import date

import pytest

from linkworker.caseload import about, hopes, plan, reaching, steps
from linkworker.caseload.connections import add_tie
from linkworker.caseload.people import add_person
from linkworker.caseload.writing import NotFound, NothingSaid, NotOnTheList, NotSuch


def read(store, person):
    with store.read() as tx:
        return plan.plan(tx, person)


def test_a_hope_is_noted_until_it_is_agreed_with_somebody_on_a_day(store, terry):
    with store.write("a hope", person=terry) as tx:
        hope = hopes.add_goal(tx, terry, "get out of the house on Saturdays")
    assert read(store, terry).goals[0].agreed_on is None
    with store.write("agreed", person=terry) as tx:
        hopes.agree_goal(tx, hope, "Terry")
    goal = read(store, terry).goals[0]
    assert (goal.agreed_with, goal.agreed_on) == ("Terry", date(2026, 11, 27))


def test_steps_hang_on_their_hope_and_say_what_became_of_them(store, terry):
    with store.write("planned", person=terry) as tx:
        hope = hopes.add_goal(tx, terry, "get out on Saturdays")
        first = steps.add_step(tx, terry, "ring the bike club", goal_id=hope, who="Terry")
        steps.add_step(tx, terry, "a lift home", goal_id=hope, who="Pat", asked="asked")
        steps.add_step(tx, terry, "put the bins out")
        steps.settle_step(tx, first, "done", words="he rang on Friday")
    found = read(store, terry)
    assert [step.words for step in found.goals[0].steps] == ["a lift home", "ring the bike club"]
    assert found.goals[0].steps_done == 1
    assert [step.words for step in found.steps] == ["put the bins out"]
    done = found.goals[0].steps[1]
    assert (done.state, done.state_on, done.state_words) == (
        "done",
        date(2026, 11, 27),
        "he rang on Friday",
    )


def test_a_step_is_nobodys_until_somebody_is_asked(store, terry):
    with store.write("a step", person=terry) as tx:
        steps.add_step(tx, terry, "see the sea again")
    (step,) = read(store, terry).steps
    assert (step.who, step.who_does, step.who_worker_id) == ("", "", "")


def test_a_step_opened_again_is_as_open_as_before(store, terry):
    with store.write("a step", person=terry) as tx:
        step = steps.add_step(tx, terry, "ring")
        steps.settle_step(tx, step, "not done", words="no credit")
        steps.settle_step(tx, step, "open")
    (one,) = read(store, terry).steps
    assert (one.state, one.state_on, one.state_words) == ("open", None, "")


def test_a_hope_that_is_removed_leaves_its_steps(store, terry):
    with store.write("planned", person=terry) as tx:
        hope = hopes.add_goal(tx, terry, "swim, if nobody looks")
        steps.add_step(tx, terry, "find a quiet hour", goal_id=hope)
    with store.write("removed a hope", person=terry) as tx:
        hopes.remove_goal(tx, hope)
    found = read(store, terry)
    assert found.goals == []
    assert [step.words for step in found.steps] == ["find a quiet hour"]
    store.undo()
    assert len(read(store, terry).goals[0].steps) == 1


def test_a_step_never_names_a_hope_or_a_relative_of_somebody_else(store, terry):
    with store.write("others") as tx:
        dean = add_person(tx, called="Dean")
        hope = hopes.add_goal(tx, dean, "work with dogs")
        kelly = add_tie(tx, dean, "Kelly", relationship="sister")
    for said in ({"goal_id": hope}, {"who_tie_id": kelly}):
        with pytest.raises(NotFound), store.write("a step", person=terry) as tx:
            steps.add_step(tx, terry, "ring", **said)
    assert read(store, terry).steps == []


def test_what_is_in_the_way_is_cleared_and_what_was_looked_for_is_answered(store, terry):
    with store.write("noted", person=terry) as tx:
        bus = hopes.add_in_the_way(tx, terry, "the bus stops at six")
        gap = hopes.add_looked_for(tx, terry, "a bus after six", kind="gap")
        hopes.add_contribution(tx, terry, "taught Ray's grandson", on=date(2026, 11, 27))
        hopes.clear_in_the_way(tx, bus, words="Pat drives")
        hopes.answer_looked_for(tx, gap, "the college minibus")
    found = read(store, terry)
    assert found.in_the_way[0].cleared_words == "Pat drives"
    assert found.looked_for[0].answer == "the college minibus"
    assert found.contributions[0].words == "taught Ray's grandson"


def test_being_asked_to_help_is_agreed_for_each_strength_and_taken_back(store, terry):
    with store.write("may ask", person=terry) as tx:
        bikes = hopes.add_strength(tx, terry, "mends bicycles")
        hopes.say_may_ask(tx, bikes, "yes")
    with store.write("not any more", person=terry) as tx:
        hopes.say_may_ask(tx, bikes, "no", on=date(2026, 11, 26))
    (one,) = read(store, terry).strengths
    assert (one.may_ask, one.may_ask_on) == ("no", date(2026, 11, 26))


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"words": " \u200b\n"}, NothingSaid),
        ({"words": "x", "importance": 11}, NotSuch),
        ({"words": "x", "importance": True}, NotSuch),
        ({"words": "x", "state": "overdue"}, NotOnTheList),
        ({"words": "x", "state_on": "Friday"}, NotSuch),
    ],
)
def test_what_a_hope_cannot_be_is_refused(store, terry, said, refusal):
    with pytest.raises(refusal), store.write("a hope", person=terry) as tx:
        hopes.add_goal(tx, terry, **said)


@pytest.mark.parametrize("time", ["9:30", "25:00", "09:61", "half nine", "٠٩:٣٠x"])
def test_a_time_that_is_none_is_refused(store, terry, time):
    with pytest.raises(NotSuch), store.write("a step", person=terry) as tx:
        steps.add_step(tx, terry, "ring", by_time=time)


def test_a_later_vision_stands_beside_the_earlier(store, terry):
    with store.write("a good life", person=terry) as tx:
        about.add_vision(tx, terry, "left alone", said_on=date(2026, 3, 2))
        about.add_vision(tx, terry, "Saturdays out, and being some use")
    with store.read() as tx:
        assert [one.words for one in about.visions(tx, terry)] == [
            "Saturdays out, and being some use",
            "left alone",
        ]


def test_about_me_stands_in_the_order_of_its_headings(store, terry):
    with store.write("about me", person=terry) as tx:
        about.add_about_me(tx, terry, "My wellness", "knees", helped_by="Pat")
        about.add_about_me(tx, terry, "What is most important to me", "my shed")
        with pytest.raises(NotOnTheList):
            about.add_about_me(tx, terry, "My shoe size", "nine")
    with store.read() as tx:
        assert [one.words for one in about.about_me(tx, terry)] == ["my shed", "knees"]


def test_one_way_to_reach_somebody_is_preferred_at_a_time(store, terry):
    with store.write("phones", person=terry) as tx:
        reaching.add_reach(tx, terry, "01632 960123", kind="home phone", preferred=True)
        mobile = reaching.add_reach(tx, terry, "07700 900123", safe_to_leave="yes")
        reaching.correct_reach(tx, mobile, preferred=True)
    with store.read() as tx:
        assert [(one.value, one.preferred) for one in reaching.reaches(tx, terry)] == [
            ("07700 900123", True),
            ("01632 960123", False),
        ]


def test_an_address_may_be_only_how_one_gets_in_but_not_empty(store, terry):
    with store.write("getting in", person=terry) as tx:
        reaching.add_address(tx, terry, getting_in="rings twice, stairs")
    with pytest.raises(NothingSaid), store.write("nothing", person=terry) as tx:
        reaching.add_address(tx, terry, kind="home")
    with store.read() as tx:
        (one,) = reaching.addresses(tx, terry)
    assert (one.getting_in, one.in_one_line) == ("rings twice, stairs", "")
