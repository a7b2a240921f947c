"""Introductions from a script: words about people on standard input, ids in arguments."""

from __future__ import annotations

import json

import pytest

from tests.shell.conftest import Shell

DILYS = {
    "called": "Dilys Owen",
    "phone": "01455 496 0107",
    "postcode": "LE9 8EB",
    "message_is_safe": "no",
    "by_name": "Dr Shah",
    "by_organisation": "Heath Lane",
    "how": "letter or e-mail",
    "their_reason": "low since her husband died",
    "own_reason": "somebody to have tea with",
    "knows": "no",
    "urgency": "this week",
    "safe_to_reach": "ring before 3",
    "answer_to": "Dr Shah",
    "may_answer": False,
}


def taken_down(shell: Shell, **more: object) -> dict[str, str]:
    ran = shell("introductions", "new", "--json", given=json.dumps({**DILYS, **more}))
    assert (ran.status, ran.err) == (0, "")
    found: dict[str, str] = ran.json
    return found


def test_one_is_taken_down_listed_tried_and_accepted(shell: Shell) -> None:
    assert shell("introductions", "--json").json == []
    assert shell("introductions").text == "Nobody waits.\n"
    made = taken_down(shell)
    assert made["may_be"] == []
    listed = shell("introductions", "--json").json
    assert [one["introduction"] for one in listed] == [made["introduction"]]
    wanted = {"their_reason", "own_reason", "knows", "urgency", "safe_to_reach", "answer_to"}
    assert {name: listed[0][name] for name in wanted} == {name: DILYS[name] for name in wanted}
    assert listed[0]["days"] == 0
    assert listed[0]["tell_by"]
    assert shell("people", "--json").json == []
    for how in ("no-answer", "voicemail", "text", "card"):
        assert shell("introductions", "tried", made["introduction"], how).status == 0
    assert len(shell("introductions", "--json").json[0]["tries"]) == 4
    line = shell("introductions").text
    assert "Dilys Owen · Dr Shah, Heath Lane · this week · to be told by" in line
    assert shell("introductions", "told", line.split()[0]).status == 0
    assert shell("introductions", "accept", made["person"], "--level", "2").status == 0
    people = shell("people", "--json").json
    assert [(one["name"], one["level"]) for one in people] == [("Dilys Owen", 2)]
    assert shell("undo", "--json").json["undone"] == "accepted an introduction"
    assert len(shell("introductions", "--json").json) == 1


def test_it_comes_to_nothing_for_a_reason_that_comes_on_input(shell: Shell) -> None:
    made = taken_down(shell)
    which = made["introduction"]
    assert shell("introductions", "end", which, "declined", given="").status == 1
    ran = shell("introductions", "end", which, "declined", "--json", given="her sister moved in\n")
    assert ran.json == {"introduction": which, "person": made["person"]}
    assert shell("introductions", "--json").json == []
    ended = shell("introductions", "--all", "--json").json
    assert (ended[0]["outcome"], ended[0]["outcome_why"]) == ("declined", "her sister moved in")
    again = shell("introductions", "accept", which)
    assert again.status == 1
    assert "waits no more" in again.err


def test_who_it_may_be_is_explained_and_joined_only_when_said(shell: Shell, terry_id: str) -> None:
    shell("set", terry_id, given='{"called": "Terry Beasley", "mobile": "07700 900123"}')
    made = taken_down(shell, called="Terence Beasley", phone="07700 900123")
    assert [one["person"] for one in made["may_be"]] == [terry_id]
    assert "phone number" in made["may_be"][0]["why"]  # type: ignore[index]
    assert len(shell("introductions", "--json").json) == 1
    assert shell("introductions", "known", made["introduction"], terry_id).status == 0
    assert shell("introductions", "--json").json == []
    assert [one["id"] for one in shell("people", "--json").json] == [terry_id]
    assert shell("undo").status == 0
    assert len(shell("introductions", "--json").json) == 1


@pytest.mark.parametrize(
    "given",
    [
        "{}",
        "[]",
        "not json",
        '{"colour": "blue"}',
        '{"called": 7}',
        '{"called": "A", "knows": "perhaps"}',
        '{"called": "A", "may_answer": "perhaps"}',
        '{"called": "A", "came_on": "2999-01-01"}',
        '{"called": "A", "came_on": [1]}',
        '{"called": "A", "message_is_safe": ["yes"]}',
        '{"called": "A", "nhs_number": "999 000 0019"}',
        '{"called": "A", "their_reason": {"a": 1}}',
        '{"called": "A", "called": "B"}',
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(shell: Shell, given: str) -> None:
    ran = shell("introductions", "new", given=given)
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err
    assert "Traceback" not in ran.err
    assert shell("introductions", "--json").json == []


@pytest.mark.parametrize(
    "words",
    [
        ("introductions", "tried", "ffff", "shouted"),
        ("introductions", "end", "ffff", "bored"),
        ("introductions", "accept", "ffff", "--level", "9"),
        ("introductions", "accept", "ffff", "--begun", "yesterday"),
        ("introductions", "accept"),
    ],
)
def test_wrong_usage_is_said(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell(*words, given="why").status == 2


def test_an_id_that_is_not_there_is_refused(shell: Shell) -> None:
    for words in (("told", "ffffffff"), ("accept", "ffffffff"), ("tried", "ffffffff", "text")):
        assert shell("introductions", *words).status == 1


def test_a_terminal_is_not_moved_by_what_was_said(shell: Shell) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202etxet\nnext line"
    fields = ("called", "by_name", "by_organisation", "their_reason", "own_reason", "answer_to")
    taken_down(shell, **{name: f"{name} {hostile}" for name in fields})
    for out in (shell("introductions").text, shell("introductions", "--json").text):
        assert not any(sign in out for sign in "\x1b\x07\u202e")
    assert len(shell("introductions").text.splitlines()) == 1
