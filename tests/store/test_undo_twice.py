"""Ctrl+Z in the app and `undo` at the shell in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from linkworker import schema
from linkworker.oplog import undo as undoing
from linkworker.oplog.undo import DoneMeanwhile
from linkworker.store import Store
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize("how", ["undo", "redo"])
def test_the_second_of_two_undos_at_once_is_refused_in_plain_words(
    store: Store, terry: str, clock: Any, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    other = Store.at(store.folder, clock=clock)
    other.unlock(PASSPHRASE)
    for words in ("one", "two"):
        with store.write(f"added {words}", person=terry) as tx:
            tx.add(schema.Strength(person_id=terry, words=words))
    if how == "redo":
        store.undo()
    name = {"undo": "last_undoable", "redo": "last_redoable"}[how]
    choose: Callable[[Any], undoing.Act] = getattr(undoing, name)
    chosen: list[undoing.Act] = []

    def somebody_is_faster(connection: Any) -> undoing.Act:
        found = choose(connection)
        chosen.append(found)
        if len(chosen) == 1:
            monkeypatch.setattr(undoing, name, choose)
            getattr(other, how)()
            monkeypatch.setattr(undoing, name, somebody_is_faster)
        return found

    monkeypatch.setattr(undoing, name, somebody_is_faster)
    with pytest.raises(DoneMeanwhile, match="at this very moment"):
        getattr(store, how)()
    monkeypatch.undo()
    with store.read() as seen:
        left = seen.value("SELECT count(*) FROM strength WHERE hidden_at IS NULL")
    assert left == (1 if how == "undo" else 2), "once, and not twice"
    assert store.check().ok
    other.lock()
