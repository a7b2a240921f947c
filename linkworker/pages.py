"""What is shown over the place where one is: somebody's page, and a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker.refusal import Refused
from linkworker.widgets.frame import Frame

if TYPE_CHECKING:
    from linkworker.app import LinkworkerApp

PERSON_PAGE = "a person"
"""The name of the page that is kept for whoever is opened."""


def open_person(app: LinkworkerApp, person_id: str, note_id: str) -> None:
    """Show one person, as `LinkworkerApp.open_person` says.

    One page is kept and shown again for the next person (decision 11): to make it anew takes
    longer than to read and draw what stands on it. A second one is made where one person leads
    to another.
    """
    from linkworker.screens.person import NOBODY_THERE, PersonScreen

    if not app.is_open:  # it was locked before this key had its turn
        return
    if isinstance(app.screen, PersonScreen) and app.screen.person_id == person_id:
        app.screen.look_for(note_id)
        return
    page = app.person_page
    if page is None:
        page = app.person_page = PersonScreen(person_id)
        app.install_screen(page, PERSON_PAGE)
    elif any(page in stack for stack in app._screen_stacks.values()):
        page = PersonScreen(person_id)
    elif not page.meet(person_id):
        app.say(NOBODY_THERE)
        return
    app.push_screen(page)
    page.paint_at_once()
    page.look_for(note_id)


def open_note(
    app: LinkworkerApp, person_ids: tuple[str, ...], draft_id: str | None, appointment_id: str
) -> None:
    """Start a note or go on with one, as `LinkworkerApp.open_note` says."""
    from linkworker.screens.note_waiting import ask_which, waiting

    if draft_id is None and (one := waiting(app.store, person_ids, appointment_id)):
        ask_which(
            app,
            one,
            lambda chosen: _show_note(app, person_ids, chosen or None, appointment_id),
        )
    else:
        _show_note(app, person_ids, draft_id, appointment_id)


def _show_note(
    app: LinkworkerApp, person_ids: tuple[str, ...], draft_id: str | None, appointment_id: str
) -> None:
    """Show a note; one that is open below is come back to, for two would write one draft."""
    from linkworker.screens.note import NoteScreen

    if not app.is_open:  # it was locked before this key had its turn
        return
    for at, screen in enumerate(app.screen_stack):
        if isinstance(screen, NoteScreen) and screen.is_it(person_ids, draft_id, appointment_id):
            above = app.screen_stack[at + 1 :]
            try:
                for one in above:
                    if isinstance(one, Frame):
                        one.gone_from()
            except Refused as refused:
                app.refuse(refused)
                return
            for _ in above:
                app.pop_screen()
            app.say("That note is open already. Here it is.")
            return
    app.push_screen(NoteScreen(person_ids, draft_id, appointment_id=appointment_id))
