"""Doing something to the record from a screen: one act, one undo, and a refusal said in words."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from linkworker.refusal import Refused

if TYPE_CHECKING:
    from linkworker.store import WriteTx
    from linkworker.widgets.house import House

T = TypeVar("T")


def act(house: House, label: str, do: Callable[[WriteTx], T], *, person: str = "") -> T | None:
    """Write in one transaction and return what `do` returns; None where it was refused, and said.

    `label` is what undo calls it: our words, never theirs.
    """
    try:
        with house.store.write(label, person=person) as tx:
            return do(tx)
    except Refused as refused:
        say_refusal(house, refused)
        return None


def say_refusal(house: House, refused: Refused) -> None:
    """Say what was refused, why, and what to do."""
    house.say(f"{refused.what} {refused.why} {refused.to_do}")


def whose(house: House, person_id: str) -> str:
    """Return a comma and the name of whom an act was about, "" for nobody who is there.

    It may be somebody else than who is in sight. Where the screen shows initials, so does this.
    """
    from linkworker.caseload import people

    if not person_id:
        return ""
    one = read(house, people.named, person_id)
    if one is None:
        return ""
    return f", {one.initials if getattr(house.screen, 'initials', False) else one.name}"


def settle_memory() -> None:
    """Leave what is in memory now out of each later sweep: for when something is on the screen.

    It stays as long as the app does; looking through all of it again would be felt as a jerk.
    """
    if not gc.get_freeze_count():  # once: later it would hold what had gone and was not swept up
        gc.freeze()


def read(house: House, question: Callable[..., T], *args: Any, **more: Any) -> T:
    """Ask a reading function of `caseload` one question and return its answer."""
    with house.store.read() as tx:
        return question(tx, *args, **more)


def told_anything(change: Any) -> bool:
    """Say whether a change is of something that a screen shows; the audit alone is not, nor is
    that something was sent."""
    return bool(change.tables - {"audit_event", "sync_op"})
