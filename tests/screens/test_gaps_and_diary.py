"""The team's gaps and the community diary, at the keys."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linkworker.caseload import community_diary as diary
from linkworker.caseload import gaps, hopes
from linkworker.schema import values
from linkworker.screens.diary import DiaryScreen
from linkworker.screens.gaps import GapsScreen
from linkworker.screens.gaps_map import GapsMapScreen, grid, in_words
from linkworker.screens.today import TodayScreen
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.person_hands import choose, field, on_form
from tests.screens.snapshots import SIZES, same_as_before, text_of

TODAY = date(2026, 11, 27)


async def at(pilot, screen):
    await arrive(pilot, TodayScreen)
    pilot.app.push_screen(screen)
    return await arrive(pilot, type(screen))


@pytest.fixture
def bus(store, week):
    with store.write("looked for") as tx:
        gaps.log(tx, "evening buses", kind="getting there", area="Enderby", how_many=3)
        gaps.log(tx, "somewhere to speak Polish", kind="language")
        return hopes.add_looked_for(tx, week["Terry Beasley"], "a bus home after six for Terry")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_looked_for_is_counted_with_the_gap_it_is(app_over, store, bus, size):
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        await sees(pilot, "a bus home after six for Terry")
        await sees(pilot, "for 3 people, Enderby, getting there")
        choose(screen, f"decide:{bus}")
        await pilot.press("enter")
        await sees(pilot, "Is it one of these?")
        await pilot.press("enter")
        await sees(pilot, "Counted.")
        await sees(pilot, "for 4 people")
        await sees_no_more(pilot, "after six for Terry")
        await pilot.press("ctrl+z")
        await sees(pilot, "for 3 people")
        await sees(pilot, "after six for Terry")


async def test_much_that_waits_for_other_words_leaves_the_gaps_in_sight(app_over, store, week, bus):
    with store.write("looked for") as tx:
        for number in range(9):
            hopes.add_looked_for(tx, week["Terry Beasley"], f"bus number {number}")
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        await sees(pilot, "for 3 people, Enderby, getting there")
        await sees(pilot, "and 6 more: Enter shows them")
        choose(screen, "more")
        await pilot.press("enter")
        await sees_no_more(pilot, "Enter shows them")
        for number in range(9):
            assert f"bus number {number}" in text_of(app)


MISSING = (
    ("a bus home after six", "getting there", "Enderby", 9),
    ("a lift to the Women's", "getting there", "Barwell", 1),
    ("somewhere warm on a Sunday", "people and places", "Barwell", 3),
    ("benefit advice in the villages", "money and advice", "Kirkby Mallory", 5),
    ("help with a garden", "home", "Barwell", 2),
    ("a plumber by the week", "home", "Newbold Verdon", 1),
    ("women's swimming", "health and lifestyle", "Hinckley", 4),
    ("evening counselling", "health and lifestyle", "Barwell", 5),
    ("a choir at night", "arts", "Newbold Verdon", 1),
    ("chess", "activity", "", 1),
    ("learning to read", "learning", "Earl Shilton", 2),
    ("work with school hours", "work and training", "Earl Shilton", 7),
    ("somewhere to cook for others", "contribution", "Desford", 2),
    ("Romanian on a weekday", "language", "Earl Shilton", 2),
    ("a level café", "something else", "Desford", 1),
    ("we don't know what to call it", "", "Desford", 1),
)


@pytest.fixture
def missing(store, week):
    with store.write("gaps") as tx:
        for words, kind, area, many in MISSING:
            gaps.log(tx, words, kind=kind, area=area, how_many=many)


@pytest.mark.parametrize("size", SIZES)
async def test_the_map_of_gaps_has_areas_down_and_kinds_across(app_over, store, missing, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await at(pilot, GapsScreen())
        await pilot.press("v")
        await arrive(pilot, GapsMapScreen)
        await sees(pilot, "health and lifestyle")
        same_as_before(app, "gaps-map")


async def test_what_is_missing_in_an_area_stands_under_the_map(app_over, store, missing):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, GapsMapScreen())
        await sees(pilot, "somewhere warm on a Sunday")
        await pilot.press("down")
        await sees(pilot, "work with school hours")
        await sees_no_more(pilot, "somewhere warm on a Sunday")
        with store.write("met again") as tx:
            gaps.log(tx, "a night bus", kind="getting there", area="Earl Shilton")
        await until(pilot, lambda: "48" in text_of(app))
        await pilot.press("tab", "end")
        await sees(pilot, "a night bus")


def test_the_map_counts_what_there_is_and_needs_no_colour():
    where = {("Barwell", "home"): 3, ("Barwell", ""): 1, ("", "home"): 12}
    drawn = [line.plain for row in grid(where) for line in row.lines(76)]
    assert " ".join(drawn[:2]).split() == ["not", "home", "said", "all"]
    (barwell,) = [line for line in drawn if line.startswith("Barwell")]
    assert re.findall(r"\d+\S?", barwell) == ["3▒", "1░", "4"]
    (nowhere,) = [line for line in drawn if line.startswith("no area said")]
    assert re.findall(r"\d+\S?", nowhere) == ["12█", "12"]
    (every,) = [line for line in drawn if line.startswith("all")]
    assert re.findall(r"\d+", every) == ["15", "1", "16"]
    (heads, *_) = grid({("Barwell", kind): 1 for kind in values.GAP_KINDS})
    assert heads.lines(76)[0].plain.split() == [*"ABCDEFGHIJKL", "all"]
    told = " ".join(line.plain for row in in_words(where) for line in row.lines(76))
    assert told == "no area said, for 12: home 12 Barwell, for 4: home 3, not said 1"
    assert grid({}) == []


async def test_a_new_gap_is_put_in_words_that_name_nobody(app_over, store, bus):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        choose(screen, f"decide:{bus}")
        await pilot.press("enter")
        await sees(pilot, "Another one")
        await pilot.press("down", "enter")
        form = await on_form(pilot)
        assert field(form, "words").raw == "a bus home after six for Terry"
        await pilot.press("ctrl+s")
        await sees(pilot, "a name of the person")
        field(form, "words").raw = "a bus to the estate after six"
        field(form, "how_many").raw = "2"
        await pilot.press("ctrl+s")
        await arrive(pilot, GapsScreen)
        await sees(pilot, "a bus to the estate after six")
        await sees(pilot, "for 2 people")


async def test_a_gap_is_met_again_closed_and_open_again(app_over, store, bus):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, GapsScreen())
        choose(screen, "gap:")
        await pilot.press("m")
        await sees(pilot, "for 4 people")
        await pilot.press("x")
        form = await on_form(pilot)
        field(form, "by").raw = "a minibus of the parish"
        await pilot.press("ctrl+s")
        await arrive(pilot, GapsScreen)
        await sees_no_more(pilot, "evening buses")
        await pilot.press("a")
        await sees(pilot, "closed: a minibus of the parish")
        choose(
            screen,
            next(
                row.key
                for row in screen.query_one("#gaps").rows
                if getattr(row.what, "closed_on", None)
            ),
        )
        await pilot.press("x", "a")
        await sees(pilot, "for 4 people")


async def test_the_diary_is_written_and_put_right(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await at(pilot, DiaryScreen())
        await sees(pilot, "Nothing is in it yet.")
        await pilot.press("insert")
        await sees(pilot, "An open session")
        await pilot.press("down", "enter")
        form = await on_form(pilot)
        field(form, "names").raw = "Joan, Stan,  Lucia"
        field(form, "unwritten").raw = "2"
        field(form, "place").raw = "library"
        await pilot.press("ctrl+s")
        screen = await arrive(pilot, DiaryScreen)
        await sees(pilot, "session, 5 there, library")
        choose(screen, "done:")
        await pilot.press("enter")
        form = await on_form(pilot)
        assert field(form, "names").raw == "Joan, Stan, Lucia"
        field(form, "names").raw = "Joan"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        await sees(pilot, "session, 3 there, library")


async def test_a_line_and_a_session_are_taken_away_and_come_back(app_over, store, week):
    with store.write("community") as tx:
        diary.write_down(tx, "talked at the bus stop")
        diary.add_session(tx, names=["Joan"], words="tea in the library")
        diary.add_volunteer(tx, "Mo Yardley")
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        for words in ("talked at the bus stop", "tea in the library"):
            rows = screen.query_one("#diary").rows
            choose(
                screen,
                next(row.key for row in rows if words in str(getattr(row.what, "words", ""))),
            )
            await pilot.press("delete")
            await sees(pilot, "Taken away.")
            await sees_no_more(pilot, words)
            await pilot.press("ctrl+z")
            await sees(pilot, words)
        choose(
            screen, next(row.key for row in screen.query_one("#diary").rows if "helps" in row.key)
        )
        await pilot.press("delete")
        await sees(pilot, "Somebody who helps no more has left")


async def test_a_name_in_the_diary_is_refused_and_nothing_typed_is_lost(app_over, store, week):
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await at(pilot, DiaryScreen())
        await pilot.press("insert", "enter")
        form = await on_form(pilot)
        field(form, "words").raw = "walked to the choir with Terry Beasley"
        await pilot.press("ctrl+s")
        await sees(pilot, "the name of somebody you walk alongside")
        assert field(form, "words").raw.startswith("walked to the choir")


async def test_a_group_is_asked_about_and_a_volunteers_time_is_noted(app_over, store, week):
    with store.write("community") as tx:
        choir = diary.add_group(tx, "Thursday singing", our_part="started")
        diary.step_back(tx, choir, date(2026, 5, 1))
        diary.add_volunteer(tx, "Mo", role="leads the singing")
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        await sees(pilot, "Do they still run?")
        choose(screen, "ask:")
        await pilot.press("r")
        form = await on_form(pilot)
        field(form, "words").raw = "fourteen of them now"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        await sees_no_more(pilot, "Do they still run?")
        await sees(pilot, "still runs, Fri 27 Nov")
        choose(screen, "helps:")
        await pilot.press("h")
        form = await on_form(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "It does not say how long")
        field(form, "minutes").raw = "90"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        await sees(pilot, "in three months")


async def test_we_step_back_from_a_group_at_a_key_and_undo_takes_it_back(app_over, store, week):
    with store.write("community") as tx:
        diary.add_group(tx, "Thursday singing")
        diary.add_volunteer(tx, "Mo Yardley")
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        choose(screen, "group:")
        await pilot.press("b")
        await sees(pilot, "without us since Fri 27 Nov")
        await pilot.press("b")
        await sees(pilot, "It runs without us already")
        await pilot.press("ctrl+z")
        await sees_no_more(pilot, "without us since")
        choose(screen, "helps:")
        await pilot.press("b")
        await sees(pilot, "Stand on a group.")


async def test_what_another_window_took_away_is_told_and_the_diary_stays(app_over, store, week):
    with store.write("community") as tx:
        line = diary.write_down(tx, "talked at the bus stop")
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        choose(screen, "done:")
        screen.store_changed = lambda change: None  # it has not heard of it yet
        with store.write("another window") as tx:
            diary.remove_work(tx, line)
        await pilot.press("delete")
        await sees(pilot, "Nothing was changed")
        assert app.screen is screen


async def test_a_session_is_of_a_group_and_led_by_volunteers(app_over, store, week):
    with store.write("community") as tx:
        choir = diary.add_group(tx, "Thursday singing")
        mo = diary.add_volunteer(tx, "Mo Yardley")
        diary.correct_volunteer(tx, diary.add_volunteer(tx, "Who left"), left_on=tx.today)
    app = app_over(store)
    async with app.run_test(size=(100, 50), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        await pilot.press("insert", "down", "enter")
        form = await on_form(pilot)
        assert [value for value, _ in field(form, "led_by").ask.options] == [mo]
        field(form, "group_id").raw = choir
        field(form, "led_by").raw = [mo]
        field(form, "names").raw = "Joan"
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        with store.read() as tx:
            (done,) = diary.done(tx, TODAY, TODAY)
            register = diary.session(tx, done.row_id)
            assert (register.group_id, register.led_by) == (choir, (mo,))
            diary_of_mo = next(iter(diary.volunteers(tx, TODAY, TODAY)))
        assert diary_of_mo.name == "Mo Yardley"
        choose(screen, "done:")
        await pilot.press("enter")
        form = await on_form(pilot)
        assert (field(form, "group_id").raw, field(form, "led_by").raw) == (choir, [mo])
        field(form, "group_id").raw = ""
        await pilot.press("ctrl+s")
        await arrive(pilot, DiaryScreen)
        with store.read() as tx:
            assert diary.session(tx, done.row_id).group_id is None


async def test_a_register_is_saved_to_print(app_over, store, week, tmp_path):
    with store.write("community") as tx:
        choir = diary.add_group(tx, "Thursday singing")
        diary.add_session(tx, group_id=choir, names=["Joan", "Stan"])
    app = app_over(store)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen = await at(pilot, DiaryScreen())
        for row, name in (("done:", "kept.html"), ("group:", "blank.html")):
            choose(screen, row)
            await pilot.press("p")
            form = await on_form(pilot)
            await sees(pilot, "not encrypted")
            field(form, "place").raw = str(tmp_path / name)
            await pilot.press("ctrl+s")
            await arrive(pilot, DiaryScreen)
            await sees(pilot, "The register is saved.")
    assert "Stan" in (tmp_path / "kept.html").read_text(encoding="utf-8")
    assert "Stan" not in (tmp_path / "blank.html").read_text(encoding="utf-8")
