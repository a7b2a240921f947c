"""The records that the lines of a note become: one for each line, written with the note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linkworker.caseload import connections, hopes, safety, steps
from linkworker.rules.note.becoming import Becoming, Who
from linkworker.rules.note.known import Known
from linkworker.schema import values
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import WriteTx


@dataclass(frozen=True)
class Recorded:
    """A line and the record that it became or changed."""

    becoming: Becoming
    ordinal: int
    target_id: str


@dataclass
class Recording:
    """One person's note while its lines are being recorded."""

    tx: WriteTx
    known: Known
    note_id: str
    person: str
    new_ties: dict[str, str] = field(default_factory=dict)
    """Ties that this note made known, by folded name, so that nobody is added twice."""
    new_connections: dict[str, str] = field(default_factory=dict)
    """Connections that this note made known, likewise."""


def record(recording: Recording, becomings: Iterable[Becoming]) -> Iterator[Recorded]:
    """Write the records of one person's lines and give them in the order of the note.

    Whom an `@` line makes known is written first: a step above it may be theirs. A line that says
    what one above said points at the same record.
    """
    lines = list(enumerate(becomings))
    targets: dict[tuple[int, int], str] = {}
    for ordinal, made in sorted(lines, key=lambda line: line[1].record != "tie"):
        place = (made.line, made.part)
        if made.again in targets:
            targets[place] = targets[made.again]
        else:
            targets[place] = _WRITERS[made.record](recording, made, ordinal)
    for ordinal, made in lines:
        yield Recorded(made, ordinal, targets[(made.line, made.part)])


def _tie(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx = recording.tx
    tie_id = made.target or recording.new_ties.get(folded(made.name), "")
    if tie_id:
        said = {"how_often": made.how_often} if made.how_often else {}
        if made.relationship and not _relationship(recording, tie_id):
            said["relationship"] = made.relationship
        if said:
            connections.correct_tie(tx, tie_id, **said)
    else:
        tie_id = _new_tie(
            recording,
            made.name,
            relationship=made.relationship,
            how_often=made.how_often,
            about="" if made.about == made.how_often else made.about,
            other_person_id=made.other_person,
        )
    if made.closeness:
        connections.say_how_near(
            tx,
            recording.person,
            made.closeness,
            tie_id=tie_id,
            on=recording.known.note_day,
            words=made.about,
        )
    return tie_id


def _relationship(recording: Recording, tie_id: str) -> str:
    found = (one.relationship for one in recording.known.ties if one.id == tie_id)
    return next(found, "")


def _new_tie(recording: Recording, name: str, **said: str) -> str:
    tie_id = connections.add_tie(
        recording.tx, recording.person, name, from_note=recording.note_id, **said
    )
    recording.new_ties[folded(name)] = tie_id
    return tie_id


def _strength(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx, day = recording.tx, recording.known.note_day
    strength_id = made.target or hopes.add_strength(
        tx, recording.person, made.words, from_note=recording.note_id
    )
    if made.may_ask:
        hopes.say_may_ask(tx, strength_id, "yes", day)
    return strength_id


def _goal(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx, day = recording.tx, recording.known.note_day
    if made.kind == "became":
        hopes.settle_goal(tx, made.target, made.state, on=day, words=made.words)
        return made.target
    goal_id = made.target or hopes.add_goal(
        tx, recording.person, made.words, from_note=recording.note_id
    )
    if made.agreed:
        name = recording.known.person(recording.person).name
        hopes.agree_goal(tx, goal_id, name, day)
    return goal_id


def _step(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx, day = recording.tx, recording.known.note_day
    if made.kind == "became" and made.target:
        steps.settle_step(tx, made.target, made.state, on=day, words=made.words)
        return made.target
    if made.kind == "became":
        return steps.add_step(
            tx,
            recording.person,
            made.name,
            state=made.state,
            state_on=day,
            state_words=made.words,
            from_note=recording.note_id,
        )
    if made.target:
        return made.target
    return steps.add_step(
        tx,
        recording.person,
        made.words,
        who=" and ".join(one.name for one in made.who),
        who_does=_does(made.who),
        who_worker_id=_first_id(made.who, "worker", "colleague"),
        who_tie_id=_tie_of(recording, made.who),
        by_day=made.day,
        by_time=_wall_time(made),
        cannot_slip=made.cannot_slip,
        from_note=recording.note_id,
    )


def _wall_time(made: Becoming) -> str:
    return f"{made.time:%H:%M}" if made.time is not None else ""


def _does(who: tuple[Who, ...]) -> str:
    """Return who helps: of several the first in the order in which the plan asks."""
    order = [one for one in values.WHO_DOES if one in {doer.does for doer in who}]
    return order[0] if order else ""


def _first_id(who: tuple[Who, ...], *kinds: str) -> str:
    return next((one.id for one in who if one.kind in kinds), "")


def _tie_of(recording: Recording, who: tuple[Who, ...]) -> str:
    """Return the tie that will do a step, if they are in this person's life; new ones are added."""
    own = {one.id for one in recording.known.ties if one.of == recording.person}
    for one in who:
        if one.kind == "tie" and one.id in own:
            return one.id
        if one.kind == "tie":
            alike = [
                tie.id
                for tie in recording.known.ties
                if tie.of == recording.person and folded(tie.name) == folded(one.name)
            ]
            if alike:
                return alike[0]
        if one.kind == "new tie":
            made = recording.new_ties.get(folded(one.name), "")
            if made or one.id:  # an `@` line made them known, here or to another of the note
                return made
            return _new_tie(recording, one.name, relationship=one.relationship)
    return ""


def _connection(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx, day = recording.tx, recording.known.note_day
    stages = list(made.stages)
    connection_id = made.target or recording.new_connections.get(folded(made.name), "")
    if not connection_id:
        first = stages.pop(0)
        # Of what is there already the day of the note stands: an earlier one would lie behind the
        # stage that it replaces.
        on = made.since if made.since is not None and not stages else day
        connection_id = connections.add_connection(
            tx,
            recording.person,
            made.name,
            kind=made.place_kind,
            stage=first,
            on=on,
            words=made.about,
            from_note=recording.note_id,
        )
        recording.new_connections[folded(made.name)] = connection_id
    for stage in stages:
        connections.reach_stage(
            tx, connection_id, stage, on=day, words=made.about, from_note=recording.note_id
        )
    return connection_id


def _in_the_way(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx = recording.tx
    if made.kind == "became":
        day = recording.known.note_day
        hopes.clear_in_the_way(tx, made.target, on=day, words=made.words)
        return made.target
    return made.target or hopes.add_in_the_way(
        tx, recording.person, made.words, from_note=recording.note_id
    )


def _looked_for(recording: Recording, made: Becoming, ordinal: int) -> str:
    tx = recording.tx
    if made.kind == "became":
        hopes.answer_looked_for(tx, made.target, made.words, recording.known.note_day)
        return made.target
    return made.target or hopes.add_looked_for(
        tx, recording.person, made.words, kind=made.sort, from_note=recording.note_id
    )


def _contribution(recording: Recording, made: Becoming, ordinal: int) -> str:
    return hopes.add_contribution(
        recording.tx,
        recording.person,
        made.words,
        on=recording.known.note_day,
        from_note=recording.note_id,
    )


def _statement(recording: Recording, made: Becoming, ordinal: int) -> str:
    return safety.add_statement(
        recording.tx,
        recording.person,
        made.sort,
        made.words,
        said_on=recording.known.note_day,
        from_note=recording.note_id,
    )


def _apart(recording: Recording, made: Becoming, ordinal: int) -> str:
    return safety.keep_apart(
        recording.tx,
        recording.person,
        made.words,
        note_id=recording.note_id,
        ordinal=ordinal,
        happened_on=recording.known.note_day,
        told=made.told,
    )


_WRITERS = {
    "tie": _tie,
    "strength": _strength,
    "goal": _goal,
    "step": _step,
    "connection": _connection,
    "in_the_way": _in_the_way,
    "looked_for": _looked_for,
    "contribution": _contribution,
    "safety_statement": _statement,
    "kept_apart": _apart,
}
"""How a line becomes a row, by the table of the record."""
