"""The hub's folder: cut off while it is made, its key, who may read it, and who serves it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from linkworker import cipher, folders
from linkworker.hub import backup, certificates, house, keeping, naming
from linkworker.hub.postgres import InUse, PostgresDatabase
from linkworker.refusal import Refused
from linkworker.shell import hub as shell
from linkworker.shell.usage import Typed, WrongUsage, taken_apart
from tests.hub import cluster, places


class Killed(BaseException):
    """The process ends here."""


def ends(*_: Any, **__: Any) -> None:
    raise Killed


@pytest.mark.parametrize(
    ("where", "what"),
    [
        (cipher, "connect"),
        (certificates, "make_authority"),
        (certificates, "_pem"),
        (house.Hub, "invite"),
    ],
)
def test_init_that_was_cut_off_is_gone_on_with(
    tmp_path: Path,
    where: Any,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    init = taken_apart(["hub", "init", "--data", str(tmp_path), "--name", "North team"])
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(where, what, ends)
        shell.init(init)
    shell.init(init)
    assert "LW1-" in capsys.readouterr().out
    with house.opened(tmp_path) as hub:
        assert (hub.name, [one.role for one in hub.members.everybody()]) == ("North team", ["lead"])
    with pytest.raises(house.HubIsThere) as said:
        shell.init(init)
    assert "hub invite" in said.value.to_do


ON_DISK = {"open", "write", "replace", "unlink", "mkdir", "connect", "close"}
"""Calls between which something changes on the disk; of the many statements every fifth is one."""


def _killed_at(call: int, init: Typed) -> bool:
    """Have a process do `init` and be killed at a call; say whether it came that far."""
    if process := os.fork():
        return os.WIFSIGNALED(os.waitpid(process, 0)[1])
    calls, statements = count(1), count(1)

    def kill(frame: Any, event: str, called: Any) -> None:
        if event != "c_call" or not frame.f_globals["__name__"].startswith("linkworker."):
            return
        is_fifth = called.__name__ == "execute" and next(statements) % 5 == 0
        if (is_fifth or called.__name__ in ON_DISK) and next(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)

    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    sys.setprofile(kill)
    try:
        shell.init(init)
    finally:
        os._exit(0)


@pytest.mark.slow
@pytest.mark.skipif("not hasattr(os, 'fork')", reason="a process is made otherwise there")
@pytest.mark.parametrize("key", ["", "elsewhere/hub.key"])
def test_init_that_was_killed_anywhere_is_gone_on_with(tmp_path: Path, key: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    for call in count(1):
        folder = tmp_path / str(call)
        words = ["hub", "init", "--data", str(folder), "--name", "North team"]
        words += ["--key-file", str(tmp_path / key)] if key else []
        init = taken_apart(words)
        if not _killed_at(call, init):
            break
        with suppress(house.HubIsThere):  # the invite was made, and another is
            shell.init(init)
        with house.opened(folder, key_file=tmp_path / key if key else None) as hub:
            assert [one.role for one in hub.members.everybody()] == ["lead"]
        assert not (folder / house.BEGUN).exists()
        if key:
            (tmp_path / key).unlink()
    assert call > 50


def test_a_key_elsewhere_that_is_not_this_hubs_is_never_taken(tmp_path: Path) -> None:
    key = tmp_path / "hub.key"
    house.make(tmp_path / "one", name="One", key_file=key)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / house.BEGUN).write_bytes(b"of a key that was lost")
    for folder in ("two", "three"):
        with pytest.raises(folders.AlreadyThere):
            house.make(tmp_path / folder, name="Another", key_file=key)
    key.write_bytes(b"no key")
    with pytest.raises(folders.AlreadyThere):
        house.make(tmp_path / "two", name="Another", key_file=key)


def test_a_hub_with_a_team_whose_authority_is_lost_is_not_made_anew(tmp_path: Path) -> None:
    house.make(tmp_path, name="A team")
    with house.opened(tmp_path) as hub:
        hub.invite("Ann", "coordinator", "a lead")
    (tmp_path / certificates.AUTHORITY).unlink()
    with pytest.raises(certificates.BrokenAuthority):
        house.make(tmp_path, name="A team")
    assert not (tmp_path / certificates.AUTHORITY).exists()


def test_another_key_is_said_to_be_another(tmp_path: Path) -> None:
    house.make(tmp_path / "one", name="A team")
    house.make(tmp_path / "two", name="Another")
    key = tmp_path / "two" / house.KEY
    with pytest.raises(house.NotItsKey) as said, house.opened(tmp_path / "one", key_file=key):
        pass
    assert "--key-file" in said.value.to_do


@pytest.mark.skipif("os.name != 'posix'", reason="rights of a file are kept otherwise there")
@pytest.mark.parametrize("left", [None, 0, 4096, 8192, 40960, 100_000])
def test_records_that_are_gone_or_cut_short_are_put_back_from_a_backup(
    tmp_path: Path, left: int | None
) -> None:
    with places.near(tmp_path / "hub") as place:
        ann = place.member("ann")
        ann.device.put("Person", "terry", called="Terry")
        ann.sync()
        backup.backup(place.hub, tmp_path / "copy", bytes(32))
    records = tmp_path / "hub" / house.RECORDS
    if left is None:
        records.unlink()
    else:
        os.truncate(records, left)
    with pytest.raises(Refused) as said, house.opened(tmp_path / "hub") as hub:
        hub.ledger.counts()
        hub.members.everybody()
        hub.members.note("a lead", "looked", "the hub")
    assert "rescue" not in said.value.to_do, "that is for a laptop's records"
    assert "'linkworker hub restore'" in said.value.to_do
    house.make(tmp_path / "new", name="A new machine")
    with house.opened(tmp_path / "new") as hub:
        backup.restore(hub, tmp_path / "copy", bytes(32), "a new life")
        assert hub.ledger.counts()["people"] == 1


def test_a_key_that_others_could_read_is_made_private_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.make(tmp_path, name="A team")
    key = tmp_path / house.KEY
    key.chmod(0o666)
    shell.status(taken_apart(["hub", "status", "--data", str(tmp_path)]))
    assert "hub.key could be read by others" in capsys.readouterr().err
    assert os.stat(key).st_mode & 0o777 == 0o600
    shell.status(taken_apart(["hub", "status", "--data", str(tmp_path)]))
    assert "hub.key" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", " \t ", "A\x1b[2Jnn", "An\nn", "A" * 81])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    house.make(tmp_path, name="A team")
    with house.opened(tmp_path) as hub:
        with pytest.raises(naming.NameNotGood):
            hub.invite(name, "coordinator", "a lead")
        assert not hub.members.everybody()
        hub.invite("  Zoë  O'Neill ", "coordinator", "a lead")
        assert [one.name for one in hub.members.everybody()] == ["Zoë O'Neill"]


@pytest.mark.parametrize(
    "url",
    ["hub.example.org", "http://hub.example.org", "https://h/a", "https://u:p@h", "https://é"],
)
def test_init_takes_no_address_that_a_laptop_would_not(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongUsage):
        shell.init(taken_apart(["hub", "init", "--data", str(tmp_path / "hub"), "--url", url]))
    assert not (tmp_path / "hub").exists()


def test_no_backup_is_put_back_while_the_hub_is_served(tmp_path: Path) -> None:
    house.make(tmp_path, name="A team")
    copy, key = tmp_path / "copy", bytes(32)
    with house.opened(tmp_path) as hub:
        backup.backup(hub, copy, key)
        with (
            keeping.serving(tmp_path),
            keeping.serving(tmp_path),
            pytest.raises(keeping.Served),
        ):
            backup.restore(hub, copy, key, "another life")
        backup.restore(hub, copy, key, "another life")
    with keeping.alone(tmp_path), pytest.raises(keeping.PuttingBack), keeping.serving(tmp_path):
        pass


def test_nor_while_another_machine_serves_the_same_database_and_no_other_hub_takes_it(
    tmp_path: Path,
) -> None:
    copy, key = tmp_path / "copy", bytes(32)
    with cluster.near(tmp_path / "here") as place:
        url = (tmp_path / "here" / house.DATABASE).read_text().strip()
        backup.backup(place.hub, copy, key)
        other_machine = PostgresDatabase(url)
        other_machine.serves()
        with pytest.raises(keeping.Served):
            backup.restore(place.hub, copy, key, "another life")
        other_machine.close()
        backup.restore(place.hub, copy, key, "another life")
        place.member("ann")
        owners = f"postgresql://owner:{cluster.PASSWORD}@{url.rpartition('@')[2]}"
        with pytest.raises(InUse):
            house.make(tmp_path / "another", name="Another", database_url=owners)
        assert place.member("ben")
