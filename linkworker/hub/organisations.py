"""The organisations of a hub: the team's own, and those whose workers walk with people besides."""

from __future__ import annotations

from typing import Any

from linkworker.hub import audit
from linkworker.hub.holding import TEAM
from linkworker.hub.naming import checked_name
from linkworker.hub.own_writes import OwnWrites
from linkworker.refusal import Refused
from linkworker.scopes import OUR_TEAM
from linkworker.text import folded, one_line

TABLE = "organisation"


class NoSuchOrganisation(Refused):
    """An organisation that has nobody here."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "No organisation of that name is here.",
            "'linkworker hub status' lists the team and its organisations.",
        )


def names(tx: Any) -> dict[str, str]:
    """Return what each organisation is called, by its id; the team's own is called as the hub."""
    our = tx.value("SELECT value FROM hub_meta WHERE name = 'name'", ())
    others = tx.rows("SELECT id, name FROM hub_organisation ORDER BY name", ())
    return {OUR_TEAM: str(our or ""), **dict(others)}


def called(tx: Any, name: str) -> str:
    """Return the id of the organisation of that name. Raises `NoSuchOrganisation`."""
    found = [one for one, its in names(tx).items() if its and folded(its) == folded(name)]
    if len(found) != 1:
        raise NoSuchOrganisation
    return found[0]


def added(itself: OwnWrites, tx: Any, name: str, by: str) -> str:
    """Return the id of an organisation, which is made where nobody of it was invited yet.

    Every laptop is told what it is called: whose a note is stands beside it. Raises `NameNotGood`.
    """
    name = checked_name(name)
    try:
        return called(tx, name)
    except NoSuchOrganisation:
        known = names(tx)
    if len(known) == 1 and known[OUR_TEAM]:
        itself.put(tx, TEAM, TABLE, OUR_TEAM, name=one_line(known[OUR_TEAM]))
    new_id = itself.put(tx, TEAM, TABLE, name=name)
    tx.execute("INSERT INTO hub_organisation (id, name) VALUES (?, ?)", (new_id, name))
    audit.add(tx, itself.now_ms(), by, "let in an organisation", new_id)
    return new_id
