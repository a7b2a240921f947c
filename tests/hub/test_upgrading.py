"""A hub of one release opened by another: nothing is lost, and nothing is done half."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2

from linkworker import cipher
from linkworker.hub import backup, house, keeping, migrations, postgres, upgrading
from linkworker.hub.backup import NoBackup
from linkworker.hub.keeping import Served
from linkworker.hub.postgres import NotItsDatabase, PostgresDatabase
from linkworker.hub.upgrading import OfANewerRelease, OfAnOlderRelease
from tests.hub.cluster import Cluster, cluster

KEY = secrets.token_bytes(32)
FORM, LATER_FORM = upgrading.FORM, upgrading.FORM + 1

LATER = """'''A later form.'''
from alembic import op
revision = "0003"
down_revision = "0002"

def upgrade():
    op.execute("ALTER TABLE hub_scope ADD COLUMN later TEXT NOT NULL DEFAULT 'new'")
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def owner(running: Cluster) -> str:
    return running.database()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    house.make(tmp_path / "hub", name="A team")
    with house.opened(tmp_path / "hub") as hub:
        hub.invite("Ann", "lead", "hub init")
    return tmp_path / "hub"


def a_later_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From here on the programs are of a release whose tables have one more column."""
    monkeypatch.setattr(upgrading, "FORM", LATER_FORM)
    added = "ALTER TABLE hub_scope ADD COLUMN later TEXT NOT NULL DEFAULT 'new'"
    monkeypatch.setattr(upgrading, "STEPS", {**upgrading.STEPS, LATER_FORM: [added]})
    made = [*upgrading.tables_sql(), added]
    monkeypatch.setattr(upgrading, "tables_sql", lambda: made)
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, scripts)
    (scripts / "versions" / "third.py").write_text(LATER)
    monkeypatch.setattr(postgres, "MIGRATIONS", str(scripts))


def form(folder: Path) -> int:
    connection = cipher.connect(folder / house.RECORDS, house.read_key(folder / house.KEY))
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def team(folder: Path) -> list[str]:
    with house.opened(folder) as hub, hub.database.reading() as tx:
        tx.rows("SELECT later FROM hub_scope", ())
        return [name for (name,) in tx.rows("SELECT name FROM hub_worker", ())]


def test_both_databases_count_their_forms_alike() -> None:
    config = Config()
    config.set_main_option("script_location", postgres.MIGRATIONS)
    revisions = [int(one.revision) for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert sorted(revisions) == [1, *upgrading.STEPS]
    assert max(revisions) == upgrading.FORM


def test_a_later_release_brings_an_sqlite_hub_on_by_opening_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert form(folder) == FORM
    a_later_release(monkeypatch, tmp_path)
    assert team(folder) == ["Ann"]
    assert form(folder) == LATER_FORM


def test_a_hub_of_the_first_release_is_brought_on_with_its_team(folder: Path) -> None:
    key = house.read_key(folder / house.KEY)
    connection = cipher.connect(folder / house.RECORDS, key)
    new = cipher.connect(folder / "new", key, create=True)
    try:
        for statement in (
            "DROP TABLE hub_introduction",
            "DROP TABLE hub_partner",
            "ALTER TABLE hub_laptop DROP COLUMN seals_to",
            "PRAGMA user_version = 1",
        ):
            connection.execute(statement)
        upgrading.bring_on(connection)
        upgrading.bring_on(new)
        for table in backup.TABLES:
            asked = f"PRAGMA table_info({table})"
            assert connection.execute(asked).fetchall() == new.execute(asked).fetchall()
    finally:
        connection.close()
        new.close()
    assert form(folder) == FORM
    with house.opened(folder) as hub:
        assert [one.name for one in hub.members.everybody()] == ["Ann"]


def test_not_under_a_hub_that_still_serves(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping.serving(folder):
        a_later_release(monkeypatch, tmp_path)
        with pytest.raises(Served, match="brought"), house.opened(folder):
            pass
    assert form(folder) == FORM
    assert team(folder) == ["Ann"]


def test_a_step_that_breaks_off_leaves_the_hub_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_later_release(monkeypatch, tmp_path)
    whole = dict(upgrading.STEPS)
    monkeypatch.setattr(
        upgrading, "STEPS", {**whole, LATER_FORM: [*whole[LATER_FORM], "this is no SQL"]}
    )
    with pytest.raises(dbapi2.OperationalError, match="syntax"), house.opened(folder):
        pass
    assert form(folder) == FORM
    monkeypatch.setattr(upgrading, "STEPS", whole)
    assert team(folder) == ["Ann"]


def test_an_older_release_leaves_a_hub_of_a_newer_one_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        a_later_release(later, tmp_path)
        assert team(folder) == ["Ann"]
    with pytest.raises(OfANewerRelease), house.opened(folder):
        pass
    assert form(folder) == LATER_FORM


def test_a_backup_is_put_back_in_a_later_release_and_not_in_an_older_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = tmp_path / "older", tmp_path / "newer"
    with house.opened(folder) as hub:
        backup.backup(hub, older, KEY)
    as_it_was = older.read_bytes()
    with monkeypatch.context() as later:
        a_later_release(later, tmp_path)
        house.make(tmp_path / "new", name="")
        with house.opened(tmp_path / "new") as hub:
            backup.restore(hub, older, KEY, "a life")
            backup.backup(hub, newer, KEY)
            assert not (tmp_path / "new" / backup.BEING_READ).exists()
        assert team(tmp_path / "new") == ["Ann"]
    assert older.read_bytes() == as_it_was
    with house.opened(folder) as hub:
        with pytest.raises(OfANewerRelease):
            backup.restore(hub, newer, KEY, "another")
        assert backup.restore(hub, older, KEY, "a third") == 0


def test_a_file_without_the_tables_of_a_hub_is_no_backup(folder: Path, tmp_path: Path) -> None:
    other = cipher.connect(tmp_path / "other", KEY, create=True)
    other.execute("CREATE TABLE backup_file (name TEXT, content BLOB)")
    other.execute(f"PRAGMA user_version = {upgrading.FORM}")
    other.close()
    with house.opened(folder) as hub, pytest.raises(NoBackup):
        backup.restore(hub, tmp_path / "other", KEY, "a life")


def test_on_postgresql_the_owner_brings_the_tables_on(
    tmp_path: Path, owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "hub"
    house.make(folder, name="A team", database_url=owner)
    with house.opened(folder) as hub:
        hub.invite("Ann", "lead", "hub init")
    with monkeypatch.context() as later:
        a_later_release(later, tmp_path)
        with pytest.raises(OfAnOlderRelease), house.opened(folder):
            pass
        with pytest.raises(OfAnOlderRelease):
            house.upgrade(folder)
        serving = PostgresDatabase((folder / house.DATABASE).read_text().strip())
        serving.serves()
        with pytest.raises(Served, match="brought"):
            house.upgrade(folder, owner)
        serving.close()
        house.upgrade(folder, owner)
        assert team(folder) == ["Ann"]
        house.upgrade(folder, owner)
    with pytest.raises(OfANewerRelease), house.opened(folder):
        pass


def test_another_teams_database_is_not_brought_on(
    tmp_path: Path, running: Cluster, owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = running.database()
    house.make(tmp_path / "hub", name="A team", database_url=owner)
    house.make(tmp_path / "other", name="Another", database_url=other)
    a_later_release(monkeypatch, tmp_path)
    for wrong in (other, running.database()):
        with pytest.raises(NotItsDatabase):
            house.upgrade(tmp_path / "hub", wrong)
    with psycopg.connect(other) as there:
        assert there.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)


def test_a_database_without_tables_is_no_hubs(tmp_path: Path, running: Cluster, owner: str) -> None:
    house.make(tmp_path / "hub", name="A team", database_url=owner)
    with (
        pytest.raises(NotItsDatabase),
        house.opened(tmp_path / "hub", database_url=running.database()),
    ):
        pass
