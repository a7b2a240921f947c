"""What a partner's system sends and is answered, as the OpenAPI document describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from linkworker.rules.introduced import MOST, MOST_LINE

_Line = Annotated[str, Field(max_length=MOST_LINE)]
_Safe = Literal["not said", "yes", "no", "not sure"]


class Said(BaseModel):
    """An introduction as plain JSON: a reason, and a way to reach the person or whoever writes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    who: Literal["myself", "somebody else"] = "somebody else"
    called: _Line = ""
    reach: Annotated[str, Field(max_length=MOST["reach"])] = ""
    place: _Line = ""
    born: _Line = ""
    nhs_number: _Line = ""
    reason: Annotated[str, Field(min_length=1, max_length=MOST["reason"])]
    own_reason: Annotated[str, Field(max_length=MOST["own_reason"])] = ""
    knows: Literal["not said", "yes", "no"] = "not said"
    agreed_to: Annotated[str, Field(max_length=MOST["agreed_to"])] = ""
    urgency: Literal["", "this week", "today"] = ""
    safe_ring: _Safe = "not said"
    safe_text: _Safe = "not said"
    safe_write: _Safe = "not said"
    safe_words: Annotated[str, Field(max_length=MOST["safe_words"])] = ""
    by_name: _Line = ""
    by_role: _Line = ""
    by_organisation: _Line = ""
    by_organisation_code: _Line = ""
    by_contact: Annotated[str, Field(max_length=MOST["by_contact"])] = ""


class Taken(BaseModel):
    """What was taken in, and how it is called when it is asked about."""

    id: str
    message: str


class State(BaseModel):
    """What became of an introduction, where the person agreed that the partner is told."""

    state: Literal["received", "in touch", "declined", "closed"]


class Refusal(BaseModel):
    """Why nothing was taken in. It never repeats what was sent."""

    error: str
    """The name of the refusal."""
    message: str
    fields: dict[str, str] = {}
    """What is wrong, by field."""


NAMED = {
    "not-understood": (400, "That is not an introduction as this document describes it."),
    "not-known": (401, "That key is not known here. Ask the team's lead for one."),
    "nothing-here": (404, "There is nothing here that you may be told."),
    "not-that-way": (405, "That is not asked in this way."),
    "too-large": (413, "That is more than is taken at once; nothing was kept."),
    "too-often": (429, "That is more than is taken at once; try again after Retry-After."),
    "fault": (500, "Something went wrong; nothing was kept. Try again later."),
}
"""Every refusal by name: its status and its sentence."""

_RETRY = {
    "Retry-After": {
        "description": "seconds after which to try again",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}

FHIR_BODY: dict[str, Any] = {
    "type": "object",
    "description": "FHIR R4: a Bundle with one ServiceRequest and its Patient, or a "
    "ServiceRequest that contains its Patient",
    "required": ["resourceType"],
    "properties": {"resourceType": {"enum": ["Bundle", "ServiceRequest"]}},
}


def documented(*names: str) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of the refusals that a call may answer with."""
    found: dict[int | str, dict[str, Any]] = {}
    for name in (*names, "not-known", "too-large", "too-often", "fault"):
        status, message = NAMED[name]
        found[status] = {"model": Refusal, "description": f"{name}: {message}"}
        if status == 429:
            found[status]["headers"] = _RETRY
    return found
