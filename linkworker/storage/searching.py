"""Search: an index that follows the rows by triggers, and the reading of it as somebody types.

While typing, the newest comes first: `search_doc.id` encodes when a thing happened, so the index
itself is in that order and the first twenty hits need no sorting. Ranked search is for Enter.
What is kept apart has no searched column and so never gets here. The words stand in their rows
alone: the index reads them there (`search_said`), and is told the old ones when they change or go.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkworker.text import clean, folded, snippet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linkworker.schema.describing import TableShape
    from linkworker.storage.transaction import ReadTx

PER_SECOND = 1 << 20
"""Ids for things that happened in the same second; the rest of the id is the second itself."""

SNIPPET_WIDTH = 90
"""Characters of a hit's surroundings that are shown."""


@dataclass(frozen=True)
class Hit:
    """Something found: the row, whose it is, when it happened, and the words around it."""

    table: str
    id: str
    person_id: str
    when: int
    """Seconds since 1970 (UTC) when it happened."""
    snippet: str


def search_sql(tables: Iterable[TableShape]) -> list[str]:
    """Return the views and the triggers that keep the index true, for what has a searched column.

    As with capture, what is the same for all tables stands once, behind a view.
    """
    searched = [table for table in tables if table.searched]
    statements = [_said(searched), _ROW, _SEARCHED, _OLD_ROW, _SEARCHED_NO_MORE]
    for table in searched:
        statements += _triggers(table)
    return statements


def _said(tables: Iterable[TableShape]) -> str:
    """Return the view in which the index reads what a row says."""
    words = "\n".join(
        f"WHEN '{table.name}' THEN (SELECT {_words(table)} FROM {table.name} WHERE id = d.pk)"
        for table in tables
    )
    return f"""CREATE VIEW search_said (id, tbl, pk, person_id, words) AS
SELECT d.id, d.tbl, d.pk, d.person_id, CASE d.tbl
{words} END
FROM search_doc d"""


_ROW = """CREATE VIEW search_row (tbl, pk, person_id, hidden_at, happened, words) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL WHERE 0"""
"""What a table hands over for each row whose words are searched, one searched column a line."""

_SECOND = f"CAST(coalesce(unixepoch(NEW.happened), 0) AS INTEGER) * {PER_SECOND}"

_SEARCHED = f"""CREATE TRIGGER search_row_put INSTEAD OF INSERT ON search_row
BEGIN
  INSERT INTO search_doc (id, tbl, pk, person_id)
    SELECT coalesce((SELECT max(id) + 1 FROM search_doc
        WHERE id >= s.first AND id < s.first + {PER_SECOND}), s.first),
      NEW.tbl, NEW.pk, NEW.person_id
    FROM (SELECT {_SECOND} AS first) s
    WHERE NEW.hidden_at IS NULL AND trim(NEW.words, char(10)) <> '';
  INSERT INTO search_fts (rowid, words)
    SELECT id, NEW.words FROM search_doc
    WHERE tbl = NEW.tbl AND pk = NEW.pk AND lw_indexes(id);
END"""

_OLD_ROW = """CREATE VIEW search_old_row (tbl, pk, words) AS SELECT NULL, NULL, NULL WHERE 0"""
"""What a table hands over for each row before it says something else, or goes."""

_SEARCHED_NO_MORE = """CREATE TRIGGER search_row_gone INSTEAD OF INSERT ON search_old_row
BEGIN
  INSERT INTO search_fts (search_fts, rowid, words)
    SELECT 'delete', id, NEW.words FROM search_doc
    WHERE tbl = NEW.tbl AND pk = NEW.pk AND lw_is_indexed(id);
  DELETE FROM search_doc WHERE tbl = NEW.tbl AND pk = NEW.pk;
END"""


def rebuild_sql(tables: Iterable[TableShape]) -> list[str]:
    """Return the statements that make the index anew from the records, whatever it held."""
    statements = ["DELETE FROM search_doc"]
    for table in tables:
        if table.searched:
            statements.append(
                f"INSERT INTO search_row SELECT '{table.name}', id, {_person(table)}, hidden_at, "
                f"{_happened(table)}, {_words(table)} FROM {table.name} ORDER BY rowid"
            )
    return [*statements, "INSERT INTO search_fts (search_fts) VALUES ('rebuild')"]


def _triggers(table: TableShape) -> list[str]:
    name, happened = table.name, table.happened
    gone = f"INSERT INTO search_old_row VALUES('{name}',OLD.id,{_words(table, 'OLD.')});"
    hand_over = f"""INSERT INTO search_row
VALUES('{name}',NEW.id,{_person(table, "NEW.")},NEW.hidden_at,{_happened(table, "NEW.")},
{_words(table, "NEW.")});
END"""
    written = ",".join(dict.fromkeys((*table.searched, happened, "hidden_at")))
    again = f"BEGIN\n{gone}\n{hand_over}"
    return [
        f"CREATE TRIGGER search_put_{name} AFTER INSERT ON {name} BEGIN\n{hand_over}",
        f"CREATE TRIGGER search_set_{name} AFTER UPDATE OF {written} ON {name} {again}",
        f"CREATE TRIGGER search_gone_{name} AFTER DELETE ON {name} BEGIN\n{gone}\nEND",
    ]


def _happened(table: TableShape, row: str = "") -> str:
    """Return when it happened; where no day is known, when it was written down.

    The directory has no time: it stands before all else in the index, below `PER_SECOND`, and
    neither search goes through the other's words.
    """
    if table.scope == "team":
        return "NULL"
    if table.happened == "recorded_at":
        return f"{row}recorded_at"
    return f"coalesce({row}{table.happened},{row}recorded_at)"


def _words(table: TableShape, row: str = "") -> str:
    return "||char(10)||".join(f"{row}{column}" for column in table.searched)


def _person(table: TableShape, row: str = "") -> str:
    if table.scope == "team":
        return "''"
    return f"{row}id" if table.name == "person" else f"{row}person_id"


def awry_sql(tables: Iterable[TableShape]) -> str:
    """Return the SELECT of the rows that the index has and the records have not, or the other way
    round. Whether it has their words is FTS5's to say."""
    wanted = " UNION ALL ".join(
        f"SELECT '{table.name}' AS tbl, id AS pk, {_person(table)} AS person_id "
        f"FROM {table.name} WHERE hidden_at IS NULL AND trim({_words(table)}, char(10)) <> ''"
        for table in tables
        if table.searched
    )
    kept = "SELECT tbl, pk, person_id FROM search_doc"
    return (
        f"SELECT * FROM (SELECT * FROM ({wanted}) EXCEPT {kept}) UNION ALL "
        f"SELECT * FROM ({kept} EXCEPT SELECT * FROM ({wanted}))"
    )


def words_of(text: str) -> list[str]:
    """Return the words of `text` as the index splits them: runs of letters, digits and marks."""
    found: list[str] = []
    current: list[str] = []
    for letter in text:
        if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc", "Co"):
            current.append(letter)
        elif current:
            found.append("".join(current))
            current = []
    if current:
        found.append("".join(current))
    return found


def match_expression(text: str) -> str:
    """Return the FTS5 expression for what somebody typed, "" where there is nothing to find.

    Every word is quoted, so that nothing typed is syntax. The last word matches by its beginning
    from two letters on: one letter would read half the index.
    """
    words = words_of(text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    last = words[-1]
    if len(last) >= 2 and text.rstrip() == text:
        quoted[-1] += "*"
    elif len(last) < 2 and len(words) > 1 and text.rstrip() == text:
        quoted.pop()  # a word just begun
    return " ".join(quoted)


def search(
    tx: ReadTx, text: str, *, limit: int = 20, person: str = "", ranked: bool = False
) -> list[Hit]:
    """Return what holds all the words of `text`, newest first, or best first when `ranked`.

    The team's directory is not among it (`caseload.finding_services`).

    `person` narrows to one person's record. The last word counts from its second letter.
    """
    text = clean(text)
    expression = match_expression(text)
    if not expression:
        return []
    place, order = ("search_fts.rank",) * 2 if ranked else ("-d.id", "search_fts.rowid DESC")
    narrowed = f"AND search_fts.rowid >= {PER_SECOND}" + (" AND d.person_id = ?" if person else "")
    values: tuple[Any, ...] = (expression, person, limit) if person else (expression, limit)
    rows = tx.rows(
        f"""WITH found (id, place) AS (SELECT d.id, {place}
            FROM search_fts JOIN search_doc d ON d.id = search_fts.rowid
            WHERE search_fts MATCH ? {narrowed} ORDER BY {order} LIMIT ?)
        SELECT s.id, s.tbl, s.pk, s.person_id, s.words
        FROM found JOIN search_said s ON s.id = found.id ORDER BY found.place""",
        values,
    )
    return [
        Hit(tbl, pk, person_id, id_ // PER_SECOND, snippet(words, text, SNIPPET_WIDTH))
        for id_, tbl, pk, person_id, words in rows
    ]


_VOCABULARY = """CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words
USING fts5vocab(main, search_fts, row)"""
"""The words of the index as SQLite reads them out of it: nothing is kept beside it."""

MOST_NEAR, MOST_NEAR_WORDS = 3, 6
"""Most that is offered, and most words of what is asked: nobody mends a pasted page so."""


def near(tx: ReadTx, text: str) -> list[str]:
    """Return what to ask for instead, where nothing holds all the words of `text`; [] for nothing.

    Each word that stands nowhere is replaced by one near it that does, with the same first letter
    and by the measure of `names.near_words`. Each answer finds something.
    """
    asked = words_of(clean(text))
    if not 0 < len(asked) <= MOST_NEAR_WORDS:
        return []
    tx.rows(_VOCABULARY)
    instead = [_standing(tx, word, last=at == len(asked) - 1) for at, word in enumerate(asked)]
    if all(words == [word] for words, word in zip(instead, asked, strict=True)):
        return []
    several = sum(len(words) > 1 for words in instead) > 1
    found = []
    for at in range(1 if several else MOST_NEAR):
        if not all(instead) or at >= max(map(len, instead)):
            break
        words = " ".join(words[min(at, len(words) - 1)] for words in instead)
        if search(tx, words, limit=1):
            found.append(words)
    return found


def _standing(tx: ReadTx, word: str, *, last: bool) -> list[str]:
    """Return a word that stands in the index, else those near it; [] where there is none.

    The last word may be one that is still being typed.
    """
    from linkworker.rules.names import near_words

    plain = folded(word)
    begins = (plain[:1], plain[:1] + "\U0010ffff")
    if not begins[0]:
        return []
    until = plain + "\U0010ffff" if last else plain
    between = "SELECT 1 FROM temp.search_words WHERE term BETWEEN ? AND ? LIMIT 1"
    if tx.one(between, (plain, until)) is not None:
        return [word]
    said = tx.rows(
        "SELECT term FROM temp.search_words WHERE term BETWEEN ? AND ? ORDER BY doc DESC", begins
    )
    near_length = (str(term) for (term,) in said if len(str(term)) >= len(plain) - 2)
    return near_words(plain, near_length, MOST_NEAR)
