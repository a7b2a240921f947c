"""A hub's folder: its key, its certificates and, unless it is on PostgreSQL, its encrypted file.

`make` sets one up, `opened` opens it. The key of the file may lie elsewhere than the file; whoever
has both can read what the team wrote.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from linkworker import cipher, folders
from linkworker.clock import Clock, Ids, milliseconds, system_clock, uuid7_ids
from linkworker.hub import certificates, keeping, leading, organisations, putting_back, upgrading
from linkworker.hub.audit import Audit
from linkworker.hub.certificates import BrokenAuthority, Certificates
from linkworker.hub.database import Database, SqliteDatabase
from linkworker.hub.erased import ERASED, ErasedList
from linkworker.hub.finding import Caller, find
from linkworker.hub.giving import SEAL, SEAL_BYTES
from linkworker.hub.introductions import Introductions, folder_of
from linkworker.hub.ledger import Ledger
from linkworker.hub.members import Laptop, Members
from linkworker.hub.naming import checked_name
from linkworker.hub.own_writes import OwnWrites
from linkworker.hub.roles import FOR_OTHERS, NotForOthers, Right, may
from linkworker.hub.same_people import SamePeople
from linkworker.oplog.handing_back import Answer, Offer
from linkworker.oplog.operations import Forked, Operation
from linkworker.oplog.replica import Taken
from linkworker.oplog.wire import Pulled, Question
from linkworker.refusal import Refused
from linkworker.rules.invite import Invite
from linkworker.scopes import KEPT_APART, RECORD, part

RECORDS = "hub.db"
KEY = "hub.key"
BEGUN = "hub.begun"
"""Stands there while a hub is made whose key lies elsewhere, with the key's hash: cut off, that key
is known again for this hub's own."""
DATABASE = "database.url"
"""Holds where the hub's PostgreSQL database is, with the role that the hub works under."""


class NoHub(Refused):
    """There is no hub in the folder."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "There is no hub in this folder.",
            "Check --data, or make one with 'linkworker hub init'.",
        )


class NoHubKey(Refused):
    """The key of the hub's file is not where it should be."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not opened.",
            "The file with its key is missing, or holds no key.",
            "Name it with --key-file. Without it nobody can open the hub's records.",
        )


class NotItsKey(Refused):
    """The records do not open with the key: it is another's, or they are damaged."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not opened.",
            f"Its records ({RECORDS}) do not open with that key: it is another hub's, or the file "
            "is damaged.",
            "Look for the right key, and name it with --key-file. If it is the right one, make a "
            "new folder with 'linkworker hub init' and put the latest backup back in it.",
        )


class RecordsDamaged(Refused):
    """The file of the hub's records is missing, cut short, or does not read in the middle."""

    def __init__(self) -> None:
        super().__init__(
            "The hub's records could not be read.",
            f"Their file ({RECORDS}) is missing or damaged; the disk may be failing.",
            "Keep the folder. Make a new one with 'linkworker hub init', and put the latest backup "
            "back in it with 'linkworker hub restore': laptops send again what that has not.",
        )


class HubIsThere(folders.AlreadyThere):
    """There is a hub in the folder already, with a team."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            "Nothing was made.",
            "There is a hub in this folder already.",
            "'linkworker hub serve' starts it, 'linkworker hub invite NAME --role lead' invites a "
            "lead.",
        )


@dataclass(frozen=True)
class Hub:
    """An open hub."""

    name: str
    url: str
    """Where laptops find it, "" if that was not said."""
    ledger: Ledger
    members: Members
    certificates: Certificates
    database: Database
    audit: Audit
    erased: ErasedList
    same_people: SamePeople
    itself: OwnWrites
    """What the hub writes into the records."""
    introductions: Introductions
    folder: Path
    now_ms: Callable[[], int]
    now: Clock

    def push(self, laptop: Laptop, operations: Sequence[Operation]) -> Taken:
        """Take in what a laptop sends. Raises `Forked` for a device id that is another laptop's."""
        dev = operations[0].dev
        if not self.members.owns(laptop, dev):
            raise Forked(dev, 1)
        return self.ledger.push(dev, laptop.worker, operations)

    def pull(self, laptop: Laptop, question: Question, most_bytes: int) -> Pulled:
        """Give out what is new to a laptop; that it was read stands in the audit before."""
        pulled = self.ledger.pull(
            question.ask, laptop.worker, question.cursors, question.known, most_bytes
        )
        self.audit.was_read(laptop.worker, laptop.id, pulled.parts)
        return pulled

    def after_push(self) -> None:
        """Notice who may be the same person; where it fails, the next push or a lead's look does.

        For when the laptop was answered: what it sent is taken whatever comes of this.
        """
        with suppress(Refused, dbapi2.Error):
            self.same_people.noticing.go_on()

    def hand_back(self, laptop: Laptop, offer: Offer) -> Answer:
        """Take back from a laptop what the hub once gave out and forgot."""
        answer = self.ledger.hand_back(laptop.worker, laptop.id, offer)
        if not answer.believed:
            self.audit.was_refused(laptop.worker, "handing back what the hub never gave")
        return answer

    def find(self, laptop: Laptop, said: Caller) -> str:
        """Return the id of whom a caller means, for a duty worker; "" where that is not one."""
        if may(laptop.role, Right.OPEN):
            self.same_people.noticing.catch_up_with_all()  # what was sent just now counts too
        own = self.members.organisation_of(laptop.worker)
        return find(
            self.database,
            laptop.worker,
            laptop.role,
            said,
            lambda person: leading.may_be_opened(self.ledger, own, person),
            self.now_ms(),
        )

    def open_for_a_day(self, laptop: Laptop, person: str, reason: str) -> int:
        """Let a duty worker hold one person for a day; return its end (ms)."""
        return leading.open_for_a_day(
            self.ledger, self.members, laptop, person, reason, self.now_ms()
        )

    def erase(self, person: str, by: str, reason: str) -> int:
        """Erase a person for good, here and at the next sync of each laptop; return of how much.

        It stands on the list before anything is erased: an end half-way is made whole when the hub
        opens again. Raises `NobodyHeld`.
        """
        scopes = self.ledger.scopes_of(person)
        if not scopes:
            raise leading.NobodyHeld
        with self.database.reading() as tx:
            kept = (RECORD, KEPT_APART, *organisations.names(tx))
        scopes |= {part(person, one) for one in kept}
        self.members.note(by, "decided to erase", person, reason)
        self.erased.add(scopes)
        self.introductions.forget(person)
        self.ledger.erase_again(scopes)
        return len(scopes)

    def was_restored(self, ids: Ids) -> None:
        """Begin a new life: the records were put back from an older backup.

        Every laptop then sends again what the hub forgot of it, and reads all scopes again.
        """
        self.ledger.begin_life(ids())
        self.members.note("hub restored", "began a new life", "the hub")

    def invite(self, name: str, role: str, by: str, organisation: str = "") -> str:
        """Return an invite code for a worker, who is made a member of the team by it.

        `organisation` is what another organisation is called, where they belong to one.
        """
        id_ = ""
        if organisation:
            if role not in FOR_OTHERS:
                raise NotForOthers
            with self.database.writing() as tx:
                id_ = organisations.added(self.itself, tx, organisation, by)
        secret = self.members.invite(name, role, by, id_)
        return Invite(self.certificates.fingerprint, secret, self.url).code


def make(
    folder: Path,
    *,
    name: str,
    url: str = "",
    database_url: str = "",
    key_file: Path | None = None,
    clock: Clock = system_clock,
    ids: Ids | None = None,
) -> None:
    """Make a hub in `folder`. Raises `HubIsThere` where there is one.

    With `database_url`, the address of a PostgreSQL database with its owner's role, its records
    are there, and the address by which the hub reaches them lies in the folder. One that was cut
    off before the first invite is gone on with; of records in which there is a team already the
    authority is missing: raises `BrokenAuthority`.
    """
    name = checked_name(name) if name else ""
    folders.make_private_folder(folder)
    ids = ids or uuid7_ids(clock)
    whole = (folder / certificates.AUTHORITY).exists()
    if database_url and not whole:
        from linkworker.hub.postgres import set_up

        reached = set_up(database_url, secrets.token_urlsafe(24))
        folders.write_whole(folder / DATABASE, reached.encode() + b"\n")
    elif not whole:
        _make_records(folder, key_file)
    with _database(folder, key_file, "") as database, database.writing() as tx:
        if tx.value("SELECT 1 FROM hub_worker LIMIT 1", ()):
            raise HubIsThere if whole else BrokenAuthority(certificates.AUTHORITY)
        seal = secrets.token_hex(SEAL_BYTES)
        for what, value in (("name", name), ("url", url), ("epoch", ids()), (SEAL, seal)):
            tx.execute(
                "INSERT INTO hub_meta (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (what, value),
            )
    if not whole:
        certificates.make_authority(folder, clock())  # last: a hub without it is not a hub


def _make_records(folder: Path, key_file: Path | None) -> None:
    """Make the key and the encrypted file, as far as they are not there already.

    Raises `AlreadyThere` for a key elsewhere that was made before: it may be another hub's.
    """
    records, path, begun = folder / RECORDS, key_file or folder / KEY, folder / BEGUN
    if records.exists() and records.stat().st_size == 0:
        cipher.remove_database(records)  # cut off as it was made: nothing was ever in it
    if not records.exists():
        if not path.exists():
            key = secrets.token_bytes(cipher.KEY_BYTES)
            if key_file is not None:
                folders.write_whole(begun, _hash(key))
            folders.write_whole(path, key.hex().encode() + b"\n")
        elif key_file is not None and not _was_begun_with(begun, path):
            raise folders.AlreadyThere
        cipher.connect(records, read_key(path), create=True).close()
    begun.unlink(missing_ok=True)


def _hash(key: bytes) -> bytes:
    """Return what tells a key again and does not tell the key."""
    return hashlib.sha256(key).hexdigest().encode()


def _was_begun_with(begun: Path, path: Path) -> bool:
    """Say whether the key in a file was made for the hub in whose folder `begun` stands."""
    try:
        return begun.read_bytes() == _hash(read_key(path))
    except (FileNotFoundError, NoHubKey):
        return False


@contextmanager
def opened(
    folder: Path,
    *,
    key_file: Path | None = None,
    database_url: str = "",
    clock: Clock = system_clock,
    ids: Ids | None = None,
) -> Iterator[Hub]:
    """Lend the hub in `folder`, open. Raises `NoHub`, `NoHubKey`, and what opening raises.

    `database_url` is where its PostgreSQL database is, if not where it was made.
    """
    if not (folder / certificates.AUTHORITY).exists():
        raise NoHub
    with _database(folder, key_file, database_url) as database:
        with database.reading() as tx:
            life = tx.value("SELECT value FROM hub_meta WHERE name = 'epoch'", ())
        putting_back.finish(folder, str(life or ""))
        hub = hub_on(database, folder, clock, ids or uuid7_ids(clock))
        hub.ledger.erase_again(hub.erased.scopes())
        try:
            yield hub
        finally:
            hub.audit.write_refusals()


@contextmanager
def _database(folder: Path, key_file: Path | None, database_url: str) -> Iterator[Database]:
    """Lend the hub's database: on PostgreSQL where an address says so, else its own file."""
    remembered = folder / DATABASE
    if database_url or remembered.exists():
        from linkworker.hub.postgres import PostgresDatabase

        far = PostgresDatabase(database_url or remembered.read_text(encoding="ascii").strip())
        try:
            upgrading.check_revision(far.revision())
            yield far
        finally:
            far.close()
        return
    key = read_key(key_file or folder / KEY)
    try:
        connection = cipher.connect(folder / RECORDS, key)
    except cipher.CannotRead:
        raise NotItsKey from None
    except (cipher.NoDatabase, cipher.Damaged):
        raise RecordsDamaged from None
    try:
        if 0 < upgrading.form_of(connection) < upgrading.FORM:
            with keeping.alone(folder, keeping.NOT_BROUGHT_ON):
                upgrading.bring_on(connection)
        try:
            yield SqliteDatabase(connection)
        finally:
            cipher.checkpoint(connection)
    except (dbapi2.DatabaseError, cipher.Damaged) as error:
        if isinstance(cipher.plain_error(error), cipher.Damaged):
            raise RecordsDamaged from None
        raise
    finally:
        connection.close()


def upgrade(folder: Path, owner_url: str = "") -> None:
    """Bring the tables of the hub in `folder` to this release.

    On PostgreSQL `owner_url` is the database's address with the role that owns its tables. On
    SQLite opening does it already. Raises `NoHub`, `Served`, `upgrading.OfANewerRelease`,
    `NotItsDatabase` and `DatabaseAway`.
    """
    if not (folder / certificates.AUTHORITY).exists():
        raise NoHub
    remembered = folder / DATABASE
    if remembered.exists():
        from linkworker.hub.postgres import bring_on

        bring_on(remembered.read_text(encoding="ascii").strip(), owner_url)


def private_files(folder: Path, key_file: Path | None = None) -> list[Path]:
    """Return the files of a hub that are for its own user alone, whether they are there or not."""
    names = (RECORDS, DATABASE, certificates.AUTHORITY_KEY, certificates.SERVER, putting_back.READY)
    return [key_file or folder / KEY, *(folder / name for name in names)]


def hub_on(database: Database, folder: Path, clock: Clock, ids: Ids) -> Hub:
    """Return the hub whose certificates lie in `folder` and whose records are in `database`."""

    def now_ms() -> int:
        return milliseconds(clock())

    with database.reading() as tx:
        said = dict(tx.rows("SELECT name, value FROM hub_meta", ()))
    ledger = Ledger(database, now_ms)
    return Hub(
        said.get("name", ""),
        said.get("url", ""),
        ledger,
        Members(database, now_ms, ids, secrets.token_bytes),
        certificates.certificates(folder, clock()),
        database,
        Audit(database, now_ms),
        ErasedList(folder / ERASED),
        SamePeople(database, ledger, now_ms, ids),
        OwnWrites(ledger, now_ms, ids),
        Introductions(database, folder_of(said), now_ms, ids, secrets.token_bytes),
        folder,
        now_ms,
        clock,
    )


def read_key(path: Path) -> bytes:
    """Return the key in a file. Raises `NoHubKey`."""
    try:
        key = bytes.fromhex(folders.read_file(path, 2 * cipher.KEY_BYTES).decode("ascii"))
    except (OSError, ValueError):
        raise NoHubKey from None
    if len(key) != cipher.KEY_BYTES:
        raise NoHubKey
    return key


def backup_key(path: Path) -> bytes:
    """Return the key in a file, which is made where there is none: a hub on PostgreSQL has none."""
    if not path.exists():
        folders.write_whole(path, secrets.token_bytes(cipher.KEY_BYTES).hex().encode() + b"\n")
    return read_key(path)
