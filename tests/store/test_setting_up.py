"""Setting up where somebody else was, is, or has left something: never over what is there."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkworker import folders
from linkworker.cipher import NoDatabase
from linkworker.refusal import Refused
from linkworker.storage import setting_up
from linkworker.store import Store
from linkworker.vault import WrongPassphrase
from tests.conftest import CHEAP, PASSPHRASE


def new(folder: Path, passphrase: str = PASSPHRASE) -> None:
    store, _ = Store.create(folder, passphrase, worker_name="Ann", cost=CHEAP)
    store.lock()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    new(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    new(tmp_path / "other")
    return tmp_path / "other"


def test_a_half_made_store_laid_into_the_folder_takes_the_place_of_nothing(
    own: Path, other: Path
) -> None:
    shutil.copytree(other, own / "being-made")
    before = (own / "records.db").read_bytes()
    store = Store.at(own)
    assert (own / "records.db").read_bytes() == before
    store.unlock(PASSPHRASE)
    assert store.check().ok
    store.lock()
    assert (own / "keys.json").read_bytes() != (other / "keys.json").read_bytes()


def test_records_of_somebody_else_that_wait_are_not_moved_in_where_one_s_own_are_gone(
    own: Path, other: Path
) -> None:
    (own / "records.db").unlink()
    shutil.copytree(other, own / "being-made")
    with pytest.raises(NoDatabase):
        Store.at(own).unlock(PASSPHRASE)
    assert not (own / "records.db").exists()


def test_a_folder_in_the_place_of_the_waiting_records_is_left_alone(own: Path) -> None:
    (own / "being-made" / "records.db").mkdir(parents=True)
    store = Store.at(own)
    store.unlock(PASSPHRASE)
    store.lock()
    (own / "records.db").unlink()
    with pytest.raises(NoDatabase):
        store.unlock(PASSPHRASE)


def test_what_is_no_part_of_a_store_is_not_moved_in_with_it(own: Path) -> None:
    waiting = own / "being-made"
    (waiting / "pictures").mkdir(parents=True)
    (waiting / "letter.odt").touch()
    (own / "records.db").rename(waiting / "records.db")
    store = Store.at(own)
    store.unlock(PASSPHRASE)
    assert store.check().ok
    store.lock()
    assert sorted(one.name for one in waiting.iterdir()) == ["letter.odt", "pictures"]
    assert not (own / "letter.odt").exists()


def test_a_second_set_up_in_the_same_folder_is_refused_and_disturbs_nothing(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "own"
    with pytest.raises(KeyError), setting_up.setting_up(folder) as place:
        (place / "records.db").write_bytes(b"half made")
        with pytest.raises(setting_up.BeingSetUp):
            new(folder)
        assert Store.at(folder).state == "none"
        assert (place / "records.db").read_bytes() == b"half made"
        raise KeyError
    new(folder)


def test_a_folder_in_which_nothing_can_be_made_is_refused_before_a_passphrase_is_chosen(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("a letter")
    (tmp_path / "link").symlink_to(tmp_path / "gone" / "away")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    unfit: dict[Path, type[Refused]] = {
        tmp_path / "file": folders.NotAFolder,
        tmp_path / "file" / "below": folders.NotAFolder,
        tmp_path / "link": folders.LinkToNowhere,
        tmp_path / "link" / "below": folders.LinkToNowhere,
        tmp_path / "circle": folders.LinkToNowhere,
    }
    if sys.platform == "linux":
        unfit[Path("/dev/full")] = folders.NotAFolder
        unfit[Path("/sys/linkworker")] = folders.ReadOnlyFolder
        unfit[Path("/proc/linkworker")] = folders.DiskTrouble
    for folder, why in unfit.items():
        for refuse in (Store.refuse_unfit, new):
            with pytest.raises(why):
                refuse(folder)


def test_asking_whether_a_folder_is_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "there", tmp_path / "deep" / "down" / "below"):
        Store.refuse_unfit(folder)
    assert [one.name for one in tmp_path.rglob("*")] == ["there"]


@pytest.mark.skipif(os.name != "posix", reason="rights of a folder are those of POSIX")
def test_ones_own_folder_without_the_right_to_write_is_fit_and_is_made_private(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine").mkdir(mode=0o500)
    Store.refuse_unfit(tmp_path / "mine")
    new(tmp_path / "mine")
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o700


def test_of_two_set_ups_at_once_one_is_told_success_and_that_one_opens(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    passphrases = [f"{PASSPHRASE} {number}" for number in range(4)]
    made: list[str] = []
    refused: list[Refused] = []

    def set_up(passphrase: str) -> None:
        try:
            new(folder, passphrase)
        except Refused as refusal:
            refused.append(refusal)
        else:
            made.append(passphrase)

    threads = [threading.Thread(target=set_up, args=(one,)) for one in passphrases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(refused) == 3
    store = Store.at(folder)
    store.unlock(made[0])
    assert store.check().ok
    store.lock()
    assert not list(folder.glob("being-made*"))


def test_who_unlocks_between_the_two_moves_waits_for_the_records(
    own: Path,
) -> None:
    waiting = own / "being-made-0"
    waiting.mkdir()
    (own / "records.db").rename(waiting / "records.db")
    store = Store.at(own)
    key = store_key(own)

    def move_soon() -> None:
        with folders.held(own, setting_up.LOCK):
            held.set()
            go_on.wait()
            (waiting / "records.db").rename(own / "records.db")

    held, go_on = threading.Event(), threading.Event()
    other_program = threading.Thread(target=move_soon)
    other_program.start()
    held.wait()
    threading.Timer(0.2, go_on.set).start()
    store.unlock_with_key(key)
    other_program.join()
    assert store.check().ok
    store.lock()


def store_key(folder: Path) -> bytes:
    from linkworker import vault

    return vault.unlock(folder, PASSPHRASE).data_key


def test_success_is_not_told_when_another_s_key_stands_there_in_the_end(
    tmp_path: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved_badly(place: Path, folder: Path, move: Callable[..., Any] = setting_up._move) -> None:
        move(place, folder)
        for name in ("keys.json", "keys-copy.json"):
            shutil.copy(other / name, folder / name)

    monkeypatch.setattr(setting_up, "_move", moved_badly)
    with pytest.raises(setting_up.NotSetUp):
        new(tmp_path / "own", "a quite different passphrase")
    with pytest.raises(WrongPassphrase):
        Store.at(tmp_path / "own").unlock("a quite different passphrase")
