"""Writing a person's copy of their plan into a file, and keeping that it was given out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.caseload.own_plan import OwnPlan, own_plan
from linkworker.caseload.writing import NotFound
from linkworker.exchange import given_file
from linkworker.exchange.plan_page import plan_page
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from linkworker.store import Store, WriteTx

GIVEN = "A copy of the plan, for the person."
"""What the audit says of it."""


class NothingToShow(Refused):
    """A plan on which nothing would stand."""

    def __init__(self, plan: OwnPlan) -> None:
        why = "Nothing of the plan is agreed yet."
        to_do = "Agree a strength, hope or step first: a, under 2 Plan."
        if plan.unsafe:
            why = "Every line holds a name, a number or an address."
            to_do = "Ask them whether it is safe at home, or put the lines in other words."
        super().__init__("No copy was made.", why, to_do)


@dataclass(frozen=True)
class Wanted:
    """How the copy is to be."""

    safe_at_home: bool = False
    """They said that it is safe at home: names, numbers and who is around them may be in it."""
    about_me: bool = False
    large_print: bool = False


def usual_place(store: Store) -> Path:
    """Return where the copy goes unless somebody says otherwise; its name tells nobody whose."""
    return given_file.usual_place(store, "plan", "html")


def save_plan(store: Store, person_id: str, place: Path, wanted: Wanted) -> OwnPlan:
    """Write the copy into a new file that its owner alone can read, whole or not at all.

    The audit keeps that it was given out. Returns what is on it. Raises `NotFound`,
    `NothingToShow`, and as `given_file.give_out`.
    """
    saved: list[OwnPlan] = []

    def made(tx: WriteTx) -> str:
        plan = own_plan(tx, person_id, safe_at_home=wanted.safe_at_home, about_me=wanted.about_me)
        if plan is None:
            raise NotFound("No copy was made.", "Nobody is there any more.", "Go back (Esc).")
        if not plan.says_anything:
            raise NothingToShow(plan)
        saved.append(plan)
        return plan_page(plan, large_print=wanted.large_print, made_up=store.made_up)

    given_file.give_out(store, person_id, place, "a copy of the plan", GIVEN, made)
    return saved[0]
