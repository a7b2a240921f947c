"""Packing with zstd, beginning from the words that most notes have (`wire_words.txt`)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from linkworker.oplog.columns import TooMuch
from linkworker.oplog.operations import NotAnOperation

WORDS = "wire_words.txt"

LEVEL = 19
"""zstd's: of a day's work it takes some 10 ms."""


@lru_cache(maxsize=1)
def _words() -> Any:
    import zstandard

    text = files("linkworker.oplog").joinpath(WORDS).read_bytes()
    return zstandard.ZstdCompressionDict(text, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def zstd(*, plain: bool = False) -> Any:
    """Return a packer; `plain` for what is no words."""
    import zstandard

    params = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_content_size=False
    )
    return zstandard.ZstdCompressor(
        compression_params=params, dict_data=None if plain else _words()
    )


def unzstd(data: bytes, most: int, *, plain: bool = False) -> bytes:
    """Return what such a packer packed. Raises `NotAnOperation`; `TooMuch` above `most` bytes."""
    import zstandard

    try:
        unpacked: bytes = (
            zstandard.ZstdDecompressor(
                dict_data=None if plain else _words(),
                format=zstandard.FORMAT_ZSTD1_MAGICLESS,
                max_window_size=1 << 25,
            )
            .stream_reader(data)
            .read(most + 1)
        )
    except zstandard.ZstdError:
        raise NotAnOperation("the packing") from None
    if len(unpacked) > most:
        raise TooMuch
    return unpacked
