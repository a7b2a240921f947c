"""A note, its corrections and its ticks, taken back and brought again in any order."""

from __future__ import annotations

import random

import pytest

from linkworker.caseload import note_correcting, people, steps
from tests.caseload.test_note_correcting import corrected, of, written
from tests.caseload.test_notes import in_sight

LINES = (
    "+ mends bicycles",
    "* a garden",
    "> Terry: ring the bike club",
    "~ the bus",
    "? a choir",
    "! he smokes indoors",
    "= gave cake",
    "!! the kitchen",
)
TABLES = (
    "strength",
    "goal",
    "in_the_way",
    "looked_for",
    "contribution",
    "safety_statement",
    "kept_apart",
)


def stands(store):
    """Return everything that stands, as far as words and states tell."""
    with store.read() as tx:
        ticks = tx.rows("SELECT words, state FROM step WHERE hidden_at IS NULL ORDER BY id")
    return in_sight(store), [of(store, table) for table in TABLES], ticks


def tick(store, person):
    """Tick or untick the step that stands; say whether there was one."""
    with store.read() as tx:
        found = tx.one("SELECT id, state FROM step WHERE hidden_at IS NULL")
    if found is not None:
        with store.write("ticked", person=person) as tx:
            steps.settle_step(tx, found[0], "done" if found[1] == "open" else "open")
    return found is not None


def test_what_was_ticked_and_unticked_is_taken_back_twice_and_brought_again_twice(store, terry):
    written(store, terry, "> Terry: ring the bike club")
    stood = [stands(store)]
    for _ in range(3):
        tick(store, terry)
        stood.append(stands(store))
    for before in reversed(stood[:-1]):
        store.undo()
        assert stands(store) == before
    for after in stood[1:]:
        store.redo()
        assert stands(store) == after


@pytest.mark.parametrize("seed", range(8))
def test_any_way_back_and_forth_comes_by_what_stood_there(store, terry, seed):
    chance = random.Random(seed)

    def text():
        return "\n".join(
            [*chance.sample(LINES, chance.randint(1, 6)), f"told {chance.random()} times"]
        )

    first = written(store, terry, text())
    stood = [stands(store)]
    while len(stood) < 6:
        with store.read() as tx:
            last = note_correcting.latest(tx, first)
        if chance.random() < 0.7 or not tick(store, terry):
            corrected(store, terry, last, text().replace("bicycles", f"{len(stood)} bicycles"))
        stood.append(stands(store))
    at = len(stood) - 1
    for _ in range(14):
        if at == 0 or (at < len(stood) - 1 and chance.random() < 0.5):
            store.redo()
            at += 1
        else:
            store.undo()
            at -= 1
        assert stands(store) == stood[at]


@pytest.fixture
def terry(store):
    with store.write("added somebody") as tx:
        return people.add_person(tx, called="Terry")
