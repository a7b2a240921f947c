"""A failing disk, at the shell: what is whole is said, and what reads is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkworker import schema
from linkworker.store import Store
from tests.conftest import CHEAP, PASSPHRASE
from tests.shell.conftest import Shell

NOTES = 300


@pytest.fixture
def noted(shell: Shell, terry_id: str) -> Shell:
    store = Store.at(shell.folder)
    store.unlock(PASSPHRASE)
    with store.write("many notes", person=terry_id) as tx:
        for number in range(NOTES):
            tx.add(schema.Note(person_id=terry_id, words=f"note {number} " + "lane " * 60))
    store.lock()
    return shell


def spoil(shell: Shell, empty_records: Path) -> None:
    """Damage some of the pages that came with the notes."""
    records = shell.folder / "records.db"
    data = bytearray(records.read_bytes())
    first = (empty_records / "records.db").stat().st_size // 4096 + 3
    for page in range(first, len(data) // 4096, 9):
        data[page * 4096 + 200] ^= 0xFF
    records.write_bytes(data)


def test_damage_is_found_and_what_reads_is_saved_to_a_new_folder(
    noted: Shell, empty_records: Path
) -> None:
    spoil(noted, empty_records)
    before = (noted.folder / "records.db").read_bytes()
    checked = noted("check", "--json")
    assert checked.status == 1
    assert "linkworker rescue" in checked.err
    new = noted.folder.parent / "saved"
    ran = noted("rescue", str(new), "--json")
    assert (noted.folder / "records.db").read_bytes() == before
    assert ran.status == 1
    assert ran.json["lost"]
    saved = Shell(new, noted.passphrase_file)
    checked = saved("check", "--json")
    assert checked.json["whole"] is True
    assert checked.json["capture"] is True
    assert checked.json["search"] is True
    assert checked.json["notes"] == NOTES - ran.json["lost"].get("note", 0)
    assert checked.json["people"] == 1


def test_whole_records_are_saved_whole(noted: Shell) -> None:
    new = noted.folder.parent / "saved"
    ran = noted("rescue", str(new))
    assert (ran.status, ran.err) == (0, "")
    assert "same passphrase" in ran.text
    again = noted("rescue", str(new))
    assert again.status == 1
    assert "Nothing new was made." in again.err


def test_beside_the_log_of_other_records_everything_is_saved_and_that_is_said(
    noted: Shell, tmp_path: Path
) -> None:
    other, _ = Store.create(tmp_path / "other", PASSPHRASE, worker_name="Joan", cost=CHEAP)
    with other.write("added") as tx:
        tx.add(schema.Person(called="Agnes"))
    log = (other.folder / "records.db-wal").read_bytes()
    other.lock()
    (noted.folder / "records.db-wal").write_bytes(log)
    new = noted.folder.parent / "saved"
    ran = noted("rescue", str(new), "--json")
    assert ran.status == 0
    assert ran.json["lost"] == {}
    assert "a log of other records" in ran.err
    assert "stays where it is" in ran.err
    assert (noted.folder / "records.db-wal").read_bytes() == log
    assert Shell(new, noted.passphrase_file)("check", "--json").json["notes"] == NOTES


def test_where_there_are_no_records_nothing_is_saved(shell: Shell) -> None:
    ran = Shell(shell.folder.parent / "nowhere", shell.passphrase_file)("rescue", "saved")
    assert ran.status == 1
    assert "no records in this folder" in ran.err
