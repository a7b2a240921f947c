"""Records that stand open before anybody has gone in: a passer-by gets no further than a lock.

After the recovery key a new passphrase is chosen, and on the first day the recovery key is written
down. Both take minutes, in which somebody may be called away.
"""

from __future__ import annotations

import pytest

from linkworker import vault
from linkworker.refusal import Refused
from linkworker.screens.first_run import FirstRunScreen
from linkworker.screens.hide import HideScreen
from linkworker.screens.unlock import NOT_ON_PAPER, UnlockScreen
from linkworker.store import Store
from linkworker.widgets.fields import Field
from tests.conftest import CHEAP, PASSPHRASE
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.snapshots import text_of
from tests.screens.test_first_run import WORDS, to_the_recovery_key

pytestmark = pytest.mark.usefixtures("empty_places")


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch) -> None:
    """Make keys without the half second that a real one takes."""
    monkeypatch.setattr(vault, "calibrated", lambda: CHEAP)


@pytest.fixture
def forgotten(tmp_path, clock) -> tuple[Store, str]:
    """A locked store, and the recovery key of somebody who forgot the passphrase."""
    store, key = Store.create(
        tmp_path / "mine", PASSPHRASE, worker_name="Ann", clock=clock, cost=CHEAP
    )
    store.lock()
    return store, key


async def opened_by_recovery_key(pilot, key: str) -> None:
    await pilot.press("ctrl+r")
    await paste(pilot, key)
    await pilot.press("enter")
    await sees(pilot, "A new passphrase")


async def called_away(app, clock, running) -> None:
    clock.on(minutes=6)
    running.seconds += 360
    await app.look_around()


async def lid_closed(app, clock, running) -> None:
    clock.on(hours=8)
    await app.look_around()


@pytest.mark.parametrize("away", [called_away, lid_closed])
async def test_who_is_called_away_while_choosing_a_passphrase_finds_it_locked(
    app_over, forgotten, clock, running, away
):
    store, key = forgotten
    app = app_over(folder=store.folder)
    async with app.run_test(size=(80, 30)) as pilot:
        await opened_by_recovery_key(pilot, key)
        await paste(pilot, "half a new passphra")
        left = [*app.screen.query(Field)]
        await away(app, clock, running)
        await arrive(pilot, UnlockScreen)
        assert app.store.state == "locked"
        assert not any(one.is_attached for one in left), "what was typed is gone with its page"


async def test_a_passer_by_sets_no_passphrase_of_their_own_after_the_lock(app_over, forgotten):
    store, key = forgotten
    app = app_over(folder=store.folder)
    async with app.run_test(size=(80, 30)) as pilot:
        await opened_by_recovery_key(pilot, key)
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        theirs = "the rain on the chapel roof"
        for _ in range(2):
            await paste(pilot, theirs)
            await pilot.press("enter")
        await sees(pilot, "That is not the passphrase.")
        assert not app.is_open
    with pytest.raises(Refused):
        Store.at(store.folder).unlock(theirs)


async def test_esc_instead_of_a_new_passphrase_locks_and_the_key_opens_it_again(
    app_over, forgotten
):
    store, key = forgotten
    app = app_over(folder=store.folder)
    async with app.run_test(size=(80, 30)) as pilot:
        await opened_by_recovery_key(pilot, key)
        await pilot.press("escape")
        await sees(pilot, "Your notebook is locked.")
        assert app.store.state == "locked"
        await opened_by_recovery_key(pilot, key)
        for _ in range(2):
            await paste(pilot, WORDS)
            await pilot.press("enter")
        await until(pilot, lambda: app.is_open)


async def test_a_page_that_was_hidden_locks_underneath(app_over, forgotten, clock, running):
    store, key = forgotten
    app = app_over(folder=store.folder)
    async with app.run_test(size=(80, 30)) as pilot:
        await opened_by_recovery_key(pilot, key)
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, HideScreen))
        await called_away(app, clock, running)
        assert app.store.state == "locked"
        assert isinstance(app.screen, HideScreen)
        await pilot.press("f8")
        await sees(pilot, "Your notebook is locked.")


@pytest.mark.parametrize("away", [called_away, lid_closed, None])
async def test_a_recovery_key_left_on_the_screen_is_gone_and_said_to_be_not_on_paper(
    app_over, tmp_path, clock, running, away
):
    app = app_over(folder=tmp_path / "new")
    async with app.run_test(size=(100, 36)) as pilot:
        key = await to_the_recovery_key(pilot)
        assert key.split("-")[0] in text_of(app)
        if away is None:
            await pilot.press("ctrl+l")
        else:
            await away(app, clock, running)
        await arrive(pilot, UnlockScreen)
        assert app.store.state == "locked"
        assert not any(group in text_of(app) for group in key.split("-"))
        assert not any(isinstance(one, FirstRunScreen) for one in app.screen_stack)
        assert NOT_ON_PAPER.split(".")[0] in text_of(app)
        await paste(pilot, WORDS)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        await sees(pilot, "Recovery key not on paper: Settings")


async def test_a_lid_that_was_closed_while_it_was_locked_locks_nobody_out_who_comes_back(
    app_over, forgotten, clock
):
    store, _ = forgotten
    app = app_over(folder=store.folder)
    async with app.run_test(size=(80, 30)) as pilot:
        clock.on(hours=8)
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        await app.look_around()
        assert app.is_open
