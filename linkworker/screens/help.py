"""Help: what can be done where one was, and the key for each. Made from the commands themselves."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from linkworker.widgets.commands import Command, Commanded
from linkworker.widgets.frame import Frame
from linkworker.widgets.helppage import HelpPage


class HelpScreen(Frame):
    """One page over the screen that was in sight; Esc goes back to it."""

    CSS_PATH = "help.tcss"
    heading = "Help"

    def __init__(self, here: Sequence[tuple[Command, Commanded]], place: str = "") -> None:
        """Make help for commands in reach, on the screen that calls itself `place`."""
        super().__init__()
        self.here = here
        self.place = place

    def body(self) -> ComposeResult:
        """Yield the page; arrows and Page Down scroll it."""
        with VerticalScroll(id="page"):
            yield HelpPage(self.here)

    def on_mount(self) -> None:
        """Say whose help this is."""
        self.set_heading(f"Help: {self.place}" if self.place else "Help")
