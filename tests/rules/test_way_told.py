"""How one was in contact, read from the first sentence of a note; only ever offered as a guess."""

from __future__ import annotations

import pytest

from linkworker.rules.note.way_told import _SAYING, way_told
from linkworker.schema.values import CONTACT_WAYS


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Rang him. He is better.", "phone"),
        ("She rang me from the bus station", "phone"),
        ("Joan's niece rang. The funeral is on Thursday.", "phone"),
        ("Phoned twice, third time lucky.", "phone"),
        ("Phone, twenty minutes.", "phone"),
        ("Called him at four.", "phone"),
        ("\n  Good long chat over the phone about the fence.", "phone"),
        ("Texted her the bus times.", "text or message"),
        ("He texted me: all fine!", "text or message"),
        ("Emailed him the form.", "e-mail or letter"),
        ("E-mail from Sue at the surgery.", "e-mail or letter"),
        ("Video call with her sister in the room.", "video"),
        ("Popped in on her on the way back.", "home visit"),
        ("Went round to see them both.", "home visit"),
        ("Met him at the library.", "met out"),
        ("Met up for a walk round the rec.", "met out"),
        ("She walked in to see me, quite out of the blue.", "walked in"),
    ],
)
def test_people_say_in_their_first_sentence_how_it_was(text, way):
    assert way_told(text) == way


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "Sat with him. No steps.",
        "Tea, and the photographs. Then she rang her sister.",
        "She told me that on Monday she rang the gas people.",
        "He had rung a friend. I was glad.",
        "The phone contract is forty a month.",
        "Rang the bell twice and was let in.",
        "Rang first, then went round to see her.",
        "> ring the surgery by Friday\nRang him about it.",
        "She met me at the gate.",
        "Called in at four.",
        "The letter came: stopped from the 9th.",
        "Strangely quiet, her context was what it was.",
    ],
)
def test_where_that_sentence_does_not_say_it_or_says_two_ways_nothing_is_read(text):
    assert way_told(text) == ""


def test_every_way_that_is_read_is_one_that_can_be_recorded():
    assert set(_SAYING) <= set(CONTACT_WAYS)
