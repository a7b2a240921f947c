"""Whose notes are whose: several organisations may walk with one person (docs/decisions, 0021)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from linkworker.scopes import OUR_TEAM

if TYPE_CHECKING:
    from linkworker.store import ReadTx


def own_organisation(tx: ReadTx) -> str:
    """Return the id of the organisation whose notes are written on this laptop."""
    return str(tx.value("SELECT organisation FROM sync_hub WHERE is_joining = 0") or OUR_TEAM)


_OF_OTHERS = """SELECT x.id, coalesce(nullif(o.name, ''), 'another organisation')
    FROM ({rows}) x LEFT JOIN organisation o ON o.id = x.organisation
    WHERE x.organisation <> ?2"""
_ROWS = " UNION ALL ".join(
    f"SELECT id, organisation FROM {table} WHERE id IN (SELECT value FROM json_each(?1))"
    for table in ("note", "contact")
)


def of_others(tx: ReadTx, ids: Iterable[str]) -> dict[str, str]:
    """Return what other organisations are called by the ids of those notes and contacts that they
    wrote; empty where all are our own."""
    if tx.value("SELECT 1 FROM organisation LIMIT 1") is None:
        return {}
    asked = (json.dumps(sorted(set(ids))), own_organisation(tx))
    return {str(id_): str(name) for id_, name in tx.rows(_OF_OTHERS.format(rows=_ROWS), asked)}
