"""Why the hub was not reached, in plain words, on every kind of bad network."""

from __future__ import annotations

import errno
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from linkworker.clock import home_zone
from linkworker.hub import certificates
from linkworker.rules.times import read_time
from linkworker.sync import network, reaching, refusals
from linkworker.sync.reaching import Line
from linkworker.sync.refusals import (
    AskedToWait,
    HubNotReachable,
    LogInPage,
    LookedInto,
    NoNetwork,
    NotAnAddress,
    NotOfToday,
)
from tests.conftest import OwnClock
from tests.hub import places

Behaviour = Callable[[socket.socket], None]


@contextmanager
def something(behaves: Behaviour) -> Iterator[int]:
    """Listen on a port and treat whoever comes as `behaves` does."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                came, _ = listening.accept()
            except OSError:
                return
            with came:
                behaves(came)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def page(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Log in"
    )


def nonsense(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(b"220 mail.example ESMTP\r\n")


def too_often(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(
        b"HTTP/1.1 429 Too Many Requests\r\nLinkworker-Hub: 1\r\nRetry-After: 90\r\n"
        b"Content-Length: 2\r\n\r\n{}"
    )


def somebody_else_too_often(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(
        b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 90\r\nContent-Length: 2\r\n\r\n{}"
    )


def too_often_for_ever(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(
        b"HTTP/1.1 429 Too Many Requests\r\nLinkworker-Hub: 1\r\nRetry-After: 99999999\r\n"
        b"Content-Length: 2\r\n\r\n{}"
    )


def hang_up(came: socket.socket) -> None:
    came.recv(4096)


def cut_short(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(b"HTTP/1.1 200 OK\r\nLinkworker-Hub: 1\r\nContent-Length: 500\r\n\r\n{")


def half_an_answer(came: socket.socket) -> None:
    came.recv(4096)
    came.sendall(b"HTTP/1.1 200 OK\r\nLinkworker-Hub: 1\r\nContent-Length: 1\r\n\r\n{")


@pytest.mark.parametrize(
    ("behaves", "told"),
    [
        (page, LogInPage),
        (somebody_else_too_often, LogInPage),
        (nonsense, LogInPage),
        (hang_up, HubNotReachable),
        (cut_short, HubNotReachable),
        (half_an_answer, HubNotReachable),
    ],
)
def test_what_is_no_hub_is_told_from_one_that_is_cut_off(
    behaves: Behaviour, told: type[Exception]
) -> None:
    with something(behaves) as port, pytest.raises(told):
        Line(f"http://127.0.0.1:{port}", None).get("/v1/hub")


def test_a_hub_that_was_asked_too_often_says_until_when_to_wait() -> None:
    clock = OwnClock()
    line = (None, b"", clock)
    with something(too_often) as port, pytest.raises(AskedToWait) as told:
        Line(f"http://127.0.0.1:{port}", *line).get("/v1/hub")
    over = clock().astimezone(home_zone()) + timedelta(seconds=90)
    assert told.value.seconds == 90
    shown = told.value.why.removeprefix("The hub asks this laptop to wait until ").rstrip(".")
    at = read_time(shown)
    assert at is not None
    assert timedelta() <= datetime.combine(over, at, over.tzinfo) - over < timedelta(minutes=1)
    assert "Nothing is lost" in told.value.to_do


def test_no_hub_is_waited_for_longer_than_an_hour() -> None:
    with something(too_often_for_ever) as port, pytest.raises(AskedToWait) as told:
        Line(f"http://127.0.0.1:{port}", None).get("/v1/hub")
    assert told.value.seconds == 3600


def test_a_log_in_page_where_an_encrypted_hub_should_be() -> None:
    with something(page) as port, pytest.raises(LogInPage):
        Line(f"https://127.0.0.1:{port}", None).get("/v1/hub")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(HubNotReachable) as said:
        Line(f"http://127.0.0.1:{port}", None).get("/v1/hub")
    assert "the hub does not run" in said.value.why


def test_a_hub_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "ANSWER_SECONDS", 0.2)
    ended = threading.Event()
    with something(lambda came: bool(ended.wait(10))) as port, pytest.raises(HubNotReachable):  # type: ignore[arg-type, return-value]  # what it returns is not looked at
        Line(f"http://127.0.0.1:{port}", None).get("/v1/hub")
    ended.set()


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), "The name of the team's hub is not known"),
        (OSError(errno.EHOSTUNREACH, ""), "its machine is off, or on another network"),
        (OSError(errno.ENETUNREACH, ""), "its machine is off, or on another network"),
    ],
)
def test_no_network_is_told_from_a_hub_that_is_not_there(
    fault: OSError, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "is_any", lambda: True)
    told = refusals.plain_reason(fault)
    assert isinstance(told, HubNotReachable)
    assert why in told.why
    monkeypatch.setattr(network, "is_any", lambda: False)
    assert isinstance(refusals.plain_reason(fault), NoNetwork)


def test_a_name_that_nobody_can_look_up_is_told() -> None:
    with pytest.raises((NoNetwork, HubNotReachable)) as said:
        Line("https://hub.nowhere.invalid", None).get("/v1/hub")
    assert ("name" in said.value.why) is network.is_any()


def test_where_nothing_can_be_sent_out_there_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_SOMEWHERE", ((socket.AF_INET, ("255.255.255.255", 9)),))
    assert not network.is_any()
    monkeypatch.setattr(network, "_SOMEWHERE", ((socket.AF_INET, ("127.0.0.1", 9)),))
    assert network.is_any()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hub",
        "http://hub.example.org",
        "ftp://127.0.0.1",
        "https://",
        "https://h:x",
        "https://h/a",
    ],
)
def test_an_address_that_cannot_be_trusted_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(NotAnAddress):
        Line(url, None)


def test_another_authority_is_never_spoken_to(tmp_path: Path, clock: OwnClock) -> None:
    with places.far(tmp_path / "hub") as place:
        (tmp_path / "other").mkdir()
        certificates.make_authority(tmp_path / "other", clock())
        other = (tmp_path / "other" / certificates.AUTHORITY).read_text()
        with pytest.raises(LookedInto):
            Line(place.url, other, b"t" * 32).get("/v1/hub")
        assert Line(place.url, place.hub.certificates.authority).get("/v1/hub")["hub"] == "A team"


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_wrong_is_not_taken_for_somebody_on_the_way(
    tmp_path: Path, years: int
) -> None:
    made = datetime.now(UTC)
    certificates.make_authority(tmp_path, made)
    hubs = certificates.certificates(tmp_path, made + timedelta(days=365 * years))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(hubs.chain)

    def shows_it(came: socket.socket) -> None:
        with suppress(OSError):  # who asks hangs up
            context.wrap_socket(came, server_side=True)

    with something(shows_it) as port, pytest.raises(NotOfToday):
        Line(f"https://127.0.0.1:{port}", hubs.authority, b"t" * 32).get("/v1/hub")
