"""What comes in and goes out at the shell: words on standard input, one document on output."""

from __future__ import annotations

import json
import sys
from typing import Any

from linkworker.refusal import Refused

MOST_INPUT = 4_000_000
"""Bytes taken from standard input; a note of 3,000 words is 20,000."""


class NoWords(Refused):
    """Nothing usable came on standard input."""


def words_from_input(what: str) -> str:
    """Return the text on standard input. `what` says what it is, in a sentence ("the note")."""
    if sys.stdin is None or sys.stdin.closed:
        raise _no_words("Standard input is closed.", what)
    if sys.stdin.isatty():
        tell(f"Type {what}, then {'Ctrl+Z and Enter' if sys.platform == 'win32' else 'Ctrl+D'}.")
    try:
        raw = sys.stdin.buffer.read(MOST_INPUT + 1)
    except OSError:
        raise _no_words("Standard input cannot be read.", what) from None
    if len(raw) > MOST_INPUT:
        raise _no_words(f"There is more than {MOST_INPUT // 1_000_000} MB of it.", what)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no_words("It is not text in UTF-8.", what) from None


def json_from_input(what: str) -> dict[str, Any]:
    """Return the JSON object on standard input; one with a name in it twice is refused."""
    text = words_from_input(what)
    try:
        given = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise NoWords(
            "Nothing was done.",
            "What came on standard input is not a JSON object.",
            'Give something like {"called": "…"}.',
        )
    return given


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names are all different: of two values alike, one would go unseen."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NoWords("Nothing was done.", "A field is there twice.", "Leave one of them out.")
    return found


def say(text: str) -> None:
    """Print to standard output."""
    _output().write(text + "\n")


def say_json(document: Any) -> None:
    """Print one JSON document, its letters as they are (UTF-8)."""
    out = _output()
    json.dump(document, out, ensure_ascii=False, indent=1)
    out.write("\n")


def need_output() -> None:
    """Refuse before anything is done where its answer could not be shown."""
    _output()


def tell(text: str) -> None:
    """Print to standard error, where there is one: what was refused, or left to do."""
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _output() -> Any:
    if sys.stdout is None or sys.stdout.closed:
        raise Refused(
            "Nothing was shown.", "Standard output is closed.", "Open it, or name a file with >."
        )
    return sys.stdout


def _no_words(why: str, what: str) -> NoWords:
    return NoWords("Nothing was done.", why, f"Give {what} on standard input, as UTF-8 text.")
