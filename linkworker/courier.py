"""The courier: when this laptop syncs with its team's hub, while the app is open.

Shortly after a save, on going in, now and then to hear of others, before a lock and before leaving,
and when somebody asks. It goes on a thread of its own, which nobody waits for: how a sync goes is
`sync.syncing`, and neither that nor the network's own modules are imported where no hub was joined.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.message import Message

from linkworker.clock import home_zone, local_day
from linkworker.refusal import Refused
from linkworker.rules.places import OUT
from linkworker.widgets.frame import Frame

if TYPE_CHECKING:
    from linkworker.caseload.sending import Standing
    from linkworker.sync.syncing import Trip

SOON = 3.0
"""Seconds after a save: what is saved one after the other goes together."""

NOW_AND_THEN = 120.0
"""Seconds after which it is asked what others wrote."""

AFTER_FAILURES = (15.0, 30.0, 60.0, 120.0)
"""Seconds until it is tried again, after the first failure, the second, and so on."""

LAST_SECONDS = 2.0
"""What a lock, and leaving, give to a last sync: then it is stopped, and goes on next time."""

KEPT_HERE = "Kept on this laptop"
NOT_ON_PAPER = "Recovery key not on paper: Settings"
NOT_ON_PAPER_TOO = "key not on paper"
NARROW = 80
"""Columns under which the status line says only what waits."""

GOES_NOW = "Sending what is not sent yet. Ctrl+Q again leaves at once."
ANOTHER_PLACE = "Your place in the team is another one now:"
NEWS = "news on F5"
"""That there is something to read of the team: a notice might cover what one is doing."""
NO_TEAM = "This laptop belongs to no team yet. F5 takes an invite code."


class Ended(Message):
    """A sync is over; told on the app's own thread."""

    def __init__(self, number: int, refused: Refused | None, error: Exception | None) -> None:
        super().__init__()
        self.number = number
        self.refused = refused
        self.error = error


class Courier:
    """Syncs the app's one store with its hub. Used on the app's own thread, but where it says."""

    def __init__(self, app: Any, seconds: Callable[[], float]) -> None:
        """`app` is the `door.OpeningApp` that has it; `seconds` is what waiting is counted by."""
        self._app = app
        self._seconds = seconds
        self.standing: Standing | None = None
        """How it stands with the team; None where this laptop belongs to none."""
        self.trouble: Refused | None = None
        """Why the last sync failed; None where it did not."""
        self._failures = 0
        self._due = 0.0
        self._not_before = 0.0
        """Until when the hub asked this laptop to wait: nobody asks it sooner."""
        self._number = 0
        """Of the sync that was begun last; what an earlier one says is no longer heard."""
        self._trip: Trip | None = None
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        """Set when the sync that goes is over, before anybody was told."""
        self._leave: Callable[[], None] | None = None
        self._gathering = threading.Lock()
        self._gathered: Any = None

    # -- what the app tells it

    def came_in(self) -> None:
        """The store was unlocked: sync as soon as one sees something."""
        self._failures = 0
        if self._seconds() >= self._not_before:
            self.trouble = None
        self._due = self._seconds()
        self.look()

    def look(self) -> bool:
        """Ask the store how it stands; return whether that is something else than before."""
        from linkworker.caseload.sending import standing
        from linkworker.caseload.team_news import OUT_SAID

        before = self.standing
        with suppress(Refused), self._app.store.read() as tx:  # or said when one next reads
            self.standing = standing(tx)
        saved = self.standing is not None and self.standing.not_sent > (
            before.not_sent if before else 0
        )
        was, now = (one.role if one else "" for one in (before, self.standing))
        if was and now and was != now:
            self._app.say(OUT_SAID.get(now) or f"{ANOTHER_PLACE} {now}.")
        if saved and not self.trouble:
            self._due = min(self._due, self._seconds() + SOON)
        return before != self.standing

    def tick(self) -> None:
        """A second went by: show what came meanwhile, and sync if it is time."""
        self._tell_gathered()
        if self.look():
            self.tell_status()
        due = max(self._due, self._not_before)
        if self.standing is not None and not self.goes and self._seconds() >= due:
            self._go()

    def now(self) -> str:
        """Sync at once, because somebody asked; return why not, "" where it goes."""
        self.look()
        if self.standing is None:
            return NO_TEAM
        if self._seconds() < self._not_before and self.trouble is not None:
            return self.trouble.why
        if not self.goes:
            self._go()
        return ""

    def tell(self, change: Any) -> None:
        """Hear of a change of the store, on whatever thread: the screens are told.

        What a sync brings, piece after piece, is told together, once a second.
        """
        if threading.current_thread() is not self._thread:
            self._app.post_message(self._app.Changed(change))
            return
        with self._gathering:
            was = self._gathered
            self._gathered = change if was is None else was.with_(change)

    def _tell_gathered(self) -> None:
        with self._gathering:
            change, self._gathered = self._gathered, None
        if change is not None:
            self._app.post_message(self._app.Changed(change))

    # -- going

    @property
    def goes(self) -> bool:
        """Whether a sync is on its way."""
        return self._trip is not None

    def _go(self) -> None:
        from linkworker.sync.syncing import Trip

        self._number += 1
        self._over = threading.Event()
        trip = self._trip = Trip(self._app.store)
        self._thread = threading.Thread(
            target=self._run, args=(trip, self._number, self._over), name="sync", daemon=True
        )
        self._thread.start()
        self._tell_sent()

    def _run(self, trip: Trip, number: int, over: threading.Event) -> None:
        refused: Refused | None = None
        unforeseen: Exception | None = None
        try:
            trip.run()
        except Refused as why:
            refused = why
        except Exception as error:
            unforeseen = error
        finally:
            over.set()
        with suppress(Exception):  # the app may have ended meanwhile
            self._app.post_message(Ended(number, refused, unforeseen))

    def ended(self, message: Ended) -> None:
        """Take note of how a sync went, and say when the next is."""
        if message.number != self._number:
            return
        self._trip = self._thread = None
        failed = message.refused or message.error
        self.trouble = message.refused
        wait = AFTER_FAILURES[min(self._failures, len(AFTER_FAILURES) - 1)]
        self._due = self._seconds() + (wait if failed else NOW_AND_THEN)
        self._not_before = self._seconds() + _asked_to_wait(failed)
        self._failures = self._failures + 1 if failed else 0
        self._tell_gathered()
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()
        elif self._app.is_open:
            if message.error is not None:
                self._app.went_wrong(message.error)
            self.look()
            if self.standing is not None and self.standing.not_sent and not failed:
                self._due = self._seconds() + SOON  # it was saved while the sync went
            self._tell_sent()

    # -- before a lock, and before leaving

    @property
    def _has_something(self) -> bool:
        standing = self.standing
        return standing is not None and standing.not_sent > 0 and self.trouble is None

    def last_chance(self) -> Callable[[], None]:
        """Return what a lock does on its own thread, before the store is closed.

        Where something is not sent and the hub was there a moment ago, it is sent, for so long as
        `LAST_SECONDS` allow.
        """
        if self._has_something and not self.goes:
            self._go()
        trip, over = self._trip, self._over
        self._leave = None
        self._number += 1  # nobody is in to be told

        def wait_and_stop() -> None:
            if trip is not None and not over.wait(LAST_SECONDS):
                trip.stop()

        self._trip = self._thread = None
        self.standing = None
        return wait_and_stop

    def leave(self, leave: Callable[[], None]) -> None:
        """Call `leave`: at once where nothing is to be sent, else after it or soon at most.

        Asked again meanwhile, one leaves at once.
        """
        if not self._app.is_open or self._leave is not None or not self._has_something:
            leave()
            return
        self._leave = leave
        if not self.goes:
            self._go()
        self._app.say(GOES_NOW)
        self._app.set_timer(LAST_SECONDS, self._leave_now)

    def _leave_now(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()

    def stop(self) -> None:
        """End at once what goes; the store is closed next."""
        self._leave = None
        if self._trip is not None:
            self._trip.stop()
            self._trip = None

    # -- the status line

    def tell_status(self) -> None:
        """Have the screen in sight say how it stands."""
        for screen in self._app.screen_stack:
            if isinstance(screen, Frame) and screen.in_sight:
                screen.tell_status()

    def _tell_sent(self) -> None:
        """Have the screens hear that a sync began or is over."""
        from linkworker.store import Change

        self._app.changed.publish(Change(frozenset({"sync_op"}), frozenset()))


def _asked_to_wait(failed: Exception | None) -> int:
    """Return for how many seconds the hub asked this laptop to wait."""
    if failed is None:
        return 0
    from linkworker.sync.refusals import AskedToWait

    return failed.seconds if isinstance(failed, AskedToWait) else 0


def status_words(app: Any) -> str:
    """Return what the status line of the app (`door.OpeningApp`) says of its open store."""
    if app.store.made_up:
        return "Made-up people"
    at, not_on_paper = app.courier.standing, app.look.key_not_on_paper
    if at is None:
        return NOT_ON_PAPER if not_on_paper else KEPT_HERE
    from linkworker.caseload.sending import MOST_COUNTED
    from linkworker.rules.shown_days import say_day
    from linkworker.rules.times import say_time

    today = local_day(app.clock())
    wide = app.size.width >= NARROW
    waits = f"over {MOST_COUNTED}" if at.not_sent > MOST_COUNTED else str(at.not_sent)
    out = at.role in OUT
    said = [f"{waits} not sent"] if at.not_sent else [] if out else ["All sent"]
    if out:
        said.append(at.role[:1].upper() + at.role[1:])
    elif wide:
        day = local_day(at.reached_at)
        clock = say_time(at.reached_at.astimezone(home_zone()).time())
        said.append(f"hub {clock if day == today else say_day(day, today)}")
    if at.differences:
        said.append(f"{at.differences} to settle")
    if at.told > 0 and wide and not out:
        said.append(NEWS)
    if not_on_paper and wide:
        said.append(NOT_ON_PAPER_TOO)
    return " · ".join(said)
