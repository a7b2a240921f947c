"""One sync of a store with the hub that it belongs to, and what is remembered of it.

The network's own modules are imported where the network is used, on the thread of the sync: who is
typing while the first sync of the day begins does not wait for them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from linkworker.refusal import Refused
from linkworker.rules.places import REMOVED
from linkworker.store import Store
from linkworker.text import one_line, shorten

if TYPE_CHECKING:
    from linkworker.sync.far import FarHub
    from linkworker.sync.reaching import Line
    from linkworker.sync.session import Session, Synced

MOST_ROLE = 40
"""Characters of a place in the team."""


MOST_NAMES = 100
"""Laptops whose names are asked for at once."""

MOST_GIVEN = 50
"""Times that the hub is asked in one sync for what came by the front door."""

OWN_FAULT = "Something went wrong in linkworker itself. It is tried again by itself."
"""What is remembered of a sync that ended on a fault that nobody foresaw."""

SWITCH_SECONDS = 0.0005
"""How long the thread of a sync keeps the interpreter while another asks for it; usually 5 ms."""


class NoTeam(Refused):
    """This laptop belongs to no team yet."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was sent or fetched.",
            "This laptop belongs to no team yet.",
            "Your team lead gives you an invite code for 'linkworker enrol'.",
        )


class Stopped(Refused):
    """It was stopped on purpose, half-way: the lid closed, or somebody left."""

    def __init__(self) -> None:
        super().__init__(
            "Not everything was sent.",
            "It was stopped before the end.",
            "The rest goes with the next sync.",
        )


class Trip:
    """One sync, which another thread may stop. It waits for the network: never at the keys."""

    def __init__(self, store: Store, *, erases_many: bool = False) -> None:
        """`erases_many`: somebody here agreed that all are erased whom the hub names."""
        self._store = store
        self._erases_many = erases_many
        self._line: Line | None = None
        self._stopped = False
        self.did: Synced | None = None
        """What it did, also where it was cut short; None before it reached for the hub."""

    def stop(self) -> None:
        """End it soon; what was done stays done."""
        self._stopped = True
        if self._line is not None:
            self._line.stop()

    def run(self) -> Synced:
        """Send what waits and fetch what is new.

        What was done before a fault stays done, and the next sync goes on from there. Raises
        `NoTeam`, `NotReached`, `ErasesMany`, `HeldUp`, `Stopped`, and the refusals of the store;
        the store remembers which.
        """
        from linkworker.sync.far import FarHub
        from linkworker.sync.reaching import Line
        from linkworker.sync.refusals import Removed
        from linkworker.sync.session import Session

        store = self._store
        membership = store.belonging.now()
        if membership is None or membership.joined_at is None:
            raise NoTeam
        replica = store.replica()
        line = self._line = Line(
            membership.url, membership.authority, membership.token, store.clock
        )
        hub = FarHub(line)
        session = Session(replica, hub, erases_many=self._erases_many, reads_ahead=True)
        self.did = session.synced
        failed = ""
        try:
            if self._stopped:
                raise Stopped
            with _gives_way():
                session.sync()
                _look_at_the_door(store, session, line, membership.token)
            if session.synced.received.new:
                _ask_for_names(store, hub)
        except Refused as refused:
            if self._stopped:
                raise Stopped from None
            failed = refused.why or refused.what
            if isinstance(refused, Removed):
                session.synced.role = REMOVED
            raise
        except Exception:
            failed = OWN_FAULT
            raise
        finally:
            self.did = session.synced
            line.close()
            if self._stopped:
                failed = Stopped().why
            with suppress(*((Refused,) if self._stopped else ())):  # it may be locked by now
                if not self._stopped or session.synced.moved:
                    _remember(store, session.synced, failed)
        return session.synced


@contextmanager
def _gives_way() -> Iterator[None]:
    """Have whoever types get the interpreter at once: a key asks for it some ten times."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _look_at_the_door(store: Store, session: Session, line: Line, token: bytes) -> None:
    """Take in what came by the front door, and tell what became of what came before.

    A new record goes to the hub before the hub hears that it was taken. Where the door cannot be
    asked the sync stands as it is, and the next one asks again.
    """
    did = session.synced
    from linkworker.sync import front_door

    with suppress(Refused):
        front_door.tell_what_became(store, line, all_of_it=bool(did.sent or did.received.new))
        for _ in range(MOST_GIVEN if did.door else 0):
            given = front_door.ask(store, line, token)
            if not given:
                return
            new = front_door.take_in(store, given)
            if new:
                again = session.sync()
                again.sent += did.sent
                again.received.add(did.received)
                again.let_go += did.let_go
                again.erased += did.erased
                again.with_lead += did.with_lead
                again.introduced = did.introduced + new
                did = again
            if store.unsent():
                return  # something new was written meanwhile: the next sync says that it was taken
            front_door.was_taken(line, given)


def _ask_for_names(store: Store, hub: FarHub) -> None:
    """Learn what the laptops are called that wrote what came; else the next sync does."""
    with suppress(Refused):
        if devices := store.belonging.unnamed(MOST_NAMES):
            store.belonging.are_called(hub.laptops(devices))


def _remember(store: Store, did: Synced, failed: str) -> None:
    if did.role:
        did.role_changed = store.belonging.role_is(shorten(one_line(did.role), MOST_ROLE))
    off = did.let_go + did.erased
    now = store.belonging.now()
    if did.role and did.role != REMOVED and now is not None and now.told != did.told:
        store.belonging.told_is(did.told)
    store.belonging.ran(did.sent, did.received.new, did.received.parked, off, failed)


def sync(store: Store) -> Synced:
    """Sync once, as `Trip.run` says."""
    return Trip(store).run()


@contextmanager
def hub_of(store: Store) -> Iterator[FarHub]:
    """Lend the team's hub for a question besides a sync. Raises `NoTeam`, `NotReached`."""
    from linkworker.sync.far import FarHub

    with line_to_hub(store) as line:
        yield FarHub(line)


@contextmanager
def line_to_hub(store: Store) -> Iterator[Line]:
    """Lend a line to the team's hub; nothing is asked yet. Raises `NoTeam`."""
    from linkworker.sync.reaching import Line

    membership = store.belonging.now()
    if membership is None or membership.joined_at is None:
        raise NoTeam
    line = Line(membership.url, membership.authority, membership.token, store.clock)
    try:
        yield line
    finally:
        line.close()
