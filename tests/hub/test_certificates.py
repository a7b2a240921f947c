"""The hub's certificate and its authority: renewed in time, broken, and at their end."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linkworker.hub import house
from linkworker.hub.certificates import (
    AUTHORITY,
    AUTHORITY_KEY,
    SERVER,
    SERVER_NAME,
    BrokenAuthority,
)
from linkworker.hub.http.renewing import EVERY_SECONDS, Renewing
from linkworker.shell import hub as shell
from linkworker.shell.usage import taken_apart
from tests.conftest import OwnClock


def shown(server: ssl.SSLContext, authority: str) -> Any:
    """Return what a server shows to a laptop that trusts the authority and nobody else."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(cadata=authority)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    laptop = client.wrap_bio(back, there, server_hostname=SERVER_NAME)
    hub = server.wrap_bio(there, back, server_side=True)
    for side in (laptop, hub, laptop, hub):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    return laptop.getpeercert()


def test_a_hub_that_serves_renews_its_certificate_and_laptops_go_on_trusting_it(
    tmp_path: Path, clock: OwnClock
) -> None:
    clock.now = datetime.now(UTC) - timedelta(days=320)
    house.make(tmp_path, name="A team", clock=clock)
    seconds, faults = [0.0], list[Exception]()
    with house.opened(tmp_path, clock=clock) as hub:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(hub.certificates.chain)
        renewing = Renewing(hub, context, faults.append, lambda: seconds[0])
        first = shown(context, hub.certificates.authority)
        clock.on(days=320)
        renewing.look()
        assert shown(context, hub.certificates.authority) == first, "it is looked at now and then"
        seconds[0] = EVERY_SECONDS
        renewing.look()
        second = shown(context, hub.certificates.authority)
    assert not faults
    assert ssl.cert_time_to_seconds(second["notAfter"]) > ssl.cert_time_to_seconds(
        first["notAfter"]
    )


def test_a_certificate_made_while_the_clock_was_ahead_is_made_anew_once_it_is_right(
    tmp_path: Path, clock: OwnClock
) -> None:
    clock.now = datetime.now(UTC)
    house.make(tmp_path, name="A team", clock=clock)
    clock.on(days=400)
    with house.opened(tmp_path, clock=clock):
        pass
    clock.on(days=-400)
    seconds = [0.0]
    with house.opened(tmp_path, clock=clock) as hub:  # it was started again, as laptops advise
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(hub.certificates.chain)
        assert shown(context, hub.certificates.authority)
        renewing = Renewing(hub, context, [].append, lambda: seconds[0])
        clock.on(days=400)
        seconds[0] += EVERY_SECONDS
        renewing.look()  # ahead again, while it serves
        with pytest.raises(ssl.SSLCertVerificationError):
            shown(context, hub.certificates.authority)
        clock.on(days=-400)
        seconds[0] += EVERY_SECONDS
        renewing.look()
        assert shown(context, hub.certificates.authority)


@pytest.mark.parametrize("left", [b"", b"-----BEGIN CERTIFICATE-----\nhalf"])
def test_a_broken_certificate_is_made_anew(tmp_path: Path, left: bytes) -> None:
    house.make(tmp_path, name="A team")
    (tmp_path / SERVER).write_bytes(left)
    with house.opened(tmp_path) as hub:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(hub.certificates.chain)
        assert shown(context, hub.certificates.authority)


@pytest.mark.parametrize("file", [AUTHORITY, AUTHORITY_KEY])
def test_a_broken_authority_is_named(tmp_path: Path, file: str) -> None:
    house.make(tmp_path, name="A team")
    (tmp_path / file).write_text("half a file")
    with pytest.raises(BrokenAuthority) as said, house.opened(tmp_path):
        pass
    assert file in said.value.why


def test_the_authoritys_key_may_be_away_while_the_certificate_is_good(tmp_path: Path) -> None:
    house.make(tmp_path, name="A team")
    with house.opened(tmp_path):
        pass
    (tmp_path / AUTHORITY_KEY).unlink()
    with house.opened(tmp_path) as hub:
        assert hub.name == "A team"


@pytest.mark.parametrize("left", [None, b"half a key", b"\xff\xfe"])
def test_that_the_authoritys_key_is_broken_is_said_long_before_it_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], left: bytes | None
) -> None:
    status = taken_apart(["hub", "status", "--data", str(tmp_path)])
    house.make(tmp_path, name="A team")
    shell.status(status)
    assert AUTHORITY_KEY not in capsys.readouterr().out
    key = (tmp_path / AUTHORITY_KEY).read_bytes()
    (tmp_path / AUTHORITY_KEY).unlink()
    if left is not None:
        (tmp_path / AUTHORITY_KEY).write_bytes(left)
    shell.status(status)
    assert f"{AUTHORITY_KEY} is missing, broken" in capsys.readouterr().out
    (tmp_path / AUTHORITY_KEY).write_bytes(key)
    shell.status(status)
    assert AUTHORITY_KEY not in capsys.readouterr().out


def test_that_the_authority_ends_is_said_in_time(
    tmp_path: Path, clock: OwnClock, capsys: pytest.CaptureFixture[str]
) -> None:
    status = taken_apart(["hub", "status", "--data", str(tmp_path)])
    clock.now = datetime.now(UTC) - timedelta(days=19 * 365)
    house.make(tmp_path, name="A team", clock=clock)
    shell.status(status)
    assert "authority ends on" in capsys.readouterr().out
