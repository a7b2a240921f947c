"""The directory's one box: what is understood of it is shown, and can be taken off."""

from datetime import date

import pytest

from linkworker.rules.wanted import wanted

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "words", "chips"),
    [
        ("free lunch on Tuesday near LE9 8EB", "lunch", ["free", "Tuesday", "near LE9 8EB"]),
        ("choir tues", "choir", ["Tuesday"]),
        ("yoga today", "yoga", ["Friday"]),
        ("yoga tomorrow", "yoga", ["Saturday"]),
        ("step-free art in gujarati", "art", ["step-free", "in Gujarati"]),
        ("wheelchair accessible swimming", "swimming", ["step-free"]),
        ("coffee for unpaid carers", "coffee", ["for unpaid carers"]),
        ("walks for over 60s", "walks", ["over 60"]),
        ("football under 18", "football", ["under 18"]),
        ("near le98eb", "", ["near LE9 8EB"]),
        ("chess near Thorpe Acre", "chess", ["near Thorpe Acre"]),
        ("near LE9 chess", "chess", ["near LE9"]),
        ("gluten-free cooking", "gluten-free cooking", []),
        ("sunflower painting", "sunflower painting", []),
        ("wedding dresses", "wedding dresses", []),
        ("monument walk", "monument walk", []),
        ("in a choir", "in a choir", []),
        ("", "", []),
        ("\x1b[2J free", "", ["free"]),
    ],
)
def test_what_is_understood(text, words, chips):
    found = wanted(text, FRIDAY)
    assert [one.said for one in found.chips] == chips or sorted(
        one.said for one in found.chips
    ) == sorted(chips)
    assert found.words == words


def test_a_chip_that_is_taken_off_is_words_again():
    found = wanted("free lunch on Tuesday", FRIDAY)
    off = {one.key for one in found.chips}
    assert wanted("free lunch on Tuesday", FRIDAY, off).words == "free lunch on Tuesday"
    assert wanted("free lunch on Tuesday", FRIDAY, {"free:free"}).words == "free lunch"


def test_a_page_pasted_into_the_box_is_read_no_further_than_a_line():
    assert len(wanted("near " + "a" * 100_000, FRIDAY).words) <= 400


def test_what_is_taken_off_is_not_understood_as_something_else():
    off = {"step-free:yes"}
    assert wanted("step free art", FRIDAY, off).chips == ()
    assert wanted("step free art", FRIDAY, off).words == "step free art"


def test_the_same_thing_said_twice_is_one_chip_and_no_word():
    found = wanted("tuesday lunch on Tuesdays", FRIDAY)
    assert [one.said for one in found.chips] == ["Tuesday"]
    assert found.words == "lunch"


HERE = {"barwell", "thorpe acre", "stoney stanton"}


@pytest.mark.parametrize(
    ("text", "words", "chips"),
    [
        ("lunch near Barwell for men", "lunch", ["for men", "near Barwell"]),
        ("near Thorpe Acre lunch club", "lunch club", ["near Thorpe Acre"]),
        ("near Castle Street lunch", "", ["near Castle Street lunch"]),
        ("lunch barwell", "lunch", ["near barwell"]),
        ("stoney stanton bowls on tuesday", "bowls", ["Tuesday", "near stoney stanton"]),
        ("lunch in Barwell", "lunch", ["near Barwell"]),
        ("stanton bowls", "stanton bowls", []),
    ],
)
def test_a_place_that_is_known_is_a_place_and_no_more_of_the_words(text, words, chips):
    found = wanted(text, FRIDAY, (), HERE)
    assert [one.said for one in found.chips] == chips
    assert found.words == words


def test_a_place_that_is_taken_off_is_a_word_again():
    found = wanted("lunch barwell", FRIDAY, {"near:barwell"}, HERE)
    assert found.words == "lunch barwell"
    assert found.chips == ()
