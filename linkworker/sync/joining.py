"""Joining a team: the invite code, the hub known by its fingerprint, then the secret.

The fingerprint of the hub's own authority is checked before anything secret is said, and from then
on only that authority is trusted. Cut off at any point, it can be done again with the same code.
"""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from linkworker.caseload import worker
from linkworker.refusal import Refused
from linkworker.rules.invite import read_invite, secret_hash
from linkworker.scopes import OUR_TEAM, is_organisation
from linkworker.store import Store
from linkworker.sync.reaching import Line, is_this_machine
from linkworker.sync.refusals import LookedInto, NotReached
from linkworker.text import one_line, shorten


class NoAddress(Refused):
    """Neither the code nor anybody said where the hub is."""

    def __init__(self) -> None:
        super().__init__(
            "This laptop did not join the team.",
            "The code does not say where the hub is.",
            "Give its address too: --hub https://…",
        )


@dataclass(frozen=True)
class Team:
    """The team that was joined."""

    hub: str
    name: str
    """Who this laptop's worker is there."""
    role: str


def join(store: Store, code: str, url: str = "", laptop: str = "") -> Team:
    """Join the team that an invite code is for; `url` is where its hub is, if the code says not.

    Raises `NotAnInvite`, `NoAddress`, `NotAnAddress`, `NotReached`, `MadeUpOnly`.
    """
    store.refuse_made_up()
    invite = read_invite(code)
    if not (url or invite.url):
        raise NoAddress
    url, authority = _known(url or invite.url, invite.fingerprint)
    token = store.belonging.begin(url, authority, secret_hash(invite.secret))
    line = Line(url, authority, clock=store.clock)
    try:
        said = line.post(
            "/v1/join",
            {
                "secret": invite.secret.hex(),
                "token": token.hex(),
                "dev": store.replica().device(),
                "worker_id": store.worker_id,
                "laptop": one_line(laptop),
            },
        )
    finally:
        line.close()
    worker_id = _text(said, "worker_id")
    if worker_id != store.worker_id:
        _become(store, worker_id)
    team = Team(_text(said, "hub"), _text(said, "name"), _text(said, "role"))
    organisation = said.get("organisation", OUR_TEAM)  # a hub of an older release says none
    if not (isinstance(organisation, str) and is_organisation(organisation)):
        raise NotReached("The hub did not say whose notes are written here.")
    store.belonging.joined(team.hub, team.role, organisation)
    return team


def _known(url: str, fingerprint: bytes) -> tuple[str, str]:
    """Return where the hub is and its authority, known by the fingerprint of the invite."""
    try:
        return url, _authority(url, fingerprint)
    except NotReached:
        parts = urlsplit(url)
        if parts.scheme != "http" or not is_this_machine(parts.hostname or ""):
            raise
    safe = parts._replace(scheme="https").geturl()  # on this machine it may be served either way
    return safe, _authority(safe, fingerprint)


def _authority(url: str, fingerprint: bytes) -> str:
    line = Line(url, None)
    try:
        said = line.get("/v1/hub")
    finally:
        line.close()
    authority = said.get("authority") if isinstance(said, dict) else None
    try:
        known = ssl.PEM_cert_to_DER_cert(authority if isinstance(authority, str) else "")
    except ValueError:
        raise LookedInto from None
    if hashlib.sha256(known).digest() != fingerprint:
        raise LookedInto
    # Never the text itself: reading ends at the first padding, and behind it a second authority
    # could stand, which would be trusted too.
    return ssl.DER_cert_to_PEM_cert(known)


def _become(store: Store, worker_id: str) -> None:
    """Go on as the worker that one is on one's other laptops."""
    with store.write("joined the team as on another laptop", quiet=True) as tx:
        worker.hand_own_over(tx, worker_id)
    store.belonging.worker_is(worker_id)
    store.worker_id = worker_id


def _text(said: Any, field: str) -> str:
    value = said.get(field) if isinstance(said, dict) else None
    if not isinstance(value, str):
        raise NotReached("The hub did not say who this laptop's worker is.")
    return shorten(one_line(value), 200)
