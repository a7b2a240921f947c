"""Settling what is kept apart: asked why first, as whoever reads it is, and kept in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from linkworker.caseload import settling
from linkworker.caseload.settling import ToSettle
from linkworker.screens.form import FormScreen
from linkworker.screens.form_waiting import Values
from linkworker.screens.settle import SettleScreen
from linkworker.widgets.forms import Ask

INTRO = (
    "Two versions of something that is kept apart wait to be settled. The audit keeps that you "
    "read them."
)
GONE = "Nothing of what is kept apart waits any more."


def settle_kept_apart(screen: Any, person_id: str) -> None:
    """Ask why, then show what waits of what is kept apart of a person, one after the other."""
    house = screen.house

    def save(said: Values) -> Any:
        with house.store.write("read kept apart", quiet=True) as tx:
            return settling.open_kept_apart(tx, person_id, reason=said["reason"])

    def show(found: Any) -> None:
        if found == []:
            house.hint(GONE)
        elif found is not None:
            settle(found)

    def settle(waits: Sequence[ToSettle]) -> None:
        first, *others = waits
        after = partial(settle, others) if others else None
        screen.app.push_screen(
            SettleScreen(first), lambda done: after() if done and after is not None else None
        )

    screen.app.push_screen(
        FormScreen(
            "Kept apart: two versions",
            (Ask("reason", "Why you are opening it"),),
            {},
            save,
            person_id=person_id,
            draft=f"{person_id}:settle kept apart",
            intro=INTRO,
        ),
        show,
    )
