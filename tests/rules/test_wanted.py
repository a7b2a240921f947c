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
