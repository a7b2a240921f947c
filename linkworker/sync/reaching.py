"""Reaching the hub over the network; why it was not reached is said in `refusals`.

The standard library's HTTP client: it costs a start nothing, and one connection is all a sync
needs. The hub's own certificate authority is the only one trusted, so a network that looks into
encrypted connections is refused; a Wi-Fi log-in page is told by the missing header.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from linkworker.clock import Clock, home_zone, system_clock
from linkworker.sync.refusals import (
    AskedToWait,
    LogInPage,
    NotAnAddress,
    NotKnown,
    NotReadable,
    NotTaken,
    plain_reason,
    refusal_said,
)
from linkworker.sync.short import SHORT, in_full, reads_short, spelled

SERVER_NAME = "hub.linkworker.internal"
"""The name in every hub's certificate, wherever it stands (`hub.certificates`)."""

HEADER = "Linkworker-Hub"
"""What every answer of a hub has."""

CONNECT_SECONDS, ANSWER_SECONDS = 8.0, 45.0
"""How long reaching the hub may take, and an answer: a slow phone still gets a page through."""

MOST_ANSWER = 64 * 1024 * 1024

TOO_OFTEN = 429
UNSAID_WAIT, LONGEST_WAIT = 60, 3600
"""Seconds to wait where the hub did not say how long, and the most that is believed."""


_NOT_HEARD = (NotTaken, NotKnown, LogInPage, NotReadable)
"""How it ends where what is spelled shorter, the token too, does not get through or back."""


class Line:
    """A connection to one hub; made when the first thing is asked, and again where it was cut."""

    def __init__(
        self,
        url: str,
        authority: str | None,
        token: bytes = b"",
        clock: Clock = system_clock,
    ) -> None:
        """`authority` (PEM) is whom to trust; None asks whoever answers, for a public thing."""
        parts = urlsplit(url)
        try:
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise NotAnAddress from None
        plain = parts.scheme == "http" and is_this_machine(host)
        if not host or not (plain or parts.scheme == "https") or parts.path.strip("/"):
            raise NotAnAddress
        self._host, self._port, self._plain = host, port or (80 if plain else 443), plain
        self._authority = authority
        self._token = token
        self._clock = clock
        self._connection: http.client.HTTPConnection | None = None
        self._stopped = False
        self.is_short = False
        """Whether the hub said that it reads what is spelled shorter (`short`)."""
        self._in_full = False
        """Whether that did not get through, once: for as long as this line is used."""

    def stop(self) -> None:
        """Hang up from another thread: whoever asks is answered with `HubNotReachable` at once."""
        self._stopped = True
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):  # not the TLS socket's own, which would let go of its session
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    def get(self, path: str) -> Any:
        """Ask for something public. Raises `NotReached`."""
        return self._said("GET", path, None)

    def post(self, path: str, said: dict[str, Any]) -> Any:
        """Say something and return what is answered. Raises `NotReached`, `Forked`."""
        was_short = self.is_short
        try:
            return self._said("POST", path, said)
        except _NOT_HEARD:
            if not was_short:
                raise
        # Something between here and the hub does not pass it on, or an older hub answers there.
        self._in_full, self.is_short = True, False
        return self._said("POST", path, said)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _said(self, method: str, path: str, said: dict[str, Any] | None) -> Any:
        body, headers = spelled(path, said, self._token, is_short=self.is_short)
        try:
            answer, packed = self._asked(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise plain_reason(error) from None
        if answer.status == TOO_OFTEN and answer.getheader(HEADER) is not None:
            raise self._asked_to_wait(answer.getheader("Retry-After") or "")
        self.is_short = not self._in_full and reads_short(answer.getheader(HEADER))
        return _read(answer, packed)

    def _asked_to_wait(self, said: str) -> AskedToWait:
        from linkworker.rules.times import say_time

        asked = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else UNSAID_WAIT
        seconds = min(max(asked, 1), LONGEST_WAIT)
        # To the next whole minute: at the time that is shown it is over.
        until = self._clock() + timedelta(seconds=seconds + 59)
        return AskedToWait(seconds, say_time(until.astimezone(home_zone()).time()))

    def _asked(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        was_open = self._connection is not None
        try:
            return self._once(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if not was_open or self._stopped:
                raise
            self.close()  # the hub hung up on a connection that lay idle; all calls may be repeated
            return self._once(method, path, body, headers)

    def _once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = self._connection or self._connected()
        if self._stopped:
            raise http.client.RemoteDisconnected("stopped")
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        packed = answer.read(MOST_ANSWER + 1)
        if len(packed) > MOST_ANSWER:
            raise http.client.HTTPException
        return answer, packed

    def _connected(self) -> http.client.HTTPConnection:
        made = http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
        made.connect()
        if not self._plain:
            made.sock = _trusting(self._authority).wrap_socket(
                made.sock, server_hostname=SERVER_NAME
            )
        made.sock.settimeout(ANSWER_SECONDS)
        self._connection = made
        return made


def is_this_machine(host: str) -> bool:
    """Say whether an address is this machine's own: there alone nobody listens."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _trusting(authority: str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authority is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # what comes is checked by its fingerprint
    else:
        context.load_verify_locations(cadata=authority)
    return context


def _read(answer: http.client.HTTPResponse, packed: bytes) -> Any:
    if answer.getheader(HEADER) is None:
        raise LogInPage
    try:
        body = packed
        coding = answer.getheader("Content-Encoding")
        if coding == "zstd":
            import zstandard

            reader = zstandard.ZstdDecompressor().stream_reader(packed)
            body = reader.read(MOST_ANSWER)
        said = in_full(body) if coding == SHORT else json.loads(body)
    except (ValueError, RecursionError):
        raise NotReadable from None
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise NotReadable from None
    if answer.status == 200:
        return said
    raise refusal_said(said if isinstance(said, dict) else {})
