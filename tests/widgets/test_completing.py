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
