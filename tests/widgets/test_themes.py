"""Everybody can read it: the contrast of every ink on every ground, computed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color

from linkworker.widgets.themes import NAMES, PALETTES, palette_named, theme_of, variables_of

INKS = ("ink", "soft", "accent", "growth", "care", "risk", "link")
COLOURED = [one for one in PALETTES if one.own_colours]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in Color.parse(colour).rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", COLOURED, ids=lambda one: one.name)
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_can_be_read_on_every_ground(palette, ground, ink):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 7.0


@pytest.mark.parametrize("palette", COLOURED, ids=lambda one: one.name)
def test_what_is_chosen_can_be_read(palette):
    assert contrast(palette.chosen_ink, palette.chosen) >= 7.0


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


def test_there_are_four_ways_to_look_and_every_one_names_every_colour():
    assert len(NAMES) == len(set(NAMES)) == 4
    names = [set(variables_of(one)) for one in PALETTES]
    assert all(one == names[0] for one in names)
    assert [theme_of(one).name for one in PALETTES] == list(NAMES)


def test_an_unknown_look_is_daylight():
    assert palette_named("textual-dark").name == "daylight"


def test_no_style_sheet_has_a_colour_of_its_own():
    house = Path(__file__).resolve().parents[2] / "linkworker"
    known = set(variables_of(PALETTES[0]))
    for path in house.rglob("*.tcss"):
        style = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        values = " ".join(re.findall(r":\s*([^;{]+);", style))
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|\bansi_", values), path.name
        named = set(re.findall(r"\$([a-z-]+)", values))
        assert named <= known, f"{path.name}: {named - known}"
