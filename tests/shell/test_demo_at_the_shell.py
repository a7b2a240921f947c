"""Somebody tries linkworker on made-up people, which never touch their own records."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkworker.madeup.demo import prepare
from linkworker.shell.app import made_up_folder
from linkworker.shell.usage import taken_apart
from linkworker.store import Store
from tests.madeup.conftest import keep_otherwise
from tests.shell.conftest import Shell
from tests.terminal import CTRL_Q, Terminal
from tests.whole import assert_whole


def test_made_up_people_are_made_once_and_open_without_a_key_pressed(tmp_path: Path) -> None:
    arguments = ["demo", "--data", str(tmp_path / "people")]
    with Terminal(arguments, {"HOME": str(tmp_path)}) as screen:
        screen.wait_for("F12 Initials", seconds=90)
        screen.wait_for("Made-up people")
        assert b"Making up some people" in screen.raw
        screen.press(CTRL_Q)
        assert screen.end() == 0
    made = sorted(one.name for one in (tmp_path / "people").iterdir())
    with Terminal(arguments, {"HOME": str(tmp_path)}) as screen:
        screen.wait_for("F12 Initials", seconds=60)
        assert b"Making up some people" not in screen.raw
        screen.press(CTRL_Q)
        assert screen.end() == 0
    assert sorted(one.name for one in (tmp_path / "people").iterdir()) == made
    assert assert_whole(tmp_path / "people")["notes"] > 100


def test_made_up_people_kept_from_another_release_are_made_anew(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "people", years=0.1)
    keep_otherwise(folder)
    arguments = ["demo", "--data", str(folder), "--years", "0.1"]
    with Terminal(arguments, {"HOME": str(tmp_path)}) as screen:
        assert "reading only" not in screen.wait_for("F12 Initials", seconds=90)
        assert b"The made-up people here are from another release," in screen.raw
        screen.press(CTRL_Q)
        assert screen.end() == 0
    assert assert_whole(folder)["notes"] > 0


def test_a_folder_of_real_records_is_refused(shell: Shell, terry_id: str) -> None:
    for more in ([], ["--fresh"]):
        ran = shell.bare("demo", "--data", str(shell.folder), *more)
        assert (ran.status, ran.out) == (1, b"")
        assert "real records" in ran.err
    assert [one["id"] for one in shell("people", "--json").json] == [terry_id]


def test_made_up_people_never_lie_in_the_folder_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LINKWORKER_DATA", str(tmp_path / "mine"))
    demo, app = taken_apart(["demo"]), taken_apart([])
    assert made_up_folder(demo) == made_up_folder(app) == tmp_path / "mine-made-up"
    monkeypatch.delenv("LINKWORKER_DATA")
    assert made_up_folder(demo).name == "made-up"
    named = taken_apart(["--data", str(tmp_path / "named")])
    assert made_up_folder(named) == tmp_path / "named-made-up"
    assert made_up_folder(taken_apart(["demo", "--data", "here"])) == Path("here")


def test_ten_years_and_the_other_patch_have_folders_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LINKWORKER_DATA", str(tmp_path / "mine"))
    asked = (["--years", "10"], ["--patch", "liverpool"], ["--patch", "liverpool", "--years", "2"])
    folders = [made_up_folder(taken_apart(["demo", *words])).name for words in asked]
    assert folders == [
        "mine-made-up-10-years",
        "mine-made-up-liverpool",
        "mine-made-up-liverpool-2-years",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["--years", "many"],
        ["--years", "0"],
        ["--years", "nan"],
        ["--years", "99"],
        ["--patch", "x"],
    ],
    ids=" ".join,
)
def test_years_and_patches_that_there_are_not_are_wrong_usage(
    shell: Shell, tmp_path: Path, words: list[str]
) -> None:
    ran = shell.bare("demo", "--data", str(tmp_path / "people"), *words)
    assert ran.status == 2
    assert not (tmp_path / "people").exists()


def test_commands_work_on_made_up_people_but_bring_nobody_real_in(
    shell: Shell, tmp_path: Path
) -> None:
    folder = prepare(tmp_path / "people", years=0.1)
    assert Store.at(folder).made_up
    data = ("--data", str(folder))
    everybody = shell.bare("people", "--json", *data)
    assert (everybody.status, len(everybody.json)) == (0, 60)
    real = shell.file("list.csv", "First name,Surname\nJoan,Pratt\n")
    out = shell.bare("export", "caseload", "--with-kept-apart", *data)
    exported = shell.file("caseload.json", out.out)
    for words in (["import", "people", real], ["import", "caseload", exported]):
        ran = shell.bare(*words, *data)
        assert (ran.status, ran.out) == (1, b"")
        assert "made-up" in ran.err
    into = shell("import", "caseload", exported, "--json")
    waiting = shell.bare("introductions", "--json", *data).json
    assert (into.status, into.json["added"]) == (0, 60 + len(waiting))
    assert shell("export", "caseload", "--with-kept-apart").out == out.out
