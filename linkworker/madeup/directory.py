"""The made-up directory of a patch: what there is, from a made-up feed and by hand, and what the
team knows of it.

`directory.txt` of each patch is read anew for each day, so that what was confirmed three weeks ago
always was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from linkworker.caseload import local_knowledge
from linkworker.caseload.directory import entry_id, take_in
from linkworker.madeup.lines import Line, UnreadableLine, day_back, lines
from linkworker.madeup.particulars import home_phone, postcode
from linkworker.madeup.patch import Patch, texts
from linkworker.rules.wanted import DAYS

if TYPE_CHECKING:
    from linkworker.store import WriteTx

FEED, BY_HAND = "from the feed", "by hand"
FIRST_TAKEN_IN = 90
"""How many days ago the feed was first taken in."""
ADDED = 700
"""How many days ago what is by hand was added: before any group that we began with it."""
_SAYS = frozenset(
    (
        *("org", "lang", "ages", "alert", "checked", "gone"),
        *("know", "ask", "steps", "quiet", "full", "looked", "hide"),
    )
)
"""What may hang under a line: what the feed says too, and what the team knows."""
_PHONES = 200
"""From which number on an area's numbers are those of the directory."""
_WITHOUT_A_PLACE = ("by telephone", "at home")

Write = Callable[["WriteTx", Mapping[str, str]], None]
"""Writes something; it is lent the ids of the team by first name."""


@dataclass(frozen=True)
class Act:
    """Something that was written on a day."""

    on: date
    label: str
    write: Write


@dataclass(frozen=True)
class Where:
    """A place as a feed says it."""

    name: str
    address: str
    postcode: str
    latitude: int | None
    longitude: int | None
    access: str
    times: str = ""
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """One entry, as a feed says it; the fields are those of `caseload.directory.SAID`."""

    key: str
    """Its name in the file, or "=" and the key of a group of the patch."""
    source_id: str
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
    places: tuple[Where, ...]
    by_hand: bool
    known: Mapping[str, str]
    """What hangs under its line: what the team knows."""


class MadeUpDirectory:
    """The directory of a patch as of a day, and the ids of its entries as they are written."""

    def __init__(self, patch: Patch, today: date) -> None:
        """Read it. Raises UnreadableLine."""
        self.patch, self.today = patch, today
        self.source = ""
        self._site = ""
        self._venues: dict[str, Where] = {}
        self._villages: dict[str, str] = {}
        self.listings: list[Listing] = []
        self.ids: dict[str, str] = {}
        """The id of each entry by its name, and by "=" and the key of a group."""
        for line in lines(texts(patch.key)["directory.txt"]):
            self._read(line)

    def _read(self, line: Line) -> None:
        if line.part == "venues":
            self._venue(line)
        elif line.part in (FEED, BY_HAND):
            self.listings.append(self._listing(line))
        else:
            name, _, words = line.text.partition(":")
            if name == "feed":
                self.source = words.strip()
            elif name == "feed web":
                self._site = words.strip()
            else:
                raise UnreadableLine(line.text[:60])

    def _venue(self, line: Line) -> None:
        name, village, at, address, access = line.columns(5)
        north, _, east = at.partition(",")
        number = len(self._venues)
        away = name in _WITHOUT_A_PLACE
        near = self.patch.places.get(village)
        code = "" if away else postcode(near.postcode if near else self.patch.about["post"], number)
        self._villages[name] = village
        self._venues[name] = Where(
            name,
            "" if away else f"{address}, {village}",
            code,
            round(float(north) * 100_000) if at else None,
            round(float(east) * 100_000) if at else None,
            access,
        )

    def _listing(self, line: Line) -> Listing:
        said, by_hand = line.said(), line.part == BY_HAND
        if set(said) - _SAYS:
            raise UnreadableLine(line.text[:60])
        named, kinds, venue, when, cost, whom, about = line.columns(7)
        if venue not in self._venues:
            raise UnreadableLine(line.text[:60])
        group = self.patch.groups[named[1:]] if named.startswith("=") else None
        name = group.name.removeprefix("the ") if group else named
        name = name[:1].upper() + name[1:]
        days, _, times = when.partition(", ")
        number = len(self.listings)
        source_id = "" if by_hand else named
        self.ids[named] = self.ids[name] = "" if by_hand else entry_id(self.source, source_id)
        if group and not cost:
            cost = "free" if group.cost == "nothing" else group.cost
        ages = said.get("ages", "-").split("-")
        checked = day_back(said.get("checked", ""), self.today)
        slug = "-".join("".join(one if one.isalnum() else " " for one in name.lower()).split())
        return Listing(
            key=named,
            source_id=source_id,
            name=name,
            organisation=said.get("org", ""),
            about=about,
            phone="" if by_hand else home_phone(self.patch.about["phones"], _PHONES + number),
            email=f"hello@{slug[:24].rstrip('-')}.example" if "org" in said else "",
            web="" if by_hand else f"https://{self._site}/{slug}",
            cost=cost,
            times=times,
            days=tuple(day for day in DAYS if day in days.split()),
            youngest=int(ages[0]) if ages[0] else None,
            oldest=int(ages[1]) if ages[1] else None,
            for_whom="" if whom == "anybody" else whom,
            languages=_several(said.get("lang", "")),
            kinds=_several(kinds),
            area=self._villages[venue],
            alert=said.get("alert", ""),
            checked_on=checked,
            places=(self._venues[venue],),
            by_hand=by_hand,
            known=said,
        )

    # -- what was written, and when

    def acts(self) -> Iterator[Act]:
        """Return the feed taken in, taken in again, what was made by hand, and what is known."""
        first = self.today - timedelta(days=FIRST_TAKEN_IN)
        yield Act(first, "took in a directory", self._take_in)
        gone = [days for one in self.listings if (days := one.known.get("gone"))]
        for days in sorted(set(gone), key=int, reverse=True):
            on = self.today - timedelta(days=int(days))
            yield Act(on, "took in a directory", partial(self._take_in, gone=days))
        for one in self.listings:
            looked = one.known.get("looked", "").split(" ")[0]
            on = day_back(looked, self.today) or first
            if one.by_hand:
                added = self.today - timedelta(days=ADDED)
                yield Act(added, "added an entry by hand", partial(self._add, one))
            if one.known.keys() & {"know", "ask", "steps", "quiet", "full", "hide", "looked"}:
                when = max(on, first)
                yield Act(when, "what we know of an entry", partial(self._know, one, on))

    def _take_in(self, tx: WriteTx, team: Mapping[str, str], gone: str = "") -> None:
        """Take the feed in; one day it has some no more."""
        has = [
            one
            for one in self.listings
            if not one.by_hand and not (gone and int(one.known.get("gone", "0")) >= int(gone))
        ]
        take_in(tx, self.source, has)

    def _add(self, one: Listing, tx: WriteTx, team: Mapping[str, str]) -> None:
        words = ("about", "cost", "times", "for_whom", "area")
        said: dict[str, Any] = {name: getattr(one, name) for name in words}
        where = one.places[0]
        place = {name: getattr(where, name) for name in ("name", "address", "postcode", "access")}
        for name in ("days", "languages", "kinds"):
            said[name] = list(getattr(one, name))
        made = local_knowledge.add_by_hand(tx, one.name, place=place, **said)
        self.ids[one.name] = self.ids[one.key] = made

    def _know(self, one: Listing, on: date, tx: WriteTx, team: Mapping[str, str]) -> None:
        known = one.known
        looked, _, who = known.get("looked", "").partition(" ")
        full, _, why_full = known.get("full", "").partition(", ")
        said: dict[str, Any] = {
            "words": known.get("know", ""),
            "ask_for": known.get("ask", ""),
            "step_free": known.get("steps", ""),
            "quiet_times": known.get("quiet", ""),
            "full_until": self.today + timedelta(days=int(full)) if full else None,
            "full_words": why_full,
            "do_not_list": "hide" in known,
            "why_not": known.get("hide", ""),
            "confirmed_on": on if looked else None,
            "confirmed_by": team[who] if looked else "",
        }
        local_knowledge.say_known(
            tx, self.ids[one.name], **{name: value for name, value in said.items() if value}
        )


def _several(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())
