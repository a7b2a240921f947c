"""The answer of a command reaches nobody: the disk is full, or whatever read it has gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from linkworker.store import Store
from linkworker.widgets import look
from tests.conftest import PASSPHRASE
from tests.shell.conftest import ROOT, Ran, Shell

FULL = Path("/dev/full")


@contextmanager
def output(which: str) -> Iterator[Any]:
    """Lend an output that takes nothing."""
    if which == "a full disk":
        if not FULL.exists():
            pytest.skip("this system has no /dev/full")
        with FULL.open("wb") as full:
            yield full
    else:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            yield writing
        finally:
            os.close(writing)


def run_into(which: str, shell: Shell, *words: str, given: str = "") -> Ran:
    named = ("--data", str(shell.folder), "--passphrase-file", str(shell.passphrase_file))
    with output(which) as nowhere:
        return shell.bare(*words, *named, given=given, stdout=nowhere)


both = pytest.mark.parametrize("which", ["a full disk", "a reader that has gone"])


@both
@pytest.mark.parametrize("also", [(), ("--json",)])
def test_no_records_are_made_where_their_recovery_key_cannot_be_shown(
    shell: Shell, tmp_path: Path, which: str, also: tuple[str, ...]
) -> None:
    folder = tmp_path / "new"
    named = ("--data", str(folder), "--passphrase-file", str(shell.passphrase_file))
    with output(which) as nowhere:
        ran = shell.bare("new", "--name", "Ann", *named, *also, stdout=nowhere)
    assert ran.status == 1
    assert "Nothing was done, because the answer could not be shown." in ran.err
    assert not folder.exists()


def test_a_recovery_key_lost_after_all_is_said_with_the_way_to_a_new_one(
    shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    named = ("--data", str(folder), "--passphrase-file", str(shell.passphrase_file))
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "linkworker", "new", "--name", "Ann", *named]
    started = subprocess.Popen(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert os.read(reading, 1) == b"\n"  # it tried, and begins
    os.close(reading)
    err = started.communicate(timeout=120)[1].decode()
    assert started.returncode == 3
    assert "The records are made" in err
    assert "Make a new recovery key" in err
    assert look.read(folder).key_not_on_paper
    store = Store.at(folder)
    store.unlock(PASSPHRASE)
    store.lock()


def test_once_the_recovery_key_was_shown_the_app_asks_for_no_other(
    shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    named = ("--data", str(folder), "--passphrase-file", str(shell.passphrase_file))
    ran = shell.bare("new", "--name", "Ann", *named, "--json")
    assert (ran.status, list(ran.json)) == (0, ["recovery_key"])
    assert not look.read(folder).key_not_on_paper


@both
@pytest.mark.parametrize("also", [(), ("--json",)])
def test_a_note_whose_answer_is_lost_is_kept_and_that_is_said(
    shell: Shell, terry_id: str, which: str, also: tuple[str, ...]
) -> None:
    ran = run_into(which, shell, "note", terry_id, *also, given="Saw him.\n+ mends clocks\n")
    assert ran.status == 3
    assert "The note is kept; do not write it again." in ran.err
    assert "fault of its own" not in ran.err
    assert len(shell("search", "--json", given="clocks").json) == 2


@both
def test_every_other_change_whose_answer_is_lost_says_what_stands(
    shell: Shell, terry_id: str, which: str
) -> None:
    given = json.dumps({"place": "Desford"})
    assert "The change is kept." in run_into(which, shell, "set", terry_id, given=given).err
    people = shell.file("people.csv", "First name,Surname\nJoan,Pratt\n")
    ran = run_into(which, shell, "import", "people", people, "--json")
    assert (ran.status, "What could be imported is kept" in ran.err) == (3, True)
    ran = run_into(which, shell, "undo", "--json")
    assert (ran.status, "was taken back" in ran.err) == (3, True)
    assert [one["place"] for one in shell("people", "--json").json] == ["Desford"]


@both
@pytest.mark.parametrize(
    "words",
    [
        ["people", "--json"],
        ["export", "caseload"],
        ["check"],
        ["--help"],
        ["import", "people", "F"],
    ],
    ids=" ".join,
)
def test_what_only_tells_is_not_done_where_nobody_can_be_told(
    shell: Shell, terry_id: str, which: str, words: list[str]
) -> None:
    if words[-1] == "F":
        words = [*words[:-1], shell.file("p.csv", "First name,Surname\nJo,Pratt\n"), "--dry-run"]
    ran = run_into(which, shell, *words)
    assert ran.status == 1
    told = "The answer could not be written out. The disk is full.\n"
    assert ran.err == (told if which == "a full disk" else "")
