"""Two colleagues and a hub, each a process of its own, as scripts would drive them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.hub import house
from linkworker.store import Store
from linkworker.widgets.guard import HARMFUL
from tests.conftest import CHEAP, PASSPHRASE
from tests.hub.places import Serving, served
from tests.shell.conftest import Shell

TEL, OKAFOR = "Tel", "Mr Okafor"


@dataclass
class Team:
    lead: Shell
    """The shell on the hub's own machine."""
    serving: Serving
    ann: Shell
    ben: Shell

    def invite(self, name: str) -> str:
        return str(
            self.lead.bare("hub", "invite", name, "--data", self.hub, "--json").json["invite"]
        )

    @property
    def hub(self) -> str:
        return str(self.lead.folder)

    def enrol(self, shell: Shell, name: str) -> None:
        ran = shell("enrol", "--hub", self.serving.url, "--json", given=self.invite(name))
        assert (ran.status, ran.json["name"]) == (0, name), ran.err

    def sync(self, shell: Shell) -> dict[str, int]:
        ran = shell("sync", "--json")
        assert ran.status == 0, ran.err
        return dict(ran.json)


def call(shell: Shell, person: str, name: str) -> None:
    ran = shell("set", person, given=json.dumps({"called": name}))
    assert ran.status == 0, ran.err


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    shells = {name: Shell(tmp_path / name, passphrase) for name in ("hub", "ann", "ben")}
    for name in ("ann", "ben"):
        store, _ = Store.create(tmp_path / name, PASSPHRASE, worker_name=name, cost=CHEAP)
        if name == "ann":
            with store.write("a person") as tx:
                tx.add(schema.Person(called="Terry"))
        store.lock()
    made = shells["hub"].bare("hub", "init", "--data", str(tmp_path / "hub"), "--json")
    assert made.status == 0, made.err
    assert made.json["invite"].startswith("LW1-")
    with served(tmp_path / "hub") as serving:
        yield Team(shells["hub"], serving, shells["ann"], shells["ben"])


def test_a_day_of_a_team(team: Team) -> None:
    refused = team.ann("sync")
    assert refused.status == 1
    assert "belongs to no team" in refused.err
    team.enrol(team.ann, "Ann")
    team.enrol(team.ben, "Ben")
    assert team.sync(team.ann)["pushed"] == 2
    assert team.sync(team.ann) == {
        **dict.fromkeys(
            ("pushed", "pulled", "refused", "parked", "let_go", "erased", "introduced"), 0
        ),
        "not_sent": 0,
        "differences": 0,
        "failed": None,
        "role": "coordinator",
    }
    team.sync(team.ben)
    assert team.ben("people", "--json").json == []
    (terry,) = (one["id"] for one in team.ann("people", "--json").json)
    cover = ("hub", "cover", terry, "--by", "Ben", "--until", "2099-12-31", "--reason", "leave")
    assert team.lead.bare(*cover, "--data", team.hub, "--json").json == {"people": 1}
    team.sync(team.ben)
    assert [one["id"] for one in team.ben("people", "--json").json] == [terry]

    call(team.ann, terry, TEL)
    call(team.ben, terry, OKAFOR)
    team.sync(team.ann)
    team.sync(team.ben)
    assert team.sync(team.ann)["differences"] == 1
    (waits,) = team.ann("conflicts", "--json").json
    assert {one["values"]["called"] for one in waits["versions"]} == {TEL, OKAFOR}
    settled = team.ann("conflicts", "settle", waits["id"], "--take", "2")
    assert settled.status == 0, settled.err
    team.sync(team.ann)
    assert team.sync(team.ben)["differences"] == 0
    chosen = waits["versions"][1]["values"]["called"]
    for shell in (team.ann, team.ben):
        (shown,) = shell("people", "--json").json
        assert shown["name"] == chosen

    given = team.lead.bare("hub", "hand-over", terry, "--to", "Ben", "--data", team.hub, "--json")
    assert given.json == {"people": 1}
    call(team.ann, terry, "Terence")
    left = team.sync(team.ann)
    assert (left["refused"], left["let_go"], left["not_sent"]) == (1, 1, 0)
    assert team.ann("people", "--json").json == []
    status = team.lead.bare("hub", "status", "--data", team.hub, "--json").json
    assert status["quarantine"] == 1
    (waits,) = team.lead.bare("hub", "waiting", "--data", team.hub, "--json").json
    assert (waits["person"], waits["worker"], waits["count"]) == (terry, "Ann", 1)
    assert waits["holders"] == ["Ben"]
    let_in = team.lead.bare("hub", "let-in", terry, "--data", team.hub, "--json")
    assert let_in.json == {"let_in": 1}
    team.sync(team.ben)
    (shown,) = team.ben("people", "--json").json
    assert shown["name"] == "Terence"
    assert [one["name"] for one in status["members"]] == ["Ann", "Ben", "Team lead"]

    laptop = next(one["id"] for one in status["laptops"] if one["worker"] == "Ann")
    assert team.lead.bare("hub", "lost", laptop, "--data", team.hub).status == 0
    refused = team.ann("sync")
    assert refused.status == 1
    assert "removed from the team by Team lead" in refused.err
    assert team.ann("check").status == 0


def test_a_reason_is_one_line_of_words_whatever_was_typed(team: Team) -> None:
    team.enrol(team.ann, "Ann")
    team.enrol(team.ben, "Ben")
    team.sync(team.ann)
    (terry,) = (one["id"] for one in team.ann("people", "--json").json)
    cover = ("hub", "cover", terry, "--by", "Ben", "--until", "2099-12-31", "--data", team.hub)
    nothing = team.lead.bare(*cover, "--reason", "\u200b \n")
    assert (nothing.status, "Say why" in nothing.err) == (2, True)
    typed = "leave\x1b[2J\u202e\n9999  1  grace  erased  everybody\r \udcff"
    assert team.lead.bare(*cover, "--reason", typed).status == 0
    said = team.lead.bare("hub", "audit", "--data", team.hub).out.decode()
    assert "leave" in said
    assert not HARMFUL.search(said.replace("\n", ""))
    assert not [line for line in said.split("\n") if line.startswith("9999")]


def test_what_was_noted_before_reasons_were_cleaned_is_listed_cleanly(team: Team) -> None:
    with house.opened(Path(team.hub)) as hub:
        hub.audit.note("Ann", "gave cover", "terry", "leave\x1b[2J\n9999  forged")
    ran = team.lead.bare("hub", "audit", "--data", team.hub)
    said = ran.out.decode()
    assert not HARMFUL.search(said.replace("\n", ""))
    assert not [line for line in said.split("\n") if line.startswith("9999")]
    assert ran.status == 0, "the chain is over what was written"


def test_a_duty_worker_opens_somebody_and_the_holder_is_told(team: Team) -> None:
    team.enrol(team.ann, "Ann")
    team.sync(team.ann)
    (terry,) = (one["id"] for one in team.ann("people", "--json").json)
    invited = team.lead.bare(
        *("hub", "invite", "Ben", "--role", "duty worker", "--data", team.hub, "--json")
    )
    joined = team.ben("enrol", "--hub", team.serving.url, "--json", given=invited.json["invite"])
    assert joined.json["role"] == "duty worker"
    assert team.ben("open", terry).status == 2
    refused = team.ann("open", terry, "--reason", "curious")
    assert refused.status == 1
    assert "does not allow" in refused.err
    role = ("hub", "role", "Ann", "--data", team.hub)
    assert team.lead.bare(*role).status == 2
    changed = team.lead.bare(*role, "--role", "lead", "--json")
    assert changed.json == {"name": "Ann", "role": "lead"}
    assert team.ann("open", "nobody-knows", "--reason", "rang").err.count("knows nobody") == 1
    opened = team.ben("open", terry, "--reason", "rang in distress", "--json")
    assert opened.status == 0, opened.err
    team.sync(team.ben)
    assert [one["id"] for one in team.ben("people", "--json").json] == [terry]
    (told,) = team.ann("told", "--json").json
    assert (told["who"], told["person"], told["reason"]) == ("Ben", terry, "rang in distress")
    audit = team.lead.bare("hub", "audit", "--data", team.hub, "--json").json
    assert audit["broken_at"] is None
    assert "opened for a day: rang in distress" in str(audit["lines"])


def test_an_erased_person_stays_so_when_an_older_backup_is_put_back(
    team: Team, tmp_path: Path
) -> None:
    team.enrol(team.ann, "Ann")
    team.sync(team.ann)
    (terry,) = (one["id"] for one in team.ann("people", "--json").json)
    file, hub = str(tmp_path / "copy"), ("--data", team.hub, "--json")
    assert team.lead.bare("hub", "backup", file, *hub).json["writes"] >= 2
    assert team.lead.bare("hub", "erase", terry, *hub).status == 2
    why = ("--reason", "asked for it")
    assert team.lead.bare("hub", "erase", terry, *why, *hub).json == {"erased": terry}
    assert team.sync(team.ann)["differences"] == 0
    assert team.ann("people", "--json").json == []
    team.serving.process.terminate()
    team.serving.process.wait(30)
    put_back = team.lead.bare("hub", "restore", file, *hub)
    assert put_back.json == {"restored": True, "erased_again": 3}
    refused = team.lead.bare("hub", "restore", str(tmp_path / "none"), *hub)
    assert refused.status == 1
    assert "no backup of a hub" in refused.err
    assert team.lead.bare("hub", "status", *hub).json["people"] == 0


def test_a_second_laptop_of_one_worker_is_the_same_worker(team: Team) -> None:
    team.enrol(team.ann, "Ann")
    team.sync(team.ann)
    team.enrol(team.ben, "Ann")
    team.sync(team.ben)
    assert [one["name"] for one in team.ben("people", "--json").json] == ["Terry"]
    status = team.lead.bare("hub", "status", "--data", team.hub, "--json").json
    ann = next(one for one in status["members"] if one["name"] == "Ann")
    assert ann["laptops"] == 2


@pytest.mark.parametrize("code", ["", "hello", "LW1-", "LW1-AAAA", "LW1-" + "A" * 90])
def test_what_is_no_invite_is_refused_before_the_hub_hears_of_it(team: Team, code: str) -> None:
    refused = team.ann("enrol", "--hub", "https://hub.nowhere.invalid", given=code)
    assert refused.status == 1
    assert "invite" in refused.err.lower() or "nothing" in refused.err.lower()


def test_another_hub_s_invite_is_refused_before_the_secret_is_said(
    team: Team, tmp_path: Path
) -> None:
    made = team.lead.bare("hub", "init", "--data", str(tmp_path / "other"), "--json")
    refused = team.ann("enrol", "--hub", team.serving.url, given=made.json["invite"])
    assert refused.status == 1
    assert "stands in for the hub" in refused.err


def test_a_hand_over_sheet_of_one_and_of_everybody_is_printed(team: Team) -> None:
    (terry,) = [one["id"] for one in team.ann("people", "--json").json]
    said = team.ann("set", terry, given=json.dumps({"called": TEL}))
    assert said.status == 0, said.err
    one = team.ann("hand-over-sheet", terry, "--json")
    assert one.status == 0, one.err
    assert [each["id"] for each in one.json] == [terry]
    every = team.ann("hand-over-sheet", "--all")
    assert every.status == 0, every.err
    assert TEL in every.out.decode()
    assert team.ann("hand-over-sheet").status == 2


def test_whoever_is_in_the_team_as_something_else_is_not_invited_as_another(team: Team) -> None:
    team.invite("Ann")
    ran = team.lead.bare("hub", "invite", "Ann", "--role", "lead", "--data", team.hub)
    assert ran.status == 1
    assert "is something else: coordinator" in ran.err
    again = team.lead.bare("hub", "invite", "Ann", "--data", team.hub)
    assert again.status == 0
