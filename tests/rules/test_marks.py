"""The grammar of a note, as a coordinator types, pastes and chooses."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from linkworker.rules.marking import choose, mark_line, mark_selection, sentence_at
from linkworker.rules.marks import KEPT_APART_PLACE, KINDS, pasted_marks, read_note, split_head


def marks(text, **how):
    return [(line.sign, line.words) for line in read_note(text, **how).marks]


def test_a_note_without_marks_is_just_a_note():
    reading = read_note("Sat with him. No steps.")
    assert reading.story == "Sat with him. No steps."
    assert reading.marks == ()


@pytest.mark.parametrize("sign", KINDS)
def test_each_sign_at_the_start_of_a_line_makes_its_kind_of_line(sign):
    (line,) = read_note(f"{sign} mends bicycles").lines
    assert (line.kind, line.sign, line.words) == (KINDS[sign], sign, "mends bicycles")


def test_a_name_and_a_colon_stand_first():
    (line,) = read_note("> Terry: ring the bike club by Fri 4 Dec").marks
    assert (line.head, line.rest) == ("Terry", "ring the bike club by Fri 4 Dec")


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("Joan, in the kitchen, on her own: told me", "Joan, in the kitchen, on her own"),
        ("Barwell bowls club: went once, not for him", "Barwell bowls club"),
        ("Dr. Lim: will call him before six", "Dr. Lim"),
        ("ring him at 9:30", ""),
        ("see https://example.org/a for it", ""),
        ("low today. What helps: Kelly, the dogs", ""),
        ("“the rule is: sit down”", ""),
        ("ring the bike club", ""),
        (":", ""),
    ],
)
def test_a_head_is_told_from_a_clock_an_address_and_a_later_sentence(words, head):
    assert split_head(words)[0] == head


@pytest.mark.parametrize(
    "line",
    [
        "+44 7700 900123",
        "+ 44 7700 900123",
        "* * *",
        "====",
        "- a pasted bullet",
        "• another one",
        ">> an older e-mail",
        "X marks the spot",
        "xylophone",
        "x",
        "?",
        "!!! help",
        "@Knit",
        "The bus stops at six ~ no later",
    ],
)
def test_what_only_looks_like_a_mark_is_text(line):
    assert marks(line) == []
    assert read_note(line).story == line


def test_two_exclamation_marks_keep_apart_also_without_the_space_and_from_a_paste():
    assert marks("!!Joan shouted") == [("!!", "Joan shouted")]
    assert marks("    !! 07700 900123") == [("!!", "07700 900123")]
    assert marks("!! Joan shouted", pasted={"!! Joan shouted"}) == [("!!", "Joan shouted")]


def test_a_kept_apart_line_is_not_in_the_story():
    reading = read_note("We had tea.\n!! She was afraid of him.\nThen I left.")
    assert "afraid" not in reading.story
    assert KEPT_APART_PLACE not in reading.story
    assert reading.story == "We had tea.\nThen I left."


def test_pasted_bullets_stay_text_until_they_are_chosen():
    pasted = "Shopping:\n* soup\n* bread\nx left the rest\n"
    held = pasted_marks(pasted)
    reading = read_note(pasted, pasted=held)
    assert reading.marks == ()
    assert [line.looks_like for line in reading.undecided] == ["*", "*", "x"]

    chosen = choose(pasted, reading.undecided[0], is_mark=True)
    chosen = choose(pasted, reading.undecided[1], is_mark=False, chosen=chosen)
    reading = read_note(pasted, pasted=held, chosen=chosen)
    assert [line.words for line in reading.marks] == ["soup"]
    assert [line.looks_like for line in reading.undecided] == ["x"]


def test_a_pasted_line_that_was_retouched_counts_as_typed():
    held = pasted_marks("+ mends bikes")
    assert marks("+ mends bikes", pasted=held) == []
    assert marks("+ mends bikes, patient", pasted=held) == [("+", "mends bikes, patient")]


@pytest.mark.parametrize(
    "quotation",
    [
        "On Mon 23 Nov 2026 at 10:05, Gerry wrote:\n> Hello Ann\n> the form is here",
        "> On Mon 23 Nov 2026, Gerry wrote:\n> Hello Ann",
        "-----Original Message-----\n> Hello Ann",
        "> From: Gerry\n> Hello Ann",
        "> Hello Ann\n> > and before that\n> bye",
        "> Hello Ann\n>\n> the form is here",
    ],
)
def test_a_quoted_email_stays_text_until_it_is_chosen(quotation):
    reading = read_note(quotation + "\n\n> Ann: answer him")
    assert [line.words for line in reading.marks] == ["Ann: answer him"]
    hello = next(line for line in reading.undecided if "Hello" in line.words)
    chosen = choose(quotation, hello, is_mark=True)
    assert "Hello Ann" in [line.words for line in read_note(quotation, chosen=chosen).marks]


def test_a_step_that_is_just_being_begun_does_not_change_the_ones_before():
    assert marks("> Terry: ring\n> Pat: a lift\n>") == [
        (">", "Terry: ring"),
        (">", "Pat: a lift"),
    ]


# -- marking afterwards ------------------------------------------------------------------------

STORY = "He showed me the shed. He mends bicycles. The bus stops at six.\n\nWe laughed."


def select(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_a_selected_sentence_is_marked_and_the_story_stays_as_told():
    edit = mark_selection(STORY, *select(STORY, "He mends bicycles."), "+")
    assert edit.text == STORY + "\n\n+ He mends bicycles"
    assert read_note(edit.text).story == STORY
    edit = mark_selection(edit.text, *select(STORY, "The bus stops at six."), "~")
    assert edit.text.endswith("\n\n+ He mends bicycles\n~ The bus stops at six")


def test_words_that_are_kept_apart_are_moved_out_of_the_story():
    edit = mark_selection(STORY, *select(STORY, "He mends bicycles."), "!!")
    assert edit.text == (
        "He showed me the shed. The bus stops at six.\n!! He mends bicycles.\n\nWe laughed."
    )
    assert "bicycles" not in read_note(edit.text).story


def test_without_a_selection_the_line_itself_is_marked_changed_and_unmarked():
    once = mark_line("mends bicycles", 3, "+")
    assert once.text == "+ mends bicycles"
    other = mark_line(once.text, once.cursor, "*")
    assert other.text == "* mends bicycles"
    assert mark_line(other.text, other.cursor, "*").text == "mends bicycles"


def test_on_an_empty_line_the_sign_is_put_ready_to_type_behind():
    edit = mark_line("We laughed.\n", 12, ">")
    assert (edit.text, edit.cursor) == ("We laughed.\n> ", 14)
    assert mark_line("", 0, "+").text == "+ "


def test_a_pasted_list_is_marked_in_place_and_its_bullets_give_way():
    text = "- mends bikes\n- reads aloud\n"
    edit = mark_selection(text, 0, len(text), "+")
    assert edit.text == "+ mends bikes\n+ reads aloud\n"


def test_over_several_lines_a_mark_is_put_on_those_without_it_and_goes_when_all_have_it():
    text = "+ mends bikes\n- reads aloud"
    both = mark_selection(text, 0, len(text), "+").text
    assert both == "+ mends bikes\n+ reads aloud"
    assert mark_selection(both, 0, len(both), "+").text == "mends bikes\nreads aloud"


def test_a_wide_selection_never_turns_what_is_kept_apart_back_into_text():
    text = "We had tea.\n!! She was afraid.\nThen I left."
    edit = mark_selection(text, 0, len(text), "!!")
    assert marks(edit.text) == [
        ("!!", "We had tea."),
        ("!!", "She was afraid."),
        ("!!", "Then I left."),
    ]


def test_a_pasted_bullet_that_is_the_sign_already_is_chosen_and_not_changed():
    held = pasted_marks("* walk to school")
    edit = mark_line("* walk to school", 4, "*", pasted=held)
    assert edit.text == "* walk to school"
    assert marks(edit.text, pasted=held, chosen=edit.chosen) == [("*", "walk to school")]


def test_a_sentence_is_found_round_the_cursor():
    text = 'He said "Go on!" and left. Then the kettle boiled'
    assert text[slice(*sentence_at(text, 30))] == "Then the kettle boiled"
    assert text[slice(*sentence_at(text, len(text)))] == "Then the kettle boiled"
    assert text[slice(*sentence_at("One. Two.", 1))] == "He s"


# -- what holds for any text ---------------------------------------------------------------------

lines = st.one_of(
    st.text(max_size=40),
    st.tuples(
        st.sampled_from(["", " ", "\t", "- ", "> ", ">> "]),
        st.sampled_from([*KINDS, "!!!", "-", "", "+44", "X", ">"]),
        st.sampled_from(["", " ", "  "]),
        st.sampled_from(["", "Joan: ", "a: b: ", "9:30 ", "On Mon wrote:"]),
        st.text(max_size=15),
    ).map("".join),
)
texts = st.lists(lines, max_size=8).map("\n".join)


@given(texts)
@example("+ a\r\n!! b\r\n")
@example("!! a\x85story\u2028!! b\x1c? c")
def test_the_lines_of_a_note_make_up_its_text_and_nothing_is_lost(text):
    reading = read_note(text)
    assert "".join(text[line.start : line.end] for line in reading.lines) == text
    for line in reading.lines:
        piece = text[line.start : line.end]
        assert (line.kind == "blank") == (not piece.strip())
        assert line.words in piece
        if line.sign:
            assert text[line.words_start :].startswith(line.words)
            assert piece.split() == (line.sign + " " + line.words).split() or line.sign == "!!"
            assert line.rest
            assert line.words.endswith(line.rest)
    story = reading.story.split("\n")
    for line in reading.lines:
        assert line.sign or line.kind == "blank" or line.words in story


@given(texts, texts)
def test_pasting_makes_no_marks_but_those_that_are_kept_apart(text, pasted):
    reading = read_note(f"{text}\n{pasted}", pasted=pasted_marks(pasted))
    for line in reading.lines[len(text.splitlines()) + 1 :]:
        assert line.sign in ("", "!!")


@given(texts, st.integers(-5, 400), st.integers(-5, 400), st.sampled_from(list(KINDS)))
def test_marking_anything_anywhere_loses_no_word(text, start, end, sign):
    edit = mark_selection(text, start, end, sign)
    assert 0 <= edit.cursor <= len(edit.text)
    for word in re.findall(r"[^\W_]+", text):
        if word != "x" and not word.isdigit():  # a sign or a bullet ("1.") may give way
            assert word in edit.text


@given(texts, st.text(min_size=3, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_what_is_marked_to_be_kept_apart_is_never_left_in_the_story(text, words, before, after):
    secret = "canary" + " ".join(words.split())
    assume("canary" not in text + before + after)
    text = f"{text}\n{before} {secret} {after}\n{text}"
    edit = mark_selection(text, *select(text, secret), "!!")
    reading = read_note(edit.text, chosen=edit.chosen)
    assert "canary" not in reading.story
    assert any("canary" in line.words for line in reading.marks if line.sign == "!!")


@given(st.text(min_size=1, max_size=40), st.sampled_from(list(KINDS)))
def test_a_mark_pressed_twice_leaves_the_line_as_it_was(words, sign):
    words = " ".join(words.split())
    assume(words and not read_note(words).marks and words[0] not in "-*+•·‣◦–—>(0123456789")
    once = mark_line(words, 0, sign)
    twice = mark_line(once.text, 0, sign, chosen=once.chosen)
    assert read_note(once.text, chosen=once.chosen).marks[0].sign == sign
    assert twice.text == words
    assert not read_note(twice.text, chosen=twice.chosen).marks


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("a" * 100_000, "story", "a" * 100_000),
        ("> " * 50_000, "story", ("> " * 50_000).strip()),
        ("> Ann" + " " * 100_000 + ":", "step", "Ann" + " " * 100_000 + ":"),
        ("!! " + ": " * 50_000, "kept apart", (": " * 50_000).strip()),
    ],
    ids=["story", "signs", "spaces", "colons"],
)
def test_a_hundred_thousand_characters_on_one_line_are_read(text, kind, words):
    (line,) = read_note(text).lines
    assert (line.start, line.end) == (0, len(text))
    assert line.kind == kind
    assert line.words == words
