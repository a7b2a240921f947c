"""The program is killed while a made-up caseload is made anew: the next start makes it whole."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.madeup import demo
from linkworker.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX kills at a step")

STEPS = ("open", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "shutil.rmtree")
"""What the program does to files, as Python tells of it before it is done (PEP 578)."""

MOST_STEPS = 300


def killed_before(step: int, folder: Path, work: Callable[[], object]) -> bool:
    """Run `work` in a process of its own that is killed before its so-manieth step beside `folder`;
    say whether it came to that step."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, about: tuple[object, ...]) -> None:
            nonlocal left
            if event in STEPS and str(about[0]).startswith(str(folder)):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        status = 1
        try:
            sys.addaudithook(count)
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "it failed by itself"
    return False


def people_in(folder: Path) -> list[str]:
    store = Store.at(folder)
    store.unlock_made_up()
    assert store.reading_only is None
    assert store.notice is None
    with store.read() as tx:
        called = [name for (name,) in tx.rows("SELECT called FROM person ORDER BY id")]
    assert store.check().ok
    store.lock()
    return called


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A caseload of one person, made once and laid there: what is killed is the putting in place.

    A kill while records are made is another test's (`tests/store/test_setting_up.py`).
    """
    made = tmp_path / "made"
    store, _ = Store.create(made, "", worker_name="Ann", made_up=True)
    with store.write("added") as tx:
        tx.add(schema.Person(called="Terry"))
    store.lock()
    monkeypatch.setattr(demo, "_make_in", lambda folder, *_: shutil.copytree(made, folder))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("why", "own"),
    [("first", False), ("fresh", False), ("fresh", True), ("another release", True)],
)
def test_killed_at_every_step_the_next_start_has_a_whole_caseload(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str, own: bool
) -> None:
    before = tmp_path / "before"
    before.mkdir()
    folder = before / "people"
    if why != "first":
        demo.prepare(folder)
        (folder / "look.json").write_text("{}")
    if own:
        (folder / "shopping.txt").write_text("bread")
    if why == "another release":
        store = Store.at(folder)
        store.unlock_made_up()
        store._connections().writer.execute("CREATE TABLE of_another_release (id TEXT)")
        store.lock()

    place = tmp_path / "now"
    for step in range(MOST_STEPS):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(before, place)
        folder = place / "people"
        if not killed_before(step, folder, partial(demo.prepare, folder, fresh=why == "fresh")):
            break
        assert demo.prepare(folder) == folder, step
        assert people_in(folder) == ["Terry"], step
        if own:
            assert (folder / "shopping.txt").read_text() == "bread"
        left = [one.name for one in place.iterdir() if one.name != "people"]
        assert left in ([], ["people.unfinished"]), step
    assert step > 5, "it was killed at many steps"
    assert step < MOST_STEPS - 1, "and at all of them"
    assert people_in(folder) == ["Terry"]
