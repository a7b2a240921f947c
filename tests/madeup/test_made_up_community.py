"""The made-up community: what a newcomer finds at F4, in gaps, in the diary and among who waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from linkworker.caseload import (
    community_diary,
    did_it_stick,
    gaps,
    introductions,
    local_knowledge,
    openings,
    people,
)
from linkworker.caseload.already_known import WhoItMayBe
from linkworker.caseload.finding_services import directory
from linkworker.madeup import demo
from linkworker.madeup.lines import UnreadableLine, day_back, lines
from linkworker.madeup.patch import PATCHES, load, texts
from linkworker.rules import numbers
from linkworker.store import ReadTx, Store
from tests.madeup.test_people_cards import BANNED

MORNING = datetime(2026, 11, 27, 8, 50, tzinfo=UTC)
TODAY = date(2026, 11, 27)


def clock() -> datetime:
    return MORNING


@pytest.fixture(scope="module", params=PATCHES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    place = tmp_path_factory.mktemp("community") / request.param
    store = Store.at(demo.prepare(place, clock=clock, patch=request.param), clock=clock)
    store.unlock_made_up()
    yield store
    store.lock()


@pytest.fixture
def tx(store: Store) -> Iterator[ReadTx]:
    with store.read() as tx:
        yield tx


def test_there_is_a_directory_from_a_feed_and_by_hand(tx: ReadTx) -> None:
    by_source = dict(tx.rows("SELECT source, count(*) FROM service GROUP BY source"))
    assert 60 <= sum(by_source.values()) <= 120
    assert len(by_source) == 2
    assert by_source[""] >= 8
    assert tx.value("SELECT count(*) FROM service WHERE gone_on IS NOT NULL") == 1


def test_what_the_team_knows_stands_beside_it(tx: ReadTx) -> None:
    entries = [
        entry
        for (row_id,) in tx.rows("SELECT id FROM service")
        if (entry := local_knowledge.entry(tx, str(row_id)))
    ]
    assert sum(bool(one.words) for one in entries) > len(entries) / 2
    assert sum(bool(one.ask_for) for one in entries) >= 10
    assert sum(bool(one.full_until and one.full_until > TODAY) for one in entries) >= 5
    assert len({one.confirmed_by for one in entries if one.confirmed_by}) == 3
    assert all(one.name and one.kinds for one in entries)
    hidden = local_knowledge.not_listed(tx)
    assert len(hidden) >= 2
    assert all(one.why_not for one in hidden)
    there = directory(tx)
    assert len(there.find(tx, "free on Tuesday step-free").found) >= 3
    looked = [one.confirmed_on or one.checked_on for one in entries if not one.do_not_list]
    assert sum(bool(day and (TODAY - day).days > 183) for day in looked) >= 3


def test_words_days_languages_and_nearness_find(tx: ReadTx) -> None:
    there = directory(tx)
    for words in ("in Polish", "in Arabic", "for carers", "soup", "advice"):
        assert there.find(tx, words).found, words
    village = str(tx.value("SELECT area FROM service WHERE area <> '' LIMIT 1"))
    near = there.find(tx, f"near {village}").found
    assert near[0].metres is not None
    assert near[0].metres < 3_000


def test_connections_stand_on_entries(tx: ReadTx) -> None:
    all_told = tx.value("SELECT count(*) FROM connection WHERE kind <> 'person'")
    on_entries = tx.value("SELECT count(*) FROM connection c JOIN service s ON s.id = c.service_id")
    assert all_told >= 20
    assert on_entries >= all_told * 0.9
    assert did_it_stick.did_it_stick(tx)
    ways = {how for (how,) in tx.rows("SELECT DISTINCT how FROM connection_event")}
    assert {"signpost", "introduction", "referral"} <= ways


def test_groups_go_on_without_us_and_are_asked_about(tx: ReadTx) -> None:
    groups = community_diary.groups(tx)
    assert {one.our_part for one in groups} == {"supported", "started"}
    without_us = [one for one in groups if one.stepped_back_on and not one.ended_on]
    long_ago = [one for one in without_us if one.to_ask_on is None]
    assert long_ago
    assert all(one.running == "yes" for one in long_ago)
    assert (TODAY - long_ago[0].stepped_back_on).days > 365
    checks = "SELECT count(*) FROM group_check WHERE group_id = ? AND running = 'yes'"
    assert tx.value(checks, (long_ago[0].group_id,)) == 2
    assert community_diary.to_ask(tx)
    assert any(one.ended_on for one in groups)


def test_volunteers_give_time_and_sessions_name_nobody_supported(tx: ReadTx) -> None:
    since = date(2026, 8, 27)
    helpers = community_diary.volunteers(tx, since, TODAY)
    assert sum(one.minutes for one in helpers) > 1_000
    assert all(one.role for one in helpers)
    assert any(one.left_on for one in helpers)
    ours = {one.name for one in people.caseload(tx)}
    assert not ours & {one.name for one in helpers}
    done = community_diary.done(tx, since, TODAY)
    assert {one.kind for one in done} >= {"conversation", "meeting", "event", "session"}
    assert sum(one.heads or 0 for one in done) > 50


def test_gaps_are_open_and_closed_in_areas_and_kinds(tx: ReadTx) -> None:
    every = gaps.gaps(tx, closed_too=True)
    assert sum(one.closed_on is not None for one in every) >= 3
    where = gaps.by_area_and_kind(tx)
    assert len({area for area, _ in where}) >= 5
    assert len({kind for _, kind in where}) >= 8


def test_strengths_may_be_asked_about_and_some_are_offered(tx: ReadTx) -> None:
    asked = tx.value("SELECT count(*) FROM strength WHERE may_ask = 'yes'")
    offered = tx.value("SELECT count(*) FROM strength WHERE offer_id <> ''")
    assert asked > offered >= 2
    theirs = "SELECT count(*) FROM offer o WHERE worker_id <> ?"
    assert tx.value(theirs, (tx.worker_id,)) >= 3


def test_a_hope_finds_people_groups_and_services(tx: ReadTx) -> None:
    somebody = people.caseload(tx)[0].person_id
    met = openings.openings(tx, somebody, "mending things, a singing group, or cutting hair")
    assert met.people
    assert met.colleagues
    assert met.groups


def test_who_waits_has_come_on_different_days_and_one_may_be_known(tx: ReadTx) -> None:
    waiting = introductions.waiting(tx)
    days = sorted(one.waiting_days(tx.today) for one in waiting)
    assert days[0] == 0
    assert len(set(days)) == len(days) >= 5
    assert {one.urgency for one in waiting} == {"", "this week"}
    assert any(one.tries for one in waiting)
    everybody = WhoItMayBe.read(tx)
    like = [
        who
        for one in waiting
        for who in everybody.like(everybody.facts(one.person_id), but=one.person_id)
    ]
    assert [one.same for one in like] == [False]
    assert "phone number" in like[0].why


def test_phones_postcodes_and_addresses_are_nobodys(tx: ReadTx) -> None:
    phones = [phone for (phone,) in tx.rows("SELECT phone FROM service WHERE phone <> ''")]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"0(116|151) 496 0\d{3}", one) for one in phones)
    ours = {value for (value,) in tx.rows("SELECT value FROM reach")}
    assert not ours & set(phones)
    for (postcode,) in tx.rows("SELECT postcode FROM service_place WHERE postcode <> ''"):
        assert not numbers.postcode(postcode).good
    for web, email in tx.rows("SELECT web, email FROM service"):
        assert not web or ".example/" in web
        assert not email or email.endswith(".example")


@pytest.mark.parametrize("patch", PATCHES)
def test_no_line_is_said_twice_or_uses_a_word_of_no_house(patch: str) -> None:
    said: list[str] = []
    for name in ("directory.txt", "community.txt"):
        for line in lines(texts(patch)[name]):
            words = [line.text, *(words for _, words in line.under)]
            if line.part != "connections":  # whose ways are called as they are
                assert not [one for one in words if BANNED.search(one)], line.text
            said += [words for field, words in line.under if field in ("know", "reason", "own")]
            if "from the feed" in line.part or "by hand" in line.part:
                said.append(line.columns(7)[6])
    assert len(said) == len(set(said))
    for other in PATCHES:
        if other != patch:
            theirs = texts(other)["directory.txt"]
            assert not [one for one in said if one in theirs]


@pytest.mark.parametrize("patch", PATCHES)
def test_nobody_supported_leads_or_helps(patch: str) -> None:
    families = {card.family for card in load(patch).people if card.family}
    helpers = [line for line in lines(texts(patch)["community.txt"]) if line.part == "volunteers"]
    assert not families & {line.columns(7)[1].split()[-1] for line in helpers}


def test_the_same_seed_and_day_make_the_same_community(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        place = demo.prepare(tmp_path / name, clock=clock, patch="liverpool", years=0.1)
        store = Store.at(place, clock=clock)
        store.unlock_made_up()
        with store.read() as tx:
            told.append(
                [
                    tx.rows("SELECT name, words, confirmed_on FROM service ORDER BY name"),
                    tx.rows('SELECT "on", words, heads FROM group_session ORDER BY 1, 2'),
                    tx.rows("SELECT words, area FROM gap ORDER BY 1"),
                    tx.rows("SELECT their_reason FROM introduction ORDER BY 1"),
                    tx.rows("SELECT born FROM person ORDER BY 1"),
                ]
            )
        store.lock()
    assert told[0] == told[1]
    assert all(told[0])


def test_a_day_back_is_that_day_before_today() -> None:
    friday = date(2026, 11, 27)
    assert day_back("12", friday) == date(2026, 11, 15)
    assert day_back("tue 1", friday) == date(2026, 11, 24)
    assert day_back("fri 1", friday) == date(2026, 11, 20)
    assert day_back("sat 2", friday) == date(2026, 11, 14)
    assert day_back("", friday) is None


def test_a_line_that_cannot_be_read_says_which() -> None:
    with pytest.raises(UnreadableLine, match="a name without"):
        list(lines("one | two\n    a name without a colon"))
    (line,) = lines("== gaps\none | two")
    with pytest.raises(UnreadableLine, match="one"):
        line.columns(3)
