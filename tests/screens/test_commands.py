"""Every key: known once, told truly, never one that a terminal or a person has already."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input, TextArea

from linkworker.app import LinkworkerApp
from linkworker.widgets.commands import Command, key_name
from linkworker.widgets.everywhere import EVERYWHERE
from linkworker.widgets.frame import Dialog
from tests.screens.keys_document import DOCUMENT, commands, document, listed

EVERY = commands()
SCREENS = [cls for cls in listed() if cls is not LinkworkerApp]
TEXT_KEYS = {"ctrl+z", "ctrl+y", "ctrl+d", "pageup", "pagedown"}
"""Undo and redo are themselves in a text too; what Ctrl+D does in some editors, Del does in all;
Page Up and Down scroll, the text or what stands beside it."""

ONE_MEANING = ({"back", "leave", "close"}, {"open", "choose"}, {"answer", "read"})
"""What Esc does has one meaning and several names, and so has Enter; Tab goes to what stands beside
the text that is typed."""


NEVER_BOUND = frozenset(
    {
        "ctrl+i",
        "ctrl+m",
        "ctrl+j",
        "ctrl+left_square_bracket",
        "ctrl+h",
        "ctrl+tab",
        "ctrl+plus",
        "ctrl+minus",
        "ctrl+equals_sign",
        "ctrl+0",
        "ctrl+enter",
        "alt+enter",
        "alt+left",
        "alt+right",
        "alt+up",
        "alt+down",
        "f11",
        "ctrl+c",
        "ctrl+v",
        "ctrl+x",
    }
)
"""Keys that are other keys in a terminal, or that the terminal, the window or the person has
already (AltGr is Ctrl+Alt: Welsh ŵ and ŷ are typed with it)."""

NEVER_BEGUN_WITH = ("ctrl+alt+", "alt+ctrl+", "ctrl+shift+", "shift+ctrl+")


def may_be_bound(key: str) -> bool:
    """Whether a command may stand on a key (Textual's name of it)."""
    return key not in NEVER_BOUND and not key.startswith(NEVER_BEGUN_WITH)


def test_the_document_of_keys_is_true():
    assert DOCUMENT.read_text(encoding="utf-8") == document(), (
        "python -m tests.screens.keys_document writes it"
    )


@pytest.mark.parametrize(("cls", "command"), EVERY, ids=lambda one: getattr(one, "id", ""))
def test_every_command_is_told_whole(cls, command: Command):
    assert command.id
    assert command.label
    assert command.help
    assert not command.help.endswith("."), "the page puts the full stop"
    assert len(command.label) < 3 or command.label[0].isupper(), "a sign stands for itself"
    assert command.help[0].isupper()
    assert "!" not in command.help + command.another_way
    assert hasattr(cls, "action_" + command.action.partition("(")[0]), command.action


@pytest.mark.parametrize(("cls", "command"), EVERY, ids=lambda one: getattr(one, "id", ""))
def test_no_command_stands_on_a_key_that_is_another_key(cls, command: Command):
    assert all(may_be_bound(key) for key in command.keys)


@pytest.mark.parametrize(
    "key", ["ctrl+i", "ctrl+m", "ctrl+h", "ctrl+alt+w", "ctrl+shift+p", "alt+left", "f11", "ctrl+c"]
)
def test_a_forbidden_key_is_known(key):
    assert not may_be_bound(key)


@pytest.mark.parametrize("cls", SCREENS, ids=lambda one: one.__name__)
def test_no_key_means_two_things_on_one_screen(cls):
    own = list(cls.KEYS)
    assert len({command.id for command in own}) == len(own)
    taken: dict[str, str] = {}
    for command in [*own, *EVERYWHERE]:
        for key in command.keys:
            both_leave = key == "escape" and command.id == "back"
            same = taken.get(key) == command.id
            assert key not in taken or same or both_leave, f"{key}: {taken[key]}, {command.id}"
            taken.setdefault(key, command.id)


def test_a_key_means_the_same_on_every_screen():
    """Letters and signs in a menu stand for its lines; any other key has one meaning."""
    meant: dict[str, set[str]] = {}
    for _, command in EVERY:
        if command.keys and not is_a_sign(command.keys[0]):
            meant.setdefault(command.keys[0], set()).add(command.id.rpartition(".")[2])
    twice = {
        key: ids
        for key, ids in meant.items()
        if len(ids) > 1 and not any(ids <= names for names in ONE_MEANING)
    }
    assert not twice


def is_a_sign(key: str) -> bool:
    return len(key_name(key)) == 1 and key not in ("up", "down", "left", "right")


@pytest.mark.parametrize("cls", listed(), ids=lambda one: one.__name__)
def test_a_screen_binds_its_commands_and_nothing_else(cls):
    bound = {key for one in vars(cls).get("BINDINGS", []) for key in keys_of(one)}
    known = {key for command in vars(cls).get("KEYS", ()) for key in command.keys}
    assert bound == known


DIALOGS = [cls for cls in SCREENS if issubclass(cls, Dialog) and cls is not Dialog]


@pytest.mark.parametrize("cls", DIALOGS, ids=lambda one: one.__name__)
def test_esc_leaves_every_dialog_for_the_keys_of_the_app_do_not_reach_past_it(cls):
    (does,) = {command.action for command in cls.KEYS if "escape" in command.keys}
    assert callable(getattr(cls, f"action_{does}"))


def keys_of(binding: object) -> list[str]:
    assert isinstance(binding, Binding)
    return binding.key.split(",")


def test_no_key_of_a_command_is_needed_for_typing():
    typing = {
        key
        for widget in (Input, TextArea)
        for one in widget.BINDINGS
        for key in (one.key if isinstance(one, Binding) else one[0]).split(",")
        if not key.startswith("f")
    }
    taken = {key for _, command in EVERY if command.always for key in command.keys if key in typing}
    assert taken <= TEXT_KEYS


def test_every_f_key_has_another_way():
    for command in EVERYWHERE:
        if any(key.startswith("f") for key in command.keys):
            assert command.another_way


def test_keys_are_named_as_they_stand_on_the_keyboard():
    names = {"ctrl+n": "Ctrl+N", "escape": "Esc", "f3": "F3", "1": "1", "insert": "Ins"}
    names |= {"left_square_bracket": "[", "ctrl+up": "Ctrl+↑", "space": "Space"}
    assert {key: key_name(key) for key in names} == names


def test_no_file_gives_a_widget_of_the_library_words_that_it_would_read_as_markup():
    """Static, Label and Button read a `str` as markup; `Sentence` takes `Content` alone."""
    house = Path(__file__).resolve().parents[2] / "linkworker"
    for folder in ("screens", "widgets"):
        for path in (house / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
                    names = {alias.name for alias in node.names}
                    assert not names & {
                        "Static",
                        "Label",
                        "Button",
                        "Select",
                        "Tree",
                        "Markdown",
                    }, f"{path.name}: {names}"


def test_every_key_is_shown_as_it_stands_on_the_keyboard():
    shown = {key_name(key) for _, command in commands() for key in command.keys}
    assert not {one for one in shown if "_" in one or re.fullmatch("[a-z]{3,}", one)}
