"""What a field holds is said as its form says it: nobody chooses between "1" and "0"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linkworker import schema
from linkworker.caseload.shown_values import (
    ONE_WITHOUT_NAME,
    row_words,
    shown_fields,
    shown_value,
)
from linkworker.store import Store

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("table", "held", "said"),
    [
        ("step", {"cannot_slip": 1}, "yes"),
        ("step", {"cannot_slip": 0}, "no"),
        ("step", {"by_day": "2026-12-04"}, "Fri 4 Dec"),
        ("step", {"by_time": "09:30"}, "9:30"),
        ("step", {"who_does": "worker"}, "the coordinator"),
        ("support_event", {"level": 2}, "Level 2 – walking alongside"),
        ("support_event", {"level": 7}, "level 7"),
        ("person", {"born": "1948-01-01", "born_precision": "about"}, "about 1948"),
        ("person", {"born": "1948-05-01", "born_precision": "month"}, "May 1948"),
        ("person", {"born": "1948-05-03", "born_precision": "day"}, "3 May 1948"),
        ("person", {"ethnic_category": "A"}, "White: British"),
        ("person", {"carer": "yes"}, "yes"),
        ("appointment", {"at": "2026-12-01T10:00"}, "Tue 1 Dec 10:00"),
        ("appointment", {"at": "2026-12-01"}, "Tue 1 Dec"),
        ("contact", {"minutes": 50}, "50 min"),
        ("contact", {"happened_at": "2026-11-27T10:05:00.000Z"}, "Fri 27 Nov 10:05"),
        ("tie", {"roles": '["carer", "next of kin"]'}, "carer, next of kin"),
        ("goal", {"words": "bowls"}, "bowls"),
        ("goal", {"state_on": None}, ""),
        ("goal", {"state_words": ""}, ""),
        ("step", {"by_day": "some day"}, "some day"),
        ("step", {"of a newer release": "x"}, "x"),
    ],
)
def test_a_value_is_said_as_the_form_says_it(
    store: Store, table: str, held: dict[str, Any], said: str
) -> None:
    with store.read() as tx:
        assert shown_value(tx, table, next(iter(held)), held, TODAY) == said


def test_what_names_a_row_is_said_by_that_row_s_words(store: Store, terry: str) -> None:
    with store.write("wrote") as tx:
        goal = str(tx.add(schema.Goal(person_id=terry, words="bowls again\non Fridays")).id)
        tie = str(tx.add(schema.Tie(person_id=terry, name="Pat")).id)
    with store.read() as tx:
        for name, row_id, said in (
            ("goal_id", goal, "bowls again"),
            ("who_tie_id", tie, "Pat"),
            ("who_worker_id", store.worker_id, "Ann"),
            ("other_person_id", terry, "Terry Beasley"),
            ("who_tie_id", "gone", ONE_WITHOUT_NAME),
        ):
            assert shown_value(tx, "step", name, {name: row_id}, TODAY) == said


def test_what_is_kept_apart_is_known_by_its_words_on_purpose_only(store: Store, terry: str) -> None:
    with store.write("kept apart", terry) as tx:
        part = str(tx.add(schema.KeptApart(person_id=terry, words="what he said")).id)
    with store.read() as tx:
        assert row_words(tx, "kept_apart", part) == ""
        assert row_words(tx, "kept_apart", part, on_purpose=True) == "what he said"


def test_how_exactly_a_birthday_is_known_is_no_field_of_its_own() -> None:
    assert shown_fields(("born", "born_precision")) == ("born",)
    assert shown_fields(("born_precision",)) == ("born",)
    assert shown_fields(("words", "state")) == ("words", "state")
