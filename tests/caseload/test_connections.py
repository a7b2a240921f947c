"""Ties, connections and households, and the ecomap then and now."""

from datetime import date, timedelta

import pytest

from linkworker import schema
from linkworker.caseload import connections, ecomap, households, support
from linkworker.caseload.people import add_person
from linkworker.caseload.writing import NotFound, NotOnTheList, NotSuch


def test_a_connection_stands_at_its_latest_stage(store, terry):
    with store.write("bowls", person=terry) as tx:
        bowls = connections.add_connection(tx, terry, "Barwell bowls club", on=date(2026, 10, 1))
        connections.reach_stage(tx, bowls, "went once", on=date(2026, 11, 6), words="loud")
        stopped = connections.reach_stage(tx, bowls, "stopped", words="not for him")
    with store.read() as tx:
        (one,) = connections.connections(tx, terry)
    assert (one.stage, one.words, one.ended) == ("stopped", "not for him", True)
    with store.write("not stopped", person=terry) as tx:
        connections.remove_stage(tx, stopped)
    with store.read() as tx:
        (one,) = connections.connections(tx, terry)
    assert (one.stage, one.on, one.ended) == ("went once", date(2026, 11, 6), False)


def test_a_removed_connection_comes_back_with_its_stages(store, terry):
    with store.write("bowls", person=terry) as tx:
        bowls = connections.add_connection(tx, terry, "bowls", stage="went once")
    with store.write("never", person=terry) as tx:
        connections.remove_connection(tx, bowls)
    with store.read() as tx:
        assert connections.connections(tx, terry) == []
    store.undo()
    with store.read() as tx:
        assert connections.connections(tx, terry)[0].stage == "went once"


def test_how_near_somebody_is_was_said_on_a_day(store, terry):
    with store.write("Pat", person=terry) as tx:
        pat = connections.add_tie(
            tx, terry, "Pat", relationship="daughter", roles=["next of kin"], how="thin"
        )
        near = connections.say_how_near(tx, terry, "close", tie_id=pat)
        connections.correct_how_near(tx, near, words="since the summer")
    with store.read() as tx:
        (one,) = connections.ties(tx, terry)
    assert (one.name, one.roles, one.how) == ("Pat", ("next of kin",), "close")


def test_nearness_is_of_one_thing_and_of_the_same_person(store, terry):
    with store.write("others") as tx:
        dean = add_person(tx, called="Dean")
        kelly = connections.add_tie(tx, dean, "Kelly")
    with pytest.raises(NotSuch), store.write("near", person=terry) as tx:
        connections.say_how_near(tx, terry, "close")
    with pytest.raises(NotFound), store.write("near", person=terry) as tx:
        connections.say_how_near(tx, terry, "close", tie_id=kelly)
    with pytest.raises(NotOnTheList), store.write("role", person=terry) as tx:
        connections.add_tie(tx, terry, "Pat", roles=["boss"])


def test_a_family_is_one_household(store):
    with store.write("the Pratts") as tx:
        derek, joan, carol = (add_person(tx, called=name) for name in ("Derek", "Joan", "Carol"))
        first = households.live_together(tx, derek, joan, called="the Pratts", place="husband")
        assert households.live_together(tx, joan, carol) == first
    with store.read() as tx:
        assert {one.name for one in households.household(tx, derek)} == {"Joan", "Carol"}
        member = next(one for one in households.household(tx, derek) if one.name == "Carol")
    with store.write("moved out") as tx:
        households.correct_member(tx, member.member_id, until=tx.today - timedelta(1))
    with store.read() as tx:
        assert [one.name for one in households.household(tx, derek)] == ["Joan"]


def test_nobody_lives_with_themselves_or_in_two_households(store):
    with store.write("four people") as tx:
        a, b, c, d = (add_person(tx, called=name) for name in "ABCD")
        households.live_together(tx, a, b)
        households.live_together(tx, c, d)
        with pytest.raises(NotSuch):
            households.live_together(tx, a, c)
        with pytest.raises(NotSuch):
            households.live_together(tx, a, a)


def test_the_ecomap_shows_then_and_now(store, clock):
    clock.on(days=-260)
    with store.write("March") as tx:
        began = tx.today
        terry = add_person(tx, called="Terry")
        support.begin(tx, terry, level=2, on=began)
        connections.add_tie(tx, terry, "Pat", relationship="daughter", how_often="weekly")
        son = connections.add_tie(tx, terry, "son", how="strained")
        brother = connections.add_tie(tx, terry, "brother in Perth", how="thin")
    clock.on(days=200)
    with store.write("autumn", person=terry) as tx:
        connections.say_how_near(tx, terry, "steady", tie_id=son)
        connections.correct_tie(tx, brother, until=tx.today)
        bowls = connections.add_connection(tx, terry, "bowls", stage="went once")
        connections.add_connection(tx, terry, "bike club", stage="suggested")
    clock.on(days=30)
    with store.write("later", person=terry) as tx:
        connections.reach_stage(tx, bowls, "stopped", words="not for him")
    with store.read() as tx:
        found = ecomap.ecomap(tx, terry)
    assert found.then_day == began + ecomap.FIRST_WEEKS
    assert {(node.name, node.how) for node in found.then} == {
        ("Pat", ""),  # nobody said
        ("son", "strained"),
        ("brother in Perth", "thin"),
    }
    assert (found.standing_then, found.standing_now, found.new) == (3, 3, 1)
    now = {node.name: node for node in found.now}
    assert now["Pat"].said == "daughter, weekly"
    assert now["son"].how == "steady"
    assert now["bowls"].ended
    assert now["bowls"].said == "stopped, not for him"
    assert now["bike club"].new
    assert not now["Pat"].new


def test_without_support_there_is_no_then(store, terry):
    with store.write("Pat", person=terry) as tx:
        connections.add_tie(tx, terry, "Pat")
    with store.read() as tx:
        found = ecomap.ecomap(tx, terry)
    assert (found.then_day, found.then, found.new) == (None, [], 0)
    assert len(found.now) == 1


def test_what_is_connected_by_the_name_of_an_entry_is_that_entry(store, terry):
    with store.write("the directory") as tx:
        bowls = tx.add(schema.Service(name="Barwell bowls")).id
        for _ in range(2):
            tx.add(schema.Service(name="Coffee morning"))
    with store.write("connected", person=terry) as tx:
        for name in ("barwell  BOWLS", "Coffee morning", "Pat's bench"):
            connections.add_connection(tx, terry, name)
        connections.add_connection(tx, terry, "Barwell bowls", kind="person")
    with store.read() as tx:
        found = {(one.name, one.kind): one.service_id for one in connections.connections(tx, terry)}
    assert found["barwell BOWLS", "group"] == bowls
    assert {one for name, one in found.items() if name != ("barwell BOWLS", "group")} == {""}
