"""Days as people say them, read on a Friday and a Monday of the week in `voices`."""

from __future__ import annotations

from datetime import date, time, timedelta
from time import monotonic

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkworker.rules.days import day_at_end, find_days, read_day, say_reading
from linkworker.rules.shown_days import say_day

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
MONDAY_AFTER = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("by Friday", date(2026, 11, 27)),
        ("Weds", date(2026, 11, 25)),
        ("thurs", date(2026, 11, 26)),
        ("today", date(2026, 11, 23)),
        ("tonight", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("a week today", date(2026, 11, 30)),
        ("Friday week", date(2026, 12, 4)),
        ("a week on Friday", date(2026, 12, 4)),
        ("in 6 weeks", date(2027, 1, 4)),
        ("in six weeks' time", date(2027, 1, 4)),
        ("in a fortnight", date(2026, 12, 7)),
        ("in a couple of days", date(2026, 11, 25)),
        ("in 3 months", date(2027, 2, 23)),
        ("2 weeks ago", date(2026, 11, 9)),
        ("3/12", date(2026, 12, 3)),
        ("3/12/26", date(2026, 12, 3)),
        ("3.12.2026", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("Fri 4 Dec", date(2026, 12, 4)),
        ("Fri, 4th of December", date(2026, 12, 4)),
        ("December 4th", date(2026, 12, 4)),
        ("9 December", date(2026, 12, 9)),
        ("Mon 7 Dec", date(2026, 12, 7)),
        ("12 January", date(2027, 1, 12)),
        ("29 Feb", date(2028, 2, 29)),
        ("Friday the 4th", date(2026, 12, 4)),
    ],
)
def test_a_day_to_come_is_read_as_people_say_it(said, meant):
    reading = read_day(said, MONDAY)
    assert reading is not None
    assert (reading.day, reading.options, reading.trouble) == (meant, (), "")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fri", date(2026, 11, 27)),
        ("Weds", date(2026, 11, 25)),
        ("last Friday", date(2026, 11, 27)),
        ("12 October", date(2026, 10, 12)),
        ("5 Dec 2025", date(2025, 12, 5)),
        ("6 weeks", date(2026, 10, 19)),
        ("3/4/48", date(1948, 4, 3)),
    ],
)
def test_a_note_written_up_on_monday_looks_back(said, meant):
    reading = read_day(said, MONDAY_AFTER, "back")
    assert reading is not None
    assert reading.day == meant


@pytest.mark.parametrize(
    ("said", "today", "options", "trouble"),
    [
        ("Fri", FRIDAY, (date(2026, 12, 4), FRIDAY), "which week"),
        ("by Friday", FRIDAY, (date(2026, 12, 4), FRIDAY), "which week"),
        ("next tues", MONDAY, (date(2026, 12, 1), date(2026, 11, 24)), "which week"),
        (
            "Fri 5 Dec",
            FRIDAY,
            (date(2026, 12, 5), date(2026, 12, 4)),
            "weekday and day differ",
        ),
        ("25 November", FRIDAY, (date(2027, 11, 25), date(2026, 11, 25)), "which year"),
        ("31 June", FRIDAY, (), "no such day"),
    ],
)
def test_what_a_phrase_leaves_open_is_given_back_and_never_guessed(said, today, options, trouble):
    reading = read_day(said, today)
    assert reading is not None
    assert (reading.day, reading.options, reading.trouble) == (None, options, trouble)
    assert not reading.sure


def test_next_tuesday_said_on_a_friday_is_one_day_only():
    reading = read_day("next tues 2pm", FRIDAY)
    assert reading is not None
    assert (reading.day, reading.time) == (date(2026, 12, 1), time(14))


def test_said_on_a_friday_looking_back_friday_is_today_first():
    reading = read_day("Fri", FRIDAY, "back")
    assert reading is not None
    assert reading.options == (FRIDAY, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        ("Fri 27 Nov 9:30", date(2026, 11, 27), time(9, 30)),
        ("2pm on Wednesday", date(2026, 11, 25), time(14)),
        ("Weds at six", date(2026, 11, 25), time(18)),
        ("tomorrow half two", date(2026, 11, 24), time(14, 30)),
    ],
)
def test_a_time_may_stand_beside_the_day(said, day, at):
    reading = read_day(said, MONDAY)
    assert reading is not None
    assert (reading.day, reading.time) == (day, at)


@pytest.mark.parametrize(
    ("said", "precision", "shown"),
    [
        ("about 2019", "year", "about 2019"),
        ("1948", "year", "1948"),
        ("early 2019", "year", "about 2019"),
        ("spring 2024", "season", "spring 2024"),
        ("since September", "month", "September 2026"),
        ("last summer", "season", "summer 2026"),
        ("around March 2020", "month", "about March 2020"),
        ("next week", "week", "the week of Mon 30 Nov"),
        ("w/c 7 Dec 2026", "week", "the week of Mon 7 Dec"),
    ],
)
def test_a_remembered_day_keeps_how_exactly_it_is_known(said, precision, shown):
    facing = "ahead" if precision == "week" else "back"
    reading = read_day(said, MONDAY, facing)
    assert reading is not None
    assert reading.precision == precision
    assert say_reading(reading, MONDAY) == shown


def found(text, today=FRIDAY):
    return [
        (text[one.start : one.end], one.lead, one.day or one.options)
        for one in find_days(text, today)
    ]


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        (
            "ring the bike club by Fri 4 Dec (number on his fridge)",
            [("by Fri 4 Dec", "by", date(2026, 12, 4))],
        ),
        ("ring Dean, Fri 27 Nov 9:30", [("Fri 27 Nov 9:30", "", FRIDAY)]),
        (
            "MUST be in by Wed 9 Dec, with Gerry",
            [("by Wed 9 Dec", "by", date(2026, 12, 9))],
        ),
        ("lane and back, Thursday, if dry", [("Thursday", "", date(2026, 12, 3))]),
        (
            "leave it till after Christmas, her choice, ask again 12 January",
            [("12 January", "", date(2027, 1, 12))],
        ),
        (
            "form in the post by Mon 7 Dec; Ann to ring on Friday to see",
            [
                ("by Mon 7 Dec", "by", date(2026, 12, 7)),
                ("on Friday", "on", (date(2026, 12, 4), FRIDAY)),
            ],
        ),
        ("text Grace to say yes to Tuesday", [("to Tuesday", "to", date(2026, 12, 1))]),
    ],
)
def test_a_day_is_found_within_the_words_of_a_step(words, phrases):
    assert found(words) == phrases


@pytest.mark.parametrize(
    "words",
    [
        "ask for Ifrah again, both Decembers, forty minutes not twenty",
        "ring Sundays at six, not weekdays",
        "anything at all on a Sunday afternoon",
        "chapel on Sunday mornings",
        "Sat with him",
        "Sat with him a while. sat down",
        "he may come, and they march",
        "read him the Sun",
        "open Mon to Fri, 24/7",
        "every Friday, most Tuesdays, each Wed",
        "Sunday lunch at the chapel, Friday prayers after",
        "half a pint, 1/2 a pint",
        "ring 01455 496 0123 or 07700 900123",
        "the 4th time this year",
        "Pat's Friday group",
        "no date here at all",
    ],
)
def test_what_only_looks_like_a_day_is_left_alone(words):
    assert found(words) == []


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
todays = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@given(days, todays)
@example(date(2027, 1, 12), FRIDAY)
@example(date(2024, 2, 29), date(2024, 8, 1))
def test_a_day_that_is_shown_is_read_back_the_same(day, today):
    shown = say_day(day, today)
    reading = read_day(shown, today, "back" if day < today else "ahead")
    assert reading is not None
    assert reading.day == day, shown


@given(todays, st.integers(min_value=-180, max_value=180))
def test_a_near_day_is_read_back_the_same_within_a_sentence(today, away):
    day = today + timedelta(days=away)
    words = f"ring her by {say_day(day, today)} if dry"
    readings = find_days(words, today, "back" if away < 0 else "ahead")
    assert [one.day for one in readings] == [day]


PIECES = """by on the next last Fri Sat sun 4 31 29 Feb Dec may 3/12 24/7 9:30 2pm at half two in
6 weeks a ago fortnight 2019 about since summer 9999 w/c 4th week today , . tomorrow"""
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join)


@given(st.one_of(pieces, st.text(max_size=80)), todays, st.sampled_from(["ahead", "back"]))
def test_no_text_breaks_the_reading_and_every_phrase_lies_in_the_text(text, today, facing):
    read_day(text, today, facing)
    last = 0
    for one in find_days(text, today, facing):
        assert last <= one.start < one.end <= len(text)
        last = one.end
        assert (one.day is None) == bool(one.trouble)
        assert one.day is None or not one.options


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("by " * 33_000, 0),
        ("1" * 100_000, 0),
        ("in " + " " * 100_000, 0),
        ("a week on " * 10_000, 0),
        ("ring by Friday. " * 6_000, 6_000),
    ],
    ids=["by", "ones", "spaces", "a week on", "by Friday"],
)
def test_a_line_of_a_hundred_thousand_characters_is_read_in_a_moment(text, days):
    begun = monotonic()
    found = find_days(text, FRIDAY)
    assert monotonic() - begun < 20, "each character is looked at a few times, not all of them"
    assert len(found) == days
    assert all(text[one.start : one.end].strip() for one in found)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start < one.end for end, one in zip(ends, found, strict=False))


@pytest.mark.parametrize(
    "said", ["by fri", "Friday", "next Tuesday", "tomorrow", "on 3 December", "in 6 weeks", "3/12"]
)
def test_a_sentence_that_ends_in_a_day_says_where_the_day_begins(said):
    assert day_at_end(f"ring the surgery {said} ") == len("ring the surgery ")


@pytest.mark.parametrize("text", ["", "ring by Friday about it", "sat with him", "Friday lunch"])
def test_a_sentence_that_ends_in_no_day_says_so(text):
    assert day_at_end(text) is None


PIECES = ("ring", "by", "fri", "Friday", "next", "Tue", "3 Dec", "the 12th", "in six weeks")


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_the_day_at_the_end_is_the_last_one_that_is_found(words):
    text = " ".join(words)
    last = [one.start for one in find_days(text, MONDAY) if one.end == len(text)]
    assert [day_at_end(text)] == (last or [None])
