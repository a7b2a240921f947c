"""A disk that is full, another program that writes: it locks and leaves all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from linkworker import cipher, folders, schema, vault
from linkworker.cipher import Busy
from linkworker.screens import note_done
from linkworker.screens.note import NoteScreen
from linkworker.screens.unlock import UnlockScreen
from linkworker.store import Store
from linkworker.widgets import crash
from tests.conftest import CHEAP, PASSPHRASE
from tests.screens.hands import arrive, paste, sees, sees_no_more, until
from tests.screens.note_hands import note, note_open, rows, type_words
from tests.screens.snapshots import text_of


class Disk:
    """A disk with no room, until the test makes some: only what keeps a draft is refused."""

    def __init__(self, store: Store) -> None:
        self.full = False
        self._save = store.save_draft

    def save_draft(self, *draft: Any) -> Any:
        if self.full:
            raise folders.DiskFull
        return self._save(*draft)


@pytest.fixture
def disk(store, monkeypatch) -> Disk:
    disk = Disk(store)
    monkeypatch.setattr(store, "save_draft", disk.save_draft)
    return disk


async def begun(pilot: Any, disk: Disk) -> None:
    """Type something that is kept, and then something that cannot be."""
    await type_words(pilot, "Terry met me")
    note(pilot).keep_draft()
    disk.full = True
    await type_words(pilot, " at the gate")


async def test_with_a_full_disk_it_locks_says_so_and_gives_the_words_back(
    app_over, store, terry, disk
):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        await until(pilot, lambda: store.state == "locked")
        await sees(pilot, "The draft could not be kept")
        assert "gate" not in text_of(app)
        disk.full = False
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await arrive(pilot, NoteScreen)
        await until(pilot, lambda: note(pilot).editor.text == "Terry met me at the gate")


async def test_one_draft_that_cannot_be_kept_takes_no_other_with_it(app_over, store, terry, disk):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        kept: list[str] = []
        refusing = note(pilot).draft_in_hand()
        app._drafts_in_hand = lambda: [refusing, lambda: kept.append("the other")]
        await app.lock_up()
        await until(pilot, lambda: store.state == "locked")
        assert kept == ["the other"]


async def test_an_error_that_nobody_foresaw_takes_no_other_draft_with_it_and_is_said(
    app_over, store, terry
):
    tries: list[str] = []

    def harmed() -> None:
        tries.append("the first")
        if len(tries) == 1:
            raise KeyError("what Terry said")

    app = app_over(store)
    async with note_open(app, terry) as pilot:
        app._drafts_in_hand = lambda: [harmed, lambda: tries.append("the other")]
        await app.lock_up()
        await until(pilot, lambda: store.state == "locked")
        assert tries == ["the first", "the other"]
        await sees(pilot, "Reference ")
        assert "is held until you" in " ".join(text_of(app).replace("▌", " ").split())
        written_down = (store.folder / crash.FILE_NAME).read_text()
        assert "KeyError" in written_down
        assert "Terry" not in written_down
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: tries == ["the first", "the other", "the first"])


async def test_what_is_held_for_the_unlocking_outlasts_a_lock_before_anybody_goes_in(
    app_over, store, clock, monkeypatch
):
    monkeypatch.setattr(vault, "calibrated", lambda: CHEAP)
    key = store.new_recovery_key()
    full, kept = [True], []

    def keep() -> None:
        if full:
            raise folders.DiskFull
        kept.append("the words")

    app = app_over(store)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.is_open)
        app._drafts_in_hand = lambda: [keep]
        await app.lock_up()
        await arrive(pilot, UnlockScreen)
        app._drafts_in_hand = list
        await pilot.press("ctrl+r")
        await paste(pilot, key)
        await pilot.press("enter")
        await sees(pilot, "A new passphrase")
        await pilot.press("ctrl+l")
        await arrive(pilot, UnlockScreen)
        full.clear()
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: kept == ["the words"])


class Held:
    """Words that a lock could not keep, and that can be kept only once `full` is False."""

    def __init__(self) -> None:
        self.full = True
        self.kept = 0
        self.tries = 0

    def keep(self) -> None:
        self.tries += 1
        if self.full:
            raise folders.DiskFull
        self.kept += 1


async def held_and_gone_in(app: Any, pilot: Any) -> Held:
    """Lock with words that cannot be kept, and go in again while they still cannot."""
    held = Held()
    await until(pilot, lambda: app.is_open)
    in_hand, app._drafts_in_hand = app._drafts_in_hand, lambda: [held.keep]
    await app.lock_up()
    app._drafts_in_hand = in_hand
    await come_in(app, pilot)
    assert held.tries == 2
    return held


async def come_in(app: Any, pilot: Any) -> None:
    await arrive(pilot, UnlockScreen)
    await until(pilot, lambda: app.store.state == "locked")
    await paste(pilot, PASSPHRASE)
    await pilot.press("enter")
    await until(pilot, lambda: app.is_open)


async def test_what_could_not_be_kept_at_the_unlocking_either_outlasts_the_next_locks(
    app_over, store
):
    app = app_over(store)
    async with app.run_test(notifications=True) as pilot:
        held = await held_and_gone_in(app, pilot)
        await app.lock_up()
        await sees(pilot, "The draft could not be kept")
        await come_in(app, pilot)
        held.full = False
        await app.lock_up()
        await until(pilot, lambda: held.kept == 1)
        await come_in(app, pilot)
        assert held.kept == 1, "and it is kept once"


async def test_what_is_still_held_is_kept_with_the_next_thing_that_can_be_written(
    app_over, store, terry
):
    app = app_over(store)
    async with app.run_test() as pilot:
        held = await held_and_gone_in(app, pilot)
        held.full = False
        with store.write("a strength", person=terry) as tx:
            tx.add(schema.Strength(person_id=terry, words="mends bicycles"))
        await until(pilot, lambda: held.kept == 1)


async def test_ctrl_q_keeps_what_is_still_held_or_asks_first(app_over, store, running):
    app = app_over(store)
    async with app.run_test(notifications=True) as pilot:
        held = await held_and_gone_in(app, pilot)
        await pilot.press("ctrl+q")
        await sees(pilot, "The draft cannot be kept. The disk is full.")
        assert store.state == "open"
        held.full = False
        running.seconds += 61
        await pilot.press("ctrl+q")
        await until(pilot, lambda: store.state == "locked")
    assert held.kept == 1


async def test_ctrl_q_asks_once_and_then_leaves(app_over, store, terry, disk, running):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        await pilot.press("ctrl+q")
        await sees(pilot, "The draft cannot be kept. The disk is full.")
        assert store.state == "open"
        running.seconds += 61
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert store.state == "open", "it was long ago: it asks again"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: store.state == "locked")
    assert app.return_code == 0


async def test_what_the_draft_keeper_says_leaves_the_warning_of_ctrl_q_standing(
    app_over, store, terry, disk
):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        app.ask_to_leave()
        note(pilot).not_kept(folders.DiskFull())  # from its thread, before anything is drawn
        await sees(pilot, "The draft cannot be kept. The disk is full.")
        app.hint("There is nothing to agree here.")
        app.say("Done. Ctrl+Z takes it back.")
        await sees(pilot, "Done. Ctrl+Z takes it back.")
        assert "The draft cannot be kept. The disk is full." in text_of(app)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: store.state == "locked")


async def test_a_warning_that_was_hidden_is_given_again_before_it_leaves(
    app_over, store, terry, disk
):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        await pilot.press("ctrl+q")
        await sees(pilot, "The draft cannot be kept. The disk is full.")
        await app.action_hide()
        await app.action_hide()
        await sees_no_more(pilot, "The draft cannot be kept.")
        await pilot.press("ctrl+q")
        await sees(pilot, "The draft cannot be kept. The disk is full.")
        assert store.state == "open"


async def test_once_the_draft_is_kept_the_warning_is_gone(app_over, store, terry, disk):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        await pilot.press("ctrl+q")
        await sees(pilot, "The draft cannot be kept. The disk is full.")
        disk.full = False
        await type_words(pilot, " with Ray")
        await sees(pilot, "draft kept")
        await sees_no_more(pilot, "The draft cannot be kept.")


async def test_a_shutdown_ends_it_whatever_cannot_be_kept(app_over, store, terry, disk):
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await begun(pilot, disk)
        app.leave()
        assert store.state == "locked"
    assert app.return_code == 0


async def test_after_a_fault_it_does_not_promise_a_draft_that_is_lost(
    app_over, store, terry, disk, capfd
):
    app = app_over(store)

    def trouble() -> None:
        raise ValueError("a fault of the program")

    with pytest.raises(ValueError, match="a fault"):
        async with note_open(app, terry) as pilot:
            await begun(pilot, disk)
            app.call_later(trouble)
            await until(pilot, lambda: not app.is_running)
    said = capfd.readouterr().err
    assert "the last words of a draft could not be kept" in " ".join(said.split())
    assert "your notes are safe" not in said


@contextmanager
def another_writer(store: Store) -> Iterator[None]:
    """Hold the store's one lock for writing, as an import at the shell does."""
    other = cipher.connect(store.folder / "records.db", store._connections().key)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def own_store(store) -> Iterator[Store]:
    """The store as the app opens it: nobody else's app may."""
    store.lock()
    own = Store.at(store.folder, clock=store.clock, alone=True)
    own.unlock(PASSPHRASE)
    yield own
    own.lock()


async def test_while_another_program_writes_the_door_is_there_at_once_and_it_locks_after(
    app_over, terry, own_store
):
    app = app_over(own_store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "Terry met me")
        await until(pilot, lambda: own_store.drafts())
        with another_writer(own_store):
            await type_words(pilot, " at the gate")
            await pilot.press("ctrl+l")
            await arrive(pilot, UnlockScreen)
            assert own_store.state == "open", "it waits behind the door to keep the draft"
        await until(pilot, lambda: own_store.state == "locked")
    own_store.unlock(PASSPHRASE)
    assert [one.words for one in own_store.drafts()] == ["Terry met me at the gate"]


@pytest.mark.parametrize("way", ["ctrl+l", "ctrl+q", "closed"])
async def test_a_note_that_is_refused_while_one_locks_or_leaves_is_still_a_draft(
    app_over, terry, own_store, monkeypatch, way
):
    began = threading.Event()
    goes = threading.Event()

    def refused(*written: object) -> int:
        began.set()
        goes.wait(3)
        raise Busy

    monkeypatch.setattr(note_done, "write", refused)
    app = app_over(own_store)
    async with note_open(app, terry) as pilot:
        await paste(pilot, "Terry met me at the gate")
        await pilot.press("ctrl+s")
        await until(pilot, began.is_set)
        threading.Timer(0.3, goes.set).start()
        if way == "closed":
            app.leave()
        else:
            await pilot.press(way)
        await until(pilot, lambda: own_store.state == "locked")
    own_store.unlock(PASSPHRASE)
    assert [one.words for one in own_store.drafts()] == ["Terry met me at the gate"]


async def test_a_note_that_is_written_while_one_locks_leaves_no_draft(
    app_over, terry, own_store, monkeypatch
):
    write, began, goes = note_done.write, threading.Event(), threading.Event()

    def slowly(*written: Any) -> int:
        began.set()
        assert goes.wait(60)
        return write(*written)

    monkeypatch.setattr(note_done, "write", slowly)
    app = app_over(own_store)
    async with note_open(app, terry) as pilot:
        await paste(pilot, "Terry met me at the gate")
        await pilot.press("ctrl+s")
        await until(pilot, began.is_set)
        await pilot.press("escape")
        await sees(pilot, "The note is being kept.")
        threading.Timer(0.3, goes.set).start()
        await pilot.press("ctrl+l")
        await until(pilot, lambda: own_store.state == "locked")
    own_store.unlock(PASSPHRASE)
    assert own_store.drafts() == []
    assert rows(own_store, "SELECT words FROM note") == [("Terry met me at the gate",)]


async def test_a_refused_note_knows_what_was_written_elsewhere_meanwhile(
    app_over, terry, own_store, monkeypatch
):
    goes = threading.Event()

    def refused(*written: object) -> int:
        goes.wait(3)
        raise Busy

    monkeypatch.setattr(note_done, "write", refused)
    app = app_over(own_store)
    async with note_open(app, terry) as pilot:
        await paste(pilot, "Terry met me at the gate")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: note(pilot).writing)
        with own_store.write("written elsewhere", person=terry) as tx:
            tx.add(schema.Tie(person_id=terry, name="Ray Dunn", relationship="neighbour"))
        await pilot.pause()
        goes.set()
        await until(
            pilot, lambda: "Ray Dunn" in [one.name for one in note(pilot).opening.known.ties]
        )
        assert not note(pilot).editor.read_only


async def test_a_closed_window_waits_for_another_program_as_a_lock_does(app_over, terry, own_store):
    app = app_over(own_store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "Terry met me")
        await until(pilot, lambda: own_store.drafts())
        held = threading.Event()

        def hold() -> None:
            with another_writer(own_store):
                held.set()
                time.sleep(2.5)

        other = threading.Thread(target=hold)
        other.start()
        held.wait(3)
        await type_words(pilot, " at the gate")
        app.leave()
        other.join()
    own_store.unlock(PASSPHRASE)
    assert [one.words for one in own_store.drafts()] == ["Terry met me at the gate"]


async def test_an_act_waits_less_than_a_second_for_another_program(terry, own_store):
    refused: list[BaseException] = []

    def write() -> None:
        try:
            own_store.save_draft("d", "note", [terry], "words", {})
        except Busy as busy:
            refused.append(busy)

    with another_writer(own_store):
        writing = threading.Thread(target=write)
        writing.start()
        writing.join(3)
        assert refused, "it was told within three seconds, on a slow machine"
