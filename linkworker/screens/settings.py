"""Settings: few, because a good default is better. How it looks, hiding, the passphrase."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from linkworker.widgets.commands import bindings
from linkworker.widgets.frame import Frame
from linkworker.widgets.themes import PALETTES
from linkworker.widgets.usual import OPEN
from linkworker.widgets.words import joined, padded

LABEL_CELLS = 30


class SettingsScreen(Frame):
    """A list; Enter chooses. What is chosen holds at once and stays."""

    CSS_PATH = "settings.tcss"
    KEYS = (OPEN.doing("choose", label="Choose", help="Choose this", place="Settings"),)
    BINDINGS = bindings(KEYS)
    heading = "Settings"

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield OptionList(id="settings", markup=False)

    def on_mount(self) -> None:
        """Show what holds now."""
        self._show()

    def _show(self) -> None:
        listed = self.query_one(OptionList)
        at = listed.highlighted
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = 1 if at is None else at

    def _options(self) -> list[Option]:
        look = self.house.look
        chosen = self.app.theme
        return [
            _heading("Colours"),
            *(
                _row(one.name, one.label, f"{one.help}{', now' * (one.name == chosen)}")
                for one in PALETTES
            ),
            _heading("Who may be looking"),
            _row(
                "hiding_locks",
                "F8 also locks",
                "yes: the passphrase brings it back" if look.hiding_locks else "no: F8 or Esc does",
            ),
            _heading("Reading aloud"),
            _row(
                "screen_reader",
                "A screen reader is used",
                f"{'yes' if look.screen_reader else 'no'}, from the next start",
            ),
            _heading("You"),
            _row("name", "Your name", ""),
            _heading("Your passphrase"),
            _row(
                "recovery_key",
                "Make a new recovery key",
                "the last was never typed back" if look.key_not_on_paper else "",
            ),
            _row("passphrase", "Choose a new passphrase", ""),
        ]

    def on_option_list_option_selected(self) -> None:
        """Enter or a click on a line."""
        self.action_choose()

    def action_choose(self) -> None:
        """Do what the line says."""
        listed = self.query_one(OptionList)
        if listed.highlighted is None:
            return
        chosen = listed.get_option_at_index(listed.highlighted).id or ""
        look = self.house.look
        if chosen in ("passphrase", "recovery_key", "name"):
            self._over(chosen)
            return
        if chosen in {one.name for one in PALETTES}:
            self.house.take_look(look._replace(theme=chosen))
        elif chosen == "hiding_locks":
            self.house.take_look(look._replace(hiding_locks=not look.hiding_locks))
        elif chosen == "screen_reader":
            self.house.take_look(look._replace(screen_reader=not look.screen_reader))
        self._show()

    def _over(self, chosen: str) -> None:
        """Open the page on which that is changed."""
        if chosen == "name":
            from linkworker.screens.your_name import YourNameScreen

            self.app.push_screen(YourNameScreen())
        elif self.house.store.made_up:
            self.house.hint("The made-up people have no passphrase.")
        elif chosen == "recovery_key":
            from linkworker.screens.new_recovery_key import NewRecoveryKeyScreen

            self.app.push_screen(NewRecoveryKeyScreen(), lambda _: self._show())
        else:
            from linkworker.screens.new_passphrase import NewPassphraseScreen

            self.app.push_screen(NewPassphraseScreen())


def _heading(words: str) -> Option:
    return Option(Content.styled(words, "bold $accent"), disabled=True)


def _row(option_id: str, label: str, beside: str) -> Option:
    return Option(joined("  ", padded(label, LABEL_CELLS), (beside, "$soft")), option_id)
