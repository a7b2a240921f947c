"""The plainest screen there can be, for tests of what every screen has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from linkworker.widgets.commands import bindings
from linkworker.widgets.fields import Field
from linkworker.widgets.frame import Frame
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.usual import OPEN, TICK
from tests.screens.hands import until


class DeskScreen(Frame):
    KEYS = (
        OPEN.doing("open", place="A desk"),
        TICK.doing("tick", why_not=lambda screen: "There is nothing to tick."),
    )
    BINDINGS = bindings(KEYS)
    heading = "A desk"

    def __init__(self, person: str | None = None) -> None:
        super().__init__()
        self.person = person
        self.done: list[str] = []
        self.heard: list[Any] = []
        self.kept = 0

    def body(self) -> ComposeResult:
        yield Sentence(Content("A desk with a chair"))

    def person_in_sight(self) -> str | None:
        return self.person

    def way_back(self) -> tuple[str, ...]:
        return ("people",)

    def draft_in_hand(self) -> Callable[[], object]:
        return self._keep

    def _keep(self) -> None:
        self.kept += 1

    def store_changed(self, change: Any) -> None:
        self.heard.append(change)

    def action_open(self) -> None:
        self.done.append("open")

    def action_tick(self) -> None:
        self.done.append("tick")


class WritingDesk(DeskScreen):
    """A desk with a field, in which letters are letters."""

    KEYS = ()
    BINDINGS = []

    def body(self) -> ComposeResult:
        yield Field(id="words")


async def at_the_desk(pilot: Pilot, screen: Frame | None = None) -> Frame:
    """Go in, and sit down at a desk."""
    await until(pilot, lambda: pilot.app.is_open)
    await pilot.app.workers.wait_for_complete()
    desk = screen or DeskScreen()
    await pilot.app.push_screen(desk)
    await pilot.pause()
    return desk
