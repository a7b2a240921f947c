"""What the team knows of the entries of its directory, and entries made by hand.

No feed touches what is written here. An entry made by hand is as good as any: it is found, marked
and confirmed as one of a feed is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload.names_nobody import need_to_name_nobody
from linkworker.caseload.reading import first, rows
from linkworker.caseload.team_rows import (
    TeamSubject,
    add_row,
    correct_row,
    need_team_row,
    remove_row,
)
from linkworker.caseload.writing import (
    NothingSaid,
    NotSuch,
    a_day,
    a_number,
    check_all,
    free,
    needed,
    one_of,
    some_of,
    yes_or_no,
)
from linkworker.rules.days import add_months
from linkworker.rules.shown_days import say_day
from linkworker.rules.wanted import DAYS
from linkworker.schema import values
from linkworker.text import clean

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

FULL_MONTHS = 3
"""How long "full" counts where nobody said until when."""
CLOSED = "Closed, as was told by somebody who went there"
HEARD = "Told by somebody who went there"
TO_CONFIRM = "To confirm."
"""Stands after what was heard, until somebody confirms the entry."""

KNOWN = TeamSubject(
    "service",
    "Service",
    "what the team knows",
    {
        "words": free,
        "ask_for": free,
        "step_free": one_of(*values.STEP_FREE),
        "quiet_times": free,
        "full_until": a_day,
        "full_words": free,
        "do_not_list": yes_or_no,
        "why_not": free,
        "confirmed_on": a_day,
        "confirmed_by": free,
    },
    told_of_others=frozenset({"ask_for", "confirmed_by"}),
)
_SAID = {
    "name": needed,
    "organisation": free,
    "about": free,
    "phone": free,
    "email": free,
    "web": free,
    "cost": free,
    "times": free,
    "days": some_of(*DAYS),
    "youngest": a_number(0, 120),
    "oldest": a_number(0, 120),
    "for_whom": free,
    "languages": some_of(),
    "kinds": some_of(),
    "area": free,
    "alert": free,
}
BY_HAND = TeamSubject(
    "service",
    "Service",
    "an entry of the directory",
    _SAID,
    told_of_others=frozenset({"days", "languages"}),
    says_where=frozenset({"name", "organisation", "phone", "email", "web", "cost", "times"}),
)
PLACE = TeamSubject(
    "service_place",
    "ServicePlace",
    "where it is",
    {"service_id": needed, "name": free, "address": free, "postcode": free, "access": free},
    says_where=frozenset({"name", "address", "postcode", "access"}),
)


@dataclass(frozen=True)
class Entry:
    """An entry of the directory, whole."""

    service_id: str
    source: str
    name: str
    organisation: str
    about: str
    phone: str
    email: str
    web: str
    cost: str
    times: str
    days: tuple[str, ...]
    youngest: int | None
    oldest: int | None
    for_whom: str
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    area: str
    alert: str
    checked_on: date | None
    gone_on: date | None
    words: str
    ask_for: str
    step_free: str
    quiet_times: str
    confirmed_on: date | None
    confirmed_by: str
    """The name of the worker who looked last."""
    full_until: date | None
    full_words: str
    do_not_list: bool
    why_not: str

    @property
    def by_hand(self) -> bool:
        """Whether no feed says it."""
        return not self.source


@dataclass(frozen=True)
class EntryPlace:
    """Where an entry is found."""

    place_id: str
    name: str
    address: str
    postcode: str
    access: str
    times: str
    days: tuple[str, ...]


@dataclass(frozen=True)
class NotListed:
    """An entry that the team does not offer."""

    service_id: str
    name: str
    why_not: str


_ENTRY = """SELECT s.id, source, s.name, organisation, about, phone, email, web, cost, times, days,
    youngest, oldest, for_whom, languages, kinds, area, alert, checked_on, gone_on, words, ask_for,
    step_free, quiet_times, confirmed_on, w.name, full_until, full_words, do_not_list, why_not
FROM service s LEFT JOIN worker w ON w.id = s.confirmed_by WHERE s.id = ? AND s.hidden_at IS NULL"""


def entry(tx: ReadTx, service_id: str) -> Entry | None:
    """Return an entry whole, None where it is not there any more."""
    return first(tx, Entry, _ENTRY, (service_id,))


def places(tx: ReadTx, service_id: str) -> list[EntryPlace]:
    """Return where an entry is found."""
    return rows(
        tx,
        EntryPlace,
        """SELECT id, name, address, postcode, access, times, days FROM service_place
        WHERE service_id = ? AND hidden_at IS NULL AND gone_on IS NULL ORDER BY recorded_at, id""",
        (service_id,),
    )


def not_listed(tx: ReadTx) -> list[NotListed]:
    """Return what the team does not offer, and why: it can be listed again."""
    return rows(
        tx,
        NotListed,
        """SELECT id, name, why_not FROM service WHERE hidden_at IS NULL AND do_not_list
        ORDER BY name, id""",
    )


def say_known(tx: WriteTx, service_id: str, **said: Any) -> None:
    """Write what the team knows of an entry: any of the fields of `KNOWN`.

    Raises `NothingSaid` where it is not to be listed and nobody says why, `NamesSomebody`.
    """
    if said.get("do_not_list") and not clean(said.get("why_not") or "").strip():
        raise NothingSaid(
            "It is still listed.",
            "Nobody said why it is not to be listed.",
            "Say in a few words why not, for colleagues.",
        )
    before = _as_known(tx, service_id)
    kept = {name: value for name, value in said.items() if before.get(name) != value}
    correct_row(tx, KNOWN, service_id, kept)


def confirm(tx: WriteTx, service_id: str) -> None:
    """Say that somebody of the team looked today, and it stands as it is written."""
    said: dict[str, Any] = {"confirmed_on": tx.today, "confirmed_by": tx.worker_id}
    there = entry(tx, service_id)
    if there is not None and TO_CONFIRM in there.words:
        said["words"] = there.words.replace(f" {TO_CONFIRM}", "")
    correct_row(tx, KNOWN, service_id, said)


def named_so(tx: ReadTx, name: str) -> str:
    """Return the id of the one entry that is called so, "" where none or more than one is."""
    sql = """SELECT id FROM service WHERE hidden_at IS NULL AND gone_on IS NULL
        AND name = ? COLLATE NOCASE LIMIT 2"""
    found = tx.rows(sql, (" ".join(name.split()),)) if name.strip() else []
    return str(found[0][0]) if len(found) == 1 else ""


def heard(
    tx: WriteTx, service_id: str, stage: str, on: date, told: str = "", person_id: str = ""
) -> None:
    """Note what somebody met who went there: that it is full, or closed, or what they `told`.

    Full counts for three months, unless it is said for longer already. What is closed stays in the
    directory and says so: whether it is not to be listed is for a person to decide. Words are a
    hint beside the entry, to be confirmed, and name neither `person_id` nor anybody around them
    (`NamesSomebody`). Nothing where the entry is not there.
    """
    there = entry(tx, service_id)
    if there is None:
        return
    told = " ".join(clean(told).split()).rstrip(".")
    need_to_name_nobody(tx, told, person_id)
    said: dict[str, Any] = {}
    if stage == "full":
        until = add_months(on, FULL_MONTHS)
        if there.full_until is None or there.full_until < until:
            said["full_until"] = until
    day = f"{say_day(on, on)} {on.year}"
    lines = [f"{CLOSED}, {day}."] if stage == "closed" and CLOSED not in there.words else []
    lines += [f"{HEARD}, {day}: {told}. {TO_CONFIRM}"] if told else []
    if lines:
        said["words"] = "\n".join([there.words, *lines]).strip()
    correct_row(tx, KNOWN, service_id, said)


def add_by_hand(tx: WriteTx, name: str, *, place: dict[str, Any] | None = None, **said: Any) -> str:
    """Add an entry that no feed has, with where it is; return its id. Who adds it confirms it."""
    service_id = add_row(tx, BY_HAND, {"name": name, **said})
    if place and any(place.values()):
        add_row(tx, PLACE, {"service_id": service_id, **place})
    confirm(tx, service_id)
    return service_id


def correct_by_hand(
    tx: WriteTx, service_id: str, *, place: dict[str, Any] | None = None, **said: Any
) -> None:
    """Correct an entry that was made by hand; of a feed's the feed is right."""
    _need_by_hand(tx, service_id)
    there = entry(tx, service_id)
    kept = check_all(BY_HAND, said)
    changed = {name: value for name, value in kept.items() if _differs(there, name, value)}
    correct_row(tx, BY_HAND, service_id, changed)
    if place is None:
        return
    known = places(tx, service_id)
    if known:
        news = {name: value for name, value in place.items() if getattr(known[0], name) != value}
        correct_row(tx, PLACE, known[0].place_id, news)
    elif any(place.values()):
        add_row(tx, PLACE, {"service_id": service_id, **place})


def remove_by_hand(tx: WriteTx, service_id: str) -> None:
    """Take away an entry that was made by hand; undo brings it back."""
    _need_by_hand(tx, service_id)
    for one in places(tx, service_id):
        remove_row(tx, PLACE, one.place_id)
    remove_row(tx, BY_HAND, service_id)


def _need_by_hand(tx: ReadTx, service_id: str) -> None:
    need_team_row(tx, BY_HAND, service_id)
    if tx.value("SELECT source FROM service WHERE id = ?", (service_id,)):
        raise NotSuch(
            "Nothing was changed.",
            "A feed says this, and would say it again.",
            "Write beside it what the team knows, or that it is not to be listed.",
        )


def _as_known(tx: ReadTx, service_id: str) -> dict[str, Any]:
    need_team_row(tx, KNOWN, service_id)
    there = entry(tx, service_id)
    return {name: getattr(there, name) for name in KNOWN.fields if name != "confirmed_by"}


def _differs(there: Entry | None, name: str, value: Any) -> bool:
    stands = getattr(there, name)
    return bool((list(stands) if isinstance(stands, tuple) else stands) != value)
