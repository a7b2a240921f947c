"""Names as they are shown: in full, shortened, as initials."""

import pytest

from linkworker.rules.shown_names import NO_NAME, initials, short_name, shown_name


@pytest.mark.parametrize(
    ("names", "full", "short", "letters"),
    [
        (("Terry Beasley", "Terence", "Beasley"), "Terry Beasley", "Terry B.", "T.B."),
        (("Tel", "Terence", "Beasley"), "Tel Beasley", "Tel B.", "T.B."),
        (("Mr B", "Terence", "Beasley"), "Mr B", "Mr B", "B.B."),
        (("Blossom", "", "Blossom"), "Blossom", "Blossom", "B."),
        (("", "Hodan", ""), "Hodan", "Hodan", "H."),
        (("", "Mary Ann", "O’Brien Jones"), "Mary Ann O’Brien Jones", "Mary J.", "M.J."),
        (("", "", "", "man, sixties, Blue Badge"),) + ("man, sixties, Blue Badge",) * 2 + ("–",),
        (("", "", ""), NO_NAME, NO_NAME, "–"),
        (("محمد علي", "", ""), "محمد علي", "محمد علي", "م.ع."),
    ],
)
def test_a_name_is_shown_as_the_person_likes_it(names, full, short, letters):
    assert (shown_name(*names), short_name(*names), initials(*names)) == (full, short, letters)
