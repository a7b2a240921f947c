"""A coordinator saves a copy of somebody's plan, to print it and give it to them."""

from __future__ import annotations

import platformdirs
import pytest

from linkworker.caseload import audit, hopes, people, plan
from linkworker.screens.form import FormScreen
from linkworker.screens.person import PersonScreen
from linkworker.widgets.choice import Choice
from tests.screens.hands import arrive, sees, until
from tests.screens.person_hands import field, on_form, open_person
from tests.screens.snapshots import text_of


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """The user's documents folder."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(folder))
    return folder


@pytest.fixture
def terrys(store, week):
    """Terry, who has agreed a strength."""
    terry = week["Terry Beasley"]
    with store.write("agreed") as tx:
        hopes.agree_strength(tx, plan.strengths(tx, terry)[0].strength_id, "Terry")
    return terry


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_p_and_ctrl_s_put_the_plan_into_a_file_whose_name_tells_nobody(
    app_over, store, terrys, documents, size
):
    app = app_over(store)
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("p")
        await on_form(pilot)
        await sees(pilot, "This file is not encrypted")
        await sees(pilot, "only noted and not on it")
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "The copy is saved")
    [file] = documents.iterdir()
    assert file.match("plan-2026-11-27-????.html")
    page = file.read_text(encoding="utf-8")
    assert "mends bicycles" in page
    assert "Pat" not in page
    with store.read() as tx:
        assert [one.what for one in audit.events(tx, terrys)].count("exported") == 1


async def test_safe_at_home_puts_who_is_around_on_it_and_strained_ties_stay_off(
    app_over, store, terrys, documents
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("p")
        form = await on_form(pilot)
        await until(pilot, lambda: isinstance(form.focused, Choice))
        await pilot.press("right", "ctrl+s")
        await arrive(pilot, PersonScreen)
    [file] = documents.iterdir()
    page = file.read_text(encoding="utf-8")
    assert "daughter, weekly" in page
    assert '<li dir="auto">son' not in page


async def test_whether_it_is_safe_at_home_is_asked_anew_each_time(
    app_over, store, terrys, documents
):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("p")
        form = await on_form(pilot)
        await until(pilot, lambda: isinstance(form.focused, Choice))
        await pilot.press("right", "escape")
        await arrive(pilot, PersonScreen)
        await pilot.press("p")
        await on_form(pilot)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert field(app.screen, "safe_at_home").raw == ""
    assert not list(documents.iterdir())


async def test_who_needs_large_print_gets_it_without_asking(app_over, store, terrys, documents):
    with store.write("letters") as tx:
        people.change_person(tx, terrys, information_format="Large print")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("p")
        await on_form(pilot)
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
    [file] = documents.iterdir()
    assert "font-size: 18pt" in file.read_text(encoding="utf-8")


async def test_a_folder_is_enough_and_a_name_that_is_taken_is_refused_with_the_form_still_there(
    app_over, store, terrys, documents, tmp_path
):
    taken = tmp_path / "letter.html"
    taken.write_text("a letter")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("p")
        form = await on_form(pilot)
        field(form, "place").raw = str(taken)
        await pilot.press("ctrl+s")
        await sees(pilot, "There is a file of that name already")
        assert isinstance(app.screen, FormScreen)
        field(form, "place").raw = str(tmp_path)
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
    assert taken.read_text() == "a letter"
    assert len(list(tmp_path.glob("plan-*.html"))) == 1


async def test_where_nothing_is_agreed_it_says_so(app_over, store, week, documents):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_person(pilot, week["Dean Hollis"])
        await pilot.press("p")
        await on_form(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing of the plan is agreed yet")
        assert "No copy was made" in text_of(app)
    assert not list(documents.iterdir())


@pytest.mark.parametrize("size", [(100, 30), (160, 50)])
async def test_to_save_a_copy_never_takes_the_locks_place_at_the_foot(app_over, store, week, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await open_person(pilot, week["Terry Beasley"])
        await sees(pilot, "Ctrl+L Lock")
        assert ("p Save a copy" in text_of(app)) == (size == (160, 50))


async def test_under_connections_p_saves_the_map_as_a_picture(app_over, store, terrys, documents):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_person(pilot, terrys)
        await pilot.press("4", "p")
        await on_form(pilot)
        await sees(pilot, "save the map as a picture")
        await pilot.press("ctrl+s")
        await arrive(pilot, PersonScreen)
        await sees(pilot, "The picture is saved")
    [file] = documents.iterdir()
    assert file.match("map-2026-11-27-????.svg")
    page = file.read_text(encoding="utf-8")
    assert "daughter" in page
    assert "Pat" not in page.replace("<path", "")
