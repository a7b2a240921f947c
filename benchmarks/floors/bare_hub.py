"""A bare server that answers a sync's three calls with the same few bytes: the floor of the hub.

`python -m benchmarks.floors.bare_hub CERTIFICATE` serves on a free port, which it prints.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

import uvicorn

ANSWERS = {
    "/v1/greet": b'{"epoch": "bare", "last_n": 0, "same": false}',
    "/v1/push": b'{"last_n": 1, "numbered": [[1, 1, 1]]}',
    "/v1/pull": b'{"ask": 1, "parts": [], "lost": [], "erased": [], "more": false, "unknown": []}',
}


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """Read a request whole and answer."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    said = ANSWERS[scope["path"]]
    headers = [(b"linkworker-hub", b"1"), (b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


def main() -> None:
    """Serve."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(
        answer,
        ssl_certfile=sys.argv[1],
        ssl_keyfile=sys.argv[1],
        log_config=None,
        access_log=False,
        lifespan="off",
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
