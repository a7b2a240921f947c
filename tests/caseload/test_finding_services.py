"""Finding in the directory: by words and by what is understood of them, people's words first."""

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload.directory import take_in
from linkworker.caseload.finding_services import directory, miles
from linkworker.exchange.directory.entry import Entry, Place

TODAY = date(2026, 11, 27)
BARWELL = Place("Library", "High St, Barwell", "LE9 8EB", 5256800, -134700)
ENDERBY = Place("Hall", "Mill Lane, Enderby", "LE19 4AA", 5258900, -120800, access="step-free")

ENTRIES = (
    Entry("choir", "Thursday choir", days=("thu",), cost="free", places=(BARWELL,),
          checked_on=TODAY),
    Entry("gospel", "Gospel choir", days=("tue",), cost="£3", places=(ENDERBY,), checked_on=TODAY),
    Entry("lunch", "Lunch club", youngest=60, languages=("Gujarati",), places=(ENDERBY,),
          about="Singing afterwards, and a choir at Christmas."),
    Entry("cafe", "Carers' cafe", for_whom="for unpaid carers", days=("tue", "thu")),
)  # fmt: skip


@pytest.fixture
def county(store):
    with store.write("took in a directory") as tx:
        take_in(tx, "county", ENTRIES)
    return store


def find(store, text, off=()):
    with store.read() as tx:
        return directory(tx).find(tx, text, off)


def names(store, text, off=()):
    return [one.name for one in find(store, text, off).found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("choir", ["Gospel choir", "Thursday choir", "Lunch club"]),
        ("cho", ["Gospel choir", "Thursday choir", "Lunch club"]),
        ("choir thursday", ["Thursday choir", "Lunch club"]),
        ("choir free", ["Thursday choir", "Lunch club"]),
        ("choir near LE9 8EB", ["Thursday choir", "Gospel choir", "Lunch club"]),
        ("choir near enderby", ["Gospel choir", "Lunch club", "Thursday choir"]),
        ("for over 70s", ["Lunch club", "Gospel choir", "Thursday choir", "Carers' cafe"]),
        ("in Gujarati", ["Lunch club", "Gospel choir", "Thursday choir", "Carers' cafe"]),
        ("tuesday for unpaid carers", ["Carers' cafe", "Gospel choir", "Lunch club"]),
        ("step-free choir", ["Gospel choir", "Lunch club", "Thursday choir"]),
        ("xyzzy", []),
        ("", []),
        ("   ", []),
        ('choir" OR name:*', ["Gospel choir", "Thursday choir", "Lunch club"]),
    ],
)
def test_what_fits_comes_first_and_what_is_not_said_is_not_held_against_it(county, text, found):
    assert names(county, text) == found


def test_why_it_fits_and_what_it_does_not_say(county):
    first, second = find(county, "choir free thursday").found
    assert (first.name, first.fits, first.not_said) == ("Thursday choir", ("free", "Thursday"), ())
    assert (second.name, second.not_said) == ("Lunch club", ("free", "Thursday"))
    assert find(county, "choir near LE9 8EB").found[0].metres == 0
    assert 8_000 < find(county, "gospel near LE9 8EB").found[0].metres < 12_000


def test_a_chip_that_is_taken_off_finds_more(county):
    assert "Gospel choir" not in names(county, "choir thursday")
    answer = find(county, "choir thursday", {"day:thu"})
    assert answer.wanted.words == "choir thursday"
    assert [one.name for one in answer.found] == ["Thursday choir"]


def test_where_nothing_has_all_the_words_some_of_them_are_enough_and_that_is_said(county):
    answer = find(county, "choir accordion")
    assert answer.loosely
    assert {one.name for one in answer.found} == {"Thursday choir", "Gospel choir", "Lunch club"}
    assert find(county, "accordion").found == ()


def test_what_is_not_to_be_listed_or_gone_is_not_found_and_full_is_said(county):
    with county.write("known") as tx:
        ids = dict(tx.rows("SELECT source_id, id FROM service", ()))
        tx.change(schema.Service, ids["choir"], full_until=date(2026, 12, 24))
        tx.change(schema.Service, ids["gospel"], do_not_list=True, why_not="asks for money")
    found = find(county, "choir").found
    assert {one.name: one.full for one in found} == {"Thursday choir": True, "Lunch club": False}
    with county.write("gone") as tx:
        take_in(tx, "county", ENTRIES[1:])
    assert names(county, "choir") == ["Lunch club"]


def test_what_nobody_looked_at_for_half_a_year_is_marked(county):
    assert {one.name: one.stale for one in find(county, "choir").found} == {
        "Gospel choir": False,
        "Thursday choir": False,
        "Lunch club": True,
    }
    with county.write("confirmed") as tx:
        lunch = tx.value("SELECT id FROM service WHERE source_id = 'lunch'", ())
        tx.change(schema.Service, lunch, confirmed_on=TODAY, confirmed_by=tx.worker_id)
    assert not any(one.stale for one in find(county, "choir").found)


def test_an_entry_by_hand_and_the_teams_own_words_are_found_alike(county):
    with county.write("by hand") as tx:
        tx.add(schema.Service(name="Ray's shed", words="mends anything, talks little"))
    assert names(county, "mends") == ["Ray's shed"]


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "under half a mile"), (800, "under half a mile"), (1609, "1 mile"), (1950, "1.2 miles"),
     (3219, "2 miles"), (40_000, "25 miles")],
)  # fmt: skip
def test_a_distance_is_said_in_miles(metres, said):
    assert miles(metres) == said


def test_the_name_of_a_village_is_where_somebody_looks(county):
    with county.write("took in a directory") as tx:
        take_in(tx, "other", (
            Entry("bowls", "Bowls", places=(BARWELL,)),
            Entry("mens", "Bowls for men", places=(ENDERBY,)),
        ))  # fmt: skip
    answer = find(county, "bowls barwell")
    assert [one.said for one in answer.wanted.chips] == ["near barwell"]
    assert [(one.name, one.fits) for one in answer.found] == [
        ("Bowls", ("near barwell",)),
        ("Bowls for men", ("near barwell",)),
    ]
    assert answer.found[0].metres == 0


def test_what_a_feed_calls_it_and_where_it_works_is_found_too(county):
    with county.write("took in a directory") as tx:
        take_in(
            *(tx, "other"),
            (Entry("bridge", "The Bridge", kinds=("Bereavement support",), area="Coalville"),),
        )
    assert names(county, "bereavement") == ["The Bridge"]
    assert names(county, "coalville") == ["The Bridge"]
