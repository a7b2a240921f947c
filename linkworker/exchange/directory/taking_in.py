"""Taking in a feed again and again: only what changed is asked for, where that can be trusted.

A feed is read whole, but where it can be told that less brings the same:

- It says itself that it is as it was (`ETag`, `Last-Modified`), and one answer holds all of it.
- Asked for what was changed after a day (`modified_after` of Open Referral UK 3.0) it gives fewer
  than it has, among them the one of which it is known that it was changed then, and what it says it
  has is what it had and what is new. Else something has gone, or it does not understand.
- It was cut, and the page before the cut is as it was: then it is gone on with at the cut.

Whatever stands here otherwise than it was left (an undo, a colleague's import) makes it whole
again, and so do four weeks. What has gone from a feed is told by a whole reading alone.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from linkworker.caseload import directory
from linkworker.caseload.directory import TakenIn
from linkworker.clock import local_day
from linkworker.exchange.directory import entry
from linkworker.exchange.directory.entry import Entry, NoDirectory, Report
from linkworker.exchange.directory.feed import Feed, Pause
from linkworker.exchange.directory.reading import Stands, entries
from linkworker.storage.feeds import FeedState, state_of

if TYPE_CHECKING:
    from linkworker.store import Store

WHOLE_EVERY = timedelta(days=28)
"""After which a feed is read whole again, whatever it says of itself."""
CUT_HOLDS = timedelta(days=7)
"""For how long a feed that was cut is gone on with where it was."""
OVERLAP = timedelta(days=1)
"""What was changed within a day before the last change is asked for again: clocks differ."""


@dataclass
class _Reading:
    """What was read of a feed, and how."""

    feed: Feed
    report: Report
    entries: Sequence[Entry] = ()


def take_in_feed(
    store: Store,
    url: str,
    source: str,
    *,
    whole: bool = False,
    sure: bool = False,
    pause: Pause = time.sleep,
) -> tuple[TakenIn, Report]:
    """Take in what stands at an address; with `whole` all of it, whatever is known of it.

    `sure`: somebody said that this is the feed which is known by `source`. Raises `NoDirectory`
    where not even its first page came, `AnotherFeed`; then nothing has changed.
    """
    now = store.clock()
    today = local_day(now)
    with store.read() as tx:
        known = state_of(tx, source)
        there = directory.standing(tx, source)
        left = known is not None and known.stands == directory.stands(tx, source)
    if known is not None and (whole or not left or not _holds(known, url, today)):
        known = None
    read = _read(url, source, known, there, now, pause)
    with store.write("took in a directory") as tx:
        if read.report.how == entry.WHOLE and not sure:
            directory.same_feed(tx, source, read.entries)
        done = directory.take_in(tx, source, read.entries, whole=read.report.tells_what_is_gone)
    if read.report.how in (entry.CHANGES, entry.UNCHANGED):
        done.same = len(there) - done.changed
    with store.read() as tx:
        stands = directory.stands(tx, source)
    state = _state(read, FeedState(source, url, stands, today.isoformat()), known)
    if state is None:
        store.feeds.forget(source)
    else:
        store.feeds.keep(state)
    return done, read.report


def _holds(known: FeedState, url: str, today: date) -> bool:
    since = today - date.fromisoformat(known.read_on)
    return known.address == url and timedelta(0) <= since <= (
        CUT_HOLDS if known.cut_page else WHOLE_EVERY
    )


def _read(
    url: str, source: str, known: FeedState | None, there: set[str], now: datetime, pause: Pause
) -> _Reading:
    today = local_day(now)

    def stands(source_id: str) -> bool:
        return directory.entry_id(source, source_id) in there

    if known is not None:
        found = (
            _rest(url, known, today, pause, stands)
            if known.cut_page
            else _unless_unchanged(url, known, today, pause, stands)
            if known.etag or known.modified
            else _changes(url, source, known, there, now, pause)
        )
        if found is not None:
            return found
    report = Report()
    feed = Feed(url, report, pause)
    report.how = entry.PART if feed.is_part else entry.WHOLE
    return _Reading(feed, report, entries(feed.services(), report, today, stands))


def _unless_unchanged(
    url: str, known: FeedState, today: date, pause: Pause, stands: Stands
) -> _Reading:
    report = Report()
    feed = Feed(url, report, pause)
    if feed.is_unchanged(known.etag, known.modified):
        report.how = entry.UNCHANGED
        return _Reading(feed, report)
    return _Reading(feed, report, entries(feed.services(), report, today, stands))


def _rest(url: str, known: FeedState, today: date, pause: Pause, stands: Stands) -> _Reading | None:
    report = Report(how=entry.REST, from_page=known.cut_page)
    feed = Feed(url, report, pause)
    if not feed.goes_on(known.cut_page, known.cut_key, known.cut_pages):
        return None
    rest = feed.rest(known.cut_page, known.cut_key, known.cut_pages)
    return _Reading(feed, report, entries(rest, report, today, stands))


def _changes(
    url: str, source: str, known: FeedState, there: set[str], now: datetime, pause: Pause
) -> _Reading | None:
    """Return what the feed says has changed; None where that cannot be trusted."""
    if not known.newest or not known.total:
        return None
    since = min(datetime.fromisoformat(known.newest), now) - OVERLAP
    asked = {"modified_after": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    report = Report(how=entry.CHANGES)
    try:
        total = Feed(url, Report(), pause).count()
        feed = Feed(url, report, pause)
        found = entries(feed.services(asked), report, local_day(now))
    except NoDirectory:
        return None
    ids = {one.source_id: directory.entry_id(source, one.source_id) for one in found}
    new = sum(id_ not in there for id_ in ids.values())
    joined = set(known.joined.split("\n"))
    trusted = (
        report.whole
        and report.not_taken == 0
        and 0 < feed.total < total == known.total + new
        and report.rows == feed.total
        and joined.isdisjoint(ids)
    )
    if not trusted:
        return None
    feed.total = total
    return _Reading(feed, report, found)


def _state(read: _Reading, begun: FeedState, known: FeedState | None) -> FeedState | None:
    """Return what is to be remembered of a reading, None for nothing."""
    feed, report = read.feed, read.report
    if report.how == entry.UNCHANGED:
        return known
    if not report.whole and feed.cut_page > 1:
        return begun._replace(cut_page=feed.cut_page, cut_key=feed.cut_key, cut_pages=feed.pages)
    if not report.whole or report.how in (entry.REST, entry.PART):
        return None
    newest = feed.newest.isoformat() if feed.newest else ""
    state = begun._replace(
        newest=newest,
        total=feed.total,
        joined="\n".join(sorted(report.joined)),
        etag=feed.etag,
        modified=feed.modified,
    )
    if report.how == entry.CHANGES and known is not None:
        state = state._replace(
            newest=max(newest, known.newest),
            read_on=known.read_on,
            joined=known.joined,
            etag="",
            modified="",
        )
    return state
