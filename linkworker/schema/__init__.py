"""The tables, a file a subject, with their value lists in `values`.

What is said there of a table (SQLModel) is frozen, and the program goes by the frozen shapes: it
never imports SQLModel (docs/decisions, 0013). So `schema.Strength` is one class to the type
checker and another at run time: the table in `plan`, by which `schema.Strength(person_id=…)` and
`row.id` are checked, and a plain `rows.Row` with the same name, columns and defaults. Of the first
no more is used than both have: making a row, its columns, `__tablename__`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkworker.schema.community import (
        CommunityGroup,
        CommunityWork,
        Gap,
        GapWanted,
        GroupCheck,
        GroupSession,
        Offer,
        Service,
        ServicePlace,
        Volunteer,
        VolunteerHours,
    )
    from linkworker.schema.connections import Closeness, Connection, ConnectionEvent
    from linkworker.schema.contacts import Appointment, Contact, Note, NoteMark
    from linkworker.schema.introductions import Introduction, ReachingAttempt
    from linkworker.schema.people import (
        AboutMe,
        Address,
        HouseholdMember,
        NotWith,
        Person,
        Reach,
        SamePerson,
        Tie,
        Vision,
        Whereabouts,
    )
    from linkworker.schema.plan import Contribution, Goal, InTheWay, LookedFor, Step, Strength
    from linkworker.schema.safety import KeptApart, SafetyStatement
    from linkworker.schema.sharing import Organisation, SharingDecision
    from linkworker.schema.support import SupportEvent, SupportPeriod
    from linkworker.schema.team import AuditEvent, Setting, Worker

VERSION = 1
"""The schema's number: the last migration, and `schema_v` of every operation."""

TABLES = {
    "AboutMe": "people",
    "Address": "people",
    "HouseholdMember": "people",
    "NotWith": "people",
    "Person": "people",
    "Reach": "people",
    "SamePerson": "people",
    "Tie": "people",
    "Vision": "people",
    "Whereabouts": "people",
    "Introduction": "introductions",
    "ReachingAttempt": "introductions",
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
    "SharingDecision": "sharing",
    "Organisation": "sharing",
    "CommunityGroup": "community",
    "CommunityWork": "community",
    "Gap": "community",
    "GapWanted": "community",
    "GroupCheck": "community",
    "GroupSession": "community",
    "Offer": "community",
    "Service": "community",
    "ServicePlace": "community",
    "Volunteer": "community",
    "VolunteerHours": "community",
    "AuditEvent": "team",
    "Setting": "team",
    "Worker": "team",
}
"""Where each table is said."""

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
    "CommunityGroup",
    "CommunityWork",
    "Connection",
    "ConnectionEvent",
    "Contact",
    "Contribution",
    "Gap",
    "GapWanted",
    "Goal",
    "GroupCheck",
    "GroupSession",
    "HouseholdMember",
    "InTheWay",
    "Introduction",
    "KeptApart",
    "LookedFor",
    "NotWith",
    "Note",
    "NoteMark",
    "Offer",
    "Organisation",
    "Person",
    "Reach",
    "ReachingAttempt",
    "SafetyStatement",
    "SamePerson",
    "Service",
    "ServicePlace",
    "Setting",
    "SharingDecision",
    "Step",
    "Strength",
    "SupportEvent",
    "SupportPeriod",
    "Tie",
    "Vision",
    "Volunteer",
    "VolunteerHours",
    "Whereabouts",
    "Worker",
]


def __getattr__(name: str) -> Any:
    if name not in TABLES:
        raise AttributeError(f"linkworker.schema has no table {name}")
    from linkworker.schema.rows import row_class

    table = globals()[name] = row_class(name)  # found without this function from now on
    return table
