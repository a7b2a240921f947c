"""One person whom two coordinators entered apart is noticed on the hub, and only leads are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkworker.hub import house, leading, team
from linkworker.hub.same_people import NotOne, NotTwoRecords, OneAlready, Pair
from tests.hub.cluster import Cluster, cluster
from tests.hub.places import Member, Place

LEAD = "a lead"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def postgres(request: pytest.FixtureRequest) -> Iterator[Cluster | None]:
    if request.param == "sqlite":
        yield None
        return
    with cluster() as running:
        yield running


@pytest.fixture
def place(postgres: Cluster | None, tmp_path: Path) -> Iterator[Place]:
    url = postgres.database() if postgres else ""
    house.make(tmp_path / "hub", name="A team", database_url=url)
    with house.opened(tmp_path / "hub") as hub:
        yield Place(hub)


def enters(who: Member, person: str, phone: str = "", postcode: str = "", **said: Any) -> None:
    """Somebody is entered on a laptop, which then syncs."""
    if "born" in said:
        said["born"] = date.fromisoformat(said["born"])
    who.device.put("Person", person, **said)
    if phone:
        who.device.put("Reach", f"r-{person}", person_id=person, value=phone)
    if postcode:
        who.device.put("Address", f"a-{person}", person_id=person, postcode=postcode)
    who.sync()


def waiting(place: Place, reader: str = "") -> list[tuple[str, str]]:
    return [(one.one.person, one.other.person) for one in place.hub.same_people.same_people(reader)]


@pytest.fixture
def ann(place: Place) -> Member:
    ann = place.member("ann")
    enters(ann, "p1", given="Terence", family="Okafor", born="1947-03-02", phone="07700 900123")
    ann.device.put("Note", "n1", person_id="p1", words="Ann's note")
    ann.device.put("KeptApart", "k1", person_id="p1", words="Ann's line, kept apart")
    ann.sync()
    return ann


@pytest.fixture
def ben(place: Place, ann: Member) -> Member:
    """Ben, who met the same man, heard the birth date wrongly, and knows where he lives."""
    ben = place.member("ben")
    enters(
        ben,
        "p2",
        given="Terry",
        family="Okafor",
        born="1947-02-03",
        phone="+44 7700 900123",
        postcode="LE11 1AA",
    )
    ben.device.put("Note", "n2", person_id="p2", words="Ben's note")
    ben.sync()
    return ben


def has(who: Member, table: str, pk: str) -> bool:
    return who.device.row(table, pk) is not None


def join(place: Place, shown: str = "p1", other: str = "p2") -> None:
    place.hub.same_people.same_as(shown, other, LEAD, "they spoke with each other")


def part(place: Place) -> None:
    place.hub.same_people.apart("p2", "p1", LEAD, "a father and his son")


# -- noticing


def test_two_entries_of_one_person_are_noticed_when_they_meet(place: Place, ben: Member) -> None:
    enters(ben, "p3", given="Ada", family="Okafor", born="1947-03-02")
    assert waiting(place) == [("p1", "p2")]


def test_what_shows_that_they_are_two_is_heard(place: Place, ben: Member) -> None:
    assert waiting(place) == [("p1", "p2")]
    ben.device.set("person", "p2", given="Ada")
    ben.sync()
    assert waiting(place) == []


def test_of_two_versions_the_one_that_laptops_show_counts(
    place: Place, ann: Member, ben: Member
) -> None:
    place.hub.ledger.grant(ben.worker, "person:p1", "cover")
    ben.sync()
    for who, name in ((ann, "Gladys"), (ben, "Terry")):
        who.device.now_ms += 1_000  # who wrote last is shown
        who.device.set("person", "p1", given=name)
    ben.device.set("person", "p1", place="Quorn")
    for who in (ben, ann, ben):
        who.sync()
    shown = ann.device.shown("person", "p1")["given"]
    assert shown == ben.device.shown("person", "p1")["given"]
    assert waiting(place) == ([("p1", "p2")] if shown == "Terry" else [])


def test_somebody_who_was_removed_or_erased_is_nobodys_other(place: Place, ben: Member) -> None:
    assert waiting(place) == [("p1", "p2")]
    ben.device.hide("person", "p2")
    ben.sync()
    assert waiting(place) == []
    ben.device.set("person", "p2", hidden_at=None)
    ben.sync()
    assert waiting(place) == [("p1", "p2")]
    place.hub.erase("p2", LEAD, "asked for it")
    assert waiting(place) == []
    with place.hub.database.reading() as tx:
        for table in ("hub_tells", "hub_face", "hub_clue", "hub_pair"):
            assert "p2" not in str(tx.rows(f"SELECT * FROM {table}", ())), table
        assert "Terry" not in str(tx.rows("SELECT * FROM hub_face", ()))


def test_what_waits_for_a_lead_is_not_compared_before_it_is_let_in(
    place: Place, ann: Member
) -> None:
    rose = place.member("rose", "reports only")
    enters(rose, "p9", given="Terence", family="Okafor", born="1947-03-02")
    assert waiting(place) == []
    leading.let_in(place.hub.ledger, place.hub.members, "p9")
    assert waiting(place) == [("p1", "p9")]


def test_a_writing_that_cannot_be_read_refuses_no_push_and_stops_nobody_else(
    place: Place, ann: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("linkworker.hub.identifying.Scratch._shown", unreadable)
    joe = place.member("joe")
    enters(joe, "p5", given="Terence", family="Okafor", born="1947-03-02")
    place.hub.after_push()
    assert waiting(place) == []
    monkeypatch.undo()
    enters(place.member("eve"), "p6", given="Terence", family="Okafor", born="1947-03-02")
    joe.device.set("person", "p5", place="Quorn")
    joe.sync()
    assert ("p5", "p6") in waiting(place)


# -- what is told


def told(place: Place, reader: str = "", **more: Any) -> Pair:
    (pair,) = place.hub.same_people.same_people(reader, **more)
    return pair


def test_a_lead_hears_what_agrees_and_who_holds_each_and_not_what_it_says(
    place: Place, ben: Member
) -> None:
    lead = place.member("grace", "lead")
    pair = told(place, lead.worker)
    assert set(pair.agrees) == {
        "first name (in another form)",
        "family name",
        "birth date (day and month swapped)",
        "phone number",
    }
    assert (pair.differs, pair.only_one, pair.certain) == ((), ("postcode",), False)
    assert [side.holders[0][:3] for side in (pair.one, pair.other)] == ["ann", "ben"]
    assert [side.name for side in (pair.one, pair.other)] == ["T. O.", "T. O."]
    said = str(pair)
    for word in ("Okafor", "Ter", "1947", "900123", "LE11", "note"):
        assert word not in said


def test_what_agrees_is_not_said_to_be_known_of_one_alone(place: Place, ben: Member) -> None:
    ben.device.set("person", "p2", given="", family="", called="Terry Okafor")
    ben.sync()
    pair = told(place, place.member("grace", "lead").worker)
    assert "family name" in pair.agrees
    assert pair.only_one == ("postcode",)


def test_two_records_of_one_person_are_one_person_in_a_leads_counts(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    found = team.team(place.hub.database, place.hub.now_ms())
    assert {one.name[:3]: one.own for one in found.members} == {"ann": 1, "ben": 1}


def test_who_holds_both_hears_what_agrees(place: Place, ann: Member, ben: Member) -> None:
    place.hub.ledger.grant(ben.worker, "person:p1", "cover")
    pair = told(place, ben.worker)
    assert dict(pair.values) == {"family name": "Okafor", "phone number": "+447700900123"}
    assert [side.name for side in (pair.one, pair.other)] == ["Terence Okafor", "Terry Okafor"]
    assert [side.born for side in (pair.one, pair.other)] == [1947, 1947]


def test_a_lead_who_holds_one_sees_that_ones_name_alone(place: Place, ben: Member) -> None:
    lead = place.member("grace", "lead")
    place.hub.ledger.grant(lead.worker, "person:p2", "cover")
    pair = told(place, lead.worker)
    assert (pair.one.name, pair.other.name) == ("T. O.", "Terry Okafor")
    assert pair.values == ()


def test_who_enters_a_name_does_not_learn_that_a_colleague_knows_it(
    place: Place, ann: Member
) -> None:
    eve = place.member("eve")
    before = eve.replica.known_scopes()
    enters(eve, "probe", given="Terence", family="Okafor", born="1947-03-02", phone="07700 900123")
    enters(eve, "nobody", given="Zebedee", family="Quux", born="1931-07-19", phone="07700 900999")
    assert waiting(place) == [("p1", "probe")]
    for reader in (eve, ann, place.member("dot", "duty worker"), place.member("r", "reports only")):
        assert waiting(place, reader.worker) == []
        assert place.hub.members.told(reader.worker) == []
    eve.sync()
    assert eve.replica.known_scopes() - before == {"person:probe", "person:nobody"}
    assert not has(eve, "person", "p1")


def test_whoever_left_the_team_is_told_nothing(place: Place, ben: Member) -> None:
    grace, _ = place.member("grace", "lead"), place.member("lee", "lead")
    assert waiting(place, grace.worker) == [("p1", "p2")]
    name = place.hub.members.names()[grace.worker]
    leading.leaver(place.hub.ledger, place.hub.members, name)
    assert waiting(place, grace.worker) == []


# -- what is decided


def names_other(who: Member, person: str) -> list[tuple[str, str]]:
    """What a laptop has of other records: which, and which of the two is shown."""
    return [
        (str(other), str(shown))
        for other, shown in who.device.connection.execute(
            "SELECT other_person_id, shown_person_id FROM same_person "
            "WHERE person_id = ? AND hidden_at IS NULL",
            (person,),
        )
    ]


def test_joined_records_are_on_both_laptops_whole_but_for_what_is_kept_apart(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    for who in (ann, ben):
        who.sync()
        assert names_other(who, "p1") == [("p2", "p1")]
        assert names_other(who, "p2") == [("p1", "p1")]
        assert has(who, "note", "n1")
        assert has(who, "note", "n2")
    assert not has(ben, "kept_apart", "k1")
    assert waiting(place) == []
    pair = told(place, decided=True)
    assert (pair.state, pair.reason) == ("one person", "they spoke with each other")


def test_parted_again_all_is_as_before_and_what_was_unsent_is_with_the_lead(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    for who in (ann, ben):
        who.sync()
    ben.device.put("Note", "n3", person_id="p1", words="Ben's line on Ann's record")
    ben.sync()
    ben.device.put("Note", "n4", person_id="p1", words="Ben's late line")
    part(place)
    for who in (ben, ann):
        who.sync()
    assert names_other(ann, "p1") == [] == names_other(ben, "p2")
    assert not has(ann, "person", "p2")
    assert not has(ben, "person", "p1")
    assert has(ann, "note", "n3")  # every line stays on the record on which it was written
    assert has(ann, "note", "n1")
    assert has(ben, "note", "n2")
    assert not has(ben, "note", "n3")
    assert [one.person for one in leading.waiting(place.hub.ledger, place.hub.members)] == ["p1"]
    leading.let_in(place.hub.ledger, place.hub.members, "p1")
    ann.sync()
    assert has(ann, "note", "n4")
    assert waiting(place) == []  # that they are two was decided


def test_they_can_be_joined_parted_and_joined_again(place: Place, ann: Member, ben: Member) -> None:
    for _ in range(3):
        join(place)
        ann.sync()
        assert names_other(ann, "p2") == [("p1", "p1")]
        part(place)
        ann.sync()
        assert not has(ann, "person", "p2")


def test_not_the_same_stays_away_until_something_of_either_changes(
    place: Place, ann: Member, ben: Member
) -> None:
    assert waiting(place) == [("p1", "p2")]
    place.hub.same_people.not_same("p2", "p1", LEAD, "cousins")
    ben.device.set("person", "p2", place="Quorn")
    ben.device.put("Note", "n5", person_id="p2", words="More.")
    ben.sync()
    assert waiting(place) == []
    ben.device.set("person", "p2", born="1947-03-02")
    ben.sync()
    assert waiting(place) == [("p1", "p2")]


def test_a_cover_of_one_record_opens_the_other_for_as_long_and_no_longer(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    cat = place.member("cat")
    until = place.hub.now_ms() + 3_600_000
    place.hub.ledger.grant(cat.worker, "person:p2", "cover", until)
    cat.sync()
    assert has(cat, "person", "p1")
    with place.hub.database.reading() as tx:
        assert tx.rows("SELECT DISTINCT until FROM hub_grant WHERE worker = ?", (cat.worker,)) == [
            (until,)
        ]
    place.hub.ledger.revoke(cat.worker, "person:p2")
    cat.sync()
    assert not has(cat, "person", "p1")


def test_handing_over_one_of_two_records_leaves_the_other_with_its_holder(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    cat = place.member("cat")
    names = place.hub.members.names()
    leading.hand_over(place.hub.ledger, place.hub.members, names[ann.worker], names[cat.worker])
    for who in (ann, ben, cat):
        who.sync()
    assert not has(ann, "person", "p1")
    assert not has(ann, "person", "p2")
    assert all(has(who, "person", one) for who in (ben, cat) for one in ("p1", "p2"))
    part(place)
    for who in (ben, cat):
        who.sync()
    assert (has(ben, "person", "p1"), has(ben, "person", "p2")) == (False, True)
    assert (has(cat, "person", "p1"), has(cat, "person", "p2")) == (True, False)


def test_three_records_of_one_person_are_parted_one_at_a_time(
    place: Place, ann: Member, ben: Member
) -> None:
    cat = place.member("cat")
    enters(cat, "p3", given="Tel", family="Okafor")
    join(place)
    join(place, "p1", "p3")
    ben.sync()
    assert all(has(ben, "person", one) for one in ("p1", "p2", "p3"))
    part(place)
    for who in (ann, ben, cat):
        who.sync()
    assert [has(ann, "person", one) for one in ("p1", "p2", "p3")] == [True, False, True]
    assert [has(ben, "person", one) for one in ("p1", "p2", "p3")] == [False, True, False]
    assert [has(cat, "person", one) for one in ("p1", "p2", "p3")] == [True, False, True]


def test_who_holds_both_may_part_them_on_a_laptop_and_no_grant_outlives_it(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    ann.sync()
    row = ann.device.connection.execute("SELECT id FROM same_person WHERE person_id = 'p1'")
    ann.device.hide("same_person", row.fetchone()[0])
    ann.sync()
    place.hub.after_push()
    ann.sync()
    assert not has(ann, "person", "p2")
    assert place.hub.ledger.holders("person:p1") == {ann.worker}


def test_what_a_laptop_said_before_a_lead_decided_and_sends_after_it_counts_no_more(
    place: Place, ann: Member, ben: Member
) -> None:
    place.hub.ledger.grant(ben.worker, "person:p1", "cover")
    ben.sync()
    for person, other in (("p1", "p2"), ("p2", "p1")):
        ben.device.put(
            "SamePerson",
            f"s-{person}",
            person_id=person,
            other_person_id=other,
            shown_person_id="p1",
        )
    place.hub.same_people.not_same("p1", "p2", LEAD, "cousins")
    ben.sync()
    place.hub.after_push()
    ben.sync()
    assert names_other(ben, "p1") == [] == names_other(ben, "p2")


def test_what_was_said_before_a_lead_decided_counts_no_more_where_the_pair_waits_again(
    place: Place, ann: Member, ben: Member
) -> None:
    place.hub.ledger.grant(ben.worker, "person:p1", "cover")
    ben.sync()
    for person, other in (("p1", "p2"), ("p2", "p1")):
        ben.device.put(
            "SamePerson",
            f"s-{person}",
            person_id=person,
            other_person_id=other,
            shown_person_id="p1",
        )
    place.hub.same_people.not_same("p1", "p2", LEAD, "cousins")
    ann.device.set("person", "p1", born="1947-03-03")
    ann.sync()
    assert waiting(place) == [("p1", "p2")]
    assert [one.decided_at for one in place.hub.same_people.same_people()] == [None]
    ben.sync()
    place.hub.after_push()
    ben.sync()
    assert names_other(ben, "p1") == [] == names_other(ben, "p2")


def test_a_laptop_that_says_it_of_somebody_it_does_not_hold_is_given_nothing(
    place: Place, ann: Member
) -> None:
    eve = place.member("eve")
    enters(eve, "probe", given="Zebedee")
    for person, other in (("probe", "p1"), ("p1", "probe")):
        eve.device.connection.execute("PRAGMA foreign_keys=OFF")
        eve.device.put(
            "SamePerson",
            f"s-{person}",
            person_id=person,
            other_person_id=other,
            shown_person_id=other,
        )
    eve.sync()
    place.hub.after_push()
    eve.sync()
    assert not has(eve, "person", "p1")
    ann.sync()
    assert names_other(ann, "p1") == []


def test_erasing_one_of_two_records_ends_what_was_held_because_of_it(
    place: Place, ann: Member, ben: Member
) -> None:
    join(place)
    ann.sync()
    place.hub.erase("p1", LEAD, "asked for it")
    ann.sync()
    assert not has(ann, "person", "p1")
    assert not has(ann, "person", "p2")
    assert place.hub.ledger.holders("person:p2") == {ben.worker}


def test_what_cannot_be_decided_is_refused_and_changes_nothing(place: Place, ben: Member) -> None:
    decides = place.hub.same_people
    for one, other in (("p1", "p1"), ("p1", "nobody"), ("nobody", "p2"), ("", "")):
        for decide in (decides.same_as, decides.not_same):
            with pytest.raises(NotTwoRecords):
                decide(one, other, LEAD, "a slip")
    with pytest.raises(NotOne):
        decides.apart("p1", "p2", LEAD, "a slip")
    join(place)
    for decide in (decides.same_as, decides.not_same):
        with pytest.raises(OneAlready):
            decide("p2", "p1", LEAD, "a slip")


def test_no_laptop_can_take_the_hubs_own_device_for_its_own(place: Place, ben: Member) -> None:
    join(place)
    with place.hub.database.reading() as tx:
        devs = {dev for (dev,) in tx.rows("SELECT dev FROM hub_op WHERE worker = 'the hub'", ())}
    (dev,) = devs
    laptop = place.hub.members.laptop_of(ben.token)
    assert not place.hub.members.owns(laptop, dev)


def test_every_decision_stands_in_the_audit_with_who_and_why(place: Place, ben: Member) -> None:
    join(place)
    part(place)
    lines = [
        (one.who, one.what, one.reason)
        for one in place.hub.audit.lines()
        if one.what.startswith("decided")
    ]
    assert lines == [
        (LEAD, "decided: one person", "they spoke with each other"),
        (LEAD, "decided: two people", "a father and his son"),
    ]


# -- attacks


HOSTILE = (
    "Robert'); DROP TABLE hub_face;--",
    "\u202eyrreT",
    "%_%",
    "\U0001f469\u200d\U0001f9b3",
    "x" * 100_000,
    ";" * 5_000,
    "\x1b[2J",
)


def test_a_hostile_name_is_one_name_among_others(place: Place, ann: Member) -> None:
    eve = place.member("eve")
    expected = []
    for number, name in enumerate(HOSTILE):
        for one in (f"a{number}", f"b{number}"):
            born = f"19{40 + 7 * number}-01-13"
            enters(eve, one, given=name, family=name, called=name, other_names=name, born=born)
        if name not in (";" * 5_000, "\x1b[2J"):  # of which nothing is left
            expected.append((f"a{number}", f"b{number}"))
    place.hub.after_push()
    assert sorted(waiting(place)) == expected
    for pair in place.hub.same_people.same_people(eve.worker):
        for side in (pair.one, pair.other):
            assert not {"\x1b", "\u202e", "\n"} & set(side.name)
            assert len(side.name) <= 200


def test_a_name_in_another_script_is_noticed_too(place: Place) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    for number, (given, family) in enumerate(
        (("محمد", "العلي"), ("玉兰", "陈"), ("Олена", "Шевченко"), ("ਹਰਪ੍ਰੀਤ", "ਕੌਰ"))
    ):
        for who in (ann, ben):
            person = f"{number}-{who.device.worker}"
            enters(who, person, given=given, family=family, born=f"19{50 + 7 * number}-06-15")
    assert len(waiting(place)) == 4


def test_of_many_called_john_smith_not_all_are_pairs(place: Place) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    for number in range(60):
        for who in (ann, ben):
            who.device.put("Person", f"{number}-{who.worker}", given="John", family="Smith")
    ann.device.put("Person", "john", given="John", family="Smith", born=date(1950, 5, 4))
    ben.device.put("Person", "jon", given="Jon", family="Smith", born=date(1950, 5, 4))
    for who in (ann, ben):
        who.sync()
    found = place.hub.same_people.same_people(most=10_000)
    assert len(found) <= 250  # and not 7,140
    assert ("john", "jon") in {(one.one.person, one.other.person) for one in found}
