"""The partners' call: by plain JSON and by FHIR, by whoever has a key and by whoever has none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from linkworker.frontdoor.limits import Limits
from linkworker.hatch import KEYS, MOST_WAITING, STATES, Given, Hatch
from linkworker.hub.limits import TooOften
from linkworker.text import clean
from tests.frontdoor.doors import KEY, PARTNER, WELL, FrontDoor, open_door
from tests.shared_data import shared_data

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

REQUEST = {
    "resourceType": "ServiceRequest",
    "status": "active",
    "intent": "order",
    "priority": "urgent",
    "contained": [
        {
            "resourceType": "Patient",
            "id": "p",
            "identifier": [
                {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9449305552"},
            ],
            "name": [{"use": "official", "family": "Beasley", "given": ["Terence"]}],
            "telecom": [{"system": "phone", "value": "01455 496 0123"}],
            "address": [{"postalCode": "LE9 8EB"}],
            "birthDate": "1948-03-02",
        },
        {
            "resourceType": "Practitioner",
            "id": "d",
            "name": [{"text": "Dr Shah"}],
            "telecom": [{"value": "01455 496 0200"}],
        },
    ],
    "subject": {"reference": "#p"},
    "requester": {"reference": "#d"},
    "reasonCode": [{"text": "Lonely since his wife died"}],
    "note": [{"text": "Rings twice"}],
}


@pytest.fixture
def door(tmp_path: Path) -> Iterator[FrontDoor]:
    with open_door(tmp_path / "door") as found:
        yield found


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    with open_door(tmp_path_factory.mktemp("door") / "door") as found:
        yield found


def test_a_surgery_introduces_somebody(door: FrontDoor) -> None:
    status, told = door.introduce(WELL)
    assert (status, told["message"]) == (201, "We have your message.")
    (said,) = door.came()
    assert (said.called, said.by_organisation) == ("Terry", "Heath Lane")
    assert said.how == "from a service's system"


@pytest.mark.parametrize("bundled", [False, True])
def test_a_surgerys_system_sends_a_service_request_with_its_patient(
    door: FrontDoor, bundled: bool
) -> None:
    sent = REQUEST
    if bundled:
        resources = [{**REQUEST, "contained": []}, *REQUEST["contained"]]  # type: ignore[misc]
        sent = {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": one} for one in resources],
        }
    assert door.introduce(sent)[0] == 201
    (said,) = door.came()
    assert (said.called, said.reach, said.place) == ("Terence Beasley", "01455 496 0123", "LE9 8EB")
    assert (said.nhs_number, said.born) == ("9449305552", "1948-03-02")
    assert said.reason == "Lonely since his wife died\nRings twice"
    assert (said.by_name, said.by_contact) == ("Dr Shah", "01455 496 0200")
    assert said.urgency == "this week"


@pytest.mark.parametrize("key", ["", "somebody-elses-key", "ü", KEY.upper()])
def test_whoever_has_no_key_hears_nothing(door: FrontDoor, key: str) -> None:
    status, told = door.introduce(WELL, key.encode().decode("latin-1"))
    assert (status, told["error"]) == (401, "not-known")
    assert door.came() == []


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xfe",
        b"[" * 50_000,
        b"[]",
        b"null",
        {},
        {"reason": ""},
        {"reason": 5},
        {**WELL, "extra": "x"},
        {**WELL, "reason": "x" * 8_001},
        {**WELL, "knows": "perhaps"},
        {"resourceType": "Patient"},
        {**REQUEST, "contained": []},
        {"resourceType": "Bundle", "entry": {"resource": REQUEST}},
        {"resourceType": ["ServiceRequest"]},
    ],
    ids=[str(number) for number in range(15)],
)
def test_what_is_no_introduction_is_refused_without_a_word_of_it(
    door: FrontDoor, said: object
) -> None:
    status, told = door.introduce(said)
    assert (status, told["error"]) == (400, "not-understood")
    assert "perhaps" not in json.dumps(told)
    assert door.came() == []


def test_a_partner_is_told_what_became_of_it_only_where_the_person_agreed(door: FrontDoor) -> None:
    _, told = door.introduce(WELL)
    own = f"/v1/introductions/{told['id']}"
    shown = {"authorization": f"Bearer {KEY}"}
    before = door.ask("GET", own, **shown)
    unknown = door.ask("GET", "/v1/introductions/0193-nothing", **shown)
    assert before == unknown  # to the letter: nothing tells whether there is such a one
    assert before[0] == 404
    hatch = Hatch(door.folder)
    hatch.give(STATES, {told["id"]: [PARTNER, "in touch"], "other": ["0193-other", "received"]})
    status, _, said = door.ask("GET", own, **shown)
    assert (status, json.loads(said)) == (200, {"state": "in touch"})
    assert door.ask("GET", "/v1/introductions/other", **shown) == unknown
    assert door.ask("GET", own)[0] == 401


def naughty() -> list[str]:
    return [str(one) for one in json.loads(shared_data("people/naughty_strings.json").read_text())]


def test_naughty_strings_come_through_the_call_and_the_page_and_are_harmless(
    door: FrontDoor,
) -> None:
    before = len(door.came())
    taken = 0
    for string in naughty()[:150]:  # as many as one partner sends at once
        said = {**WELL, "called": string[:120], "reason": f"says {string}"}
        status, _ = door.introduce(said)
        assert status == 201, string
        taken += 1
    for string in naughty():
        status, _, page = door.send({**WELL, "who": "", "called": string, "reason": string})
        assert status in (400, 413)
        assert "<script" not in page.lower()
        assert "<img" not in page.lower()
        assert "\x1b" not in page
    found = door.came()
    assert len(found) - before == taken
    for one in found:
        for words in (one.called, one.reason):
            assert clean(words) == words


def test_a_flood_is_answered_and_the_queue_stays_bounded(door: FrontDoor) -> None:
    with ThreadPoolExecutor(16) as many:
        page = list(many.map(lambda _: door.send(WELL)[0], range(300)))
        call = list(many.map(lambda _: door.introduce(WELL)[0], range(300)))
        strangers = list(many.map(lambda _: door.introduce(WELL, "none")[0], range(100)))
    assert set(page) == {303, 429}
    assert set(call) == {201, 429}
    assert set(strangers) == {401, 429}
    assert (
        len(door.came()) == page.count(303) + call.count(201) <= 260
    )  # and what comes back while it lasts
    assert door.ask("GET", "/")[0] == 200


@pytest.fixture(scope="module")
def described(lasting: FrontDoor) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{lasting.url}/v1/openapi.json")


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/introductions"), ("GET", "/v1/introductions/{introduction}")],
)
@pytest.mark.parametrize("key", [KEY, "none"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_answer_is_as_the_document_says(
    described: schemathesis.BaseSchema,
    mode: GenerationMode,
    method: str,
    path: str,
    key: str,
    data: st.DataObject,
) -> None:
    case = data.draw(described[path][method].as_strategy(generation_mode=mode))
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)


def test_of_an_old_home_number_and_name_nothing_is_taken(door: FrontDoor) -> None:
    (patient, *others) = REQUEST["contained"]
    moved = {
        **patient,
        "name": [{"use": "old", "text": "Mrs Hall"}, {"use": "official", "text": "Ms Owen"}],
        "telecom": [
            {"use": "old", "value": "01455 496 0001"},
            {"use": "home", "value": "01455 496 0002", "period": {"end": "2025-01-31"}},
            {"use": "mobile", "value": "07700 900123"},
        ],
        "address": [
            {"use": "old", "postalCode": "LE1 1AA"},
            {"use": "home", "postalCode": "LE9 8EB"},
        ],
    }
    assert door.introduce({**REQUEST, "contained": [moved, *others]})[0] == 201
    (said,) = door.came()
    assert (said.called, said.reach, said.place) == ("Ms Owen", "07700 900123", "LE9 8EB")


@pytest.mark.parametrize(
    "state",
    [{"status": "revoked"}, {"status": "entered-in-error"}, {"status": "draft"},
     {"doNotPerform": True}],
)  # fmt: skip
def test_a_request_that_was_taken_back_introduces_nobody(
    door: FrontDoor, state: dict[str, object]
) -> None:
    assert door.introduce({**REQUEST, **state})[0] == 400
    assert door.came() == []


def test_a_partner_who_says_they_are_another_is_named_too(door: FrontDoor) -> None:
    assert door.introduce({**WELL, "by_organisation": "Heath Lane Surgery"})[0] == 201
    (said,) = door.came()
    assert said.by_organisation.startswith("Heath Lane Surgery (by the key of ")


def test_nobody_is_thanked_for_what_no_laptop_could_read(door: FrontDoor) -> None:
    Hatch(door.folder).give(KEYS, [])
    assert door.introduce(WELL)[0] == 429
    assert door.send(WELL)[0] == 429
    assert door.came() == []


@pytest.mark.parametrize(
    ("postcode", "area"),
    [("B15 2TT", "Edgbaston"), ("B1 1AA", "Ladywood"), ("Barwell", ""), ("B2 4AA", "Birmingham"),
     ("Hinckley LE9 8EB", "Barwell"), ("LE9 1AA", ""), ("le98eb", "Barwell")],
)  # fmt: skip
def test_an_area_is_that_of_a_whole_part_of_a_postcode(postcode: str, area: str) -> None:
    told = Given(areas={"B15": "Edgbaston", "B1": "Ladywood", "B": "Birmingham",
                         "LE98": "Barwell"})  # fmt: skip
    assert told.area_of(postcode) == area


def test_what_was_begun_when_a_door_was_killed_is_not_waiting_and_goes(door: FrontDoor) -> None:
    comes = door.folder / "in"
    for number in range(MOST_WAITING):
        (comes / f"{number}.begun").touch()
        (comes / f"{number}.unreadable").touch()
    assert door.introduce(WELL)[0] == 201
    old = comes / "0.begun"
    os.utime(old, (0, 0))
    Hatch(door.folder).tidy(int((comes / "1.begun").stat().st_mtime * 1000))
    assert not old.exists()
    assert (comes / "1.begun").exists(), "it may be being written now"


def test_many_addresses_of_one_network_do_not_close_the_page_to_others() -> None:
    limits = Limits(lambda: 0)
    taken = 0
    for number in range(250):
        with suppress(TooOften):
            limits.by_page(f"203.0.113.{number}")
            taken += 1
    assert taken == 40
    limits.by_page("198.51.100.7")
    for number in range(60):
        with suppress(TooOften):
            limits.by_page(f"2001:db8:1:{number:x}::1")
            taken += 1
    assert taken == 80
    limits.by_page("2001:db8:2::1")


def test_what_the_page_takes_from_everywhere_is_bounded() -> None:
    limits = Limits(lambda: 0)
    taken = 0
    for number in range(1000):
        with suppress(TooOften):
            limits.by_page(f"198.{number // 250}.{number % 250}.1")
            taken += 1
    assert taken == 200
    limits.by_partner("a partner is not counted with it")
