"""Writing what is the team's: as `writing` does for a person's record, with no person in it.

Every free text is looked at first: no name of anybody who is supported, and no way to reach them
(`names_nobody`). A subject says which of its fields are of others: `told_of_others` of people who
have no record (who to ask for), `says_where` of places (a group has a public number
and an address), `says_who` of people who are named to the team (a volunteer).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload.names_nobody import need_to_name_nobody
from linkworker.caseload.writing import NotFound, Subject, check_all

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx


@dataclass(frozen=True)
class TeamSubject(Subject):
    """One kind of record of the team, and what is not looked for in some of its fields."""

    told_of_others: frozenset[str] = frozenset()
    """Nothing is looked for."""
    says_where: frozenset[str] = frozenset()
    """A number, an e-mail address or a postcode may stand there, and no supported person's name."""
    says_who: frozenset[str] = frozenset()
    """Names may stand there, and nothing by which somebody is reached."""


def add_row(tx: WriteTx, subject: TeamSubject, values: Mapping[str, Any]) -> str:
    """Add a row of the team's; return its id. Raises `NamesSomebody`, and as `check_all`."""
    kept = check_all(subject, values)
    _names_nobody(tx, subject, kept)
    return str(tx.add(getattr(schema, subject.model)(**kept)).id)


def correct_row(tx: WriteTx, subject: TeamSubject, row_id: str, values: Mapping[str, Any]) -> None:
    """Change a row of the team's. Raises `NotFound`, `NamesSomebody`, and as `check_all`."""
    need_team_row(tx, subject, row_id)
    kept = check_all(subject, values)
    _names_nobody(tx, subject, kept)
    if kept:
        tx.change(getattr(schema, subject.model), row_id, **kept)


def remove_row(tx: WriteTx, subject: TeamSubject, row_id: str) -> None:
    """Take a row of the team's away; undo brings it back. Raises `NotFound`."""
    need_team_row(tx, subject, row_id)
    tx.hide(getattr(schema, subject.model), row_id)


def need_team_row(tx: ReadTx, subject: TeamSubject, row_id: str) -> None:
    """Refuse a row that is not there."""
    sql = f"SELECT 1 FROM {subject.table} WHERE id = ? AND hidden_at IS NULL"
    if tx.value(sql, (row_id,)) is None:
        raise NotFound(
            f"Nothing was changed about {subject.said}.",
            "It is not there: it was removed, or never was.",
            "Look at the list again and choose from what stands there.",
        )


def _names_nobody(tx: ReadTx, subject: TeamSubject, kept: Mapping[str, Any]) -> None:
    for name, value in kept.items():
        if name in subject.told_of_others or name.endswith("_id"):
            continue
        for words in value if isinstance(value, list) else [value]:
            if isinstance(words, str) and words:
                need_to_name_nobody(
                    tx,
                    words,
                    names=name not in subject.says_who,
                    where=name not in subject.says_where,
                )
