"""What a screen may ask of the app, so that no screen imports the app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from linkworker.clock import Clock
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.signal import Signal

    from linkworker.widgets.look import Look


class Sends(Protocol):
    """What syncs this laptop with its team, as a screen sees it."""

    standing: Any
    """How it stands (`caseload.sending.Standing`); None where this laptop belongs to no team."""
    trouble: Refused | None
    """Why the last sync failed; None where it did not."""

    @property
    def goes(self) -> bool:
        """Whether a sync is on its way."""

    def now(self) -> str:
        """Sync at once; return why not, "" where it goes."""


class House(Protocol):
    """The app, as a screen sees it: `self.house` on every `Frame`."""

    folder: Path
    """Where the store is, or is to be."""
    store: Any
    """The one `Store`. Only screens that are shown while it is open use it."""
    clock: Clock
    screen_reader: bool
    """One pane, no box drawing, states in words."""
    look: Look
    """How it looks on this laptop."""
    changed: Signal[Any]
    """Says a `Change` of the store, on the app's own thread. `Frame.store_changed` hears it."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def courier(self) -> Sends:
        """What syncs this laptop with its team."""

    @property
    def is_open(self) -> bool:
        """Whether the store is unlocked and somebody has gone in."""

    @property
    def today(self) -> date:
        """The day it is in the home zone."""

    @property
    def status_words(self) -> str:
        """Where everything is kept, in words, for the right of the title line."""

    def call_from_thread(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Have something done on the app's own thread; a thread may outlive its screen."""

    def take_look(self, look: Look) -> None:
        """Look so from now on, and keep it."""

    def go(self, place: str) -> None:
        """Go to today, people, …: a place with a key of its own."""

    async def go_there(self, place: str) -> None:
        """Go to a place and arrive; nowhere where it was locked meanwhile."""

    def open_person(self, person_id: str, note_id: str = "") -> None:
        """Show one person; with `note_id` their story, that note unfolded."""

    def open_note(
        self,
        person_ids: tuple[str, ...] = (),
        draft_id: str | None = None,
        appointment_id: str = "",
    ) -> None:
        """Start a note about these people, of one appointment of theirs, or go on with a draft."""

    def threw_away(self, draft_id: str) -> None:
        """Have Ctrl+Z bring a draft back, on whatever screen; "" for one that is not kept."""

    def wait_for_store(self) -> Any:
        """Return the store, once it is imported: for a thread, never for the app's own."""

    def take_passphrase(self) -> str | None:
        """Return the passphrase that was given on the command line, once."""

    def take_store(self, store: Any) -> None:
        """Use this store: it has just been made, and is open."""

    def try_made_up(self) -> None:
        """Open a made-up caseload instead, making it if there is none yet."""

    async def lock_up(self) -> None:
        """Keep what is being written, lock, and let go of all that shows something."""

    def opened(self) -> None:
        """Go in: the store has just been unlocked."""

    def say(self, sentence: str) -> None:
        """Tell the person something in passing, at the foot. Never markup.

        Never a name, but for whose act was taken back: it may be nobody who is in sight.
        """

    def hint(self, sentence: str) -> None:
        """Say why nothing happened: it goes when another screen comes into sight."""

    def draft_kept(self) -> None:
        """A draft is kept: a warning that it could not be is taken away."""

    def went_wrong(self, error: BaseException) -> str:
        """Note type and place of an unexpected error, tell the person, return the reference."""
