"""The cards of people who do not exist: that they are whole, and belong to nobody."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest

from linkworker.madeup import particulars
from linkworker.madeup.patch import PATCHES, Patch, load
from linkworker.madeup.people import UnreadableCard, read_people
from linkworker.rules import numbers
from linkworker.schema import values

BANNED = re.compile(
    r"\b(clients?|service users?|engage[ds]?|engaging|non-compliant|hard to reach|frail elderly"
    r"|vulnerable|suffers? from|wheelchair-bound|presented as|appropriate|signposted"
    r"|continue to monitor|no further action|overdue|referrals?|barriers?)\b",
    re.IGNORECASE,
)
"""What no note says (voices.md), and the words of the house."""


@pytest.fixture(scope="module", params=PATCHES)
def patch(request: pytest.FixtureRequest) -> Patch:
    return load(request.param)


def full_names(patch: Patch) -> set[str]:
    names = {f"{card.given} {card.family}".strip() for card in patch.people}
    return names - {""}


def test_sixty_people_of_one_patch_in_leicestershire() -> None:
    assert len(load("leicestershire").people) == 60


def test_nobody_works_or_is_supported_in_two_places() -> None:
    ours, theirs = (load(key) for key in PATCHES)
    assert not {card.key for card in ours.people} & {card.key for card in theirs.people}
    assert not full_names(ours) & full_names(theirs)
    workers = [{one.about[who] for who in ("worker", "cover", "boss")} for one in (ours, theirs)]
    assert not workers[0] & workers[1]


def test_the_people_of_the_week_are_there() -> None:
    ours = full_names(load("leicestershire"))
    assert {"Terry Beasley", "Derek Pratt", "Joan Pratt", "Dean Hollis", "Stan Webb"} <= ours
    assert {"Harold Finch", "Lucia Moreira"} <= ours
    assert "Hodan Warsame" in full_names(load("liverpool"))


def test_all_ages_families_languages_and_ways_of_living_are_there() -> None:
    people = load("leicestershire").people
    ages = [card.age for card in people if card.age]
    assert min(ages) < 18
    assert max(ages) > 89
    assert len({card.language for card in people if card.language}) >= 5
    for fact in ("carer", "baby", "kids", "wheels", "hearing", "job", "faith", "dog", "homeless"):
        assert any(fact in card.facts for card in people), fact
    stories = {card.story for card in people}
    assert {"died", "hospital", "away", "returns", "stepped", "lost", "once", "grows"} <= stories


def test_every_card_names_places_groups_and_closeness_that_there_are(patch: Patch) -> None:
    for card in patch.people:
        assert card.village in patch.places
        assert set(card.likes) <= patch.groups.keys()
        assert all(tie.closeness in ("", *values.CLOSENESS) for tie in card.ties)


def test_a_hope_in_the_first_person_stands_in_quotation_marks(patch: Patch) -> None:
    own = re.compile(r"\b(I|I'm|I've|my|me|mine)\b")
    hopes = [hope for card in patch.people for hope in card.hopes]
    assert [hope for hope in hopes if own.search(hope) and not hope.startswith('"')] == []


def test_no_card_uses_a_word_that_nobody_should_read(patch: Patch) -> None:
    said = [
        (card.key, found[0])
        for card in patch.people
        for text in (*card.hopes, *card.good, *card.way, *card.said, card.vision, card.please)
        if (found := BANNED.search(text))
    ]
    assert said == []


def test_couples_know_each_other(patch: Patch) -> None:
    for card in patch.people:
        for tie in card.ties:
            if tie.other:
                other = patch.card(tie.other)
                assert any(back.other == card.key for back in other.ties), (card.key, tie.name)


def test_a_card_with_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnreadableCard):
        read_people("== a | A B | he | 50 | Barwell\nshoe size: 9")


# -- numbers --------------------------------------------------------------------------------------

DRAMA = re.compile(r"07700 900\d{3}|0116 496 0\d{3}|0151 496 0\d{3}")
"""Numbers that Ofcom keeps for drama."""


def test_nhs_numbers_are_for_tests_fit_their_check_digit_and_differ() -> None:
    made = [particulars.nhs_number(number) for number in range(1, 200)]
    assert all(numbers.nhs_number(one).good and one.startswith("999") for one in made)
    assert len(set(made)) == len(made)


def test_phone_numbers_are_ofcoms_for_drama() -> None:
    for number in range(0, 1200, 7):
        assert DRAMA.fullmatch(particulars.mobile(number))
        assert DRAMA.fullmatch(particulars.home_phone("0116 496", number))
        assert DRAMA.fullmatch(particulars.home_phone("0151 496", number))


@pytest.mark.parametrize("start", ["LE9 8", "L8", "L17"])
def test_a_postcode_is_none_that_royal_mail_gives(start: str) -> None:
    for number in range(80):
        made = particulars.postcode(start, number)
        assert re.fullmatch(r"[A-Z]{1,2}\d{1,2} \d[CIKMOV]{2}", made), made
        assert not numbers.postcode(made).good


def test_somebody_is_as_old_today_as_their_card_says() -> None:
    today = date(2024, 2, 29)
    for seed in range(200):
        day = particulars.born(78, today, Random(seed))
        age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
        assert age == 78
