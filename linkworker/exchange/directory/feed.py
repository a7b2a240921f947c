"""A feed read from its address, page by page: what came is kept, and what did not is said.

Each page is asked for up to three times, but where the answer is that it is not to be had. A list
that says little of each service is filled from the service's own page, until several in turn did
not come; where that page is to be had and did not come, what stands here of the service is left as
it is. Nothing is sent but these questions, and an answer is followed to http and https
alone.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from http.client import HTTPException
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from linkworker.exchange.directory.entry import MOST_SERVICES, Entry, Report
from linkworker.exchange.directory.mapping import Raw
from linkworker.exchange.directory.reading import NoDirectory, document, entries, listed

MOST_PAGES = 2_000
LARGEST_PAGE = 16 * 1024 * 1024
"""Bytes of one page."""
PATIENCE_SECONDS = 30.0
"""How long one answer may take to begin, and to go on."""
TRIES = 3
MOST_SECONDS = 3600.0
"""How long a whole feed may take."""
MOST_MISSING = 5
"""Services in turn whose own page did not come, after which no more of these are asked for."""
WORTH_ASKING_AGAIN = (408, 425, 429)
"""Of the answers that say no (4xx), those that may be another in a moment: RFC 9110, 8470, 6585."""
SERVICES = "services"

Pause = Callable[[float], None]


def is_address(text: str) -> bool:
    """Say whether somebody named a feed by its address."""
    return text.casefold().startswith(("http://", "https://"))


def read_feed(url: str, report: Report, today: date, *, pause: Pause = time.sleep) -> list[Entry]:
    """Return the entries of a feed. Raises `NoDirectory` where not even its first page came."""
    return entries(_Feed(url, report, pause).services(), report, today)


class NotFetched(Exception):
    """A page did not come; `args[0]` says why, in our words."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        """`for_good`: asking again would bring the same."""
        super().__init__(why)
        self.for_good = for_good


class _Feed:
    def __init__(self, url: str, report: Report, pause: Pause) -> None:
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

    def services(self) -> Iterator[Any]:
        """Give the services of all pages."""
        try:
            page = self._document(self._address({}))
        except NotFetched as fault:
            raise NoDirectory(f"The feed did not answer: {fault}.", "Try again later.") from None
        number, last, said_last = 1, 1, False
        seen: set[str] = set()
        while True:
            found = listed(page) if number == 1 or not _is_empty(page) else []
            told = Raw(page)
            said = _whole(told.get("total_pages", "totalPages"))
            last, said_last = said or last, said_last or bool(said)
            first_ids = ",".join(str(Raw(one).get("id")) for one in found[:3])
            if not found or (number > 1 and first_ids in seen):
                if number < last:
                    self._report.broke_off(f"page {number} of {last} brought nothing new")
                return
            seen.add(first_ids)
            for one in found:
                try:
                    yield self._in_full(one)
                except NotFetched as fault:  # the little of the list would empty what stands here
                    self._report.broke_off(f"a service's own page did not come: {fault}")
                    if self._missing >= MOST_MISSING:
                        return
            ends = told.get("last_page", "last") is True or (said_last and number >= last)
            if ends or not isinstance(page, Mapping):
                return
            number += 1
            if number > MOST_PAGES or self._report.rows > MOST_SERVICES:
                self._report.broke_off(f"only the first {number - 1} pages were read")
                return
            try:
                page = self._document(self._address({"page": str(number)}))
            except NotFetched as fault:
                if said_last or not fault.for_good:
                    of = f" of {last}" if said_last else ""
                    self._report.broke_off(f"page {number}{of} did not come: {fault}")
                return  # after the last page of a feed that says of none that it is the last

    def _in_full(self, one: Any) -> Any:
        """Return a service with all that the feed says of it, where the list says little."""
        raw = Raw(one)
        if raw.get("service_at_locations", "schedules", "regular_schedules", "contacts"):
            return one
        id_ = raw.get("id")
        if not isinstance(id_, str | int) or not self._path.endswith(f"/{SERVICES}"):
            return one
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

    def _document(self, url: str) -> Any:
        fault = NotFetched("nothing was asked")
        for number in range(TRIES):
            if time.monotonic() > self._until:
                raise NotFetched("it took more than an hour")
            if number:
                self._pause(2.0**number)
            try:
                content = _fetched(url, self._until)
            except NotFetched as error:
                if error.for_good:
                    raise
                fault = error
                continue
            report = Report()
            found = document(content, report)
            self._report.repairs += report.repairs
            if not report.whole:  # cut on its way, or as it is written
                fault = NotFetched("it broke off")
                continue
            return found
        raise fault


def _fetched(url: str, until: float) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    opener = urllib.request.build_opener(_OnlyWeb())
    try:
        with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            pieces, size = [], 0
            while piece := answer.read1(65536):
                size += len(piece)
                if size > LARGEST_PAGE:
                    raise NotFetched(f"it has more than {LARGEST_PAGE // 1024 // 1024} MB")
                if time.monotonic() > until:
                    raise NotFetched("it took more than an hour")
                pieces.append(piece)
            length = answer.headers.get("Content-Length", "")
            if length.isdigit() and int(length) != size:
                raise NotFetched("it broke off")
            return b"".join(pieces)
    except urllib.error.HTTPError as error:
        error.close()
        no = 400 <= error.code < 500 and error.code not in WORTH_ASKING_AGAIN
        raise NotFetched(f"it answered {error.code:d}", for_good=no) from None
    except TimeoutError:
        raise NotFetched("it did not answer in time") from None
    except (OSError, HTTPException, ValueError):
        raise NotFetched("it was not reached, or hung up") from None


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    """Follows an answer to another address, if that is on the web."""

    def redirect_request(
        self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: Any
    ) -> Any:
        """Refuse to go to a file, or to anything else that is no web address."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise NotFetched("it sent us to somewhere that is not on the web", for_good=True)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_empty(page: Any) -> bool:
    """Say whether a page is one after the last: a list with nothing in it."""
    return page == [] or (isinstance(page, Mapping) and [] in page.values())


def _whole(value: Any) -> int:
    try:
        return max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        return 0
