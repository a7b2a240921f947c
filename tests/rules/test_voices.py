"""The five notes: each gives what its marks say, and asks what it leaves unclear."""

from __future__ import annotations

from datetime import date, time

import pytest

from linkworker.rules.marking import mark_selection
from linkworker.rules.marks import KEPT_APART_PLACE, pasted_marks, read_note
from linkworker.rules.note.settling import copies, settle
from linkworker.rules.note.understanding import understand
from tests.five_notes import DAYS, known, note, story_and_marks

NAMES = list(DAYS)


def understood(name, **answers):
    return understand(read_note(note(name)), known(name), answers)


def lines(understanding):
    """Return what each marked line becomes, by its first words."""
    return {one.said.split(":")[-1].strip()[:22]: one for one in understanding.becomings}


def sentences(understanding):
    return [one.sentence for one in understanding.questions]


def told(made):
    """Return what a line becomes, but for where it stands."""
    who = tuple(one.name for one in made.who)
    return made.kind, made.words.rstrip("."), who, made.day, made.stages


@pytest.mark.parametrize("name", NAMES)
def test_every_marked_line_becomes_one_record_and_the_story_stays_as_told(name):
    story, marks = story_and_marks(name)
    understanding = understood(name)
    assert understanding.reading.story == story
    assert [f"{line.sign} {line.words}" for line in understanding.reading.marks] == marks
    assert [one.line for one in understanding.becomings] == [
        line.number for line in understanding.reading.marks
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_note_pasted_whole_is_text_until_its_lines_are_chosen(name):
    pasted = pasted_marks(note(name))
    reading = read_note(note(name), pasted=pasted)
    assert {line.sign for line in reading.marks} <= {"!!"}
    chosen = dict.fromkeys(pasted, True)
    assert read_note(note(name), pasted=pasted, chosen=chosen) == read_note(note(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_note_marked_afterwards_gives_the_same_records(name):
    story, marks = story_and_marks(name)
    lines = [line.split(" ", 1) for line in marks]
    text = story + "\n\n" + "\n".join(words for _, words in lines)
    chosen = {}
    for sign, words in lines:
        start = text.index("\n" + words) + 1
        edit = mark_selection(text, start, start + len(words), sign, chosen=chosen)
        text, chosen = edit.text, edit.chosen
    afterwards = understand(read_note(text, chosen=chosen), known(name)).becomings
    assert set(map(told, afterwards)) == set(map(told, understood(name).becomings))


def test_terry_what_the_marks_become():
    made = lines(understood("terry"))
    bowls = made["went once, not for him"]
    assert (bowls.record, bowls.target) == ("connection", "bowls")
    assert bowls.stages == ("went once", "stopped")
    assert made["mends bicycles, patien"].record == "strength"
    assert made["taught Ray's grandson "].record == "contribution"
    assert made["be some use to someone"].record == "goal"

    club = made["ring the bike club by "]
    assert club.words == "ring the bike club (number on his fridge)"
    assert (club.day, club.who[0].name, club.who[0].does) == (
        date(2026, 12, 4),
        "Terry Beasley",
        "person",
    )
    with_him = made["go with him the first "]
    assert (with_him.who[0].kind, with_him.who[0].does, with_him.day) == ("worker", "worker", None)
    lift = made["see if she can do the "]
    assert (lift.who[0].id, lift.who[0].name, lift.who[0].does) == (
        "pat",
        "Pat Beasley",
        "family or friend",
    )
    ray = made["Ray next door, most da"]
    assert (ray.record, ray.name, ray.relationship, ray.how_often) == (
        "tie",
        "Ray",
        "next door",
        "most days",
    )
    assert made["the bus stops at six"].record == "in_the_way"
    assert made["a bus from Enderby aft"].record == "looked_for"


def test_terry_what_is_asked():
    understanding = understood("terry")
    asked = sentences(understanding)
    assert "Pat: Pat Beasley, daughter?" in asked
    assert "Be some use to someone: agreed with Terry, or only noted?" in asked
    assert (
        "Happy to be asked about “mends bicycles, patient with young ones”: "
        "record that Terry said yes?"
    ) in asked
    assert "A bus from Enderby after six: a gap, or a question for you?" in asked
    assert len(asked) == 4
    assert settle(understanding).unclear == ()


def test_terry_what_is_answered_is_what_is_recorded():
    first = understood("terry")
    answers = {one.id: one.choices[0].key for one in first.questions}
    made = lines(understood("terry", **answers))
    assert made["be some use to someone"].agreed
    assert made["mends bicycles, patien"].may_ask
    assert made["a bus from Enderby aft"].sort == "gap"
    before = lines(first)
    assert not before["be some use to someone"].agreed
    assert not before["mends bicycles, patien"].may_ask
    assert before["a bus from Enderby aft"].sort == "not decided"


def test_terry_a_hope_that_stands_in_the_plan_already_is_not_added_again():
    saturdays = lines(understood("terry"))["get out of the house o"]
    assert (saturdays.record, saturdays.target, saturdays.asks) == ("goal", "saturdays", ())


def test_hodan_what_the_marks_become():
    understanding = understood("hodan")
    made = lines(understanding)
    assert made["speaks Somali, Arabic "].words == "speaks Somali, Arabic and some Italian"
    assert made['"talk to the nurse mys'].words == '"talk to the nurse myself"'
    both_decembers = made["ask for Ifrah again, b"]
    assert both_decembers.day is None
    assert both_decembers.who[0].kind == "worker"
    rhyme_time = made["went, stayed to the en"]
    assert (rhyme_time.record, rhyme_time.name, rhyme_time.stages) == (
        "connection",
        "rhyme time at Toxteth library",
        ("went once",),
    )
    amal = made["Amal, from upstairs, w"]
    assert (amal.record, amal.name, amal.relationship) == ("tie", "Amal", "from upstairs")


def test_hodan_tuesday_said_on_a_tuesday_is_asked():
    understanding = understood("hodan")
    (unclear,) = settle(understanding).unclear
    assert unclear.words == "Hodan: Stepping Stones on Tuesday, sit with Amal"
    (question,) = unclear.questions
    assert [one.label for one in question.choices][:2] == ["Tue 1 Dec", "Tue 24 Nov, today"]
    step = lines(understood("hodan", **{question.id: "2026-12-01"}))["Stepping Stones on Tue"]
    assert (step.day, step.words) == (date(2026, 12, 1), "Stepping Stones, sit with Amal")


def test_derek_and_joan_each_line_goes_to_whoever_it_names():
    made = lines(understood("derek_and_joan"))
    assert made["knows every hedge and "].person == "derek"
    assert made["knows every hedge and "].words.startswith("knows every hedge")
    assert made["plays the chapel organ"].person == "joan"
    assert made["chapel on Sunday morni"].person == "joan"
    assert made["ask Malcolm about Sund"].person == "joan"
    assert made["ask Malcolm about Sund"].who[0].does == "person"
    assert made["ask Malcolm about Sund"].day is None
    assert made["has started going out "].person == "derek"
    assert made["carer's assessment, wh"].person == "joan"  # the one whom its words name


def test_derek_and_joan_a_line_that_names_neither_is_asked():
    understanding = understood("derek_and_joan")
    settled = settle(understanding)
    assert [one.words for one in settled.unclear] == [
        "Carol: ring Sundays at six, not weekdays",
        "Malcolm (allotments), old friend, not seen since summer",
    ]
    whose = [one.id for one in understanding.questions if one.topic == "whose" and one.needed]
    answers = dict.fromkeys(whose, "person:joan")
    made = lines(understood("derek_and_joan", **answers))
    carol = made["ring Sundays at six, n"]
    assert (carol.person, carol.who[0].name, carol.day, carol.words) == (
        "joan",
        "Carol",
        None,
        "ring Sundays at six, not weekdays",
    )
    malcolm = made["Malcolm (allotments), "]
    assert (malcolm.person, malcolm.relationship, malcolm.closeness) == (
        "joan",
        "old friend",
        "thin",
    )


def test_derek_and_joan_the_story_waits_for_the_writers_yes():
    understanding = understood("derek_and_joan")
    (question,) = settle(understanding).blocked
    assert question.sentence == "The story goes to Derek and Joan as it stands?"
    assert settle(understood("derek_and_joan", story="everybody")).blocked == ()
    only = copies(understood("derek_and_joan", story="person:joan"))
    assert "fieldfares" not in only[0].words
    assert "fieldfares" in only[1].words


def test_derek_and_joan_what_is_kept_apart_is_only_joans():
    derek, joan = copies(understood("derek_and_joan", story="everybody"))
    assert KEPT_APART_PLACE in joan.words
    assert KEPT_APART_PLACE not in derek.words
    apart = [one for one in joan.becomings if one.record == "kept_apart"]
    assert apart[0].words.startswith("Joan, in the kitchen, on her own: told me")
    assert apart[0].told == "Talked it through with Bev, 15:50, same day"
    assert not [one for one in derek.becomings if one.record == "kept_apart"]
    for secret in ("shouted", "hold of his arm", "frightened", "Bev"):
        assert secret not in derek.words
        assert secret not in joan.words


def test_dean_what_became_of_the_step_that_was_there():
    made = lines(understood("dean"))
    letter = made["not done, that's the l"]
    assert (letter.record, letter.target, letter.state) == ("step", "citizens", "not done")
    dogs = made["still going"]
    assert (dogs.record, dogs.target, dogs.stages) == ("connection", "dogs", ("still going",))


def test_dean_the_day_that_cannot_slip_and_the_promised_call():
    made = lines(understood("dean"))
    pip = made["ask for the PIP decisi"]
    assert (pip.day, pip.cannot_slip) == (date(2026, 12, 9), True)
    assert pip.words == (
        "ask for the PIP decision to be looked at again, with Gerry, Dean has said yes"
    )
    call = next(one for one in made.values() if one.words == "ring Dean")
    assert (call.day, call.time, call.cannot_slip) == (date(2026, 11, 27), time(9, 30), False)


def test_dean_his_sister_is_known_to_the_whole_note_by_one_line():
    made = lines(understood("dean"))
    tonight = made["staying tonight"]
    assert (tonight.who[0].name, tonight.who[0].relationship, tonight.who[0].does) == (
        "Kelly",
        "sister",
        "family or friend",
    )
    kelly = made["closer than she was"]
    assert (kelly.record, kelly.relationship, kelly.closeness) == ("tie", "sister", "")
    assert "Kelly, closer than she was: how near is that now?" in sentences(understood("dean"))


def test_dean_staying_safe_stands_in_his_own_record_as_said():
    safe = next(one for one in understood("dean").becomings if one.kind == "staying safe")
    assert (safe.person, safe.sort) == ("dean", "risk")
    assert safe.words.startswith("low today, asked directly, no plan")
    assert safe.words.endswith("being rung when you said you would")


def test_nirmala_what_the_marks_become_without_anything_to_ask():
    understanding = understood("nirmala")
    made = lines(understanding)
    assert made["opens up and runs Knit"].record == "contribution"
    assert made['started the "hold the '].record == "contribution"
    agnes = made["ask Agnes whether she'"]
    assert agnes.who[0].kind == "worker"
    assert agnes.words.endswith("(do not pass on her address)")
    natter = made["now a helper, since Se"]
    assert (natter.target, natter.stages, natter.since) == ("knit", ("helper",), date(2026, 9, 1))
    assert understanding.questions == ()
