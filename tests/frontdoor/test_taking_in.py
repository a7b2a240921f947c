"""From the page to a laptop of the team: a real front door, a real hub and real syncs."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import already_known
from linkworker.caseload.introductions import may_hear, of_person
from linkworker.hatch import Hatch
from linkworker.hub import house, introductions
from linkworker.hub.leading import A_LEAD
from linkworker.refusal import Refused
from linkworker.sealing import LaptopKey, seal
from linkworker.store import Store
from linkworker.sync import front_door
from linkworker.sync.joining import join
from linkworker.sync.reaching import Line
from linkworker.sync.refusals import NotReached
from linkworker.sync.syncing import line_to_hub, sync
from linkworker.text import clean
from tests.conftest import CHEAP, PASSPHRASE
from tests.frontdoor.doors import ROOT, WELL, FrontDoor
from tests.hub import places
from tests.hub.places import FarPlace
from tests.shared_data import shared_data


@dataclass
class Team:
    """A hub with a front door, and the laptops of its team."""

    place: FarPlace
    folder: Path

    def laptop(self, folder: Path, name: str, role: str = "coordinator", patch: str = "") -> Store:
        store, _ = Store.create(
            folder, PASSPHRASE, worker_name=name, worker_patch=patch, cost=CHEAP
        )
        join(store, self.place.hub.invite(name, role, A_LEAD), self.place.url)
        sync(store)
        return store


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    folder, door = tmp_path / "hub", tmp_path / "door"
    house.make(folder, name="A team")
    with house.opened(folder) as hub:
        introductions.set_up(hub.database, door, "LE9, Barwell\nLE10, Hinckley")
    with house.opened(folder) as hub, places.served(folder, "--plain") as serving:
        yield Team(FarPlace(hub, serving.url), door)


@contextmanager
def door_of(team: Team) -> Iterator[FrontDoor]:
    """Lend the team's front door, served as the hub left it."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "linkworker", "front-door", "serve"),
            *("--data", str(team.folder), "--port", "0", "--json"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while not said.rstrip().endswith("}"):
            line = process.stdout.readline()
            assert line
            said += line
        yield FrontDoor(json.loads(said)["url"], team.folder, LaptopKey(b""))
    finally:
        process.terminate()
        process.communicate(timeout=30)


def introduced(store: Store) -> list[tuple[str, ...]]:
    """Return who is in the records by an introduction, why, and whether it is safe to reach."""
    with store.read() as tx:
        return [
            tuple(map(str, row))
            for row in tx.rows(
                "SELECT p.called, i.their_reason, i.safe_to_reach FROM introduction i "
                "JOIN person p ON p.id = i.person_id ORDER BY i.came_at, i.arrived",
                (),
            )
        ]


TERRY = ("Terry", WELL["reason"], "Ring: yes, text: no.")


def test_what_a_neighbour_wrote_is_taken_in_by_one_laptop_and_once(
    team: Team, tmp_path: Path
) -> None:
    ann, ben = team.laptop(tmp_path / "ann", "Ann"), team.laptop(tmp_path / "ben", "Ben")
    with door_of(team) as door:
        assert door.send({**WELL, "place": ""})[0] == 303
    did = sync(ann)
    assert did.introduced == 1
    assert ann.unsent() == 0
    sync(ben)
    sync(ann)
    assert (introduced(ann), introduced(ben)) == ([TERRY], [])
    assert team.place.hub.introductions.waiting() == (0, 0)
    assert list((team.folder / "in").iterdir()) == []
    with team.place.hub.database.reading() as tx:
        assert tx.rows("SELECT sealed FROM hub_introduction", ()) == [("",)]
        assert tx.value("SELECT count(*) FROM hub_op WHERE wire LIKE '%Terry%'", ()) > 0


def test_a_laptop_that_is_cut_off_after_it_took_something_in_takes_it_once(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkworker.sync import front_door
    from linkworker.sync.refusals import NotReadable

    ann, ben = team.laptop(tmp_path / "ann", "Ann"), team.laptop(tmp_path / "ben", "Ben")
    with door_of(team) as door:
        door.send({**WELL, "place": ""})

    def cut(*_: object) -> None:
        raise NotReadable

    with monkeypatch.context() as cut_off:
        cut_off.setattr(front_door, "was_taken", cut)
        sync(ann)
    assert team.place.hub.introductions.waiting() == (1, 0)
    sync(ben)  # it is offered to Ann's laptop
    assert introduced(ben) == []
    sync(ann)
    assert introduced(ann) == [TERRY]
    assert team.place.hub.introductions.waiting() == (0, 0)


def test_it_goes_to_the_coordinator_of_the_area_first(team: Team, tmp_path: Path) -> None:
    ann = team.laptop(tmp_path / "ann", "Ann", patch="Hinckley")
    ben = team.laptop(tmp_path / "ben", "Ben", patch="Desford, barwell")
    with door_of(team) as door:
        door.send(WELL)
    sync(ann)
    assert introduced(ann) == []
    sync(ben)
    assert introduced(ben) == [TERRY]


@pytest.mark.parametrize("role", ["reports only"])
def test_whoever_holds_nobody_is_sealed_to_by_nobody(team: Team, tmp_path: Path, role: str) -> None:
    team.laptop(tmp_path / "rae", "Rae", role)
    assert Hatch(team.folder).given().keys == ()


def test_nothing_is_sealed_to_somebody_of_another_organisation(team: Team, tmp_path: Path) -> None:
    jo, _ = Store.create(tmp_path / "jo", PASSPHRASE, worker_name="Jo", cost=CHEAP)
    code = team.place.hub.invite("Jo", "coordinator", A_LEAD, "Citizens Advice")
    join(jo, code, team.place.url)
    assert sync(jo).introduced == 0
    assert Hatch(team.folder).given().keys == ()
    with pytest.raises(Refused), line_to_hub(jo) as line:
        line.post("/v1/introductions/take", {"key": LaptopKey(b"").public, "areas": []})


def test_what_comes_after_a_laptop_was_lost_is_not_sealed_to_it(team: Team, tmp_path: Path) -> None:
    team.laptop(tmp_path / "ann", "Ann")
    ben = team.laptop(tmp_path / "ben", "Ben")
    assert len(Hatch(team.folder).given().keys) == 2
    hub = team.place.hub
    (anns,) = [one.id for one in hub.members.laptops() if one.worker == "Ann"]
    hub.members.remove(anns, A_LEAD)
    hub.introductions.tell_the_door()
    assert len(Hatch(team.folder).given().keys) == 1
    with door_of(team) as door:
        door.send({**WELL, "place": ""})
    sync(ben)
    assert introduced(ben) == [TERRY]


def test_what_is_no_introduction_holds_nothing_up(team: Team, tmp_path: Path) -> None:
    ann = team.laptop(tmp_path / "ann", "Ann")
    keys = list(Hatch(team.folder).given().keys)
    hatch = Hatch(team.folder)
    for number, words in enumerate((b"no JSON", b"{}", b'{"form": 1, "reason": 5}')):
        hatch.put(seal(words, keys, id=f"bad-{number}", came_at=1))
    (team.folder / "in" / "junk.sealed").write_bytes(secrets.token_bytes(99))
    with door_of(team) as door:
        door.send({**WELL, "place": ""})
    sync(ann)
    assert introduced(ann) == [TERRY]
    assert team.place.hub.introductions.waiting() == (0, 4)


def test_no_more_waits_on_the_hub_than_laptops_take(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.laptop(tmp_path / "ann", "Ann")
    monkeypatch.setattr(introductions, "MOST_WAITING", 2)
    hatch, door = Hatch(team.folder), team.place.hub.introductions
    for number in range(3):
        hatch.put(seal(b"{}", list(hatch.given().keys), id=f"i-{number}", came_at=number))
    assert door.waiting() == (2, 0)
    assert [one.id for one in hatch.waiting(9)] == ["i-2"]
    with team.place.hub.database.writing() as tx:
        tx.execute("UPDATE hub_introduction SET taken_at = ? WHERE id = 'i-0'", (1 << 60,))
    assert door.waiting() == (2, 0)
    assert list(hatch.waiting(9)) == []


def test_hostile_words_reach_the_record_cleaned_and_hold_nothing_up(
    team: Team, tmp_path: Path
) -> None:
    ann = team.laptop(tmp_path / "ann", "Ann")
    key = team.place.hub.introductions.new_partner("Heath Lane", A_LEAD)
    strings = json.loads(shared_data("people/naughty_strings.json").read_text())[:120]
    born = ("2999-01-01", "0001-01-01", "yesterday", "1948-03-02")
    with door_of(team) as door:
        for number, string in enumerate(strings):
            said = {
                "called": string[:120],
                "place": string[:120],
                "reach": string[:300],
                "nhs_number": string[:120],
                "born": born[number % 4],
                "reason": f"says {string}",
                "by_contact": f"by {string}"[:300],
            }
            assert door.introduce(said, key)[0] == 201
    sync(ann)
    with ann.read() as tx:
        kept = tx.rows(
            "SELECT p.called, p.place, coalesce(p.born, ''), i.their_reason, i.by_contact "
            "FROM introduction i JOIN person p ON p.id = i.person_id"
        )
    assert len(kept) == len(strings)
    assert {row[2] for row in kept} == {"", "1948-03-02"}
    assert all(clean(word) == word for row in kept for word in row)
    assert team.place.hub.introductions.waiting() == (0, 0)


def test_a_partner_learns_what_became_of_it_once_the_person_agreed(
    team: Team, tmp_path: Path
) -> None:
    ann = team.laptop(tmp_path / "ann", "Ann")
    key = team.place.hub.introductions.new_partner("Heath Lane", A_LEAD)
    with door_of(team) as door:

        def asked(id_: str) -> tuple[int, str]:
            shown = {"authorization": f"Bearer {key}"}
            status, _, said = door.ask("GET", f"/v1/introductions/{id_}", **shown)
            return status, json.loads(said).get("state", "")

        status, told = door.introduce({**WELL, "place": ""}, key)
        assert status == 201
        sync(ann)
        assert asked(told["id"]) == (404, "")
        with ann.read() as tx:
            id_ = str(tx.value("SELECT id FROM introduction"))
        with ann.write("they agreed") as tx:
            tx.change(schema.Introduction, id_, may_answer=True)
        sync(ann)
        assert asked(told["id"]) == (200, "received")
        with ann.write("accepted") as tx:
            tx.change(schema.Introduction, id_, outcome="accepted")
        sync(ann)
        assert asked(told["id"]) == (200, "in touch")
        with ann.write("they took that back") as tx:
            tx.change(schema.Introduction, id_, may_answer=False)
        sync(ann)
        assert asked(told["id"]) == (404, "")
        with ann.write("they agreed again") as tx:
            tx.change(schema.Introduction, id_, may_answer=True)
            person = str(tx.value("SELECT person_id FROM introduction"))
        sync(ann)
        assert asked(told["id"]) == (200, "in touch")
        team.place.hub.erase(person, A_LEAD, "asked for it")
        assert asked(told["id"]) == (404, "")
        team.place.hub.introductions.end_partner("Heath Lane", A_LEAD)
        assert asked(told["id"])[0] == 401


def a_partners(team: Team, ann: Store, door: FrontDoor) -> tuple[str, str, str]:
    """Have a partner introduce somebody who agrees that they hear; return key, id and row."""
    key = team.place.hub.introductions.new_partner("Heath Lane", A_LEAD)
    _, told = door.introduce({**WELL, "place": ""}, key)
    sync(ann)
    with ann.read() as tx:
        row = str(tx.value("SELECT id FROM introduction"))
    with ann.write("they agreed") as tx:
        tx.change(schema.Introduction, row, may_answer=True)
    sync(ann)
    return key, told["id"], row


def state_of(door: FrontDoor, key: str, id_: str) -> tuple[int, str]:
    shown = {"authorization": f"Bearer {key}"}
    status, _, said = door.ask("GET", f"/v1/introductions/{id_}", **shown)
    return status, json.loads(said).get("state", "")


def test_an_agreement_that_was_taken_back_is_told_until_the_hub_has_heard_it(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = team.laptop(tmp_path / "ann", "Ann")
    with door_of(team) as door:
        key, id_, row = a_partners(team, ann, door)
        assert state_of(door, key, id_) == (200, "received")
        with ann.write("they took that back") as tx:
            tx.change(schema.Introduction, row, may_answer=False)

        def cut(*_: object, **__: object) -> None:
            raise NotReached("The line was cut.")

        with monkeypatch.context() as line:
            line.setattr(front_door, "tell_what_became", cut)
            sync(ann)
        assert ann.unsent() == 0
        assert state_of(door, key, id_) == (200, "received"), "the line was cut before it was told"
        sync(ann)
        assert state_of(door, key, id_) == (404, "")
        asked = []
        with monkeypatch.context() as line:
            post = Line.post
            line.setattr(Line, "post", lambda *said: asked.append(said[1]) or post(*said))
            sync(ann)
        assert "/v1/introductions/became" not in asked, "what was heard is not told again"


def test_a_laptop_that_does_not_hold_the_record_says_nothing_of_it(
    team: Team, tmp_path: Path
) -> None:
    ann, eve = team.laptop(tmp_path / "ann", "Ann"), team.laptop(tmp_path / "eve", "Eve")
    with eve.write("her own") as tx:
        own = tx.add(schema.Person(called="Dean")).id
    sync(eve)
    with door_of(team) as door:
        key, id_, row = a_partners(team, ann, door)
        with ann.read() as tx:
            terry = str(tx.value("SELECT person_id FROM introduction WHERE id = ?", (row,)))
        for person in (terry, own, "nobody"):
            told = {"id": id_, "state": "in touch", "person": person}
            with line_to_hub(eve) as line:
                assert line.post("/v1/introductions/became", {"became": [told]}) == {"said": []}
        assert state_of(door, key, id_) == (200, "received")


def test_of_an_introduction_that_was_joined_to_somebody_known_the_partner_hears_too(
    team: Team, tmp_path: Path
) -> None:
    ann = team.laptop(tmp_path / "ann", "Ann")
    with ann.write("known before") as tx:
        known = str(tx.add(schema.Person(called="Terry", family="Beasley")).id)
    with door_of(team) as door:
        key, id_, row = a_partners(team, ann, door)
        with ann.write("already known", person=known) as tx:
            already_known.it_is(tx, row, known)
        sync(ann)
        assert state_of(door, key, id_) == (200, "in touch")
        with ann.read() as tx:
            (there,) = of_person(tx, known)
        with ann.write("they took that back") as tx:
            may_hear(tx, there.introduction_id, False)
        sync(ann)
        assert state_of(door, key, id_) == (404, "")
        team.place.hub.erase(known, A_LEAD, "asked for it")
        assert state_of(door, key, id_) == (404, "")
