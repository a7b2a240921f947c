"""Every kind of thing on a person's page, by name."""

from linkworker.screens.person.kinds import Kind
from linkworker.screens.person.kinds_around import AROUND_KINDS, DETAIL_KINDS
from linkworker.screens.person.kinds_of_plan import PLAN_KINDS

KINDS: dict[str, Kind] = {**PLAN_KINDS, **AROUND_KINDS, **DETAIL_KINDS}
"""What `Thing.kind` names."""
