"""A recovery key shown once and asked back in part: only a key that is on paper opens anything."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from linkworker.widgets.fields import Field
from linkworker.widgets.sentence import Sentence

ASKED_BACK = 2
"""How many of the last groups of the recovery key are asked back."""
NOT_THAT = (
    f"That is not what stands in the last {ASKED_BACK} groups. "
    "Look at the paper and at the key above."
)


class RecoveryKeyPage(Vertical):
    """The key, what to do with it, and the field in which its end is typed back."""

    DEFAULT_CSS = "RecoveryKeyPage { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._key = ""

    def compose(self) -> ComposeResult:
        """Yield the words, the key and the field."""
        yield Sentence(
            Content(
                "If you ever forget the passphrase, this recovery key opens your notebook. "
                "Write it on paper now, with today's date, and keep it at home with what "
                "is dear to you. It is shown this once and is kept nowhere."
            )
        )
        yield Sentence(id="key")
        yield Sentence(Content(f"Now type the last {ASKED_BACK} groups from your paper."))
        yield Field(id="back-typed")

    def show(self, key: str) -> None:
        """Show a key, and put the cursor where its end is typed."""
        self._key = key
        self.query_one("#key", Sentence).show(key_content(key))
        self.query_one("#back-typed", Field).focus()

    def typed_back(self) -> bool:
        """Return whether the end was typed as it stands; then the key is forgotten here."""
        typed = self.query_one("#back-typed", Field)
        if not self._key or not same_groups(typed.value, self._key):
            return False
        self._key = ""
        self.query_one("#key", Sentence).show(Content(""))
        typed.forget()
        return True


def key_content(key: str) -> Content:
    """Return a recovery key in three rows of three groups, as it is written on paper."""
    groups = key.split("-")
    rows = ["  ".join(groups[at : at + 3]) for at in range(0, len(groups), 3)]
    return Content.styled("\n".join(f"  {row}" for row in rows), "bold $accent")


def same_groups(typed: str, key: str) -> bool:
    """Return whether `typed` is the last groups of `key`, however it was spaced."""
    from linkworker.vault import recovery

    groups = key.split("-")
    try:
        return recovery.read("".join(groups[:-ASKED_BACK]) + typed) == recovery.read(key)
    except recovery.SlipInRecoveryKey:
        return False
