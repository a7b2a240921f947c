"""Locking, hiding, leaving: nothing stays on the screen, and nothing written is lost."""

from __future__ import annotations

import pytest
from textual import events

from linkworker import schema
from linkworker.screens.hide import HideScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.widgets.fields import Field
from tests.conftest import PASSPHRASE
from tests.screens.desk import DeskScreen, WritingDesk, at_the_desk
from tests.screens.hands import paste, until
from tests.screens.snapshots import text_of

pytestmark = pytest.mark.usefixtures("empty_places")


async def test_ctrl_l_keeps_the_draft_locks_and_forgets_the_screens(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        desk = await at_the_desk(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen))
        assert store.state == "locked"
        assert desk.kept == 1
        assert "A desk" not in text_of(app)
        await until(pilot, lambda: not desk.is_running)


async def test_it_locks_by_itself_after_five_idle_minutes(app_over, store, clock, running):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        running.seconds += 299
        clock.on(seconds=299)
        await app.look_around()
        assert app.is_open
        await pilot.press("x")
        running.seconds += 299
        clock.on(seconds=299)
        await app.look_around()
        assert app.is_open, "a key says that somebody is there"
        running.seconds += 1
        clock.on(seconds=1)
        await app.look_around()
        assert isinstance(app.screen, UnlockScreen)


@pytest.mark.parametrize(
    "event", [events.Paste("words"), events.MouseMove(None, 1, 1, 0, 0, 0, False, False, False)]
)
async def test_the_mouse_and_a_paste_say_that_somebody_is_there(
    app_over, store, clock, running, event
):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        running.seconds += 299
        app.post_message(event)
        await pilot.pause()
        running.seconds += 299
        clock.on(seconds=598)
        assert not app.idle.should_lock()


async def test_the_lid_was_closed_so_it_is_locked(app_over, store, clock):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        clock.on(hours=2)
        await app.look_around()
        assert isinstance(app.screen, UnlockScreen)
        assert store.state == "locked"


async def test_a_clock_set_back_does_not_put_the_lock_off(app_over, store, clock, running):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        clock.on(days=-3)
        running.seconds += 301
        await app.look_around()
        assert isinstance(app.screen, UnlockScreen)


async def test_after_unlocking_one_is_back_where_one_was(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen))
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        await until(pilot, lambda: app.current_mode == "people")


async def test_a_dialog_and_the_finder_are_gone_after_a_lock(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        await pilot.press("ctrl+p")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen))
        await until(pilot, lambda: bool(app._screen_stacks.get("today")))
        stacks = {mode: stack for mode, stack in app._screen_stacks.items() if stack}
        assert {mode: len(stack) for mode, stack in stacks.items()} == {"door": 1, "today": 1}


async def test_a_lock_is_heard_again_after_unlocking(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        await app.lock_up()
        store.unlock(PASSPHRASE)
        app.opened()
        desk = await at_the_desk(pilot)
        with store.write("added somebody") as tx:
            tx.add(schema.Person(given="Ann"))
        await until(pilot, lambda: desk.heard)
        assert len(desk.heard) == 1


async def test_what_changed_out_of_sight_is_told_when_a_screen_is_in_sight_again(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        desk = await at_the_desk(pilot)
        await app.push_screen(DeskScreen())
        with store.write("added somebody") as tx:
            tx.add(schema.Person(given="Ann"))
        await until(pilot, lambda: app.screen.heard)
        assert desk.heard == []
        await app.pop_screen()
        await until(pilot, lambda: desk.heard)


async def test_one_key_hides_everything_and_brings_it_back(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        desk = await at_the_desk(pilot, WritingDesk())
        await paste(pilot, "the rain on the roof")
        app.say("Somebody rang")
        await pilot.press("f8")
        await pilot.pause()
        shown = text_of(app).split()
        assert shown == ["Fri", "27", "November"]
        for key in ("f2", "ctrl+p", "f1", "ctrl+n", "x", "enter"):
            await pilot.press(key)
        await pilot.pause()
        assert text_of(app).split() == shown
        await pilot.press("f8")
        await pilot.pause()
        assert app.screen is desk
        assert app.focused is desk.query_one(Field)
        assert "the rain on the roof" in text_of(app)


async def test_esc_brings_it_back_too(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        desk = await at_the_desk(pilot)
        await pilot.press("f8", "escape")
        await pilot.pause()
        assert app.screen is desk


async def test_it_locks_while_hidden_and_stays_hidden(app_over, store, running):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        await pilot.press("f8")
        running.seconds += 301
        await app.look_around()
        assert store.state == "locked"
        assert isinstance(app.screen, HideScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)


async def test_hiding_can_lock_as_well(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        await at_the_desk(pilot)
        app.take_look(app.look._replace(hiding_locks=True))
        await pilot.press("f8")
        await until(pilot, lambda: store.state == "locked")
        assert isinstance(app.screen, HideScreen)


async def test_ctrl_q_keeps_drafts_and_closes_the_store(app_over, store):
    app = app_over(store)
    async with app.run_test() as pilot:
        desk = await at_the_desk(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert desk.kept
    assert store.state == "locked"
    assert app.return_code == 0


async def test_ctrl_c_with_nothing_selected_says_how_to_leave(app_over, store):
    app = app_over(store)
    async with app.run_test(notifications=True) as pilot:
        await at_the_desk(pilot)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "Ctrl+Q leaves." in text_of(app)


async def test_undo_and_redo_are_said_and_refused_in_plain_words(app_over, store):
    app = app_over(store)
    async with app.run_test(notifications=True) as pilot:
        await at_the_desk(pilot)
        with store.write("added somebody") as tx:
            tx.add(schema.Person(given="Ann"))
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "Taken back: added somebody" in text_of(app)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "Done again: added somebody" in text_of(app)
        app.clear_notifications()
        await pilot.press("ctrl+y")
        await pilot.pause()
        with store.read() as tx:
            assert tx.value("SELECT count(*) FROM person WHERE hidden_at IS NULL") == 1


async def test_what_another_program_wrote_is_heard(app_over, store, clock):
    from linkworker.store import Store

    app = app_over(store)
    async with app.run_test() as pilot:
        desk = await at_the_desk(pilot)
        await app.look_around()
        other = Store.at(store.folder, clock=clock)
        other.unlock(PASSPHRASE)
        with other.write("from the shell") as tx:
            tx.add(schema.Person(given="Bo"))
        other.lock()
        await app.look_around()
        await until(pilot, lambda: desk.heard)


def test_the_log_of_keys_is_refused(app_over, store, monkeypatch, tmp_path):
    from textual import constants

    monkeypatch.setattr(constants, "LOG_FILE", str(tmp_path / "keys.log"))
    app_over(store)
    assert constants.LOG_FILE is None
