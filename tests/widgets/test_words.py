"""What people said reaches the screen as it was said, and never acts on the terminal."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from linkworker.widgets.guard import HARMFUL, TerminalGuard
from linkworker.widgets.words import (
    ELLIPSIS,
    column,
    joined,
    one_line,
    padded,
    plain,
    said,
    shortened,
)

HOSTILE = [
    "Ann [/] Lee",
    "[bold]Ann[/bold]",
    "[@click=app.leave]Ann[/]",
    "[link=https://example.org]Ann[/link]",
    "Ann\x1b]52;c;cm0gLXJm\x07 Lee",
    "Ann\x1b[2J\x1b[31m Lee",
    "Ann\x9b31m Lee",
    "Ann \u202eeeL\u202c",
    "Ann\u2066 Lee\u2069",
    "$accent [not a style",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_plain_words(name):
    for content in (said(name), one_line(name), shortened(name, 60), padded(name, 60)):
        assert not HARMFUL.search(content.plain)
        assert all(not span.style for span in content.spans)


def test_words_in_brackets_stay_as_they_were_typed():
    assert one_line("Ann [/] Lee").plain == "Ann [/] Lee"
    assert said("he [bold] said").plain == "he [bold] said"


def test_line_breaks_stay_where_there_is_room_for_them():
    assert said("one\r\ntwo\rthree").plain == "one\ntwo\nthree"
    assert one_line("one\r\ntwo\t three ").plain == "one two three"


def test_a_long_name_is_cut_by_the_room_it_takes_and_not_by_its_letters():
    assert shortened("Christopher", 20).plain == "Christopher"
    assert shortened("Christopher", 6).plain == "Chris" + ELLIPSIS
    assert cell_len(shortened("王小明王小明", 6).plain) <= 6
    assert shortened("王小明王小明", 6).plain == "王小" + ELLIPSIS
    assert shortened("Ann", 0).plain == ""
    assert cell_len(padded("王小明", 10).plain) == 10


def test_names_that_need_joiners_keep_them():
    assert plain("ක්\u200dෂ") == "ක්\u200dෂ"
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_our_own_wording_may_have_a_style_and_their_words_may_not():
    row = joined(one_line("[red]Ann"), ("  new", "bold"))
    assert row.plain == "[red]Ann  new"


def test_the_last_guard_lets_nothing_through_that_a_terminal_would_act_on():
    guard = TerminalGuard()
    dirty = Strip(
        [
            Segment("Ann\x1b]52;c;eA==\x07"),
            Segment("\x9b2J\r\n", Style(bold=True)),
            Segment("here", Style(link="https://example.org/\x1b[2J")),
            Segment("\x1b[2J", None, [(1,)]),  # a control segment
            Segment("\u202eLee\U000e0041"),
        ]
    )
    clean = dirty.apply_filter(guard, Color(0, 0, 0))
    text = "".join(one.text for one in clean)
    assert text == "Ann]52;c;eA==2JhereLee"
    assert all(one.style is None or one.style.link is None for one in clean)
    assert not any(one.control for one in clean)


def test_the_last_guard_leaves_a_harmless_line_as_it_is():
    segments = [Segment("Ann Lee 王小明 ක්\u200dෂ", Style(bold=True))]
    assert TerminalGuard().apply(segments, Color(0, 0, 0)) is segments


def test_the_last_guard_keeps_every_line_as_wide_as_it_was():
    for code in [*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x2028, 0xE0041]:
        before = f"a{chr(code)}b"
        (after,) = TerminalGuard().apply([Segment(before)], Color(0, 0, 0))
        assert cell_len(after.text) == cell_len(before), hex(code)


def test_a_long_name_in_a_column_does_not_run_into_what_stands_beside_it():
    for name in ("Wilhelmina Featherstonehaugh-Ashby", "Joan", "王" * 20):
        said = column(name, 20)
        assert said.cell_length == 20
        assert said.plain.endswith(" ")
    assert column("Wilhelmina Featherstonehaugh-Ashby", 20).plain == "Wilhelmina Feather… "
