"""The audit keeps what was done with the keys, and what failed at the door while it was locked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import schema, vault
from linkworker.caseload import audit
from linkworker.exchange.people_csv import plan_import, run_import
from linkworker.folders import DiskFull
from linkworker.schema import values
from linkworker.storage.rescuing import rescue
from linkworker.store import Store
from linkworker.vault import backoff, missed
from tests.conftest import CHEAP, PASSPHRASE, OwnClock

NEW = "a quite different passphrase"


@pytest.fixture
def kept(tmp_path: Path, clock: OwnClock) -> tuple[Store, str]:
    """Ann's records, locked, and the recovery key on her paper."""
    store, recovery_key = Store.create(
        tmp_path / "kept", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
    )
    store.lock()
    return store, recovery_key


def told(store: Store) -> list[tuple[str, str]]:
    """What the audit holds, the first first; every word of it is on its list."""
    with store.read() as tx:
        found = [(one.what, one.reason) for one in reversed(audit.events(tx))]
    assert {what for what, _ in found} <= set(values.AUDITED)
    assert store.check().ok
    return found


def guess(store: Store, *passphrases: str) -> None:
    """Try at the door; the waiting between tries is another test's."""
    for passphrase in passphrases:
        with pytest.raises(vault.WrongPassphrase):
            store.unlock(passphrase)
        backoff.forget(store.folder)


def test_a_night_of_guessing_is_in_the_audit_in_the_morning(
    kept: tuple[Store, str], clock: OwnClock
) -> None:
    store, recovery_key = kept
    guess(store, "swordfish and chips please")
    clock.on(minutes=20)
    guess(store, "swordfish and chips again", "swordfish and vinegar")
    slipped = recovery_key[:-1] + ("0" if recovery_key[-1] != "0" else "1")
    for wrong in (slipped, "not a key at all"):
        with pytest.raises(vault.SlipInRecoveryKey):
            store.unlock_with_recovery(wrong)
    clock.on(hours=9)
    guess(store, "swordfish for breakfast")
    beside = (store.folder / missed.FILE).read_text()
    assert "swordfish" not in beside
    assert recovery_key[:4] not in beside
    clock.on(minutes=1)
    store.unlock(PASSPHRASE)
    by_hand = ", as counted beside the key file."
    assert told(store) == [
        ("wrong passphrase", f"3 times, 2026-11-27 10:05 to 2026-11-27 10:25 UTC{by_hand}"),
        ("wrong recovery key", f"2 times, 2026-11-27 10:25 to 2026-11-27 10:25 UTC{by_hand}"),
        ("wrong passphrase", f"Once, 2026-11-27 19:25 UTC{by_hand}"),
    ]
    assert not (store.folder / missed.FILE).exists(), "it is told once"
    store.lock()
    store.unlock(PASSPHRASE)
    assert len(told(store)) == 3


def test_an_organisation_s_key_that_fits_nothing_is_counted_too(
    kept: tuple[Store, str], clock: OwnClock
) -> None:
    store, _ = kept
    for _ in range(2):
        with pytest.raises(vault.WrongOrganisationKey):
            vault.unlock_with_organisation(store.folder, bytes(range(32)), clock=clock)
    store.unlock(PASSPHRASE)
    ((what, when),) = told(store)
    assert what == "wrong organisation key"
    assert when.startswith("2 times, ")


def test_a_recovery_key_of_other_records_is_counted(
    kept: tuple[Store, str], tmp_path: Path
) -> None:
    store, _ = kept
    _, foreign = Store.create(tmp_path / "other", PASSPHRASE, worker_name="Bo", cost=CHEAP)
    with pytest.raises(vault.WrongRecoveryKey):
        store.unlock_with_recovery(foreign)
    store.unlock(PASSPHRASE)
    assert [what for what, _ in told(store)] == ["wrong recovery key"]


def test_what_is_done_with_the_keys_is_in_the_audit_and_is_no_step_of_undo(
    kept: tuple[Store, str],
) -> None:
    store, recovery_key = kept
    store.unlock_with_recovery(recovery_key)
    store.set_passphrase(NEW, cost=CHEAP)
    with pytest.raises(vault.WrongPassphrase):
        store.change_passphrase("not the one it is now", PASSPHRASE, cost=CHEAP)
    store.change_passphrase(NEW, PASSPHRASE, cost=CHEAP)
    store.new_recovery_key()
    assert [what for what, _ in told(store)] == [
        "opened with the recovery key",
        "passphrase changed",
        "wrong passphrase",
        "passphrase changed",
        "new recovery key",
    ]
    with pytest.raises(Exception, match="nothing to undo"):
        store.undo()


def test_opening_as_every_day_writes_nothing(kept: tuple[Store, str]) -> None:
    store, _ = kept
    store.unlock(PASSPHRASE)
    assert told(store) == []


def test_unlocking_after_a_slip_does_not_wait_for_the_tables_to_be_imported(
    kept: tuple[Store, str],
) -> None:
    store, _ = kept
    guess(store, "not the passphrase at all")
    script = (
        "import sys\nfrom pathlib import Path\nfrom linkworker.store import Store\n"
        "store = Store.at(Path(sys.argv[1]))\nstore.unlock(sys.stdin.read())\n"
        "with store.read() as tx:\n    assert tx.value('SELECT count(*) FROM audit_event') == 1\n"
        "store.lock()\nassert 'sqlmodel' not in sys.modules\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(store.folder)],
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    assert ran.returncode == 0, ran.stderr


def spells(*spells: list[object], unreadable: bool = False) -> bytes:
    return json.dumps({"unreadable": unreadable, "spells": list(spells)}).encode()


MORNING = "2026-11-27T09:00:00.000Z"


@pytest.mark.parametrize(
    "tampered",
    [
        b"",
        b"\x00" * 100,
        b"[" * 5000,
        b"[]",
        b"{}",
        b'{"unreadable": 0, "spells": []}',
        spells(["passphrase", 10**9, MORNING, MORNING]),
        spells(["passphrase", -1, MORNING, MORNING]),
        spells(["passphrase", True, MORNING, MORNING]),
        spells(["passphrase", 1, "2031-01-01T09:00:00.000Z", "2031-01-01T09:00:00.000Z"]),
        spells(["passphrase", 1, "2026-11-27T09:30:00.000Z", MORNING]),
        spells(["passphrase", 1, "2026-11-27 09:00", MORNING]),
        spells(["passphrase", 1, MORNING]),
        spells(["Mrs Okafor rang", 1, MORNING, MORNING]),
        spells(["passphrase changed", 1, MORNING, MORNING]),
        spells([["passphrase"], 1, MORNING, MORNING]),
        spells(*[["passphrase", 1, MORNING, MORNING]] * 49),
        b" " * 9000 + spells(["passphrase", 1, MORNING, MORNING]),
        "\N{PILE OF POO}".encode() * 10,
    ],
)
def test_a_tampered_count_is_told_as_one_that_cannot_be_read_and_never_as_true(
    kept: tuple[Store, str], tampered: bytes
) -> None:
    store, _ = kept
    (store.folder / missed.FILE).write_bytes(tampered)
    store.unlock(PASSPHRASE)
    unreadable = "What was counted beside the key file could not be read."
    assert told(store) == [("wrong tries unreadable", unreadable)]
    assert not (store.folder / missed.FILE).exists()


def test_a_try_after_the_count_was_spoilt_is_counted_and_the_spoiling_is_not_forgotten(
    kept: tuple[Store, str],
) -> None:
    store, _ = kept
    (store.folder / missed.FILE).write_bytes(b"nothing happened here")
    guess(store, "not the passphrase at all")
    store.unlock(PASSPHRASE)
    assert [what for what, _ in told(store)] == ["wrong passphrase", "wrong tries unreadable"]


def test_a_count_that_was_taken_away_says_nothing(kept: tuple[Store, str]) -> None:
    store, _ = kept
    guess(store, "not the passphrase at all")
    (store.folder / missed.FILE).unlink()
    store.unlock(PASSPHRASE)
    assert told(store) == []


def test_a_folder_in_the_place_of_the_count_does_not_keep_the_records_shut(
    kept: tuple[Store, str],
) -> None:
    store, recovery_key = kept
    (store.folder / missed.FILE).mkdir()
    guess(store, "not the passphrase at all")
    store.unlock_with_recovery(recovery_key)
    store.lock()
    store.unlock(PASSPHRASE)
    assert [what for what, _ in told(store)] == ["opened with the recovery key"]


def test_years_of_guessing_stay_within_a_page(made_folder: Path, clock: OwnClock) -> None:
    sizes = []
    for number in range(400):
        clock.on(hours=7)
        missed.note(made_folder, missed.KINDS[number % 3], clock)
        sizes.append((made_folder / missed.FILE).stat().st_size)
    assert max(sizes) < missed.LARGEST_BYTES
    with missed.handed_over(made_folder, clock) as found:
        assert sum(spell.times for spell in found.spells) == 400
        assert max(spell.last for spell in found.spells) == clock.now
        assert not found.unreadable


@pytest.fixture
def made_folder(tmp_path: Path) -> Path:
    place = tmp_path / "count"
    place.mkdir()
    return place


def test_what_the_audit_could_not_take_is_still_there_for_the_next_time(
    kept: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, recovery_key = kept
    guess(store, "not the passphrase at all")

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    with monkeypatch.context() as held:
        held.setattr(Store, "write", full)
        store.unlock_with_recovery(recovery_key)
        assert told(store) == [], "the records open all the same"
    store.lock()
    store.unlock(PASSPHRASE)
    assert [what for what, _ in told(store)] == ["wrong passphrase", "opened with the recovery key"]


def test_records_that_were_rescued_say_so(
    kept: tuple[Store, str], tmp_path: Path, clock: OwnClock
) -> None:
    store, _ = kept
    store.unlock(PASSPHRASE)
    with store.write("added somebody") as tx:
        tx.add(schema.Person(called="Terry"))
    store.lock()
    data_key = vault.unlock(store.folder, PASSPHRASE).data_key
    found = rescue(store.folder, data_key, tmp_path / "saved", store.ids, clock)
    saved = Store.at(tmp_path / "saved", clock=clock)
    saved.unlock(PASSPHRASE)
    assert told(saved) == [("rescued", f"{found.saved} rows saved. Lost: none.")]
    saved.lock()


def test_that_people_were_imported_stays_in_the_audit_when_the_import_is_undone(
    make_store: Callable[..., Store],
) -> None:
    store = make_store()
    run_import(store, plan_import(b"given,family\nJoan,Marsh\nDerek,Marsh\n"), {2: "add", 3: "add"})
    store.undo()
    store.redo()
    store.undo()
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM person WHERE hidden_at IS NULL") == 0
        assert tx.value("SELECT count(*) FROM audit_event WHERE hidden_at IS NOT NULL") == 0
    assert told(store) == [("imported", "2 added.")]


def test_a_reason_of_any_letters_leaves_the_audit_whole(store: Store, terry: str) -> None:
    with store.write("exported", quiet=True) as tx:
        audit.record(tx, "exported", terry, reason="asked\x1b[31m for\u202e it \x00")
    assert store.check().audit
