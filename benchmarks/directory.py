"""The directory: taking it in beside the time to parse its JSON, and finding in it in frames."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.caseloads import Caseloads
from benchmarks.laptops import empty
from benchmarks.measuring import Figure, p95
from linkworker import schema
from linkworker.caseload.bringing_together import who_could_meet
from linkworker.caseload.directory import take_in
from linkworker.caseload.finding_services import directory
from linkworker.codes import everyday_topics
from linkworker.exchange.directory.entry import Report
from linkworker.exchange.directory.reading import read_file

SERVICES = 800
"""As many as a county publishes."""

_WHAT = (
    "Choir",
    "Lunch club",
    "Walking group",
    "Debt advice",
    "Toddler group",
    "Allotment",
    "Yoga",
)
_WHERE = ("Barwell", "Enderby", "Desford", "Melton", "Thorpe Acre", "Braunstone")
_SAYS = (
    "<p>We meet every week and everybody is welcome, whatever you can do.</p> Tea and biscuits are "
    "free. <b>Please ring before you come</b>, because the hall is sometimes let. There is parking "
    "behind it and a bus stop before it; a lift goes to the first floor."
)


def services(number: int) -> list[dict[str, Any]]:
    """Return services as councils publish them, each with some faults of its own."""
    chance = random.Random(4)
    return [
        {
            "id": f"00000000-0000-4000-8000-{one:012d}",
            "name": f"{chance.choice(_WHERE)} {chance.choice(_WHAT)} {one}",
            "description": _SAYS * chance.randint(1, 4),
            "status": "active",
            "url": chance.choice(("https://example.org/a", "www.example.org", "")),
            "email": chance.choice(("hello@example.org", "", None)),
            "minimum_age": chance.choice((18, "18", "", None)),
            "organization": {"id": str(one % 90), "name": f"Community association {one % 90}"},
            "schedules": [{"byday": chance.choice(("MO", "TU,TH", "SA")), "opens_at": "10:00:00"}],
            "cost_options": [{"amount": chance.choice((0, 2.5, "3"))}],
            "contacts": [{"phones": [{"number": f"0116 496 {one % 1000:04d}"}]}],
            "attributes": [{"taxonomy_term": {"name": chance.choice(_WHAT)}}],
            "service_at_locations": [
                {
                    "location": {
                        "name": "Village hall",
                        "latitude": 52.5 + chance.random() / 10,
                        "longitude": -1.3 - chance.random() / 10,
                        "addresses": [{"address_1": "1 High Street", "postal_code": "LE9 8EB"}],
                    }
                }
            ],
        }
        for one in range(number)
    ]


def taking_in(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure a directory from its file into the encrypted store, and its JSON parsed alone."""
    number = 40 if caseloads.small else SERVICES
    file = Path(caseloads.place) / "directory.json"
    file.write_text(json.dumps({"contents": services(number)}), encoding="utf-8")
    pairs: list[tuple[float, float]] = []
    again: list[float] = []
    for _ in range(min(runs, 5)):
        store = empty(caseloads)
        times = []
        for _ in range(2):
            begun = time.perf_counter()
            entries = read_file(file, Report(), date(2026, 11, 27))
            with store.write("took in a directory") as tx:
                take_in(tx, "county", entries)
            times.append(time.perf_counter() - begun)
        store.lock()
        begun = time.perf_counter()
        json.loads(file.read_bytes())
        pairs.append((times[0], time.perf_counter() - begun))
        again.append(times[1])
    per = 1000 / number
    ours, floor = (statistics.median(one[side] for one in pairs) * per for side in (0, 1))
    what = "a directory taken in, a thousand services"
    floor_is = "its JSON parsed alone"
    runs = len(pairs)
    yield Figure("directory", what, floor_is, "s", ours, floor, ours / floor, None, runs)
    same = statistics.median(again) * per
    yield Figure(
        "directory-again", "the same again", floor_is, "s", same, floor, same / floor, None, runs
    )
    whole = statistics.median(one for one, _ in pairs)
    yield Figure(
        "directory-800",
        f"{number} services, seconds",
        "five seconds",
        "s",
        whole,
        5.0,
        whole / 5,
        1,
        runs,
    )


TYPED = ("lunch club tuesday", "choir", "yoga free", "debt advice near LE9", "walking barwell")
"""What is typed into the box, a letter at a time."""

FRAME_MS = 16.0


def finding(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the directory's box at 1,000 and 20,000 entries, letter by letter, in frames."""
    for number in (1_000, 20_000):
        store = empty(caseloads)
        file = Path(caseloads.place) / "directory.json"
        shown = number // 50 if caseloads.small else number
        file.write_text(json.dumps({"contents": services(shown)}), encoding="utf-8")
        with store.write("took in a directory") as tx:
            take_in(tx, "county", read_file(file, Report(), date(2026, 11, 27)))
        with store.read() as tx:
            held = directory(tx)
        times = []
        for _ in range(min(runs, 5)):
            for text in TYPED:
                for end in range(1, len(text) + 1):
                    begun = time.perf_counter()
                    with store.read() as tx:
                        held.find(tx, text[:end])
                    times.append((time.perf_counter() - begun) * 1000)
        store.lock()
        what = f"a letter in the directory's box, {number:,} entries, p95"
        ours = p95(times)
        yield Figure(
            f"box-{number}", what, "a frame", "ms", ours, FRAME_MS, ours / FRAME_MS, 1, len(times)
        )


HOPES = ("a bike to get to work", "company on Saturdays", "sing again", "learn English")


def suggestions(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure who could meet a hope, among sixty people with ten strengths each, in frames."""
    people = 6 if caseloads.small else 60
    chance = random.Random(4)
    words = [word for words in everyday_topics().values() for word in words]
    store = empty(caseloads)
    with store.write("a caseload") as tx:
        for number in range(people):
            person = str(tx.add(schema.Person(called=f"Person {number}")).id)
            for _ in range(10):
                said = " ".join(chance.sample(words, 4))
                tx.add(schema.Strength(person_id=person, words=said, may_ask="yes"))
    times = []
    for _ in range(max(5, runs)):
        for hope in HOPES:
            begun = time.perf_counter()
            with store.read() as tx:
                who_could_meet(tx, person, hope)
            times.append((time.perf_counter() - begun) * 1000)
    store.lock()
    first, *others = times  # the first of a session reads the everyday topics and the stemmer
    ours = p95(others)
    what = f"who could meet a hope, {people} people, p95"
    yield Figure(
        "suggestions", what, "a frame", "ms", ours, FRAME_MS, ours / FRAME_MS, 1, len(others)
    )
    what = "the first of a session"
    yield Figure(
        "suggestions-first", what, "a frame", "ms", first, FRAME_MS, first / FRAME_MS, None, 1
    )
