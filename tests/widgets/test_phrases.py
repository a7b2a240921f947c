"""What became of something is said once, and its marks are counted in words."""

from __future__ import annotations

import pytest

from linkworker.caseload.timeline import Mark
from linkworker.screens.person.story import _marks
from linkworker.widgets.phrases import beyond


@pytest.mark.parametrize(
    ("words", "state", "said"),
    [
        ("done", "done", ""),
        ("Let go.", "let go", ""),
        ("not done, that's the letter", "not done", "that's the letter"),
        ("Done: he rang himself", "done", "he rang himself"),
        ("done in by the bus strike", "done", "done in by the bus strike"),
        ("no credit", "not done", "no credit"),
        ("", "done", ""),
    ],
)
def test_words_that_only_say_the_state_again_are_left_out(
    words: str, state: str, said: str
) -> None:
    assert beyond(words, state) == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("became", "2 things settled"),
        ("with", "with 2 people or groups"),
        ("step", "2 next steps"),
        ("staying safe", "2 lines on staying safe"),
    ],
)
def test_several_marks_of_a_folded_entry_are_counted_in_words(kind: str, said: str) -> None:
    marks = tuple(Mark("n", at, kind, f"one {at}", "step", str(at)) for at in range(2))
    assert [line.plain for line in _marks(marks, 60, whole=False)] == [said]
