"""The many-line editor, with the editing keys that a person has in every other program."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.strip import Strip
from textual.widgets import TextArea

from linkworker.widgets.guard import HARMFUL

LONGEST = 200_000
"""Characters that an editor takes from one paste; a note of 3,000 words has 17,000."""

TOO_LONG = (
    "Nothing was pasted: it is longer than 200,000 characters. It is still where you copied it "
    "from. Copy and paste it in smaller parts."
)


class Editor(TextArea):
    """Many lines of text. Ctrl+Z and Ctrl+Y are text undo and redo while it has the focus."""

    DEFAULT_CSS = """
    Editor {
        background: $panel;
        color: $ink;
        border: none;
        padding: 0 1;
        &:focus { border: none; background-tint: $panel 0%; }
    }
    """

    BINDINGS = [
        Binding("ctrl+home", "text_start", show=False),
        Binding("ctrl+end", "text_end", show=False),
        Binding("ctrl+shift+home", "text_start(True)", show=False),
        Binding("ctrl+shift+end", "text_end(True)", show=False),
        Binding("ctrl+a", "select_all", show=False),
        Binding("ctrl+w,ctrl+backspace,alt+backspace,ctrl+h", "delete_word_left", show=False),
        Binding("ctrl+delete,alt+delete", "delete_word_right", show=False),
    ]

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False

    def render_line(self, y: int) -> Strip:
        """Draw one row; in a window so narrow that there is no room for a letter, nothing."""
        return super().render_line(y) if self.content_size.width > 0 else Strip.blank(0)

    def action_text_start(self, select: bool = False) -> None:
        """Go to the very beginning."""
        self.move_cursor((0, 0), select=select)

    def action_text_end(self, select: bool = False) -> None:
        """Go to the very end."""
        self.move_cursor(self.document.end, select=select)

    async def _on_paste(self, event: events.Paste) -> None:
        """Leave out what a terminal would act on; the library's own handler then pastes it.

        What is too long is left alone as a whole and that is told: a part of it would pass for all.
        """
        if not self.takes(event):
            event.prevent_default()
            event.stop()
            if not self.read_only:
                self.app.notify(TOO_LONG)
            return
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
        event.text = "\n".join(HARMFUL.sub("", line) for line in lines)

    def takes(self, event: events.Paste) -> bool:
        """Say whether a paste is put in: there is something to write on, and it is not too long."""
        return not self.read_only and len(event.text) <= LONGEST
