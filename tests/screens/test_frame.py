"""The frame around every screen: the first line, the bar at the foot, too little room."""

from __future__ import annotations

import gc

import pytest
from rich.cells import cell_len
from textual.content import Content

from linkworker.screens.help import HelpScreen
from linkworker.widgets import themes
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.everywhere import EVERYWHERE
from linkworker.widgets.frame import Dialog
from linkworker.widgets.keybar import Key, KeyBar, fitted
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.titleline import title_line
from tests.screens.desk import at_the_desk
from tests.screens.hands import arrive, until
from tests.screens.painted import Painted
from tests.screens.snapshots import text_of

pytestmark = pytest.mark.usefixtures("empty_places")


def test_the_first_line_has_title_day_and_status():
    line = title_line("Today", "Fri 27 November", "3 not sent", 80).plain
    assert cell_len(line) == 80
    assert line.startswith("Today ")
    assert line.endswith(" 3 not sent")
    assert "Fri 27 November" in line


@pytest.mark.parametrize("width", range(90))
def test_the_status_stays_whatever_the_width(width):
    title = "Note about 王小明 and Wolfeschlegelsteinhausenbergerdorff"
    line = title_line(title, "Wed 30 September", "Offline: 3 not sent", width).plain
    if width >= len("Offline: 3 not sent"):
        assert cell_len(line) == width
    assert line.endswith("Offline: 3 not sent")


def everywhere(can_run: bool = True) -> list[Key]:
    return [Key(one, None, can_run) for one in EVERYWHERE if one.keys and one.rank >= 0]


@pytest.mark.parametrize("width", [40, 60, 78, 98, 158, 300])
def test_the_bar_fits_and_help_is_always_on_it(width):
    keys = fitted(everywhere(), width)
    assert sum(cell_len(one.words) for one in keys) + 2 * (len(keys) - 1) <= width
    assert keys[0].command.id == "help"


def test_what_can_run_has_the_right_of_way():
    keys = [Key(one, None, one.id == "quit") for one in EVERYWHERE if one.keys]
    assert [one.command.id for one in fitted(keys, 12)] == ["quit"]


def test_a_key_that_cannot_run_stands_in_brackets():
    (key,) = [one for one in everywhere(False) if one.command.id == "go.people"]
    assert key.content().plain == "(F3 People)"


async def test_the_bar_has_the_keys_of_the_place_and_of_everywhere(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        foot = text_of(app).splitlines()[-2:]
        assert foot[0].split()[:4] == ["Enter", "Open", "(Space", "Done)"]
        assert foot[1].startswith(" F1 Help  F2 Today  F3 People")
        assert "Ctrl+N Note" in foot[1]


@pytest.mark.parametrize("width", [80, 100])
async def test_what_takes_back_and_what_locks_stand_at_the_foot(app_over, store, width):
    app = app_over(store)
    async with app.run_test(size=(width, 24)) as pilot:
        await at_the_desk(pilot)
        foot = text_of(app).splitlines()[-2:]
        for words in ("Ctrl+Z Undo", "Ctrl+Y Redo", "Ctrl+L Lock", "Ctrl+Q Quit", "Esc Back"):
            assert any(words in line for line in foot), words
        assert foot[0].startswith(" Enter Open")


async def test_in_a_low_window_the_bar_is_one_line(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 16)) as pilot:
        await at_the_desk(pilot)
        assert text_of(app).splitlines()[-1].startswith(" Enter Open")
        assert text_of(app).splitlines()[-2].startswith("─")


async def test_a_key_on_the_bar_can_be_clicked(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        await pilot.click(KeyBar, offset=(2, 1))
        assert app.screen.done == ["open"]
        await pilot.click(KeyBar, offset=(2, 2))
        await pilot.pause()
        assert type(app.screen).__name__ == "HelpScreen"


async def test_a_key_that_cannot_run_says_why_and_does_nothing(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await at_the_desk(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert "There is nothing to tick." in text_of(app)
        await pilot.press("f7")
        await pilot.pause()
        assert "Reports are not in this version yet." in text_of(app).replace("\n", " ")
        assert app.screen.done == []


async def test_a_command_can_be_put_on_another_key(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        app.set_keymap({"open": "f9"})
        await pilot.press("f9")
        assert app.screen.done == ["open"]


async def test_too_small_a_window_says_so_and_comes_back(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(30, 8)) as pilot:
        await at_the_desk(pilot)
        focused = app.focused
        assert "This window is too small." in text_of(app)
        assert "A desk" not in text_of(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "too small" not in text_of(app)
        assert "A desk" in text_of(app)
        assert app.focused is focused


HOSTILE = [
    "Ann [/] Lee",
    "[@click=app.leave]Ann[/]",
    "Ann\x1b]52;c;cm0gLXJm\x07",
    "Ann\x1b[2J\x9b31m",
    "\u202eAnn\u2066",
    "Ann\nLee\r\tBo",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_in_the_heading_and_in_a_notice_does_no_harm(app_over, store, name):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_the_desk(pilot)
        app.screen.set_heading(name)
        app.say(name)
        app.notify(name, title="", severity="error")
        await pilot.pause()
        shown = text_of(app)
        assert "Ann" in shown
        assert not set("\x1b\x9b\u202e\u2066\r\t") & set(shown)


@pytest.mark.parametrize("name", HOSTILE)
async def test_even_a_widget_that_was_given_raw_data_shows_it_harmlessly(app_over, store, name):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await app.screen.mount(Sentence(Content(name)), before="KeyBar")
        await pilot.pause()
        assert not set("\x1b\x9b\u202e\u2066\r\t") & set(text_of(app))


def test_a_screen_that_lists_commands_binds_them():
    command = Command("x", "X", "Do x", ("f9",), "x", always=True)
    (binding,) = bindings([command, Command("y", "Y", "No key", (), "y")])
    assert (binding.key, binding.id, binding.priority) == ("f9", "x", True)


async def test_what_is_wholly_covered_is_neither_painted_nor_asked_for_its_keys(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_the_desk(pilot)
        bar = desk.query_one(KeyBar)
        asked = []
        bar.keys = lambda: asked.append(1) or ([], [])
        await pilot.press("f1")
        await arrive(pilot, HelpScreen)
        assert desk in app._background_screens
        assert not desk.is_current
        asked.clear()
        painted = Painted(app)
        desk.refresh(layout=True)
        desk.refresh_bindings()
        await pilot.pause()
        assert not painted.frames
        assert not asked
        del bar.keys
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is desk)
        await pilot.pause()
        assert "F1 Help" in text_of(app)


async def test_under_a_dialog_it_is_still_in_sight(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_the_desk(pilot)
        app.push_screen(Dialog())
        await arrive(pilot, Dialog)
        assert desk.is_current
        desk.set_heading("Somewhere else")
        app.pop_screen()
        await until(pilot, lambda: text_of(app).startswith(" Somewhere else"))


async def test_no_colour_is_left_on_the_ground_where_colour_was_taken_out(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await at_the_desk(pilot)
        coloured = desk.render_lines(app.size.region)
        assert {one.style.bgcolor is not None for line in coloured for one in line} == {True}
        app.theme = themes.NO_COLOUR
        await pilot.pause()
        plain = desk.render_lines(app.size.region)
        assert len(plain) == 24
        assert all(one.style.bgcolor.is_default for line in plain for one in line)


async def test_what_stood_on_a_screen_that_is_gone_is_held_by_no_cache(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f1")
        lines = (await arrive(pilot, HelpScreen)).query_one(KeyBar)._styles_cache

        def held():
            """Say whether the library keeps the lines with what it knows of two colours."""
            return any(type(holder) is tuple for holder in gc.get_referrers(lines))

        assert held()
        await pilot.press("escape")
        await until(pilot, lambda: not held())
