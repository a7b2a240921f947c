"""Tries to open the records that failed, kept until somebody who may opens them.

While the records are locked nothing can be written into their audit. So what failed is counted
beside the key file, and handed over at the next unlocking. The file holds no secret and nothing of
what was typed: only which kind of secret was wrong, how often, and from when to when.

It is not sealed, since whoever tries has no key to seal it with. Who may write in the folder may
therefore take it away, or count up. What does not read as linkworker wrote it, or speaks of a time
to come, is not told as if it were so: only that it could not be read.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from linkworker.clock import Clock, from_text, to_text
from linkworker.folders import read_file, unfinished, write_whole
from linkworker.refusal import Refused
from linkworker.vault.backoff import one_at_a_time

FILE = "missed.json"

PASSPHRASE, RECOVERY_KEY, ORGANISATION_KEY = "passphrase", "recovery key", "organisation key"
KINDS = (PASSPHRASE, RECOVERY_KEY, ORGANISATION_KEY)

TOGETHER = timedelta(hours=1)
"""Tries of one kind that follow each other within this are told together."""

MOST_SPELLS = 24
"""Spells kept apart; beyond them a further try lengthens the last spell of its kind."""

LARGEST_BYTES = 8192
MOST_TIMES = 1_000_000


@dataclass(frozen=True)
class Spell:
    """Tries of one kind that failed one after the other."""

    what: str
    """One of `KINDS`."""
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Missed:
    """All that failed since the records were last opened."""

    spells: tuple[Spell, ...] = ()
    unreadable: bool = False
    """Whether something stood there that linkworker did not write."""

    def __bool__(self) -> bool:
        return bool(self.spells) or self.unreadable


def note(folder: Path, what: str, clock: Clock) -> None:
    """Count a try that failed. Never raises: it was wrong, whether it can be counted or not."""
    now = clock()
    with contextlib.suppress(OSError, Refused), one_at_a_time(folder):
        missed = _read(folder, now)
        _write(folder, replace(missed, spells=_with_one_more(missed.spells, what, now)))


@contextlib.contextmanager
def handed_over(folder: Path, clock: Clock) -> Iterator[Missed]:
    """Lend what failed; at the end, unless an error came, it is forgotten here.

    Nobody counts meanwhile, so nothing is forgotten that was not lent.
    """
    if not (folder / FILE).exists():
        yield Missed()
        return
    with one_at_a_time(folder):
        yield _read(folder, clock())
        for file in (folder / FILE, *unfinished(folder / FILE)):
            with contextlib.suppress(OSError):
                file.unlink()


def _with_one_more(spells: tuple[Spell, ...], what: str, now: datetime) -> tuple[Spell, ...]:
    """Return the spells with a try at `now` in the last one of its kind, or in a new one."""
    places = [place for place, spell in enumerate(spells) if spell.what == what]
    if places:
        last = spells[places[-1]]
        if now - last.last <= TOGETHER or len(spells) >= MOST_SPELLS:
            longer = replace(last, times=min(last.times + 1, MOST_TIMES), last=now)
            return (*spells[: places[-1]], longer, *spells[places[-1] + 1 :])
    return (*spells, Spell(what, 1, now, now))


def _write(folder: Path, missed: Missed) -> None:
    kept = {
        "unreadable": missed.unreadable,
        "spells": [
            [one.what, one.times, to_text(one.first), to_text(one.last)] for one in missed.spells
        ],
    }
    write_whole(folder / FILE, json.dumps(kept).encode("ascii"))


def _read(folder: Path, now: datetime) -> Missed:
    """Return what the file says: all of it, or only that it cannot be read."""
    try:
        data = read_file(folder / FILE, LARGEST_BYTES + 1)
    except OSError:  # there is none, or nothing that could be read at any time
        return Missed()
    try:
        if len(data) > LARGEST_BYTES:
            raise ValueError("too large")
        kept = json.loads(data)
        if not isinstance(kept["unreadable"], bool) or len(kept["spells"]) > 2 * MOST_SPELLS:
            raise ValueError("not ours")
        spells = tuple(_spell(one, now) for one in kept["spells"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Missed(unreadable=True)
    return Missed(spells, kept["unreadable"])


def _spell(kept: Any, now: datetime) -> Spell:
    """Return one spell as it was kept. Raises `ValueError` or `TypeError` where it is none."""
    what, times, first_text, last_text = kept
    first, last = from_text(first_text), from_text(last_text)
    if (to_text(first), to_text(last)) != (first_text, last_text) or not first <= last <= now:
        raise ValueError("not ours, or the clock was set back since")
    if what not in KINDS or type(times) is not int:
        raise ValueError("not ours")
    if not 1 <= times <= MOST_TIMES:
        raise ValueError("not ours")
    return Spell(what, times, first, last)
