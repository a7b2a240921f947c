"""The ecomap in characters: people on the left, groups and places on the right, then and now.

How near something is, is drawn as its line: ═ close, ─ steady, ┄ thin, ╱╲ strained, ─? where nobody
said, · ended. What it is, is told by the shape at the end of its line and by its word. With a
screen reader, or where there is no room, it is said in words instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from linkworker.caseload.ecomap import Ecomap, Node
from linkworker.widgets.words import joined, one_line, shortened

LINES = {"close": "═", "steady": "─", "thin": "┄", "strained": "╱╲", "": "─?"}
LINES_SAID = {
    "close": "═ close",
    "steady": "─ steady",
    "thin": "┄ thin",
    "strained": "╱╲ strained",
    "": "─? not said",
    "ended": "· ended",
}
SHAPES = {
    "tie": "○",
    "person": "○",
    "paid": "●",
    "group": "□",
    "place": "◊",
    "service": "■",
    "activity": "▲",
}
"""A sign for each shape of `Node.shape`, of those that every terminal's letters have."""
SHAPES_NAMED = {"tie": "family, friend", "person": "person", "paid": "paid"}
"""What a sign means, where the shape's own name does not say it."""
LEAST = 36
"""Cells under which it is said in words."""
GAP = 2
"""Cells between then and now."""
ARMS = (7, 5)
"""Cells of a line between a name and the spine, its shape with it; fewer where there is less
room."""
LEAST_SAID = 6
"""Cells under which what is said of a node is not begun beside its name."""
ROOMY = 56
"""Cells from which lines are long."""


def ecomap_lines(
    nodes: list[Node], name: str, width: int, *, in_words: bool = False, close: bool = False
) -> list[Content]:
    """Return the map of `nodes` around `name`, at most `width` cells wide.

    `close` gives each pair one line, for a low terminal: what is said stands after the name.
    """
    if in_words or width < LEAST:
        return [line for node in nodes for line in in_plain_words(node, width)]
    ties = [node for node in nodes if node.is_tie]
    groups = [node for node in nodes if not node.is_tie]
    arm = ARMS[width < ROOMY]
    side = (width - 2 * arm - 1) // 2
    height = max(len(ties), len(groups), 1)
    before = height // 2 if height > 1 else 1
    middle = _middle(name, side, arm)
    if close:
        middle = middle[1:2]
    lines: list[Content] = []
    for at in range(height):
        if at == before:
            lines += middle
        tie = ties[at] if at < len(ties) else None
        group = groups[at] if at < len(groups) else None
        lines += _pair(tie, group, side, arm, close)
    if before >= height:
        lines += middle
    return lines


def then_and_now(
    then: tuple[str, Sequence[Node]],
    now: tuple[str, Sequence[Node]],
    name: str,
    width: int,
    *,
    in_words: bool = False,
    close: bool = False,
) -> list[Content]:
    """Return two maps beside each other, each under its heading; one over the other where there is
    no room, or where they are said in words."""
    each = (width - GAP) // 2
    if in_words or each < LEAST:
        lines: list[Content] = []
        for words, nodes in (then, now):
            drawn = ecomap_lines(list(nodes), name, width, in_words=in_words, close=close)
            lines += [Content.styled(words, "bold"), *drawn]
        return lines
    sides = [
        [Content.styled(words, "bold"), *ecomap_lines(list(nodes), name, each, close=close)]
        for words, nodes in (then, now)
    ]
    height = max(map(len, sides))
    left, right = ([*side, *[Content("")] * (height - len(side))] for side in sides)
    return [
        joined(one, " " * (each + GAP - one.cell_length), other)
        for one, other in zip(left, right, strict=True)
    ]


def signs(nodes: Iterable[Node], *, shapes: bool = True) -> tuple[str, ...]:
    """Return what the shapes (where there is room for that) and lines of these nodes mean."""
    drawn = list(nodes)
    kinds = {node.shape for node in drawn} if shapes else set()
    lines = {"ended" if node.ended else node.how for node in drawn}
    named = dict.fromkeys(
        f"{sign} {SHAPES_NAMED.get(shape, shape)}"
        for shape, sign in SHAPES.items()
        if shape in kinds
    )
    return (*named, *(words for line, words in LINES_SAID.items() if line in lines))


def in_plain_words(node: Node, width: int) -> list[Content]:
    """Return one node as a sentence: "Pat, daughter, weekly: close"."""
    told = _told(node)
    words = f"{node.name}, {told}" if told else node.name
    how = "ended" if node.ended else node.how or "nobody said how close"
    new = ", new" if node.new else ""
    return [one_line(f"{words}: {how}{new}").truncate(width, ellipsis=True)]


def counted(found: Ecomap, since: str) -> tuple[str, ...]:
    """Return what has changed, in words: "new since March: 2" and "then 3 · now 6"."""
    if found.then_day is None:
        return ()
    return (
        f"new since {since}: {found.new}",
        f"then {found.standing_then} · now {found.standing_now}",
    )


def _middle(name: str, side: int, arm: int) -> list[Content]:
    """Return the person's own name, across the spine."""
    centre = side + arm
    word = shortened(name.upper(), 2 * side, "bold $accent")
    start = max(0, centre - word.cell_length // 2)
    bar = joined(" " * centre, ("│", "$soft"))
    return [bar, joined(" " * start, word), bar]


def _arm(node: Node | None, cells: int, *, left: bool) -> tuple[str, str]:
    """Return the line of a node, with its shape at the outer end, and its style."""
    if node is None:
        return " " * (cells - 1), ""
    line = "· " if node.ended else LINES[node.how]
    style = {"close": "$growth", "strained": "$care"}.get(node.how, "$soft")
    drawn = (line * cells)[: cells - 2]
    shape = SHAPES[node.shape]
    return (
        f"{shape}{drawn}" if left else f"{drawn}{shape}",
        "$soft" if node.ended else style,
    )


def _joint(left: Node | None, right: Node | None) -> str:
    """Return the spine's character where lines meet it."""
    both = {(False, False): "│", (True, False): "┤", (False, True): "├", (True, True): "┼"}
    return both[(left is not None and not left.ended, right is not None and not right.ended)]


def _pair(left: Node | None, right: Node | None, side: int, arm: int, close: bool) -> list[Content]:
    """Return two nodes on either side of the spine: names on one line, what is said below.

    Where they stand `close` what is said follows the name, as far as there is room.
    """
    left_arm, left_style = _arm(left, arm, left=True)
    right_arm, right_style = _arm(right, arm, left=False)
    write = _name_and_said if close else _name
    name = write(left, side)
    first = joined(
        " " * (side - name.cell_length),
        name,
        " ",
        (left_arm, left_style or "$soft"),
        (_joint(left, right), "$soft"),
        (right_arm, right_style or "$soft"),
        " ",
        write(right, side),
    )
    if close:
        return [first]
    below = _said(left, side)
    second = joined(
        " " * (side - below.cell_length),
        below,
        " " * arm,
        ("│", "$soft"),
        " " * arm,
        _said(right, side),
    )
    return [first, second]


def _name(node: Node | None, side: int) -> Content:
    if node is None:
        return Content("")
    style = "$soft" if node.ended else "bold"
    mark = " (new)" if node.new and not node.ended else ""
    return joined(shortened(node.name, side - len(mark), style), (mark, "$growth"))


def _name_and_said(node: Node | None, side: int) -> Content:
    name = _name(node, side)
    room = side - name.cell_length - 2
    told = _told(node) if node is not None else ""
    if not told or room < LEAST_SAID:
        return name
    return joined(name, (", ", "$soft"), shortened(told, room, "$soft"))


def _said(node: Node | None, side: int) -> Content:
    return shortened(_told(node), side, "$soft") if node is not None else Content("")


def _told(node: Node) -> str:
    """Return what is written beside a name: what it is, and how it stands."""
    return ", ".join(filter(None, (node.is_a, node.said)))
