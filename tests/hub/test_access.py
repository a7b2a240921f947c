"""The access matrix: every call, by every role, about a person in every state of being held.

The calls are read from the hub's own OpenAPI document, so a new one without an answer here fails.
"""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from linkworker.clock import local_day, system_clock
from linkworker.hub.roles import MAY, Right
from linkworker.hub.sharing import SaySo, share
from linkworker.oplog.operations import Operation
from tests.hub import cluster, places
from tests.hub.places import FarPlace, Member
from tests.hub.test_refusals import asked

SECRET = "Rain on the bowling green"
"""What stands in the person's record, and nowhere else."""

LAPTOPS = "laptops"
"""A call for laptops of the team."""

LEADS = "leads"
"""A call for the laptops of those who decide; all others are for everybody."""

HOLDERS = "holders"
"""A call for the laptops of those who hold people."""

CALLS = {
    ("GET", "/v1/hub"): "everybody",
    ("POST", "/v1/join"): "everybody",
    ("POST", "/v1/greet"): LAPTOPS,
    ("POST", "/v1/pull"): LAPTOPS,
    ("POST", "/v1/forgotten"): LAPTOPS,
    ("POST", "/v1/hand-back"): LAPTOPS,
    ("POST", "/v1/device"): LAPTOPS,
    ("POST", "/v1/laptops"): LAPTOPS,
    ("POST", "/v1/find"): LAPTOPS,
    ("POST", "/v1/open"): LAPTOPS,
    ("POST", "/v1/told"): LAPTOPS,
    ("POST", "/v1/introductions/take"): HOLDERS,
    ("POST", "/v1/introductions/taken"): HOLDERS,
    ("POST", "/v1/introductions/became"): HOLDERS,
    ("POST", "/v1/lead/team"): LEADS,
    ("POST", "/v1/lead/people"): LEADS,
    ("POST", "/v1/lead/waiting"): LEADS,
    ("POST", "/v1/lead/let-in"): LEADS,
    ("POST", "/v1/lead/same"): LEADS,
    ("POST", "/v1/lead/same-as"): LEADS,
    ("POST", "/v1/lead/not-same"): LEADS,
    ("POST", "/v1/lead/apart"): LEADS,
    ("POST", "/v1/lead/invite"): LEADS,
    ("POST", "/v1/lead/role"): LEADS,
    ("POST", "/v1/lead/lost"): LEADS,
    ("POST", "/v1/lead/leaver"): LEADS,
    ("POST", "/v1/push"): LAPTOPS,  # whoever writes of somebody new holds them: last but these
    ("POST", "/v1/lead/cover"): LEADS,
    ("POST", "/v1/lead/hand-over"): LEADS,
}

HELD = ("own", "covered", "cover ended", "never held", "erased", "nobody knows")
SHOWN = ("a good token", "a revoked laptop's", "no token", "a made-up token")
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module", params=[places.far, cluster.far], ids=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FarPlace]:
    with request.param(
        tmp_path_factory.mktemp("hubs") / "hub", "--plain", "--behind-proxy"
    ) as made:
        yield made


def a_person(place: FarPlace, held: str, who: Member, role: str) -> str:
    """Return the id of a person whom `who` holds as named, of whom the hub has a note."""
    person = f"terry-{next(_NUMBERS)}"
    if held == "nobody knows":
        return person
    holds = Right.HOLD in MAY[role]
    writer = who if held == "own" and holds else place.member("holder")
    writer.device.put("Person", person, called="Terry")
    writer.device.put("Note", f"n-{person}", person_id=person, words=SECRET)
    writer.sync()
    until = {"covered": 1 << 60, "cover ended": 1}.get(held)
    if until and holds:
        for scope in (f"person:{person}", f"person:{person}:team"):
            place.hub.ledger.grant(who.worker, scope, "cover", until)
    if held == "erased":
        place.hub.erase(person, "a lead", "asked for it")
    return person


def may_see(role: str, held: str) -> bool:
    return Right.HOLD in MAY[role] and held in ("own", "covered")


def question(path: str, person: str, dev: str, seed: Operation) -> dict[str, Any]:
    """Return what is asked about a person, rightly."""
    scope = f"person:{person}"
    late = replace(seed, dev=dev, n=1, scope=scope, pk=f"x-{person}")
    questions: dict[str, dict[str, Any]] = {
        "/v1/hub": {},
        "/v1/join": {"secret": "0" * 32, "token": "ab" * 32, "dev": dev, "worker_id": person},
        "/v1/greet": {"dev": dev, "digest": "0" * 32},
        "/v1/push": {"operations": [late.to_wire()]},
        "/v1/pull": {"ask": 1, "cursors": {scope: [0, ""]}, "known": [scope], "most_bytes": 99999},
        "/v1/forgotten": {"claims": [[scope, 1, "0" * 32]]},
        "/v1/hand-back": {
            "scope": scope,
            "seq": 1,
            "checksum": "0" * 32,
            "proof": "0" * 32,
            "before": "",
            "operations": [late.to_wire()],
        },
        "/v1/device": {},
        "/v1/laptops": {"devs": [person]},
        "/v1/find": {"nhs_number": "", "name": "Terry", "born": "1947-03-02"},
        "/v1/open": {"person": person, "reason": "rang in distress"},
        "/v1/told": {},
        "/v1/introductions/take": {"key": "A" * 43 + "=", "areas": ["Barwell"]},
        "/v1/introductions/taken": {"ids": [person], "unreadable": [person]},
        "/v1/introductions/became": {
            "became": [{"id": person, "state": "closed", "person": person}]
        },
        "/v1/lead/team": {},
        "/v1/lead/people": {"worker": "nobody-of-the-team"},
        "/v1/lead/cover": {
            "whom": [person],
            "by": "nobody-of-the-team",
            "until": int(time.time() * 1000) + 86_400_000,
            "reason": "leave",
        },
        "/v1/lead/hand-over": {
            "whom": [person],
            "to": "nobody-of-the-team",
            "reason": "moving on",
        },
        "/v1/lead/leaver": {"worker": "nobody-of-the-team"},
        "/v1/lead/lost": {"laptop": "no-laptop"},
        "/v1/lead/invite": {"name": "Ivy", "role": "coordinator"},
        "/v1/lead/role": {"worker": "nobody-of-the-team", "role": "coordinator"},
        "/v1/lead/waiting": {},
        "/v1/lead/let-in": {"person": person},
        "/v1/lead/same": {},
        "/v1/lead/same-as": {"one": person, "other": "nobody-at-all", "reason": "one daughter"},
        "/v1/lead/not-same": {"one": person, "other": "nobody-at-all", "reason": "cousins"},
        "/v1/lead/apart": {"one": person, "other": "nobody-at-all", "reason": "cousins"},
    }
    return questions[path]


def call(
    place: FarPlace, method: str, path: str, said: dict[str, Any], token: bytes | None
) -> tuple[int, dict[str, Any]]:
    body = None if method == "GET" else json.dumps(said).encode()
    return asked(place, method, path, body, token)


@cache
def one_operation() -> Operation:
    from tests.oplog.devices import Device

    device = Device("seed", "seed")
    device.put("Note", "x", person_id="x", words="late words")
    return device.unsent()[0]


def without(said: Any, person: str) -> str:
    """Return an answer with the person's id, times, places and new ids taken out of it."""
    text = json.dumps(said, sort_keys=True).replace(person, "SOMEBODY")
    return re.sub(r'"[0-9a-f]{16}"', '"ID"', re.sub(r"\d{13}", "TIME", text))


def test_every_call_of_the_document_stands_in_the_matrix(place: FarPlace) -> None:
    _, described = asked(place, "GET", "/v1/openapi.json")
    found = {
        (method.upper(), path) for path, calls in described["paths"].items() for method in calls
    }
    assert found == set(CALLS)


@pytest.mark.parametrize("role", MAY)
def test_nothing_leaks_to_any_role_however_the_person_is_held(place: FarPlace, role: str) -> None:
    seed = one_operation()
    for held in HELD:
        who = place.member("who", role)
        person = a_person(place, held, who, role)
        for method, path in CALLS:
            dev = who.device.dev if path == "/v1/greet" else f"dev{next(_NUMBERS)}"
            status, said = call(place, method, path, question(path, person, dev, seed), who.token)
            told = json.dumps(said)
            if path == "/v1/pull":
                assert (SECRET in told) == may_see(role, held), (role, held)
            elif path == "/v1/find":
                may_ask = Right.OPEN in MAY[role]
                assert (status, said.get("person")) == ((200, "") if may_ask else (403, None))
            elif path == "/v1/open":
                opens, known = Right.OPEN in MAY[role], held not in ("erased", "nobody knows")
                assert status == (403 if not opens else 200 if known else 404), (role, held)
            elif CALLS[method, path] == HOLDERS:
                assert status == (200 if Right.HOLD in MAY[role] else 403), (role, path, said)
            elif CALLS[method, path] == LEADS:
                decides = Right.DECIDE in MAY[role]
                assert (status == 403) != decides, (role, held, path)
                refused = 409 if path == "/v1/lead/apart" else 404
                assert status in (200, 403, refused), (role, held, path, said)
                if not decides:
                    assert (said["error"], person in told) == ("not-yours", False)
            else:
                assert status == (403 if path == "/v1/join" else 200), (role, path, said)
            if path != "/v1/pull":
                assert SECRET not in told, (role, held, path)
                assert "Terry" not in told, (role, held, path)


OPENED = {
    "nothing": (),
    "record": ("record",),
    "record, notes of A team": ("record", "notes"),
    "record, kept apart": ("record", "apart"),
    "notes of A team, kept apart": ("record", "notes", "apart"),
    "record, notes of A team until yesterday": (),
}
"""What an adviser of another organisation was let in to, and what their laptop is given of it."""


@pytest.mark.parametrize("opened", OPENED)
def test_an_adviser_is_given_what_a_persons_word_opened_and_nothing_else(
    place: FarPlace, opened: str
) -> None:
    holder, adviser = place.member("holder"), place.member("jo", organisation="Citizens Advice")
    person = f"terry-{next(_NUMBERS)}"
    holder.device.put("Person", person, called="Terry of the record")
    holder.device.put("Note", f"n-{person}", person_id=person, words="Rain of the notes")
    holder.device.put("KeptApart", f"k-{person}", person_id=person, words="Harm kept apart")
    holder.sync()
    ledger, members = place.hub.ledger, place.hub.members
    name, what = members.names()[adviser.worker], opened.partition(" until ")[0]
    if opened != "nothing":
        said = SaySo(local_day(system_clock()), "said at home")
        share(
            ledger,
            members,
            place.hub.itself,
            person,
            name,
            what,
            said,
            ledger.now_ms() + 9_999,
            "benefits",
        )
    if what != opened:
        with place.hub.database.writing() as tx:
            tx.execute("UPDATE hub_grant SET until = 1 WHERE worker = ?", (adviser.worker,))
    scopes = [f"person:{person}{part}" for part in ("", ":team", ":restricted", ":advice")]
    asked_for = {"ask": 1, "cursors": {}, "known": scopes, "most_bytes": 99999}
    status, said_back = call(place, "POST", "/v1/pull", asked_for, adviser.token)
    told = [
        op["body"]
        for part in said_back["parts"]
        for op in part["operations"]
        if op["tbl"] != "sharing_decision"  # which names the parts, and holds none of them
    ]
    words = {"record": "of the record", "notes": "of the notes", "apart": "kept apart"}
    found = {part for part, said_of in words.items() if said_of in json.dumps(told)}
    assert (status, found) == (200, set(OPENED[opened]))


@pytest.mark.parametrize("shown", [one for one in SHOWN if one != "a good token"])
def test_whoever_shows_no_good_token_hears_the_same_of_everybody(
    place: FarPlace, shown: str
) -> None:
    seed = one_operation()
    for role, held in itertools.product(MAY, HELD):
        who = place.member("who", role)
        person = a_person(place, held, who, role)
        token: bytes | None = who.token
        match shown:
            case "a revoked laptop's":
                place.hub.members.remove(place.hub.members.laptop_of(who.token).id, "Grace")
            case "no token":
                token = None
            case "a made-up token":
                token = b"m" * 32
        before = place.hub.ledger.counts()
        for (method, path), who_may in CALLS.items():
            if who_may not in (LAPTOPS, HOLDERS, LEADS):
                continue
            said = call(place, method, path, question(path, person, who.device.dev, seed), token)
            name = "removed" if shown == "a revoked laptop's" else "not-enrolled"
            assert (said[0], said[1]["error"]) == (403 if name == "removed" else 401, name)
            assert person not in json.dumps(said[1])
        assert place.hub.ledger.counts() == before


@pytest.mark.parametrize("role", MAY)
def test_a_refusal_does_not_tell_whether_somebody_exists(place: FarPlace, role: str) -> None:
    seed = one_operation()
    paths = [
        *(("POST", "/v1/pull"), ("POST", "/v1/greet"), ("POST", "/v1/join")),
        *(("POST", "/v1/forgotten"), ("POST", "/v1/hand-back")),
    ]
    if Right.OPEN not in MAY[role]:
        paths += [("POST", "/v1/open"), ("POST", "/v1/find")]
    if Right.DECIDE not in MAY[role]:
        paths += [call for call, who_may in CALLS.items() if who_may == LEADS]
    for method, path in paths:
        answers = set()
        for held in ("never held", "cover ended", "nobody knows"):
            who = place.member("who", role)
            person = a_person(place, held, who, role)
            said = question(path, person, who.device.dev, seed)
            status, told = call(place, method, path, said, who.token)
            told.pop("held", None)  # one's own name, which differs by who asks
            news = place.hub.members.last_told(who.worker)  # a lead hears who joined after them
            assert told.pop("told", news) == news
            answers.add((status, without(told, person)))
        assert len(answers) == 1, (role, path, answers)


def test_of_a_write_about_somebody_not_held_the_sender_is_told_no_more_than_that_it_waits(
    place: FarPlace,
) -> None:
    seed = one_operation()
    answers = set()
    for held in ("never held", "cover ended", "erased"):
        who = place.member("who")
        person = a_person(place, held, who, "coordinator")
        said = question("/v1/push", person, who.device.dev, seed)
        status, told = call(place, "POST", "/v1/push", said, who.token)
        answers.add((status, without(told, person)))
    assert len(answers) == 1
    assert "[1, 0, TIME]" in answers.pop()[1]
