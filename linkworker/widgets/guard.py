"""The last guard: what a terminal would act on is taken out where lines are drawn.

Text is cleaned on its way into the store and shown as `Content` (`words.py`). Should both be
forgotten one day, this filter still stands between a record and the terminal: Textual passes every
line of every widget through it.
"""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

HARMFUL = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 (escape among them), delete, C1: a terminal obeys them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks, overrides, isolates
    "\u2028\u2029\ufff9-\ufffb"  # line separators, interlinear annotation
    "\U000e0000-\U000e007f"  # tags: a text that nobody sees
    "]"
)
"""What never reaches the terminal. ZWJ and ZWNJ stay: names in several scripts need them."""


def harmless(text: str) -> str:
    """Return `text` without what a terminal would act on, as wide as it was drawn before."""
    return HARMFUL.sub(lambda found: "\ufffd" * get_character_cell_size(found[0]), text)


class TerminalGuard(LineFilter):
    """Takes harmful characters, control codes and links out of every line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of one line, safe to write; the same list where nothing was amiss."""
        if not any(
            one.control or HARMFUL.search(one.text) or (one.style is not None and one.style.link)
            for one in segments
        ):
            return segments
        return [
            Segment(harmless(one.text), _without_link(one.style))
            for one in segments
            if not one.control
        ]


def _without_link(style: Style | None) -> Style | None:
    return style.update_link(None) if style is not None and style.link else style
