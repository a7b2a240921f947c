"""Saving a person's ecomap as a picture, and keeping that it was given out.

Strained ties never print unasked, and where it is not known to be safe at home nobody is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.caseload.ecomap import Node, ecomap
from linkworker.caseload.people import named
from linkworker.caseload.writing import NotFound
from linkworker.exchange import given_file
from linkworker.exchange.ecomap_picture import Map, ecomap_picture
from linkworker.refusal import Refused
from linkworker.rules.shown_days import say_day

if TYPE_CHECKING:
    from linkworker.store import Store, WriteTx

GIVEN = "The map of who and what is around them, as a picture."
"""What the audit says of it."""

NAMES_NOBODY = frozenset({
    "aunt", "brother", "carer", "child", "cousin", "dad", "daughter", "ex", "father", "foster",
    "friend", "granddad", "granddaughter", "grandfather", "grandmother", "grandson", "gran",
    "half", "husband", "in-law", "lodger", "mother", "mum", "neighbour", "nephew", "next-door",
    "niece", "old", "parent", "partner", "sister", "son", "step", "uncle", "wife",
})  # fmt: skip
"""Words for who somebody is to the person that tell nobody's name."""

MADE_UP = "Made-up people: none of this is true."


class NothingAround(Refused):
    """Nothing would stand on the map."""

    def __init__(self) -> None:
        super().__init__(
            "No picture was made.",
            "Nobody and nothing that would be on it has been written down.",
            "Add who and what is around them, or ask for the strained ones too.",
        )


@dataclass(frozen=True)
class Wanted:
    """How the picture is to be."""

    safe_at_home: bool = False
    """They said that it is safe at home: people are named."""
    strained: bool = False
    """Strained ties too."""
    then_too: bool = True
    """How it was in the first weeks stands beside it, where support has begun."""


def usual_place(store: Store) -> Path:
    """Return where the picture goes unless somebody says otherwise; its name tells nobody whose."""
    return given_file.usual_place(store, "map", "svg")


def save_ecomap(store: Store, person_id: str, place: Path, wanted: Wanted) -> int:
    """Write the picture into a new file that its owner alone can read, whole or not at all.

    Returns how many that are strained were left out. Raises `NotFound`, `NothingAround`, and as
    `given_file.give_out`.
    """
    left_out: set[str] = set()

    def made(tx: WriteTx) -> str:
        who = named(tx, person_id)
        if who is None:
            raise NotFound("No picture was made.", "Nobody is there any more.", "Go back (Esc).")
        found = ecomap(tx, person_id)
        left_out.update(
            node.row_id
            for node in (*found.then, *found.now)
            if node.how == "strained" and not wanted.strained
        )

        def shown(nodes: list[Node]) -> list[Node]:
            kept = [node for node in nodes if node.row_id not in left_out]
            return kept if wanted.safe_at_home else [_unnamed(node) for node in kept]

        maps = [Map(f"Now, {say_day(tx.today, tx.today)}", shown(found.now))]
        if wanted.then_too and found.then_day is not None:
            then = Map(f"Then, {say_day(found.then_day, tx.today)}", shown(found.then))
            maps.insert(0, then)
        if not any(one.nodes for one in maps):
            raise NothingAround
        name = who.name if wanted.safe_at_home else who.called or who.initials
        return ecomap_picture(name, maps, MADE_UP if store.made_up else "")

    given_file.give_out(store, person_id, place, "a picture of the map", GIVEN, made)
    return len(left_out)


def _unnamed(node: Node) -> Node:
    """Return a node that tells nobody and nowhere: who it is to the person, or what kind it is.

    What was typed may hold a name, a number or an address, and the name of a service alone may say
    what nobody at home is to know: only plain words of kinship stand as they were typed.
    """
    if node.is_tie:
        words = node.said.partition(",")[0].casefold()
        known = bool(words) and set(words.split()) <= NAMES_NOBODY
        return replace(node, name=words if known else "somebody", said="")
    return replace(node, name="somebody" if node.kind == "person" else f"a {node.is_a}", said="")
