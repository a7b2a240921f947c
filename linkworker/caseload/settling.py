"""Two versions of one thing: somebody else wrote it too, and neither had seen the other.

Both are kept and one is shown, until somebody settles it: takes one, keeps both, or writes anew.
Whatever is chosen is an act like any other, and undo opens the difference again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from linkworker.caseload import audit
from linkworker.caseload.organisations import own_organisation
from linkworker.caseload.people import worker_name
from linkworker.caseload.reading import NAME, Named, first, rows
from linkworker.caseload.shown_values import row_words
from linkworker.caseload.writing import need_person
from linkworker.clock import local_day
from linkworker.refusal import Refused
from linkworker.rules.kept_both import kept_both
from linkworker.scopes import RECORD, parts, person_of
from linkworker.text import clean

if TYPE_CHECKING:
    from linkworker.oplog.differences import Difference
    from linkworker.store import ReadTx, WriteTx


class CannotJoin(Refused):
    """Both cannot be kept in one: it is a choice, a day or a number, not words."""

    def __init__(self) -> None:
        super().__init__(
            "Both were not kept in one.",
            "Only words can be put one under the other; this is a choice, a day or a number.",
            "Take one of them, or write it anew.",
        )


@dataclass(frozen=True)
class Seen:
    """One of the versions: who wrote it, on which device, when, and what it says by field."""

    op: str
    who: str
    """The worker's name, "" where it is not known here."""
    device: str
    at: datetime
    values: Mapping[str, Any]
    removes: bool


@dataclass(frozen=True)
class ToSettle(Named):
    """One difference that waits; the first version is the one that is shown meanwhile."""

    table: str
    row_id: str
    group: str
    """The fields that belong together: they are settled as one."""
    versions: tuple[Seen, ...]
    looked_at: Difference
    about: str
    """The words by which one knows the thing again, "" where it has none or they are kept apart."""

    @property
    def is_kept_apart(self) -> bool:
        """Whether it is of what is kept apart, and so shown on purpose only."""
        return _is_kept_apart(self.looked_at)

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields in which the versions differ."""
        first, *others = (one.values for one in self.versions)
        return tuple(
            name for name in first if any(other.get(name) != first[name] for other in others)
        )


HIDDEN = "hidden"
"""The group in which versions differ where one takes the thing away."""
APART = "restricted"
"""How the scope of what is kept apart ends."""

_WHO = f"SELECT {NAME} FROM person p WHERE p.id = ?"


def to_settle(tx: ReadTx, person_id: str = "") -> list[ToSettle]:
    """Return what waits to be settled, about one person or all; what is kept apart is left out.

    That is settled where it is read, on purpose (`open_kept_apart`). What another organisation
    wrote twice is theirs to settle.
    """
    own = (RECORD, own_organisation(tx))
    return [
        _shown(tx, one)
        for one in tx.differences(f"person:{person_id}" if person_id else "")
        if parts(one.scope)[1] in own
    ]


@dataclass(frozen=True)
class KeptApartWaits(Named):
    """How many differences wait of what is kept apart of somebody: not what they say."""

    count: int


def kept_apart_waits(tx: ReadTx, person_id: str = "") -> list[KeptApartWaits]:
    """Return of whom differences wait in what is kept apart, and how many; of one person or all."""
    sql = f"""SELECT {NAME}, count(*) FROM sync_open o
        JOIN person p ON p.id = substr(o.scope, 8, instr(substr(o.scope, 8), ':') - 1)
        WHERE o.scope GLOB 'person:*:{APART}' AND (?1 = '' OR p.id = ?1)
        GROUP BY p.id ORDER BY p.id"""
    return rows(tx, KeptApartWaits, sql, (person_id,))


def open_kept_apart(tx: WriteTx, person_id: str, *, reason: str = "") -> list[ToSettle]:
    """Return what waits to be settled of what is kept apart of a person, with its words.

    It is reading what is kept apart, under the same rules: on purpose, and the audit keeps that it
    was (`safety.open_kept_apart`).
    """
    need_person(tx, person_id)
    found = [one for one in tx.differences(f"person:{person_id}") if _is_kept_apart(one)]
    if found:
        audit.record(tx, "read kept apart", person_id, reason=reason)
    return [_shown(tx, one, on_purpose=True) for one in found]


def still_waits(tx: ReadTx, which: ToSettle) -> ToSettle | None:
    """Return a difference as it stands now, None where it was settled meanwhile."""
    for one in tx.differences(which.looked_at.scope):
        if (one.tbl, one.pk, one.group) == (which.table, which.row_id, which.group):
            return _shown(tx, one, on_purpose=bool(which.about))
    return None


def waiting(tx: ReadTx) -> int:
    """Return how many differences wait, for the status line."""
    return int(tx.value("SELECT count(*) FROM sync_open"))


def laptop_said(tx: ReadTx, device: str) -> str:
    """Return on which laptop a version was written: this one, or another by its name."""
    if tx.value("SELECT dev = ? FROM sync_device", (device,)):
        return "this laptop"
    name = tx.value("SELECT name FROM sync_laptop WHERE dev = ?", (device,))
    return f"on {name}" if name else "another laptop"


def take(tx: WriteTx, which: ToSettle, version: Seen) -> None:
    """Take one of the versions. Raises `ChangedMeanwhile`, as all of these do."""
    tx.settle(which.looked_at, version.values)


def write_anew(tx: WriteTx, which: ToSettle, values: Mapping[str, Any]) -> None:
    """Write something else in the place of all versions: fields by name, the rest as shown."""
    tx.settle(which.looked_at, {**which.versions[0].values, **values})


def keep_both(tx: WriteTx, which: ToSettle) -> None:
    """Put the words of all versions one under the other, the oldest first, each dated and named.

    Raises `CannotJoin` where they differ in anything but words.
    """
    joined: dict[str, Any] = {}
    texts = tx.words_of(which.table)
    for name in which.differing:
        if name not in texts:
            raise CannotJoin
        joined[name] = kept_both(
            (local_day(one.at), _writer(one), clean(str(one.values[name])))
            for one in sorted(which.versions, key=lambda one: one.at)
            if one.values.get(name)
        )
    write_anew(tx, which, joined)


def _writer(one: Seen) -> str:
    """Return whose a version is; a colon would end it where the versions are told apart again."""
    return one.who.replace(":", "").strip() or "a colleague"


def _is_kept_apart(one: Difference) -> bool:
    return one.scope.rpartition(":")[2] == APART


def _shown(tx: ReadTx, one: Difference, *, on_purpose: bool = False) -> ToSettle:
    person_id = person_of(one.scope)
    about = first(tx, Named, _WHO, (person_id,)) or Named(person_id, "", "", "", "")
    versions = tuple(
        Seen(
            version.op,
            worker_name(tx, version.actor) if version.actor else "",
            version.dev,
            datetime.fromtimestamp(version.at_ms / 1000, UTC),
            version.values,
            version.removes,
        )
        for version in one.versions
    )
    return ToSettle(
        *(about.person_id, about.called, about.given, about.family, about.description),
        *(one.tbl, one.pk, one.group),
        versions,
        one,
        row_words(tx, one.tbl, one.pk, on_purpose=on_purpose),
    )
