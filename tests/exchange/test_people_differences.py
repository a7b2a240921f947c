"""A list says more of somebody who is here, or says it otherwise: it is shown, and asked about."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker.caseload import people, reaching
from linkworker.caseload.connections import ties
from linkworker.exchange.people_csv import Decision, ImportReport, plan_import, run_import
from linkworker.store import Store

HEAD = (
    "First name,Surname,DOB,Language,GP practice,Religion,Village,Address line 1,Postcode,Mobile,"
    "Email,Next of kin,Next of kin relationship,Next of kin phone,Date of death\n"
)
BARE = "Joan,Pratt,02/03/1947,,,,,,,,,,,,\n"
FULL = (
    "Joan,Pratt,02/03/1947,Urdu,Desford Surgery,Methodist,Desford,14 Mill Row,LE9 9AA,"
    "07700900123,joan@example.org,Carol,daughter,07700 900124,\n"
)
OTHER = (
    "Joan,Pratt,02/03/1947,Punjabi,Barwell Surgery,methodist,Desford,2 High Street,LE9 9AA,"
    "07700900123,JOAN@example.org,Carol,niece,07700 900124,\n"
)
EVERYTHING = {
    "phone number": "07700 900123",
    "e-mail address": "joan@example.org",
    "address": "14 Mill Row, Desford, LE9 9AA",
    "religion": "Methodist",
    "language": "Urdu",
    "village or part of town": "Desford",
    "GP practice": "Desford Surgery",
    "somebody close": "Carol, daughter, 07700 900124",
}


def bring(
    store: Store, rows: str, decisions: dict[int, Decision] | None = None, head: str = HEAD
) -> ImportReport:
    return run_import(store, plan_import((head + rows).encode()), decisions)


def joan(store: Store) -> people.PersonDetails:
    with store.read() as tx:
        (one,) = people.caseload(tx)
        known = people.details(tx, one.person_id)
    assert known is not None
    return known


@pytest.mark.parametrize("in_one_file", [True, False])
def test_all_that_a_list_says_more_is_told_with_what_it_says(
    store: Store, in_one_file: bool
) -> None:
    if not in_one_file:
        bring(store, BARE)
    report = bring(store, BARE + FULL)
    assert (report.same, report.added, len(report.unclear)) == (
        (0, 1, 1) if in_one_file else (1, 0, 1)
    )
    (told,) = report.unclear
    assert {one.label: one.listed for one in told.differences} == EVERYTHING
    assert not any(one.recorded for one in told.differences)
    assert {"field": "language", "list": "Urdu", "record": ""} in told.as_json()["differs"]
    for said in EVERYTHING.values():
        assert said not in told.why  # it stands beside the reason, and never in it


@pytest.mark.parametrize("in_one_file", [True, False])
def test_what_the_record_has_not_is_taken_in_where_somebody_says_so(
    store: Store, in_one_file: bool
) -> None:
    if not in_one_file:
        bring(store, BARE)
    assert bring(store, BARE + FULL, {3: "fill"}).filled == 1
    known = joan(store)
    assert (known.language, known.gp_practice, known.religion, known.place) == (
        "Urdu",
        "Desford Surgery",
        "Methodist",
        "Desford",
    )
    with store.read() as tx:
        (home,) = reaching.addresses(tx, known.person_id)
        assert home.in_one_line == "14 Mill Row, Desford, LE9 9AA"
        assert len(reaching.reaches(tx, known.person_id)) == 2
        (carol,) = ties(tx, known.person_id)
        assert (carol.name, carol.relationship) == ("Carol", "daughter")
    assert bring(store, BARE + FULL).same == 2


def test_what_the_record_has_otherwise_is_shown_and_stays_until_somebody_says_the_list_is_right(
    store: Store,
) -> None:
    bring(store, FULL)
    (told,) = bring(store, OTHER).unclear
    assert {one.label: (one.listed, one.recorded) for one in told.differences} == {
        "address": ("2 High Street, Desford, LE9 9AA", "14 Mill Row, Desford, LE9 9AA"),
        "language": ("Punjabi", "Urdu"),
        "GP practice": ("Barwell Surgery", "Desford Surgery"),
        "somebody close": ("Carol, niece, 07700 900124", "Carol, daughter, 07700 900124"),
    }
    assert "Their record says otherwise: address, language" in told.why
    bring(store, OTHER, {2: "fill"})
    assert (joan(store).language, joan(store).gp_practice) == ("Urdu", "Desford Surgery")
    bring(store, OTHER, {2: "take"})
    known = joan(store)
    assert (known.language, known.gp_practice) == ("Punjabi", "Barwell Surgery")
    with store.read() as tx:
        assert len(reaching.addresses(tx, known.person_id)) == 2
        assert [one.relationship for one in ties(tx, known.person_id)] == ["niece"]
    assert bring(store, OTHER).same == 1
    store.undo()
    assert joan(store).language == "Urdu"


def test_the_same_said_in_another_spelling_is_no_difference(store: Store) -> None:
    bring(store, FULL)
    again = FULL.replace("Urdu", "URDU").replace("Desford Surgery", "desford  surgery")
    again = again.replace("07700900123", "+44 7700 900123").replace("14 Mill Row", "14 MILL ROW")
    assert bring(store, again).same == 1


def test_a_death_that_only_the_list_knows_of_is_asked_about(store: Store) -> None:
    bring(store, BARE)
    row = BARE.replace(",\n", ",24/11/2025\n")
    (told,) = bring(store, row).unclear
    assert [(one.label, one.listed) for one in told.differences] == [
        ("date of death", "24 November 2025")
    ]
    bring(store, row, {2: "fill"})
    assert joan(store).died == date(2025, 11, 24)
    assert bring(store, row).same == 1


def test_a_birth_date_becomes_more_exact_and_never_less(store: Store) -> None:
    head = "First name,Surname,DOB,NHS number\n"
    bring(store, "Joan,Pratt,1947,9990000018\n", head=head)
    exact = "Joan,Pratt,02/03/1947,9990000018\n"
    (told,) = bring(store, exact, head=head).unclear
    assert [one.label for one in told.differences] == ["birth date"]
    bring(store, exact, {2: "fill"}, head=head)
    assert (joan(store).born, joan(store).born_precision) == (date(1947, 3, 2), "day")
    assert bring(store, "Joan,Pratt,1947,9990000018\n", head=head).same == 1


def test_two_rows_alike_that_are_both_unclear_are_held_against_each_other(store: Store) -> None:
    head = "First name,Surname,DOB\n"
    row = "Agnes,Ward,31/02/1950\n"
    report = bring(store, row + row, head=head)
    first, second = report.unclear
    assert (first.like_row, second.like_row) == (0, 2)
    assert "Row 2 of this file is likely the same person." in second.why
    assert second.as_json()["like_row"] == 2
    # As long as the first is not decided, there is nobody whose record the second could fill.
    assert len(bring(store, row + row, {3: "fill"}, head=head).unclear) == 2
    report = bring(store, row + row, {2: "add", 3: "fill"}, head=head)
    assert (report.added, report.filled) == (1, 1)
    assert joan(store).given == "Agnes"


def test_a_row_like_one_that_was_decided_is_the_same_person(store: Store) -> None:
    head = "First name,Surname,DOB,Mobile\n"
    bring(store, "Joan,Pratt,02/03/1947,\n", head=head)
    swapped = "Joan,Pratt,03/02/1947,07700900123\n"
    report = bring(store, swapped + swapped, head=head)
    assert len(report.unclear) == 2
    report = bring(store, swapped + swapped, {2: "fill"}, head=head)
    (told,) = report.unclear
    assert told.person_id == joan(store).person_id
    assert [one.label for one in told.differences] == ["birth date"]


@pytest.mark.parametrize(
    "heading",
    ["Town", "Area", "Place", "Neighbourhood", "Ward", "Village", "Parish", "PATIENT_TOWN", "City"],
)
def test_where_somebody_lives_stands_beside_their_name_whatever_the_list_calls_it(
    store: Store, heading: str
) -> None:
    bring(store, "Joan Pratt,Barwell\n", head=f"Name,{heading}\n")
    assert joan(store).place == "Barwell"


def test_a_village_and_a_ward_are_both_kept_and_the_ward_is_no_line_of_an_address(
    store: Store,
) -> None:
    head = "Name,Address line 1,Village,Ward,Town\n"
    bring(store, "Joan Pratt,14 Mill Row,Desford,Newbold,Leicester\n", head=head)
    known = joan(store)
    assert known.place == "Desford, Newbold"
    with store.read() as tx:
        (home,) = reaching.addresses(tx, known.person_id)
    assert home.in_one_line == "14 Mill Row, Desford, Leicester"
