"""The name that one says to somebody is the one they like."""

import pytest

from linkworker.rules.shown_names import spoken_name


@pytest.mark.parametrize(
    ("called", "given", "spoken"),
    [
        ("Terry", "Terence", "Terry"),
        ("Terry Beasley", "Terence", "Terry"),
        ("", "Terence", "Terence"),
        ("Mr B", "Terence", "Mr B"),
        ("", "", ""),
    ],
)
def test_what_they_like_to_be_called_comes_before_the_name_on_paper(
    called: str, given: str, spoken: str
) -> None:
    assert spoken_name(called, given) == spoken
