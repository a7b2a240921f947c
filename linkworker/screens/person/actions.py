"""What the keys of a person's page do with what stands under the cursor (`keys` has them all).

How it is done is in `doing`, and in `on_a_row` what only some rows have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from linkworker.screens.person import doing, offering, on_a_row
from linkworker.screens.person.kinds import Thing

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage


class Actions:
    """What a person's page does when a key is pressed that is about a row."""

    def action_open(self) -> None:
        """Open or correct what is under the cursor; on an empty place, add it."""
        page = cast("PersonPage", self)
        if page.chosen is not None and page.thing is not None:
            doing.open_thing(page, page.chosen, page.thing)

    def action_add(self) -> None:
        """Add something to this section."""
        page = cast("PersonPage", self)
        doing.add_something(page)

    def action_tick(self) -> None:
        """Done or not done."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            doing.tick(page, page.thing)

    def action_begin(self) -> None:
        """Begin the support, or go on with it."""
        page = cast("PersonPage", self)
        doing.begin(page)

    def action_support(self) -> None:
        """Write down what happened to the support."""
        page = cast("PersonPage", self)
        doing.add(page, Thing("support"))

    def action_not_done(self) -> None:
        """Say that a step was not done, and why."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            on_a_row.not_done(page, page.thing)

    def action_remove(self) -> None:
        """Take away what is under the cursor."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            doing.remove(page, page.thing)

    def action_put_right(self) -> None:
        """Add a correction to a note."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            doing.put_right(page, page.thing)

    def action_agree(self) -> None:
        """Agree what is noted."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            on_a_row.agree(page, page.thing)

    def action_call_off(self) -> None:
        """Call off what is arranged."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            on_a_row.call_off(page, page.thing)

    def action_move_on(self) -> None:
        """Write how a connection went on."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            on_a_row.move_on(page, page.thing)

    def action_how_it_went(self) -> None:
        """Show every stage of a connection, and how near it was."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            on_a_row.how_it_went(page, page.thing)

    def action_who_helps(self) -> None:
        """Show who and what could meet what is under the cursor."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            on_a_row.who_helps(page, page.thing)

    def action_offer(self) -> None:
        """Offer a strength to colleagues' people, or take that back."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            offering.offer(page, page.thing)

    def action_take_out(self) -> None:
        """Take somebody out of the list who was added by mistake."""
        page = cast("PersonPage", self)
        doing.remove_person(page)

    def action_copy_out(self) -> None:
        """Send a note to the clipboard, and offer a file."""
        page = cast("PersonPage", self)
        if page.thing is not None:
            doing.copy_out(page, page.thing)

    def action_apart(self) -> None:
        """Open what is kept apart, on purpose."""
        page = cast("PersonPage", self)
        thing = page.thing
        note = thing.row.note_id if thing is not None and thing.kind == "entry" else ""
        doing.open_kept_apart(page, note)
