"""The ecomap in characters: people on the left, groups and places on the right, then and now.

How near something is, is drawn as its line: ═ close, ─ steady, ┄ thin, ╱╲ strained, ─? where nobody
said, · ended. With a screen reader, or where there is no room, it is said in words instead.
"""

from __future__ import annotations

from textual.content import Content

from linkworker.caseload.ecomap import Ecomap, Node
from linkworker.widgets.words import joined, one_line, shortened

LINES = {"close": "═", "steady": "─", "thin": "┄", "strained": "╱╲", "": "─?"}
LEGEND = ("═ close", "─ steady", "┄ thin", "╱╲ strained", "─? not said", "· ended")
LEAST = 44
"""Cells under which it is said in words."""
ARMS = (6, 4)
"""Cells of a line between a name and the spine; fewer where there is less room."""
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


def in_plain_words(node: Node, width: int) -> list[Content]:
    """Return one node as a sentence: "Pat, daughter, weekly: close"."""
    words = f"{node.name}, {node.said}" if node.said else node.name
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


def _arm(node: Node | None, cells: int) -> tuple[str, str]:
    """Return the line of a node and its style."""
    if node is None:
        return " " * (cells - 1), ""
    if node.ended:
        return ("· " * cells)[: cells - 1], "$soft"
    line = LINES[node.how]
    style = {"close": "$growth", "strained": "$care"}.get(node.how, "$soft")
    return (line * cells)[: cells - 1], style


def _joint(left: Node | None, right: Node | None) -> str:
    """Return the spine's character where lines meet it."""
    both = {(False, False): "│", (True, False): "┤", (False, True): "├", (True, True): "┼"}
    return both[(left is not None and not left.ended, right is not None and not right.ended)]


def _pair(left: Node | None, right: Node | None, side: int, arm: int, close: bool) -> list[Content]:
    """Return two nodes on either side of the spine: names on one line, what is said below.

    Where they stand `close` what is said follows the name, as far as there is room.
    """
    left_arm, left_style = _arm(left, arm)
    right_arm, right_style = _arm(right, arm)
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
    if node is None or not node.said or room < LEAST_SAID:
        return name
    return joined(name, (", ", "$soft"), shortened(node.said, room, "$soft"))


def _said(node: Node | None, side: int) -> Content:
    return shortened(node.said, side, "$soft") if node is not None else Content("")
