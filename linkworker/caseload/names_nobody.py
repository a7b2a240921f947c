"""Words that leave a person's record for the team's: no name of anybody who is supported.

The directory, gaps, offers and the diary are read by the whole team and by whoever is shown a
report. What was said of one person is put in other words first; this sees that it was.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from linkworker.refusal import Refused
from linkworker.rules.names_in_words import (
    Said,
    names_one,
    names_whole,
    taken_apart,
    words_of_names,
)
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


def need_to_name_nobody(
    tx: ReadTx, words: str, person_id: str = "", *, names: bool = True, where: bool = True
) -> None:
    """Refuse words for the team that tell of whom they were said.

    Of `person_id` every word of their names and of those around them is looked for; of all others
    who have a record here their whole names, for a first name alone may be any word ("Hope",
    "May"). A phone number, an e-mail address or a postcode tells it too. Without `names` or `where`
    that is not looked for: a group has a public number. Raises `NamesSomebody`.
    """
    if where and says_where(words):
        raise NamesSomebody("a phone number, an e-mail address or a postcode")
    if not names:
        return
    said = taken_apart(words)
    if person_id and _names_around(tx, person_id, words, said):
        raise NamesSomebody("a name of the person, or of somebody around them")
    people = tx.rows("SELECT called, given, family FROM person WHERE hidden_at IS NULL", ())
    families = Counter(folded(family) for *_, family in people)
    for called, given, family in people:
        alone = families[folded(family)] == 1
        if names_whole(said, called, given, family, alone=alone):
            raise NamesSomebody("the name of somebody you walk alongside")


def _names_around(tx: ReadTx, person_id: str, words: str, said: Said) -> bool:
    own = [
        str(name)
        for row in tx.rows(
            "SELECT called, given, family, other_names FROM person WHERE id = ?", (person_id,)
        )
        for name in row
    ]
    ties = tx.rows("SELECT name FROM tie WHERE person_id = ? AND hidden_at IS NULL", (person_id,))
    around = name_words(str(name) for (name,) in ties)
    return names_one(said, words_of_names(own, run_on=True)) or names_somebody(words, around)
