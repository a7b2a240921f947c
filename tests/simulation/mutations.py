"""Faults put in on purpose, one at a time: the simulation must notice each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from linkworker.hub import ledger
from linkworker.hub.ledger import Ledger
from linkworker.hub.merging import TWO_PEOPLE
from linkworker.hub.same_people import SamePeople
from linkworker.oplog import applying, following, replica, showing, wiping
from linkworker.oplog.applying import Applied
from linkworker.oplog.beginning import Beginning
from linkworker.oplog.capture import WHOLE_ROW
from linkworker.oplog.chain import checksum
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Part, Replica, Taken
from linkworker.oplog.wire import Greeting
from linkworker.sync.session import Session, Synced
from tests.simulation.record import ORGANISATIONS


@contextmanager
def last_writer_wins() -> Iterator[None]:
    """Whatever comes last replaces everything that stands, seen or not."""
    move = applying._move_heads

    def move_all(connection: Any, op: Operation) -> None:
        for group in op.groups:
            if op.kind != "put":
                connection.execute(
                    "DELETE FROM sync_head WHERE tbl = ? AND pk = ? AND grp = ?",
                    (op.tbl, op.pk, group),
                )
        move(connection, op)

    with patch.object(applying, "_move_heads", move_all):
        yield


@contextmanager
def counted_as_sent_before_the_reply() -> Iterator[None]:
    """What is about to be pushed is marked as sent."""

    def push(self: Session, synced: Synced) -> None:
        while page := self._replica.unsent(self._page):
            now = tuple((op.n, 1, op.stamp) for op in page)
            self._replica.acknowledged(Taken(page[-1].n, now))
            self._hub.push(page)

    with patch.object(Session, "_push", push):
        yield


@contextmanager
def cursor_saved_before_the_page() -> Iterator[None]:
    """The cursor is kept in a transaction of its own, before the operations."""

    def take(self: Replica, parts: Sequence[Part]) -> tuple[Applied, list[str]]:
        applied = Applied()
        for part in parts:
            with self._transaction() as connection:
                row = connection.execute(
                    "SELECT hub_seq FROM sync_cursor WHERE scope = ?", (part.scope,)
                ).fetchone()
                if part.after != (row[0] if row else 0):
                    continue
                connection.execute(
                    "INSERT INTO sync_cursor (scope, hub_seq, checksum) VALUES (?, ?, ?) "
                    "ON CONFLICT (scope) DO UPDATE SET hub_seq = excluded.hub_seq, "
                    "checksum = excluded.checksum",
                    (part.scope, part.after + len(part.operations), part.checksum),
                )
            with self._transaction() as connection:
                applied.add(applying.apply(connection, part.operations, self._shapes))
        return applied, []

    with patch.object(Replica, "take", take):
        yield


@contextmanager
def goes_on_past_what_others_wrote() -> Iterator[None]:
    """After a push the laptop stands where the hub does, whatever came in between."""

    def go_on(connection: Any, ops: list[Operation], said: str, proof: str) -> None:
        last = max(ops, key=lambda op: op.hub_seq or 0)
        connection.execute(following.KEEP_PLACE, (last.scope, last.hub_seq, said, proof))

    with patch.object(following, "_go_on", go_on):
        yield


@contextmanager
def hub_ignores_grants() -> Iterator[None]:
    """Everybody is given everything."""

    def held(self: Ledger, tx: Any, worker: str, now: int) -> set[str]:
        return {scope for (scope,) in tx.rows("SELECT scope FROM hub_scope", ())}

    with patch.object(Ledger, "_held", held):
        yield


@contextmanager
def erased_people_are_taken_in_again() -> Iterator[None]:
    """The hub forgets whom it erased when somebody sends more about them."""
    with patch.object(Ledger, "_is_erased", lambda self, tx, scope: False):
        yield


@contextmanager
def kept_after_it_was_taken_away() -> Iterator[None]:
    """The laptop says that it let go, and did not."""
    with patch.object(Replica, "let_go", lambda self, scope: True):
        yield


@contextmanager
def taking_away_drops_what_was_unsent() -> Iterator[None]:
    """The laptop lets go at once, whatever waits."""
    with patch.object(wiping, "unsent_in", lambda connection, scope: 0):
        yield


@contextmanager
def the_same_twice_is_taken_twice() -> Iterator[None]:
    """No operation is recognised as one that was here already."""
    take = applying._take

    def take_again(connection: Any, op: Operation, shapes: Any, reason: str) -> bool:
        take(connection, op, shapes, reason)
        return True

    with patch.object(applying, "_take", take_again):
        yield


@contextmanager
def emptied_numbers_are_left_out() -> Iterator[None]:
    """A number whose content was erased is never sent."""
    unsent = replica.Replica.unsent

    def without(self: Replica, most_bytes: int) -> list[Operation]:
        return [op for op in unsent(self, most_bytes) if op.kind != "void"]

    with patch.object(Replica, "unsent", without):
        yield


@contextmanager
def old_answers_are_taken_in() -> Iterator[None]:
    """An answer to an earlier question is used as if it were the answer to this one."""
    take = Replica.take

    def take_any(self: Replica, parts: Sequence[Part]) -> tuple[Applied, list[str]]:
        cursors = self.cursors()
        moved = []
        for part in parts:
            at = cursors.get(part.scope, replica.Cursor())
            if part.after != at.seq:
                sum_ = checksum(at.checksum, part.operations)
                part = replace(part, after=at.seq, checksum=sum_)
            moved.append(part)
        return take(self, moved)

    def asks(self: Session, synced: Synced) -> None:
        pull: Any = self._hub.pull

        def answered(ask: int, *args: Any) -> Any:
            return replace(pull(ask, *args), ask=ask)

        with patch.object(self._hub, "pull", answered):
            pulled(self, synced)

    pulled = Session._pull
    with patch.object(Replica, "take", take_any), patch.object(Session, "_pull", asks):
        yield


@contextmanager
def a_removal_hides_what_it_never_saw() -> Iterator[None]:
    """A removal takes an edit with it that was made elsewhere at the same time."""
    with patch.object(showing.Row, "standing", lambda self: {h.op for h in self.heads[WHOLE_ROW]}):
        yield


@contextmanager
def what_is_kept_apart_comes_with_the_person() -> Iterator[None]:
    """Whoever holds a person is given the parts kept apart too."""
    held = Ledger._held

    def held_apart(self: Ledger, tx: Any, worker: str, now: int) -> set[str]:
        scopes = held(self, tx, worker, now)
        return scopes | {f"{one}:restricted" for one in scopes if one.startswith("person:")}

    with patch.object(Ledger, "_held", held_apart):
        yield


@contextmanager
def what_another_organisation_wrote_comes_with_the_person() -> Iterator[None]:
    """Whoever holds a person is given the notes of every organisation that walks with them."""
    held = Ledger._held

    def held_with_notes(self: Ledger, tx: Any, worker: str, now: int) -> set[str]:
        scopes = held(self, tx, worker, now)
        notes = {
            scope
            for (scope,) in tx.rows("SELECT scope FROM hub_scope", ())
            if scope.endswith(tuple(f":{one}" for one in ORGANISATIONS))
        }
        return scopes | {one for one in notes if one.rpartition(":")[0] in scopes}

    with patch.object(Ledger, "_held", held_with_notes):
        yield


@contextmanager
def covers_never_end() -> Iterator[None]:
    """The hub does not look at the day on which a cover ends."""

    def held(self: Ledger, tx: Any, worker: str, now: int) -> set[str]:
        return {
            scope
            for (scope,) in tx.rows(
                "SELECT scope FROM hub_grant WHERE worker = ? AND (until IS NULL OR until > since)",
                (worker,),
            )
        }

    with patch.object(Ledger, "_held", held):
        yield


@contextmanager
def what_comes_too_late_is_thrown_away() -> Iterator[None]:
    """What is pushed without a grant is emptied; no lead ever sees it."""
    take = Ledger._number

    def number(self: Ledger, tx: Any, op: Operation, worker: str, now: int) -> Any:
        may = self._may_write(tx, worker, op, now)
        return take(self, tx, op if may else replace(op, kind="void"), worker, now)

    with patch.object(Ledger, "_number", number):
        yield


@contextmanager
def what_is_not_understood_is_dropped() -> Iterator[None]:
    """An older release takes in only what it knows."""
    take = applying._take

    def take_known(connection: Any, op: Operation, shapes: Any, reason: str) -> bool:
        return not reason and take(connection, op, shapes, reason)

    with patch.object(applying, "_take", take_known):
        yield


@contextmanager
def an_older_release_empties_what_it_does_not_know() -> Iterator[None]:
    """A column that an operation did not name is empty after it."""
    with patch.object(showing.Row, "_filled_from", lambda self, op, group: ()):
        yield


@contextmanager
def parked_is_forgotten() -> Iterator[None]:
    """After an upgrade nobody looks again at what was parked."""
    with patch.object(applying, "replay_parked", lambda connection, shapes: Applied()):
        yield


@contextmanager
def copies_are_not_told_apart() -> Iterator[None]:
    """Whatever comes under a number that is there counts as what is there."""

    def same(op: Operation, *there: Any) -> bool:
        return True

    with patch.object(ledger, "is_there", same), patch.object(applying, "is_same", same):
        yield


@contextmanager
def what_a_restored_hub_forgot_is_not_handed_back() -> Iterator[None]:
    """After a restore each laptop sends what it wrote itself, and nothing of others."""
    with patch.object(Session, "_hand_back", lambda self, claims: None):
        yield


@contextmanager
def what_was_handed_back_counts_as_sent_by_its_device() -> Iterator[None]:
    """A device that lives is told to go on behind what others handed back of it."""

    greet = Ledger.greet

    def greet_further(self: Ledger, dev: str, worker: str, digest: str) -> Greeting:
        with self.database.reading() as tx:
            last_n = tx.value("SELECT max(n) FROM hub_op WHERE dev = ?", (dev,))
        return replace(greet(self, dev, worker, digest), last_n=int(last_n or 0))

    with patch.object(Ledger, "greet", greet_further):
        yield


@contextmanager
def let_go_of_before_it_is_handed_back() -> Iterator[None]:
    """What a restored hub knows nothing of leaves the laptop first."""
    hand_back = Session._hand_back

    def late(self: Session, claims: Any) -> None:
        if claims:
            self._pull(Synced())
        hand_back(self, self._replica.claims())

    with patch.object(Session, "_hand_back", late):
        yield


@contextmanager
def that_two_records_are_one_persons_is_lost_on_its_way_in() -> Iterator[None]:
    """A laptop keeps what says that two records are one person's, and never shows it."""
    take = applying._take

    def take_unseen(connection: Any, op: Operation, shapes: Any, reason: str) -> bool:
        return take(connection, op, shapes, reason) and op.tbl != "same_person"

    is_first = Beginning.is_first

    def is_another(self: Beginning, op: Operation) -> bool:
        return is_first(self, op) and op.tbl != "same_person"

    with (
        patch.object(applying, "_take", take_unseen),
        patch.object(Beginning, "is_first", is_another),
    ):
        yield


@contextmanager
def parted_records_stay_with_whoever_held_the_other() -> Iterator[None]:
    """When records are parted no grant ends."""
    decide = SamePeople._decide

    def decide_only(self: SamePeople, tx: Any, one: str, other: str, state: str, *why: str) -> None:
        if state != TWO_PEOPLE:
            decide(self, tx, one, other, state, *why)
            return
        with patch.object(Ledger, "even_out_in", lambda self, tx, scopes: None):
            decide(self, tx, one, other, state, *why)

    with patch.object(SamePeople, "_decide", decide_only):
        yield


MUTATIONS: dict[str, Callable[[], Any]] = {
    one.__name__.replace("_", " "): one
    for one in (
        last_writer_wins,
        counted_as_sent_before_the_reply,
        cursor_saved_before_the_page,
        goes_on_past_what_others_wrote,
        hub_ignores_grants,
        erased_people_are_taken_in_again,
        kept_after_it_was_taken_away,
        taking_away_drops_what_was_unsent,
        the_same_twice_is_taken_twice,
        emptied_numbers_are_left_out,
        old_answers_are_taken_in,
        a_removal_hides_what_it_never_saw,
        what_is_kept_apart_comes_with_the_person,
        what_another_organisation_wrote_comes_with_the_person,
        covers_never_end,
        what_comes_too_late_is_thrown_away,
        what_is_not_understood_is_dropped,
        an_older_release_empties_what_it_does_not_know,
        parked_is_forgotten,
        copies_are_not_told_apart,
        what_a_restored_hub_forgot_is_not_handed_back,
        what_was_handed_back_counts_as_sent_by_its_device,
        let_go_of_before_it_is_handed_back,
        that_two_records_are_one_persons_is_lost_on_its_way_in,
        parted_records_stay_with_whoever_held_the_other,
    )
}
"""Every fault by its name."""
