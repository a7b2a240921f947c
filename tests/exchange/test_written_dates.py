"""Birth dates as they stand in other people's tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker.exchange.written_dates import read_date

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "written",
    [
        "03/02/1947",
        "3/2/1947",
        "3.2.1947",
        "03-02-1947",
        "3 2 1947",
        "03/02/47",
        "1947-02-03",
        "1947/02/03",
        "19470203",
        "1947-02-03T00:00:00",
        "1947-02-03 00:00:00.000Z",
        "03/02/1947 00:00",
        "3 Feb 1947",
        "3 February 1947",
        "03-Feb-47",
        "3rd Feb 1947",
        "Monday 3 February 1947",
        "'03/02/1947",
        "  03/02/1947 ",
        "٠٣/٠٢/١٩٤٧",
    ],
)
def test_one_day_is_read_in_all_its_manners_day_first(written: str) -> None:
    read = read_date(written, TODAY)
    assert (read.day, read.precision, read.why) == (date(1947, 2, 3), "day", "")


@pytest.mark.parametrize(
    ("written", "day"),
    [("01/01/30", date(1930, 1, 1)), ("01/01/08", date(2008, 1, 1)), ("28/11/26", None)],
)
def test_two_digits_of_a_year_are_taken_where_one_century_fits(
    written: str, day: date | None
) -> None:
    assert read_date(written, TODAY).day == (day or date(1926, 11, 28))


def test_two_digits_that_fit_a_child_and_somebody_very_old_are_asked_about() -> None:
    read = read_date("01/01/15", TODAY)
    assert read.day is None
    assert "either century" in read.why


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("1947", date(1947, 1, 1), "year"),
        ("about 1947", date(1947, 1, 1), "about"),
        ("c. 1947", date(1947, 1, 1), "about"),
        ("02/1947", date(1947, 2, 1), "month"),
        ("Feb 1947", date(1947, 2, 1), "month"),
    ],
)
def test_what_is_not_known_to_the_day_keeps_how_exact_it_is(
    written: str, day: date, precision: str
) -> None:
    read = read_date(written, TODAY)
    assert (read.day, read.precision) == (day, precision)


@pytest.mark.parametrize(
    "written",
    [
        "31/02/1947",
        "12/31/1947",
        "01/01/1700",
        "01/01/2030",
        "17201",
        "yesterday",
        "47-02-03-04",
        "02/03",
        "00/00/0000",
        "03/02/19471",
        "DD/MM/YYYY",
        "x" * 5000,
    ],
)
def test_what_is_no_date_is_asked_about_and_not_repeated(written: str) -> None:
    read = read_date(written, TODAY)
    assert read.day is None
    assert read.why
    assert written not in read.why


def test_the_american_order_is_named_not_guessed() -> None:
    assert "month before the day" in read_date("12/31/1947", TODAY).why


def test_an_empty_cell_is_no_fault() -> None:
    assert read_date("  ", TODAY).why == ""


@given(st.dates(date(1920, 1, 1), TODAY))
def test_every_day_reads_back(day: date) -> None:
    for written in (
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%d %b %Y}",
        f"{day.day} {day:%B %Y}",
    ):
        assert read_date(written, TODAY).day == day


@given(st.text(max_size=40))
def test_whatever_is_written_an_answer_comes(written: str) -> None:
    read = read_date(written, TODAY)
    assert read.day is None or read.day <= TODAY
