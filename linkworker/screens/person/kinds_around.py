"""The kinds of things around the plan: who is there, safety, support, details, appointments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from linkworker.caseload import (
    about,
    appointments,
    connections,
    contacts,
    households,
    not_with,
    people,
    reaching,
    safety,
    support,
)
from linkworker.caseload.apart import means_one
from linkworker.clock import home_zone
from linkworker.schema import values
from linkworker.screens.how_made import BY_ITSELF, REGULAR, made_asks, made_of
from linkworker.screens.person.kinds import NO_YES, Kind, Thing, Values
from linkworker.widgets.forms import Ask, options

if TYPE_CHECKING:
    from linkworker.store import ReadTx, WriteTx

NOT_TOGETHER = (
    "It may be somebody whom they are not to be brought together with: so it stands on one of the "
    "two pages."
)
HOW_NEAR = Ask("how", "How near", "one of", options(*values.CLOSENESS, empty="nobody said"))


# -- who and what is around


def _tie(said: Values) -> Values:
    return said | {"paid": said.get("paid") == "yes"}


def _correct_tie(tx: WriteTx, row: str, said: Values) -> None:
    said = _tie(said)
    connections.stands_near(tx, said.pop("how"), tie_id=row)
    connections.correct_tie(tx, row, **said)


def _add_connection(tx: WriteTx, who: str, said: Values) -> str:
    said = dict(said)
    near = said.pop("near")
    row = connections.add_connection(tx, who, **made_of(said))
    connections.stands_near(tx, near, connection_id=row)
    return row


def _ask_connection(tx: ReadTx, who: str, said: Values, before: Values) -> str:
    """Ask before somebody is connected with one whom they are not to be brought together with."""
    if all(said[name] == before.get(name) for name in ("name", "kind")):
        return ""
    apart = means_one(tx, who, said["name"], a_person=said["kind"] == "person")
    return NOT_TOGETHER if apart else ""


def _correct_connection(tx: WriteTx, row: str, said: Values) -> None:
    said = dict(said) | {"regular": said["regular"] == "yes"}
    connections.stands_near(tx, said.pop("near"), connection_id=row)
    stage, on, words = said.pop("stage"), said.pop("on"), said.pop("words")
    connections.stands_at(tx, row, stage, on=on, words=words)
    connections.correct_connection(tx, row, **said)


# -- staying safe and support


def _tick_safety(tx: WriteTx, thing: Thing) -> str:
    if thing.row.stands:
        safety.end_statement(tx, thing.row_id)
        return "No longer so."
    safety.correct_statement(tx, thing.row_id, ended_on=None, ended_words="")
    return "It stands again."


def _add_safety(tx: WriteTx, who: str, said: Values) -> str:
    return safety.add_statement(tx, who, **{**said, "said_on": said["said_on"] or tx.today})


def _add_support(tx: WriteTx, who: str, said: Values) -> str:
    said = dict(said)
    kind = said.pop("kind")
    said["level"] = int(said["level"]) if said["level"] and kind in GOING else None
    if kind == "began":
        return support.begin(tx, who, **said)
    return support.happen(tx, who, kind, **said)


def _offer_support(tx: ReadTx, who: str) -> Values:
    """Offer how they come back, and the level they had. What else may happen is to be said."""
    kind, level = support.likely_next(tx, who)
    return {"kind": "" if kind == "level" else kind, "level": level}


def _correct_support(tx: WriteTx, row: str, said: Values) -> str:
    level = said["level"]
    return support.correct_event(tx, row, **{**said, "level": int(level) if level else None})


def _add_whereabouts(tx: WriteTx, who: str, said: Values) -> str:
    return support.record_whereabouts(tx, who, **said)


# -- appointments


def _at(said: Values) -> Values:
    """Return an appointment's fields with its day and time as one."""
    said = dict(said)
    day: date | None = said.pop("day")
    at = said.pop("time")
    said["at"] = (day.isoformat() if day else "") + (f"T{at}" if at else "")
    return said


def _tick_appointment(tx: WriteTx, thing: Thing) -> str:
    if thing.row.state == "to come":
        appointments.it_happened(tx, thing.row_id)
        return "It happened."
    appointments.correct_appointment(tx, thing.row_id, state="to come", state_words="")
    return "Still to come."


def _correct_contact(tx: WriteTx, row: str, said: Values) -> None:
    """Put a contact right. In the hour that comes twice it stays in the one in which it was."""
    said = dict(said)
    day, at = said.pop("day"), said.pop("time") or "12:00"
    if day is not None:
        stands = contacts.logged(tx, row)
        was = stands.happened_at.astimezone(home_zone()) if stands is not None else None
        fold = was.fold if was is not None and was.date() == day else 0
        wall = time.fromisoformat(at).replace(fold=fold)
        said["happened_at"] = datetime.combine(day, wall, home_zone())
    contacts.correct_contact(tx, row, **said)


LEVELS = (("", "no level"), *((str(level), words) for level, words in values.LEVELS.items()))

BEGINNING = ("began", "returned", "reopened")
"""Support events with which it begins, or begins again."""
GOING = ("began", "level", "returned", "reopened")
"""Support events that go on at a level."""
LEAVING = ("paused", "stepped back", "ended")
"""Support events after which it is quiet."""
PUTTING_RIGHT = "This puts right what was written. Esc, then Ins adds what has happened since."
"""Above the form in which a support event is corrected."""
WITH_WORDS = tuple(one for one in values.SAFETY_KINDS if one != "no known risks")
"""Staying-safe statements that nothing says without words."""

AROUND_KINDS = {
    "tie": Kind(
        "somebody around them",
        (
            Ask("name", "Name", example="Pat, or the lady next door"),
            Ask("relationship", "Who they are", example="daughter"),
            Ask("how_often", "How often", example="weekly"),
            HOW_NEAR,
            Ask("phone", "Phone"),
            Ask("may_share", "What we may tell them", hint="in the person's words"),
            Ask("roles", "Also", "some of", options(*values.TIE_ROLES)),
            Ask("paid", "Paid to be there", "one of", NO_YES),
            Ask("about", "Worth knowing"),
        ),
        add=lambda tx, who, said: connections.add_tie(tx, who, **_tie(said)),
        correct=_correct_tie,
        remove=connections.remove_tie,
        doubt=lambda said: reaching.doubt(said["phone"]),
        hint="family, a friend, a neighbour, somebody paid",
        more=(Ask("born", "Born (a dependant)", "past day"), Ask("until", "Until", "past day")),
    ),
    "connection": Kind(
        "a connection",
        (
            Ask("name", "What it is", example="Knit & Natter"),
            Ask("kind", "A", "one of", options(*values.CONNECTION_KINDS)),
            Ask("stage", "Stage", "one of", options(*values.STAGES)),
            Ask("on", "Since", "past day", hint="today"),
            *made_asks(empty=BY_ITSELF),
            Ask("words", "How it was", hint="in their words"),
            replace(HOW_NEAR, name="near"),
            Ask("about", "Worth knowing"),
        ),
        only_new=tuple(ask.name for ask in made_asks()),
        ask_first=_ask_connection,
        add=_add_connection,
        correct=_correct_connection,
        remove=connections.remove_connection,
        correcting_says="m writes how it went on; h puts right how it was made, and what was told.",
        hint="a group, place, service or activity",
        more=REGULAR,
    ),
    "not with": Kind(
        "who they are not to be with",
        (
            Ask("name", "Who", hint="their whole name"),
            Ask("words", "Why", hint="if it is said; it is shown here alone"),
        ),
        add=lambda tx, who, said: not_with.add_not_with(tx, who, **said),
        correct=lambda tx, row, said: not_with.correct_not_with(tx, row, **said),
        remove=not_with.remove_not_with,
        hint="somebody never to be brought together with them",
    ),
    "household": Kind(
        "who they live with",
        (
            Ask("place", "Their place in the household", example="grandmother"),
            Ask("until", "Lived there until", "past day"),
        ),
        correct=lambda tx, row, said: households.correct_member(tx, row, **said),
        remove=households.remove_member,
        hint="somebody who has a page here too",
    ),
    "kept apart": Kind(
        "what is kept apart",
        (
            Ask("words", "In plain words", "long"),
            Ask("happened_on", "When it was", "past day", hint="today"),
            Ask("told", "Whom you told, and when", example="Bev, 15:50"),
        ),
        add=lambda tx, who, said: safety.keep_apart(
            tx, who, **{**said, "happened_on": said["happened_on"] or tx.today}
        ),
        hint="in no plan, list or search; opened on purpose",
    ),
    "contact": Kind(
        "when, how and where",
        (
            Ask("day", "Day", "past day"),
            Ask("time", "Time", "time"),
            Ask("how", "How", "one of", options(*values.CONTACT_WAYS)),
            Ask("minutes", "How long", "minutes"),
            Ask("place", "Where"),
            Ask("outcome", "What came of it", "one of", options(*values.OUTCOMES)),
        ),
        correct=_correct_contact,
    ),
    "safety": Kind(
        "staying safe",
        (
            Ask("kind", "It is", "one of", options(*values.SAFETY_KINDS)),
            Ask("words", "In plain words", "long", when=WITH_WORDS),
            Ask("said_on", "Said on", "past day", hint="today"),
        ),
        add=_add_safety,
        correct=lambda tx, row, said: safety.correct_statement(tx, row, **said),
        remove=safety.remove_statement,
        tick=_tick_safety,
        hint="a risk, what helps, or no known risks",
        more=(Ask("ended_on", "No longer so since", "past day"), Ask("ended_words", "Why")),
    ),
    "support": Kind(
        "support",
        (
            Ask(
                "kind",
                "What happened",
                "one of",
                options(*values.SUPPORT_EVENTS),
                must_choose=True,
            ),
            Ask("on", "When", "past day", hint="today"),
            Ask("level", "Level", "one of", LEVELS, when=GOING),
            Ask("reason", "Reason"),
            Ask("own_words", "In their own words", when=LEAVING),
            Ask(
                "check_in_on",
                "Happy with quiet until",
                "day",
                hint="or the day to look in",
                when=LEAVING,
            ),
        ),
        add=_add_support,
        correct=_correct_support,
        offers=_offer_support,
        fits=lambda tx, who, said: said.get("kind") in ("", *support.may_happen(tx, who)),
        may_be=support.may_have_been,
        correcting_says=PUTTING_RIGHT,
        remove=support.remove_event,
        hint="began, level, paused, returned, stepped back, reopened",
    ),
    "whereabouts": Kind(
        "where they are",
        (
            Ask("kind", "Where", "one of", options(*values.WHEREABOUTS)),
            Ask("since", "Since", "past day", hint="today"),
            Ask("until", "Until", "day", hint="not known"),
            Ask("remark", "Worth knowing"),
        ),
        add=_add_whereabouts,
        correct=lambda tx, row, said: support.correct_whereabouts(tx, row, **said),
        remove=support.remove_whereabouts,
        hint="in hospital, moved, lost touch, died; reminders rest",
    ),
    "appointment": Kind(
        "an appointment",
        (
            Ask("kind", "A", "one of", options(*values.APPOINTMENT_KINDS)),
            Ask("day", "Day", "day", example="Tue, 1 Dec"),
            Ask("time", "Time", "time", example="10:00, or nothing"),
            Ask("minutes", "How long", "minutes", example="50 min"),
            Ask("place", "Where", example="home"),
            Ask("about", "What for"),
            Ask("interpreter", "Interpreter"),
        ),
        add=lambda tx, who, said: appointments.add_appointment(tx, who, **_at(said)),
        correct=lambda tx, row, said: appointments.rearrange(tx, row, **_at(said)),
        remove=appointments.remove_appointment,
        tick=_tick_appointment,
        hint="a visit, a call, a session",
        more=(
            Ask("state", "What became of it", "one of", options(*values.APPOINTMENT_STATES)),
            Ask("state_words", "Why, or whose"),
        ),
    ),
    "about me": Kind(
        "About me",
        (
            Ask("heading", "Heading", "one of", options(*values.ABOUT_ME)),
            Ask("words", "In their words", "long"),
            Ask("said_on", "Said on", "past day", hint="today"),
            Ask("helped_by", "Who helped to write it"),
        ),
        add=lambda tx, who, said: about.add_about_me(
            tx, who, **{**said, "said_on": said["said_on"] or tx.today}
        ),
        correct=lambda tx, row, said: about.correct_about_me(tx, row, **said),
        remove=about.remove_about_me,
        hint="one of the seven headings",
    ),
    "reach": Kind(
        "a way to reach them",
        (
            Ask("kind", "It is a", "one of", options(*values.REACH_KINDS)),
            Ask("value", "Number or address"),
            Ask(
                "safe_to_leave",
                "Safe to leave a message?",
                "one of",
                options(*values.SAFE_TO_LEAVE),
            ),
            Ask("preferred", "Best way", "one of", NO_YES),
            Ask("whose", "Whose it is", hint="theirs"),
            Ask("remark", "Worth knowing"),
        ),
        add=lambda tx, who, said: reaching.add_reach(tx, who, **_preferred(said)),
        correct=lambda tx, row, said: reaching.correct_reach(tx, row, **_preferred(said)),
        remove=reaching.remove_reach,
        doubt=lambda said: reaching.doubt(said["value"], said["kind"]),
        hint="phone, e-mail, or through somebody",
    ),
    "address": Kind(
        "an address",
        (
            Ask("kind", "It is", "one of", options(*values.ADDRESS_KINDS)),
            Ask("line1", "House and street"),
            Ask("line2", "and"),
            Ask("town", "Town or village"),
            Ask("postcode", "Postcode"),
            Ask("getting_in", "Getting in", example="rings twice, stairs, the dog"),
        ),
        add=lambda tx, who, said: reaching.add_address(tx, who, **said),
        correct=lambda tx, row, said: reaching.correct_address(tx, row, **said),
        remove=reaching.remove_address,
        hint="where they live, and how one gets in",
        more=(Ask("since", "Since", "past day"), Ask("until", "Until", "past day")),
    ),
}


def _preferred(said: Values) -> Values:
    return said | {"preferred": said.get("preferred") == "yes"}


WHO_THEY_ARE = (
    Ask("called", "How they like to be called"),
    Ask("given", "Given name"),
    Ask("family", "Family name"),
    Ask("other_names", "Other names"),
    Ask("description", "Or who it is", example="man, sixties, Blue Badge"),
    Ask("pronouns", "Pronouns"),
    Ask("born", "Born", "born", example="3/5/1948, 1948, about 1950, or an age"),
    Ask("place", "Village or part of town"),
)
LANGUAGE = (
    Ask("language", "Language"),
    Ask("dialect", "Dialect"),
    Ask("interpreter", "Interpreter", hint="no, yes, or what is needed"),
    Ask("interpreter_wishes", "Whom they would like", example="Ifrah; a woman"),
    Ask("communication_support", "Help to understand", example="large print, slowly"),
    Ask("communication_professional", "Somebody to help", example="BSL interpreter"),
    Ask("contact_method", "Best way to be in touch"),
    Ask("information_format", "How letters should come"),
    Ask("adjustments", "What we do differently"),
)
MORE_DETAILS = (
    Ask("title", "Title"),
    Ask("nhs_number", "NHS number"),
    Ask("gender", "Gender"),
    Ask("sex", "Sex"),
    Ask("ethnic_category", "Ethnic category"),
    Ask("religion", "Religion"),
    Ask("marital_status", "Married, or"),
)


def _details(said: str, asks: tuple[Ask, ...]) -> Kind:
    return Kind(
        said,
        asks,
        correct=lambda tx, person_id, said: people.change_person(tx, person_id, **said),
    )


DETAIL_KINDS = {
    "who they are": _details("who they are", WHO_THEY_ARE),
    "language": _details("language and help", LANGUAGE),
    "details": _details("details", MORE_DETAILS),
}
"""Parts of the person itself: there is always one of each, so they are only corrected."""
