"""Somebody brings their people: each is added once, and asked about where it is not sure."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from linkworker.caseload import people, reaching, support
from linkworker.caseload.connections import ties
from linkworker.caseload.person import banner
from linkworker.exchange.people_csv import Decision, ImportReport, plan_import, run_import
from linkworker.refusal import Refused
from linkworker.store import MadeUpOnly, Store
from linkworker.widgets import phrases
from tests.shared_data import shared_data

HEAD = "First name,Surname,DOB,NHS number,Mobile,Postcode\n"
JOAN = "Joan,Pratt,02/03/1947,999 000 0018,07700 900123,LE9 9AA\n"
DEREK = "Derek,Pratt,09/01/1945,,07700 900123,LE9 9AA\n"


def bring(
    store: Store, text: str, decisions: dict[int, Decision] | None = None, **more: Any
) -> ImportReport:
    return run_import(store, plan_import(text.encode()), decisions, **more)


def names(store: Store) -> list[str]:
    with store.read() as tx:
        return [f"{one.given} {one.family}".strip() for one in people.caseload(tx)]


def names_or_called(store: Store) -> list[str]:
    with store.read() as tx:
        return [one.given or one.family or one.name for one in people.caseload(tx)]


def only(store: Store) -> str:
    with store.read() as tx:
        (person,) = people.caseload(tx)
    return person.person_id


def test_the_village_of_a_list_stands_beside_the_name_and_in_the_address(store: Store) -> None:
    bring(store, "Name,Address line 1,Village,Town\nJoan Pratt,14 Mill Row,Desford,Leicester\n")
    with store.read() as tx:
        (joan,) = people.caseload(tx)
        top_line = banner(tx, joan.person_id)
        assert top_line is not None
        assert phrases.who_they_are(top_line, date(2026, 11, 27)) == "Desford"
        assert joan.place == "Desford"
        (lives,) = reaching.addresses(tx, joan.person_id)
    assert (lives.line1, lives.line2, lives.town) == ("14 Mill Row", "Desford", "Leicester")


def test_people_are_added_with_all_that_their_row_says(store: Store) -> None:
    report = bring(
        store,
        "Title,First name,Surname,Known as,DOB,NHS number,GP practice,Occupation,Address line 1,"
        "Postcode,Mobile,Email,Next of kin,Next of kin relationship,Next of kin phone\n"
        "Mrs,Joan,Pratt,Joanie,02/03/1947,9990000018,Desford Surgery,organist,14 Mill Row,"
        "LE9 9AA,07700900123,joan@example.org,Carol,daughter,07700 900124\n",
    )
    assert (report.rows, report.added, report.complete) == (1, 1, True)
    with store.read() as tx:
        (listed,) = people.caseload(tx)
        known = people.details(tx, listed.person_id)
        assert known is not None
        assert (known.name, known.title, known.family) == ("Joanie Pratt", "Mrs", "Pratt")
        assert known.born == date(1947, 3, 2)
        assert (known.nhs_number, known.gp_practice) == ("9990000018", "Desford Surgery")
        assert known.employment == "organist"
        (home,) = reaching.addresses(tx, listed.person_id)
        assert home.in_one_line == "14 Mill Row, LE9 9AA"
        assert [(way.kind, way.value) for way in reaching.reaches(tx, listed.person_id)] == [
            ("mobile", "07700 900123"),
            ("e-mail", "joan@example.org"),
        ]
        (carol,) = ties(tx, listed.person_id)
        assert (carol.name, carol.relationship, carol.phone) == (
            "Carol",
            "daughter",
            "07700 900124",
        )


def test_a_household_comes_in_as_two_people(store: Store) -> None:
    report = bring(store, HEAD + JOAN + DEREK)
    assert (report.added, report.complete) == (2, True)
    assert sorted(names(store)) == ["Derek Pratt", "Joan Pratt"]


def test_the_same_file_a_second_time_adds_nobody(store: Store) -> None:
    bring(store, HEAD + JOAN + DEREK)
    report = bring(store, HEAD + JOAN + DEREK)
    assert (report.rows, report.added, report.same, report.complete) == (2, 0, 2, True)
    assert len(names(store)) == 2


@pytest.mark.parametrize(
    "row",
    [
        "Joanna,Pratt,02/03/1947,,,",
        "Joan,Pratt,03/02/1947,,,",
        "Joan,Moss,02/03/1947,9990000018,,",
        "Joan,Pratt,,,07700900123,",
        "Joan,Pratt,02/03/1947,9990000018,07700 900199,",
        "Joan,Pratt,02/03/1947,9990000018,,L8 1XX",
    ],
)
def test_somebody_likely_here_is_asked_about_and_not_added_nor_merged(
    store: Store, row: str
) -> None:
    bring(store, HEAD + JOAN)
    joan = only(store)
    report = bring(store, HEAD + row + "\n")
    assert (report.added, report.same, len(report.unclear)) == (0, 0, 1)
    assert report.unclear[0].row == 2
    assert report.unclear[0].person_id == joan
    assert names(store) == ["Joan Pratt"]
    for cell in filter(None, row.split(",")):
        assert cell not in report.unclear[0].why


def test_what_is_decided_about_an_unclear_row_is_done(store: Store) -> None:
    bring(store, HEAD + "Joan,Pratt,02/03/1947,,,\n")
    newer = HEAD + JOAN
    assert len(bring(store, newer).unclear) == 1
    assert bring(store, newer, {2: "leave"}).left == 1
    assert bring(store, newer, {2: "fill"}).filled == 1
    with store.read() as tx:
        known = people.details(tx, only(store))
        assert known is not None
        assert known.nhs_number == "9990000018"
        assert [way.value for way in reaching.reaches(tx, known.person_id)] == ["07700 900123"]
        assert [home.postcode for home in reaching.addresses(tx, known.person_id)] == ["LE9 9AA"]
    assert bring(store, newer).same == 1
    assert bring(store, newer, {2: "add"}).added == 1
    assert names(store) == ["Joan Pratt", "Joan Pratt"]


def test_filling_never_writes_over_what_the_record_has(store: Store) -> None:
    bring(store, HEAD + JOAN)
    bring(store, HEAD + "Joan,Pratt,03/02/1947,,07700 900199,L8 1XX\n", {2: "fill"})
    with store.read() as tx:
        known = people.details(tx, only(store))
        assert known is not None
        assert known.born == date(1947, 3, 2)
        assert [home.postcode for home in reaching.addresses(tx, known.person_id)] == ["LE9 9AA"]
        assert len(reaching.reaches(tx, known.person_id)) == 2


def test_somebody_twice_in_one_file_is_added_once_and_asked_about_where_unsure(
    store: Store,
) -> None:
    report = bring(store, HEAD + JOAN + JOAN + "Joanna,Pratt,02/03/1947,,,\n")
    assert (report.added, report.same) == (1, 1)
    assert "Row 2 of this file" in report.unclear[0].why


TOM = "Name,Known as,DOB,Phone,Notes\nTom Wetherby,,12 May 1948,,\n"
TOM_AGAIN = "Tom Wetherby,Tommy,12/05/1948,07700 900555,same man? rings at night\n"


def bring_tom(store: Store, text: str, decisions: dict[int, Decision] | None = None) -> Any:
    return run_import(store, plan_import(text.encode()).corrected({4: "note"}), decisions)


def test_what_a_second_row_about_somebody_says_is_asked_about_as_if_they_were_here(
    store: Store,
) -> None:
    report = bring_tom(store, TOM + TOM_AGAIN)
    assert (report.added, report.same, len(report.unclear)) == (1, 0, 1)
    assert "Row 2 of this file is the same person." in report.unclear[0].why
    lacking = "Their record has not this: phone number, the name they like, a note."
    assert lacking in report.unclear[0].why
    assert report.unclear[0].person_id == ""
    (again,) = bring_tom(store, TOM + TOM_AGAIN).unclear
    assert lacking in again.why
    assert again.person_id == only(store)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_second_row_may_fill_the_person_of_the_first(store: Store, at_once: bool) -> None:
    if not at_once:
        bring_tom(store, TOM)
    report = bring_tom(store, TOM + TOM_AGAIN + TOM_AGAIN, {3: "fill"})
    assert (report.filled, report.complete) == (1, True)
    with store.read() as tx:
        known = people.details(tx, only(store))
        assert known is not None
        assert known.called == "Tommy"
        assert [way.value for way in reaching.reaches(tx, known.person_id)] == ["07700 900555"]
        assert "rings at night" in tx.value("SELECT words FROM note")
    assert bring_tom(store, TOM + TOM_AGAIN).same == 2


def test_a_new_note_about_somebody_who_is_here_is_asked_about_once(store: Store) -> None:
    text = TOM + 'Tom Wetherby,,12 May 1948,,"plays cribbage\n!! owes his brother"\n'
    report = bring_tom(store, text)
    assert "Their record has not this: a note." in report.unclear[0].why
    assert bring_tom(store, text, {3: "fill"}).filled == 1
    assert bring_tom(store, text).same == 2
    newer = text.replace("brother", "sister")
    assert [told.row for told in bring_tom(store, newer).unclear] == [3]


def test_a_single_name_that_is_here_is_asked_about_when_the_list_comes_again(store: Store) -> None:
    text = "Name,DOB,Phone\nKen,,\nSal,,\n"
    assert bring(store, text).added == 2
    report = bring(store, text)
    assert (report.added, report.same, [told.row for told in report.unclear]) == (0, 0, [2, 3])
    assert "is likely the same person. The first name agrees." in report.unclear[0].why
    assert sorted(names(store)) == ["Ken", "Sal"]


def test_a_row_at_fault_never_stops_the_others(store: Store) -> None:
    report = bring(
        store,
        HEAD
        + ",,,,,\n"
        + "Agnes,Ward,31/02/1950,,,\n"
        + '"Ben,Ash,01/01/1950,,,\n'
        + ",,01/01/1950,,,\n"
        + "Dean,Hollis,01/01/1992,9990000019,,\n"
        + "Amina,Yusuf,01/01/1990,,ring the bell,nowhere\n"
        + "Too,Many,01/01/1990,,,,,,cells\n"
        + JOAN,
    )
    assert (report.rows, report.added) == (7, 2)
    assert [row.row for row in report.unclear] == [3, 6]
    assert [row.row for row in report.refused] == [4, 5, 8]
    assert sorted(names(store)) == ["Amina Yusuf", "Joan Pratt"]
    assert "DOB" in report.unclear[0].why
    assert "NHS number" in report.unclear[1].why
    for told in (*report.unclear, *report.refused):
        for cell in ("Agnes", "31/02/1950", "Hollis", "9990000019", "Ben"):
            assert cell not in told.why


def test_an_unreadable_date_may_stay_out_once_somebody_says_so(store: Store) -> None:
    text = HEAD + "Agnes,Ward,31/02/1950,,,\n"
    assert bring(store, text).unclear
    assert bring(store, text, {2: "add"}).added == 1
    with store.read() as tx:
        known = people.details(tx, only(store))
        assert known is not None
        assert (known.given, known.born) == ("Agnes", None)


def test_one_undo_takes_the_whole_import_back_and_redo_brings_it_again(store: Store) -> None:
    bring(store, HEAD + JOAN + DEREK)
    store.undo()
    assert names(store) == []
    assert bring(store, HEAD + JOAN, dry_run=True).added == 1
    store.redo()
    assert len(names(store)) == 2


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store) -> None:
    text = HEAD + JOAN + DEREK + JOAN + ",,,,,x\n"
    tried = bring(store, text, dry_run=True)
    assert names(store) == []
    assert store.unsent() == bring_count(store)
    assert tried.as_json() == bring(store, text).as_json()


def bring_count(store: Store) -> int:
    with store.read() as tx:
        return int(tx.value("SELECT count(*) FROM sync_op"))


def test_a_made_up_store_takes_in_nobody_real(make_store: Callable[..., Store]) -> None:
    made_up = make_store("made-up", made_up=True)
    with pytest.raises(MadeUpOnly):
        bring(made_up, HEAD + JOAN)
    assert names(made_up) == []


def test_somebody_who_died_comes_in_as_such_and_nobody_walks_on_with_them(store: Store) -> None:
    text = "First name,Surname,Date of death\nHarold,Finch,24/11/2026\nAnn,Ash,\n"
    bring(store, text, begin_on=date(2026, 11, 2))
    with store.read() as tx:
        by_name = {one.given: one for one in people.caseload(tx)}
        assert by_name["Harold"].died
        assert by_name["Harold"].support == ""
        assert by_name["Ann"].with_us
        assert support.history(tx, by_name["Ann"].person_id)[0].on == date(2026, 11, 2)


def test_names_of_every_kind_come_in_and_are_matched_again(store: Store) -> None:
    text = (shared_data("people") / "diverse_names.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    body = [line.rsplit(",", 2)[0] for line in lines[1::29]]
    table = "\n".join(
        ["Forename,Surname,Date of birth"]
        + [f"{row},1950-01-0{n % 9 + 1}" for n, row in enumerate(body)]
    )
    first = bring(store, table)
    assert first.added + first.same + len(first.unclear) == first.rows
    assert first.added > 90
    second = bring(store, table)
    assert second.added == 0
    assert second.same >= first.added


def test_hostile_cells_are_stored_cleaned_and_never_told(store: Store) -> None:
    naughty = json.loads(
        (shared_data("people") / "naughty_strings.json").read_text(encoding="utf-8")
    )
    rows = [one.replace('"', '""').replace("\0", "") for one in naughty]
    text = "First name,Surname,DOB,NHS number,Postcode,Email\n" + "".join(
        f'"{cell}","{cell}","{cell}","","{cell}","{cell}"\n' for cell in rows
    )
    report = bring(store, text, dict.fromkeys(range(2, 2 + len(rows)), "add"))
    assert report.added + len(report.refused) == report.rows
    assert report.added > 400
    with store.read() as tx:
        stored = "".join(f"{one.given}{one.family}" for one in people.caseload(tx))
    assert not set(stored) & set("\x1b\x07\u202e\u2066\x9b")


NOTES = """First name,Surname,Notes,Shoe size,Empty
Joan,Pratt,"+44 is her number
!! her brother must not know
* not a hope, a bullet",7,
Terry,Beasley,,,
"""


def test_a_column_that_nothing_is_known_of_is_told_and_never_passed_over(store: Store) -> None:
    plan = plan_import(NOTES.encode())
    assert plan.left_out_as_json() == [
        {"heading": "Notes", "rows": 1},
        {"heading": "Shoe size", "rows": 1},
    ]
    run_import(store, plan)
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM note") == 0


def test_a_column_of_notes_comes_in_as_first_notes_where_somebody_says_so(store: Store) -> None:
    plan = plan_import(NOTES.encode()).corrected({2: "note"})
    assert [one.heading for one in plan.left_out] == ["Shoe size"]
    report = run_import(store, plan)
    assert (report.added, report.complete) == (2, True)
    with store.read() as tx:
        ((words, given),) = tx.rows(
            "SELECT n.words, p.given FROM note n JOIN person p ON p.id = n.person_id"
        )
        apart = tx.value("SELECT count(*) FROM kept_apart")
        became = tx.value("SELECT count(*) FROM goal")
    assert given == "Joan"
    assert words.startswith("From an imported list, “Notes”:\n+44 is her number\n")
    assert "* not a hope, a bullet" in words
    assert "brother" not in words
    assert (apart, became) == (1, 0)
    assert store.undo().label == "imported people"
    assert not store.search("bullet")


@pytest.mark.parametrize("sign", ["=", "+", "@", "＝"])
@pytest.mark.parametrize("column", ["First name", "Known as", "Name"])
def test_a_name_that_a_spreadsheet_would_calculate_is_asked_about(
    store: Store, sign: str, column: str
) -> None:
    text = f'{column},Town\n"{sign}HYPERLINK(""http://x"")",Desford\nJoan,Barwell\n'
    report = bring(store, text)
    assert report.added == 1
    (told,) = report.unclear
    assert f"It begins with “{sign}”, as a formula does" in told.why
    assert "HYPERLINK" not in told.why
    bring(store, text.removesuffix("Joan,Barwell\n"), {2: "add"})
    assert any(name.startswith(sign) for name in names_or_called(store))


def test_each_row_that_is_told_says_what_can_be_done(store: Store) -> None:
    bring(store, HEAD + JOAN)
    report = bring(
        store, "First name,Surname,DOB\nJoan,Pratt,03/02/1947\n,,1/1/1950\nBo,Ash,30/2/1950\n"
    )
    same, unread = report.unclear
    (nameless,) = report.refused
    assert "fill adds to their record" in same.why
    assert "add takes the row as far as it can be read" in unread.why
    assert "import it again" in nameless.why


def test_a_locked_store_refuses(store: Store) -> None:
    plan = plan_import((HEAD + JOAN).encode())
    store.lock()
    with pytest.raises(Refused):
        run_import(store, plan)


def test_where_two_columns_are_taken_for_one_thing_a_row_in_which_they_differ_is_asked_about(
    store: Store,
) -> None:
    rows = "Jo,Jo,Bell\nAnn,Joan,Pratt\n,Derek,Dunn\n"
    plan = plan_import(f"First name,Forename,Surname\n{rows}".encode())
    report = run_import(store, plan.corrected({1: "given"}))
    assert (report.added, [told.row for told in report.unclear]) == (2, [3])
    assert "Another column says otherwise: “Forename”." in report.unclear[0].why
    assert sorted(names(store)) == ["Derek Dunn", "Jo Bell"]


def test_a_death_before_the_birth_is_asked_about_and_never_recorded(store: Store) -> None:
    text = "Name,DOB,Date of death\nJoan Pratt,02/03/1947,01/01/1925\n"
    assert "It lies before the birth date." in bring(store, text).unclear[0].why
    bring(store, text, {2: "add"})
    with store.read() as tx:
        assert support.whereabouts(tx, only(store)) == []
