"""A ServiceRequest with its Patient, as health services send one (FHIR R4, UK Core).

The Patient is in the same Bundle, or contained. Only what an introduction needs is read; what is
there besides is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
PRIORITIES = {"urgent": "this week", "asap": "today", "stat": "today"}
MOST_RESOURCES = 50
NOT_MEANT = ("draft", "revoked", "entered-in-error")
"""A request that is in one of these states asks for nothing."""


class NotAServiceRequest(Exception):
    """What came is no ServiceRequest with a Patient."""


def said_by(resource: dict[str, Any]) -> dict[str, str]:
    """Return what a resource says, by the fields of an introduction.

    Raises `NotAServiceRequest`.
    """
    there = list(_resources(resource))
    requests = [one for one in there if one.get("resourceType") == "ServiceRequest"]
    patients = [one for one in there if one.get("resourceType") == "Patient"]
    if len(requests) != 1 or len(patients) != 1:
        raise NotAServiceRequest
    (request,), (patient,) = requests, patients
    if request.get("status") in NOT_MEANT or request.get("doNotPerform") is True:
        raise NotAServiceRequest
    organisation = _first(there, "Organization")
    practitioner = _first(there, "Practitioner")
    requester = request.get("requester")
    named = _name(practitioner) or (_text(requester, "display") if _is(requester) else "")
    address = next(_current(patient, "address"), {})
    return {
        "who": "somebody else",
        "called": _name(patient),
        "reach": _telecom(patient),
        "place": _text(address, "postalCode") or _text(address, "text") or _text(address, "city"),
        "born": _text(patient, "birthDate"),
        "nhs_number": _identifier(patient, NHS_NUMBER),
        "reason": "\n".join(_reasons(request)),
        "urgency": PRIORITIES.get(_text(request, "priority"), ""),
        "by_name": named,
        "by_organisation": _text(organisation, "name"),
        "by_organisation_code": _identifier(organisation, ODS_CODE),
        "by_contact": _telecom(practitioner) or _telecom(organisation),
    }


def _resources(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if resource.get("resourceType") == "Bundle":
        found = [entry.get("resource") for entry in _each(resource, "entry")]
    else:
        found = [resource]
    for one in found[:MOST_RESOURCES]:
        if _is(one):
            yield one
            yield from list(_each(one, "contained"))[:MOST_RESOURCES]


def _reasons(request: dict[str, Any]) -> Iterator[str]:
    for name in ("reasonCode", "orderDetail"):
        for one in _each(request, name):
            words = _text(one, "text") or next(
                (_text(coding, "display") for coding in _each(one, "coding")), ""
            )
            if words:
                yield words
    for one in _each(request, "note"):
        if words := _text(one, "text"):
            yield words


def _name(resource: dict[str, Any]) -> str:
    names = sorted(_current(resource, "name"), key=lambda one: _text(one, "use") != "usual")
    for one in names:
        given = one.get("given")
        parts = [each for each in given if isinstance(each, str)] if _is_list(given) else []
        whole = " ".join(part for part in (*parts, _text(one, "family")) if part)
        if words := _text(one, "text") or whole:
            return words
    return ""


def _telecom(resource: dict[str, Any]) -> str:
    found = (_text(one, "value") for one in _current(resource, "telecom"))
    return next((one for one in found if one), "")


def _identifier(resource: dict[str, Any], system: str) -> str:
    for one in _each(resource, "identifier"):
        if _text(one, "system") == system:
            return _text(one, "value")
    return ""


def _first(there: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next((one for one in there if one.get("resourceType") == kind), {})


def _each(resource: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    found = resource.get(name)
    return (one for one in found if _is(one)) if _is_list(found) else iter(())


def _current(resource: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """Give the entries that hold now, those for a time last: never an old name, number or home.

    An entry whose period has an end is for a time, or over.
    """
    held = [one for one in _each(resource, name) if _text(one, "use") not in ("old", "maiden")]
    return iter(sorted(held, key=_for_a_time))


def _for_a_time(one: dict[str, Any]) -> bool:
    period = one.get("period")
    return _text(one, "use") == "temp" or (_is(period) and bool(_text(period, "end")))


def _text(resource: dict[str, Any], name: str) -> str:
    found = resource.get(name)
    return found if isinstance(found, str) else ""


def _is(one: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(one, dict)


def _is_list(one: Any) -> TypeGuard[list[Any]]:
    return isinstance(one, list)
