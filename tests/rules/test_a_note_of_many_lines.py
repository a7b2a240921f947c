"""A list of thousands of lines pasted into one note: each line costs what one line costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from linkworker.rules.marks import read_note
from linkworker.rules.note import known as what_is_known
from linkworker.rules.note.known import Open
from linkworker.rules.note.understanding import understand
from tests.rules.test_understanding import KNOWN

LINES = 300


@pytest.mark.parametrize(
    ("sign", "kind"), [("+ ", "strength"), ("* ", "hope"), ("> me: ", "step"), ("- ", "in the way")]
)
def test_what_stands_is_not_gone_through_again_for_every_line(
    monkeypatch: pytest.MonkeyPatch, sign: str, kind: str
) -> None:
    compared = 0
    plain_words: Callable[[str], str] = what_is_known.plain_words

    def counted(words: str) -> str:
        nonlocal compared
        compared += 1
        return plain_words(words)

    monkeypatch.setattr(what_is_known, "plain_words", counted)
    standing = tuple(Open(kind, f"row {n}", f"number {n} of them", "terry") for n in range(LINES))
    text = "\n".join(f"{sign}number {n} of these" for n in range(LINES))
    understand(read_note(text), replace(KNOWN, standing=standing), {})
    assert compared <= 3 * LINES


def test_the_very_same_words_are_still_known_whatever_their_case_and_stops() -> None:
    standing = tuple(Open("strength", f"row {n}", f"“Good at {n}.”", "terry") for n in range(LINES))
    read = understand(read_note("+ good AT 7"), replace(KNOWN, standing=standing), {})
    assert [one.target for one in read.becomings] == ["row 7"]
