"""Whatever is pasted into an introduction or an entry of the directory: shown harmlessly, kept
cleanly, found again, and nothing ends the app."""

from __future__ import annotations

import json

import pytest
from textual import events
from textual.content import Content

from linkworker.caseload import introductions, local_knowledge
from linkworker.rules.safe_words import says_where
from linkworker.screens.community import CommunityScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.introduction_form import IntroductionForm
from linkworker.screens.introductions import IntroductionScreen, IntroductionsScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.fields import Field
from linkworker.widgets.forms import FormRow
from linkworker.widgets.guard import HARMFUL
from linkworker.widgets.sentence import Sentence
from tests.screens.hands import arrive, paste, until
from tests.screens.test_hostile_words import WORDS, look
from tests.shared_data import shared_data


def naughty() -> list[str]:
    path = shared_data("people") / "naughty_strings.json"
    return [one for one in json.loads(path.read_text(encoding="utf-8")) if one.strip()]


def handfuls(strings: list[str], many: int) -> list[list[str]]:
    """The strings in handfuls, one for each field of a form; the last is filled up."""
    strings = strings + strings[: -len(strings) % many]
    return [strings[at : at + many] for at in range(0, len(strings), many)]


async def paste_into_every_field(pilot, form: FormScreen, strings: list[str]) -> None:
    """Paste a string of its own into each field that takes words."""
    takes_words = [row for row in form.query(FormRow) if row.ask.how in ("words", "long")]
    for row, words in zip(takes_words, strings, strict=True):
        row.query_one("Field, Editor").post_message(events.Paste(words))
    await pilot.pause()
    look(pilot.app)


MAY_BE_REFUSED = ("nhs_number", "about")
"""What these strings may be refused in: no NHS number, and an address among the team's words."""


async def saved(pilot, form: FormScreen) -> bool:
    """Save; what is refused is taken out and saved again. Says whether anything was kept."""
    answer = form.query_one("#answer", Sentence)
    for _ in range(2):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is not form or answer.content.plain)
        look(pilot.app)
        if pilot.app.screen is not form:
            return True
        answer.show(Content(""))
        for row in form.query(FormRow):
            if row.ask.name in MAY_BE_REFUSED:
                row.raw = ""
    for row in form.query(FormRow):
        if row.ask.how in ("words", "long"):
            row.raw = ""
    return False


def nothing_harmful_is_kept(store, *tables: str) -> int:
    with store.read() as tx:
        seen = 0
        for table in tables:
            for row in tx.rows(f"SELECT * FROM {table}"):
                for value in row:
                    if isinstance(value, str):
                        seen += 1
                        assert not HARMFUL.search(value.replace("\n", " ")), value
    return seen


async def introductions_with(app, pilot, store, sets: list[list[str]]) -> int:
    kept = 0
    await arrive(pilot, TodayScreen)
    await pilot.press("f6")
    await arrive(pilot, IntroductionsScreen)
    for strings in sets:
        await pilot.press("n")
        form = await arrive(pilot, IntroductionForm)
        await paste_into_every_field(pilot, form, strings)
        if await saved(pilot, form):
            kept += 1
        else:
            await pilot.press("escape")
        await arrive(pilot, IntroductionsScreen)
        look(app)
    with store.read() as tx:
        waiting = introductions.waiting(tx)
    assert len(waiting) == kept
    for _ in waiting:
        await pilot.press("enter")
        await arrive(pilot, IntroductionScreen)
        look(app)
        await pilot.press("end")
        look(app)
        await pilot.press("escape")
        await arrive(pilot, IntroductionsScreen)
        await pilot.press("down")
        look(app)
    await pilot.press("f2")
    await arrive(pilot, TodayScreen)
    look(app)
    assert nothing_harmful_is_kept(store, "introduction", "person", "reach", "address") or not kept
    return kept


async def entries_with(app, pilot, store, sets: list[list[str]]) -> int:
    kept = 0
    await arrive(pilot, TodayScreen)
    await pilot.press("f4")
    screen = await arrive(pilot, CommunityScreen)
    await until(pilot, lambda: screen._answer is not None)
    for strings in sets:
        await pilot.press("insert")
        form = await arrive(pilot, FormScreen)
        await paste_into_every_field(pilot, form, strings)
        if await saved(pilot, form):
            kept += 1
        else:
            await pilot.press("escape")
        await arrive(pilot, CommunityScreen)
        look(app)
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM service") == kept
        ids = [str(one) for (one,) in tx.rows("SELECT id FROM service")]
        assert all(local_knowledge.entry(tx, one) for one in ids)
    for _ in range(kept):
        await pilot.press("down")
        look(app)
    await pilot.press("tab")
    await pilot.pause()
    look(app)
    await pilot.press("escape")
    for strings in sets:
        screen.query_one("#wanted", Field).value = ""
        await paste(pilot, strings[0])
        await until(pilot, lambda: screen._answer is not None)
        look(app)
    assert nothing_harmful_is_kept(store, "service", "service_place") or not kept
    return kept


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
async def test_hostile_words_in_an_introduction_are_only_words(app_over, store, words):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        kept = await introductions_with(app, pilot, store, [[words] * 18])
        assert app.return_code is None
    assert kept == bool(words.strip())


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
async def test_hostile_words_in_an_entry_by_hand_are_only_words(app_over, store, words):
    app = app_over(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        kept = await entries_with(app, pilot, store, [[words] * 15])
        assert app.return_code is None
    # The team reads an entry: what looks like somebody's number or address is refused.
    assert kept == (bool(words.strip()) and not says_where(words))


async def test_the_naughty_strings_in_introductions_are_only_words(app_over, store):
    sets = handfuls(naughty(), 18)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        kept = await introductions_with(app, pilot, store, sets)
        assert app.return_code is None
    assert kept > len(sets) * 0.8


async def test_the_naughty_strings_in_entries_by_hand_are_only_words(app_over, store):
    sets = handfuls(naughty(), 15)
    app = app_over(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        kept = await entries_with(app, pilot, store, sets)
        assert app.return_code is None
    assert kept > len(sets) * 0.8


def test_every_field_that_takes_words_is_pasted_into() -> None:
    from linkworker.screens.community_doing import ENTRY
    from linkworker.screens.introduction_form import ABOUT, WHO

    assert sum(one.how in ("words", "long") for one in (*WHO, *ABOUT)) == 18
    assert sum(one.how in ("words", "long") for one in ENTRY) == 15
