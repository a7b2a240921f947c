"""What has been parsed with the same colours is not parsed again; with other colours it is."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.app import ComposeResult
from textual.content import Content
from textual.css import stylesheet as library
from textual.screen import Screen

from linkworker.widgets.calm import CalmApp
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.themes import palette_named


class Leaf(Screen[None]):
    CSS = "Leaf Sentence { color: $accent; }"

    def compose(self) -> ComposeResult:
        yield Sentence(Content("A leaf"))


def calm(tmp_path) -> CalmApp:
    return CalmApp(tmp_path, lambda: datetime(2026, 11, 27, tzinfo=UTC))


async def test_a_screen_that_opens_parses_only_what_is_new(tmp_path, monkeypatch):
    parsed: list[str] = []
    own = library.parse

    def noting(scope, css, *rest, **more):
        parsed.append(css)
        return own(scope, css, *rest, **more)

    monkeypatch.setattr(library, "parse", noting)
    app = calm(tmp_path)
    async with app.run_test() as pilot:
        parsed.clear()
        await app.push_screen(Leaf())
        await pilot.pause()
        assert Leaf.CSS in parsed
        assert len(parsed) == len(set(parsed)), "twice the same"
        assert not any("ToastRack {" in css and "margin-bottom: 3" in css for css in parsed)
        parsed.clear()
        await app.push_screen(Leaf())
        await pilot.pause()
        assert parsed == []


async def test_every_screen_takes_the_colours_of_another_theme(tmp_path):
    app = calm(tmp_path)
    async with app.run_test() as pilot:
        leaf = Leaf()
        await app.push_screen(leaf)
        await pilot.pause()
        words = leaf.query_one(Sentence)
        assert words.styles.color.hex == palette_named("daylight").accent
        app.theme = "evening"
        await pilot.pause()
        assert words.styles.color.hex == palette_named("evening").accent
        other = Leaf()
        await app.push_screen(other)
        await pilot.pause()
        assert other.query_one(Sentence).styles.color.hex == palette_named("evening").accent
        await app.pop_screen()
        app.theme = "daylight"
        await app.pop_screen()
        await pilot.pause()
        await app.push_screen(leaf := Leaf())
        await pilot.pause()
        assert leaf.query_one(Sentence).styles.color.hex == palette_named("daylight").accent
