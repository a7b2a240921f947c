"""Places in a team that nobody is given: what a laptop hears whose worker, or which itself, is out.

The others stand on the hub (`hub.roles`); these two are said and kept in their stead.
"""

from __future__ import annotations

LEFT = "left the team"
"""A lead took the worker out of the team: the hub takes what was written, and gives nothing."""

REMOVED = "removed from the team"
"""A lead said that this laptop is lost: the hub does not hear it any more."""

OUT = (LEFT, REMOVED)
