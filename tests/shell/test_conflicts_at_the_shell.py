"""What two people wrote unseen, settled by scripts; and a sync that does not come off."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.shell import team as team_room
from linkworker.store import Store
from linkworker.sync.refusals import AskedToWait
from tests.conftest import PASSPHRASE
from tests.shell.conftest import Shell
from tests.store.teams import Team


@pytest.fixture
def ann(tmp_path: Path, make_store: Callable[..., Store], clock) -> Shell:
    """The shell on Ann's laptop, where a hope, a step and a part kept apart wait to be settled."""
    ann, ben = make_store("ann", worker="Ann"), make_store("ben", worker="Ben")
    team = Team(tmp_path, clock)
    with ann.write("a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
        goal = str(tx.add(schema.Goal(person_id=terry, words="bowls")).id)
        step = str(tx.add(schema.Step(person_id=terry, words="ring")).id)
        asked = str(tx.add(schema.Strength(person_id=terry, words="mends clocks")).id)
    with ann.write("kept apart", terry) as tx:
        part = str(tx.add(schema.KeptApart(person_id=terry, words="what he said")).id)
    team.sync(ann)
    for scope in ("", ":restricted"):
        team.ledger.grant(ben.worker_id, f"person:{terry}{scope}", "cover")
    team.sync(ben)
    for store, words, day, ask in ((ann, "on Fridays", 4, "yes"), (ben, "on Mondays", 7, "no")):
        with store.write("wrote", terry) as tx:
            tx.change(schema.Goal, goal, words=words)
            tx.change(schema.Step, step, by_day=date(2026, 12, day))
            tx.change(schema.Strength, asked, may_ask=ask)
    wrote = ann.act_of("kept_apart", part)
    assert wrote
    ann.undo(wrote)
    ann.redo()
    with ben.write("removed", terry) as tx:
        tx.hide(schema.KeptApart, part)
    for store in (ann, ben, ann):
        team.sync(store)
    ann.belonging.begin("https://127.0.0.1:9", "", "x")
    ann.belonging.joined("North team", "coordinator")
    ann.lock()
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    return Shell(ann.folder, passphrase)


def waits(shell: Shell, *more: str) -> dict[str, str]:
    """The ids of what waits, by the table."""
    return {one["id"].split("/")[0]: one["id"] for one in shell("conflicts", "--json", *more).json}


def test_each_is_listed_in_words_and_settled_in_each_way_and_undo_opens_it_again(
    ann: Shell,
) -> None:
    listed = ann("conflicts")
    assert "Fri 4 Dec" in listed.text
    assert "2026-12" not in listed.text
    ids = waits(ann)
    assert ids.keys() == {"goal", "step", "strength"}
    refused = ann("conflicts", "settle", ids["step"], "--both")
    assert (refused.status, "Only words" in refused.err) == (1, True)
    refused = ann("conflicts", "settle", ids["goal"], "--anew", given='{"words": 5}')
    assert (refused.status, "cannot hold" in refused.err) == (1, True)
    assert waits(ann) == ids
    for way in (("--take", "1"), ("--both",)):
        assert ann("conflicts", "settle", ids["goal"], *way, "--json").status == 0
        assert waits(ann).keys() == {"step", "strength"}
        assert ann("undo").status == 0
        assert waits(ann) == ids
    anew = json.dumps({"by_day": "2026-12-09"})
    assert ann("conflicts", "settle", ids["step"], "--anew", given=anew).status == 0
    assert waits(ann).keys() == {"goal", "strength"}
    refused = ann("conflicts", "settle", ids["strength"], "--anew", given='{"may_ask": "maybe"}')
    assert (refused.status, "one of: not asked, yes, no" in refused.err) == (1, True), refused.err
    anew = '{"may_ask": "no"}'
    assert ann("conflicts", "settle", ids["strength"], "--anew", given=anew).status == 0
    assert waits(ann).keys() == {"goal"}


def test_what_is_kept_apart_is_listed_and_settled_with_a_reason_only(ann: Shell) -> None:
    listed = ann("conflicts")
    assert "1 of what is kept apart" in listed.err
    assert "what he said" not in listed.text
    assert ann("conflicts", "--with-kept-apart").status == 2
    why = ("--with-kept-apart", "--reason", "settling it")
    apart = waits(ann, *why)["kept_apart"]
    assert ann("conflicts", "settle", apart, "--take", "2").status == 1
    assert ann("conflicts", "settle", apart, "--take", "2", *why).status == 0
    assert "kept_apart" not in waits(ann, *why)


def test_a_sync_that_does_not_come_off_says_so_in_json_with_what_waits(ann: Shell) -> None:
    ran = ann("sync", "--json")
    assert ran.status == 1
    assert ran.json["failed"]["name"] in ("hub-not-reachable", "no-network")
    assert ran.json["failed"]["wait"] is None
    assert ran.json["pushed"] == 0
    assert ran.json["differences"] == 4
    assert ran.err.count("\n") == 1


def test_where_the_hub_asks_to_wait_a_script_is_told_for_how_long() -> None:
    said = team_room.failed_as_json(AskedToWait(55, "14:05"))
    assert said is not None
    assert (said["name"], said["wait"]) == ("asked-to-wait", 55)
    assert "until 14:05" in said["why"]
