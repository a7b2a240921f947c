"""A lead's calls about two records that may be one person's: what is told of them, and decided.

Told are fields by name and who holds each, and of whom the lead does not hold the initials: over
the network goes no name and no value. Whoever holds somebody has both on their own laptop.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from linkworker.hub.house import Hub
from linkworker.hub.http import asking_to_lead as saying
from linkworker.hub.http.knowing import Lead
from linkworker.hub.http.refusing import documented
from linkworker.hub.merging import ONE_PERSON, TWO_PEOPLE
from linkworker.hub.same_people import Pair, Side

_ALWAYS = ("not-enrolled", "removed", "not-yours")


def add_calls(app: FastAPI, hub: Hub) -> None:
    """Add the calls to the app."""
    pairs = hub.same_people
    two_records = documented(*_ALWAYS, "nothing-here", "one-already")

    @app.post("/v1/lead/same", response_model=saying.SameAnswer, responses=documented(*_ALWAYS))
    def same(who: Lead) -> dict[str, Any]:
        """Say who may be the same person, and of whom that was decided."""
        return {
            what: [_told(pair) for pair in pairs.same_people(who.worker, decided=decided)]
            for what, decided in (("waiting", False), ("decided", True))
        }

    @app.post("/v1/lead/same-as", response_model=saying.SameDecidedAnswer, responses=two_records)
    def same_as(asked: saying.SameRequest, who: Lead) -> dict[str, Any]:
        """Join two records of one person; the first stands for both from then on."""
        pairs.same_as(asked.one, asked.other, who.worker, asked.reason)
        return {"state": ONE_PERSON}

    @app.post("/v1/lead/not-same", response_model=saying.SameDecidedAnswer, responses=two_records)
    def not_same(asked: saying.SameRequest, who: Lead) -> dict[str, Any]:
        """Say that two are two people, until something that tells who either is changes."""
        pairs.not_same(asked.one, asked.other, who.worker, asked.reason)
        return {"state": TWO_PEOPLE}

    @app.post(
        "/v1/lead/apart",
        response_model=saying.SameDecidedAnswer,
        responses=documented(*_ALWAYS, "not-one"),
    )
    def apart(asked: saying.SameRequest, who: Lead) -> dict[str, Any]:
        """Part two joined records again; every line stays where it was written."""
        pairs.apart(asked.one, asked.other, who.worker, asked.reason)
        return {"state": TWO_PEOPLE}


def _told(pair: Pair) -> dict[str, Any]:
    return {
        "one": _side(pair.one),
        "other": _side(pair.other),
        "state": pair.state,
        "certain": pair.certain,
        "agrees": list(pair.agrees),
        "differs": list(pair.differs),
        "only_one": list(pair.only_one),
        "decided_at": pair.decided_at,
        "decided_by": pair.decided_by,
        "reason": pair.reason,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "person": side.person,
        "holders": list(side.holders),
        "initials": "" if side.held else side.name,
    }
