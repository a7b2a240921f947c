"""Setting up, bringing people in, listing and changing them, finding words, from a script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shared_data import shared_data
from tests.shell.conftest import Shell

TABLE = """First name,Surname,Known as,DOB,NHS number,Mobile,Postcode
Joan,Pratt,,02/03/1947,999 000 0018,07700 900123,LE9 9AA
Derek,Pratt,,09/01/1945,,07700 900123,LE9 9AA
Terence,Beasley,Terry,1948-05-06,,,
"""


def test_records_are_set_up_with_a_recovery_key_shown_once(shell: Shell, tmp_path: Path) -> None:
    options = ["--data", str(tmp_path / "new"), "--passphrase-file", str(shell.passphrase_file)]
    made = shell.bare("new", "--name", "A. Coordinator", "--json", *options)
    assert (made.status, made.err) == (0, "")
    assert set(made.json) == {"recovery_key"}
    assert len(made.json["recovery_key"]) > 30
    again = shell.bare("new", "--name", "A. Coordinator", "--json", *options)
    assert (again.status, again.out) == (1, b"")
    assert shell.bare("people", "--json", *options).json == []


def test_a_passphrase_that_is_too_short_makes_nothing(shell: Shell, tmp_path: Path) -> None:
    short = shell.file("short", "abc\n")
    folder = tmp_path / "new"
    options = ("--data", str(folder), "--passphrase-file", short)
    ran = shell.bare("new", "--name", "Ann", *options)
    assert (ran.status, ran.out) == (1, b"")
    assert shell.bare("people", *options).status == 1


def test_people_are_brought_in_listed_and_taken_back(shell: Shell) -> None:
    brought = shell("import", "people", shell.file("list.csv", TABLE), "--json")
    assert (brought.status, brought.err) == (0, "")
    assert {name: brought.json[name] for name in ("rows", "added", "same")} == {
        "rows": 3,
        "added": 3,
        "same": 0,
    }
    assert brought.json["unclear"] == brought.json["refused"] == []
    listed = shell("people", "--json").json
    assert sorted(one["name"] for one in listed) == ["Derek Pratt", "Joan Pratt", "Terry Beasley"]
    assert len({one["id"] for one in listed}) == 3
    assert shell("import", "people", shell.file("list.csv", TABLE), "--json").json["same"] == 3
    assert shell("undo", "--json").json["undone"] == "imported people"
    assert shell("people", "--json").json == []


def test_the_list_for_a_reader_has_beginnings_of_ids_that_work(shell: Shell) -> None:
    shell("import", "people", shell.file("list.csv", TABLE))
    lines = shell("people").text.splitlines()
    assert any("Terry Beasley (Terence Beasley)" in line for line in lines)
    for line in lines:
        beginning = line.split()[0]
        assert shell("set", beginning, given='{"place": "Desford"}').status == 0


def test_an_import_that_leaves_something_open_ends_with_status_1_and_says_which_rows(
    shell: Shell,
) -> None:
    shell("import", "people", shell.file("list.csv", TABLE))
    rows = ("Joanna,Pratt,02/03/1947", ",,", ",,x", "Ann,Ash,30/02/1950", "Bo,Ash,1/2/50")
    table = "\n".join(("First name,Surname,DOB", *rows))
    file = shell.file("second.csv", table)
    tried = shell("import", "people", file, "--dry-run", "--json")
    assert (tried.status, tried.err) == (0, "")
    assert {one["heading"]: one["field"] for one in tried.json["columns"]} == {
        "First name": "given",
        "Surname": "family",
        "DOB": "born",
    }
    ran = shell("import", "people", file, "--json")
    assert ran.status == 1
    assert (ran.json["rows"], ran.json["added"]) == (4, 1)
    assert [one["row"] for one in ran.json["unclear"]] == [2, 5]
    assert [one["row"] for one in ran.json["refused"]] == [4]
    assert "2 to decide" in ran.err
    joanna, ann = ran.json["unclear"]
    assert joanna.pop("differs") == [{"field": "first name", "list": "Joanna", "record": "Joan"}]
    for secret in ("Joanna", "30/02/1950"):
        assert secret not in ran.err + str([joanna, ann, ran.json["refused"]])
    decided = shell("import", "people", file, "--json", "--decide", "2=add", "--decide", "5=leave")
    assert (decided.json["added"], decided.json["left"], decided.json["same"]) == (1, 1, 1)


def test_a_column_may_be_given_another_meaning(shell: Shell) -> None:
    file = shell.file("odd.csv", "Forename,Rufname\nElizabeth,Betty\n")
    ran = shell("import", "people", file, "--column", "Rufname=called", "--json")
    assert ran.status == 0
    assert [one["name"] for one in shell("people", "--json").json] == ["Betty"]
    for wrong in ("Nosuch=called", "Rufname=shoe"):
        assert shell("import", "people", file, "--column", wrong).status in (1, 2)


def test_a_column_left_out_is_said_and_how_to_bring_it_in(shell: Shell) -> None:
    file = shell.file("notes.csv", "Forename,Notes\nElizabeth,likes the bus\n")
    ran = shell("import", "people", file, "--json")
    assert ran.json["left_out"] == [{"heading": "Notes", "rows": 1}]
    assert "--column" in ran.err
    shell("undo")
    again = shell("import", "people", file, "--column", "Notes=note")
    assert (again.status, again.err) == (0, "")
    assert "left out" not in again.text
    (found,) = shell("search", "--json", given="bus").json
    assert found["kind"] == "note"


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"\0\0", b"a;b\n1;2\n"])
def test_a_file_that_is_no_list_of_people_is_refused(shell: Shell, content: bytes | None) -> None:
    name = "absent.csv" if content is None else shell.file("bad.csv", content)
    ran = shell("import", "people", name, "--json")
    assert (ran.status, ran.out) == (1, b"")
    assert "Traceback" not in ran.err


def test_published_exports_of_other_systems_come_in(shell: Shell) -> None:
    folder = shared_data("people/nhs-import-fixtures")
    for name in ("valid.csv", "valid_with_bom.csv", "review_one.csv"):
        ran = shell("import", "people", str(folder / name), "--json")
        assert (ran.status, ran.json["added"]) == (0, ran.json["rows"]), name


def test_fields_of_somebody_are_changed_and_said(shell: Shell, terry_id: str) -> None:
    fields = {
        "place": "Barwell",
        "born": "6 May 1948",
        "nhs_number": "999 000 0018",
        "mobile": "07700 900123",
        "line1": "3 Chapel St",
        "postcode": "LE9 8AZ",
    }
    ran = shell("set", terry_id, "--json", given=json.dumps(fields))
    assert ran.status == 0
    assert ran.json == {"id": terry_id, "set": sorted(fields)}
    assert shell("set", terry_id, "--json", given='{"place": "Barwell"}').json["set"] == []
    cleared = shell("set", terry_id, "--json", given='{"mobile": null, "born": ""}')
    assert cleared.json["set"] == ["born", "mobile"]
    assert shell("undo").status == 0


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"not json",
        b"[]",
        b'"x"',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"shoe_size": "9"}',
        b'{"place": 7}',
        b'{"born": "31/02/1950"}',
        b'{"born": "2030-01-01"}',
        b'{"nhs_number": "123"}',
        b'{"place": ["x"]}',
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_changes(
    shell: Shell, terry_id: str, given: bytes
) -> None:
    ran = shell("set", terry_id, "--json", given=given)
    assert (ran.status, ran.out) == (1, b"")
    assert "Traceback" not in ran.err
    (terry,) = shell("people", "--json").json
    assert (terry["name"], terry["place"]) == ("Terry Beasley", "")


def test_a_field_may_be_named_as_a_list_heads_it(shell: Shell, terry_id: str) -> None:
    def set_(**given: str) -> list[str]:
        return list(shell("set", terry_id, "--json", given=json.dumps(given)).json["set"])

    assert set_(phone="07700 900123") == ["mobile"]
    assert set_(phone="0116 496 0123") == ["home_phone"]
    named = {
        "Date of birth": "6/5/1948",
        "NHS number": "999 000 0018",
        "First name": "Terence John",
    }
    assert set_(**named) == ["born", "given", "nhs_number"]
    (terry,) = shell("export", "person", terry_id).json["people"]
    assert {one["kind"]: one["value"] for one in terry["reach"]} == {
        "mobile": "07700 900123",
        "home phone": "0116 496 0123",
    }
    assert (terry["born"], terry["given"]) == ("1948-05-06", "Terence John")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ('{"phone": ""}', "which phone is to be taken out"),
        ('{"phone": "07700 900123", "mobile": "07700 900124"}', "mobile phone is there twice"),
        ('{"name": "Terry"}', "called (name they like)"),
        ('{"phone": "07700 900123", "phone": "0116 496 0123"}', "A field is there twice"),
    ],
)
def test_a_field_that_could_be_two_is_asked_back(
    shell: Shell, terry_id: str, given: str, why: str
) -> None:
    ran = shell("set", terry_id, given=given)
    assert (ran.status, ran.out) == (1, b"")
    assert why in ran.err
    assert "07700" not in ran.err
    (terry,) = shell("export", "person", terry_id).json["people"]
    assert "reach" not in terry


def test_a_phone_that_is_none_is_kept_as_written_and_that_is_said(
    shell: Shell, terry_id: str
) -> None:
    doubtful = '{"phone": "ask at the shop", "email": "nobody"}'
    ran = shell("set", terry_id, "--json", given=doubtful)
    assert (ran.status, ran.json["set"]) == (0, ["email", "home_phone"])
    assert ran.err == (
        "This does not look like a phone number: it is kept as written.\n"
        "This does not look like an e-mail address: it is kept as written.\n"
    )
    assert shell("set", terry_id, given=doubtful).err == "", "what was there already is not doubted"
    ran = shell("set", terry_id, given='{"phone": "0116 496 0999"}')
    assert (ran.status, ran.err) == (0, "")


def test_a_refused_field_is_told_in_the_words_of_the_practice(shell: Shell, terry_id: str) -> None:
    ran = shell("set", terry_id, given='{"shoe_size": "9"}')
    assert "getting_in (line on getting in)" in ran.err
    assert "born (birth date)" in ran.err
    assert "shoe" not in ran.err
    assert (
        "Birth date: that day was not kept."
        in shell("set", terry_id, given='{"born": "31/02/1950"}').err
    )
    assert (
        "GP practice: that was not kept." in shell("set", terry_id, given='{"gp_practice": 7}').err
    )
    assert (
        "The exactness of the birth date was not kept."
        in shell("set", terry_id, given='{"born_precision": "roughly"}').err
    )


@pytest.mark.parametrize("who", ["nobody", "", "%", "'; DROP TABLE person; --"])
def test_somebody_who_is_not_there_is_refused(shell: Shell, terry_id: str, who: str) -> None:
    ran = shell("set", who, given='{"place": "x"}')
    assert (ran.status, ran.out) == (1, b"")


def search(shell: Shell, words: str | bytes) -> Any:
    return shell("search", "--json", given=words).json


def test_words_are_found_with_whose_they_are(shell: Shell, terry_id: str) -> None:
    shell("set", terry_id, given='{"adjustments": "", "description": "mends bicycles"}')
    (hit,) = search(shell, "bicycles\n")
    assert (hit["person"], hit["kind"]) == (terry_id, "person")
    assert "bicycles" in hit["snippet"]
    assert hit["when"].endswith("Z")
    assert search(shell, "unicycles") == []
    for harmless in ("", '"', "o'brien OR", "NEAR(", "-- ;", "*", "\u202e", "x" * 10_000):
        assert search(shell, harmless) == []


def test_words_that_are_no_utf8_are_refused(shell: Shell) -> None:
    ran = shell("search", "--json", given=b"caf\xe9")
    assert (ran.status, ran.out) == (1, b"")
    assert "UTF-8" in ran.err


def test_too_many_words_are_refused(shell: Shell) -> None:
    assert shell("search", given=b"x " * 3_000_000).status == 1


def test_the_records_are_checked(shell: Shell, terry_id: str) -> None:
    ran = shell("check", "--json")
    assert ran.status == 0
    assert (ran.json["ok"], ran.json["encrypted"], ran.json["capture"]) == (True, True, True)
    assert ran.json["people"] == 1
    assert "encrypted   yes" in shell("check").text


def test_damaged_records_are_told_with_status_1(shell: Shell) -> None:
    shell("import", "people", shell.file("list.csv", TABLE * 400))
    records = shell.folder / "records.db"
    content = bytearray(records.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    records.write_bytes(content)
    ran = shell("check", "--json")
    assert ran.status == 1
    assert ran.err
    assert "Traceback" not in ran.err


def test_letters_of_every_kind_go_in_and_come_out_whatever_the_machine_speaks(
    shell: Shell,
) -> None:
    file = shell.file("list.csv", "First name,Surname\nŁukasz,Nowak\n小明,王\nمحمد,علي\n")
    shell("import", "people", file)
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = shell("people", "--json", environment=plain)
    assert {one["given"] for one in json.loads(ran.out.decode("utf-8"))} == {
        "Łukasz",
        "小明",
        "محمد",
    }


@pytest.mark.parametrize("field", ["called", "mobile", "email", "place"])
def test_a_line_end_in_a_field_forges_no_line_of_the_list(shell: Shell, field: str) -> None:
    shell("import", "people", shell.file("list.csv", TABLE))
    person = shell("people", "--json").json[0]["id"]
    given = json.dumps({field: "Ann\n01a2b3c4  Fake " + "x" * 500})
    assert shell("set", person, given=given).status == 0
    lines = shell("people").text.splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) < 240
    whole = shell("export", "person", person)
    assert "\\n01a2b3c4" not in whole.text
