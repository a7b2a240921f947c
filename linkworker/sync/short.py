"""How a laptop spells what it says: shorter where the hub reads that (`oplog.packing`).

A call of a day's work is a few hundred bytes, and its head as many: where the hub is known to
understand it, nothing is said there that goes without saying.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from linkworker.oplog import packing
from linkworker.oplog.columns import NotColumns, TooMuch
from linkworker.oplog.operations import NotAnOperation

SHORT = packing.NAME

ANSWERS_OPERATIONS = "/v1/pull"
"""The call whose answers may be spelled by columns."""

MOST_SPELLED_OUT = 16 * 1024 * 1024
"""Bytes that an answer may become: far more than a hub packs so."""

WORTH_PACKING = 300
LEVEL = 9
"""zstd: a tenth less than its usual level of 3, for 2 ms of a day's work."""


def reads_short(said: str | None) -> bool:
    """Say whether a hub that says this of itself reads what is spelled shorter."""
    return SHORT in (said or "").split()


def spelled(
    path: str, said: dict[str, Any] | None, token: bytes, *, is_short: bool
) -> tuple[bytes | None, dict[str, str]]:
    """Return the body and the head of a call."""
    heads = {"Accept-Encoding": "zstd"}
    if is_short and path == ANSWERS_OPERATIONS:
        heads["Accept-Encoding"] += "," + SHORT
    if token:
        shown = base64.urlsafe_b64encode(token).decode().rstrip("=") if is_short else token.hex()
        heads["Authorization"] = f"Bearer {shown}"
    if said is None:
        return None, heads
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    body, coding = _packed(said, body, is_short)
    if coding:
        heads["Content-Encoding"] = coding
    if not (coding and is_short):
        heads["Content-Type"] = "application/json"
    return body, heads


def _packed(said: dict[str, Any], body: bytes, is_short: bool) -> tuple[bytes, str]:
    """Return what is said as few bytes, and how they are packed, "" for not."""
    if is_short and "operations" in said and len(body) <= packing.MOST_PACKED:
        try:
            return packing.pack(said), SHORT
        except NotColumns:
            pass
    if len(body) <= WORTH_PACKING:
        return body, ""
    import zstandard

    return zstandard.ZstdCompressor(LEVEL).compress(body), "zstd"


def in_full(body: bytes) -> Any:
    """Return what an answer says that is spelled by columns. Raises `ValueError`."""
    try:
        return packing.unpack(body, MOST_SPELLED_OUT)
    except (NotAnOperation, TooMuch):
        raise ValueError("not spelled by columns") from None
