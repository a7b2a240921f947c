"""Taking in a directory at the shell, as somebody who looks after a team would."""

from __future__ import annotations

import json

from tests.shell.conftest import Shell

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
