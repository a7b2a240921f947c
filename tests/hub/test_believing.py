"""What the hub makes of forged writes: nobody else's records change, and no laptop is held up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkworker.hub import leading
from linkworker.oplog.operations import Operation
from linkworker.scopes import person_of
from tests.hub import places
from tests.hub.places import Member, Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with places.near(tmp_path / "hub") as made:
        yield made


@pytest.fixture
def ann(place: Place) -> Member:
    return place.member("ann")


@pytest.fixture
def ben(place: Place) -> Member:
    return place.member("ben")


def person(whose: Member, name: str) -> None:
    whose.device.put("Person", name.lower(), called=name)
    whose.sync()


def covers(place: Place, whom: str, by: Member, lasting_ms: int = 10**8) -> None:
    until = place.hub.now_ms() + lasting_ms
    leading.cover(
        place.hub.ledger, place.hub.members, whom, place.hub.members.names()[by.worker], until, "x"
    )


def forged(by: Member, scope: str, body: dict[str, Any], **said: Any) -> Operation:
    """Return a write as a program that is not ours would send it next from this laptop."""
    n = by.device.number + 1
    values: dict[str, Any] = {
        "tbl": "note",
        "pk": "x",
        "kind": "put",
        "base": {},
        "hash": "forged",
        "act": f"{by.device.dev}:{n}",
        "actor": by.device.worker,
    } | said
    spelled = json.dumps(body)
    return Operation(
        dev=by.device.dev, n=n, stamp=10**12, scope=scope, body=spelled, schema_v=1, **values
    )


def push(place: Place, by: Member, *operations: Operation) -> int:
    laptop = place.hub.members.laptop_of(by.token)
    return place.hub.push(laptop, operations).last_n


def held(place: Place) -> str:
    """Everything that the hub has in its ledger, as text."""
    with place.hub.database.reading() as tx:
        return str(tx.rows("SELECT * FROM hub_op", ()))


def test_nobody_claims_a_part_of_somebody_that_the_hub_does_not_give(
    place: Place, ann: Member
) -> None:
    write = forged(ann, "person:terry:another", {"words": {"words": "forged words"}})
    assert push(place, ann, write) == 1
    assert place.hub.ledger.held_by(ann.worker) == set()
    assert place.hub.ledger.quarantined() == [], "nobody could be let in to it"
    assert "forged words" not in held(place)
    assert push(place, ann, write) == 1, "sent again it is still taken"


def test_what_a_laptop_writes_for_an_organisation_that_a_restore_forgot_waits(
    place: Place, ann: Member
) -> None:
    place.hub.ledger.begin_life("a later life")
    push(place, ann, forged(ann, "person:terry:another", {}))
    assert [op.scope for op in place.hub.ledger.quarantined()] == ["person:terry:another"]


def test_nobody_but_the_hub_says_what_an_organisation_is_called(place: Place, ann: Member) -> None:
    push(place, ann, forged(ann, "team", {"name": {"name": "Hacked"}}, tbl="organisation"))
    assert [op.tbl for op in place.hub.ledger.quarantined()] == ["organisation"]


def test_of_an_erased_person_nothing_comes_back_under_any_part(place: Place, ann: Member) -> None:
    person(ann, "Joan")
    place.hub.erase("joan", "a lead", "asked for it")
    writes = [
        forged(ann, scope, {"words": {"words": "Joan said"}})
        for scope in ("person:joan", "person:joan:restricted", "person:joan:another")
    ]
    numbered = [Operation(**{**vars(op), "n": op.n + ahead}) for ahead, op in enumerate(writes)]
    assert push(place, ann, *numbered) == 4
    assert "Joan" not in held(place)
    assert push(place, ann, *numbered) == 4, "sent again it is still taken"
    pulled = ann.hub.pull(1, {}, ["person:joan:another", "person:joan"], 65536)
    assert pulled.erased == {"person:joan:another", "person:joan"}


@pytest.mark.parametrize("kind", ["worker", "audit"])
def test_what_is_written_as_another_workers_own_keeps_its_number_alone(
    place: Place, ann: Member, ben: Member, kind: str
) -> None:
    write = forged(ben, f"{kind}:{ann.device.worker}", {"words": {"words": "forged words"}})
    assert push(place, ben, write) == 1
    assert place.hub.ledger.quarantined() == []
    assert "forged words" not in held(place)
    assert push(place, ben, write) == 1, "sent again it is still taken"
    ben.device.connection.execute("UPDATE sync_device SET n = 1")
    person(ben, "Terry")
    assert place.hub.ledger.held_by(ben.worker) == {
        "person:terry",
        "person:terry:team",
        "person:terry:restricted",
    }


def test_letting_go_of_somebody_leaves_a_row_of_somebody_else_as_it_was(
    place: Place, ann: Member, ben: Member
) -> None:
    person(ann, "Terry")
    ann.device.put("Step", "s1", person_id="terry", words="ring")
    ann.sync()
    person(ben, "Zed")
    words = {"words": {"words": "forged"}}
    push(place, ben, forged(ben, "person:zed", words, tbl="step", pk="s1", kind="set"))
    covers(place, "zed", ann)
    ann.sync()
    for scope in place.hub.ledger.held_by(ann.worker):
        if person_of(scope) == "zed":
            place.hub.ledger.revoke(ann.worker, scope)
    ann.sync()
    assert ann.device.row("person", "zed") is None

    covers(place, "terry", ben)
    ben.device.connection.execute("UPDATE sync_device SET n = n + 1")
    ben.sync()
    for by, said in ((ben, "by Ben"), (ann, "by Ann")):
        by.device.set("step", "s1", words=said)
        by.sync()
        for who in (ann, ben):
            who.sync()
            assert who.device.shown("step", "s1")["words"] == said
            assert who.device.differing() == {}


def renamed(by: Member, who: str, **said: Any) -> Operation:
    return forged(
        by, "team", {"name": {"name": "Hacked"}}, tbl="worker", pk=who, kind="set", **said
    )


@pytest.mark.parametrize("role", ["reports only", "coordinator"])
def test_nobody_renames_a_colleague_for_everybody(place: Place, ann: Member, role: str) -> None:
    own = ann.device.worker
    ann.device.put("Worker", own, name="Ann")
    ann.device.put("Worker", "of-nobody-yet", name="Dot")
    ann.sync()
    eve = place.member("eve", role)
    eve.device.put("Worker", eve.device.worker, name="Eve")
    push(place, eve, *eve.device.unsent(), renamed(eve, own))
    ann.sync()
    assert ann.device.shown("worker", own)["name"] == "Ann"
    assert ann.device.shown("worker", eve.device.worker)["name"] == "Eve"
    (waits,) = leading.waiting(place.hub.ledger, place.hub.members)
    assert waits.person == "team"
    assert leading.let_in(place.hub.ledger, place.hub.members, "team") == 1
    ann.sync()
    assert ann.device.shown("worker", own)["name"] == "Hacked", "a lead has decided it"


def test_whoever_has_reports_only_writes_of_the_team_of_themselves_alone(
    place: Place, ann: Member
) -> None:
    ann.device.put("Worker", "of-nobody-yet", name="Dot")
    ann.sync()
    eve = place.member("eve", "reports only")
    push(place, eve, renamed(eve, "of-nobody-yet"))
    ann.sync()
    assert ann.device.shown("worker", "of-nobody-yet")["name"] == "Dot"


def test_who_left_the_team_learns_nothing_new_of_it_and_keeps_what_they_had(
    place: Place, ann: Member, ben: Member
) -> None:
    ben.device.put("Worker", "before", name="Dot")
    ben.sync()
    ann.sync()
    leading.leaver(place.hub.ledger, place.hub.members, place.hub.members.names()[ann.worker])
    ben.device.put("Worker", "after", name="Fay")
    ben.sync()
    ann.device.put("Worker", "own", name="Ann")
    ann.sync()
    assert ann.device.shown("worker", "before")["name"] == "Dot"
    assert ann.device.row("worker", "after") is None
    ben.sync()
    assert ben.device.row("worker", "own") is None


def test_opening_ones_own_again_and_again_hides_from_nobody_what_was_opened(
    place: Place, ann: Member
) -> None:
    duty, lead = place.member("duty", "duty worker"), place.member("grace", "lead")
    person(ann, "Terry")
    person(duty, "Own")
    laptop = place.hub.members.laptop_of(duty.token)
    place.hub.open_for_a_day(laptop, "terry", "rang in distress")
    for _ in range(12):
        place.hub.open_for_a_day(laptop, "own", "no reason")
    assert [one.person for one in place.hub.members.told(lead.worker)] == ["terry"]
    person(ann, "Joan")
    for number in range(120):
        place.hub.open_for_a_day(laptop, "joan", f"no reason {number}")
    told = place.hub.members.told(lead.worker)
    assert [one.person for one in told].count("joan") == 5
    assert told[0].reason == "no reason 119"
    assert told[-1].person == "terry"


def test_nobody_silences_what_a_colleague_is_yet_to_write(
    place: Place, ann: Member, ben: Member
) -> None:
    person(ann, "Terry")
    covers(place, "terry", ben)
    ben.sync()
    to_come = f"{ann.device.dev}:{ann.device.number + 1}"
    base = {"called": (to_come, ann.device.last), "*": (ann.device.last,)}
    row = {"tbl": "person", "pk": "terry", "kind": "set", "base": base}
    push(place, ben, forged(ben, "person:terry", {"called": {"called": "Forged"}}, **row))
    ann.device.set("person", "terry", called="what Ann writes next")
    ann.sync()
    for who in (ann, ben):
        who.sync()
        versions = str(who.device.differing())
        assert "what Ann writes next" in versions, who.device.dev


def test_a_write_replaces_nothing_that_it_does_not_write_itself(
    place: Place, ann: Member, ben: Member
) -> None:
    person(ann, "Terry")
    covers(place, "terry", ben)
    ben.sync()
    row = {"tbl": "person", "pk": "terry", "kind": "set", "base": {"*": (ann.device.last,)}}
    push(place, ben, forged(ben, "person:terry", {}, **row))
    ann.device.set("person", "terry", called="Tel")
    ann.sync()
    cat = place.member("cat")
    covers(place, "terry", cat)
    for who in (ann, cat):
        who.sync()
        assert who.device.shown("person", "terry")["called"] == "Tel"
        assert who.device.differing() == {}
