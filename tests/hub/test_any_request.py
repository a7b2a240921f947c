"""Whatever is asked, the hub answers in a documented status and never with a fault of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hub import cluster, places
from tests.hub.places import FarPlace, Member
from tests.hub.test_access import CALLS, one_operation, question
from tests.hub.test_refusals import asked

_TEXT = st.text(max_size=20) | st.sampled_from(["", "\x00", "\ud800", "person:terry", "1" * 300])
_NUMBER = st.integers() | st.sampled_from([-1, 0, 1 << 62, 1 << 63, 1 << 64])
VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBER | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=8,
)


@pytest.fixture(scope="module", params=[places.far, cluster.far], ids=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FarPlace]:
    with request.param(
        tmp_path_factory.mktemp("hubs") / "hub", "--plain", "--behind-proxy"
    ) as made:
        yield made


@pytest.fixture(scope="module")
def ann(place: FarPlace) -> Member:
    return place.member("ann", "lead")


@cache
def documented(place: FarPlace) -> dict[tuple[str, str], set[int]]:
    """Return the statuses that the hub's own document names, by call."""
    _, described = asked(place, "GET", "/v1/openapi.json")
    return {
        (method.upper(), path): {int(status) for status in one["responses"]}
        for path, calls in described["paths"].items()
        for method, one in calls.items()
    }


def places_in(said: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to everything in what is said."""
    yield at
    if isinstance(said, dict | list):
        for key, value in said.items() if isinstance(said, dict) else enumerate(said):
            yield from places_in(value, (*at, key))


def changed(said: Any, way: tuple[Any, ...], value: Any) -> Any:
    """Return what is said with another value at one place."""
    if not way:
        return value
    copy = said.copy()
    copy[way[0]] = changed(said[way[0]], way[1:], value)
    return copy


@pytest.mark.parametrize(("method", "path"), [call for call in CALLS if call[0] == "POST"])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_right_question_with_anything_in_one_place_gets_a_documented_answer(
    place: FarPlace, ann: Member, method: str, path: str, data: st.DataObject
) -> None:
    right = question(path, "terry", ann.device.dev, one_operation())
    way = data.draw(st.sampled_from(list(places_in(right))))
    body = json.dumps(changed(right, way, data.draw(VALUES))).encode()
    status, said = asked(place, method, path, body, ann.token)
    assert status in documented(place)[method, path], (status, said)
    assert status < 500, said
