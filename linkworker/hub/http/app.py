"""The hub's calls. Each is one transaction of the ledger or the team; none keeps anything between.

`GET /v1/hub` and `POST /v1/join` are for everybody; all others for a laptop that shows its token.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlcipher3 import dbapi2
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from linkworker import cipher
from linkworker.hub.audit import Audit
from linkworker.hub.database import DatabaseAway
from linkworker.hub.finding import Caller
from linkworker.hub.house import Hub
from linkworker.hub.http import introductions, leading, same_people, saying
from linkworker.hub.http.carrying import PROTOCOL, Carrying
from linkworker.hub.http.knowing import Known, address, must_know
from linkworker.hub.http.refusing import documented, refusal, refusal_of
from linkworker.hub.limits import Limits
from linkworker.hub.members import Asked
from linkworker.hub.not_in_team import InviteNotGood
from linkworker.hub.team import laptops_called
from linkworker.oplog.operations import NotAnOperation, from_wire
from linkworker.oplog.wire import (
    answer_to_wire,
    asked_in_full,
    claims_from_wire,
    forgotten_to_wire,
    greeting_to_wire,
    offer_from_wire,
    pulled_to_wire,
    question_from_wire,
    taken_to_wire,
)
from linkworker.refusal import Refused
from linkworker.rules.places import LEFT

LARGEST_PAGE = 2 * 1024 * 1024
"""Bytes of operations that a laptop may ask for at once."""


def make_app(hub: Hub, report: Callable[[Exception], None], limits: Limits) -> ASGIApp:
    """Return the hub as an ASGI app; `report` hears of a fault that nobody foresaw."""
    app = _described(hub, limits)
    app.add_exception_handler(Refused, partial(_noted, hub.audit))
    app.add_exception_handler(dbapi2.Error, _database_refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(Exception, _refused)  # and reported, by `Carrying`
    return Carrying(app, report, partial(must_know, hub.members, limits))


def _described(hub: Hub, limits: Limits) -> FastAPI:
    """Return the calls, each with every status that it may answer with."""
    app = FastAPI(
        title="linkworker hub",
        version=PROTOCOL,
        description=__doc__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/v1/openapi.json",
    )
    app.state.members = hub.members
    app.state.limits = limits
    for_laptops = documented("not-enrolled", "removed")

    @app.get("/v1/hub", response_model=saying.AboutHub, responses=documented())
    def about(request: Request) -> dict[str, Any]:
        """Say which hub this is. Whoever was invited checks the authority by its fingerprint."""
        limits.stranger_asks(address(request))
        authority = hub.certificates.authority
        return {"hub": hub.name, "protocol": int(PROTOCOL), "authority": authority}

    @app.post(
        "/v1/join",
        response_model=saying.JoinAnswer,
        responses=documented("invite-not-good", "removed"),
    )
    def join(asked: saying.JoinRequest, request: Request) -> dict[str, Any]:
        """Let a laptop in that was invited; asked again by the same one, answer the same."""
        secret, come_from = bytes.fromhex(asked.secret), address(request)
        said = Asked(secret, bytes.fromhex(asked.token), asked.dev, asked.worker_id, asked.laptop)
        limits.stranger_asks(come_from)
        limits.may_try(come_from, secret)
        try:
            joined = hub.members.join(said)
        except InviteNotGood:
            limits.tried(come_from, secret, joined=False)
            raise
        limits.tried(come_from, secret, joined=True)
        return {**vars(joined), "hub": hub.name}

    @app.post("/v1/greet", response_model=saying.GreetAnswer, responses=for_laptops)
    def greet(asked: saying.GreetRequest, who: Known) -> Response:
        """Say whether there is anything to send or to fetch."""
        greeting = hub.ledger.greet(asked.dev, who.worker, asked.digest)
        role = LEFT if who.has_left else who.role
        told = hub.members.last_told(who.worker)
        door = hub.introductions.says(who)
        return JSONResponse(greeting_to_wire(replace(greeting, role=role, told=told, door=door)))

    @app.post(
        "/v1/push",
        response_model=saying.PushAnswer,
        responses={**for_laptops, **documented("copied")},
    )
    def push(asked: saying.PushRequest, who: Known) -> Response:
        """Take a device's operations in; what the answer names is durable."""
        operations = [from_wire(one) for one in asked.operations]
        if not operations:
            raise NotAnOperation("operations")
        taken = taken_to_wire(hub.push(who, operations))
        return JSONResponse(taken, background=BackgroundTask(hub.after_push))

    @app.post("/v1/pull", response_model=saying.PullAnswer, responses=for_laptops)
    def pull(asked: saying.PullRequest, who: Known) -> Response:
        """Give what is new of what the laptop's worker holds at this moment."""
        question = question_from_wire(asked.model_dump())
        if asked.digest:
            stands = hub.ledger.standing(who.worker, asked.places, asked.digest)
            if stands is None:
                return JSONResponse(asked_in_full(question))
            known = question.known | stands.keys()
            question = replace(question, cursors=stands, known=known)
        pulled = hub.pull(who, question, min(question.most_bytes, LARGEST_PAGE))
        return JSONResponse(pulled_to_wire(pulled))

    @app.post("/v1/forgotten", response_model=saying.ForgottenAnswer, responses=for_laptops)
    def forgotten(asked: saying.ForgottenRequest, who: Known) -> Response:
        """Say which scopes the hub does not know any more as it once gave them."""
        claims = claims_from_wire(asked.model_dump())
        return JSONResponse(forgotten_to_wire(hub.ledger.forgotten(claims)))

    @app.post("/v1/hand-back", response_model=saying.HandBackAnswer, responses=for_laptops)
    def hand_back(asked: saying.HandBackRequest, who: Known) -> Response:
        """Take back what the hub once gave out, by its own proof, and forgot in a restore."""
        return JSONResponse(answer_to_wire(hub.hand_back(who, offer_from_wire(asked.model_dump()))))

    @app.post("/v1/device", response_model=saying.DeviceAnswer, responses=for_laptops)
    def device(who: Known) -> dict[str, Any]:
        """Give a device id of its own to records that are a copy of others in use."""
        return {"dev": hub.members.new_device(who)}

    @app.post("/v1/laptops", response_model=saying.LaptopsAnswer, responses=for_laptops)
    def laptops(asked: saying.LaptopsRequest, who: Known) -> dict[str, Any]:
        """Say what the laptops are called that wrote what stands on the asking one."""
        return {"laptops": laptops_called(hub.database, asked.devs)}

    @app.post(
        "/v1/find",
        response_model=saying.FindAnswer,
        responses=documented("not-enrolled", "removed", "not-yours"),
    )
    def find(asked: saying.FindRequest, who: Known) -> dict[str, Any]:
        """Say whom a caller means, by id, to a duty worker: one person, or nothing."""
        try:
            born = date.fromisoformat(asked.born) if asked.born else None
        except ValueError:
            raise NotAnOperation("born") from None
        return {"person": hub.find(who, Caller(asked.nhs_number, asked.name, born))}

    @app.post(
        "/v1/open",
        response_model=saying.OpenAnswer,
        responses=documented("not-enrolled", "removed", "not-yours", "nothing-here"),
    )
    def open_(asked: saying.OpenRequest, who: Known) -> dict[str, Any]:
        """Open one person for a day: a duty worker's, with a reason; who holds them is told."""
        return {"until": hub.open_for_a_day(who, asked.person, asked.reason)}

    @app.post("/v1/told", response_model=saying.ToldAnswer, responses=for_laptops)
    def told(who: Known) -> dict[str, Any]:
        """Say who opened whom, to whoever holds them and to the leads."""
        last = hub.members.last_told(who.worker)  # first: what is told meanwhile is news still
        return {"told": [vars(one) for one in hub.members.told(who.worker)], "last": last}

    leading.add_calls(app, hub)
    same_people.add_calls(app, hub)
    introductions.add_calls(app, hub)
    _leave_out_unused(app)
    return app


def _leave_out_unused(app: FastAPI) -> None:
    """Take from the description the status 422, with which nothing answers."""
    described = app.openapi()
    for calls in described["paths"].values():
        for call in calls.values():
            call["responses"].pop("422", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(unused, None)
    app.openapi_schema = described


async def _noted(audit: Audit, request: Request, error: Exception) -> Response:
    if not isinstance(error, (cipher.Busy, DatabaseAway)):  # then nothing can be written either
        who = getattr(request.state, "worker", "")
        with suppress(Refused, dbapi2.Error):
            await run_in_threadpool(audit.was_refused, who, type(error).__name__, request.url.path)
    return refusal_of(error)


async def _refused(_: Request, error: Exception) -> Response:
    return refusal_of(error)


async def _database_refused(_: Request, error: Exception) -> Response:
    return refusal_of(cipher.plain_error(error))


async def _not_understood(_: Request, __: Exception) -> Response:
    return refusal("not-understood")


async def _not_here(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return refusal({404: "nothing-here", 405: "not-that-way"}.get(status, "not-understood"))
