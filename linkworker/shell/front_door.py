"""The front door from the machine that it stands on."""

from __future__ import annotations

import os
from pathlib import Path

from linkworker.shell.hub import fault_said
from linkworker.shell.saying import let_out, say, say_json, tell
from linkworker.shell.usage import Typed, WrongUsage


def serve(typed: Typed) -> int:
    """Serve the public page until stopped with Ctrl+C."""
    from linkworker.shell.hub import NotInstalled

    try:
        from linkworker.frontdoor.serving import DEFAULT_PORT
        from linkworker.frontdoor.serving import serve as served
    except ImportError:
        raise NotInstalled from None
    port = typed.value("--port", str(DEFAULT_PORT))
    if not port.isdecimal() or int(port) > 65535:
        raise WrongUsage("A port is a number up to 65535.")
    named = typed.value("--data") or os.environ.get("LINKWORKER_FRONT_DOOR", "")
    if not named:
        raise WrongUsage("Name the folder of the front door: --data DIR.")
    if typed.has("--certificate") != typed.has("--key"):
        raise WrongUsage("A certificate goes with its key: --certificate F --key F.")

    def ready(url: str) -> None:
        if typed.has("--json"):
            say_json({"url": url})
        else:
            say(f"The front door answers at {url}")
        let_out()

    served(
        Path(named).expanduser(),
        typed.value("--host", "127.0.0.1"),
        int(port),
        ready,
        lambda fault: tell(fault_said(fault, "front door")),
        certificate=typed.value("--certificate"),
        key=typed.value("--key"),
        behind_proxy=typed.has("--behind-proxy"),
    )
    return 0
