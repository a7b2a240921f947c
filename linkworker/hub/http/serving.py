"""Serving a hub: with its own certificate, and without one only on this machine itself."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from linkworker.hub.house import Hub
from linkworker.hub.http.app import make_app
from linkworker.hub.http.door import Door, most_connections, speaking_at
from linkworker.hub.http.renewing import Renewing
from linkworker.hub.limits import Limits
from linkworker.refusal import Refused

DEFAULT_PORT = 8750

GRACE_SECONDS = 2
"""How long what is being answered may take when the hub is stopped; all calls may be repeated."""

IDLE_SECONDS = 75
"""How long a connection over which nothing is asked stays open."""


class NotInTheClear(Refused):
    """Plain HTTP was asked for where others could listen."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not started.",
            "Without encryption it serves this machine alone.",
            "Leave --plain out, or serve on 127.0.0.1.",
        )


class CannotListen(Refused):
    """The port is taken, or the address is not this machine's."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not started.",
            "It cannot listen at that address: the port is taken, or the address is another's.",
            "Choose another --port or --host.",
        )


def serve(
    hub: Hub,
    host: str,
    port: int,
    plain: bool,
    ready: Callable[[str], None],
    report: Callable[[Exception], None],
    *,
    behind_proxy: bool = False,
) -> None:
    """Serve until told to stop. `ready` is called with the address once laptops can come.

    `report` hears of a fault that nobody foresaw. `behind_proxy`: all laptops come from the one
    address of a proxy that passes connections through, so nobody is counted by address.

    Raises `NotInTheClear`, `CannotListen`.
    """
    if plain and not is_loopback(host):
        raise NotInTheClear
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    chain = None if plain else str(hub.certificates.chain)

    async def each_second() -> None:
        listening.sweep()
        if renewing is not None:
            renewing.look()

    config = uvicorn.Config(
        make_app(hub, report, Limits(hub.database, hub.now_ms, addresses=not behind_proxy)),
        ssl_certfile=chain,
        ssl_keyfile=chain,
        log_config=None,
        log_level="critical",  # who sends what is no request would fill the log with lines
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,  # whoever asks would choose the address by which they are counted
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="off",
        ws="none",
        http=speaking_at(listening),
        callback_notify=each_second,
        timeout_notify=0,  # it is asked each second anyway
    )
    config.load()
    renewing = Renewing(hub, config.ssl, report) if config.ssl is not None else None
    # The loop that takes connections from the door: those of other systems go round it.
    with listening, asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        ready(f"{'http' if plain else 'https'}://{shown}:{port}")
        runner.run(_Server(config, listening).serve(sockets=[listening]))


class _Server(uvicorn.Server):
    """A server that, told to stop, does not wait for those who ask nothing."""

    def __init__(self, config: uvicorn.Config, door: Door) -> None:
        super().__init__(config)
        self._door = door

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, once what is being answered is answered."""
        self._door.shut()
        await super().shutdown(sockets)


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> Door:
    listening = Door(socket.AF_INET6 if ":" in host else socket.AF_INET, most_connections())
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(256)
    except OSError:
        listening.close()
        raise CannotListen from None
    return listening
