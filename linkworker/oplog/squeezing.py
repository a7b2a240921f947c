"""Packing with Brotli (RFC 7932), which knows the commonest English words from the start."""

from __future__ import annotations

from linkworker.oplog.columns import TooMuch
from linkworker.oplog.operations import NotAnOperation

WORDS, NUMBERS = 10, 5
"""How hard is tried, of 11: of a day's words 11 would make 2 % less in three times as long (13 ms),
of its columns 2 % less in a hundred times as long."""


def squeeze(data: bytes, effort: int) -> bytes:
    """Return it packed; `effort` is `WORDS` or `NUMBERS`, by what it is."""
    import brotli

    packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=effort)
    return packed


def unsqueeze(data: bytes, most: int) -> bytes:
    """Return what was squeezed. Raises `NotAnOperation`; `TooMuch` above `most` bytes."""
    import brotli

    reader = brotli.Decompressor()
    try:
        # The limit is looked at between steps of some 32 kB, so a little more may come.
        unpacked: bytes = reader.process(data, output_buffer_limit=most + 1)
    except brotli.error:
        raise NotAnOperation("the packing") from None
    if len(unpacked) > most:
        raise TooMuch
    if not reader.is_finished():
        raise NotAnOperation("the packing")
    return unpacked
