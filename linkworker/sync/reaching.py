"""Reaching the hub over the network, and saying in plain words why it could not be reached.

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
from linkworker.oplog.operations import Forked
from linkworker.refusal import Refused
from linkworker.sync import network
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

NOT_LOST = "Nothing is lost: it is kept here and tried again by itself."


class NotReached(Refused):
    """The hub was not reached, or what answered was not the hub."""

    why_not = ""

    def __init__(self, why: str, to_do: str = NOT_LOST) -> None:
        super().__init__("Nothing was sent or fetched.", why, to_do)


class NoNetwork(NotReached):
    """There is no network."""

    def __init__(self) -> None:
        super().__init__("There is no network.")


class HubNotReachable(NotReached):
    """There is a network, and no hub answers at that address."""

    def __init__(self, why: str = "The team's hub does not answer.", to_do: str = NOT_LOST) -> None:
        super().__init__(why, to_do)


NAME_NOT_KNOWN = (
    "The name of the team's hub is not known on this network.",
    "Nothing is lost. If it stays so, ask your team lead whether the hub's address is right.",
)
HUB_IS_OFF = "The team's hub does not answer: its machine is off, or on another network."
HUB_DOES_NOT_RUN = "The team's hub does not answer: its machine is on, and the hub does not run."


class LogInPage(NotReached):
    """Something answered that is not a hub."""

    def __init__(self) -> None:
        super().__init__(
            "This looks like a Wi-Fi log-in page: something else answered in the hub's name.",
            "Open a browser and log in to the Wi-Fi, or use another network. Nothing is lost.",
        )


class LookedInto(NotReached):
    """The certificate is not the hub's: somebody on the way opens encrypted connections."""

    def __init__(self) -> None:
        super().__init__(
            "This network looks into encrypted connections, or another machine stands in for the "
            "hub.",
            "Use another network, such as a phone's, and tell your team lead. Nothing was sent.",
        )


class NotOfToday(NotReached):
    """The certificate is the hub's own, and by this laptop's clock not good on this day."""

    def __init__(self) -> None:
        super().__init__(
            "By this laptop's clock the hub's certificate is not good today.",
            "Look whether this laptop's date and time are right. If they are, tell your team lead: "
            "the hub has to be started again. Nothing was sent.",
        )


class HubBusy(NotReached):
    """The hub answered that it cannot just now."""

    def __init__(self) -> None:
        super().__init__("The hub is busy, or something went wrong in it.")


class AskedToWait(NotReached):
    """The hub was asked too often, and said after how long to ask again."""

    def __init__(self, seconds: int, until: str) -> None:
        """`until` is the time of day as it is shown."""
        super().__init__(f"The hub asks this laptop to wait until {until}.")
        self.seconds = seconds
        """How long nothing is to be asked."""


class Removed(NotReached):
    """A lead removed this laptop."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"This laptop was removed from the team by {by or 'a team lead'}.",
            "Speak with your team lead. What you wrote stays here.",
        )


class NotKnown(NotReached):
    """The hub does not know this laptop."""

    def __init__(self) -> None:
        super().__init__(
            "The hub does not know this laptop.",
            "Ask your team lead for an invite code. What you wrote stays here.",
        )


class InviteRefused(NotReached):
    """The invite is not good."""

    def __init__(self) -> None:
        super().__init__(
            "The invite code was used already, is too old, or is another hub's.",
            "Ask your team lead for a new one.",
        )


class NotAllowed(Refused):
    """The worker's place in the team does not allow it."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "Your place in the team does not allow that.",
            "Ask your team lead.",
        )


class NothingThere(Refused):
    """The hub knows nobody by that id, or nothing of them is there any more."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "The hub knows nobody and nothing by that id, or no longer.",
            "Look again, or check the id with whoever gave it to you.",
        )


_NOT_DECIDED = {
    "reports-only": (
        "That member of the team has reports only, and holds nobody.",
        "Choose a coordinator, a duty worker or a lead.",
    ),
    "still-holds": (
        "They hold people, and whoever has reports only holds nobody.",
        "Hand over their people first.",
    ),
    "last-lead": ("Nobody else leads this team.", "Make a colleague the lead first."),
    "other-role": (
        "Somebody of that name is in the team already, and is something else.",
        "Leave the place in the team open, or change it first.",
    ),
    "other-organisation": (
        "That would cross from one organisation to another.",
        "Ask the person, and let the other in on the hub's machine: 'linkworker hub share'.",
    ),
    "cover-too-long": (
        "A cover ends on a day to come, within a year.",
        "Choose another day, or hand the people over.",
    ),
    "one-already": ("These two records were joined before.", "Look again."),
    "not-one": ("These two records are not joined.", "Look again."),
}
"""Why a lead's decision was refused, and what to do, by the hub's name for it."""


class NotDecided(Refused):
    """The hub did not do what a lead decided, and changed nothing."""

    def __init__(self, name: str) -> None:
        super().__init__("Nothing was done.", *_NOT_DECIDED[name])


class NotTaken(NotReached):
    """The hub did not take what was sent: one of the two is much older."""

    def __init__(self) -> None:
        super().__init__(
            "The hub did not understand this laptop.",
            "Tell whoever looks after the hub. Nothing is lost.",
        )


class NotAnAddress(Refused):
    """The address of the hub is none, or not one that can be trusted."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not asked.",
            "Its address should begin with https:// and name a machine.",
            "Ask your team lead for the address of the hub.",
        )


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
        try:
            return self._said("POST", path, said)
        except NotTaken:
            if not self.is_short:
                raise
            self.is_short = False  # something between here and the hub does not pass it on
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
        self.is_short = reads_short(answer.getheader(HEADER))
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


_NOT_NOW = (9, 10)
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED: looked at only once it
is known that the authority is the hub's own."""


def plain_reason(error: BaseException) -> NotReached:
    """Return why the hub was not reached, in plain words."""
    match error:
        case ssl.SSLCertVerificationError() if error.verify_code in _NOT_NOW:
            return NotOfToday()
        case ssl.SSLCertVerificationError():
            return LookedInto()
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return HubNotReachable()  # cut off
        case ssl.SSLError():
            return LogInPage()
        case http.client.BadStatusLine() if not isinstance(error, http.client.RemoteDisconnected):
            return LogInPage()
        case socket.gaierror():
            return HubNotReachable(*NAME_NOT_KNOWN) if network.is_any() else NoNetwork()
        case ConnectionRefusedError():
            return HubNotReachable(HUB_DOES_NOT_RUN)
        case OSError() if error.errno in _NO_WAY_THERE:
            return HubNotReachable(HUB_IS_OFF) if network.is_any() else NoNetwork()
    return HubNotReachable()


def is_this_machine(host: str) -> bool:
    """Say whether an address is this machine's own: there alone nobody listens."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _no_way_there() -> frozenset[int]:
    import errno

    names = ("ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EADDRNOTAVAIL")
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_NO_WAY_THERE = _no_way_there()


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
        raise HubNotReachable from None
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise HubNotReachable from None
    if answer.status == 200:
        return said
    raise _refusal(said if isinstance(said, dict) else {})


def _refusal(said: dict[str, Any]) -> Refused:
    name, n = said.get("error"), said.get("n")
    match name:
        case "copied" if isinstance(n, int) and n > 0:
            return Forked("", n)
        case "removed":
            from linkworker.text import one_line, shorten

            return Removed(shorten(one_line(str(said.get("by") or "")), 60))
        case "not-enrolled":
            return NotKnown()
        case "invite-not-good":
            return InviteRefused()
        case "not-yours":
            return NotAllowed()
        case "nothing-here":
            return NothingThere()
        case str() if name in _NOT_DECIDED:
            return NotDecided(name)
        case "busy" | "fault":
            return HubBusy()
    return NotTaken()
