"""In which letters a file is written."""

from __future__ import annotations

import codecs
from typing import IO

PIECE = 1024 * 1024


def encoding_of(file: IO[bytes]) -> str:
    """Return what a file is written in: UTF-8, with a mark of UTF-16, else as Windows wrote it.

    Of one that ends in the middle of a letter the letters before it tell.
    """
    piece = file.read(PIECE)
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    reads = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece:
            reads.decode(piece)
            piece = file.read(PIECE)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
