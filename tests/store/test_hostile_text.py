"""Whatever is typed, pasted or imported is stored cleanly, and found again."""

from __future__ import annotations

import csv
import json

import pytest

from linkworker import schema
from linkworker.storage.searching import words_of
from linkworker.store import Store
from linkworker.text import clean
from tests.shared_data import shared_data

LONG = ("Nothing sat right until we walked the lane. " * 2300)[:100_000]


def write_all(store: Store, texts: list[str]) -> dict[str, str]:
    """Write each text as a name, a note with a mark, and in a list; return the notes' ids."""
    ids = {}
    with store.write("hostile") as tx:
        for text in texts:
            person = tx.add(schema.Person(called=text, given=text, family=text, description=text))
            note = tx.add(schema.Note(person_id=person.id, words=text))
            tx.add(schema.NoteMark(person_id=person.id, note_id=note.id, words=text, kind="+"))
            tx.add(schema.Contact(person_id=person.id, place=text, who_there=[text, text]))
            tx.change(schema.Person, person.id, other_names=text)
            ids[note.id] = text
    return ids


def all_texts(store: Store) -> list[str]:
    """Every text in every table of the records, also in the operations and the search index."""
    found = []
    with store.read() as tx:
        tables = tx.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_fts*' "
            "AND name NOT GLOB 'sqlite_*'"
        )
        for (table,) in tables:
            for row in tx.rows(f'SELECT * FROM "{table}"'):
                found += [value for value in row if isinstance(value, str)]
    return found


def check_all(store: Store, texts: list[str]) -> None:
    ids = write_all(store, texts)
    for stored in all_texts(store):
        try:
            inside = json.loads(stored)
        except ValueError:
            inside = stored
        for value in strings_in(inside):
            assert clean(value) == value
    with store.read() as tx:
        kept = dict(tx.rows("SELECT id, words FROM note"))
    assert {id_: clean(text) for id_, text in ids.items()} == kept
    assert store.check().ok


def strings_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.items() for one in part for text in strings_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings_in(one)]
    return []


def test_naughty_strings_in_every_field_are_stored_cleanly(store: Store) -> None:
    texts = json.loads(shared_data("people/naughty_strings.json").read_text(encoding="utf-8"))
    check_all(store, texts)


def test_naughty_strings_are_found_again_and_break_no_search(store: Store) -> None:
    texts = json.loads(shared_data("people/naughty_strings.json").read_text(encoding="utf-8"))
    ids = write_all(store, texts)
    looked = 0
    for id_, text in ids.items():
        words = [word for word in words_of(clean(text)) if len(word) > 2][:3]
        hits = store.search(text[:200], limit=1000)
        if words and len(clean(text)) < 200:
            looked += 1
            assert any(hit.id == id_ for hit in hits), repr(text)
    assert looked > 200


def test_names_of_every_locale_are_found_by_how_they_are_typed(store: Store) -> None:
    with shared_data("people/diverse_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_locale = {row["faker_locale"]: row for row in rows}
    ids = {}
    with store.write("names") as tx:
        for row in by_locale.values():
            name = f"{row['given']} {row['family']}"
            ids[tx.add(schema.Person(called=name)).id] = name
    assert len(ids) > 50
    for id_, name in ids.items():
        assert any(hit.id == id_ for hit in store.search(name, limit=100)), name


@pytest.mark.parametrize(
    "text",
    ["\ud800", "\ud83d\ude00", "\x00", "a\x00b", "\x1b]52;c;QQ==\x07", "\u202e", "[/]", "'); --"],
)
def test_what_no_file_can_hold_is_cleaned_and_never_raises(store: Store, text: str) -> None:
    check_all(store, [text, text * 50])
    store.search(text)
    store.save_draft("d", "note", [text], text, {"place": text, "who": [text]})
    (draft,) = store.drafts()
    assert draft.words == clean(text)
    assert clean(draft.facts["place"]) == draft.facts["place"]
    store.drop_draft("d")


def test_a_hundred_thousand_characters_are_kept_and_found(store: Store, terry: str) -> None:
    with store.write("a long note", person=terry) as tx:
        tx.add(schema.Note(person_id=terry, words=LONG + " fieldfares"))
    (hit,) = store.search("fieldf")
    assert "fieldfares" in hit.snippet
    store.save_draft("d", "note", [terry], LONG, {})
    assert store.drafts()[0].words == LONG.strip() or store.drafts()[0].words == LONG
