"""The next page of a sync is fetched while one is taken in: neither waits for the other.

What is asked ahead is asked from where this laptop will stand if all of the page goes in. Where it
stands elsewhere after all, the answer is let go of and asked for again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from linkworker.oplog.replica import Cursor, Part

Answer = TypeVar("Answer")
Place = tuple[Mapping[str, Cursor], set[str]]
"""The cursors from which is asked, and the scopes of which anything is here."""


class Ahead(Generic[Answer]):
    """One question that is asked on a thread of its own, at most; nothing else is asked with it."""

    def __init__(self, pull: Callable[[Place], Answer]) -> None:
        """`pull` asks from a place; it may raise, and what it raises comes out of `answer`."""
        self._pull = pull
        self._place: Place | None = None
        self._thread: threading.Thread | None = None
        self._found: Answer | Exception | None = None

    def ask(self, stood: Place, parts: tuple[Part, ...]) -> None:
        """Begin to ask for what comes after these parts, which came for a question from there."""
        cursors, known = stood
        after = {
            part.scope: Cursor(part.after + len(part.operations), part.checksum) for part in parts
        }
        self._place = {**cursors, **after}, known | after.keys()
        self._thread = threading.Thread(target=self._run, args=(self._place,), daemon=True)
        self._thread.start()

    def answer(self, place: Place) -> Answer | None:
        """Return what was answered, once it is; None where nothing was asked from this place.

        Raises what the question met with.
        """
        asked = self._place
        found = self.rest()
        if asked is None or asked != place:
            return None
        if isinstance(found, Exception):
            raise found
        return found

    def rest(self) -> Answer | Exception | None:
        """Wait until nothing is being asked; return what was found, and forget it."""
        if self._thread is not None:
            self._thread.join()
        found, self._found = self._found, None
        self._thread = self._place = None
        return found

    def _run(self, place: Place) -> None:
        try:
            self._found = self._pull(place)
        except Exception as error:  # it is raised where the answer is used
            self._found = error
