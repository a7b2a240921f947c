"""LinkworkerApp: the places, the keys that work everywhere, the one Store, and what a lock does.

No SQL and no rule of the practice stands here. A place is imported when somebody first goes there,
and the store after the first frame, while the passphrase is being typed.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.signal import Signal

from linkworker.clock import Clock, local_day, monotonic, system_clock
from linkworker.refusal import Refused
from linkworker.widgets import everywhere
from linkworker.widgets.calm import CalmApp
from linkworker.widgets.commands import Command, Commanded, bindings, commands_here
from linkworker.widgets.frame import Dialog, Frame
from linkworker.widgets.idle import IdleWatch

if TYPE_CHECKING:
    from linkworker.store import Store

DOOR = "door"
PLACES = {
    "today": ("linkworker.screens.today", "TodayScreen"),
    "people": ("linkworker.screens.people", "PeopleScreen"),
}
"""Places with a key of their own: where the screen is, imported on the first visit."""

COMING = {
    "community": "Community is not in this version yet. Until then, note groups with @ and "
    "what is missing with ? in a note.",
    "send": "Sending to the team is not in this version yet. Everything stays on this laptop.",
    "introductions": "Introductions are not in this version yet. Until then, add somebody new "
    "under People.",
    "reports": "Reports are not in this version yet. Export from the command line has it all.",
}
"""Places whose key is kept for them, and what to do meanwhile."""

LOOK_SECONDS = 1.0
"""How often to ask whether it is time to lock, and whether a shell command has written."""


class LinkworkerApp(Commanded, CalmApp):
    """The whole app over one store."""

    TITLE = "linkworker"
    CSS_PATH = "widgets/frame.tcss"
    DEFAULT_MODE = DOOR
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6.0
    KEYS = everywhere.EVERYWHERE
    BINDINGS = bindings(everywhere.EVERYWHERE)

    class Changed(Message):
        """The store was written, by this app or by another process."""

        def __init__(self, change: Any) -> None:
            super().__init__()
            self.change = change

    def __init__(
        self,
        folder: Path,
        *,
        store: Store | None = None,
        passphrase: str | None = None,
        made_up: bool = False,
        screen_reader: bool = False,
        clock: Clock = system_clock,
        running: Callable[[], float] = monotonic,
    ) -> None:
        """Make the app over the store in `folder`.

        `store` is one that is open already (a test's). `passphrase` opens it without asking, once.
        `made_up` opens a made-up store, which has no passphrase. `clock` gives the instant and
        `running` the seconds that idle time is counted by.
        """
        super().__init__(folder, clock)
        self.store: Any = store
        self.made_up = made_up
        self.screen_reader = screen_reader
        self.idle = IdleWatch(clock, running)
        self.changed: Signal[Any] = Signal(self, "changed")
        self._passphrase = passphrase
        self._store_ready = threading.Event()
        self._store_trouble: BaseException | None = None
        self._stop_watching: Callable[[], None] | None = None
        self._way_back: tuple[str, ...] = ()
        for place in PLACES:
            self.add_mode(place, partial(_made, place))
        self.add_mode(DOOR, self._door)

    # -- opening and locking -----------------------------------------------------------------

    def _door(self) -> Screen[Any]:
        from linkworker.screens.unlock import UnlockScreen

        return UnlockScreen(made_up=self.made_up)

    def on_mount(self) -> None:
        """Show the door, or walk through it, and begin to fetch the store behind it."""
        self.listen_to_the_system()
        if self.screen_reader:
            self.add_class("-screen-reader")
        self.set_interval(LOOK_SECONDS, self._look_around)
        if self.store is not None:
            self._store_ready.set()
            if self.is_open:
                self.call_after_refresh(self.opened)
        else:
            self.call_after_refresh(self._fetch_store)
        self.call_after_refresh(gc.enable)

    def _fetch_store(self) -> None:
        threading.Thread(target=self._import_store, name="fetch-store", daemon=True).start()

    def _import_store(self) -> None:
        try:
            from linkworker.store import Store

            self.store = Store.at(self.folder, clock=self.clock)
        except Exception as trouble:
            self._store_trouble = trouble
        self._store_ready.set()

    def wait_for_store(self) -> Any:
        """Return the store, waiting for it to be imported: never called on the app's own thread.

        Raises what kept it from being found, a `Refused` where there is a plain reason.
        """
        self._store_ready.wait()
        if self._store_trouble is not None:
            raise self._store_trouble
        return self.store

    @property
    def is_open(self) -> bool:
        """Whether the store is unlocked."""
        return self.store is not None and self.store.state == "open"

    def take_passphrase(self) -> str | None:
        """Return the passphrase that was given at the start, once."""
        given, self._passphrase = self._passphrase, None
        return given

    def opened(self) -> None:
        """Go in: the store has just been unlocked."""
        self.idle.touch()
        if self._stop_watching is None:
            self._stop_watching = self.store.watch(
                lambda change: self.post_message(self.Changed(change))
            )
        way_back, self._way_back = self._way_back, ()
        self.go("today")
        if way_back[:1] == ("person",):
            self.open_person(way_back[1])
        elif way_back[:1] == ("note",):
            self.open_note(draft_id=way_back[1])
        elif way_back and way_back[0] in PLACES:
            self.go(way_back[0])

    async def lock_up(self) -> None:
        """Keep the draft, lock the store, and let go of every screen that shows something."""
        if not self.is_open:
            return
        self._way_back = self._where()
        self._keep_drafts()
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None
        self.clear_notifications()
        self.store.lock()
        self.copy_to_clipboard("")
        await self.switch_mode(DOOR)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        for place in PLACES:
            if place in self._screen_stacks:
                await self.remove_mode(place)
                self.add_mode(place, partial(_made, place))

    def _where(self) -> tuple[str, ...]:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, (Frame, Dialog)) and screen.way_back():
                return screen.way_back()
        return ()

    def _keep_drafts(self) -> None:
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, (Frame, Dialog)):
                    screen.keep_draft()

    async def _look_around(self) -> None:
        if not self.is_open:
            return
        if self.idle.should_lock():
            await self.lock_up()
        else:
            self.store.poll()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, then do as any app does."""
        if isinstance(event, (events.InputEvent, events.Paste)):
            self.idle.touch()
        await super().on_event(event)

    def on_linkworker_app_changed(self, message: Changed) -> None:
        """Tell the screens: this runs on the app's own thread."""
        if self.is_open:
            self.changed.publish(message.change)

    # -- what screens ask --------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day it is in the home zone."""
        return local_day(self.clock())

    @property
    def status_words(self) -> str:
        """What is true about sending: there is no hub yet, so it says what is on this laptop."""
        if not self.is_open:
            return ""
        if self.store.made_up:
            return "Made-up people"
        unsent = self.store.unsent()
        return f"On this laptop: {unsent:,} not sent yet" if unsent else "On this laptop"

    def go(self, place: str) -> None:
        """Go to a place with a key of its own, leaving what stood above it."""
        reason = self.why_not_go(place)
        if reason:
            self.say(reason)
            return
        self.run_worker(self._go(place), group="go", exclusive=True)

    async def _go(self, place: str) -> None:
        await self.switch_mode(place)
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def open_person(self, person_id: str) -> None:
        """Show one person over the place where one is."""
        from linkworker.screens.person import PersonScreen

        self.push_screen(PersonScreen(person_id))

    def open_note(self, person_ids: tuple[str, ...] = (), draft_id: str | None = None) -> None:
        """Start a note about these people, or go on with a draft."""
        from linkworker.screens.note import NoteScreen

        self.push_screen(NoteScreen(person_ids, draft_id))

    def say(self, sentence: str) -> None:
        """Tell the person something in passing. Never a name, never markup."""
        self.notify(sentence)

    def refuse(self, refused: Refused) -> None:
        """Say what was refused, why, and what to do."""
        self.notify(f"{refused.what} {refused.why} {refused.to_do}", severity="warning")

    # -- the keys that work everywhere -------------------------------------------------------

    def why_not_locked(self) -> str:
        """Return why what needs the open store cannot be done, "" when it can."""
        return "" if self.is_open else "It is locked. Type your passphrase first."

    def why_not_go(self, place: str) -> str:
        """Return why one cannot go to a place now, "" when one can."""
        return COMING.get(place) or self.why_not_locked()

    def why_not_note(self) -> str:
        """Return why a note cannot be started now, "" when it can."""
        return self.why_not_locked()

    def action_go(self, place: str) -> None:
        """Go to a place."""
        self.go(place)

    def action_new_note(self) -> None:
        """Start a note about the person in sight, or ask about whom."""
        screen = self.screen
        person = screen.person_in_sight() if isinstance(screen, (Frame, Dialog)) else None
        if person is not None:
            self.open_note((person,))
        else:
            self.action_find(about="note")

    def action_find(self, about: str = "") -> None:
        """Open the finder; `about="note"` chooses whom a note will be about."""
        from linkworker.screens.find import FindScreen

        if not isinstance(self.screen, FindScreen):
            self.push_screen(FindScreen(self.commands_in_reach(), for_note=about == "note"))

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

    def action_settings(self) -> None:
        """Open the settings."""
        from linkworker.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_hide(self) -> None:
        """Blank everything at once, or bring it back."""
        from linkworker.screens.hide import HideScreen

        if isinstance(self.screen, HideScreen):
            self.pop_screen()
        else:
            self.clear_notifications()
            self.push_screen(HideScreen())

    async def action_lock(self) -> None:
        """Lock now."""
        await self.lock_up()

    def action_undo(self) -> None:
        """Take back the last act."""
        self._take_back(self.store.undo, "Taken back")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._take_back(self.store.redo, "Done again")

    def _take_back(self, how: Callable[[], Any], said: str) -> None:
        try:
            done = how()
        except Refused as refused:
            self.refuse(refused)
        else:
            self.say(f"{said}: {done.label}")

    async def action_back(self) -> None:
        """One step back; from a place, to Today."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        elif self.is_open and self.current_mode != "today":
            self.go("today")

    async def action_leave(self) -> None:
        """Leave: drafts kept, store locked and closed."""
        self.leave()

    async def action_quit(self) -> None:
        """Leave, by Textual's own name for it."""
        self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing to copy: say how to leave."""
        self.say("Ctrl+Q leaves. Ctrl+C copies what is selected.")

    def leave(self) -> None:
        """Keep drafts, close the store, end."""
        self.put_away()
        self.exit(0)

    def put_away(self) -> None:
        """Keep drafts and close the store; harmless when it is closed already."""
        if self.store is None:
            return
        if self.is_open:
            self._keep_drafts()
        self.store.close()
        self.store = None


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
) -> int:
    """Open the app over the store in `data` and return the exit status.

    `passphrase_file` holds the passphrase on its first line. `made_up` opens a made-up store
    without asking. Raises `Refused` where the file cannot be read.
    """
    gc.disable()
    passphrase = read_passphrase(passphrase_file) if passphrase_file is not None else None
    app = LinkworkerApp(data, passphrase=passphrase, made_up=made_up, screen_reader=screen_reader)
    try:
        status = app.run()
    finally:
        app.put_away()
    return app.return_code or status or 0


class NoPassphraseFile(Refused):
    """The file that should hold the passphrase cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "The passphrase was not read.",
            "The file named for it cannot be opened.",
            "Check the name after --passphrase-file, or leave it out and type the passphrase.",
        )


def read_passphrase(path: Path) -> str:
    """Return the first line of a passphrase file, without its line end."""
    try:
        return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise NoPassphraseFile from None
