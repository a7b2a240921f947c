"""A note as plain text, for the council's or the surgery's own system.

It goes to the clipboard. Some terminals swallow that without a word, so a file is offered too; the
file is not encrypted, and says nothing in its name.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from linkworker.caseload.timeline import Entry
from linkworker.clock import home_zone
from linkworker.refusal import Refused
from linkworker.rules.marks import KEPT_APART_PLACE, Reading
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_minutes, say_time
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Dialog
from linkworker.widgets.sentence import Sentence

PLACE = "Copy out"
LEFT_OUT = "What is kept apart is left out of this text."
SENT = "Sent to the clipboard."
OFFER = (
    "If nothing arrives where you paste it, keep it as a file: Enter writes it. The file is plain "
    "text that anybody can read; delete it when it has served."
)


class FileNotWritten(Refused):
    """The plain text could not be written into a file."""


def plain_text(reading: Reading, facts: str) -> str:
    """Return a note as plain text: its facts, then its lines as they stand.

    Nothing of what is kept apart is in it; its place is marked.
    """
    lines = [
        KEPT_APART_PLACE if line.kind == "kept apart" else f"{line.sign} {line.words}".lstrip()
        for line in reading.lines
    ]
    left_out = f"\n{LEFT_OUT}\n" if KEPT_APART_PLACE in lines else ""
    return f"{facts}\n\n" + "\n".join(lines).strip() + "\n" + left_out


def finished_text(entry: Entry, today: date) -> str:
    """Return a note of the timeline as plain text: when and how it was, then its words."""
    at = f" {say_time(entry.at.astimezone(home_zone()).time())}" if entry.at else ""
    facts = [f"{say_day(entry.day, today)}{at}" if entry.day else ""]
    facts.append(say_minutes(entry.minutes) if entry.minutes else "")
    facts += [entry.head if entry.outcome in ("", "met") else entry.outcome, entry.place]
    return f"{' · '.join(filter(None, facts))}\n\n{entry.words.strip()}\n"


def write_file(path: Path, text: str) -> None:
    """Write `text` into a new file that only its owner can read. Never over another file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise FileNotWritten(
            "The file was not written.", "There is one of that name.", "Choose another name."
        ) from None
    except (OSError, ValueError):
        raise FileNotWritten(
            "The file was not written.",
            "That place cannot be written to.",
            "Choose another folder, such as Documents.",
        ) from None


class CopiedScreen(Dialog):
    """Says that it was sent, and offers a file."""

    CSS_PATH = "note_copy.tcss"
    KEYS = (
        Command("back", "Back", "Go back; no file is written", ("escape",), "leave", rank=40,
                place=PLACE),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)

    def __init__(self, text: str, day: date) -> None:
        """Make it for a text that has been sent; `day` is in the name of the file."""
        super().__init__()
        self.text = text
        self.day = day

    def compose(self) -> ComposeResult:
        """Yield the sentences and the field."""
        with Vertical(id="copied"):
            yield Sentence(Content.styled(SENT, "bold $accent"))
            if LEFT_OUT in self.text:
                yield Sentence(Content(LEFT_OUT))
            yield Sentence(Content(OFFER))
            yield Field(str(Path.home() / f"note-{self.day.isoformat()}.txt"), id="file")
            yield Sentence(id="file-answer")

    def on_mount(self) -> None:
        """Send it."""
        self.app.copy_to_clipboard(self.text)

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Enter: write the file."""
        event.stop()
        try:
            write_file(Path(event.value.strip()).expanduser(), self.text)
        except Refused as refused:
            words = f"{refused.what} {refused.why} {refused.to_do}"
            self.query_one("#file-answer", Sentence).show(Content.styled(words, "$care"))
        else:
            self.house.say("The file is written.")
            self.dismiss()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
