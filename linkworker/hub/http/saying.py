"""What is asked and answered, as the OpenAPI document describes it.

The outermost shape is checked here; what an operation, a cursor or a scope may be, `oplog.wire`
and `oplog.operations` check, the same for every carrier.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from linkworker.oplog.wire import MOST_OPERATIONS, MOST_SCOPES
from linkworker.text import clean

_Number = Annotated[int, Field(ge=0, lt=1 << 62)]
_Scope = Annotated[str, Field(min_length=1, max_length=200, examples=["person:0190…", "team"])]
_Token = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Dev = Annotated[str, Field(pattern="^[0-9A-Za-z-]{1,64}$")]
_Cursor = Annotated[list[int | str], Field(min_length=2, max_length=2)]


def _is_clean(text: str) -> str:
    """Take a text that can be kept and shown as it is, and refuse any other."""
    if clean(text) != text:
        raise ValueError("unclean")
    return text


Clean = AfterValidator(_is_clean)
Words = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00-\\x1f\\x7f]+$"), Clean]
"""What somebody typed, on one line."""

_OPERATION = {
    "type": "object",
    "description": "One write of one row as it was captured. Fields that the hub does not know are "
    "kept and handed on.",
    "required": ["dev", "n", "act", "stamp", "scope", "tbl", "pk", "kind"],
    "properties": {
        "dev": {"type": "string", "description": "the device that wrote it"},
        "n": {"type": "integer", "minimum": 1, "description": "its number there, without gaps"},
        "act": {"type": "string", "description": "the act of a person that it belongs to"},
        "stamp": {"type": "integer", "description": "milliseconds since 1970, the writer's clock"},
        "scope": {"type": "string"},
        "tbl": {"type": "string"},
        "pk": {"type": "string"},
        "kind": {"type": "string", "description": "put, set, del, void, or a later release's"},
        "body": {"type": ["string", "null"], "description": "{group: {column: value}} as JSON"},
        "base": {
            "type": "object",
            "description": "{group: [dev:n, …]}: what it replaces; nothing where it is not said",
        },
        "hash": {
            "type": "string",
            "description": "of the body as it was captured; where it "
            "is not said, of the body as it stands",
        },
        "schema_v": {"type": "integer"},
        "actor": {"type": "string"},
        "hub_seq": {"type": ["integer", "null"], "description": "its place in its scope"},
        "hub_time": {"type": ["integer", "null"], "description": "when the hub took it (ms)"},
    },
}
_Operations = Annotated[
    list[dict[str, Any]],
    Field(max_length=MOST_OPERATIONS, json_schema_extra={"items": _OPERATION}),
]


class _Said(BaseModel):
    model_config = ConfigDict(strict=True)


class LaptopsRequest(_Said):
    """Devices whose writes stand on the laptop that asks."""

    devs: Annotated[list[_Dev], Field(max_length=100)]


class LaptopsAnswer(_Said):
    """What the laptops are called whose devices these are, by device, as far as they are known."""

    laptops: dict[str, str]


class AboutHub(_Said):
    """Which hub this is, and the authority that laptops are to trust."""

    hub: str
    protocol: int
    authority: str
    """The authority's certificate as PEM; its SHA-256 stands in the invite."""


class JoinRequest(_Said):
    """A laptop that was invited, and what it will show from now on."""

    secret: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """The secret of the invite, in hexadecimal."""
    token: _Token
    """256 bits that the laptop made, in hexadecimal; the hub keeps their hash."""
    dev: _Dev
    worker_id: Annotated[str, Field(pattern="^[!-9;-~]{1,64}$")]
    """The id that the laptop's worker has there; a scope is spelled with it."""
    laptop: Annotated[str, Field(max_length=80, pattern="^[^\\x00-\\x1f\\x7f]*$"), Clean] = ""
    """What the laptop is called in the lead's list."""


class JoinAnswer(_Said):
    """Who the laptop's worker is in the team."""

    worker_id: str
    name: str
    role: str
    organisation: str
    """Whose notes the laptop writes: "team", or the id of another organisation."""
    hub: str


class GreetRequest(_Said):
    """Who is there, and a digest over all that stands there."""

    dev: _Dev
    digest: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class GreetAnswer(_Said):
    """Which life of the hub this is, how far it holds the device, and whether both are equal."""

    epoch: str
    last_n: int
    same: bool
    role: str
    """The worker's place in the team at this moment; "left the team" for whoever left it."""
    told: int
    """How often this worker was told of something: more than before, and `/v1/told` has news."""
    door: Literal["", "key", "waits"] = ""
    """Whether something waits that came by the front door, or the laptop's key is not known."""


class PushRequest(_Said):
    """Operations of one device, in the order of their numbers."""

    operations: _Operations


class PushAnswer(_Said):
    """What the hub holds of the device now, durably."""

    last_n: int
    numbered: list[tuple[int, int, int]]
    """(n, place in its scope or 0 where it waits for a lead, time in ms) of each."""
    places: list[tuple[int, str, str]] = []
    """(n of the last in its scope, the scope's checksum there, the hub's seal) of those held."""


class PullRequest(_Said):
    """Where the laptop stands in each scope, and what else it has anything of."""

    ask: _Number
    cursors: Annotated[dict[str, _Cursor], Field(max_length=MOST_SCOPES)]
    """By scope: the place up to which it is known, and the checksum there."""
    known: Annotated[list[_Scope], Field(max_length=MOST_SCOPES)]
    most_bytes: _Number
    places: Annotated[list[_Number], Field(max_length=MOST_SCOPES)] = []
    """Instead of the cursors: the places in all scopes that the worker holds, by their names."""
    digest: Annotated[str, Field(pattern="^([0-9a-f]{32})?$")] = ""
    """With the places: the digest of what stands there, as in a greeting."""


class PullPart(_Said):
    """What is new in one scope, behind the place `after`."""

    scope: str
    after: int
    checksum: str
    proofs: list[str]
    """The hub's seal on each fifteenth place and the last: with it the laptop can hand back what a
    hub that was put back from an older backup forgot."""
    operations: _Operations


class PullAnswer(_Said):
    """What is new, and what the laptop is to let go of."""

    ask: int
    parts: list[PullPart]
    lost: list[str]
    erased: list[str]
    more: bool
    unknown: list[str]
    """Asked from a place that the hub does not know."""
    in_full: bool = False
    """Nothing is said: the places are not those of what the worker holds, and wanted naming."""
    held_up: list[str] = []
    """Of these the hub cannot read what comes next, and gives nothing behind it."""


class ForgottenRequest(_Said):
    """Up to where scopes were given to the laptop in an earlier life of the hub."""

    claims: Annotated[
        list[Annotated[list[int | str], Field(min_length=3, max_length=3)]],
        Field(max_length=MOST_SCOPES),
    ]
    """[scope, place, checksum there] of each."""


class ForgottenAnswer(_Said):
    """What of it is not here any more."""

    forgotten: list[int]
    """Which of the claims, counted from 0."""


class HandBackRequest(_Said):
    """Operations of one scope as they were once given, up to a place that the hub has sealed."""

    scope: _Scope
    seq: _Number
    """The place of the last of them."""
    checksum: Annotated[str, Field(max_length=64)]
    """The scope's checksum there."""
    proof: Annotated[str, Field(max_length=64)]
    """The hub's seal on that place."""
    before: Annotated[str, Field(max_length=64)]
    """The scope's checksum before the first of them, "" at the beginning."""
    operations: _Operations


class HandBackAnswer(_Said):
    """Whether the hub takes them for its own, and how to go on."""

    believed: bool
    """If not, nothing was taken."""
    enough: bool
    """Whether all before them is known."""
    proof: str
    """The seal on the place before them."""
    place: _Cursor
    """Where the last of them stands now."""


class DeviceAnswer(_Said):
    """A device id of its own."""

    dev: str


class FindRequest(_Said):
    """Whom a caller means: by the NHS number, or by name and birth date ("1947-03-02")."""

    nhs_number: Annotated[str, Field(pattern="^[0-9 ]{0,20}$")]
    name: Annotated[str, Field(max_length=200, pattern="^[^\\x00-\\x1f\\x7f]*$"), Clean]
    born: Annotated[str, Field(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


class FindAnswer(_Said):
    """The one person of whom that is so; "" where nobody is meant, or several."""

    person: str


class OpenRequest(_Said):
    """A person to be opened for a day."""

    person: Annotated[str, Field(pattern="^[0-9A-Za-z-]{1,64}$")]
    reason: Words
    """Why; the holder and the leads read it."""


class OpenAnswer(_Said):
    """Until when the person is open."""

    until: int
    """Milliseconds since 1970."""


class ToldOne(_Said):
    """Somebody opened a person whom this worker holds, or in a team that they lead; people are
    covered or were handed over, from them or to them; or, to a lead, somebody joined the team."""

    at: int
    who: str
    """Who opened, joined, covers, or walks with them now."""
    kind: Literal["opened", "joined", "covers", "handed over"]
    person: str
    """ "" for several, and where somebody joined."""
    count: int
    """How many people."""
    until: int
    """In ms; 0 where it has no end."""
    reason: str
    """Why; what the laptop is called of whoever joined."""


class ToldAnswer(_Said):
    """What this worker was told, the latest first."""

    told: list[ToldOne]
    last: int
    """The number of the last of it, as a greeting says it."""
