"""Everybody of the made-up caseload is opened, section by section, and every entry unfolded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.content import Content

from linkworker.caseload import people, person
from linkworker.madeup import demo
from linkworker.screens.person.parts import Look
from linkworker.screens.person.sections import SECTIONS, read_section
from linkworker.store import Store
from linkworker.widgets.banner import banner_lines
from linkworker.widgets.sight import sight_rows
from tests.conftest import OwnClock

WIDTHS = (26, 78)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    clock = OwnClock()
    folder = demo.prepare(tmp_path_factory.mktemp("demo") / "made-up", clock=clock)
    store = Store.at(folder, clock=clock)
    store.unlock_made_up()
    yield store
    store.lock()


def drawn(rows) -> list[Content]:
    return [line for row in rows for width in WIDTHS for line in row.draw(width)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda one: one.name)
def test_everybody_is_opened_and_every_entry_unfolded(made_up, section) -> None:
    with made_up.read() as tx:
        everybody = people.caseload(tx)
        assert len(everybody) >= 60
        for one in everybody:
            banner = person.banner(tx, one.person_id)
            folded = Look(tx.today, "Pat Hallam")
            shown = read_section(tx, section, one.person_id, folded, banner.name)
            entries = frozenset(f"entry:{entry.row_id}" for entry in shown.entries)
            whole = Look(tx.today, "Pat Hallam", unfolded=entries, then=True)
            again = read_section(tx, section, one.person_id, whole, banner.name)
            assert drawn([*shown.left, *shown.right])
            assert drawn([*again.left, *again.right])
            low = Look(tx.today, "Pat Hallam", low=True)
            close = read_section(tx, section, one.person_id, low, banner.name)
            assert drawn([*close.left, *close.right])


def test_everybody_is_seen_beside_the_list_and_under_their_banner(made_up) -> None:
    with made_up.read() as tx:
        for one in people.caseload(tx):
            sight = person.sight(tx, one.person_id)
            assert drawn(sight_rows(sight, tx.today))
            for narrow in (False, True):
                for draw in banner_lines(sight.banner, tx.today, "Pat", narrow=narrow):
                    assert draw(78)
