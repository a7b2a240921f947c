"""A row is drawn in the colours that the library would give it."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.content import Content, Span

from linkworker.widgets.page import Page
from linkworker.widgets.rows import Row, fixed
from linkworker.widgets.words import joined

LINES = {
    "plain words": Content("Saturdays out"),
    "nothing": Content(""),
    "one style throughout": Content.styled("Put right", "bold red"),
    "one after the other, words between": joined(
        ("12 Nov  ", "red"), ("home visit", "bold"), ", met ", ("+ sings", "green")
    ),
    "one over another": Content("ring Dean today", [Span(0, 15, "red"), Span(5, 9, "bold")]),
    "two that cross": Content("ring Dean today", [Span(0, 9, "red"), Span(5, 15, "bold")]),
    "an empty one": Content("ring Dean", [Span(3, 3, "red"), Span(5, 9, "bold")]),
    "one that goes on after the end": Content("ring Dean", [Span(5, 40, "bold")]),
    "wide letters": Content("Łucja 🚲 李", [Span(6, 7, "green"), Span(8, 9, "red")]),
}


class OnePage(App[None]):
    """A page with every line on it."""

    def compose(self) -> ComposeResult:
        """Show them."""
        yield Page([Row(fixed(line), name) for name, line in LINES.items()])

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours that the page's own style names."""
        return {"paper": "#000", "ink": "#fff", "panel": "#222", "accent": "#0ff"}


@pytest.mark.parametrize("name", LINES)
async def test_a_line_has_the_colours_that_the_library_gives_it(name):
    app = OnePage()
    async with app.run_test(size=(60, 20)):
        page, line = app.query_one(Page), LINES[name]
        style = page.visual_style
        theirs = [
            Segment(words, said.rich_style)
            for words, said in line.render(style, end="", parse_style=page._get_style)
            if words
        ]
        for _ in range(2):  # mixed, and kept
            ours = page._inked(line, style)
            assert list(Segment.simplify(ours)) == list(Segment.simplify(theirs))
