"""Key files half written or put here from elsewhere: no way in for long, and nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linkworker import vault
from linkworker.vault import keyfile
from tests.vault.conftest import CHEAP, PASSPHRASE, Made

NEW = "eleven came to the library and one held the wool"


def cut_off_while_writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Change the passphrase, and lose the power before the new key files take their names."""

    replace, unlink = os.replace, Path.unlink

    def cut_replace(new: Path, name: Path) -> None:
        if "keys" in name.name:
            raise KeyboardInterrupt
        replace(new, name)

    def cut_unlink(path: Path, missing_ok: bool = False) -> None:
        if "keys" not in path.name:
            unlink(path, missing_ok)

    with monkeypatch.context() as cut:
        cut.setattr(os, "replace", cut_replace)
        cut.setattr(Path, "unlink", cut_unlink)
        with pytest.raises(KeyboardInterrupt):
            vault.change_passphrase(folder, PASSPHRASE, NEW, cost=CHEAP)
    return sorted(folder.glob(".*.new"))


def test_what_a_power_cut_left_of_a_key_file_opens_nothing_after_the_next_change(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = cut_off_while_writing(made.folder, monkeypatch)
    keys = [one for one in left if "keys" in one.name]
    assert keys, "otherwise this shows nothing"
    assert vault.unlock(made.folder, PASSPHRASE).data_key == made.data_key
    vault.change_passphrase(made.folder, PASSPHRASE, "a third one, quite long enough", cost=CHEAP)
    assert not [one for one in keys if one.exists()]


def test_what_was_left_long_ago_is_cleared_at_unlocking(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [one for one in cut_off_while_writing(made.folder, monkeypatch) if "keys" in one.name]
    vault.unlock(made.folder, PASSPHRASE)
    assert all(one.exists() for one in keys), "another program may be writing it"
    for one in keys:
        os.utime(one, (0, 0))
    vault.unlock(made.folder, PASSPHRASE)
    assert not any(one.exists() for one in keys)


@pytest.mark.parametrize("name", [keyfile.FILE, keyfile.COPY])
def test_the_key_file_of_other_records_never_takes_the_place_of_the_right_one(
    made: Made, tmp_path: Path, name: str
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    vault.create(other, PASSPHRASE, cost=CHEAP)
    right = (made.folder / name).read_bytes()
    (made.folder / name).write_bytes((other / name).read_bytes())
    before = {one.name: one.read_bytes() for one in made.folder.glob("keys*")}
    with pytest.raises(vault.TwoKeyFiles, match="different records"):
        vault.unlock(made.folder, PASSPHRASE)
    assert {one.name: one.read_bytes() for one in made.folder.glob("keys*")} == before
    (made.folder / name).rename(tmp_path / "moved away")
    assert vault.unlock(made.folder, PASSPHRASE).data_key == made.data_key
    assert (made.folder / name).read_bytes() == right
