"""What is missing, and the community diary counted, from a script."""

from __future__ import annotations

import json

import pytest

from linkworker.caseload import community_diary as diary
from linkworker.rules.days import add_months
from tests.conftest import PASSPHRASE
from tests.shell.conftest import Shell


def logged(shell: Shell, **said: object) -> dict[str, object]:
    ran = shell("gaps", "new", "--json", given=json.dumps(said))
    assert (ran.status, ran.err) == (0, "")
    made: dict[str, object] = ran.json
    return made


def test_a_gap_is_logged_listed_and_taken_back(shell: Shell) -> None:
    assert shell("gaps", "--json").json == []
    assert "Nothing is missing" in shell("gaps").text
    made = logged(
        shell, words="a bus after six", area="Enderby", kind="getting there", how_many=3,
        on="2026-11-02",
    )  # fmt: skip
    assert made["alike"] == []
    (listed,) = shell("gaps", "--json").json
    assert listed == {
        "gap": made["gap"],
        "words": "a bus after six",
        "kind": "getting there",
        "area": "Enderby",
        "how_many": 3,
        "first_on": "2026-11-02",
        "last_on": "2026-11-02",
        "closed_on": None,
        "closed_by": "",
    }
    assert "3 people · a bus after six · Enderby · getting there" in shell("gaps").text
    again = logged(shell, words="a bus from the estate after six")
    assert [one["words"] for one in again["alike"]] == ["a bus after six"]  # type: ignore[attr-defined]
    assert shell("undo", "--json").json["undone"] == "logged a gap"
    assert len(shell("gaps", "--json").json) == 1


@pytest.mark.parametrize(
    "given",
    [
        "not json",
        "{}",
        '{"words": ""}',
        '{"words": 7}',
        '{"words": "a bus", "how_many": "3"}',
        '{"words": "a bus", "how_many": true}',
        '{"words": "a bus", "how_many": -1}',
        '{"words": "a bus", "kind": "nonsense"}',
        '{"words": "a bus", "on": "Friday"}',
        '{"words": "a bus", "on": []}',
        '{"words": "a bus", "person": "x"}',
        '{"words": "a bus for somebody at LE9 8EB"}',
    ],
)
def test_what_is_no_gap_is_refused_and_never_repeated(shell: Shell, given: str) -> None:
    ran = shell("gaps", "new", given=given)
    assert ran.status == 1
    assert ran.err
    assert "nonsense" not in ran.err
    assert "LE9" not in ran.err
    assert shell("gaps", "--json").json == []


def test_a_gap_that_names_somebody_is_refused(shell: Shell) -> None:
    shell("introductions", "new", given='{"given": "Dilys", "family": "Owen"}')
    ran = shell("gaps", "new", given='{"words": "a bus for Dilys Owen"}')
    assert ran.status == 1
    assert "name" in ran.err
    assert "Dilys" not in ran.err


def test_the_diary_is_counted(shell: Shell) -> None:
    from linkworker.store import Store

    store = Store.at(shell.folder)
    store.unlock(PASSPHRASE)
    with store.write("a diary") as tx:
        today = tx.today
        choir = diary.add_group(tx, "Singers", our_part="started", begun_on=add_months(today, -24))
        diary.step_back(tx, choir, add_months(today, -13))
        diary.still_runs(tx, choir, "yes", on=add_months(today, -7))
        diary.add_group(tx, "Bowls", our_part="supported", begun_on=add_months(today, -3))
        for minutes in (30, 45):
            diary.write_down(tx, "talked to the chapel", minutes=minutes)
        diary.add_session(tx, group_id=choir, names=["Joan", "Stan"], unwritten=3)
        mo = diary.add_volunteer(tx, "Mo")
        diary.gave_time(tx, mo, 90)
        diary.add_volunteer(tx, "Who gave none")
    store.lock()
    found = shell("diary", "--json").json
    assert found["work"] == [{"kind": "conversation", "times": 2, "minutes": 75}]
    assert (found["sessions"], found["heads"]) == (1, 5)
    assert (found["volunteers"], found["volunteer_minutes"]) == (1, 90)
    assert (found["supported"], found["started"], found["without_us"]) == (1, 1, 1)
    assert found["goes_on"] == [
        {"months": 6, "yes": 1, "no": 0, "not_known": 0},
        {"months": 12, "yes": 0, "no": 0, "not_known": 1},
    ]
    said = shell("diary").text
    assert "conversation: 2, 1 h 15" in said
    assert "Mo" not in said
    before = shell("diary", "--json", "--since", "2020-01-01", "--until", "2020-12-31").json
    assert before["work"] == []
    assert before["goes_on"][0]["yes"] == 0
    assert shell("diary", "--since", "soon").status == 2
    assert shell("diary", "--since", "2026-02-01", "--until", "2026-01-01").status == 2
