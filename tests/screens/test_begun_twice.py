"""Support that two began unseen stands to be settled on the person's own page, with a key."""

from __future__ import annotations

import pytest

from linkworker import schema
from linkworker.caseload import support
from linkworker.caseload.begun_twice import begun_twice
from linkworker.caseload.people import add_person
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.person import PersonScreen
from tests.screens.hands import arrive, sees, until
from tests.screens.person_hands import choose, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def dilys(store, week):
    """Dilys, with whom Ann walks alongside, and a period of Ben's that came from his laptop."""
    with store.write("Dilys") as tx:
        dilys = add_person(tx, called="Dilys", family="Owen")
        support.begin(tx, dilys)
        ben = tx.add(schema.Worker(name="Ben")).id
        period = tx.add(schema.SupportPeriod(person_id=dilys, worker_id=ben, began=tx.today)).id
        tx.add(
            schema.SupportEvent(
                person_id=dilys, period_id=period, kind="began", on=tx.today, level=2
            )
        )
    return dilys


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_enter_says_who_walks_alongside_and_one_is_left(app_over, store, dilys, size):
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await open_person(pilot, dilys)
        await sees(pilot, "Support was begun twice")
        choose(screen, "begun twice")
        await pilot.press("enter")
        chooser = await arrive(pilot, ChooseScreen)
        await sees(pilot, "Ben")
        choose(chooser, begun(store, dilys)[1].worker_id)
        await pilot.press("enter")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "Settled.")
        assert begun(store, dilys) == []
        assert "Support was begun twice" not in text_of(app)
        with store.read() as tx:
            told = [(one.kind, one.worker, one.level) for one in support.history(tx, dilys)]
        assert told == [("began", "Ben", 2)]
        await pilot.press("ctrl+z")
        await until(pilot, lambda: len(begun(store, dilys)) == 2)


def begun(store, person):
    with store.read() as tx:
        return begun_twice(tx, person)
