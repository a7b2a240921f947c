"""The public page, as whoever writes to it meets it, and as an attacker would."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkworker.frontdoor.page import QUESTIONS, TRAP
from linkworker.frontdoor.words import WORDS
from linkworker.hatch import MOST_WAITING
from tests.frontdoor.doors import WELL, FrontDoor, open_door


@pytest.fixture
def door(tmp_path: Path) -> Iterator[FrontDoor]:
    with open_door(tmp_path / "door") as found:
        yield found


def fields(page: str) -> dict[str, str]:
    """Return what stands in the page's fields."""
    found = {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<input id="[^"]*" name="(\w+)" type="text" value="([^"]*)"', page
        )
    }
    found |= {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<textarea id="[^"]*" name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.S
        )
    }
    found |= {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(\w+)" value="([^"]*)" checked', page)
    }
    return {name: value for name, value in found.items() if value}


def test_a_neighbour_tells_us_and_hears_that_we_have_it(door: FrontDoor) -> None:
    status, headers, _ = door.send(WELL)
    assert (status, headers["location"]) == (303, "/thanks")
    status, _, thanks = door.ask("GET", "/thanks")
    assert status == 200
    assert "We have your message" in thanks
    (said,) = door.came()
    assert (said.called, said.reason, said.knows) == ("Terry", WELL["reason"], "yes")
    assert said.safe_to_reach == "Ring: yes, text: no."
    assert said.how == "front door"


def test_somebody_writes_of_themself_in_welsh(door: FrontDoor) -> None:
    _, _, page = door.ask("GET", "/cy")
    assert '<html lang="cy">' in page
    typed = {"who": "myself", "reach": "neges i 07700 900123", "reason": "Hoffwn gwmni"}
    status, headers, _ = door.send(typed, "/cy")
    assert (status, headers["location"]) == (303, "/cy/diolch")
    (said,) = door.came()
    assert (said.reason, said.how) == ("Hoffwn gwmni", "by themself")


def test_every_sentence_of_the_page_has_its_welsh() -> None:
    same = {name for name, (english, welsh) in WORDS.items() if english == welsh or not welsh}
    assert same == set()


def test_what_is_missing_is_said_at_its_question_and_all_that_was_typed_stays(
    door: FrontDoor,
) -> None:
    typed = {**WELL, "reason": "", "called": 'O\'Neill "Tel" <b>&amp;'}
    status, _, page = door.send(typed)
    assert status == 400
    assert '<a href="#reason">Say what you would like us to know</a>' in page
    assert 'id="reason-error"' in page
    assert 'aria-describedby="reason-hint reason-error" aria-invalid="true"' in page
    assert "<title>Error: " in page
    assert fields(page) == {name: value for name, value in typed.items() if value}
    assert door.came() == []


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [("who", "who"), ("knows", "knows"), ("reach", "reach"), ("reason", "reason")],
)
def test_the_least_that_is_needed_is_asked_for(door: FrontDoor, left_out: str, asked: str) -> None:
    status, _, page = door.send({name: WELL[name] for name in WELL if name != left_out})
    assert status == 400
    assert f'<a href="#{asked}">' in page


def test_nobody_knows_how_to_reach_them_but_us_the_one_who_writes(door: FrontDoor) -> None:
    status, _, _ = door.send({**WELL, "reach": "", "by_contact": "Ray, 01455 496 0100"})
    assert status == 303


@pytest.mark.parametrize("language", ["/", "/cy"])
def test_the_page_needs_no_script_no_cookie_and_nobody_else(door: FrontDoor, language: str) -> None:
    status, headers, page = door.ask("GET", language)
    assert status == 200
    assert "<script" not in page
    assert "set-cookie" not in headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")
    assert re.findall(r'(?:src|href|action)="(https?:[^"]*)"', page) == [
        "https://www.bbc.co.uk/weather"
    ]
    assert "999" in page
    assert "111" in page
    assert {name for name in QUESTIONS if f'name="{name}"' in page} == set(QUESTIONS)


def test_nothing_of_what_was_sent_lies_readable_on_the_disk(door: FrontDoor) -> None:
    door.send({**WELL, "reason": "Canary of the front door"})
    assert len(door.came()) == 1
    for path in door.folder.rglob("*"):
        if path.is_file():
            assert b"Canary" not in path.read_bytes()
            assert b"Terry" not in path.read_bytes()


def test_a_program_that_answers_what_nobody_sees_is_thanked_and_forgotten(door: FrontDoor) -> None:
    status, headers, _ = door.send({**WELL, TRAP: "https://spam.example"})
    assert (status, headers["location"]) == (303, "/thanks")
    assert door.came() == []


def test_who_sends_too_often_waits_and_loses_no_word(door: FrontDoor) -> None:
    for _ in range(10):
        assert door.send(WELL)[0] == 303
    status, headers, page = door.send(WELL)
    assert status == 429
    assert int(headers["retry-after"]) > 0
    assert fields(page) == WELL
    assert len(door.came()) == 10


def test_a_full_hatch_takes_no_more(door: FrontDoor) -> None:
    for number in range(MOST_WAITING):
        (door.folder / "in" / f"{number}.sealed").touch()
    status, _, page = door.send(WELL)
    assert status == 429
    assert fields(page) == WELL


def test_what_is_too_large_is_refused(door: FrontDoor) -> None:
    status, _, page = door.send({**WELL, "reason": "x" * 300_000})
    assert (status, "fewer words" in page) == (413, True)
    status, _, page = door.send({**WELL, "reason": "x" * 9_000})
    assert (status, "too long" in page) == (400, True)
    assert door.came() == []


@pytest.mark.parametrize(
    "path", ["/nothing", "/cy/nothing", "/v1/nothing", "/../etc/passwd", "/%00"]
)
def test_there_is_nothing_else_here(door: FrontDoor, path: str) -> None:
    assert door.ask("GET", path)[0] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_is_asked_in_no_other_way(door: FrontDoor, method: str) -> None:
    assert door.ask(method, "/")[0] == 405
