"""The store: the only door to the records on this laptop.

A store is a folder: a key file, an encrypted database, and what belongs to them. `Store.at(folder)`
looks at it without opening; `unlock` opens it; `lock` closes it again and forgets the key. What is
read and written goes through `read()` and `write()`; `watch()` tells of change. `storage/` does it.

    store = Store.at(folder)
    store.unlock(passphrase)
    with store.write("added a strength", person=terry) as tx:
        tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
    store.undo()
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from linkworker import vault
from linkworker.clock import Clock, Ids, milliseconds, system_clock, to_text, uuid7_ids
from linkworker.oplog.undo import Undone
from linkworker.refusal import Refused
from linkworker.storage import drafts, key_events, left_log, migrating, privacy, searching
from linkworker.storage.acts import Act, Hand, uncaptured, written
from linkworker.storage.bulk import many_acts
from linkworker.storage.checking import Checked, check
from linkworker.storage.connections import RECORDS, Connections, refuse_links
from linkworker.storage.drafts import Draft
from linkworker.storage.faults import MadeUpOnly, StoreIsLocked, in_plain_words, was_interrupted
from linkworker.storage.feeds import Feeds
from linkworker.storage.holding import Hold
from linkworker.storage.key_events import KeyEvents
from linkworker.storage.membership import Belonging, write_as
from linkworker.storage.places import Places
from linkworker.storage.searching import Hit
from linkworker.storage.setting_up import finish_setting_up, refuse_unfit_folder
from linkworker.storage.transaction import NotOurs, NotThere, ReadTx, WriteTx
from linkworker.storage.undoing import Undoing
from linkworker.storage.watching import Change, Watcher, Watchers

if TYPE_CHECKING:
    from linkworker.storage.replicating import StoreReplica
    from linkworker.vault import Cost, Unlocked

Found = TypeVar("Found")

__all__ = [
    "Change",
    "Draft",
    "Hit",
    "MadeUpOnly",
    "NotOurs",
    "NotThere",
    "ReadTx",
    "Store",
    "StoreIsLocked",
    "Undone",
    "WriteTx",
]


class Store(Undoing):
    """One folder of records, locked or open. Made by `Store.at` or `Store.create`."""

    def __init__(self, folder: Path, *, clock: Clock, ids: Ids | None, alone: bool) -> None:
        self.folder = folder
        self.alone = alone
        """True for the app, of which one at a time may have the store open."""
        self.clock = clock
        self.ids = ids or uuid7_ids(clock)
        self.made_up = False
        """True for made-up people: such a store never enrols, imports or restores."""
        self.reading_only: Refused | None = None
        """Why nothing can be written, if so."""
        self.notice: str | None = None
        """A sentence for the person where something had to be mended at unlocking."""
        self.log_notice: str | None = None
        """What was the matter with a log that a killed program left, if something was."""
        self.made_private: tuple[str, ...] = ()
        self.worker_id = ""
        self.key_events = KeyEvents(folder, clock, lambda: self.write("the keys", quiet=True))
        self.places = Places(self._connections)
        self.feeds = Feeds(self._connections)
        self.belonging = Belonging(self._connections, clock, lambda one: self._watchers.tell(one))
        self._open: Connections | None = None
        self._data_version = 0
        self._poller: Any = None
        self._watchers = Watchers()

    # Opening and closing

    @classmethod
    def at(
        cls,
        folder: Path,
        *,
        clock: Clock = system_clock,
        ids: Ids | None = None,
        alone: bool = False,
    ) -> Store:
        """Return the store in `folder`, locked. Looks at the key file only; opens nothing.

        With `alone`, as the app asks, unlocking raises `OpenElsewhere` while another app has it.
        """
        store = cls(folder, clock=clock, ids=ids, alone=alone)
        store.made_up = vault.is_made_up(folder)
        return store

    @staticmethod
    def refuse_unfit(folder: Path) -> None:
        """Raise the refusal of a folder in which no store can be made, before anything is asked."""
        refuse_unfit_folder(folder)

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        worker_name: str,
        worker_role: str = "",
        worker_patch: str = "",
        made_up: bool = False,
        clock: Clock = system_clock,
        ids: Ids | None = None,
        cost: Cost | None = None,
        alone: bool = False,
    ) -> tuple[Store, str]:
        """Make a new store in `folder` and open it. Returns it with its recovery key, shown once.

        Never over an older one: raises `folders.AlreadyThere` if the folder holds records or a key.
        """
        from linkworker.storage.making import make_records

        store = cls(folder, clock=clock, ids=ids, alone=alone)
        store.made_up = made_up
        made = make_records(
            folder,
            passphrase,
            worker_name=worker_name,
            worker_role=worker_role,
            worker_patch=worker_patch,
            made_up=made_up,
            clock=clock,
            ids=store.ids,
            cost=cost,
        )
        store.unlock_with_key(made.data_key)
        return store, made.recovery_key

    @property
    def state(self) -> str:
        """Return "none" (no store in the folder), "locked" or "open"."""
        if self._open is not None:
            return "open"
        return "locked" if vault.exists(self.folder) or (self.folder / RECORDS).exists() else "none"

    def unlock(self, passphrase: str) -> None:
        """Open with the passphrase. Slow by purpose (half a second): call it in a thread."""
        self._unlock(vault.unlock(self.folder, passphrase, clock=self.clock))

    def unlock_with_recovery(self, recovery_key: str) -> None:
        """Open with the recovery key, for somebody who forgot the passphrase."""
        self._unlock(vault.unlock_with_recovery(self.folder, recovery_key, clock=self.clock))
        self.key_events.add(key_events.RECOVERED)

    def unlock_made_up(self) -> None:
        """Open a made-up store, which asks nothing. Any other store refuses."""
        self._unlock(vault.unlock_made_up(self.folder))

    def _unlock(self, unlocked: Unlocked) -> None:
        self.made_up = unlocked.made_up
        self.unlock_with_key(unlocked.data_key)
        said = (unlocked.notice, self.log_notice, privacy.notice_of(self.made_private))
        self.notice = " ".join(filter(None, said)) or None
        self.key_events.write()

    def unlock_with_key(self, data_key: bytes) -> None:
        """Open with the data key itself: migrate if it is older, and prove that capture is whole.

        A file whose capture is not the one of this release opens for reading only, and
        `reading_only` says why.
        """
        if self._open is not None:
            return
        path = self.folder / RECORDS
        hold = Hold(self.folder, self.clock) if self.alone else None
        try:  # who is refused the hold has changed nothing
            finish_setting_up(self.folder, data_key)
            refuse_links(path)
            self.made_private = privacy.make_private(self.folder)
            self.log_notice = left_log.set_aside_if_foreign(path, data_key)
        except BaseException:
            if hold is not None:
                hold.release()
            raise
        connections = Connections(path, data_key, self._now_ms, hold)
        try:
            self.log_notice = left_log.keep_if_damaged(path, connections.writer) or self.log_notice
            migrating.copy_before(connections.writer, self.folder, data_key)
            migrating.migrate(connections.writer, connections.writer_state)
            whole = migrating.fingerprint_of(connections.writer) == migrating.expected_fingerprint()
            self._take(connections)
        except BaseException as error:
            connections.close()
            raise in_plain_words(error) from None
        self.reading_only = None if whole else migrating.CaptureBroken()

    def _take(self, connections: Connections) -> None:
        row = connections.writer.execute("SELECT n, worker_id FROM sync_device").fetchone()
        self._watchers.told, self.worker_id = row
        self._watchers.arrived(connections.writer)
        write_as(connections, self.worker_id)
        self._open = connections

    def lock(self) -> None:
        """Close the records and forget the key. Whoever watches goes on watching."""
        if self._open is None:
            return
        self.key_events.write()
        if self._poller is not None:
            self._poller.close()
            self._poller = None
        open_, self._open = self._open, None
        open_.close()

    close = lock

    def change_passphrase(self, old: str, new: str, *, cost: Cost | None = None) -> None:
        """Wrap the data key under a new passphrase, in both copies of the key file."""
        vault.change_passphrase(self.folder, old, new, cost=cost, clock=self.clock)
        self.key_events.add(key_events.PASSPHRASE_CHANGED)

    def set_passphrase(self, new: str, *, cost: Cost | None = None) -> None:
        """Give an open store a new passphrase, after the recovery key opened it."""
        vault.set_passphrase(self.folder, self._connections().key, new, cost=cost)
        self.key_events.add(key_events.PASSPHRASE_CHANGED)

    def new_recovery_key(self) -> str:
        """Make a new recovery key, shown once; the old one opens nothing from then on."""
        made = vault.new_recovery_key(self.folder, self._connections().key)
        self.key_events.add(key_events.NEW_RECOVERY_KEY)
        return made

    # Reading and writing

    def _connections(self) -> Connections:
        if self._open is None:
            raise StoreIsLocked
        return self._open

    def _writable(self) -> Connections:
        if self.reading_only is not None:
            raise self.reading_only
        return self._connections()

    def _now_ms(self) -> int:
        return milliseconds(self.clock())

    @contextmanager
    def read(self) -> Iterator[ReadTx]:
        """Lend a view of the records as they stand now. Raises `StoreIsLocked`.

        It ends on the thread that began it. So nothing may yield or await within it: a generator
        that is dropped half-way ends on whichever thread clears it away, which cannot give back the
        writer, and then no other thread can write until the store is locked and unlocked.
        """
        with self._connections().reader() as connection:
            connection.execute("BEGIN")
            yield ReadTx(connection, self.clock(), self.worker_id)

    @contextmanager
    def write(
        self,
        label: str,
        person: str = "",
        *,
        quiet: bool = False,
        _kind: str = "do",
        _undoes: str | None = None,
    ) -> Iterator[WriteTx]:
        """Lend a transaction for one act; it is kept whole at the end, or not at all.

        `label` says what was done, for undo. A `quiet` act (an audit event) is no step of undo.
        Every fault of the disk or the database comes out as a `Refused` in plain words.
        """
        connections = self._writable()
        hand = Hand(self.worker_id, self.clock, self.ids)
        act = Act(label, person, "quiet" if quiet else _kind, _undoes)
        with written(connections, self._watchers, hand, act) as tx:
            yield tx

    # Hearing of change

    def watch(self, watcher: Watcher, tables: Iterable[str] | None = None) -> Callable[[], None]:
        """Have `watcher` told of every change to `tables` (all, if None). Returns how to stop it.

        It is called after the commit, in the thread that wrote or polled.
        """
        return self._watchers.add(watcher, tables)

    def poll(self) -> None:
        """Notice what another program wrote into the same store, and tell the watchers."""
        connections = self._connections()
        try:
            if self._poller is None:
                self._poller = connections.another()
            version = self._poller.execute("PRAGMA data_version").fetchone()[0]
            if version == self._data_version:
                return
            changes = self._watchers.news(self._poller)
        except Exception as error:
            self._poller = None
            raise in_plain_words(error) from None
        self._data_version = version
        for change in changes:
            self._watchers.tell(change)

    # Search

    def search(
        self, text: str, *, limit: int = 20, person: str = "", ranked: bool = False
    ) -> list[Hit]:
        """Find what holds all the words, newest first, or best first when `ranked`.

        One search runs at a time; `interrupt_search` stops it, and it then returns nothing.
        """

        def do(tx: ReadTx) -> list[Hit]:
            return searching.search(tx, text, limit=limit, person=person, ranked=ranked)

        return self._searched(do)

    def near_words(self, text: str) -> list[str]:
        """Return what to search for instead of words that find nothing, the nearest first."""
        return self._searched(lambda tx: searching.near(tx, text))

    def _searched(self, do: Callable[[ReadTx], list[Found]]) -> list[Found]:
        connections = self._connections()
        with connections.search_turn() as connection:
            tx = ReadTx(connection, self.clock(), self.worker_id)
            try:
                return do(tx)
            except Exception as error:
                if was_interrupted(error) or connections.is_closed:
                    return []
                connections.drop_searcher()
                raise in_plain_words(error) from None

    def interrupt_search(self) -> None:
        """Stop the search that runs in another thread, because a newer one is wanted."""
        self._connections().interrupt_search()

    # Drafts

    def save_draft(
        self, draft_id: str, kind: str, people: Iterable[str], words: str, facts: dict[str, Any]
    ) -> Draft:
        """Keep what is being typed. Durable when it returns."""
        json.dumps(facts)
        draft = Draft(draft_id, kind, tuple(people), words, facts, to_text(self.clock()))
        with uncaptured(self._connections()) as raw:
            drafts.save(raw, draft)
        return draft

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        with uncaptured(self._connections()) as raw:
            drafts.drop(raw, draft_id)

    def drafts(self, kind: str = "") -> list[Draft]:
        """Return what was begun and not done, the last saved first."""
        with self._connections().reader() as connection:
            return drafts.every(connection, kind)

    # The team

    def replica(self) -> StoreReplica:
        """Return the open records as a sync needs them. Raises `MadeUpOnly`, `StoreIsLocked`."""
        from linkworker.storage.replicating import StoreReplica

        self.refuse_made_up()
        return StoreReplica(self._writable(), self._watchers, self.write, self.clock)

    # What is true of the store

    def unsent(self) -> int:
        """Return how many operations no hub has acknowledged."""
        with self.read() as tx:
            return int(tx.value("SELECT count(*) FROM sync_op WHERE hub_seq IS NULL"))

    def check(self) -> Checked:
        """Look whether everything is whole; `Checked` names each thing that is looked at."""
        started = (self.reading_only is None, self.made_private, self.log_notice is None)
        return check(self._connections(), self.folder, *started)

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Write many acts and keep them all at the end; for made-up people only.

        Each act is still an act of its own, to be undone alone, but until the end no other
        connection sees any of them, and a fault takes all of them back: that nobody would miss.
        Real people's words are kept act by act. Any other store raises `RuntimeError`.
        """
        if not self.made_up:
            raise RuntimeError("only made-up people are written many acts at a time")
        with many_acts(self._connections(), self._watchers):
            yield

    def refuse_made_up(self) -> None:
        """Raise `MadeUpOnly` in a made-up store; called before anything real comes in."""
        if self.made_up:
            raise MadeUpOnly
