"""What a volunteer is given: a register on paper, and nothing of anybody's record."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from linkworker.caseload import audit, people
from linkworker.caseload import community_diary as diary
from linkworker.exchange import register_file
from linkworker.store import Store


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    with store.write("a group") as tx:
        group = diary.add_group(tx, "Stitch & <b>Chat</b>")
        mo = diary.add_volunteer(tx, "Mo Yardley")
        session = diary.add_session(
            tx,
            on=date(2026, 11, 19),
            group_id=group,
            led_by=[mo],
            place="the library",
            names=["Joan", "<script>Stan"],
            unwritten=2,
            heads=5,
            words="Joan was low, and said why",
        )
        people.add_person(tx, given="Joan", family="Secretname")
    return {"group": group, "session": session}


def test_a_session_s_register_has_first_names_and_counts_and_no_more(
    store: Store, ids: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "register.html"
    register_file.save_session(store, ids["session"], place)
    page = place.read_text(encoding="utf-8")
    for words in ("19 November 2026", "the library", "Mo Yardley", "Joan", "Stitch &amp; "):
        assert words in page
    assert "<td>2</td>" in page
    assert "<script>" not in page
    assert "&lt;script&gt;Stan" in page
    assert "Secretname" not in page
    assert "was low" not in page
    with store.read() as tx:
        kept = audit.events(tx)[0]
    assert (kept.what, kept.reason) == ("exported", register_file.GIVEN)


def test_a_blank_register_has_lines_to_write_on(
    store: Store, ids: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "blank.html"
    register_file.save_blank(store, ids["group"], place)
    page = place.read_text(encoding="utf-8")
    assert len(re.findall(r'<td dir="auto"></td>', page)) == register_file.LINES
    assert "Joan" not in page
    assert "Heads" in page


def test_nothing_is_written_over(store: Store, ids: dict[str, str], tmp_path: Path) -> None:
    from linkworker.refusal import Refused

    place = tmp_path / "mine.html"
    place.write_text("mine")
    with pytest.raises(Refused):
        register_file.save_blank(store, ids["group"], place)
    assert place.read_text() == "mine"
