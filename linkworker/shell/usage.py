"""What was typed after `linkworker`: a command, what it is about, and options anywhere.

Written out, because what the app's start pays for should be no more than this.
"""

from __future__ import annotations

from collections.abc import Sequence

VALUED = {
    "--data": "DIR",
    "--passphrase-file": "F",
    "--name": "NAME",
    "--role": "ROLE",
    "--organisation": "NAME",
    "--with": "NAME",
    "--opens": "WHAT",
    "--agreed": "DAY",
    "--how": "WORDS",
    "--patch": "PATCH",
    "--years": "N",
    "--format": "json",
    "--limit": "N",
    "--column": "HEADING=FIELD",
    "--decide": "ROW=add|fill|take|leave",
    "--begun": "DAY",
    "--level": "1|2",
    "--hub": "URL",
    "--url": "URL",
    "--host": "HOST",
    "--port": "N",
    "--certificate": "F",
    "--key": "F",
    "--areas": "F",
    "--key-file": "F",
    "--backup-key": "F",
    "--database": "URL",
    "--lead": "NAME",
    "--by": "NAME",
    "--to": "NAME",
    "--since": "DAY",
    "--until": "DAY",
    "--reason": "WHY",
    "--take": "N",
    "--source": "NAME",
}
"""Options that take a value, and what stands for it in the help."""

FLAGS = (
    "--json",
    "--dry-run",
    "--fresh",
    "--whole",
    "--all",
    "--with-kept-apart",
    "--screen-reader",
    "--both",
    "--anew",
    "--plain",
    "--behind-proxy",
    "--team-too",
    "--erase",
    "--kept-apart",
    "--staying-safe",
    "--help",
    "--version",
)
SEVERAL = ("--column", "--decide")
"""Options that may be given more than once."""

EVERYWHERE = ("--data", "--passphrase-file", "--json", "--help")
"""Options that every command takes."""


class WrongUsage(Exception):
    """What was typed is no command line of ours. The message never repeats what was typed."""


class Typed:
    """A command line taken apart: the words, and the options by name."""

    def __init__(self, words: list[str], options: dict[str, list[str]]) -> None:
        self.words = words
        self.options = options

    def has(self, name: str) -> bool:
        """Say whether an option was given."""
        return name in self.options

    def value(self, name: str, default: str = "") -> str:
        """Return the value of an option, `default` where it was not given; words are cleaned."""
        if name not in self.options:
            return default
        said = self.options[name][0]
        if VALUED.get(name) not in ("WHY", "WORDS"):
            return said
        from linkworker.text import one_line

        return one_line(said)

    def values(self, name: str) -> list[str]:
        """Return every value of an option that may be given more than once."""
        return self.options.get(name, [])


def taken_apart(argv: Sequence[str]) -> Typed:
    """Return the words and options of a command line. Raises `WrongUsage`."""
    words: list[str] = []
    options: dict[str, list[str]] = {}
    left = list(argv)
    while left:
        token = left.pop(0)
        if token == "--":
            words += left
            break
        if token == "-h":
            token = "--help"
        if not token.startswith("-") or token == "-":
            words.append(token)
            continue
        name, equals, value = token.partition("=")
        if name in VALUED:
            if not equals:
                if not left or left[0].startswith("--"):
                    raise WrongUsage(f"{name} needs a value: {name} {VALUED[name]}.")
                value = left.pop(0)
            if name in options and name not in SEVERAL:
                raise WrongUsage(f"{name} was given twice.")
            options.setdefault(name, []).append(value)
        elif name in FLAGS and not equals:
            options[name] = [""]
        else:
            raise WrongUsage("There is no such option.")
    return Typed(words, options)
