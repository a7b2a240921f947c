"""The lines that say what waits to be settled: on Send by person, and on the person's own page."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from linkworker.caseload.settling import KeptApartWaits, ToSettle
from linkworker.widgets.words import joined, one_line, shortened

APART = "What is kept apart"
ABOUT_CELLS = 32
"""Of the words of the thing itself."""


def key_of(one: ToSettle) -> str:
    """Return by what the line of a difference is known again."""
    return f"settle:{one.table}:{one.row_id}:{one.group}"


def what_differs(one: ToSettle) -> Content:
    """Return of what thing which field differs, how many versions there are, and whose."""
    from linkworker.screens.settle_words import labels, thing_said

    about = shortened(one.about, ABOUT_CELLS).plain
    thing = "" if one.table == "person" else f"“{about}”" if about else thing_said(one.table)
    what = f"{thing}: {labels(one)}" if thing else labels(one)
    who = " and ".join(dict.fromkeys(seen.who or "a colleague" for seen in one.versions))
    return joined(
        one_line(what[:1].upper() + what[1:]),
        one_line(f", {len(one.versions)} versions: {who}", "$soft"),
    )


def kept_apart_said(one: KeptApartWaits) -> Content:
    """Return that something waits in what is kept apart: not what."""
    things = "one thing" if one.count == 1 else f"{one.count} things"
    return joined(one_line(APART), (f": two versions of {things}; Enter asks why", "$soft"))


def open_to_settle(screen: Any, person_id: str, which: ToSettle | None) -> None:
    """Open what waits: both versions, or (None) what is kept apart, of which is asked why first."""
    if which is None:
        from linkworker.screens.settle_apart import settle_kept_apart

        settle_kept_apart(screen, person_id)
    else:
        from linkworker.screens.settle import SettleScreen

        screen.app.push_screen(SettleScreen(which))
