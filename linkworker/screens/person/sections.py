"""The six sections of a person's page: their names, what can be added in each, and reading one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linkworker.caseload import timeline
from linkworker.caseload.entered_twice import also_entered_as
from linkworker.caseload.timeline import Entry
from linkworker.screens.person import aboutme, connections, howthings, now, plan
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.parts import Look, Rows
from linkworker.screens.person.story import story_rows
from linkworker.screens.person.tosettle import over_the_story
from linkworker.screens.person.unsent import marked
from linkworker.widgets import phrases
from linkworker.widgets.rows import SPACE, heading

if TYPE_CHECKING:
    from linkworker.store import ReadTx


@dataclass(frozen=True)
class Section:
    """One section of the page."""

    name: str
    label: str
    kinds: tuple[str, ...]
    """What can be added here, the likeliest first."""


SECTIONS = (
    Section("now", "Now", now.KINDS),
    Section("plan", "Plan", plan.KINDS),
    Section("story", "Story", ("appointment", "whereabouts", "support")),
    Section("connections", "Connections", connections.KINDS),
    Section("howthings", "How things are", howthings.KINDS),
    Section("aboutme", "About me", aboutme.KINDS),
)


@dataclass(frozen=True)
class Shown:
    """What a section shows."""

    left: Rows
    right: Rows
    entries: list[Entry]
    """Of the story, the entries read so far."""


def read_section(
    tx: ReadTx, section: Section, person_id: str, look: Look, name: str, entries: int = 0
) -> Shown:
    """Read one section; of the story at least as many entries as were read before.

    Of somebody who has several records what stands on the others follows, each under its name: the
    story alone is one.
    """
    own = _read_of(tx, section, person_id, look, name, entries)
    others = also_entered_as(tx, person_id)
    if not others:
        return own
    left, right = list(own.left), list(own.right)
    for other in others:
        said = heading(phrases.also_entered([other.name]))
        if section.name == "story":
            left = [*over_the_story(tx, other.person_id), *left]
            continue
        more = _read_of(tx, section, other.person_id, look, other.name)
        for side, found in ((left, more.left), (right, more.right)):
            if written := _written(found):
                side += [SPACE, said, *written]
    return Shown(left, right, own.entries)


def _written(rows: Rows) -> Rows:
    """Return what stands of a section on another record: the story, which is one for all, and parts
    with nothing in them are left out."""
    kept: Rows = []
    for row in reversed(rows):
        is_story = isinstance(row.what, Thing) and row.what.kind == "entry"
        if row.key.startswith("empty:") or is_story:
            continue
        if row.key:
            # "all strengths" stands on the first record too, and no two rows have one key
            kept.append(replace(row, key=f"{row.key} also") if row.key.endswith(":all") else row)
        elif kept and kept[-1].key:
            kept += [row, SPACE]
    return list(reversed(kept))


def _read_of(
    tx: ReadTx, section: Section, person_id: str, look: Look, name: str, entries: int = 0
) -> Shown:
    if section.name == "story":
        limit = max(timeline.PAGE, entries)
        found = timeline.timeline(tx, person_id, limit=limit)
        return Shown([*over_the_story(tx, person_id), *story_rows(found, look)], [], found)
    if section.name == "connections":
        return Shown(*marked(tx, connections.sides(tx, person_id, look, name)), [])
    reading = {
        "now": now.sides,
        "plan": plan.sides,
        "howthings": howthings.sides,
        "aboutme": aboutme.sides,
    }[section.name]
    return Shown(*marked(tx, reading(tx, person_id, look)), [])
