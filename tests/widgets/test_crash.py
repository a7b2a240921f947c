"""Something unexpected leaves a reference and a place, never a value; the screen goes on."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual import work
from textual.app import ComposeResult
from textual.content import Content

from linkworker.widgets import crash
from linkworker.widgets.calm import CalmApp
from linkworker.widgets.sentence import Sentence
from tests.screens.hands import until
from tests.screens.snapshots import text_of

SECRET = "Terry Beasley 01455 496 0123"
NOW = datetime(2026, 11, 27, 10, 5, tzinfo=UTC)


def trouble(words: str) -> None:
    note = words
    raise RuntimeError(f"could not save {note}")


class Shaky(CalmApp):
    def compose(self) -> ComposeResult:
        yield Sentence(Content("Still here"))

    def action_break(self) -> None:
        trouble(SECRET)

    @work(thread=True)
    def thread_worker(self) -> None:
        trouble(SECRET)

    @work
    async def async_worker(self) -> None:
        trouble(SECRET)


def log_of(folder: Path) -> str:
    path = folder / crash.FILE_NAME
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def test_a_crash_ends_with_one_plain_sentence_and_no_value(tmp_path, capfd):
    app = Shaky(tmp_path, lambda: NOW)
    with pytest.raises(RuntimeError):
        async with app.run_test() as pilot:
            app.call_later(app.action_break)
            await pilot.pause()
    out, err = capfd.readouterr()
    assert "Something went wrong; your notes are safe. Reference" in err
    assert SECRET not in out + err + log_of(tmp_path)
    assert "could not save" not in out + err + log_of(tmp_path)
    reference = err.split("Reference ")[1][:4]
    assert log_of(tmp_path).startswith(f"2026-11-27T10:05Z {reference}\n  builtins.RuntimeError\n")
    assert "test_crash.py" in log_of(tmp_path)
    assert app.return_code == 1


@pytest.mark.parametrize("worker", ["thread_worker", "async_worker"])
async def test_an_error_beside_the_screen_is_told_and_the_screen_goes_on(tmp_path, worker):
    app = Shaky(tmp_path, lambda: NOW)
    async with app.run_test(size=(80, 12), notifications=True) as pilot:
        getattr(app, worker)()
        await until(pilot, lambda: "Something went wrong" in text_of(app))
        assert "Still here" in text_of(app)
        assert SECRET not in text_of(app) + log_of(tmp_path)


async def test_a_worker_given_as_a_coroutine_or_a_plain_function_is_looked_after_too(tmp_path):
    app = Shaky(tmp_path, lambda: NOW)

    async def later() -> None:
        trouble(SECRET)

    async with app.run_test(size=(80, 12)) as pilot:
        app.run_worker(later())
        app.run_worker(lambda: trouble(SECRET), thread=True)
        await until(pilot, lambda: log_of(tmp_path).count("RuntimeError") == 2)
        assert app.is_running


def test_an_error_within_an_error_is_written_down_with_both_places(tmp_path):
    try:
        try:
            trouble(SECRET)
        except RuntimeError:
            raise ValueError(SECRET) from None
    except ValueError as error:
        crash.write_down(error, tmp_path, "1A2B", NOW)
    assert "builtins.ValueError" in log_of(tmp_path)
    assert "builtins.RuntimeError" in log_of(tmp_path)
    assert SECRET not in log_of(tmp_path)


def test_only_its_owner_can_read_the_file(tmp_path):
    crash.write_down(ValueError(), tmp_path, "1A2B", NOW)
    assert (tmp_path / crash.FILE_NAME).stat().st_mode & 0o077 == 0


def test_it_is_its_owner_s_alone_from_its_first_byte(tmp_path, monkeypatch):
    rights: list[int] = []
    at_first = os.fstat

    def looked_at(handle: int) -> os.stat_result:
        found = at_first(handle)
        rights.append(found.st_mode & 0o777)
        return found

    monkeypatch.setattr(os, "fstat", looked_at)
    before = os.umask(0)
    try:
        crash.write_down(ValueError(), tmp_path, "1A2B", NOW)
    finally:
        os.umask(before)
    assert rights[0] == 0o600


def test_a_file_that_was_opened_to_others_is_closed_again(tmp_path):
    (tmp_path / crash.FILE_NAME).touch(0o644)
    crash.write_down(ValueError(), tmp_path, "1A2B", NOW)
    assert (tmp_path / crash.FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("lay", [os.symlink, os.link])
def test_nothing_is_written_into_a_file_that_a_link_leads_to(tmp_path, lay):
    theirs = tmp_path / "letter.txt"
    theirs.write_text("Dear Joan")
    lay(theirs, tmp_path / crash.FILE_NAME)
    crash.write_down(ValueError(), tmp_path, "1A2B", NOW)
    assert theirs.read_text() == "Dear Joan"


def test_the_file_does_not_grow_for_ever(tmp_path):
    (tmp_path / crash.FILE_NAME).write_text("x" * (crash.LARGEST + 1))
    crash.write_down(ValueError(), tmp_path, "1A2B", NOW)
    assert len(log_of(tmp_path)) < 200


def test_where_nothing_can_be_written_nothing_is_and_nothing_is_raised(tmp_path):
    crash.write_down(ValueError(), tmp_path / "not" / "there", "1A2B", NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_reference_can_be_read_out_on_the_phone():
    assert len(crash.new_reference()) == 4
    assert crash.new_reference().isalnum()
