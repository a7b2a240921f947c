"""One of the two key files edited by somebody who knows its form: the other still opens."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkworker import vault
from linkworker.vault import keyfile
from tests.vault.conftest import CHEAP, PASSPHRASE, Made
from tests.vault.test_vault import NEW

NAMES = [keyfile.FILE, keyfile.COPY]


def forge(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change one key file, and have its sum fit."""
    content = json.loads(path.read_bytes())
    change(content)
    content.pop("sum")
    content["sum"] = hashlib.sha256(keyfile._canonical(content)).hexdigest()
    path.write_text(json.dumps(content))


def later(content: dict[str, Any]) -> None:
    content["turn"] += 1


def later_and_other_slots(content: dict[str, Any]) -> None:
    later(content)
    for slot in content["slots"]:
        slot["sealed"] = base64.b64encode(bytes(48)).decode()


def later_and_no_slots(content: dict[str, Any]) -> None:
    later(content)
    content["slots"] = []


def later_and_costly(content: dict[str, Any]) -> None:
    later(content)
    for slot in content["slots"]:
        slot["facts"] = {**slot["facts"], "memory_kib": 1 << 30}


def later_and_called_made_up(content: dict[str, Any]) -> None:
    later(content)
    content["made up"] = True


FORGED = [
    later,
    later_and_other_slots,
    later_and_no_slots,
    later_and_costly,
    later_and_called_made_up,
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", FORGED)
def test_a_copy_edited_to_be_the_later_one_keeps_nobody_out_and_is_mended_and_said(
    made: Made, name: str, change: Callable[[dict[str, Any]], object]
) -> None:
    whole = (made.folder / name).read_bytes()
    ways_in: tuple[Callable[[], vault.Unlocked], ...] = (
        lambda: vault.unlock(made.folder, PASSPHRASE),
        lambda: vault.unlock_with_recovery(made.folder, made.recovery_key),
    )
    for way_in in ways_in:
        forge(made.folder / name, change)
        assert not vault.is_made_up(made.folder)
        assert vault.is_opened_by(made.folder, made.data_key)
        opened = way_in()
        assert opened.data_key == made.data_key
        assert opened.notice is not None
        assert "other than linkworker had changed" in opened.notice
        assert "written again" in opened.notice
        assert [(made.folder / one).read_bytes() for one in NAMES] == [whole, whole]


@pytest.mark.parametrize("change", FORGED)
def test_a_wrong_passphrase_stays_wrong_beside_an_edited_copy_and_mends_nothing(
    made: Made, change: Callable[[dict[str, Any]], object]
) -> None:
    forge(made.folder / keyfile.COPY, change)
    before = [(made.folder / one).read_bytes() for one in NAMES]
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, "not the passphrase")
    assert [(made.folder / one).read_bytes() for one in NAMES] == before


@pytest.mark.parametrize("change", [later, lambda content: None])
def test_an_earlier_copy_put_back_does_not_make_an_earlier_passphrase_open(
    made: Made, change: Callable[[dict[str, Any]], object]
) -> None:
    earlier = (made.folder / keyfile.COPY).read_bytes()
    for _ in range(2):
        vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP)
    (made.folder / keyfile.COPY).write_bytes(earlier)
    for _ in range(5):  # also one that calls itself the later one
        forge(made.folder / keyfile.COPY, change)
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, PASSPHRASE)
    assert vault.unlock(made.folder, NEW).data_key == made.data_key


def test_a_passphrase_is_changed_and_keys_are_made_from_the_copy_that_is_proved(
    made: Made, tmp_path: Path
) -> None:
    forge(made.folder / keyfile.COPY, later_and_other_slots)
    vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP)
    assert vault.unlock(made.folder, NEW).data_key == made.data_key
    forge(made.folder / keyfile.COPY, later_and_other_slots)
    (tmp_path / "saved").mkdir()
    vault.copy_keys(made.folder, tmp_path / "saved", made.data_key)
    assert vault.unlock(tmp_path / "saved", NEW).data_key == made.data_key


def of_a_newer_release(path: Path, *, sum_fits: bool = True) -> bytes:
    """Have one key file say that it has a later form; return what stands there then."""
    if sum_fits:
        forge(path, lambda content: content.update({"linkworker keys": keyfile.FORMAT + 1}))
    else:
        path.write_bytes(b'{"linkworker keys": 7, "what a later release holds": [1, 2]}')
    return path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sum_fits", [True, False])
def test_a_copy_that_says_it_is_of_a_newer_release_keeps_nobody_out_and_is_left_as_it_is(
    made: Made, name: str, sum_fits: bool
) -> None:
    theirs = of_a_newer_release(made.folder / name, sum_fits=sum_fits)
    files = {one: (made.folder / one).read_bytes() for one in NAMES}
    for opened in (
        vault.unlock(made.folder, PASSPHRASE),
        vault.unlock_with_recovery(made.folder, made.recovery_key),
    ):
        assert opened.data_key == made.data_key
        assert opened.notice is not None
        assert opened.notice.startswith(f"{name} says that a newer linkworker wrote it.")
        assert "written again" not in opened.notice
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, "not the passphrase")
    assert {one: (made.folder / one).read_bytes() for one in NAMES} == files
    assert files[name] == theirs


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_that_says_it_is_of_a_newer_release_is_never_written_over(
    made: Made, tmp_path: Path, name: str
) -> None:
    of_a_newer_release(made.folder / name)
    files = {one: (made.folder / one).read_bytes() for one in NAMES}
    for change in (
        lambda: vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP),
        lambda: vault.change_passphrase(made.folder, PASSPHRASE, NEW, cost=CHEAP),
        lambda: vault.new_recovery_key(made.folder, made.data_key),
        lambda: vault.add_organisation(made.folder, made.data_key, bytes(31) + b"\x09"),
    ):
        with pytest.raises(vault.NewerCopy, match=name):
            change()
    assert {one: (made.folder / one).read_bytes() for one in NAMES} == files
    (made.folder / name).rename(tmp_path / "moved away")  # as the refusal says
    vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP)
    assert vault.unlock(made.folder, NEW).notice is None


@pytest.mark.parametrize("other", ["missing", "damaged", "newer"])
def test_a_newer_key_file_without_a_good_one_beside_it_is_refused_and_left_alone(
    made: Made, other: str
) -> None:
    theirs = of_a_newer_release(made.folder / keyfile.FILE)
    if other == "missing":
        (made.folder / keyfile.COPY).unlink()
    elif other == "damaged":
        (made.folder / keyfile.COPY).write_bytes(b"gone")
    else:
        of_a_newer_release(made.folder / keyfile.COPY)
    with pytest.raises(vault.NewerKeyFile):
        vault.unlock(made.folder, PASSPHRASE)
    assert (made.folder / keyfile.FILE).read_bytes() == theirs
