"""Help tells what works here; settings hold at once and stay."""

from __future__ import annotations

import pytest
from textual import events

from linkworker.refusal import Refused
from linkworker.screens.new_passphrase import NewPassphraseScreen
from linkworker.screens.settings import SettingsScreen
from linkworker.screens.your_name import YourNameScreen
from linkworker.widgets import look
from linkworker.widgets.fields import Field
from linkworker.widgets.helppage import page
from tests.conftest import PASSPHRASE
from tests.screens.desk import at_the_desk
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.snapshots import SIZES, same_as_before, text_of

pytestmark = pytest.mark.usefixtures("empty_places")


async def test_f1_tells_the_keys_of_the_place_and_why_one_cannot_run(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 50)) as pilot:
        desk = await at_the_desk(pilot)
        await pilot.press("f1")
        await pilot.pause()
        shown = text_of(app)
        assert shown.startswith(" Help: A desk")
        assert "Not now. There is nothing to tick." in shown
        assert "Not now. Reports are not in this version yet." in " ".join(shown.split())
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is desk


async def test_help_scrolls_with_the_arrows_in_a_low_window(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(60, 15)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f1")
        await pilot.pause()
        before = text_of(app)
        await pilot.press("pagedown")
        await pilot.pause()
        assert text_of(app) != before


@pytest.mark.parametrize("width", [20, 40, 58, 78, 98, 158])
async def test_no_line_of_help_is_longer_than_the_window(app_over, store, width):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        lines = page(app.commands_in_reach(), width)
        assert max(line.cell_length for line in lines) <= max(width, 24)


async def test_a_colour_is_chosen_at_once_and_stays(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        app.action_settings()
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.theme == "evening"
        assert "now" in next(row for row in text_of(app).splitlines() if "Evening" in row)
    assert look.read(store.folder).theme == "evening"
    store.unlock(PASSPHRASE)
    again = app_over(store)
    assert again.theme == "evening"


async def test_without_colour_nothing_is_drawn_in_one(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        app.theme = "no-colour"
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        assert all(style.color is None or style.color.is_default for style in styles)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in styles)
        assert any(style.bold for style in styles)


async def test_no_color_in_the_environment_is_heeded(app_over, store, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert app_over(store).theme == "no-colour"


def test_a_damaged_file_of_looks_is_no_look(tmp_path):
    (tmp_path / look.FILE_NAME).write_bytes(b"\xff\x00{")
    assert look.read(tmp_path) == look.Look()
    (tmp_path / look.FILE_NAME).write_text('{"theme": "dracula", "screen_reader": "yes"}')
    assert look.read(tmp_path) == look.Look()
    (tmp_path / look.FILE_NAME).write_text("[]")
    assert look.read(tmp_path) == look.Look()
    for nested in (5_000, 100_000):
        (tmp_path / look.FILE_NAME).write_text("[" * nested)
        assert look.read(tmp_path) == look.Look()


def test_who_goes_back_to_how_it_looks_unchosen_leaves_no_file_behind(tmp_path):
    look.write(tmp_path, look.Look(theme="evening"))
    assert look.read(tmp_path).theme == "evening"
    for _ in range(2):
        look.write(tmp_path, look.Look())
        assert look.read(tmp_path) == look.Look()
        assert not (tmp_path / look.FILE_NAME).exists()


def test_where_the_look_cannot_be_put_back_it_is_said_and_stays(tmp_path):
    (tmp_path / look.FILE_NAME).mkdir()
    with pytest.raises(Refused):
        look.write(tmp_path, look.Look())
    with pytest.raises(Refused):
        look.write(tmp_path, look.Look(theme="evening"))


async def test_the_passphrase_is_changed_with_the_old_one(app_over, store, monkeypatch):
    from linkworker import vault
    from tests.conftest import CHEAP

    monkeypatch.setattr(vault, "calibrated", lambda: CHEAP)
    app = app_over(store)
    new = "the rain on the chapel roof"
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await at_the_desk(pilot)
        app.action_settings()
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        await paste(pilot, "not the old one, surely")
        await pilot.press("enter")
        for _ in range(2):
            await paste(pilot, new)
            await pilot.press("enter")
        await until(pilot, lambda: "That is not the passphrase." in text_of(app))
        app.screen.query_one("#old").focus()
        await pilot.press("ctrl+a")
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: "The new passphrase holds from now on." in text_of(app))
    store.unlock(new)


async def test_a_new_passphrase_typed_in_one_go_finds_its_fields(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 30)) as pilot:
        await at_the_desk(pilot)
        app.push_screen(NewPassphraseScreen())
        screen = await arrive(pilot, NewPassphraseScreen)
        for key in (*"old", "enter", *"once", "enter", *"two"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: screen.query_one("#again", Field).value == "two")
        assert screen.query_one("#old", Field).value == "old"
        assert screen.query_one("#once", Field).value == "once"


async def test_the_screen_reader_setting_holds_from_the_next_start(app_over, store):
    app = app_over(store, screen_reader=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        assert not set("─│┌┐└┘━═") & set(text_of(app))


@pytest.mark.parametrize("size", SIZES)
async def test_help_looks_as_it_did(app_over, store, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f1")
        await pilot.pause()
        same_as_before(app, "help")


@pytest.mark.parametrize("size", SIZES)
async def test_settings_look_as_they_did(app_over, store, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await at_the_desk(pilot)
        app.action_settings()
        await pilot.pause()
        same_as_before(app, "settings")


async def test_a_slip_in_ones_own_name_is_put_right(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_desk(pilot)
        app.action_settings()
        settings = await arrive(pilot, SettingsScreen)
        listed = settings.query_one("#settings")
        listed.highlighted = listed.get_option_index("name")
        await pilot.press("enter")
        await arrive(pilot, YourNameScreen)
        await pilot.press("ctrl+a", "backspace", "enter")
        await sees(pilot, "There are no words in it.")
        await paste(pilot, "Ann Archer")
        await pilot.press("enter")
        await until(pilot, lambda: listed.has_focus)
        with store.read() as tx:
            assert tx.value("SELECT name FROM worker WHERE id = ?", (tx.worker_id,)) == "Ann Archer"


async def test_help_says_how_to_come_to_the_settings_without_a_key(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(160, 50)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f1")
        await sees(pilot, "Ctrl+P, then type settings.")
