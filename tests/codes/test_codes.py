"""The reference lists: complete, in order, and never mixing two answers."""

from __future__ import annotations

import csv
from typing import get_args

import pytest

from linkworker import codes
from tests.shared_data import shared_data

SOURCES = {
    "contact_methods": "preferred_contact_method.csv",
    "ethnic_category": "ethnic_category_england_nhs2001.csv",
    "genders": "person_stated_gender.csv",
    "languages": "human_language_ukcore.csv",
    "relationships": "relationship_roles.csv",
    "snomed_social_prescribing": "snomed_social_prescribing_core.csv",
    "written_formats": "preferred_written_format.csv",
}


@pytest.mark.parametrize("name", get_args(codes.CodeList))
def test_each_list_has_every_code_of_its_source_in_its_order(name: codes.CodeList) -> None:
    with (shared_data("codes") / SOURCES[name]).open(encoding="utf-8", newline="") as file:
        published = [row["code"] for row in csv.DictReader(file)]
    assert list(codes.codes(name)) == published


@pytest.mark.parametrize("name", get_args(codes.CodeList))
def test_each_code_has_a_label_of_its_own(name: codes.CodeList) -> None:
    labels = list(codes.codes(name).values())
    assert all(label.strip() == label and label for label in labels)
    assert len({label.casefold() for label in labels}) == len(labels)


def test_ethnic_categories_are_a_to_s_without_i_o_q_and_keep_the_two_kinds_of_blank_apart() -> None:
    listed = codes.codes("ethnic_category")
    assert [code for code in listed if len(code) == 1 and code != "Z"] == list("ABCDEFGHJKLMNPRS")
    assert listed[codes.ASKED_NOT_STATED] != listed[codes.NOT_KNOWN]


def test_sign_language_and_makaton_are_languages() -> None:
    assert codes.code_for("languages", "makaton") == "q5"
    assert codes.label("languages", "q4") == "British Sign Language (BSL)"


def test_a_code_nobody_knows_is_shown_as_it_stands() -> None:
    assert codes.label("languages", "tlh") == "tlh"
    assert codes.code_for("languages", "Klingon") == ""


def test_the_referral_code_is_one_of_the_seven() -> None:
    assert len(codes.codes("snomed_social_prescribing")) == 7
    assert "Referral" in codes.label(
        "snomed_social_prescribing", codes.REFERRAL_TO_SOCIAL_PRESCRIBING
    )


def test_nicknames_are_plain_folded_words_each_once_in_its_group() -> None:
    groups = codes.nickname_groups()
    assert len(groups) > 300
    for name, forms in groups.items():
        assert forms[0] == name
        assert len(set(forms)) == len(forms), name
        assert all(form.isascii() and form.isalpha() and form.islower() for form in forms), name


def test_a_list_cannot_be_changed_by_whoever_reads_it() -> None:
    with pytest.raises(TypeError):
        codes.codes("genders")["1"] = "x"  # type: ignore[index]  # the attempt is the test
