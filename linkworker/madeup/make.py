"""Write a made-up caseload into a store, act by act, as a coordinator would have over the years.

Everything goes through `caseload`, in the order in which it happened, while a clock of its own
(`Calendar`) tells the store what time it is. So the made-up people have a past: what was promised
in March was written in March.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from linkworker.caseload import notes, support
from linkworker.caseload.note_known import Prepared
from linkworker.clock import home_zone, local_day
from linkworker.madeup import ahead, records, stories, week
from linkworker.madeup.answers import understood
from linkworker.madeup.arrivals import Arrivals, OfSomebody
from linkworker.madeup.community import MadeUpCommunity
from linkworker.madeup.directory import Act, MadeUpDirectory
from linkworker.madeup.patch import Patch
from linkworker.madeup.telling import Life, Told, Turn
from linkworker.rules.note.known import Known
from linkworker.schema import values

if TYPE_CHECKING:
    from linkworker.store import Store, WriteTx


class Calendar:
    """A clock that stands still until it is turned on to the next thing that happened."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the instant at which it stands."""
        return self.at


@dataclass(frozen=True, slots=True)
class Made:
    """What was written."""

    people: int
    notes: int
    unclear: int
    """Marked lines that stayed text because nothing could be made of them."""


@dataclass(frozen=True, slots=True)
class Story:
    """All that is to be written: who, where, and what happened up to a moment."""

    patch: Patch
    lives: dict[str, Life]
    """Everybody's life, by the key of their card."""
    now: datetime
    """What the story comes up to."""
    seed: int

    @property
    def begins(self) -> datetime:
        """The moment before anything happened."""
        first = min(life.introduced_on for life in self.lives.values())
        return datetime.combine(first, time(7), home_zone()).astimezone(UTC)


def story_of(
    patch: Patch, *, now: datetime, seed: int, years: float = stories.USUAL_YEARS
) -> Story:
    """Return the story of a patch up to `now` (aware), some years of it.

    The same seed, patch, years and day tell of the same people in the same words.
    """
    today = local_day(now)
    told = stories.tell_all(patch, seed=seed, today=today, years=years)
    lives = week.everybody([*told, *week.by_hand(patch, today)])
    return Story(patch, lives, now, seed)


def make(store: Store, calendar: Calendar, story: Story) -> Made:
    """Write a story into an open, empty, made-up store whose clock is `calendar`.

    Nothing is written as of later than the story's `now`, but appointments and days to come.
    """
    patch, lives, now = story.patch, story.lives, story.now
    today = local_day(now)
    listed = MadeUpDirectory(patch, today)
    team = MadeUpCommunity(listed)
    arrivals = Arrivals(patch, listed, team, lives, story.seed)
    community = [*listed.acts(), *team.acts()]
    writing = _Writing(store, calendar, patch, lives, now, story.seed, community, arrivals)
    with store.in_bulk():
        for _, _, write in sorted(writing.everything(), key=lambda one: one[:2]):
            write()
        calendar.at = now
        with store.write("plan the days to come") as tx:
            records.put_together(tx, {card.key: card for card in patch.people}, writing.ids)
            ahead.plan(tx, patch, lives.values(), writing.ids, today)
            arrivals.put_together(tx, writing.ids)
    return Made(len(writing.ids), writing.notes, writing.unclear)


@dataclass(slots=True)
class _Writing:
    """A caseload while it is being written."""

    store: Store
    calendar: Calendar
    patch: Patch
    lives: dict[str, Life]
    now: datetime
    seed: int
    community: list[Act]
    """What the team did that is in nobody's record."""
    arrivals: Arrivals
    ids: dict[str, str] = field(default_factory=dict)
    """The id of each person, by the key of their card."""
    colleagues: dict[str, str] = field(default_factory=dict)
    """The id of each in the team, by what they are called."""
    known: dict[str, Known] = field(default_factory=dict)
    """Who somebody is, for notes whose lines name nothing that their record holds."""
    prepared: Prepared = field(default_factory=dict)
    """What was known of them before, with its words split."""
    notes: int = 0
    unclear: int = 0

    def everything(self) -> Iterator[tuple[datetime, int, Callable[[], None]]]:
        """Return all acts: when, in which order at that time, and what to write."""
        first = min(life.introduced_on for life in self.lives.values())
        yield datetime.combine(first, time(8)), 0, partial(self.team, first)
        for number, card in enumerate(self.patch.people):
            life = self.lives[card.key]
            yield (
                datetime.combine(life.introduced_on, time(8, 30)),
                1,
                partial(self.person, life, number),
            )
            for turn in life.turns:
                at = self.time_of(turn, life)
                yield at, 2, partial(self.turn, life, turn, at)
        for told in stories.in_order(list(self.lives.values())):
            yield told.at, 3, partial(self.note, told)
        for day, label, acts in self.days_of_community(first):
            at = datetime.combine(day, time(8, 10))
            yield at, 4, partial(self.in_the_community, label, at, acts)
        for one in self.arrivals.acts():
            yield one.at, 5, partial(self.of_somebody, one)

    @contextmanager
    def act(self, label: str, at: datetime, key: str = "") -> Iterator[WriteTx]:
        """Lend a transaction for one act, at one wall time of the story."""
        self.calendar.at = min(at.replace(tzinfo=home_zone()).astimezone(UTC), self.now)
        with self.store.write(label, person=self.ids.get(key, "")) as tx:
            yield tx

    @staticmethod
    def time_of(turn: Turn, life: Life) -> datetime:
        """Return when a turn is written down: a death when it is heard of, the rest that day."""
        if turn.kind == "died":
            heard = [told.at for told in life.told if told.at.date() >= turn.on]
            return min(heard, default=datetime.combine(turn.on, time(17)))
        return datetime.combine(turn.on, time(8, 45) if turn.kind == "began" else time(17, 30))

    def team(self, day: date) -> None:
        """Write down the colleagues."""
        with self.act("say who is in the team", datetime.combine(day, time(8))) as tx:
            self.colleagues = records.add_colleagues(tx, self.patch)

    def days_of_community(self, first: date) -> Iterator[tuple[date, str, list[Act]]]:
        """Return what was done in the community, in one act what goes under one label on a day.

        What was done before the story begins is written down as it begins.
        """
        days: dict[tuple[date, str], list[Act]] = {}
        for act in self.community:
            days.setdefault((max(act.on, first), act.label), []).append(act)
        for (day, label), acts in days.items():
            yield day, label, acts

    def in_the_community(self, label: str, at: datetime, acts: list[Act]) -> None:
        """Write down what the team did on a day."""
        with self.act(label, at) as tx:
            for one in acts:
                one.write(tx, self.colleagues)

    def of_somebody(self, one: OfSomebody) -> None:
        """Write down what came to somebody's record by way of the community."""
        with self.act(one.label, one.at, one.key) as tx:
            one.write(tx, self.ids)

    def person(self, life: Life, number: int) -> None:
        """Write down somebody at their introduction."""
        card = self.patch.card(life.key)
        today = local_day(self.now)
        with self.act("add somebody", datetime.combine(life.introduced_on, time(8, 30))) as tx:
            person_id = records.add_person(tx, card, self.patch, number, today, self.seed)
            self.ids[life.key] = person_id

    def turn(self, life: Life, turn: Turn, at: datetime) -> None:
        """Write down a turn of the support, or where somebody is."""
        person_id = self.ids[life.key]
        with self.act(turn.kind, at, life.key) as tx:
            if turn.kind == "began":
                support.begin(tx, person_id, level=turn.level, on=turn.on)
                records.add_what_was_told(tx, person_id, self.patch.card(life.key), turn.on)
            elif turn.kind in values.WHEREABOUTS:
                support.record_whereabouts(tx, person_id, turn.kind, since=turn.on)
            else:
                support.happen(
                    tx,
                    person_id,
                    turn.kind,
                    on=turn.on,
                    reason=turn.reason,
                    own_words=turn.own_words,
                    check_in_on=turn.check_in_on,
                )

    def note(self, told: Told) -> None:
        """Write a note as it was told, with the panel's questions answered."""
        people = [self.ids[key] for key in told.people]
        mine = self.store.worker_id
        cover = self.colleagues[self.patch.about["cover"]]
        self.store.worker_id = cover if told.covered else mine
        try:
            with self.act("write a note", told.at, told.people[0]) as tx:
                understanding = understood(told, self.what_is_known(tx, told, people))
                facts = notes.Facts(
                    happened_at=tx.now,
                    minutes=told.minutes,
                    how=told.how,
                    place=told.place,
                    who_there=told.who_there,
                    outcome=told.outcome,
                    interpreter=told.interpreter,
                )
                written = notes.write_note(tx, understanding, facts)
        finally:
            self.store.worker_id = mine
        self.notes += len(written.notes)
        self.unclear += len(written.unclear)

    def what_is_known(self, tx: WriteTx, told: Told, people: list[str]) -> Known:
        """Return what is known for a note; a note without marks needs only who it is about."""
        only = self.known.get(told.people[0]) if len(people) == 1 and not told.marked else None
        if only is not None:
            return replace(only, note_day=tx.today, today=tx.today)
        known = notes.note_known(tx, people, prepared=self.prepared)
        if len(people) == 1:
            self.known[told.people[0]] = Known(known.people, known.worker, tx.today, tx.today)
        return known
