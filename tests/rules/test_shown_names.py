"""Names as they are shown: in full, shortened, as initials."""

import pytest

from linkworker.rules.shown_names import NO_NAME, initials, short_name, shown_name, together


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


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Derek Pratt", "Joan Pratt"), "Derek and Joan Pratt"),
        (("Mr Mistry", "Mrs Mistry"), "Mr and Mrs Mistry"),
        (("Ann Lee", "Bo Lee", "Cy Lee"), "Ann, Bo and Cy Lee"),
        (("Derek Pratt", "Joan Webb"), "Derek Pratt and Joan Webb"),
        (("Ann Lee", "Bo Lee", "Cy Ray"), "Ann Lee, Bo Lee and Cy Ray"),
        (("Amina", "Amina"), "Amina and Amina"),
        (("man, sixties", "woman, sixties"), "man, sixties and woman, sixties"),
        ((NO_NAME, NO_NAME), f"{NO_NAME} and {NO_NAME}"),
        (("Derek Pratt",), "Derek Pratt"),
        ((), ""),
    ],
)
def test_a_couple_is_named_as_one_says_it(names, said):
    assert together(names) == said
