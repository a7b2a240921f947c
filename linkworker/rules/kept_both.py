"""Two versions that were kept in one: how they are written, and told apart again to be shown.

Each stands on a line of its own behind its day and who wrote it. Those are ours, not the person's
words: they are never shown between the person's quotation marks, nor printed for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from linkworker.rules.shown_days import MONTHS

_HEAD = re.compile(rf"^(\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}, [^:\n]{{1,120}}): ", re.MULTILINE)


def kept_both(versions: Iterable[tuple[date, str, str]]) -> str:
    """Return versions one under the other, each given by its day, its writer and its words; one
    that was made of two before has their days and writers already."""
    return "\n".join(
        words
        if len(told_apart(words)) > 1
        else f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}, {who}: {words}"
        for day, who, words in versions
    )


def told_apart(words: str) -> list[tuple[str, str]]:
    """Return the versions of which words were made, each behind its "23 Nov 2026, Ann"; words that
    were never two stand alone, behind ""."""
    heads = list(_HEAD.finditer(words))
    if len(heads) < 2 or heads[0].start():
        return [("", words)]
    ends = [one.start() for one in heads[1:]] + [len(words)]
    return [
        (head[1], words[head.end() : end].rstrip("\n"))
        for head, end in zip(heads, ends, strict=True)
    ]


def words_alone(every: Iterable[str]) -> list[str]:
    """Return what was said, without who wrote it down and when."""
    return [said for words in every for _, said in told_apart(words)]


def in_quotes(words: str) -> list[tuple[str, str]]:
    """Return a person's own words between quotation marks where they have none, each version of
    them behind who wrote it down and when: ("23 Nov 2026, Ann", "“Saturdays out”")."""
    found = []
    for head, said in told_apart(words.strip()):
        bare = said.strip()
        found.append((head, bare if bare[:1] in "“\"'‘" else f"“{bare}”"))
    return found
