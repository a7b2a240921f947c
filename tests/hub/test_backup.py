"""A backup of a hub, what stays erased when it is put back, and what is no backup."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from linkworker import folders
from linkworker.hub import backup, certificates, house, leading
from linkworker.hub.backup import NoBackup
from linkworker.hub.erased import ErasedList, ErasedListUnread
from linkworker.hub.leading import NobodyHeld
from linkworker.hub.members import Asked
from linkworker.hub.not_in_team import InviteNotGood, LaptopRemoved
from linkworker.rules.invite import read_invite
from tests.hub import cluster, places
from tests.hub.places import Member, Place

_LIVES = count(1)
KEY = secrets.token_bytes(32)


@pytest.fixture(params=[places.near, cluster.near], ids=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path / "hub") as made:
        yield made


def person(who: Member, name: str) -> None:
    who.device.put("Person", name.lower(), called=name)
    who.device.put("KeptApart", f"k-{name.lower()}", person_id=name.lower(), words=f"{name} apart")
    who.sync()


def put_back(place: Place, file: Path) -> int:
    return backup.restore(place.hub, file, KEY, f"life {next(_LIVES)}")


def everything(place: Place) -> str:
    with place.hub.database.reading() as tx:
        return str([tx.rows(f"SELECT * FROM {table}", ()) for table in backup.TABLES])


def test_what_was_sent_after_a_backup_comes_again_and_the_team_goes_on(
    place: Place, tmp_path: Path
) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    person(ann, "Terry")
    assert (
        backup.backup(place.hub, tmp_path / "copy", KEY) == place.hub.ledger.counts()["operations"]
    )
    ann.device.set("person", "terry", called="Tel")
    ann.sync()
    lines = len(place.hub.audit.lines())
    assert put_back(place, tmp_path / "copy") == 0
    assert ann.sync().sent == 1
    place.hub.ledger.grant(ben.worker, "person:terry", "cover")
    ben.sync()
    assert ben.device.shown("person", "terry")["called"] == "Tel"
    assert len(place.hub.audit.lines()) > lines
    assert place.hub.audit.first_broken() is None


def test_whoever_was_erased_after_a_backup_stays_erased_when_it_is_put_back(
    place: Place, tmp_path: Path
) -> None:
    ann = place.member("ann")
    person(ann, "Terry")
    person(ann, "Joan")
    backup.backup(place.hub, tmp_path / "copy", KEY)
    place.hub.erase("joan", "Team lead", "asked for it")
    assert "Joan" not in everything(place)
    put_back(place, tmp_path / "copy")
    assert "Joan" not in everything(place)
    assert "Terry" in everything(place)
    ann.sync()
    assert ann.device.row("person", "joan") is None
    assert ann.device.row("person", "terry") is not None
    assert "Joan" not in everything(place)


def test_a_hub_whose_whole_database_was_put_back_erases_before_it_opens(tmp_path: Path) -> None:
    with places.near(tmp_path / "hub") as place:
        ann = place.member("ann")
        person(ann, "Joan")
    before = (tmp_path / "hub" / house.RECORDS).read_bytes()
    with house.opened(tmp_path / "hub") as hub:
        hub.erase("joan", "Team lead", "asked for it")
    (tmp_path / "hub" / house.RECORDS).write_bytes(before)
    with house.opened(tmp_path / "hub") as hub:
        assert "Joan" not in everything(Place(hub))
        assert not hub.ledger.is_known("person:joan")


def test_an_erasure_that_ended_half_way_is_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with places.near(tmp_path / "hub") as place:
        person(place.member("ann"), "Joan")
        monkeypatch.setattr(type(place.hub.ledger), "erase_in", _dies)
        with pytest.raises(KeyboardInterrupt):
            place.hub.erase("joan", "Team lead", "asked for it")
        assert "Joan" in everything(place)
        monkeypatch.undo()
    with house.opened(tmp_path / "hub") as hub:
        assert "Joan" not in everything(Place(hub))


def test_a_list_of_the_erased_that_another_system_wrote_is_read_and_no_other_is(
    tmp_path: Path,
) -> None:
    listed = ErasedList(tmp_path / "erased.txt")
    scopes = {"person:joan", "person:joan:restricted"}
    listed.add(scopes)
    plain = (tmp_path / "erased.txt").read_text()
    for wrote in (
        plain.replace("\n", "\r\n").encode(),
        plain.encode("utf-8-sig"),
        plain.replace("\n", " \r\n").encode("utf-16"),
        plain.rstrip("\n").encode(),
    ):
        (tmp_path / "erased.txt").write_bytes(wrote)
        assert listed.scopes() == scopes
    for broken in (b"\xff person:joan", b"person:", b"PK\x03\x04", plain.encode("utf-16-be")):
        (tmp_path / "erased.txt").write_bytes(broken)
        with pytest.raises(ErasedListUnread):
            listed.scopes()


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_of_nobody_known_nothing_is_erased_and_nothing_is_listed(place: Place) -> None:
    with pytest.raises(NobodyHeld):
        place.hub.erase("nobody", "Team lead", "a slip")
    assert place.hub.erased.scopes() == set()


def test_late_work_that_waits_for_a_lead_is_erased_with_the_person(place: Place) -> None:
    ann, ben = place.member("ann"), place.member("ben")
    person(ann, "Joan")
    place.hub.ledger.revoke(ann.worker, "person:joan")
    ann.device.set("person", "joan", called="Joan of the Green")
    ann.sync()
    place.hub.erase("joan", "Team lead", "asked for it")
    assert place.hub.ledger.quarantined() == []
    assert "Green" not in everything(place)
    ben.sync()


def test_a_backup_says_nothing_without_its_key_and_is_never_written_over(
    place: Place, tmp_path: Path
) -> None:
    person(place.member("ann"), "Terry")
    file = tmp_path / "copy"
    backup.backup(place.hub, file, KEY)
    assert b"Terry" not in file.read_bytes()
    assert [one.name for one in tmp_path.glob("copy*")] == ["copy"]
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(folders.AlreadyThere):
        backup.backup(place.hub, file, KEY)


@pytest.mark.parametrize("harm", ["absent", "empty", "another key", "cut", "no hub's", "rubbish"])
def test_what_is_no_whole_backup_changes_nothing(place: Place, tmp_path: Path, harm: str) -> None:
    person(place.member("ann"), "Terry")
    file, key = tmp_path / "copy", KEY
    backup.backup(place.hub, file, KEY)
    whole = file.read_bytes()
    match harm:
        case "absent":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "another key":
            key = bytes(32)
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "no hub's":
            file.unlink()
            from linkworker import cipher

            cipher.connect(file, KEY, create=True).close()
        case "rubbish":
            file.write_bytes(bytes(len(whole)))
    before = everything(place)
    with pytest.raises(NoBackup):
        backup.restore(place.hub, file, key, "life")
    assert everything(place) == before


def test_a_backup_of_one_database_goes_into_the_other(tmp_path: Path) -> None:
    file = tmp_path / "copy"
    with places.near(tmp_path / "here") as here:
        ann = here.member("ann")
        person(ann, "Terry")
        backup.backup(here.hub, file, KEY)
    with cluster.near(tmp_path / "there") as there:
        backup.restore(there.hub, file, KEY, "another life")
        assert "Terry" in everything(there)
        assert there.hub.members.laptop_of(ann.token).worker == ann.worker
        assert (tmp_path / "there" / "authority.pem").read_bytes() == (
            tmp_path / "here" / "authority.pem"
        ).read_bytes()
    with house.opened(tmp_path / "here") as hub:
        assert hub.certificates.fingerprint


def test_what_was_ended_since_a_backup_stays_ended_when_it_is_put_back(
    place: Place, tmp_path: Path
) -> None:
    ann, ben, cat = (place.member(name) for name in ("ann", "ben", "cat"))
    person(ann, "Terry")
    person(ben, "Joan")
    person(cat, "Hodan")
    members, ledger = place.hub.members, place.hub.ledger
    unused = read_invite(place.hub.invite("dan", "coordinator", "a lead"))
    backup.backup(place.hub, tmp_path / "copy", KEY)
    members.remove(members.laptop_of(ann.token).id, "a lead")
    leading.leaver(ledger, members, ben.worker)
    leading.hand_over(ledger, members, "terry", cat.worker)
    thief = secrets.token_bytes(32)
    members.join(Asked(unused.secret, secrets.token_bytes(32), "dan1", "dan", "Dan's laptop"))
    put_back(place, tmp_path / "copy")
    with pytest.raises(LaptopRemoved):
        members.laptop_of(ann.token)
    assert ledger.held_by(ben.worker) == set()
    ben.sync()
    assert ben.device.row("person", "joan") is None
    with pytest.raises(InviteNotGood):
        members.join(Asked(unused.secret, thief, "thief1", "thief", "A laptop"))
    cat.sync()
    for name in ("Terry", "Hodan"):
        assert cat.device.shown("person", name.lower())["called"] == name


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("at", range(4))
def test_a_putting_back_that_is_killed_anywhere_leaves_one_hub_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with places.near(tmp_path / "old") as old:
        ann = old.member("ann")
        person(ann, "Terry")
        backup.backup(old.hub, tmp_path / "copy", KEY)
        olds = (old.hub.certificates.fingerprint, 1)
    house.make(tmp_path / "new", name="Another machine")
    writes, done, write = count(), False, folders.write_whole

    def killed(*said: Any, **more: Any) -> None:
        if next(writes) == at:
            raise Killed
        write(*said, **more)

    with house.opened(tmp_path / "new") as hub:
        news = (hub.certificates.fingerprint, 0)
        monkeypatch.setattr(folders, "write_whole", killed)
        with suppress(Killed):
            backup.restore(hub, tmp_path / "copy", KEY, "a new life")
            done = True
        monkeypatch.undo()
    for _ in range(2):  # it is opened again, and goes on being opened
        with house.opened(tmp_path / "new") as hub:
            found = hub.certificates.fingerprint, hub.ledger.counts()["people"]
    assert found in ((olds,) if done else (olds, news))
    assert done == (at == 3)
    assert not (tmp_path / "new" / "putting-back.json").exists()


def test_a_backup_without_the_authoritys_key_is_refused_by_name(tmp_path: Path) -> None:
    with places.near(tmp_path / "hub") as place:
        (tmp_path / "hub" / certificates.AUTHORITY_KEY).unlink()
        with pytest.raises(certificates.BrokenAuthority):
            backup.backup(place.hub, tmp_path / "copy", KEY)
    assert not (tmp_path / "copy").exists()


def test_a_backup_with_a_spoilt_key_still_gives_back_the_records(tmp_path: Path) -> None:
    with places.near(tmp_path / "hub") as place:
        person(place.member("ann"), "Terry")
        (tmp_path / "hub" / certificates.AUTHORITY_KEY).write_bytes(b"\xff half a key")
        backup.backup(place.hub, tmp_path / "copy", KEY)
        place.hub.ledger.erase("person:nobody")
        put_back(place, tmp_path / "copy")
        assert place.hub.ledger.counts()["people"] == 1
