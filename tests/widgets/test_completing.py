"""Finishing a name while it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker.rules.marks import KINDS
from linkworker.widgets.completing import MOST, Name, offers

NAMES = (
    Name("Terry:", ">", begins=True),
    Name("Pat Beasley:", ">", begins=True),
    Name("Pat Beasley", "@"),
    Name("Ray next door", "@"),
    Name("Knit & Natter", "@x>", others=("K&N", "knit and natter")),
    Name("ring the bike club", "x"),
)


def found(line: str) -> list[str]:
    return [one.text for one in offers(line, NAMES)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("@ Ra", "Ray next door"),
        ("@ ra", "Ray next door"),
        ("> T", "Terry:"),
        ("> pat", "Pat Beasley:"),
        ("x ring", "ring the bike club"),
        ("@ k&", "Knit & Natter"),
        ("@ knit a", "Knit & Natter"),
        ("> Terry: try Kni", "Knit & Natter"),
    ],
)
def test_what_is_begun_can_be_finished(line, text):
    assert found(line)[0] == text


@pytest.mark.parametrize(
    "line",
    [
        "Ra",
        "He saw Ra",
        "@",
        "@ ",
        "@Ra",
        "@ Ray next door",
        "> Terry: T",
        "+ Ra",
        "@ Zoe",
        "",
        "x",
    ],
)
def test_nothing_is_offered_in_the_story_or_where_there_is_nothing_to_finish(line):
    assert found(line) == []


WEEKDAY_GROUPS = (
    *NAMES,
    Name("Friday lunch", "@x>?"),
    Name("Tuesday club", "@x>?"),
    Name("Monica's kitchen", "@x>?"),
    Name("December lights", "@x>?"),
    Name("Tomorrow's Bread", "@x>?"),
)


@pytest.mark.parametrize(
    "line",
    [
        "? ring the surgery by fri",
        "? ring the surgery by frid",
        "? ring the surgery by Friday",
        "? ring the surgery by friday ",
        "? ring the surgery Friday",
        "> Terry: ring the club next tue",
        "> Terry: ring the club next Tuesday",
        "> ring the club by mon",
        "> ring the club tomorrow",
        "> form in by 3 dec",
        "> form in by 3 December",
        "> Friday",
        "x ring the bike club, by friday",
    ],
)
def test_a_day_is_no_beginning_of_a_name_and_tab_goes_to_the_panel(line):
    assert offers(line, WEEKDAY_GROUPS) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("@ Fri", "Friday lunch"),
        ("x friday", "Friday lunch"),
        ("? a lift to friday lu", "Friday lunch"),
        ("> Terry: ask at moni", "Monica's kitchen"),
        ("> Terry: ring by Friday about Kni", "Knit & Natter"),
    ],
)
def test_a_group_with_a_day_in_its_name_is_still_finished_where_it_is_meant(line, text):
    assert [one.text for one in offers(line, WEEKDAY_GROUPS)][:1] == [text]


def test_taking_an_offer_gives_its_name_and_leaves_what_stands_before_it():
    for line in ("@ Ra", "@ knit and", "> Terry: try Kni", "x RING THE"):
        offer = offers(line, NAMES)[0]
        assert (line[: offer.start] + offer.text).endswith(offer.text)
        if offer.rest:
            assert (line + offer.rest).casefold() == (line[: offer.start] + offer.text).casefold()


@given(st.text(max_size=60), st.sampled_from(list(KINDS)))
def test_no_line_whatever_makes_it_fail_or_offer_too_many(words, sign):
    for line in (words, f"{sign} {words}"):
        some = offers(line, NAMES)
        assert len(some) <= MOST
        assert all(0 < one.start <= len(line) for one in some)
