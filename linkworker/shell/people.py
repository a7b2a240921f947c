"""The people at the shell: the list with their ids, and changing what is known of one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from linkworker.clock import to_text
from linkworker.shell.opening import opened
from linkworker.shell.saying import json_from_input, say, say_json, tell
from linkworker.shell.usage import Typed, WrongUsage
from linkworker.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_ID = 8
LONGEST_SHOWN = 60
"""Characters of a field in the list for a reader; JSON has it whole."""


def list_people(typed: Typed) -> int:
    """List everybody: those we walk with first, each with an id to call them by."""
    from linkworker.caseload import people

    with opened(typed) as store, store.read() as tx:
        everybody = people.caseload(tx)
    if typed.has("--json"):
        say_json([_as_json(one) for one in everybody])
        return 0
    beginnings = shortest_beginnings([one.person_id for one in everybody])
    width = max((len(beginning) for beginning in beginnings), default=0)
    for beginning, one in zip(beginnings, everybody, strict=True):
        name, full = _short(one.name), _short(f"{one.given} {one.family}")
        also = f" ({full})" if full and full != name else ""
        if one.records:
            also += f", also entered as {_short(', '.join(one.also)) or name}"
        place = f" · {_short(one.place)}" if one.place else ""
        say(f"{beginning:<{width}}  {name}{also}{place}")
    return 0


def same_as(typed: Typed) -> int:
    """Show two records as one person; the first that is named stands for both."""
    from linkworker.caseload import entered_twice, people

    with opened(typed) as store, store.write("joined two records") as tx:
        shown, other = (people.find_by_id(tx, one) for one in typed.words[1:3])
        entered_twice.join(tx, shown, other, typed.value("--reason"))
    _say_of(typed, [shown, other], "Shown as one person. 'linkworker undo' takes it back.")
    return 0


def apart(typed: Typed) -> int:
    """Show two records as two people again."""
    from linkworker.caseload import entered_twice, people

    with opened(typed) as store, store.write("parted two records") as tx:
        one, other = (people.find_by_id(tx, word) for word in typed.words[1:3])
        entered_twice.part(tx, one, other)
    _say_of(typed, [one, other], "Two people again; every line is where it was written.")
    return 0


def _say_of(typed: Typed, ids: list[str], words: str) -> None:
    if typed.has("--json"):
        say_json({"people": ids})
    else:
        say(words)


def _short(text: str) -> str:
    """Return words on one line, cut where they are longer than a line has room for."""
    words = one_line(text)
    return words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1].rstrip() + "…"


def _as_json(one: Any) -> dict[str, Any]:
    row = {name: _plain(value) for name, value in asdict(one).items()}
    person_id = row.pop("person_id")
    return {"id": person_id, "name": one.name, "with_us": one.with_us, **row}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    return value.isoformat() if isinstance(value, date) else value


def shortest_beginnings(ids: Sequence[str]) -> list[str]:
    """Return of each id as many first letters as tell it from the others, `SHORTEST_ID` at least.

    Ids grow with time, so people who were added together have long beginnings in common.
    """
    ordered = sorted(ids)
    found: dict[str, str] = {}
    for place, one in enumerate(ordered):
        needed = SHORTEST_ID
        for other in ordered[max(0, place - 1) : place] + ordered[place + 1 : place + 2]:
            common = 0
            while common < min(len(one), len(other)) and one[common] == other[common]:
                common += 1
            needed = max(needed, common + 1)
        found[one] = one[:needed]
    return [found[one] for one in ids]


def day_of(given: str, option: str) -> date | None:
    """Return the day that an option names, None where it was not given. Raises `WrongUsage`."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise WrongUsage(f"{option} needs a day: {option} 2026-11-27.") from None


def set_fields(typed: Typed) -> int:
    """Change what is known of somebody: a JSON object of fields on standard input."""
    from linkworker.caseload import people
    from linkworker.exchange.person_fields import doubts_about, set_person

    values = json_from_input("the fields as a JSON object")
    with opened(typed) as store:
        with store.read() as tx:
            person_id = people.find_by_id(tx, typed.words[-1])
        changed = set_person(store, person_id, values)
    if typed.has("--json"):
        say_json({"id": person_id, "set": changed})
    else:
        say(f"Changed: {', '.join(changed)}." if changed else "Nothing was different.")
    for doubt in doubts_about(values, changed):
        tell(doubt)
    return 0
