"""How a connection was made and what that told: asked alike wherever one is made or goes on."""

from __future__ import annotations

from typing import Any

from linkworker.caseload.connecting import Made
from linkworker.schema import values
from linkworker.widgets.forms import Ask, options

BY_ITSELF = "they found it, or it was there"
TOLD = "told"
"""The field of what colleagues are to know of a place, in words that name nobody."""
FOR_COLLEAGUES = Ask(
    TOLD,
    "For colleagues",
    example="moved to Tuesdays",
    when=("went once", "still going", "helper", *values.STAGES_ENDED),
)
REGULAR = (
    Ask("regular", "A regular role?", "one of", (("", "no"), ("yes", "yes"))),
    Ask("checks", "DBS rule", hint="what your team's rule asks, where it is regular"),
)


def made_asks(
    *ways: str, empty: str = "", told_of: str = "of them", when: tuple[str, ...] = ()
) -> tuple[Ask, ...]:
    """Return what is asked of how a connection was made: by one of `ways`, all where none is named.

    `empty` is how it is said that nobody made it, where that may be; `told_of` of whom something
    is told; `when` is the field's own.
    """
    return (
        Ask("how", "How", "one of", options(*(ways or values.CONNECTION_WAYS), empty=empty),
            when=when),
        Ask("shared", "What is told", hint=f"{told_of}; nothing by a signpost", when=when),
        Ask("agreed", "How they agreed", hint="to that: when, and in what words", when=when),
    )  # fmt: skip


def made_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a form says as `connections` takes it: how it was made as one, a role as yes."""
    rest = {name: value for name, value in said.items() if name not in ("how", "shared", "agreed")}
    if "regular" in rest:
        rest["regular"] = rest["regular"] == "yes"
    return rest | {"made": Made(said["how"], said["shared"], said["agreed"])}
