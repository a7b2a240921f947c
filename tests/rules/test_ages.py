"""An age is a year of birth, roughly."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.rules.ages import read_age

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("said", "year"),
    [("78", 1948), ("about 78", 1948), ("Aged 9", 2017), ("104 years old", 1922), ("30 yrs", 1996)],
)
def test_an_age_says_about_when_somebody_was_born(said: str, year: int) -> None:
    found = read_age(said, TODAY)
    assert found is not None
    assert (found.day, found.precision, found.about) == (date(year, 1, 1), "year", True)


@pytest.mark.parametrize("said", ["", "0", "1948", "121", "3/12", "78th", "old", "-5"])
def test_what_is_no_age_is_not_read_as_one(said: str) -> None:
    assert read_age(said, TODAY) is None
