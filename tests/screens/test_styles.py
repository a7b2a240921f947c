"""A style sheet of one screen holds for that screen alone.

Textual reads the sheet of a screen into one list for the whole app: a rule for "#sight" made on
one screen would bend every other screen that has something of that name.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linkworker.screens.people import PeopleScreen
from tests.screens.hands import arrive, until

SCREENS = Path(__file__).resolve().parents[2] / "linkworker" / "screens"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"(?:^|\})([^{}]+)\{")
NAMES_ITS_SCREEN = re.compile(r"^(?:\.-[\w-]+ )?[A-Z]\w*Screen\b")


def strays(sheet: str) -> list[str]:
    """Return the selectors that do not begin with the name of a screen."""
    selectors = (
        one.strip() for rule in SELECTORS.findall(COMMENT.sub("", sheet)) for one in rule.split(",")
    )
    return [one for one in selectors if not NAMES_ITS_SCREEN.match(one)]


@pytest.mark.parametrize("sheet", sorted(SCREENS.rglob("*.tcss")), ids=lambda path: path.stem)
def test_every_rule_of_a_screen_names_the_screen(sheet):
    assert strays(sheet.read_text(encoding="utf-8")) == []


def test_a_rule_that_names_no_screen_is_seen():
    assert strays("#sight { width: 1fr; }\nTodayScreen #a, .-wide #b { width: 1; }") == [
        "#sight",
        ".-wide #b",
    ]


async def test_people_keep_their_width_after_today_was_seen(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(160, 50)) as pilot:
        await until(pilot, lambda: app.current_mode == "today")
        await pilot.press("f3")
        people = await arrive(pilot, PeopleScreen)
        assert people.query_one("#sight").size.width > 60
