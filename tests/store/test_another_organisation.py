"""Two organisations walk with one person: whose a note is, on the laptops of both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import organisations, timeline
from linkworker.caseload.note_known import note_known
from linkworker.caseload.notes import correct_note
from linkworker.caseload.timeline import Entry
from linkworker.rules.marks import read_note
from linkworker.rules.note.understanding import understand
from linkworker.store import NotOurs, Store
from tests.conftest import OwnClock
from tests.store.two_organisations import Two, two_organisations


@pytest.fixture
def two(tmp_path: Path, clock: OwnClock, make_store: Callable[..., Store]) -> Two:
    ann, jo = make_store("ann", worker="Ann"), make_store("jo", worker="Jo")
    return two_organisations(tmp_path, clock, ann, jo)


def story(store: Store, person: str) -> dict[str, Entry]:
    with store.read() as tx:
        return {one.words: one for one in timeline.timeline(tx, person)}


def test_beside_a_note_stands_whose_it_is_where_it_is_not_our_own(two: Two) -> None:
    on_anns, on_jos = story(two.ann, two.terry), story(two.jo, two.terry)
    assert {words: (one.who, one.organisation) for words, one in on_anns.items()} == {
        "Rain on the green.": ("", ""),
        "The form went off.": ("Jo", "Citizens Advice"),
    }
    assert {words: (one.who, one.organisation) for words, one in on_jos.items()} == {
        "Rain on the green.": ("Ann", "North team"),
        "The form went off.": ("", ""),
    }


def test_what_another_organisation_wrote_is_neither_put_right_nor_taken_back(two: Two) -> None:
    theirs = story(two.ann, two.terry)["The form went off."]
    with pytest.raises(NotOurs) as refused, two.ann.write("put right", two.terry) as tx:
        known = note_known(tx, (two.terry,))
        correct_note(tx, theirs.note_id, understand(read_note("Two forms."), known))
    assert "Citizens Advice" in refused.value.why
    for table, row_id in ((schema.Note, theirs.note_id), (schema.Contact, theirs.row_id)):
        with pytest.raises(NotOurs), two.ann.write("taken back", two.terry) as tx:
            tx.hide(table, row_id)
    with pytest.raises(NotOurs), two.ann.write("other facts", two.terry) as tx:
        tx.change(schema.Contact, theirs.row_id, place="the library")
    two.sync()
    assert set(story(two.jo, two.terry)) == {"Rain on the green.", "The form went off."}
    with two.jo.write("put right", two.terry) as tx:
        tx.hide(schema.Note, theirs.note_id)
    two.sync()
    assert "The form went off." not in story(two.ann, two.terry), "its own organisation may"


def test_who_is_let_in_and_by_which_word_stands_in_the_record_until_it_ends(
    two: Two, clock: OwnClock
) -> None:
    def let_in() -> list[tuple[str, str, str, str]]:
        with two.jo.read() as tx:
            found = organisations.let_in(tx, two.terry)
        return [(one.with_whom, one.opens, one.how_given, one.for_what) for one in found]

    word = ("said at home", "the benefits decision")
    ann = ("Ann, North team", "record, notes of Citizens Advice", *word)
    jo = ("Jo, Citizens Advice", "record, notes of North team", *word)
    assert let_in() == [ann, jo]
    two.stop_sharing("Ann")
    assert let_in() == [jo]
    assert "The form went off." not in story(two.ann, two.terry)
    clock.on(days=31)
    assert let_in() == []
