"""What a lead asks and is answered, as the OpenAPI document describes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from linkworker.hub.http.saying import Clean, Words

_Id = Annotated[str, Field(pattern="^[0-9A-Za-z-]{1,64}$")]
_Whom = Annotated[list[_Id], Field(min_length=1, max_length=1_000)]
_Role = Literal["coordinator", "duty worker", "lead", "reports only"]


class _Said(BaseModel):
    model_config = ConfigDict(strict=True)


class OwnLaptop(_Said):
    """A laptop of a member, and when it was last seen (ms)."""

    id: str
    name: str
    seen_at: int


class MemberOfTeam(_Said):
    """A member of the team."""

    id: str
    name: str
    role: str
    own: int
    """How many people are theirs."""
    covers: int
    """How many more they hold for a while."""
    laptops: list[OwnLaptop]


class TeamAnswer(_Said):
    """The team, and who asks."""

    members: list[MemberOfTeam]
    held_by_nobody: int
    waiting: int
    me: str
    this_laptop: str


class PeopleRequest(_Said):
    """Whose people; "" asks for those whom nobody holds."""

    worker: Annotated[str, Field(pattern="^[0-9A-Za-z-]{0,64}$")]


class HeldOne(_Said):
    """Somebody who is held: since when, and until when where it ends by itself (ms)."""

    person: str
    since: int
    until: int | None


class PeopleAnswer(_Said):
    """Whom a member holds."""

    people: list[HeldOne]


class CoverRequest(_Said):
    """Who is to hold whom too, until when (ms), and why."""

    whom: _Whom
    """Ids of people, and of members for all of their own people."""
    by: _Id
    until: Annotated[int, Field(ge=0, lt=1 << 53)]
    reason: Words
    kept_apart: bool = False
    """Whether what is kept apart comes too."""


class HandOverRequest(_Said):
    """Who is to hold whom, and why."""

    whom: _Whom
    to: _Id
    reason: Words


class DecidedAnswer(_Said):
    """How many people it was about."""

    people: int


class WorkerRequest(_Said):
    """A member."""

    worker: _Id


class LeaverAnswer(_Said):
    """How many people nobody holds now."""

    held_by_nobody: int


class LostRequest(_Said):
    """A laptop that was lost."""

    laptop: _Id


class LostAnswer(_Said):
    """The laptop that is heard no more."""

    removed: str


class InviteRequest(_Said):
    """Who is invited, and as what; "" is a coordinator, or what somebody of the team is."""

    name: Annotated[
        str, Field(min_length=1, max_length=80, pattern="^[^\\x00-\\x1f\\x7f]+$"), Clean
    ]
    role: _Role | Literal[""] = ""


class InviteAnswer(_Said):
    """The invite code, which is told nowhere else."""

    code: str


class RoleRequest(_Said):
    """What a member is to be."""

    worker: _Id
    role: _Role


class RoleAnswer(_Said):
    """What the member is now."""

    role: str


class WaitingOne(_Said):
    """What waits about a person, from whom, and who would see it if it were let in."""

    person: str
    worker: str
    count: int
    holders: list[str]
    parts: list[str]
    """Which parts of the person it is for, as their scopes spell them; "" is the record."""


class WaitingAnswer(_Said):
    """What waits for a lead."""

    waiting: list[WaitingOne]


class LetInRequest(_Said):
    """The person about whom something waits."""

    person: _Id


class LetInAnswer(_Said):
    """How many writes were let in."""

    let_in: int


class SameSide(_Said):
    """One of two records that may be one person's."""

    person: str
    holders: list[str]
    initials: str
    """Of somebody whom the asking lead does not hold; whoever holds them has the name."""


class SamePair(_Said):
    """Two records that may be one person's, or of which that was decided; never what they say."""

    one: SameSide
    other: SameSide
    state: Literal["noticed", "one person", "two people"]
    certain: bool
    """Whether all that both have says so."""
    agrees: list[str]
    differs: list[str]
    only_one: list[str]
    """What agrees, what differs and what is known of one alone, by name: "birth date"."""
    decided_at: int | None
    decided_by: str
    """Who decided, by name, and when (ms)."""
    reason: str


class SameAnswer(_Said):
    """The pairs that wait, the likeliest first, and what was decided, the latest first."""

    waiting: list[SamePair]
    decided: list[SamePair]


class SameRequest(_Said):
    """Two records by the ids of their people, and why they are decided about."""

    one: _Id
    """Stands for both, where they are joined."""
    other: _Id
    reason: Words


class SameDecidedAnswer(_Said):
    """What was decided of them."""

    state: Literal["one person", "two people"]
