"""Lists over everybody: whoever has several records stands in them under one name.

A row stays on the record on which it was written; only how its person is called is another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from linkworker.caseload.reading import NAME, Named, rows

if TYPE_CHECKING:
    from linkworker.store import ReadTx

OfPerson = TypeVar("OfPerson", bound=Named)


def records(tx: ReadTx) -> dict[str, tuple[str, ...]]:
    """Return for everybody who has several records here all of them, the shown one first."""
    if tx.value("SELECT 1 FROM same_person WHERE hidden_at IS NULL LIMIT 1") is None:
        return {}
    from linkworker.caseload.entered_twice import groups

    return groups(tx)


def shown_as(tx: ReadTx) -> dict[str, Named]:
    """Return for each record for which another stands the one that does, with its name."""
    heads = {person: together[0] for person, together in records(tx).items()}
    names = {
        head: rows(tx, Named, f"SELECT {NAME} FROM person p WHERE p.id = ?", (head,))[0]
        for head in set(heads.values())
    }
    return {person: names[head] for person, head in heads.items() if person != head}


def under_one_name(shown: Mapping[str, Named], found: Sequence[OfPerson]) -> list[OfPerson]:
    """Return rows about people, each under the name by which `shown_as` has them."""
    if not shown:
        return list(found)
    named = []
    for one in found:
        by = shown.get(one.person_id, one)
        names = {"called": by.called, "given": by.given, "family": by.family}
        named.append(replace(one, description=by.description, **names))
    return named
