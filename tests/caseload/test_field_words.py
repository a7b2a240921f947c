"""Every refusal of a value names its field as somebody would say it, never as a column."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from linkworker import caseload
from linkworker.caseload.field_words import FIELD_WORDS, said
from linkworker.caseload.writing import Subject, check_all
from linkworker.exchange.person_fields import field_names
from linkworker.refusal import Refused


class NoValue:
    """What no field may hold."""


def subjects() -> list[Subject]:
    rooms = (one.name for one in pkgutil.iter_modules(caseload.__path__))
    held = (vars(importlib.import_module(f"linkworker.caseload.{room}")) for room in rooms)
    return list(
        {
            one.table: one for names in held for one in names.values() if isinstance(one, Subject)
        }.values()
    )


def test_there_are_subjects_to_look_at() -> None:
    assert {"person", "step", "tie", "address"} <= {one.table for one in subjects()}


@pytest.mark.parametrize("subject", subjects(), ids=lambda one: one.table)
def test_a_value_that_cannot_be_is_refused_in_the_words_of_its_field(subject: Subject) -> None:
    for name in subject.fields:
        with pytest.raises(Refused) as caught:
            check_all(subject, {name: NoValue()})
        assert caught.value.what == f"The {said(name)} was not kept.", name
        assert "_" not in caught.value.what


def test_how_exactly_somebody_s_birth_date_is_known_is_said_in_words() -> None:
    person = next(one for one in subjects() if one.table == "person")
    with pytest.raises(Refused) as caught:
        check_all(person, {"born_precision": "roughly"})
    assert caught.value.what == "The exactness of the birth date was not kept."


def test_the_table_names_only_fields_that_there_are() -> None:
    there = {name for one in subjects() for name in one.fields} | set(field_names())
    there.add("hidden_at")  # two may settle otherwise whether a line stays
    assert set(FIELD_WORDS) <= there


def test_no_field_that_a_script_may_set_is_told_by_its_column() -> None:
    assert [name for name in field_names() if "_" in said(name)] == []
