"""Gaps: from one person's record to the team's list, in words that name nobody."""

from datetime import date

import pytest

from linkworker.caseload import connections, gaps, hopes
from linkworker.caseload.names_nobody import NamesSomebody
from linkworker.caseload.people import add_person
from linkworker.caseload.writing import NotFound, NothingSaid, NotOnTheList, NotSuch


@pytest.fixture
def bus(store, terry):
    """Something that Terry looked for."""
    with store.write("looked for", person=terry) as tx:
        connections.add_tie(tx, terry, "Pat Beasley", relationship="daughter")
        return hopes.add_looked_for(tx, terry, "a bus for Terry from Enderby after six")


def logged(store, words, **said):
    with store.write("logged a gap") as tx:
        return gaps.log(tx, words, **said)


def standing(store, **which):
    with store.read() as tx:
        return gaps.gaps(tx, **which)


def test_what_one_person_looked_for_becomes_a_gap_of_the_team_and_undo_takes_it_back(
    store, terry, bus
):
    with store.read() as tx:
        assert [one.looked_for_id for one in gaps.to_decide(tx)] == [bus]
    logged(
        store,
        "a bus from Enderby after six",
        kind="getting there",
        area="Enderby",
        looked_for_id=bus,
    )
    (one,) = standing(store)
    assert (one.words, one.kind, one.area, one.how_many) == (
        "a bus from Enderby after six",
        "getting there",
        "Enderby",
        1,
    )
    with store.read() as tx:
        assert gaps.to_decide(tx) == []
    store.undo()
    assert standing(store) == []
    with store.read() as tx:
        assert [one.looked_for_id for one in gaps.to_decide(tx)] == [bus]


@pytest.mark.parametrize(
    "words",
    [
        "a bus for Terry after six",
        "a bus for BEASLEY's street",
        "somewhere Pat can leave her dad",
        "ring 0116 496 0123 about a bus",
        "a bus to LE9 8EB",
        "a bus, terry.b@example.org",
    ],
)
def test_no_name_and_no_way_to_reach_anybody_leaves_the_record(store, terry, bus, words):
    with pytest.raises(NamesSomebody) as refused:
        logged(store, words, looked_for_id=bus)
    said = str(refused.value)
    assert not any(word in said for word in ("Terry", "BEASLEY", "Pat", "0116", "LE9", "terry"))
    assert standing(store) == []


def test_who_it_began_with_is_not_named_later_either(store, terry, bus):
    gap = logged(store, "a bus from Enderby after six", looked_for_id=bus)
    for name in ("terry", "Pat"):
        with pytest.raises(NamesSomebody), store.write("said it in other words") as tx:
            gaps.reword(tx, gap, words=f"a bus for {name} after six")
        with pytest.raises(NamesSomebody), store.write("said where") as tx:
            gaps.reword(tx, gap, area=f"{name}'s end of Enderby")
        with pytest.raises(NamesSomebody), store.write("closed it") as tx:
            gaps.close(tx, gap, f"{name} has a lift now")
    with store.write("closed it") as tx:
        gaps.reword(tx, gap, words="a bus from Enderby in the evening")
        gaps.close(tx, gap, "the 158 runs until nine")
    (one,) = standing(store, closed_too=True)
    assert (one.words, one.closed_by) == (
        "a bus from Enderby in the evening",
        "the 158 runs until nine",
    )


def test_of_others_the_whole_name_is_looked_for_and_a_first_name_may_be_any_word(store):
    with store.write("Hope") as tx:
        add_person(tx, given="Hope", family="Marsh")
    with pytest.raises(NamesSomebody):
        logged(store, "company for hope  MARSH, evenings")
    logged(store, "hope for those near the marsh: a walking group")
    assert len(standing(store)) == 1


def test_a_gap_that_is_met_again_is_counted_and_nobody_is_kept_with_it(store, terry, bus):
    evening = logged(store, "evening buses", on=date(2026, 9, 1), how_many=3)
    logged(store, "a choir that meets by day", on=date(2026, 10, 1))
    with store.read() as tx:
        assert [one.gap_id for one in gaps.like(tx, "a bus in the evening")] == [evening]
    with store.write("again", person=terry) as tx:
        gaps.met_again(tx, evening, looked_for_id=bus)
    first, second = standing(store)
    assert (first.gap_id, first.how_many, first.first_on, first.last_on) == (
        evening,
        4,
        date(2026, 9, 1),
        date(2026, 11, 27),
    )
    assert second.how_many == 1
    with store.read() as tx:
        columns = {row[1] for row in tx.rows("PRAGMA table_info(gap_wanted)", ())}
    assert not {"person_id", "looked_for_id", "name"} & columns


def test_a_gap_is_closed_by_something_and_opens_again(store):
    choir = logged(store, "a choir by day")
    with pytest.raises(NothingSaid), store.write("closed") as tx:
        gaps.close(tx, choir, " ")
    with store.write("closed") as tx:
        gaps.close(tx, choir, "Thursday singing at the library, which we helped to start")
    assert standing(store) == []
    (one,) = standing(store, closed_too=True)
    assert (one.closed_on, one.closed_by[:8]) == (date(2026, 11, 27), "Thursday")
    with pytest.raises(NotSuch), store.write("again") as tx:
        gaps.met_again(tx, choir)
    with store.write("open") as tx:
        gaps.open_again(tx, choir)
        gaps.met_again(tx, choir)
    assert standing(store)[0].how_many == 2


def test_the_map_of_gaps(store):
    logged(store, "evening buses", kind="getting there", area="Enderby", how_many=3)
    logged(store, "a lift to the clinic", kind="getting there", area="Enderby")
    logged(store, "somewhere to speak Polish", kind="language")
    with store.read() as tx:
        assert gaps.by_area_and_kind(tx) == {("Enderby", "getting there"): 4, ("", "language"): 1}


def test_what_is_no_gap_is_refused(store):
    for words, said, refusal in (
        ("", {}, NothingSaid),
        ("a bus", {"kind": "buses"}, NotOnTheList),
        ("a bus", {"how_many": 0}, NotSuch),
        ("a bus", {"looked_for_id": "nobody's"}, NotFound),
    ):
        with pytest.raises(refusal):
            logged(store, words, **said)
    assert standing(store) == []
