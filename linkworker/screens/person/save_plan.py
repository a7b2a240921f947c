"""Save a copy for the person: their plan as one page to print, in a file of their choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from linkworker.screens.form import FormScreen
from linkworker.screens.person.kinds import Values
from linkworker.widgets.acting import read
from linkworker.widgets.forms import Ask

if TYPE_CHECKING:
    from linkworker.caseload.own_plan import OwnPlan
    from linkworker.screens.person.personpage import PersonPage

NOT_ENCRYPTED = "This file is not encrypted: whoever has it can read it."
AT_HOME = "Unless it is safe at home, no other names, numbers or addresses are on it."
ASKS = (
    Ask("safe_at_home", "Safe at home?", "one of", (("", "no, or not asked"), ("yes", "yes"))),
    Ask("about_me", "About me", "one of", (("", "leave out"), ("yes", "all of it"))),
    Ask("letters", "Letters", "one of", (("", "usual"), ("large", "large print"))),
    Ask("place", "File"),
)


class SavePlanScreen(FormScreen):
    """The form for it. What is answered here is asked anew each time: nothing of it is kept."""

    CSS_PATH = "../form.tcss"

    def draft_in_hand(self) -> Callable[[], object] | None:
        """Return None: whether it is safe at home today, no answer of another day tells."""
        return None


class SavesPlan:
    """What a person's page does when a copy of the plan is wanted."""

    def action_save_plan(self) -> None:
        """Ask where, and how it is to be, and write the file; under 4 Connections, of the map."""
        screen = cast("PersonPage", self)
        if screen.section.name == "connections":
            from linkworker.screens.person import save_map

            save_map.ask(screen)
            return
        from linkworker.caseload.own_plan import own_plan
        from linkworker.exchange import plan_file

        if screen.banner is None:
            return
        house, person_id = screen.house, screen.person_id
        plan = read(house, own_plan, person_id, safe_at_home=True)
        if plan is None:
            return

        usual = plan_file.usual_place(house.store)

        def save(said: Values) -> Any:
            place = Path(said["place"].strip() or usual).expanduser()
            wanted = plan_file.Wanted(
                safe_at_home=said["safe_at_home"] == "yes",
                about_me=said["about_me"] == "yes",
                large_print=said["letters"] == "large",
            )
            saved = plan_file.save_plan(
                house.store, person_id, place / usual.name if place.is_dir() else place, wanted
            )
            house.say(_saved(saved))

        large = "large print" in plan.written_as.casefold()
        start = {"place": str(usual), "letters": "large" if large else ""}
        screen.app.push_screen(
            SavePlanScreen(
                f"{screen.banner.name}: save a copy for the person",
                ASKS,
                start,
                save,
                person_id=person_id,
                draft=f"{person_id}:copy",
                intro=f"{NOT_ENCRYPTED} {_on_it(plan)} {AT_HOME}",
            )
        )


def _on_it(plan: OwnPlan) -> str:
    """Say what is on the copy, and what is only noted and so is not."""
    only = ""
    if plan.noted:
        lines = "1 line is" if plan.noted == 1 else f"{plan.noted} lines are"
        only = f" {lines} only noted and not on it: a agrees them."
    return f"What was agreed is on it, and no note.{only}"


def _saved(plan: OwnPlan) -> str:
    """Say that it is written, and what a name or a number kept from it."""
    if not plan.unsafe:
        return "The copy is saved. Read it before it goes out of your hands."
    lines = "1 line is" if plan.unsafe == 1 else f"{plan.unsafe} lines are"
    return f"The copy is saved; {lines} left out for a name or number. Read it before it goes."
