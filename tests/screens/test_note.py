"""The note: typed, read beside the text, kept as a draft, done, and taken back."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key

from linkworker.screens.note import NoteScreen
from linkworker.screens.note_marks import MarksScreen
from tests.screens.hands import paste, until
from tests.screens.note_hands import (
    done,
    note,
    note_open,
    read,
    rows,
    somebody,
    terry_as_known,
    type_words,
)
from tests.screens.snapshots import text_of


async def test_a_note_without_marks_is_just_a_note(app_over, store):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Sat with him. No steps.")
        await done(pilot)
        assert "Saved. Undo with Ctrl+Z." in text_of(app)
    assert rows(store, "SELECT words FROM note") == [("Sat with him. No steps.",)]
    assert rows(store, "SELECT outcome, how FROM contact") == [("met", "home visit")]
    assert rows(store, "SELECT 1 FROM note_mark") == []
    assert store.drafts() == []


async def test_the_panel_shows_in_full_what_each_mark_will_become(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "+ mends bicycles\n> Terry: ring the bike club by Fri 4 Dec")
        shown = await read(pilot)
        assert "What this note will add" in shown
        assert "strength" in shown
        assert "Terry Beasley" in shown.split("ring the bike club")[2]
        assert "by Fri 4 Dec" in shown


async def test_an_empty_note_explains_the_marks(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")):
        shown = text_of(app)
        assert "Without marks a note is just a note." in shown
        for words in ("a strength", "a next step", "what is in the way", "kept apart"):
            assert words in shown


async def test_a_question_is_answered_in_the_panel_and_the_text_has_the_focus_again(
    app_over, store
):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "> ring the bike club")
        assert "Who will do this?" in await read(pilot)
        await pilot.press("tab", "1")
        assert "Terry Beasley" in await read(pilot)
        assert note(pilot).panel.has_focus
        await pilot.press("escape")
        assert note(pilot).editor.has_focus
        await done(pilot)
    assert rows(store, "SELECT words, who, who_does FROM step") == [
        ("ring the bike club", "Terry Beasley", "person")
    ]


async def test_a_step_without_a_name_is_never_the_coordinators_by_default(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "> ring the bike club")
        await read(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "One marked line waits for an answer" in text_of(app)
        await done(pilot)
        assert "One line stayed text." in text_of(app)
    assert rows(store, "SELECT 1 FROM step") == []
    assert rows(store, "SELECT words FROM note") == [("> ring the bike club",)]


async def test_another_day_than_those_offered_may_be_typed(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "> Terry: ring the bike club by Friday")
        shown = await read(pilot)
        assert "Fri 4 Dec" in shown
        await pilot.press("tab")
        choices = note(pilot).panel.asks[0].choices
        await pilot.press(str(len(choices) + 1))
        await type_words(pilot, "16 Dec")
        await pilot.press("enter")
        assert "by Wed 16 Dec" in await read(pilot)


async def test_nothing_is_recorded_that_the_panel_did_not_show(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "+ mends bicycles")
        shown: list[str] = []
        write = NoteScreen._write

        def look_first(self):
            shown.append(text_of(app))
            write(self)

        NoteScreen._write = look_first
        try:
            await done(pilot)
        finally:
            NoteScreen._write = write
        assert "strength" in shown[0]


async def test_done_and_undone_in_one_key(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "Good talk.\n+ mends bicycles\n~ the bus stops at six")
        await done(pilot)
        assert rows(store, "SELECT 1 FROM strength WHERE hidden_at IS NULL")
        await pilot.press("ctrl+z")
        await pilot.pause()
    for table in ("note", "contact", "strength", "in_the_way", "note_mark"):
        assert rows(store, f"SELECT 1 FROM {table} WHERE hidden_at IS NULL") == [], table


async def test_esc_keeps_the_draft_and_it_opens_again_where_it_was(app_over, store):
    terry = terry_as_known(store)
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "He said he would.\n+ mends bicycles")
        await pilot.press("up", "home")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
        assert "The draft is kept." in text_of(app)
        app.open_note((terry,))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert note(pilot).editor.text == "He said he would.\n+ mends bicycles"
        assert note(pilot).editor.cursor_location == (0, 0)
        assert "draft kept" in text_of(app)
    assert rows(store, "SELECT 1 FROM note") == []


async def test_an_empty_note_that_is_left_leaves_nothing_behind(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    assert store.drafts() == []


async def test_the_draft_is_kept_while_somebody_types_without_a_rest(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]:
            await type_words(pilot, word + " ")
            await pilot.pause(0.15)
            if store.drafts():
                break
        assert store.drafts()[0].words.startswith("one two")


async def test_a_lock_keeps_the_draft_and_comes_back_to_it(app_over, store):
    from tests.conftest import PASSPHRASE

    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await type_words(pilot, "Half a senten")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not app.is_open)
        assert "Half a senten" not in text_of(app)
        await paste(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        assert note(pilot).editor.text == "Half a senten"


async def test_several_notes_in_one_sitting_each_with_its_own_draft(app_over, store):
    stan, lucia = somebody(store, "Stan Webb"), somebody(store, "Lucia Moreira")
    app = app_over(store)
    async with note_open(app, stan) as pilot:
        await type_words(pilot, "Card through the door.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
        app.open_note((lucia,))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await type_words(pilot, "I had the wrong day.")
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert "Stan Webb" in text_of(app)
        assert "Card through the door." in text_of(app)
        await pilot.press("enter")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, NoteScreen)
                and app.screen.opening
                and app.screen.people == (stan,)
            ),
        )
        assert note(pilot).editor.text == "Card through the door."
    assert len(store.drafts("note")) == 2


async def test_f9_marks_a_selected_sentence_and_retypes_nothing(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "We talked. He mends bicycles. It rained.")
        editor = note(pilot).editor
        editor.selection = type(editor.selection)((0, 11), (0, 29))
        await pilot.press("f9")
        assert "Mark “He mends bicycles.” as" in text_of(app)
        await pilot.press("+")
        await pilot.pause()
        assert editor.text == "We talked. He mends bicycles. It rained.\n\n+ He mends bicycles"
        await pilot.press("ctrl+z")
        assert editor.text == "We talked. He mends bicycles. It rained."


async def test_f9_without_a_selection_begins_a_line_marks_a_sentence_or_takes_a_mark_away(
    app_over, store
):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        editor = note(pilot).editor
        await pilot.press("f9")
        assert "Begin a line with" in text_of(app)
        await pilot.press("enter")
        assert editor.text == "+ "
        await type_words(pilot, "mends bicycles")
        await pilot.press("f9", "+")
        await pilot.pause()
        assert editor.text == "mends bicycles"
        await pilot.press("f9", "+")
        await pilot.pause()
        assert editor.text == "mends bicycles\n\n+ mends bicycles"


async def test_every_mark_can_be_chosen_by_its_key_or_by_the_arrows(app_over, store):
    from linkworker.rules.marks import KINDS
    from linkworker.screens.note_marks import KEYS_OF

    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        editor = note(pilot).editor
        for sign in KINDS:
            editor.load_text("")
            await pilot.press("f9", KEYS_OF[sign])
            await pilot.pause()
            assert editor.text == f"{sign} "
        for number, sign in enumerate(KINDS):
            editor.load_text("")
            await pilot.press("f9", *["down"] * number, "enter")
            await pilot.pause()
            assert editor.text == f"{sign} "
        await pilot.press("f9")
        assert isinstance(app.screen, MarksScreen)
        await pilot.press("escape")
        assert editor.has_focus


async def test_pasted_bullets_a_phone_number_and_an_email_stay_text_until_chosen(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await paste(pilot, "From the letter:\n* see the nurse\n+44 7700 900123\n> On Mon he wrote:")
        shown = await read(pilot)
        assert "It was pasted" in shown
        assert rows_of_kind(pilot, "hope") == 0
        await pilot.press("tab", "1")
        await read(pilot)
        assert rows_of_kind(pilot, "hope") == 1
        await pilot.press("escape")
        await done(pilot)
    assert rows(store, "SELECT words FROM goal") == [("see the nurse",)]
    assert rows(store, "SELECT 1 FROM step") == []
    assert "+44 7700 900123" in rows(store, "SELECT words FROM note")[0][0]


def rows_of_kind(pilot, kind: str) -> int:
    return sum(row.kind == kind for row in note(pilot).panel.rows)


async def test_many_pasted_lines_are_asked_about_all_together(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await paste(pilot, "\n".join(f"+ strength number {word}" for word in "abcdef"))
        await read(pilot)
        (pasted,) = note(pilot).panel.rows
        assert pasted.words == "6 lines look like marks and stay text"
        await pilot.press("tab", "1")
        await read(pilot)
        assert rows_of_kind(pilot, "strength") == 6


async def test_an_email_that_was_pasted_asks_one_question_and_stays_text(app_over, store):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await paste(pilot, "Gerry wrote:\n> thanks\n>> hi\n> see you Friday\n* with the form")
        await read(pilot)
        email, bullet = note(pilot).panel.rows
        assert email.words == "2 lines with > stay text, as in an e-mail"
        assert (bullet.sign, bullet.words) == ("*", "* with the form")
        await pilot.press("tab", "2")
        await read(pilot)
        assert note(pilot).panel.rows == (bullet,)
        await pilot.press("escape")
        await done(pilot)
    assert rows(store, "SELECT 1 FROM step") == []
    assert "> thanks\n>> hi\n> see you Friday" in rows(store, "SELECT words FROM note")[0][0]


async def test_pat_is_confirmed_with_one_key_and_the_step_is_linked_to_her(app_over, store):
    terry = terry_as_known(store)
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "> Pat: see if she can do the lift home")
        assert "Pat: Pat Beasley, daughter?" in (await read(pilot)).replace("\n", " ")
        await pilot.press("tab", "1")
        await read(pilot)
        await pilot.press("escape")
        await done(pilot)
    (pat,) = rows(store, "SELECT id FROM tie")
    assert rows(store, "SELECT who, who_does, who_tie_id FROM step") == [
        ("Pat Beasley", "family or friend", *pat)
    ]


async def test_another_pat_is_not_linked_and_the_name_stays_as_it_was_said(app_over, store):
    terry = terry_as_known(store)
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await type_words(pilot, "> Pat: see if she can do the lift home")
        await read(pilot)
        await pilot.press("tab")
        choices = [words for _, words in note(pilot).panel.asks[0].choices]
        await pilot.press(str(choices.index("only a name") + 1))
        await read(pilot)
        await pilot.press("escape")
        await done(pilot)
    assert rows(store, "SELECT who, who_tie_id FROM step") == [("Pat", "")]
    assert len(rows(store, "SELECT 1 FROM tie")) == 1


async def test_what_was_pasted_is_still_known_when_the_draft_opens_again(app_over, store):
    terry = terry_as_known(store)
    app = app_over(store)
    async with note_open(app, terry) as pilot:
        await paste(pilot, "* see the nurse")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
        app.open_note((terry,))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await read(pilot)
        assert rows_of_kind(pilot, "hope") == 0


async def test_a_note_can_be_copied_out_as_plain_text_without_what_is_kept_apart(
    app_over, store, tmp_path
):
    app = app_over(store)
    async with note_open(app, terry_as_known(store)) as pilot:
        await type_words(pilot, "Good talk.\n+ mends bicycles\n!! something heavy")
        await read(pilot)
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert "Sent to the clipboard." in text_of(app)
        assert app.clipboard == (
            "Fri 27 Nov 10:05 · 50 min · home visit\n\n"
            "Good talk.\n+ mends bicycles\na part is kept apart\n\n"
            "What is kept apart is left out of this text.\n"
        )
        field = app.screen.query_one("#file")
        field.value = str(tmp_path / "note.txt")
        await pilot.press("enter")
        await pilot.pause()
        assert (tmp_path / "note.txt").read_text(encoding="utf-8") == app.clipboard
        assert (tmp_path / "note.txt").stat().st_mode & 0o777 == 0o600


async def test_a_contact_without_words_is_kept_when_it_says_what_came_of_it(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "There is nothing to keep yet." in text_of(app)
        await pilot.press("ctrl+t", "2", "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    assert rows(store, "SELECT outcome FROM contact") == [("no answer",)]
    assert rows(store, "SELECT 1 FROM note") == []


async def test_what_is_typed_while_the_note_is_still_being_opened_is_in_the_text(app_over, store):
    stan = somebody(store, "Stan Webb")
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.is_open)
        await pilot.pause()
        app.open_note((stan,))
        for letter in "Sat with him.":
            app.post_message(events.Key(_character_to_key(letter), letter))
        await until(pilot, lambda: isinstance(app.screen, NoteScreen) and app.screen.opening)
        await pilot.pause()
        assert note(pilot).editor.text == "Sat with him."
