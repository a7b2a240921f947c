"""A directory that somebody spoilt, by mistake or on purpose: it neither hangs nor crashes."""

from __future__ import annotations

import csv
import json
import time
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from linkworker.exchange.directory import cleaning
from linkworker.exchange.directory.entry import Entry, Report
from linkworker.exchange.directory.reading import NoDirectory, read_file

TODAY = date(2026, 11, 27)


def read(path: Path) -> tuple[list[Entry], Report]:
    report = Report()
    return read_file(path, report, TODAY), report


def package(place: Path, **tables: str) -> Path:
    place.mkdir(exist_ok=True)
    for name, content in tables.items():
        (place / f"{name}.csv").write_text(content, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    "words",
    ["<" + " " * 200_000 + "x", "<b>" + '<a x="' * 33_000, "<b>" + "<?" * 99_000, "<!" * 99_000],
    ids=["spaces", "quotes", "instructions", "declarations"],
)
def test_tags_that_never_end_take_no_more_than_moments(words):
    begun = time.process_time()
    cleaning.text(words, lambda _: None)
    assert time.process_time() - begun < 2  # it took minutes


def test_what_only_looks_like_a_tag_is_kept():
    assert cleaning.text("<p>Under 5 < free</p> we <3 tea", lambda _: None) == (
        "Under 5 < free\nwe <3 tea"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_tables_in_any_encoding_keep_their_letters_and_a_guess_is_told(tmp_path, encoding, packed):
    content = "id,name,description\n1,Café,“Croeso”\n".encode(encoding)
    file = tmp_path / "services.csv"
    file.write_bytes(content)
    if packed:
        with zipfile.ZipFile(file := tmp_path / "a.zip", "w") as made:
            made.writestr("services.csv", content)
    (cafe,), report = read(file)
    assert (cafe.name, cafe.about) == ("Café", "“Croeso”")
    assert [(one.row, one.field) for one in report.repairs] == (
        [(0, "services")] if encoding == "cp1252" else []
    )


def made_zip(tmp_path: Path) -> bytearray:
    rows = "".join(f"{one},Choir {one * 7919 % 9973}\n" for one in range(5000))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("services.csv", f"id,name\n{rows}")
    return bytearray((tmp_path / "a.zip").read_bytes())


def test_a_zip_with_a_password_is_refused_with_that_reason(tmp_path):
    content = made_zip(tmp_path)
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(NoDirectory, match="password"):
        read(tmp_path / "a.zip")


@pytest.mark.parametrize("at", [60, 2000, 20_000])
def test_a_zip_that_is_spoilt_inside_marks_nothing_as_gone(tmp_path, at):
    content = made_zip(tmp_path)
    content[at : at + 50] = b"\xff" * 50
    (tmp_path / "a.zip").write_bytes(content)
    _, report = read(tmp_path / "a.zip")
    assert not report.whole


def test_a_packing_that_is_not_known_marks_nothing_as_gone(tmp_path):
    content = made_zip(tmp_path)
    content[8] = 99
    content[content.find(b"PK\x01\x02") + 10] = 99
    (tmp_path / "a.zip").write_bytes(content)
    found, report = read(tmp_path / "a.zip")
    assert (found, report.whole) == ([], False)


def test_a_service_without_an_id_is_not_given_what_belongs_to_others(tmp_path):
    found, _ = read(
        package(
            tmp_path / "a",
            services="id,name\n,Choir\n,Lunch\n",
            contacts="id,service_id,organization_id,email\nx,,o,someone@example.org\n",
        )
    )
    assert [(one.name, one.email) for one in found] == [("Choir", ""), ("Lunch", "")]


def test_terms_and_descriptions_that_are_not_wanted_are_not_held(tmp_path):
    place = package(
        tmp_path / "a",
        services="id,name,description\n"
        + "".join(f"{one},Choir {one},{'x ' * 10_000}\n" for one in range(500)),
        attributes="id,link_id,taxonomy_term_id\na,1,7\n",
        taxonomy_terms="id,name,description\n"
        + "".join(f"{one},Term {one},{'y' * 100}\n" for one in range(50_000)),
    )
    tracemalloc.start()
    try:
        found, report = read(place)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (len(found), report.whole, found[1].kinds) == (500, True, ("Term 7",))
    assert peak < 10 * 1024 * 1024  # the tables have 17 MB; of the words 2.5 are kept


def test_organisations_by_the_thousand_cost_each_one_look(tmp_path):
    def seconds(organisations: int) -> float:
        place = package(
            tmp_path / str(organisations),
            services="id,name,organization_id\n"
            + "".join(f"{one},Choir {one},{one}\n" for one in range(1000)),
            organizations="id,name\n"
            + "".join(f"{one},Friends {one}\n" for one in range(organisations)),
        )
        begun = time.process_time()
        found, _ = read(place)
        assert found[-1].organisation == "Friends 999"
        return time.process_time() - begun

    seconds(1000)
    assert seconds(40_000) < 6 * seconds(1000)  # with a look through all services it is 15 times


def test_doubles_in_another_order_are_the_entry_that_stands_here(tmp_path):
    def kept(*ids: str, stands: str = "") -> str:
        file = tmp_path / "a.json"
        file.write_text(json.dumps([{"id": one, "name": "Choir"} for one in ids]))
        (one,) = read_file(file, Report(), TODAY, lambda id_: id_ == stands)
        return one.source_id

    assert kept("a", "b", "c") == kept("c", "b", "a") == "a"
    assert kept("a", "b", "c", stands="b") == kept("c", "b", "a", stands="b") == "b"


def test_one_service_that_stands_there_thousands_of_times_costs_each_one_look(tmp_path):
    def seconds(rows: int) -> float:
        file = tmp_path / "a.json"
        place = [{"location": {"addresses": [{"address_1": "High St"}]}}]
        many = []
        for number in range(rows):
            place = [{"location": {"addresses": [{"address_1": f"{number} High St"}]}}]
            many.append({"id": "1", "name": "Choir", "service_at_locations": place})
        file.write_text(json.dumps(many))
        begun = time.process_time()
        (one,), _ = read(file)
        assert len(one.places) == 200
        return time.process_time() - begun

    seconds(500)
    assert seconds(8000) < 6 * seconds(2000)  # it took 16 times as long


def test_a_small_zip_that_unpacks_without_end_keeps_no_more_than_any_feed_needs(tmp_path):
    packed = tmp_path / "a.zip"
    cell = b"a" * 900_000
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("services.csv", "id,name\n" + "".join(f"{n},Choir {n}\n" for n in range(5)))
        for table in ("cost_options", "languages", "service_areas"):
            with file.open(f"{table}.csv", "w") as rows:
                rows.write(b"id,service_id,option\n")
                for number in range(300):
                    rows.write(b"%d,%d,%b\n" % (number, number % 5, cell))
    assert packed.stat().st_size < 2_000_000
    tracemalloc.start()
    try:
        found, report = read(packed)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (len(found), report.whole) == (5, False)
    assert "say too much" in report.left_out[0].what
    assert peak < 160 * 1024 * 1024  # of the 800 MB that it unpacks


def test_reading_tables_leaves_how_long_a_cell_may_be_to_others_as_it_was(tmp_path):
    before = csv.field_size_limit()
    read(package(tmp_path / "a", services="id,name\n1,Choir\n"))
    assert csv.field_size_limit() == before
