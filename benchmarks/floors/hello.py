"""A bare Textual app that says hello: the floor of every start."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Static("hello there")


if __name__ == "__main__":
    Hello().run()
