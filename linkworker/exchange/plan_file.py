"""Writing a person's copy of their plan into a file that is not encrypted, and keeping that it was.

Its name tells nobody: a day and four signs by chance. Nothing is ever written over.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker import folders
from linkworker.caseload import audit
from linkworker.caseload.own_plan import OwnPlan, own_plan
from linkworker.caseload.writing import NotFound
from linkworker.exchange.plan_page import plan_page
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from linkworker.store import Store

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


class NoSuchFolder(Refused):
    """The file was to go where no folder is."""

    def __init__(self) -> None:
        super().__init__(
            "No copy was made.",
            "There is no such folder.",
            "Choose one that is there, such as Documents.",
        )


@dataclass(frozen=True)
class Wanted:
    """How the copy is to be."""

    safe_at_home: bool = False
    """They said that it is safe at home: names, numbers and who is around them may be in it."""
    about_me: bool = False
    large_print: bool = False


def usual_place(store: Store) -> Path:
    """Return where the copy goes unless somebody says otherwise; its name tells nobody whose."""
    import platformdirs  # 35 ms: only when a copy is wanted

    documents = Path(platformdirs.user_documents_dir())
    folder = documents if documents.is_dir() else Path.home()
    with store.read() as tx:
        return folder / f"plan-{tx.today.isoformat()}-{store.ids()[-4:]}.html"


def save_plan(store: Store, person_id: str, place: Path, wanted: Wanted) -> OwnPlan:
    """Write the copy into a new file that its owner alone can read, whole or not at all.

    The audit keeps that it was given out. Returns what is on it. Raises `NotFound`,
    `NothingToShow`, `NoSuchFolder`, and what `folders` refuses: a name that is taken, a full disk.
    """
    if not place.parent.is_dir():
        raise NoSuchFolder
    made = False
    try:
        with store.write("a copy of the plan", person_id, quiet=True) as tx:
            plan = own_plan(
                tx, person_id, safe_at_home=wanted.safe_at_home, about_me=wanted.about_me
            )
            if plan is None:
                raise NotFound("No copy was made.", "Nobody is there any more.", "Go back (Esc).")
            if not plan.says_anything:
                raise NothingToShow(plan)
            audit.record(tx, "exported", person_id, reason=GIVEN)
            page = plan_page(plan, large_print=wanted.large_print, made_up=store.made_up)
            folders.make_private_file(place)  # nobody's file may stand in its place
            made = True
            folders.write_whole(place, page.encode())
    except BaseException:
        if made:  # no half of it stays, and none that the audit does not know of
            with contextlib.suppress(OSError):
                place.unlink()
        raise
    return plan
