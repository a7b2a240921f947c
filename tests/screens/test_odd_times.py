"""What a laptop whose program is not ours writes names no time that there is: it stops nobody."""

from __future__ import annotations

import pytest

from linkworker import schema
from linkworker.caseload import people, steps
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from linkworker.storage.settling import shapes
from tests.screens.hands import arrive
from tests.screens.person_hands import open_person
from tests.store.teams import Team, parts_of


@pytest.mark.parametrize(
    ("at", "by_time", "state"),
    [
        ("whenever", "noon", "to come"),
        ("2026-99-99T99:99", "99:99", "to come"),
        ("2027-01-04T10:05:30+09:00", "10:05:30", "to come"),
        ("", "", "to come"),
        ("9 o'clock", "10", "called off"),
    ],
)
async def test_a_colleagues_appointment_at_no_time_that_there_is_stops_no_page(
    app_over, make_store, clock, tmp_path, at, by_time, state
):
    team, ann, ben = Team(tmp_path, clock), make_store("ann"), make_store("ben", worker="Ben")
    with ann.write("added somebody") as tx:
        terry = people.add_person(tx, called="Terry")
    team.sync(ann)
    for scope in parts_of(terry):
        team.ledger.grant(ben.worker_id, scope, "cover")
    team.sync(ben)
    with ben.write("what our own program would not take") as tx:
        tx.add(schema.Appointment(person_id=terry, at=at, state=state, about="the ramp"))
        step = steps.add_step(tx, terry, "ring the bike club", by_day=tx.today)
        tx.change(schema.Step, step, by_time=by_time)
    team.sync(ben)
    team.sync(ann)

    app = app_over(ann)
    async with app.run_test(size=(100, 40)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await pilot.press("f2")
        await open_person(pilot, terry)
        for section in "123456":
            await pilot.press(section)
            await pilot.pause()
            await pilot.press("down", "enter", "escape")
            await pilot.pause()
        assert app.return_code is None


@pytest.mark.parametrize(
    ("column", "said", "held"),
    [
        *(("at", one, one) for one in ("2026-11-27T10:05", "2026-11-27", "")),
        *(("at", one, "") for one in ("2026-11-27T", "2026-11-27T1005", "20261127", "T10:05", 7)),
        *(("by_time", one, one) for one in ("10:05", "00:00", "")),
        *(("by_time", one, "") for one in ("24:00", "1005", "10", "10:05Z", "10:05:00", 7)),
    ],
)
def test_a_time_of_a_diary_is_taken_as_it_is_written_and_no_other(column, said, held):
    shape = shapes()["appointment" if column == "at" else "step"]
    assert shape.cleaned(column, said) == held
