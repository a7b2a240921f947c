"""The hand-over sheet: made of the record, finished by one worker, read first by the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import (
    about,
    appointments,
    hand_over,
    hopes,
    safety,
    steps,
    timeline,
    today,
    week_ahead,
)
from linkworker.caseload.hand_over import KeptApartHere, NothingToHandOver
from linkworker.clock import milliseconds
from linkworker.store import Store
from tests.conftest import OwnClock
from tests.store.teams import Team, parts_of

APART = "told me she had shouted"


@pytest.fixture
def terrys(store: Store, terry: str) -> str:
    """Terry, with a vision, a strength, steps, a visit, a risk and something kept apart."""
    with store.write("a record", terry) as tx:
        about.add_vision(tx, terry, "somebody to bowl with")
        about.add_about_me(tx, terry, "What is most important to me", "the bowls club")
        hopes.add_strength(tx, terry, "mends mowers")
        steps.add_step(tx, terry, "ring the club", who="Ann", who_does="worker")
        steps.add_step(
            tx,
            terry,
            "PIP form in the post",
            who="Ann",
            who_does="worker",
            cannot_slip=True,
            by_day=date(2026, 12, 9),
        )
        appointments.add_appointment(tx, terry, kind="visit", at="2026-12-01T10:05")
        safety.add_statement(tx, terry, "risk", "low since the letter")
        safety.keep_apart(tx, terry, APART)
    return terry


def test_a_sheet_begins_with_the_persons_words_and_has_what_must_not_be_lost(
    store: Store, terrys: str
) -> None:
    with store.read() as tx:
        parts = hand_over.drafted(tx, terrys)
    assert next(name for name, _ in hand_over.PARTS) == "own"
    assert "“somebody to bowl with”" in parts["own"]
    assert "the bowls club" in parts["own"]
    assert "mends mowers" in parts["own"]
    assert parts["promised"] == "– Ann: ring the club"
    assert "PIP form in the post, by Wed 9 Dec" in parts["slip"]
    assert "Tue 1 Dec 10:05: visit" in parts["coming"]
    assert "Risk: low since the letter" in parts["worried"]
    assert parts["more"] == ""


def test_what_is_kept_apart_is_not_on_it_but_that_there_is_something(
    store: Store, terrys: str
) -> None:
    with store.read() as tx:
        parts = hand_over.drafted(tx, terrys)
    assert APART not in "".join(parts.values())
    assert hand_over.APART in parts["worried"]


def test_a_sheet_that_is_kept_is_in_the_story_and_undo_takes_it_back(
    store: Store, terrys: str
) -> None:
    with store.read() as tx:
        parts = hand_over.drafted(tx, terrys)
    with store.write("a sheet", terrys) as tx:
        note = hand_over.keep(tx, terrys, {**parts, "more": "Ring twice: he is slow to the door."})
    with store.read() as tx:
        (entry,) = [one for one in timeline.timeline(tx, terrys) if one.note_id == note]
        kept = hand_over.latest(tx, terrys)
    assert entry.kind == "note"
    assert entry.words.startswith("In their own words")
    assert "Ring twice" in entry.words
    assert kept is not None
    assert kept.who == ""
    assert store.search("slow to the door")[0].person_id == terrys
    store.undo()
    with store.read() as tx:
        assert hand_over.latest(tx, terrys) is None


def test_an_empty_sheet_and_one_with_a_line_to_be_kept_apart_are_refused(
    store: Store, terrys: str
) -> None:
    with pytest.raises(NothingToHandOver), store.write("a sheet", terrys) as tx:
        hand_over.keep(tx, terrys, {"own": "  "})
    with pytest.raises(KeptApartHere), store.write("a sheet", terrys) as tx:
        hand_over.keep(tx, terrys, {"more": "Quiet.\n!! he said that"})
    with store.read() as tx:
        assert hand_over.latest(tx, terrys) is None


@pytest.fixture
def team(tmp_path: Path, clock: OwnClock) -> Team:
    return Team(tmp_path, clock)


@pytest.fixture
def taken_on(team: Team, make_store: Callable[..., Store], store: Store, terrys: str) -> Store:
    """Ben's laptop, which was synced before and to which Terry comes with Ann's sheet."""
    ben = make_store("ben", worker="Ben")
    with store.write("a sheet", terrys) as tx:
        hand_over.keep(tx, terrys, hand_over.drafted(tx, terrys))
    team.sync(store)
    did = team.sync(ben)
    ben.belonging.ran(did.sent, did.received.new, 0, 0, "")
    for scope in parts_of(terrys):
        team.ledger.grant(ben.worker_id, scope, "hand-over")
        team.ledger.revoke(store.worker_id, scope)
    team.sync(ben)
    return ben


def test_who_takes_on_sees_who_came_and_the_sheet_until_they_have_met(
    taken_on: Store, terrys: str, clock: OwnClock
) -> None:
    with taken_on.read() as tx:
        (new,) = today.new_to_me(tx)
        sheet = hand_over.to_read(tx, terrys)
    assert (new.person_id, new.handed_by) == (terrys, "Ann")
    assert sheet is not None
    assert sheet.who == "Ann"
    taken_on.belonging.opened([terrys])
    clock.on(hours=1)
    with taken_on.write("met", terrys) as tx:
        assert today.new_to_me(tx) == []
        assert hand_over.to_read(tx, terrys) is not None
        tx.add(
            schema.Contact(
                person_id=terrys, worker_id=taken_on.worker_id, happened_at=tx.now, outcome="met"
            )
        )
    with taken_on.read() as tx:
        assert hand_over.to_read(tx, terrys) is None


def test_what_a_colleague_promised_is_left_to_whoever_was_given_the_person_until_they_meet_them(
    team: Team, taken_on: Store, store: Store, terrys: str, clock: OwnClock
) -> None:
    scope = f"person:{terrys}"
    team.ledger.grant(store.worker_id, scope, "cover")
    with store.write("a promise", terrys) as tx:
        own = {"who_does": "worker", "who_worker_id": tx.worker_id}
        steps.add_step(tx, terrys, "ring the surgery", by_day=tx.today, **own)
        later = tx.today + timedelta(days=2)
        steps.add_step(tx, terrys, "take him the form", by_day=later, **own)
    taken_on.belonging.opened([terrys])

    def promised() -> list[tuple[str, str]]:
        team.sync(store)
        team.sync(taken_on)
        with taken_on.read() as tx:
            ahead = [one for day in week_ahead.week_ahead(tx) for one in day.steps]
            return [(one.words, one.by) for one in (*today.promised(tx), *ahead)]

    assert promised() == [("ring the surgery", "Ann"), ("take him the form", "Ann")]
    with store.read() as reading:
        assert [one.by for one in today.promised(reading)] == [""]
    clock.on(hours=1)
    with store.write("Ann was there", terrys) as tx:
        tx.add(schema.Contact(person_id=terrys, happened_at=tx.now, outcome="met"))
    assert promised() == []


def test_who_wrote_the_sheet_is_not_told_to_read_it(store: Store, terrys: str) -> None:
    with store.write("a sheet", terrys) as tx:
        hand_over.keep(tx, terrys, hand_over.drafted(tx, terrys))
    with store.read() as tx:
        assert hand_over.to_read(tx, terrys) is None


def test_what_a_laptops_first_sync_brings_is_not_new_to_its_worker(
    tmp_path: Path, make_store: Callable[..., Store], store: Store, terrys: str, clock: OwnClock
) -> None:
    team, second = Team(tmp_path, clock), make_store("second", worker="Ben")
    team.sync(store)
    team.ledger.grant(second.worker_id, f"person:{terrys}", "hand-over")
    team.sync(second)
    with second.read() as tx:
        assert tx.value("SELECT count(*) FROM person") == 1
        assert today.new_to_me(tx) == []


def test_of_somebody_who_is_let_go_nothing_is_left_to_say_that_they_were_new_until_one_covers_them(
    team: Team, taken_on: Store, terrys: str, clock: OwnClock
) -> None:
    scope, ben = f"person:{terrys}", taken_on.worker_id
    team.ledger.revoke(ben, scope)
    team.sync(taken_on)
    with taken_on.read() as tx:
        assert tx.value("SELECT count(*) FROM sync_new_here") == 0
    tomorrow = milliseconds(clock()) + 24 * 3_600_000
    team.ledger.grant(ben, scope, "cover", tomorrow)
    team.sync(taken_on)
    with taken_on.read() as tx:
        assert [one.person_id for one in today.new_to_me(tx)] == [terrys]


def test_of_somebody_of_whom_little_is_known_the_sheet_is_empty_to_begin_with(
    store: Store, terry: str
) -> None:
    with store.read() as tx:
        parts = hand_over.drafted(tx, terry)
        assert not any(parts.values())
        assert hand_over.sheet_words(tx, terry)[1:] == ("", None)
