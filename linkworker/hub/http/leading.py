"""A lead's calls: the same acts as on the hub's own machine, for whoever decides in the team.

Whoever may not is refused before anything is looked at, so that the refusal tells nothing. The
audit has each with the lead's id.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from linkworker.hub import leading, team
from linkworker.hub.house import Hub
from linkworker.hub.http import asking_to_lead as saying
from linkworker.hub.http.knowing import Lead
from linkworker.hub.http.refusing import documented
from linkworker.hub.leading import LONGEST_COVER_MS, CoverTooLong, NobodyHeld

_ALWAYS = ("not-enrolled", "removed", "not-yours")


def add_calls(app: FastAPI, hub: Hub) -> None:
    """Add the calls to the app."""
    ledger, members = hub.ledger, hub.members
    nobody = documented(*_ALWAYS, "nothing-here")
    to_whom = documented(*_ALWAYS, "nothing-here", "reports-only", "other-organisation")

    @app.post("/v1/lead/team", response_model=saying.TeamAnswer, responses=documented(*_ALWAYS))
    def team_(who: Lead) -> dict[str, Any]:
        """Say who is in the team, with which laptops, how many people each holds, what waits."""
        found = team.team(hub.database, hub.now_ms())
        rows = [
            {**vars(one), "laptops": [vars(own) for own in one.laptops]} for one in found.members
        ]
        return {**vars(found), "members": rows, "me": who.worker, "this_laptop": who.id}

    @app.post("/v1/lead/people", response_model=saying.PeopleAnswer, responses=nobody)
    def people(asked: saying.PeopleRequest, who: Lead) -> dict[str, Any]:
        """Say by id whom a member holds, or whom nobody holds."""
        worker = members.worker_called(asked.worker) if asked.worker else ""
        return {"people": [vars(one) for one in team.people(hub.database, worker, hub.now_ms())]}

    @app.post(
        "/v1/lead/cover",
        response_model=saying.DecidedAnswer,
        responses=documented(
            *_ALWAYS, "nothing-here", "reports-only", "cover-too-long", "other-organisation"
        ),
    )
    def cover(asked: saying.CoverRequest, who: Lead) -> dict[str, Any]:
        """Let a member hold somebody too, until an instant: then it ends by itself."""
        now = hub.now_ms()
        if not now < asked.until <= now + LONGEST_COVER_MS:
            raise CoverTooLong
        return {
            "people": leading.cover(
                ledger,
                members,
                asked.whom,
                asked.by,
                asked.until,
                asked.reason,
                who.worker,
                kept_apart=asked.kept_apart,
            )
        }

    @app.post("/v1/lead/hand-over", response_model=saying.DecidedAnswer, responses=to_whom)
    def hand_over(asked: saying.HandOverRequest, who: Lead) -> dict[str, Any]:
        """Give somebody to a member; nobody else holds them then."""
        return {
            "people": leading.hand_over(
                ledger, members, asked.whom, asked.to, asked.reason, who.worker
            )
        }

    @app.post(
        "/v1/lead/leaver",
        response_model=saying.LeaverAnswer,
        responses=documented(*_ALWAYS, "nothing-here", "last-lead"),
    )
    def leaver(asked: saying.WorkerRequest, who: Lead) -> dict[str, Any]:
        """Take everybody from a member who leaves; their laptops send what they have first."""
        return {"held_by_nobody": leading.leaver(ledger, members, asked.worker, who.worker)}

    @app.post("/v1/lead/lost", response_model=saying.LostAnswer, responses=nobody)
    def lost(asked: saying.LostRequest, who: Lead) -> dict[str, Any]:
        """Hear no more of a laptop, at once."""
        if asked.laptop == who.id:
            raise NobodyHeld  # the laptop that asks is not lost
        members.remove(asked.laptop, members.names()[who.worker], who.worker)
        return {"removed": asked.laptop}

    @app.post(
        "/v1/lead/invite",
        response_model=saying.InviteAnswer,
        responses=documented(*_ALWAYS, "other-role"),
    )
    def invite(asked: saying.InviteRequest, who: Lead) -> dict[str, Any]:
        """Invite a colleague, or another laptop of theirs; the code is said once, here."""
        return {"code": hub.invite(asked.name, asked.role, who.worker)}

    @app.post(
        "/v1/lead/role",
        response_model=saying.RoleAnswer,
        responses=documented(
            *_ALWAYS, "nothing-here", "still-holds", "last-lead", "other-organisation"
        ),
    )
    def role(asked: saying.RoleRequest, who: Lead) -> dict[str, Any]:
        """Give a member another role, from their next call on."""
        members.change_role(members.worker_called(asked.worker), asked.role, who.worker)
        return {"role": asked.role}

    @app.post(
        "/v1/lead/waiting", response_model=saying.WaitingAnswer, responses=documented(*_ALWAYS)
    )
    def waiting(who: Lead) -> dict[str, Any]:
        """Say what waits for a lead, by person and sender; never what it says."""
        found = leading.waiting(ledger, members)
        rows = [
            {**vars(one), "holders": list(one.holders), "parts": list(one.parts)} for one in found
        ]
        return {"waiting": rows}

    @app.post("/v1/lead/let-in", response_model=saying.LetInAnswer, responses=nobody)
    def let_in(asked: saying.LetInRequest, who: Lead) -> dict[str, Any]:
        """Let what waits about a person into their record, for whoever holds them."""
        return {"let_in": leading.let_in(ledger, members, asked.person, who.worker)}
