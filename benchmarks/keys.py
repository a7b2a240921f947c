"""Keys: from the press to the paint of what it asked for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from benchmarks.caseloads import Caseloads
from benchmarks.measuring import Figure, ratio_figure
from benchmarks.starting import PEOPLE_TODAY, demo
from benchmarks.terminal import Terminal

NOTICE_SECONDS = 8.0
"""Longer than a notice stays."""


def _people(caseloads: Caseloads) -> Terminal:
    terminal = Terminal(demo(caseloads.ten_years_folder()))
    terminal.when_shown(PEOPLE_TODAY)
    terminal.settle()
    terminal.send("f3")
    terminal.settle()
    return terminal


def _table() -> Terminal:
    terminal = Terminal([sys.executable, "-m", "benchmarks.floors.table"])
    terminal.when_shown("person 000")
    terminal.settle()
    return terminal


def press(terminal: Terminal, key: str) -> float:
    """Press a key and return the ms until the repaint that it caused was whole."""
    sent = terminal.send(key)
    last = sent
    while True:
        came = terminal.read(0.08 if last > sent else 2.0)
        if came is None:
            return (last - sent) * 1000
        last = came


def _held(terminal: Terminal, key: str, times: int) -> float:
    """Hold a key down, as a terminal repeats it, and return the ms to the last repaint."""
    sent = terminal.send("".join({"down": "\x1b[B", "up": "\x1b[A"}[key] for _ in range(times)))
    last = sent
    while True:
        came = terminal.read(0.15 if last > sent else 2.0)
        if came is None:
            return (last - sent) * 1000
        last = came


def arrow(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure the arrow key on People, to the person in sight."""
    with _people(caseloads) as ours, _table() as floor:
        pairs = []
        for number in range(runs * 4):
            key = "down" if number % 40 < 20 else "up"
            pairs.append((press(ours, key), press(floor, key)))
    yield ratio_figure(
        "arrow",
        "arrow key on People to detail",
        "a bare DataTable with a Static",
        "ms",
        pairs[2:] or pairs,
        1.1,
    )


def held(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure thirty held arrow keys on People."""
    with _people(caseloads) as ours, _table() as floor:
        pairs = []
        for number in range(runs):
            key = "up" if number % 2 else "down"
            pairs.append((_held(ours, key, 30), _held(floor, key, 30)))
    yield ratio_figure(
        "held", "30 held arrow keys on People", "a bare DataTable with a Static", "ms", pairs, 1.5
    )


def open_person(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure opening the person with the most entries: to the page, and to the last of its story.

    Both figures are of the same press, beside the same floor: the first until the sections of the
    page stand painted, the second until the newest entry of the story does.
    """
    entries = caseloads.fullest()
    with (
        _people(caseloads) as ours,
        Terminal([sys.executable, "-m", "benchmarks.floors.push"]) as floor,
    ):
        floor.when_shown("the base")
        floor.settle()
        for letter in entries.name:
            ours.send(letter)
            ours.settle(0.1)
        pages, stories, turn = [], [], "]"
        for number in range(runs + 1):
            sent = ours.send("enter")
            stood = ours.when_each_shown([r"1 Now", re.escape(entries.newest)])
            page, story = ((at - sent) * 1000 for at in stood)
            ours.settle()
            sent = floor.send("enter")
            pushed = (floor.when_shown(f"pushed {number + 1}$") - sent) * 1000
            floor.settle()
            pages.append((page, pushed))
            stories.append((max(page, story), pushed))
            turn = _to_somebody_else(ours, entries.name, turn)
            ours.send("esc")
            floor.send("esc")
            ours.settle()
            floor.settle()
    for name, until, pairs in (("page", "page", pages), ("story", "newest of story", stories)):
        yield ratio_figure(
            f"open-person-{name}",
            f"open a person ({entries.count} entries) to the {until}",
            "pushing a bare screen",
            "ms",
            pairs[1:],
            1.5,
        )


def _to_somebody_else(terminal: Terminal, name: str, key: str) -> str:
    """Turn the page to somebody else with `key`, or the other way; return the key that did it.

    Nobody is opened twice running so. Who is last in the list has nobody after them: a notice says
    that, and would stand on the page when it is opened next, so it is waited for once.
    """
    for one in (key, "[" if key == "]" else "]"):
        terminal.send(one)
        terminal.settle()
        if name not in terminal.screen.display[0]:
            break
        terminal.settle(NOTICE_SECONDS)
    return one


SHORT_OF_A_BLINK = 0.4
"""Seconds of quiet of a bare editor: its cursor blinks twice a second, so that there is no more."""


def typing(caseloads: Caseloads, runs: int) -> Iterator[Figure]:
    """Measure a key in a note of 3,000 words, to its paint; then one with 300 lines of marks."""
    story = " ".join(f"word{number % 97}" for number in range(3000))
    yield _typed(caseloads, runs, "typing", "a key in a note of 3,000 words", story, 1.5)
    signs = "+*>@=~?!x"
    marked = [
        f"{signs[number % 9]} {_words(number)} {number}"
        for number in range(30 if caseloads.small else 300)
    ]
    words = "\n".join([*marked, " ".join(f"word{number % 97}" for number in range(900))])
    yield _typed(
        caseloads,
        runs,
        "typing-marks",
        "the same with 300 lines of marks",
        words,
        1.8,
        ("tab", "1"),
    )


def _words(number: int) -> str:
    return " ".join(f"word{number * step % 97}" for step in (3, 5, 7, 11, 13, 17))


def _typed(
    caseloads: Caseloads,
    runs: int,
    name: str,
    what: str,
    words: str,
    aim: float,
    then: tuple[str, ...] = (),
) -> Figure:
    """Measure keys at the end of a note. `then` are keys after pasting it: its lines are marks."""
    paste = f"\x1b[200~{words}\x1b[201~"
    with (
        _people(caseloads) as ours,
        Terminal([sys.executable, "-m", "benchmarks.floors.editor"]) as floor,
    ):
        ours.send("ctrl+n")
        ours.settle(1.0)
        floor.settle(SHORT_OF_A_BLINK)
        ours.send(paste)
        ours.settle(1.5, 30)
        floor.send(paste)
        floor.when_shown("word")
        floor.settle(SHORT_OF_A_BLINK, 30)
        for key in (*then, "esc") if then else ():
            ours.send(key)
            ours.settle(0.5 if caseloads.small else 3.0, 30)
        pairs = []
        for number in range(runs * 4):
            letter = "abcdefghij"[number % 10]
            pairs.append((press(ours, letter), press(floor, letter)))
    return ratio_figure(name, what, "a bare TextArea", "ms", pairs[2:] or pairs, aim)
