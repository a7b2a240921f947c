"""The store's side of sync: what others wrote is taken in and scopes are let go of.

Every piece is one transaction with a save mark of its own, capture off, and foreign keys not
enforced: rows of one act may come in two pages. The watchers hear of it after the commit. What was
being typed about somebody who is no longer held is handed in as an unfinished note before anything
of that person leaves this laptop.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from linkworker import cipher, schema
from linkworker.clock import Clock, to_text
from linkworker.oplog.applying import Applied
from linkworker.oplog.replica import Part, Replica, Taken, Waiting
from linkworker.rules.marks import KEPT_APART_PLACE, sign_of
from linkworker.save_marks import begin_save
from linkworker.scopes import RECORD, parts, person_of
from linkworker.storage import drafts
from linkworker.storage.connections import BULK_CACHE_KIB, WRITE_CACHE_KIB, Connections
from linkworker.storage.faults import in_plain_words
from linkworker.storage.indexing import index_at_the_end
from linkworker.storage.settling import shapes
from linkworker.storage.transaction import WriteTx
from linkworker.storage.watching import Change, Watchers

PATIENCE = 20.0
"""Seconds for which sync waits for its turn to write: nobody waits for it at the keys."""

MOST_SECONDS = 1.0
"""How long sync takes in before it keeps what it has, where nobody waits to write: the pages that
many operations touch are then sealed once. Where somebody waits it gives way at once
(docs/decisions, 0023)."""

MANY = 500
"""Operations of one answer from which on the pages they touch are kept in mind meanwhile."""

BREATH_SECONDS = 0.001
"""A pause between two transactions: who waits to write must not find it begun again each time."""

KEPT_APART_FORM = ":kept apart:"
"""Stands in the id of the draft of a form in which something is kept apart."""

UNFINISHED = "Unfinished, as it stood when this person was handed over:"
"""What stands over the words of a draft that is handed in."""

_STAND_INS = """SELECT id FROM person WHERE hidden_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM sync_head WHERE tbl = 'person' AND pk = person.id)"""
"""Whose row stands in for a record that is gone (`_stand_in`): no operation made it."""

_OFFERED = """SELECT o.id, s.person_id FROM strength s JOIN offer o ON o.id = s.offer_id
    WHERE o.hidden_at IS NULL AND o.withdrawn_on IS NULL"""

SENDING = "sync_op"
"""The table that watchers of what is sent are told of."""


class StoreReplica(Replica):
    """The open records of a store, as a sync needs them."""

    def __init__(
        self,
        connections: Connections,
        watchers: Watchers,
        write: Callable[..., AbstractContextManager[WriteTx]],
        clock: Clock,
    ) -> None:
        """`write` begins an act of the store (`Store.write`)."""
        super().__init__(self._from_elsewhere, shapes(), _after_wipe, connections.reader)
        self._connections = connections
        self._watchers = watchers
        self._write = write
        self._asked_again = False
        """Whether what is written now would come again from the hub if the power failed: then it
        need not be on the disk yet."""
        self._stood: dict[str, int] = {}
        """How far each scope was known when the watchers last heard of it from here."""
        self._are_many = False
        """Whether so many are taken in that the pages they touch are kept in mind meanwhile."""
        self._began = 0.0
        """When the transaction began in which operations are taken in."""
        self._clock = clock

    @contextmanager
    def _from_elsewhere(self) -> Iterator[Any]:
        """Lend the writer for what others wrote."""
        connections, state = self._connections, self._connections.writer_state
        with connections.turn(PATIENCE) as raw:
            state.capturing = False
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(f"PRAGMA synchronous={'NORMAL' if self._asked_again else 'FULL'}")
            if self._are_many:
                raw.execute(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")
            try:
                begin_save(raw)
                with index_at_the_end(raw, state):
                    yield raw
                raw.execute("COMMIT")
            except BaseException as error:
                connections.take_back(error)
                raise in_plain_words(error) from None
            finally:
                state.capturing = True
                connections.writer.execute("PRAGMA foreign_keys=ON")
                connections.writer.execute("PRAGMA synchronous=FULL")
                if self._are_many:
                    connections.writer.execute(f"PRAGMA cache_size=-{WRITE_CACHE_KIB}")

    def take(self, parts: Sequence[Part]) -> tuple[Applied, list[str]]:
        """Take parts in; whoever comes with one for the first time is noted as new here."""
        begun = [one.scope for one in parts if not one.after and one.operations]
        self._note_new([person for scope in begun if (person := _whole_record(scope))])
        self._stood = self._places()
        self._are_many = sum(len(part.operations) for part in parts) >= MANY
        try:
            return super().take(parts)
        finally:
            self._are_many = False

    def _note_new(self, people: Sequence[str]) -> None:
        """Note who comes here whom this worker was given: what a laptop's first sync brings is not
        new to its worker, and who was here before is not either."""
        with self._reading() as connection:
            if not connection.execute("SELECT 1 FROM sync_run WHERE failed = ''").fetchone():
                return
            known = "SELECT 1 FROM person WHERE id = ?"
            new = [one for one in people if not connection.execute(known, (one,)).fetchone()]
        if new:
            now = to_text(self._clock())
            with self._from_elsewhere() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO sync_new_here (person_id, at) VALUES (?, ?)",
                    [(one, now) for one in new],
                )

    def _take_some(self, waiting: deque[Waiting]) -> Applied:
        """Take in for as long as nobody waits to write.

        If the power failed it would come again from the hub: so it need not be on the disk yet, and
        the next save here takes it there with its own.
        """
        self._asked_again, self._began = True, time.monotonic()
        self._connections.gives_way = True
        try:
            applied = super()._take_some(waiting)
        finally:
            self._asked_again = self._connections.gives_way = False
        time.sleep(BREATH_SECONDS)
        return applied

    def enough(self, taken: int) -> bool:
        """Say whether somebody waits to write, or it has been long."""
        return self._connections.somebody_waits or time.monotonic() - self._began > MOST_SECONDS

    def came(self, applied: Applied) -> None:
        """Tell the watchers what came."""
        self._went_on()
        self._tell(applied.tables, applied.scopes)

    def _went_on(self) -> None:
        """Have the watchers know how far each scope is known: they are told of it here."""
        before, self._stood = self._stood, self._places()
        self._watchers.went_on(before, self._stood)

    def _places(self) -> dict[str, int]:
        return {scope: at.seq for scope, at in self.cursors().items()}

    def acknowledged(self, taken: Taken) -> None:
        """Note what the hub holds; who shows what is not sent hears of it."""
        self._stood = self._places()
        super().acknowledged(taken)
        self._went_on()
        self._tell({SENDING}, ())

    def known_scopes(self) -> set[str]:
        """Return the scopes of which anything stands here, be it a draft."""
        with self._reading() as connection:
            people = {one for draft in drafts.every(connection) for one in draft.people}
            people |= {one for (one,) in connection.execute(_STAND_INS)}
        return super().known_scopes() | {f"person:{one}" for one in people}

    def go_on_as(self, dev: str, first_n: int) -> int:
        """Go on as another device; numbers begin anew, so what was heard of does too."""
        renumbered = super().go_on_as(dev, first_n)
        self._watchers.told = renumbered
        return renumbered

    def let_go(self, scope: str) -> bool:
        """Let go of a scope; False while something of it, a draft among it, is not sent."""
        if self._hand_in(scope) or not super().let_go(scope):
            return False
        self._gone([scope])
        return True

    def erase(self, scopes: Sequence[str]) -> None:
        """Erase scopes for good, what was being typed about them too.

        What was offered of them to colleagues is withdrawn first, and so that the hub hears of it:
        afterwards nothing here tells whose it was.
        """
        if not scopes:
            return
        people = {person for scope in scopes if (person := _whole_record(scope))}
        self._withdraw(people)
        with self._from_elsewhere() as connection:
            for draft in drafts.every(connection):
                if people & set(draft.people):
                    drafts.drop(connection, draft.id)
        super().erase(scopes)
        self._gone(scopes)

    def _withdraw(self, people: set[str]) -> None:
        """Take back what is offered to the team of these people; no undo offers it again."""
        with self._reading() as connection:
            held = [(offer, who) for offer, who in connection.execute(_OFFERED) if who in people]
        if held:
            with self._write("took back what was offered", quiet=True) as tx:
                for offer_id, _ in held:
                    tx.change(schema.Offer, offer_id, withdrawn_on=tx.today)

    def _hand_in(self, scope: str) -> bool:
        """Write each draft about a person as an unfinished note of theirs, and drop the draft.

        Say whether there was one: the note lies in another part of the person, and is to be sent
        before any of it goes.
        """
        person = _whole_record(scope)
        with self._reading() as connection:
            begun = [one for one in drafts.every(connection) if person in one.people]
        for draft in begun:
            with self._write("handed in what was begun", person) as tx:
                self._stand_in(tx, person)
                _write_unfinished(tx, person, _words_of(draft))
                tx.drop_draft(draft.id)
        return bool(begun)

    def _stand_in(self, tx: WriteTx, person: str) -> None:
        """Have a note of a person find its person, also where the record is gone from here.

        Who types on in a note that stood open when the person went keeps a draft about somebody who
        is not here. The empty row is hidden, is sent to nobody, and goes when the note is sent.
        """
        if tx.value("SELECT 1 FROM person WHERE id = ?", (person,)):
            return
        state = self._connections.writer_state
        state.capturing = False
        try:
            tx.add(schema.Person(id=person, hidden_at=tx.now))
        finally:
            state.capturing = True

    def _gone(self, scopes: Sequence[str]) -> None:
        """After a wipe: nothing of it stays in the log of the file either."""
        with self._connections.turn(PATIENCE) as raw:
            cipher.checkpoint(raw)
        self._tell(set(shapes()), scopes)

    def _tell(self, tables: set[str], scopes: Sequence[str] | set[str]) -> None:
        people = frozenset(filter(None, map(person_of, scopes)))
        self._watchers.tell(Change(frozenset(tables), people) if tables else None)


def _whole_record(scope: str) -> str:
    """Return whose whole record a scope is: "" for a part of it, which takes no draft along."""
    person, part = parts(scope)
    return person if part == RECORD else ""


def _words_of(draft: drafts.Draft) -> str:
    """Return the words of a draft; of a form that was left, what was typed, a field a line.

    What was to be kept apart stands as such lines do in a note.
    """
    if draft.words:
        return draft.words
    sign = "!! " if KEPT_APART_FORM in draft.id else ""
    typed = (one for one in draft.facts.values() if isinstance(one, str) and one.strip())
    return "\n".join(f"{sign}{' '.join(one.split())}" for one in typed)


def _write_unfinished(tx: WriteTx, person: str, words: str) -> None:
    """Write what was being typed; a line that was to be kept apart is kept apart here too."""
    lines: list[str] = []
    apart: list[str] = []
    for line in words.splitlines():
        is_apart = sign_of(line) == "!!"
        (apart if is_apart else lines).append(line)
        if is_apart:
            lines.append(KEPT_APART_PLACE)
    if not words.strip():
        return
    note = tx.add(
        schema.Note(person_id=person, happened_at=tx.now, words="\n".join((UNFINISHED, "", *lines)))
    )
    for ordinal, line in enumerate(apart):
        tx.add(
            schema.KeptApart(
                person_id=person,
                note_id=str(note.id),
                ordinal=ordinal,
                words=line.strip().removeprefix("!!").strip(),
            )
        )


def _after_wipe(connection: Any, scope: str, _gone: set[tuple[str, str]]) -> None:
    """Forget that somebody was new here who is here no more."""
    connection.execute("DELETE FROM sync_new_here WHERE person_id = ?", (_whole_record(scope),))
