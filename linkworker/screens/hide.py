"""One key and there is nothing to see: an empty page, whoever looks over the shoulder."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from linkworker.widgets.frame import day_in_words
from linkworker.widgets.sentence import Sentence


class HideScreen(Screen[None]):
    """An empty page with the day on it. F8 or Esc brings back what was there; the lock's clock
    goes on meanwhile.
    """

    CSS_PATH = "hide.tcss"

    def compose(self) -> ComposeResult:
        """Yield the day, and nothing else."""
        app: object = self.app
        today = app.today  # type: ignore[attr-defined]  # the app answers as widgets.house.House
        yield Sentence(Content.styled(day_in_words(today), "$soft"), id="day")
