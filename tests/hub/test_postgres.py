"""What is PostgreSQL's alone: numbering side by side, the second wall, a database that dies."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlcipher3 import dbapi2

from linkworker.hub import house
from linkworker.hub.database import DatabaseAway, SqliteDatabase
from linkworker.hub.ledger import Ledger
from linkworker.hub.postgres import NotItsDatabase, PostgresDatabase, role_for, set_up
from linkworker.oplog.chain import START, checksum
from linkworker.oplog.replica import Cursor
from linkworker.oplog.wire import pulled_to_wire
from tests.hub.cluster import Cluster, cluster
from tests.hub.places import FarPlace, served
from tests.oplog.devices import Device

WRITERS, EACH = 6, 40
TERRY = "person:terry"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


@pytest.fixture
def owner(postgres: Cluster) -> str:
    return postgres.database()


@pytest.fixture
def app(owner: str) -> str:
    return set_up(owner, "a password of this test")


def some_of_the_team(dev: str, number: int) -> Device:
    device = Device(dev)
    for one in range(number):
        device.put("Worker", f"{dev}-{one}", name=f"{dev} {one}")
    return device


def test_with_six_writers_no_reader_ever_misses_a_row(app: str) -> None:
    devices = [some_of_the_team(f"dev{number}", EACH) for number in range(WRITERS)]
    faults: list[BaseException] = []
    writing = threading.Barrier(WRITERS + 1)

    def write(device: Device) -> None:
        database = PostgresDatabase(app)  # its own connections, as another process would have
        ledger = Ledger(database, lambda: 10**12)
        operations = device.unsent()
        writing.wait()
        try:
            for first in range(0, len(operations), 2):
                page = operations[first : first + 2]
                assert ledger.push(device.dev, device.worker, page).last_n == page[-1].n
        except BaseException as fault:
            faults.append(fault)
        finally:
            database.close()

    threads = [threading.Thread(target=write, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    writing.wait()
    reader = Ledger(PostgresDatabase(app), lambda: 10**12)
    at, seen = Cursor(), []
    while any(thread.is_alive() for thread in threads) or len(seen) < WRITERS * EACH:
        assert not faults
        alive = any(thread.is_alive() for thread in threads)
        for part in reader.pull(1, "reader", {"team": at}, (), 10**6).parts:
            seen += part.operations
            at = Cursor(at.seq + len(part.operations), part.checksum)
        if not alive and len(seen) < WRITERS * EACH:
            missed = WRITERS * EACH - len(seen)
            last = reader.pull(1, "reader", {"team": at}, (), 10**6)
            assert last.parts, f"{missed} rows were passed over"
    for thread in threads:
        thread.join()
    assert not faults
    assert [op.hub_seq for op in seen] == list(range(1, WRITERS * EACH + 1))
    assert {op.id for op in seen} == {op.id for device in devices for op in device.unsent()}
    assert at.checksum == checksum(START, seen)


def test_behind_the_filter_stands_a_wall_that_shows_a_worker_only_what_they_hold(
    app: str,
) -> None:
    now = 10**12
    ledger = Ledger(PostgresDatabase(app), lambda: now)
    ann = Device("ann1", "ann")
    ann.put("Person", "terry", called="Terry")
    ledger.push("ann1", "ann", ann.unsent())
    ledger.grant("ben", TERRY, "cover", until=now + 10)

    def seen(worker: str, at: int) -> tuple[int, int]:
        database = PostgresDatabase(app)
        with database.reading(worker, at) as tx:  # nothing is filtered here
            found = (
                tx.value("SELECT count(*) FROM hub_op", ()),
                tx.value("SELECT count(*) FROM hub_grant WHERE worker <> ?", (worker,)),
            )
        database.close()
        return found

    assert seen("ann", now) == (1, 0)
    assert seen("ben", now) == (1, 0)
    assert seen("ben", now + 10) == (0, 0)
    assert seen("joe", now) == (0, 0)
    with psycopg.connect(app, autocommit=True) as connection:  # nobody said who asks
        for table in ("hub_op", "hub_scope", "hub_grant"):
            assert connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (0,)


def test_the_hub_works_under_a_role_that_owns_nothing_and_cannot_unwrite_the_audit(
    app: str, owner: str
) -> None:
    with psycopg.connect(owner) as connection:
        owners = connection.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        assert owners == [("owner",)]
        (powers,) = connection.execute(
            "SELECT (rolsuper, rolbypassrls, rolcreaterole, rolcreatedb)::text FROM pg_roles "
            "WHERE rolname = %s",
            (role_for(owner.rpartition("/")[2]),),
        ).fetchone() or ("",)
        assert powers == "(f,f,f,f)"
    with psycopg.connect(app, autocommit=True) as connection:
        for harm in (
            "DELETE FROM hub_audit",
            "UPDATE hub_audit SET who = ''",
            "TRUNCATE hub_op",
            "ALTER TABLE hub_op DISABLE ROW LEVEL SECURITY",
            "DROP POLICY held ON hub_op",
            "DROP TABLE hub_grant",
            "CREATE TABLE mine (x int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(harm.encode())


def history(ledger: Ledger) -> None:
    """Some of everything: writes, a cover, late work, an erasure."""
    ann, ben = Device("ann1", "ann"), Device("ben1", "ben")
    for person in ("terry", "joan"):
        ann.put("Person", person, called=f"{person} \u2764 O\u2019Neill % ? \\")
        ann.put("Note", f"n-{person}", person_id=person, words="a\nb\t\u00e9" * 50)
    ledger.push("ann1", "ann", ann.unsent())
    ledger.grant("ben", TERRY, "cover")
    ben.take(op for part in ledger.pull(1, "ben", {}, (), 10**6).parts for op in part.operations)
    ben.set("person", "terry", called="Tel")
    ledger.push("ben1", "ben", ben.unsent())
    ledger.revoke("ben", TERRY)
    ben.set("person", "terry", called="Terence")
    ledger.push("ben1", "ben", [op for op in ben.unsent() if op.n == 2])
    (late,) = ledger.quarantined()
    ledger.route(late.dev, late.n)
    ledger.erase("person:joan")


def test_both_engines_answer_the_same_bytes_for_one_history(app: str) -> None:
    answers = []
    sqlite = SqliteDatabase(dbapi2.connect(":memory:", isolation_level=None))
    for database in (sqlite, PostgresDatabase(app)):
        ledger = Ledger(database, lambda: 10**12)
        history(ledger)
        answers.append(
            [
                json.dumps(
                    [
                        pulled_to_wire(ledger.pull(7, worker, {}, ("person:joan", TERRY), most)),
                        ledger.digest(worker),
                        ledger.counts(),
                    ]
                )
                for worker in ("ann", "ben", "joe")
                for most in (1, 10**6)
            ]
        )
    assert answers[0] == answers[1]
    assert "Terence" in answers[0][1]


def test_both_databases_have_the_same_tables(app: str, owner: str) -> None:
    sqlite: Any = dbapi2.connect(":memory:", isolation_level=None)
    SqliteDatabase(sqlite)
    here = {
        (table, column)
        for (table,) in sqlite.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for _, column, *_ in sqlite.execute(f"PRAGMA table_info({table})")
    }
    with psycopg.connect(owner) as connection:
        there = set(
            connection.execute(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
            ).fetchall()
        )
    assert here == there


def test_two_hub_processes_serve_one_database(tmp_path: Path, owner: str) -> None:
    folder = tmp_path / "hub"
    house.make(folder, name="A team", database_url=owner)
    with house.opened(folder) as hub, served(folder) as one, served(folder) as other:
        ann = FarPlace(hub, one.url).member("ann")
        ben = FarPlace(hub, other.url).member("ben")
        ann.device.put("Person", "terry", called="Terry")
        ann.sync()
        hub.ledger.grant(ben.worker, TERRY, "cover")
        ben.sync()
        for name, member in (("Tel", ben), ("Terence", ann)):
            member.device.set("person", "terry", called=name)
            member.sync()
            (ben if member is ann else ann).sync()
        assert ben.device.shown("person", "terry")["called"] == "Terence"
        assert ann.device.differing() == {} == ben.device.differing()


def test_a_database_that_dies_under_load_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    with cluster() as postgres:
        house.make(tmp_path / "hub", name="A team", database_url=postgres.database())
        device = some_of_the_team("dev1", 60)
        operations = device.unsent()
        acknowledged, deaths = 0, 0
        with house.opened(tmp_path / "hub") as hub:
            while acknowledged < len(operations):
                page = operations[acknowledged : acknowledged + 3]
                if acknowledged in (15, 33, 48) and deaths < (acknowledged // 15):
                    postgres.stop("immediate")
                    deaths += 1
                    with pytest.raises(DatabaseAway):
                        hub.ledger.push("dev1", device.worker, page)
                    postgres.start()
                acknowledged = hub.ledger.push("dev1", device.worker, page).last_n
            (part,) = hub.ledger.pull(1, "anybody", {}, (), 10**6).parts
        assert deaths == 3
        assert [op.id for op in part.operations] == [op.id for op in operations]


def test_two_teams_on_one_server_keep_out_of_each_others_records(
    tmp_path: Path, postgres: Cluster
) -> None:
    ours, theirs = postgres.database(), postgres.database()
    house.make(tmp_path / "ours", name="Ours", database_url=ours)
    house.make(tmp_path / "theirs", name="Theirs", database_url=theirs)
    for name in ("ours", "theirs"):  # the second hub took nothing from the first
        with house.opened(tmp_path / name) as hub:
            assert hub.name.lower() == name
    own = (tmp_path / "ours" / house.DATABASE).read_text().strip()
    astray = f"{own.rpartition('/')[0]}/{theirs.rpartition('/')[2]}"
    with pytest.raises(NotItsDatabase), house.opened(tmp_path / "ours", database_url=astray):
        pass
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(astray) as connection, refused:
        connection.execute("SELECT * FROM hub_meta")


@pytest.mark.parametrize("name", ['a team\'s: "100%"', "ü" * 31, "x" * 63])
def test_the_database_may_be_called_anything(tmp_path: Path, postgres: Cluster, name: str) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    house.make(tmp_path / "hub", name="A team", database_url=postgres.url(quote(name, safe="")))
    with house.opened(tmp_path / "hub") as hub:
        assert hub.name == "A team"
