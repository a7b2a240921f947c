"""The form of the hub's tables: which one this release has, and how an older one is brought to it.

Both databases count their forms alike. On SQLite the number is in the file itself, and an older
file is brought on when it is opened, whole or not at all. On PostgreSQL Alembic keeps it, and the
owner of the tables brings them on (`linkworker hub upgrade`): the role that the hub works under may
not. A form that a release has carried is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from linkworker.refusal import Refused

FORM = 2
"""The form of the tables of this release; Alembic's last revision has the same number."""

STEPS: Mapping[int, Sequence[str]] = {
    2: (
        "ALTER TABLE hub_laptop ADD COLUMN seals_to TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE hub_introduction (
            id TEXT PRIMARY KEY,
            came_at BIGINT NOT NULL,
            area TEXT NOT NULL,
            partner TEXT NOT NULL,
            sealed TEXT NOT NULL,
            offered_to TEXT NOT NULL DEFAULT '',
            offered_at BIGINT NOT NULL DEFAULT 0,
            taken_at BIGINT,
            broken BIGINT NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT ''
        )""",
        "CREATE INDEX hub_introduction_waits ON hub_introduction (came_at) WHERE taken_at IS NULL",
        """CREATE TABLE hub_partner (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            key_hash TEXT NOT NULL UNIQUE,
            since BIGINT NOT NULL,
            ended_at BIGINT
        )""",
    ),
}
"""For each form after the first the statements that bring an SQLite file to it from the one before;
beside each stands a revision in `hub/migrations/versions`, which does the same on PostgreSQL."""


class OfANewerRelease(Refused):
    """The tables are of a form that this release does not know."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was opened, and nothing changed.",
            "These records of a hub were made by a newer release of linkworker.",
            "Install that release, or a newer one, and try again.",
        )


class OfAnOlderRelease(Refused):
    """The tables are of an older form, and their owner has not brought them on."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not opened, and nothing changed.",
            "The tables in its database are of an older release of linkworker.",
            "Stop each 'linkworker hub serve', then type 'linkworker hub upgrade --database URL' "
            "with the address of the tables' owner.",
        )


def tables_sql() -> list[str]:
    """Return the statements that make the tables of this release on SQLite."""
    script = files("linkworker.hub").joinpath("tables.sql").read_text(encoding="utf-8")
    return [statement.strip() for statement in script.split(";\n") if statement.strip()]


def form_of(connection: Any) -> int:
    """Return the form of an SQLite file's tables, 0 where there are none.

    Raises `OfANewerRelease`.
    """
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form > FORM:
        raise OfANewerRelease
    return int(form)


def bring_on(connection: Any) -> None:
    """Make the tables of an SQLite file, or bring older ones to this form, whole or not at all.

    Raises `OfANewerRelease`.
    """
    if form_of(connection) == FORM:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        form = form_of(connection)  # another program may have been here just now
        if not form:
            for statement in tables_sql():
                connection.execute(statement)
        else:
            for number in range(form + 1, FORM + 1):
                for statement in STEPS[number]:
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORM:d}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def check_revision(said: str) -> None:
    """Refuse a PostgreSQL database whose tables are not of this release, by Alembic's revision.

    Raises `OfANewerRelease` and `OfAnOlderRelease`.
    """
    form = int(said)
    if form > FORM:
        raise OfANewerRelease
    if form < FORM:
        raise OfAnOlderRelease
