"""A failing disk: what can still be read is saved, and what was lost is known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from linkworker import cipher, folders
from linkworker.salvage import Salvaged, salvage

KEY = bytes(range(32))
NOTES = 12_000
ALL = NOTES + 3000 + 2000 + 3000
PAGE = 4096
MAPPED = 12
"""Pages at the front that hold the list of tables and their roots."""

ODD = """CREATE TABLE "odd ""name"(n INTEGER PRIMARY KEY, words TEXT,
    size INTEGER GENERATED ALWAYS AS (length(words)))"""
TRIGGER = """CREATE TRIGGER note_in AFTER INSERT ON note BEGIN
    INSERT INTO note_fts(rowid, words) VALUES (NEW.rowid, NEW.words); END"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store's bytes: notes with an index, ops without one, drafts without row ids, search."""
    path = tmp_path_factory.mktemp("whole") / "records.db"
    c = cipher.connect(path, KEY, create=True)
    c.execute("PRAGMA user_version=3")
    for sql in (
        "CREATE TABLE note(id TEXT PRIMARY KEY, words TEXT NOT NULL)",
        ODD,
        "CREATE TABLE draft(a TEXT, b INTEGER, words TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID",
        "CREATE TABLE op(dev, n, body, stamp, PRIMARY KEY(dev, n)) WITHOUT ROWID",
        "CREATE INDEX op_body ON op(body)",
        "CREATE INDEX note_words ON note(words)",
        "CREATE VIRTUAL TABLE note_fts USING fts5(words, content='note', content_rowid='rowid')",
        "INSERT INTO note_fts(note_fts, rank) VALUES('secure-delete', 1)",
        TRIGGER,
    ):
        c.execute(sql)
    c.execute("BEGIN IMMEDIATE")
    c.executemany(
        "INSERT INTO note VALUES (?, ?)",
        [(f"{i:08x}", f"note {i} lane and back " + "x" * (i % 90)) for i in range(NOTES)],
    )
    c.executemany(
        'INSERT INTO "odd ""name"(n, words) VALUES (?, ?)',
        [(i * 1_000_003, f"op {i} " + "y" * (i % 60)) for i in range(3000)],
    )
    c.executemany(
        "INSERT INTO draft VALUES (?, ?, ?)",
        [(f"d{i // 10}", i, "half a sentence " * 4) for i in range(2000)],
    )
    c.executemany(
        "INSERT INTO op VALUES (?, ?, ?, 0)",
        [(f"laptop {i // 1500}", i, f"body {i} " + "z" * (i % 50)) for i in range(3000)],
    )
    c.execute("COMMIT")
    cipher.checkpoint(c)
    c.close()
    return path.read_bytes()


def with_damage(folder: Path, whole: bytes, pages: list[int]) -> Path:
    path = folder / "records.db"
    data = bytearray(whole)
    for page in pages:
        for place in range(100, 140):
            data[(page - 1) * PAGE + place] ^= 0xFF
    path.write_bytes(data)
    return path


def saved_of(found: Salvaged, name: str) -> tuple[int, int | None]:
    table = next(table for table in found.tables if table.name == name)
    return table.saved, table.lost


def test_a_whole_store_is_saved_whole(tmp_path: Path, whole: bytes) -> None:
    path = with_damage(tmp_path, whole, [])
    found = salvage(path, KEY, tmp_path / "saved.db")
    assert found.whole
    assert {t.name: t.saved for t in found.tables} == {
        "note": NOTES,
        'odd "name': 3000,
        "draft": 2000,
        "op": 3000,
    }
    c = cipher.connect(tmp_path / "saved.db", KEY)
    old = cipher.connect(path, KEY)
    everything = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    assert c.execute(everything).fetchall() == old.execute(everything).fetchall()
    assert c.execute("PRAGMA user_version").fetchone()[0] == 3
    hits = c.execute("SELECT count(*) FROM note_fts WHERE note_fts MATCH 'lane'").fetchone()[0]
    assert hits == NOTES
    assert c.execute("SELECT v FROM note_fts_config WHERE k='secure-delete'").fetchone()[0] == 1
    assert c.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    c.close()
    old.close()


def test_trap_8_damaged_pages_cost_their_own_rows_and_no_others(
    tmp_path: Path, whole: bytes
) -> None:
    total = len(whole) // PAGE
    lost_anywhere = 0
    for page in range(total // 10, total, total // 9):
        folder = tmp_path / str(page)
        folder.mkdir()
        path = with_damage(folder, whole, [page])
        before = path.read_bytes()
        found = salvage(path, KEY, folder / "saved.db")
        assert path.read_bytes() == before, "the damaged file itself is never touched"
        assert {p.name for p in folder.iterdir()} == {"records.db", "saved.db"}
        missing = ALL - found.saved
        assert missing <= 120, page  # a leaf's rows at most
        lost_anywhere += missing
        told = [t.lost for t in found.tables]
        assert all(lost is None or lost >= 0 for lost in told)
        if None not in told:
            assert sum(lost for lost in told if lost is not None) <= missing
        c = cipher.connect(folder / "saved.db", KEY)
        assert c.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        c.close()
    assert lost_anywhere > 0, "at least one of these pages must have held rows"


def leaves(
    whole: bytes, folder: Path, table: str, most: int = 15, column: str = "words"
) -> list[int]:
    """The pages that hold rows of `table`: those whose damage loses rows of it (the first few)."""
    folder.mkdir()

    def hurt_by(pages: range) -> Iterator[int]:
        c = cipher.open_encrypted(with_damage(folder, whole, list(pages)), KEY)
        try:
            c.execute(f"SELECT sum(length({column})) FROM {table} NOT INDEXED").fetchone()
            return
        except cipher.dbapi2.DatabaseError:
            pass
        finally:
            c.close()
        half = len(pages) // 2
        if half:
            yield from hurt_by(pages[:half])
            yield from hurt_by(pages[half:])
        else:
            yield pages[0]

    return list(islice(hurt_by(range(MAPPED, len(whole) // PAGE)), most))


def test_many_damaged_pages_are_each_gone_round(tmp_path: Path, whole: bytes) -> None:
    pages = leaves(whole, tmp_path / "look", "note", 30)[5::7]
    assert len(pages) >= 3
    folder = tmp_path / "many"
    folder.mkdir()
    path = with_damage(folder, whole, pages)
    found = salvage(path, KEY, folder / "saved.db")
    saved, lost = saved_of(found, "note")
    assert lost is not None
    assert saved + lost == NOTES
    assert 0 < lost <= 100 * len(pages)
    c = cipher.connect(folder / "saved.db", KEY)
    words = dict(c.execute("SELECT id, words FROM note").fetchall())
    c.close()
    assert all(f"note {int(key, 16)} " in value for key, value in words.items())


def test_without_any_index_a_gap_is_found_by_feeling(tmp_path: Path, whole: bytes) -> None:
    pages = leaves(whole, tmp_path / "look", '"odd ""name"')[2:9:3]
    folder = tmp_path / "many"
    folder.mkdir()
    found = salvage(with_damage(folder, whole, pages), KEY, folder / "saved.db")
    saved, lost = saved_of(found, 'odd "name')
    assert lost is None, "nothing is left that says how many there were"
    assert 3000 - 100 * len(pages) <= saved < 3000
    assert saved_of(found, "note") == (NOTES, 0)


def test_a_table_without_row_ids_is_read_from_both_ends(tmp_path: Path, whole: bytes) -> None:
    pages = leaves(whole, tmp_path / "look", "draft")[2:3]
    folder = tmp_path / "many"
    folder.mkdir()
    found = salvage(with_damage(folder, whole, pages), KEY, folder / "saved.db")
    saved, _ = saved_of(found, "draft")
    assert 1900 < saved < 2000


def test_without_row_ids_an_index_helps_round_every_gap(tmp_path: Path, whole: bytes) -> None:
    pages = leaves(whole, tmp_path / "look", "op", 12, "body || stamp")[2:12:4]
    assert len(pages) == 3
    folder = tmp_path / "many"
    folder.mkdir()
    found = salvage(with_damage(folder, whole, pages), KEY, folder / "saved.db")
    saved, lost = saved_of(found, "op")
    assert lost is not None
    assert saved + lost == 3000
    assert 0 < lost <= 100 * len(pages)


def test_what_was_still_in_the_log_is_saved_too(tmp_path: Path, whole: bytes) -> None:
    path = with_damage(tmp_path, whole, [])
    c = cipher.connect(path, KEY)
    c.execute("INSERT INTO note VALUES ('late', 'still in the log')")
    found = salvage(path, KEY, tmp_path / "saved.db", bytes(32))
    c.close()
    assert not found.left_out
    assert saved_of(found, "note") == (NOTES + 1, 0)
    saved = cipher.connect(tmp_path / "saved.db", bytes(32))
    assert saved.execute("SELECT words FROM note WHERE id='late'").fetchone()[0] == (
        "still in the log"
    )
    saved.close()


def test_the_log_of_other_records_is_left_out_and_that_is_said(
    tmp_path: Path, whole: bytes
) -> None:
    other = cipher.connect(tmp_path / "other.db", bytes(32), create=True)
    other.execute("CREATE TABLE note(id TEXT PRIMARY KEY, words TEXT NOT NULL)")
    path = with_damage(tmp_path, whole, [])
    log = tmp_path / "records.db-wal"
    log.write_bytes((tmp_path / "other.db-wal").read_bytes())
    other.close()
    found = salvage(path, KEY, tmp_path / "saved.db")
    assert found.left_out
    assert found.whole
    assert found.saved == ALL
    assert log.exists(), "what lies beside the records is never touched"


def test_a_damaged_first_page_leaves_only_the_backup(tmp_path: Path, whole: bytes) -> None:
    path = with_damage(tmp_path, whole, [1])
    with pytest.raises(cipher.CannotRead, match="backup"):
        salvage(path, KEY, tmp_path / "saved.db")
    assert [p.name for p in tmp_path.iterdir()] == ["records.db"]


def test_a_damaged_list_of_tables_leaves_only_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    c = cipher.connect(path, KEY, create=True)
    for number in range(300):
        c.execute(f"CREATE TABLE a_table_with_a_long_name_{number}(words TEXT NOT NULL)")
    c.close()
    with_damage(tmp_path, path.read_bytes(), list(range(2, 40)))
    with pytest.raises(cipher.CannotRead):
        salvage(path, KEY, tmp_path / "saved.db")
    assert [p.name for p in tmp_path.iterdir()] == ["records.db"]


def test_salvage_never_writes_over_a_file(tmp_path: Path, whole: bytes) -> None:
    path = with_damage(tmp_path, whole, [])
    (tmp_path / "saved.db").write_bytes(b"mine")
    with pytest.raises(folders.AlreadyThere):
        salvage(path, KEY, tmp_path / "saved.db")
    assert (tmp_path / "saved.db").read_bytes() == b"mine"


@pytest.mark.parametrize("left", [0.5, 0.9, 0.999])
def test_a_file_that_lost_its_end_gives_what_is_left_of_it(
    tmp_path: Path, whole: bytes, left: float
) -> None:
    path = tmp_path / "records.db"
    path.write_bytes(whole[: int(len(whole) * left) // PAGE * PAGE])
    found = salvage(path, KEY, tmp_path / "saved.db")
    assert 0 < found.saved <= ALL
    assert not found.whole
    saved = cipher.open_encrypted(tmp_path / "saved.db", KEY)
    assert saved.execute("SELECT count(*) FROM note").fetchone()[0] > NOTES * left * 0.2
    saved.close()


@pytest.mark.parametrize("indexed", [range(0, 4000, 2), range(0)], ids=["some", "none"])
@pytest.mark.parametrize(
    "kind", ["id INTEGER PRIMARY KEY, words TEXT", "id, words, PRIMARY KEY(id)"]
)
def test_rows_that_an_index_lacks_are_saved_wherever_they_stand_and_the_loss_is_not_known(
    tmp_path: Path, indexed: range, kind: str
) -> None:
    path = tmp_path / "records.db"
    without = "" if "INTEGER" in kind else " WITHOUT ROWID"
    c = cipher.connect(path, KEY, create=True)
    c.execute(f"CREATE TABLE note ({kind}){without}")
    c.execute("CREATE INDEX note_words ON note (words)")
    c.executemany("INSERT INTO note VALUES (?, 'early')", [(n,) for n in indexed])
    index = c.execute("SELECT * FROM sqlite_schema WHERE name = 'note_words'").fetchone()
    c.execute("PRAGMA writable_schema=ON")
    c.execute("DELETE FROM sqlite_schema WHERE name = 'note_words'")
    c.close()
    late = range(-301, 4301, 2)
    c = cipher.connect(path, KEY)
    c.executemany("INSERT INTO note VALUES (?, 'late')", [(n,) for n in late])
    c.execute("PRAGMA writable_schema=ON")
    c.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", index)
    c.close()
    found = salvage(path, KEY, tmp_path / "saved.db")
    rows = len(indexed) + len(late)
    assert [(one.name, one.saved, one.lost) for one in found.tables] == [("note", rows, None)]
    assert not found.whole
