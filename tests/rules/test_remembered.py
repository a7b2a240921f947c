"""A note that is read again after a key is understood as if it had never been read before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from linkworker.rules.marks import read_note
from linkworker.rules.note.remembered import Remembered
from linkworker.rules.note.understanding import understand
from tests.rules.test_understanding import KNOWN, TWO, knowns, marked, notes, only, sentence

line = st.one_of(marked, sentence, st.just(""))
edit = st.tuples(st.sampled_from(["in", "out", "over", "twice", "word"]), st.randoms(), line)


def edited(lines: list[str], what: str, random: Any, words: str) -> list[str]:
    """Return the lines after one edit, as a hand makes it."""
    at = random.randrange(len(lines))
    before, here, after = lines[:at], lines[at], lines[at + 1 :]
    middle = {
        "in": [words, here],
        "out": [],
        "over": [words],
        "twice": [here, here],
        "word": [f"{here} {words.split()[-1] if words else ''}"],
    }[what]
    return [*before, *middle, *after] or [""]


@given(notes, knowns, st.lists(st.tuples(edit, knowns), min_size=1, max_size=6), st.randoms())
def test_reading_after_edits_gives_what_reading_afresh_gives(text, known, edits, random):
    remembered = Remembered()
    answers: dict[str, str] = {}
    lines = text.split("\n")
    for (what, hand, words), other in edits:
        reading = read_note("\n".join(lines))
        afresh = understand(reading, known, answers)
        assert understand(reading, known, answers, remembered) == afresh
        if afresh.questions and random.random() < 0.5:
            question = random.choice(afresh.questions)
            answers[question.id] = random.choice([*question.choices, question.choices[0]]).key
        if random.random() < 0.2:
            known = other
        lines = edited(lines, what, hand, words)
    reading = read_note("\n".join(lines))
    assert understand(reading, known, answers, remembered) == understand(reading, known, answers)


def read_lines(text: str, remembered: Remembered, **more: Any) -> int:
    """Return how many lines had to be read."""
    counted: list[None] = []
    known = more.get("known", KNOWN)
    understand(
        read_note(text), known, more.get("answers"), remembered, lambda: counted.append(None)
    )
    return len(counted)


NOTE = "Sat with him.\n+ mends bicycles\n> ring the bike club\n@ Kelly (sister)\n> Kelly: a lift"


def test_a_key_on_one_line_reads_one_line():
    remembered = Remembered()
    assert read_lines(NOTE, remembered) == 4
    assert read_lines(NOTE, remembered) == 0
    assert read_lines(NOTE.replace("bicycles", "bicycles a"), remembered) == 1
    assert read_lines(f"A word of the story.\n\n{NOTE}".replace("him", "Terry"), remembered) <= 3


def test_what_was_taken_out_is_not_remembered():
    remembered = Remembered()
    read_lines(NOTE, remembered)
    read_lines("Sat with him.", remembered)
    assert read_lines(NOTE, remembered) == 4


def test_when_something_else_is_known_every_line_is_read():
    remembered = Remembered()
    read_lines(NOTE, remembered)
    assert read_lines(NOTE, remembered, known=replace(KNOWN, groups=())) == 4
    assert read_lines(NOTE, remembered, known=TWO) == 4


def test_an_answer_reads_the_line_that_asks():
    remembered = Remembered()
    asks = only("> ring the bike club").asks[0]
    read_lines(NOTE, remembered)
    assert read_lines(NOTE, remembered, answers={asks: "person:terry"}) == 1


def test_the_story_is_asked_again_who_somebody_is():
    remembered = Remembered()
    step = "> Malcolm: a lift home"
    read_lines(f"{step}\nHe was there.", remembered)
    assert read_lines(f"{step}\nHe was there too.", remembered) == 0
    assert read_lines(f"{step}\nHis brother Malcolm was there.", remembered) == 1
