"""Choosing a passphrase: five words are offered, and what is chosen is typed twice."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from linkworker.widgets.commands import Command
from linkworker.widgets.fields import Field
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined

OTHER_WORDS = Command(
    "passphrase.words",
    "Other words",
    "Offer five other words",
    ("ctrl+g",),
    "other_words",
    rank=60,
    place="Choosing a passphrase",
    always=True,
    another_way="Click it at the foot",
)
"""Listed by a screen that has a `NewPassphrase`, which does it."""


class NewPassphrase(Vertical):
    """Five words on offer and two fields. Typing them twice is how they are learnt."""

    DEFAULT_CSS = "NewPassphrase { height: auto; }"

    BINDINGS = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Yield the offer and the fields."""
        yield Sentence(id="offer")
        yield Sentence(Content("Type the new passphrase"), classes="label")
        yield Field(password=True, id="once")
        yield Sentence(Content("and again, to be sure"), classes="label")
        yield Field(password=True, id="again")

    def offer(self) -> None:
        """Offer five words drawn by chance, in place of those before."""
        from linkworker.vault.passphrase import offered_passphrase

        self.query_one("#offer", Sentence).show(
            joined(
                "Take these five words, or a sentence of fourteen letters or more that only you "
                "would say.\n  ",
                (offered_passphrase(), "bold $accent"),
            )
        )

    def forget(self) -> None:
        """Empty everything: it has been used."""
        self.query_one("#offer", Sentence).show(Content(""))
        for field in self.query(Field):
            field.forget()

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        self.screen.set_focus(self.query_one("#once", Field))

    def chosen(self) -> tuple[str, str]:
        """Return the passphrase typed twice, or "" and what is to be said about it.

        Where a field is still empty the cursor goes there and nothing is said.
        """
        once, again = (self.query_one(f"#{one}", Field) for one in ("once", "again"))
        for field in (once, again):
            if not field.value:
                self.screen.set_focus(field)
                return "", ""
        if once.value != again.value:
            # neither can be read, so nobody can tell which was mistyped: were the first kept, who
            # mistyped that one would be told for ever that the second is wrong
            once.forget()
            again.forget()
            self.screen.set_focus(once)
            return "", "The two are not the same. Type both again."
        return once.value, ""
