"""Noticing that two people on the hub may be one: the rules of `rules.same_person`, over everybody.

It runs after a push was answered, or when somebody asks for what was noticed, never while a laptop
waits: whoever enters a name learns nothing by it, not even by the time that it takes.

People are found by clues, each of which few share. A clue that many share (a surgery's number, a
name as common as John Smith) says nothing of who somebody is, and is passed over: so the work for
one person is bounded, however many there are.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from linkworker.clock import to_text
from linkworker.hub import audit
from linkworker.hub.database import Database
from linkworker.hub.identifying import Said, Scratch, from_text, spelled
from linkworker.hub.ledger import Ledger
from linkworker.hub.merging import ONE_PERSON, TWO_PEOPLE
from linkworker.hub.own_writes import OwnWrites
from linkworker.rules.same_person import Clue, Facts, Likeness, alike_among, clues_of, only_one_has

MOST_AT_ONCE = 5
"""People who are looked at in one transaction: laptops that write wait no longer than that."""

BREATH_SECONDS = 0.001
"""A pause between two of them, in which laptops get their turn."""

MOST_OF_A_NAME, MOST_SHARING = 20, 200
"""When more people than this have a name, or share anything else, it says nothing of either."""

MOST_PAIRS = 20
"""Pairs that are noticed of one person at one time, the likeliest."""

NOTICED = "noticed"
"""What stands of a pair until somebody decides (`merging` has the rest)."""

_WAITS, _SEEN, _UNREADABLE = 1, 0, 2


class Noticing:
    """Keeps what is known of everybody, and which pairs may be one person."""

    def __init__(
        self, database: Database, ledger: Ledger, now_ms: Callable[[], int], own: OwnWrites
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._now_ms = now_ms
        self._own = own
        self._scratch: Scratch | None = None
        self._at_work = threading.Lock()

    def catch_up(self, most: int = MOST_AT_ONCE) -> int:
        """Look at people of whom something new was said; return how many, 0 when none are left.

        Somebody whose writes cannot be read is passed over until more is said of them.
        """
        with self._database.reading() as tx:
            if tx.one("SELECT 1 FROM hub_face WHERE stale = 1 LIMIT 1", ()) is None:
                return 0
        with self._database.writing() as tx:
            waiting = tx.rows("SELECT person FROM hub_face WHERE stale = 1 LIMIT ?", (most,))
            for (person,) in waiting:
                self._look_at(tx, person)
        return len(waiting)

    def catch_up_with_all(self) -> None:
        """Look at everybody of whom something new was said; laptops get their turn in between."""
        while self.catch_up():
            time.sleep(BREATH_SECONDS)

    def go_on(self) -> None:
        """Do so, unless it is being done in this process: for whoever answers laptops."""
        if self._at_work.acquire(blocking=False):
            try:
                self.catch_up_with_all()
            finally:
                self._at_work.release()

    def read(self, tx: Any, person: str) -> Said:
        """Return what is said of somebody, in a transaction that may write."""
        self._scratch = self._scratch or Scratch()
        return self._scratch.read(tx, person)

    def _look_at(self, tx: Any, person: str) -> None:
        try:
            said = self.read(tx, person)
            facts = said.facts
            kept, sought = clues_of(facts) if facts else ([], [])
        except (ValueError, TypeError, OverflowError, RecursionError):
            tx.execute("UPDATE hub_face SET stale = ? WHERE person = ?", (_UNREADABLE, person))
            return
        self._hear_what_was_decided(tx, person, said)
        self._say_again_what_was_decided(tx, person, said)
        text = spelled(facts)
        before = tx.value("SELECT facts FROM hub_face WHERE person = ?", (person,))
        tx.execute(
            "UPDATE hub_face SET facts = ?, stale = ? WHERE person = ?", (text, _SEEN, person)
        )
        if text == before:
            return
        tx.execute("DELETE FROM hub_clue WHERE person = ?", (person,))
        for clue in kept:
            tx.execute(
                "INSERT INTO hub_clue (clue, person) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (_key(clue), person),
            )
        self._pair(tx, person, facts, sought)

    def _hear_what_was_decided(self, tx: Any, person: str, said: Said) -> None:
        """Follow the records: two that name each other are one person's, until one is taken back.

        So whoever holds both may part them, and no grant outlives that.
        """
        pairs = {
            other if one == person else one
            for one, other in tx.rows(
                "SELECT one, other FROM hub_pair WHERE (one = ? OR other = ?) AND state = ?",
                (person, person, ONE_PERSON),
            )
        }
        parted = [
            other
            for other in sorted(pairs)
            if not (said.names(other) and self.read(tx, other).names(person))
        ]
        for other in parted:
            tx.execute(
                "UPDATE hub_pair SET state = ?, decided_at = NULL, decided_by = '', reason = '' "
                "WHERE one = ? AND other = ?",
                (NOTICED, *key(person, other)),
            )
            audit.add(tx, self._now_ms(), "a laptop", "parted again", f"{person} {other}")
        if parted:
            self._ledger.even_out_in(tx, [f"person:{one}" for one in (person, *parted)])

    def _say_again_what_was_decided(self, tx: Any, person: str, said: Said) -> None:
        """Take back that a record names another where a lead said later that they are two.

        It comes late: from a laptop that was away, or handed back to a hub that was restored.
        """
        for one, other, at in tx.rows(
            "SELECT one, other, decided_at FROM hub_pair WHERE (one = ? OR other = ?) "
            "AND state <> ? AND decided_at IS NOT NULL",
            (person, person, ONE_PERSON),
        ):
            decided = to_text(datetime.fromtimestamp(at / 1000, UTC))
            for named in said.others:
                if named.other in (one, other) and named.at < decided:
                    self._own.take_back(tx, person, named)

    def _pair(self, tx: Any, person: str, facts: Facts | None, sought: list[Clue]) -> None:
        """Notice who may be the same, and let go of what is so no longer."""
        there = {
            (other if one == person else one): state
            for one, other, state in tx.rows(
                "SELECT one, other, state FROM hub_pair WHERE one = ? OR other = ?",
                (person, person),
            )
        }
        near = self._near(tx, person, sought) | dict.fromkeys(there)
        found: dict[str, Likeness] = {}
        if facts is not None:
            others = {
                one: theirs for one, text in _faces(tx, list(near)) if (theirs := from_text(text))
            }
            found = alike_among(facts, others)
            likeliest = sorted(
                found, key=lambda one: (found[one].verdict != "same", -found[one].score, one)
            )
            for other in {*likeliest[:MOST_PAIRS], *(there.keys() & found.keys())}:
                self._note(tx, person, facts, other, others[other], found[other])
        for other, state in there.items():
            if other not in found and state == NOTICED:
                tx.execute("DELETE FROM hub_pair WHERE one = ? AND other = ?", key(person, other))

    def _near(self, tx: Any, person: str, sought: list[Clue]) -> dict[str, None]:
        near: dict[str, None] = {}
        for clue in sought:
            of_a_name = "name" in clue[:2] or "family name alone" in clue[:2]
            most = MOST_OF_A_NAME if of_a_name else MOST_SHARING
            sharing = tx.rows(
                "SELECT person FROM hub_clue WHERE clue = ? AND person <> ? LIMIT ?",
                (_key(clue), person, most + 1),
            )
            if len(sharing) <= most:
                near |= {other: None for (other,) in sharing}
        return near

    def _note(
        self, tx: Any, person: str, facts: Facts, other: str, theirs: Facts, like: Likeness
    ) -> None:
        # A name may stand whole in what one is called: then it is known of both.
        named = {what.partition(" (")[0] for what in (*like.agrees, *like.differs)}
        one_alone = [what for what in only_one_has(facts, theirs) if what not in named]
        said = json.dumps([like.verdict == "same", like.agrees, like.differs, one_alone])
        tx.execute(
            "INSERT INTO hub_pair (one, other, state, said, score, noticed_at, decided_by, reason, "
            "of_facts) VALUES (?, ?, ?, ?, ?, ?, '', '', '') "
            "ON CONFLICT (one, other) DO UPDATE SET said = excluded.said, score = excluded.score",
            (*key(person, other), NOTICED, said, like.score, self._now_ms()),
        )
        tx.execute(
            # When it was decided last is kept: names from before then are taken back all the same.
            "UPDATE hub_pair SET state = ?, noticed_at = ?, decided_by = '', "
            "reason = '', of_facts = '' "
            "WHERE one = ? AND other = ? AND state = ? AND of_facts <> ?",
            (
                *(NOTICED, self._now_ms(), *key(person, other), TWO_PEOPLE),
                of_facts(spelled(facts), spelled(theirs)),
            ),
        )


def people_with(tx: Any, facts: Facts) -> list[str]:
    """Return who may have the NHS number, or else the birth date; who has another is among them."""
    kept, _ = clues_of(facts)
    rows = tx.rows("SELECT person FROM hub_clue WHERE clue = ?", (_key(kept[0]),))
    return [str(person) for (person,) in rows]


def key(one: str, other: str) -> tuple[str, str]:
    """Return two people as a pair is kept: whichever way they are named."""
    return (one, other) if one < other else (other, one)


def of_facts(one: str, other: str) -> str:
    """Return what tells whether anything of two people's facts has changed."""
    said = "\n".join(sorted((one, other)))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _key(clue: Clue) -> str:
    said = json.dumps(clue, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def _faces(tx: Any, people: list[str]) -> list[tuple[str, str]]:
    """Return what is known of these people."""
    found: list[tuple[str, str]] = []
    for first in range(0, len(people), 500):
        some = people[first : first + 500]
        marks = ", ".join("?" for _ in some)
        found += tx.rows(f"SELECT person, facts FROM hub_face WHERE person IN ({marks})", some)
    return found
