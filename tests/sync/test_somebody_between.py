"""Somebody on the way stands in for the hub while a laptop joins: the secret of the invite is told
to nobody whom the invite does not name."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from linkworker.hub import certificates
from linkworker.hub.certificates import Certificates
from linkworker.rules.invite import Invite
from linkworker.store import Store
from linkworker.sync.joining import join
from linkworker.sync.refusals import LookedInto

SECRET = b"16 secret bytes!"


def made(folder: Path) -> Certificates:
    folder.mkdir()
    now = datetime.now(UTC)
    certificates.make_authority(folder, now)
    return certificates.certificates(folder, now)


def ending_in_padding(folder: Path) -> Certificates:
    """Return certificates of a hub: of its authority's letters the last are padding, as of two
    hubs in three."""
    number = 0
    while True:
        number += 1
        found = made(folder / str(number))
        if "=\n-----END" in found.authority:
            return found


class Between:
    """Somebody on the way, with a certificate and an authority of their own."""

    def __init__(self, folder: Path) -> None:
        self.own = made(folder)
        self.heard: list[bytes] = []
        """What a laptop told them after it had asked which hub this is."""

    @contextmanager
    def answering(self, authority: Any) -> Iterator[str]:
        """Answer as a hub with this authority does; lend the address."""
        heard = self.heard

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                said = json.dumps({"hub": "North team", "protocol": 1, "authority": authority})
                self.send_response(200)
                self.send_header("Linkworker-Hub", "1")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said.encode())

            def do_POST(self) -> None:
                heard.append(self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_: Any) -> None:
                """Write nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.own.chain)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"https://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.mark.parametrize(
    "shows",
    [
        lambda hubs, own: own,
        lambda hubs, own: hubs,  # it is public: anybody may have fetched it
        lambda hubs, own: hubs + own,
        lambda hubs, own: own + hubs,
        lambda hubs, own: [hubs],
        lambda hubs, own: 7,
    ],
    ids=["their own", "the hub's", "the hub's, then theirs", "theirs first", "a list", "a number"],
)
def test_whoever_stands_in_for_the_hub_never_hears_the_secret(
    store: Store, tmp_path: Path, shows: Callable[[str, str], Any]
) -> None:
    hub, between = ending_in_padding(tmp_path), Between(tmp_path / "between")
    code = Invite(hub.fingerprint, SECRET).code
    shown = shows(hub.authority, between.own.authority)
    with between.answering(shown) as url, pytest.raises(LookedInto):
        join(store, code, url)
    assert between.heard == []
    found = store.belonging.now()
    assert found is None or found.joined_at is None
