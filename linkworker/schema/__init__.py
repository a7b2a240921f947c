"""The tables, a file a subject, with their value lists in `values`.

`from linkworker import schema` costs nothing: a table's file, and SQLModel with it, is imported at
the first `schema.Strength`. Reading never needs it (see docs/architecture.md), so a start does not
pay for it.
"""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import MetaData

    from linkworker.schema.connections import Closeness, Connection, ConnectionEvent
    from linkworker.schema.contacts import Appointment, Contact, Note, NoteMark
    from linkworker.schema.people import (
        AboutMe,
        Address,
        HouseholdMember,
        Person,
        Reach,
        Tie,
        Vision,
        Whereabouts,
    )
    from linkworker.schema.plan import Contribution, Goal, InTheWay, LookedFor, Step, Strength
    from linkworker.schema.safety import KeptApart, SafetyStatement
    from linkworker.schema.support import SupportEvent, SupportPeriod
    from linkworker.schema.team import AuditEvent, Setting, Worker

VERSION = 1
"""The schema's number: the last migration, and `schema_v` of every operation."""

TABLES = {
    "AboutMe": "people",
    "Address": "people",
    "HouseholdMember": "people",
    "Person": "people",
    "Reach": "people",
    "Tie": "people",
    "Vision": "people",
    "Whereabouts": "people",
    "SupportEvent": "support",
    "SupportPeriod": "support",
    "Contribution": "plan",
    "Goal": "plan",
    "InTheWay": "plan",
    "LookedFor": "plan",
    "Step": "plan",
    "Strength": "plan",
    "Appointment": "contacts",
    "Contact": "contacts",
    "Note": "contacts",
    "NoteMark": "contacts",
    "Closeness": "connections",
    "Connection": "connections",
    "ConnectionEvent": "connections",
    "KeptApart": "safety",
    "SafetyStatement": "safety",
    "AuditEvent": "team",
    "Setting": "team",
    "Worker": "team",
}
"""Where each table's class lives."""

POINTERS = (("note_mark", "target", "target_id"),)
"""What names rows of several tables: the table, its column for the other's table, and for its id.
Undo does not take away what a newer note's line became."""

__all__ = [
    "POINTERS",
    "TABLES",
    "VERSION",
    "AboutMe",
    "Address",
    "Appointment",
    "AuditEvent",
    "Closeness",
    "Connection",
    "ConnectionEvent",
    "Contact",
    "Contribution",
    "Goal",
    "HouseholdMember",
    "InTheWay",
    "KeptApart",
    "LookedFor",
    "Note",
    "NoteMark",
    "Person",
    "Reach",
    "SafetyStatement",
    "Setting",
    "Step",
    "Strength",
    "SupportEvent",
    "SupportPeriod",
    "Tie",
    "Vision",
    "Whereabouts",
    "Worker",
    "all_tables",
]


_ONE_AT_A_TIME = threading.RLock()
"""Two threads that import SQLAlchemy at once can see each other's halves: its modules import one
another in circles, and rather than wait for ever Python hands out a module that is not finished."""


def __getattr__(name: str) -> Any:
    if name not in TABLES:
        raise AttributeError(f"linkworker.schema has no table {name}")
    with _ONE_AT_A_TIME:
        table = getattr(importlib.import_module(f"linkworker.schema.{TABLES[name]}"), name)
    globals()[name] = table  # found without this function from now on
    return table


def all_tables() -> MetaData:
    """Import every table and return their metadata."""
    with _ONE_AT_A_TIME:
        from sqlmodel import SQLModel

        for module in sorted(set(TABLES.values())):
            importlib.import_module(f"linkworker.schema.{module}")
    for table in SQLModel.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            # Rows of one act may be written, and a colleague's may arrive, in any order.
            constraint.deferrable, constraint.initially = True, "DEFERRED"
    return SQLModel.metadata
