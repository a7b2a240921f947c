"""Loading where postcodes are, and finding by it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from linkworker.caseload.directory import take_in
from linkworker.caseload.finding_services import directory
from linkworker.exchange.directory.entry import Entry, Place
from linkworker.exchange.places_file import NoPlaces, places_in
from tests.shared_data import shared_data
from tests.shell.conftest import Shell

ONSPD = "pcds,lat,long,ladnm\nLE9 8EB,52.568,-1.347,Hinckley\nZZ99 3VZ,99.9,0,\nno code,1,1,\n"


def test_a_list_is_loaded_replaced_whole_and_a_wrong_file_changes_nothing(shell: Shell) -> None:
    list_ = shell.file("onspd.csv", ONSPD)
    assert shell("import", "places", list_, "--json").json == {"postcodes": 1}
    for wrong in ("", "hello", "a,b\n1,2\n", "pcds\nLE9 8EB\n", "pcds,lat,long\nnone,1,1\n"):
        ran = shell("import", "places", shell.file("wrong.csv", wrong), "--json")
        assert ran.status == 1
        assert "still are" in ran.err
    assert shell("import", "places", "nowhere.csv").status == 1
    assert shell("import", "places", list_, "--json").json == {"postcodes": 1}
    assert shell("check").status == 0


def test_what_is_found_near_a_postcode_is_told_in_miles(shell: Shell) -> None:
    shell("import", "places", shell.file("onspd.csv", ONSPD))
    choir = {"id": "1", "name": "Choir", "service_at_locations": [
        {"location": {"latitude": 52.568, "longitude": -1.317, "name": "Hall"}}]}  # fmt: skip
    shell("import", "directory", shell.file("county.json", json.dumps([choir])))
    assert shell("find", given="choir near LE9 8EB").text == "Choir: near LE9 8EB, 1.3 miles\n"


def test_where_a_list_has_no_coordinates_the_same_ward_comes_before_the_same_council(store) -> None:
    published = shared_data("places") / "postcodes_LE_lad_ward_lsoa21_imd.csv"
    assert store.places.replace(places_in(published)) > 35_000
    with store.read() as tx:
        here, ward, council = tx.one(
            "SELECT code, ward, council FROM place_code WHERE code = 'LE11AA'", ()
        )
        beside = tx.value(
            "SELECT code FROM place_code WHERE council = ? AND ward = ? AND lsoa <> "
            "(SELECT lsoa FROM place_code WHERE code = ?)", (council, ward, here),
        )  # fmt: skip
        farther = tx.value(
            "SELECT code FROM place_code WHERE council = ? AND ward <> ?", (council, ward)
        )
        elsewhere = tx.value("SELECT code FROM place_code WHERE council <> ?", (council,))
    codes = {"far": elsewhere, "farther": farther, "beside": beside, "here": here}
    with store.write("a directory") as tx:
        entries = [
            Entry(name, f"Choir {name}", places=(Place(postcode=f"{code[:-3]} {code[-3:]}"),))
            for name, code in codes.items()
        ]
        take_in(tx, "county", entries)
    with store.read() as tx:
        found = directory(tx).find(tx, "choir near LE1 1AA").found
        assert [one.name.removeprefix("Choir ") for one in found] == [
            "here",
            "beside",
            "farther",
            "far",
        ]
        assert all(one.metres is None for one in found)
        by_name = directory(tx).find(tx, f"choir near {ward}").found
    assert {one.name for one in by_name if one.fits} >= {"Choir here", "Choir beside"}


@pytest.mark.parametrize("others_limit", [131_072, 10_000_000])
def test_a_list_that_breaks_off_leaves_what_was_loaded(
    store, tmp_path: Path, others_limit: int, request: pytest.FixtureRequest
) -> None:
    before = csv.field_size_limit(others_limit)  # one limit for the whole process, anybody's to set
    request.addfinalizer(lambda: csv.field_size_limit(before))
    whole, broken = tmp_path / "whole.csv", tmp_path / "broken.csv"
    whole.write_text(ONSPD)
    broken.write_text(ONSPD + 'LE9 8EC,"' + "x" * 200_000)
    assert store.places.replace(places_in(whole)) == 1
    with pytest.raises(NoPlaces):
        store.places.replace(places_in(broken))
    with store.read() as tx:
        assert tx.rows("SELECT code FROM place_code", ()) == [("LE98EB",)]
