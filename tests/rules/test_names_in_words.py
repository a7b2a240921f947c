"""Whether words for the team name somebody: in any order and spelling, and no word by chance."""

from __future__ import annotations

import pytest

from linkworker.rules.names_in_words import names_one, names_whole, taken_apart, words_of_names

TERRY = ("Terry", "Terence John", "Beasley")
MAY = ("May", "", "Hope")
SIAN = ("Siân", "", "O\u2019Connor-Rhys")
TYPED_AT_THE_DOOR = ("Terry Beasley", "", "")
WEI = ("王伟", "", "")
LI = ("伟", "", "王")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("a bike club for Terry Beasley", TERRY),
        ("a bike club for terry beasley's brother", TERRY),
        ("Beasley, Terry", TERRY),
        ("T. Beasley asked", TERRY),
        ("Beasley T", TERRY),
        ("T J Beasley", TERRY),
        ("Terence J Beasley", TERRY),
        ("Terry John Beasley", TERRY),
        ("TERENCE BEASLEY", TERRY),
        ("Mr Beasley wants a shed", TERRY),
        ("may hope to sing", MAY),
        ("Sian O'Connor Rhys", SIAN),
        ("siân o’connor-rhys", SIAN),
        ("for Beasley, Terry", TYPED_AT_THE_DOOR),
        ("Mr Beasley", TYPED_AT_THE_DOOR),
        ("一家给王伟的俱乐部", WEI),
        ("一家给王伟的俱乐部", LI),
        ("મીનાક્ષી પટેલ માટે", ("મીનાક્ષી", "", "પટેલ")),
    ],
)  # fmt: skip
def test_a_whole_name_is_seen_however_it_is_written(words, who):
    called, given, family = who
    if words.startswith("一") and not family:
        assert names_one(taken_apart(words), words_of_names([called]))
        return
    assert names_whole(taken_apart(words), called, given, family, alone=True)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Terry runs the shed", TERRY),
        ("Beasley Street, by the school", TERRY),
        ("a beasley", ("A", "Alan", "Beasley")),
        ("they may come, and hope to stay", MAY),
        ("grace and space", ("Grace", "", "Space")),
        ("somewhere for Terry's friends", TYPED_AT_THE_DOOR),
        ("Mr and Mrs Jones", TERRY),
        ("", TERRY),
        ("anything", ("", "", "")),
    ],
)
def test_a_word_by_chance_is_no_name(words, who):
    called, given, family = who
    assert not names_whole(taken_apart(words), called, given, family, alone=True)


def test_a_title_tells_nobody_where_two_have_the_family_name():
    assert not names_whole(taken_apart("Mr Patel's shop"), "Raj", "", "Patel", alone=False)
    assert names_whole(taken_apart("Raj Patel's shop"), "Raj", "", "Patel", alone=False)


@pytest.mark.parametrize(
    ("words", "names", "seen"),
    [
        ("terry needs a bike", ["Terry Beasley"], True),
        ("JOSE needs a bike", ["José"], True),
        ("José needs a bike", ["Jose"], True),
        ("મીનાક્ષી needs a bike", ["મીનાક્ષી"], True),
        ("给王伟的俱乐部", ["王伟"], True),
        ("it may be cold", ["May"], False),
        ("terrys bike", ["Terry"], True),
        ("a song for maryjane", ["Mary-Jane"], True),
        ("two roses", ["Rose"], False),
        ("for May", ["May"], True),
        ("a rose garden, with hope", ["Rose Hope"], False),
        ("a bus for Mr Nobody", ["Mr Terry"], False),
    ],
)
def test_of_whom_it_was_said_every_name_is_seen_and_words_that_are_names_are_words(
    words, names, seen
):
    assert names_one(taken_apart(words), words_of_names(names, run_on=True)) is seen
