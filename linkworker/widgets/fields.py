"""The one-line field, with the editing keys that a person has in every other program.

Textual's `Input` deletes to the right on Ctrl+Backspace, has no undo, and goes to the start on
Ctrl+A. Mended once, here; `editor.py` does the same for many lines.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.widgets import Input
from textual.widgets._input import Selection

from linkworker.widgets.guard import HARMFUL

LONGEST = 100_000
"""Characters that a field takes that names no other number; what is pasted beyond is left out."""


class Field(Input, inherit_css=False):
    """One line of text.

    Undo and redo are text undo here. With nothing left to take back the key goes on to the screen,
    where it takes back the last thing done.
    """

    COMPONENT_CLASSES = {
        "input--cursor",
        "input--placeholder",
        "input--suggestion",
        "input--selection",
    }
    DEFAULT_CSS = """
    Field {
        width: 100%;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $ink;
        scrollbar-size-horizontal: 0;
        & > .input--cursor {
            background: $input-cursor-background;
            color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        & > .input--selection {
            background: $input-selection-background;
            color: $input-selection-foreground;
        }
        & > .input--placeholder, & > .input--suggestion { color: $soft; }
    }
    """

    BINDINGS = [
        Binding("ctrl+backspace,alt+backspace,ctrl+w,ctrl+h", "delete_left_word", show=False),
        Binding("ctrl+delete", "delete_right_word", show=False),
        Binding("ctrl+home", "home", show=False),
        Binding("ctrl+end", "end", show=False),
        Binding("ctrl+a", "select_all", show=False),
        Binding("home", "home", show=False),
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        longest: int = LONGEST,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a field; it takes `longest` characters at most."""
        super().__init__(
            value,
            placeholder=placeholder,
            password=password,
            id=id,
            classes=classes,
            select_on_focus=False,
            compact=True,
        )
        self.cursor_blink = False
        self.longest = longest
        self._before: list[tuple[str, Selection]] = []
        self._after: list[tuple[str, Selection]] = []
        self._typing = False
        self.when_pressed: dict[str, Callable[[], None]] = {}
        """By key, what is done within the key itself ("enter" in place of `Submitted`): what is
        typed right after it then finds the field that it is for."""

    async def _on_key(self, event: events.Key) -> None:
        """Type; but a key that waited here while the focus went on is for whoever has it now."""
        focused = self.screen.focused
        at_once = self.when_pressed.get(event.key)
        if focused is self and at_once is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if focused is self and at_once is not None:
            at_once()
        elif focused is not None:
            focused.post_message(events.Key(event.key, event.character))

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in the place of a range, so that it can be taken back."""
        text = HARMFUL.sub("", text.replace("\t", " "))
        text = text[: max(0, self.longest - len(self.value) + abs(end - start))]
        self._remember(typing=len(text) == 1 and not text.isspace() and start == end)
        super().replace(text, start, end)

    def insert(self, text: str, index: int) -> None:
        """Put `text` in at `index`, so that it can be taken back."""
        self.replace(text, index, index)

    def delete(self, start: int, end: int) -> None:
        """Take a range out, so that it can be put back."""
        if start != end:
            self.replace("", *sorted((max(0, start), max(0, end))))

    def _remember(self, *, typing: bool) -> None:
        """Keep how it was; a run of letters is one step. A passphrase leaves no history."""
        if self.password:
            return
        if not (typing and self._typing and self._before):
            self._before.append((self.value, self.selection))
        self._typing = typing
        self._after.clear()

    def forget(self) -> None:
        """Empty the field and its history: for a passphrase that has been used."""
        self._before.clear()
        self._after.clear()
        self._typing = False
        self.value = ""

    def action_undo(self) -> None:
        """Take back the last words typed; with none left, let the screen take back its own."""
        self._exchange(self._before, self._after)

    def action_redo(self) -> None:
        """Put back what was just taken back."""
        self._exchange(self._after, self._before)

    def _exchange(
        self, taken: list[tuple[str, Selection]], given: list[tuple[str, Selection]]
    ) -> None:
        if not taken:
            raise SkipAction
        given.append((self.value, self.selection))
        self._typing = False
        self.value, self.selection = taken.pop()

    def _on_paste(self, event: events.Paste) -> None:
        """Paste on one line: the line ends of what was copied become spaces."""
        event.stop()
        event.prevent_default()
        words = " ".join(event.text.splitlines())
        if words:
            self.replace(words, *sorted(self.selection))
