"""What every request and answer passes: size limits, compression, and the hub's own header.

A network that answers in the hub's name (a Wi-Fi log-in page) is told by the header's absence.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import zstandard
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linkworker.hub.http.refusing import TooLarge, refusal, refusal_of
from linkworker.hub.http.turns import Turn, Turns
from linkworker.oplog import packing
from linkworker.oplog.columns import NotColumns, TooMuch
from linkworker.oplog.operations import NotAnOperation
from linkworker.refusal import Refused

PROTOCOL = "1"
HEADER = b"linkworker-hub"
SAYS = f"{PROTOCOL} {packing.NAME}".encode()
"""What every answer has under that header: the protocol, and the spelling that is shorter."""
PACKED = packing.NAME.encode()
JSON = (b"content-type", b"application/json")
"""What a request says that is packed, and need not say."""

MOST_BYTES = 16 * 1024 * 1024
"""Bytes of a request at most, packed and unpacked: the longest operation, several times."""

OF_ANYBODY = 256 * 1024
"""Bytes of a request, packed and unpacked, that are looked at before it is known who asks: a few
packed bytes of a stranger's must not become many that everybody waits for."""

FOR_EVERYBODY = ("/v1/hub", "/v1/join")
"""Calls of which none needs more than that."""

LEVEL = 3
"""zstd: beyond it a page gets hardly smaller, and slower to pack."""

WORTH_PACKING = 600
"""Bytes below which an answer goes as it is."""


class Carrying:
    """ASGI around the app: reads the whole request within its limits and packs the answer."""

    def __init__(
        self,
        app: ASGIApp,
        report: Callable[[Exception], None],
        know: Callable[[bytes, str], str],
    ) -> None:
        """`report` hears of a fault that nobody foresaw; what it says may go into a log.

        `know` is asked with the header that shows a token and with the address, before a large
        request is looked at: it returns the laptop's id, and refuses who is none of the team.
        """
        self._app = app
        self._report = report
        self._know = know
        self._turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        turn = Turn(self._turns)
        try:
            await self._carried(scope, receive, send, turn)
        finally:
            turn.end()

    async def _carried(self, scope: Scope, receive: Receive, send: Send, turn: Turn) -> None:
        headers = dict(scope["headers"])
        answer = _Answer(
            send,
            turn,
            b"zstd" in headers.get(b"accept-encoding", b""),
            PACKED in headers.get(b"accept-encoding", b""),
        )
        try:
            if headers.get(b"content-encoding") == PACKED:
                body = await self._columns(scope, headers, receive, turn)
            else:
                body = await self._body(scope, headers, receive, turn)
            if b"content-encoding" in headers and b"content-type" not in headers:
                scope = {**scope, "headers": [*scope["headers"], JSON]}
        except (Refused, TooLarge, NotAnOperation) as error:
            await refusal_of(error)(scope, receive, answer.send)
            return
        except Exception as error:
            await self._fault(error, scope, receive, answer)
            return
        given = False

        async def whole() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            await self._app(scope, whole, answer.send)
        except Exception as error:
            await self._fault(error, scope, receive, answer)

    async def _fault(
        self, error: Exception, scope: Scope, receive: Receive, answer: _Answer
    ) -> None:
        """Report what nobody foresaw, and name it to whoever asked."""
        self._report(error)
        if not answer.begun:
            await refusal("fault")(scope, receive, answer.send)

    async def _body(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, turn: Turn
    ) -> bytes:
        """Return what the request says, unpacked: a large one only from a laptop of the team.

        Raises `TooLarge`, `NotAnOperation`, and what `know` refuses with.
        """
        encoding = headers.get(b"content-encoding", b"")
        length = headers.get(b"content-length")
        if length is not None and length.isdigit() and int(length) <= OF_ANYBODY:
            body = await _whole(headers, receive, OF_ANYBODY)
            try:
                return _unpacked(body, encoding, OF_ANYBODY)
            except TooLarge:
                turn.come(await self._must_know(scope, headers))
        else:
            if length is None and b"transfer-encoding" not in headers:
                return await _whole(headers, receive, OF_ANYBODY)
            turn.come(await self._must_know(scope, headers))
            body = await _whole(headers, receive, MOST_BYTES)
        await turn.begin()
        return await run_in_threadpool(_unpacked, body, encoding, MOST_BYTES)

    async def _columns(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, turn: Turn
    ) -> bytes:
        """Return what a laptop of the team spelled by columns, as JSON; a stranger is not read.

        Raises as `_body` does.
        """
        laptop = await self._must_know(scope, headers)
        body = await _whole(headers, receive, packing.MOST_PACKED)
        said = await run_in_threadpool(_spelled_out, body)
        if len(said) > OF_ANYBODY:
            turn.come(laptop)
            await turn.begin()
        return said

    async def _must_know(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        shown = headers.get(b"authorization", b"")
        if scope["path"] in FOR_EVERYBODY or not shown:
            raise TooLarge
        address = scope["client"][0] if scope.get("client") else ""
        return await run_in_threadpool(self._know, shown, address)


async def _whole(headers: dict[bytes, bytes], receive: Receive, most: int) -> bytes:
    """Return the request's bytes, of `most` at most. Raises `TooLarge`."""
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > most:
        raise TooLarge
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > most:
            raise TooLarge
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _unpacked(body: bytes, encoding: bytes, most: int) -> bytes:
    """Return what was packed, of `most` bytes at most. Raises `TooLarge`, `NotAnOperation`."""
    if encoding in (b"", b"identity"):
        return body
    if encoding != b"zstd":
        raise NotAnOperation("the packing")
    try:
        unpacked = zstandard.ZstdDecompressor().stream_reader(body).read(most + 1)
    except zstandard.ZstdError:
        raise NotAnOperation("the packing") from None
    if len(unpacked) > most:
        raise TooLarge
    return unpacked


def _spelled_out(body: bytes) -> bytes:
    """Return what was spelled by columns as JSON, of as much as a laptop spells so.

    Raises `TooLarge`, `NotAnOperation`.
    """
    try:
        return json.dumps(packing.unpack(body, packing.MOST_READ_BACK)).encode()
    except TooMuch:
        raise TooLarge from None


def _by_columns(body: bytes) -> bytes | None:
    """Return an answer spelled by columns, None where it is not shorter so."""
    if not WORTH_PACKING < len(body) <= packing.MOST_PACKED:
        return None
    try:
        return packing.pack(json.loads(body))
    except NotColumns:
        return None


class _Answer:
    """Sends an answer on: with the hub's header, and packed where the laptop takes that."""

    def __init__(self, send: Send, turn: Turn, packs: bool, by_columns: bool) -> None:
        """`turn` is over before anything is sent: whoever does not read it holds nobody up."""
        self._send = send
        self._turn = turn
        self._packs = packs
        self._by_columns = by_columns
        self.begun = False
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        """Keep the parts of the answer until it is whole, then send it."""
        self.begun = True
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = [
            (name, value)
            for name, value in self._start.get("headers", ())
            if name.lower() != b"content-length"
        ]
        body = self._body
        columns = None
        if self._by_columns and self._start["status"] == 200:
            columns = await run_in_threadpool(_by_columns, body)
        if columns is not None:
            body = columns
            headers.append((b"content-encoding", PACKED))
        elif self._packs and len(body) > WORTH_PACKING:
            body = zstandard.ZstdCompressor(LEVEL).compress(body)
            headers.append((b"content-encoding", b"zstd"))
        headers += [
            (HEADER, SAYS),
            (b"cache-control", b"no-store"),
            (b"content-length", str(len(body)).encode()),
        ]
        self._turn.end()
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def read_json(body: bytes) -> Any:
    """Return what a request says. Raises `NotAnOperation`."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnOperation("the whole") from None
