"""What a terminal sends is parted into pastes, answers and keys, however its reads are cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import constants, events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from linkworker.widgets import terminal_input
from linkworker.widgets.terminal_input import TerminalInput

BEGIN, END = "\x1b[200~", "\x1b[201~"


class Reads:
    """A terminal's reads, one after the other, on a clock of the test's own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(terminal_input, "get_time", lambda: self.now)
        monkeypatch.setattr("textual._parser.get_time", lambda: self.now)
        self.input = TerminalInput()

    def __call__(self, *reads: str) -> list[str]:
        return [told for read in reads for told in _told(self.input.feed(read))]

    def wait(self, seconds: float) -> list[str]:
        self.now += seconds
        return list(_told(self.input.tick()))


def _told(those: object) -> Iterator[str]:
    assert isinstance(those, Iterator)
    for one in those:
        assert isinstance(one, Message)
        if isinstance(one, events.Paste):
            yield f"pasted {one.text!r}"
        elif isinstance(one, events.Key):
            yield one.key
        else:
            yield type(one).__name__


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


@pytest.mark.parametrize(
    ("copied", "put_in"),
    [
        ("Hello one\r!! hurt\rend", "Hello one\n!! hurt\nend"),
        ("Hello \x1b[31mone\x1b[0m\r!! hurt\rend", "Hello one\n!! hurt\nend"),
        ("Hello \x1b one\r!! hurt\rend", "Hello  one\n!! hurt\nend"),
        ("Hello \x1b\r!! hurt\r\x1bend", "Hello \n!! hurt\nend"),
        ("Hello \x1b]52;c;cm0=\x07one\x00\r!! hurt", "Hello one\n!! hurt"),
        ("Hello \x1b[201~ one\r!! hurt\rend", "Hello  one\n!! hurt\nend"),
        ("Hello \x1b[I\x1b[?62c\x1b[24;80R\x1b[A one", "Hello  one"),
    ],
)
def test_a_paste_keeps_the_order_of_its_words_and_its_line_ends(
    reads: Reads, copied: str, put_in: str
) -> None:
    assert reads(BEGIN + copied + END) == [f"pasted {put_in!r}"]


@given(
    st.lists(st.sampled_from(["Joan", " ", "\x1b", "\r", "[", "!! ", "é", "\x1b[1m"])), st.data()
)
def test_however_the_reads_are_cut_the_paste_is_the_same(
    copied: list[str], data: st.DataObject
) -> None:
    whole = BEGIN + "".join(copied) + END
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=5)))
    parts = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True) if a < b]
    in_one, in_parts = TerminalInput(), TerminalInput()
    told = [told for part in parts for told in _told(in_parts.feed(part))]
    assert told == list(_told(in_one.feed(whole)))
    assert list(_told(in_parts.feed("x"))) == ["x"]


def test_what_is_typed_around_pastes_stays_around_them(reads: Reads) -> None:
    told = reads(f"a{BEGIN}one{END}b{BEGIN}two{END}\r")
    assert told == ["a", "pasted 'one'", "b", "pasted 'two'", "enter"]
    assert reads("\x1b", f"{BEGIN}three{END}") == ["escape", "pasted 'three'"]


@pytest.mark.parametrize(
    "answer",
    [
        "\x1b[?62;1;4c",
        "\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
        "\x1b[>41;380;0c",
        "\x1b[?1u",
        "\x1b[0n",
        "\x1b[8;24;80t",
        "\x1bP>|XTerm(380)\x1b\\",
        "\x1bP1+r544e=787465726d\x1b\\",
        "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]11;rgb:ffff/ffff/ffff\x07",
        "\x1b_Gi=31;OK\x1b\\",
    ],
)
def test_what_a_terminal_answers_is_not_typed(reads: Reads, answer: str) -> None:
    assert reads(f"a{answer}b") == ["a", "b"]
    assert reads(*answer, "b") == ["b"]


def test_an_answer_that_never_ends_takes_little_of_what_is_typed_with_it(reads: Reads) -> None:
    assert reads("\x1b]11;rgb:ff") == []
    assert reads.wait(0.6) == []
    assert reads("b") == ["b"]
    assert reads("\x1b]11;" + "x" * 5_000, "b") == ["b"]


def test_what_the_library_asked_for_it_is_told(reads: Reads) -> None:
    assert reads("\x1b[?2026;2$y") == [messages.TerminalSupportsSynchronizedOutput.__name__]
    assert reads("\x1b[24;80R") == ["CursorPosition"]
    assert reads("\x1b[I", "\x1b[O") == ["AppFocus", "AppBlur"]
    assert reads("\x1b[<0;5;6M") == ["MouseDown"]
    assert reads("\x1b[48;24;80;600;800t") == ["Resize"]


@pytest.mark.parametrize("key", ["\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b[2"])
def test_a_key_that_may_become_an_answer_is_heard_as_soon_as_the_library_would(
    reads: Reads, key: str
) -> None:
    plain = XTermParser()
    expected = [*_told(iter(list(plain.feed(key))))]
    reads_of_ours = reads(key)
    assert expected == reads_of_ours == []
    reads.now += constants.ESCAPE_DELAY + 0.01
    assert list(_told(iter(list(plain.tick())))) == reads.wait(0.0) != []


def test_every_key_that_the_library_knows_is_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for sequence in ANSI_SEQUENCES_KEYS:
        if not isinstance(sequence, str) or sequence == BEGIN:
            continue
        told = []
        for reader in (XTermParser(), Reads(monkeypatch).input):
            heard = [*reader.feed(sequence + "x")]
            told.append([one.key for one in heard if isinstance(one, events.Key)])
        assert told[0] == told[1], repr(sequence)
