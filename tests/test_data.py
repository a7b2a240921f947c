"""docs/data.md and docs/data-prsb.csv say what is true: of the tables, and of the standard."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from linkworker.schema.tables import all_tables
from tests.shared_data import shared_data

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "data.md"
MAPPING = ROOT / "docs" / "data-prsb.csv"
STANDARD = "prsb-social-prescribing-v1.1.csv"

COMMON = {"id", "recorded_at", "recorded_by", "hidden_at"}
"""Described once, at the top of the page; `person_id` and `organisation` too, where the scope says
so."""
STATUSES = {"held", "made from", "planned", "not held"}


@dataclass
class Described:
    """A table as the page describes it; fields by name, with their group."""

    planned: bool
    scope: str = ""
    insert_only: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    planned_fields: dict[str, str] = field(default_factory=dict)
    searched: set[str] = field(default_factory=set)


@cache
def page() -> dict[str, Described]:
    """Read the tables out of the page."""
    found: dict[str, Described] = {}
    here: Described | None = None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"### `(\w+)`( \(planned\))?$", line):
            assert heading[1] not in found, f"{heading[1]} is described twice"
            here = found[heading[1]] = Described(planned=bool(heading[2]))
        elif line.startswith("#"):
            here = None
        elif here and (scope := re.search(r"Scope: (\w+)(, insert-only)?\.$", line)):
            here.scope, here.insert_only = scope[1], bool(scope[2])
        elif here and (row := re.match(r"\| `(\w+)`( ⌕)?( \(planned\))? \| (\w+) \| .+ \|$", line)):
            name, searched, planned, group = row.groups()
            (here.planned_fields if planned else here.fields)[name] = group
            if searched:
                here.searched.add(name)
    return found


def real() -> dict[str, set[str]]:
    """Return the columns of every table that exists."""
    tables = all_tables().tables.values()
    return {table.name: {column.name for column in table.columns} for table in tables}


def mapping() -> list[dict[str, str]]:
    """Return the rows that say where each item of the standard is held."""
    with MAPPING.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def homes(row: dict[str, str]) -> list[tuple[str, str]]:
    """Return the (table, field) pairs that a row names."""
    return [
        (table, name)
        for one in row["home"].split(";")
        if one.strip()
        for table, name in [one.strip().split(".")]
    ]


@pytest.mark.parametrize("name", sorted(real()))
def test_every_column_stands_in_the_page_with_its_group(name):
    table = all_tables().tables[name]
    assert name in page(), f"docs/data.md does not describe {name}"
    described = page()[name]
    own = [column for column in table.columns if column.name not in COMMON]
    told_above = {"person": {"person_id"}, "organisation": {"person_id", "organisation"}}
    own = [one for one in own if one.name not in told_above.get(table.info["scope"], ())]
    groups = {column.name: column.info.get("group") or column.name for column in own}
    assert described.fields == groups
    assert described.searched == {column.name for column in own if column.info.get("searched")}
    assert not described.planned
    assert (described.scope, described.insert_only) == (
        table.info["scope"],
        table.info["insert_only"],
    )


def test_what_is_planned_is_not_there_yet():
    tables = real()
    for name, described in page().items():
        assert described.planned == (name not in tables), name
        assert not described.planned_fields.keys() & tables.get(name, set()), name


def test_nothing_kept_apart_is_searched():
    assert [
        name for name, one in page().items() if one.scope == "restricted" and one.searched
    ] == []


def test_the_tables_of_the_laptop_alone_are_described_too():
    text = PAGE.read_text(encoding="utf-8")
    for path in (
        "linkworker/storage/local.sql",
        "linkworker/oplog/log.sql",
    ):
        sql = (ROOT / path).read_text(encoding="utf-8")
        for name in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", sql):
            assert f"`{name}`" in text, f"{name} of {path}"


def test_every_home_of_the_standard_is_a_real_column_or_a_described_plan():
    tables = real()
    for row in mapping():
        assert row["status"] in STATUSES, row["path"]
        for table, name in homes(row):
            if row["status"] == "planned":
                described = page()[table]
                planned = described.fields if described.planned else described.planned_fields
                assert name in planned, f"{row['path']}: {table}.{name} is not planned"
            else:
                assert name in tables.get(table, ()), f"{row['path']}: no column {table}.{name}"


def test_what_has_no_home_has_a_reason_and_what_has_one_needs_none():
    for row in mapping():
        if row["status"] == "not held":
            assert not row["home"], row["path"]
            assert len(row["remark"].split()) >= 3, f"{row['path']}: why not?"
        else:
            assert row["home"], row["path"]


def test_every_item_of_the_standard_is_placed_once():
    with (shared_data("standards") / STANDARD).open(encoding="utf-8-sig", newline="") as file:
        items = [row["path"] for row in csv.DictReader(file) if row["kind"] == "item"]
    assert len(items) == 237
    placed = Counter(row["path"] for row in mapping())
    assert placed == Counter(items)
