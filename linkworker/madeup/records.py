"""A card written down as a record: who somebody is, how to reach them, who is around them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from linkworker import schema
from linkworker.caseload import about, connections, households, people, reaching, safety
from linkworker.madeup import particulars
from linkworker.madeup.patch import Patch
from linkworker.madeup.people import Card

if TYPE_CHECKING:
    from linkworker.store import WriteTx

_PRONOUNS = {"he": "he/him", "she": "she/her", "they": "they/them"}
_GENDERS = {"he": "Male", "she": "Female", "they": "Non-binary"}


def add_colleagues(tx: WriteTx, patch: Patch) -> dict[str, str]:
    """Add the two colleagues of a patch's team; return everybody's id by what they are called."""
    team = patch.about["team"]
    said = patch.about
    covers = tx.add(schema.Worker(name=said["cover name"], role=said["role"], patch=team))
    leads = tx.add(schema.Worker(name=said["boss name"], role="Team lead", patch=team))
    ours = {"cover": str(covers.id), "boss": str(leads.id), "worker": tx.worker_id}
    return {said[who]: row_id for who, row_id in ours.items()}


def add_person(tx: WriteTx, card: Card, patch: Patch, number: int, today: date, seed: int) -> str:
    """Add somebody with what is known at the introduction; return their id.

    `number` is their place in the patch: it gives them numbers of their own.
    """
    chance = Random(f"{seed}:{patch.key}:{card.key}:record")
    place = patch.places[card.village]
    person_id = people.add_person(
        tx,
        called=_called(card),
        given=card.given,
        family=card.family,
        description=card.described,
        pronouns="" if card.described else _PRONOUNS[card.pronoun],
        gender="" if card.described else _GENDERS[card.pronoun],
        born=particulars.born(card.age, today, chance) if card.age else None,
        nhs_number=particulars.nhs_number(number + 1) if card.address else "",
        ethnic_category=card.ethnic,
        place=card.village,
        language=card.language or card.other_language or ("" if card.described else "English"),
        interpreter="yes" if card.interpreter else "",
        interpreter_wishes=_wishes(card),
        adjustments=card.needs,
        carer="looks after somebody at home" if "carer" in card.facts else "",
        gp_practice=place.surgery if card.age else "",
        contact_method=_contact_method(card),
    )
    if card.age:
        _ways_to_reach(tx, person_id, card, patch, number)
    if card.address:
        reaching.add_address(
            tx,
            person_id,
            line1=card.address,
            town=card.village,
            county=patch.about["county"],
            postcode=particulars.postcode(place.postcode, number),
            getting_in=card.getting_in,
        )
    for position, tie in enumerate(card.ties):
        connections.add_tie(
            tx,
            person_id,
            tie.name,
            how=tie.closeness,
            relationship=tie.relationship,
            how_often=tie.how_often,
            roles=list(tie.roles),
            paid="worker" in tie.relationship,
            phone=particulars.mobile(500 + number * 5 + position) if tie.roles else "",
        )
    return person_id


def add_what_was_told(tx: WriteTx, person_id: str, card: Card, on: date) -> None:
    """Add what the first conversation told: the vision, About me, and staying safe."""
    if card.vision:
        about.add_vision(tx, person_id, card.vision, said_on=on)
    for heading, words in _about_me(card).items():
        about.add_about_me(tx, person_id, heading, words, said_on=on)
    if card.safe == "none":
        safety.add_statement(tx, person_id, "no known risks", said_on=on)
    elif card.safe:
        safety.add_statement(tx, person_id, "risk", card.safe, said_on=on)


def put_together(tx: WriteTx, cards: Mapping[str, Card], ids: Mapping[str, str]) -> None:
    """Join those who live together, and let each tie know the other's own record."""
    for key, person_id in ids.items():
        card = cards[key]
        theirs = connections.ties(tx, person_id)
        for tie in card.ties:
            if tie.other in ids:
                for found in theirs:
                    if found.name == tie.name:
                        connections.correct_tie(
                            tx, found.tie_id, other_person_id=ids[tie.other]
                        )  # fmt: skip
        for other, other_id in ids.items():
            if key < other and card.address and cards[other].address == card.address:
                called = f"the {card.family}s"
                households.live_together(tx, person_id, other_id, called=called)


def _called(card: Card) -> str:
    """Return the whole name as they like it, "" where that is the name itself."""
    if not card.called or " " in card.called or not card.family:
        return "" if card.called == card.given else card.called
    return "" if card.called == card.given else f"{card.called} {card.family}"


def _wishes(card: Card) -> str:
    if not card.interpreter:
        return ""
    who = {"she": "a woman", "he": "a man", "they": ""}[card.interpreter_pronoun]
    return f"{card.interpreter}, {who}, booked by name" if who else f"{card.interpreter}, by name"


def _contact_method(card: Card) -> str:
    if "text" in card.needs.lower():
        return "text message"
    return ""


def _ways_to_reach(tx: WriteTx, person_id: str, card: Card, patch: Patch, number: int) -> None:
    """Add a mobile, a phone at home, or both, and whether a message may be left there."""
    quiet = "nomessage" in card.facts
    texts = "text" in card.needs.lower()
    if card.age < 75 or texts:
        reaching.add_reach(
            tx,
            person_id,
            particulars.mobile(number),
            kind="mobile",
            safe_to_leave="no" if quiet else "yes" if number % 4 else "not asked",
            remark="never at home" if quiet else "",
            preferred=card.age < 60 or quiet or texts,
        )
    if card.age >= 60 and not quiet and not texts:
        reaching.add_reach(
            tx,
            person_id,
            particulars.home_phone(patch.about["phones"], number + 10),
            kind="home phone",
            safe_to_leave="yes",
            preferred=True,
        )


def _about_me(card: Card) -> dict[str, str]:
    said = {
        "What is most important to me": _list(card.topics),
        "People who are important to me": _list(
            tuple(tie.name for tie in card.ties if tie.closeness == "close")
        ),
        "Please do and please don't": card.please,
        "How I communicate and how to communicate with me": card.needs,
    }
    return {heading: words for heading, words in said.items() if words}


def _list(words: tuple[str, ...]) -> str:
    if len(words) < 2:
        return words[0][:1].upper() + words[0][1:] if words else ""
    joined = f"{', '.join(words[:-1])} and {words[-1]}"
    return joined[:1].upper() + joined[1:]
