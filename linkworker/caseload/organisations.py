"""Whose notes are whose: several organisations may walk with one person (docs/decisions, 0021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkworker.scopes import OUR_TEAM

if TYPE_CHECKING:
    from linkworker.store import ReadTx


def own_organisation(tx: ReadTx) -> str:
    """Return the id of the organisation whose notes are written on this laptop."""
    return str(tx.value("SELECT organisation FROM sync_hub WHERE is_joining = 0") or OUR_TEAM)
