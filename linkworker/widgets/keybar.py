"""The bar at the foot: the keys that work here, each with its word; a click does the same.

The upper line has the keys of this place, the lower those that work everywhere; what finds no room
there stands above, after the keys of the place. A screen with many keys may ask for two lines of
its own (`many_keys`), where one does not hold them. In a low terminal there is one line. A key that
cannot run now stands in brackets, and says why when it is pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from linkworker.widgets.commands import Command, Commanded, commands_here, typed_sign
from linkworker.widgets.words import joined

GAP = "  "
LOW = 20
"""Rows under which the bar has one line."""
LAST = 7
"""A key of the place with a rank under this gives way to those of everywhere: to the lock first."""


class Key(NamedTuple):
    """One command on the bar, as it stands now."""

    command: Command
    node: Commanded
    can_run: bool
    of_the_place: bool = False

    @property
    def words(self) -> str:
        """What is written: `F3 People`, in brackets where it cannot run."""
        words = f"{self.command.shown_key} {self.command.label}"
        return words if self.can_run else f"({words})"

    def content(self) -> Content:
        """The words with the key itself in another weight."""
        if not self.can_run:
            return Content.styled(self.words, "$soft")
        return joined((self.command.shown_key, "bold $accent"), (f" {self.command.label}", "$ink"))


def fitted(keys: Sequence[Key], width: int) -> list[Key]:
    """Return the keys that fit into `width` cells, in their order.

    Those that can run have the right of way; then help, then those of the place; then rank decides.
    """

    def weight(key: Key) -> tuple[bool, bool, bool, int]:
        return key.can_run, key.command.id == "help", key.of_the_place, key.command.rank

    chosen: list[Key] = []
    left = width
    for key in sorted(keys, key=weight, reverse=True):
        cells = cell_len(key.words) + (len(GAP) if chosen else 0)
        if cells <= left:
            chosen.append(key)
            left -= cells
    return [key for key in keys if key in chosen]


def _cells(keys: Sequence[Key]) -> int:
    """Return the cells that keys take, with the gap behind each."""
    return sum(cell_len(key.words) + len(GAP) for key in keys)


def _first_line(keys: Sequence[Key], width: int) -> list[Key]:
    """Return the first keys, in their order, that fit into `width` cells."""
    fit = 1
    while fit < len(keys) and _cells(keys[: fit + 1]) - len(GAP) <= width:
        fit += 1
    return list(keys[:fit])


def is_text(command: Command, focused: Widget | None) -> bool:
    """Return whether the keys of a command are letters of a text while this has the focus."""
    if focused is None or command.always or command.at_once:
        return False
    return all(
        bool(sign := typed_sign(key)) and focused.check_consume_key(key, sign)
        for key in command.keys
    )


def in_sight(screen: Screen[Any]) -> bool:
    """Return whether one sees a screen: it is on top, or nothing but dialogs stand over it."""
    for one in reversed(screen.app.screen_stack):
        if one is screen:
            return True
        if not isinstance(one, ModalScreen):
            return False
    return False


class KeyBar(Widget):
    """The foot of every screen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[list[Key]] = []
        self._asked = False
        self._fitted: list[list[Key]] = []
        self._fitted_for: tuple[int, bool, list[Key], list[Key]] | None = None
        """Width, whether there is one line, and the keys for which `_fitted` was reckoned."""

    def on_mount(self) -> None:
        """Follow the focus: other keys may work there."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.again(), immediate=True)

    def again(self) -> None:
        """Ask anew which keys work, once, however often one key has this asked."""
        if not self._asked:
            self._asked = True
            self.call_later(self._ask)

    def ask_at_once(self) -> None:
        """Ask anew which keys work, now: what is painted next shows them."""
        self._ask()

    def _ask(self) -> None:
        """Draw the keys where they are something else than before."""
        self._asked = False
        if not in_sight(self.screen):
            return  # it asks when it comes in sight
        width = self.content_size.width
        before = self._lines
        now = self.lines(width) if width else []
        if [[key.words for key in line] for line in before] != [
            [key.words for key in line] for line in now
        ]:
            self.refresh(layout=len(before) != len(now))

    def keys(self) -> tuple[list[Key], list[Key]]:
        """Return the keys of this place, and those of everywhere."""
        focused = self.screen.focused
        nodes = (
            list(focused.ancestors_with_self) if focused is not None else [self.screen, self.app]
        )
        here: list[Key] = []
        everywhere: list[Key] = []
        for command, node in commands_here(nodes):
            if command.rank < 0 or not command.keys or is_text(command, focused):
                continue
            of_app = isinstance(node, App)
            key = Key(command, node, not command.key_refusal(node), of_the_place=not of_app)
            (everywhere if of_app else here).append(key)
        return here, everywhere

    def lines(self, width: int) -> list[list[Key]]:
        """Return what stands on each line at this width."""
        here, everywhere = self.keys()
        fitted_for = (width, self.app.size.height < LOW, here, everywhere)
        if self._fitted_for != fitted_for:
            self._fitted_for = fitted_for
            self._fitted = self._fit(*fitted_for)
        return self._fitted

    def _fit(
        self, width: int, low: bool, here: list[Key], everywhere: list[Key]
    ) -> list[list[Key]]:
        if not here:
            return [fitted(everywhere, width)]
        if low:
            return [fitted([*here, *everywhere], width)]
        below = fitted(everywhere, width)
        able = [key for key in here if key.can_run]
        if getattr(self.screen, "many_keys", False) and _cells(able) - len(GAP) > width:
            first = _first_line(able, width)
            second = able[len(first) :]
            grey = [key for key in here if not key.can_run]
            return [first, fitted([*second, *grey], width), below]
        rest = [key for key in everywhere if key not in below and key.can_run]
        often = [key for key in rest if key.command.rank >= LAST]
        seldom = [key for key in rest if key.command.rank < LAST]
        # What cannot run here takes no room from what can, here or everywhere; but places that one
        # seldom goes to give way, else nobody would see why a key of this place does nothing.
        first = [key for key in here if key.can_run and key.command.rank >= LAST]
        last = [key for key in here if key.can_run and key.command.rank < LAST]
        able = fitted(first, width)
        more = fitted(often, width - _cells(able))
        able += fitted(last, width - _cells([*able, *more]))
        grey = fitted([key for key in here if not key.can_run], width - _cells([*able, *more]))
        more += fitted(seldom, width - _cells([*able, *more, *grey]))
        shown = [key for key in rest if key in more]
        return [[*(key for key in here if key in able or key in grey), *shown], below]

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One line, or two where the place has keys of its own and there is room."""
        return len(self.lines(width))

    def render(self) -> Content:
        """Return the lines of the bar."""
        self._lines = self.lines(self.content_size.width)
        rows = [
            Content(GAP).join(key.content() for key in line) if line else Content("")
            for line in self._lines
        ]
        return Content("\n").join(rows)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked, exactly as its key would.

        By the app: a lock or a way out takes this bar away, and would wait for itself.
        """
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._lines):
            return
        at = 0
        for key in self._lines[offset.y]:
            cells = cell_len(key.words)
            if at <= offset.x < at + cells:
                event.stop()
                self.app.call_later(key.node.action_command, key.command.id)
                return
            at += cells + len(GAP)
