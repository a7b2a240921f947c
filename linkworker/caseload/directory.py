"""The directory: what feeds say of it taken in, and what the team knows kept beside it.

Of each entry one group of columns is the feed's (`entry`), and a feed that is taken in again writes
those alone, and only where they changed. The same entry of the same feed has the same id on every
laptop, so that two who take it in have one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from linkworker import schema
from linkworker.refusal import Refused
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

SAID = (
    "organisation",
    "name",
    "about",
    "phone",
    "email",
    "web",
    "cost",
    "times",
    "days",
    "youngest",
    "oldest",
    "for_whom",
    "languages",
    "kinds",
    "area",
    "alert",
    "checked_on",
)
"""The columns of an entry that a feed says."""

PLACE = ("name", "address", "postcode", "latitude", "longitude", "access", "times", "days")
"""The columns of a place that a feed says."""


SURE_FROM = 5
"""From how many entries on most of a feed's have to be in what is taken in under its name."""


class AnotherFeed(Refused):
    """What is to be taken in is another feed than the one that is known by that name."""

    def __init__(self, source: str, stand: int) -> None:
        super().__init__(
            "Nothing was taken in, and nothing changed.",
            f"“{source}” is what another directory is known by: hardly any of the {stand} entries "
            "that stand here of it are in this one.",
            "Give this one a name of its own with --source NAME. If it is the same directory all "
            f"the same, say so with --source “{source}”.",
        )


class FeedPlace(Protocol):
    """A place as a feed says it: attributes named as `PLACE`."""

    @property
    def postcode(self) -> str:
        """Its postcode."""

    @property
    def address(self) -> str:
        """Its address on one line."""

    @property
    def name(self) -> str:
        """What it is called."""


class FeedEntry(Protocol):
    """An entry as a feed says it: attributes named as `SAID`."""

    @property
    def source_id(self) -> str:
        """Its id in the feed."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def places(self) -> Sequence[FeedPlace]:
        """Where it is found."""


@dataclass
class TakenIn:
    """What taking in a feed did, in entries."""

    added: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    """Entries that the feed has no more; they stay, and say so."""


def entry_id(source: str, source_id: str) -> str:
    """Return the id of a feed's entry, the same wherever that feed is taken in."""
    return _id_of("service", source, source_id)


def take_in(
    tx: WriteTx, source: str, entries: Iterable[FeedEntry], *, whole: bool = True
) -> TakenIn:
    """Take in what a feed says; only what is new to us is written.

    `source` is what the feed is known by. With `whole`, entries of that feed that it has no more
    are marked as gone; what was read of a feed that broke off tells nothing of the rest.
    """
    done = TakenIn()
    known = _known(tx, source)
    places = _places_known(tx, source)
    met: set[str] = set()
    for one in entries:
        row_id = entry_id(source, one.source_id)
        if row_id in met:
            continue
        met.add(row_id)
        said = {name: _value(getattr(one, name)) for name in SAID}
        before = known.get(row_id)
        moved = _take_in_places(tx, source, row_id, one.places, places.get(row_id, {}))
        if before is None:
            tx.add(schema.Service(id=row_id, source=source, source_id=one.source_id, **said))
            done.added += 1
        elif _is_news(tx, schema.Service, row_id, before, said):
            done.added += before["hidden_at"] is not None
            done.changed += before["hidden_at"] is None
        elif moved:
            done.changed += 1
        else:
            done.same += 1
    if whole:
        for row_id, before in known.items():
            if row_id not in met and before["gone_on"] is None and before["hidden_at"] is None:
                tx.change(schema.Service, row_id, gone_on=tx.today)
                done.gone += 1
    return done


def same_feed(tx: ReadTx, source: str, entries: Sequence[FeedEntry]) -> None:
    """Look whether what was read whole is the feed that is known by that name.

    Two councils call their file `services.json`, and both count their services from 1: taken in
    under one name the second would end every entry of the first, and put what the team knows of it
    beside another's words. Raises `AnotherFeed`.
    """
    sql = "SELECT id, name FROM service WHERE source = ? AND hidden_at IS NULL AND gone_on IS NULL"
    there = {str(id_): folded(name) for id_, name in tx.rows(sql, (source,))}
    fewer = min(len(there), len(entries))
    if not fewer:
        return
    names = set(there.values())
    found = [(entry_id(source, one.source_id), folded(one.name)) for one in entries]
    if fewer >= SURE_FROM:
        is_same = 2 * sum(there.get(id_) == name for id_, name in found) >= fewer
    else:
        is_same = any(id_ in there or name in names for id_, name in found)
    if not is_same:
        raise AnotherFeed(source, len(there))


def stands(tx: ReadTx, source: str) -> str:
    """Return a sum over what stands here of a feed: any change of it, also an undo, gives another.

    What the team knows beside the feed's words does not count.
    """
    said = hashlib.sha256()
    for table, columns in (("service", SAID), ("service_place", PLACE)):
        sql = f"SELECT id, {', '.join(columns)}, gone_on, hidden_at IS NULL FROM {table}"
        for row in tx.rows(f"{sql} WHERE source = ? ORDER BY id", (source,)):
            said.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return said.hexdigest()


def standing(tx: ReadTx, source: str) -> set[str]:
    """Return the ids of a feed's entries that stand here and are in the feed."""
    sql = "SELECT id FROM service WHERE source = ? AND hidden_at IS NULL AND gone_on IS NULL"
    return {str(id_) for (id_,) in tx.rows(sql, (source,))}


def _take_in_places(
    tx: WriteTx,
    source: str,
    service_id: str,
    places: Sequence[FeedPlace],
    known: Mapping[str, Mapping[str, Any]],
) -> bool:
    """Write the places of an entry; say whether any of them is new, changed or gone."""
    moved = False
    met: set[str] = set()
    for place in places:
        row_id = _id_of("place", service_id, place.postcode, place.address, place.name)
        if row_id in met:
            continue
        met.add(row_id)
        said = {name: _value(getattr(place, name)) for name in PLACE}
        before = known.get(row_id)
        if before is None:
            tx.add(schema.ServicePlace(id=row_id, service_id=service_id, source=source, **said))
        elif not _is_news(tx, schema.ServicePlace, row_id, before, said):
            continue
        moved = True
    for row_id, before in known.items():
        if row_id not in met and before["gone_on"] is None and before["hidden_at"] is None:
            tx.change(schema.ServicePlace, row_id, gone_on=tx.today)
            moved = True
    return moved


def _known(tx: ReadTx, source: str) -> dict[str, dict[str, Any]]:
    """Return what we hold of a feed's entries, by their ids, as SQLite holds it.

    What was undone is among it. What is not to be listed says so itself (`do_not_list`).
    """
    columns = ("id", *SAID, "gone_on", "hidden_at")
    sql = f"SELECT {', '.join(columns)} FROM service WHERE source = ?"
    found = tx.rows(sql, (source,))
    return {row[0]: dict(zip(columns[1:], row[1:], strict=True)) for row in found}


def _places_known(tx: ReadTx, source: str) -> dict[str, dict[str, dict[str, Any]]]:
    columns = ("hidden_at", "gone_on", *PLACE)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for service_id, row_id, *values in tx.rows(
        f"SELECT service_id, id, {', '.join(columns)} FROM service_place WHERE source = ?",
        (source,),
    ):
        found.setdefault(service_id, {})[row_id] = dict(zip(columns, values, strict=True))
    return found


def _value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _is_news(
    tx: WriteTx,
    table: type[Any],
    row_id: str,
    before: Mapping[str, Any],
    said: Mapping[str, Any],
) -> bool:
    """Write what a feed says of a row that is known; False where that is what stands there."""
    if before["hidden_at"] is not None:
        tx.unhide(table, row_id)
    elif not _differs(before, {**said, "gone_on": None}):
        return False
    tx.change(table, row_id, **said, gone_on=None)
    return True


def _differs(before: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Say whether a feed says something else than what stands there."""
    return any(before[name] != value for name, value in _bound(said).items())


def _bound(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as SQLite holds them, to compare with what stands there."""
    return {
        name: json.dumps(value, ensure_ascii=False)
        if isinstance(value, list)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in said.items()
    }


def _id_of(*parts: str) -> str:
    """Return an id made of what tells a row apart, spelled as every id is."""
    digits = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
