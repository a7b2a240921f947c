"""JSON of any length and of any fault: read service by service, with memory for one of them."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkworker.exchange.directory import documents, reading
from linkworker.exchange.directory.entry import Entry, NoDirectory, Report
from linkworker.exchange.directory.reading import read_file
from tests.shared_data import shared_data

TODAY = date(2026, 11, 27)
MB = 1024 * 1024


@pytest.fixture(params=["at once", "one by one"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small file is read at once and a large one service by service: both come to the same."""
    if request.param == "one by one":
        monkeypatch.setattr(documents, "LARGEST_AT_ONCE", 0)
        monkeypatch.setattr(documents, "PIECE", 7)
    return str(request.param)


def read(tmp_path: Path, content: bytes | str) -> tuple[list[Entry], Report]:
    file = tmp_path / "feed.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    report = Report()
    return read_file(file, report, TODAY), report


def choirs(number: int) -> list[dict[str, Any]]:
    return [{"id": str(one), "name": f"Choir {one}", "fees": [1.5, -2e3]} for one in range(number)]


@pytest.mark.parametrize(
    "said",
    [
        choirs(9),
        {"contents": choirs(9)},
        {"total_items": 9, "empty": False, "m": {"contents": [1]}, "contents": choirs(9), "z": 0},
        {"Content": choirs(9), "totalElements": 9},
        {"name": "Friends", "id": "f", "services": choirs(9)},
        {"name": "Choir", "contacts": [{"name": "Mo"}]},
        {"service": {"name": "Choir"}, "location": {"name": "Hall"}},
        {"total_items": 0, "contents": []},
        {"contents": [*choirs(2), 7, None, "x", [], {}, *choirs(1)]},
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 4])
def test_every_shape_of_a_feed(tmp_path: Path, either_way: str, said: Any, indent: Any) -> None:
    content = json.dumps(said, indent=indent)
    expected = Report()
    raws = documents.listed(json.loads(content))
    entries = reading.entries(iter(raws), expected, TODAY)
    assert read(tmp_path, content) == (entries, expected)


def test_the_published_examples_come_to_the_same_either_way(
    tmp_path: Path, either_way: str
) -> None:
    names = ("service_full.json", "service_list.json", "service_at_location_full.json")
    for file in (shared_data("directory") / "oruk-v3-examples" / name for name in names):
        found, report = read(tmp_path, file.read_bytes())
        raws = documents.listed(json.loads(file.read_bytes()))
        assert found == reading.entries(iter(raws), Report(), TODAY) != []
        assert report.whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_its_letters_are_kept_in_any_encoding(
    tmp_path: Path, either_way: str, encoding: str
) -> None:
    said = json.dumps([{"id": "1", "name": "Café Zoë – tea"}] * 3, ensure_ascii=False)
    (one,), report = read(tmp_path, said.encode(encoding))
    assert one.name == "Café Zoë – tea"
    told = [each.what for each in report.repairs]
    assert told == (["it is no UTF-8: it was read as Windows-1252"] if encoding == "cp1252" else [])
    assert report.repaired == len(told)


def test_wherever_a_file_is_cut_what_stands_before_is_kept_and_nothing_raises(
    tmp_path: Path, either_way: str
) -> None:
    whole = json.dumps({"total_items": 3, "contents": choirs(3)}).encode()
    for end in range(len(whole)):
        try:
            found, report = read(tmp_path, whole[:end])
        except NoDirectory:
            assert end < whole.index(b"}, {") + 1
            continue
        before = whole[:end].count(b"}")
        assert (len(found), report.whole) == (before, False)
        said = f"the file ends or breaks after {before} services; those were read"
        assert report.left_out[-1].what == said


@pytest.mark.parametrize(
    "content",
    ['[{"id": "1", "name": "Choir"}, {"id": "2" "name": "x"}]', '[{"name": "Choir"} {"name": "x"}]',
     '{"contents": [{"name": "Choir"}]; "x": 1}', '{"contents": [{"name": "Choir"}], 7: 1}',
     '[{"name": "Choir"}] and more', '{"name": "Choir"}\n{"name": "x"}'],
)  # fmt: skip
def test_where_it_breaks_what_stands_before_is_kept(
    tmp_path: Path, either_way: str, content: str
) -> None:
    found, report = read(tmp_path, content)
    assert ([one.name for one in found], report.whole) == (["Choir"], False)


def test_what_json_has_not_is_read_as_nothing_and_told_once(
    tmp_path: Path, either_way: str
) -> None:
    service = '{"id": "%s", "name": "Choir %s", "minimum_age": NaN, "maximum_age": -Infinity}'
    content = ", ".join(service % (one, one) for one in range(3))
    found, report = read(tmp_path, f'{{"total_items": Infinity, "contents": [{content}]}}')
    assert [(one.youngest, one.oldest) for one in found] == [(None, None)] * 3
    assert report.whole
    assert [(one.field, one.what) for one in report.repairs] == [
        ("numbers", "NaN or Infinity stood where a number is meant: it was read as nothing")
    ]


@pytest.mark.parametrize("digits", [101, 4_301, 1_000_000])
def test_a_number_without_an_end_is_read_as_nothing_and_told(
    tmp_path: Path, either_way: str, digits: int
) -> None:
    number = "7" * digits
    content = f'[{{"id": {number}, "name": "Choir", "minimum_age": -{number}}}]'
    (one,), report = read(tmp_path, content)
    assert (one.name, one.youngest) == ("Choir", None)
    told = [each.what for each in report.repairs]
    assert "a number had more than 100 digits: it was read as nothing" in told
    assert number not in "".join(told)


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, '{"contents":' * 100_000, '[{"name": "Choir", "x": ' + "[" * 100_000,
     '{"a":' * 100_000 + "1" + "}" * 100_000, "[" * 100_000 + "]" * 100_000],
)  # fmt: skip
def test_what_stands_in_itself_too_deep_is_refused(
    tmp_path: Path, either_way: str, content: str
) -> None:
    with pytest.raises(NoDirectory, match="too deep"):
        read(tmp_path, content)


def test_what_is_too_deep_after_some_services_leaves_these(tmp_path: Path, either_way: str) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    found, report = read(tmp_path, f'[{{"name": "Choir"}}, {{"name": "x", "y": {deep}}}]')
    assert ([one.name for one in found], report.whole) == (["Choir"], False)
    assert report.left_out[-1].what == "after 1 services its parts stand in each other too deep"


def written(file: Path, pieces: Iterable[str]) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(pieces)
    return file


def peak_of(file: Path) -> tuple[list[Entry], Report, int]:
    report = Report()
    tracemalloc.start()
    try:
        found = read_file(file, report, TODAY)
        return found, report, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_file_of_many_megabytes_takes_the_memory_of_what_is_kept(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield '{"total_items": 2000, "contents": ['
        for number in range(2000):
            service = {"id": str(number), "name": f"Choir {number}", "description": "tea " * 12_500}
            yield f"{',' if number else ''}{json.dumps(service)}"
        yield "]}"

    file = written(tmp_path / "large.json", pieces())
    assert file.stat().st_size > 95 * MB
    found, report, peak = peak_of(file)
    assert (len(found), report.whole) == (2000, True)
    kept = sum(len(one.about) for one in found)
    assert 9 * MB < kept < 11 * MB
    assert peak < kept + 16 * MB


def test_a_service_larger_than_any_ends_the_reading_before_it_fills_the_memory(
    tmp_path: Path,
) -> None:
    def pieces() -> Iterator[str]:
        yield '[{"id": "1", "name": "Choir"}, {"id": "2", "name": "'
        for _ in range(100):
            yield "x" * MB
        yield '"}]'

    found, report, peak = peak_of(written(tmp_path / "large.json", pieces()))
    assert [one.name for one in found] == ["Choir"]
    assert report.left_out[-1].what == (
        "what stands after 1 services has more than 16 MB in one part"
    )
    assert peak < 160 * MB  # the file as text and as objects would be 200 and more


def test_much_that_stands_beside_the_services_is_refused(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "{"
        for number in range(60):
            yield f'"x{number}": "{"y" * MB}", '
        yield '"contents": []}'

    with pytest.raises(NoDirectory, match="more than 16 MB"):
        peak_of(written(tmp_path / "large.json", pieces()))


def test_of_a_feed_that_says_too_much_what_came_first_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_KEPT", 1 * MB)
    services = [
        {"id": str(n), "name": f"Choir {n}", "description": "x " * 2400} for n in range(900)
    ]
    found, report = read(tmp_path, json.dumps(services))
    assert 150 < len(found) < 210
    assert not report.whole
    assert report.left_out[-1].what == (
        f"only the first {len(found)} services are taken in: they say too much"
    )
