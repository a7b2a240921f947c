"""A note is read while it is typed, beside the keys: what its marks mean is worked out on a thread.

A key changes the text and nothing else. A tenth of a second behind it the text is read; what was
read of a text that has changed meanwhile is never shown, and the newest text is read instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import sleep

from textual.timer import Timer

from linkworker.caseload.note_correcting import no_longer_there
from linkworker.clock import monotonic
from linkworker.rules.marks import read_note
from linkworker.rules.note.becoming import Understanding
from linkworker.rules.note.known import Known
from linkworker.rules.note.remembered import Remembered
from linkworker.rules.note.understanding import understand
from linkworker.screens import note_words
from linkworker.screens.note_opening import Opening
from linkworker.screens.note_page import Blocks, Shape, set_rows
from linkworker.screens.note_panel import NotePanel
from linkworker.text import clean
from linkworker.widgets.frame import Frame
from linkworker.widgets.note_editor import NoteEditor

READ_AFTER = 0.1
"""Seconds behind a key after which the note is read."""
READ_SHARE = 12
"""A long note is read so seldom that reading takes no more than one part in so many."""


WORK, REST = 0.004, 0.004
"""Seconds for which a reading works before it rests, and for which it rests: keys go first."""


@dataclass(frozen=True)
class ToRead:
    """Everything that a reading depends on, as it stood at one moment."""

    text: str
    pasted: frozenset[str]
    chosen: dict[str, bool]
    answers: dict[str, str]
    known: Known
    shapes: tuple[Shape, ...] = field(compare=False)
    """How the panel is set, and may soon be: what it shows does not depend on it."""
    blocks: Blocks = field(compare=False)


@dataclass(frozen=True)
class WasRead:
    """A note as it was read."""

    of: ToRead
    text: str
    """The text, cleaned as it will be kept."""
    understanding: Understanding
    rows: tuple[note_words.Row, ...]
    blocks: Blocks
    seconds: float
    """How long it took."""


def read_whole(to_read: ToRead, before: Remembered) -> WasRead:
    """Return a note as it is understood, and the panel as it will stand. For any thread.

    `before` is what its lines became when it was last read.
    """
    began, pauses = monotonic(), Pauses()
    text = clean(to_read.text)
    reading = read_note(text, pasted=to_read.pasted, chosen=to_read.chosen)
    pauses.between()
    understanding = understand(reading, to_read.known, to_read.answers, before, pauses.between)
    pauses.between()
    rows = note_words.rows(understanding)
    pauses.between()
    blocks: Blocks = {}
    for shape in to_read.shapes:
        blocks |= set_rows(rows, shape, to_read.blocks, pauses.between)
    return WasRead(to_read, text, understanding, rows, blocks, monotonic() - began - pauses.slept)


class Pauses:
    """Rests of a reading, in which keys are served: two threads of one program take turns only."""

    def __init__(self) -> None:
        self._last = monotonic()
        self.slept = 0.0
        """Seconds that were rested."""

    def between(self) -> None:
        """Rest, where there was work for long enough."""
        now = monotonic()
        if now - self._last >= WORK:
            sleep(REST)
            self._last = monotonic()
            self.slept += self._last - now


class ReadingScreen(Frame):
    """A text and the panel beside it, which says what the text will add."""

    def __init__(self) -> None:
        super().__init__()
        self.opening: Opening | None = None
        self.answers: dict[str, str] = {}
        self.understanding: Understanding | None = None
        """What the text will add, as it was last read."""
        self.text_read = ""
        """The text as it was last read, cleaned as it will be kept."""
        self._was_read: WasRead | None = None
        self._remembered = Remembered()
        """What the lines became: for the thread that reads."""
        self._at_work = False
        self._read_timer: Timer | None = None
        self._waiting: list[Callable[[], None]] = []

    @property
    def editor(self) -> NoteEditor:
        """The text."""
        return self.query_one("#text", NoteEditor)

    @property
    def panel(self) -> NotePanel:
        """What stands beside it."""
        return self.query_one("#panel", NotePanel)

    @property
    def in_place(self) -> bool:
        """Whether the screen still stands: what comes late, from a thread or a frame, asks."""
        return self.is_attached and bool(self.query(NotePanel))

    @property
    def is_read(self) -> bool:
        """Whether the panel shows what the text, as it stands now, will add."""
        return self._was_read is not None and self._was_read.of == self._to_read()

    def _to_read(self) -> ToRead:
        assert self.opening is not None
        editor, panel = self.editor, self.panel
        return ToRead(
            editor.text,
            frozenset(editor.pasted),
            dict(editor.chosen),
            dict(self.answers),
            self.opening.known,
            panel.shapes,
            panel.blocks,
        )

    def read_soon(self) -> None:
        """Have the note read a little later: a key has changed the text."""
        if self._read_timer is None:
            cost = self._was_read.seconds if self._was_read is not None else 0.0
            self._read_timer = self.set_timer(max(READ_AFTER, READ_SHARE * cost), self.read_now)

    def read_now(self) -> None:
        """Have the note read now, beside the keys; it is shown if nothing changes meanwhile."""
        if self._read_timer is not None:
            self._read_timer.stop()
            self._read_timer = None
        if self._at_work or self.opening is None or not self.in_place:
            return
        self._at_work = True
        self.run_worker(partial(self._read, self._to_read()), thread=True, group="read")

    def when_read(self, then: Callable[[], None]) -> None:
        """Do something once the text as it stands then is read: at once, where it is read."""
        if self.opening is None or not self.in_place:
            return
        if self.is_read:
            then()
        else:
            if then not in self._waiting:
                self._waiting.append(then)
            self.read_now()

    def _read(self, to_read: ToRead) -> None:
        """Read, on a thread."""
        try:
            was_read = read_whole(to_read, self._remembered)
        except BaseException:
            self.app.call_from_thread(self._not_read)
            raise
        self.app.call_from_thread(self._take_reading, was_read)

    def _not_read(self) -> None:
        self._at_work = False
        self._waiting.clear()

    def _take_reading(self, was_read: WasRead) -> None:
        self._at_work = False
        if not self.in_place:
            return
        if was_read.of != self._to_read():
            if self._waiting:
                self.read_now()
            else:
                self.read_soon()
            return
        asked = bool(self.panel.asks) if self._was_read is not None else None
        self._was_read = was_read
        self.understanding = was_read.understanding
        self.text_read = was_read.text
        self.heed_words()
        assert self.opening is not None
        gone = no_longer_there(self.opening.lines_before, was_read.understanding)
        if self.panel.show(was_read.rows, was_read.blocks, gone):
            self.call_after_refresh(self.follow)
            self.show_hint()
            self.call_after_refresh(self.show_hint)  # then it is known whether all of it is seen
        if bool(self.panel.asks) != asked:
            self.refresh_bindings()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def heed_words(self) -> None:
        """Take from the words of the text what they tell beside its marks."""

    def show_hint(self) -> None:
        """Say under the text what there is to say: the panel has changed."""

    def follow(self) -> None:
        """Keep in sight what the line at the cursor becomes."""
        if self.in_place:
            self.panel.follow(self.editor.cursor_location[0])

    def on_text_area_selection_changed(self) -> None:
        """The cursor went elsewhere."""
        self.follow()
