"""Writes `docs/keys.md` from the commands themselves: `python -m tests.screens.keys_document`."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import linkworker.screens
import linkworker.widgets
from linkworker.app import LinkworkerApp
from linkworker.widgets.commands import Command, Commanded, key_name

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "keys.md"

HEAD = """# Keys

Arrows, Enter, Esc, Tab and typing are enough for everything; the rest is for speed. Every key that
works where one is stands at the foot of the screen, and can be clicked. F1 shows this list for the
place one is in, Ctrl+P finds any command by its name. A key that cannot run now stands in brackets
and says why.

In a text, Ctrl+Z and Ctrl+Y take back and bring back what was typed, Ctrl+A selects all,
Ctrl+Backspace takes a word away, Ctrl+Home and Ctrl+End go to the beginning and the end, and
Ctrl+C, Ctrl+X and Ctrl+V copy, cut and paste.

This page is written by `python -m tests.screens.keys_document`; a test holds it to the program.
"""


def listed() -> list[type[Commanded]]:
    """Return everything that lists commands: the app, every screen, every widget with keys."""
    for package in (linkworker.screens, linkworker.widgets):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    found: list[type[Commanded]] = []

    def look(cls: type[Commanded]) -> None:
        for sub in cls.__subclasses__():
            if sub.__module__.startswith("linkworker.") and sub not in found:
                found.append(sub)
            look(sub)

    look(Commanded)
    return sorted(found, key=lambda one: (one is not LinkworkerApp, one.__module__, one.__name__))


def commands() -> list[tuple[type[Commanded], Command]]:
    """Return every command with what lists it, the app's first."""
    return [(cls, command) for cls in listed() for command in vars(cls).get("KEYS", ())]


def document() -> str:
    """Return the whole page."""
    lines = [HEAD]
    every = commands()
    for place in dict.fromkeys(command.place for _, command in every):
        lines.append(f"## {place}\n")
        lines.append("| key | | what it does | another way | id |\n|---|---|---|---|---|")
        told: list[str] = []
        for _, command in every:
            if command.place != place:
                continue
            keys = " or ".join(key_name(key) for key in command.keys)
            row = (
                f"| {keys} | {command.label} | {command.help} | {command.another_way} "
                f"| `{command.id}` |"
            )
            if row not in told:
                told.append(row)
        lines += [*told, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
