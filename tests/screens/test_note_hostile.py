"""Whatever is typed, pasted or named: shown harmlessly, kept cleanly, and nothing ends the app."""

from __future__ import annotations

import json

import pytest

from linkworker import schema
from linkworker.screens.note import NoteScreen
from tests.screens.hands import paste, until
from tests.screens.note_hands import done, note, note_open, panel_words, read, rows, somebody
from tests.screens.snapshots import text_of
from tests.shared_data import shared_data

HOSTILE = (
    "Ann [/] Lee",
    "[bold]Terry[/bold]",
    "[@click=app.bell]press[/]",
    "\x1b]0;gone\x07\x1b[31mred",
    "right\u202eto left",
    "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "שלום عليكم नमस्ते 你好 👩‍👩‍👧",
    "${jndi:ldap://x} '; DROP TABLE note; --",
)
HARMFUL = ("\x1b", "\u202e", "\x07")


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_are_shown_and_kept_harmlessly(app_over, store, words):
    app = app_over(store)
    stan = somebody(store, "Stan Webb")
    async with note_open(app, stan) as pilot:
        await paste(pilot, words)
        await pilot.press("enter")
        for sign in ("+", "*", ">", "@", "=", "x", "~", "?", "!", "!!"):
            note(pilot).editor.insert(f"{sign} {words}\n")
        await read(pilot)
        shown = text_of(app) + panel_words(pilot)
        assert not any(one in shown for one in HARMFUL)
        await pilot.press("ctrl+s")
        await pilot.pause()
        if isinstance(app.screen, NoteScreen) and not app.screen.closing:
            assert "stay text" in text_of(app) or "stays text" in text_of(app)
            await done(pilot)
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    (kept,) = rows(store, "SELECT words FROM note")[0]
    assert not any(one in kept for one in HARMFUL)


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_do_no_harm_anywhere_on_the_note(app_over, store, name):
    app = app_over(store)
    who = somebody(store, name)
    other = somebody(store, f"Other {name}")
    with store.write("what is known") as tx:
        tx.add(schema.Tie(person_id=who, name=name, relationship=name))
        tx.add(schema.Connection(person_id=who, name=name))
        tx.add(schema.Goal(person_id=who, words=name))
        tx.add(
            schema.Appointment(
                person_id=who,
                worker_id=store.worker_id,
                at="2026-11-27T09:00",
                place=name,
                interpreter=name,
            )
        )
    async with note_open(app, who, other, size=(100, 30)) as pilot:
        note(pilot).editor.insert(f"Story.\n@ {name}\nx {name}: done\n> ring\n!! {name}\n")
        await read(pilot)
        seen = [text_of(app)]
        for keys in (
            ("tab", "escape"),
            ("ctrl+t", "escape"),
            ("f9", "escape"),
            ("ctrl+b", "escape"),
        ):
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                seen.append(text_of(app))
        await pilot.press("ctrl+s")
        await pilot.pause()
        seen.append(text_of(app))
        assert not any(one in text for one in HARMFUL for text in seen)


async def test_a_hundred_thousand_characters_are_pasted_and_kept(app_over, store):
    app = app_over(store)
    whole = "A line of a very long letter that somebody pasted.\n" * 2000
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, whole)
        await read(pilot)
        await pilot.press("x", "y", "z")
        assert note(pilot).editor.text == whole + "xyz"
        await pilot.press("ctrl+z")
        await done(pilot)
    assert len(rows(store, "SELECT words FROM note")[0][0]) > 100_000


async def test_one_line_of_a_hundred_thousand_characters_is_taken_too(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, "+ " + "word " * 20_000)
        await read(pilot)
        assert note(pilot).editor.text == "+ " + "word " * 20_000
        await pilot.press("escape")
        await until(pilot, lambda: [len(one.words) for one in store.drafts()] == [100_002])


async def test_a_hundred_and_twenty_pasted_words_are_marked_afterwards(app_over, store):
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, "He said it was a good day. " * 17 + "\n- mends clocks\n- grows beans")
        editor = note(pilot).editor
        editor.move_cursor((1, 0))
        await pilot.press("f9", "+")
        editor.move_cursor((2, 3))
        await pilot.press("f9", "+")
        await read(pilot)
        assert editor.text.endswith("\n+ mends clocks\n+ grows beans")
        await done(pilot)
    assert rows(store, "SELECT words FROM strength ORDER BY id") == [
        ("mends clocks",),
        ("grows beans",),
    ]


async def test_the_naughty_strings_are_pasted_and_kept(app_over, store):
    naughty = shared_data("people") / "naughty_strings.json"
    lines = json.loads(naughty.read_text(encoding="utf-8"))
    app = app_over(store)
    async with note_open(app, somebody(store, "Stan Webb")) as pilot:
        await paste(pilot, "\n".join(lines))
        shown = await read(pilot)
        assert not any(one in shown for one in HARMFUL)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteScreen))
    (draft,) = store.drafts("note")
    assert len(draft.words.splitlines()) > 400
