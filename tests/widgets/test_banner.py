"""The banner: what stands on the right begins in one column, and the way to reach them is whole."""

from __future__ import annotations

import pytest

from linkworker.caseload import people, person, reaching, support
from linkworker.widgets.banner import banner_lines

REACH = "mobile 07700 900294, message is safe"


@pytest.fixture
def dean(store):
    with store.write("Dean") as tx:
        dean = people.add_person(tx, called="Dean Hollis", pronouns="he/him", place="Barwell")
        support.begin(tx, dean, level=2)
        reaching.add_reach(tx, dean, "07700 900294", kind="mobile", safe_to_leave="yes")
    return dean


def lines(store, who, width):
    with store.read() as tx:
        banner = person.banner(tx, who)
        drawn = banner_lines(banner, tx.today, "Ann")
    return [line.plain for draw in drawn for line in draw(width)]


def getting_in(store, who, words):
    with store.write("the door", person=who) as tx:
        reaching.add_address(tx, who, getting_in=words)


@pytest.mark.parametrize("width", [78, 88, 98, 118, 158])
@pytest.mark.parametrize(
    "door", ["rings twice", "top bell, ring and then text, and wait on the step by the bins"]
)
def test_both_lines_of_the_right_side_begin_in_one_column(store, dean, width, door):
    getting_in(store, dean, door)
    first, second = lines(store, dean, width)[:2]
    assert first.index("mobile") == second.index("getting in")
    assert first.endswith(REACH)
    assert max(len(first), len(second)) <= width
    assert "  getting" in second


def test_where_both_sides_have_room_nothing_is_cut(store, dean):
    getting_in(store, dean, "rings twice, stairs")
    assert not any("…" in line for line in lines(store, dean, 78))
