"""A working day: twelve notes with marks and all that they become, and the audit of who was opened.

Its bytes stand beside the words of its notes packed by themselves (zstd, level 3): all that is sent
in that sync, the heads of the calls too. Its time stands beside Anki's for the same twelve texts,
sent by one and fetched by another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from itertools import count

import zstandard

from benchmarks import anki, laptops
from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, ratio_figure
from linkworker.caseload.audit import record_opened
from linkworker.caseload.notes import Facts, note_known, write_note
from linkworker.clock import uuid7_ids
from linkworker.rules.marks import read_note
from linkworker.rules.note.understanding import understand
from linkworker.store import Store
from linkworker.sync.syncing import sync
from tests.hub import places
from tests.hub.places import Place
from tests.hub.proxy import proxy

NOTES = 12
PEOPLE = 60
WAY_SECONDS = 0.015
"""How long what is said is on its way there, and back, on a line as from a library."""

LEVEL = 3
"""Of zstd: its own usual one."""

MARKS = (
    "+ {0}",
    "* {1}",
    "> Person {who}: {2} on Thursday",
    "~ {3}",
    "= {4}",
)
"""The marks of a note: a strength, a hope, a step promised, what is in the way, what they gave."""

STORY = 650
"""Letters of a note before its marks: with them about 150 words."""


def days(caseloads: Caseloads) -> Iterator[list[str]]:
    """Give the notes of one day after another, told in the words of made-up notes."""
    told = laptops.texts(caseloads, 40 if caseloads.small else 1_200)
    lines = [line for text in told for line in text.splitlines() if 25 < len(line) < 60]
    for day in count():
        notes = []
        for number in range(NOTES):
            at = day * NOTES + number
            said = [
                lines[(at * 7 + step * 3) % len(lines)].strip("+*>@=~?!x .") for step in range(5)
            ]
            story = " ".join(told[at % len(told)].split())[:STORY]
            marks = "\n".join(mark.format(*said, who=number + 1) for mark in MARKS)
            notes.append(f"{at}. {story}.\n\n{marks}")
        yield notes


def live(store: Store, people: Sequence[str], notes: Sequence[str]) -> None:
    """Write a day's notes, each of another person who was opened before."""
    with store.write("opened", quiet=True) as tx:
        opened = [(person, tx.now + timedelta(minutes=n)) for n, person in enumerate(people)]
        record_opened(tx, opened[: len(notes)])
    for person, text in zip(people, notes, strict=False):
        with store.read() as tx:
            known = note_known(tx, [person], tx.today)
        understood = understand(read_note(text), known)
        store.ids = uuid7_ids(store.clock)  # of another hour: nothing of its chance is shared
        with store.write("a note", person=person) as tx:
            write_note(tx, understood, Facts(tx.now, 50))


def _timed(store: Store) -> float:
    begun = time.perf_counter()
    sync(store)
    return (time.perf_counter() - begun) * 1000


def team(caseloads: Caseloads, place: Place, url: str = "") -> tuple[Store, Store, list[str]]:
    """Return two laptops of one worker that hold the same people, and the people's ids."""
    writer = laptops.enrolled(laptops.empty(caseloads), place, url=url)
    people = laptops.fill(writer, PEOPLE, laptops.texts(caseloads, PEOPLE))
    sync(writer)
    reader = laptops.enrolled(laptops.empty(caseloads), place, url=url)
    sync(reader)
    return writer, reader, people


def size(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the bytes of a day."""
    rounds = min(runs, 5)
    told = days(caseloads)
    with (
        places.far(laptops.folder_of(caseloads, "hub"), "--plain") as place,
        proxy(int(place.url.rpartition(":")[2])) as between,
    ):
        url = f"http://127.0.0.1:{between.port}"
        writer, reader, people = team(caseloads, place, url)
        sent: list[tuple[float, float]] = []
        fetched: list[tuple[float, float]] = []
        for _ in range(rounds):
            notes = next(told)
            live(writer, people, notes)
            words = float(len(zstandard.ZstdCompressor(LEVEL).compress("\n".join(notes).encode())))
            for store, side, found in ((writer, "asked", sent), (reader, "answered", fetched)):
                before = getattr(between, f"{side}_bytes")
                sync(store)
                time.sleep(0.2)  # the last of it may still be carried
                found.append((getattr(between, f"{side}_bytes") - before, words))
        writer.lock()
        reader.lock()
    floor = "its words alone, by zstd -3"
    yield ratio_figure("day-bytes-sent", "a day's 12 notes, sent", floor, "B", sent, 1.3)
    yield ratio_figure("day-bytes-fetched", "a day's 12 notes, fetched", floor, "B", fetched, None)


def _peer(server: anki.Anki) -> Callable[[Sequence[str]], tuple[float, float]]:
    """Return what has Anki send a day and fetch it elsewhere, and gives the ms of each."""
    writer, empty = server.met()
    reader = server.collection("reader", empty)

    def once(notes: Sequence[str]) -> tuple[float, float]:
        writer.do("add", texts=list(notes))
        return writer.sync() * 1000, reader.sync() * 1000

    return once


def speed(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the time of a day, sent and fetched: on this machine alone, and on a line."""
    yield from _speed(caseloads, runs, 0.0, "")
    yield from _speed(caseloads, runs, WAY_SECONDS, f", a line of {WAY_SECONDS * 2000:.0f} ms")


def _speed(caseloads: Caseloads, runs: int, way: float, line: str) -> Iterator[Figure]:
    told = days(caseloads)
    python = caseloads.anki()
    with ExitStack() as lent:
        place = lent.enter_context(places.far(laptops.folder_of(caseloads, "hub")))
        url, theirs = place.url, None
        if way:
            port = lent.enter_context(proxy(int(url.rpartition(":")[2]), way)).port
            url = f"https://127.0.0.1:{port}"
        if python:
            server = lent.enter_context(anki.serving(python, laptops.folder_of(caseloads, "anki")))
            if way:
                port = lent.enter_context(proxy(server.port, way)).port
                server.url = f"http://127.0.0.1:{port}/"
            theirs = _peer(server)
        writer, reader, people = team(caseloads, place, url)
        sent: list[tuple[float, float]] = []
        fetched: list[tuple[float, float]] = []
        for number in range(runs + 1):
            notes = next(told)
            live(writer, people, notes)
            peer = theirs(notes) if theirs and number % 2 else None
            ours = _timed(writer), _timed(reader)
            beside = peer or (theirs(notes) if theirs else (0.0, 0.0))
            if number:  # the first is not counted
                sent.append((ours[0], beside[0]))
                fetched.append((ours[1], beside[1]))
        writer.lock()
        reader.lock()
    suffix = "-far" if way else ""
    for name, what, pairs in (
        (f"day-sent{suffix}", f"a day's 12 notes, sent{line}", sent),
        (f"day-fetched{suffix}", f"a day's 12 notes, fetched{line}", fetched),
    ):
        yield beside_peer(name, what, pairs, is_there=python is not None)


def beside_peer(
    name: str, what: str, pairs: list[tuple[float, float]], *, is_there: bool
) -> Figure:
    """Return the figure beside Anki's, or ours alone and not judged where Anki is absent."""
    if is_there:
        return ratio_figure(name, what, "Anki, the same texts", "ms", pairs, 1.0)
    alone = sorted(ours for ours, _ in pairs)[len(pairs) // 2]
    return Figure(name, what, "Anki is absent", "ms", alone, 0, None, None, len(pairs))
