"""What the hub's OpenAPI document says is so: each status, header and shape of every answer.

Schemathesis makes the questions from the document: right ones, each limit and just beyond it, and
such as the document forbids. Questions that only a laptop's own work makes right, with anything in
one place of them, are those of `test_any_request`.
"""

from __future__ import annotations

from collections.abc import Iterator

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

from tests.hub import cluster, places
from tests.hub.places import FarPlace
from tests.hub.test_access import CALLS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module", params=[places.far, cluster.far], ids=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FarPlace]:
    with request.param(tmp_path_factory.mktemp("hubs") / "hub", "--plain", "--behind-proxy") as at:
        yield at


@pytest.fixture(scope="module")
def token(place: FarPlace) -> str:
    return place.member("ann", "lead").token.hex()


@pytest.fixture(scope="module")
def described(place: FarPlace) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{place.url}/v1/openapi.json")


SAYS_NOTHING = {"/v1/hub", "/v1/device", "/v1/told", "/v1/lead/team", "/v1/lead/waiting"}
"""Calls with nothing in them that could be wrong."""


@pytest.mark.parametrize(
    ("mode", "method", "path"),
    [
        pytest.param(mode, method, path, id=f"{mode.value} {path}")
        for mode in GenerationMode
        for method, path in CALLS
        if mode is GenerationMode.POSITIVE or path not in SAYS_NOTHING
    ],
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_answer_is_as_the_document_says(
    described: schemathesis.BaseSchema,
    token: str,
    mode: GenerationMode,
    method: str,
    path: str,
    data: st.DataObject,
) -> None:
    case = data.draw(described[path][method].as_strategy(generation_mode=mode))
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
