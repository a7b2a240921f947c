"""Which passphrases will do, the words that are offered, and what a derivation costs."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from linkworker.vault import passphrase, recovery
from linkworker.vault.passphrase import CEILING, FLOOR, Cost


@pytest.mark.parametrize(
    "fit",
    [
        "knit and natter",
        "fourteenletter",
        "they've all got their own chair",
        "私は毎週木曜日に図書館で編み物をします",
        "acorn badge cedar daisy eagle",
    ],
)
def test_length_is_all_that_is_asked(fit: str) -> None:
    assert passphrase.passphrase_problem(fit) is None


@pytest.mark.parametrize(
    ("unfit", "why"),
    [
        ("", "0 characters"),
        ("P4$$w0rd!", "9 characters"),
        ("thirteen char", "13 characters"),
        ("             short", "5 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "over and over"),
        ("AbabABabABabABabABab", "over and over"),
    ],
)
def test_what_is_too_easy_to_guess_is_refused_with_the_reason(unfit: str, why: str) -> None:
    problem = passphrase.passphrase_problem(unfit)
    assert problem is not None
    assert why in problem


def test_a_weak_passphrase_makes_no_key_file(tmp_path: Path) -> None:
    from linkworker import vault

    with pytest.raises(vault.UnfitPassphrase):
        vault.create(tmp_path, "short")
    assert not list(tmp_path.iterdir())


def test_five_words_drawn_by_chance_are_worth_fifty_five_bits() -> None:
    words = passphrase.word_list()
    assert 5 * math.log2(len(words)) >= 55
    assert len(set(words)) == len(words)
    assert list(words) == sorted(words)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert all(3 <= len(word) <= 9 for word in words)


def test_what_is_offered_will_do_and_is_never_the_same() -> None:
    offered = {passphrase.offered_passphrase() for _ in range(200)}
    assert len(offered) == 200
    assert all(len(one.split()) == 5 for one in offered)
    assert all(passphrase.passphrase_problem(one) is None for one in offered)


def stopwatch(taken: float) -> Callable[[], float]:
    times = iter((100.0, 100.0 + taken))
    return lambda: next(times)


@pytest.mark.parametrize(
    ("seconds_at_the_floor", "cost"),
    [
        (3.0, FLOOR),  # an old laptop: never weaker than the floor
        (0.5, FLOOR),
        (0.25, Cost(128 * 1024, 3, 4)),
        (0.125, Cost(256 * 1024, 3, 4)),
        (0.0625, Cost(256 * 1024, 6, 4)),
        (0.0, Cost(256 * 1024, CEILING.passes, 4)),
    ],
)
def test_the_cost_fits_the_machine_within_bounds(
    monkeypatch: pytest.MonkeyPatch, seconds_at_the_floor: float, cost: Cost
) -> None:
    monkeypatch.setattr(passphrase, "derive", lambda *_: b"")
    measured = passphrase.calibrated(stopwatch(seconds_at_the_floor))
    assert measured == cost
    assert passphrase.within_bounds(measured)


def test_the_floor_is_what_the_standard_recommends() -> None:
    assert (FLOOR.memory_kib, FLOOR.passes, FLOOR.lanes) == (65536, 3, 4)  # RFC 9106, section 4


def test_argon2id_gives_the_standard_s_own_answer() -> None:
    # What the reference program prints: echo -n "password" | argon2 somesalt -id -t 2 -m 16 -p 1
    derived = passphrase.derive("password", b"somesalt", Cost(65536, 2, 1))
    assert derived.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_the_recovery_key_is_nine_groups_of_four() -> None:
    key = recovery.written(recovery.new_secret())
    assert [len(group) for group in key.split("-")] == [4] * 9
    assert set(key) <= set(recovery.ALPHABET + "-")


@pytest.mark.parametrize("secret", [bytes(20), b"\xff" * 20, bytes(range(20))])
def test_a_recovery_key_is_read_back_as_it_was_written(secret: bytes) -> None:
    key = recovery.written(secret)
    for typed in (
        key,
        key.lower(),
        key.replace("-", ""),
        key.replace("-", " "),
        f"  {key.replace('-', ' – ')}\n",
        key.replace("0", "O").replace("1", "I"),
        key.lower().replace("0", "o").replace("1", "l"),
        key.replace("V", "U"),
    ):
        assert recovery.read(typed) == secret


def test_every_single_wrong_letter_and_every_pair_swapped_is_a_slip() -> None:
    key = recovery.written(bytes(range(20))).replace("-", "")
    for place, letter in enumerate(key):
        for other in recovery.ALPHABET:
            if other != letter:
                with pytest.raises(recovery.SlipInRecoveryKey):
                    recovery.read(key[:place] + other + key[place + 1 :])
        swapped = key[:place] + key[place : place + 2][::-1] + key[place + 2 :]
        if swapped != key:
            with pytest.raises(recovery.SlipInRecoveryKey):
                recovery.read(swapped)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "36 letters and digits, and 0"),
        ("7K3M", "and 4 were typed"),
        ("7K3M-" * 10, "and 40 were typed"),
        ("é" * 36, "never has"),
        ("٣" * 36, "never has"),
        ("\x1b[31m" * 9, "were typed"),
    ],
)
def test_what_is_no_recovery_key_is_said(typed: str, why: str) -> None:
    with pytest.raises(recovery.SlipInRecoveryKey, match=why):
        recovery.read(typed)


@pytest.mark.parametrize(
    "content",
    [
        b"bicycle kettle fieldfare",
        b"bicycle kettle fieldfare\n",
        b"bicycle kettle fieldfare\r\nand a second line\r\n",
        b"\xef\xbb\xbfbicycle kettle fieldfare\r\n",  # as Notepad on Windows saves it
    ],
)
def test_a_passphrase_file_is_its_first_line_whoever_saved_it(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "phrase").write_bytes(content)
    assert passphrase.from_file(tmp_path / "phrase") == "bicycle kettle fieldfare"


@pytest.mark.parametrize("content", [None, b"\xff\xfeb\x00"])
def test_a_passphrase_file_that_is_not_there_or_no_text_is_refused(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "phrase").write_bytes(content)
    with pytest.raises(passphrase.NoPassphraseFile) as caught:
        passphrase.from_file(tmp_path / "phrase")
    assert str(tmp_path) not in str(caught.value)
