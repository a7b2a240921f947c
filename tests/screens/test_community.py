"""Community: looking for a group or a service while somebody talks, and writing what one knows."""

from __future__ import annotations

from datetime import date

import pytest

from linkworker import schema
from linkworker.caseload import gaps, local_knowledge
from linkworker.caseload.finding_services import directory
from linkworker.screens.community import CommunityScreen
from linkworker.screens.diary import DiaryScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.gaps import GapsScreen
from linkworker.screens.today import TodayScreen
from linkworker.widgets.fields import Field
from linkworker.widgets.forms import FormRow
from linkworker.widgets.page import Page
from tests.screens.hands import arrive, sees, sees_no_more, until
from tests.screens.snapshots import SIZES, same_as_before, text_of


@pytest.fixture
def barwell(store):
    """What there is in Barwell, by name."""
    ids = {}
    entries = (
        schema.Service(
            source="county", source_id="1", name="Barwell tea dance", organisation="Age Together",
            about="Tea and a band. Nobody needs a partner.", cost="free", days=["tue"],
            times="2 to 4", step_free="yes", checked_on=date(2026, 11, 2), area="Barwell",
        ),
        schema.Service(
            source="county", source_id="2", name="Tea and chat", cost="£2", days=["thu"],
            words="loud, but kind", ask_for="Sheila", full_until=date(2026, 12, 24),
            full_words="six on the list",
        ),
        schema.Service(
            source="county", source_id="3", name="[@click=app.quit]Yoga\x1b[2J[/]",
            about="[bold]x[/] \x1b]0;owned\x07 \u202eevil",
        ),
        schema.Service(name="Repair cafe", about="Bring a toaster", confirmed_on=date(2026, 3, 1)),
    )  # fmt: skip
    with store.write("a directory") as tx:
        for one in entries:
            ids[one.name] = tx.add(one).id
        tx.add(
            schema.ServicePlace(
                service_id=ids["Barwell tea dance"],
                source="county",
                name="Village hall",
                address="Shilton Road, Barwell",
                postcode="LE9 8EB",
                latitude=5256800,
                longitude=-134700,
            )
        )
    return ids


async def on_community(pilot) -> CommunityScreen:
    await arrive(pilot, TodayScreen)
    await pilot.press("f4")
    screen = await arrive(pilot, CommunityScreen)
    await until(pilot, lambda: screen._answer is not None)
    return screen


def shown(app) -> list[str]:
    return [row.what.name for row in app.screen.query_one("#entries", Page).rows if row.key]


async def looked_for(pilot, words: str) -> None:
    await pilot.press(*("space" if one == " " else one for one in words))
    screen = pilot.app.screen
    await until(pilot, lambda: screen._answer.wanted == _understood(words, screen))


def _understood(words, screen):
    from linkworker.rules.wanted import wanted

    return wanted(words, screen.house.today, frozenset(screen._off))


async def fill(pilot, **said: str) -> None:
    for row in pilot.app.screen.query(FormRow):
        if row.ask.name in said:
            row.raw = said[row.ask.name]
    await pilot.press("ctrl+s")


@pytest.mark.parametrize("size", SIZES)
async def test_community_looks_as_before(app_over, store, barwell, size):
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "free tea tuesday")
        same_as_before(app, "community")


async def test_an_empty_directory_says_what_could_stand_here_and_how_it_comes(app_over, store):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_community(pilot)
        assert "Ins adds one by hand" in text_of(app)
        assert "linkworker import directory FILE" in text_of(app).replace("\n", " ")


async def test_letters_find_chips_are_shown_and_taken_off_one_by_one(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "tea free")
        await until(pilot, lambda: shown(app) == ["Barwell tea dance"])
        assert "‹free›" in text_of(app)
        await pilot.press("less_than_sign")
        await sees_no_more(pilot, "‹free›")
        await sees(pilot, "these have some of them")
        await pilot.press("less_than_sign")
        await sees(pilot, "‹free›")
        await sees(pilot, "Nobody needs a partner")
        await sees(pilot, "Shilton Road")


async def test_one_key_confirms_and_undo_takes_it_back(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "toaster")
        await sees(pilot, "Unconfirmed for six months")
        await pilot.press("equals_sign")
        await sees(pilot, "Confirmed today by")
        with store.read() as tx:
            entry = local_knowledge.entry(tx, barwell["Repair cafe"])
        assert entry.confirmed_on == date(2026, 11, 27)
        store.undo()
        await sees(pilot, "Unconfirmed for six months")


async def test_what_we_know_is_written_and_what_is_not_listed_says_why_and_can_come_back(
    app_over, store, barwell
):
    app = app_over(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "chat")
        await sees(pilot, "loud, but kind")
        await sees(pilot, "Full until Thu 24 Dec: six on the list")
        await pilot.press("enter")
        await arrive(pilot, FormScreen)
        await fill(pilot, words="quiet now that the band is gone", do_not_list="no")
        await sees(pilot, "Nobody said why")
        await fill(pilot, why_not="they turned two people away")
        await arrive(pilot, CommunityScreen)
        await sees(pilot, "Nothing here has these words")
        await pilot.press(*["backspace"] * 4)
        await sees(pilot, "Not listed by us")
        await sees(pilot, "they turned two people away")
        await pilot.press("down", "down", "down", "enter")
        await arrive(pilot, FormScreen)
        await fill(pilot, do_not_list="")
        await arrive(pilot, CommunityScreen)
        await sees_no_more(pilot, "Not listed by us")


async def test_an_entry_by_hand_is_found_corrected_and_taken_away(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "spoons")
        await pilot.press("insert")
        await arrive(pilot, FormScreen)
        await fill(
            pilot, name="Spoons and forks", address="Mill Lane, Barwell", cost="free",
            languages="Polish,  Gujarati", kinds="supper",
        )  # fmt: skip
        await arrive(pilot, CommunityScreen)
        await until(pilot, lambda: shown(app) == ["Spoons and forks"])
        await sees(pilot, "Mill Lane, Barwell")
        app.screen.action_correct()
        await arrive(pilot, FormScreen)
        await fill(pilot, address="High Street, Barwell")
        await arrive(pilot, CommunityScreen)
        await sees(pilot, "High Street, Barwell")
        await sees(pilot, "Polish, Gujarati")
        with store.read() as tx:
            (found,) = directory(tx).find(tx, "in Gujarati").found[:1]
        assert (found.name, found.fits) == ("Spoons and forks", ("in Gujarati",))
        app.screen.action_remove()
        await until(pilot, lambda: shown(app) == [])


async def test_what_is_nowhere_is_logged_as_a_gap(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "a bus after six")
        await sees(pilot, "? logs a gap")
        await pilot.press("question_mark")
        await arrive(pilot, FormScreen)
        await fill(pilot, area="Enderby")
        await arrive(pilot, CommunityScreen)
        with store.read() as tx:
            assert [(one.words, one.area) for one in gaps.gaps(tx)] == [
                ("a bus after six", "Enderby")
            ]


async def test_gaps_and_the_diary_are_a_key_away_and_the_words_stay(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "tea")
        for key, there in (("number_sign", GapsScreen), ("asterisk", DiaryScreen)):
            await pilot.press(key)
            await arrive(pilot, there)
            await pilot.press("escape")
            await arrive(pilot, CommunityScreen)
        assert app.screen.query_one("#wanted", Field).value == "tea"


async def test_what_a_feed_says_is_shown_harmlessly(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await on_community(pilot)
        await looked_for(pilot, "yoga")
        await sees(pilot, "[@click=app.quit]Yoga[/]")
        await sees(pilot, "[bold]x[/]")
        assert not {"\x1b", "\u202e", "\x07"} & set(text_of(app))
        assert not [link for row in app.screen.query_one("#entries", Page).rows
                    for line in row.lines(60) for link in line.spans
                    if "click" in str(link.style)]  # fmt: skip


async def test_with_nothing_typed_the_directory_stands_by_name(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_community(pilot)
        assert shown(app) == [
            "[@click=app.quit]Yoga[/]", "Barwell tea dance", "Repair cafe", "Tea and chat"
        ]  # fmt: skip


async def test_keys_that_are_signs_stand_at_the_foot_while_one_types(app_over, store, barwell):
    app = app_over(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_community(pilot)
        for words in ("= Confirm", "? Gap", "Tab Read", "# Gaps", "* Diary"):
            assert words in text_of(app)
        await pilot.press("f1")
        await sees(pilot, "Take off what was understood last")


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (140, 45)])
async def test_a_long_entry_is_read_to_its_end_with_the_arrows(app_over, store, barwell, size):
    with store.write("all that is known") as tx:
        local_knowledge.say_known(tx, barwell["Barwell tea dance"], words="\n".join(
            f"Line {number} of what it is like." for number in range(1, 40)))  # fmt: skip
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        screen = await on_community(pilot)
        await looked_for(pilot, "dance")
        await until(pilot, lambda: shown(app) == ["Barwell tea dance"])
        await pilot.press("tab")
        await until(pilot, lambda: screen.query_one("#sight", Page).has_focus)
        await sees(pilot, "Line 1 of")
        await pilot.press("end")
        await sees(pilot, "Shilton Road")
        await pilot.press("home", *["down"] * 12)
        await sees(pilot, "Line 12 of")
        await pilot.press("equals_sign")
        await pilot.press("home")
        await sees(pilot, "Confirmed today by")
        await pilot.press("escape")
        await until(pilot, lambda: screen.query_one("#wanted", Field).has_focus)
        await pilot.press(*"xyz")
        await sees(pilot, "Nothing here has these words")
        assert app.screen is screen
