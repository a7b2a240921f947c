"""What a made-up note may not say of somebody: what their card, the day or the heading denies."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linkworker.madeup import stories, week
from linkworker.madeup.english import MONTHS
from linkworker.madeup.patch import Patch, load
from linkworker.madeup.telling import Life, Told

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module", params=[("leicestershire", 4, 0.4), ("liverpool", 3, 3)])
def told(request: pytest.FixtureRequest) -> tuple[Patch, list[Life]]:
    key, seed, years = request.param
    patch = load(key)
    return patch, stories.tell_all(patch, seed=seed, today=TODAY, years=years)


def notes(told: tuple[Patch, list[Life]]) -> list[Told]:
    return [note for life in told[1] for note in life.told]


HERE = re.compile(
    r"^(?:Met at|At|We met on the bench outside|Met in|\w+ came into) (.+?)"
    r"(?:\.|,| while| with|, the| everybody| off)"
)


def test_a_heading_names_the_place_that_its_text_names(told: tuple[Patch, list[Life]]) -> None:
    patch, lives = told
    seen = 0
    for life in lives:
        home = patch.places[patch.card(life.key).village]
        about = (home.library, home.cafe, home.hall, home.shop, patch.about["town"])
        for note in life.told:
            found = HERE.match(note.text)
            if note.how == "met out" and note.outcome == "met" and found and found[1] in about:
                assert note.place == found[1], note
                seen += 1
    assert seen > 10


LONG = {
    r"^Five minutes on": 5,
    r"^Two minutes on": 2,
    r"ten minutes, not a visit": 10,
    r"^They were not at .* Waited twenty minutes|Waited twenty minutes": 20,
    r"then stayed on half an hour": 30,
    r"together\. An hour,": 60,
    r"stayed an hour and a half": 90,
}


def test_a_heading_says_how_long_the_text_says_it_took(told: tuple[Patch, list[Life]]) -> None:
    seen = 0
    for note in notes(told):
        for words, minutes in LONG.items():
            if re.search(words, note.text):
                assert note.minutes == minutes, note
                seen += 1
    assert seen > 5


def test_who_has_no_door_gets_no_card_and_no_knock(told: tuple[Patch, list[Life]]) -> None:
    patch, lives = told
    for life in lives:
        if {"homeless", "nomessage"} & patch.card(life.key).facts:
            for note in life.told:
                assert note.outcome not in ("card through the door", "left a voicemail"), note
                assert (note.how, note.outcome) != ("home visit", "no answer"), note


def test_who_asks_for_texts_is_not_rung_and_a_phone_at_home_gets_none(
    told: tuple[Patch, list[Life]],
) -> None:
    patch, lives = told
    for life in lives:
        card = patch.card(life.key)
        texts = "text" in card.needs.lower()
        for note in life.told:
            if texts and note.at.date() > life.introduced_on:
                assert note.how != "phone", note
                assert not re.search(r"\brang me\b|radio on|carols", note.text), note
            if card.age >= 60 and not texts and "nomessage" not in card.facts:
                assert note.how != "text or message", note


def test_who_has_an_interpreter_is_visited_with_one(told: tuple[Patch, list[Life]]) -> None:
    patch, lives = told
    seen = 0
    for life in lives:
        card = patch.card(life.key)
        for note in life.told:
            met = note.how == "home visit" and note.outcome == "met" and not note.single
            if card.interpreter and met and note.people == (life.key,):
                assert note.interpreter == card.interpreter, note
                seen += 1
    assert seen > 10


def test_nothing_to_do_is_not_said_above_a_step(told: tuple[Patch, list[Life]]) -> None:
    for note in notes(told):
        if any(line.sign == ">" for line in note.lines):
            assert not re.search(r"\bNo steps\b|Nothing to do from this", note.text), note


def test_a_letter_to_who_is_lost_counts_the_tries_on_record(
    told: tuple[Patch, list[Life]],
) -> None:
    many = {"One try": 1, "Two tries": 2, "Three tries": 3, "Four tries": 4, "Five tries": 5}
    for life in told[1]:
        for place, note in enumerate(life.told):
            said = re.search(r"Nothing since (\w+)\. (?:(\w+ tr\w+), no answer)?", note.text)
            if said:
                before = life.told[:place]
                met = [one for one in before if one.outcome == "met"]
                assert said[1] == MONTHS[(met[-1].at.month if met else note.at.month) - 1]
                since = before[before.index(met[-1]) + 1 :] if met else before
                tries = [one for one in since if one.outcome in ("no answer", "left a voicemail")]
                assert len(tries) == many.get(said[2] or "", 0), note


REMEMBERED = (
    "nobody else rings before ten",
    "stand on newspaper",
    "on a chair changing a light bulb",
    "like a detective",
    "half asleep",
    "because you said you'd ask",
)


@pytest.mark.parametrize("turn", REMEMBERED)
def test_a_turn_that_one_remembers_is_told_of_two_people_at_most(
    told: tuple[Patch, list[Life]], turn: str
) -> None:
    assert len({note.people[0] for note in notes(told) if turn in note.text}) <= 2


def test_a_month_from_a_letter_is_the_same_day_of_the_next_month() -> None:
    assert week.a_month_on(date(2026, 11, 4)) == date(2026, 12, 4)
    assert week.a_month_on(date(2026, 12, 9)) == date(2027, 1, 9)
    assert week.a_month_on(date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 2, 17), date(2026, 8, 31)])
def test_a_decision_has_a_month_to_be_asked_about(today: date) -> None:
    dean = next(life for life in week.by_hand(load("leicestershire"), today) if life.key == "dean")
    said = re.search(r"dated (\d+) (\w+), so he has until (\d+) (\w+)", dean.told[-1].text)
    assert said is not None
    later = MONTHS[(MONTHS.index(said[2]) + 1) % 12]
    assert said[4] == later
    assert said[3] == said[1] or int(said[1]) > 28


def test_what_a_card_says_was_found_is_no_longer_asked_for() -> None:
    stan = next(life for life in week.by_hand(load("leicestershire"), TODAY) if life.key == "stan")
    asked = [note for note in stan.told if "> Ann: ask round for a clock" in note.text]
    assert asked
    assert "x ask round for a clock that doesn't go: done" in stan.told[-1].text
