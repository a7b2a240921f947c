"""Every way in which the hub refuses: a status, a name that never changes, and a plain sentence.

A refusal never repeats what was sent, and never tells whether something exists that the asking
laptop may not know of.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from starlette.responses import JSONResponse

from linkworker.cipher import Busy
from linkworker.hub.database import DatabaseAway
from linkworker.hub.leading import AcrossOrganisations, CoverTooLong, NobodyHeld, NothingWaits
from linkworker.hub.limits import TooOften
from linkworker.hub.naming import NameNotGood
from linkworker.hub.not_in_team import (
    InviteNotGood,
    LaptopRemoved,
    NoSuchLaptop,
    NoSuchWorker,
    NotEnrolled,
)
from linkworker.hub.roles import (
    HoldsNobody,
    LastLead,
    NotForOthers,
    NotForThisRole,
    OtherRole,
    StillHolds,
)
from linkworker.hub.same_people import NotOne, NotTwoRecords, OneAlready
from linkworker.oplog.operations import Forked, NotAnOperation


class Refusal(BaseModel):
    """What a laptop is told when the hub refuses."""

    error: str
    """The name of the refusal."""
    message: str
    """The same in a plain sentence."""
    by: str = ""
    """Who removed the laptop, where one was removed."""
    n: int = 0
    """The number from which on a copied laptop differs."""


NAMED = {
    "not-understood": (400, "What was sent is not what the hub understands; nothing was changed."),
    "not-enrolled": (401, "The hub does not know this laptop."),
    "removed": (403, "This laptop was removed from the team."),
    "invite-not-good": (403, "The invite code was used already, is too old, or is another hub's."),
    "not-yours": (403, "Your place in the team does not allow that."),
    "nothing-here": (404, "There is nothing here."),
    "not-that-way": (405, "That is not asked in this way."),
    "copied": (409, "These records are a copy of others in use: ask for a device id of your own."),
    "reports-only": (409, "That member of the team has reports only, and holds nobody."),
    "still-holds": (409, "That member holds people; give them to a colleague first."),
    "last-lead": (409, "Nobody else leads this team."),
    "other-role": (409, "Somebody of that name is in the team, and is something else."),
    "other-organisation": (409, "That would cross from one organisation to another."),
    "cover-too-long": (409, "A cover ends on a day to come, within a year."),
    "one-already": (409, "These two records were joined before."),
    "not-one": (409, "These two records are not joined."),
    "too-large": (413, "That is more than the hub takes at once; nothing was changed."),
    "too-often": (429, "That is asked too often; ask again after the time in Retry-After."),
    "fault": (500, "Something went wrong in the hub; ask again later."),
    "busy": (503, "The hub is busy; ask again in a moment."),
}
"""Every refusal by name: its status and its sentence."""


class TooLarge(Exception):
    """More came than is taken at once."""


BUSY_SECONDS = 2
"""After how long it is worth asking a busy hub again."""

_RETRY_AFTER = {
    "Retry-After": {
        "description": "seconds after which to ask again",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}


def refusal(name: str, wait_seconds: int = BUSY_SECONDS, **more: Any) -> JSONResponse:
    """Return a refusal as an answer."""
    status, message = NAMED[name]
    told = Refusal(error=name, message=message, **more)
    headers = {"Retry-After": str(wait_seconds)} if status in (429, 503) else None
    return JSONResponse(told.model_dump(), status, headers)


def refusal_of(error: Exception) -> JSONResponse:
    """Return the refusal that an error is, `fault` for any that nobody foresaw."""
    match error:
        case NotAnOperation() | NameNotGood():
            return refusal("not-understood")
        case NotEnrolled():
            return refusal("not-enrolled")
        case LaptopRemoved():
            return refusal("removed", by=error.by)
        case InviteNotGood():
            return refusal("invite-not-good")
        case NotForThisRole():
            return refusal("not-yours")
        case NobodyHeld() | NoSuchWorker() | NoSuchLaptop() | NothingWaits() | NotTwoRecords():
            return refusal("nothing-here")
        case HoldsNobody():
            return refusal("reports-only")
        case StillHolds():
            return refusal("still-holds")
        case LastLead():
            return refusal("last-lead")
        case OtherRole():
            return refusal("other-role")
        case AcrossOrganisations() | NotForOthers():
            return refusal("other-organisation")
        case CoverTooLong():
            return refusal("cover-too-long")
        case OneAlready():
            return refusal("one-already")
        case NotOne():
            return refusal("not-one")
        case Forked():
            return refusal("copied", n=error.n)
        case TooLarge():
            return refusal("too-large")
        case TooOften():
            return refusal("too-often", error.wait_seconds)
        case Busy() | DatabaseAway():
            return refusal("busy")
    return refusal("fault")


def documented(*names: str) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of the refusals that a call may answer with."""
    found: dict[int | str, dict[str, Any]] = {}
    for name in (*names, "not-understood", "too-large", "too-often", "busy", "fault"):
        status, message = NAMED[name]
        before = found.get(status, {}).get("description")
        said = f"{name}: {message}"
        found[status] = {"model": Refusal, "description": f"{before} {said}" if before else said}
        if status in (429, 503):
            found[status]["headers"] = _RETRY_AFTER
    return found
