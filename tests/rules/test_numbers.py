"""Numbers as they come in from a letter, a spreadsheet or the back of an envelope."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker.rules.numbers import (
    gb_phone,
    is_test_nhs_number,
    make_nhs_number,
    nhs_number,
    postcode,
    says_not_known,
)
from tests.shared_data import shared_data


def _published(name: str) -> list[dict[str, str]]:
    with (shared_data("people") / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if None not in row.values()]


def test_every_published_nhs_number_gets_its_verdict() -> None:
    rows = [row for row in _published("nhs_numbers.csv") if row["expect"] in ("valid", "invalid")]
    assert len(rows) > 250
    for row in rows:
        reading = nhs_number(row["input"])
        assert bool(reading.value) == (row["expect"] == "valid"), row
        assert reading.value == row["normalised"], row


def test_every_published_phone_number_is_kept_and_the_good_ones_agree_on_e164() -> None:
    own_view = {"116 123", "0770090012", "7700900123", "０７７００９００１２３"}
    rows = _published("phones_gb.csv")
    assert len(rows) > 35
    for row in rows:
        reading = gb_phone(row["input"])
        if row["input"] in ("none",):
            assert reading.standing == "not known"
            continue
        assert reading.shown, row
        if row["libphonenumber_result"] in ("valid", "possible") and row["input"] not in own_view:
            assert reading.good, (row, reading)
            assert reading.value == row["e164"], row


def test_every_published_postcode_gets_its_verdict() -> None:
    rows = [row for row in _published("postcodes.csv") if row["expect"] in ("valid", "invalid")]
    assert len(rows) > 1000
    for row in rows:
        reading = postcode(row["input"])
        assert reading.good == (row["expect"] == "valid"), row
        if row["expect"] == "valid" and row["normalised"]:
            assert reading.value == row["normalised"], row


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("943 476 5919", "9434765919"),
        ("943-476-5919", "9434765919"),
        ("943–476–5919", "9434765919"),
        ("943\u00a0476\u00a05919", "9434765919"),
        ("9434765919\n", "9434765919"),
        ("'9434765919", "9434765919"),
        ("9434765919.0", "9434765919"),
        ("9.434765919E9", "9434765919"),
        ("9.434765919E+09", "9434765919"),
    ],
)
def test_an_nhs_number_is_read_as_people_and_spreadsheets_write_it(typed: str, value: str) -> None:
    reading = nhs_number(typed)
    assert (reading.value, reading.shown, reading.standing) == (value, "943 476 5919", "good")


@pytest.mark.parametrize(
    "typed",
    [
        "9.43477E+09",
        "0000000000",
        "4444444444",
        "943476591O",
        "12",
        "nine four three",
        "٩٤٣٤٧٦٥٩١٩",
    ],
)
def test_what_cannot_be_an_nhs_number_is_said_to_be_wrong_without_repeating_it(typed: str) -> None:
    reading = nhs_number(typed)
    assert reading.standing == "wrong"
    assert reading.value == ""
    assert reading.why.endswith(".")
    assert typed not in reading.why


def test_a_number_from_scotland_is_kept_and_doubted() -> None:
    assert nhs_number("2983396339").standing == "doubtful"
    assert nhs_number("2983396339").value == "2983396339"


def test_numbers_from_999_are_known_to_be_for_tests() -> None:
    assert is_test_nhs_number(nhs_number("999 000 0018").value)
    assert not is_test_nhs_number("9434765919")


@given(st.from_regex(r"[4-9][0-9]{8}", fullmatch=True))
def test_a_made_number_reads_back_and_any_changed_digit_is_caught(first_nine: str) -> None:
    made = make_nhs_number(first_nine)
    if made is None or len(set(made)) == 1:
        return
    assert nhs_number(made).value == made
    for place in range(10):
        for digit in "0123456789":
            if digit != made[place]:
                changed = made[:place] + digit + made[place + 1 :]
                assert nhs_number(changed).value == ""


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("07700900123", "+447700900123", "07700 900123"),
        ("+44 (0)7700 900123", "+447700900123", "07700 900123"),
        ("0044 7700 900123", "+447700900123", "07700 900123"),
        ("447700900123", "+447700900123", "07700 900123"),
        ("０７７００９００１２３", "+447700900123", "07700 900123"),
        ("0116 496 0123", "+441164960123", "0116 496 0123"),
        ("(0151) 496-0999", "+441514960999", "0151 496 0999"),
        ("020 7946 0000", "+442079460000", "020 7946 0000"),
        ("01632 960001", "+441632960001", "01632 960001"),
        ("0808 157 0000", "+448081570000", "0808 157 0000"),
        ("0800 1111", "+448001111", "0800 1111"),
        ("116 123", "116123", "116 123"),
        ("999", "999", "999"),
        ("18001 0116 496 0123", "+441164960123", "18001 0116 496 0123"),
        ("+48 22 123 45 67", "+48221234567", "+48221234567"),
    ],
)
def test_a_phone_number_is_normalised_and_shown_as_britain_writes_it(
    typed: str, value: str, shown: str
) -> None:
    reading = gb_phone(typed)
    assert (reading.value, reading.shown, reading.standing) == (value, shown, "good")


def test_words_beside_a_number_stay_beside_it() -> None:
    reading = gb_phone("0116 496 0123 (daughter)")
    assert (reading.value, reading.beside) == ("+441164960123", "daughter")
    assert gb_phone("Carol: 07700 900123 after six").beside == "Carol: after six"
    assert gb_phone("0116 496 0123 ext 45").shown == "0116 496 0123 ext 45"


@pytest.mark.parametrize(
    "typed",
    [
        "0770090012",
        "7700900123",
        "077009001234",
        "496 0123",
        "04 123 456 789",
        "ring the bell",
        "07700 900123 or 07700 900456",
        "123456789012345678901234567890",
        "+1",
    ],
)
def test_a_number_that_looks_odd_is_kept_and_marked_never_refused(typed: str) -> None:
    reading = gb_phone(typed)
    assert reading.standing == "doubtful"
    assert reading.shown
    assert reading.why.endswith(".")


def test_the_0_that_a_spreadsheet_ate_is_put_back() -> None:
    assert gb_phone("7700900123").value == "+447700900123"
    assert gb_phone("1164960123").value == "+441164960123"


@pytest.mark.parametrize(
    ("typed", "value", "standing"),
    [
        ("le9 8az", "LE9 8AZ", "good"),
        ("LE1\u00a06ZG", "LE1 6ZG", "good"),
        ("gir0aa", "GIR 0AA", "good"),
        ("ZZ99 3VZ", "ZZ99 3VZ", "not known"),
        ("zz993cz", "ZZ99 3CZ", "not known"),
        ("N/K", "", "not known"),
        ("", "", "not known"),
        ("L1 OAA", "L1 0AA", "doubtful"),
        ("LE1", "LE1", "doubtful"),
        ("BFPO 57", "", "doubtful"),
        ("ASCN 1ZZ", "", "doubtful"),
        ("=LE1 6ZG", "", "doubtful"),
    ],
)
def test_a_postcode_is_read_by_its_shape_and_never_an_error(
    typed: str, value: str, standing: str
) -> None:
    reading = postcode(typed)
    assert (reading.value, reading.standing) == (value, standing)


@pytest.mark.parametrize("typed", ["", "  ", "N/K", "not known", "None", "-", "NULL"])
def test_words_for_nothing_are_nothing(typed: str) -> None:
    assert says_not_known(typed)
    for read in (nhs_number, gb_phone, postcode):
        assert (read(typed).value, read(typed).standing) == ("", "not known")


@given(st.text(max_size=200))
def test_whatever_is_typed_every_reader_answers(typed: str) -> None:
    for read in (nhs_number, gb_phone, postcode):
        reading = read(typed)
        assert reading.standing in ("good", "doubtful", "wrong", "not known")
        assert reading.good == (reading.why == "")
    assert gb_phone(typed).standing != "wrong"
    assert postcode(typed).standing != "wrong"
