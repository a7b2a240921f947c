"""Two organisations walk with one person: whose a note is, on the laptops of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from linkworker import schema
from linkworker.caseload import timeline
from linkworker.caseload.note_known import note_known
from linkworker.caseload.notes import correct_note
from linkworker.caseload.timeline import Entry
from linkworker.hub import organisations
from linkworker.hub.own_writes import OwnWrites
from linkworker.rules.marks import read_note
from linkworker.rules.note.understanding import understand
from linkworker.scopes import part
from linkworker.store import NotOurs, Store
from tests.conftest import OwnClock
from tests.store.teams import Team


@dataclass
class Two:
    """Ann of the North team, Jo of Citizens Advice, and a person whom both hold; each wrote."""

    team: Team
    ann: Store
    jo: Store
    terry: str

    def sync(self) -> None:
        for store in (self.jo, self.ann, self.jo):
            self.team.sync(store)


def wrote(store: Store, person: str, words: str) -> str:
    with store.write("a note", person=person) as tx:
        contact = schema.Contact(person_id=person, worker_id=tx.worker_id, happened_at=tx.now)
        contact_id = tx.add(contact).id
        return str(tx.add(schema.Note(person_id=person, contact_id=contact_id, words=words)).id)


@pytest.fixture
def two(tmp_path: Path, clock: OwnClock, make_store: Callable[..., Store]) -> Two:
    team = Team(tmp_path, clock)
    ann, jo = make_store("ann", worker="Ann"), make_store("jo", worker="Jo")
    ids = count(1)
    itself = OwnWrites(team.ledger, team.ledger.now_ms, lambda: f"{next(ids):016d}")
    with team.ledger.database.writing() as tx:
        tx.execute("INSERT INTO hub_meta (name, value) VALUES ('name', 'North team')", ())
        advice = organisations.added(itself, tx, "Citizens Advice", "a lead")
        tx.execute(
            "INSERT INTO hub_worker (id, name, role, organisation) "
            "VALUES (?, 'Jo', 'coordinator', ?)",
            (jo.worker_id, advice),
        )
    jo.belonging.begin("https://hub.test", "authority", "invite")
    jo.belonging.joined("North team", "coordinator", advice)
    with ann.write("added a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
    wrote(ann, terry, "Rain on the green.")
    team.sync(ann)
    for who, name in ((jo, ""), (jo, advice), (jo, "team"), (ann, advice)):
        team.ledger.grant(who.worker_id, part(terry, name), "shared", say_so="said at home")
    both = Two(team, ann, jo, terry)
    team.sync(jo)
    clock.on(hours=1)
    wrote(jo, terry, "The form went off.")
    both.sync()
    return both


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
