"""One question to an address on the web, and no more of an answer than can be meant.

An answer has to begin soon and to go on at the pace of a slow line. It may be packed, and what it
has unpacked is bounded. It may send us on, on the web alone, and never further in than the address
that somebody gave: from the world not into this network, from this network not into this machine.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

LARGEST_PAGE = 16 * 1024 * 1024
"""Bytes of one answer, as it comes and unpacked."""
PATIENCE_SECONDS = 30.0
"""How long an answer may take to begin."""
LEAST_PER_SECOND = 2_000
"""Bytes that have to come in a second once it has begun, taken all together."""
MOST_HEADER = 300
"""Characters of a header that is kept to ask with it again."""
WORTH_ASKING_AGAIN = (408, 425, 429)
"""Of the answers that say no (4xx), those that may be another in a moment: RFC 9110, 8470, 6585."""
NOT_CHANGED = 304

WORLD, NETWORK, MACHINE = range(3)
"""How far in an address lies."""
_CARRIES_IPV4 = IPv6Network("64:ff9b::/96")  # RFC 6052


class NotFetched(Exception):
    """A page did not come; `args[0]` says why, in our words."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        """`for_good`: asking again would bring the same."""
        super().__init__(why)
        self.for_good = for_good


@dataclass(frozen=True)
class Answer:
    """What came, and by what it is known whether it has changed."""

    content: bytes
    etag: str = ""
    modified: str = ""


class Web:
    """Asks the addresses of one feed."""

    def __init__(self, until: float) -> None:
        """`until` is when all of it has to be over, as `time.monotonic` counts."""
        self._until = until
        self._given: int | None = None
        self._watch = _Watch()
        self._opener = urllib.request.build_opener(
            _OnlyWeb(), _PlainHandler(self._connection), _SealedHandler(self._connection)
        )

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Answer | None:
        """Return the answer, None where it is still as `etag` and `modified` say.

        Raises `NotFetched`.
        """
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        elif modified:
            headers["If-Modified-Since"] = modified
        self._watch = _Watch()
        with self._watch:
            try:
                return self._asked(urllib.request.Request(url, headers=headers))
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == NOT_CHANGED and (etag or modified):
                    return None
                raise _said_no(error.code) from None
            except (OSError, HTTPException, ValueError, zlib.error) as error:
                raise self._in_our_words(error) from None

    def _asked(self, request: urllib.request.Request) -> Answer:
        with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            content = self._read(answer)
            etag, modified = (
                value if len(value) <= MOST_HEADER and value.isprintable() else ""
                for value in map(answer.headers.get, ("ETag", "Last-Modified"), ("", ""))
            )
            return Answer(content, etag, modified)

    def _read(self, answer: Any) -> bytes:
        packing = str(answer.headers.get("Content-Encoding", "")).strip().casefold()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise NotFetched("it is packed in a way that was not asked for", for_good=True)
        unpacked = _Unpacked() if packing.endswith("gzip") else None
        pieces, size, came = [], 0, 0
        while piece := answer.read1(65536):
            came += len(piece)
            self._watch.came(came)
            piece = unpacked.more(piece, LARGEST_PAGE - size) if unpacked else piece
            size += len(piece)
            if max(size, came) > LARGEST_PAGE:
                most = f"{LARGEST_PAGE // 1024 // 1024} MB"
                unpacks = "unpacked " if unpacked else ""
                raise NotFetched(f"{unpacks}it has more than {most}", for_good=True)
            if time.monotonic() > self._until:
                raise NotFetched("it took more than an hour")
            pieces.append(piece)
        if self._watch.slow:
            raise self._slow()
        length = answer.headers.get("Content-Length", "")
        if (length.isdigit() and int(length) != came) or (unpacked and not unpacked.whole):
            raise NotFetched("it broke off")
        return b"".join(pieces)

    def _in_our_words(self, error: Exception) -> NotFetched:
        reason = getattr(error, "reason", error)
        if self._watch.slow:
            return self._slow()
        if isinstance(reason, TimeoutError):
            return NotFetched("it did not answer in time")
        if isinstance(reason, ssl.SSLCertVerificationError):
            return NotFetched("its certificate is not one to be trusted", for_good=True)
        if isinstance(reason, zlib.error):
            return NotFetched("it could not be unpacked")
        return NotFetched("it was not reached, or hung up")

    def _slow(self) -> NotFetched:
        began = self._watch.begun
        return NotFetched("it came too slowly" if began else "it did not answer in time")

    def _connection(
        self, kind: type[_Plain] | type[_Sealed], request: Any, host: str, **more: Any
    ) -> HTTPConnection:
        made = kind(host, **more)
        named = urlsplit(request.full_url)
        made.met = partial(self._met, "" if named.netloc == request.host else named.hostname or "")
        return made

    def _met(self, behind_proxy: str, sock: Any) -> None:
        """Look at whom we are connected with, before anything is asked."""
        self._watch.holds(sock)
        inward = how_far_in(behind_proxy or sock.getpeername()[0])
        if self._given is None:
            self._given = inward
        if inward > self._given:
            raise NotFetched(
                "it sent us from where it is into this network or this machine", for_good=True
            )


def how_far_in(host: str) -> int:
    """Return whether an address is in the `WORLD`, in a `NETWORK` of its own, or this `MACHINE`.

    A name, which only a proxy looks up, is in the world.
    """
    try:
        ip: IPv4Address | IPv6Address = ip_address(host)
    except ValueError:
        own = host.casefold().rstrip(".")
        return MACHINE if own == "localhost" or own.endswith(".localhost") else WORLD
    if isinstance(ip, IPv6Address):
        if ip in _CARRIES_IPV4:
            ip = IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            ip = ip.ipv4_mapped or ip
    if ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast:
        return MACHINE
    return WORLD if ip.is_global else NETWORK


def _said_no(code: int) -> NotFetched:
    if 300 <= code < 400:
        return NotFetched("it sent us round in circles", for_good=True)
    no = 400 <= code < 500 and code not in WORTH_ASKING_AGAIN
    return NotFetched(f"it answered {code:d}", for_good=no)


class _Unpacked:
    """Unpacks an answer, never more than is wanted."""

    def __init__(self) -> None:
        self._unpacks = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def whole(self) -> bool:
        """Whether it came to its end."""
        return self._unpacks.eof

    def more(self, piece: bytes, left: int) -> bytes:
        """Return what a piece holds; one byte more than `left` says that it is too much."""
        found = b""
        while piece and len(found) <= left:
            if self._unpacks.eof:  # a further part
                self._unpacks = zlib.decompressobj(16 + zlib.MAX_WBITS)
            found += self._unpacks.decompress(piece, left + 1 - len(found))
            piece = self._unpacks.unused_data
        return found


class _Watch:
    """Hangs up on an answer that comes too slowly, wherever in it we wait."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._until = self._begun + PATIENCE_SECONDS
        self._sock: Any = None
        self._over = threading.Event()
        self.begun = self.slow = False

    def __enter__(self) -> None:
        threading.Thread(target=self._wait, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def holds(self, sock: Any) -> None:
        """Watch over a connection."""
        self._sock = sock
        if self.slow:
            raise TimeoutError

    def came(self, size: int) -> None:
        """Hear how much has come."""
        self.begun = True
        self._until = self._begun + PATIENCE_SECONDS + size / LEAST_PER_SECOND

    def _wait(self) -> None:
        while not self._over.wait(max(0.01, self._until - time.monotonic())):
            if time.monotonic() >= self._until:
                self.slow = True
                if self._sock is not None:
                    with suppress(OSError):  # it has hung up by itself
                        socket.socket.shutdown(self._sock, socket.SHUT_RDWR)
                return


class _Plain(HTTPConnection):
    met: Callable[[Any], None]

    def connect(self) -> None:
        """Connect, and have looked at whom."""
        super().connect()
        self.met(self.sock)


class _Sealed(HTTPSConnection):
    met: Callable[[Any], None]

    def connect(self) -> None:
        """Connect, and have looked at whom."""
        super().connect()
        self.met(self.sock)


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, connection: Callable[..., HTTPConnection]) -> None:
        super().__init__()
        self._connection = connection

    def http_open(self, req: urllib.request.Request) -> Any:
        """Ask by a connection that is looked at."""
        return self.do_open(partial(self._connection, _Plain, req), req)


class _SealedHandler(urllib.request.HTTPSHandler):
    def __init__(self, connection: Callable[..., HTTPConnection]) -> None:
        super().__init__()
        self._connection = connection
        self._trusts = ssl.create_default_context()

    def https_open(self, req: urllib.request.Request) -> Any:
        """Ask by a connection that is looked at."""
        made = partial(self._connection, _Sealed, req)
        return self.do_open(made, req, context=self._trusts)


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    """Follows an answer to another address, if that is on the web."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: Any, headers: Any) -> Any:
        """Refuse to go to a file, or to anything else that is no web address."""
        to = urljoin(req.full_url, headers.get("location") or headers.get("uri") or "")
        if urlsplit(to).scheme not in ("http", "https"):
            raise NotFetched("it sent us to somewhere that is not on the web", for_good=True)
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302
