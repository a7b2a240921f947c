"""What a hub that was put back from an older backup gets back from the laptops it had given it to,
also of a laptop that is gone for good; and what it never takes from anybody. On both databases."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from linkworker.hub import backup, leading
from linkworker.oplog.capture import body_hash
from linkworker.oplog.chain import chain
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import Operation
from linkworker.oplog.replica import Cursor
from linkworker.sync.session import Pages, Session, Synced
from tests.hub import cluster, places
from tests.hub.places import Member, Place
from tests.oplog.devices import Device

_LIVES = count(1)
KEY = secrets.token_bytes(32)
TERRY = "person:terry"
SMALL = Pages(first=900, smallest=700, largest=1_200)


@pytest.fixture(params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path / "hub") as made:
        yield made


@dataclass
class Team:
    """Ann made Terry's record; Ben holds Terry too, and Cat after `a_backup`; Ann's laptop goes."""

    place: Place
    file: Path
    ann: Member
    ben: Member
    cat: Member

    def put_back(self, life: str = "") -> str:
        life = life or f"life {next(_LIVES)}"
        backup.restore(self.place.hub, self.file, KEY, life, team_too=True)
        return life

    def note(self, who: Member, name: str) -> None:
        who.device.put("Vision", name, person_id="terry", words=f"{name}: rain on the green.")

    def share(self, *with_whom: Member) -> None:
        for member in with_whom:
            self.place.hub.ledger.grant(member.worker, TERRY, "cover")
            member.sync()

    def names(self, who: Member) -> list[str]:
        parts = who.hub.pull(1, {}, (), 10**6).parts
        return sorted(op.id for part in parts if part.scope == TERRY for op in part.operations)

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        with self.place.hub.database.reading() as tx:
            found: list[tuple[Any, ...]] = tx.rows(
                f"SELECT {', '.join(columns)} FROM hub_op ORDER BY dev, n", ()
            )
        return found

    def audit(self) -> list[tuple[str, str, str]]:
        return [
            (line.who, line.about, line.reason)
            for line in self.place.hub.audit.everything()
            if line.what == "handed back"
        ]


@pytest.fixture
def team(place: Place, tmp_path: Path) -> Team:
    """A backup in which Terry's record is one name and one note, and what came after it."""
    team = Team(place, tmp_path / "copy", *(place.member(name) for name in ("ann", "ben", "cat")))
    team.ann.device.put("Person", "terry", called="Terry")
    team.note(team.ann, "n1")
    team.ann.sync()
    team.share(team.ben, team.cat)
    backup.backup(place.hub, team.file, KEY)
    team.note(team.ann, "n2")
    team.ann.device.set("person", "terry", called="Tel")
    team.ann.device.put("KeptApart", "k1", person_id="terry", words="apart")
    team.note(team.ann, "n3")
    team.ann.sync()
    for member in (team.ben, team.cat):
        member.sync()
    return team


def shows_everything(team: Team, who: Member) -> None:
    assert who.device.shown("person", "terry")["called"] == "Tel"
    for note in ("n1", "n2", "n3"):
        assert who.device.shown("vision", note)["words"] == f"{note}: rain on the green."


def test_what_a_laptop_that_is_gone_had_sent_comes_back_from_whoever_holds_the_person(
    team: Team,
) -> None:
    dev = team.ann.device.dev
    team.put_back()
    assert team.names(team.cat) == [f"{dev}:1", f"{dev}:2"]
    team.ben.sync()
    assert team.names(team.cat) == [f"{dev}:{n}" for n in (1, 2, 3, 4, 6)]  # 5 is kept apart
    newcomer = team.place.member("dan")
    team.share(newcomer)
    shows_everything(team, newcomer)
    team.ben.sync()
    shows_everything(team, team.ben)
    for member in (team.ben, newcomer):
        assert member.hub.greet(member.device.dev, member.replica.digest()).same


def test_the_audit_says_who_handed_back_and_how_much(team: Team) -> None:
    team.put_back()
    team.ben.sync()
    laptop = team.place.hub.members.laptop_of(team.ben.token).id
    assert team.audit() == [(team.ben.worker, TERRY, f"3 writes, by laptop {laptop}")]
    assert team.place.hub.audit.first_broken() is None


def test_who_hands_back_once_more_or_after_another_changes_nothing(team: Team) -> None:
    team.put_back()
    team.ben.sync()
    before = team.rows("*")
    team.cat.sync()
    team.ben.sync()
    assert team.rows("*") == before
    assert len(team.audit()) == 1


def test_two_laptops_that_hand_back_at_once_give_each_write_once(team: Team) -> None:
    team.put_back()
    faults: list[BaseException] = []

    def syncs(who: Member) -> None:
        try:
            Session(who.replica, who.hub, SMALL).sync()
        except BaseException as error:
            faults.append(error)

    threads = [Thread(target=syncs, args=(who,)) for who in (team.ben, team.cat)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    shared = [row for row in team.rows("scope", "seq", "n") if row[0] == TERRY]
    assert sorted(row[1] for row in shared) == [1, 2, 3, 4, 5]
    assert sorted(row[2] for row in shared) == [1, 2, 3, 4, 6]
    for who in (team.ben, team.cat):
        who.sync()
        assert who.hub.greet(who.device.dev, who.replica.digest()).same


def test_a_laptop_that_was_not_gone_sends_on_itself_and_nothing_is_there_twice(team: Team) -> None:
    team.put_back()
    team.ben.sync()
    team.note(team.ann, "n4")
    assert team.ann.hub.greet(team.ann.device.dev, "0" * 32).last_n == 2
    did = team.ann.sync()
    assert did.with_lead == 0
    assert team.ann.device.unsent() == []
    assert team.rows("n", "state", "handed") == [(n, "taken", 0) for n in range(1, 8)]
    team.ben.sync()
    shows_everything(team, team.ben)
    assert team.ben.device.shown("vision", "n4")
    assert team.ann.device.dev in team.names(team.ann)[0], "it is still the same device"


def test_a_hub_that_dies_at_any_call_of_a_hand_back_gets_all_of_it_at_the_next_sync(
    team: Team,
) -> None:
    died = True
    call = 0
    while died:
        call += 1
        team.put_back()
        team.ben.hub = Dies(team.ben.hub, call)
        try:
            Session(team.ben.replica, team.ben.hub, SMALL).sync()
        except Died:
            died = True
        else:
            died = False  # that many calls there are not
        team.ben.hub = team.ben.hub.hub
        Session(team.ben.replica, team.ben.hub, SMALL).sync()
        assert len(team.names(team.cat)) == 5, call
        assert call < 30, "what was handed back once is let go of"
    assert call > 5


def test_a_hub_that_is_put_back_again_half_way_gets_all_of_it_again(team: Team) -> None:
    team.put_back()
    dying = Dies(team.ben.hub, 6)
    with pytest.raises(Died):
        Session(team.ben.replica, dying, SMALL).sync()
    assert len(team.names(team.cat)) > 2
    team.put_back()
    team.ben.sync()
    assert len(team.names(team.cat)) == 5
    assert team.ben.replica.claims() == []


@pytest.mark.parametrize("calls", range(3, 14))
def test_nor_is_anything_left_out_where_nobody_said_that_it_was_put_back_again(
    team: Team, calls: int
) -> None:
    life = team.put_back()
    with suppress(Died):
        Session(team.ben.replica, Dies(team.ben.hub, calls), SMALL).sync()
    team.put_back(life)
    team.ben.sync()
    assert len(team.names(team.cat)) == 5
    assert team.ben.replica.claims() == []


def test_what_was_handed_back_is_not_handed_back_again_after_a_line_that_broke(team: Team) -> None:
    class Breaks(Counted):
        def pull(self, *asked: Any) -> Any:
            raise Died

    team.put_back()
    with pytest.raises(Died):
        Session(team.ben.replica, Breaks(team.ben.hub), SMALL).sync()
    counted = Counted(team.ben.hub)
    Session(team.ben.replica, counted, SMALL).sync()
    assert "hand_back" not in counted.asked
    assert len(team.names(team.cat)) == 5


def test_who_is_not_held_any_more_by_the_older_backup_is_handed_back_and_then_let_go_of(
    place: Place, tmp_path: Path
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    backup.backup(place.hub, tmp_path / "copy", KEY)
    place.hub.ledger.grant(ben.worker, TERRY, "cover")
    ann.device.set("person", "terry", called="Tel")
    for member in (ann, ben):
        member.sync()
    backup.restore(place.hub, tmp_path / "copy", KEY, f"life {next(_LIVES)}", team_too=True)
    ben.sync()
    assert ben.device.row("person", "terry") is None
    leading.hand_over(place.hub.ledger, place.hub.members, "terry", name_of(place, ben))
    ben.sync()
    assert ben.device.shown("person", "terry")["called"] == "Tel"


def test_somebody_new_since_the_backup_is_their_makers_again_whoever_hands_them_back(
    place: Place, tmp_path: Path
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    backup.backup(place.hub, tmp_path / "copy", KEY)
    ann.device.put("Person", "terry", called="Terry")
    ann.sync()
    place.hub.ledger.grant(ben.worker, TERRY, "cover")
    ben.sync()
    ben.device.set("person", "terry", called="Tel")
    ben.sync()
    ben.sync()
    backup.restore(place.hub, tmp_path / "copy", KEY, f"life {next(_LIVES)}", team_too=True)
    ben.sync()
    assert place.hub.ledger.holders(TERRY) == {ann.worker}
    assert place.hub.ledger.quarantined() == []
    assert ben.device.row("person", "terry") is None
    ann.sync()
    assert ann.device.shown("person", "terry")["called"] == "Tel"


def test_of_somebody_who_was_erased_nothing_is_handed_back(team: Team) -> None:
    team.place.hub.erase("terry", "Team lead", "asked for it")
    team.put_back()
    team.ben.sync()
    assert team.ben.device.row("person", "terry") is None
    assert {row[0] for row in team.rows("state")} == {"void"}
    assert "rain" not in str(team.rows("*"))
    assert team.audit() == []


def test_what_was_let_go_of_by_its_writer_comes_back_from_the_one_who_took_over(
    team: Team,
) -> None:
    team.place.hub.ledger.revoke(team.ann.worker, TERRY)
    team.ann.sync()
    assert team.ann.device.row("person", "terry") is None
    team.put_back()
    team.ann.sync()  # its numbers are empty by now
    team.ben.sync()
    assert len(team.names(team.cat)) == 5
    team.ann.sync()
    shows_everything(team, team.ann)


def test_a_hub_of_which_nothing_was_forgotten_is_asked_once_and_handed_nothing(
    place: Place, tmp_path: Path
) -> None:
    ann = place.member("ann")
    for number in range(20):
        ann.device.put("Person", f"p{number}", called="Terry")
    ann.sync()
    backup.backup(place.hub, tmp_path / "copy", KEY)
    ann.sync()
    backup.restore(place.hub, tmp_path / "copy", KEY, f"life {next(_LIVES)}")
    ann.hub = Counted(ann.hub)
    assert ann.sync() == Synced()
    assert ann.hub.asked == ["greet", "forgotten", "pull"]


def test_a_backup_that_went_into_the_other_database_is_handed_back_to_there(
    tmp_path: Path,
) -> None:
    with places.near(tmp_path / "here") as here, cluster.near(tmp_path / "there") as there:
        ann, ben = here.member("ann"), here.member("ben")
        ann.device.put("Person", "terry", called="Terry")
        ann.sync()
        here.hub.ledger.grant(ben.worker, TERRY, "cover")
        backup.backup(here.hub, tmp_path / "copy", KEY)
        ann.device.set("person", "terry", called="Tel")
        ann.sync()
        ben.sync()
        backup.restore(there.hub, tmp_path / "copy", KEY, f"life {next(_LIVES)}")
        ben.hub = there.reach(ben.token)
        ben.sync()
        assert there.hub.ledger.counts()["operations"] == 2


# -- whoever would put words into somebody's mouth


def offered(team: Team) -> Offer:
    """What Ben's laptop would hand back."""
    team.put_back()
    greeting = team.ben.hub.greet(team.ben.device.dev, "0" * 32)
    team.ben.replica.greeted(greeting.epoch, greeting.last_n)
    (claim,) = [one for one in team.ben.replica.claims() if one.scope == TERRY]
    offer = team.ben.replica.offer(claim, team.ben.replica.given(claim), 10**6)
    assert offer is not None
    assert len(offer.operations) == 5
    return offer


def said_otherwise(op: Operation) -> Iterator[Operation]:
    body = (op.body or "").replace("rain", "snow")
    yield replace(op, body=body, hash=body_hash(body))
    yield replace(op, stamp=op.stamp + 1)
    yield replace(op, actor="somebody else")
    yield replace(op, n=op.n + 100)
    yield replace(op, dev="another")
    yield replace(op, pk="another")
    yield replace(op, act="another:1")
    yield replace(op, kind="del")
    yield replace(op, base={"words": ("another:1",)})
    yield replace(op, extra='{"mood": "said"}')
    yield replace(op, scope="person:joan")


def test_nothing_else_can_be_handed_back_in_anybodys_name(team: Team) -> None:
    offer = offered(team)
    before = team.rows("*")
    (last,) = offer.operations[-1:]
    for other in said_otherwise(last):
        forged = replace(offer, operations=(*offer.operations[:-1], other))
        rechained = replace(
            forged, checksum=chain(forged.before, forged.operations)[-1]
        )  # without the hub's seal on it
        for one in (forged, rechained):
            assert team.ben.hub.hand_back(one) == Answer(False, False, "")
    assert team.rows("*") == before
    assert team.ben.hub.hand_back(offer).believed


CHANGED: dict[str, Callable[[Offer], Offer]] = {
    "another's seal": lambda offer: replace(offer, proof="0" * 32),
    "no seal": lambda offer: replace(offer, proof=""),
    "another place": lambda offer: replace(offer, seq=offer.seq + 1),
    "another scope": lambda offer: replace(offer, scope="person:joan"),
    "one left out": lambda offer: replace(offer, operations=offer.operations[1:]),
    "another order": lambda offer: replace(offer, operations=offer.operations[::-1]),
    "another beginning": lambda offer: replace(offer, before="0" * 32),
    "more than there were": lambda offer: replace(offer, operations=offer.operations * 2),
}


@pytest.mark.parametrize("how", CHANGED)
def test_what_the_seal_does_not_cover_is_not_taken_and_is_counted_in_the_audit(
    team: Team, how: str
) -> None:
    offer = offered(team)
    before = team.rows("*")
    assert not team.ben.hub.hand_back(CHANGED[how](offer)).believed
    assert team.rows("*") == before
    team.place.hub.audit.write_refusals()
    assert any("handing back" in line.what for line in team.place.hub.audit.everything())


def test_nobody_gets_a_seal_on_a_history_of_their_own(team: Team) -> None:
    made_up = "ab" * 16
    answer = team.ben.hub.pull(1, {TERRY: Cursor(2, made_up)}, (), 10**6)
    assert TERRY not in {part.scope for part in answer.parts}
    assert answer.unknown == {TERRY}


def test_words_that_are_not_as_they_were_hashed_wait_for_a_lead(team: Team) -> None:
    offer = offered(team)
    (last,) = offer.operations[-1:]
    other = replace(last, body=(last.body or "").replace("rain", "snow"))
    forged = replace(offer, operations=(*offer.operations[:-1], other))
    assert team.ben.hub.hand_back(forged).believed  # the chain covers words by their hash
    (waits,) = team.place.hub.ledger.quarantined()
    assert waits.id == last.id
    assert last.id not in team.names(team.cat)
    team.cat.sync()  # who hands back what was hashed
    assert team.place.hub.ledger.quarantined() == []
    assert "snow" not in str(team.rows("wire"))
    assert last.id in team.names(team.cat)


def test_what_stands_under_a_number_that_its_device_used_again_waits_for_a_lead(
    team: Team,
) -> None:
    dev = team.ann.device.dev
    again = brought_back(team)
    team.put_back()
    again.put("Vision", "n9", person_id="terry", words="written on Ann's laptop's own backup")
    team.ann.hub.push(again.unsent())
    for _ in range(2):
        team.ben.sync()
    (waits,) = team.place.hub.ledger.quarantined()
    assert (waits.n, waits.pk) == (3, "n2")
    assert waits.dev != dev
    assert team.ben.device.row("vision", "n2") is None
    assert team.ben.device.shown("vision", "n9")["words"].startswith("written")
    assert team.ben.device.shown("vision", "n3")
    assert team.ben.device.shown("person", "terry")["called"] == "Tel"
    team.place.hub.ledger.route(waits.dev, waits.n)
    for who in (team.ben, team.cat):
        who.sync()
        assert {"n2", "n3", "n9"} <= {
            pk for (pk,) in who.device.connection.execute("SELECT id FROM vision")
        }
        assert who.hub.greet(who.device.dev, who.replica.digest()).same


def test_what_is_written_while_such_a_number_is_fetched_is_sent_before_all_is_read_again(
    team: Team,
) -> None:
    again = brought_back(team)
    team.put_back()
    again.put("Vision", "n9", person_id="terry", words="written on Ann's laptop's own backup")
    team.ann.hub.push(again.unsent())

    class Writes(Dies):
        """While an answer comes, Ben writes."""

        def pull(self, *asked: Any) -> Any:
            answer = self.hub.pull(*asked)
            if not written:
                written.append("n4")
                team.note(team.ben, "n4")
            return answer

    written: list[str] = []
    Session(team.ben.replica, Writes(team.ben.hub, 10**6)).sync()
    assert team.ben.device.unsent() == []
    for who in (team.ben, team.cat):
        who.sync()
        assert who.device.shown("vision", "n4")["words"] == "n4: rain on the green."
        assert who.device.shown("vision", "n9")["words"].startswith("written")


def test_a_laptop_of_which_others_handed_back_more_than_it_has_goes_on_as_another(
    team: Team,
) -> None:
    again = brought_back(team)
    team.put_back()
    team.ben.sync()
    again.put("Vision", "n9", person_id="terry", words="written on Ann's laptop's own backup")
    ann = Member(again, team.ann.hub, team.ann.worker, team.ann.token)
    ann.sync()
    assert again.dev != team.ann.device.dev
    assert again.unsent() == []
    team.ben.sync()
    for who in (ann, team.ben):
        shows_everything(team, who)
        assert who.device.shown("vision", "n9")
    assert team.place.hub.ledger.quarantined() == []


def brought_back(team: Team) -> Device:
    """Ann's laptop as it was when the hub was backed up."""
    ann = team.ann.device
    device = Device(ann.dev, ann.worker)
    device.take(op for op in everything_of(team) if op.n < 3)
    device.connection.execute("UPDATE sync_device SET n = 2")
    return device


def everything_of(team: Team) -> list[Operation]:
    parts = team.ann.hub.pull(1, {}, (), 10**6).parts
    return [op for part in parts for op in part.operations]


def name_of(place: Place, who: Member) -> str:
    return place.hub.members.names()[who.worker]


class Died(Exception):
    """The hub's process is gone."""


class Dies:
    """A hub whose process dies after so many calls, the last having been heard."""

    def __init__(self, hub: Any, calls: int) -> None:
        self.hub = hub
        self._left = calls

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.hub, name)

        def called(*values: Any) -> Any:
            self._left -= 1
            if self._left < 0:
                raise Died
            answer = call(*values)
            if self._left == 0:
                raise Died
            return answer

        return called


class Counted:
    """A hub that notes what it is asked."""

    def __init__(self, hub: Any) -> None:
        self._hub = hub
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(self._hub, name)
