"""Taking in what came by the team's front door: it is unsealed here, and stands in a record.

The hub hears that it was taken when it holds the record itself: a laptop that is lost half-way has
lost nobody's introduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker.caseload import arriving
from linkworker.clock import from_milliseconds
from linkworker.oplog.operations import NotAnOperation
from linkworker.rules.introduced import Introduced, from_bytes
from linkworker.sealing import LaptopKey, NotSealed, Sealed, read

if TYPE_CHECKING:
    from linkworker.store import Store
    from linkworker.sync.reaching import Line

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Given:
    """What the hub gave: what is read and what is not, by its id at the front door."""

    read: dict[str, tuple[Sealed, Introduced]]
    unreadable: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.read or self.unreadable)


def ask(store: Store, line: Line, token: bytes) -> Given:
    """Ask the hub for what waits, and say by which key this laptop reads. Raises `NotReached`."""
    key = LaptopKey(token)
    with store.read() as tx:
        areas = arriving.own_areas(tx)[:MOST_AT_ONCE]
    said = line.post("/v1/introductions/take", {"key": key.public, "areas": areas})
    found = said.get("introductions") if isinstance(said, dict) else None
    if not isinstance(found, list):
        raise NotAnOperation("introductions")
    good: dict[str, tuple[Sealed, Introduced]] = {}
    bad: list[str] = []
    for one in found[:MOST_AT_ONCE]:
        sealed = _sealed(one)
        try:
            words = from_bytes(key.unseal(sealed))
        except NotSealed:
            words = None
        if words is None:
            bad.append(sealed.id)
        else:
            good[sealed.id] = sealed, words
    return Given(good, tuple(bad))


def take_in(store: Store, given: Given) -> int:
    """Write what was given into records, each once; return how many were new."""
    with store.read() as tx:
        new = {id_: one for id_, one in given.read.items() if not arriving.is_here(tx, id_)}
    for id_, (sealed, said) in new.items():
        with store.write("took in an introduction") as tx:
            arriving.take_in(tx, id_, from_milliseconds(sealed.came_at), said)
    return len(new)


def was_taken(line: Line, given: Given) -> None:
    """Tell the hub what stands in records that it holds. Raises `NotReached`."""
    said = {"ids": list(given.read), "unreadable": list(given.unreadable)}
    line.post("/v1/introductions/taken", said)


def tell_what_became(store: Store, line: Line, *, all_of_it: bool) -> None:
    """Tell the hub what partners may know, where the person agreed. Raises `NotReached`.

    Without `all_of_it` only what the hub has not acknowledged as it stands now: an agreement that
    was taken back is told until it is heard, also where nothing else is sent.
    """
    with store.read() as tx:
        stands = arriving.may_be_told(tx)
    heard = {} if all_of_it else store.belonging.answers()
    page: list[dict[str, str]] = []
    for id_, (state, person) in stands.items():
        if heard.get(id_) != state:
            page.append({"id": id_, "state": state, "person": person})
    for start in range(0, len(page), MOST_AT_ONCE):
        part = page[start : start + MOST_AT_ONCE]
        answer = line.post("/v1/introductions/became", {"became": part})
        said = answer.get("said") if isinstance(answer, dict) else None
        if not isinstance(said, list):
            raise NotAnOperation("introductions")
        store.belonging.answered({one["id"]: one["state"] for one in part if one["id"] in said})


def _sealed(one: Any) -> Sealed:
    try:
        return read(one if isinstance(one, dict) else "")
    except NotSealed:
        raise NotAnOperation("introductions") from None
