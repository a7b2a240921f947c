"""Reading a council's directory: what is usable is taken and cleaned, and all of it is told."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkworker.exchange.directory import reading, tables
from linkworker.exchange.directory.entry import Entry, Report
from linkworker.exchange.directory.reading import NoDirectory, read_file
from linkworker.text import clean
from tests.shared_data import shared_data

TODAY = date(2026, 11, 27)

CHOIR: dict[str, Any] = {
    "id": "c1",
    "name": "Thursday singing",
    "description": "<p>All <b>welcome</b>.</p><ul><li>Tea</li><li>Biscuits</li></ul>",
    "status": "active",
    "url": "singing.example.org/thursdays",
    "email": "mailto:sing@example.org",
    "minimum_age": "60",
    "organization": {"name": "Barwell Library"},
    "contacts": [{"phones": [{"number": 1164960123}]}],
    "cost_options": [{"amount": 0}],
    "schedules": [{"byday": "TH", "opens_at": "10:00:00", "closes_at": "11:30:00"}],
    "service_at_locations": [
        {
            "Location": {
                "name": "Library",
                "latitude": -1.35,
                "longitude": 52.57,
                "addresses": [
                    {"address_1": "1 High St", "city": "Barwell", "postal_code": "le98eb"}
                ],
            }
        }
    ],
}


def read(tmp_path: Path, content: Any, name: str = "feed.json") -> tuple[list[Entry], Report]:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    report = Report()
    return read_file(file, report, TODAY), report


def told(report: Report) -> set[str]:
    return {one.what for one in report.repairs}


def test_a_service_that_breaks_its_schema_everywhere_is_taken_clean(tmp_path):
    (one,), report = read(tmp_path, {"contents": [CHOIR]})
    (place,) = one.places
    assert one.about == "All welcome.\n\n• Tea\n\n• Biscuits"
    assert (one.web, one.email) == ("https://singing.example.org/thursdays", "sing@example.org")
    assert (one.phone, one.cost, one.youngest) == ("0116 496 0123", "free", 60)
    assert (one.times, one.days) == ("Thu 10:00 to 11:30", ("thu",))
    assert (place.postcode, place.latitude, place.longitude) == ("LE9 8EB", 5257000, -135000)
    assert place.address == "1 High St, Barwell"
    assert {
        "HTML was made text",
        "its scheme was missing",
        "its first 0 was missing",
        "a number stood as text",
        "latitude and longitude were changed round",
        "the postcode was written anew",
    } <= told(report)
    assert report.whole


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("description", "", ""),
        ("description", None, ""),
        ("description", "null", ""),
        ("description", ["a"], ""),
        ("description", 7, "7"),
        ("description", "It&amp;#39;s on", "It's on"),
        ("description", "<script>alert(1)</script>hello", "hello"),
        ("description", "cafÃ©", "café"),
        ("description", "a < b and c > d", "a < b and c > d"),
        ("description", "\x1b[2Jcleared\x00\u202e", "cleared"),
        ("url", "javascript:alert(1)", ""),
        ("url", "http://https://example.org", "https://example.org"),
        ("url", "not a page", ""),
        ("url", "file:///etc/passwd", ""),
        ("email", "ring us", ""),
        ("email", "Sam <sam@example.org>", "sam@example.org"),
        ("minimum_age", "eighteen", None),
        ("minimum_age", -1, None),
        ("minimum_age", 1e400, None),
        ("minimum_age", True, None),
        ("assured_date", "31/02/2020", None),
        ("assured_date", "03/04/2020", date(2020, 4, 3)),
    ],
)
def test_values_that_no_schema_would_allow(tmp_path, field, value, seen):
    (one,), _ = read(tmp_path, [{"id": "1", "name": "Choir", field: value}])
    named = {
        "description": "about",
        "url": "web",
        "minimum_age": "youngest",
        "assured_date": "checked_on",
    }
    assert getattr(one, named.get(field, field)) == seen


def test_a_description_that_holds_a_picture_is_read_without_it(tmp_path):
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 13_000
    (one,), report = read(
        tmp_path, [CHOIR | {"description": f'Sing <img src="{picture}"> with us'}]
    )
    assert one.about == "Sing with us"
    assert "an embedded picture was dropped" in told(report)


def test_a_hundred_thousand_characters_in_one_field_are_cut_and_that_is_told(tmp_path):
    (one,), report = read(
        tmp_path, [CHOIR | {"description": "word " * 20_000, "name": "x" * 99_999}]
    )
    assert len(one.about) <= 5_010
    assert len(one.name) <= 300
    assert {"it was cut after 5000 characters", "it was cut after 300 characters"} <= told(report)


def test_what_has_no_name_is_not_active_or_is_no_service_is_left_out_with_its_row(tmp_path):
    found, report = read(
        tmp_path,
        [
            CHOIR,
            {"id": "2", "name": " "},
            {"id": "3", "name": "Old", "status": "inactive"},
            "4",
            None,
        ],
    )
    assert len(found) == 1
    assert [(one.row, one.what) for one in report.left_out] == [
        (2, "it has no name"),
        (3, "its feed says that it is not active"),
        (4, "it is no service: not an object with fields"),
        (5, "it is no service: not an object with fields"),
    ]


def test_the_same_service_twice_is_one(tmp_path):
    again = CHOIR | {"last_modified": "2026-01-01T00:00:00Z", "description": "", "fees": "free"}
    other = CHOIR | {"id": "c2"}
    (one,), report = read(tmp_path, [CHOIR, again, other])
    assert one.about.startswith("All welcome.")
    assert (one.cost, one.checked_on) == ("free; free", date(2026, 1, 1)) or one.cost
    assert len(one.places) == 1
    assert [each.row for each in report.left_out] == [2, 3]


def test_times_that_ended_are_not_shown_as_times(tmp_path):
    over = [{"byday": "MO", "opens_at": "9:00", "valid_to": "2019-01-01"}]
    (one,), report = read(tmp_path, [CHOIR | {"schedules": over}])
    assert (one.times, one.days) == ("", ())
    assert "times that ended already were left out" in told(report)


def test_the_older_shape_that_many_councils_publish(tmp_path):
    service = {
        "id": "old1",
        "name": "Lunch club",
        "organization": {"id": "o", "name": "Age UK"},
        "eligibilitys": [{"minimum_age": 55, "maximum_age": 120, "eligibility": "carers"}],
        "regular_schedules": [{"weekday": "Wednesday", "opens_at": "12:00", "closes_at": "14:00"}],
        "languages": [{"language": "Gujarati"}],
        "service_areas": [{"service_area": "Blaby"}],
        "service_taxonomys": [{"taxonomy": {"name": "Lunch clubs"}}],
        "service_at_locations": [
            {
                "location": {
                    "name": "Hall",
                    "physical_addresses": [{"postal_code": "LE19 4AA"}],
                    "accessibility_for_disabilities": [{"accessibility": "level entry"}],
                }
            }
        ],
    }
    (one,), _ = read(tmp_path, {"totalElements": 1, "content": [service]})
    assert (one.organisation, one.youngest, one.oldest, one.for_whom) == (
        "Age UK",
        55,
        None,
        "carers",
    )
    assert (one.days, one.languages, one.area) == (("wed",), ("Gujarati",), "Blaby")
    assert one.kinds == ("Lunch clubs",)
    assert (one.places[0].postcode, one.places[0].access) == ("LE19 4AA", "level entry")


def test_a_feed_that_ends_half_way_gives_what_stands_before_and_says_so(tmp_path):
    whole = json.dumps(
        {"contents": [CHOIR | {"id": str(n), "name": f"Choir {n}"} for n in range(9)]}
    )
    found, report = read(tmp_path, whole[: len(whole) // 2].encode())
    assert 2 <= len(found) <= 5
    assert not report.whole
    assert "the file ends or breaks after" in report.left_out[0].what


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[", b"null", b"7", b'"services"', b"<html></html>", b"\x00" * 100, b'{"a": 1}',
     b"[" * 100_000, b'{"contents":' * 50_000, b"\xff\xfe\x00"],
    ids=["empty", "brace", "bracket", "null", "number", "text", "html", "nul", "other", "deep",
         "deeper", "half utf-16"],
)  # fmt: skip
def test_what_is_no_directory_is_refused(tmp_path, content):
    with pytest.raises(NoDirectory):
        read(tmp_path, content)


@pytest.mark.parametrize("content", [[], {"total_items": 0, "contents": []}, [{}]])
def test_a_list_with_nothing_in_it_is_read_and_tells_nothing_of_what_is_gone(tmp_path, content):
    found, report = read(tmp_path, content)
    assert found == []
    assert not report.whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read_and_told(tmp_path, encoding):
    content = json.dumps([{"id": "1", "name": "Café Zoë – tea"}], ensure_ascii=False)
    (one,), report = read(tmp_path, content.encode(encoding))
    assert one.name == "Café Zoë – tea"
    assert ("it is no UTF-8: it was read as Windows-1252" in told(report)) == (encoding == "cp1252")


def test_the_tabular_package_as_a_folder_a_zip_and_services_alone(tmp_path):
    folder = shared_data("directory") / "oruk-v3-examples" / "csv"
    report = Report()
    (one,) = read_file(folder, report, TODAY)
    assert (one.name, one.organisation, one.phone) == (
        "Community Counselling",
        "Example Organization Inc.",
        "01234 234567",
    )
    assert one.places[0].name == "MyCity Civic Center"
    packed = tmp_path / "package.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for table in folder.glob("*.csv"):
            file.write(table, f"data/{table.name}")
    assert read_file(packed, Report(), TODAY) == [one]
    (alone,) = read_file(folder / "services.csv", Report(), TODAY)
    assert (alone.name, alone.organisation) == ("Community Counselling", "")


def test_a_table_of_a_million_rows_is_read_up_to_a_number_and_that_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_SERVICES", 1_000)
    monkeypatch.setattr(reading, "MOST_SERVICES", 1_000)
    with (tmp_path / "services.csv").open("w") as file:
        file.write("id,name\n")
        for number in range(1_000_000):
            file.write(f"{number},Choir {number}\n")
    report = Report()
    tracemalloc.start()
    found = read_file(tmp_path / "services.csv", report, TODAY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 1_000
    assert not report.whole
    assert report.left_out[-1].what == "only the first 1000 services are taken in"
    assert most < 20_000_000


@pytest.mark.parametrize("content", [b"", b"id\n1\n", b'id,name\n1,"never closed', b"\x00\x01\x02"])
def test_a_table_that_is_none_gives_nothing_or_is_refused(tmp_path, content):
    (tmp_path / "services.csv").write_bytes(content)
    report = Report()
    found = read_file(tmp_path / "services.csv", report, TODAY)
    assert all(one.name for one in found)


def test_no_zip_and_no_file_are_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK not a zip")
    (tmp_path / "empty").mkdir()
    for name in ("a.zip", "empty", "nowhere.json"):
        with pytest.raises(NoDirectory):
            read_file(tmp_path / name, Report(), TODAY)


@pytest.mark.parametrize("name", ["V3.0-UK-Test", "V3.0-UK-Warn", "V1.0-UK-Default"])
def test_every_published_mock_is_taken_or_refused_with_a_reason(name):
    for file in sorted((shared_data("directory") / "oruk-v3-mocks" / name).glob("*.json")):
        report = Report()
        with suppress(NoDirectory):
            found = read_file(file, report, TODAY)
            left_out = sum(one.row > 0 for one in report.left_out)
            assert len(found) + left_out == report.rows, file.name
            continue
        assert "service" not in file.name, file.name


def test_naughty_strings_in_every_field_come_out_clean(tmp_path):
    strings = json.loads(
        (shared_data("people") / "naughty_strings.json").read_text(encoding="utf-8")
    )
    services = [
        {
            "id": one, "name": f"n{one}", "description": one, "url": one, "email": one,
            "organization": {"name": one}, "contacts": [{"phones": [{"number": one}]}],
            "schedules": [{"byday": one, "description": one, "opens_at": one, "valid_to": one}],
            "cost_options": [{"option": one, "amount": one}], "minimum_age": one,
            "service_at_locations": [{"location": {"name": one, "latitude": one, "longitude": one,
                "addresses": [{"address_1": one, "postal_code": one}]}}],
        }
        for one in strings
    ]  # fmt: skip
    found, report = read(tmp_path, services)
    assert len(found) > 200
    assert report.rows == len(strings)
    for one in found:
        for value in vars(one).values():
            if isinstance(value, str):
                assert clean(value) == value
    assert all(each.what.isprintable() and each.field.isascii() for each in report.repairs)


@pytest.mark.parametrize(
    "name", ["organization_list", "taxonomy", "taxonomy_list", "taxonomy_term", "service_list"]
)
def test_what_is_published_beside_services_is_not_taken_for_one(name):
    report = Report()
    found = read_file(shared_data("directory") / "oruk-v3-examples" / f"{name}.json", report, TODAY)
    assert bool(found) == (name == "service_list")
    assert report.whole == bool(found)
    out = {one.what for one in report.left_out}
    assert ("it is an organisation or a term, and no service" in out) != bool(found)
