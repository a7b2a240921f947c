"""Where somebody reads: the terminal's own cursor follows it, and a screen reader follows that.

Textual hides the terminal's cursor and leaves it anywhere. With `--screen-reader` it is shown, and
after each change it stands on the row, the letter or the choice that the keys act upon.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.geometry import Offset

SHOW_CURSOR = "\x1b[?25h"


@runtime_checkable
class Read(Protocol):
    """A widget that knows where it is read."""

    def reading_place(self) -> Offset | None:
        """Return where on the screen, None where nothing is chosen."""


def reading_place(widget: object) -> Offset | None:
    """Return where on the screen `widget` is being read, None where it cannot say.

    Fields and editors place the cursor themselves.
    """
    if isinstance(widget, Read):
        return widget.reading_place()
    from textual.widgets import OptionList

    if isinstance(widget, OptionList) and widget.highlighted is not None:
        line = widget._index_to_line.get(widget.highlighted, 0) - widget.scroll_offset.y
        return widget.content_region.offset + Offset(0, line)
    return None
