"""What the team knows of its directory: written beside the feed, and never eaten by it."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload import connections
from linkworker.caseload import local_knowledge as knowledge
from linkworker.caseload.directory import entry_id, take_in
from linkworker.caseload.finding_services import directory
from linkworker.caseload.names_nobody import NamesSomebody
from linkworker.caseload.writing import NotFound, NothingSaid, NotOnTheList, NotSuch
from linkworker.exchange.directory.entry import Entry, Place

CHOIR = Entry("1", "Choir", about="We sing", places=(Place("Hall", "Mill Lane", "LE9 8EB"),))


@pytest.fixture
def choir(store):
    with store.write("took in a directory") as tx:
        take_in(tx, "county", [CHOIR])
    return entry_id("county", "1")


def entry(store, service_id):
    with store.read() as tx:
        return knowledge.entry(tx, service_id)


def know(store, service_id, **said):
    with store.write("what we know") as tx:
        knowledge.say_known(tx, service_id, **said)


def names(store, words):
    with store.read() as tx:
        return [one.name for one in directory(tx).find(tx, words).found]


def test_what_is_known_stays_when_the_feed_comes_again_and_says_otherwise(store, choir):
    know(store, choir, words="kind, and no auditions", ask_for="Sheila", step_free="partly")
    with store.write("took in a directory") as tx:
        take_in(tx, "county", [Entry("1", "Community choir", about="We sing loudly")])
    stands = entry(store, choir)
    assert (stands.name, stands.about) == ("Community choir", "We sing loudly")
    assert (stands.words, stands.ask_for) == ("kind, and no auditions", "Sheila")
    assert names(store, "auditions") == ["Community choir"]


def test_confirming_says_who_and_when_and_undo_takes_it_back(store, choir):
    with store.write("confirmed") as tx:
        knowledge.confirm(tx, choir)
    assert entry(store, choir).confirmed_on == date(2026, 11, 27)
    assert entry(store, choir).confirmed_by != ""
    store.undo()
    assert entry(store, choir).confirmed_on is None


def test_what_is_not_to_be_listed_needs_a_reason_is_never_found_and_can_be_listed_again(
    store, choir
):
    for why in ("", "  ", "\x1b[2J"):
        with pytest.raises(NothingSaid):
            know(store, choir, do_not_list=True, why_not=why)
    know(store, choir, do_not_list=True, why_not="they turned people away")
    assert names(store, "choir") == []
    with store.read() as tx:
        assert [one.why_not for one in knowledge.not_listed(tx)] == ["they turned people away"]
    know(store, choir, do_not_list=False, why_not="")
    assert names(store, "choir") == ["Choir"]


def test_an_entry_by_hand_is_found_corrected_and_taken_away_and_a_feeds_is_not(store, choir):
    with store.write("by hand") as tx:
        made = knowledge.add_by_hand(
            tx, "Shed", phone="01455 496 0123", days=["mon"], place={"postcode": "LE9 8EB"}
        )
    assert names(store, "shed monday near LE9 8EB") == ["Shed"]
    assert entry(store, made).by_hand
    with store.write("corrected") as tx:
        knowledge.correct_by_hand(tx, made, name="Men's shed", place={"postcode": "LE19 4AA"})
    with store.read() as tx:
        assert [one.postcode for one in knowledge.places(tx, made)] == ["LE19 4AA"]
    with store.write("removed") as tx:
        knowledge.remove_by_hand(tx, made)
    assert names(store, "shed") == []
    store.undo()
    assert names(store, "shed") == ["Men's shed"]
    for change in (
        lambda tx: knowledge.remove_by_hand(tx, choir),
        lambda tx: knowledge.correct_by_hand(tx, choir, name="Ours"),
    ):
        with pytest.raises(NotSuch), store.write("not ours") as tx:
            change(tx)


def test_what_may_not_stand_there_is_refused_by_name(store, choir, terry):
    with pytest.raises(NamesSomebody):
        know(store, choir, words="Terry Beasley did not like it")
    with pytest.raises(NotOnTheList):
        know(store, choir, step_free="maybe")
    with pytest.raises(NotFound):
        know(store, "nowhere", words="x")
    with pytest.raises(NothingSaid), store.write("by hand") as tx:
        knowledge.add_by_hand(tx, " ")


@pytest.mark.parametrize("stage", ["full", "closed"])
def test_what_somebody_met_there_the_directory_hears_and_nobody_is_named(store, terry, stage):
    with store.write("an entry") as tx:
        choir = knowledge.add_by_hand(tx, "Choir")
        knowledge.say_known(tx, choir, words="warm")
    with store.write("tried", person=terry) as tx:
        connection = connections.add_connection(tx, terry, "Choir", service_id=choir)
    with store.write(stage, person=terry) as tx:
        connections.reach_stage(tx, connection, stage, words="Terry was told at the door")
        connections.reach_stage(tx, connection, stage)
    with store.read() as tx:
        there = knowledge.entry(tx, choir)
    if stage == "full":
        assert (there.full_until, there.words) == (date(2027, 2, 27), "warm")
    else:
        told = "warm\nClosed, as was told by somebody who went there, Fri 27 Nov 2026."
        assert (there.full_until, there.words) == (None, told)
    assert "Terry" not in str(there)
    store.undo()
    with store.read() as tx:
        there = knowledge.entry(tx, choir)
    assert (there.full_until, there.words) == (None, "warm")


def test_a_stage_that_is_put_right_to_full_the_directory_hears_too(store, terry):
    with store.write("an entry") as tx:
        choir = knowledge.add_by_hand(tx, "Choir")
    with store.write("tried", person=terry) as tx:
        connection = connections.add_connection(tx, terry, "Choir", service_id=choir)
        event = connections.reach_stage(tx, connection, "went once", on=date(2026, 11, 20))
    with store.write("put right", person=terry) as tx:
        event = connections.correct_stage(tx, event, words="a full room")
    assert entry(store, choir).full_until is None
    with store.write("put right", person=terry) as tx:
        connections.correct_stage(tx, event, stage="full")
    assert entry(store, choir).full_until == date(2027, 2, 20)
