"""What came by the front door, taken into a record: an introduction begins one (decision 25)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from linkworker.caseload import introductions
from linkworker.rules.introduced import Introduced
from linkworker.rules.numbers import gb_phone, is_mobile, nhs_number, postcode

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

A_PARTNER = "from a service's system"
"""How it came that a partner's system sent."""

FIRST_BIRTH = date(1900, 1, 1)

BECAME: Mapping[str, str] = {
    "": "received",
    "accepted": "in touch",
    "already known": "in touch",
    "declined": "declined",
    "could not reach": "closed",
    "not right here": "closed",
}
"""What a partner is told, by what became of an introduction."""


def own_areas(tx: ReadTx) -> list[str]:
    """Return the parts of the patch that this laptop's worker walks, as they typed them."""
    patch = str(tx.value("SELECT patch FROM worker WHERE id = ?", (tx.worker_id,)) or "")
    parts = patch.replace(";", ",").replace("\n", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def is_here(tx: ReadTx, arrived: str) -> bool:
    """Say whether an introduction was taken in here already, by what it was called at the door."""
    return tx.value("SELECT 1 FROM introduction WHERE arrived = ?", (arrived,)) is not None


def take_in(tx: WriteTx, arrived: str, came_at: datetime, said: Introduced) -> str:
    """Begin a record with what came by the front door; return the person's id.

    Nothing that was said is believed further than it goes: a telephone number is one that was
    given, and that a partner hears what becomes of it is for the person to agree to.
    """
    number, where = nhs_number(said.nhs_number), postcode(said.place)
    who = {
        "called": said.called,
        "place": said.place,
        "born": _birth(said.born, tx.today),
        "nhs_number": number.value if number.good else "",
    }
    reach = {"kind": _kind(said.reach), "value": said.reach, "remark": said.safe_to_reach}
    person, _ = introductions.take_down(
        tx,
        {name: value for name, value in who.items() if value},
        came_at=min(came_at, tx.now),  # the front door's clock may be ahead
        reaches=(reach,) if said.reach else (),
        address={"kind": "home", "postcode": where.value} if where.good else None,
        how=said.how,
        arrived=arrived,
        by_name=said.by_name,
        by_role=said.by_role,
        by_organisation=said.by_organisation,
        by_organisation_code=said.by_organisation_code,
        by_contact=said.by_contact,
        their_reason="" if said.who == "myself" else said.reason,
        own_reason=said.reason if said.who == "myself" else said.own_reason,
        knows="yes" if said.who == "myself" else said.knows,
        agreed_to=said.agreed_to,
        urgency=said.urgency,
        safe_to_reach=said.safe_to_reach,
        answer_to=said.by_organisation if said.how == A_PARTNER else "",
    )
    return person


def may_be_told(tx: ReadTx) -> dict[str, tuple[str, str]]:
    """Return what a partner may be told of what came by the front door, and the person in whose
    record it stands, by its id there.

    "" where the person did not agree, or took that back: the partner is then told nothing.
    """
    return {
        str(arrived): (BECAME.get(str(outcome), "received") if agreed else "", str(person))
        for arrived, outcome, agreed, person in tx.rows(
            "SELECT arrived, outcome, may_answer, person_id FROM introduction "
            "WHERE arrived <> '' AND how = ? AND hidden_at IS NULL ORDER BY arrived",
            (A_PARTNER,),
        )
    }


def _kind(reach: str) -> str:
    if "@" in reach:
        return "e-mail"
    phone = gb_phone(reach)
    return "mobile" if is_mobile(phone.value) or not phone.good else "home phone"


def _birth(said: str, today: date) -> date | None:
    """Return a day on which somebody who lives can have been born, None for any other words."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if FIRST_BIRTH <= day <= today else None
