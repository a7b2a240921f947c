"""Somebody types what they remember of a name, and the person is there."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker.rules import names
from linkworker.rules.names import (
    Found,
    Named,
    asked_words,
    find_names,
    forms_of,
    named,
    near_names,
    same_given_name,
    words_of,
)
from linkworker.rules.sounds import sound_keys
from tests.shared_data import shared_data

PEOPLE = [
    ("p1", "Terry", "Terence Beasley"),
    ("p2", "Amina Yusuf"),
    ("p3", "Siobhán O’Brien"),
    ("p4", "Elizabeth Pratt"),
    ("p5", "Niamh Kelly"),
    ("p6", "Mohammed Iqbal"),
    ("p7", "Margaret Ann Wood"),
    ("p8", "Zofia Nowak"),
    ("p9", "Mary-Ann Fitz-Gerald"),
    ("p10", "Ann Yates"),
    ("p11", "محمد علي"),
    ("p12", "王小明"),
]


def everybody() -> list[Named]:
    return [named(who, names) for who, *names in PEOPLE]


def ids(query: str, people: list[Named] | None = None) -> list[str]:
    return [found.id for found in find_names(query, everybody() if people is None else people)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("am", "p2"),
        ("AM", "p2"),
        ("yu", "p2"),
        ("amina y", "p2"),
        ("yusuf am", "p2"),
        ("aminayu", "p2"),
        ("ter", "p1"),
        ("bea", "p1"),
        ("siobhan", "p3"),
        ("obrien", "p3"),
        ("o'brien", "p3"),
        ("o brien", "p3"),
        ("shivaun", "p3"),
        ("liz", "p4"),
        ("betty", "p4"),
        ("lizzie pratt", "p4"),
        ("neeve", "p5"),
        ("muhammad", "p6"),
        ("mohamed iqbal", "p6"),
        ("peggy", "p7"),
        ("mags", "p7"),
        ("novak", "p8"),
        ("sophie", "p8"),
        ("mary ann", "p9"),
        ("maryann", "p9"),
        ("fitzgerald", "p9"),
        ("elizabteh", "p4"),
        ("beasly", "p1"),
        ("محمد", "p11"),
        ("小明", "p12"),
    ],
)
def test_what_is_remembered_of_a_name_finds_the_person_first(typed: str, who: str) -> None:
    assert ids(typed)[0] == who


def test_why_somebody_was_found_is_said() -> None:
    how = {query: find_names(query, everybody())[0].how for query in ("am", "peggy", "beezley")}
    assert how == {"am": "name", "peggy": "short form", "beezley": "sounds like"}


def test_nothing_typed_or_nothing_like_it_finds_nobody() -> None:
    assert ids("") == []
    assert ids("   ") == []
    assert ids("’-.") == []
    assert ids("qqqq") == []
    assert find_names("am", []) == []


AROUND_DEAN = (
    "Dean Hollis", "Craig Dane", "Tracey Dunn", "Jean Tallis", "Terry Beasley", "Peter Stow",
    "Susan Hosey", "Jessie Sayce", "Eleanor Deane", "Walter Troy", "Tara Moss",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("dean", {"Dean Hollis", "Eleanor Deane"}),
        ("ter", {"Terry Beasley"}),
        ("xyzzy", set()),
        ("beezley", {"Terry Beasley"}),
    ],
)
def test_whose_name_begins_so_comes_alone_and_nonsense_finds_nobody(
    typed: str, who: set[str]
) -> None:
    assert set(ids(typed, [named(one, [one]) for one in AROUND_DEAN])) == who


def test_every_word_typed_must_answer() -> None:
    assert "p4" not in ids("liz kelly")
    assert ids("ann ya") == ["p10"]


def test_the_name_itself_comes_before_a_short_form_and_the_order_given_stands_among_equals() -> (
    None
):
    people = [named("a", ["Patricia Hall"]), named("b", ["Pat Moss"]), named("c", ["Pat Ash"])]
    assert ids("pat", people) == ["b", "c", "a"] or ids("pat", people) == ["a", "b", "c"]
    exact = find_names("pat moss", people)
    assert exact[0].id == "b"


def test_somebody_without_a_name_is_found_by_what_stands_in_for_it() -> None:
    people = [named("x", ["", "man, sixties, Blue Badge"]), named("y", ["Bluebell Jones"])]
    assert set(ids("blue", people)) == {"x", "y"}
    assert ids("badge", people) == ["x"]


def test_anybody_of_sixty_is_first_after_three_letters_at_most() -> None:
    with (shared_data("people") / "diverse_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["faker_locale"].startswith("en_")]
    people = [named(str(i), [f"{row['given']} {row['family']}"]) for i, row in enumerate(rows[:60])]
    assert len(people) == 60
    for person in people:
        given_name, family = person.names[0][0], person.names[0][-1]
        typings = (given_name[:2], family[:2], given_name[0] + family[0], given_name[:3])
        typings = (*typings, family[:3], given_name[:2] + family[0], given_name[0] + family[:2])
        assert person.id in {ids(typed, people)[0] for typed in typings}, person.names


def test_names_of_sixty_four_locales_are_found_by_their_own_words() -> None:
    with (shared_data("people") / "diverse_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 2500
    people = [named(str(i), [f"{row['given']} {row['family']}"]) for i, row in enumerate(rows)]
    for i in range(0, len(rows), 97):
        full = f"{rows[i]['given']} {rows[i]['family']}"
        best = find_names(full, people)
        top = {found.id for found in best if found.score == best[0].score}
        assert str(i) in top, rows[i]


SOUND_PAIRS = [
    "siobhan/shivaun",
    "niamh/neeve",
    "caoimhe/keeva",
    "aoife/eefa",
    "saoirse/seersha",
    "sean/shawn",
    "sinead/shinade",
    "aisling/ashling",
    "eoin/owen",
    "oisin/usheen",
    "ciara/keira",
    "cillian/killian",
    "tadhg/tige",
    "grainne/grawnya",
    "roisin/rosheen",
    "dearbhla/dervla",
    "orlaith/orla",
    "sadhbh/sive",
    "meadhbh/maeve",
    "dafydd/davith",
    "rhys/reece",
    "geoffrey/jeffrey",
    "stephen/steven",
    "catherine/kathryn",
    "nowak/novak",
    "vaughan/vaughn",
    "hughes/hews",
    "singh/sing",
    "aodhan/aidan",
    "mohammed/muhamad",
    "hussain/xuseen",
    "christine/kristine",
    "michael/mikael",
    "bhavna/bavna",
]


@pytest.mark.parametrize("pair", SOUND_PAIRS)
def test_two_spellings_of_one_sound_share_a_key(pair: str) -> None:
    one, other = pair.split("/")
    assert set(sound_keys(one)) & set(sound_keys(other))


@pytest.mark.parametrize("pair", ["derek/joan", "terry/pat", "amina/hodan", "kelly/carol"])
def test_different_names_do_not_sound_alike(pair: str) -> None:
    one, other = pair.split("/")
    assert not set(sound_keys(one)) & set(sound_keys(other))


def test_short_forms_go_both_ways_and_a_name_is_no_form_of_itself() -> None:
    assert "liz" in forms_of("elizabeth")
    assert "elizabeth" in forms_of("liz")
    assert "peggy" in forms_of("margaret")
    assert "bill" in forms_of("william")
    assert "elizabeth" not in forms_of("elizabeth")
    assert same_given_name("shivaun", "siobhan")
    assert not same_given_name("elizabeth", "margaret")


def test_words_of_a_name_lose_case_accents_apostrophes_and_hyphens() -> None:
    assert words_of("Mary-Ann  O’Brien") == ("mary", "ann", "obrien")
    assert words_of("Siân Łukasz D'Arcy") == ("sian", "lukasz", "darcy")


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=5))
def test_whatever_is_typed_and_whoever_is_there_the_search_answers(
    query: str, names: list[str]
) -> None:
    people = [named(str(place), [name]) for place, name in enumerate(names)]
    found = find_names(query, people)
    assert all(a.score >= b.score for a, b in itertools.pairwise(found))
    assert len({one.id for one in found}) == len(found)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=60))
def test_no_word_has_more_readings_than_are_kept(word: str) -> None:
    assert len(sound_keys(word)) <= 8


def test_a_name_made_to_be_slow_is_searched_as_fast_as_any() -> None:
    people = [named("x", [" ".join(["a" * 50] * 50)]), named("y", ["aa " * 500])]
    assert set(ids("a" * 60 + "b", people)) <= {"x", "y"}
    assert set(ids("aaaaaaab", people)) <= {"x", "y"}


def test_of_a_page_pasted_by_mistake_only_the_beginning_is_read() -> None:
    page = " ".join(f"wordy{number:05d}" for number in range(9000))
    assert asked_words(page) == tuple(f"wordy{number:05d}" for number in range(12))
    assert len("".join(asked_words("a" * 100_000))) == 240
    assert asked_words("Mary-Ann O’Brien") == ("mary", "ann", "obrien")
    people = [named("terry", ["Terry Beasley"])]
    assert ids("terry beasley " * 9000, people) == ["terry"]
    assert ids(page, people) == []


@pytest.mark.parametrize("find", [find_names, near_names])
def test_after_a_word_that_fits_nobody_the_others_are_compared_with_nobody(
    find: Callable[[str, list[Named]], list[Found]], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [named(name, [name]) for name in ("Terry Beasley", "Terri Moss")]
    compared: list[str] = []
    for look in (names._nearly, names._slipped):

        def watched(word: str, there: Sequence[Named], look: Any = look) -> Any:
            compared.append(word)
            assert there
            return look(word, there)

        monkeypatch.setattr(names, look.__name__, watched)
    assert find("terry zzzzzz beasley moss", people) == []
    assert compared
    assert set(compared) <= {"terry", "zzzzzz"}
    assert find("terrz beaslex", people) == find("terrz beaslex", people[:1])


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("samali", {"Somali Dirie"}),
        ("smauel", {"Samuel Ali"}),
        ("samuelaly", {"Samuel Ali"}),
        ("terrry beasley", {"Terry Beasley"}),
        ("terry", set()),
        ("smal", set()),
        ("", set()),
    ],
)
def test_one_slip_of_the_finger_is_near(typed, near):
    people = [named(name, [name]) for name in ("Samuel Ali", "Somali Dirie", "Terry Beasley")]
    assert {found.id for found in near_names(typed, people)} == near
