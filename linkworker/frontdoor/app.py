"""The public page and the partners' call. Each takes something in; none can give anything out.

What comes is sealed before it touches the disk. Whoever sends it by the page is told that it is
here and nothing else, ever; a partner with a key is told what became of it where the person agreed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from linkworker.clock import Ids
from linkworker.frontdoor import page
from linkworker.frontdoor.fhir import NotAServiceRequest, said_by
from linkworker.frontdoor.guard import Guard, refusal
from linkworker.frontdoor.limits import Limits
from linkworker.frontdoor.saying import FHIR_BODY, Said, State, Taken, documented
from linkworker.frontdoor.words import PATHS, THANKS
from linkworker.hatch import Hatch, HatchFull, Partner
from linkworker.hub.limits import TooOften
from linkworker.rules.introduced import NAMES, Introduced, cleaned, to_bytes, wrong
from linkworker.sealing import is_id, seal
from linkworker.text import folded

FULL_SECONDS = 600
"""After how long it is worth trying again where no more is taken."""
MOST_FIELDS = 60

_BEARER = HTTPBearer(auto_error=False, description="the partner's key")
_Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


@dataclass(frozen=True)
class Door:
    """What takes things in: the hatch, the present instant (ms), new ids, and the limits."""

    hatch: Hatch
    now_ms: Callable[[], int]
    new_id: Ids
    limits: Limits

    def take(self, said: Introduced, partner: str = "") -> str:
        """Seal what was said and put it in; return its id.

        Raises `HatchFull`, also where no laptop of the team could read it: nobody is thanked for
        what nobody will see.
        """
        given = self.hatch.given()
        if not given.keys:
            raise HatchFull
        id_ = self.new_id()
        sealed = seal(
            to_bytes(said),
            list(given.keys),
            id=id_,
            came_at=self.now_ms(),
            area=given.area_of(said.place),
            partner=partner,
        )
        self.hatch.put(sealed)
        return id_

    def partner(
        self, request: Request, shown: HTTPAuthorizationCredentials | None
    ) -> Partner | None:
        """Return whose key is shown, None for nobody's. Raises `TooOften`."""
        key = shown.credentials if shown else ""
        found = self.hatch.given().partners.get(hashlib.sha256(key.encode()).hexdigest())
        if found is None:
            self.limits.not_known(_address(request))
        else:
            self.limits.by_partner(found.id)
        return found


def make_app(door: Door, report: Callable[[Exception], None]) -> ASGIApp:
    """Return the front door as an ASGI app; `report` hears of a fault that nobody foresaw."""
    app = _described(door)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(TooOften, _too_often)
    for language in PATHS:
        _add_page(app, door, language)
    return Guard(app, report, _too_large)


def _described(door: Door) -> FastAPI:
    app = FastAPI(
        title="linkworker front door",
        version="1",
        description=__doc__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/v1/openapi.json",
    )
    plain = {"application/json": {"schema": {"anyOf": [Said.model_json_schema(), FHIR_BODY]}}}
    body = {**plain, "application/fhir+json": {"schema": FHIR_BODY}}

    @app.post(
        "/v1/introductions",
        status_code=201,
        response_model=Taken,
        responses=documented("not-understood"),
        openapi_extra={"requestBody": {"required": True, "content": body}},
    )
    async def introduce(request: Request, shown: _Shown) -> Response:
        """Introduce somebody: by plain JSON, or by a FHIR R4 ServiceRequest with its Patient."""
        partner = door.partner(request, shown)
        if partner is None:
            return refusal("not-known")
        return await run_in_threadpool(_introduced, door, partner, await request.body())

    @app.get(
        "/v1/introductions/{introduction}",
        response_model=State,
        responses=documented("nothing-here"),
    )
    def became(introduction: str, request: Request, shown: _Shown) -> Response:
        """Say what became of an introduction of this partner's, where the person agreed."""
        partner = door.partner(request, shown)
        if partner is None:
            return refusal("not-known")
        whose, state = door.hatch.given().states.get(introduction, ("", ""))
        if not is_id(introduction) or whose != partner.id:
            return refusal("nothing-here")
        return JSONResponse({"state": state})

    described = app.openapi()
    for calls in described["paths"].values():
        for call in calls.values():
            call["responses"].pop("422", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(unused, None)
    app.openapi_schema = described

    @app.get("/style.css", include_in_schema=False)
    def style() -> Response:
        """Give the look of the page."""
        return Response(page.STYLE, media_type="text/css")

    return app


def _introduced(door: Door, partner: Partner, body: bytes) -> Response:
    """Take in what a partner's system sent."""
    try:
        found: Any = json.loads(body)
        if not isinstance(found, dict):
            raise ValueError
        values = (
            said_by(found) if "resourceType" in found else Said.model_validate(found).model_dump()
        )
    except ValidationError as error:
        return refusal("not-understood", fields=_where(error))
    except (ValueError, RecursionError, NotAServiceRequest):
        return refusal("not-understood")
    values["by_organisation"] = _from(values["by_organisation"], partner.name)
    values["by_contact"] = values["by_contact"] or partner.name
    said = _said(values, "from a service's system")
    if problems := wrong(said):
        return refusal("not-understood", fields=problems)
    try:
        id_ = door.take(said, partner.id)
    except HatchFull:
        return refusal("too-often", FULL_SECONDS)
    return JSONResponse(Taken(id=id_, message="We have your message.").model_dump(), 201)


def _from(said: str, partner: str) -> str:
    """Return from where a partner says that it comes, and by whose key where that is another."""
    if not said or folded(said) == folded(partner):
        return partner
    return f"{said} (by the key of {partner})"


def _where(error: ValidationError) -> dict[str, str]:
    """Return which fields are wrong, of those that there are: never what was sent."""
    found = {str(one["loc"][0]) for one in error.errors(include_input=False) if one["loc"]}
    return dict.fromkeys(sorted(found & set(NAMES)), "not understood")


def _add_page(app: FastAPI, door: Door, language: str) -> None:
    path, thanks = PATHS[language], THANKS[language]
    empty, done = page.form(language, {}, {}), page.thanks(language)

    async def show() -> Response:
        return HTMLResponse(empty)

    async def shown_thanks() -> Response:
        return HTMLResponse(done)

    async def sent(request: Request) -> Response:
        return await run_in_threadpool(
            _sent, door, language, _address(request), await request.body()
        )

    app.add_api_route(path, show, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route(thanks, shown_thanks, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route(path, sent, methods=["POST"], include_in_schema=False)


def _sent(door: Door, language: str, address: str, body: bytes) -> Response:
    """Take in what was sent by the page; where that cannot be, give it back as it was typed."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        pairs = []
    typed = dict(reversed(pairs))  # of several the first
    if typed.get(page.TRAP):
        return RedirectResponse(THANKS[language], 303)  # a program, which learns nothing
    typed = {name: cleaned(name, typed[name]) for name in page.QUESTIONS if name in typed}
    said = _said(typed, "by themself" if typed.get("who") == "myself" else "front door")
    problems = wrong(said)
    if "who" not in typed:
        problems = {"who": "missing", **problems}
    elif said.who == "somebody else" and "knows" not in typed:
        problems["knows"] = "missing"
    if problems:
        return HTMLResponse(page.form(language, typed, _in_order(problems)), 400)
    try:
        door.limits.by_page(address)
        door.take(said)
    except (TooOften, HatchFull) as error:
        wait = error.wait_seconds if isinstance(error, TooOften) else FULL_SECONDS
        told = page.form(language, typed, {}, notice="wait")
        return HTMLResponse(told, 429, {"Retry-After": str(wait)})
    return RedirectResponse(THANKS[language], 303)


def _said(values: Mapping[str, str], how: str) -> Introduced:
    known = {name: cleaned(name, values[name]) for name in NAMES if name in values}
    return Introduced(**{**known, "how": how})


def _in_order(problems: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong in the order of the questions, of what is asked there."""
    return {name: problems[name] for name in page.QUESTIONS if name in problems}


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _too_often(_: Request, error: Exception) -> Response:
    return refusal("too-often", error.wait_seconds if isinstance(error, TooOften) else FULL_SECONDS)


async def _not_here(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    name = (
        "not-that-way" if status == 405 else "nothing-here" if status == 404 else "not-understood"
    )
    if request.url.path.startswith("/v1/"):
        return refusal(name)
    language = "cy" if request.url.path.startswith("/cy") else "en"
    return HTMLResponse(page.plain(language, "not_here"), status)


def _too_large(path: str) -> Response:
    if path.startswith("/v1/"):
        return refusal("too-large")
    language = "cy" if path.startswith("/cy") else "en"
    return HTMLResponse(page.plain(language, "too_large"), 413)
