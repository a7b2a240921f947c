"""Times of day and lengths of time, as a coordinator types them between two visits."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker.rules.times import read_minutes, read_time, say_minutes, say_time


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2pm", time(14)),
        ("2.30pm", time(14, 30)),
        ("2 p.m.", time(14)),
        ("14:00", time(14)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("at 9.30", time(9, 30)),
        ("half two", time(14, 30)),
        ("half past nine", time(9, 30)),
        ("quarter to three", time(14, 45)),
        ("quarter past 4pm", time(16, 15)),
        ("noon", time(12)),
        ("six o'clock", time(18)),
        ("at six", time(18)),
        ("2", time(14)),
        ("12am", time(0)),
        ("02:00", time(2)),
    ],
)
def test_a_time_is_read_as_people_say_it(said, meant):
    assert read_time(said) == meant


@pytest.mark.parametrize("said", ["25:00", "9:75", "quarter two", "soon", "", "13pm", "£9.30"])
def test_what_is_no_time_is_not_read_as_one(said):
    assert read_time(said) is None


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)))
def test_a_time_that_is_shown_is_read_back_the_same(at):
    assert read_time(say_time(at)) == at


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("50 min", 50),
        ("1 h 20", 80),
        ("1h20", 80),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("40", 40),
        ("1.5 hours", 90),
        ("1 hour and 10 minutes", 70),
        ("a while", None),
    ],
)
def test_a_length_of_time_is_read_as_people_say_it(said, minutes):
    assert read_minutes(said) == minutes


@given(st.integers(min_value=0, max_value=12 * 60))
def test_a_length_of_time_that_is_shown_is_read_back_the_same(minutes):
    assert read_minutes(say_minutes(minutes)) == minutes


PIECES = "1 2 9 12 13 24 30 59 60 999 : . am pm at about half an hour h hours and a min o'clock two"
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=6).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)


@given(st.one_of(st.text(max_size=60), pieces))
def test_no_text_breaks_the_reading_of_times_and_what_is_read_can_be_shown(text):
    at = read_time(text)
    assert at is None or (at.tzinfo is None and read_time(say_time(at)) == at)
    minutes = read_minutes(text)
    assert minutes is None or (minutes >= 0 and read_minutes(say_minutes(minutes)) == minutes)
