"""Operations as values: what one is, how it is spelled on the wire, and which are refused outright.

An operation that came from outside is data from a stranger until `from_wire` has taken it: its
kinds, lengths and texts are checked there, once, so that nothing below needs to ask again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import isfinite
from types import NoneType
from typing import Any

from linkworker.oplog.capture import WHOLE_ROW, body_hash
from linkworker.oplog.limits import MOST_BODY
from linkworker.refusal import Refused
from linkworker.scopes import MOST_SCOPE, is_scope
from linkworker.text import clean

KINDS = frozenset({"put", "set", "del", "void"})
"""What an operation may be: a new row, new values of field groups, a removal, a number left empty.

A kind that a later release makes up is kept and handed on, and parked where it is not known."""

MOST_NAME = 64
"""Characters of the name of a group or column at most."""

MOST_DEPTH = 16
"""Lists and objects one in the other, at most, in what a later release says besides."""

NOT_READ = "not read"
"""The kind under which an operation is kept that cannot be read (`given`)."""

MOST_BASE = 200
"""Operations that one group may replace at most."""

AHEAD_MS = 10 * 60 * 1000
"""A stamp further than this ahead of the hub's own time is ordered by the hub's time instead."""


class NotAnOperation(Refused):
    """What came is not an operation of any release."""

    def __init__(self, field: str) -> None:
        super().__init__(
            "Something that came from the hub was not taken.",
            f"It is not spelled as an operation is ({field}).",
            "Nothing was lost: the hub keeps it. Tell whoever looks after the hub.",
        )


class Forked(Refused):
    """One number stands for two operations: this laptop's records were copied and both were used.

    The copy takes a new device id and its unsent work is numbered anew.
    """

    def __init__(self, dev: str, n: int) -> None:
        super().__init__(
            "These records were in use on two laptops at once.",
            "A copy of them was opened and written to.",
            "Nothing is lost: this laptop goes on under a number of its own.",
        )
        self.dev = dev
        self.n = n


@dataclass(frozen=True)
class Operation:
    """One write of one row, as it was captured. Equal operations have equal `(dev, n, hash)`."""

    dev: str
    n: int
    act: str
    stamp: int
    """Milliseconds since 1970 by the writer's clock, never falling on one device."""
    scope: str
    tbl: str
    pk: str
    kind: str
    body: str | None
    """`{group: {column: value}}` as JSON text, exactly as it was hashed; None for a void."""
    base: Mapping[str, tuple[str, ...]]
    """For each group the operations that this one replaces; of a removal, all that it saw."""
    hash: str
    schema_v: int
    actor: str
    hub_seq: int | None = None
    hub_time: int | None = None
    extra: str | None = None
    """What a later release says besides, as a JSON object: kept and handed on, not understood."""

    @property
    def id(self) -> str:
        """How others name this operation: `dev:n`."""
        return f"{self.dev}:{self.n}"

    @property
    def shown_at(self) -> int:
        """The stamp by which values are put in order for showing; it never decides what is kept."""
        if self.hub_time is not None and self.stamp > self.hub_time + AHEAD_MS:
            return self.hub_time
        return self.stamp

    @cached_property
    def groups(self) -> dict[str, dict[str, Any]]:
        """The values written, by group and column; empty for a void."""
        return {} if self.body is None else dict(json.loads(self.body))

    @cached_property
    def said(self) -> str:
        """All that it says but its body, as one line that is spelled alike everywhere (`says`)."""
        return json.dumps(says(self))

    def numbered(self, hub_seq: int, hub_time: int) -> Operation:
        """Return the operation as the hub took it."""
        return replace(self, hub_seq=hub_seq, hub_time=hub_time)

    def to_wire(self) -> dict[str, Any]:
        """Return the operation as plain JSON values."""
        wire: dict[str, Any] = {
            **json.loads(self.extra or "{}"),
            "dev": self.dev,
            "n": self.n,
            "act": self.act,
            "stamp": self.stamp,
            "scope": self.scope,
            "tbl": self.tbl,
            "pk": self.pk,
            "kind": self.kind,
            "body": self.body,
            "base": {group: list(ops) for group, ops in self.base.items()},
            "hash": self.hash,
            "schema_v": self.schema_v,
            "actor": self.actor,
        }
        if self.hub_seq is not None:
            wire["hub_seq"], wire["hub_time"] = self.hub_seq, self.hub_time
        return wire

    def to_line(self) -> dict[str, Any]:
        """Return the same as it goes over the line: without what the other side can work out.

        A hash is sixteen bytes by chance, which no packing makes fewer: of a day's work they were a
        quarter.
        """
        wire = self.to_wire()
        if self.body is not None and body_hash(self.body) == self.hash:
            del wire["hash"]
        if not self.base:
            del wire["base"]
        return wire


_OPERATION_ID = re.compile(r"[ -9;-~]{1,64}:([1-9][0-9]{0,18})")
"""How an operation is named by another: `dev:n`."""

_MOST_NUMBER = 1 << 62

_SAID = ("dev", "n", "act", "stamp", "scope", "tbl", "pk", "kind", "hash", "schema_v", "actor")

_FIELDS = frozenset(one.name for one in fields(Operation)) - {"extra"}


_KEPT = tuple(_FIELDS - {"base"})


def from_wire(wire: Any) -> Operation:
    """Return the operation that `wire` spells. Raises `NotAnOperation`, naming the field."""
    if not isinstance(wire, dict):
        raise NotAnOperation("the whole")
    kind = _text(wire, "kind", 16)
    if kind == NOT_READ:  # this is how what cannot be read is handed on, and nobody's to send
        raise NotAnOperation("kind")
    body = wire.get("body")
    if not (body is None or isinstance(body, str)):
        raise NotAnOperation("body")
    if kind in KINDS and (body is None) != (kind == "void"):
        raise NotAnOperation("body")
    groups = {} if body is None else _checked_body(body)
    scope = _text(wire, "scope", MOST_SCOPE)
    if kind != "void" and not is_scope(scope):
        raise NotAnOperation("scope")
    seq, time = wire.get("hub_seq"), wire.get("hub_time")
    numbered = seq is not None
    taken = Operation(
        dev=_text(wire, "dev", 64),
        n=_number(wire, "n", least=1),
        act=_text(wire, "act", 96),
        stamp=_number(wire, "stamp"),
        scope=scope,
        tbl=_text(wire, "tbl", 64),
        pk=_text(wire, "pk", 64),
        kind=kind,
        body=body,
        base=_base(wire.get("base", {})),
        hash=body_hash(body)
        if body is not None and "hash" not in wire
        else _text(wire, "hash", 64),
        schema_v=_number(wire, "schema_v", least=1),
        actor=_text(wire, "actor", 64),
        hub_seq=_number(wire, "hub_seq", least=1) if numbered else None,
        hub_time=_number(wire, "hub_time") if numbered and time is not None else None,
        extra=_extra(wire),
    )
    taken.__dict__["groups"] = groups  # read already: a first sync would read each body twice
    return taken


_DOUBTFUL = ("NaN", "Infinity", "\\ud", '"not read"')
"""What stands in the JSON of an operation that could not be spelled again, and seldom elsewhere."""


def from_kept(kept: str, hub_seq: int, hub_time: int) -> Operation:
    """Return an operation that `from_wire` took once and that was kept as JSON since.

    One that was taken before something was asked of it, and that it would not take today, comes as
    `given` reads it: it must not keep back what stands behind it. Raises what comes where it is no
    operation of any release (`hub.unreadable`).
    """
    wire = json.loads(kept)
    wire |= {"hub_seq": hub_seq, "hub_time": hub_time}
    if not any(one in kept for one in _DOUBTFUL):
        with suppress(KeyError, TypeError, AttributeError):
            return _as_kept(dict(wire))
    return given(wire)


def _as_kept(wire: dict[str, Any]) -> Operation:
    """Return an operation of which is known that it can be read. Raises what comes where not."""
    known = {name: wire.pop(name) for name in _KEPT}
    base = {group: tuple(ops) for group, ops in wire.pop("base").items()}
    if not isinstance(known["body"], (str, NoneType)):
        raise TypeError
    extra = json.dumps(wire, ensure_ascii=False) if wire else None
    return Operation(**known, base=base, extra=extra)


def given(wire: Any) -> Operation:
    """Return the operation that `wire` spells, also where it cannot be read.

    For what is in the ledger already: one bad line must not keep back all that stands behind it, so
    it is handed on and kept whole as text, under its number, and replaces nothing. An operation
    that another could not read comes as that text, and is read here if it can be. Raises
    `NotAnOperation` where not even number and hash can be read.
    """
    if not isinstance(wire, dict):
        raise NotAnOperation("the whole")
    seq, time = wire.get("hub_seq"), wire.get("hub_time")
    if wire.get("kind") == NOT_READ:
        wire = {**_kept_as_text(wire.get(NOT_READ)), "hub_seq": seq, "hub_time": time}
    with suppress(NotAnOperation):
        return from_wire(wire)
    dev, n = _text(wire, "dev", 64), _number(wire, "n", least=1)
    kept = {name: value for name, value in wire.items() if name not in ("hub_seq", "hub_time")}
    kept.setdefault("base", {})
    if isinstance(kept.get("body"), str):  # on the line neither is said where it goes without
        kept.setdefault("hash", body_hash(kept["body"]))
    return Operation(
        dev=dev,
        n=n,
        act=f"{dev}:{n}",
        stamp=0,
        scope=_text(wire, "scope", MOST_SCOPE),
        tbl=NOT_READ,
        pk=NOT_READ,
        kind=NOT_READ,
        body=None,
        base={},
        hash=said if isinstance(said := kept.get("hash"), str) and len(said) <= 64 else "",
        schema_v=1,
        actor=NOT_READ,
        hub_seq=None if seq is None else _number(wire, "hub_seq", least=1),
        hub_time=None if time is None else _number(wire, "hub_time"),
        extra=json.dumps({NOT_READ: json.dumps(kept)}),
    )


def _kept_as_text(text: Any) -> dict[str, Any]:
    """Return what an operation says that was kept as text. Raises `NotAnOperation`."""
    try:
        said = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("kind") == NOT_READ:
        raise NotAnOperation("the whole")
    return said


def says(op: Operation) -> list[Any]:
    """Return all that an operation says but its body, spelled alike wherever it is (`chain`).

    What a release does not know stands last: a release that comes to know it must spell it here as
    before, or laptops of two releases would never agree.
    """
    if not op.extra:
        said = [getattr(op, name) for name in _SAID]
        said.insert(8, sorted(op.base.items()))
        return said
    wire = op.to_wire()
    if op.kind == NOT_READ:
        wire = _kept_as_text(wire.get(NOT_READ))
    base = wire.get("base")
    said = [wire.get(name) for name in _SAID]
    said.insert(8, sorted(base.items()) if isinstance(base, dict) else base)
    unknown = {name: value for name, value in wire.items() if name not in _FIELDS}
    return [*said, json.dumps(unknown, sort_keys=True)] if unknown else said


def _extra(wire: dict[str, Any]) -> str | None:
    """Return what `wire` says that no field of this release takes up."""
    unknown = {name: value for name, value in wire.items() if name not in _FIELDS}
    if not unknown:
        return None
    try:
        _check_depth(unknown, MOST_DEPTH)
        spelled = json.dumps(unknown, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise NotAnOperation("the whole") from None
    if len(spelled) > MOST_BODY or not _is_text(spelled):
        raise NotAnOperation("the whole")
    return spelled


def _check_depth(value: Any, most: int) -> None:
    """Refuse what is deeper: one that could be read here could not be packed again elsewhere."""
    within = value.values() if isinstance(value, dict) else value
    if isinstance(within, str) or not hasattr(within, "__iter__"):
        return
    if most == 0:
        raise NotAnOperation("the whole")
    for one in within:
        _check_depth(one, most - 1)


def _text(wire: dict[str, Any], field: str, most: int) -> str:
    value = wire.get(field)
    if not isinstance(value, str) or not value or len(value) > most or clean(value) != value:
        raise NotAnOperation(field)
    return value


def _number(wire: dict[str, Any], field: str, least: int = 0) -> int:
    value = wire.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < _MOST_NUMBER:
        raise NotAnOperation(field)
    return value


def _base(base: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(base, dict):
        raise NotAnOperation("base")
    for group, ops in base.items():
        if not _is_name(group) or not isinstance(ops, list) or len(ops) > MOST_BASE:
            raise NotAnOperation("base")
        if not all(isinstance(op, str) and _names_one(op) for op in ops):
            raise NotAnOperation("base")
    return {group: tuple(ops) for group, ops in base.items()}


def _names_one(op: str) -> bool:
    """Say whether a text names an operation, with a number that a database can hold."""
    found = _OPERATION_ID.fullmatch(op)
    return found is not None and int(found[1]) < _MOST_NUMBER


def _is_name(name: str) -> bool:
    return 0 < len(name) <= MOST_NAME and clean(name) == name


def _is_text(value: str) -> bool:
    """Say whether a text can be written down: half of a character cannot."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _checked_body(body: str) -> dict[str, dict[str, Any]]:
    """Return what a body says, by group and column."""
    if len(body) > MOST_BODY or not _is_text(body):
        raise NotAnOperation("body")
    try:
        groups = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnOperation("body") from None
    if not isinstance(groups, dict) or not all(isinstance(one, dict) for one in groups.values()):
        raise NotAnOperation("body")
    for group, values in groups.items():
        if not _is_name(group) or group == WHOLE_ROW or not all(map(_is_name, values)):
            raise NotAnOperation("body")
        if not all(map(_is_value, values.values())):
            raise NotAnOperation("body")
    return dict(groups)


def _is_value(value: Any) -> bool:
    """Say whether a column of any release can hold a value."""
    if isinstance(value, str):
        return _is_text(value)
    if isinstance(value, float):
        return isfinite(value)
    return value is None or isinstance(value, int)
