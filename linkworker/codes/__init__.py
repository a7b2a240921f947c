"""Reference lists as package data: codes and what they mean, read when first asked for.

`NOTICES.md` beside them says where each list comes from and on what terms.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

CodeList = Literal[
    "contact_methods",
    "ethnic_category",
    "genders",
    "languages",
    "relationships",
    "snomed_social_prescribing",
    "written_formats",
]
"""The lists there are; each is a file of that name."""

_HERE = Path(__file__).parent

ASKED_NOT_STATED = "Z"
"""Ethnic category: the person was asked and did not say."""
NOT_KNOWN = "99"
"""Ethnic category: nobody asked, or nobody wrote it down. Never counted with `ASKED_NOT_STATED`."""
REFERRAL_TO_SOCIAL_PRESCRIBING = "871731000000106"
"""SNOMED CT: for the first accepted contact of an episode only."""


@cache
def codes(name: CodeList) -> Mapping[str, str]:
    """Return a list as {code: label}, in the order in which its source gives it."""
    return MappingProxyType({row["code"]: row["label"] for row in _rows(name)})


def label(name: CodeList, code: str) -> str:
    """Return what a code means, or the code itself where the list does not have it."""
    return codes(name).get(code, code)


def code_for(name: CodeList, words: str) -> str:
    """Return the code whose label or code is `words`, however it is capitalised, or ""."""
    wanted = " ".join(words.split()).casefold()
    for code, meaning in codes(name).items():
        if wanted in (code.casefold(), meaning.casefold()):
            return code
    return ""


@cache
def nickname_groups() -> Mapping[str, tuple[str, ...]]:
    """Return {name: every form of it}, folded; the name itself comes first."""
    return MappingProxyType(
        {row["name"]: (row["name"], *row["forms"].split()) for row in _rows("nicknames")}
    )


@cache
def everyday_topics() -> Mapping[str, tuple[str, ...]]:
    """Return {topic: the words by which one speaks of it}, small letters."""
    return MappingProxyType(
        {row["topic"]: tuple(row["words"].split()) for row in _rows("everyday_topics")}
    )


@cache
def everyday_stems() -> Mapping[str, tuple[str, ...]]:
    """Return {topic: the stems (Porter2) of its words, in their order}: to find them takes long."""
    return MappingProxyType(
        {row["topic"]: tuple(row["stems"].split()) for row in _rows("everyday_topics")}
    )


@cache
def words_of_no_topic() -> frozenset[str]:
    """Return the words that two sentences share by chance, folded."""
    return frozenset((_HERE / "words_of_no_topic.txt").read_text(encoding="utf-8").split())


@cache
def names_that_are_words() -> frozenset[str]:
    """Return names that are ordinary words too, folded: with a small letter they are the word."""
    return frozenset((_HERE / "names_that_are_words.txt").read_text(encoding="utf-8").split())


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
