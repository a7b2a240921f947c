"""The door: what somebody meets who opens the laptop, and somebody who should not."""

from __future__ import annotations

import pytest

from linkworker.screens.unlock import UnlockScreen
from linkworker.storage.migrating import CaptureBroken
from linkworker.store import Store
from linkworker.vault import keyfile
from linkworker.widgets.fields import Field
from tests.conftest import PASSPHRASE
from tests.screens.hands import paste, sees, until
from tests.screens.snapshots import SIZES, same_as_before, text_of

pytestmark = pytest.mark.usefixtures("empty_places")


@pytest.fixture
def locked(store: Store) -> Store:
    store.lock()
    return store


async def test_the_right_passphrase_opens_the_notebook(app_over, locked):
    app = app_over(folder=locked.folder)
    async with app.run_test() as pilot:
        assert "Your notebook is locked." in text_of(app)
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)


async def test_a_wrong_passphrase_is_said_in_plain_words_and_may_be_typed_again(app_over, locked):
    app = app_over(folder=locked.folder)
    async with app.run_test() as pilot:
        await paste(pilot, "not the words")
        await pilot.press("enter")
        await until(pilot, lambda: "That is not the passphrase." in text_of(app))
        assert "Caps Lock" in text_of(app)
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)


async def test_what_is_typed_before_the_store_is_there_is_not_lost(app_over, locked, monkeypatch):
    app = app_over(folder=locked.folder)
    let_it_come = []
    monkeypatch.setattr(
        type(app), "_fetch_store", lambda self: let_it_come.append(self._import_store)
    )
    async with app.run_test() as pilot:
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        assert not app.is_open
        assert "Opening" in text_of(app)
        let_it_come[0]()
        await until(pilot, lambda: app.is_open)


async def test_nothing_of_the_passphrase_is_shown_or_kept(app_over, locked):
    app = app_over(folder=locked.folder)
    async with app.run_test() as pilot:
        await pilot.press(*"kettle")
        assert "kettle" not in text_of(app)
        await pilot.press("ctrl+z")
        assert app.screen.query_one(Field).value == "kettle", "a passphrase leaves no history"


async def test_the_recovery_key_opens_it_and_asks_for_a_new_passphrase(app_over, tmp_path, clock):
    from tests.conftest import CHEAP

    store, key = Store.create(
        tmp_path / "mine", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
    )
    store.lock()
    app = app_over(folder=store.folder)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("ctrl+r")
        assert "recovery key" in text_of(app)
        await paste(pilot, key.lower().replace("-", " "))
        await pilot.press("enter")
        await until(pilot, lambda: "A new passphrase" in text_of(app))
        new = "the rain on the chapel roof"
        for _ in range(2):
            await paste(pilot, new)
            await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        app.store.lock()
        app.store.unlock(new)


async def test_what_was_put_right_on_the_way_in_is_said(app_over, locked):
    key_file = locked.folder / keyfile.FILE
    key_file.write_bytes(b"{")
    app = app_over(folder=locked.folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        assert app.store.notice
        await until(pilot, lambda: app.store.notice[:20] in text_of(app))


async def test_a_store_that_can_only_be_read_says_so(app_over, locked, monkeypatch):
    app = app_over(folder=locked.folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.store is not None)
        locked.unlock(PASSPHRASE)
        locked.reading_only = CaptureBroken()
        app.store = locked
        app.opened()
        await until(pilot, lambda: CaptureBroken().what[:20] in text_of(app))


async def test_f_keys_at_the_door_say_why_they_cannot_run(app_over, locked):
    app = app_over(folder=locked.folder)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert "It is locked. Type your passphrase first." in text_of(app)
        assert isinstance(app.screen, UnlockScreen)


async def test_at_the_made_up_people_nobody_is_asked_for_a_passphrase_that_there_is_not(
    app_over, locked
):
    app = app_over(folder=locked.folder, made_up=True)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("f3")
        await until(pilot, lambda: "It is not open yet: Enter opens it." in text_of(app))
        assert "passphrase first" not in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_door_looks_as_it_did(app_over, locked, size):
    app = app_over(folder=locked.folder)
    async with app.run_test(size=size):
        same_as_before(app, "unlock")


async def test_made_up_people_lock_without_asking_for_a_passphrase_that_there_is_not(
    app_over, make_store
):
    made_up = make_store("made-up", made_up=True)
    app = app_over(folder=made_up.folder, made_up=True)
    made_up.lock()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.is_open)
        await sees(pilot, "A place")
        await pilot.press("ctrl+l")
        await sees(pilot, "Made-up people: Enter opens.")
        await pilot.pause(0.5)  # longer than opening takes: nothing may open by itself
        assert isinstance(app.screen, UnlockScreen)
        assert app.store.state == "locked"
        assert "passphrase" not in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)


async def test_an_empty_notebook_says_where_it_is_kept_and_counts_nothing(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "today")
        await until(pilot, lambda: "Kept on this laptop" in text_of(app))
        assert "sent" not in text_of(app)
