"""Links that somebody laid into the folder of the records: nothing is written over through them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.clock import uuid7_ids
from linkworker.folders import LinkInTheWay
from linkworker.refusal import Refused
from linkworker.storage import holding
from linkworker.storage.holding import Hold, OpenElsewhere
from linkworker.storage.rescuing import rescue
from linkworker.store import Store
from tests.conftest import PASSPHRASE, OwnClock
from tests.store.test_left_log import files_of, killed, laid_out, people

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links are made otherwise there")

RECORDS = "records.db"


@pytest.fixture
def closed(store: Store) -> Path:
    store.lock()
    return store.folder


@pytest.mark.parametrize("lay", [os.symlink, os.link])
@pytest.mark.parametrize("ours", [RECORDS, "keys.json"])
def test_a_link_in_the_place_of_the_hold_empties_no_file_of_ours(
    closed: Path, clock: OwnClock, ours: str, lay: Callable[..., None]
) -> None:
    (closed / holding.FILE).unlink(missing_ok=True)
    lay(closed / ours, closed / holding.FILE)
    before = files_of(closed)
    with pytest.raises(LinkInTheWay, match=holding.FILE):
        Store.at(closed, clock=clock, alone=True).unlock(PASSPHRASE)
    assert files_of(closed) == before
    (closed / holding.FILE).unlink()
    Store.at(closed, clock=clock, alone=True).unlock(PASSPHRASE)


def test_a_link_in_the_place_of_the_hold_empties_no_file_elsewhere_and_makes_none(
    closed: Path, clock: OwnClock, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    for there in (True, False):
        if there:
            letter.write_text("Dear Joan")
        else:
            letter.unlink()
        (closed / holding.FILE).unlink(missing_ok=True)
        (closed / holding.FILE).symlink_to(letter)
        with pytest.raises(LinkInTheWay):
            Hold(closed, clock)
        assert letter.exists() == there
        assert not there or letter.read_text() == "Dear Joan"


@pytest.mark.parametrize("leads_to", [RECORDS, "nowhere"])
def test_a_link_that_is_laid_at_the_last_moment_is_not_followed(
    closed: Path, clock: OwnClock, monkeypatch: pytest.MonkeyPatch, leads_to: str
) -> None:
    from linkworker import folders

    (closed / holding.FILE).unlink(missing_ok=True)
    (closed / holding.FILE).symlink_to(closed / leads_to)
    monkeypatch.setattr(folders, "refuse_link", lambda path: None)
    before = files_of(closed)
    with pytest.raises(Refused):
        Hold(closed, clock)
    assert files_of(closed) == before


def test_a_pipe_in_the_place_of_the_hold_keeps_nobody_waiting(
    closed: Path, clock: OwnClock
) -> None:
    (closed / holding.FILE).unlink(missing_ok=True)
    os.mkfifo(closed / holding.FILE)
    with pytest.raises(Refused):
        Hold(closed, clock)


@pytest.mark.parametrize("name", [RECORDS, f"{RECORDS}-wal", f"{RECORDS}-shm"])
def test_records_that_are_a_link_are_refused_and_nothing_is_changed(
    closed: Path, tmp_path: Path, name: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / "a-file"
    if (closed / name).exists():
        (closed / name).rename(target)
    else:
        target.write_bytes(b"a letter")
    (closed / name).symlink_to(target)
    before = files_of(elsewhere)
    with pytest.raises(LinkInTheWay, match=name):
        Store.at(closed).unlock(PASSPHRASE)
    assert files_of(elsewhere) == before


@pytest.mark.parametrize("beside", ["-wal", "-shm"])
def test_a_second_name_of_another_file_is_no_log_to_write_over(closed: Path, beside: str) -> None:
    os.link(closed / "keys.json", closed / f"{RECORDS}{beside}")
    before = (closed / "keys.json").read_bytes()
    with pytest.raises(LinkInTheWay):
        Store.at(closed).unlock(PASSPHRASE)
    assert (closed / "keys.json").read_bytes() == before


def test_a_backup_that_shares_the_file_locks_nobody_out(closed: Path, tmp_path: Path) -> None:
    os.link(closed / RECORDS, tmp_path / "backup.db")
    store = Store.at(closed)
    store.unlock(PASSPHRASE)
    store.lock()


def test_a_folder_that_is_a_link_opens_with_every_control_on(
    tmp_path: Path, make_store: Callable[..., Store]
) -> None:
    left = killed(make_store("ann"))
    real = laid_out(tmp_path / "on another disk", left).folder
    (tmp_path / "records").symlink_to(real)
    (real / RECORDS).chmod(0o644)
    other = make_store("joan", worker="Joan")
    with other.write("added") as tx:
        tx.add(schema.Person(called="Agnes"))
    (real / f"{RECORDS}-wal").write_bytes((other.folder / f"{RECORDS}-wal").read_bytes())
    store = Store.at(tmp_path / "records")
    store.unlock(PASSPHRASE)
    assert store.made_private
    assert (real / RECORDS).stat().st_mode & 0o077 == 0
    assert "of other records" in (store.log_notice or "")
    store.lock()


def test_records_at_the_end_of_a_link_are_rescued_with_their_log(
    tmp_path: Path, make_store: Callable[..., Store], clock: OwnClock
) -> None:
    store = make_store("ann")
    data_key = store._connections().key
    folder = laid_out(tmp_path / "left", killed(store)).folder
    real = tmp_path / "real"
    real.mkdir()
    for name in (RECORDS, f"{RECORDS}-wal"):
        (folder / name).rename(real / name)
    (folder / RECORDS).symlink_to(real / RECORDS)
    rescue(folder, data_key, tmp_path / "saved", uuid7_ids(clock), clock)
    saved = Store.at(tmp_path / "saved")
    saved.unlock(PASSPHRASE)
    assert people(saved) == 10
    saved.lock()


def test_who_is_refused_because_another_has_them_open_has_changed_nothing(
    closed: Path, clock: OwnClock
) -> None:
    first = Store.at(closed, clock=clock, alone=True)
    first.unlock(PASSPHRASE)
    (closed / "look.json").write_text("{}")
    (closed / "look.json").chmod(0o644)
    with pytest.raises(OpenElsewhere):
        Store.at(closed, clock=clock, alone=True).unlock(PASSPHRASE)
    assert (closed / "look.json").stat().st_mode & 0o777 == 0o644
    first.lock()
