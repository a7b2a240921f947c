"""Text as people type it, paste it and attack with it: cleaned, compared, found, shortened."""

from __future__ import annotations

import csv
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworker import text
from tests.shared_data import shared_data

ANY = st.text(st.characters(codec=None)) | st.text(
    st.sampled_from(
        "ae\x1b[]31mP;\x07\x9b\x9d\x9c\\\r\n\u0301\u0323\u0344\u200d\ufe0f\ud83d\ude00 ="
    )
)
FORBIDDEN_CATEGORIES = {"Cc", "Cs"}
FORBIDDEN = (
    set("\u061c\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff\xad\u2028\u2029")
    | {chr(c) for c in range(0x202A, 0x202F)}
    | {chr(c) for c in range(0x2066, 0x2070)}
    | {chr(c) for c in range(0xFDD0, 0xFDF0)}
    | {chr(c) for c in range(0xE0000, 0xE0080)}
)


def is_harmless(cleaned: str) -> bool:
    """No control but tab and line feed, nothing that hides or turns round, in NFC."""
    return (
        not any(
            c in FORBIDDEN or (unicodedata.category(c) in FORBIDDEN_CATEGORIES and c not in "\t\n")
            for c in cleaned
        )
        and unicodedata.is_normalized("NFC", cleaned)
        and cleaned.encode("utf-8") is not None
    )


@given(ANY)
def test_whatever_is_typed_comes_out_harmless_and_cleaning_again_changes_nothing(raw: str) -> None:
    cleaned = text.clean(raw)
    assert is_harmless(cleaned)
    assert text.clean(cleaned) == cleaned


@given(ANY, ANY)
def test_two_clean_texts_put_together_are_still_harmless(one: str, two: str) -> None:
    together = text.clean(text.clean(one) + text.clean(two))
    assert is_harmless(together)


def test_every_single_character_is_either_kept_or_removed_safely() -> None:
    for start in range(0, 0x110000, 0x400):
        block = "a".join(map(chr, range(start, start + 0x400)))
        cleaned = text.clean(block)
        assert is_harmless(cleaned), hex(start)
        assert text.clean(cleaned) == cleaned, hex(start)


def test_naughty_strings_are_stored_cleanly() -> None:
    strings = json.loads(shared_data("people/naughty_strings.json").read_text())
    assert len(strings) > 400
    for raw in strings:
        cleaned = text.clean(raw)
        assert is_harmless(cleaned)
        assert text.clean(cleaned) == cleaned
        assert text.folded(text.folded(raw)) == text.folded(raw)
        assert text.cells(text.shorten(raw, 20)) <= 20


def test_every_name_of_64_locales_survives_whole() -> None:
    with shared_data("people/diverse_names.csv").open(encoding="utf-8", newline="") as file:
        names = [row[part] for row in csv.DictReader(file) for part in ("given", "family")]
    assert len(names) > 2000
    for name in names:
        if not set(name) & FORBIDDEN:
            assert text.clean(name) == unicodedata.normalize("NFC", name)
        assert text.folded(name), name


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh",
        "Siobhán Ní Dhálaigh",
        "Łukasz Żółć",
        "می\u200cخواهم",  # the non-joiner of Persian
        "ක්\u200dරි",  # the joiner of Sinhala
        "בְּרֵאשִׁ֖ית",
        "ကြွှေ့ာ်း",
        "नमस्ते क्षिप्र्",
        "葛\U000e0100城",  # a Japanese name with its own form of the letter
        "👩\u200d👩\u200d👧 and ❤️ and 👍🏽",
        "ᠮᠣᠩᠭᠣᠯ᠎ᠠ",
        "김철수 李小龍 Αλέξανδρος Наталія",
        "Zoë O’Brien-Smith",
        "line one\n\tline two",
    ],
)
def test_what_a_script_needs_is_kept(name: str) -> None:
    assert text.clean(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;aGVsbG8=\x07after", "after"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x1bPq#0;2;0\x1b\\after", "after"),
        ("\x9b31mred", "red"),
        ("\x9d52;c;eA==\x9cafter", "after"),
        ("\x1b(Bplain", "plain"),
        ("\x1b7saved", "saved"),
        ("\x1b\x1b[31m[31mtwice", "[31mtwice"),
        ("\x1b[3\x001mred", "[31mred"),
        ("stray \x1b escape", "stray  escape"),
        ("\x1b]0;no end\nthe rest of the note", "]0;no end\nthe rest of the note"),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("\ufeffAgnes", "Agnes"),
        ("pay\u202eelbisivni\u202c", "payelbisivni"),
        ("\u2066a\u2069\u200fb\u061c", "ab"),
        ("zero\u200bwidth\u2060here\xad", "zerowidthhere"),
        ("cat\U000e0063\U000e0061\U000e0074", "cat"),
        ("x" + "\ufe01\ufe02\ufe03", "x\ufe01"),
        ("\ufe0fstart", "start"),
        ("x" + "".join(chr(0xE0100 + i) for i in range(20)), "x"),
        ("می\u200c\u200d\u200cخواهم", "می\u200cخواهم"),
        ("a\u200d\u200c\u200db \u200d", "ab "),
        ("\ud83d\ude00 and \ud83d", "😀 and "),
        ("\ufdd0\ufffe\U0001ffff", ""),
        ("anno\ufff9tated\ufffaby\ufffb", "annotatedby"),
        ("e\u0301", "é"),
        ("\u3164", " "),
        ("\x7f\x00\x08", ""),
        ("[/] [bold]markup[/bold]", "[/] [bold]markup[/bold]"),
    ],
)
def test_what_reaches_a_terminal_is_only_words(pasted: str, kept: str) -> None:
    assert text.clean(pasted) == kept


def test_a_tower_of_accents_is_cut_to_what_names_need() -> None:
    tower = "Z" + "\u0301\u0323" * 200 + "algo" + "\u0488" * 50
    cleaned = text.clean(tower)
    runs = [len(run) for run in text.re.findall(r"[\u0300-\u036f\u0488]+", cleaned)]
    assert max(runs) <= text.MOST_MARKS
    assert cleaned.startswith("Ẓ")
    assert text.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "block",
    [
        "plain English words, and more of them. ",
        "Zoë’s naïve café – “ça va” ",
        "e\u0301a\u0323\u0301",
        "\u0301\u0323",
        "\x1b]",
        "\x1b[",
        "\x1b]0;x\x1b",
        "\x9d",
        "a\x00",
        "ครูไทย नमस्ते ",
        "👩\u200d👩\u200d👧",
        "\u200d",
        "\ud83d",
    ],
)
def test_a_hundred_thousand_characters_are_cleaned_once_for_all(block: str) -> None:
    raw = (block * (100_000 // len(block) + 1))[:100_000]
    cleaned = text.clean(raw)
    assert len(cleaned) <= len(raw)
    assert text.clean(cleaned) == cleaned


def test_a_name_on_one_line_has_no_line_ends_and_no_double_spaces() -> None:
    assert text.one_line("  Agnes\r\n\tMary \xa0 Okafor\u2028") == "Agnes Mary Okafor"


@pytest.mark.parametrize(
    "same",
    [
        ("O'Brien", "O’BRIEN", "obrien", "O`Brien", "OʼBrien", "O´Brien", "o＇brien"),
        ("Smith-Jones", "smith‐jones", "SMITH – JONES", "smith jones", "Smith−Jones"),
        ("Zoë", "ZOE", "zoe\u0308", "Ｚｏｅ"),
        ("Łukasz Øster", "lukasz oster"),
        ("Straße", "STRASSE"),
        ("İbrahim Işık", "ibrahim isik"),
        ("Nguyễn", "nguyen"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("علی", "علي"),
        ("שָׁלוֹם", "שלום"),
        ("Thorbjörn Þórr", "thorbjorn thorr"),
        ("ﬁona", "Fiona"),
    ],
)
def test_the_same_name_differently_typed_is_the_same(same: tuple[str, ...]) -> None:
    assert {text.folded(name) for name in same} == {text.folded(same[-1])}


@pytest.mark.parametrize(
    ("one", "other"), [("कि", "क"), ("ก", "กำ"), ("が", "か"), ("Ann", "Anne")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert text.folded(one) != text.folded(other)


@given(ANY)
def test_folding_twice_is_folding_once(raw: str) -> None:
    assert text.folded(text.folded(raw)) == text.folded(raw)


STORY = (
    "Agnes came in by herself, which she has not done since Easter, and sat at the end. "
    "She asked whether Mr O’Brien still keeps the allotment by the chapel, because she has "
    "seedlings to give away and nobody to give them to."
)


def test_a_find_shows_the_words_round_what_was_found() -> None:
    shown = text.snippet(STORY, "obrien", 40)
    assert "O’Brien" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert text.cells(shown) <= 40


def test_a_find_matches_the_beginning_of_words_only() -> None:
    assert [STORY[a:b] for a, b in text.found(STORY, "seed allot")] == ["allotment", "seedlings"]
    assert list(text.found(STORY, "lotment")) == []
    assert list(text.found(STORY, "  -- ' ")) == []


def test_a_find_without_a_hit_shows_the_beginning() -> None:
    assert text.snippet(STORY, "zebra", 30) == "Agnes came in by herself, whi…"
    assert text.snippet("short", "zebra", 30) == "short"


@given(ANY, ANY, st.integers(0, 60))
def test_a_snippet_is_one_line_and_never_wider_than_asked(raw: str, words: str, width: int) -> None:
    shown = text.snippet(text.clean(raw), text.clean(words), width)
    assert "\n" not in shown
    assert text.cells(shown) <= width


@given(ANY, st.integers(0, 40))
def test_shortened_text_fits_and_is_whole_where_it_can_be(raw: str, width: int) -> None:
    line = text.one_line(raw)
    shown = text.shorten(line, width)
    assert text.cells(shown) <= width
    assert (shown == line) == (text.cells(line) <= width)


@pytest.mark.parametrize(
    ("line", "width", "shown"),
    [
        ("Agnes Okafor", 12, "Agnes Okafor"),
        ("Agnes Okafor", 11, "Agnes Okaf…"),
        ("Agnes Okafor", 7, "Agnes…"),
        ("Agnes", 1, "…"),
        ("Agnes", 0, ""),
        ("李小龍李小龍", 5, "李小…"),
        ("李小龍李小龍", 6, "李小…"),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301sx", 5, "cafe\u0301…"),
        ("👩\u200d👩\u200d👧 family", 4, "👩\u200d👩\u200d👧…"),
        ("👩\u200d👩\u200d👧 family", 2, "…"),
        ("🇬🇧🇬🇧🇬🇧", 4, "🇬🇧…"),
    ],
)
def test_a_letter_is_never_cut_in_two(line: str, width: int, shown: str) -> None:
    assert text.shorten(line, width) == shown
