"""Writing a note from a script: what is clear becomes a record, the rest comes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from linkworker import schema
from linkworker.store import Store
from tests.conftest import PASSPHRASE
from tests.five_notes import note
from tests.shell.conftest import Shell


def test_a_note_fills_the_plan_and_each_line_comes_back_as_what_it_became(
    shell: Shell, terry_id: str
):
    ran = shell("note", terry_id[:13], "--json", given=note("terry"))
    assert (ran.status, ran.err) == (0, "")
    told = ran.json
    assert [mark["kind"] for mark in told["marks"]] == [
        "became",
        "strength",
        "gave",
        "hope",
        "hope",
        "step",
        "step",
        "step",
        "with",
        "in the way",
        "looked for",
    ]
    assert told["marks"][5]["text"] == "ring the bike club (number on his fridge)"
    assert told["unclear"] == []
    found = shell("search", "--json", given="bicycles").json
    assert {(hit["person"], hit["id"]) for hit in found} >= {(terry_id, told["note"])}


def test_what_is_not_clear_stays_text_and_is_given_back(shell: Shell, terry_id: str):
    ran = shell("note", terry_id, "--json", given="We talked.\n+ kind\n> ring the club\n")
    assert ran.status == 1
    assert ran.err == ("Not every marked line was recorded; these stayed text: line 3 (who).\n")
    (unclear,) = ran.json["unclear"]
    assert (unclear["kind"], unclear["text"], unclear["line"]) == ("step", "ring the club", 3)
    assert unclear["asks"][0]["question"] == "Who will do this: ring the club?"
    assert unclear["asks"][0]["choices"][0].startswith("Terry Beasley")
    assert [mark["text"] for mark in ran.json["marks"]] == ["kind"]


def test_what_is_kept_apart_is_not_shown_and_not_found(shell: Shell, terry_id: str):
    ran = shell("note", terry_id, "--json", given="We talked.\n!! told me of the canary\n")
    assert ran.status == 0
    assert "canary" not in ran.text
    assert shell("search", "--json", given="canary").json == []


def test_an_empty_note_is_refused_with_what_to_do(shell: Shell, terry_id: str):
    ran = shell("note", terry_id, "--json", given=" \n")
    assert ran.status == 1
    assert "Write a few." in ran.err


def test_one_undo_takes_the_note_and_its_plan_back(shell: Shell, terry_id: str):
    shell("note", terry_id, given=note("terry"))
    assert shell("undo").status == 0
    assert shell("search", "--json", given="bicycles").json == []
    assert json.loads(shell("check", "--json").out)["ok"]


def test_what_was_written_after_midnight_in_summer_is_found_under_that_day(
    shell: Shell, terry_id: str
) -> None:
    store = Store.at(shell.folder)
    store.unlock(PASSPHRASE)
    with store.write("a late note") as tx:
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past twelve in the night of 1 July
        tx.add(schema.Note(person_id=terry_id, happened_at=late, words="Rang from the ward"))
    store.lock()
    assert shell("search", given="ward").text.startswith("2026-07-01")
    assert shell("search", "--json", given="ward").json[0]["when"] == "2026-06-30T23:30:00.000Z"
