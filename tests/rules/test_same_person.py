"""Whether two people are one: asked where it may be, never decided where it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkworker.rules.same_person import (
    MOST_SHARING,
    Facts,
    Likeness,
    Register,
    _compared,
    _taken,
)

HOME = frozenset({"LE9 8AZ"})
PHONE = frozenset({"+441164960123"})
JOAN = Facts("Joan", "Pratt", "", (), date(1947, 3, 2), "9990000018", PHONE, HOME)
LIZ = Facts("Elizabeth", "Kelly", "", (), date(1950, 4, 12))


def likely_same(a: Facts, b: Facts) -> Likeness:
    """Compare two people as the register compares any two that may be one."""
    return _compared(_taken(a), _taken(b))


def verdict(a: Facts, b: Facts) -> str:
    return likely_same(a, b).verdict


def test_somebody_is_the_same_as_themselves_and_all_of_it_agrees() -> None:
    likeness = likely_same(JOAN, JOAN)
    assert likeness.verdict == "same"
    assert likeness.score == 100
    assert likeness.differs == ()
    assert likeness.in_words() == (
        "The NHS number, first name, family name, birth date, phone number and postcode agree."
    )


@pytest.mark.parametrize(
    ("given_name", "family"),
    [
        ("Liz", "Kelly"),
        ("Betty", "Kelly"),
        ("ELIZABETH", "kelly"),
        ("Elisabeth", "Kelly"),
        ("Elizabeth", "Kelley"),
        ("Elizabeth", "Kelly-Moss"),
        ("E", "Kelly"),
        ("Mary Elizabeth", "Kelly"),
    ],
)
def test_another_form_of_the_name_with_the_same_birthday_is_asked_about(
    given_name: str, family: str
) -> None:
    other = replace(LIZ, given=given_name, family=family)
    expected = "same" if given_name == "ELIZABETH" else "likely"
    assert verdict(LIZ, other) == expected
    assert verdict(other, LIZ) == expected


def test_a_birthday_with_day_and_month_swapped_is_asked_about_and_said() -> None:
    likeness = likely_same(LIZ, replace(LIZ, born=date(1950, 12, 4)))
    assert likeness.verdict == "likely"
    assert "birth date (day and month swapped)" in likeness.agrees


def test_a_birthday_one_digit_off_is_asked_about() -> None:
    assert verdict(LIZ, replace(LIZ, born=date(1950, 4, 13))) == "likely"


def test_twins_are_two_people() -> None:
    jack = Facts("Aaron", "Reid", "", (), date(1990, 5, 6), "", PHONE, HOME)
    assert verdict(jack, replace(jack, given="Leah")) == "different"


def test_a_father_and_a_son_of_one_name_and_address_are_two_people() -> None:
    father = Facts("John", "Smith", "", (), date(1948, 1, 2), "", PHONE, HOME)
    assert verdict(father, replace(father, born=date(1975, 9, 30))) == "different"


def test_a_father_and_a_son_are_asked_about_where_one_birthday_is_not_known() -> None:
    father = Facts("John", "Smith", "", (), date(1948, 1, 2), "", PHONE, HOME)
    assert verdict(father, replace(father, born=None)) == "likely"


def test_a_household_shares_a_phone_and_a_postcode_and_is_not_one_person() -> None:
    for derek in (
        replace(JOAN, given="Derek", nhs_number="", born=date(1945, 1, 9)),
        replace(JOAN, given="Derek", nhs_number="", born=None),
        replace(JOAN, given="Derek", family="Ellis", nhs_number="", born=None),
    ):
        assert verdict(JOAN, derek) == "different"


def test_one_nhs_number_with_another_name_is_asked_about_and_never_taken_for_granted() -> None:
    for other in (
        replace(JOAN, given="Derek"),
        replace(JOAN, family="Ellis"),
        replace(JOAN, born=date(1999, 1, 1)),
        replace(JOAN, given="", family=""),
    ):
        assert verdict(JOAN, other) == "likely"


def test_one_nhs_number_and_a_short_name_are_the_same_person() -> None:
    known = replace(LIZ, nhs_number="9990000026")
    assert verdict(known, replace(known, given="Liz")) == "same"
    assert verdict(known, replace(known, born=None)) == "same"


def test_two_nhs_numbers_with_everything_else_equal_are_asked_about() -> None:
    assert verdict(JOAN, replace(JOAN, nhs_number="9990000026")) == "likely"
    assert verdict(JOAN, replace(JOAN, nhs_number="9990000026", born=None)) == "different"


def test_a_new_address_of_somebody_known_is_asked_about() -> None:
    moved = replace(JOAN, postcodes=frozenset({"L8 1XX"}))
    likeness = likely_same(JOAN, moved)
    assert likeness.verdict == "likely"
    assert likeness.differs == ("postcode",)


def test_a_name_changed_at_a_wedding_is_asked_about_where_the_phone_is_the_same() -> None:
    before = replace(LIZ, phones=PHONE)
    assert verdict(before, replace(before, family="Ashworth")) == "likely"
    assert verdict(LIZ, replace(LIZ, family="Ashworth")) == "different"


def test_the_name_that_people_use_counts_as_a_first_name() -> None:
    record = Facts("Mohammed", "Ali", "Bobby", ("Mo",), date(1960, 1, 1))
    assert verdict(record, Facts("Bobby", "Ali", born=date(1960, 1, 1))) == "same"
    assert verdict(record, Facts("Muhammad", "Ali", born=date(1960, 1, 1))) == "likely"


def test_a_whole_name_typed_as_what_people_call_them_counts_as_first_and_family_name() -> None:
    by_hand = Facts(called="Joan Pratt")
    asked = likely_same(by_hand, replace(JOAN, nhs_number=""))
    assert asked.verdict == "likely"
    assert asked.agrees == ("first name", "family name")
    register = Register()
    register.add("by hand", by_hand)
    assert [who for who, _ in register.alike(JOAN)] == ["by hand"]
    assert verdict(by_hand, LIZ) == "different"
    assert verdict(Facts(called="Big Joan Pratt", family="Sandhu"), JOAN) == "different"


def test_two_people_of_whom_nothing_is_known_are_not_the_same() -> None:
    assert verdict(Facts(), Facts()) == "different"
    assert verdict(Facts("Terry"), Facts(family="Terry")) == "different"
    assert verdict(Facts(phones=PHONE), Facts(phones=PHONE)) == "different"


@pytest.mark.parametrize("name", [{"given": "Ken"}, {"family": "Ken"}, {"called": "Ken"}])
def test_one_name_that_is_all_there_is_of_both_is_asked_about(name: dict[str, str]) -> None:
    ken = Facts(**name)
    assert verdict(ken, ken) == "likely"
    assert verdict(ken, Facts(**name, born=date(1950, 1, 2))) == "likely"
    assert verdict(ken, replace(ken, given="Sal", family="", called="")) == "different"
    here, there = frozenset({"+447700900123"}), frozenset({"+447700900124"})
    assert verdict(Facts(**name, phones=here), Facts(**name, phones=there)) == "different"


def test_half_a_name_and_the_same_phone_is_asked_about() -> None:
    assert (
        verdict(Facts("Terry", phones=PHONE), Facts("Terence", "Beasley", phones=PHONE)) == "likely"
    )


def test_what_is_said_of_a_likeness_names_what_was_compared_and_nothing_it_held() -> None:
    words = likely_same(JOAN, replace(JOAN, given="Zebedee", born=date(2001, 7, 8))).in_words()
    assert words == (
        "The NHS number, family name, phone number and postcode agree; "
        "the first name and birth date differ."
    )


names = st.sampled_from(["", "Liz", "Elizabeth", "Derek", "J", "Siobhán", "محمد", "Mary Ann", "李"])
families = st.sampled_from(["", "Hartley", "Bartley", "Hartly", "Hartley-Moss", "Ibárruri", "李"])
facts = st.builds(
    Facts,
    given=names,
    family=families,
    called=names,
    other_names=st.tuples(names),
    born=st.none() | st.dates(date(1950, 1, 1), date(1950, 3, 31)),
    nhs_number=st.sampled_from(["", "9990000018", "9990000026"]),
    phones=st.frozensets(st.sampled_from(["+441164960123", "+447700900123"])),
    postcodes=st.frozensets(st.sampled_from(["LE9 8AZ", "L8 1XX"])),
)


@given(facts, facts)
def test_it_is_the_same_question_from_either_side(a: Facts, b: Facts) -> None:
    one, other = likely_same(a, b), likely_same(b, a)
    assert isinstance(one, Likeness)
    assert (one.verdict, one.score) == (other.verdict, other.score)
    assert 0 <= one.score <= 100


@settings(max_examples=300)
@given(st.lists(facts, max_size=8), facts)
def test_the_register_misses_nobody_whom_comparing_with_all_would_find(
    everybody: list[Facts], newcomer: Facts
) -> None:
    register = Register()
    for place, each in enumerate(everybody):
        register.add(str(place), each)
    found = {who for who, _ in register.alike(newcomer)}
    compared = {
        str(place)
        for place, each in enumerate(everybody)
        if likely_same(each, newcomer).verdict != "different"
    }
    assert found == compared


def test_the_likeliest_comes_first() -> None:
    register = Register()
    register.add("nearly", replace(LIZ, given="Liz"))
    register.add("exactly", LIZ)
    register.add("another", replace(LIZ, given="Derek"))
    assert [who for who, _ in register.alike(LIZ)] == ["exactly", "nearly"]


def test_a_number_that_hundreds_share_makes_nobody_alike() -> None:
    register = Register()
    names = [f"Name{place}" for place in range(MOST_SHARING + 1)]
    for name in names:
        register.add(name, Facts(name, phones=PHONE))
    assert register.alike(Facts(names[0], "Pratt", phones=PHONE)) == []
    few = Register()
    few.add("one", Facts(names[0], phones=PHONE))
    assert [who for who, _ in few.alike(Facts(names[0], "Pratt", phones=PHONE))] == ["one"]


def test_what_was_heard_on_the_phone_is_asked_about_by_its_sound():
    anita = Facts("", "Kowal", "Anita", (), date(1996, 3, 4), "", frozenset(), frozenset())
    typed = Facts("", "", "anita kowall", (), None, "", frozenset(), frozenset())
    other = Facts("", "", "anita kovacs", (), None, "", frozenset(), frozenset())
    for heard, found in ((True, ["anita"]), (False, [])):
        register = Register(heard=heard)
        register.add("anita", anita)
        assert [who for who, _ in register.alike(typed)] == found
        assert register.alike(other) == []
    register = Register(heard=True)
    register.add("anita", anita)
    ((_, likeness),) = register.alike(typed)
    assert likeness.verdict == "likely"
    assert "family name (nearly)" in likeness.in_words()
