"""What a coordinator does on a person's page, as a test says it."""

from __future__ import annotations

from linkworker.screens.form import FormScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.forms import FormRow
from linkworker.widgets.page import Page
from tests.screens.hands import arrive


async def open_person(pilot, person_id, section="1"):
    """Come to Today, open somebody, and go to a section of their page. Returns the screen."""
    await arrive(pilot, TodayScreen)
    pilot.app.open_person(person_id)
    screen = await arrive(pilot, PersonScreen)
    await pilot.press(section)
    await pilot.pause()
    return screen


async def on_form(pilot):
    """Wait for the form that a key has asked for. Returns it."""
    return await arrive(pilot, FormScreen)


def choose(screen, start):
    """Put the cursor on the first row whose key begins so."""
    for page in screen.query(Page):
        for row in page.rows:
            if row.key.startswith(start):
                page.focus()
                return page.choose(row.key)
    raise AssertionError(start)


def field(screen, name):
    """Return the row of a form that asks for a field."""
    return next(row for row in screen.query(FormRow) if row.ask.name == name)
