"""LinkworkerApp: the places, and the keys that work everywhere; and `run`, which starts it.

What happens at the door (unlocking, locking, leaving) is in `door`. No SQL and no rule of the
practice stands here. A place is imported when somebody first goes there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from linkworker.clock import Clock, local_day, monotonic, system_clock
from linkworker.door import DOOR, OpeningApp
from linkworker.refusal import Refused
from linkworker.widgets import everywhere
from linkworker.widgets.acting import whose
from linkworker.widgets.commands import Command, Commanded, bindings, commands_here
from linkworker.widgets.frame import Dialog, Frame

if TYPE_CHECKING:
    from linkworker.screens.let_go import LetGo
    from linkworker.screens.person import PersonScreen
    from linkworker.store import Store

PLACES = {
    "today": ("linkworker.screens.today", "TodayScreen"),
    "people": ("linkworker.screens.people", "PeopleScreen"),
    "community": ("linkworker.screens.community", "CommunityScreen"),
    "send": ("linkworker.screens.send", "SendScreen"),
    "introductions": ("linkworker.screens.introductions", "IntroductionsScreen"),
}
"""Places with a key of their own: where the screen is, imported on the first visit."""

COMING = {
    "reports": "Reports are not in this version yet. Export from the command line has it all.",
}
"""Places whose key is kept for them, and what to do meanwhile."""

WANTED_FIRST = "linkworker.screens.today"
WANTED_SOON = (
    "linkworker.pages",
    *(f"linkworker.screens.{one}" for one in ("people", "find", "person", "note", "help", "hide")),
)

ASKED_FIRST = "Answer or leave this first (Esc). Then Ctrl+Z takes back what was saved."

WHILE_HIDDEN = ("hide", "back", "lock", "quit")
"""The commands that work on the empty page."""


class LinkworkerApp(Commanded, OpeningApp):
    """The whole app over one store."""

    TITLE = "linkworker"
    CSS_PATH = "widgets/frame.tcss"
    DEFAULT_MODE = DOOR
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6.0
    wanted_first = WANTED_FIRST
    wanted_soon = WANTED_SOON
    KEYS = everywhere.EVERYWHERE
    BINDINGS = bindings(everywhere.EVERYWHERE)

    def __init__(
        self,
        folder: Path,
        *,
        store: Store | None = None,
        passphrase: str | None = None,
        made_up: bool = False,
        screen_reader: bool = False,
        prepare_made_up: Callable[[], Path] | None = None,
        clock: Clock = system_clock,
        running: Callable[[], float] = monotonic,
    ) -> None:
        """Make the app over the store in `folder`.

        `store` is one that is open already (a test's). `passphrase` opens it without asking, once.
        `made_up` opens a made-up store, which has no passphrase; `prepare_made_up` makes one.
        `clock` gives the instant and `running` the seconds that idle time is counted by.
        """
        super().__init__(
            folder,
            store=store,
            passphrase=passphrase,
            made_up=made_up,
            prepare_made_up=prepare_made_up,
            clock=clock,
            running=running,
        )
        self.screen_reader = screen_reader or self.look.screen_reader
        self.person_page: PersonScreen | None = None
        """The page that is kept for whoever is opened (`pages`)."""
        self._let_go: LetGo | None = None
        for place in PLACES:
            self.add_mode(place, partial(_made, place))

    def on_mount(self) -> None:
        """Begin at the door."""
        self.listen_to_the_system()
        if self.screen_reader:
            self.add_class("-screen-reader")
            self.show_cursor()
        self.begin()

    async def make_ready(self) -> None:
        """Make Today, empty, behind the door: going in then only reads and paints its rows."""
        at_the_door = self.is_running and not self.is_open and self.current_mode == DOOR
        if not at_the_door or "today" in self._screen_stacks:
            return
        await self._init_mode("today")
        for screen in self._screen_stacks["today"]:
            screen._css_update_count = self._css_update_count
            self.stylesheet.update(screen)

    def go_in(self, way_back: tuple[str, ...]) -> None:
        """Show what was in sight before the lock, or Today."""
        place = way_back[0] if way_back[:1] and way_back[0] in PLACES else "today"
        self.lead(partial(self._go_in, place, way_back))

    async def _go_in(self, place: str, way_back: tuple[str, ...]) -> None:
        await self.go_there(place)
        if way_back[:1] == ("person",):
            self.open_person(way_back[1])
        elif way_back[:1] == ("note",):
            self.open_note(draft_id=way_back[1])

    async def let_go(self) -> None:
        """Forget every screen that shows something of a record."""
        for place in PLACES:
            if place in self._screen_stacks:
                await self.remove_mode(place)
                self.add_mode(place, partial(_made, place))
        if self.person_page is not None:
            page, self.person_page = self.person_page, None
            self.uninstall_screen(page)
            await page.remove()

    # -- what screens ask --------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day it is in the home zone."""
        return local_day(self.clock())

    def go(self, place: str) -> None:
        """Go to a place with a key of its own, leaving what stood above it."""
        if reason := self.why_not_go(place):
            self.hint(reason)
        else:
            self.lead(partial(self.go_there, place))

    async def go_there(self, place: str) -> None:
        """Go to a place, once nobody is on the way to another; nowhere where it is locked."""
        async with self.moving:
            if not self.why_not_go(place):  # it may have been locked before this was begun
                await self._move(place)

    async def _move(self, place: str) -> None:
        frames = [screen for screen in reversed(self.screen_stack) if isinstance(screen, Frame)]
        try:
            words = [screen.gone_from() for screen in frames]
        except Refused as refused:  # what is being written there would be lost
            self.refuse(refused)
            return
        for said in list(filter(None, words))[:1]:
            self.say(said)
        with self.batch_update():
            # What is left behind is gone: kept out of sight it would be written over newer words.
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            if place != self.current_mode:
                for screen in self._screen_stacks.get(place, ())[:1]:
                    cast(Frame, screen).before_sight()
            again = place == self.current_mode
            await self.switch_mode(place)
            if again:
                cast(Frame, self.screen).come_again()

    def open_person(self, person_id: str, note_id: str = "") -> None:
        """Show one person over the place where one is; whose page is in sight already stays.

        With `note_id` their story is shown, that note unfolded.
        """
        from linkworker import pages

        pages.open_person(self, person_id, note_id)

    def open_note(
        self,
        person_ids: tuple[str, ...] = (),
        draft_id: str | None = None,
        appointment_id: str = "",
    ) -> None:
        """Start a note about these people, of one appointment of theirs, or go on with a draft.

        Where a note waits about some of them, or about somebody else too, it is asked which.
        """
        from linkworker import pages

        pages.open_note(self, person_ids, draft_id, appointment_id)

    def threw_away(self, draft_id: str) -> None:
        """Have Ctrl+Z bring a draft back, on whatever screen; "" for one that is not kept."""
        from linkworker.screens.let_go import LetGo

        self._let_go = self._let_go or LetGo()
        self._let_go.add(self.store, draft_id)

    # -- the keys that work everywhere -------------------------------------------------------

    def why_not_locked(self) -> str:
        """Return why what needs the open store cannot be done, "" when it can."""
        return "" if self.is_open else everywhere.why_closed(self.screen_stack, self.made_up)

    def why_not_go(self, place: str) -> str:
        """Return why one cannot go to a place now, "" when one can."""
        return COMING.get(place) or self.why_not_locked()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While everything is hidden, no key but those that bring it back, lock or leave."""
        hidden = type(self.screen).__name__ == "HideScreen"
        return not (hidden and action == "command" and parameters[0] not in WHILE_HIDDEN)

    def action_go(self, place: str) -> None:
        """Go to a place."""
        self.go(place)

    def action_new_note(self) -> None:
        """Start a note about whoever is in sight, or ask about whom."""
        screen = self.screen
        people: tuple[str, ...] = ()
        appointment = ""
        if isinstance(screen, (Frame, Dialog)):
            people, appointment = screen.people_in_sight(), screen.appointment_in_sight()
        if people:
            self.open_note(people, appointment_id=appointment)
        else:
            self.action_find(about="note")

    def action_find(self, about: str = "") -> None:
        """Open the finder; `about="note"` chooses whom a note will be about."""
        from linkworker.screens.find import FindScreen

        if not isinstance(self.screen, FindScreen):
            finder = FindScreen(self.commands_in_reach(), for_note=about == "note")
            self.push_screen(finder, self._then)

    def _then(self, then: Callable[[], Any] | None) -> None:
        """Do what was found, once the finder is gone.

        A screen is opened at once: what is typed meanwhile must not fall on the one below.
        """
        if then is None:
            return
        if inspect.iscoroutinefunction(getattr(then, "func", then)):
            self.call_later(then)
        else:
            then()

    def action_help(self) -> None:
        """Open help for the screen in sight."""
        from linkworker.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            place = self.screen.heading if isinstance(self.screen, Frame) else ""
            self.push_screen(HelpScreen(self.commands_in_reach(), place))

    def commands_in_reach(self) -> list[tuple[Command, Commanded]]:
        """Return what can be done where one is, the nearest first."""
        focused = self.screen.focused
        nodes = [*focused.ancestors_with_self] if focused is not None else [self.screen, self]
        return commands_here(nodes)

    def action_import_people(self) -> None:
        """Open the pages on which a list of people is brought in."""
        from linkworker.screens import import_people

        import_people.open_over(self)

    def action_settings(self) -> None:
        """Open the settings."""
        from linkworker.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    async def action_hide(self) -> None:
        """Blank everything at once, or bring it back."""
        from linkworker.screens.hide import HideScreen

        if isinstance(self.screen, HideScreen):
            await self.pop_screen()
            return
        self.clear_notifications()
        for screen in self.screen_stack:  # also what lies under help, a form or a question
            if isinstance(screen, Frame):
                screen.hidden()
        await self.push_screen(HideScreen())
        if self.look.hiding_locks:
            await self.lock_up(keeping_hidden=True)

    async def action_lock(self) -> None:
        """Lock now."""
        await self.lock_up()

    def action_undo(self) -> None:
        """Take back what was done last: an act, or that a draft was thrown away."""
        if self._let_go is None or not self._let_go.comes_first(self.store):
            self._take_back(self.store.undo, "Taken back")
        else:
            self._let_go.take_back(self, self.screen_stack)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._take_back(self.store.redo, "Done again")

    def _take_back(self, how: Callable[[], Any], said: str) -> None:
        """Take back or do again, and say what and whose; never from inside what asks something."""
        if getattr(self.screen, "asks", False):
            self.hint(ASKED_FIRST)
            return
        try:
            done = how()
        except Refused as refused:
            self.refuse(refused)
        else:
            self.say(f"{said}: {done.label}{whose(self, done.person_id)}")

    async def action_back(self) -> None:
        """One step back; from a place, to Today."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        elif self.is_open and self.current_mode != "today":
            self.go("today")

    async def action_leave(self) -> None:
        """Leave: drafts kept, store locked and closed."""
        await self.what_was_typed_arrives()
        self.courier.leave(self.ask_to_leave)

    action_quit = action_leave

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing to copy: say how to leave."""
        self.hint("Ctrl+Q leaves. Ctrl+C copies what is selected.")


def _made(place: str) -> Screen[Any]:
    """Import and make the screen of a place."""
    from importlib import import_module

    module, name = PLACES[place]
    screen: Screen[Any] = getattr(import_module(module), name)()
    return screen


def run(
    data: Path,
    passphrase_file: Path | None = None,
    made_up: bool = False,
    screen_reader: bool = False,
    prepare_made_up: Callable[[], Path] | None = None,
) -> int:
    """Open the app over the store in `data` and return the exit status.

    `passphrase_file` holds the passphrase on its first line. `made_up` opens a made-up store
    without asking. `prepare_made_up` makes a made-up caseload if there is none yet and returns its
    folder: it is called in a thread when somebody beginning chooses to try. Raises `Refused` where
    the passphrase file cannot be read.
    """
    passphrase = None
    if passphrase_file is not None:
        from linkworker.vault.passphrase import from_file

        passphrase = from_file(passphrase_file)
    app = LinkworkerApp(
        data,
        passphrase=passphrase,
        made_up=made_up,
        screen_reader=screen_reader,
        prepare_made_up=prepare_made_up,
    )
    try:
        status = app.run()
    finally:
        app.put_away()
    return app.return_code or status or 0
