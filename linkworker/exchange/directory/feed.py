"""A feed read from its address, page by page: what came is kept, and what did not is said.

Each page is asked for up to three times, but where the answer is that it is not to be had. A list
that says little of each service is filled from the service's own page, until several in turn did
not come; where that page is to be had and did not come, what stands here of the service is left as
it is. Nothing is sent but these questions.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from linkworker.exchange.directory.documents import BrokeOff, listed
from linkworker.exchange.directory.documents import page as page_in
from linkworker.exchange.directory.entry import MOST_SERVICES, Entry, NoDirectory, Report
from linkworker.exchange.directory.fetching import NotFetched, Web
from linkworker.exchange.directory.mapping import Raw
from linkworker.exchange.directory.reading import entries

MOST_PAGES = 2_000
TRIES = 3
MOST_SECONDS = 3600.0
"""How long a whole feed may take."""
MOST_MISSING = 5
"""Services in turn whose own page did not come, after which no more of these are asked for."""
MOST_OF_KEY = 300
"""Characters of a field by which a page is known."""
SERVICES = "services"

Pause = Callable[[float], None]


def is_address(text: str) -> bool:
    """Say whether somebody named a feed by its address."""
    return text.casefold().startswith(("http://", "https://"))


def read_feed(url: str, report: Report, today: date, *, pause: Pause = time.sleep) -> list[Entry]:
    """Return the entries of a feed. Raises `NoDirectory` where not even its first page came."""
    return entries(Feed(url, report, pause).services(), report, today)


class Feed:
    """One reading of a feed: it is made anew for the next."""

    def __init__(self, url: str, report: Report, pause: Pause = time.sleep) -> None:
        """`report` hears of everything. Raises `NoDirectory` where `url` is no address."""
        parts = urlsplit(url)
        if not parts.hostname or parts.username or parts.password:
            raise NoDirectory("It is no address of a feed.", "Begin it with https://.")
        path = parts.path.rstrip("/")
        if not path.endswith(f"/{SERVICES}") and not path.endswith(".json"):
            path += f"/{SERVICES}"
        self._path = path
        self._parts = parts._replace(path=path, fragment="")
        self._query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self._report = report
        self._pause = pause
        self._missing = 0
        self._until = time.monotonic() + MOST_SECONDS
        self._web = Web(self._until)
        self._keys: dict[int, str] = {}
        self._first: Any = None
        self._known_by = "", ""
        self.total = 0
        """How many services it says it has; 0 where it does not say."""
        self.pages = 1
        """How many pages it says it has."""
        self._said_pages = False
        self.newest: datetime | None = None
        """The latest change that a service told of."""
        self.etag = self.modified = ""
        """By what the first page is known, where all of the feed stands on it."""
        self.cut_page = 0
        """The first page that did not come whole; 0 where all came."""
        self.cut_key = ""
        """By what the page before it is known."""

    @property
    def is_part(self) -> bool:
        """Whether the address itself asks for a part of the feed only."""
        return not self._query.keys().isdisjoint(("modified_after", "page"))

    def is_unchanged(self, etag: str, modified: str) -> bool:
        """Say whether the feed says of itself that it is as it was; else it has come as it is.

        Raises `NoDirectory` where it did not answer.
        """
        self._first = self._begun({}, etag, modified)
        return self._first is None

    def services(self, more: Mapping[str, str] | None = None) -> Iterator[Any]:
        """Give the services of all pages; `more` is asked with each."""
        if self._first is None:
            self._first = self._begun(more or {})
        page, self._first = self._first, None
        yield from self._from(1, page, more or {})

    def count(self) -> int:
        """Return how many services the feed says it has, by its smallest page; 0 for not said."""
        return _whole(Raw(self._begun({"per_page": "1"})).get("total_items", "totalelements"))

    def goes_on(self, page: int, key: str, pages: int) -> bool:
        """Say whether the pages before this one look as they did when the feed was cut there."""
        try:
            before = self._document(self._address({"page": str(page - 1)}))
            there = listed(before)
        except (NotFetched, NoDirectory):
            return False
        return key == _key(there) and pages == _whole(Raw(before).get("total_pages", "totalPages"))

    def rest(self, number: int, key: str, pages: int) -> Iterator[Any]:
        """Give the services from a page on."""
        self.pages, self._said_pages = pages, True
        self._keys[number - 1] = key
        page = self._next(number, {})
        if page is not None:
            yield from self._from(number, page, {})

    def _begun(self, more: Mapping[str, str], etag: str = "", modified: str = "") -> Any:
        try:
            page = self._document(self._address(more), etag, modified)
        except NotFetched as fault:
            raise NoDirectory(f"The feed did not answer: {fault}.", "Try again later.") from None
        self.etag, self.modified = self._known_by
        return page

    def _from(self, number: int, page: Any, more: Mapping[str, str]) -> Iterator[Any]:
        begun_at = number
        while True:
            try:
                found = [] if number > 1 and _is_empty(page) else listed(page)
            except NoDirectory:
                if number == begun_at == 1:
                    raise
                self._cut(number, f"page {number} of {self.pages} is no page of services")
                return
            told = Raw(page)
            said = _whole(told.get("total_pages", "totalPages"))
            self.pages, self._said_pages = said or self.pages, self._said_pages or bool(said)
            self.total = _whole(told.get("total_items", "totalelements")) or self.total
            key = _key(found)
            if not found or key in self._keys.values():
                if number < self.pages:
                    self._cut(number, f"page {number} of {self.pages} brought nothing new")
                return
            self._keys[number] = key
            for one in found:
                try:
                    yield self._met(self._in_full(one))
                except NotFetched as fault:  # the little of the list would empty what stands here
                    self._cut(number, f"a service's own page did not come: {fault}")
                    if self._missing >= MOST_MISSING:
                        return
            ends = told.get("last_page", "last") is True or (
                self._said_pages and number >= self.pages
            )
            if ends or not isinstance(page, Mapping):
                return
            self.etag = self.modified = ""  # of the first page, which is not all
            number += 1
            if number > MOST_PAGES or self._report.rows > MOST_SERVICES:
                self._report.broke_off(f"only the first {number - 1} pages were read")
                return
            page = self._next(number, more)
            if page is None:
                return

    def _next(self, number: int, more: Mapping[str, str]) -> Any:
        """Return a further page, None where it did not come, which is said."""
        try:
            return self._document(self._address({**more, "page": str(number)}))
        except NotFetched as fault:
            if self._said_pages or not fault.for_good:
                of = f" of {self.pages}" if self._said_pages else ""
                self._cut(number, f"page {number}{of} did not come: {fault}")
            # else it is the page after the last of a feed that says of none that it is the last
        except NoDirectory:
            self._cut(number, f"page {number} of {self.pages} is no page of services")
        return None

    def _cut(self, number: int, what: str) -> None:
        self._report.broke_off(what)
        if not self.cut_page:
            self.cut_page, self.cut_key = number, self._keys.get(number - 1, "")

    def _met(self, one: Any) -> Any:
        changed = _instant(Raw(one).get("last_modified"))
        if changed is not None and (self.newest is None or changed > self.newest):
            self.newest = changed
        return one

    def _in_full(self, one: Any) -> Any:
        """Return a service with all that the feed says of it, where the list says little."""
        raw = Raw(one)
        if raw.get("service_at_locations", "schedules", "regular_schedules", "contacts"):
            return one
        id_ = raw.get("id")
        if not isinstance(id_, str | int) or not self._path.endswith(f"/{SERVICES}"):
            return one
        self.etag = self.modified = ""  # of the list, which is not all
        if self._missing >= MOST_MISSING:
            self._report.repair(self._report.rows + 1, "", "its own page was not asked for")
            return one
        try:
            path = f"{self._path}/{quote(str(id_), safe='')}"
            found = self._document(urlunsplit(self._parts._replace(path=path, query="")))
        except (NotFetched, NoDirectory) as fault:
            self._missing += 1
            if isinstance(fault, NotFetched) and not fault.for_good:
                raise
            self._report.repair(self._report.rows + 1, "", "its own page did not come")
            return one
        self._missing = 0
        return found if Raw(found).get("name") else one

    def _address(self, more: Mapping[str, str]) -> str:
        query = urlencode({**self._query, **more})
        return urlunsplit(self._parts._replace(query=query))

    def _document(self, url: str, etag: str = "", modified: str = "") -> Any:
        """Return what stands at an address, None where it is as `etag` and `modified` say.

        Raises `NotFetched`, `NoDirectory`.
        """
        fault = NotFetched("nothing was asked")
        for number in range(TRIES):
            if time.monotonic() > self._until:
                raise NotFetched("it took more than an hour")
            if number:
                self._pause(2.0**number)
            try:
                answer = self._web.get(url, etag=etag, modified=modified)
                if answer is None:
                    return None
                found = page_in(answer.content, self._report)
            except BrokeOff:
                fault = NotFetched("it broke off")
            except NotFetched as error:
                if error.for_good:
                    raise
                fault = error
            else:
                self._known_by = answer.etag, answer.modified
                return found
        raise fault


def _key(found: list[Any]) -> str:
    """Return by what a page is known: its services' ids, and what they are called."""
    said = hashlib.sha256()
    for one in map(Raw, found):
        for value in map(one.get, ("id", "name", "description")):
            words = str(value)[:MOST_OF_KEY] if isinstance(value, str | int) else ""
            said.update(f"{words}\x1f".encode("utf-8", "surrogatepass"))
    return said.hexdigest()


def _instant(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if found is None:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _is_empty(page: Any) -> bool:
    """Say whether a page is one after the last: a list with nothing in it."""
    return page == [] or (isinstance(page, Mapping) and [] in page.values())


def _whole(value: Any) -> int:
    try:
        return max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        return 0
