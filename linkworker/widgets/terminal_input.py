"""What comes in from the terminal, parted before the library reads it: pastes, answers, keys.

The library reads a paste as it reads keys, so an escape character in what was copied puts words
before those that stood in front of them and eats line ends, of which one may part what is kept
apart from the rest. What a terminal answers (its kind, its colours, which keys it can tell) and the
library did not ask, it types. Here a paste is taken whole, from its first mark to its last, and
cleaned; answers go nowhere; all else is the library's. (xterm's control sequences, "Bracketed Paste
Mode"; ECMA-48, 5.4 and 5.6.)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from textual import constants, events
from textual._time import get_time
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

from linkworker import late
from linkworker.text import clean

ANSWER_SECONDS = 0.5
"""For which the rest of an answer is waited for; a person who types meanwhile is not heard."""

LONGEST_ANSWER = 4_096
"""Characters; what goes on for longer is none."""

# A whole answer: device attributes and status, kitty's flags, sizes of the window. Not the report
# of a mode ("?2026;2$y") nor that of a new size ("48;…t"), which the library asks for and reads,
# nor a key of the number pad ("1;5t").
_ANSWER = late.pattern(r"\x1b\[(?:[?>=][0-9;:]*(?! ?\$y)[ -/]*[@-~]|0n|[3-9];[0-9;]+t)")
# How an answer of several words begins: OSC (colours), DCS (a version, a setting), APC (pictures).
# Nobody types so fast that Alt+] and a number are one of them.
_LONG_ANSWER = late.pattern(r"\x1b(?:\][0-9]{1,4};|P[0-9>!?$+=]|_G)")
_ITS_END = late.pattern("[\x07\x9c]|\x1b\\\\")
# What may become a paste or an answer, cut off where a read ended.
_CUT_OFF = late.pattern(r"\x1b(?:\[[?>=]?[0-9;:]*[ -/]*|\][0-9]{0,4}|P|_)?\Z")


class TerminalInput(XTermParser):
    """The library's reader of a terminal, given only what is not a paste and not an answer."""

    def __init__(self, debug: bool = False) -> None:
        self._held = ""
        """What was read and is not yet known to be anything."""
        self._pasting = self._answering = False
        self._touched = 0.0
        self._answered = 0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Give the events of what was read; "" is the end of it."""
        self._touched = get_time()
        self._held += data
        while self._held:
            before = self._held
            if self._pasting:
                yield from self._paste()
            elif self._answering:
                self._pass_over()
            else:
                yield from self._keys()
            if self._held == before:
                break
        if not data:
            yield from super().feed("")

    def tick(self) -> Iterable[Message]:
        """Give what no more is coming to. Called ten times a second."""
        waited = get_time() - self._touched
        if self._answering and waited >= ANSWER_SECONDS:
            self._answering, self._held = False, ""
        if self._held and not (self._pasting or self._answering):
            if waited < constants.ESCAPE_DELAY:
                return
            held, self._held = self._held, ""
            yield from super().feed(held)
            yield from self._settled()
        yield from super().tick()

    def _settled(self) -> Iterator[Message]:
        """Have the library wait no longer for what would follow an escape character."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from super().tick()

    def _keys(self) -> Iterator[Message]:
        """Hand the library what stands before the next paste or answer, and that one over."""
        at = self._held.find("\x1b")
        while at >= 0 and not self._begins_something(at):
            at = self._held.find("\x1b", at + 1)
        before, self._held = (self._held, "") if at < 0 else (self._held[:at], self._held[at:])
        if before:
            yield from super().feed(before)
        if self._held.startswith(BRACKETED_PASTE_START):
            yield from self._settled()
            self._held = self._held.removeprefix(BRACKETED_PASTE_START)
            self._pasting = True
        elif whole := _ANSWER.match(self._held):
            self._held = self._held[whole.end() :]
        elif begun := _LONG_ANSWER.match(self._held):
            self._held = self._held[begun.end() :]
            self._answering, self._answered = True, 0

    def _begins_something(self, at: int) -> bool:
        return self._held.startswith(BRACKETED_PASTE_START, at) or any(
            what.match(self._held, at) for what in (_ANSWER, _LONG_ANSWER, _CUT_OFF)
        )

    def _paste(self) -> Iterator[Message]:
        """Give a paste once its end was read.

        Where a mark of the end stands in what was copied too, the last that was read is the end.
        """
        following = self._held.find(BRACKETED_PASTE_START)
        end = self._held.rfind(BRACKETED_PASTE_END, 0, None if following < 0 else following)
        if end < 0:
            end = self._held.find(BRACKETED_PASTE_END)
        if end < 0:
            return
        words, self._held = self._held[:end], self._held[end + len(BRACKETED_PASTE_END) :]
        self._pasting = False
        if cleaned := clean(words.replace(BRACKETED_PASTE_END, "")):
            yield events.Paste(cleaned)

    def _pass_over(self) -> None:
        """Leave out an answer, up to its end or to where it cannot be one."""
        end = _ITS_END.search(self._held)
        if end:
            self._answering, self._held = False, self._held[end.end() :]
            return
        kept = "\x1b" if self._held.endswith("\x1b") else ""
        self._answered += len(self._held) - len(kept)
        self._answering = self._answered <= LONGEST_ANSWER
        self._held = kept


def stand_before(driver: type[object]) -> None:
    """Have the driver read its terminal by `TerminalInput`. It names the reader in its module."""
    for name in (driver.__module__, "textual.drivers.win32"):
        module = sys.modules.get(name)
        if getattr(module, "XTermParser", None) is XTermParser:
            module.XTermParser = TerminalInput  # type: ignore[union-attr]  # it is there
