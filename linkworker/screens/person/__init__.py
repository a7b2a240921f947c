"""One person: the banner, and six sections under it, each with what can be added and corrected.

`screen` holds them together, `kinds` says how each kind of thing is asked about and written, and
every section is a file that turns what was read into rows.
"""

from linkworker.screens.person.screen import NOBODY_THERE, PersonScreen

__all__ = ["NOBODY_THERE", "PersonScreen"]
