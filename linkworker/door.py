"""The door: fetching the store after the first frame, unlocking, locking, leaving.

The one Store of the app is here. It is imported in a thread while the passphrase is being typed;
a lock keeps the draft, closes the store and lets go of every screen that showed something.
"""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.signal import Signal

from linkworker import keeping
from linkworker.clock import Clock
from linkworker.courier import Courier, Ended, status_words
from linkworker.keeping import Keep, kept_or_not
from linkworker.refusal import Refused
from linkworker.widgets.frame import Dialog, Frame
from linkworker.widgets.idle import IdleWatch
from linkworker.widgets.in_turn import InTurnApp

if TYPE_CHECKING:
    from textual.worker import WorkType

    from linkworker.store import Store

DOOR = "door"
"""The mode in which one stands outside: nothing of a record is on the screen."""

ASIDE = "aside"
"""An empty mode, in which one is while the door itself is made anew."""

LOOK_SECONDS = 1.0
"""How often to ask whether it is time to lock, and whether a shell command has written."""


class OpeningApp(InTurnApp):
    """An app over one store that may be locked."""

    wanted_first: ClassVar[str] = ""
    """The module of what is seen on going in, fetched with the store."""
    wanted_soon: ClassVar[tuple[str, ...]] = ()
    """Modules fetched so that the first visit to a place waits for no import: while a passphrase is
    typed, or else once there is something to look at."""

    class Changed(Message):
        """The store was written, by this app or by another process."""

        def __init__(self, change: Any) -> None:
            super().__init__()
            self.change = change

    def __init__(
        self,
        folder: Path,
        *,
        store: Store | None,
        passphrase: str | None,
        made_up: bool,
        prepare_made_up: Callable[[], Path] | None,
        clock: Clock,
        running: Callable[[], float],
    ) -> None:
        """Make the app over the store in `folder`; `LinkworkerApp` says what the rest is."""
        super().__init__(folder, clock)
        self.store: Any = store
        self.made_up = made_up
        self.idle = IdleWatch(clock, running)
        self.changed: Signal[Any] = Signal(self, "changed")
        self._passphrase = passphrase
        self._given = passphrase is not None
        self._prepare_made_up = prepare_made_up
        self._store_ready = threading.Event()
        self._store_trouble: BaseException | None = None
        self._stop_watching: Callable[[], None] | None = None
        self.moving = asyncio.Lock()
        """Held while one goes from place to place, or out: one at a time."""
        self._entered = False
        self._locked = False
        self._way_back: tuple[str, ...] = ()
        self._seconds = running
        self._told_unkept = -keeping.ASK_AGAIN
        self._unkept: list[tuple[Keep, Refused]] = []
        self.courier = Courier(self, running)
        self.add_mode(DOOR, self._door)

    def _door(self) -> Screen[Any]:
        """Return what one sees outside: the first run where there is no store yet."""
        kept = (one for name in ("*.db", "keys*.json") for one in self.folder.glob(name))
        if not self.made_up and not any(kept):
            from linkworker.screens.first_run import FirstRunScreen

            return FirstRunScreen()
        from linkworker.screens.unlock import UnlockScreen

        return UnlockScreen(made_up=self.made_up, again=self._locked)

    # -- fetching the store --------------------------------------------------------------------

    def begin(self) -> None:
        """Fetch the store as soon as the first frame is drawn, and keep an eye on the time."""
        self.set_interval(LOOK_SECONDS, self.look_around)
        if self.store is None:
            self.call_after_refresh(self._fetch_store)
        else:
            self._store_ready.set()
            if self.store.state == "open":
                self.call_after_refresh(self.opened)
        self.call_after_refresh(gc.enable)

    def _fetch_store(self) -> None:
        threading.Thread(target=self._import_store, name="fetch-store", daemon=True).start()

    def _import_store(self) -> None:
        try:
            from linkworker.store import Store

            self.store = Store.at(self.folder, clock=self.clock, alone=True)
        except Exception as trouble:
            self._store_trouble = trouble
        self._store_ready.set()
        if self.wanted_first:
            import_module(self.wanted_first)
        with suppress(Exception):  # the app may have been left meanwhile
            self.call_from_thread(self._make_ready_soon)
        if not self._opens_at_once:
            self._fetch_the_rest()

    def _fetch_the_rest(self) -> None:
        """Import what is wanted soon, on a thread."""
        for module in self.wanted_soon:
            import_module(module)

    @property
    def _opens_at_once(self) -> bool:
        """Whether nobody is asked for a passphrase: every moment counts until the rows stand."""
        return self.made_up or self._given

    def wait_for_store(self) -> Any:
        """Return the store, waiting for it to be imported: never called on the app's own thread.

        Raises what kept it from being found, a `Refused` where there is a plain reason.
        """
        self._store_ready.wait()
        if self._store_trouble is not None:
            raise self._store_trouble
        return self.store

    def take_passphrase(self) -> str | None:
        """Return the passphrase that was given at the start, once."""
        given, self._passphrase = self._passphrase, None
        return given

    def take_store(self, store: Store) -> None:
        """Use this store: it has just been made, and is open."""
        self.store = store

    def try_made_up(self) -> None:
        """Open a made-up caseload instead, making it if there is none yet."""
        self.run_worker(self._open_made_up, thread=True, group="unlock", exclusive=True)

    def _open_made_up(self) -> None:
        """Make and open it, on a thread."""
        try:
            if self._prepare_made_up is None:
                from linkworker.screens.first_run import NoMadeUpPeople

                raise NoMadeUpPeople
            folder = self._prepare_made_up()
            from linkworker.store import Store

            store = Store.at(folder, clock=self.clock, alone=True)
            store.unlock_made_up()
        except Refused as refused:
            self.call_from_thread(self.refuse, refused)
        else:
            self.call_from_thread(self.take_store, store)
            self.call_from_thread(self.opened)

    # -- going in, and out again ---------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the store is unlocked and somebody has gone in."""
        return self._entered and self.stands_open

    @property
    def stands_open(self) -> bool:
        """Whether the store is unlocked, also where nobody has gone in yet: a new passphrase is
        being chosen, or a recovery key written down."""
        return self.store is not None and self.store.state == "open"

    def opened(self) -> None:
        """Go in: the store has just been unlocked. Stay outside where it was locked meanwhile."""
        if not self.stands_open:
            return
        self._entered = True
        self.idle.touch()
        if self._stop_watching is None:
            self._stop_watching = self.store.watch(self.courier.tell)
        self._try_unkept()
        self.courier.came_in()
        if self.store.reading_only is not None:
            self.refuse(self.store.reading_only)
        if self.store.notice:
            self.say(self.store.notice)
        way_back, self._way_back = self._way_back, ()
        self.go_in(way_back)
        if self._opens_at_once:
            self.set_timer(LOOK_SECONDS, self._fetch_beside)

    def _fetch_beside(self) -> None:
        self.run_worker(self._fetch_the_rest, thread=True, group="fetch the rest")

    def _make_ready_soon(self) -> None:
        making: WorkType[None] = self.make_ready
        self.run_worker(making, group="make ready")

    async def make_ready(self) -> None:
        """Prepare what is seen on going in, out of sight, while somebody types or a key is made."""

    def go_in(self, way_back: tuple[str, ...]) -> None:
        """Show what was in sight before the lock, or Today."""

    async def let_go(self) -> None:
        """Forget every screen that shows something of a record."""

    async def lock_up(self, keeping_hidden: bool = False) -> None:
        """Keep the draft, lock the store, and let go of every screen that shows something.

        Who is on the way to another place arrives there first: a screen half made would read from
        what is locked, and come into sight over the door. Where everything was hidden, or
        `keeping_hidden`, the empty page stays over the door.
        """
        async with self.moving:
            if self.stands_open:
                await self._lock_up(keeping_hidden)

    async def what_was_typed_arrives(self) -> None:
        """Wait until the keys before this one have reached the field that they were typed in.

        They go by way of the screen, and a key of the app is faster: without this the last letters
        of somebody who types and locks, or leaves, in one go would be lost.
        """
        for node in (self.screen, self.screen.focused):
            if node is not None and node.is_running:
                arrived = asyncio.Event()
                node.call_later(arrived.set)
                with suppress(TimeoutError):
                    await asyncio.wait_for(arrived.wait(), keeping.TYPING_PATIENCE)

    async def _lock_up(self, keeping_hidden: bool) -> None:
        from linkworker.screens.hide import HideScreen

        hidden = keeping_hidden or isinstance(self.screen, HideScreen)
        await self.what_was_typed_arrives()
        if self._entered:
            self._way_back = self._where()
        drafts = [*(keep for keep, _ in self._unkept), *self._drafts_in_hand()]
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None
        self.clear_notifications()
        entered, self._entered, self._locked = self._entered, False, True
        self._store_ready.clear()
        send = self.courier.last_chance()
        locking = threading.Thread(target=self._keep_and_lock, args=(drafts, send), name="lock")
        locking.start()
        await self._shut(anew=not entered or self.current_mode != DOOR)
        await self.let_go()
        if hidden:
            await self.push_screen(HideScreen())
        await asyncio.to_thread(self._store_ready.wait, keeping.LOCK_PATIENCE)
        self._say_unkept()
        await self.make_ready()

    async def _shut(self, anew: bool) -> None:
        """Stand before the door; `anew` before one that has nothing of what it showed before: who
        began today is asked for a passphrase, and a recovery key is on the screen no more."""
        with self.batch_update():
            if anew:
                self.add_mode(ASIDE, Screen)  # no mode can be removed while one is in it
                await self.switch_mode(ASIDE)
                await self.remove_mode(DOOR)
                self.add_mode(DOOR, self._door)
            await self.switch_mode(DOOR)
            if anew:
                await self.remove_mode(ASIDE)
            while len(self.screen_stack) > 1:
                await self.pop_screen()

    def comes_too_late(self, error: BaseException) -> bool:
        """Let go what a screen asks of the store once the lock has begun: the screen goes too.

        A key just before Ctrl+L may have a screen read only when the store is locked already.
        """
        from linkworker.storage.faults import StoreIsLocked

        return not self.is_open and isinstance(getattr(error, "error", error), StoreIsLocked)

    def _keep_and_lock(self, drafts: list[Keep], send: Callable[[], None]) -> None:
        """Keep what was being written, send the last and lock, on a thread: neither a busy disk
        nor a slow network holds the door.

        What could not be kept is held in memory and tried again once it is unlocked.
        """
        try:
            self._unkept = kept_or_not(drafts, keeping.BUSY_PATIENCE)
            send()
        finally:
            try:
                self.store.lock()
            finally:
                self._store_ready.set()

    def _say_unkept(self) -> None:
        if self._unkept:
            self.say(keeping.held_words(self._unkept, self.folder, self.clock()))

    def _try_unkept(self) -> None:
        """Keep now what could not be kept when it was locked; what still cannot be is held on."""
        self._keep_held()
        for _, refused in self._unkept[:1]:
            self.refuse(refused)

    def _keep_held(self, patience: float = 0.0) -> None:
        self._unkept = kept_or_not([keep for keep, _ in self._unkept], patience)

    def _where(self) -> tuple[str, ...]:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, (Frame, Dialog)) and screen.way_back():
                return screen.way_back()
        return ()

    def _drafts_in_hand(self) -> list[Keep]:
        """Have every screen hand over what is being written on it."""
        return keeping.drafts_in_hand(
            *self._screen_stacks.values(), self._installed_screens.values()
        )

    def keep_drafts(self, patience: float = keeping.ASKING_PATIENCE) -> Refused | None:
        """Keep what is being written on every screen, and what is held since a lock could not keep
        it; return why, where one cannot be kept.

        While another program writes it is tried for `patience` seconds more.
        """
        self._keep_held(patience)
        unkept = [*self._unkept, *kept_or_not(self._drafts_in_hand(), patience)]
        return unkept[0][1] if unkept else None

    async def look_around(self) -> None:
        """Lock if it is time; else hear what another process wrote."""
        if not self.stands_open:
            return
        if self.idle.should_lock():
            await self.lock_up()
        elif self.is_open:
            with suppress(Refused):  # said when somebody next reads or writes
                self.store.poll()
            self.courier.tick()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, then do as any app does."""
        if isinstance(event, (events.InputEvent, events.Paste)):
            self.idle.touch(anew=not self.stands_open)
        await super().on_event(event)

    def on_opening_app_changed(self, message: Changed) -> None:
        """Tell the screens: this runs on the app's own thread."""
        if self.is_open:
            self._keep_held()  # something could be written: so can this, it may be
            self.courier.look()
            self.changed.publish(message.change)

    def on_ended(self, message: Ended) -> None:
        """A sync is over."""
        self.courier.ended(message)

    @property
    def status_words(self) -> str:
        """Where everything is kept; in a team what is not sent, and when its hub was reached."""
        return status_words(self) if self.is_open else ""

    # -- leaving -------------------------------------------------------------------------------

    def ask_to_leave(self) -> None:
        """Leave; but where a draft cannot be kept, say so first. Asked again at once, it leaves."""
        refused = self.keep_drafts() if self.is_open else None
        now = self._seconds()
        told = self.warning_stands and now - self._told_unkept < keeping.ASK_AGAIN
        if refused is None or told:
            self.leave()
            return
        self._told_unkept = now
        asks = f"The draft cannot be kept. {refused.why} {keeping.COPY_IT_OUT}"
        self.warn(asks, keeping.ASK_AGAIN)

    def draft_kept(self) -> None:
        """A draft is kept: where it could not be, nothing is lost by leaving any more."""
        if self.warning_stands and not self._unkept:
            self.clear_notifications()

    def leave(self) -> None:
        """Keep drafts, close the store, end: whatever cannot be kept, it ends."""
        kept = False
        try:
            kept = self.put_away()
        finally:
            self.exit(0, message=None if kept else keeping.NOT_KEPT)

    def put_away(self) -> bool:
        """Keep drafts and close the store; harmless when it is closed already.

        Returns whether everything that was being written is kept.
        """
        if self.store is None:
            return True
        refused = None
        try:
            if self.is_open:
                told = self._seconds() - self._told_unkept < keeping.ASK_AGAIN
                refused = self.keep_drafts(
                    keeping.ASKING_PATIENCE if told else keeping.BUSY_PATIENCE
                )
            else:  # a lock may still be waiting to keep a draft
                self._store_ready.wait(keeping.BUSY_PATIENCE)
        finally:
            self._entered = False
            self.courier.stop()
            store, self.store = self.store, None
            with suppress(Refused):
                store.close()
        return refused is None and not self._unkept
