"""Not done: what became of a step that was not done, with the reason where one was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkworker.widgets.commands import Command

if TYPE_CHECKING:
    from textual.app import App

    from linkworker.widgets.house import House

NOT_DONE = Command(
    "not_done",
    "Not done",
    "The step was not done, or is let go: say why, or nothing",
    ("minus",),
    "not_done",
    rank=55,
)
"""Beside Space, which ticks a step done. The same key wherever a step stands under the cursor."""

NO_STEP = "Not done is for a step that is open. Space opens one again."
BECAME = (("not done", "not done"), ("let go", "let go, for good"))


def ask_not_done(
    app: App[Any], house: House, person_id: str, step_id: str, heading: str = "A step: not done"
) -> None:
    """Ask why a step was not done, and write it: Enter twice where there is nothing to say.

    `heading` may hold a name, where names are shown.
    """

    from linkworker.screens.form import FormScreen
    from linkworker.widgets.forms import Ask

    def save(said: dict[str, Any]) -> None:
        from linkworker.caseload import steps

        with house.store.write("a step not done", person=person_id) as tx:
            steps.settle_step(tx, step_id, said["state"], words=said["words"])
        became = "Not done." if said["state"] == "not done" else "Let go."
        house.say(f"{became} Ctrl+Z takes it back.")

    asks = (
        Ask("words", "Why, in whose words", hint="nothing need be said"),
        Ask("state", "It is", "one of", BECAME),
    )
    draft = f"{person_id}:not done:{step_id}"
    app.push_screen(FormScreen(heading, asks, {}, save, person_id=person_id, draft=draft))
