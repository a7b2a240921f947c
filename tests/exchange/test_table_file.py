"""Tables in every manner that other programs write them, and what is broken in them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker.exchange.table_file import LARGEST, NotATable, decoded, records


def cells(text: str, separator: str = ",") -> list[tuple[str, ...]]:
    return [record.cells for record in records(text, separator)]


def test_a_plain_table_is_read_row_by_row_with_the_numbers_of_a_spreadsheet() -> None:
    found = list(records("a,b\n1,2\n\n3,4", ","))
    assert [(one.number, one.cells) for one in found] == [
        (1, ("a", "b")),
        (2, ("1", "2")),
        (3, ("",)),
        (4, ("3", "4")),
    ]
    assert [one.blank for one in found] == [False, False, True, False]


def test_quoted_cells_hold_separators_quotes_and_line_ends() -> None:
    assert cells('"10, High St","said ""hello""",x\n"two\nlines",y,z\n') == [
        ("10, High St", 'said "hello"', "x"),
        ("two\nlines", "y", "z"),
    ]


def test_a_quotation_mark_inside_a_cell_is_a_letter_like_any_other() -> None:
    assert cells('5" nail,O"Brien\n') == [('5" nail', 'O"Brien')]


def test_a_quote_that_is_never_closed_costs_its_own_row_and_no_other() -> None:
    found = list(records('name,town\n"Ann,Barwell\nBo,Desford\n"Cy","Enderby"\n', ","))
    assert [bool(one.fault) for one in found] == [False, True, False, False]
    assert found[1].number == 2
    assert found[2].cells == ("Bo", "Desford")
    assert found[3].cells == ("Cy", "Enderby")
    assert "Ann" not in found[1].fault


def test_a_quote_at_the_end_of_the_file_is_named() -> None:
    found = list(records('a\nb\n"malformed', ","))
    assert [bool(one.fault) for one in found] == [False, False, True]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Siân\n".encode(), "Siân\n"),
        ("\ufeffSiân\n".encode(), "Siân\n"),
        ("Siân\n".encode("cp1252"), "Siân\n"),
        ("Siân\n".encode("utf-16"), "Siân\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
    ],
)
def test_the_encoding_is_found_out(content: bytes, text: str) -> None:
    assert decoded(content) == text


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"a\0b\0c", b"x" * (LARGEST + 1)],
    ids=["workbook", "old workbook", "bytes", "too large"],
)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(NotATable) as refused:
        decoded(content)
    assert refused.value.why
    assert refused.value.to_do


def test_a_cell_as_long_as_a_book_is_refused_with_its_row_only() -> None:
    found = list(records(f"a,b\n{'x' * 20_000},1\nc,d\n", ","))
    assert [bool(one.fault) for one in found] == [False, True, False]


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(NotATable):
        list(records("a\n" * 60_000, ","))


def test_a_row_with_a_byte_that_no_text_has_is_refused_and_the_others_come() -> None:
    text = decoded(b"Name,Village\nTerry,Barwell\nJo\0an,Desford\nDean,Enderby\n" * 20)
    found = list(records(text, ","))
    assert [one.number for one in found if one.fault] == list(range(3, 81, 4))
    assert [one.cells for one in found[1:4:2]] == [("Terry", "Barwell"), ("Dean", "Enderby")]


tables = st.lists(
    st.lists(st.text(st.characters(exclude_characters="\r\0", codec="utf-8")), min_size=2),
    min_size=1,
    max_size=6,
)


@given(tables, st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_writes_comes_back(table: list[list[str]], separator: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(table)
    assert cells(file.getvalue(), separator) == [tuple(row) for row in table]


@given(st.binary(max_size=400))
def test_whatever_the_bytes_reading_ends(content: bytes) -> None:
    try:
        text = decoded(content)
    except NotATable:
        return
    numbers = [record.number for record in records(text, ",")]
    assert numbers == list(range(1, len(numbers) + 1))
