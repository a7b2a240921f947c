"""Whether a name that somebody typed means one whom a person is not to be brought together with."""

from __future__ import annotations

from dataclasses import dataclass

from linkworker.rules.names_in_words import names_whole, taken_apart, words_of_names


@dataclass(frozen=True)
class NotToMeet:
    """Somebody whom a person is not to be brought together with, by the names that are known."""

    called: str
    given: str = ""
    family: str = ""
    person_id: str = ""
    """The id of their record, "" where they have none here."""

    def is_meant(self, name: str, *, a_person: bool, record: str = "") -> bool:
        """Say whether `name` may mean them: rather once too often than once too few.

        Their whole name does in whatever it stands ("Terry Beasley's shed"). Where `name` is that
        of `a_person`, any of their names does that no other name stands beside: "Terry", and not
        "Terry Smith". So does the `record` that the name belongs to.
        """
        if record and record == self.person_id:
            return True
        if names_whole(taken_apart(name), self.called, self.given, self.family, alone=False):
            return True
        typed = words_of_names([name])
        theirs = words_of_names([self.called, self.given, self.family])
        if not self.person_id and theirs <= typed:  # who has no record may be known by one name
            return bool(theirs) and (a_person or len(theirs) > 1)
        return a_person and bool(typed) and typed <= theirs
