"""Settling from a person's own page, in the form's words, and what is kept apart on purpose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import about, hand_over, settling
from linkworker.caseload.settling import Seen, ToSettle
from linkworker.oplog.differences import Difference
from linkworker.screens.form import FormScreen
from linkworker.screens.person import PersonScreen
from linkworker.screens.send import SendScreen
from linkworker.screens.settle import SettleScreen
from linkworker.screens.settle_words import asks_anew, start_anew, written
from linkworker.store import Store
from linkworker.widgets.fields import Field
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.snapshots import text_of
from tests.store.teams import Team

APART = "what Terry said of his son"


class Two:
    """Ann's laptop and Ben's, who both hold Terry and what is kept apart of him."""

    def __init__(self, ann: Store, ben: Store, team: Team) -> None:
        self.ann, self.ben, self.team = ann, ben, team
        with ann.write("a person") as tx:
            self.terry = str(tx.add(schema.Person(called="Terry")).id)
            self.step = str(tx.add(schema.Step(person_id=self.terry, words="ring")).id)
        with ann.write("kept apart", self.terry) as tx:
            self.part = str(tx.add(schema.KeptApart(person_id=self.terry, words=APART)).id)
        team.sync(ann)
        for scope in ("", ":restricted"):
            team.ledger.grant(ben.worker_id, f"person:{self.terry}{scope}", "cover")
        team.sync(ben)
        ann.belonging.begin("https://127.0.0.1:9", "", "x")
        ann.belonging.joined("North team")

    def when(self) -> None:
        """Both write by when the step is done."""
        for store, day in ((self.ann, date(2026, 12, 4)), (self.ben, date(2026, 12, 7))):
            with store.write("wrote", self.terry) as tx:
                tx.change(schema.Step, self.step, by_day=day)
        self.meet()

    def apart(self) -> None:
        """Ben takes the part away that Ann took back, and brought again."""
        wrote = self.ann.act_of("kept_apart", self.part)
        assert wrote
        self.ann.undo(wrote)
        self.ann.redo()
        with self.ben.write("removed", self.terry) as tx:
            tx.hide(schema.KeptApart, self.part)
        self.meet()

    def meet(self) -> None:
        for store in (self.ann, self.ben, self.ann):
            self.team.sync(store)

    def open_here(self) -> int:
        with self.ann.read() as tx:
            return settling.waiting(tx)

    def by_day(self) -> str:
        with self.ann.read() as tx:
            return str(tx.value("SELECT by_day FROM step WHERE id = ?", (self.step,)))


@pytest.fixture
def two(tmp_path: Path, make_store: Callable[..., Store], clock) -> Two:
    ann, ben = make_store("ann", worker="Ann"), make_store("ben", worker="Ben")
    return Two(ann, ben, Team(tmp_path, clock))


async def page_of(pilot, person: str) -> PersonScreen:
    await until(pilot, lambda: pilot.app.is_open)
    pilot.app.open_person(person)
    return await arrive(pilot, PersonScreen)


@pytest.mark.parametrize("section", ["1", "3"])
async def test_a_difference_stands_on_the_persons_page_and_enter_leads_to_it(
    app_over, two, section
):
    two.when()
    app = app_over(two.ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await page_of(pilot, two.terry)
        await pilot.press(section)
        await sees(pilot, "To settle")
        await sees(pilot, "“ring”: by when")
        if section == "1":
            await pilot.press("right", "home")
        await pilot.press("enter")
        await arrive(pilot, SettleScreen)
        shown = text_of(app)
        assert "A step: ring" in shown
        assert "Fri 4 Dec" in shown
        assert "Mon 7 Dec" in shown
        assert "2026-12" not in shown
        await pilot.press("2")
        await arrive(pilot, PersonScreen)
        await sees_no_more(pilot, "To settle")
        assert two.open_here() == 0
        await pilot.press("ctrl+z")
        await sees(pilot, "To settle")
        assert two.open_here() == 1


async def test_a_day_is_written_anew_as_its_form_asks_for_it(app_over, two):
    two.when()
    app = app_over(two.ann)
    async with app.run_test(size=(100, 30)) as pilot:
        await page_of(pilot, two.terry)
        await sees(pilot, "To settle")
        await pilot.press("right", "home", "enter")
        screen = await arrive(pilot, SettleScreen)
        assert screen.why_not_both(), "two days are not joined as words are"
        await pilot.press("w")
        await arrive(pilot, FormScreen)
        await until(pilot, lambda: isinstance(app.focused, Field))
        await pilot.press("ctrl+a", "backspace")
        await paste(pilot, "9 Dec 2026")
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        assert two.by_day() == "2026-12-09"
        assert two.open_here() == 0


async def test_two_versions_stand_one_under_the_other_on_a_small_terminal(app_over, two):
    two.when()
    app = app_over(two.ann)
    async with app.run_test(size=(80, 24)) as pilot:
        await page_of(pilot, two.terry)
        await sees(pilot, "To settle")
        await pilot.press("right", "home", "enter")
        await arrive(pilot, SettleScreen)
        line = next(one for one in text_of(app).splitlines() if "Fri 4 Dec" in one)
        assert "Mon 7 Dec" not in line


async def test_a_good_life_that_both_wrote_apart_stands_in_both_their_words(app_over, two):
    for store, words in ((two.ann, "an allotment"), (two.ben, "the bowls team")):
        with store.write("a good life", two.terry) as tx:
            about.add_vision(tx, two.terry, words)
    two.meet()
    app = app_over(two.ann)
    async with app.run_test(size=(80, 24)) as pilot:
        await page_of(pilot, two.terry)
        await pilot.press("1")
        await sees(pilot, "“an allotment”")
        await sees(pilot, "“the bowls team”")
        with two.ann.read() as tx:
            own = hand_over.drafted(tx, two.terry)["own"]
        assert "an allotment" in own
        assert "the bowls team" in own


async def test_what_a_colleague_wrote_stands_with_their_name_and_no_guess_why_they_wrote(
    app_over, two
):
    with two.ben.write("a note", two.terry) as tx:
        tx.add(schema.Note(person_id=two.terry, words="Card through the door.", happened_at=tx.now))
    two.team.ledger.grant(two.ben.worker_id, f"person:{two.terry}:team", "cover")
    two.meet()
    two.meet()
    app = app_over(two.ann)
    async with app.run_test(size=(100, 30)) as pilot:
        await page_of(pilot, two.terry)
        await pilot.press("3")
        await sees(pilot, "Card through the door.")
        shown = text_of(app)
        assert "Ben: Note" in shown
        assert "covering" not in shown


async def open_apart(pilot, why: str) -> None:
    await pilot.press("enter")
    await sees(pilot, "Why you are opening it")
    await paste(pilot, why)
    await pilot.press("ctrl+s")
    await arrive(pilot, SettleScreen)


async def test_what_is_kept_apart_is_settled_on_purpose_and_the_audit_keeps_it(app_over, two):
    two.apart()
    app = app_over(two.ann)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.press("f5")
        await arrive(pilot, SendScreen)
        await sees(pilot, "What is kept apart")
        assert APART not in text_of(app)
        await until(pilot, lambda: not app.courier.goes and app.courier._number)
        assert app.screen.query_one(Page).choose(f"settle apart:{two.terry}")
        await open_apart(pilot, "settling it")
        await sees(pilot, APART)
        with two.ann.read() as tx:
            kept = tx.rows(
                "SELECT person_id, reason FROM audit_event WHERE what = 'read kept apart'"
            )
        assert kept == [(two.terry, "settling it")]
        await pilot.press("2")
        await arrive(pilot, SendScreen)
        await sees_no_more(pilot, "What is kept apart")
        assert two.open_here() == 0


async def test_hidden_it_is_forgotten_and_asked_about_again(app_over, two):
    two.apart()
    app = app_over(two.ann)
    async with app.run_test(size=(100, 30)) as pilot:
        await page_of(pilot, two.terry)
        await sees(pilot, "What is kept apart")
        await pilot.press("right", "home")
        await open_apart(pilot, "settling it")
        await sees(pilot, APART)
        await pilot.press("f8")
        await sees_no_more(pilot, APART)
        await pilot.press("escape")
        await arrive(pilot, PersonScreen)
        assert APART not in text_of(app)


def test_what_no_form_asks_about_is_written_anew_from_its_list_or_as_a_day():
    def of(table: str, name: str, *said: object) -> ToSettle:
        at = datetime(2026, 11, 27, tzinfo=UTC)
        versions = tuple(
            Seen(f"d:{n}", "", "d", at, {name: one}, False) for n, one in enumerate(said)
        )
        looked_at = Difference(table, "r", name, "person:p", ())
        return ToSettle("p", "Terry", "", "", "", table, "r", name, versions, looked_at, "")

    which = of("goal", "importance", 3, 7)
    (ask,) = fields = asks_anew(which, frozenset())
    assert [one for one, _ in ask.options] == ["", *(str(number) for number in range(1, 11))]
    assert start_anew(fields, which.versions[1].values) == {"importance": "7"}
    assert written(fields, {"importance": "9"}) == {"importance": 9}
    (ask,) = asks_anew(of("person", "died", None, "2026-11-02"), frozenset())
    assert ask.how == "day"
    assert asks_anew(of("step", "goal_id", "g1", "g2"), frozenset()) == []


async def test_who_wrote_what_was_kept_in_one_stands_outside_the_persons_quotation_marks(
    app_over, two
):
    with two.ann.write("said", two.terry) as tx:
        life = about.add_vision(tx, two.terry, "a good life")
    two.meet()
    for store, words in ((two.ann, "Saturdays out"), (two.ben, "some use to someone")):
        with store.write("said", two.terry) as tx:
            about.correct_vision(tx, life, words=words)
    two.meet()
    with two.ann.write("settled", two.terry) as tx:
        (one,) = settling.to_settle(tx)
        settling.keep_both(tx, one)
    with two.ann.read() as tx:
        own = hand_over.drafted(tx, two.terry)["own"]
    assert "27 Nov 2026, Ann: “Saturdays out”" in own
    app = app_over(two.ann)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.press("f3")
        await sees(pilot, "Terry")
        await sees(pilot, "27 Nov 2026, Ann: “Saturdays out”")
        await pilot.press("enter")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "27 Nov 2026, Ann: “Saturdays out”")
        await sees(pilot, "27 Nov 2026, Ben: “some use to someone”")
