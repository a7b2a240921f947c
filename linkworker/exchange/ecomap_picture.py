"""The ecomap as a picture (SVG 1.1) to print: the person in the middle, then and now side by side.

What something is, is told by its shape and by its word; how near it is by how far from the middle
it stands and by its line. Nothing is told by colour alone. What is said in it is put in as text by
the library that makes the file, never as markup.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from linkworker.caseload.ecomap import SHAPES_SAID, Node
from linkworker.text import cells, one_line

SVG = "http://www.w3.org/2000/svg"
WIDTH, TOP, FOOT = 690, 90, 130
"""Of one map, in points of the picture; above it its heading, below all the signs."""
ROW = 62
"""Height of one node with its two lines of words."""
LEAST_HEIGHT = 420
NEAR = {"close": 0.45, "steady": 0.72, "thin": 1.0, "strained": 0.72, "": 1.0}
"""How far out a node stands, of the way from the middle to its column."""
REACH = 110
"""From the middle to the column of what is farthest."""
LETTERS = 19
"""Letters of a line beside a node."""
INK, SOFT, GROWTH, CARE = "#1E2430", "#454C5A", "#23602A", "#7A4100"

_WORDS_OF = {"close": "close", "steady": "steady", "thin": "thin", "strained": "strained"}


@dataclass(frozen=True)
class Map:
    """One of the maps of a picture: its heading, and what stands around the person."""

    heading: str
    nodes: Sequence[Node]


def ecomap_picture(name: str, maps: Sequence[Map], said_below: str = "") -> str:
    """Return the picture as a file's text. `name` stands in the middle of each map."""
    Tree.register_namespace("", SVG)
    rows = max((max(map(len, _sides(one.nodes))) for one in maps), default=0)
    height = max(LEAST_HEIGHT, rows * ROW + 40)
    whole = (WIDTH * len(maps), TOP + height + FOOT)
    svg = Tree.Element(
        f"{{{SVG}}}svg",
        {
            "viewBox": f"0 0 {whole[0]} {whole[1]}",
            "width": "277mm" if len(maps) > 1 else "190mm",
            "font-family": "Helvetica, Arial, sans-serif",
            "role": "img",
        },
    )
    _put(svg, "title").text = _said(f"Who and what is around {name}")
    _put(svg, "desc").text = _said(" ".join(_in_words(one) for one in maps))
    _put(svg, "rect", width=whole[0], height=whole[1], fill="#FFFFFF")
    for number, one in enumerate(maps):
        _draw_map(svg, one, name, number * WIDTH + WIDTH / 2, height)
    _draw_signs(svg, TOP + height + 40, [node for one in maps for node in one.nodes])
    if said_below:
        _text(svg, 24, whole[1] - 16, said_below, size=12, fill=SOFT)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Tree.tostring(svg, encoding="unicode")


def _in_words(one: Map) -> str:
    """Return a map for whoever hears it."""
    told = [
        f"{node.name}: {', '.join(filter(None, (node.is_a, node.said, _how(node))))}."
        for node in one.nodes
    ]
    return " ".join([f"{one.heading}:", *(told or ["nobody and nothing was written down."])])


def _sides(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Return people, who stand on the left, and groups, places and services, on the right."""
    return [one for one in nodes if one.is_tie], [one for one in nodes if not one.is_tie]


def _draw_map(svg: Tree.Element, one: Map, name: str, middle: float, height: float) -> None:
    _text(svg, middle, 44, one.heading, size=20, weight="bold", anchor="middle")
    across = TOP + height / 2
    for side, nodes in zip((-1, 1), _sides(one.nodes), strict=True):
        between = height / (len(nodes) + 1)
        for number, node in enumerate(nodes, 1):
            down = TOP + number * between
            out = middle + side * (60 + REACH * NEAR[node.how])
            _draw_line(svg, node, (middle, across), (out, down))
            _draw_node(svg, node, out, down, side)
    _put(svg, "circle", cx=middle, cy=across, r=46, fill="#FBF8F1", stroke=INK)
    lines = _lines(name, 11, 3)
    for number, words in enumerate(lines):
        down = across + 5 + (number - (len(lines) - 1) / 2) * 16
        _text(svg, middle, down, words, size=14, weight="bold", anchor="middle")


def _draw_line(
    svg: Tree.Element, node: Node, start: tuple[float, float], end: tuple[float, float]
) -> None:
    (x1, y1), (x2, y2) = start, end
    ink = {"stroke": SOFT if node.ended else INK, "fill": "none"}
    if node.how == "strained" and not node.ended:
        _put(svg, "path", d=_zigzag(start, end), **ink, stroke_width=2)
        return
    if node.how == "close" and not node.ended:
        away = 3 / (math.dist(start, end) or 1)
        dx, dy = (y2 - y1) * away, (x1 - x2) * away
        for sign in (1, -1):
            place = {"x1": x1 + sign * dx, "y1": y1 + sign * dy}
            place |= {"x2": x2 + sign * dx, "y2": y2 + sign * dy}
            _put(svg, "line", **place, **ink, stroke_width=2.5)
        return
    dashes = "1 7" if node.ended else {"thin": "7 5", "": "2 5"}.get(node.how, "none")
    place = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    _put(svg, "line", **place, **ink, stroke_width=2, stroke_dasharray=dashes)


def _zigzag(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    length = math.dist(start, end) or 1
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    turns = max(2, int(length / 12))
    points = [f"M {x1:.1f} {y1:.1f}"]
    for turn in range(1, turns):
        along, out = length * turn / turns, 7 if turn % 2 else -7
        points.append(f"L {x1 + dx * along - dy * out:.1f} {y1 + dy * along + dx * out:.1f}")
    return " ".join([*points, f"L {x2:.1f} {y2:.1f}"])


def _draw_node(svg: Tree.Element, node: Node, x: float, y: float, side: int) -> None:
    ink = CARE if node.how == "strained" else GROWTH if node.new else INK
    _SHAPES[node.shape](svg, x, y, {"fill": "#FFFFFF", "stroke": SOFT if node.ended else ink})
    beside = x + side * 22
    anchor = "end" if side < 0 else "start"
    named = _lines(node.name, LETTERS, 2)
    for number, words in enumerate(named):
        down = y - 1 - 8 * (len(named) - 1) + number * 14
        _text(svg, beside, down, words, weight="bold", anchor=anchor)
    told = ("new" if node.new else "", node.is_a, node.said, "ended" if node.ended else "")
    under = ", ".join(filter(None, told))
    for number, words in enumerate(_lines(under, LETTERS + 6, 2)):
        down = y + 14 + 6 * (len(named) - 1) + number * 13
        _text(svg, beside, down, words, size=11, fill=SOFT, anchor=anchor)


def _how(node: Node) -> str:
    return "ended" if node.ended else _WORDS_OF.get(node.how, "nobody said how near")


def _circle(svg: Tree.Element, x: float, y: float, ink: dict[str, str]) -> None:
    _put(svg, "circle", cx=x, cy=y, r=13, **ink, stroke_width=2)


def _polygon(corners: int, turned: float) -> Callable[..., None]:
    def draw(svg: Tree.Element, x: float, y: float, ink: dict[str, str]) -> None:
        at = [turned + 2 * math.pi * one / corners for one in range(corners)]
        points = " ".join(
            f"{x + 15 * math.cos(one):.1f},{y + 15 * math.sin(one):.1f}" for one in at
        )
        _put(svg, "polygon", points=points, **ink, stroke_width=2)

    return draw


def _rounded(svg: Tree.Element, x: float, y: float, ink: dict[str, str]) -> None:
    _put(svg, "rect", x=x - 16, y=y - 11, width=32, height=22, rx=9, **ink, stroke_width=2)


_SHAPES: dict[str, Callable[..., None]] = {
    "tie": _circle,
    "person": _circle,
    "paid": _polygon(6, 0),
    "group": _rounded,
    "place": _polygon(4, math.pi / 2),
    "service": _polygon(4, math.pi / 4),
    "activity": _polygon(3, -math.pi / 2),
}


def _draw_signs(svg: Tree.Element, y: float, nodes: Sequence[Node]) -> None:
    """Say what the shapes and lines that are in the picture mean."""
    x = 36.0
    for shape in dict.fromkeys(node.shape for node in nodes):
        _SHAPES[shape](svg, x, y, {"fill": "#FFFFFF", "stroke": INK})
        _text(svg, x + 22, y + 4, SHAPES_SAID[shape], size=11, fill=SOFT)
        x += 50 + 6 * len(SHAPES_SAID[shape])
    x = 24.0
    drawn = dict.fromkeys("ended" if node.ended else node.how for node in nodes)
    for how in drawn:
        sample = Node("", True, "", "", "" if how == "ended" else how, False, how == "ended", False)
        _draw_line(svg, sample, (x, y + 36), (x + 44, y + 36))
        words = how or "nobody said how near"
        _text(svg, x + 52, y + 40, words, size=11, fill=SOFT)
        x += 76 + 6 * len(words)


def _lines(words: str, width: int, most: int) -> list[str]:
    """Return words in so many lines at most, with "…" where the end is missing."""
    narrower = max(4, width * len(words) // max(1, cells(words)))  # wide letters take two places
    lines = textwrap.wrap(one_line(words), narrower) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: narrower - 1].rstrip() + "…"]
    return lines


def _text(
    svg: Tree.Element,
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    weight: str = "normal",
    fill: str = INK,
    anchor: str = "start",
) -> None:
    said = {"font_size": size, "font_weight": weight, "fill": fill, "text_anchor": anchor}
    _put(svg, "text", x=x, y=y, **said).text = _said(words)


def _said(words: str) -> str:
    """Return words as XML 1.0 may hold them: some letters are none that a file can have."""
    return "".join(one for one in one_line(words) if _is_letter(ord(one)))


def _is_letter(code: int) -> bool:
    """Say whether XML 1.0 (section 2.2) allows a character."""
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _put(parent: Tree.Element, tag: str, **said: object) -> Tree.Element:
    """Put an element in; numbers are given as numbers, and `stroke_width` is `stroke-width`."""
    named = {
        name.replace("_", "-"): f"{value:.1f}" if isinstance(value, float) else str(value)
        for name, value in said.items()
    }
    return Tree.SubElement(parent, f"{{{SVG}}}{tag}", named)
