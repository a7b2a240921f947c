"""What every request and answer passes: a limit of size, and what the browser is told to forbid.

Nothing of what was sent stands in an error or on standard error: a fault is named by its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linkworker.frontdoor.saying import NAMED, Refusal

MOST_BODY = 192 * 1024
"""Bytes of a request: the longest introduction, each letter of it spelled as a form spells it."""

FORBIDS = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
            b"frame-ancestors 'none'"
        ),
    ),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    (b"cache-control", b"no-store"),
)
OVER_TLS = (b"strict-transport-security", b"max-age=31536000")


def refusal(name: str, wait: int = 60, fields: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a refusal as an answer; `fields` says what is wrong, by field."""
    status, message = NAMED[name]
    told = Refusal(error=name, message=message, fields=dict(fields or {}))
    headers = {"Retry-After": str(wait)} if status == 429 else None
    return JSONResponse(told.model_dump(), status, headers)


class Guard:
    """ASGI around the app."""

    def __init__(
        self, app: ASGIApp, report: Callable[[Exception], None], too_large: Callable[[str], Any]
    ) -> None:
        """`report` hears of a fault; `too_large` gives, by the path, what is answered then."""
        self._app = app
        self._report = report
        self._too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def out(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                more = [*FORBIDS, OVER_TLS] if scope.get("scheme") == "https" else FORBIDS
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            await send(message)

        try:
            body = await _whole(receive, dict(scope["headers"]).get(b"content-length", b""))
            if body is None:
                await self._too_large(scope["path"])(scope, receive, out)
                return
            given = False

            async def whole() -> Message:
                nonlocal given
                if given:
                    return await receive()
                given = True
                return {"type": "http.request", "body": body, "more_body": False}

            await self._app(scope, whole, out)
        except Exception as error:
            self._report(error)
            if not begun:
                await refusal("fault")(scope, receive, out)


async def _whole(receive: Receive, length: bytes) -> bytes | None:
    """Return the request's bytes, None for too many."""
    if length and (not length.isdigit() or int(length) > MOST_BODY):
        return None
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BODY:
            return None
        parts.append(part)
        if not message.get("more_body"):
            break
    return b"".join(parts)
