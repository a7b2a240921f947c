"""An app that shows nothing by accident: no values in errors, no markup in notices, no listeners.

What any screen of ours rests on and no screen has to think of. `LinkworkerApp` adds the places.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual import constants
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, Monochrome, NoColor
from textual.screen import Screen

from linkworker.clock import Clock
from linkworker.refusal import Refused
from linkworker.widgets import crash, look, terminal, terminal_input, themes
from linkworker.widgets.guard import TerminalGuard
from linkworker.widgets.notices import NoticesApp
from linkworker.widgets.reading import SHOW_CURSOR, reading_place
from linkworker.widgets.stylesheet import KeptStylesheet
from linkworker.widgets.workers import QuietWorkers

LOOK_FOR_THE_TERMINAL_SECONDS = 2.0


class CalmApp(NoticesApp):
    """A Textual app with its traps closed: `docs/decisions/0010` says what it overrides."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Make it; what goes wrong is noted in `folder`, with the time that `clock` gives."""
        constants.LOG_FILE = None  # type: ignore[misc]  # it would hold every key pressed
        super().__init__()
        self.features = frozenset()
        self.folder = folder
        self.clock = clock
        self.animation_level = "none"
        self.screen_reader = False
        """One pane, no box drawing, states in words, and the cursor follows what is read."""
        self._workers = QuietWorkers(self)
        self._without_colour = NoColor(enabled=False)
        self._filters = [
            *(one for one in self._filters if not isinstance(one, (Monochrome, ANSIToTruecolor))),
            self._without_colour,
            TerminalGuard(),
        ]
        for palette in themes.PALETTES:
            self.register_theme(themes.theme_of(palette))
        self.look = look.read(folder)
        self.theme = themes.NO_COLOUR if self.no_color else self.look.theme or themes.DAYLIGHT

        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self._styled_as = self.theme

    def get_driver_class(self) -> type[Driver]:
        """Have pastes and answers of the terminal parted from keys before the library reads."""
        driver = super().get_driver_class()
        terminal_input.stand_before(driver)
        return driver

    def watch_theme(self, name: str) -> None:
        """Take colours out altogether where that was chosen."""
        self._without_colour.enabled = not themes.palette_named(name).own_colours

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Have the terminal's cursor stand where somebody reads, then draw as any app does."""
        if self.screen_reader and self._screen_stack:
            place = reading_place(self.screen) or reading_place(self.focused)
            if place is not None:
                self.cursor_position = place
        super()._display(screen, renderable)

    def show_cursor(self) -> None:
        """Show the terminal's cursor, which Textual hides: a screen reader follows it."""
        if self._driver is not None:
            self._driver.write(SHOW_CURSOR)

    def refresh_css(self, animate: bool = True) -> None:
        """Style the screens of this place that are not yet; all of them where the theme changed.

        The library makes every colour anew and styles everything whenever a new screen opens.
        """
        if self._styled_as != self.theme:
            self._styled_as = self.theme
            super().refresh_css(animate=animate)
            return
        for screen in self.screen_stack:
            if screen._css_update_count != self._css_update_count:
                screen._css_update_count = self._css_update_count
                self.stylesheet.update(screen, animate=animate)
                if screen.is_mounted and screen is self.screen:
                    screen._refresh_layout(self.size)

    def delay_update(self, delay: float = 0.0) -> None:
        """Wait for nothing: who goes to a place draws it in one piece (`batch_update`).

        The library would draw nothing for 50 ms whenever one goes from place to place.
        """

    def take_look(self, chosen: look.Look) -> None:
        """Look so from now on, and keep it."""
        self.look = chosen
        self.theme = chosen.theme or themes.DAYLIGHT
        try:
            look.write(self.folder, chosen)
        except Refused as refused:
            self.refuse(refused)

    def leave(self) -> None:
        """End in good order; a subclass puts away what is open."""
        self.exit(0)

    def put_away(self) -> bool:
        """Save and close what is open, whatever state it is in; called again it does nothing.

        Returns whether everything that was being written is kept.
        """
        return True

    def listen_to_the_system(self) -> None:
        """Closing the window sends SIGHUP, a shutdown SIGTERM: both leave in good order. SIGCONT
        comes after a stop, whoever stopped it."""
        if self.is_headless or self._loop is None:
            return
        for name, then in (
            ("SIGHUP", self.leave),
            ("SIGTERM", self.leave),
            ("SIGCONT", self._go_on),
        ):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    self._loop.add_signal_handler(number, then)
        self.set_interval(LOOK_FOR_THE_TERMINAL_SECONDS, self._look_for_the_terminal)

    def _go_on(self) -> None:
        """Draw again after a stop. Only where the library itself let go of the terminal before does
        it take it again: else two would read what is typed, and one of them for ever."""
        driver = self._driver
        if driver is not None and getattr(driver, "_must_signal_resume", False):
            driver.resume_application_mode()
        self.refresh(layout=True)

    def _look_for_the_terminal(self) -> None:
        """Leave where the terminal went away and no signal told of it: an open notebook without
        anybody before it would stay open, and Textual would read nothing as fast as it can."""
        if terminal.is_gone():
            self.leave()

    def comes_too_late(self, error: BaseException) -> bool:
        """Return whether an error only says that what a screen asked for has been put away."""
        return False

    def went_wrong(self, error: BaseException) -> str:
        """Note type and place of an error, tell the person, and return the reference.

        "" for one that comes too late to matter.
        """
        if self.comes_too_late(error):
            return ""
        reference = crash.new_reference()
        crash.write_down(error, self.folder, reference, self.clock())
        self.notify(crash.SENTENCE.format(reference=reference), severity="error", timeout=30)
        return reference

    def _handle_exception(self, error: Exception) -> None:
        """End in good order after an error that nothing caught. Never shows a value."""
        if self.comes_too_late(error):
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        reference = crash.new_reference()
        crash.write_down(error, self.folder, reference, self.clock())
        kept = False
        with suppress(Exception):
            kept = self.put_away()
        sentence = crash.SENTENCE if kept else crash.NOT_ALL_KEPT
        self.panic(sentence.format(reference=reference))

    def panic(self, *renderables: Any) -> None:
        """End with one plain sentence, whatever else was to be shown."""
        words = [one for one in renderables if isinstance(one, str)]
        sentence = words[0] if words else crash.SENTENCE.format(reference=crash.new_reference())
        self._exit_renderables[:] = [sentence]
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """Textual's own way to show an error prints local variables; ours does not."""
        self.panic()
