"""What comes in and goes out at the shell: words on standard input, one document on output."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from linkworker.refusal import Refused

MOST_INPUT = 4_000_000
"""Bytes taken from standard input; a note of 3,000 words is 20,000."""


class NoWords(Refused):
    """Nothing usable came on standard input."""


class NotWritten(Refused):
    """The answer could not be written out, after what was asked for had been done."""

    def __init__(self, why: str, *, nobody_reads: bool = False) -> None:
        super().__init__("The answer could not be written out.", why, "")
        self.nobody_reads = nobody_reads
        """True where whatever read our output has gone, as `head` does."""


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
    """Print to standard output. Raises `NotWritten`."""
    with writing():
        _output().write(text + "\n")


def say_json(document: Any) -> None:
    """Print one JSON document, its letters as they are (UTF-8). Raises `NotWritten`."""
    with writing():
        out = _output()
        json.dump(document, out, ensure_ascii=False, indent=1)
        out.write("\n")


def need_output() -> None:
    """Refuse before anything is done where its answer could not be shown."""
    try:
        _output()
    except NotWritten as closed:
        to_do = "Open it, or name a file with >."
        raise Refused("Nothing was done.", closed.why, to_do) from None


def try_output() -> None:
    """Refuse before something is done of which the answer comes once: by writing a line end.

    Before a sentence and before JSON it means nothing.
    """
    need_output()
    try:
        say("")
        let_out()
    except NotWritten as refused:
        write_nowhere()
        raise Refused(
            "Nothing was done, because the answer could not be shown.",
            refused.why,
            "Let it be shown at the terminal, or write it to a disk that has room.",
        ) from None


def let_out() -> None:
    """Let out what was printed. Raises `NotWritten`, as what is printed last may at its end."""
    with writing():
        _output().flush()


def write_nowhere() -> None:
    """Let what is left to print go nowhere: Python would try it once more at its end, and fail."""
    if sys.stdout is None:
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


@contextmanager
def writing() -> Iterator[None]:
    """Have a fault of standard output come out as `NotWritten`."""
    try:
        yield
    except OSError as error:
        raise not_written(error) from None


def not_written(error: OSError) -> NotWritten:
    """Return what is said of a fault of standard output."""
    if isinstance(error, BrokenPipeError):
        return NotWritten("Nobody reads it.", nobody_reads=True)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NotWritten("The disk is full.")
    return NotWritten(f"This computer answered {errno.errorcode.get(error.errno or 0, 'OSError')}.")


def tell(text: str) -> None:
    """Print to standard error, where there is one: what was refused, or left to do."""
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _output() -> Any:
    if sys.stdout is None or sys.stdout.closed:
        raise NotWritten("Standard output is closed.")
    return sys.stdout


def _no_words(why: str, what: str) -> NoWords:
    return NoWords("Nothing was done.", why, f"Give {what} on standard input, as UTF-8 text.")
