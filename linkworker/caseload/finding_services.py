"""Finding in the directory as somebody types: by words, what is understood of them, and distance.

A `Directory` holds the few facts of every entry by which they are told apart, read once, and again
when something changed; words are the search index's.

What an entry does not say is not held against it: it stands behind those that do.
"""

from __future__ import annotations

import heapq
import itertools
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.rules.wanted import Chip, Wanted, wanted
from linkworker.storage.searching import PER_SECOND, match_expression, words_of
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import ReadTx

MOST = 50
"""Entries that are shown at most."""

STALE_AFTER_DAYS = 183
"""After half a year without a look an entry is marked: directories go stale."""

LEAST_LOOSELY = 3
"""Letters of a word that is looked for alone, where nothing has all of them: not "a", not "of"."""

MOST_CHIPS = 64
"""Chips by which is remembered what meets them."""

METRES_PER_DEGREE = 111_195
MOST_THERE = 500
"""Points by which the middle of a named place is told."""
FAR = 20_000
"""Metres that count for an entry of which nobody said where it is."""

Point = tuple[int, int]
"""Latitude and longitude in hundred-thousandths of a degree."""


@dataclass(frozen=True)
class Found:
    """An entry that was found, and why it fits."""

    service_id: str
    name: str
    organisation: str
    fits: tuple[str, ...]
    """Of the chips, those that it says it meets."""
    not_said: tuple[str, ...]
    """Of the chips, those of which it says nothing."""
    metres: int | None
    """How far it is from where one looks, None where that is not known."""
    full: bool
    stale: bool
    """Whether nobody looked within half a year."""
    gone: bool = False
    """Whether its feed has it no more: it is here for what the team knows of it."""


@dataclass(frozen=True)
class Answer:
    """What was found, and what was understood."""

    wanted: Wanted
    found: tuple[Found, ...]
    all_told: int
    """How many fit, also those that are not shown."""
    loosely: bool = False
    """Whether nothing had all the words, and what is shown has some of them."""


@dataclass(frozen=True)
class _Facts:
    """What is asked of an entry again and again."""

    service_id: str
    name: str
    organisation: str
    folded_name: str
    told: str
    """For whom, languages and area, folded."""
    days: frozenset[str]
    cost: str
    youngest: int | None
    oldest: int | None
    step_free: str
    full: bool
    stale: bool
    gone: bool
    points: tuple[Point, ...]
    postcodes: tuple[str, ...]
    where: str
    """Its area and addresses, folded, with their wards and councils."""
    villages: frozenset[str]
    """The names of the places that it is in or for: areas, wards, the town of an address."""
    areas: frozenset[str]
    """What its postcodes are in, as far as the list of places says."""


class Directory:
    """The entries that may be offered, as they stood when they were read.

    What is asked of all of them with each letter is laid out for that, and remembered by chip:
    twenty thousand entries are gone through within a frame.
    """

    def __init__(self, facts: Sequence[tuple[int, _Facts]]) -> None:
        """`facts` are the entries by their places in the search index."""
        self._facts = [one for _, one in facts]
        self._at = {doc: at for at, (doc, _) in enumerate(facts)}
        self._names = [f" {one.folded_name}" for one in self._facts]
        self._worse = [1.5 * one.full + 0.25 * one.stale + 1.5 * one.gone for one in self._facts]
        self._points = [one.points for one in self._facts]
        self._by_chip: dict[str, tuple[set[int], set[int]]] = {}
        self._places = _names_of_places(self._facts)
        self._by_code: dict[str, list[Point]] = {}
        for one in self._facts:
            for code, point in zip(one.postcodes, one.points, strict=True):
                for beginning in (code, code[:-2], code[:-3]) if len(code) > 3 else ():
                    self._by_code.setdefault(beginning, []).append(point)

    def __len__(self) -> int:
        return len(self._facts)

    def by_name(self) -> tuple[Found, ...]:
        """Return the first entries by name, for whoever has typed nothing yet."""
        first = heapq.nsmallest(MOST, range(len(self._names)), key=self._names.__getitem__)
        return tuple(self._found(at, (), (), None) for at in first)

    def find(self, tx: ReadTx, text: str, off: Collection[str] = ()) -> Answer:
        """Return what fits a box's words, best first and then nearest; `off` are chips taken off.

        Nothing typed finds nothing.
        """
        asked = wanted(text, tx.today, off, self._places)
        if not asked.words and not asked.chips:
            return Answer(asked, (), 0)
        fitting, loosely = self._with_words(tx, asked.words)
        near = next((one.value for one in asked.chips if one.kind == "near"), "")
        point = self._point_of(tx, near) if near else None
        areas = _areas_of(tx, near) if near and point is None else ()
        said = [self._sorted_by(chip, point) for chip in asked.chips]
        for _, fails in said:
            if fails:
                fitting = [at for at in fitting if at not in fails]
        worse = self._how_much_worse(fitting, asked.words, [meets for meets, _ in said], point)
        if areas:
            worse = [
                one + _beside(areas, self._facts[at].areas)
                for one, at in zip(worse, fitting, strict=True)
            ]
        best = heapq.nsmallest(
            MOST, zip(worse, (self._names[at] for at in fitting), fitting, strict=True)
        )
        shown = tuple(self._found(at, asked.chips, said, point) for _, _, at in best)
        return Answer(asked, shown, len(fitting), loosely)

    def _with_words(self, tx: ReadTx, words: str) -> tuple[Sequence[int], bool]:
        """Return the entries that hold all the words; where none does, those that hold some."""
        expression = match_expression(words)
        if not expression:
            return range(len(self._facts)), False
        sql = "SELECT rowid FROM search_fts WHERE search_fts MATCH ? AND rowid < ?"
        at = self._at
        found = [at[doc] for (doc,) in tx.rows(sql, (expression, PER_SECOND)) if doc in at]
        terms = [one for one in expression.split(" ") if len(one.strip('"*')) >= LEAST_LOOSELY]
        if found or not terms or " " not in expression:
            return found, False
        some = tx.rows(sql, (" OR ".join(terms), PER_SECOND))
        return [at[doc] for (doc,) in some if doc in at], True

    def _sorted_by(self, chip: Chip, point: Point | None) -> tuple[set[int], set[int]]:
        """Return which entries meet a chip, and which say that they do not."""
        known = self._by_chip.get(chip.key)
        if known is None:
            meets: set[int] = set()
            fails: set[int] = set()
            for at, facts in enumerate(self._facts):
                met = _meets(facts, chip, point)
                if met is not None:
                    (meets if met else fails).add(at)
            if len(self._by_chip) >= MOST_CHIPS:
                self._by_chip.clear()
            known = self._by_chip[chip.key] = (meets, fails)
        return known

    def _how_much_worse(
        self, fitting: Sequence[int], words: str, met: Sequence[set[int]], point: Point | None
    ) -> list[float]:
        """Return how far each entry is from what was asked: names that hold the words are nearest,
        then what says that it meets the chips, then what is near."""
        worse = [self._worse[at] for at in fitting]
        names = self._names
        for word in words_of(words):
            begins = f" {folded(word)}"
            worse = [
                one - (1.5 + 0.5 * names[at].startswith(begins)) * (begins in names[at])
                for one, at in zip(worse, fitting, strict=True)
            ]
        for meets in met:
            worse = [one + 2.0 * (at not in meets) for one, at in zip(worse, fitting, strict=True)]
        if point is not None:
            far = self._how_far(point)
            worse = [one + far[at] / 500 for one, at in zip(worse, fitting, strict=True)]
        return worse

    def _how_far(self, point: Point) -> list[float]:
        """Return how far each entry is, in metres; `FAR` where nobody said where it is."""
        north, east = point
        narrower = math.cos(math.radians(north / 100_000))
        metre = METRES_PER_DEGREE / 100_000
        return [
            min([math.hypot(one - north, (other - east) * narrower) * metre for one, other in here])
            if here
            else FAR
            for here in self._points
        ]

    def _found(
        self,
        at: int,
        chips: Sequence[Chip],
        said: Sequence[tuple[set[int], set[int]]],
        point: Point | None,
    ) -> Found:
        facts = self._facts[at]
        far = min((_metres(point, one) for one in facts.points), default=None) if point else None
        return Found(
            facts.service_id,
            facts.name,
            facts.organisation,
            tuple(chip.said for chip, (meets, _) in zip(chips, said, strict=True) if at in meets),
            tuple(
                chip.said for chip, (meets, _) in zip(chips, said, strict=True) if at not in meets
            ),
            far,
            facts.full,
            facts.stale,
            facts.gone,
        )

    def _point_of(self, tx: ReadTx, near: str) -> Point | None:
        """Return where a postcode or a name is: by the list of places, else by the entries that
        are there; None for nowhere."""
        joined = near.replace(" ", "").upper()
        known = tx.one("SELECT latitude, longitude FROM place_code WHERE code = ?", (joined,))
        if known is not None and known[0] is not None and known[1] is not None:
            return int(known[0]), int(known[1])
        points: list[Point] = []
        if _is_code(joined):
            for beginning in (joined, joined[:-2], joined[:-3]):
                points = points or self._by_code.get(beginning, [])[:MOST_THERE]
        else:
            said = folded(near)
            there = (point for one in self._facts if said in one.where for point in one.points)
            points = list(itertools.islice(there, MOST_THERE))
        if not points:
            return None
        middle = len(points) // 2
        return sorted(one[0] for one in points)[middle], sorted(one[1] for one in points)[middle]


def _areas_of(tx: ReadTx, near: str) -> tuple[str, ...]:
    """Return what a postcode is in, the nearest first; () where the list of places has it not."""
    sql = "SELECT lsoa, ward, council FROM place_code WHERE code = ?"
    found = tx.one(sql, (near.replace(" ", "").upper(),))
    return _areas(*map(str, found)) if found is not None else ()


def _beside(areas: Sequence[str], theirs: frozenset[str]) -> float:
    """Return how far something is, by the smallest of these that it is in too."""
    near = (at for at, area in enumerate(areas) if area in theirs)
    return float(2 * next(near, len(areas) + 1))


def directory(tx: ReadTx) -> Directory:
    """Return the directory as it stands, without what is not to be listed.

    What is gone from its feed is left out too, but where the team wrote what it knows of it, or
    has confirmed it since: many a group outlives its line in a council's list.
    """
    places: dict[str, list[tuple[Any, ...]]] = {}
    for service_id, *place in tx.rows(
        """SELECT s.service_id, s.postcode, coalesce(s.latitude, c.latitude),
            coalesce(s.longitude, c.longitude), s.address, s.access, s.days,
            coalesce(c.lsoa, ''), coalesce(c.ward, ''), coalesce(c.council, '')
        FROM service_place s LEFT JOIN place_code c ON c.code = replace(s.postcode, ' ', '')
        WHERE s.hidden_at IS NULL AND s.gone_on IS NULL ORDER BY s.id""",
        (),
    ):
        places.setdefault(service_id, []).append(tuple(place))
    made: list[tuple[int, _Facts]] = []
    for doc, *row in tx.rows(
        f"""SELECT d.id, {", ".join(f"s.{one}" for one in _READ)}
        FROM service s JOIN search_doc d ON d.tbl = 'service' AND d.pk = s.id
        WHERE s.hidden_at IS NULL AND s.do_not_list = 0 AND (s.gone_on IS NULL
            OR s.words <> '' OR s.ask_for <> '' OR s.confirmed_on >= s.gone_on)""",
        (),
    ):
        said = dict(zip(_READ, row, strict=True))
        made.append((doc, _facts(said, places.get(said["id"], ()), tx.today)))
    return Directory(made)


_READ = (
    "id", "name", "organisation", "days", "cost", "youngest", "oldest", "for_whom", "languages",
    "kinds", "area", "step_free", "full_until", "confirmed_on", "checked_on", "gone_on",
)  # fmt: skip


def _facts(said: Mapping[str, Any], places: Sequence[tuple[Any, ...]], today: date) -> _Facts:
    days = set(re.findall(r"[a-z]{3}", said["days"]))
    for place in places:
        days.update(re.findall(r"[a-z]{3}", place[5]))
    here = [one for one in places if one[1] is not None and one[2] is not None]
    days_looked = (said["confirmed_on"] or "", said["checked_on"] or "")
    looked = max((day for day in days_looked if day <= today.isoformat()), default="")
    addresses = " ".join(f"{one[3]} {one[0]} {one[7]} {one[8]}" for one in places)
    step_free = said["step_free"] or _access(" ".join(one[4] for one in places))
    return _Facts(
        service_id=said["id"],
        name=said["name"],
        organisation=said["organisation"],
        folded_name=folded(said["name"]),
        told=folded(f"{said['name']} {said['for_whom']} {said['languages']} {said['kinds']}"),
        days=frozenset(days),
        cost=folded(said["cost"]),
        youngest=said["youngest"],
        oldest=said["oldest"],
        step_free=step_free,
        full=bool(said["full_until"]) and said["full_until"] >= today.isoformat(),
        gone=said["gone_on"] is not None and (said["confirmed_on"] or "") < said["gone_on"],
        stale=not looked or (today - date.fromisoformat(looked)).days > STALE_AFTER_DAYS,
        points=tuple((one[1], one[2]) for one in here),
        postcodes=tuple(str(one[0]).replace(" ", "") for one in here),
        where=folded(f"{said['area']} {addresses}"),
        villages=_villages(said["area"], places),
        areas=frozenset(area for one in places for area in _areas(*one[6:9])),
    )


def _villages(area: str, places: Sequence[tuple[Any, ...]]) -> frozenset[str]:
    """Return the names of the places that an entry is in or for, folded.

    An address ends with the town, or with the town and the county; it begins with a building.
    """
    names = re.split(r"[;,/]", area)
    for place in places:
        names += [*place[3].split(",")[1:][-2:], place[7], place[8]]
    folds = (folded(one) for one in names)
    return frozenset(one for one in folds if len(one) > 2 and not any(map(str.isdigit, one)))


def _names_of_places(facts: Iterable[_Facts]) -> frozenset[str]:
    """Return the names that two entries and more agree to be those of a place."""
    often = Counter(name for one in facts for name in one.villages)
    return frozenset(name for name, times in often.items() if times > 1)


def _areas(lsoa: str, ward: str, council: str) -> tuple[str, ...]:
    """Return what a postcode is in, the nearest first, each told from the others."""
    return tuple(
        f"{kind}:{name}"
        for kind, name in (("area", lsoa), ("ward", f"{council}/{ward}" if ward else ""),
                           ("council", council))
        if name
    )  # fmt: skip


def _access(words: str) -> str:
    """Return what a feed's words on getting in say of steps, "" for nothing."""
    said = folded(words)
    return "yes" if re.search(r"step free|level (?:access|entry)|wheelchair", said) else ""


def _meets(facts: _Facts, chip: Chip, point: Point | None) -> bool | None:
    """Say whether an entry meets a chip; None where it says nothing of it."""
    match chip.kind:
        case "day":
            return chip.value in facts.days if facts.days else None
        case "free":
            return "free" in facts.cost.split() if facts.cost else None
        case "step-free":
            return None if facts.step_free == "" else facts.step_free in ("yes", "partly")
        case "age":
            years = int(chip.value)
            if facts.youngest is None and facts.oldest is None:
                return None
            return (facts.youngest or 0) <= years <= (facts.oldest or 200)
        case "language" | "for":
            return True if folded(chip.value) in facts.told else None
    if point is not None:
        return True if facts.points else None
    return True if folded(chip.value) in facts.where else None


def _metres(one: Point, other: Point) -> int:
    """Return how far two points are from each other: flat, which over a county is near enough."""
    north = (one[0] - other[0]) / 100_000
    east = (one[1] - other[1]) / 100_000 * math.cos(math.radians(one[0] / 100_000))
    return round(math.hypot(north, east) * METRES_PER_DEGREE)


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?(?:\d[A-Z]{2})?", text) is not None


def miles(metres: int) -> str:
    """Return a distance as one says it here: "under half a mile", "1.2 miles"."""
    far = metres / 1609.344
    if far < 0.5:
        return "under half a mile"
    if far < 9.95:
        return f"{far:.1f} miles".replace("1.0 miles", "1 mile").replace(".0 ", " ")
    return f"{far:.0f} miles"
