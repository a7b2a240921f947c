"""The directory: a feed taken in again and again, beside what the team knows."""

from dataclasses import replace
from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload.directory import entry_id, take_in
from linkworker.exchange.directory.entry import Entry, Place

LIBRARY = Place(name="Library", address="1 High St", postcode="LE9 8EB")
CHOIR = Entry("c1", "Thursday singing", organisation="Library", days=("thu",), places=(LIBRARY,))
LUNCH = Entry("l1", "Lunch club", youngest=60, languages=("Gujarati",), checked_on=date(2026, 1, 1))


def took(store, *entries, source="county", whole=True):
    with store.write("took in a directory") as tx:
        done = take_in(tx, source, entries, whole=whole)
    return done.added, done.changed, done.same, done.gone


def standing(store, columns="name", where="gone_on IS NULL"):
    with store.read() as tx:
        sql = f"SELECT {columns} FROM service WHERE hidden_at IS NULL AND {where} ORDER BY name"
        return tx.rows(sql, ())


def operations(store):
    with store.read() as tx:
        return tx.value("SELECT count(*) FROM sync_op", ())


def test_only_what_is_new_to_us_is_written(store):
    assert took(store, CHOIR, LUNCH) == (2, 0, 0, 0)
    before = operations(store)
    assert took(store, CHOIR, LUNCH) == (0, 0, 2, 0)
    assert operations(store) == before
    assert took(store, replace(CHOIR, about="Tea too."), LUNCH) == (0, 1, 1, 0)
    moved = replace(CHOIR, about="Tea too.", places=(replace(LIBRARY, postcode="LE9 8EC"),))
    assert took(store, moved, LUNCH) == (0, 1, 1, 0)
    with store.read() as tx:
        assert tx.rows("SELECT postcode FROM service_place WHERE gone_on IS NULL", ()) == [
            ("LE9 8EC",)
        ]
    assert took(store, CHOIR, LUNCH) == (0, 1, 1, 0)
    assert store.check().ok


def test_taken_in_again_it_never_eats_what_the_team_knows(store):
    took(store, CHOIR)
    known = {
        "words": "warm, and they mean it",
        "ask_for": "Mo",
        "step_free": "yes",
        "quiet_times": "after two",
        "confirmed_on": date(2026, 11, 1),
        "confirmed_by": "ann",
        "full_until": date(2026, 12, 1),
        "do_not_list": True,
        "why_not": "for now",
    }
    with store.write("known") as tx:
        tx.change(schema.Service, entry_id("county", "c1"), **known)
    before = standing(store, ", ".join(known))
    took(store, replace(CHOIR, about="new words", name="Thursday Singing"))
    took(store)
    took(store, CHOIR)
    assert standing(store, ", ".join(known)) == before


def test_what_the_feed_has_no_more_is_gone_and_comes_back_and_half_a_feed_tells_nothing(store):
    took(store, CHOIR, LUNCH)
    assert took(store, CHOIR, whole=False) == (0, 0, 1, 0)
    assert len(standing(store)) == 2
    assert took(store, CHOIR) == (0, 0, 1, 1)
    assert standing(store) == [("Thursday singing",)]
    assert took(store, CHOIR) == (0, 0, 1, 0)
    assert took(store, CHOIR, LUNCH) == (0, 1, 1, 0)
    assert len(standing(store)) == 2


def test_two_feeds_and_entries_by_hand_do_not_touch_each_other(store):
    took(store, CHOIR, source="county")
    took(store, CHOIR, source="district")
    with store.write("by hand") as tx:
        tx.add(schema.Service(name="Ray's shed"))
    took(store, source="county")
    assert standing(store, "name, source") == [
        ("Ray's shed", ""),
        ("Thursday singing", "district"),
    ]


def test_an_import_that_was_undone_can_be_made_again(store):
    took(store, CHOIR, LUNCH)
    store.undo()
    assert took(store, replace(CHOIR, about="again")) == (1, 0, 0, 0)
    assert standing(store, "name, about") == [("Thursday singing", "again")]
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM service_place WHERE hidden_at IS NULL", ()) == 1
    store.undo()
    assert standing(store) == []
    assert store.check().ok


def test_undo_takes_a_whole_import_back(store):
    took(store, CHOIR, LUNCH)
    store.undo()
    assert standing(store) == []
    assert store.check().ok


@pytest.mark.parametrize("source", ["county", "‮elbuort", "x" * 500])
def test_the_same_entry_has_the_same_id_everywhere(source):
    assert entry_id(source, "c1") == entry_id(source, "c1") != entry_id(f"{source} ", "c1")
