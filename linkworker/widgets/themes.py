"""The four ways it can look: Daylight, Evening, high contrast, and without colour.

Every ink stands on its paper at 7:1 or more (WCAG 2.2, 1.4.6 at level AAA; a test computes it).
Style sheets use the names here (`$ink`, `$soft`, `$paper`, `$panel`, `$accent`, `$growth`, `$care`,
`$risk`, `$link`, `$rule`) and no other colour. A colour never carries a meaning alone.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.theme import Theme

DAYLIGHT = "daylight"
EVENING = "evening"
HIGH_CONTRAST = "high-contrast"
NO_COLOUR = "no-colour"


class Palette(NamedTuple):
    """The colours of one theme. `chosen` is the ground under the row or key that is chosen.

    A tuple with names: to make a dataclass takes 1 ms, on the way to the first frame.
    """

    name: str
    label: str
    help: str
    paper: str
    panel: str
    ink: str
    soft: str
    accent: str
    growth: str
    care: str
    risk: str
    link: str
    rule: str
    chosen: str
    chosen_ink: str
    dark: bool
    own_colours: bool = True
    """False: every colour is taken out where lines are drawn, and the terminal's own two remain."""


_DAYLIGHT = Palette(
    DAYLIGHT,
    "Daylight",
    "Dark ink on warm paper",
    paper="#FBF8F1",
    panel="#F1ECE0",
    ink="#1E2430",
    soft="#454C5A",
    accent="#08544F",
    growth="#1C5524",
    care="#763E00",
    risk="#8F1D14",
    link="#2B4C8C",
    rule="#C9C1AE",
    chosen="#08544F",
    chosen_ink="#FBF8F1",
    dark=False,
)

PALETTES = (
    _DAYLIGHT,
    Palette(
        EVENING,
        "Evening",
        "Light ink on a dark page",
        paper="#16191F",
        panel="#1F242C",
        ink="#ECE7DC",
        soft="#B4B2AB",
        accent="#6FCFC3",
        growth="#93CF8F",
        care="#F0B760",
        risk="#F59A8B",
        link="#9DB9F2",
        rule="#3B424E",
        chosen="#6FCFC3",
        chosen_ink="#16191F",
        dark=True,
    ),
    Palette(
        HIGH_CONTRAST,
        "High contrast",
        "White and yellow on black",
        paper="#000000",
        panel="#000000",
        ink="#FFFFFF",
        soft="#FFFFFF",
        accent="#FFFF00",
        growth="#FFFFFF",
        care="#FFFF00",
        risk="#FFFF00",
        link="#FFFF00",
        rule="#FFFFFF",
        chosen="#FFFF00",
        chosen_ink="#000000",
        dark=True,
    ),
    _DAYLIGHT._replace(
        name=NO_COLOUR,
        label="No colour",
        help="None: bold and underline instead",
        own_colours=False,
    ),
)

NAMES = tuple(one.name for one in PALETTES)


def variables_of(palette: Palette) -> dict[str, str]:
    """Return what style sheets may name, for one palette."""
    return {
        "border": palette.accent,
        "border-blurred": palette.rule,
        "ink": palette.ink,
        "panel": palette.panel,
        "accent": palette.accent,
        "soft": palette.soft,
        "paper": palette.paper,
        "growth": palette.growth,
        "care": palette.care,
        "risk": palette.risk,
        "link": palette.link,
        "rule": palette.rule,
        "chosen": palette.chosen,
        "chosen-ink": palette.chosen_ink,
        "block-cursor-background": palette.chosen,
        "block-cursor-foreground": palette.chosen_ink,
        "block-cursor-text-style": "bold" if palette.own_colours else "bold reverse",
        "input-cursor-background": palette.ink,
        "input-cursor-foreground": palette.paper,
        "input-cursor-text-style": "none" if palette.own_colours else "reverse",
        "input-selection-background": palette.chosen,
        "input-selection-foreground": palette.chosen_ink,
        "scrollbar": palette.rule,
        "scrollbar-hover": palette.soft,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.paper,
        "scrollbar-background-hover": palette.paper,
        "scrollbar-background-active": palette.paper,
        "scrollbar-corner-color": palette.paper,
    }


def theme_of(palette: Palette) -> Theme:
    """Return the Textual theme of one palette."""
    return Theme(
        name=palette.name,
        primary=palette.accent,
        secondary=palette.link,
        accent=palette.accent,
        warning=palette.care,
        error=palette.risk,
        success=palette.growth,
        foreground=palette.ink,
        background=palette.paper,
        surface=palette.paper,
        panel=palette.panel,
        boost=palette.panel,
        dark=palette.dark,
        text_alpha=1.0,
        variables=variables_of(palette),
    )


def palette_named(name: str) -> Palette:
    """Return one of the four, Daylight where the name is none of them."""
    return next((one for one in PALETTES if one.name == name), PALETTES[0])
