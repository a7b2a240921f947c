"""Groups and services that could meet a hope: each says why, and on which days."""

from __future__ import annotations

from linkworker.caseload.directory import take_in
from linkworker.caseload.openings import openings
from linkworker.exchange.directory.entry import Entry
from linkworker.store import Store

ENTRIES = (
    Entry("choir", "Thursday choir", days=("thu",), times="7 to 9", about="We sing."),
    Entry("swim", "Quiet Swim", days=("tue",), about="T-shirts too. You don't have to."),
    Entry("advice", "Form help", about="Letters, read with you."),
)


def test_what_is_suggested_says_what_both_speak_of_and_when_it_is(store: Store, terry: str) -> None:
    with store.write("took in a directory") as tx:
        take_in(tx, "county", ENTRIES)
    with store.read() as tx:
        found = openings(tx, terry, "to sing again")
        (choir,) = found.groups
        assert (choir.name, choir.days, choir.times) == ("Thursday choir", ("thu",), "7 to 9")
        assert choir.likeness.why[0][:2] == ("sing", "sing")
        assert found.services == ()


def test_half_of_a_word_finds_nothing(store: Store, terry: str) -> None:
    with store.write("took in a directory") as tx:
        take_in(tx, "county", ENTRIES)
    with store.read() as tx:
        assert openings(tx, terry, "something that isn't too much").nothing
        found = openings(tx, terry, "something that isn't a form")
        assert [one.name for one in (*found.groups, *found.services)] == ["Form help"]
