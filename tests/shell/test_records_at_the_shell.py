"""Giving records out and taking them in again, from a script."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import safety
from linkworker.store import Store
from tests.conftest import PASSPHRASE
from tests.shell.conftest import Shell


@pytest.fixture
def joan_id(shell: Shell) -> str:
    """Joan, with a note and a part kept apart."""
    store = Store.at(shell.folder)
    store.unlock(PASSPHRASE)
    with store.write("wrote") as tx:
        joan = tx.add(schema.Person(given="Joan", family="Pratt")).id
        tx.add(schema.Note(person_id=joan, happened_at=tx.now, words="Joan plays the organ 🎹"))
        safety.keep_apart(tx, joan, "told me in the kitchen")
    store.lock()
    return joan


@pytest.fixture
def elsewhere(shell: Shell, empty_records: Path, tmp_path: Path) -> Shell:
    """The same command line over other, empty records."""
    shutil.copytree(empty_records, tmp_path / "elsewhere")
    return replace(shell, folder=tmp_path / "elsewhere")


def test_a_caseload_goes_from_one_laptop_to_another_and_is_the_same(
    shell: Shell, elsewhere: Shell, joan_id: str, terry_id: str
) -> None:
    out = shell("export", "caseload", "--format", "json", "--with-kept-apart")
    assert (out.status, out.err) == (0, "")
    assert [one["name"] for one in out.json["people"]] == ["Joan Pratt", "Terry Beasley"]
    file = shell.file("caseload.json", out.out)
    into = elsewhere("import", "caseload", file, "--json")
    assert (into.status, into.err) == (0, "")
    assert into.json["refused"] == []
    assert elsewhere("export", "caseload", "--with-kept-apart").out == out.out
    assert elsewhere("import", "caseload", file).status == 1
    assert elsewhere("check", "--json").json["ok"] is True


def test_one_person_is_given_out_and_what_is_kept_apart_is_not(
    shell: Shell, joan_id: str, terry_id: str
) -> None:
    out = shell("export", "person", joan_id[:-2])
    assert out.status == 0
    (joan,) = out.json["people"]
    assert joan["note"][0]["words"] == "Joan plays the organ 🎹"
    assert "kitchen" not in out.text
    assert "1 part is kept apart" in out.err
    assert shell("export", "person", terry_id).err == ""


@pytest.mark.parametrize(
    "words",
    [
        ["export", "person", "nobody"],
        ["export", "person", ""],
        ["export", "caseload", "--format", "xml"],
    ],
)
def test_what_cannot_be_given_out_is_refused(shell: Shell, joan_id: str, words: list[str]) -> None:
    ran = shell(*words)
    assert ran.status in (1, 2)
    assert ran.out == b""


def test_a_damaged_file_comes_in_as_far_as_it_can_and_says_what_did_not(
    shell: Shell, elsewhere: Shell, joan_id: str, terry_id: str
) -> None:
    document = shell("export", "caseload").json
    document["people"][0]["note"].append({"id": "x", "words": ["Agnes"]})
    document["people"].append("Agnes")
    file = shell.file("damaged.json", json.dumps(document))
    assert elsewhere("import", "caseload", file, "--dry-run", "--json").json["added"] == 2
    ran = elsewhere("import", "caseload", file, "--json")
    assert ran.status == 1
    assert [one["row"] for one in ran.json["refused"]] == ["people[0].note[1]", "people[2]"]
    assert "Agnes" not in ran.text + ran.err
    assert len(elsewhere("people", "--json").json) == 2


@pytest.mark.parametrize("content", [None, b"", b"[" * 500_000, b'{"people": []}', b"\xff"])
def test_a_file_that_is_no_caseload_is_refused(elsewhere: Shell, content: bytes | None) -> None:
    name = "absent.json" if content is None else elsewhere.file("bad.json", content)
    ran = elsewhere("import", "caseload", name, "--json")
    assert (ran.status, ran.out) == (1, b"")
    assert "Traceback" not in ran.err
