"""Ways in: set up, unlock, change the passphrase, recover, and what an attacker tries."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linkworker import folders, vault
from linkworker.vault import keyfile, slots
from tests.vault.conftest import CHEAP, PASSPHRASE, Made

NEW = "eleven came to the library and one held the wool"


def edit(folder: Path, change: Any) -> None:
    """Change both copies as an attacker would who knows the format, with a fitting sum."""
    for name in (keyfile.FILE, keyfile.COPY):
        content = json.loads((folder / name).read_bytes())
        change(content)
        content.pop("sum")
        content["sum"] = hashlib.sha256(keyfile._canonical(content)).hexdigest()
        (folder / name).write_text(json.dumps(content))


def test_the_passphrase_opens_what_it_was_set_up_with(made: Made) -> None:
    opened = vault.unlock(made.folder, PASSPHRASE)
    assert opened == vault.Unlocked(made.data_key, made.store_id, False, None)
    assert len(opened.data_key) == 32


def test_every_store_has_a_data_key_of_its_own(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.append(vault.create(tmp_path / name, PASSPHRASE, cost=CHEAP).data_key)
    assert keys[0] != keys[1]


def test_trap_3_a_wrong_passphrase_is_known_without_any_database(made: Made) -> None:
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, PASSPHRASE + "x")


def test_a_passphrase_typed_on_another_keyboard_is_the_same(tmp_path: Path) -> None:
    said = "Zoë’s café in Ångström"
    vault.create(tmp_path, unicodedata.normalize("NFC", said), cost=CHEAP)
    vault.unlock(tmp_path, unicodedata.normalize("NFD", said))
    vault.unlock(tmp_path, said.replace(" ", "\xa0  ") + "\n")
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(tmp_path, said.lower())


@pytest.mark.parametrize(
    "odd", ["\ud800" * 5 + " fourteen!", "nul \x00 in the middle", "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘"]
)
def test_any_text_at_all_may_be_a_passphrase(tmp_path: Path, odd: str) -> None:
    made = vault.create(tmp_path, odd, cost=CHEAP)
    assert vault.unlock(tmp_path, odd).data_key == made.data_key
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(tmp_path, odd[:-1])


def test_the_recovery_key_opens_and_sets_a_new_passphrase(made: Made) -> None:
    opened = vault.unlock_with_recovery(made.folder, made.recovery_key.lower().replace("-", " "))
    assert opened.data_key == made.data_key
    vault.set_passphrase(made.folder, opened.data_key, NEW, cost=CHEAP)
    assert vault.unlock(made.folder, NEW).data_key == made.data_key
    assert vault.unlock_with_recovery(made.folder, made.recovery_key).data_key == made.data_key


def test_a_slip_in_the_recovery_key_is_told_from_another_store_s_key(
    made: Made, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    foreign = vault.create(other, PASSPHRASE, cost=CHEAP).recovery_key
    with pytest.raises(vault.WrongRecoveryKey):
        vault.unlock_with_recovery(made.folder, foreign)
    slip = made.recovery_key[:-1] + ("7" if made.recovery_key[-1] != "7" else "8")
    with pytest.raises(vault.SlipInRecoveryKey):
        vault.unlock_with_recovery(made.folder, slip)


def test_a_new_recovery_key_replaces_the_one_on_the_old_paper(made: Made) -> None:
    new = vault.new_recovery_key(made.folder, made.data_key)
    assert vault.unlock_with_recovery(made.folder, new).data_key == made.data_key
    with pytest.raises(vault.WrongRecoveryKey):
        vault.unlock_with_recovery(made.folder, made.recovery_key)
    vault.unlock(made.folder, PASSPHRASE)


def test_after_a_change_the_old_passphrase_opens_neither_copy(made: Made, tmp_path: Path) -> None:
    vault.change_passphrase(made.folder, PASSPHRASE, NEW, cost=CHEAP)
    for name in (keyfile.FILE, keyfile.COPY):
        alone = tmp_path / f"only {name}"
        alone.mkdir()
        (alone / name).write_bytes((made.folder / name).read_bytes())
        assert vault.unlock(alone, NEW).data_key == made.data_key
        with pytest.raises(vault.WrongPassphrase):
            vault.unlock(alone, PASSPHRASE)


def test_changing_the_passphrase_asks_for_the_old_one(made: Made) -> None:
    before = (made.folder / keyfile.FILE).read_bytes()
    with pytest.raises(vault.WrongPassphrase):
        vault.change_passphrase(made.folder, "not the old one at all", NEW, cost=CHEAP)
    assert (made.folder / keyfile.FILE).read_bytes() == before


def test_a_full_disk_while_changing_leaves_the_old_passphrase_in_both(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, []

    def full_at_the_copy(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "full")
        real(handle)

    before = [(made.folder / name).read_bytes() for name in (keyfile.FILE, keyfile.COPY)]
    monkeypatch.setattr(os, "fsync", full_at_the_copy)
    with pytest.raises(folders.DiskFull):
        vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP)
    monkeypatch.undo()
    assert [(made.folder / n).read_bytes() for n in (keyfile.FILE, keyfile.COPY)] == before
    assert sorted(p.name for p in made.folder.iterdir()) == [keyfile.COPY, keyfile.FILE]


def test_a_change_cut_off_between_the_two_copies_is_finished_at_the_next_unlock(
    made: Made,
) -> None:
    old = (made.folder / keyfile.COPY).read_bytes()
    vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP)
    (made.folder / keyfile.COPY).write_bytes(old)
    assert vault.unlock(made.folder, NEW).notice is None
    assert (made.folder / keyfile.COPY).read_bytes() == (made.folder / keyfile.FILE).read_bytes()


@pytest.mark.parametrize("broken", [keyfile.FILE, keyfile.COPY])
@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\x00" * 500, b"[1, 2]", b"null", b"[" * 60_000, None]
)
def test_with_one_copy_damaged_the_other_opens_says_so_and_mends_it(
    made: Made, broken: str, damage: bytes | None
) -> None:
    path = made.folder / broken
    whole = path.read_bytes()
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    opened = vault.unlock(made.folder, PASSPHRASE)
    assert opened.data_key == made.data_key
    assert opened.notice is not None
    assert "damaged" in opened.notice
    assert path.read_bytes() == whole


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
@pytest.mark.parametrize("broken", [keyfile.FILE, keyfile.COPY])
@pytest.mark.parametrize("instead", ["a folder", "a link to itself", "a pipe"])
def test_with_no_file_in_the_place_of_one_copy_the_other_opens_and_nothing_waits(
    made: Made, broken: str, instead: str
) -> None:
    path = made.folder / broken
    path.unlink()
    if instead == "a folder":
        path.mkdir()
    elif instead == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(broken)
    opened = vault.unlock(made.folder, PASSPHRASE)
    assert opened.data_key == made.data_key
    assert opened.notice is not None
    assert path.is_dir() or keyfile.are_both_whole(made.folder, keyfile.read(made.folder)[0])


def test_a_key_file_that_this_account_may_not_read_is_said_to_be_that(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_allowed(path: Path, most: int) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(keyfile, "read_file", not_allowed)
    with pytest.raises(keyfile.UnreadableKeyFile, match="may not read"):
        vault.unlock(made.folder, PASSPHRASE)


def test_any_one_bit_turned_over_is_damage_and_never_a_wrong_passphrase(made: Made) -> None:
    whole = (made.folder / keyfile.FILE).read_bytes()
    (made.folder / keyfile.COPY).unlink()
    for place in range(0, len(whole), 7):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << (place % 8)
        (made.folder / keyfile.FILE).write_bytes(spoilt)
        try:
            keys, _ = keyfile.read(made.folder)
        except (vault.DamagedKeyFile, vault.NewerKeyFile):
            continue
        assert keys.is_proved_by(made.data_key), place  # a space between two values


def test_both_copies_damaged_is_said_and_nothing_is_made_anew(made: Made) -> None:
    for name in (keyfile.FILE, keyfile.COPY):
        (made.folder / name).write_bytes(b"gone")
    for way in (
        lambda: vault.unlock(made.folder, PASSPHRASE),
        lambda: vault.unlock_with_recovery(made.folder, made.recovery_key),
        lambda: vault.unlock_made_up(made.folder),
    ):
        with pytest.raises(vault.DamagedKeyFile, match="backup"):
            way()
    with pytest.raises(folders.AlreadyThere):
        vault.create(made.folder, PASSPHRASE, cost=CHEAP)
    assert vault.exists(made.folder)
    assert not vault.is_made_up(made.folder)
    assert (made.folder / keyfile.FILE).read_bytes() == b"gone"


def test_a_folder_without_a_key_file_is_said(tmp_path: Path) -> None:
    assert not vault.exists(tmp_path)
    assert not vault.is_made_up(tmp_path / "not there")
    with pytest.raises(vault.NoKeyFile):
        vault.unlock(tmp_path, PASSPHRASE)
    assert not list(tmp_path.iterdir())


def test_a_newer_key_file_is_left_alone(made: Made) -> None:
    edit(made.folder, lambda content: content.update({"linkworker keys": 2}))
    before = (made.folder / keyfile.FILE).read_bytes()
    with pytest.raises(vault.NewerKeyFile, match="newer"):
        vault.unlock(made.folder, PASSPHRASE)
    assert (made.folder / keyfile.FILE).read_bytes() == before


def test_setting_up_never_writes_over_a_key_file(made: Made) -> None:
    before = (made.folder / keyfile.FILE).read_bytes()
    with pytest.raises(folders.AlreadyThere):
        vault.create(made.folder, NEW, cost=CHEAP)
    assert (made.folder / keyfile.FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        ("memory_kib", 1 << 30),
        ("memory_kib", 10**30),
        ("passes", 10_000),
        ("lanes", 1 << 20),
        ("passes", 0),
        ("memory_kib", -1),
        ("memory_kib", "many"),
        ("kdf", "argon2d"),
        ("salt", "AA=="),
        ("salt", "no base64"),
    ],
)
def test_a_hostile_key_file_cannot_exhaust_this_machine(
    made: Made, monkeypatch: pytest.MonkeyPatch, fact: str, asked: object
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("the parameters were believed")

    monkeypatch.setattr(slots, "derive", never)
    edit(made.folder, lambda content: content["slots"][0]["facts"].update({fact: asked}))
    with pytest.raises(vault.DamagedKeyFile):
        vault.unlock(made.folder, PASSPHRASE)


def test_parameters_changed_within_bounds_open_nothing(made: Made) -> None:
    edit(made.folder, lambda content: content["slots"][0]["facts"].update({"remark": "mine"}))
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, PASSPHRASE)


def test_a_slot_of_another_store_does_not_open_in_this_one(made: Made, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    vault.create(other, PASSPHRASE, cost=CHEAP)
    foreign = json.loads((other / keyfile.FILE).read_bytes())["slots"][0]
    edit(made.folder, lambda content: content["slots"].__setitem__(0, foreign))
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(made.folder, PASSPHRASE)


def test_a_slot_passed_off_as_another_kind_does_not_open(tmp_path: Path) -> None:
    created = vault.create(tmp_path, PASSPHRASE, cost=CHEAP)
    keys, _ = keyfile.read(tmp_path)
    slot = keys.sealed("organisation", bytes(range(32)), created.data_key, {})
    assert keys.opened(slot, bytes(range(32))) == created.data_key
    assert keys.opened(replace(slot, kind="recovery"), bytes(range(32))) is None


def test_another_key_put_into_the_slot_of_made_up_people_opens_nothing(tmp_path: Path) -> None:
    created = vault.create(tmp_path, "", made_up=True)
    assert vault.unlock_made_up(tmp_path).data_key == created.data_key
    edit(
        tmp_path,
        lambda content: content["slots"][0].__setitem__("sealed", keyfile.text_of(bytes(48))),
    )
    with pytest.raises(vault.ChangedKeyFile):
        vault.unlock_made_up(tmp_path)


def test_a_slot_taken_out_of_the_file_is_noticed(made: Made) -> None:
    edit(made.folder, lambda content: content["slots"].pop(1))
    with pytest.raises(vault.DamagedKeyFile):
        vault.unlock(made.folder, PASSPHRASE)


def test_somebody_else_s_data_key_cannot_change_these_keys(made: Made) -> None:
    before = (made.folder / keyfile.FILE).read_bytes()
    for change in (
        lambda: vault.set_passphrase(made.folder, bytes(32), NEW, cost=CHEAP),
        lambda: vault.new_recovery_key(made.folder, bytes(32)),
        lambda: vault.add_organisation(made.folder, bytes(32), bytes(range(32))),
    ):
        with pytest.raises(vault.DamagedKeyFile):
            change()
    assert (made.folder / keyfile.FILE).read_bytes() == before


@pytest.fixture
def organisation() -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def test_the_team_opens_the_records_of_somebody_who_left(
    made: Made, organisation: tuple[bytes, bytes]
) -> None:
    private, public = organisation
    with pytest.raises(vault.WrongOrganisationKey):
        vault.unlock_with_organisation(made.folder, private)
    vault.add_organisation(made.folder, made.data_key, public)
    assert vault.unlock_with_organisation(made.folder, private).data_key == made.data_key
    assert vault.unlock(made.folder, PASSPHRASE).data_key == made.data_key
    vault.set_passphrase(made.folder, made.data_key, NEW, cost=CHEAP)
    assert vault.unlock_with_organisation(made.folder, private).data_key == made.data_key


def test_the_organisation_s_key_ends_the_waiting_after_wrong_passphrases(
    made: Made, organisation: tuple[bytes, bytes]
) -> None:
    private, public = organisation
    vault.add_organisation(made.folder, made.data_key, public)
    for _ in range(3):
        with pytest.raises(vault.WrongPassphrase):
            vault.unlock(made.folder, "not the passphrase at all")
    with pytest.raises(vault.TooSoon):
        vault.unlock(made.folder, PASSPHRASE)
    vault.unlock_with_organisation(made.folder, private)
    assert vault.unlock(made.folder, PASSPHRASE).data_key == made.data_key


def test_another_organisation_s_key_opens_nothing(
    made: Made, organisation: tuple[bytes, bytes]
) -> None:
    vault.add_organisation(made.folder, made.data_key, organisation[1])
    with pytest.raises(vault.WrongOrganisationKey):
        vault.unlock_with_organisation(made.folder, bytes(range(32)))


def test_a_forged_sender_in_the_organisation_s_slot_opens_nothing(
    made: Made, organisation: tuple[bytes, bytes]
) -> None:
    vault.add_organisation(made.folder, made.data_key, organisation[1])
    for forged in (bytes(32), b"short", bytes(range(32))):
        sender = keyfile.text_of(forged)
        edit(made.folder, lambda content, s=sender: content["slots"][0]["facts"].update(sender=s))
        with pytest.raises(vault.WrongOrganisationKey):
            vault.unlock_with_organisation(made.folder, organisation[0])


def test_an_organisation_s_key_of_the_wrong_length_is_refused(made: Made) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        vault.add_organisation(made.folder, made.data_key, b"short")


def test_made_up_people_open_without_asking(tmp_path: Path) -> None:
    created = vault.create(tmp_path, "", made_up=True)
    assert created.recovery_key == ""
    assert vault.is_made_up(tmp_path)
    opened = vault.unlock_made_up(tmp_path)
    assert opened.made_up
    assert opened.data_key == created.data_key


def test_real_people_never_open_without_asking(made: Made) -> None:
    assert not vault.is_made_up(made.folder)
    with pytest.raises(vault.NotMadeUp):
        vault.unlock_made_up(made.folder)
    edit(made.folder, lambda content: content.update({"made up": True}))
    with pytest.raises(vault.ChangedKeyFile):
        vault.unlock_made_up(made.folder)


def test_real_people_relabelled_as_made_up_are_called_changed_and_not_damaged(made: Made) -> None:
    before = (made.folder / keyfile.FILE).read_bytes()
    edit(made.folder, lambda content: content.update({"made up": True}))
    ways_in: tuple[Callable[[], object], ...] = (
        lambda: vault.unlock(made.folder, PASSPHRASE),
        lambda: vault.unlock_with_recovery(made.folder, made.recovery_key),
        lambda: vault.unlock_made_up(made.folder),
    )
    for way_in in ways_in:
        with pytest.raises(vault.ChangedKeyFile, match="has changed the key file"):
            way_in()
    assert not (made.folder / "tries.json").exists(), "no try was counted: none was made"
    for name in (keyfile.FILE, keyfile.COPY):
        (made.folder / name).write_bytes(before)
    assert vault.unlock(made.folder, PASSPHRASE).data_key == made.data_key


def test_a_made_up_store_cannot_be_relabelled_as_real(tmp_path: Path) -> None:
    vault.create(tmp_path, "", made_up=True)
    edit(tmp_path, lambda content: content.update({"made up": False}))
    with pytest.raises(vault.ChangedKeyFile):
        vault.unlock_made_up(tmp_path)
    with pytest.raises(vault.ChangedKeyFile):
        vault.unlock(tmp_path, PASSPHRASE)


def test_not_even_a_whole_new_key_file_makes_a_made_up_store_real(tmp_path: Path) -> None:
    data_key = vault.create(tmp_path, "", made_up=True).data_key
    forged = keyfile.KeyFile("a store of my own", False, ())
    slot = slots.passphrase_slot(forged, data_key, PASSPHRASE, CHEAP)
    keyfile.write(tmp_path, forged.with_slots(data_key, slot))
    with pytest.raises(vault.DamagedKeyFile):
        vault.unlock(tmp_path, PASSPHRASE)


def test_a_made_up_store_takes_no_passphrase_and_no_organisation(tmp_path: Path) -> None:
    data_key = vault.create(tmp_path, "", made_up=True).data_key
    with pytest.raises(vault.NotForMadeUp):
        vault.set_passphrase(tmp_path, data_key, NEW, cost=CHEAP)
    with pytest.raises(vault.NotForMadeUp):
        vault.add_organisation(tmp_path, data_key, bytes(range(32)))
    with pytest.raises(vault.NotForMadeUp):
        vault.new_recovery_key(tmp_path, data_key)


def test_no_secret_stands_in_the_key_file_or_in_what_is_printed(made: Made) -> None:
    opened = vault.unlock(made.folder, PASSPHRASE)
    text = "".join(p.read_text() for p in made.folder.iterdir()) + repr(opened)
    for secret in (PASSPHRASE, made.recovery_key, made.data_key.hex(), repr(made.data_key)):
        assert secret not in text
    assert keyfile.text_of(made.data_key) not in text


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_only_the_owner_can_read_the_key_file(made: Made) -> None:
    modes = {stat.S_IMODE(p.stat().st_mode) for p in made.folder.iterdir()}
    assert modes == {0o600}


def test_a_key_file_that_cannot_be_mended_still_opens_and_says_why(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made.folder / keyfile.COPY).write_bytes(b"gone")

    def read_only(*_: object, **__: object) -> None:
        raise folders.ReadOnlyFolder

    monkeypatch.setattr(keyfile, "write_whole", read_only)
    opened = vault.unlock(made.folder, PASSPHRASE)
    assert opened.data_key == made.data_key
    assert opened.notice is not None
    assert "could not be written" in opened.notice


def test_nothing_of_cryptography_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, linkworker.vault\n"
        "print({'argon2', 'cryptography', 'sqlcipher3', 'sqlalchemy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_every_refusal_says_what_why_and_what_to_do() -> None:
    for refusal in (
        vault.WrongPassphrase(),
        vault.WrongRecoveryKey(),
        vault.WrongOrganisationKey(),
        vault.NotMadeUp(),
        vault.NotForMadeUp(),
        vault.NoKeyFile(),
        vault.DamagedKeyFile(),
        vault.ChangedKeyFile(),
        vault.TwoKeyFiles(),
        vault.NewerKeyFile(),
        vault.NewerCopy(keyfile.COPY),
        vault.TooSoon(1),
        vault.SlipInRecoveryKey("Why."),
        vault.UnfitPassphrase("Why."),
    ):
        for sentence in (refusal.what, refusal.why, refusal.to_do):
            assert sentence.endswith("."), sentence
            assert "!" not in sentence
