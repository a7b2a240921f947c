"""Words that leave a person's record for the team's: no name of anybody who is supported.

The directory, gaps, offers and the diary are read by the whole team and by whoever is shown a
report. What was said of one person is put in other words first; this sees that it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linkworker.refusal import Refused
from linkworker.rules.safe_words import name_words, names_somebody, says_where
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import ReadTx


class NamesSomebody(Refused):
    """Words for the team hold the name of somebody who is supported, or how to reach them."""

    def __init__(self, what: str) -> None:
        """`what` is what was seen in them: "a name of the person", and never the name."""
        super().__init__(
            "This was not kept for the team.",
            f"It seems to hold {what}, and all of the team reads it.",
            "Say it in other words: what is missing, and not for whom.",
        )


def need_to_name_nobody(tx: ReadTx, words: str, person_id: str = "") -> None:
    """Refuse words for the team that tell of whom they were said.

    Of `person_id` every word of their names and of those around them is looked for; of all others
    who have a record here their whole names, for a first name alone may be any word ("Hope",
    "May"). A phone number, an e-mail address or a postcode tells it too. Raises `NamesSomebody`.
    """
    if says_where(words):
        raise NamesSomebody("a phone number, an e-mail address or a postcode")
    if person_id and names_somebody(words, _names_around(tx, person_id)):
        raise NamesSomebody("a name of the person, or of somebody around them")
    said = _in_words(words)
    for called, given, family in tx.rows(
        "SELECT called, given, family FROM person WHERE hidden_at IS NULL AND family <> ''", ()
    ):
        for first in {called, *given.split()[:1], given}:
            if first and _in_words(f"{first} {family}") in said:
                raise NamesSomebody("the name of somebody you walk alongside")


def _names_around(tx: ReadTx, person_id: str) -> frozenset[str]:
    names = [
        str(name)
        for row in tx.rows(
            "SELECT called, given, family, other_names FROM person WHERE id = ?", (person_id,)
        )
        for name in row
    ]
    ties = tx.rows("SELECT name FROM tie WHERE person_id = ? AND hidden_at IS NULL", (person_id,))
    return name_words([*names, *(str(name) for (name,) in ties)])


def _in_words(text: str) -> str:
    """Return the words of a text, folded, each between two spaces."""
    words = " ".join(re.findall(r"[^\W_]+", folded(text)))
    return f" {words} "
