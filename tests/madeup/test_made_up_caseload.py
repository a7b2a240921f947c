"""The made-up caseload in a store: what a coordinator sees who tries the app with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import connections, households, people, safety, support, today
from linkworker.clock import Clock
from linkworker.madeup import demo
from linkworker.madeup.make import Calendar, make, story_of
from linkworker.madeup.patch import load
from linkworker.rules import numbers
from linkworker.storage.holding import OpenElsewhere
from linkworker.store import MadeUpOnly, ReadTx, Store
from tests.madeup.conftest import keep_otherwise

MORNING = datetime(2026, 11, 27, 8, 50, tzinfo=UTC)
"""The Friday of the week that the notes by hand tell of."""


def clock() -> datetime:
    return MORNING


def opened(folder: Path, at: Clock = clock) -> Store:
    store = Store.at(folder, clock=at)
    store.unlock_made_up()
    return store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.prepare(tmp_path_factory.mktemp("demo") / "made-up", clock=clock)


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    store = opened(folder)
    yield store
    store.lock()


@pytest.fixture
def tx(store: Store) -> Iterator[ReadTx]:
    with store.read() as tx:
        yield tx


def named(tx: ReadTx, name: str) -> str:
    return next(one.person_id for one in people.caseload(tx) if one.name == name)


def test_it_opens_without_asking_and_never_takes_in_real_people(store: Store) -> None:
    assert store.state == "open"
    assert store.made_up
    with pytest.raises(MadeUpOnly):
        store.refuse_made_up()


def test_there_are_sixty_people_and_some_months_of_notes(tx: ReadTx) -> None:
    assert len(people.caseload(tx)) == 60
    notes = tx.value("SELECT count(*) FROM note")
    assert 600 <= notes <= 1000


def test_today_is_a_friday_at_ten_to_nine(tx: ReadTx) -> None:
    seen = today.today(tx)
    assert [(one.short, one.words, one.time) for one in seen.promised] == [
        ("Dean H.", "ring Dean", "09:30")
    ]
    assert [(one.short, one.day) for one in seen.cannot_slip] == [("Dean H.", date(2026, 12, 9))]
    assert [(one.first.time, one.first.short, one.first.getting_in) for one in seen.occasions] == [
        ("10:05", "Terry B.", "rings twice, stairs"),
        ("14:00", "Lucia M.", "top flat, the green door"),
    ]
    assert seen.occasions[1].first.about == "her choice of time"
    assert {one.short for one in seen.not_written_up} == {"Derek P.", "Joan P."}
    assert len({one.occasion_id for one in seen.not_written_up}) == 1
    (stan,) = seen.quiet
    assert (stan.short, stan.days // 7, stan.last_outcome) == (
        "Stan W.",
        6,
        "card through the door",
    )


def test_terry_stands_as_he_did_before_the_visit(tx: ReadTx) -> None:
    terry = named(tx, "Terry Beasley")
    (bowls,) = (one for one in connections.connections(tx, terry) if "bowls" in one.name)
    assert (bowls.stage, bowls.on) == ("went once", date(2026, 11, 6))
    pat = next(one for one in connections.ties(tx, terry) if one.name == "Pat")
    assert (pat.relationship, pat.how_often, pat.how) == ("daughter", "weekly", "close")
    steps = tx.rows(
        "SELECT words, who, by_day FROM step WHERE person_id = ? AND state = 'open'", (terry,)
    )
    assert ("ring the bike club", "Terry Beasley", "2026-12-04") in steps
    assert support.history(tx, terry)[0].on == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("patch", "day", "seed", "call"),
    [
        ("leicestershire", datetime(2028, 2, 29, 8, 50, tzinfo=UTC), 5, "Dean H."),
        ("liverpool", datetime(2027, 1, 3, 8, 50, tzinfo=UTC), 2, "Rita M."),
    ],
)
def test_on_any_day_and_with_any_seed_all_is_clear_and_one_call_is_promised(
    tmp_path: Path, patch: str, day: datetime, seed: int, call: str
) -> None:
    story = story_of(load(patch), now=day, seed=seed, years=0.3)
    calendar = Calendar(story.begins)
    worker = story.patch.about["worker name"]
    store, _ = Store.create(tmp_path, "", worker_name=worker, made_up=True, clock=calendar)
    made = make(store, calendar, story)
    assert made.people == len(load(patch).people)
    assert made.unclear == 0
    with store.read() as tx:
        assert [one.short for one in today.promised(tx)] == [call]
        later = "SELECT count(*) FROM contact WHERE happened_at >= ?"
        assert tx.value(later, (day.strftime("%Y-%m-%dT%H:%M"),)) == 0
        kinds = {kind for (kind,) in tx.rows("SELECT DISTINCT kind FROM note_mark")}
        assert {"strength", "hope", "step", "with", "gave", "became", "in the way"} <= kinds
        agreed = Counter(bool(on) for (on,) in tx.rows("SELECT agreed_on FROM goal"))
        assert agreed[True] > agreed[False] > 0
    store.lock()


def test_what_was_promised_was_written_down_when_it_was_promised(tx: ReadTx) -> None:
    written = [row[0][:10] for row in tx.rows("SELECT recorded_at FROM step ORDER BY recorded_at")]
    assert written[0] < "2026-07-01"
    assert written[-1] <= "2026-11-27"
    ids = [row[0] for row in tx.rows("SELECT id FROM note ORDER BY happened_at")]
    assert ids == sorted(ids)


def test_a_colleague_who_covered_wrote_their_own_note(tx: ReadTx) -> None:
    row = tx.one(
        """SELECT w.name FROM note n JOIN contact c ON c.id = n.contact_id
        JOIN worker w ON w.id = c.worker_id WHERE n.words LIKE 'Ben, covering: attendance%'"""
    )
    assert row == ("Ben Adeyemi",)


def test_one_visit_to_derek_and_joan_is_two_records_and_one_occasion(tx: ReadTx) -> None:
    both = tx.rows(
        """SELECT occasion_id, words FROM note WHERE person_id IN (?, ?)
        AND words LIKE 'Fieldfares%'""",
        (named(tx, "Derek Pratt"), named(tx, "Joan Pratt")),
    )
    assert len(both) == 2
    assert len({occasion for occasion, _ in both}) == 1
    household = households.household(tx, named(tx, "Derek Pratt"))
    assert {one.given for one in household} >= {"Joan"}


def test_couples_have_visits_together(tx: ReadTx) -> None:
    shared = tx.rows(
        """SELECT occasion_id, count(DISTINCT person_id) FROM note
        WHERE occasion_id <> '' GROUP BY occasion_id HAVING count(DISTINCT person_id) > 1"""
    )
    assert len(shared) >= 6
    assert all(people == 2 for _, people in shared)


def test_a_death_a_hospital_bed_and_a_prison_are_dated(tx: ReadTx) -> None:
    def where(name: str) -> tuple[str, date | None]:
        row = support.whereabouts(tx, named(tx, name))[0]
        return row.kind, row.since

    assert where("Harold Finch") == ("died", date(2026, 11, 24))
    assert where("Nora Cashmore")[0] == "in hospital"
    assert where("Steve Rudkin")[0] == "in prison"


def test_people_have_stepped_back_and_come_back(tx: ReadTx) -> None:
    kinds = {kind for (kind,) in tx.rows("SELECT DISTINCT kind FROM support_event")}
    assert {"began", "stepped back", "reopened", "paused", "ended"} <= kinds


def test_numbers_and_places_are_nobodys(tx: ReadTx) -> None:
    nhs = [one for (one,) in tx.rows("SELECT nhs_number FROM person WHERE nhs_number <> ''")]
    assert len(set(nhs)) == len(nhs) > 50
    assert all(numbers.nhs_number(one).good and one.startswith("999") for one in nhs)
    for (value,) in tx.rows("SELECT value FROM reach"):
        assert value.startswith(("07700 900", "0116 496 0")), value
    for (postcode,) in tx.rows("SELECT postcode FROM address"):
        assert not numbers.postcode(postcode).good


def test_no_known_risks_is_said_with_its_day(tx: ReadTx) -> None:
    (said,) = safety.statements(tx, named(tx, "Edna Thorneycroft"))[-1:]
    assert said.kind == "no known risks"
    assert said.said_on is not None


def test_it_is_kept_between_runs_and_made_anew_when_asked(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    demo.prepare(place, clock=clock, patch="liverpool", years=0.1)
    store = opened(place)
    with store.write("a word of mine") as tx:
        people.change_person(tx, named(tx, "Hodan Warsame"), called="Hodan W")
    store.lock()
    demo.prepare(place, clock=clock, patch="liverpool", years=0.1)
    store = opened(place)
    with store.read() as tx:
        assert named(tx, "Hodan W")
    store.lock()
    demo.prepare(place, clock=clock, patch="liverpool", years=0.1, fresh=True)
    store = opened(place)
    with store.read() as tx:
        assert named(tx, "Hodan Warsame")
    store.lock()


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER op_put_strength",
        "ALTER TABLE strength ADD COLUMN later TEXT",
        f"PRAGMA user_version = {schema.VERSION + 1}",
    ],
)
def test_one_kept_from_another_release_is_made_anew(tmp_path: Path, change: str) -> None:
    place = demo.prepare(tmp_path / "demo", clock=clock, patch="liverpool", years=0.1)
    keep_otherwise(place, change)
    demo.prepare(place, clock=clock, patch="liverpool", years=0.1)
    store = opened(place)
    with store.write("a word of mine") as tx:
        people.change_person(tx, named(tx, "Hodan Warsame"), called="Hodan W")
    store.lock()


def test_one_from_another_release_that_is_open_in_an_app_is_left_alone(tmp_path: Path) -> None:
    place = demo.prepare(tmp_path / "demo", clock=clock, patch="liverpool", years=0.1)
    keep_otherwise(place)
    app = Store.at(place, clock=clock, alone=True)
    app.unlock_made_up()
    with pytest.raises(OpenElsewhere):
        demo.prepare(place, clock=clock, patch="liverpool", years=0.1)
    app.lock()
    assert [one.name for one in tmp_path.iterdir()] == ["demo"]


def test_what_was_broken_off_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "demo"

    def pull_the_plug(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("linkworker.madeup.ahead.plan", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            demo.prepare(place, clock=clock, patch="liverpool", years=0.1)
    assert not place.exists()
    demo.prepare(place, clock=clock, patch="liverpool", years=0.1)
    store = opened(place)
    with store.read() as tx:
        assert len(people.caseload(tx)) == len(load("liverpool").people)
    store.lock()
    assert [one.name for one in tmp_path.iterdir()] == ["demo"]


def test_real_records_are_never_touched(tmp_path: Path) -> None:
    from linkworker.vault.passphrase import FLOOR

    place = tmp_path / "records"
    store, _ = Store.create(place, "a passphrase of mine", worker_name="A", cost=FLOOR)
    store.lock()
    before = {one.name: one.read_bytes() for one in place.iterdir() if one.is_file()}
    for fresh in (False, True):
        with pytest.raises(demo.NotMadeUp):
            demo.prepare(place, clock=clock, fresh=fresh)
    assert {one.name: one.read_bytes() for one in place.iterdir() if one.is_file()} == before


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"sea")
    with pytest.raises(demo.SomethingElse):
        demo.prepare(tmp_path, clock=clock, fresh=True)
    assert (tmp_path / "holiday.jpg").read_bytes() == b"sea"
