"""What a member's place in the team allows, and what opening a person for a day brings with it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2

from linkworker.hub import leading
from linkworker.hub.leading import OPEN_MS, NobodyHeld
from linkworker.hub.not_in_team import NoSuchWorker
from linkworker.hub.roles import (
    MAY,
    HoldsNobody,
    LastLead,
    NoSuchRole,
    NotForThisRole,
    Right,
    StillHolds,
)
from tests.hub import places
from tests.hub.places import Member, Place


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with places.near(tmp_path_factory.mktemp("hubs") / "hub") as made:
        yield made


@pytest.fixture
def ann(place: Place) -> Member:
    ann = place.member("ann")
    ann.device.put("Person", "terry", called="Terry")
    ann.device.put("KeptApart", "k-terry", person_id="terry", words="apart")
    ann.sync()
    return ann


def opens(place: Place, who: Member, person: str = "terry") -> int:
    laptop = place.hub.members.laptop_of(who.token)
    return place.hub.open_for_a_day(laptop, person, "rang in distress")


def test_a_duty_worker_opens_one_person_for_a_day_and_holder_and_lead_are_told(
    place: Place, ann: Member
) -> None:
    duty, lead, other = (
        place.member("dot", "duty worker"),
        place.member("grace", "lead"),
        place.member("joe"),
    )
    until = opens(place, duty)
    duty.sync()
    shown = duty.device.shown("person", "terry")
    assert shown["called"] == "Terry"
    assert duty.device.row("kept_apart", "k-terry") is None
    members = place.hub.members
    opened = ("opened", "terry", "rang in distress", until)
    joined = ("joined", "", "laptop", 0)
    for worker, first in ((ann.worker, [opened]), (lead.worker, [opened, joined])):
        told = members.told(worker)
        assert [(one.kind, one.person, one.reason, one.until) for one in told] == first
        assert members.last_told(worker) == len(first)
        assert told[0].who.startswith("dot")
    assert members.told(other.worker) == [] == members.told(duty.worker)
    assert place.hub.now_ms() < until <= place.hub.now_ms() + OPEN_MS


def test_what_was_opened_closes_by_itself_after_the_day(place: Place, ann: Member) -> None:
    duty = place.member("dot", "duty worker")
    until = opens(place, duty)
    duty.sync()
    with place.hub.database.reading() as tx:
        rows = tx.rows(
            "SELECT scope, until FROM hub_grant WHERE worker = ? ORDER BY scope", (duty.worker,)
        )
    assert rows == [("person:terry", until), ("person:terry:team", until)]
    with place.hub.database.writing() as tx:  # as if the day were over
        tx.execute("UPDATE hub_grant SET until = 1 WHERE worker = ?", (duty.worker,))
    assert duty.sync().let_go == 1
    assert duty.device.row("person", "terry") is None


@pytest.mark.parametrize("role", [role for role in MAY if Right.OPEN not in MAY[role]])
@pytest.mark.parametrize("person", ["terry", "nobody-knows"])
def test_whose_role_does_not_open_hears_the_same_of_somebody_and_of_nobody(
    place: Place, ann: Member, role: str, person: str
) -> None:
    other = place.member("joe", role)
    with pytest.raises(NotForThisRole):
        opens(place, other, person)
    other.sync()
    assert other.device.row("person", "terry") is None
    assert place.hub.members.told(ann.worker) == []


def test_of_somebody_erased_a_duty_worker_hears_what_they_hear_of_nobody(
    place: Place, ann: Member
) -> None:
    duty = place.member("dot", "duty worker")
    opens(place, duty)
    for scope in ("person:terry", "person:terry:restricted"):
        place.hub.ledger.erase(scope)
    assert place.hub.members.told(ann.worker) == []
    for person in ("terry", "nobody-knows"):
        with pytest.raises(NobodyHeld):
            opens(place, duty, person)


def test_whoever_reports_is_given_nobody_and_what_they_write_of_somebody_waits_for_a_lead(
    place: Place, ann: Member
) -> None:
    rose = place.member("rose", "reports only")
    ledger, members = place.hub.ledger, place.hub.members
    name = members.names()[rose.worker]
    with pytest.raises(HoldsNobody):
        leading.cover(ledger, members, "terry", name, 1 << 60, "leave")
    with pytest.raises(HoldsNobody):
        leading.hand_over(ledger, members, "terry", name)
    assert ledger.holders("person:terry") == {ann.worker}
    rose.device.put("Person", "joan", called="Joan")
    assert rose.sync().with_lead == 1
    assert ledger.holders("person:joan") == set()
    assert [op.scope for op in ledger.quarantined()] == ["person:joan"]


def test_another_role_counts_from_the_next_call_on_and_stands_in_the_audit(
    place: Place, ann: Member
) -> None:
    joe = place.member("joe")
    with pytest.raises(NotForThisRole):
        opens(place, joe)
    place.hub.members.change_role(joe.worker, "duty worker", "Grace")
    opens(place, joe)
    place.hub.members.change_role(joe.worker, "duty worker", "Grace")
    changes = [line for line in place.hub.audit.lines() if line.what == "changed the role"]
    assert [(one.who, one.about, one.reason) for one in changes] == [
        ("Grace", joe.worker, "coordinator to duty worker")
    ]
    place.hub.members.change_role(joe.worker, "coordinator", "Grace")
    with pytest.raises(NotForThisRole):
        opens(place, joe)
    assert place.hub.audit.first_broken() is None


def test_whoever_holds_people_hands_them_over_before_they_have_reports_only(
    place: Place, ann: Member
) -> None:
    ledger, members = place.hub.ledger, place.hub.members
    before = len(place.hub.audit.lines())
    with pytest.raises(StillHolds):
        members.change_role(ann.worker, "reports only", "Grace")
    assert len(place.hub.audit.lines()) == before
    joe = place.member("joe")
    leading.hand_over(ledger, members, "terry", members.names()[joe.worker])
    members.change_role(ann.worker, "reports only", "Grace")
    with pytest.raises(HoldsNobody):
        leading.cover(ledger, members, "terry", members.names()[ann.worker], 1 << 60, "leave")


def test_a_team_keeps_a_lead(place: Place) -> None:
    members = place.hub.members
    grace, joe = place.member("grace", "lead"), place.member("joe")
    with pytest.raises(LastLead):
        members.change_role(grace.worker, "coordinator", "Grace")
    assert members.leads() == {grace.worker}
    members.change_role(joe.worker, "lead", "Grace")
    members.change_role(grace.worker, "coordinator", "Grace")
    assert members.leads() == {joe.worker}


def test_a_role_that_there_is_not_and_somebody_who_left_change_nothing(place: Place) -> None:
    joe = place.member("joe")
    with pytest.raises(NoSuchRole):
        place.hub.members.change_role(joe.worker, "boss", "Grace")
    place.hub.members.leaves(joe.worker, "Grace")
    with pytest.raises(NoSuchWorker):
        place.hub.members.change_role(joe.worker, "lead", "Grace")


def test_every_read_grant_and_late_write_stands_in_the_audit_without_a_word(
    place: Place, ann: Member
) -> None:
    duty = place.member("dot", "duty worker")
    opens(place, duty)
    duty.sync()
    place.hub.ledger.revoke(duty.worker, "person:terry")
    duty.device.set("person", "terry", called="Tel the Bowls")
    duty.sync()
    lines = place.hub.audit.lines()
    mine = [line for line in lines if line.who == duty.worker]
    (read,) = [line for line in mine if line.what == "read"]
    assert json.loads(read.about) == {"person:terry": [1, 1]}
    assert read.reason == place.hub.members.laptop_of(duty.token).id
    did = [line.what for line in mine]
    assert did[1:] == [
        *("was granted", "was granted", "read"),
        *("holds no more", "sent what a lead must see"),
    ]
    assert "Terry" not in str(lines)
    assert "Bowls" not in str(lines)
    assert place.hub.audit.first_broken() is None


def test_a_sync_that_brings_nothing_is_no_read(place: Place, ann: Member) -> None:
    ann.sync()
    before = len(place.hub.audit.lines())
    ann.sync()
    assert len(place.hub.audit.lines()) == before


def test_refusals_are_counted_and_written_together(place: Place) -> None:
    audit = place.hub.audit
    before = len(audit.lines())
    for _ in range(500):
        audit.was_refused("", "NotEnrolled", "/v1/pull")
    assert len(audit.lines()) == before
    audit.write_refusals()
    (line,) = audit.lines()[before:]
    assert (line.what, line.about, line.reason) == (
        "refused: NotEnrolled",
        "/v1/pull",
        "500 times",
    )
    audit.write_refusals()
    assert len(audit.lines()) == before + 1


@pytest.mark.parametrize("harm", ["DELETE FROM hub_audit", "UPDATE hub_audit SET who = ''"])
def test_the_audit_is_only_added_to_and_what_was_changed_by_force_shows(
    place: Place, ann: Member, harm: str
) -> None:
    with pytest.raises(dbapi2.IntegrityError), place.hub.database.writing() as tx:
        tx.execute(harm)
    assert place.hub.audit.first_broken() is None
    with place.hub.database.writing() as tx:
        tx.execute("DROP TRIGGER hub_audit_no_update")
        tx.execute("DROP TRIGGER hub_audit_no_delete")
        tx.execute(f"{harm} WHERE seq = 2")
    assert place.hub.audit.first_broken() == 2
