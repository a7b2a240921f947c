"""Serving the front door: with an ordinary certificate, or behind a proxy that has one."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from linkworker.clock import Clock, milliseconds, system_clock, uuid7_ids
from linkworker.frontdoor.app import Door, make_app
from linkworker.frontdoor.limits import Limits
from linkworker.hatch import Hatch, NoHatch
from linkworker.hub.http import door as places
from linkworker.refusal import Refused

DEFAULT_PORT = 8751
IDLE_SECONDS = 30
GRACE_SECONDS = 2


class CannotListen(Refused):
    """The port is taken, or the address is not this machine's."""

    def __init__(self) -> None:
        super().__init__(
            "The front door was not opened.",
            "It cannot listen at that address: the port is taken, or the address is another's.",
            "Choose another --port or --host.",
        )


class NotInTheClear(Refused):
    """It was to serve others without a certificate."""

    def __init__(self) -> None:
        super().__init__(
            "The front door was not opened.",
            "Without a certificate it serves this machine alone: a proxy on it, or whoever tries.",
            "Give --certificate and --key, or serve on 127.0.0.1 behind a proxy that has one.",
        )


class CertificateNotGood(Refused):
    """The certificate or its key is not there, or they do not belong together."""

    def __init__(self) -> None:
        super().__init__(
            "The front door was not opened.",
            "The certificate or its key cannot be read, or they do not belong together.",
            "Look at --certificate (the whole chain, PEM) and --key.",
        )


def serve(
    folder: Path,
    host: str,
    port: int,
    ready: Callable[[str], None],
    report: Callable[[Exception], None],
    *,
    certificate: str = "",
    key: str = "",
    behind_proxy: bool = False,
    clock: Clock = system_clock,
) -> None:
    """Serve until told to stop. `ready` is called with the address once people can come.

    `behind_proxy`: what a proxy on this machine says of where somebody comes from is believed, so
    that they are counted apart. Raises `NoHatch`, `NotInTheClear`, `CannotListen`,
    `CertificateNotGood`.
    """
    hatch = Hatch(folder)
    if not hatch.is_there() or not hatch.given().keys:
        raise NoHatch
    if not certificate and not _is_loopback(host):
        raise NotInTheClear

    def now_ms() -> int:
        return milliseconds(clock())

    door = Door(hatch, now_ms, uuid7_ids(clock), Limits(now_ms))
    listening = _listen(host, port)

    async def each_second() -> None:
        listening.sweep()

    config = uvicorn.Config(
        make_app(door, report),
        ssl_certfile=certificate or None,
        ssl_keyfile=key or None,
        log_config=None,
        log_level="critical",
        access_log=False,  # who asked, and when, is nobody's business
        server_header=False,
        date_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="off",
        ws="none",
        http=places.speaking_at(listening),
        callback_notify=each_second,
        timeout_notify=0,
    )
    try:
        config.load()
    except OSError:
        listening.close()
        raise CertificateNotGood from None
    shown = f"[{host}]" if ":" in host else host
    with listening, asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        scheme = "https" if certificate else "http"
        ready(f"{scheme}://{shown}:{listening.getsockname()[1]}")
        runner.run(_Server(config, listening).serve(sockets=[listening]))


class _Server(uvicorn.Server):
    """A server that, told to stop, does not wait for those who ask nothing."""

    def __init__(self, config: uvicorn.Config, door: places.Door) -> None:
        super().__init__(config)
        self._door = door

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, once what is being answered is answered."""
        self._door.shut()
        await super().shutdown(sockets)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> places.Door:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = places.Door(family, places.most_connections())
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(256)
    except OSError:
        listening.close()
        raise CannotListen from None
    return listening
