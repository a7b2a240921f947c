"""Send: joining, what is not sent by person, how syncs went, and settling two versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from textual import events

from linkworker import schema
from linkworker.caseload import sending, settling
from linkworker.oplog import limits
from linkworker.oplog.two_scopes import WRONG_SCOPE
from linkworker.screens.join_team import JoinTeamScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.send import TOLD, SendScreen
from linkworker.screens.settle import SettleScreen, marked
from linkworker.storage.acts import uncaptured
from linkworker.store import Store
from linkworker.widgets.editor import Editor
from linkworker.widgets.page import Page
from tests.hub import places
from tests.hub.places import FarPlace
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.snapshots import SIZES, same_as_before, text_of
from tests.store.teams import Team


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarPlace]:
    with places.far(tmp_path_factory.mktemp("team") / "hub") as place:
        yield place


async def go(pilot) -> SendScreen:
    await until(pilot, lambda: pilot.app.is_open)
    await pilot.press("f5")
    return await arrive(pilot, SendScreen)


async def test_made_up_people_are_sent_to_nobody(app_over, make_store):
    app = app_over(make_store(made_up=True), made_up=True)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await go(pilot)
        await sees(pilot, "Made-up people stay on this laptop")
        assert "not sent" not in text_of(app)
        await pilot.press("s")
        await until(pilot, lambda: text_of(app).count("Made-up people stay") == 2)


async def test_an_invite_code_joins_and_sends_all_that_was_written(app_over, store, place):
    with store.write("added somebody") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await go(pilot)
        await sees(pilot, "belongs to no team yet")
        await pilot.press("enter")
        await arrive(pilot, JoinTeamScreen)
        await pilot.press("enter")
        await sees(pilot, "Paste the invite code")
        await paste(pilot, "LW1-this-is-none")
        await pilot.press("enter")
        await sees(pilot, "That is no invite code")
        await pilot.press("escape")
        await arrive(pilot, SendScreen)
        app.post_message(events.Paste("not a code"))
        await pilot.pause()
        assert isinstance(app.screen, SendScreen)
        code = place.hub.invite("Ann", "coordinator", "a lead")
        app.post_message(events.Paste(f" {code}\n"))
        await arrive(pilot, JoinTeamScreen)
        await pilot.press("enter")
        await sees(pilot, "Give its address too")
        await pilot.press("tab")
        await paste(pilot, place.url)
        await pilot.press("enter")
        await sees(pilot, "A team")
        await sees(pilot, "All sent · hub 10:05")
        await sees(pilot, "sent ")
        assert place.hub.ledger.is_known(f"person:{terry}")
        assert store.unsent() == 0


async def test_what_is_not_sent_stands_by_person_and_the_failure_in_plain_words(
    app_over, store, week, running
):
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        await until(pilot, lambda: app.courier.trouble is not None)
        await sees(pilot, "Terry")
        await sees(pilot, "not sent, since")
        await sees(pilot, "Nothing is lost")
        await pilot.press("s")
        await until(pilot, lambda: app.courier._number == 2 and not app.courier.goes)
        await pilot.press("f5")
        await until(pilot, lambda: app.courier._number == 3 and not app.courier.goes)
        assert len(store.belonging.runs()) == 1, "it failed each time alike"


async def test_what_went_what_came_and_what_is_kept_back_stands_there(
    app_over, store, terry, monkeypatch: pytest.MonkeyPatch
):
    with store.write("a note", person=terry) as tx:
        tx.add(schema.Note(person_id=terry, words="long " * 200))
        tx.add(schema.Note(person_id=terry, words="short"))
    monkeypatch.setattr(limits, "MOST_BODY", 900)
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team", "coordinator")
    store.belonging.ran(3, 12, 2, 1, "")
    store.belonging.ran(0, 0, 0, 0, "This laptop was removed from the team by Grace.")
    with uncaptured(store._connections()) as raw:
        for n, reason in ((1, "table"), (2, "column"), (3, WRONG_SCOPE)):
            raw.execute("INSERT INTO sync_parked (dev, n, reason) VALUES ('d', ?, ?)", (n, reason))
        raw.execute("UPDATE sync_op SET hub_seq = 0 WHERE tbl = 'person'")
    app = app_over(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await go(pilot)
        await sees(pilot, "removed from the team by Grace")
        await sees(pilot, "sent 3, fetched 12, 2 of a newer linkworker, 1 no longer yours")
        await sees(pilot, "2 of a newer linkworker: shown once")
        await sees(pilot, "1 that do not fit the record they came with")
        await sees(pilot, "1 about somebody you do not hold went to your lead")
        await sees(pilot, "1 note")
        await sees(pilot, "Write each again in two or more notes")


async def test_counting_what_is_not_sent_holds_no_key_up(
    app_over, store, week, running, monkeypatch: pytest.MonkeyPatch
):
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team")
    counts, counted = Event(), Event()
    count = sending.not_sent

    def slowly(tx):
        counts.set()
        assert counted.wait(60), "nobody else went on meanwhile"
        return count(tx)

    monkeypatch.setattr(sending, "not_sent", slowly)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        await until(pilot, counts.is_set)
        await sees(pilot, "North team")
        assert "not sent, since" not in text_of(app)
        await pilot.press("f3")
        await arrive(pilot, PeopleScreen)
        await pilot.press("f5")
        await arrive(pilot, SendScreen)
        assert not counted.is_set()
        counted.set()
        await sees(pilot, "not sent, since")


async def test_what_changes_while_it_is_counted_is_counted_too(
    app_over, store, monkeypatch: pytest.MonkeyPatch
):
    store.belonging.begin("https://127.0.0.1:9", "", "x")
    store.belonging.joined("North team")
    counts, counted = Event(), Event()
    count = sending.not_sent

    def late(tx):
        found = count(tx)
        counts.set()
        assert counted.wait(60)
        return found

    monkeypatch.setattr(sending, "not_sent", late)
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        await until(pilot, counts.is_set)
        with store.write("added somebody") as tx:
            tx.add(schema.Person(called="Wilhelmina"))
        counted.set()
        await sees(pilot, "Wilhelmina")


# -- two versions

ANN, BEN = "bowls again on Fridays, with Sam", "bowls again on Mondays, alone"


@pytest.fixture
def waits(tmp_path: Path, make_store: Callable[..., Store], clock) -> Store:
    """Ann's laptop, on which two versions of a goal of Terry's wait."""
    ann, ben = make_store("ann", worker="Ann"), make_store("ben", worker="Ben")
    team = Team(tmp_path, clock)
    with ann.write("a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry", family="Barlow")).id)
        goal = str(tx.add(schema.Goal(person_id=terry, words="bowls")).id)
    team.sync(ann)
    team.ledger.grant(ben.worker_id, f"person:{terry}", "cover")
    for store in (ann, ben):
        team.sync(store)
    for store, words in ((ann, ANN), (ben, BEN)):
        clock.on(minutes=1)
        with store.write("wrote", terry) as tx:
            tx.change(schema.Goal, goal, words=words)
        team.sync(store)
    for store in (ann, ben, ann):
        team.sync(store)
    ann.belonging.begin("https://127.0.0.1:9", "", "x")
    ann.belonging.joined("North team")
    return ann


def goal(store: Store) -> str:
    with store.read() as tx:
        return str(tx.value("SELECT words FROM goal"))


def differences(store: Store) -> int:
    with store.read() as tx:
        return settling.waiting(tx)


async def settle(pilot) -> SettleScreen:
    await go(pilot)
    await until(pilot, lambda: not pilot.app.courier.goes and pilot.app.courier._number)
    await sees(pilot, "Terry Barlow")
    await pilot.press("enter")
    return await arrive(pilot, SettleScreen)


async def test_both_versions_stand_side_by_side_with_who_and_when(app_over, waits):
    app = app_over(waits)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        shown = text_of(app)
        line = next(one for one in shown.splitlines() if "Fridays" in one)
        assert "Mondays" in line
        assert "1 to settle" in shown.splitlines()[0]
        head = next(one for one in shown.splitlines() if "this laptop" in one)
        assert "another laptop" in head
        assert {"Ann", "Ben"} <= set(re.findall(r"\w+", head))


@pytest.mark.parametrize("size", SIZES)
async def test_how_settling_looks(app_over, waits, size):
    app = app_over(waits)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        same_as_before(app, "settle")


@pytest.mark.parametrize("key", ["1", "2"])
async def test_a_number_takes_a_version_and_undo_opens_it_again(app_over, waits, key):
    with waits.read() as tx:
        (one,) = settling.to_settle(tx)
    app = app_over(waits)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await arrive(pilot, SendScreen)
        assert goal(waits) == one.versions[int(key) - 1].values["words"]
        await sees_no_more(pilot, "to settle")
        await pilot.press("ctrl+z")
        await sees(pilot, "1 to settle")
        assert differences(waits) == 1


async def test_both_are_kept_one_under_the_other(app_over, waits):
    app = app_over(waits)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await arrive(pilot, SendScreen)
        assert goal(waits) == f"27 Nov 2026, Ann: {ANN}\n27 Nov 2026, Ben: {BEN}"
        assert differences(waits) == 0


async def test_it_is_written_anew(app_over, waits):
    app = app_over(waits)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("w")
        await sees(pilot, "Written anew")
        await until(pilot, lambda: isinstance(app.focused, Editor))
        assert app.focused.text == BEN
        await sees(pilot, f"Version 2, Ann: {ANN}")
        await pilot.press("ctrl+a", "backspace")
        await paste(pilot, "bowls, whenever it suits")
        await pilot.press("ctrl+s")
        await arrive(pilot, SendScreen)
        assert goal(waits) == "bowls, whenever it suits"
        assert differences(waits) == 0


async def test_the_cursor_goes_to_a_difference_that_comes_but_not_from_where_somebody_put_it(
    app_over, waits
):
    app = app_over(waits)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("1")
        screen = await arrive(pilot, SendScreen)
        await sees_no_more(pilot, "to settle")
        page = screen.query_one(Page)
        await until(pilot, lambda: page.chosen and page.chosen.key.startswith("person:"))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: page.chosen and page.chosen.key.startswith("settle:"))
        await pilot.press("enter")
        await arrive(pilot, SettleScreen)
        await pilot.press("2")
        await arrive(pilot, SendScreen)
        await sees_no_more(pilot, "to settle")
        await pilot.press("down")
        await until(pilot, lambda: page.chosen and page.chosen.key == TOLD)
        await pilot.press("ctrl+z")
        await sees(pilot, "1 to settle")
        await sees(pilot, "To settle: two versions")
        assert page.chosen.key == TOLD


async def test_what_differs_and_why_a_sync_failed_are_whole_on_a_small_terminal(app_over, waits):
    why = "The team's hub does not answer: its machine is on, and the hub does not run."
    waits.belonging.ran(0, 0, 0, 0, why)
    app = app_over(waits)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await sees(pilot, "2 versions: Ben and Ann")
        lines = text_of(app).splitlines()
        at = next(at for at, line in enumerate(lines) if "machine is on" in line)
        begins = lines[at].index("The team's hub")
        assert lines[at + 1].strip()
        assert lines[at + 1].index(lines[at + 1].strip()) == begins, "under its own column"


async def test_what_somebody_settled_meanwhile_is_left(app_over, waits):
    app = app_over(waits)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        with waits.write("settled two versions") as tx:
            (one,) = settling.to_settle(tx)
            settling.take(tx, one, one.versions[1])
        await arrive(pilot, SendScreen)
        assert differences(waits) == 0


def test_the_words_that_differ_are_marked():
    left, right = marked("bowls on Fridays with Sam", "bowls on Mondays with Sam")
    assert left.plain == "bowls on Fridays with Sam"
    assert [left.plain[one.start : one.end] for one in left.spans] == ["Fridays"]
    assert [right.plain[one.start : one.end] for one in right.spans] == ["Mondays"]
