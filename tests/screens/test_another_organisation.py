"""Another organisation walks with somebody too: whose a note is, and who is let in, in sight."""

from __future__ import annotations

from linkworker.caseload import timeline
from tests.screens.hands import sees
from tests.screens.person_hands import choose, open_person
from tests.store.two_organisations import two_organisations


async def test_another_organisations_note_is_theirs_and_who_is_let_in_stands_on_the_page(
    app_over, store, make_store, tmp_path, clock
):
    two = two_organisations(tmp_path, clock, store, make_store("jo", worker="Jo"))
    with store.read() as tx:
        theirs, _ours = timeline.timeline(tx, two.terry)
    async with app_over(store).run_test(size=(100, 30), notifications=True) as pilot:
        screen = await open_person(pilot, two.terry, "3")
        await sees(pilot, "Jo, Citizens Advice: Home visit")
        choose(screen, f"entry:{theirs.row_id}")
        await pilot.press("c")
        await sees(pilot, "Citizens Advice wrote it")
        assert pilot.app.screen is screen, "nothing is opened that could not be kept"
        await pilot.press("5")
        await sees(pilot, "Walk with them too")
        await sees(pilot, "Jo, Citizens Advice")
        await sees(pilot, "said at home")
