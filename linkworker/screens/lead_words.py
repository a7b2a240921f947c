"""How a lead's screen speaks of people: by name where this laptop holds them, else of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkworker.widgets.house import House

HOLDS_NOBODY = "reports only"
"""The place in the team of whoever is given nobody."""


def people_in_words(number: int) -> str:
    """Return so many people in words: "1 person", "58 people"."""
    return f"{number} {'person' if number == 1 else 'people'}"


def things(number: int) -> str:
    """Return how much waits in words: "1 thing", "2 things"."""
    return f"{number} {'thing' if number == 1 else 'things'}"


def somebody(house: House, person: str, held_by: str, initials: str = "") -> str:
    """Return a name where this laptop has the person, else by whom they are held and the end of
    their id, which their own page shows at whoever holds them; with initials, where they are said.
    """
    from linkworker.caseload import people
    from linkworker.sync.leading import ref
    from linkworker.widgets.acting import read

    known = read(house, people.named, person)
    if known is not None:
        return known.name
    if not person:
        return "not about a person"
    return f"{initials or 'somebody'} held by {held_by or 'nobody'} ({ref(person)})"


def theirs(name: str) -> str:
    """Return whose something is: "Ann's", "James'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
