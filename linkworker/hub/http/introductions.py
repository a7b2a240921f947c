"""The calls by which a laptop takes in what came by the front door.

They are for whoever holds people; what is given is sealed, and the hub cannot read it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from linkworker.hub.house import Hub
from linkworker.hub.http.knowing import Known
from linkworker.hub.http.refusing import documented
from linkworker.hub.http.saying import Words
from linkworker.oplog.operations import NotAnOperation
from linkworker.sealing import is_public

_Id = Annotated[str, Field(pattern="^[0-9A-Za-z-]{1,40}$")]
_ALWAYS = ("not-enrolled", "removed", "not-yours")
MOST = 100
"""Introductions that are spoken of at once."""


class TakeRequest(BaseModel):
    """The public half of the laptop's key, and the areas that its worker walks."""

    model_config = ConfigDict(strict=True)

    key: Annotated[str, Field(pattern="^[A-Za-z0-9+/]{43}=$")]
    areas: Annotated[list[Words], Field(max_length=MOST)]


class TakeAnswer(BaseModel):
    """What the laptop may take in, each sealed to its key."""

    introductions: list[dict[str, Any]]


class TakenRequest(BaseModel):
    """What stands in the laptop's records now, and what it could not read."""

    model_config = ConfigDict(strict=True)

    ids: Annotated[list[_Id], Field(max_length=MOST)]
    unreadable: Annotated[list[_Id], Field(max_length=MOST)]


class TakenAnswer(BaseModel):
    """How many were taken."""

    taken: int


class Became(BaseModel):
    """What a partner may be told of an introduction of theirs; "" for nothing."""

    model_config = ConfigDict(strict=True)

    id: _Id
    person: _Id
    """In whose record it stands."""
    state: Literal["", "received", "in touch", "declined", "closed"]


class BecameRequest(BaseModel):
    """What partners may be told, where the person agreed."""

    model_config = ConfigDict(strict=True)

    became: Annotated[list[Became], Field(max_length=MOST)]


class BecameAnswer(BaseModel):
    """Of which it was noted: of those alone whose record the laptop's worker holds."""

    said: list[str]


def add_calls(app: FastAPI, hub: Hub) -> None:
    """Add the calls to the app."""
    door = hub.introductions

    @app.post("/v1/introductions/take", response_model=TakeAnswer, responses=documented(*_ALWAYS))
    def take(asked: TakeRequest, who: Known) -> dict[str, Any]:
        """Give what waits, for a day to this laptop alone."""
        if not is_public(asked.key):
            raise NotAnOperation("key")
        given = door.take(who, asked.key, asked.areas)
        return {"introductions": [one.to_wire() for one in given]}

    @app.post("/v1/introductions/taken", response_model=TakenAnswer, responses=documented(*_ALWAYS))
    def taken(asked: TakenRequest, who: Known) -> dict[str, Any]:
        """Hear what stands in the records now: it is gone here."""
        return {"taken": door.taken(who, asked.ids, asked.unreadable)}

    @app.post(
        "/v1/introductions/became", response_model=BecameAnswer, responses=documented(*_ALWAYS)
    )
    def became(asked: BecameRequest, who: Known) -> dict[str, Any]:
        """Hear what partners may be told."""
        return {"said": door.became(who, [(one.id, one.state, one.person) for one in asked.became])}
