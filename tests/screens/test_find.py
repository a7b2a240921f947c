"""Find: anybody and anything, in a few keys, and never an answer to an older question."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from functools import partial

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.widgets import OptionList

from linkworker import schema
from linkworker.caseload import safety
from linkworker.schema.describing import shapes
from linkworker.screens import find
from linkworker.screens.find import FindScreen, matching
from linkworker.screens.person import PersonScreen
from linkworker.store import Hit
from linkworker.widgets.everywhere import EVERYWHERE, HIDE, QUIT
from tests.screens.desk import DeskScreen, at_the_desk
from tests.screens.hands import paste, sees, sees_no_more, until
from tests.screens.keys_document import commands
from tests.screens.snapshots import SIZES, same_as_before, text_of
from tests.screens.terrys_week import write_terrys_week

EVERY_COMMAND = [command for _, command in commands()]
SIZES_OF_FIND = pytest.mark.parametrize("size", [(80, 24), (100, 30)])

pytestmark = pytest.mark.usefixtures("empty_places")


@pytest.fixture
def caseload(store) -> dict[str, str]:
    """Five people, and something written about Terry."""
    ids = {}
    with store.write("made a caseload") as tx:
        for given, family, place in (
            ("Amina", "Yusuf", "Liverpool 8"),
            ("Derek", "Pratt", "Desford"),
            ("Joan", "Pratt", "Desford"),
            ("Terry", "Beasley", "Barwell"),
            ("Margaret", "O'Brien", "Enderby"),
        ):
            ids[given] = tx.add(schema.Person(given=given, family=family, place=place)).id
        tx.add(schema.Strength(person_id=ids["Terry"], words="mends bicycles [/] with \x1b[2Jcare"))
    return ids


async def find_it(pilot, words: str) -> OptionList:
    await pilot.press("ctrl+p")
    await paste(pilot, words)
    await answered(pilot)
    return pilot.app.screen.query_one(OptionList)


async def answered(pilot) -> None:
    """Wait until no search is running, and what was found is drawn."""
    searching = pilot.app.workers
    await until(pilot, lambda: not any(one.group == "find" for one in searching))
    await pilot.pause()


def opened_by(app, monkeypatch) -> list[str]:
    opened: list[str] = []
    monkeypatch.setattr(type(app), "open_person", lambda self, who, note_id="": opened.append(who))
    return opened


async def test_somebody_is_found_in_four_keys(app_over, store, caseload, monkeypatch):
    app = app_over(store)
    opened = opened_by(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("ctrl+p", "a", "m", "enter")
        await until(pilot, lambda: opened)
        assert opened == [caseload["Amina"]]
        assert isinstance(app.screen, DeskScreen), "the finder is gone"


async def test_a_short_form_of_a_name_finds_its_owner(app_over, store, caseload, monkeypatch):
    app = app_over(store)
    opened = opened_by(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "peggy")
        await pilot.press("enter")
        await until(pilot, lambda: opened)
        assert opened == [caseload["Margaret"]]


async def test_what_was_written_is_found_and_shown_harmlessly(
    app_over, store, caseload, monkeypatch
):
    app = app_over(store)
    opened = opened_by(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "bicycles")
        await until(pilot, lambda: "mends bicycles [/] with" in text_of(app))
        assert "strength" in text_of(app)
        assert "\x1b" not in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: opened)
        assert opened == [caseload["Terry"]]


@pytest.mark.parametrize("asked", ["parcel", "a parcel", "PARC"])
async def test_the_word_looked_for_is_seen_on_a_narrow_screen(app_over, store, caseload, asked):
    words = "He said he would not like to be sitting here. A parcel came for him while we spoke."
    with store.write("a strength") as tx:
        tx.add(schema.SafetyStatement(person_id=caseload["Terry"], words=words))
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, asked)
        await until(pilot, lambda: "parcel" in text_of(app).split("What was written")[-1])


async def test_a_safety_line_told_later_is_found_under_the_day_it_was_said(
    app_over, store, caseload
):
    with store.write("told later") as tx:
        said_on = tx.today - timedelta(days=3)
        safety.add_statement(
            tx, caseload["Terry"], kind="risk", words="the loose stair carpet", said_on=said_on
        )
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "carpet")
        await sees(pilot, f"{said_on.day} {said_on:%b} {said_on:%Y}")


async def test_a_safety_line_without_a_day_is_found_first_under_the_day_it_was_written(
    app_over, store, caseload
):
    with store.write("told on an earlier day") as tx:
        earlier = tx.today - timedelta(days=3)
        for words in ("a carpet on the stairs", "the carpet in the hall"):
            safety.add_statement(tx, caseload["Terry"], "risk", words, said_on=earlier)
    with store.write("nobody said when") as tx:
        day = tx.today
        safety.add_statement(tx, caseload["Terry"], "risk", "carpet tacks", said_on=None)
    assert "tacks" in store.search("carpet")[0].snippet
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "tacks")
        await sees(pilot, f"{day.day} {day:%b} {day:%Y}")


async def test_a_command_is_found_by_its_word_and_done(app_over, store, caseload):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "hide")
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "HideScreen")


async def test_a_command_of_the_screen_beneath_is_done_there(app_over, store, caseload):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        desk = await at_the_desk(pilot)
        desk.KEYS = (*desk.KEYS[1:], desk.KEYS[0].doing("open", id="desk.open", label="Sit down"))
        await find_it(pilot, "sit")
        await pilot.press("enter")
        await until(pilot, lambda: desk.done)
        assert desk.done == ["open"]


async def test_the_arrows_choose_while_one_goes_on_typing(app_over, store, caseload, monkeypatch):
    app = app_over(store)
    opened = opened_by(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "pra")
        await pilot.press("down", "t", "t", "down", "enter")
        await until(pilot, lambda: opened)
        assert opened == [caseload["Joan"]]


async def test_a_late_answer_to_an_older_question_is_not_shown(
    app_over, store, caseload, monkeypatch
):
    app = app_over(store)

    def slow(self, asked, **how):
        if asked == "bic":
            time.sleep(0.4)
        return [Hit("strength", asked, caseload["Terry"], 0, f"an answer to {asked}")]

    monkeypatch.setattr(type(store), "search", slow)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("ctrl+p")
        await paste(pilot, "bic")
        await paste(pilot, "ycles")
        await until(pilot, lambda: "an answer to bicycles" in text_of(app))
        await answered(pilot)
        assert "an answer to bicycles" in text_of(app)


async def test_an_answer_that_comes_when_the_finder_is_gone_troubles_nobody(
    app_over, store, caseload
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        desk = await at_the_desk(pilot)
        await find_it(pilot, "bicycles")
        finder = app.screen
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is desk and not finder.is_attached)
        search = partial(finder._search, app, "bicycles")
        await asyncio.get_running_loop().run_in_executor(None, search)
        assert app.screen is desk


@SIZES_OF_FIND
async def test_of_a_whole_page_pasted_the_beginning_is_looked_for_and_that_is_said(
    app_over, store, caseload, size
):
    app = app_over(store)
    page = "mends bicycles with care " * 4000
    async with app.run_test(size=size) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, page)
        await sees(pilot, "only its first 240 characters are looked for")
        assert app.focused.value == page[:240]
        await sees(pilot, "mends bicycles [/]")
        await pilot.press("x")
        assert app.focused.value == page[:240], "a full box takes no more"
        await pilot.press("ctrl+a", *"bicy")
        await sees_no_more(pilot, "characters are looked for")
        await sees(pilot, "mends bicycles [/]")


async def test_esc_leaves_and_the_focus_is_where_it_was(app_over, store, caseload):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        desk = await at_the_desk(pilot)
        before = app.focused
        await find_it(pilot, "am")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is desk
        assert app.focused is before


async def test_nothing_found_is_said(app_over, store, caseload):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "xqzw")
        assert "Nothing found." in text_of(app)
        assert "leave one out" not in text_of(app)
        await pilot.press("enter")
        assert isinstance(app.screen, FindScreen)


async def test_where_half_remembered_words_find_nothing_it_is_said_that_fewer_may(
    app_over, store, caseload
):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "mends quillworts")
        await sees(pilot, "Nothing found. All of the words have to be there: leave one out")


async def test_a_note_without_a_person_in_sight_asks_about_whom(
    app_over, store, caseload, monkeypatch
):
    app = app_over(store)
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr(type(app), "open_note", lambda self, people=(), **_: begun.append(people))
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert "A note: about whom?" in text_of(app)
        assert "Commands" not in text_of(app)
        await pilot.press("t", "e", "enter")
        await until(pilot, lambda: begun)
        assert begun == [(caseload["Terry"],)]


async def test_a_note_about_the_person_in_sight_starts_at_once(
    app_over, store, caseload, monkeypatch
):
    app = app_over(store)
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr(type(app), "open_note", lambda self, people=(), **_: begun.append(people))
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot, DeskScreen(caseload["Joan"]))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: begun)
        assert begun == [(caseload["Joan"],)]


def test_commands_answer_by_label_before_help():
    here = [(one, None) for one in EVERYWHERE]
    by_label, by_help = matching("no", here)
    assert [one.id for one, _ in by_label] == ["note.new"]
    assert "back" in [one.id for one, _ in by_help]
    assert matching("quit", here) == ([(QUIT, None)], [])
    assert matching("", here) == (here, [])
    assert matching("zzz", here) == ([], [])


async def test_a_command_comes_before_a_name_that_only_sounds_like_it(app_over, store, caseload):
    with store.write("added somebody") as tx:
        tx.add(schema.Person(given="Sita", family="Webb"))
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "sett")
        assert "Sita Webb" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "SettingsScreen")


def test_every_searched_table_has_a_word():
    searched = {shape.name for shape in shapes() if shape.searched}
    assert searched <= find.KINDS.keys()


@pytest.mark.parametrize("size", SIZES)
async def test_the_finder_looks_as_it_did(app_over, store, caseload, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "be")
        same_as_before(app, "find")


async def test_a_found_note_opens_the_story_with_that_note_unfolded(app_over, store):
    week = write_terrys_week(store)
    terry = week["Terry Beasley"]
    with store.write("an older note", person=terry) as tx:
        tx.add(schema.Note(person_id=terry, words="Line.\n" * 9 + "The fieldfares came."))
        for number in range(60):
            tx.add(schema.Note(person_id=terry, words=f"Later {number}."))
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "fieldfares")
        await sees(pilot, "What was written")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen))
        await sees(pilot, "The fieldfares came.")
        assert app.screen.section.name == "story"
        assert app.screen.thing.row.words.endswith("The fieldfares came.")


async def test_a_slip_of_the_finger_finds_a_name_and_says_that_it_is_only_near(
    app_over, store, caseload, monkeypatch
):
    app = app_over(store)
    opened = opened_by(app, monkeypatch)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "beasely")
        assert "Near to what you typed" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: opened)
        assert opened == [caseload["Terry"]]


@SIZES_OF_FIND
async def test_for_a_word_that_nobody_wrote_one_near_it_is_offered_and_chosen_with_enter(
    app_over, store, caseload, size
):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "mends bicyels")
        await sees(pilot, "Nothing for “mends bicyels”. Did you mean “mends bicycles”?")
        await pilot.press("enter")
        await sees(pilot, "mends bicycles [/]")
        assert app.focused.value == "mends bicycles"
        assert "Nothing for" not in text_of(app)
        await pilot.press("ctrl+z")
        assert app.focused.value == "mends bicyels"


async def test_what_is_kept_apart_or_taken_back_is_never_offered_as_a_word(
    app_over, store, caseload
):
    with store.write("words", person=caseload["Terry"]) as tx:
        safety.keep_apart(tx, caseload["Terry"], words="the quillwort by the door")
        gone = tx.add(schema.Strength(person_id=caseload["Terry"], words="knows brambleberry"))
    with store.write("taken away", person=caseload["Terry"]) as tx:
        tx.hide(schema.Strength, gone.id)
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        for words in ("quilwort", "bramblebery"):
            await find_it(pilot, words)
            assert "Nothing found." in text_of(app)
            assert "Did you mean" not in text_of(app)
            await pilot.press("escape")
            await pilot.pause()
    assert store.near_words("bicyels") == ["bicycles"]


async def test_who_is_only_near_stands_after_who_is_named_so(app_over, store, caseload):
    with store.write("two more") as tx:
        tx.add(schema.Person(given="Samuel", family="Ali", place="Enderby"))
        tx.add(schema.Person(given="Somali", family="Dirie", place="Desford"))
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "samali")
        seen = [line.strip() for line in text_of(app).splitlines()]
        places = [
            next(at for at, line in enumerate(seen) if line.startswith(words))
            for words in ("People", "Samuel Ali", "Near to what you typed", "Somali Dirie")
        ]
        assert places == sorted(places)


async def test_a_name_typed_as_it_is_has_nobody_near(app_over, store, caseload):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "terry")
        assert "Near to what you typed" not in text_of(app)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda one: one.id)
def test_what_a_command_does_is_never_cut_at_80_columns(command):
    told = FindScreen([])._command(command._replace(why_not=None), App(), 76).plain
    assert max(map(cell_len, told.split("\n"))) <= 76
    assert command.help in " ".join(told.split())


async def test_the_finder_shows_the_whole_of_a_long_line_of_help(app_over, store, caseload):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await find_it(pilot, "hide")
        assert " ".join(HIDE.help.split()[-4:]) in " ".join(text_of(app).split())
