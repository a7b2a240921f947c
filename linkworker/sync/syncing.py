"""One sync of a store with the hub that it belongs to, and what is remembered of it."""

from __future__ import annotations

from linkworker.refusal import Refused
from linkworker.store import Store
from linkworker.sync.far import FarHub
from linkworker.sync.reaching import Line
from linkworker.sync.session import Session, Synced


class NoTeam(Refused):
    """This laptop belongs to no team yet."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was sent or fetched.",
            "This laptop belongs to no team yet.",
            "Your team lead gives you an invite code for 'linkworker enrol'.",
        )


def sync(store: Store) -> Synced:
    """Send what waits and fetch what is new. In a thread: it waits for the network.

    What was done before a fault stays done, and the next sync goes on from there. Raises `NoTeam`,
    `NotReached`, and the refusals of the store; the store remembers which.
    """
    membership = store.belonging.now()
    if membership is None or membership.joined_at is None:
        raise NoTeam
    replica = store.replica()
    line = Line(membership.url, membership.authority, membership.token)
    session = Session(replica, FarHub(line))
    failed = ""
    try:
        session.sync()
    except Refused as refused:
        failed = refused.why or refused.what
        raise
    finally:
        line.close()
        synced = session.synced
        store.belonging.ran(
            synced.sent, synced.received.new, synced.received.parked, synced.let_go, failed
        )
    return synced
