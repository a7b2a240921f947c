"""The directory at the shell: taking in what a council publishes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from linkworker.shell.opening import opened
from linkworker.shell.saying import say, say_json, tell, words_from_input
from linkworker.shell.usage import Typed
from linkworker.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from linkworker.caseload.directory import TakenIn
    from linkworker.caseload.finding_services import Found
    from linkworker.exchange.directory.entry import Report, Told
    from linkworker.refusal import Refused
    from linkworker.storage.places import PlaceCode
    from linkworker.store import Store

MOST_SHOWN = 20
"""Repairs and rows left out that are listed for a reader; JSON has them all."""
MOST_SOURCE = 200

_PARTS = ("modified_after", "page", "per_page", "size", "limit", "offset")
_KEYS = ("key", "token", "secret", "auth", "pass", "sig", "user")

_HOW = {
    "unchanged": "The feed says that nothing has changed.",
    "changes": "Only what has changed was asked for; --whole reads all of it.",
    "rest": "It was gone on with at page {page}, where it was cut. What has gone from the feed is "
    "said when it is read in one.",
    "part": "Its address asks for a part of the feed: nothing is marked as gone.",
}
"""What is said of a feed that was not read whole."""


def import_directory(typed: Typed) -> int:
    """Take in a directory from a file, a folder or a feed's address; status 1 if it broke off."""
    from linkworker.exchange.directory.feed import is_address

    named = typed.words[-1]
    sure = bool(typed.value("--source"))
    source = shorten(one_line(typed.value("--source") or _known_by(named)), MOST_SOURCE)
    with opened(typed) as store:
        if is_address(named):
            from linkworker.exchange.directory.taking_in import take_in_feed

            done, report = take_in_feed(store, named, source, whole=typed.has("--whole"), sure=sure)
        else:
            done, report = _take_in_file(store, Path(named).expanduser(), source, sure)
    if typed.has("--json"):
        say_json(_as_json(source, done, report))
    else:
        _say(done, report)
    if report.whole:
        return 0
    tell("The feed was not read to its end. What came is kept; run it again for the rest.")
    return 1


def _take_in_file(store: Store, path: Path, source: str, sure: bool) -> tuple[TakenIn, Report]:
    from linkworker.caseload.directory import entry_id, same_feed, standing, take_in
    from linkworker.clock import local_day
    from linkworker.exchange.directory.entry import Report
    from linkworker.exchange.directory.reading import read_file

    report = Report()
    with store.read() as tx:
        there = standing(tx, source)
    today = local_day(store.clock())
    entries = read_file(path, report, today, lambda id_: entry_id(source, id_) in there)
    with store.write("took in a directory") as tx:
        if not sure:
            same_feed(tx, source, entries)
        done = take_in(tx, source, entries, whole=report.tells_what_is_gone)
    return done, report


def import_places(typed: Typed) -> int:
    """Load where postcodes are, in place of what was loaded before; it stays on this laptop."""
    from linkworker.exchange.places_file import NoPlaces, places_in

    with opened(typed) as store:
        number = store.places.replace(_any(places_in(Path(typed.words[-1]).expanduser()), NoPlaces))
    if typed.has("--json"):
        say_json({"postcodes": number})
    else:
        say(f"{number} postcodes are known now.")
    return 0


def _any(found: Iterator[PlaceCode], refuse: Callable[[str], Refused]) -> Iterator[PlaceCode]:
    """Give what is found; refuse where there is nothing, so that nothing is replaced by it."""
    number = 0
    for number, one in enumerate(found, 1):  # noqa: B007
        yield one
    if not number:
        raise refuse("There are no postcodes in it.")


def find(typed: Typed) -> int:
    """Find in the directory what the words on standard input ask for; status 1 if nothing is."""
    from linkworker.caseload.finding_services import directory, miles

    asked = words_from_input("what to look for")
    with opened(typed) as store, store.read() as tx:
        answer = directory(tx).find(tx, asked)
    if typed.has("--json"):
        say_json(
            {
                "words": answer.wanted.words,
                "understood": [asdict(one) for one in answer.wanted.chips],
                "found": [asdict(one) for one in answer.found],
                "all_told": answer.all_told,
                "loosely": answer.loosely,
            }
        )
    else:
        for one in answer.found:
            far = "" if one.metres is None else miles(one.metres)
            said = (one.organisation, *one.fits, far, *_marks(one))
            words = one_line(", ".join(filter(None, said)))
            say(f"{one_line(one.name)}{f': {words}' if words else ''}")
    if answer.found:
        return 0
    tell("Nothing in the directory has these words. In the app it can be logged as a gap.")
    return 1


def _marks(one: Found) -> list[str]:
    return ["full"] * one.full + ["gone from its feed"] * one.gone


def _known_by(named: str) -> str:
    """Return what a feed is known by: its address, or the file's name.

    Of what the address asks for, what tells one feed from another stays (`?council=leicester`);
    what asks for a part of it goes, and what may be a key goes too: colleagues read this name.
    """
    from linkworker.exchange.directory.feed import is_address

    if is_address(named):
        address, _, query = named.partition("#")[0].partition("?")
        kept = [
            (name, value)
            for name, value in parse_qsl(query)
            if name.casefold() not in _PARTS and not any(one in name.casefold() for one in _KEYS)
        ]
        return f"{address.rstrip('/')}{f'?{urlencode(sorted(kept))}' if kept else ''}"
    return Path(named).name


def _as_json(source: str, done: TakenIn, report: Report) -> dict[str, Any]:
    return {
        "source": source,
        "rows": report.rows,
        **asdict(done),
        "repaired": report.repaired,
        "left_out": report.not_taken,
        "whole": report.whole,
        "read": report.how,
        "from_page": report.from_page,
        "repairs": [asdict(one) for one in report.repairs],
        "rows_left_out": [asdict(one) for one in report.left_out],
    }


def _say(done: TakenIn, report: Report) -> None:
    if how := _HOW.get(report.how):
        say(how.format(page=report.from_page))
    say(
        f"{report.rows} rows: {done.added} added, {done.changed} changed, {done.same} the same, "
        f"{done.gone} gone from the feed."
    )
    _list(f"{report.repaired} repairs", report.repaired, report.repairs)
    _list(f"{report.not_taken} rows left out", report.not_taken, report.left_out)


def _list(words: str, number: int, told: list[Told]) -> None:
    if not number:
        return
    say(f"\n{words}:")
    for one in told[:MOST_SHOWN]:
        where = f"row {one.row}" if one.row else "the feed"
        say(f"  {where}{f', {one.field}' if one.field else ''}: {one.what}")
    if number > MOST_SHOWN:
        say(f"  and {number - MOST_SHOWN} more; --json has them.")
