"""Everything that can be added to a person is corrected, undone, done again and found, by keys."""

from __future__ import annotations

import pytest

from linkworker.screens.find import FindScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.person.every_kind import KINDS
from linkworker.screens.person.sections import SECTIONS
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.person_hands import choose, field, open_person

WORDS = {
    "vision": "words",
    "strength": "words",
    "goal": "words",
    "step": "words",
    "in the way": "words",
    "looked for": "words",
    "contribution": "words",
    "tie": "name",
    "connection": "name",
    "safety": "words",
    "whereabouts": "remark",
    "support": "reason",
    "appointment": "about",
    "about me": "words",
    "reach": "remark",
    "address": "line1",
}
"""In which field of each kind somebody writes a word that is found again."""

ALSO = {
    "safety": {"kind": "risk"},
    "whereabouts": {"kind": "in hospital"},
    "appointment": {"day": "Tue 1 Dec"},
    "reach": {"value": "01632 960999"},
}
"""What else a kind needs."""

ON_PURPOSE = {"kept apart", "household", "not with"}
"""What is kept apart is never found, nor who they are not to be with, and who they live with is
chosen among those who are here; each has tests of its own."""

ALL = list(dict.fromkeys(kind for section in SECTIONS for kind in section.kinds))


def test_every_kind_that_can_be_added_is_walked():
    assert set(ALL) == set(WORDS) | ON_PURPOSE
    assert {name for name, kind in KINDS.items() if kind.add} <= set(ALL)


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind in WORDS])
async def test_it_is_added_corrected_taken_back_done_again_and_found(app_over, store, terry, kind):
    app = app_over(store)
    shown = max(
        at for at, one in enumerate(SECTIONS, 1) if kind in one.kinds and one.name != "story"
    )

    async with app.run_test(size=(100, 40)) as pilot:
        screen = await open_person(pilot, terry, str(shown))
        await pilot.press("insert")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.pause()
        if not isinstance(app.screen, FormScreen):
            app.screen.query_one("#choices", Page).choose(kind)
            await pilot.press("enter")
        form = await arrive(pilot, FormScreen)
        for name, raw in (ALSO.get(kind, {}) | {WORDS[kind]: "quillwort"}).items():
            field(form, name).raw = raw
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "quillwort")

        choose(screen, f"{kind}:")
        await pilot.press("enter")
        form = await arrive(pilot, FormScreen)
        assert field(form, WORDS[kind]).raw == "quillwort"
        field(form, WORDS[kind]).raw = "quillwort and samphire"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "samphire")

        await pilot.press("ctrl+z")
        await until(pilot, lambda: not store.search("samphire"))
        assert store.search("quillwort")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: store.search("samphire"))

        await pilot.press("ctrl+p")
        await arrive(pilot, FindScreen)
        await paste(pilot, "samphire")
        await sees(pilot, "quillwort and samphire")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+z", "ctrl+z")
        await until(pilot, lambda: not store.search("quillwort"))
