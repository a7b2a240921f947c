"""A screen that is kept and met again: painted within the key that puts it on top.

The library comes to a screen that is put on top by way of some thirty messages, a few of them from
each widget that shows something else than before. They take as long as drawing it, and tell nothing
new of a screen that lay by with everything in its place.
"""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget

from linkworker.widgets.frame import Frame
from linkworker.widgets.keybar import KeyBar

HELD_SECONDS = 0.7
"""Longer than any keyboard waits before a key that is held down repeats."""


class KeptFrame(Frame):
    """A whole screen that is laid by, and shows something else when it is met again."""

    def __init__(self) -> None:
        super().__init__()
        self._styled_for: tuple[str, frozenset[str]] = ("", frozenset())
        self._is_painted = False
        """Whether it was painted as it was put on top, before the library tells it that it was."""
        self._is_opened = False
        """Whether it was opened, before the library tells it so."""
        self._deaf_until = 0.0
        """The time, as events have it, until which Enter is the one that opened it, held down."""

    def paint_at_once(self) -> None:
        """Lay out and paint what it shows now; it has just been put on top.

        Not where it is new, where the window or the theme is another than when it lay by, or where
        the focus has yet to move: the library does more then, and paints it in its own time.
        """
        self._is_opened = True
        app = self.app
        on_top = self is app.screen and not app._batch_count and self._size == app.size
        styled = self._styled_for == self._style_now
        if not on_top or not styled or self.focused is None or not self.focused.has_focus:
            return
        self.tell_status()
        self.query_one(KeyBar).ask_at_once()
        for widget in self.walk_children(Widget):
            if widget._layout_required:
                widget._layout_required = False
                for above in widget.ancestors:
                    if isinstance(above, Widget):
                        above._clear_arrangement_cache()
                        above._layout_updates += 1
            if widget._repaint_required:
                widget._repaint_required = False
                self._dirty_widgets.add(widget)
        self._is_painted = True
        self._layout_required = False
        self._set_dirty()
        self._repaint_required = True
        self._refresh_layout()

    @property
    def _style_now(self) -> tuple[str, frozenset[str]]:
        return self.app.theme, frozenset(self.app.classes)

    @on(events.ScreenResume)
    def keep_what_stands(self, event: events.ScreenResume) -> None:
        """In sight again: styled anew only under another theme, painted unless it is already."""
        event.refresh_styles = self._styled_for != self._style_now
        self._styled_for = self._style_now
        if self._is_opened:
            self._is_opened = False
            self._deaf_until = event.time + HELD_SECONDS
        if self._is_painted:
            self._is_painted = False
            self.stack_updates += 1
            self.app._refresh_notifications()
            event.prevent_default()

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """Any other key ends the time for which Enter is deaf, also one that acts at once."""
        if isinstance(event, events.Key) and event.key != "enter":
            self._is_opened = False
            self._deaf_until = 0.0
        return False

    def on_key(self, event: events.Key) -> None:
        """Enter opened it: held down, or pressed twice, it does not also do something here."""
        if event.key == "enter" and event.time < self._deaf_until:
            self._deaf_until = event.time + HELD_SECONDS
            event.stop()
            event.prevent_default()
