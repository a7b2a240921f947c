"""A feed read from its address: a real server that pages, breaks off, is slow, sends elsewhere."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from linkworker.exchange.directory import feed, fetching
from linkworker.exchange.directory.entry import NoDirectory, Report
from tests.exchange.councils import Council, page, send, service, serving

TODAY = date(2026, 11, 27)


@pytest.fixture
def council() -> Iterator[Council]:
    with serving() as made:
        yield made


def fetch(council: Council) -> tuple[list[Any], Report]:
    report = Report()
    return feed.read_feed(council.url, report, TODAY, pause=lambda _: None), report


def test_all_pages_are_read_once_and_nothing_else_is_asked(council: Council) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        assert path == "/directory/services"
        send(handler, page(int(asked.get("page", ["1"])[0]), 5))

    council.answer = answer
    found, report = fetch(council)
    assert (len(found), report.whole, len(council.asked)) == (50, True, 5)


def test_a_list_that_says_little_is_filled_from_each_services_own_page(council: Council) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        if path == "/directory/services":
            send(
                handler, {"contents": [{"id": "a/b", "name": "Choir"}, {"id": "c", "name": "Tea"}]}
            )
        elif path == "/directory/services/a%2Fb":
            send(handler, service(1) | {"id": "a/b", "email": "sing@example.org"})
        else:
            send(handler, {}, status=404)

    council.answer = answer
    (choir, tea), report = fetch(council)
    assert (choir.email, choir.days, tea.name) == ("sing@example.org", ("thu",), "Tea")
    assert [one.what for one in report.repairs] == ["its own page did not come"]


def test_a_council_without_pages_for_its_services_is_not_asked_for_each_of_them(
    council: Council,
) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        if path == "/directory/services":
            send(handler, [{"id": str(one), "name": f"Choir {one}"} for one in range(800)])
        else:
            send(handler, {}, status=404)

    council.answer = answer
    waited: list[float] = []
    report = Report()
    found = feed.read_feed(council.url, report, TODAY, pause=waited.append)
    assert (len(found), report.whole) == (800, True)
    assert (len(council.asked), waited) == (1 + feed.MOST_MISSING, [])
    assert report.repaired == 800  # that each says little is told


@pytest.mark.parametrize(("fails", "read"), [({3}, 19), (set(range(10, 20)), 10)])
def test_a_service_whose_own_page_fails_is_not_told_by_the_little_that_the_list_says(
    council: Council, fails: set[int], read: int
) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        if path == "/directory/services":
            send(handler, [{"id": f"s{one}", "name": f"Choir {one}"} for one in range(20)])
        else:
            number = int(path.rsplit("/s", 1)[1])
            send(handler, service(number), status=500 if number in fails else 200)

    council.answer = answer
    found, report = fetch(council)
    assert (len(found), report.whole) == (read, False)
    assert all(one.days == ("thu",) for one in found)
    assert report.left_out[0].what == "a service's own page did not come: it answered 500"


def test_who_asks_to_be_left_alone_for_a_moment_is_asked_again_after_it(council: Council) -> None:
    council.answer = lambda handler, *_: send(
        handler, page(1, 1), status=429 if len(council.asked) < 3 else 200
    )
    found, report = fetch(council)
    assert (len(found), report.whole, len(council.asked)) == (10, True, 3)


@pytest.mark.parametrize("fault", ["cut", "broken", "500", "hangs up"])
def test_a_page_that_fails_once_is_asked_again(council: Council, fault: str) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        number = int(asked.get("page", ["1"])[0])
        first = sum("page=2" in one for one in council.asked) == 1
        if number != 2 or not first:
            send(handler, page(number, 3))
        elif fault == "cut":
            send(handler, page(2, 3), cut=100)
        elif fault == "broken":
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(json.dumps(page(2, 3)).encode()[:-300])
        elif fault == "500":
            send(handler, {}, status=500)
        else:
            handler.connection.close()

    council.answer = answer
    found, report = fetch(council)
    assert (len(found), report.whole) == (30, True)


def test_a_page_that_never_comes_leaves_what_came_and_says_so(council: Council) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        number = int(asked.get("page", ["1"])[0])
        send(handler, page(number, 4), status=503 if number == 3 else 200)

    council.answer = answer
    found, report = fetch(council)
    assert (len(found), report.whole) == (20, False)
    assert report.left_out[-1].what == "page 3 of 4 did not come: it answered 503"


def test_pages_without_an_end_do_not_go_round_for_ever(council: Council) -> None:
    council.answer = lambda handler, *_: send(handler, page(1, 10**9))
    found, report = fetch(council)
    assert (len(found), report.whole, len(council.asked)) == (10, False, 2)


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://example.org/x"])
def test_it_is_not_sent_to_a_file(council: Council, where: str) -> None:
    def answer(handler: Any, *_: Any) -> None:
        handler.send_response(302)
        handler.send_header("Location", where)
        handler.end_headers()

    council.answer = answer
    with pytest.raises(NoDirectory):
        fetch(council)


def test_a_page_without_an_end_is_given_up(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 1024 * 1024)

    def answer(handler: Any, *_: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"[" + b" " * 65536)
        except OSError:
            return

    council.answer = answer
    with pytest.raises(NoDirectory, match="more than 1 MB"):
        fetch(council)


def test_one_who_does_not_answer_is_not_waited_for_for_ever(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE_SECONDS", 0.2)
    over = threading.Event()
    council.answer = lambda *_: over.wait(10) and None
    try:
        with pytest.raises(NoDirectory, match=r"did not answer in time|hung up"):
            fetch(council)
    finally:
        over.set()


@pytest.mark.parametrize("url", ["https://", "http://user:secret@example.org/x"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(NoDirectory):
        feed.read_feed(url, Report(), TODAY)


def test_nobody_there_is_said(council: Council) -> None:
    council.server.shutdown()
    council.server.server_close()
    with pytest.raises(NoDirectory, match="not reached"):
        fetch(council)


@pytest.mark.parametrize("status", [200, 404])
def test_a_feed_that_does_not_say_how_many_pages_it_has_is_read_to_its_end(
    council: Council, status: int
) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        number = int(asked.get("page", ["1"])[0])
        found = [service(number * 10 + one) for one in range(10)] if number <= 3 else []
        send(handler, {"page": number, "contents": found}, status=200 if found else status)

    council.answer = answer
    found, report = fetch(council)
    assert (len(found), report.whole) == (30, True)
