"""Ten years of notes as they are told: their variety, their length, their words, their sense."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from linkworker.madeup import stories, week
from linkworker.madeup.calendar import locked_down
from linkworker.madeup.patch import Patch, load
from linkworker.madeup.telling import Life, Told
from linkworker.rules.marks import read_note
from linkworker.schema import values
from tests.madeup.conftest import TODAY, Lives
from tests.madeup.test_people_cards import BANNED, DRAMA


@pytest.fixture(scope="module")
def patch() -> Patch:
    return load("leicestershire")


@pytest.fixture(scope="module")
def lives(lives_of: Callable[[str, int, int], Lives]) -> list[Life]:
    return list(lives_of("leicestershire", 1, 10))


@pytest.fixture(scope="module")
def told(lives: list[Life]) -> list[Told]:
    return stories.in_order(lives)


def words(text: str) -> int:
    return len(text.split())


def test_ten_years_are_about_twelve_thousand_notes(told: list[Told]) -> None:
    assert 11_000 < len(told) < 13_000


def test_a_note_is_thirty_to_a_hundred_and_twenty_words_on_average(told: list[Told]) -> None:
    full = [words(one.text) for one in told if not one.single]
    assert 60 < sum(full) / len(full) < 120
    assert sum(30 <= count <= 130 for count in full) / len(full) > 0.8
    assert 0.04 < sum(count > 120 for count in full) / len(full) < 0.2


def test_one_note_in_five_is_a_single_line(told: list[Told]) -> None:
    assert 0.16 < sum(one.single for one in told) / len(told) < 0.26
    assert all("\n" not in one.text for one in told if one.single)


def test_something_goes_wrong_in_about_one_note_in_four(told: list[Told]) -> None:
    assert 0.18 < sum(one.wrong for one in told) / len(told) < 0.32


def test_no_two_notes_of_more_than_a_line_are_the_same(told: list[Told]) -> None:
    full = Counter(one.text for one in told if not one.single)
    assert sum(count - 1 for count in full.values()) / len(told) < 0.001


def sentences(text: str) -> set[str]:
    story = read_note(text).story
    said = re.split(r"(?<=[.?!”\"])\s+", story)
    return {one for one in said if words(one) > 6}


def test_no_sentence_stands_in_more_than_one_note_in_a_hundred(told: list[Told]) -> None:
    said = Counter(one for note in told for one in sentences(note.text))
    (most, count), *_ = said.most_common(1)
    assert count / len(told) < 0.01, most
    assert len(said) / sum(said.values()) > 0.25


def test_over_ten_years_of_one_person_few_sentences_come_again(lives: list[Life]) -> None:
    shares = []
    for life in lives:
        said = Counter(one for note in life.told for one in sentences(note.text))
        if said.total() > 200:
            shares.append(1 - len(said) / said.total())
    assert max(shares) < 0.3
    assert sum(shares) / len(shares) < 0.2


def test_marks_get_fewer_as_people_know_each_other(lives: list[Life]) -> None:
    by_number: dict[int, list[int]] = defaultdict(list)
    for life in lives:
        for number, note in enumerate(one for one in life.told if not one.single):
            by_number[min(number // 5, 20)].append(len(note.lines))
    marks = {number: sum(several) / len(several) for number, several in by_number.items()}
    assert marks[0] > marks[4] > marks[20]
    assert marks[0] > 2
    assert marks[20] < 1.4


def test_no_note_uses_a_word_that_nobody_should_read(told: list[Told]) -> None:
    found = {match[0] for note in told if (match := BANNED.search(note.text))}
    assert found == set()


def test_no_sentence_is_left_half_made(told: list[Told]) -> None:
    broken = re.compile(r"[{}]|\s[,.;](?!\w)|  |\.\.(?!\.)|,\.|<|\bNone\b(?! came)| ,")
    assert [note.text for note in told if broken.search(note.text)][:3] == []


def test_every_line_that_is_meant_as_a_mark_reads_as_one(told: list[Told]) -> None:
    for note in told:
        marks = read_note(note.text).marks
        assert [(one.sign, one.words) for one in marks] == [
            (line.sign, line.words) for line in note.lines
        ]


def test_every_sign_is_used(told: list[Told]) -> None:
    used = Counter(line.sign for note in told for line in note.lines)
    assert used.keys() == {"+", "*", ">", "@", "=", "x", "~", "?", "!", "!!"}


def test_phone_numbers_in_notes_are_nobodys(told: list[Told]) -> None:
    numbers = [found for note in told for found in re.findall(r"\b0\d[\d ]{8,}", note.text)]
    assert all(DRAMA.search(one) for one in numbers)


def test_some_are_in_but_not_today_and_what_is_said_of_it_was_at_their_door(
    told: list[Told],
) -> None:
    not_today = [note for note in told if note.outcome == "in, but not today"]
    assert len(not_today) > 5
    assert {note.how for note in not_today} == {"home visit"}
    assert len({note.text for note in not_today}) > 3


def test_ways_and_outcomes_are_those_of_the_practice(told: list[Told]) -> None:
    assert {note.how for note in told} <= set(values.CONTACT_WAYS)
    assert {note.outcome for note in told} <= set(values.OUTCOMES)


def test_nobody_is_visited_at_home_while_everybody_stayed_at_home(told: list[Told]) -> None:
    then = [note for note in told if locked_down(note.at.date()) and note.outcome == "met"]
    assert then
    met = [note for note in then if note.how == "home visit" and not note.single]
    assert len(met) < len(then) * 0.1


def test_what_is_closed_was_promised_before(lives: list[Life]) -> None:
    for life in lives:
        promised: list[str] = []
        for note in life.told:
            for line in note.lines:
                if line.sign == "x" and line.becomes in ("done", "let go", "not done"):
                    assert (
                        any(line.about in step for step in promised)
                        or "hope" in line.becomes
                        or (line.becomes == "let go")
                    ), (life.key, line.words)
                if line.sign == ">":
                    promised.append(re.sub(r" by \w{3} \d+ \w{3}", "", line.words))


def test_a_step_has_a_day_that_lies_ahead(told: list[Told]) -> None:
    for note in told:
        for line in note.lines:
            if line.by is not None:
                assert line.by >= note.at.date()


def test_nothing_is_told_of_as_later_than_today_or_twice_at_one_time(told: list[Told]) -> None:
    assert all(earlier.at < later.at for earlier, later in pairwise(told))
    assert told[-1].at.date() < TODAY


def test_whoever_is_still_with_us_was_met_lately(patch: Patch, lives: list[Life]) -> None:
    for life in lives:
        if patch.card(life.key).story in ("steady", "slow", "grows", "returns"):
            last = [note.at.date() for note in life.told if note.outcome == "met"][-1]
            assert TODAY - last < timedelta(days=28), life.key


def test_somebody_who_died_is_told_of_no_more_after_the_funeral(lives: list[Life]) -> None:
    for life in lives:
        for turn in life.turns:
            if turn.kind == "died":
                after = [note for note in life.told if note.at.date() > turn.on]
                assert len(after) <= 2


def test_the_same_seed_tells_the_same_and_another_seed_another(patch: Patch) -> None:
    def story(seed: int) -> list[str]:
        told = stories.tell_all(patch, seed=seed, today=TODAY, years=0.3)
        return [note.text for life in told for note in life.told]

    assert story(3) == story(3)
    assert story(3) != story(4)


def test_the_usual_caseload_has_a_few_months_of_notes(patch: Patch) -> None:
    told = stories.tell_all(patch, seed=1, today=TODAY)
    assert 550 < sum(len(life.told) for life in told) < 1000


# -- by hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2026, 11, 27), date(2027, 1, 4), date(2028, 2, 29)])
def test_the_week_by_hand_is_read_on_any_day(patch: Patch, day: date) -> None:
    lives = {life.key: life for life in week.by_hand(patch, day)}
    dean = lives["dean"].told[-1]
    assert dean.at.date() < day
    assert "[" not in "".join(note.text for life in lives.values() for note in life.told)
    assert all(note.at.date() <= day for life in lives.values() for note in life.told)


def test_on_the_friday_of_the_week_its_days_are_those_that_were_told(patch: Patch) -> None:
    lives = {life.key: life for life in week.by_hand(patch, TODAY)}
    text = lives["dean"].told[-1].text
    assert "dated 9 November, so he has until 9 December" in text
    assert "> Ann: ring Dean, Fri 27 Nov 9:30" in text
    assert "MUST be in by Wed 9 Dec" in text
    harold = lives["harold"].told[-1].text
    assert "Harold died on Tuesday" in harold
    assert "Funeral Thu 10 Dec" in harold
