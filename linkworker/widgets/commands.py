"""Commands: one description of a thing a person can do feeds keys, key bar, finder, help and docs.

A screen lists its commands in `KEYS` and writes `BINDINGS = bindings(KEYS)`. Nothing else binds a
key to a thing that a person does (what an editor does with letters and arrows is its own).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

if TYPE_CHECKING:
    from linkworker.widgets.house import House

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "insert": "Ins",
    "delete": "Del",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "home": "Home",
    "end": "End",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "asterisk": "*",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "at": "@",
    "equals_sign": "=",
    "tilde": "~",
    "exclamation_mark": "!",
    "slash": "/",
    "number_sign": "#",
}


def key_name(key: str) -> str:
    """Return a key as a person reads it on the bar: `ctrl+n` is "Ctrl+N", `escape` is "Esc"."""
    *held, last = key.split("+")
    shown = NAMES.get(last, last.upper() if len(last) == 1 or last[:1] == "f" else last)
    if len(last) == 1 and not held:
        shown = last
    return "+".join([*(one.capitalize() for one in held), shown])


def typed_sign(key: str) -> str:
    """Return what a key types into a text: `m` is "m", `plus` is "+", "" for none."""
    if key == "space":
        return " "
    name = key_name(key)
    return name if len(name) == 1 and name not in "↑↓←→" else ""


class Command(NamedTuple):
    """One thing that a person can do.

    `why_not` is asked with the node that lists the command (a screen, a widget or the app) and
    gives a plain sentence when it cannot run now, "" when it can. The sentence is what a person
    reads when they press the greyed key. A tuple with names: to make a dataclass takes 1 ms, on the
    way to the first frame.
    """

    id: str
    """Never changes once published: keys are re-bound by it. `go.people`, `note.done`."""
    label: str
    """One to three words for the bar and the finder, in sentence case."""
    help: str
    """One line for help, the finder and `docs/keys.md`."""
    keys: tuple[str, ...]
    """Textual's names; the first is the one shown."""
    action: str
    """The action that does it, on the node that lists the command."""
    place: str = "Everywhere"
    """The heading it stands under in help."""
    rank: int = 0
    """Where the bar is too narrow, the lowest rank leaves first; below 0 it is never on the bar."""
    always: bool = False
    """Works also while typing in a field that would take the key (F-keys and Ctrl keys)."""
    at_once: bool = False
    """The key is not first shown to each widget around the focus: for a screen without fields."""
    another_way: str = ""
    """How it is done without its key, where that is not obvious."""
    also: str = ""
    """Other words by which people look for it in the finder: "typo", "print"."""
    why_not: Callable[[Any], str] | None = None
    why_not_key: Callable[[Any], str] | None = None
    """As `why_not`, where only its key cannot do it: chosen by name, or with the mouse, it can."""

    def doing(self, action: str, **changes: Any) -> Command:
        """Return the same command as another screen does it: its action, place or help line."""
        return self._replace(action=action, **changes)

    @property
    def shown_key(self) -> str:
        """The first key as a person reads it, "" where there is none."""
        return key_name(self.keys[0]) if self.keys else ""

    def refusal(self, node: object) -> str:
        """Return why it cannot run now, "" when it can."""
        return self.why_not(node) if self.why_not is not None else ""

    def key_refusal(self, node: object) -> str:
        """Return why its key does not do it now, "" when it does."""
        by_key = self.why_not_key(node) if self.why_not_key is not None else ""
        return by_key or self.refusal(node)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return the `BINDINGS` of a screen, widget or app that lists these commands in `KEYS`."""
    return [
        Binding(
            ",".join(command.keys),
            f"command({command.id!r})",
            command.label,
            show=command.rank >= 0,
            priority=command.always or command.at_once,
            id=command.id,
            tooltip=command.help,
        )
        for command in commands
        if command.keys
    ]


class Commanded:
    """What lists commands: mixed into the app, into screens, and into widgets with keys of theirs.

    A key that cannot run says why, and does nothing else. A plain class, because Textual finds the
    style of a node through its first base that is a node.
    """

    KEYS: ClassVar[tuple[Command, ...]] = ()

    def command_of(self, command_id: str) -> Command | None:
        """Return one of this node's own commands."""
        return next((one for one in self.KEYS if one.id == command_id), None)

    async def action_command(self, command_id: str) -> None:
        """Do a command of this node, or say why it cannot be done now."""
        command = self.command_of(command_id)
        if command is None:
            return
        node = cast(DOMNode, self)
        reason = command.refusal(node)
        if reason:
            cast("House", node.app).hint(reason)
            return
        await node.app.run_action(command.action, node)


def commands_here(nodes: Iterable[DOMNode]) -> list[tuple[Command, Commanded]]:
    """Return every command in reach, nearest first, with the node that does it.

    `nodes` go from what has the focus outwards to the app. Where a nearer node has taken the id, or
    all the keys, of one further out, the nearer one counts.
    """
    found: list[tuple[Command, Commanded]] = []
    ids: set[str] = set()
    taken: set[str] = set()
    for node in nodes:
        if not isinstance(node, Commanded):
            continue
        for command in node.KEYS:
            if command.id in ids or (command.keys and taken.issuperset(command.keys)):
                continue
            ids.add(command.id)
            taken.update(command.keys)
            found.append((command, node))
    return found
