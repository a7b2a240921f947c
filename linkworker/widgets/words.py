"""From a record to the screen: the one way in which what people said becomes `Content`.

A bare `str` given to a Textual widget is markup: `Ann [/] Lee` ends the app, `[@click=…]` becomes
a live link. So a screen never hands over a `str` of data; it hands over what this file returns.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from linkworker.rules.kept_both import in_quotes
from linkworker.widgets.guard import HARMFUL

ELLIPSIS = "…"


def plain(text: str) -> str:
    """Return `text` as a harmless `str` on one line, for the few places that take no `Content`.

    Such a place must be told `markup=False` as well.
    """
    return HARMFUL.sub("", " ".join(text.split()))


def said(text: str, style: str = "") -> Content:
    """Return words as they were said, with their line breaks, as harmless `Content`.

    `style` is ours, never from a record: `bold`, `$soft`, `$accent bold`.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    return Content.styled("\n".join(HARMFUL.sub("", line) for line in lines), style)


def one_line(text: str, style: str = "") -> Content:
    """Return words as harmless `Content` on one line, runs of white space made one."""
    return Content.styled(plain(text), style)


def shortened(text: str, cells: int, style: str = "") -> Content:
    """Return words on one line, at most `cells` wide, with an ellipsis where some were left out.

    Cells, not characters: a Chinese name takes two for each of its letters, a combining accent
    none.
    """
    words = plain(text)
    if cell_len(words) <= cells:
        return Content.styled(words, style)
    if cells <= 0:
        return Content("")
    kept = set_cell_size(words, cells - 1).rstrip()
    return Content.styled(kept + ELLIPSIS, style)


def padded(text: str, cells: int, style: str = "") -> Content:
    """Return words on one line in a column of exactly `cells`: shortened or filled with spaces."""
    short = shortened(text, cells)
    return Content.styled(short.plain + " " * (cells - cell_len(short.plain)), style)


def column(text: str, cells: int, style: str = "") -> Content:
    """Return words on one line in a column of exactly `cells`, the last of which stays empty: what
    was shortened does not run into what stands beside it."""
    return joined(padded(text, cells - 1, style), " ")


def own_words(words: str) -> list[Content]:
    """Return a person's own words between quotation marks, as a paragraph; of versions that were
    kept in one each, softly after who wrote it down and when."""
    return [
        joined(one_line(f"{head}:", "$soft"), " ", said(quoted)) if head else said(quoted)
        for head, quoted in in_quotes(words)
    ]


def joined(*parts: Content | str | tuple[str, str]) -> Content:
    """Return pieces in a row. A `str` here is *our* wording; data comes as `Content`."""
    return Content.assemble(*parts)
