"""Whether the made-up lives hang together: nobody acts who is dead, and nothing is worn out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from linkworker.madeup import stories, week
from linkworker.madeup.english import LONG_DAYS
from linkworker.madeup.patch import Patch, load
from linkworker.madeup.telling import Life, Told
from linkworker.rules.marks import read_note
from tests.madeup.conftest import TODAY, Lives

CASES = [("leicestershire", 1, 10), ("leicestershire", 2, 3), ("liverpool", 3, 3)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[2]} years")
def case(
    request: pytest.FixtureRequest, lives_of: Callable[[str, int, int], Lives]
) -> tuple[Patch, tuple[Life, ...]]:
    patch, seed, years = request.param
    return load(patch), lives_of(patch, seed, years)


def turns(life: Life, *kinds: str) -> Iterator[date]:
    return (turn.on for turn in life.turns if turn.kind in kinds)


# -- What cannot both be true ---------------------------------------------------------------------


def test_nobody_is_visited_before_the_first_conversation(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    for life in case[1]:
        for note in life.told:
            assert note.at.date() >= life.introduced_on, (life.key, note.at)
            if life.first_talk is None or note.at.date() < life.first_talk:
                by_phone = note.how in ("phone", "text or message")
                assert by_phone or note.outcome == "card through the door", (life.key, note.text)


def test_who_died_moved_away_or_ended_is_met_no_more(case: tuple[Patch, tuple[Life, ...]]) -> None:
    for life in case[1]:
        for on in turns(life, "died"):
            after = [note.text for note in life.told if note.at.date() > on]
            assert len(after) <= 2, (life.key, after)
            assert all("died" in text or "uneral" in text or "Called" in text for text in after)
        for on in turns(life, "moved away", "ended", "lost touch"):
            assert [note.text for note in life.told if note.at.date() > on] == [], life.key


def test_the_day_of_a_death_is_the_same_in_the_note_and_in_the_record(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    for life in case[1]:
        for turn in life.turns:
            if turn.kind in ("died", "in hospital", "in prison"):
                near = [
                    note.text
                    for note in life.told
                    if 0 <= (note.at.date() - turn.on).days <= 4 and LONG_DAYS[turn.on.weekday()]
                ]
                assert any(LONG_DAYS[turn.on.weekday()] in text or "my number" in text
                           for text in near), (life.key, near)  # fmt: skip


def test_who_is_in_hospital_or_prison_or_dead_comes_by_in_nobodys_notes(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    patch, told = case
    since = {
        life.key: on
        for life in told
        for on in turns(life, "died", "in hospital", "in prison")
    }  # fmt: skip
    for life in told:
        for tie in patch.card(life.key).ties:
            if tie.other in since:
                about = re.compile(rf"\b{re.escape(tie.name)}\b")
                for note in life.told:
                    if note.at.date() > since[tie.other]:
                        assert not about.search(read_note(note.text).story), note.text


def test_a_dog_that_died_barks_no_more(case: tuple[Patch, tuple[Life, ...]]) -> None:
    patch, told = case
    for life in told:
        pet = patch.card(life.key).things.get("pet", "").partition(" ")[2]
        died = [
            note.at
            for note in life.told
            if pet and re.search(rf"\b{re.escape(pet)} (died|went on)", note.text)
        ]
        for note in life.told:
            if died and note.at > died[0]:
                assert not re.search(rf"\b{re.escape(pet)}\b", read_note(note.text).story), note


def test_whoever_is_not_spoken_to_does_not_drop_in(case: tuple[Patch, tuple[Life, ...]]) -> None:
    for life in case[1]:
        not_speaking = ""
        for note in life.told:
            for line in note.lines:
                if line.sign == "~" and line.words.startswith("not speaking to "):
                    not_speaking = line.words.removeprefix("not speaking to ")
                elif line.sign == "@" and not_speaking and not_speaking in line.words:
                    not_speaking = ""
            if not_speaking:
                dropped_in = rf"{re.escape(not_speaking)} (was there|rang while|has been over)"
                assert not re.search(dropped_in, note.text), (life.key, note.text)


def test_couples_are_visited_together_and_it_stands_in_both_records(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    patch, told = case
    by_key = {life.key: life for life in told}
    shared = [note for life in told for note in life.told if len(note.people) == 2]
    assert len(shared) > 6
    for note in shared:
        one, other = note.people
        assert any(tie.other == other for tie in patch.card(one).ties)
        for key in note.people:
            first = by_key[key].first_talk
            assert first is not None
            assert note.at.date() > first
            assert all(on > note.at.date() for on in turns(by_key[key], "died", "ended"))


def test_what_comes_once_a_year_comes_in_its_week(case: tuple[Patch, tuple[Life, ...]]) -> None:
    for life in case[1]:
        for note in life.told:
            day = note.at.date()
            if "School breaks up on Friday" in note.text:
                assert date(day.year, 7, 16) <= day <= date(day.year, 7, 22)
            if "First visit of the year" in note.text:
                assert (day.month, day.day) <= (1, 12)
            if "Clocks go forward on Sunday" in note.text:
                sunday = day + timedelta(days=6 - day.weekday())
                assert sunday.month == 3
                assert sunday.day > 24


def test_the_notes_by_hand_begin_after_the_introduction(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    patch, years = case
    months = stories.tell_all(patch, seed=1, today=TODAY, years=0.4)
    for told in (months, years):
        together = week.everybody([*told, *week.by_hand(patch, TODAY)])
        for life in together.values():
            assert all(note.at.date() >= life.introduced_on for note in life.told), life.key


def test_on_the_telephone_nobody_sees_anybody_home(case: tuple[Patch, tuple[Life, ...]]) -> None:
    there = re.compile(r"by the time I left|over (his|her|their) arm|when I left|gave me (a|six)")
    for life in case[1]:
        for note in life.told:
            if note.how == "phone" and note.outcome == "met" and not note.single:
                assert not there.search(read_note(note.text).story), note.text


# -- What is worn out -----------------------------------------------------------------------------

SAME = re.compile(r"\b(she|he|they|hers?|him|them|his|theirs?|\w+day|himself|herself|themselves)\b")


def plain(sentence: str, names: re.Pattern[str]) -> str:
    """The sentence with names, pronouns and days alike, without its punctuation."""
    return " ".join(re.findall(r"[\w’'·]+", SAME.sub("·", names.sub("·", sentence).lower())))


def names_of(patch: Patch) -> re.Pattern[str]:
    names = {name for card in patch.people for name in (card.given, card.called, card.family)}
    names |= {tie.name for card in patch.people for tie in card.ties}
    names |= {group.leader for group in patch.groups.values()}
    names |= {card.things.get("pet", "").partition(" ")[2] for card in patch.people}
    ordered = sorted(names - {""}, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, ordered))})\b")


def said(note: Told, names: re.Pattern[str]) -> list[str]:
    story = re.split(r"[.?!]+[\"\s]+|\n+", read_note(note.text).story)
    return [one for sentence in story if (one := plain(sentence, names)).count(" ") > 3]


def test_no_sentence_of_five_words_stands_in_more_than_one_note_in_five_hundred(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    patch, told = case
    names = names_of(patch)
    notes = [note for life in told for note in life.told]
    times = Counter(one for note in notes for one in set(said(note, names)))
    (most, count), *_ = times.most_common(1)
    assert count < max(20, len(notes) / 500), (most, count)


def test_over_ten_years_hardly_a_sentence_comes_again_in_one_life(
    case: tuple[Patch, tuple[Life, ...]],
) -> None:
    patch, told = case
    names = names_of(patch)
    for life in told:
        times = Counter(one for note in life.told for one in said(note, names))
        if times.total() > 200:
            again = times.total() - len(times)
            assert again / times.total() < 0.02, (life.key, times.most_common(5))


def test_a_sentence_begins_with_a_large_letter(case: tuple[Patch, tuple[Life, ...]]) -> None:
    small = re.compile(r"[a-z)][.?!] [a-z]")
    for life in case[1]:
        for note in life.told:
            story = read_note(note.text).story
            for found in small.finditer(story):
                assert story.count('"', 0, found.end() - 1) % 2 == 1, story
            assert not re.match("[a-z]", story), story
