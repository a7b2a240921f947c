"""Reading a table that some other program wrote: CSV in every manner it comes.

Encodings (UTF-8 with or without a mark, UTF-16, Windows-1252), separators (comma, semicolon, tab,
bar) and line ends are found out; a broken row is named and the next one read. Nothing is guessed
about what a cell means: `people_columns` does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linkworker.refusal import Refused

SEPARATORS = (",", ";", "\t", "|")
LARGEST = 50_000_000
"""Bytes read at most; a caseload of ten thousand people is a tenth of it."""
MOST_ROWS = 50_000
MOST_COLUMNS = 500
"""Headings of a table, and cells read of a row; the widest export known has some two hundred."""
LONGEST_CELL = 10_000
"""Characters of a cell; more is a sign that a quotation mark was never closed."""
NO_TEXT = 4_096
"""Bytes looked at to tell that a file is no text: every eighth of them would be NUL."""
_MOST_LINES_IN_A_CELL = 50


class NotATable(Refused):
    """The file cannot be read as a table of rows and columns."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as a spreadsheet would number it (the first is 1), and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""

    @property
    def blank(self) -> bool:
        """Say whether there is nothing in it."""
        return not self.fault and not any(cell.strip() for cell in self.cells)


def decoded(content: bytes) -> str:
    """Return the text of a file, with line ends made one; refuse what is no text.

    UTF-8 is tried first; what it does not fit is read as Windows-1252, in which every byte means
    something, so no row is lost to one letter.
    """
    if len(content) > LARGEST:
        raise _refused(
            f"The file is larger than {LARGEST // 1_000_000} MB.",
            "Export fewer people at a time, and only the columns that are needed.",
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused(
            "It is a workbook, not a CSV file.",
            "Open it in the spreadsheet program and save it as CSV UTF-8.",
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    elif (
        b"\0" in content[:NO_TEXT] and content[:NO_TEXT].count(b"\0") > len(content[:NO_TEXT]) // 8
    ):
        raise _refused("It holds bytes that no text has.", "Export it again as CSV UTF-8.")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def records(text: str, separator: str) -> Iterator[Record]:
    """Give every row of a table, the blank ones too, so that the numbers are the spreadsheet's.

    Quoting follows RFC 4180. A row whose quotation mark is never closed, or closed in the middle
    of a cell, is given with a fault, and reading goes on with the next line.
    """
    start, number = 0, 0
    while start < len(text):
        number += 1
        if number > MOST_ROWS:
            raise _refused(f"It has more than {MOST_ROWS} rows.", "Import it in parts.")
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if '"' not in line:
            yield _checked(number, line.split(separator))
            start = end + 1
            continue
        cells, after = _quoted(text, start, separator)
        if cells is None:
            yield Record(
                number, (), "A quotation mark in this row does not close where a cell ends."
            )
            start = end + 1
        else:
            yield _checked(number, cells)
            start = after


def _checked(number: int, cells: list[str]) -> Record:
    del cells[MOST_COLUMNS + 1 :]  # one more says that they were too many
    if any("\0" in cell for cell in cells):
        return Record(number, (), "This row holds a byte that no text has (NUL).")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Record(number, (), f"A cell in this row is longer than {LONGEST_CELL} characters.")
    return Record(number, tuple(cells))


def _quoted(text: str, start: int, separator: str) -> tuple[list[str] | None, int]:
    """Return the cells of the row at `start` and where the next row begins; None if malformed."""
    cells: list[str] = []
    at, line_end = start, -1
    while True:
        if text[at : at + 1] == '"':
            cell, at = _quoted_cell(text, at + 1)
            if cell is None or text[at : at + 1] not in ("", "\n", separator):
                return None, at
        else:
            if line_end < at:
                found = text.find("\n", at)
                line_end = len(text) if found < 0 else found
            found = text.find(separator, at, line_end)
            stop = line_end if found < 0 else found
            cell, at = text[at:stop], stop
        cells.append(cell)
        if text[at : at + 1] != separator:
            return cells, at + 1
        at += 1


def _quoted_cell(text: str, at: int) -> tuple[str | None, int]:
    """Return what stands up to the closing mark, and the place after it; None if there is none."""
    parts: list[str] = []
    limit = at + LONGEST_CELL + _MOST_LINES_IN_A_CELL
    while (close := text.find('"', at, limit)) >= 0:
        parts.append(text[at:close])
        if text[close + 1 : close + 2] != '"':
            cell = "".join(parts)
            return (None if cell.count("\n") > _MOST_LINES_IN_A_CELL else cell), close + 1
        parts.append('"')
        at = close + 2
    return None, at


def _refused(why: str, to_do: str) -> NotATable:
    return NotATable("The file was not imported.", why, to_do)
