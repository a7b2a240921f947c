"""Two who are not to be brought together: said on one page by key, seen on no other, by nobody."""

from __future__ import annotations

import pytest

from linkworker.caseload import bringing_together, hopes, not_with, people, support
from linkworker.caseload.writing import NothingSaid, NotSuch
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.choose_person import ChoosePersonScreen
from linkworker.screens.person import PersonScreen
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.person_hands import choose, field, on_form, open_person
from tests.screens.snapshots import text_of

WORDS = "a bike to get to work"


@pytest.fixture
def terry(week):
    return week["Terry Beasley"]


@pytest.fixture
def dean(store, terry):
    """Dean hopes for a bike, and Terry, who is happy to be asked, mends them."""
    with store.write("Dean") as tx:
        dean = people.add_person(tx, called="Dean", family="Hall", place="Barwell")
        support.begin(tx, dean)
        hopes.add_goal(tx, dean, WORDS)
        mends = hopes.add_strength(tx, terry, "mends bikes")
        hopes.say_may_ask(tx, mends, "yes")
    return dean


def suggested(store, person):
    with store.read() as tx:
        return [one.gift.short for one in bringing_together.who_could_meet(tx, person, WORDS)]


async def begin(pilot, person, how):
    screen = await open_person(pilot, person, "4")
    await pilot.press("insert")
    chooser = await arrive(pilot, ChooseScreen)
    choose(chooser, "not with")
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is not chooser)
    chooser = await arrive(pilot, ChooseScreen)
    choose(chooser, how)
    await pilot.press("enter")
    return screen


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_somebody_here_is_chosen_and_the_other_page_shows_nothing(
    app_over, store, terry, dean, size
):
    assert suggested(store, dean) == ["Terry B."]
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        await begin(pilot, dean, "here")
        await arrive(pilot, ChoosePersonScreen)
        await paste(pilot, "Terry")
        await pilot.press("enter")
        screen = await arrive(pilot, PersonScreen)
        await sees(pilot, "Not to be brought together with")
        assert suggested(store, dean) == []
        choose(screen, "not with:")
        await pilot.press("enter")
        form = await on_form(pilot)
        field(form, "words").raw = "owes him a quillwort"
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "quillwort")

        pilot.app.open_person(terry)
        await sees(pilot, "Terry Beasley")
        for section in "123456":
            await pilot.press(section)
            await pilot.pause()
            shown = text_of(app)
            assert "Not to be brought together" not in shown
            assert "quillwort" not in shown
            assert "Dean" not in shown
    assert not store.search("quillwort")
    with store.read() as tx:
        scopes = tx.rows("SELECT DISTINCT scope FROM sync_op WHERE tbl = 'not_with'", ())
        assert scopes == [(f"person:{dean}",)]
        assert not_with.not_with(tx, terry) == []


async def test_somebody_who_has_no_record_here_is_named_and_taken_away_again(
    app_over, store, terry, dean
):
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await begin(pilot, dean, "name")
        form = await on_form(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "There are no words in it")
        field(form, "name").raw = "terry BEASLEY"
        await pilot.press("ctrl+s")
        screen = await arrive(pilot, PersonScreen)
        await sees(pilot, "terry BEASLEY")
        assert suggested(store, dean) == []
        choose(screen, "not with:")
        await pilot.press("delete")
        await until(pilot, lambda: suggested(store, dean) == ["Terry B."])
        await pilot.press("ctrl+z")
        await until(pilot, lambda: suggested(store, dean) == [])


@pytest.mark.parametrize(
    ("name", "left"),
    [("Terry", []), ("Beasley, Terry", []), ("Terry Hall", ["Terry B."]), ("Ter", ["Terry B."])],
)
def test_a_name_leaves_out_whoever_has_all_its_words(store, terry, dean, name, left):
    with store.write("apart", person=dean) as tx:
        not_with.add_not_with(tx, dean, name=name)
    assert suggested(store, dean) == left


def test_nobody_is_apart_from_themselves_or_from_nobody(store, dean):
    with pytest.raises(NotSuch), store.write("apart", person=dean) as tx:
        not_with.add_not_with(tx, dean, other_person_id=dean)
    with pytest.raises(NothingSaid), store.write("apart", person=dean) as tx:
        not_with.add_not_with(tx, dean, name=" ")


def test_of_somebody_who_is_here_the_name_stays_theirs_and_who_left_is_not_named(
    store, terry, dean
):
    with store.write("apart", person=dean) as tx:
        row = not_with.add_not_with(tx, dean, other_person_id=terry)
        not_with.correct_not_with(tx, row, name="Somebody else", words="why")
    with store.read() as tx:
        (one,) = not_with.not_with(tx, dean)
    assert (one.name, one.words, one.other_person_id) == ("Terry Beasley", "why", terry)
    with store.write("gone") as tx:
        people.remove_person(tx, terry)
    with store.read() as tx:
        (one,) = not_with.not_with(tx, dean)
    assert one.name == not_with.ELSEWHERE
