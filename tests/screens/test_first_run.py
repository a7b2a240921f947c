"""The first time: three sentences, a passphrase, and a recovery key that is really on paper."""

from __future__ import annotations

import pytest
from textual import events

from linkworker import vault
from linkworker.refusal import Refused
from linkworker.screens.new_recovery_key import NewRecoveryKeyScreen
from linkworker.screens.settings import SettingsScreen
from linkworker.store import Store
from linkworker.widgets.fields import Field
from linkworker.widgets.recoverykey import same_groups
from linkworker.widgets.sentence import Sentence
from tests.conftest import CHEAP
from tests.screens.hands import arrive, paste, sees, until
from tests.screens.snapshots import SIZES, same_as_before, text_of

pytestmark = pytest.mark.usefixtures("empty_places")

WORDS = "the rain on the chapel roof"


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch) -> None:
    """Make keys without the half second that a real one takes."""
    monkeypatch.setattr(vault, "calibrated", lambda: CHEAP)


async def to_the_recovery_key(pilot) -> str:
    await pilot.press("enter")
    await paste(pilot, "Ann Archer")
    await pilot.press("enter")
    for _ in range(2):
        await paste(pilot, WORDS)
        await pilot.press("enter")
    await until(pilot, lambda: "Write it on paper" in text_of(pilot.app))
    shown = pilot.app.screen.query_one("#key", Sentence).content.plain
    return "-".join(shown.split())


async def test_somebody_begins_with_their_own_people(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Start with my people" in text_of(app)
        key = await to_the_recovery_key(pilot)
        assert not app.is_open, "nobody goes in before the key is on paper"
        await pilot.press("f2")
        assert "Write it on paper" in text_of(app)
        await paste(pilot, key.split("-")[0])
        await pilot.press("enter")
        await pilot.pause()
        assert "That is not what stands in the last" in text_of(app)
        await pilot.press("ctrl+a")
        await paste(pilot, " ".join(key.lower().split("-")[-2:]))
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)
        with app.store.read() as tx:
            assert tx.value("SELECT name FROM worker") == "Ann Archer"
    store = Store.at(tmp_path / "mine")
    store.unlock(WORDS)
    store.lock()
    store.unlock_with_recovery(key)
    store.lock()


async def test_a_folder_that_holds_other_things_is_told_before_a_passphrase_is_chosen(
    app_over, tmp_path
):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "holiday.jpg").write_bytes(b"the sea")
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await sees(pilot, "That folder holds other things")
        assert "Start with my people" in text_of(app)
        (tmp_path / "mine" / "holiday.jpg").unlink()
        await to_the_recovery_key(pilot)
    assert Store.at(tmp_path / "mine").state == "locked"


async def test_two_different_passphrases_are_said_and_nothing_is_made(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("enter")
        await paste(pilot, WORDS)
        await pilot.press("enter")
        await paste(pilot, WORDS + "s")
        await pilot.press("enter")
        await sees(pilot, "The two are not the same.")
        assert not (tmp_path / "mine").exists()


async def test_who_mistyped_the_first_passphrase_types_both_again_and_comes_in(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("enter")
        for typed in (WORDS + "s", WORDS):
            await paste(pilot, typed)
            await pilot.press("enter")
        await sees(pilot, "Type both again.")
        for _ in range(2):
            await paste(pilot, WORDS)
            await pilot.press("enter")
        await until(pilot, lambda: Store.at(tmp_path / "mine").state != "none")


async def test_the_arrows_go_from_field_to_field_while_a_passphrase_is_chosen(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("enter")
        await paste(pilot, "the wrong one")
        await pilot.press("enter", "up")
        assert app.focused is app.screen.query_one("#once")
        await pilot.press("down")
        assert app.focused is app.screen.query_one("#again")


async def test_a_passphrase_that_is_too_short_is_refused_in_plain_words(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("enter")
        for _ in range(2):
            await paste(pilot, "short")
            await pilot.press("enter")
        await until(pilot, lambda: "The passphrase was not taken." in text_of(app))
        assert Store.at(tmp_path / "mine").state == "none"


async def test_other_words_are_offered_on_a_key(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        first = app.screen.query_one("#offer", Sentence).content.plain
        assert len(first.strip().splitlines()[-1].split()) == 5
        await pilot.press("ctrl+g")
        assert app.screen.query_one("#offer", Sentence).content.plain != first


async def test_esc_goes_one_step_back_and_the_name_stays(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("escape")
        await pilot.pause()
        assert "Start with my people" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Ann" in text_of(app)


async def test_a_place_that_is_not_there_yet_says_so_and_names_no_passphrase(app_over, tmp_path):
    app = app_over(folder=tmp_path / "new")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await sees(pilot, "Start with my people")
        await pilot.press("f3")
        await sees(pilot, "Not yet: finish these first steps, and it opens.")
        await pilot.press("escape")
        await sees(pilot, "This is the beginning. Ctrl+Q leaves.")
        await pilot.press("f1")
        await sees(pilot, "Not yet: finish these first steps")
        assert "It is locked." not in text_of(app)


async def test_made_up_people_are_one_key_away(app_over, tmp_path, make_store):
    made_up = make_store("made-up", made_up=True)
    made_up.lock()
    app = app_over(folder=tmp_path / "mine", prepare_made_up=lambda: made_up.folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.is_open)
        assert app.store.made_up
        assert "Made-up people" in text_of(app)
    assert not (tmp_path / "mine").exists()


def test_the_groups_are_compared_as_a_hand_writes_them():
    key = vault.recovery.written(bytes(range(20)))
    last = key.split("-")[-2:]
    assert same_groups("".join(last).lower(), key)
    assert same_groups("  ".join(last), key)
    assert same_groups(last[0] + "-" + last[1].replace("0", "O").replace("1", "l"), key)
    assert not same_groups(last[1] + last[0], key)
    assert not same_groups("", key)
    assert not same_groups(key, key)


@pytest.mark.parametrize("size", SIZES)
async def test_the_welcome_looks_as_it_did(app_over, tmp_path, size):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        same_as_before(app, "first-run")


@pytest.mark.parametrize("size", SIZES)
async def test_choosing_a_passphrase_looks_as_it_did(app_over, tmp_path, size, monkeypatch):
    monkeypatch.setattr(
        vault.passphrase, "offered_passphrase", lambda: "bicycle kettle fieldfare chapel ribbon"
    )
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        same_as_before(app, "first-run-passphrase")


async def test_who_has_just_begun_and_locks_is_asked_for_the_passphrase(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        key = await to_the_recovery_key(pilot)
        await paste(pilot, "".join(key.split("-")[-2:]))
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open and app.current_mode == "today")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "Your notebook is locked." in text_of(app))
        await paste(pilot, WORDS)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open)


async def test_a_key_that_was_never_typed_back_is_not_forgotten(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        old = await to_the_recovery_key(pilot)
        await pilot.press("ctrl+q")
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        assert "recovery key was never typed back" in text_of(app)
        await paste(pilot, WORDS)
        await pilot.press("enter")
        await until(pilot, lambda: app.is_open and app.current_mode == "today")
        await sees(pilot, "Recovery key not on paper: Settings")
        app.action_settings()
        settings = await arrive(pilot, SettingsScreen)
        listed = settings.query_one("#settings")
        listed.highlighted = listed.get_option_index("recovery_key")
        await pilot.press("enter")
        await arrive(pilot, NewRecoveryKeyScreen)
        await paste(pilot, "somebody else at the desk")
        await pilot.press("enter")
        await until(pilot, lambda: "That is not the passphrase." in text_of(app))
        await pilot.press("ctrl+a")
        await paste(pilot, WORDS)
        await pilot.press("enter")
        await until(pilot, lambda: "Write it on paper" in text_of(app))
        shown = app.screen.query_one("#key", Sentence).content.plain
        await paste(pilot, "".join(shown.split()[-2:]))
        await pilot.press("enter")
        await until(pilot, lambda: "The new recovery key holds" in text_of(app))
        assert "Kept on this laptop" in text_of(app)
    store = Store.at(tmp_path / "mine")
    with pytest.raises(Refused):
        store.unlock_with_recovery(old)
    store.unlock_with_recovery("-".join(shown.split()))
    store.lock()


def burst(app, *keys: str) -> None:
    """Have keys arrive all at once, as from somebody who types faster than a screen is drawn."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_what_is_typed_right_after_enter_goes_to_the_next_field(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        burst(app, "A", "n", "n", "enter", "o", "n", "c", "e", "enter", "t", "w", "o")
        await until(pilot, lambda: app.screen.query_one("#again", Field).value == "two")
        assert app.screen.query_one("#name", Field).value == "Ann"
        assert app.screen.query_one("#once", Field).value == "once"


async def test_a_name_typed_in_the_same_burst_as_enter_on_the_welcome_is_not_lost(
    app_over, tmp_path
):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Start with my people")
        burst(app, "down", "up", "enter", "A", "n", "n", "enter", "o", "n", "c", "e")
        await until(pilot, lambda: app.screen.query_one("#once", Field).value == "once")
        assert app.screen.query_one("#name", Field).value == "Ann"


async def test_a_name_pasted_right_behind_enter_on_the_welcome_is_not_lost(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Start with my people")
        burst(app, "enter")
        app.post_message(events.Paste("Ann Marlow"))
        await until(pilot, lambda: app.screen.query_one("#name", Field).value == "Ann Marlow")


async def test_a_click_on_a_way_begins_it(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Start with my people")
        await pilot.click("#ways", offset=(4, 0))
        await sees(pilot, "What is your name?")


async def test_what_is_typed_while_the_notebook_is_made_stands_nowhere(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("enter")
        for _ in range(2):
            await paste(pilot, WORDS)
            burst(app, "enter")
            await pilot.pause()
            if app.screen.query_one("#again", Field).value:
                burst(app, "x", "y", "z")
        await until(pilot, lambda: "Write it on paper" in text_of(pilot.app))
        assert all("xyz" not in field.value for field in app.screen.query(Field))


async def test_after_a_refusal_shift_tab_reaches_the_name(app_over, tmp_path):
    app = app_over(folder=tmp_path / "mine")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await paste(pilot, "Ann")
        await pilot.press("enter")
        for words in ("short", "short"):
            await paste(pilot, words)
            await pilot.press("enter")
        await until(pilot, lambda: "fourteen" in text_of(app) or "longer" in text_of(app))
        for _ in range(4):
            if app.focused is not None and app.focused.id == "name":
                break
            await pilot.press("shift+tab")
        assert app.focused.id == "name"
