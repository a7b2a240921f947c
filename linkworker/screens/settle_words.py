"""What a difference is called on a screen, and how it is written anew: as the form asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from linkworker.caseload.field_words import FIELD_WORDS
from linkworker.caseload.settling import ToSettle
from linkworker.caseload.shown_values import TOGETHER, shown_fields
from linkworker.screens.form_waiting import Values
from linkworker.screens.person.every_kind import KINDS
from linkworker.widgets.forms import Ask, options

OF_TABLE: dict[str, tuple[str, ...]] = {
    "person": ("who they are", "language", "details"),
    "in_the_way": ("in the way",),
    "looked_for": ("looked for",),
    "household_member": ("household",),
    "safety_statement": ("safety",),
    "support_event": ("support",),
    "about_me": ("about me",),
    "kept_apart": ("kept apart",),
}
"""The kinds of things that a table's rows are; any other table is a kind by its own name."""

SAID = {
    "person": "who they are",
    "note": "a note",
    "note_mark": "a line of a note",
    "contact": "a visit or call",
    "household_member": "who they live with",
    "support_period": "support",
    "connection_event": "a stage of a connection",
    "closeness": "how near somebody is",
    "worker": "a colleague",
    "setting": "a setting",
}
"""What a row of a table is called, where the form's own name does not say it."""

NUMBERS = frozenset({"level", "importance", "confidence"})
"""Fields of a list of numbers, which a form holds as text."""

STAYS = "Whether it stays"
"""What a difference is called in which one version takes the row away."""


def thing_said(table: str) -> str:
    """Return what a row of a table is called: "a step"."""
    if table in SAID:
        return SAID[table]
    kind = KINDS.get(OF_TABLE.get(table, (table,))[0])
    return kind.said if kind is not None else table.replace("_", " ")


def label(table: str, name: str) -> str:
    """Return what a field is called, as the form that asks for it says."""
    if name == "hidden_at":
        return STAYS
    ask = _asks(table).get(name)
    words = ask.label if ask is not None else FIELD_WORDS.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]


def labels(which: ToSettle) -> str:
    """Return what differs, on one line: "by when, at"."""
    named = [label(which.table, name) for name in shown_fields(which.differing)]
    if not named:
        named = [label(which.table, which.group)] if which.group != "hidden" else [STAYS]
    return ", ".join(one[:1].lower() + one[1:].rstrip("?") for one in named)


@cache
def _asks(table: str) -> Mapping[str, Ask]:
    """Return what forms ask about a table's rows, by field."""
    kinds = [KINDS[name] for name in OF_TABLE.get(table, (table,)) if name in KINDS]
    return {ask.name: ask for kind in kinds for ask in (*kind.asks, *kind.more)}


# -- written anew


def asks_anew(which: ToSettle, words: frozenset[str]) -> list[Ask]:
    """Return the fields of the form in which it is written anew; none where it cannot be.

    `words` are the columns that hold words of any length. What names somebody, or is put together
    from two fields, is taken as one of the versions has it.
    """
    if which.group == "hidden":
        return []
    asked = _asks(which.table)
    fields = []
    for name in shown_fields(which.differing):
        if name in words:
            fields.append(Ask(name, label(which.table, name), "long"))
            continue
        ask = asked.get(name) or _ask_by_column(which.table, name)
        if ask is None:
            return []
        fields.append(ask)
    return fields


def _ask_by_column(table: str, name: str) -> Ask | None:
    """Return how a field is asked about that no form asks about: by its list of values, or by what
    its column holds. None for what names a row, and for an instant."""
    from linkworker.exchange.allowed_values import choices
    from linkworker.schema.describing import shapes

    listed = choices(table, name)
    if listed:
        own = (one for one in listed if one)
        return Ask(name, label(table, name), "one of", options(*own, empty="nothing"))
    kinds = {
        one.name: one.kind for shape in shapes() if shape.name == table for one in shape.columns
    }
    match kinds.get(name):
        case "day":
            return Ask(name, label(table, name), "day")
        case "line":
            return Ask(name, label(table, name))
    return None


def start_anew(fields: list[Ask], held: Mapping[str, Any]) -> Values:
    """Return what stands in that form to begin with: the values of a version, as stored."""
    return {ask.name: _in(ask, held.get(ask.name)) for ask in fields}


def written(fields: list[Ask], said: Values) -> dict[str, Any]:
    """Return what was written anew as it is stored."""
    found = {ask.name: _out(ask, said[ask.name]) for ask in fields}
    for name, beside in TOGETHER.items():
        if beside in found and name in said:
            found[name] = said[name]
    return found


def _in(ask: Ask, value: Any) -> Any:
    if ask.how in ("day", "past day", "born"):
        with suppress(ValueError, TypeError):
            return date.fromisoformat(value)
        return None
    if ask.how == "some of":
        with suppress(ValueError, TypeError):
            return json.loads(value)
        return []
    if _is_yes_or_no(ask):
        return "yes" if value else "no"
    if ask.how == "minutes":
        return value
    return "" if value is None else str(value)


def _out(ask: Ask, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if ask.how == "some of":
        return json.dumps(list(value), ensure_ascii=False)
    if _is_yes_or_no(ask):
        return int(value == "yes")
    if ask.how == "one of" and ask.name in NUMBERS:
        return int(value) if value else None
    return value


def _is_yes_or_no(ask: Ask) -> bool:
    return ask.how == "one of" and {one for one, _ in ask.options} == {"no", "yes"}
