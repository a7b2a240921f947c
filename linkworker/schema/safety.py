"""Staying safe, and the part kept apart.

A line kept apart lives in a scope of its own (`person:<id>:restricted`): it is in no plan, no
search index and no export without the right, and is read only on purpose, which the audit keeps.
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import OfPerson, Row, plain, scoped, typed


class SafetyStatement(OfPerson, table=True):
    """A dated statement: a risk, what helps, or that no risks are known (PRSB: Risks)."""

    __tablename__ = "safety_statement"
    __table_args__ = scoped("person", happened="said_on")

    kind: str = plain("risk", "statement")
    words: str = typed("statement", searched=True)
    said_on: date | None = plain(None, "statement")
    ended_on: date | None = plain(None, "ended")
    ended_words: str = typed("ended")
    from_note: str = plain("", "from")


class KeptApart(Row, table=True):
    """Words kept apart from the record. Never searched; written once."""

    __tablename__ = "kept_apart"
    __table_args__ = scoped("restricted", insert_only=True)

    person_id: str = plain("", "apart", index=True)
    """Names the person by id only: another scope, so it may dangle."""
    note_id: str = plain("", "apart")
    ordinal: int = plain(0, "apart")
    words: str = typed("apart")
    happened_on: date | None = plain(None, "apart")
    told: str = typed("apart")
    """Whom I told, and when."""
