"""Stores that sync: what comes, what is told, what is let go of, and what is settled."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload.sending import standing
from linkworker.caseload.settling import to_settle
from linkworker.clock import from_text, local_day
from linkworker.oplog.differences import ChangedMeanwhile
from linkworker.oplog.limits import MOST_BODY, TooLong
from linkworker.oplog.undo import NewerStands
from linkworker.storage.rescuing import rescue
from linkworker.storage.settling import shapes
from linkworker.storage.transaction import ReadTx
from linkworker.storage.watching import Change
from linkworker.store import MadeUpOnly, Store
from tests.conftest import PASSPHRASE, OwnClock
from tests.store.teams import Team, parts_of


@pytest.fixture
def team(tmp_path: Path, clock: OwnClock) -> Team:
    return Team(tmp_path, clock)


@pytest.fixture
def ann(make_store: Callable[..., Store]) -> Store:
    return make_store("ann", worker="Ann")


@pytest.fixture
def ben(make_store: Callable[..., Store]) -> Store:
    return make_store("ben", worker="Ben")


@pytest.fixture
def terry(ann: Store, team: Team) -> str:
    with ann.write("added a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
        note = schema.Note(person_id=terry, words="Rain on the bowling green.", happened_at=tx.now)
        tx.add(note)
    team.sync(ann)
    return terry


def shared(team: Team, terry: str, ben: Store) -> None:
    for scope in parts_of(terry):
        team.ledger.grant(ben.worker_id, scope, "cover")
    team.sync(ben)


def called(store: Store, person: str) -> str | None:
    with store.read() as tx:
        return tx.value("SELECT called FROM person WHERE id = ?", (person,))


def call(store: Store, person: str, name: str) -> None:
    with store.write("a name", person) as tx:
        tx.change(schema.Person, person, called=name)


def crossed(team: Team, terry: str, ann: Store, ben: Store) -> None:
    """Both call him something else, without sight of each other."""
    shared(team, terry, ben)
    call(ann, terry, "Tel")
    call(ben, terry, "Mr Okafor")
    for store in (ann, ben, ann):
        team.sync(store)


def test_what_was_written_changed_and_taken_away_before_it_came_is_found_as_it_stands(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    shared(team, terry, ben)
    with ann.write("strengths", person=terry) as tx:
        bikes, sings, gone = (
            tx.add(schema.Strength(person_id=terry, words=words)).id
            for words in ("mends bicycles", "sings", "juggles")
        )
    with ann.write("changed", person=terry) as tx:
        tx.change(schema.Strength, bikes, words="mends clocks")
    with ann.write("taken away", person=terry) as tx:
        tx.hide(schema.Strength, gone)
    call(ann, terry, "Tel")
    team.sync(ann)
    team.sync(ben)
    found = {words: len(ben.search(words)) for words in ("bicycles", "clocks", "sings", "juggles")}
    assert found == {"bicycles": 0, "clocks": 1, "sings": 1, "juggles": 0}
    assert [hit.table for hit in ben.search("Tel")] == ["person"]
    assert ben.check().ok
    with ben.write("changed", person=terry) as tx:
        tx.change(schema.Strength, sings, words="sings bass")
    assert len(ben.search("bass")) == 1
    assert ben.check().ok


def test_what_a_colleague_wrote_is_here_found_by_search_and_told(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    heard: list[Change] = []
    ben.watch(heard.append)
    shared(team, terry, ben)
    assert called(ben, terry) == "Terry"
    assert [hit.person_id for hit in ben.search("bowling")] == [terry]
    assert {"person", "note"} <= {table for change in heard for table in change.tables}
    assert terry in {person for change in heard for person in change.people}
    assert ann.unsent() == 0


def test_another_program_hears_what_a_sync_brought_and_what_it_took_away(
    team: Team, terry: str, ben: Store, clock: OwnClock
) -> None:
    app = Store.at(ben.folder, clock=clock)
    app.unlock_with_key(ben._connections().key)
    heard: list[Change] = []
    app.watch(heard.append)
    app.poll()
    shared(team, terry, ben)
    app.poll()
    assert terry in {person for change in heard for person in change.people}
    heard.clear()
    team.ledger.revoke(ben.worker_id, f"person:{terry}")
    team.sync(ben)
    app.poll()
    app.lock()
    assert any(terry in change.people and "person" in change.tables for change in heard)


def test_what_a_sync_here_brought_and_told_is_not_looked_for_again(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    ben.poll()
    shared(team, terry, ben)
    call(ann, terry, "Tel")
    team.sync(ann)
    heard: list[Change] = []
    ben.watch(heard.append)
    team.sync(ben)
    assert any(terry in change.people and "person" in change.tables for change in heard)
    heard.clear()
    ben.poll()
    assert not any(terry in change.people for change in heard)


def test_how_it_stands_is_told_by_what_waits_and_not_by_all_that_was_ever_done(
    ann: Store, terry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann._connections().writer.execute(
        "INSERT INTO sync_hub (is_joining, url, name, authority, token, invite, joined_at, "
        "reached_at) SELECT 0, 'https://hub', 'a team', '', x'00', '', now, now "
        "FROM (SELECT '2026-11-23T10:00:00.000Z' AS now)"
    )
    call(ann, terry, "Tel")
    with ann.read() as tx:
        asked: list[str] = []
        ask = tx.value
        monkeypatch.setattr(
            ReadTx, "value", lambda self, sql, *values: asked.append(sql) or ask(sql, *values)
        )
        found = standing(tx)
        plans = [str(row[3]) for sql in asked for row in tx.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert found is not None
    assert found.not_sent == 1
    assert [plan for plan in plans if "SCAN o" in plan] == ["SCAN o USING INDEX sync_op_unsent"]


def test_a_laptop_that_has_nothing_to_say_is_done_after_one_question(
    team: Team, terry: str, ann: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.sync(ann)

    def nobody_asks(*asked: object) -> None:
        raise AssertionError("what is new was asked for")

    monkeypatch.setattr(team.ledger, "pull", nobody_asks)
    assert team.sync(ann).sent == 0


def test_who_loses_a_person_sends_what_was_begun_and_keeps_nothing(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    shared(team, terry, ben)
    words = "Gas meter key is\n!! his brother has been violent\nunder the pot."
    ben.save_draft("d1", "note", [terry], words, {})
    call(ben, terry, "Tel the Bowls")
    for scope in parts_of(terry):
        team.ledger.revoke(ben.worker_id, scope)
    team.sync(ben)
    assert called(ben, terry) is None
    assert ben.drafts() == []
    assert ben.search("bowling") == []
    assert ben.unsent() == 0
    assert ben.check().ok
    with_lead = [op for op in team.ledger.quarantined() if op.body]
    notes = [op for op in with_lead if op.tbl == "note"]
    apart = [op for op in with_lead if op.tbl == "kept_apart"]
    assert "under the pot" in str(notes[0].body)
    assert "violent" not in str(notes[0].body)
    assert "violent" in str(apart[0].body)
    assert {op.scope for op in apart} == {f"person:{terry}:restricted"}
    assert "Tel the Bowls" in str([op.body for op in with_lead])


def test_who_types_on_after_a_person_is_gone_hands_that_in_too_and_syncs_on(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    shared(team, terry, ben)
    ben.save_draft("d1", "note", [terry], "Gas meter key is", {})
    for scope in parts_of(terry):
        team.ledger.revoke(ben.worker_id, scope)
    team.sync(ben)
    more = "Gas meter key is under the pot.\n!! his brother has been violent"
    ben.save_draft("d1", "note", [terry], more, {})
    team.sync(ben)
    assert team.sync(ben).sent == 0
    assert ben.drafts() == []
    assert ben.unsent() == 0
    with ben.read() as tx:
        assert [tx.value(f"SELECT count(*) FROM {one}") for one in ("person", "note")] == [0, 0]
    assert ben.check().ok
    with_lead = [op for op in team.ledger.quarantined() if op.body]
    assert {op.tbl for op in with_lead} == {"note", "kept_apart"}
    assert "under the pot" in str([op.body for op in with_lead if op.tbl == "note"])
    assert "violent" in str([op.body for op in with_lead if op.tbl == "kept_apart"])
    with ann.read() as tx:
        assert tx.value("SELECT called FROM person WHERE id = ?", (terry,)) == "Terry"


def test_what_was_typed_into_a_form_and_not_done_is_handed_in_too(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    shared(team, terry, ben)
    step = {"words": "ring the bike club", "by_day": "Friday", "cannot_slip": "no"}
    ben.save_draft(f"form:{terry}:step:", "form", [terry], "", step)
    apart = {"words": "his brother has been violent", "told": "Bev, 15:50"}
    ben.save_draft(f"form:{terry}:kept apart:", "form", [terry], "", apart)
    for scope in parts_of(terry):
        team.ledger.revoke(ben.worker_id, scope)
    team.sync(ben)
    assert called(ben, terry) is None
    assert ben.drafts() == []
    with_lead = [op for op in team.ledger.quarantined() if op.body]
    notes = str([op.body for op in with_lead if op.tbl == "note"])
    kept_apart = str([op.body for op in with_lead if op.tbl == "kept_apart"])
    assert "ring the bike club" in notes
    assert "violent" not in notes
    assert "violent" in kept_apart
    assert "Bev" in kept_apart


def test_who_loses_only_what_is_kept_apart_goes_on_with_what_was_begun(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    with ann.write("kept apart", terry) as tx:
        tx.add(schema.KeptApart(person_id=terry, words="his brother has been violent"))
    team.sync(ann)
    shared(team, terry, ben)
    ben.save_draft("d1", "note", [terry], "Gas meter key is", {})
    team.ledger.revoke(ben.worker_id, f"person:{terry}:restricted")
    team.sync(ben)
    assert [draft.words for draft in ben.drafts()] == ["Gas meter key is"]
    with ben.read() as tx:
        assert tx.value("SELECT count(*) FROM kept_apart") == 0
        assert tx.value("SELECT count(*) FROM note") == 1


def test_nothing_of_a_person_who_was_let_go_of_is_in_the_files(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    shared(team, terry, ben)
    for scope in parts_of(terry):
        team.ledger.revoke(ben.worker_id, scope)
    team.sync(ben)
    ben._connections().writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for table in ("search_fts_data", "search_doc", "sync_op", "note", "person"):
        rows = ben._connections().writer.execute(f'SELECT * FROM "{table}"').fetchall()
        assert "owling" not in str(rows)
        assert b"owling" not in b"".join(
            one for row in rows for one in row if isinstance(one, bytes)
        )


def test_rescued_records_go_on_as_another_device_and_send_what_was_not_sent(
    team: Team, terry: str, ann: Store, ben: Store, tmp_path: Path, clock: OwnClock
) -> None:
    shared(team, terry, ben)
    call(ann, terry, "Tel")
    key, ids = ann._connections().key, ann.ids
    ann.lock()
    rescue(ann.folder, key, tmp_path / "rescued", ids, clock)
    rescued = Store.at(tmp_path / "rescued", clock=clock)
    rescued.unlock_with_key(key)
    team.sync(rescued)
    assert rescued.unsent() == 0
    rescued.lock()
    team.sync(ben)
    assert called(ben, terry) == "Tel"


def device(store: Store) -> str:
    with store.read() as tx:
        return str(tx.value("SELECT dev FROM sync_device"))


@pytest.mark.parametrize("writes_first", [True, False])
def test_a_laptop_brought_back_from_an_older_copy_of_its_folder_is_a_new_device_and_loses_nothing(
    team: Team,
    terry: str,
    ann: Store,
    ben: Store,
    tmp_path: Path,
    clock: OwnClock,
    writes_first: bool,
) -> None:
    shared(team, terry, ben)
    was = device(ann)
    ann.lock()
    shutil.copytree(ann.folder, tmp_path / "backup")
    ann.unlock(PASSPHRASE)
    call(ann, terry, "Tel")
    team.sync(ann)
    ann.lock()
    back = Store.at(tmp_path / "backup", clock=clock)
    back.unlock(PASSPHRASE)
    assert device(back) == was
    if writes_first:
        call(back, terry, "Terence")
    team.sync(back, anew="ann anew")
    assert (device(back), back.unsent()) == ("ann anew", 0)
    if not writes_first:
        assert called(back, terry) == "Tel"
        call(back, terry, "Terence")
        team.sync(back)
    for store in (ben, back):
        team.sync(store)
        with store.read() as tx:
            settled = [{one.values["called"] for one in waits.versions} for waits in to_settle(tx)]
        assert settled == ([{"Tel", "Terence"}] if writes_first else [])
    assert called(ben, terry) == called(back, terry)
    assert team.ledger.greet("ann anew", back.worker_id, "").last_n > 0
    back.lock()


def test_a_made_up_store_is_never_synced(make_store: Callable[..., Store]) -> None:
    with pytest.raises(MadeUpOnly):
        make_store("demo", made_up=True).replica()


def test_what_crossed_waits_to_be_settled_and_is_settled_for_both(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    crossed(team, terry, ann, ben)
    with ann.read() as tx:
        (open_,) = tx.differences()
    assert {one.values["called"] for one in open_.versions} == {"Tel", "Mr Okafor"}
    assert {one.actor for one in open_.versions} == {ann.worker_id, ben.worker_id}
    with ann.write("settled two versions", terry) as tx:
        tx.settle(open_, {**open_.versions[0].values, "called": "Terry Okafor"})
    for store in (ann, ben):
        team.sync(store)
        with store.read() as tx:
            assert tx.differences() == []
        assert called(store, terry) == "Terry Okafor"


@pytest.mark.parametrize("chosen", [0, 1])
def test_settling_is_undone_for_both_and_done_again(
    team: Team, terry: str, ann: Store, ben: Store, chosen: int
) -> None:
    crossed(team, terry, ann, ben)
    with ann.read() as tx:
        (open_,) = tx.differences()
    shown = called(ann, terry)
    with ann.write("settled two versions", terry) as tx:
        tx.settle(open_, open_.versions[chosen].values)
    ann.undo()
    for store in (ann, ben):
        team.sync(store)
        with store.read() as tx:
            (again,) = tx.differences()
        assert {one.actor for one in again.versions} == {ann.worker_id, ben.worker_id}
        assert called(store, terry) == shown
    ann.redo()
    for store in (ann, ben):
        team.sync(store)
        with store.read() as tx:
            assert tx.differences() == []
        assert called(store, terry) == open_.versions[chosen].values["called"]


def test_what_came_after_the_look_is_not_settled_with_it(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    crossed(team, terry, ann, ben)
    with ann.read() as tx:
        (open_,) = tx.differences()
    call(ben, terry, "Terence")
    for store in (ben, ann):
        team.sync(store)
    with pytest.raises(ChangedMeanwhile), ann.write("settled two versions", terry) as tx:
        tx.settle(open_, open_.versions[0].values)


def test_a_removal_that_crossed_with_an_edit_is_settled_and_undone(
    team: Team, terry: str, ann: Store, ben: Store
) -> None:
    shared(team, terry, ben)
    with ann.write("took back", terry) as tx:
        tx.hide(schema.Person, terry)
    call(ben, terry, "Tel")
    for store in (ann, ben, ann):
        team.sync(store)
    with ann.read() as tx:
        (open_,) = tx.differences()
    removal = next(one for one in open_.versions if one.removes)
    with ann.write("settled", terry) as tx:
        tx.settle(open_, removal.values)
    with ann.read() as tx:
        assert tx.value("SELECT hidden_at FROM person WHERE id = ?", (terry,))
    ann.undo()
    for store in (ann, ben):
        team.sync(store)
        with store.read() as tx:
            assert tx.value("SELECT hidden_at FROM person WHERE id = ?", (terry,)) is None
            assert [one.group for one in tx.differences()] == ["hidden"]


def test_what_a_colleague_hung_on_it_stops_an_undo_however_slow_their_clock_is(
    team: Team, terry: str, ann: Store, ben: Store, clock: OwnClock
) -> None:
    shared(team, terry, ben)
    clock.on(hours=8)
    with ann.write("added a hope", terry) as tx:
        goal = str(tx.add(schema.Goal(person_id=terry, words="Saturdays out")).id)
    for store in (ann, ben):
        team.sync(store)
    clock.on(hours=-8)
    with ben.write("added a step", terry) as tx:
        tx.add(schema.Step(person_id=terry, goal_id=goal, words="ring the club"))
    for store in (ben, ann):
        team.sync(store)
    with pytest.raises(NewerStands) as refused:
        ann.undo()
    assert refused.value.actor == ben.worker_id


def note_that_names(store: Store, person: str, strength: str) -> None:
    with store.write("a note", person) as tx:
        note = tx.add(schema.Note(person_id=person, words="+ bicycles", happened_at=tx.now))
        tx.add(
            schema.NoteMark(
                person_id=person, note_id=note.id, target="strength", target_id=strength
            )
        )


def removed_and_brought_back(ann: Store, terry: str, strength: str) -> None:
    with ann.write("removed", terry) as tx:
        tx.hide(schema.Strength, strength)
    ann.undo()


@pytest.mark.parametrize("ahead", [8, -8])
def test_a_removal_is_not_done_again_over_a_colleagues_later_line_whatever_their_clock_says(
    team: Team, terry: str, ann: Store, ben: Store, clock: OwnClock, ahead: int
) -> None:
    with ann.write("added a strength", terry) as tx:
        bikes = str(tx.add(schema.Strength(person_id=terry, words="mends bicycles")).id)
    shared(team, terry, ben)
    clock.on(hours=8)
    removed_and_brought_back(ann, terry, bikes)
    team.sync(ann)
    clock.on(hours=ahead)
    note_that_names(ben, terry, bikes)
    for store in (ben, ann):
        team.sync(store)
    with pytest.raises(NewerStands) as refused:
        ann.redo()
    assert refused.value.actor == ben.worker_id


@pytest.mark.parametrize("ahead", [8, -8])
def test_a_removal_is_done_again_over_a_colleagues_earlier_line_whatever_their_clock_says(
    team: Team, terry: str, ann: Store, ben: Store, clock: OwnClock, ahead: int
) -> None:
    with ann.write("added a strength", terry) as tx:
        bikes = str(tx.add(schema.Strength(person_id=terry, words="mends bicycles")).id)
    for store in (ann, ben):
        team.ledger.grant(ben.worker_id, f"person:{terry}", "cover")
        team.sync(store)
    clock.on(hours=8 + ahead)
    note_that_names(ben, terry, bikes)
    for store in (ben, ann):
        team.sync(store)
    clock.on(hours=-ahead)
    removed_and_brought_back(ann, terry, bikes)
    ann.redo()
    with ann.read() as now:
        assert now.value("SELECT hidden_at FROM strength WHERE id = ?", (bikes,))


def test_a_hub_that_was_brought_back_from_a_backup_gets_again_what_it_forgot(
    team: Team, terry: str, ann: Store, tmp_path: Path, clock: OwnClock
) -> None:
    (tmp_path / "older").mkdir()
    older = Team(tmp_path / "older", clock, epoch="second")
    assert older.sync(ann).sent == 3
    assert ann.unsent() == 0
    assert ann.check().ok


def test_whoever_types_while_a_first_sync_runs_is_never_turned_away(
    team: Team, terry: str, ann: Store, make_store: Callable[..., Store], clock: OwnClock
) -> None:
    with ann.write("many notes", terry) as tx:
        for number in range(1_500):
            words = f"note {number} " + "rain on the bowling green and a bus that was late " * 12
            tx.add(schema.Note(person_id=terry, words=words, happened_at=tx.now))
    team.sync(ann)
    made = make_store("ben", worker="Ben")
    key = made._connections().key
    made.lock()
    app = Store.at(made.folder, clock=clock, alone=True)  # waits a tenth of a second, no longer
    app.unlock_with_key(key)
    for scope in parts_of(terry):
        team.ledger.grant(app.worker_id, scope, "cover")
    ended: list[BaseException | None] = []

    def sync() -> None:
        try:
            team.sync(app)
            ended.append(None)
        except BaseException as fault:
            ended.append(fault)

    thread = threading.Thread(target=sync)
    thread.start()
    written = 0
    while thread.is_alive():
        with app.write("typed meanwhile") as tx:
            tx.add(schema.Setting(worker_id=app.worker_id, name=f"s{written}", value="x"))
        app.save_draft("d", "note", [], f"half a sentence {written}", {})
        written += 1
    thread.join()
    team.sync(app)
    assert ended == [None]
    assert written > 5
    with app.read() as tx:
        assert tx.value("SELECT count(*) FROM note") == 1_501
        assert tx.value("SELECT count(*) FROM setting WHERE name GLOB 's*'") == written
    assert app.unsent() == 0
    app.lock()


def test_what_is_too_long_to_be_sent_is_not_kept_and_holds_up_nothing(
    ann: Store, ben: Store, team: Team, terry: str
) -> None:
    with (
        pytest.raises(TooLong),
        ann.write("a note", terry) as tx,
    ):
        tx.add(schema.Note(person_id=terry, words="a" * MOST_BODY, happened_at=tx.now))
    with pytest.raises(TooLong), ann.write("a name", terry) as tx:
        tx.change(schema.Person, terry, called='"' * (MOST_BODY // 2))
    call(ann, terry, "Tel")
    team.sync(ann)
    shared(team, terry, ben)
    assert called(ben, terry) == "Tel"


def test_what_an_older_release_kept_too_long_holds_up_nothing_behind_it(
    ann: Store, ben: Store, team: Team, terry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("linkworker.oplog.capture.MOST_BODY", 2 * MOST_BODY)
        with ann.write("a note", terry) as tx:
            tx.add(schema.Note(person_id=terry, words="a" * MOST_BODY, happened_at=tx.now))
    call(ann, terry, "Tel")
    team.sync(ann)
    shared(team, terry, ben)
    assert called(ben, terry) == "Tel"
    with ann.read() as look:
        assert look.value("SELECT max(length(words)) FROM note") == MOST_BODY


@pytest.mark.parametrize(
    "instant",
    [
        *("2026-99-99T99:99:99.999Z", "2026-02-30T10:00:00.000Z", "0000-01-01T00:00:00.000Z"),
        *("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "２０２６-01-01T00:00:00.000Z"),
    ],
)
def test_an_instant_that_there_is_not_is_as_if_nobody_had_written_it(
    ann: Store, instant: str
) -> None:
    assert shapes()["contact"].cleaned("happened_at", instant) is None


@pytest.mark.parametrize("instant", ["0001-01-02T00:00:00.000Z", "9999-12-30T23:59:59.999Z"])
def test_the_first_and_the_last_instant_fall_on_a_day(instant: str) -> None:
    assert shapes()["contact"].cleaned("happened_at", instant) == instant
    assert local_day(from_text(instant)).year in (1, 9999)
