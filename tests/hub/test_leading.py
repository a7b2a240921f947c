"""What a lead decides over the network, and what nobody else does.

Each call as it comes over HTTP, from a lead's laptop, a coordinator's, and one that was lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from linkworker.hub import leading
from linkworker.hub.not_in_team import InviteNotGood
from linkworker.hub.roles import MAY, LastLead, OtherRole, Right
from tests.hub import cluster, places
from tests.hub.places import FarPlace, Member, Place
from tests.hub.test_refusals import asked

DAY = 24 * 3_600_000


@pytest.fixture(scope="module", params=[places.far, cluster.far], ids=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FarPlace]:
    with request.param(tmp_path_factory.mktemp("hubs") / "hub", "--plain", "--behind-proxy") as at:
        yield at


@pytest.fixture
def near(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with places.near(tmp_path_factory.mktemp("hubs") / "hub") as made:
        yield made


@pytest.fixture(scope="module")
def grace(place: FarPlace) -> Member:
    return place.member("grace", "lead")


def says(place: FarPlace, who: Member, call: str, **said: Any) -> tuple[int, dict[str, Any]]:
    return asked(place, "POST", f"/v1/lead/{call}", json.dumps(said).encode(), who.token)


def does(place: FarPlace, who: Member, call: str, **said: Any) -> dict[str, Any]:
    status, told = says(place, who, call, **said)
    assert status == 200, told
    return told


def writes_of(who: Member, *people: str) -> None:
    for person in people:
        who.device.put("Person", person, called=person.partition("-")[0])
    who.sync()


def audited(place: Place, what: str) -> list[tuple[str, str, str]]:
    lines = place.hub.audit.everything()
    return [(one.who, one.about, one.reason) for one in lines if one.what == what]


def test_a_lead_sees_members_laptops_and_counts_and_nobodys_name_or_words(
    place: FarPlace, grace: Member
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    writes_of(ann, "Terry-1", "Joan-1")
    does(place, grace, "cover", whom=["Joan-1"], by=ben.worker, until=soon(place), reason="leave")
    told = does(place, grace, "team")
    members = {one["id"]: one for one in told["members"]}
    assert (members[ann.worker]["own"], members[ann.worker]["covers"]) == (2, 0)
    assert (members[ben.worker]["own"], members[ben.worker]["covers"]) == (0, 1)
    laptop = place.hub.members.laptop_of(ann.token).id
    assert [one["id"] for one in members[ann.worker]["laptops"]] == [laptop]
    assert (told["me"], members[told["me"]]["role"]) == (grace.worker, "lead")
    held = does(place, grace, "people", worker=ann.worker)["people"]
    assert {one["person"] for one in held} == {"Terry-1", "Joan-1"}
    assert all(set(one) == {"person", "since", "until"} for one in held)
    assert "called" not in json.dumps([told, held])


def soon(place: Place) -> int:
    return place.hub.now_ms() + DAY


def test_what_a_lead_hands_over_is_on_the_colleagues_laptop_and_gone_from_the_others(
    place: FarPlace, grace: Member
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    writes_of(ann, "Terry-2")
    said = {"whom": ["Terry-2"], "to": ben.worker, "reason": "Ann moves to Melton"}
    assert does(place, grace, "hand-over", **said) == {"people": 1}
    ben.sync()
    assert ben.device.shown("person", "Terry-2")["called"] == "Terry"
    assert ann.sync().let_go == 1
    assert (grace.worker, f"Terry-2 to {ben.worker}", "Ann moves to Melton") in audited(
        place, "handed over"
    )


def test_a_person_of_whom_a_laptop_has_several_parts_is_let_go_of_as_one(
    place: FarPlace, grace: Member
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    writes_of(ann, "Terry-10")
    ann.device.put("Note", "note-10", person_id="Terry-10", words="met at the gate")
    ann.device.put("KeptApart", "apart-10", person_id="Terry-10", words="of his son")
    ann.sync()
    does(place, grace, "hand-over", whom=["Terry-10"], to=ben.worker, reason="moving")
    assert ann.sync().let_go == 1


def test_a_whole_caseload_is_handed_over_together_and_whom_one_only_covers_stays_where_they_are(
    place: FarPlace, grace: Member
) -> None:
    ann, ben, cara = place.member("ann"), place.member("ben"), place.member("cara")
    writes_of(ann, "Terry-3")
    writes_of(ben, "Joan-3", "Derek-3")
    does(place, grace, "cover", whom=[ann.worker], by=ben.worker, until=soon(place), reason="leave")
    said = {"whom": [ben.worker], "to": cara.worker, "reason": "Ben retires"}
    assert does(place, grace, "hand-over", **said) == {"people": 2}
    ledger = place.hub.ledger
    assert ledger.holders("person:Joan-3") == ledger.holders("person:Derek-3") == {cara.worker}
    assert ledger.holders("person:Terry-3") == {ann.worker, ben.worker}


def test_of_several_of_whom_one_is_unknown_nobody_is_handed_over(
    place: FarPlace, grace: Member
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    writes_of(ann, "Terry-4")
    said = {"whom": ["Terry-4", "nobody"], "to": ben.worker, "reason": "moving"}
    assert says(place, grace, "hand-over", **said)[0] == 404
    assert place.hub.ledger.holders("person:Terry-4") == {ann.worker}


@pytest.mark.parametrize("days", [-1, 400], ids=["over already", "longer than a year"])
def test_a_cover_ends_on_a_day_to_come_within_a_year(
    place: FarPlace, grace: Member, days: int
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    writes_of(ann, f"Terry-{days}")
    until = place.hub.now_ms() + days * DAY
    status, told = says(
        place, grace, "cover", whom=[ann.worker], by=ben.worker, until=until, reason="leave"
    )
    assert (status, told["error"]) == (409, "cover-too-long")
    assert place.hub.ledger.holders(f"person:Terry-{days}") == {ann.worker}


def test_nobody_with_reports_only_is_given_anybody(place: FarPlace, grace: Member) -> None:
    ann, rose = place.member("ann"), place.member("rose", "reports only")
    writes_of(ann, "Terry-5")
    status, told = says(
        place, grace, "hand-over", whom=[ann.worker], to=rose.worker, reason="moving"
    )
    assert (status, told["error"]) == (409, "reports-only")
    assert place.hub.ledger.holders("person:Terry-5") == {ann.worker}


def test_a_lost_laptop_is_dead_at_once_and_hears_who_removed_it(
    place: FarPlace, grace: Member
) -> None:
    ann = place.member("ann")
    laptop = place.hub.members.laptop_of(ann.token).id
    assert does(place, grace, "lost", laptop=laptop) == {"removed": laptop}
    status, told = says(place, ann, "team")
    assert (status, told["error"]) == (403, "removed")
    assert told["by"] == place.hub.members.names()[grace.worker]
    assert (grace.worker, laptop, "") in audited(place, "removed a laptop")


def test_a_lead_does_not_lose_the_laptop_they_sit_at(place: FarPlace, grace: Member) -> None:
    laptop = does(place, grace, "team")["this_laptop"]
    assert says(place, grace, "lost", laptop=laptop)[0] == 404
    assert says(place, grace, "team")[0] == 200


def test_whoever_leaves_holds_nobody_and_their_laptop_may_do_nothing_more_than_send(
    place: FarPlace, grace: Member
) -> None:
    dot, ben = place.member("dot", "duty worker"), place.member("ben")
    writes_of(dot, "Terry-6")
    writes_of(ben, "Joan-6")
    assert does(place, grace, "leaver", worker=dot.worker) == {"held_by_nobody": 1}
    nobodys = {one["person"] for one in does(place, grace, "people", worker="")["people"]}
    assert "Terry-6" in nobodys
    body = json.dumps({"person": "Joan-6", "reason": "curious"}).encode()
    assert asked(place, "POST", "/v1/open", body, dot.token)[0] == 403
    dot.device.put("Person", "Somebody-new", called="New")
    assert dot.sync().with_lead == 1
    said = {"whom": ["Terry-6"], "to": ben.worker, "reason": "Dot left"}
    does(place, grace, "hand-over", **said)
    assert place.hub.ledger.holders("person:Terry-6") == {ben.worker}


def test_whom_somebody_only_opened_for_a_day_is_held_by_nobody_still(
    place: FarPlace, grace: Member
) -> None:
    eve, fay = place.member("eve"), place.member("fay", "duty worker")
    writes_of(eve, "Terry-9", "Joan-9")

    def open_(person: str) -> None:
        body = json.dumps({"person": person, "reason": "rang in distress"}).encode()
        assert asked(place, "POST", "/v1/open", body, fay.token)[0] == 200

    open_("Joan-9")
    assert does(place, grace, "leaver", worker=eve.worker) == {"held_by_nobody": 2}
    open_("Terry-9")
    nobodys = {one["person"] for one in does(place, grace, "people", worker="")["people"]}
    assert {"Terry-9", "Joan-9"} <= nobodys
    before = does(place, grace, "team")["held_by_nobody"]
    said = {"whom": ["Terry-9", "Joan-9"], "to": fay.worker, "reason": "Eve left"}
    does(place, grace, "hand-over", **said)
    assert does(place, grace, "team")["held_by_nobody"] == before - 2


def test_what_a_leaver_sent_late_is_let_in_by_a_lead(place: FarPlace, grace: Member) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    writes_of(ann, "Terry-7")
    does(place, grace, "hand-over", whom=["Terry-7"], to=ben.worker, reason="moving")
    ann.device.set("person", "Terry-7", called="Tel")
    ann.sync()
    waits = [one for one in does(place, grace, "waiting")["waiting"] if one["person"] == "Terry-7"]
    assert [(one["count"], len(one["holders"])) for one in waits] == [(1, 1)]
    assert does(place, grace, "let-in", person="Terry-7") == {"let_in": 1}
    ben.sync()
    assert ben.device.shown("person", "Terry-7")["called"] == "Tel"
    assert says(place, grace, "let-in", person="Terry-7")[0] == 404


def test_an_invite_is_said_once_and_good_once_and_the_audit_has_not_the_code(
    place: FarPlace, grace: Member
) -> None:
    code = does(place, grace, "invite", name="Ivy", role="duty worker")["code"]
    assert code.startswith("LW1-")
    assert code not in json.dumps([vars(one) for one in place.hub.audit.everything()])
    assert grace.worker in {who for who, *_ in audited(place, "invited")}
    ivy = [one for one in place.hub.members.everybody() if one.name == "Ivy"]
    assert [one.role for one in ivy] == ["duty worker"]
    other = says(place, grace, "invite", name="Ivy", role="lead")
    assert (other[0], other[1]["error"]) == (409, "other-role")
    assert does(place, grace, "invite", name="Ivy")["code"] != code


def test_a_role_that_is_given_counts_from_the_next_call_on(place: FarPlace, grace: Member) -> None:
    joe = place.member("joe")
    assert says(place, joe, "team")[0] == 403
    does(place, grace, "role", worker=joe.worker, role="lead")
    assert says(place, joe, "team")[0] == 200
    does(place, grace, "role", worker=joe.worker, role="coordinator")
    assert says(place, joe, "team")[0] == 403
    assert (grace.worker, joe.worker, "coordinator to lead") in audited(place, "changed the role")


@pytest.mark.parametrize("role", [role for role in MAY if Right.DECIDE not in MAY[role]])
def test_nobody_else_decides_anything_and_what_they_asked_for_did_not_happen(
    place: FarPlace, grace: Member, role: str
) -> None:
    ann, thief = place.member("ann"), place.member("thief", role)
    person = f"Terry-{role.split()[0]}"
    writes_of(ann, person)
    laptop = place.hub.members.laptop_of(ann.token).id
    members = place.hub.members.everybody()
    for call, said in (
        ("hand-over", {"whom": [person], "to": thief.worker, "reason": "mine now"}),
        ("cover", {"whom": [ann.worker], "by": thief.worker, "until": soon(place), "reason": "x"}),
        ("leaver", {"worker": ann.worker}),
        ("lost", {"laptop": laptop}),
        ("invite", {"name": "Another me", "role": "lead"}),
        ("role", {"worker": thief.worker, "role": "lead"}),
        ("let-in", {"person": person}),
        ("hand-over", {"nonsense": True}),
    ):
        status, told = says(place, thief, call, **said)
        assert (status, told["error"]) == (403, "not-yours"), call
    assert place.hub.ledger.holders(f"person:{person}") == {ann.worker}
    assert place.hub.members.everybody() == members
    ann.sync()


def test_the_only_lead_does_not_leave(near: Place) -> None:
    grace, joe = near.member("grace", "lead"), near.member("joe")
    ledger, members = near.hub.ledger, near.hub.members
    writes_of(grace, "Terry")
    with pytest.raises(LastLead):
        leading.leaver(ledger, members, grace.worker)
    assert ledger.holders("person:Terry") == {grace.worker}
    members.change_role(joe.worker, "lead", "a test")
    assert leading.leaver(ledger, members, grace.worker) == 1


def test_whoever_is_invited_again_stays_what_they_are_and_another_role_is_refused(
    near: Place,
) -> None:
    members = near.hub.members
    members.invite("Grace", "lead", "a test")
    with pytest.raises(OtherRole, match="lead"):
        members.invite("Grace", "coordinator", "a test")
    members.invite("Grace", "", "a test")
    members.invite("Ann", "", "a test")
    roles = {one.name: one.role for one in members.everybody()}
    assert roles == {"Grace": "lead", "Ann": "coordinator"}


def test_the_unused_invite_of_somebody_who_left_lets_nobody_in(near: Place) -> None:
    from linkworker.hub.members import Asked

    near.member("grace", "lead")
    members = near.hub.members
    secret = members.invite("Ann", "", "a test")
    leading.leaver(near.hub.ledger, members, "Ann")
    with pytest.raises(InviteNotGood):
        members.join(Asked(secret, bytes(32), "dev", "ann", "laptop"))
