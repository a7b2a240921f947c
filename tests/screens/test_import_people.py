"""Somebody brings in their list inside the app: the file, its columns, each row, and one act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker.caseload import people
from linkworker.exchange.people_csv import plan_import, run_import
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.import_people import ImportPeopleScreen
from linkworker.screens.people import PeopleScreen
from linkworker.screens.today import TodayScreen
from linkworker.store import Store
from linkworker.widgets.guard import HARMFUL
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.snapshots import SIZES, same_as_before, text_of
from tests.screens.test_hostile_words import WORDS

HELD = "First name,Surname,DOB,Language\nJoan,Pratt,02/03/1947,English\nTom,Ash,01/05/1950,\n"
LIST = (
    "First name,Surname,DOB,Language,Ward,Shoe size\n"
    "Terry,Beasley,03/05/1948,,Barwell,9\n"
    "Tom,Ash,01/05/1950,,,\n"
    "Joan,Pratt,02/03/1947,Urdu,Desford,\n"
    "Tommy,Ash,05/01/1950,,,\n"
    "Agnes,Ward,31/02/1950,,,\n"
    ",,1/1/1950,,,\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One's own folder, with a list where downloads lie."""
    home = tmp_path / "own"
    (home / "Downloads").mkdir(parents=True)
    (home / "Downloads" / "my people.csv").write_text(LIST, encoding="utf-8")
    (home / "Downloads" / "photo.jpg").write_bytes(b"no list")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    return home


def names(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(f"{one.given} {one.family}".strip() for one in people.caseload(tx))


async def opened(pilot) -> ImportPeopleScreen:
    await arrive(pilot, TodayScreen)
    await pilot.press("plus")
    return await arrive(pilot, ImportPeopleScreen)


async def at_columns(pilot) -> ImportPeopleScreen:
    screen = await opened(pilot)
    await sees(pilot, "my people.csv")
    await pilot.press("down", "enter")
    await sees(pilot, "what each column is taken for")
    return screen


async def at_rows(pilot) -> ImportPeopleScreen:
    screen = await at_columns(pilot)
    await pilot.press("ctrl+s")
    await sees(pilot, "Nothing is brought in yet")
    return screen


async def settle(pilot, screen: ImportPeopleScreen, row: int, choice: str) -> None:
    """Go to a row by the arrows, and choose what it is."""
    page = screen.query_one("#page")
    await pilot.press("home")
    while page.chosen.key != f"row:{row}":
        await pilot.press("down")
    await pilot.press("enter")
    chooser = await arrive(pilot, ChooseScreen)
    while chooser.query_one("#choices").chosen.key != choice:
        await pilot.press("down")
    before = screen._looked
    await pilot.press("enter")
    await until(pilot, lambda: screen._looked is not before)


async def test_the_empty_today_names_the_key_and_a_list_comes_in_by_it(app_over, store, home):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await arrive(pilot, TodayScreen)
        await sees(pilot, "The key + brings in a list of people")
        assert "linkworker import" not in text_of(app)
        await at_rows(pilot)
        await sees(pilot, "Terry Beasley")
        await pilot.press("ctrl+s")
        await sees(pilot, "not settled and would stay out")
        assert names(store) == []
        await pilot.press("ctrl+s")
        await arrive(pilot, PeopleScreen)
        await until(pilot, lambda: "Terry Beasley" in names(store))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: names(store) == [])


async def test_each_unclear_row_is_settled_by_somebody_and_then_all_is_one_act(
    app_over, store, home
):
    run_import(store, plan_import(HELD.encode()))
    app = app_over(store)
    async with app.run_test(size=(100, 60)) as pilot:
        screen = await at_rows(pilot)
        for words in (
            "6 rows: 1 will be added, 1 here already, 3 to settle, 1 cannot be read.",
            "language: the list says “Urdu”, their record says “English”",
            "village or part of town: the list says “Desford”, their record has nothing",
            "Is likely the same person as Tom Ash, who is here.",
            'The column "DOB": There is no such day.',
            "There is no name in this row.",
            "Shoe size (says something in 1)",
        ):
            await sees(pilot, words)
        await settle(pilot, screen, 4, "take")
        await sees(pilot, "the same person: what the list says is taken")
        await settle(pilot, screen, 5, "add")
        await settle(pilot, screen, 6, "leave")
        await sees_no_more(pilot, "To settle")
        await pilot.press("ctrl+s")
        await arrive(pilot, PeopleScreen)
    assert names(store) == ["Joan Pratt", "Terry Beasley", "Tom Ash", "Tommy Ash"]
    with store.read() as tx:
        said = dict(tx.rows("SELECT given, language || '/' || place FROM person"))
    assert said["Joan"] == "Urdu/Desford"
    store.undo()
    assert names(store) == ["Joan Pratt", "Tom Ash"]


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_help_and_the_finder_know_of_it_on_today_and_people(app_over, store, key):
    app = app_over(store)
    async with app.run_test(size=(100, 50)) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press(key, "f1")
        await sees(pilot, "Bring in people from a list")
        await pilot.press("escape", "ctrl+p", *"bring in")
        await sees(pilot, "Bring in a list")
        await pilot.press("enter")
        await arrive(pilot, ImportPeopleScreen)


async def test_who_a_row_tells_of_is_said_where_it_is_settled(app_over, store, home):
    run_import(store, plan_import(HELD.encode()))
    async with app_over(store).run_test(size=(80, 24)) as pilot:
        screen = await at_rows(pilot)
        page = screen.query_one("#page")
        for row, asked in ((5, "Row 5, Tommy Ash: who is it?"), (6, "Row 6, Agnes Ward")):
            await pilot.press("home")
            while page.chosen.key != f"row:{row}":
                await pilot.press("down")
            await pilot.press("enter")
            await arrive(pilot, ChooseScreen)
            await sees(pilot, asked)
            await pilot.press("escape")
            await arrive(pilot, ImportPeopleScreen)


async def test_what_was_settled_can_be_settled_otherwise(app_over, store, home):
    run_import(store, plan_import(HELD.encode()))
    async with app_over(store).run_test(size=(100, 60)) as pilot:
        screen = await at_rows(pilot)
        await settle(pilot, screen, 5, "fill")
        await settle(pilot, screen, 5, "leave")
        assert screen._looked.report.left == 1


async def test_a_column_is_corrected_by_keys(app_over, store, home):
    async with app_over(store).run_test(size=(100, 30)) as pilot:
        screen = await at_columns(pilot)
        await sees(pilot, "left out")
        await pilot.press("end", "enter")
        chooser = await arrive(pilot, ChooseScreen)
        assert chooser.query_one("#choices").chosen.key == "-"
        chooser.query_one("#choices").choose("note")
        await pilot.press("enter")
        await until(pilot, lambda: screen._plan.columns[5].field == "note")
        await sees(pilot, "A first note")
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is brought in yet")
        await sees_no_more(pilot, "Columns left out")
        await pilot.press("escape")
        await sees(pilot, "what each column is taken for")
        await pilot.press("escape", "escape")
        await arrive(pilot, TodayScreen)
    assert names(store) == []


@pytest.mark.parametrize(
    "way",
    [
        "{path}",
        "~/Downloads/my people.csv",
        "'{path}'",
        '"{path}"  ',
        "{escaped}",
        "file://{url}",
        "Downloads/my people.csv",
    ],
)
async def test_a_file_is_found_however_it_is_named(app_over, store, home, way):
    path = str(home / "Downloads" / "my people.csv")
    typed = way.format(path=path, escaped=path.replace(" ", "\\ "), url=path.replace(" ", "%20"))
    async with app_over(store).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await paste(pilot, typed)
        await pilot.press("enter")
        await sees(pilot, "what each column is taken for")


async def test_tab_finishes_a_name_and_offers_no_other_kind_of_file(app_over, store, home):
    async with app_over(store).run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await paste(pilot, "~/Down")
        await until(pilot, lambda: [one.name for one in screen._offers] == ["Downloads"])
        await pilot.press("tab")
        await until(pilot, lambda: [one.name for one in screen._offers] == ["my people.csv"])
        await pilot.press("tab", "enter")
        await sees(pilot, "what each column is taken for")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "The file named cannot be read."),
        (b"PK\x03\x04 a workbook", "It is a workbook, not a CSV file."),
        (b"this;csv\nis;none\n", "None of its columns is known to hold a name."),
    ],
)
async def test_what_is_no_list_is_refused_with_what_to_do(app_over, store, home, content, words):
    file = home / "other.csv"
    if content is not None:
        file.write_bytes(content)
    async with app_over(store).run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await paste(pilot, str(file))
        await pilot.press("enter")
        await sees(pilot, words)
        assert screen.step == "file"


async def test_made_up_people_take_in_nobody_real(app_over, make_store: Callable[..., Store]):
    app = app_over(make_store("made-up", made_up=True), made_up=True)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await arrive(pilot, TodayScreen)
        await pilot.press("plus")
        await until(pilot, lambda: [one.message for one in app._notifications])
        (said,) = [one.message for one in app._notifications]
        assert "real ones must never be mixed in" in said
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_whatever_a_list_holds_is_shown_and_obeyed_in_nothing(app_over, store, home, size):
    rows = [f'"{one.replace(chr(34), chr(34) * 2)}"' for one in WORDS]
    table = "\n".join(
        ["First name,Known as,Notes [@click=app.leave]x[/] \x1b[2J,DOB"]
        + [f"{cell},{cell},{cell},{cell}" for cell in rows]
    )
    (home / "Downloads" / "my people.csv").write_text(table, encoding="utf-8")
    (home / "Downloads" / "[bold] \x1b[2J.csv").write_text("", encoding="utf-8")
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await paste(pilot, "~/Downloads/")
        await sees(pilot, "my people.csv")
        assert not HARMFUL.search(text_of(app).replace("\n", ""))
        await paste(pilot, "my people.csv")
        await pilot.press("enter")
        await sees(pilot, "what each column")
        assert not HARMFUL.search(text_of(app).replace("\n", ""))
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is brought in yet")
        for _ in range(8):
            await pilot.press("down")
            assert not HARMFUL.search(text_of(app).replace("\n", ""))


@pytest.mark.parametrize("size", SIZES)
async def test_how_it_looks(app_over, store, home, size):
    run_import(store, plan_import(HELD.encode()))
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await at_columns(pilot)
        same_as_before(app, "import-columns")
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is brought in yet")
        await pilot.pause()
        same_as_before(app, "import-rows")
