"""Who asks: by the token that a laptop shows, and by its worker's place in the team."""

from __future__ import annotations

import base64
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from linkworker.hub.limits import Limits
from linkworker.hub.members import Laptop, Members
from linkworker.hub.not_in_team import LaptopRemoved, NotEnrolled
from linkworker.hub.roles import NotForThisRole, Right, may

SHORT_TOKEN = 43
"""Letters of a token in base64."""

_BEARER = HTTPBearer(auto_error=False, description="the token that the laptop made")
_Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


def _laptop(request: Request, shown: _Shown) -> Laptop:
    """Return the laptop that asks, by the token that it shows."""
    members: Members = request.app.state.members
    limits: Limits = request.app.state.limits
    try:
        laptop = members.laptop_of(_token(shown))
    except (NotEnrolled, LaptopRemoved):
        limits.stranger_asks(address(request))
        raise
    request.state.worker = laptop.worker
    limits.laptop_asks(laptop.id)
    return laptop


def _token(shown: HTTPAuthorizationCredentials | None) -> bytes:
    """Return the token that is shown, in hexadecimal or, shorter, in base64 for addresses."""
    said = shown.credentials if shown else ""
    try:
        if len(said) == SHORT_TOKEN:
            return base64.b64decode(said + "=", altchars=b"-_", validate=True)
        return bytes.fromhex(said)
    except ValueError:
        raise NotEnrolled from None


def must_know(members: Members, limits: Limits, shown: bytes, come_from: str) -> str:
    """Return the id of the laptop whose token is shown, and refuse who shows none, by the header
    alone: nothing else was looked at yet.

    Raises `NotEnrolled`, `LaptopRemoved`, `TooOften`.
    """
    kind, _, token = shown.decode("ascii", "replace").partition(" ")
    try:
        if kind.lower() != "bearer":
            raise NotEnrolled
        said = HTTPAuthorizationCredentials(scheme=kind, credentials=token)
        return members.laptop_of(_token(said)).id
    except (NotEnrolled, LaptopRemoved):
        limits.stranger_asks(come_from)
        raise


def address(request: Request) -> str:
    """Return where a request came from, "" where that is not known."""
    return request.client.host if request.client else ""


Known = Annotated[Laptop, Depends(_laptop)]
"""A laptop of the team."""


def _lead(who: Known) -> Laptop:
    """Return the laptop that asks, where its worker decides in the team.

    Asked before the question is looked at: the refusal tells nothing. Raises `NotForThisRole`.
    """
    if not may(who.role, Right.DECIDE):
        raise NotForThisRole
    return who


Lead = Annotated[Laptop, Depends(_lead)]
"""A laptop of a team lead."""
