"""People for people: who is suggested to whom, who never is, and what is offered to colleagues."""

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload import (
    bringing_together,
    connections,
    entered_twice,
    hopes,
    offers,
    support,
)
from linkworker.caseload.connecting import Made, NeedsAgreement, NeedsChecks, SharesNothing
from linkworker.caseload.names_nobody import NamesSomebody
from linkworker.caseload.people import add_person, remove_person
from linkworker.caseload.writing import NotFound, NotSuch


@pytest.fixture
def dean(store):
    with store.write("Dean") as tx:
        return add_person(tx, called="Dean", family="Hall", place="Barwell")


@pytest.fixture
def bicycles(store, terry):
    """Terry is happy to be asked about bicycles."""
    with store.write("a strength", person=terry) as tx:
        made = hopes.add_strength(tx, terry, "mends bicycles, patient with young ones")
        hopes.say_may_ask(tx, made, "yes", date(2026, 11, 6))
        return made


def suggested(store, person, words="a bike to get to work"):
    with store.read() as tx:
        return [
            (one.gift.short, one.gift.asked_on, one.likeness.why)
            for one in bringing_together.who_could_meet(tx, person, words)
        ]


def test_a_gift_is_suggested_with_what_both_speak_of_and_since_when_it_is_agreed(
    store, dean, bicycles
):
    ((who, asked_on, why),) = suggested(store, dean)
    assert (who, asked_on) == ("Terry B.", date(2026, 11, 6))
    assert why == (("bike", "bicycles", "bicycles"),)


@pytest.mark.parametrize("answer", ["no", "not asked"])
def test_who_takes_it_back_is_not_suggested_again(store, terry, dean, bicycles, answer):
    with store.write("taken back", person=terry) as tx:
        hopes.say_may_ask(tx, bicycles, answer)
    assert suggested(store, dean) == []
    store.undo()
    assert len(suggested(store, dean)) == 1


@pytest.mark.parametrize("by", ["id", "name", "theirs"])
def test_two_who_are_never_to_meet_are_not_suggested_whichever_record_says_it(
    store, terry, dean, bicycles, by
):
    row = {
        "id": schema.NotWith(person_id=dean, other_person_id=terry, words="owes him"),
        "name": schema.NotWith(person_id=dean, name="terry BEASLEY"),
        "theirs": schema.NotWith(person_id=terry, other_person_id=dean),
    }[by]
    with store.write("not with", person=str(row.person_id)) as tx:
        tx.add(row)
    assert suggested(store, dean) == []
    with store.read() as tx:
        assert bringing_together.who_could_use(tx, bicycles) == []


def test_what_one_of_two_records_of_somebody_says_holds_for_both(store, terry, dean, bicycles):
    with store.write("entered twice") as tx:
        again = add_person(tx, called="Dean H", family="Hall")
        tx.add(schema.NotWith(person_id=again, other_person_id=terry))
    with store.write("joined") as tx:
        entered_twice.join(tx, dean, again)
    assert suggested(store, dean) == suggested(store, again) == []
    with store.read() as tx:
        assert bringing_together.who_could_use(tx, bicycles) == []


def test_nobody_is_suggested_who_died_stepped_back_or_is_away(store, terry, dean, bicycles):
    with store.write("stepped back", person=terry) as tx:
        support.begin(tx, terry)
        support.happen(tx, terry, "stepped back", reason="doing well")
    assert suggested(store, dean) == []
    store.undo()
    with store.write("away", person=terry) as tx:
        tx.add(schema.Whereabouts(person_id=terry, kind="in hospital", since=date(2026, 11, 20)))
    assert suggested(store, dean) == []
    store.undo()
    with store.write("died", person=terry) as tx:
        tx.change(schema.Person, terry, died=date(2026, 11, 20))
    assert suggested(store, dean) == []


def test_from_a_gift_the_other_way_where_it_is_agreed(store, terry, dean, bicycles):
    with store.write("hopes", person=dean) as tx:
        hopes.add_goal(tx, dean, "cycle to work again")
        hopes.add_looked_for(tx, dean, "somebody who fixes bikes cheaply")
        hopes.add_in_the_way(tx, dean, "the bus stops at six")
    with store.read() as tx:
        found = bringing_together.who_could_use(tx, bicycles)
    assert {(one.wish.short, one.wish.kind) for one in found} == {
        ("Dean H.", "hope"),
        ("Dean H.", "looked for"),
    }
    with store.write("no", person=terry) as tx:
        hopes.say_may_ask(tx, bicycles, "no")
    with store.read() as tx:
        assert bringing_together.who_could_use(tx, bicycles) == []
        with pytest.raises(NotFound):
            bringing_together.who_could_use(tx, "nobody's")


def test_an_introduction_says_what_was_told_and_how_they_agreed_and_a_signpost_tells_nothing(
    store, terry, dean, bicycles
):
    with pytest.raises(NeedsAgreement), store.write("introduced", person=dean) as tx:
        connections.add_connection(tx, dean, "Terry", kind="person", made=Made("introduction"))
    with pytest.raises(SharesNothing), store.write("signpost", person=dean) as tx:
        made = Made("signpost", shared="his number")
        connections.add_connection(tx, dean, "bike club", made=made)
    with store.write("introduced", person=dean) as tx:
        made = connections.add_connection(
            *(tx, dean, "Terry"),
            kind="person",
            stage="in touch",
            other_person_id=terry,
            for_strength=bicycles,
            made=Made(
                "introduction",
                shared="his first name, and that he has a bike to mend",
                agreed="said so at home, and so did Terry",
            ),
        )
    with store.read() as tx:
        (one,) = connections.connections(tx, dean)
    assert (one.connection_id, one.kind, one.stage) == (made, "person", "in touch")


def test_a_regular_role_asks_for_the_teams_rule_on_checks(store, terry, dean):
    with pytest.raises(NeedsChecks), store.write("regular", person=dean) as tx:
        connections.add_connection(tx, dean, "Terry", kind="person", regular=True)
    with store.write("regular", person=dean) as tx:
        made = connections.add_connection(
            tx, dean, "Terry", kind="person", regular=True, checks="none asked: in the open"
        )
    with pytest.raises(NeedsChecks), store.write("emptied", person=dean) as tx:
        connections.correct_connection(tx, made, checks="")


def test_what_is_offered_to_colleagues_names_nobody(store, terry, bicycles):
    for words in ("Terry mends bikes", "mends bikes, 01455 496 0123", "bikes, near LE9 8EB"):
        with pytest.raises(NamesSomebody) as refused, store.write("offered", person=terry) as tx:
            offers.offer(tx, bicycles, words)
        assert "Terry" not in str(refused.value)
    with store.write("offered", person=terry) as tx:
        offers.offer(tx, bicycles, "somebody who mends bicycles with patience", area="Barwell")
    with store.read() as tx:
        offered = tx.rows("SELECT words, area, withdrawn_on FROM offer", ())
        assert bringing_together.offered_by_colleagues(tx, "a bike") == []  # it is ours
    assert offered == [("somebody who mends bicycles with patience", "Barwell", None)]


@pytest.mark.parametrize("how", ["no", "removed", "withdrawn"])
def test_an_offer_goes_with_the_agreement_it_rests_on(store, terry, bicycles, how):
    with store.write("offered", person=terry) as tx:
        offered = offers.offer(tx, bicycles, "mends bicycles")
    with store.write("taken back", person=terry) as tx:
        if how == "no":
            hopes.correct_strength(tx, bicycles, may_ask="no")
        elif how == "removed":
            hopes.remove_strength(tx, bicycles)
        else:
            assert offers.withdraw(tx, bicycles)
    with store.read() as tx:
        assert not offers.stands(tx, offered)


def test_nothing_is_offered_that_they_were_not_asked_about(store, terry):
    with store.write("a strength", person=terry) as tx:
        sings = hopes.add_strength(tx, terry, "sings")
    with pytest.raises(NotSuch), store.write("offered", person=terry) as tx:
        offers.offer(tx, sings, "sings")


def test_a_colleagues_offer_is_found_by_what_it_could_meet_and_says_whom_to_ask(store, dean):
    with store.write("came") as tx:
        ben = tx.add(schema.Worker(name="Ben")).id
        tx.add(schema.Offer(words="plays the accordion", area="Enderby", worker_id=ben))
        tx.add(schema.Offer(words="plays the fiddle", worker_id=ben, withdrawn_on=date(2026, 1, 1)))
    with store.read() as tx:
        (one,) = bringing_together.offered_by_colleagues(tx, "music on Saturdays")
    assert (one.words, one.area, one.worker) == ("plays the accordion", "Enderby", "Ben")


@pytest.mark.parametrize("how", ["taken out", "died", "stepped back"])
def test_what_is_offered_of_somebody_ends_with_their_being_here(store, terry, bicycles, how):
    with store.write("begun", person=terry) as tx:
        support.begin(tx, terry)
        offer = offers.offer(tx, bicycles, "mends bicycles")
    with store.write(how, person=terry) as tx:
        if how == "taken out":
            remove_person(tx, terry)
        elif how == "died":
            support.record_whereabouts(tx, terry, "died")
        else:
            support.happen(tx, terry, "stepped back", reason="doing well")
    with store.read() as tx:
        assert not offers.stands(tx, offer)
    store.undo()
    with store.read() as tx:
        assert offers.stands(tx, offer), "undo brings it back with them"
