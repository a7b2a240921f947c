"""A bare TextArea."""

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Editor(App[None]):
    """One editor."""

    def compose(self) -> ComposeResult:
        """Show it."""
        yield TextArea(soft_wrap=True)

    def on_mount(self) -> None:
        """Type into it."""
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    Editor().run()
