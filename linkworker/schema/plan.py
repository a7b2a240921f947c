"""The plan: strengths, hopes and goals, steps, what is in the way, what was given, what is missing.

What a note adds is *noted* until it is *agreed with* somebody on a day; only agreed lines print.
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import (
    OfPerson,
    part_of,
    plain,
    read_by,
    scoped,
    time_of_day,
    typed,
)


class Strength(OfPerson, table=True):
    """Something good that is already there (PRSB: Personal strengths and assets)."""

    __tablename__ = "strength"
    __table_args__ = scoped("person")

    words: str = typed("words", searched=True)
    agreed_on: date | None = plain(None, "agreed")
    agreed_with: str = typed("agreed")
    may_ask: str = plain("not asked", "may_ask")
    """Happy to be asked to help with it? "not asked", "yes", "no"; dated, and can be taken back."""
    may_ask_on: date | None = plain(None, "may_ask")
    offer_id: str = plain("", "offer")
    """How it stands among the team's offers, where they agreed to that too; it names nobody."""
    from_note: str = plain("", "from")


class Goal(OfPerson, table=True):
    """A hope or goal (PRSB: Goals). Without a number it is whole."""

    __tablename__ = "goal"
    __table_args__ = scoped("person")

    words: str = typed("words", searched=True)
    importance: int | None = plain(None, "importance")
    """PRSB SP v1.1: Goal importance score, 1-10."""
    agreed_on: date | None = plain(None, "agreed")
    agreed_with: str = typed("agreed")
    state: str = plain("open", "state")
    state_on: date | None = plain(None, "state")
    state_words: str = typed("state")
    from_note: str = plain("", "from")


class Step(OfPerson, table=True):
    """Who does what, by when (PRSB: Actions). Never given to the coordinator by default."""

    __tablename__ = "step"
    __table_args__ = (
        read_by("step_open", "person_id", "by_day", where="state = 'open'"),
        read_by("step_by_writing", "recorded_at", "recorded_by"),
        scoped("person"),
    )

    goal_id: str | None = part_of("goal.id", "goal")
    words: str = typed("words", searched=True)
    if_it_is_hard: str = typed("words")
    """What to try if it is hard (PRSB: Suggested strategies)."""
    who: str = typed("who")
    """The name as said."""
    who_does: str = plain("", "who")
    """One of `values.WHO_DOES`; "" while nobody has been asked."""
    who_worker_id: str = plain("", "who")
    who_tie_id: str = plain("", "who")
    asked: str = plain("", "asked")
    """For somebody who is not here: "" or "asked" or "said yes"."""
    by_day: date | None = plain(None, "when")
    by_time: str = time_of_day("when")
    """Wall time "09:30", "" for none."""
    cannot_slip: bool = plain(False, "cannot_slip")
    """A date set by others, with a loss if missed: shown apart, from 14 days before."""
    look_again_on: date | None = plain(None, "look_again")
    """When to look at it together (PRSB: Review date)."""
    confidence: int | None = plain(None, "confidence")
    """PRSB SP v1.1: confidence in doing it, 1-10."""
    state: str = plain("open", "state")
    state_on: date | None = plain(None, "state")
    state_words: str = typed("state")
    agreed_on: date | None = plain(None, "agreed")
    agreed_with: str = typed("agreed")
    from_note: str = plain("", "from")


class InTheWay(OfPerson, table=True):
    """What is in the way of a good life just now."""

    __tablename__ = "in_the_way"
    __table_args__ = scoped("person")

    words: str = typed("words", searched=True)
    cleared_on: date | None = plain(None, "cleared")
    cleared_words: str = typed("cleared")
    from_note: str = plain("", "from")


class LookedFor(OfPerson, table=True):
    """Something looked for and not here, or a question. Reworded before it leaves the person."""

    __tablename__ = "looked_for"
    __table_args__ = scoped("person")

    words: str = typed("words", searched=True)
    kind: str = plain("not decided", "kind")
    answered_on: date | None = plain(None, "answered")
    answer: str = typed("answered")
    gap_id: str = plain("", "gap")
    """The team's gap that it became, in other words."""
    from_note: str = plain("", "from")


class Contribution(OfPerson, table=True):
    """What the person gave, shared or started: an outcome of its own."""

    __tablename__ = "contribution"
    __table_args__ = scoped("person")

    words: str = typed("words", searched=True)
    on: date | None = plain(None, "on")
    from_note: str = plain("", "from")
