"""The community: the directory with the team's own knowledge of it, gaps, groups, the diary.

All of it is the team's, and nothing in it names anybody who is supported: there is no column for
it, and what a gap says is put in other words before it leaves the person's record.
"""

from __future__ import annotations

from datetime import date

from linkworker.schema.columns import (
    Row,
    line,
    part_of,
    plain,
    read_by,
    scoped,
    typed,
    typed_list,
)


class Service(Row, table=True):
    """An entry of the directory: a group, service or activity, from a feed or made by hand.

    What a feed says is one group, and the latest feed is right; each thing that the team knows is a
    group of its own, which no feed touches.
    """

    __tablename__ = "service"
    __table_args__ = (
        read_by("service_by_source", "source", "source_id"),
        scoped("team", latest={"entry": "source", "recorded": ""}),
    )

    source: str = line("entry")
    """The feed it is from; "" where it was made by hand."""
    source_id: str = line("entry")
    organisation: str = line("entry", searched=True)
    name: str = line("entry", searched=True)
    about: str = typed("entry", searched=True)
    phone: str = line("entry")
    email: str = line("entry")
    web: str = line("entry")
    cost: str = typed("entry")
    """As it was said; "free" where it costs nothing."""
    times: str = typed("entry")
    days: list[str] = typed_list("entry")
    """Days of the week: "mon" to "sun"."""
    youngest: int | None = plain(None, "entry")
    oldest: int | None = plain(None, "entry")
    for_whom: str = typed("entry", searched=True)
    languages: list[str] = typed_list("entry")
    kinds: list[str] = typed_list("entry", searched=True)
    """What it is, in the feed's own words."""
    area: str = line("entry", searched=True)
    alert: str = typed("entry")
    checked_on: date | None = plain(None, "entry")
    """When the feed's own people last looked at it."""
    gone_on: date | None = plain(None, "entry")
    """Since when its feed has it no more."""
    words: str = typed("words", searched=True)
    """What it is really like."""
    ask_for: str = line("ask_for")
    step_free: str = plain("", "step_free")
    quiet_times: str = line("quiet_times")
    confirmed_on: date | None = plain(None, "confirmed")
    confirmed_by: str = plain("", "confirmed")
    """The worker who looked last."""
    full_until: date | None = plain(None, "full")
    full_words: str = line("full")
    do_not_list: bool = plain(False, "do_not_list")
    why_not: str = typed("do_not_list")


class ServicePlace(Row, table=True):
    """Where an entry of the directory is to be found."""

    __tablename__ = "service_place"
    __table_args__ = scoped("team", latest={"entry": "source", "recorded": ""})

    service_id: str = part_of("service.id", "entry", needed=True)
    source: str = line("entry")
    name: str = line("entry")
    address: str = line("entry")
    postcode: str = line("entry")
    latitude: int | None = plain(None, "entry")
    """In hundred-thousandths of a degree (about a metre), WGS 84, as the longitude."""
    longitude: int | None = plain(None, "entry")
    access: str = typed("entry")
    times: str = typed("entry")
    days: list[str] = typed_list("entry")
    gone_on: date | None = plain(None, "entry")
    """Since when its feed has it no more."""


class Gap(Row, table=True):
    """Something that was looked for and is not here."""

    __tablename__ = "gap"
    __table_args__ = scoped("team")

    words: str = typed("words")
    kind: str = plain("", "kind")
    area: str = line("area")
    closed_on: date | None = plain(None, "closed")
    closed_by: str = typed("closed")
    """What fills it now."""


class GapWanted(Row, table=True):
    """That a gap was met once more, and for how many."""

    __tablename__ = "gap_wanted"
    __table_args__ = scoped("team", insert_only=True)

    gap_id: str = part_of("gap.id", "wanted", needed=True)
    on: date | None = plain(None, "wanted")
    how_many: int = plain(1, "wanted")


class CommunityGroup(Row, table=True):
    """A group that the team supported or started."""

    __tablename__ = "community_group"
    __table_args__ = scoped("team")

    name: str = line("name")
    about: str = typed("about")
    area: str = line("area")
    our_part: str = plain("supported", "our_part")
    service_id: str = plain("", "service")
    """Its entry in the directory."""
    begun_on: date | None = plain(None, "begun")
    stepped_back_on: date | None = plain(None, "stepped_back")
    """Since when it runs without us."""
    ended_on: date | None = plain(None, "ended")


class GroupCheck(Row, table=True):
    """Whether a group still ran on a day, without us."""

    __tablename__ = "group_check"
    __table_args__ = scoped("team", insert_only=True)

    group_id: str = part_of("community_group.id", "check", needed=True)
    on: date | None = plain(None, "check")
    running: str = plain("not known", "check")
    words: str = typed("check")


class CommunityWork(Row, table=True):
    """A line of the diary: a conversation, a group, an event, and the time it took."""

    __tablename__ = "community_work"
    __table_args__ = scoped("team")

    on: date | None = plain(None, "work")
    kind: str = plain("conversation", "work")
    minutes: int | None = plain(None, "work")
    words: str = typed("work")
    area: str = line("work")
    group_id: str | None = part_of("community_group.id", "work")
    worker_id: str = plain("", "work")


class GroupSession(Row, table=True):
    """A session that was open to all, and its register: first names as given, and counts."""

    __tablename__ = "group_session"
    __table_args__ = scoped("team")

    on: date | None = plain(None, "session")
    place: str = line("session")
    group_id: str | None = part_of("community_group.id", "session")
    led_by: list[str] = typed_list("session")
    """Volunteers, by id."""
    names: list[str] = typed_list("register")
    """First names, linked to nobody's record."""
    heads: int | None = plain(None, "register")
    unwritten: int = plain(0, "register")
    """Who would rather not be written down."""
    interpreters: str = line("register")
    turned_away: int = plain(0, "register")
    given: str = line("given")
    words: str = typed("words")


class Volunteer(Row, table=True):
    """Somebody who helps lead. They see registers, never records."""

    __tablename__ = "volunteer"
    __table_args__ = scoped("team")

    name: str = line("name")
    role: str = line("role")
    training: str = typed("training")
    checked: str = line("checked")
    """What the team's rule on DBS checks asks, and what was seen."""
    checked_on: date | None = plain(None, "checked")
    left_on: date | None = plain(None, "left")


class VolunteerHours(Row, table=True):
    """Time that a volunteer gave."""

    __tablename__ = "volunteer_hours"
    __table_args__ = scoped("team", insert_only=True)

    volunteer_id: str = part_of("volunteer.id", "hours", needed=True)
    on: date | None = plain(None, "hours")
    minutes: int = plain(0, "hours")
    group_id: str | None = part_of("community_group.id", "hours")
    words: str = typed("hours")


class Offer(Row, table=True):
    """A strength that somebody agreed to have offered to colleagues' people: who it is, only
    their coordinator's laptop knows."""

    __tablename__ = "offer"
    __table_args__ = scoped("team", latest={"withdrawn": "withdrawn_on"})

    words: str = typed("words")
    area: str = line("area")
    worker_id: str = plain("", "worker")
    """Whom to ask."""
    withdrawn_on: date | None = plain(None, "withdrawn")
