"""A bare screen with one Static, pushed on Enter and popped on Esc."""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class Bare(Screen[None]):
    """The bare screen."""

    BINDINGS = [("escape", "app.pop_screen", "")]

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        """Say which time it is."""
        yield Static(f"pushed {self.number}")


class Push(App[None]):
    """Enter pushes."""

    BINDINGS = [("enter", "open", "")]
    number = 0

    def compose(self) -> ComposeResult:
        """Show the base."""
        yield Static("the base")

    def action_open(self) -> None:
        """Push a new bare screen."""
        self.number += 1
        self.push_screen(Bare(self.number))


if __name__ == "__main__":
    Push().run()
