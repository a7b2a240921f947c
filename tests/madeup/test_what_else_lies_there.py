"""Somebody keeps something of their own in the folder of the made-up people, or beside it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from linkworker.madeup import demo
from linkworker.storage import connections, holding, migrating, setting_up
from linkworker.store import Store
from linkworker.vault import backoff, keyfile, missed
from linkworker.widgets import crash, look
from tests.conftest import CHEAP, PASSPHRASE
from tests.madeup.conftest import keep_otherwise


def clock() -> datetime:
    return datetime(2026, 11, 27, 8, 50, tzinfo=UTC)


def made_up_in(folder: Path, *, fresh: bool = False) -> Path:
    return demo.prepare(folder, clock=clock, patch="liverpool", years=0.1, fresh=fresh)


def lay_things_of_ones_own(folder: Path) -> None:
    (folder / "my-own-letter.txt").write_text("precious")
    (folder / "holiday.db").write_text("another program's")
    (folder / "sub").mkdir()
    (folder / "sub" / "x.csv").write_text("y")


def assert_there_and_open(folder: Path) -> None:
    assert (folder / "my-own-letter.txt").read_text() == "precious"
    assert (folder / "holiday.db").read_text() == "another program's"
    assert (folder / "sub" / "x.csv").read_text() == "y"
    store = Store.at(folder, clock=clock)
    store.unlock_made_up()
    assert store.check().whole
    store.lock()
    assert not folder.with_name(f"{folder.name}.unfinished").exists()


def test_made_anew_when_asked_what_is_ones_own_stays(tmp_path: Path) -> None:
    folder = made_up_in(tmp_path / "demo")
    lay_things_of_ones_own(folder)
    before = (folder / "keys.json").read_bytes()
    made_up_in(folder, fresh=True)
    assert (folder / "keys.json").read_bytes() != before
    assert_there_and_open(folder)


def test_made_anew_because_of_another_release_what_is_ones_own_stays(tmp_path: Path) -> None:
    folder = made_up_in(tmp_path / "demo")
    lay_things_of_ones_own(folder)
    keep_otherwise(folder)
    made_up_in(folder)
    assert_there_and_open(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets not everybody make a link")
def test_a_link_to_a_folder_of_ones_own_is_not_followed(tmp_path: Path) -> None:
    folder = made_up_in(tmp_path / "demo")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "sea.jpg").write_bytes(b"sea")
    (folder / "being-made-photos").symlink_to(tmp_path / "photos")
    made_up_in(folder, fresh=True)
    assert (tmp_path / "photos" / "sea.jpg").read_bytes() == b"sea"


def test_real_records_that_stand_where_the_new_ones_are_made_are_never_touched(
    tmp_path: Path,
) -> None:
    real = tmp_path / "demo.unfinished"
    store, _ = Store.create(real, PASSPHRASE, worker_name="Ann", cost=CHEAP)
    store.lock()
    before = {one.name: one.read_bytes() for one in real.iterdir()}
    with pytest.raises(demo.NotMadeUp):
        made_up_in(tmp_path / "demo")
    assert {one.name: one.read_bytes() for one in real.iterdir()} == before


def test_real_records_without_their_keys_are_not_taken_for_made_up_ones(tmp_path: Path) -> None:
    real = tmp_path / "demo.unfinished"
    real.mkdir()
    (real / "records.db").write_bytes(b"real")
    with pytest.raises(demo.NotMadeUp):
        made_up_in(tmp_path / "demo")
    assert (real / "records.db").read_bytes() == b"real"


def test_what_a_kill_left_before_there_were_keys_is_cleared_away(tmp_path: Path) -> None:
    cut_off = tmp_path / "demo.unfinished" / "being-made-1234abcd"
    cut_off.mkdir(parents=True)
    (cut_off / "records.db").write_bytes(b"half")
    folder = made_up_in(tmp_path / "demo")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["demo"]
    assert (folder / "keys.json").exists()


def test_made_up_records_that_lost_their_file_are_made_anew_when_asked(tmp_path: Path) -> None:
    folder = made_up_in(tmp_path / "demo")
    lay_things_of_ones_own(folder)
    (folder / "records.db").unlink()
    made_up_in(folder, fresh=True)
    assert_there_and_open(folder)


def test_every_file_that_linkworker_lays_there_is_known_as_its_own() -> None:
    ours = {keyfile.FILE, keyfile.COPY, backoff.FILE, backoff.LOCK, missed.FILE, look.FILE_NAME}
    ours |= {holding.FILE, setting_up.LOCK, crash.FILE_NAME, connections.RECORDS}
    ours |= {f"{setting_up.BEING_MADE}-1234abcd", migrating.BEFORE_MIGRATION.format(version=2)}
    ours |= {"records.db-wal", "records.db-shm", "records-set-aside-1.db-wal", ".keys.json.1.new"}
    for name in ours:
        assert any(fnmatchcase(name, pattern) for pattern in demo.MADE_HERE), name
