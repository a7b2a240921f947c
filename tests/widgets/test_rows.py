"""Lines of a page: wrapped between words, never wider than the page, whatever the letters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from linkworker.widgets.rows import ONE_CELL_EACH, Row, fixed, flowing, wrapped

WORDS = st.text(alphabet="abc é王 \n'“”-", max_size=200)


@given(WORDS, st.integers(4, 60))
@settings(deadline=None)
def test_no_line_is_wider_than_the_page_and_no_letter_is_lost(text, width):
    lines = wrapped(Content(text), width)
    assert all(line.cell_length <= width for line in lines)
    kept = "".join(line.plain for line in lines).replace(" ", "").replace("\n", "")
    assert kept == text.replace(" ", "").replace("\n", "")


@given(WORDS, st.integers(4, 60), st.integers(1, 4))
@settings(deadline=None)
def test_a_long_text_is_cut_and_says_so(text, width, most):
    whole = wrapped(Content(text), width)
    lines = flowing(Content(text), most=most)(max(8, width))
    assert len(lines) <= most
    if len(wrapped(Content(text), max(8, width))) > most:
        assert lines[-1].plain.endswith("…")
    assert wrapped(Content(text), width, most)[:most] == whole[:most]


def test_words_are_broken_between_words_and_a_long_one_within():
    assert [line.plain for line in wrapped(Content("ring the bike club"), 9)] == [
        "ring the",
        "bike club",
    ]
    assert [line.plain for line in wrapped(Content("abcdefgh ij"), 3)] == ["abc", "def", "gh", "ij"]


def test_a_style_stays_with_its_words():
    lines = wrapped(Content.assemble("ring ", ("the bike", "bold"), " club"), 9)
    assert [[(span.start, span.end) for span in line.spans] for line in lines] == [
        [(5, 8)],
        [(0, 4)],
    ]


def test_a_row_is_drawn_once_for_a_width():
    times = []

    def draw(width):
        times.append(width)
        return fixed(Content("x"))(width)

    row = Row(draw)
    assert row.lines(20) is row.lines(20)
    row.lines(30)
    assert times == [20, 30]


def test_letters_that_take_one_cell_do_so_and_only_the_space_parts_words():
    each = [chr(point) for point in range(0x3000) if ONE_CELL_EACH.fullmatch(chr(point))]
    assert set("·’ŵé–…") <= set(each)
    assert [one for one in each if cell_len(one) != 1] == ["\n"]
    assert [one for one in each if one.isspace()] == ["\n", " "]


@given(st.lists(st.text(alphabet="abcé·–’“”…ŵ-", min_size=1, max_size=9), max_size=40))
@settings(deadline=None)
def test_words_of_such_letters_are_broken_where_the_library_breaks_them(words):
    content = Content(" ".join(words))
    theirs = [line.rstrip().plain for line in content.wrap(20)] if words else [""]
    assert [line.plain for line in wrapped(content, 20)] == theirs
