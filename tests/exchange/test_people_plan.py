"""Somebody brings a list of people from another system, and sees what it was taken for."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from linkworker.exchange.people_columns import FIELDS, field_of
from linkworker.exchange.people_plan import ImportPlan, plan_import
from linkworker.exchange.table_file import MOST_COLUMNS, NotATable
from tests.shared_data import shared_data

TODAY = date(2026, 11, 27)
FIXTURES = "people/nhs-import-fixtures"


def fixture(name: str) -> ImportPlan:
    return plan_import((shared_data(FIXTURES) / name).read_bytes())


def fields(plan: ImportPlan) -> dict[str, str | None]:
    return {column.heading: column.field for column in plan.columns}


def published_headings(file: str, system: str, table: str = "") -> list[list[str]]:
    with (shared_data("people") / file).open(encoding="utf-8", newline="") as opened:
        return [
            row["headings_pipe_separated"].split("|")
            for row in csv.DictReader(opened)
            if row["system"].startswith(system) and row.get("table", "") == table
        ]


@pytest.mark.parametrize(
    ("file", "system", "table", "wanted"),
    [
        (
            "tpp_emis_bulk_extract_headers.csv",
            "emis",
            "Patient",
            "title given middle family nhs_number born sex street town postcode mobile deleted",
        ),
        (
            "tpp_emis_bulk_extract_headers.csv",
            "tpp",
            "SRPatient",
            "title given middle family other_names nhs_number born died gender email",
        ),
        ("other_headers.csv", "SystmOne", "", "nhs_number family given born postcode"),
        ("other_headers.csv", "CarePlus", "", "nhs_number family given born line1"),
        ("other_headers.csv", "NHS Mavis", "", "given family called born line1 postcode tie1_name"),
        ("other_headers.csv", "CiviCRM", "", "given family"),
        ("other_headers.csv", "Boswell", "", "given middle family born line1 town phone email"),
    ],
)
def test_the_headings_of_other_systems_are_known(
    file: str, system: str, table: str, wanted: str
) -> None:
    found = published_headings(file, system, table)
    assert found
    for headings in found:
        known = {field_of(heading) for heading in headings}
        assert set(wanted.split()) <= known


def test_headings_that_are_about_something_else_are_left_out() -> None:
    for heading in ("Batch number", "Admin date", "Vaccination", "School code", "Notes", "Site"):
        assert field_of(heading) is None


def test_columns_are_shown_with_examples_and_may_be_corrected() -> None:
    plan = plan_import(b"First name,Surname,Ref\nAnn,Pratt,Annie\n")
    assert fields(plan) == {"First name": "given", "Surname": "family", "Ref": None}
    assert plan.columns[2].samples == ("Annie",)
    (draft,) = plan.corrected({2: "called", 1: None}).drafts(TODAY)
    assert (draft.person["called"], draft.person["family"]) == ("Annie", "")
    with pytest.raises(NotATable):
        plan.corrected({7: "called"})
    with pytest.raises(NotATable):
        plan.corrected({0: "shoe size"})
    with pytest.raises(NotATable):
        plan.corrected({0: None, 1: None}).drafts(TODAY)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding_gives_the_same_people(separator: str, encoding: str) -> None:
    rows = [("First name", "Surname", "DOB"), ("Siân", "O’Neill", "03/02/1947")]
    text = "\r\n".join(separator.join(row) for row in rows)
    (draft,) = plan_import(text.encode(encoding)).drafts(TODAY)
    assert (draft.person["given"], draft.person["family"]) == ("Siân", "O’Neill")
    assert draft.person["born"] == date(1947, 2, 3)


def test_a_title_above_the_headings_is_passed_over() -> None:
    plan = plan_import(b"Caseload report\nPrinted 27/11/2026\n\nForename,Surname\nAnn,Pratt\n")
    assert [draft.row for draft in plan.drafts(TODAY)] == [5]


def test_a_row_of_instructions_is_passed_over() -> None:
    (draft,) = fixture("valid_instruction_row.csv").drafts(TODAY)
    assert (draft.row, draft.person["given"]) == (3, "Jennifer")


def test_published_files_that_are_right_are_read_without_a_doubt() -> None:
    for name, people in {
        "valid.csv": 4,
        "valid_extra_fields.csv": 3,
        "valid_minimal.csv": 1,
        "valid_with_bom.csv": 1,
        "duplicates.csv": 3,
        "review_one.csv": 4,
        "review_two.csv": 5,
        "empty.csv": 0,
    }.items():
        drafts = fixture(name).drafts(TODAY)
        assert len(drafts) == people, name
        assert not [draft for draft in drafts if draft.unclear or draft.refused], name


def test_published_faults_are_told_row_by_row_and_never_repeat_a_cell() -> None:
    drafts = {draft.row: draft for draft in fixture("invalid_fields.csv").drafts(TODAY)}
    assert drafts[16].unclear == ('The column "CHILD_DATE_OF_BIRTH": It cannot be read as a date.',)
    assert "NHS_NUMBER" in drafts[18].unclear[0]
    assert sum(bool(draft.unclear) for draft in drafts.values()) == 2


@pytest.mark.parametrize("name", ["malformed.csv"])
def test_a_file_without_names_is_refused_and_says_what_it_needs(name: str) -> None:
    with pytest.raises(NotATable) as refused:
        fixture(name)
    assert "First name" in refused.value.to_do


@pytest.mark.parametrize("content", [b"", b"\n\n", b"x", b"PK\x03\x04", b"a;b;c\n1;2;3"])
def test_what_is_no_list_of_people_is_refused(content: bytes) -> None:
    with pytest.raises(NotATable):
        plan_import(content)


def test_a_row_becomes_somebody_with_an_address_ways_to_reach_and_people_around() -> None:
    plan = plan_import(
        b"Title,Forename,Middle names,Surname,Known as,Previous surname,NHS No,Sex,Ethnicity,"
        b"House name,House number,Street,Village,Town,Postcode,Mobile,Home phone,Email,"
        b"Next of kin,Next of kin relationship,Next of kin phone,Carer name\n"
        b"Mrs,Joan,Mary,Pratt,Joanie,Moss,999 000 0018,F,White: Irish,"
        b"Rose Cottage,14,Mill Row,Desford,Leicester,le9 9aa,07700900123,0116 496 0123 (eve),"
        b"joan@example.org,Carol,daughter,07700 900124,Derek\n"
    )
    (draft,) = plan.drafts(TODAY)
    assert draft.unclear == ()
    assert draft.person["given"] == "Joan Mary"
    assert draft.person["called"] == "Joanie"
    assert draft.person["other_names"] == "Moss"
    assert draft.person["nhs_number"] == "9990000018"
    assert draft.person["sex"] == "Female"
    assert draft.person["ethnic_category"] == "B"
    assert draft.address == {
        "line1": "Rose Cottage",
        "line2": "14 Mill Row",
        "line3": "Desford",
        "town": "Leicester",
        "postcode": "LE9 9AA",
    }
    assert draft.reaches == (
        ("mobile", "07700 900123"),
        ("home phone", "0116 496 0123 (eve)"),
        ("e-mail", "joan@example.org"),
    )
    assert [tie.name for tie in draft.ties] == ["Carol", "Derek"]
    assert draft.ties[1].roles == ("carer",)
    assert draft.facts.phones == {"+447700900123", "+441164960123"}


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Joan Pratt", "Joan", "Pratt"),
        ('"Pratt, Joan Mary"', "Joan Mary", "Pratt"),
        ("Joan", "Joan", ""),
        ("  Joan   Pratt ", "Joan", "Pratt"),
    ],
)
def test_a_whole_name_in_one_cell_is_taken_apart(written: str, given: str, family: str) -> None:
    (draft,) = plan_import(f"Client name,DOB\n{written},\n".encode()).drafts(TODAY)
    assert (draft.person["given"], draft.person["family"]) == (given, family)


def test_an_address_in_one_cell_is_taken_apart_with_its_postcode() -> None:
    text = 'Name,Address\nJoan Pratt,"14 Mill Row\nDesford, LE9 9AA"\n'
    (draft,) = plan_import(text.encode()).drafts(TODAY)
    assert draft.address == {"line1": "14 Mill Row", "line2": "Desford", "postcode": "LE9 9AA"}


def test_a_phone_number_that_looks_odd_comes_in_as_it_is() -> None:
    (draft,) = plan_import(b"Name,Phone\nJoan Pratt,ring the bell\n").drafts(TODAY)
    assert draft.reaches == (("home phone", "ring the bell"),)
    assert not draft.unclear


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("First name,Surname,Town\n,,Desford\n", "There is no name in this row."),
        ("First name,Deleted\nJoan,true\n", 'The column "Deleted" says that this row was deleted.'),
        (
            "First name,Surname\nJoan,Pratt,Esq\n",
            "The row has more cells than there are columns, so they cannot be told apart.",
        ),
    ],
)
def test_a_row_that_cannot_be_somebody_is_refused(text: str, why: str) -> None:
    (draft,) = plan_import(text.encode()).drafts(TODAY)
    assert draft.refused == why


def test_a_row_marked_as_confidential_is_asked_about() -> None:
    (draft,) = plan_import(b"First name,Surname,IsConfidential\nJoan,Pratt,TRUE\n").drafts(TODAY)
    assert draft.unclear == ('The column "IsConfidential": The row is marked as confidential.',)


def test_a_heading_made_to_harm_is_cleaned_where_it_is_named() -> None:
    heading = "Date of birth (\x1b]0;x\x07\u202e" + "y" * 90 + ")"
    (draft,) = plan_import(f"Name,{heading}\nJoan,nonsense\n".encode()).drafts(TODAY)
    assert "\x1b" not in draft.unclear[0]
    assert "\u202e" not in draft.unclear[0]
    assert len(draft.unclear[0]) < 120


def test_every_field_has_words_for_the_screen() -> None:
    assert all(words and words[0].isupper() for words in FIELDS.values())


def test_a_table_with_more_columns_than_any_export_has_is_refused_in_plain_words() -> None:
    wide = b"First name,Surname" + b"," * MOST_COLUMNS + b"\nJoan,Pratt\n"
    with pytest.raises(NotATable) as refused:
        plan_import(wide)
    assert "more than 500 columns" in refused.value.why
    as_wide_as_can_be = b"First name,Surname" + b"," * (MOST_COLUMNS - 2) + b"\nJoan,Pratt\n"
    assert len(plan_import(as_wide_as_can_be).rows) == 1


def test_a_row_of_a_hundred_thousand_cells_is_read_as_far_as_there_are_headings() -> None:
    plan = plan_import(b"First name,Surname\nJoan,Pratt" + b",x" * 100_000 + b"\nDerek,Pratt\n")
    assert [len(row.cells) for row in plan.rows] == [MOST_COLUMNS + 1, 2]
    first, second = plan.drafts(date(2026, 11, 27))
    assert (first.person["given"], second.person["given"]) == ("Joan", "Derek")
