"""Who is in the caseload, and writing down who somebody is."""

from datetime import date, timedelta

import pytest

from linkworker.caseload import appointments, people, steps, support
from linkworker.caseload.writing import NotFound, NotOnTheList, NotSuch


def add(store, **said):
    with store.write("added somebody") as tx:
        return people.add_person(tx, **said)


def caseload(store):
    with store.read() as tx:
        return people.caseload(tx)


def test_nobody_needs_a_name_to_be_helped(store):
    add(store, description="man, sixties, Blue Badge")
    assert [one.name for one in caseload(store)] == ["man, sixties, Blue Badge"]


def test_those_we_walk_with_stand_before_those_who_stepped_back(store):
    away = add(store, called="Amina")
    here = add(store, called="Zoë")
    with store.write("began") as tx:
        support.begin(tx, away, level=2)
        support.happen(tx, away, "stepped back", own_words="I'm all right now")
        support.begin(tx, here, level=1)
    found = caseload(store)
    assert [(one.name, one.support, one.level) for one in found] == [
        ("Zoë", "began", 1),
        ("Amina", "stepped back", 2),
    ]


def test_the_next_thing_is_the_first_to_come(store, terry):
    with store.write("planned", person=terry) as tx:
        day = tx.today
        appointments.add_appointment(tx, terry, f"{day + timedelta(days=9)}T10:00")
        appointments.add_appointment(tx, terry, f"{day + timedelta(days=4)}T10:00", kind="call")
        appointments.add_appointment(tx, terry, f"{day - timedelta(days=4)}T10:00")
        steps.add_step(tx, terry, "ring the bike club", who="Terry", by_day=date(2026, 12, 4))
    (one,) = caseload(store)
    assert (one.next_at, one.next_kind) == ("2026-12-01T10:00", "call")
    assert (one.step_day, one.step_words) == (date(2026, 12, 4), "ring the bike club")


def test_a_detail_is_corrected_and_the_correction_undone(store, terry):
    with store.write("how he likes to be called", person=terry) as tx:
        people.change_person(tx, terry, called="Tel", pronouns="he/him")
    with store.read() as tx:
        assert people.details(tx, terry).called == "Tel"
    store.undo()
    with store.read() as tx:
        assert people.details(tx, terry).called == "Terry Beasley"


def test_a_removed_person_is_gone_from_the_list_until_undone(store, terry):
    with store.write("added by mistake", person=terry) as tx:
        people.remove_person(tx, terry)
    assert caseload(store) == []
    store.undo()
    assert [one.person_id for one in caseload(store)] == [terry]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"nhs_number": "999 123 4567"}, NotSuch),
        ({"born": date(2999, 1, 1)}, NotSuch),
        ({"born": "1948"}, NotSuch),
        ({"born_precision": "century"}, NotOnTheList),
        ({"shoe_size": "9"}, NotSuch),
        ({"called": 7}, NotSuch),
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_nothing_is_written(store, said, refusal):
    with pytest.raises(refusal) as caught:
        add(store, **said)
    assert all(str(value) not in str(caught.value) for value in said.values())
    assert caseload(store) == []


def test_an_nhs_number_is_kept_in_one_spelling(store):
    person = add(store, nhs_number="999 000 0018")
    with store.read() as tx:
        assert people.details(tx, person).nhs_number == "9990000018"


def test_somebody_is_chosen_by_the_first_letters_of_an_id(store, terry, clock):
    clock.on(days=1)
    other = add(store, called="Dean")
    with store.read() as tx:
        assert people.find_by_id(tx, terry) == terry
        alike = 0
        while terry[alike] == other[alike]:
            alike += 1
        assert people.find_by_id(tx, other[: alike + 1]) == other
        for start in ("", "zz", terry[:alike]):
            with pytest.raises(NotFound):
                people.find_by_id(tx, start)


def test_somebody_who_is_not_there_cannot_be_changed(store):
    with pytest.raises(NotFound), store.write("changed") as tx:
        people.change_person(tx, "nobody", called="X")
