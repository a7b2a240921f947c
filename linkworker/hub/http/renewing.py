"""A hub that serves for years renews its own certificate, and shows the new one from then on.

Laptops trust the authority, which stays: they notice nothing. Where several processes serve one
folder, whoever renews it first does so for all.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable

from linkworker.hub.certificates import certificates
from linkworker.hub.house import Hub
from linkworker.refusal import Refused

EVERY_SECONDS = 3600
"""How often it is looked whether the certificate ends soon."""


class Renewing:
    """The certificate that one process shows."""

    def __init__(
        self,
        hub: Hub,
        shown: ssl.SSLContext,
        report: Callable[[Exception], None],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`report` hears where it could not be renewed; what it says may go into a log."""
        self._hub = hub
        self._shown = shown
        self._report = report
        self._seconds = seconds
        self._next = seconds() + EVERY_SECONDS
        self._pem = hub.certificates.chain.read_bytes()

    def look(self) -> None:
        """Renew the certificate where it ends soon; called often, it does so now and then."""
        if self._seconds() < self._next:
            return
        self._next = self._seconds() + EVERY_SECONDS
        try:
            chain = certificates(self._hub.folder, self._hub.now()).chain
            pem = chain.read_bytes()
            if pem != self._pem:
                self._shown.load_cert_chain(chain)
                self._pem = pem
        except (Refused, OSError) as error:  # what is shown is good for weeks; it is tried again
            self._report(error)
