"""Two versions kept in one: who wrote them and when is never taken for the person's own words."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.rules.kept_both import in_quotes, kept_both, told_apart, words_alone

ANN = (date(2026, 11, 27), "Ann Lee", "Saturdays out")
BEN = (date(2026, 12, 1), "Ben", "some use\nto someone")


def test_what_was_kept_in_one_is_told_apart_again():
    both = kept_both([ANN, BEN])
    assert both == "27 Nov 2026, Ann Lee: Saturdays out\n1 Dec 2026, Ben: some use\nto someone"
    assert told_apart(both) == [
        ("27 Nov 2026, Ann Lee", "Saturdays out"),
        ("1 Dec 2026, Ben", "some use\nto someone"),
    ]
    assert words_alone([both, "a shed"]) == ["Saturdays out", "some use\nto someone", "a shed"]


def test_the_quotation_marks_stand_around_the_words_alone():
    assert in_quotes(kept_both([ANN, BEN])) == [
        ("27 Nov 2026, Ann Lee", "“Saturdays out”"),
        ("1 Dec 2026, Ben", "“some use\nto someone”"),
    ]
    assert in_quotes(" Saturdays out ") == [("", "“Saturdays out”")]
    assert in_quotes('"Saturdays" out') == [("", '"Saturdays" out')]


@pytest.mark.parametrize(
    "words",
    [
        "27 Nov 2026, Ann: one line that somebody typed so",
        "He said: 27 Nov 2026, Ann: this\n1 Dec 2026, Ben: that",
        "27 November, Ann: this\n1 Dec 26, Ben: that",
        "",
    ],
)
def test_words_that_were_never_two_stay_as_they_are(words):
    assert told_apart(words) == [("", words)]


def test_three_who_were_kept_in_one_after_the_other_are_three():
    again = kept_both([(date(2026, 12, 2), "Cy", "a dog"), (*BEN[:2], kept_both([ANN, BEN]))])
    assert [said for _, said in told_apart(again)] == [
        "a dog",
        "Saturdays out",
        "some use\nto someone",
    ]
