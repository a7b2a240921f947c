"""Sealing: only the laptops that it was sealed to read it, and nothing of it can be exchanged."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest

from linkworker.sealing import STEP, LaptopKey, NotSealed, read, seal

ANN, BEN, LOST = (LaptopKey(secrets.token_bytes(32)) for _ in range(3))
SEALED = seal(b"Rain on the bowling green", [ANN.public, BEN.public], id="i-1", came_at=5, area="x")


def test_each_laptop_that_it_was_sealed_to_reads_it() -> None:
    there = read(SEALED.to_json())
    for laptop in (ANN, BEN):
        assert laptop.unseal(there.for_laptop(laptop.public)) == b"Rain on the bowling green"


def test_a_laptop_that_was_removed_before_reads_nothing() -> None:
    with pytest.raises(NotSealed):
        LOST.unseal(SEALED)
    stolen = replace(SEALED, keys={LOST.public: SEALED.keys[ANN.public]})
    with pytest.raises(NotSealed):
        LOST.unseal(stolen)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "i-2"},
        {"came_at": 6},
        {"area": "y"},
        {"partner": "p"},
        {"words": SEALED.words[:-8] + "AAAAAAA="},
        {"words": ""},
    ],
    ids=["id", "came at", "area", "partner", "words", "no words"],
)
def test_nothing_of_it_can_be_exchanged(changed: dict[str, object]) -> None:
    with pytest.raises(NotSealed):
        ANN.unseal(replace(SEALED, **changed))  # type: ignore[arg-type]


def test_its_length_says_little() -> None:
    short, long = (
        seal(words, [ANN.public], id="i", came_at=1) for words in (b"x", b"x" * (STEP - 1))
    )
    assert len(short.words) == len(long.words)


@pytest.mark.parametrize(
    "said",
    ["", "{}", "[" * 5_000, '{"form": 2}', "x" * 10_000_000],
    ids=["nothing", "empty", "deep", "later", "long"],
)
def test_what_is_none_is_refused(said: str) -> None:
    with pytest.raises(NotSealed):
        read(said)


def test_the_same_token_makes_the_same_key() -> None:
    token = secrets.token_bytes(32)
    assert LaptopKey(token).public == LaptopKey(token).public != ANN.public
