"""What the hub refuses over HTTP: by its name, in a documented status, and nothing is changed."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest
import zstandard

from linkworker.hub.http.carrying import MOST_BYTES
from linkworker.hub.http.refusing import NAMED
from linkworker.rules.invite import read_invite
from linkworker.sync.reaching import Line
from linkworker.sync.refusals import NotKnown, Removed
from tests.hub import places
from tests.hub.places import FarPlace, Member

CALLS: dict[str, dict[str, Any]] = {
    "/v1/greet": {"dev": "d1", "digest": "0" * 32},
    "/v1/push": {"operations": [{}]},
    "/v1/pull": {"ask": 1, "cursors": {}, "known": [], "most_bytes": 1},
    "/v1/forgotten": {"claims": []},
    "/v1/hand-back": {
        "scope": "team",
        "seq": 1,
        "checksum": "",
        "proof": "",
        "before": "",
        "operations": [{}],
    },
    "/v1/device": {},
    "/v1/laptops": {"devs": ["d1"]},
    "/v1/find": {"nhs_number": "", "name": "Terry", "born": "1947-03-02"},
    "/v1/introductions/take": {"key": "A" * 43 + "=", "areas": []},
    "/v1/introductions/taken": {"ids": [], "unreadable": []},
    "/v1/introductions/became": {"became": []},
    "/v1/open": {"person": "terry", "reason": "rang in distress"},
    "/v1/told": {},
}
"""Every call that only a laptop of the team may make, asked rightly."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarPlace]:
    with places.far(tmp_path_factory.mktemp("hubs") / "hub", "--plain") as made:
        yield made


@pytest.fixture
def ann(place: FarPlace) -> Member:
    return place.member("ann")


def asked(
    place: FarPlace,
    method: str,
    path: str,
    body: bytes | None = None,
    token: bytes | None = None,
    **headers: str,
) -> tuple[int, dict[str, Any]]:
    """Ask, and return the status and what was said; every answer is the hub's own."""
    connection = http.client.HTTPConnection("127.0.0.1", int(place.url.rpartition(":")[2]))
    if token is not None:
        headers["Authorization"] = f"Bearer {token.hex()}"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Content-Type": "application/json", **named})
    answer = connection.getresponse()
    said = json.loads(answer.read())
    assert (answer.getheader("Linkworker-Hub") or "").split()[0] == "1"
    connection.close()
    return answer.status, said


def refused(answer: tuple[int, dict[str, Any]], name: str) -> None:
    status, said = answer
    assert (status, said["error"]) == (NAMED[name][0], name)


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("token", [None, b"", b"x" * 32, "é".encode(), b"y" * 4000])
def test_whoever_shows_no_good_token_is_told_the_same(
    place: FarPlace, path: str, token: bytes | None
) -> None:
    refused(asked(place, "POST", path, json.dumps(CALLS[path]).encode(), token), "not-enrolled")


@pytest.mark.parametrize("path", CALLS)
def test_a_laptop_that_was_removed_is_told_by_whom_and_gets_nothing(
    place: FarPlace, ann: Member, path: str
) -> None:
    laptop = place.hub.members.laptop_of(ann.token)
    place.hub.members.remove(laptop.id, "Grace")
    answer = asked(place, "POST", path, json.dumps(CALLS[path]).encode(), ann.token)
    refused(answer, "removed")
    assert answer[1]["by"] == "Grace"
    with pytest.raises(Removed, match="by Grace"):
        Line(place.url, None, ann.token).post(path, CALLS[path])


@pytest.mark.parametrize("path", [*CALLS, "/v1/join"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"operations": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}",
        b'{"dev": 5, "digest": true, "ask": "1", "operations": 7, "secret": null}',
        b'{"ask": 1' + b"0" * 5_000 + b"}",
        b'{"operations": [null]}',
        b'{"ask": 1, "cursors": {"team": [-1, ""]}, "known": [], "most_bytes": 1}',
        b'{"ask": 1, "cursors": {"team": ["", 1]}, "known": [""], "most_bytes": 1}',
    ],
)
def test_what_makes_no_sense_is_not_understood_and_changes_nothing(
    place: FarPlace, ann: Member, path: str, body: bytes
) -> None:
    if not CALLS.get(path, True):
        return  # nothing is read there
    before = place.hub.ledger.counts()
    refused(asked(place, "POST", path, body, ann.token), "not-understood")
    assert place.hub.ledger.counts() == before


@pytest.mark.parametrize(
    "harm",
    [
        {"n": 0},
        {"n": 1 << 70},
        {"n": True},
        {"dev": ""},
        {"dev": "x" * 65},
        {"dev": "a\u0000b"},
        {"scope": "person:\u202e"},
        {"scope": "person:\ud800"},
        {"kind": "x" * 17},
        {"body": None},
        {"body": 5},
        {"body": "{"},
        {"body": '{"words": {"words": [1]}}'},
        {"body": '{"words": "\ud800"}'},
        {"base": []},
        {"base": {"words": ["nonsense"]}},
        {"base": {"words": ["a:b"]}},
        {"hash": None},
        {"mood": "\ud800"},
        {"mood": float("nan")},
        {"mood": {"how": float("inf")}},
        {"base": {"words": ["a:9999999999999999999"]}},
        {"scope": "person:terry:restricted:more"},
    ],
)
def test_a_forged_operation_is_not_understood_and_changes_nothing(
    place: FarPlace, ann: Member, harm: dict[str, Any]
) -> None:
    ann.device.put("Person", "terry", called="Terry")
    (op,) = ann.device.unsent()
    body = json.dumps({"operations": [op.to_wire() | harm]}).encode()
    before = place.hub.ledger.counts()
    refused(asked(place, "POST", "/v1/push", body, ann.token), "not-understood")
    assert place.hub.ledger.counts() == before


def test_more_than_is_taken_at_once_is_refused_however_it_is_packed(
    place: FarPlace, ann: Member
) -> None:
    much = b" " * (MOST_BYTES + 1)
    bomb = zstandard.ZstdCompressor().compress(much)
    answer = asked(place, "POST", "/v1/push", bomb, ann.token, Content_Encoding="zstd")
    refused(answer, "too-large")
    answer = asked(place, "POST", "/v1/push", b"x", ann.token, Content_Length=str(len(much)))
    refused(answer, "too-large")


@pytest.mark.parametrize(("encoding", "body"), [("zstd", b"no"), ("br", b"{}"), ("gzip", b"")])
def test_another_packing_is_not_understood(
    place: FarPlace, ann: Member, encoding: str, body: bytes
) -> None:
    answer = asked(place, "POST", "/v1/push", body, ann.token, Content_Encoding=encoding)
    refused(answer, "not-understood")


def test_what_is_not_there_and_what_is_asked_wrongly_is_named(place: FarPlace) -> None:
    refused(asked(place, "GET", "/v1/people"), "nothing-here")
    refused(asked(place, "GET", "/docs"), "nothing-here")
    refused(asked(place, "DELETE", "/v1/push"), "not-that-way")


def test_every_status_that_the_hub_answers_with_is_described(place: FarPlace) -> None:
    status, described = asked(place, "GET", "/v1/openapi.json")
    assert status == 200
    common = {"200", "400", "413", "429", "500", "503"}
    for path, calls in described["paths"].items():
        for call in calls.values():
            statuses = set(call["responses"])
            assert common <= statuses
            assert "422" not in statuses
            for_leads = path.startswith("/v1/lead/")
            assert ({"401", "403"} <= statuses) == (path in CALLS or for_leads)
            if not for_leads:
                assert ("404" in statuses) == (path == "/v1/open")
                assert ("409" in statuses) == (path == "/v1/push")
    assert set(CALLS) < set(described["paths"])


def test_an_invite_lets_in_one_laptop_and_the_same_one_again(place: FarPlace) -> None:
    def join(token: str, secret: str) -> tuple[int, dict[str, Any]]:
        said = {"secret": secret, "token": token * 32, "dev": f"dev{token}", "worker_id": "w-1"}
        return asked(place, "POST", "/v1/join", json.dumps(said).encode())

    secret = place.hub.members.invite("Dot", "coordinator", "a lead").hex()
    assert join("aa", secret)[0] == 200
    assert join("aa", secret) == join("aa", secret)
    refused(join("bb", secret), "invite-not-good")
    refused(join("cc", "0" * 32), "invite-not-good")
    (laptop,) = (one.id for one in place.hub.members.laptops() if one.worker == "Dot")
    place.hub.members.remove(laptop, "Lead")
    refused(join("aa", secret), "removed")  # whoever has it learns no more of Dot and the team
    refused(join("bb", secret), "invite-not-good")


@pytest.mark.parametrize(
    "unclean",
    [
        *(
            {"worker_id": "a\0b"},
            {"worker_id": "a b"},
            {"worker_id": "a:b"},
            {"worker_id": "a\u202eb"},
        ),
        *({"laptop": "lap\0top"}, {"laptop": "\x1b[31mred"}, {"laptop": "a\u202eb"}),
        *({"laptop": "two\nlines"}, {"laptop": "half \ud800"}),
    ],
    ids=repr,
)
def test_whoever_joins_under_an_unclean_name_is_not_understood(
    place: FarPlace, unclean: dict[str, str]
) -> None:
    code = place.hub.invite("Eve", "coordinator", "a lead")
    said = {
        "secret": read_invite(code).secret.hex(),
        "token": "a1" * 32,
        "dev": "eve1",
        "worker_id": "eve",
        "laptop": "laptop",
    }
    status, answer = asked(place, "POST", "/v1/join", json.dumps(said | unclean).encode())
    assert (status, answer["error"]) == (400, "not-understood")
    assert "laptop" not in [one.name for one in place.hub.members.laptops() if one.worker == "Eve"]


def test_a_laptop_that_the_hub_does_not_know_is_told_what_to_do(place: FarPlace) -> None:
    with pytest.raises(NotKnown) as told:
        Line(place.url, None, b"z" * 32).post("/v1/device", {})
    assert "invite code" in told.value.to_do


def test_a_few_packed_bytes_of_a_strangers_are_never_unpacked_to_many(
    place: FarPlace, ann: Member
) -> None:
    said = b'{"operations": [' + b" " * (MOST_BYTES - 100) + b"{}]}"
    packed = zstandard.ZstdCompressor().compress(said)
    assert len(packed) < 4_000
    packing = {"Content-Encoding": "zstd", "Content-Type": "application/json"}
    refused(asked(place, "POST", "/v1/push", packed, bytes(32), **packing), "not-enrolled")
    refused(asked(place, "POST", "/v1/push", packed, **packing), "too-large")
    refused(asked(place, "POST", "/v1/join", packed, ann.token, **packing), "too-large")
    refused(asked(place, "POST", "/v1/push", packed, ann.token, **packing), "not-understood")
    refused(asked(place, "POST", "/v1/push", b" " * 300_000, bytes(32)), "not-enrolled")
    refused(asked(place, "POST", "/v1/push", b" " * 300_000, ann.token), "not-understood")
