"""A feed taken in again: little is asked where that brings the same, and all of it where not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from linkworker import schema
from linkworker.exchange.directory import feed
from linkworker.exchange.directory.entry import NoDirectory
from linkworker.exchange.directory.taking_in import take_in_feed
from linkworker.storage.feeds import state_of
from linkworker.store import Store
from tests.conftest import OwnClock
from tests.exchange.councils import Council, send, serving

PAGE = 10


@dataclass
class Published:
    """What a council publishes, and how well its server knows Open Referral UK."""

    services: dict[str, dict[str, Any]] = field(default_factory=dict)
    understands: bool = True
    etag: str = ""
    fails: set[int] = field(default_factory=set)
    """Pages that do not come."""

    def say(self, number: int, on: str = "2026-10-01", **more: Any) -> None:
        """Publish a service, changed on a day."""
        id_ = f"s{number:03d}"
        self.services[id_] = {
            "id": id_, "name": f"Choir {number}", "last_modified": f"{on}T09:00:00Z",
            "schedules": [{"byday": "TH"}], **more,
        }  # fmt: skip

    def answer(self, handler: Any, _: str, asked: dict[str, list[str]]) -> None:
        number = int(asked.get("page", ["1"])[0])
        if self.etag and handler.headers.get("If-None-Match") == self.etag:
            handler.send_response(304)
            handler.end_headers()
            return
        if number in self.fails:
            send(handler, {}, status=503)
            return
        since = asked.get("modified_after", [""])[0] if self.understands else ""
        found = [one for one in self.services.values() if one["last_modified"] >= since]
        size = int(asked.get("per_page", [str(PAGE)])[0]) if self.understands else PAGE
        pages = max(1, -(-len(found) // size))
        contents = found[(number - 1) * size : number * size]
        more = {"ETag": self.etag} if self.etag else {}
        said = {"total_items": len(found), "total_pages": pages, "contents": contents}
        send(handler, said | {"last_page": number >= pages}, headers=more)


@pytest.fixture
def published() -> Published:
    made = Published()
    for number in range(45):
        made.say(number)
    return made


@pytest.fixture
def council(published: Published) -> Iterator[Council]:
    with serving() as made:
        made.answer = published.answer
        yield made


@dataclass
class Taken:
    """What taking in told, as counts, and what it asked of the server."""

    counts: tuple[int, int, int, int]
    how: str
    whole: bool
    asked: list[str]
    report: Any


def take(store: Store, council: Council, *, whole: bool = False, source: str = "county") -> Taken:
    before = len(council.asked)
    done, report = take_in_feed(store, council.url, source, whole=whole, pause=lambda _: None)
    counts = (done.added, done.changed, done.same, done.gone)
    return Taken(counts, report.how, report.whole, council.asked[before:], report)


def names(store: Store) -> list[str]:
    with store.read() as tx:
        sql = "SELECT name FROM service WHERE hidden_at IS NULL AND gone_on IS NULL ORDER BY name"
        return [str(name) for (name,) in tx.rows(sql, ())]


def test_where_all_was_changed_on_one_day_asking_for_changes_would_bring_all_of_it(
    store: Store, council: Council
) -> None:
    first = take(store, council)
    assert (first.counts, first.how, len(first.asked)) == ((45, 0, 0, 0), "whole", 5)
    again = take(store, council)
    assert (again.counts, again.how) == ((0, 0, 45, 0), "whole")


def test_only_what_changed_is_asked_for_and_taken_in(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    unchanged = take(store, council)
    assert (unchanged.counts, unchanged.how) == ((0, 0, 45, 0), "changes")
    assert len(unchanged.asked) == 2
    assert "modified_after=2026-10-31T09%3A00%3A00Z" in unchanged.asked[1]
    published.say(3, "2026-11-20", description="with tea")
    published.say(45, "2026-11-21")
    changed = take(store, council)
    assert (changed.counts, changed.how, len(changed.asked)) == ((1, 1, 44, 0), "changes", 2)
    later = take(store, council)
    assert (later.counts, later.how) == ((0, 0, 46, 0), "changes")
    assert "modified_after=2026-11-20T09" in later.asked[1]


def test_what_has_gone_is_told_though_only_changes_are_asked_for(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    del published.services["s007"]
    gone = take(store, council)
    assert (gone.counts, gone.how) == ((0, 0, 44, 1), "whole")
    del published.services["s008"]
    published.say(60, "2026-11-20")  # as many as before
    gone = take(store, council)
    assert (gone.counts, gone.how) == ((1, 0, 43, 1), "whole")
    assert "Choir 8" not in names(store)


def test_what_is_not_active_any_more_is_gone_and_not_only_left_out(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    published.say(3, "2026-11-20", status="inactive")
    taken = take(store, council)
    assert (taken.counts, taken.how) == ((0, 0, 44, 1), "whole")


def test_a_feed_that_does_not_understand_comes_out_the_same(
    store: Store, council: Council, published: Published
) -> None:
    published.understands = False
    published.say(44, "2026-11-01")
    take(store, council)
    published.say(3, "2026-11-20", description="with tea")
    del published.services["s009"]
    taken = take(store, council)
    assert (taken.counts, taken.how) == ((0, 1, 43, 1), "whole")


def test_a_feed_that_answers_changes_with_nothing_is_not_believed(
    store: Store, council: Council, published: Published
) -> None:
    """A server that reads the day wrongly gives nothing, also not what it knows has changed."""
    published.say(44, "2026-11-01")
    take(store, council)
    published.say(3, "2026-11-20", description="with tea")

    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        if "modified_after" in asked:
            send(handler, {"total_items": 0, "total_pages": 0, "contents": [], "empty": True})
        else:
            published.answer(handler, path, asked)

    council.answer = answer
    assert take(store, council).counts == (0, 1, 44, 0)


def test_services_that_were_joined_are_not_told_by_one_of_them(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    published.say(50, "2026-10-01", name="Choir 3", fees="free")
    assert take(store, council).counts == (45, 0, 0, 0)
    published.say(3, "2026-11-20", description="with tea")
    taken = take(store, council)
    assert (taken.counts, taken.how) == ((0, 1, 44, 0), "whole")
    with store.read() as tx:
        assert tx.one("SELECT about, cost FROM service WHERE name = 'Choir 3'", ()) == (
            "with tea",
            "free",
        )


def test_what_was_undone_comes_back_and_so_does_what_a_colleague_wrote_over(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    published.say(3, "2026-11-20", description="with tea")
    assert take(store, council).how == "changes"
    store.undo()
    taken = take(store, council)
    assert (taken.counts, taken.how) == ((0, 1, 44, 0), "whole")
    with store.write("an older reading came from the team") as tx:
        id_ = tx.value("SELECT id FROM service WHERE source_id = 's003'", ())
        tx.change(schema.Service, id_, about="")
    assert take(store, council).counts == (0, 1, 44, 0)


def test_what_the_team_knows_beside_it_does_not_make_it_read_whole(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    with store.write("what it is like") as tx:
        id_ = tx.value("SELECT id FROM service WHERE source_id = 's003'", ())
        tx.change(schema.Service, id_, words="warm, and they mean it")
    assert take(store, council).how == "changes"


def test_it_is_read_whole_when_that_is_wanted_and_each_four_weeks(
    store: Store, council: Council, published: Published, clock: OwnClock
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    wanted = take(store, council, whole=True)
    assert (wanted.how, len(wanted.asked)) == ("whole", 5)
    clock.on(days=27)
    assert take(store, council).how == "changes"
    clock.on(days=2)
    assert take(store, council).how == "whole"
    clock.on(days=27)
    assert take(store, council).how == "changes"


def test_a_change_said_to_be_in_the_future_does_not_hide_later_ones(
    store: Store, council: Council, published: Published, clock: OwnClock
) -> None:
    published.say(44, "2099-01-01")
    take(store, council)
    today = store.clock()
    published.say(3, today.date().isoformat(), description="with tea")
    taken = take(store, council)
    assert (taken.counts, taken.how) == ((0, 1, 44, 0), "changes")


def test_a_feed_of_one_page_is_asked_whether_it_is_as_it_was(
    store: Store, council: Council, published: Published
) -> None:
    for number in range(9, 45):
        del published.services[f"s{number:03d}"]
    published.etag = '"one"'
    take(store, council)
    same = take(store, council)
    assert (same.counts, same.how, len(same.asked)) == ((0, 0, 9, 0), "unchanged", 1)
    published.etag = '"two"'
    published.say(3, description="with tea")
    del published.services["s004"]
    changed = take(store, council)
    assert (changed.counts, changed.how, len(changed.asked)) == ((0, 1, 7, 1), "whole", 1)


def test_that_its_first_page_is_as_it_was_says_nothing_of_the_others(
    store: Store, council: Council, published: Published
) -> None:
    published.etag = '"one"'
    take(store, council)
    published.say(30, description="with tea")
    assert take(store, council).counts == (0, 1, 44, 0)


def test_a_feed_that_was_cut_is_gone_on_with_there(
    store: Store, council: Council, published: Published
) -> None:
    published.fails = {3}
    cut = take(store, council)
    assert (cut.counts, cut.whole) == ((20, 0, 0, 0), False)
    published.fails = set()
    rest = take(store, council)
    assert (rest.counts, rest.how, rest.whole) == ((25, 0, 0, 0), "rest", True)
    assert [one.rsplit("page=", 1)[-1] for one in rest.asked] == ["2", "3", "4", "5"]
    assert rest.report.from_page == 3
    assert len(names(store)) == 45


def test_of_what_was_read_in_parts_nothing_is_gone_until_it_is_read_whole(
    store: Store, council: Council, published: Published
) -> None:
    take(store, council)
    published.say(0, "2026-11-20", description="with tea")
    del published.services["s044"]
    published.fails = {3}
    assert take(store, council).counts == (0, 1, 19, 0)
    published.fails = set()
    rest = take(store, council)
    assert (rest.how, rest.counts[3]) == ("rest", 0)
    after = take(store, council)
    assert (after.how, after.counts) == ("whole", (0, 0, 44, 1))


def test_a_feed_cut_again_and_again_comes_to_its_end(
    store: Store, council: Council, published: Published
) -> None:
    for page in (3, 3, 4, 5):
        published.fails = {page}
        assert not take(store, council).whole
    published.fails = set()
    assert take(store, council).counts == (5, 0, 0, 0)
    assert len(names(store)) == 45


@pytest.mark.parametrize("what", ["moved", "undone", "late", "elsewhere", "wanted whole"])
def test_a_cut_feed_begins_anew_where_going_on_could_miss_something(
    store: Store, council: Council, published: Published, clock: OwnClock, what: str
) -> None:
    published.fails = {3}
    take(store, council)
    published.fails = set()
    match what:
        case "moved":  # what stood on page 3 stands on page 2 now: as many, and others
            del published.services["s001"]
            published.say(70)
        case "undone":
            store.undo()
        case "late":
            clock.on(days=8)
        case "elsewhere":
            council.url += "/"
    taken = take(store, council, whole=what == "wanted whole")
    assert (taken.how, taken.whole) == ("whole", True)
    assert names(store) == sorted(one["name"] for one in published.services.values())


def test_a_page_that_is_none_in_the_middle_leaves_what_came(
    store: Store, council: Council, published: Published
) -> None:
    def answer(handler: Any, path: str, asked: dict[str, list[str]]) -> None:
        if asked.get("page") == ["3"]:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(b"<html>Down for repairs</html>")
        else:
            published.answer(handler, path, asked)

    council.answer = answer
    cut = take(store, council)
    assert (cut.counts, cut.whole) == ((20, 0, 0, 0), False)
    assert cut.report.left_out[-1].what == "page 3 of 5 is no page of services"
    council.answer = published.answer
    assert take(store, council).how == "rest"


def test_a_feed_that_does_not_answer_changes_nothing_and_what_is_known_of_it_stays(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    with store.read() as tx:
        known = state_of(tx, "county")
    published.fails = {1}
    with pytest.raises(NoDirectory, match="503"):
        take(store, council)
    with store.read() as tx:
        assert state_of(tx, "county") == known
    published.fails = set()
    assert take(store, council).how == "changes"


def test_an_address_that_asks_for_a_part_ends_nothing(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    council.url += "?modified_after=2026-10-31"
    taken = take(store, council)
    assert (taken.counts, taken.how) == ((0, 0, 1, 0), "part")
    assert len(names(store)) == 45


def test_pages_of_services_without_ids_are_all_read(
    store: Store, council: Council, published: Published
) -> None:
    for one in published.services.values():
        del one["id"]
    taken = take(store, council)
    assert (taken.counts, taken.whole) == ((45, 0, 0, 0), True)


def test_two_feeds_are_remembered_each_for_itself(
    store: Store, council: Council, published: Published
) -> None:
    published.say(44, "2026-11-01")
    take(store, council)
    assert take(store, council, source="district").how == "whole"
    assert take(store, council).how == "changes"


def test_what_a_page_had_to_have_mended_is_counted(store: Store, council: Council) -> None:
    def answer(handler: Any, *_: Any) -> None:
        content = '[{"id": "1", "name": "Café", "minimum_age": NaN, "contacts": [{}]}]'
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(content.encode("cp1252"))

    council.answer = answer
    report = take(store, council).report
    told = [one.what for one in report.repairs]
    assert "it is no UTF-8: it was read as Windows-1252" in told
    assert report.repaired == len(told) == 2
    assert feed.is_address(council.url)
