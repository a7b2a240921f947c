"""Taking in a directory at the shell, as somebody who looks after a team would."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from linkworker.caseload import local_knowledge
from linkworker.caseload.directory import entry_id
from linkworker.shell import directory
from tests.shell.conftest import ROOT, Shell

TWO = {"contents": [{"id": "1", "name": "Choir"}, {"id": "2", "name": "<b>Lunch</b> club"}]}


def test_a_file_is_taken_in_and_told_and_again_nothing_changes_and_undo_takes_it_back(
    shell: Shell,
) -> None:
    file = shell.file("county.json", json.dumps(TWO))
    first = shell("import", "directory", file, "--json")
    assert first.status == 0
    said = first.json
    assert (said["source"], said["added"], said["repaired"], said["left_out"]) == (
        "county.json",
        2,
        1,
        0,
    )
    assert said["repairs"] == [{"row": 2, "field": "name", "what": "HTML was made text"}]
    again = shell("import", "directory", file, "--json").json
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 2)
    shell("undo")
    assert shell("import", "directory", file, "--json").json["added"] == 2


def test_for_a_reader_the_repairs_are_listed(shell: Shell) -> None:
    shown = shell("import", "directory", shell.file("a.json", json.dumps([*TWO["contents"], {}])))
    assert shown.text.splitlines() == [
        "3 rows: 2 added, 0 changed, 0 the same, 0 gone from the feed.",
        "",
        "1 repairs:",
        "  row 2, name: HTML was made text",
        "",
        "1 rows left out:",
        "  row 3: it is no service: not an object with fields",
    ]


def test_half_a_feed_is_kept_and_ends_with_status_1(shell: Shell) -> None:
    whole = json.dumps([{"id": str(number), "name": f"Choir {number}"} for number in range(9)])
    ran = shell("import", "directory", shell.file("half.json", whole[:200]), "--json")
    assert ran.status == 1
    assert ran.json["added"] > 0
    assert not ran.json["whole"]
    assert "not read to its end" in ran.err


def test_what_is_no_directory_changes_nothing_and_says_why(shell: Shell) -> None:
    for name, content in (("a.json", "hello"), ("b.csv", ""), ("c.json", "")):
        ran = shell("import", "directory", shell.file(name, content), "--json")
        assert ran.status == 1
        assert "hello" not in ran.err
    assert shell("import", "directory", "nowhere.json").status == 1
    assert shell("check").status == 0


def test_what_is_asked_for_on_standard_input_is_found_with_what_was_understood(
    shell: Shell,
) -> None:
    shell("import", "directory", shell.file("county.json", json.dumps(TWO)))
    found = shell("find", "--json", given="free lunch")
    assert found.status == 0
    assert [one["name"] for one in found.json["found"]] == ["Lunch club"]
    assert found.json["understood"] == [{"kind": "free", "said": "free", "value": "free"}]
    assert shell("find", given="lunch").text == "Lunch club\n"
    nothing = shell("find", given="harpsichord")
    assert nothing.status == 1
    assert "harpsichord" not in nothing.err


def choirs(town: str, number: int = 30) -> str:
    return json.dumps([{"id": str(n), "name": f"{town} choir {n}"} for n in range(number)])


def test_a_file_of_another_council_by_the_same_name_is_not_taken_for_the_first(
    shell: Shell,
) -> None:
    file = shell.file("services.json", choirs("Leicester"))
    shell("import", "directory", file)
    shell.file("services.json", choirs("Blaby"))
    ran = shell("import", "directory", file, "--json")
    assert ran.status == 1
    assert "“services.json” is what another directory is known by" in ran.err
    assert "--source NAME" in ran.err
    assert shell("find", "--json", given="Leicester choir").json["all_told"] == 30
    own = shell("import", "directory", file, "--json", "--source", "Blaby").json
    assert (own["added"], own["gone"]) == (30, 0)
    sure = shell("import", "directory", file, "--json", "--source", "services.json").json
    assert sure["changed"] == 30


def test_one_service_of_another_council_does_not_end_the_first(shell: Shell) -> None:
    file = shell.file("service.json", json.dumps({"id": "a", "name": "Choir"}))
    shell("import", "directory", file)
    shell.file("service.json", json.dumps({"id": "b", "name": "Lunch club"}))
    assert shell("import", "directory", file).status == 1
    shell.file("service.json", json.dumps({"id": "a", "name": "The choir"}))
    assert shell("import", "directory", file, "--json").json["changed"] == 1


def test_what_an_address_asks_for_tells_feeds_apart_and_keys_stay_out_of_their_names() -> None:
    known = directory._known_by
    feed = "https://county.example/services"
    assert known(f"{feed}/?council=Blaby&page=2") == f"{feed}?council=Blaby"
    assert known(f"{feed}?modified_after=2026-01-01&per_page=50") == feed
    assert known(f"{feed}?b=2&api_key=secret&a=1#top") == f"{feed}?a=1&b=2"


def test_a_group_that_is_gone_from_its_feed_is_found_by_what_the_team_knows(shell: Shell) -> None:
    file = shell.file("county.json", choirs("Leicester", 9))
    shell("import", "directory", file)
    with shell.store() as store, store.write("known") as tx:
        local_knowledge.say_known(
            tx, entry_id("county.json", "8"), words="They meet, whoever lists them."
        )
    shell.file("county.json", choirs("Leicester", 7))
    assert shell("import", "directory", file, "--json").json["gone"] == 2
    found = shell("find", given="Leicester choir").text.splitlines()
    assert found[-1] == "Leicester choir 8: gone from its feed"
    assert len(found) == 8
    with shell.store() as store, store.write("looked") as tx:
        local_knowledge.confirm(tx, entry_id("county.json", "8"))
    assert "gone" not in shell("find", given="Leicester choir").text


@pytest.mark.parametrize("after", [0.3, 0.7, 1.0, 1.3, 1.8])
def test_killed_in_the_middle_all_of_it_stands_or_nothing(shell: Shell, after: float) -> None:
    file = shell.file("county.json", choirs("Leicester", 4000))
    command = [sys.executable, "-m", "linkworker", "import", "directory", file, "--data"]
    command += [str(shell.folder), "--passphrase-file", str(shell.passphrase_file)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(after)
    running.kill()
    running.wait()
    with shell.store() as store, store.read() as tx:
        stand = tx.value("SELECT count(*) FROM service WHERE hidden_at IS NULL", ())
        assert stand in (0, 4000)
        assert store.check().ok
    again = shell("import", "directory", file, "--json").json
    assert again["added"] + again["same"] == 4000
