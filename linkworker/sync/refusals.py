"""Why the hub was not reached, or did not do what was asked, in plain words.

`plain_reason` says what the network's errors mean, `refusal_said` what the hub's own answers do.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from typing import Any

from linkworker.oplog.operations import Forked
from linkworker.refusal import Refused
from linkworker.sync import network

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


class NotReadable(HubNotReachable):
    """The hub answered, and what arrived is no answer of any release."""

    def __init__(self) -> None:
        super().__init__("What came back from the team's hub was spoilt on the way.")


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
            "What you wrote stays on it. If you have it, speak with your team lead: a new invite "
            "code, pasted on F5, lets it in again.",
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


def _no_way_there() -> frozenset[int]:
    import errno

    names = ("ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EADDRNOTAVAIL")
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_NO_WAY_THERE = _no_way_there()


def refusal_said(said: dict[str, Any]) -> Refused:
    """Return what a hub refused, by its own answer."""
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
