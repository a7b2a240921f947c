"""Several organisations walk with one person: what is opened by the person's word, closed again,
and never written by anybody else. On both databases, called directly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from linkworker.clock import from_milliseconds, local_day
from linkworker.hub import leading, sharing
from linkworker.hub.leading import AcrossOrganisations, NobodyHeld
from linkworker.hub.organisations import NoSuchOrganisation
from linkworker.hub.roles import NotForOthers
from linkworker.hub.sharing import NoSaySo, NoSuchPart, NothingShared, NotSharedSo, SaySo
from linkworker.oplog.operations import Operation
from linkworker.scopes import parts
from tests.hub import cluster, places
from tests.hub.places import Member, Place

_PEOPLE = count(1)
A_DAY = 24 * 3_600_000


@pytest.fixture(scope="module", params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with request.param(tmp_path_factory.mktemp("hub")) as made:
        yield made


@pytest.fixture
def ann(place: Place) -> Member:
    """A coordinator of the team."""
    return place.member("ann")


@pytest.fixture
def jo(place: Place) -> Member:
    """An adviser of another organisation."""
    return place.member("jo", organisation="Citizens Advice")


@pytest.fixture
def terry(ann: Member) -> str:
    """Somebody with whom Ann walks: a name, a note of hers, and something kept apart."""
    return person(ann, "Terry")


def person(whose: Member, called: str) -> str:
    person = f"{called.lower()}-{next(_PEOPLE)}"
    whose.device.put("Person", person, called=called)
    note(whose, person)
    whose.device.put("KeptApart", f"k-{person}", person_id=person, words="harm")
    whose.sync()
    return person


def note(by: Member, person: str) -> str:
    pk = f"n-{person}-{by.device.dev}"
    by.device.put("Note", pk, person_id=person, words=f"{by.device.dev} wrote")
    return pk


def name(place: Place, member: Member) -> str:
    return place.hub.members.names()[member.worker]


def today(place: Place) -> SaySo:
    return SaySo(local_day(from_milliseconds(place.hub.now_ms())), "said at home")


def share(place: Place, person: str, whom: Member, opens: str = "record", **other: Any) -> None:
    said = {
        "say_so": today(place),
        "until_ms": place.hub.now_ms() + A_DAY,
        "reason": "benefits",
        **other,
    }
    hub = place.hub
    sharing.share(hub.ledger, hub.members, hub.itself, person, name(place, whom), opens, **said)


def stop(place: Place, person: str, whom: Member) -> int:
    hub = place.hub
    who = name(place, whom)
    return sharing.stop_sharing(hub.ledger, hub.members, hub.itself, person, who, "finished")


def holds(place: Place, who: Member) -> set[str]:
    return {parts(scope)[1] for scope in place.hub.ledger.held_by(who.worker)}


def notes_on(laptop: Member) -> set[str]:
    return {pk for (pk,) in laptop.device.connection.execute("SELECT id FROM note")}


def decided(laptop: Member) -> set[str]:
    """Which decisions to share stand on a laptop, unless they are taken back."""
    rows = laptop.device.connection.execute(
        "SELECT id FROM sharing_decision WHERE hidden_at IS NULL"
    )
    return {pk for (pk,) in rows}


def forged(by: Member, scope: str, pk: str, kind: str = "put") -> Operation:
    """Return a write as a program that is not ours would send it next from this laptop."""
    dev, n = by.device.dev, by.device.number + 1
    body = json.dumps({"note": {"words": "forged words"}})
    return Operation(
        *(dev, n, f"{dev}:{n}", 10**12, scope, "note", pk, kind, body, {}, "forged", 1),
        by.device.worker,
    )


def push(place: Place, by: Member, op: Operation) -> int:
    return place.hub.push(place.hub.members.laptop_of(by.token), [op]).last_n


def test_an_adviser_is_let_in_to_the_record_and_to_notes_of_their_own(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    share(place, terry, jo)
    assert holds(place, jo) == {"", jo.device.organisation}
    jo.sync()
    assert jo.device.shown("person", terry)["called"] == "Terry"
    assert notes_on(jo) == set(), "ten years of notes are not shared by a hand-shake"
    note(jo, terry)
    jo.sync()
    ann.sync()
    assert notes_on(ann) == {f"n-{terry}-{ann.device.dev}"}
    (decided,) = ann.device.connection.execute(
        "SELECT with_whom, opens, agreed, how_given, for_what FROM sharing_decision"
    ).fetchall()
    assert decided == (
        f"{name(place, jo)}, Citizens Advice",
        "record",
        "yes",
        "said at home",
        "benefits",
    )


def test_notes_that_are_shared_are_read_and_never_written_by_another_organisation(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    share(place, terry, jo, "notes of A team")
    jo.sync()
    (theirs,) = notes_on(jo)
    scope = f"person:{terry}:team"
    for kind, pk in (("put", "forged-1"), ("del", theirs)):
        push(place, jo, forged(jo, scope, pk, kind))
        jo.device.connection.execute("UPDATE sync_device SET n = n + 1")
    assert [op.scope for op in place.hub.ledger.quarantined() if op.dev == jo.device.dev] == [
        scope,
        scope,
    ]
    ann.sync()
    assert notes_on(ann) == {theirs}
    (waits,) = (
        one for one in leading.waiting(place.hub.ledger, place.hub.members) if one.person == terry
    )
    assert (waits.parts, waits.count) == (("team",), 2), "a lead sees whose notes it is for"
    share(place, terry, jo, "notes of A team")
    ann.sync()
    assert notes_on(ann) == {theirs}, "nor once it is shared anew"


def test_nobody_becomes_part_of_another_organisation_by_writing_in_its_name(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    advice = jo.device.organisation
    for whose in (terry, "nobody-yet"):
        push(place, ann, forged(ann, f"person:{whose}:{advice}", "forged-2"))
        ann.device.connection.execute("UPDATE sync_device SET n = n + 1")
    assert holds(place, ann) == {"", "team", "restricted"}
    share(place, terry, jo)
    jo.sync()
    assert notes_on(jo) == set()


def test_what_was_shared_closes_when_it_is_stopped_and_stands_in_the_record(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    share(place, terry, jo, "record, notes of A team, kept apart")
    jo.sync()
    assert jo.device.row("kept_apart", f"k-{terry}")
    assert stop(place, terry, jo) == 4
    jo.sync()
    ann.sync()
    assert holds(place, jo) == set()
    assert jo.device.row("person", terry) is None
    said = ann.device.connection.execute(
        "SELECT agreed, withdraws <> '' FROM sharing_decision ORDER BY withdraws"
    ).fetchall()
    assert said == [("yes", 0), ("no", 1)]
    with pytest.raises(NothingShared):
        stop(place, terry, jo)


def test_no_laptop_says_who_is_let_in_or_that_it_ended(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    share(place, terry, jo)
    ann.sync()
    jo.sync()
    (theirs,) = decided(ann)
    tomorrow = local_day(from_milliseconds(place.hub.now_ms() + A_DAY))
    said = {"with_whom": "Anybody", "opens": "record", "agreed": "yes", "until": tomorrow}
    jo.device.put("SharingDecision", f"forged-{terry}", person_id=terry, **said)
    jo.device.put("SharingDecision", f"ended-{terry}", person_id=terry, withdraws=theirs)
    jo.device.hide("sharing_decision", theirs)
    assert jo.sync().with_lead == 3
    ann.sync()
    assert decided(ann) == {theirs}


def test_stopping_closes_nothing_that_was_not_opened_by_the_persons_word(
    place: Place, jo: Member
) -> None:
    dean = person(jo, "Dean")
    ben = place.member("ben")
    share(place, dean, ben)
    stop(place, dean, ben)
    assert holds(place, jo) == {"", jo.device.organisation, "restricted"}
    with pytest.raises(NothingShared):
        stop(place, dean, jo)


@pytest.mark.parametrize(
    ("refused", "other"),
    [
        (NoSaySo, lambda now: {"say_so": SaySo(None, "")}),
        (NoSaySo, lambda now: {"say_so": SaySo(local_day(now), "")}),
        (NoSaySo, lambda now: {"say_so": SaySo(local_day(now) + timedelta(1), "at home")}),
        (NoSaySo, lambda now: {"say_so": SaySo(None, "", True), "reason": ""}),
        (NotSharedSo, lambda now: {"until_ms": int(now.timestamp() * 1000) - 1}),
        (NotSharedSo, lambda now: {"until_ms": int(now.timestamp() * 1000) + 400 * A_DAY}),
        (NoSuchPart, lambda now: {"opens": "everything"}),
        (NoSuchOrganisation, lambda now: {"opens": "notes of Nowhere"}),
    ],
)
def test_nothing_is_shared_without_a_word_an_end_and_a_part(
    place: Place,
    terry: str,
    jo: Member,
    refused: type[Exception],
    other: Callable[[Any], dict[str, Any]],
) -> None:
    with pytest.raises(refused):
        share(place, terry, jo, **other(from_milliseconds(place.hub.now_ms())))
    assert holds(place, jo) == set()


def test_to_keep_somebody_safe_it_is_shared_without_their_word_and_says_so(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    share(place, terry, jo, "kept apart", say_so=SaySo(None, "", True), reason="harm today")
    ann.sync()
    (said,) = ann.device.connection.execute(
        "SELECT agreed, why_not FROM sharing_decision"
    ).fetchall()
    assert said == ("not asked", "harm today")
    assert holds(place, jo) == {"", jo.device.organisation, "restricted"}


def test_between_colleagues_nothing_is_shared_and_between_organisations_nothing_is_covered(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    ben = place.member("ben")
    with pytest.raises(NotSharedSo):
        share(place, terry, ben)
    with pytest.raises(NobodyHeld):
        share(place, "nobody", jo)
    ledger, members, now = place.hub.ledger, place.hub.members, place.hub.now_ms()
    for whom in (terry, name(place, ann)):
        with pytest.raises(AcrossOrganisations):
            leading.cover(ledger, members, whom, name(place, jo), now + A_DAY, "leave")
        with pytest.raises(AcrossOrganisations):
            leading.hand_over(ledger, members, whom, name(place, jo))
    with pytest.raises(NotForOthers):
        place.member("eve", "lead", "Citizens Advice")
    assert holds(place, jo) == set()


def test_records_that_are_joined_open_no_other_organisations_notes(
    place: Place, terry: str, ann: Member, jo: Member
) -> None:
    other = person(jo, "Tel")
    share(place, terry, jo)
    place.hub.same_people.same_as(terry, other, "a lead", "the same birthday")
    assert place.hub.ledger.holders(f"person:{other}") == {jo.worker}
    assert place.hub.ledger.holders(f"person:{terry}:team") == {ann.worker}
    third = person(ann, "Terence")
    ben = place.member("ben")
    hub = place.hub
    leading.cover(hub.ledger, hub.members, third, name(place, ben), hub.now_ms() + A_DAY, "leave")
    hub.same_people.same_as(terry, third, "a lead", "")
    for part in ("", ":team"):
        assert hub.ledger.holders(f"person:{terry}{part}") - {jo.worker} == {
            ann.worker,
            ben.worker,
        }
    assert hub.ledger.holders(f"person:{third}") == {ann.worker, ben.worker}


def test_an_erased_person_leaves_nothing_with_any_organisation(
    place: Place, terry: str, jo: Member
) -> None:
    share(place, terry, jo)
    jo.sync()
    note(jo, terry)
    jo.sync()
    place.hub.erase(terry, "a lead", "asked for it")
    jo.sync()
    assert notes_on(jo) == set()
    note(jo, terry)
    jo.sync()
    assert not [op for op in place.hub.ledger.quarantined() if terry in op.scope]
    with place.hub.database.reading() as tx:
        left = str(tx.rows("SELECT * FROM hub_op WHERE wire LIKE ?", (f"%{terry}%",)))
    assert left == "[]"
