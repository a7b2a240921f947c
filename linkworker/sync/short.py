"""How a laptop spells what it says to a hub that reads what is shorter (`oplog.packing`)."""

from __future__ import annotations

from typing import Any

from linkworker.oplog import packing
from linkworker.oplog.columns import NotColumns, TooMuch
from linkworker.oplog.operations import NotAnOperation

JSON = "application/json"
COLUMNS = packing.NAME

MAY_BE_SHORT = "/v1/pull"
"""The call whose answers hold operations."""

MOST_SPELLED_OUT = 16 * 1024 * 1024
"""Bytes that an answer may become: far more than a hub packs so."""


def in_short(said: dict[str, Any], body: bytes) -> tuple[bytes, str]:
    """Return what is said as few bytes, and its content type; `body` is the same as JSON."""
    if "operations" in said and len(body) <= packing.MOST_PACKED:
        try:
            return packing.pack(said), COLUMNS
        except NotColumns:
            pass
    return body, JSON


def in_full(body: bytes) -> Any:
    """Return what an answer says that is spelled by columns. Raises `ValueError`."""
    try:
        return packing.unpack(body, MOST_SPELLED_OUT)
    except (NotAnOperation, TooMuch):
        raise ValueError("not spelled by columns") from None
