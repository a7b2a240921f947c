"""What may lie about at somebody's home, and what may not."""

from __future__ import annotations

import pytest

from linkworker.rules.safe_words import name_words, names_somebody, says_where


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("Pat does the lift home", True),
        ("a lift home in Pat's car", True),
        ("a lift home with PAT", True),
        ("knows every path and patch", False),
        ("Malcolm from the allotments comes", True),
        ("tea from the allotments", False),
        ("Mrs Ng brings soup", True),
        ("Derek Pratt walks", False),
    ],
)
def test_a_line_with_somebodys_name_is_seen_and_no_other(words, seen):
    names = name_words(["Pat Pratt", "Malcolm from the allotments", "Mrs Ng"], ["Derek Pratt"])
    assert names_somebody(words, names) is seen


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("ring 01632 960123 first", True),
        ("ring (01632) 960-123", True),
        ("write to ray@example.org", True),
        ("it is at LE9 8EB", True),
        ("meet at 3 mill row, by the gate", True),
        ("eleven bikes by 10:30 on Friday 4 December 2026", False),
        ("bus 158 at 6", False),
    ],
)
def test_a_number_or_an_address_is_seen_and_no_other(words, seen):
    assert says_where(words, ["3 Mill Row", ""]) is seen
