"""Two organisations, and one person with whom both walk."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from linkworker import schema
from linkworker.clock import local_day, milliseconds
from linkworker.hub import organisations, sharing
from linkworker.hub.members import Members
from linkworker.hub.own_writes import OwnWrites
from linkworker.hub.sharing import SaySo
from linkworker.store import Store
from tests.conftest import OwnClock
from tests.store.teams import Team


@dataclass
class Two:
    """Ann of the North team, Jo of Citizens Advice, and Terry, who let each read the other's notes
    for a month; each wrote one."""

    team: Team
    members: Members
    itself: OwnWrites
    ann: Store
    jo: Store
    terry: str

    def sync(self) -> None:
        for store in (self.jo, self.ann, self.jo):
            self.team.sync(store)

    def stop_sharing(self, whom: str) -> None:
        sharing.stop_sharing(self.team.ledger, self.members, self.itself, self.terry, whom)
        self.sync()


def wrote(store: Store, person: str, words: str) -> str:
    """Write of a visit; return the note's id."""
    with store.write("a note", person=person) as tx:
        contact = schema.Contact(person_id=person, worker_id=tx.worker_id, happened_at=tx.now)
        contact_id = tx.add(contact).id
        return str(tx.add(schema.Note(person_id=person, contact_id=contact_id, words=words)).id)


def two_organisations(tmp_path: Path, clock: OwnClock, ann: Store, jo: Store) -> Two:
    """Let both organisations walk with one person."""
    team, ids = Team(tmp_path, clock), count(1)
    ledger = team.ledger
    members = Members(
        ledger.database, ledger.now_ms, lambda: f"{next(ids):016d}", secrets.token_bytes
    )
    itself = OwnWrites(ledger, ledger.now_ms, members.new_id)
    with ledger.database.writing() as tx:
        tx.execute("INSERT INTO hub_meta (name, value) VALUES ('name', 'North team')", ())
        advice = organisations.added(itself, tx, "Citizens Advice", "a lead")
        for who, name, own in ((ann, "Ann", "team"), (jo, "Jo", advice)):
            tx.execute(
                "INSERT INTO hub_worker (id, name, role, organisation) "
                "VALUES (?, ?, 'coordinator', ?)",
                (who.worker_id, name, own),
            )
    for who, own in ((ann, "team"), (jo, advice)):
        who.belonging.begin("https://hub.test", "authority", "invite")
        who.belonging.joined("North team", "coordinator", own)
    with ann.write("added a person") as tx:
        terry = str(tx.add(schema.Person(called="Terry")).id)
    wrote(ann, terry, "Rain on the green.")
    team.sync(ann)
    two = Two(team, members, itself, ann, jo, terry)
    said = SaySo(local_day(clock()), "said at home")
    until = milliseconds(clock() + timedelta(days=30))
    for name, notes in (("Jo", "North team"), ("Ann", "Citizens Advice")):
        what = f"record, notes of {notes}"
        sharing.share(
            *(ledger, members, itself, terry, name, what, said, until, "the benefits decision")
        )
    team.sync(jo)
    clock.on(hours=1)
    wrote(jo, terry, "The form went off.")
    two.sync()
    return two
