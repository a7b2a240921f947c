"""What a colleague's operations do to a laptop: in any order, any number of times, nothing lost."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable

import pytest

from linkworker.oplog.operations import Forked, NotAnOperation, Operation, from_wire
from tests.oplog.devices import Device

TERRY = "terry"
HOPE = "hope"


@pytest.fixture
def ann() -> Device:
    ann = Device("ann")
    ann.put("Person", TERRY, called="Terry", given="Terence", family="Beasley")
    return ann


@pytest.fixture
def ben(ann: Device) -> Device:
    ben = Device("ben")
    ben.take(ann.unsent())
    return ben


def test_what_one_wrote_stands_at_the_other_word_for_word(ann: Device, ben: Device) -> None:
    ann.put("Note", "n1", person_id=TERRY, words="He said “not a good week”.\nRain.")
    ben.take(ann.unsent())
    assert ben.row("person", TERRY) == ann.row("person", TERRY)
    assert ben.row("note", "n1") == ann.row("note", "n1")
    assert ben.unsent() == []


def test_operations_come_twice_and_change_nothing_the_second_time(ann: Device, ben: Device) -> None:
    ann.set("person", TERRY, called="Tel")
    first = ben.take(ann.unsent())
    second = ben.take(ann.unsent())
    assert (first.new, second.new) == (1, 0)
    assert ben.row("person", TERRY) == ann.row("person", TERRY)


def test_a_write_that_saw_the_other_replaces_it(ann: Device, ben: Device) -> None:
    ben.set("person", TERRY, called="Mr B")
    ann.take(ben.unsent())
    ann.set("person", TERRY, called="Tel")
    ben.take(ann.unsent())
    assert [one.shown("person", TERRY)["called"] for one in (ann, ben)] == ["Tel", "Tel"]
    assert ann.differing() == ben.differing() == {}


def test_two_who_wrote_without_sight_of_each_other_keep_both_versions(
    ann: Device, ben: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, called="Mr B")
    cross(ann, ben)
    key = ("person", TERRY, "called")
    assert ann.differing() == ben.differing() == {key: ['{"called": "Mr B"}', '{"called": "Tel"}']}
    assert ann.row("person", TERRY) == ben.row("person", TERRY)


def test_the_clock_decides_what_is_shown_and_never_what_is_kept(ann: Device, ben: Device) -> None:
    ben.skew_ms = -8 * 3_600_000
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, called="Mr B")
    cross(ann, ben)
    assert ann.shown("person", TERRY)["called"] == "Tel"
    assert len(ann.differing()) == 1


def test_a_stamp_that_runs_ahead_is_ordered_by_the_hubs_time_on_every_laptop(
    ann: Device, ben: Device
) -> None:
    ben.skew_ms = 8 * 3_600_000
    ben.set("person", TERRY, called="Mr B")
    ann.now_ms += 5_000
    ann.set("person", TERRY, called="Tel")
    numbered = [
        op.numbered(seq, 10**12 + 1_000 * seq)
        for seq, op in enumerate([*ben.unsent(), *ann.unsent()], 1)
    ]
    for one in (ann, ben):
        one.take(numbered)
    assert [one.shown("person", TERRY)["called"] for one in (ann, ben)] == ["Tel", "Tel"]
    assert len(ann.differing()) == len(ben.differing()) == 1


def test_the_same_value_written_twice_is_no_difference(ann: Device, ben: Device) -> None:
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, called="Tel")
    cross(ann, ben)
    assert ann.differing() == ben.differing() == {}


def test_two_edits_of_different_groups_both_stand_and_nothing_is_asked(
    ann: Device, ben: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, family="Beazley")
    cross(ann, ben)
    shown = [(one.row("person", TERRY) or {}) for one in (ann, ben)]
    assert [(row["called"], row["family"]) for row in shown] == [("Tel", "Beazley")] * 2
    assert ann.differing() == {}


@pytest.mark.parametrize("chosen", ["Tel", "Mr B", "Terry, or Mr B on the phone"])
def test_settling_ends_a_difference_on_both_laptops(ann: Device, ben: Device, chosen: str) -> None:
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, called="Mr B")
    cross(ann, ben)
    ann.settle("person", TERRY, "called", called=chosen)
    ben.take(ann.unsent())
    assert [one.shown("person", TERRY)["called"] for one in (ann, ben)] == [chosen, chosen]
    assert ann.differing() == ben.differing() == {}


def test_a_plain_edit_of_what_differs_settles_it_too(ann: Device, ben: Device) -> None:
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, called="Mr B")
    cross(ann, ben)
    ben.set("person", TERRY, called="Terence")
    cross(ann, ben)
    assert ann.differing() == ben.differing() == {}


def test_settled_differently_by_two_is_open_again(ann: Device, ben: Device) -> None:
    ann.set("person", TERRY, called="Tel")
    ben.set("person", TERRY, called="Mr B")
    cross(ann, ben)
    ann.settle("person", TERRY, "called", called="Tel")
    ben.settle("person", TERRY, "called", called="Mr B")
    cross(ann, ben)
    assert ann.differing() == ben.differing()
    assert list(ann.differing().values()) == [['{"called": "Mr B"}', '{"called": "Tel"}']]


def test_a_removal_hides_what_it_saw(ann: Device, ben: Device) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    ben.take(ann.unsent())
    ben.hide("goal", HOPE)
    cross(ann, ben)
    assert all(one.shown("goal", HOPE)["hidden_at"] for one in (ann, ben))
    assert ann.differing() == {}


def test_an_edit_that_a_removal_did_not_see_keeps_the_row_in_sight_and_is_asked_about(
    ann: Device, ben: Device
) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    ben.take(ann.unsent())
    ben.hide("goal", HOPE)
    ann.set("goal", HOPE, words="Saturdays out, and the bike club")
    cross(ann, ben)
    assert [one.shown("goal", HOPE)["hidden_at"] for one in (ann, ben)] == [None, None]
    assert list(ann.differing()) == list(ben.differing()) == [("goal", HOPE, "hidden")]
    ann.settle("goal", HOPE, "hidden", hidden_at=None)
    ben.take(ann.unsent())
    assert ann.differing() == ben.differing() == {}
    assert [one.shown("goal", HOPE)["hidden_at"] for one in (ann, ben)] == [None, None]


def test_every_order_of_arrival_shows_the_same(ann: Device, ben: Device) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    ben.take(ann.unsent())
    ann.set("goal", HOPE, words="Saturdays out, with the dog")
    ben.set("goal", HOPE, words="Saturdays, not Sundays")
    ben.hide("goal", HOPE)
    ann.take(ben.unsent())
    ann.set("goal", HOPE, importance=7)
    every = {op.id: op for op in (*ann.unsent(), *ben.unsent())}
    shown = set()
    for number, order in enumerate(itertools.permutations(every.values())):
        late = Device(f"late{number}")
        for op in order:
            late.take([op])
        shown.add(
            (str(late.row("goal", HOPE)), str(late.differing()), str(late.row("person", TERRY)))
        )
    assert len(shown) == 1


def test_a_row_that_only_later_writes_are_known_of_waits_for_its_beginning(ann: Device) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    ann.set("goal", HOPE, words="Saturdays out, with the dog")
    first, begun, later = ann.unsent()
    cal = Device("cal")
    cal.take([first, later])
    assert cal.row("goal", HOPE) is None
    cal.take([begun])
    assert cal.row("goal", HOPE) == ann.row("goal", HOPE)


def test_a_number_used_for_two_operations_is_a_copied_laptop(ann: Device, ben: Device) -> None:
    copy = Device("ann")
    copy.take(ann.unsent())
    copy.connection.execute("UPDATE sync_device SET n = ?", (ann.number,))
    ann.set("person", TERRY, called="Tel")
    copy.set("person", TERRY, called="Mr B")
    ben.take(ann.unsent())
    with pytest.raises(Forked):
        ben.take(copy.unsent())
    assert ben.shown("person", TERRY)["called"] == "Tel"


def test_words_of_a_colleagues_note_are_kept_once(ann: Device, ben: Device) -> None:
    ann.put("Note", "n1", person_id=TERRY, words="A fieldfare on the wire.")
    ben.take(ann.unsent())
    bodies = ben.connection.execute("SELECT body FROM sync_op WHERE tbl = 'note'").fetchall()
    assert bodies == [(None,)]


def test_a_note_hidden_before_it_was_sent_still_arrives_with_its_words(
    ann: Device, ben: Device
) -> None:
    ann.put("Note", "n1", person_id=TERRY, words="A fieldfare on the wire.")
    ann.hide("note", "n1")
    ben.take(ann.unsent())
    assert ben.row("note", "n1") == ann.row("note", "n1")
    assert ben.shown("note", "n1")["hidden_at"]


def test_what_a_newer_release_wrote_is_parked_shown_as_far_as_known_and_not_emptied(
    ann: Device, ben: Device
) -> None:
    ann.set("person", TERRY, family="Beazley")
    (op,) = [one for one in ann.unsent() if one.kind == "set"]
    newer = replaced(op, body=(op.body or "").replace('{"given"', '{"middle":"James","given"'))
    assert "middle" in newer.groups["name"]
    applied = ben.take([newer])
    assert applied.parked == 1
    assert ben.shown("person", TERRY)["family"] == "Beazley"
    strange = replaced(op, n=99, tbl="pet", pk="p", hash="h" * 32)
    assert ben.take([strange]).parked == 1
    kept = ben.connection.execute("SELECT body FROM sync_op WHERE n = 99").fetchone()
    assert kept == (strange.body,)


def test_a_row_that_says_it_is_somebody_elses_is_kept_aside(ann: Device, ben: Device) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    (op,) = [one for one in ann.unsent() if one.tbl == "goal"]
    lie = replaced(op, scope="person:somebody-else", n=50)
    assert ben.take([lie]).parked == 1
    assert ben.row("goal", HOPE) is None


def test_a_change_that_comes_before_its_row_and_says_it_is_somebody_elses_never_shows(
    ann: Device,
) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    ann.set("goal", HOPE, words="Saturdays and Sundays out")
    late = Device("cal")
    put, change = (one for one in ann.unsent() if one.tbl == "goal")
    late.take([replaced(change, scope="person:somebody-else")])
    late.take([put])
    assert late.shown("goal", HOPE)["words"] == "Saturdays out"
    assert parked(late) == ["wrong scope"]


def test_a_line_end_that_came_from_elsewhere_forges_no_line_of_a_list(
    ann: Device, ben: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    op = ann.unsent()[-1]
    ben.take([replaced(op, body='{"called":{"called":"Tel\\nJoan"}}')])
    assert ben.shown("person", TERRY)["called"] == "Tel Joan"


def test_nothing_where_something_must_stand_does_not_stop_what_else_came(
    ann: Device, ben: Device
) -> None:
    ann.put("Goal", HOPE, person_id=TERRY, words="Saturdays out")
    (op,) = [one for one in ann.unsent() if one.tbl == "goal"]
    groups = {**op.groups, "state": {"state": None}, "words": {"words": None}}
    ben.take([replaced(op, body=json.dumps(groups))])
    assert ben.shown("goal", HOPE)["words"] == ""
    assert ben.shown("goal", HOPE)["state_words"] == ""


def test_terminal_commands_in_a_colleagues_words_are_cleaned_here_too(
    ann: Device, ben: Device
) -> None:
    ann.set("person", TERRY, called="Tel")
    op = ann.unsent()[-1]
    ben.take([replaced(op, body='{"called":{"called":"Tel\\u001b]0;x\\u0007\\u202e"}}')])
    assert ben.shown("person", TERRY)["called"] == "Tel"


def test_a_wiped_person_is_gone_and_comes_back_whole_when_held_again(
    ann: Device, ben: Device
) -> None:
    ann.put("Note", "n1", person_id=TERRY, words="A fieldfare on the wire.")
    ann.put("Person", "joan", called="Joan")
    everything = [op.numbered(seq, 10**12) for seq, op in enumerate(ann.unsent(), 1)]
    ben.take(everything)
    ben.wipe(f"person:{TERRY}")
    assert (ben.row("person", TERRY) is None, ben.row("note", "n1") is None) == (True, False)
    ben.wipe(f"person:{TERRY}:team")
    assert ben.row("note", "n1") is None
    assert "Beasley" not in dump(ben)
    assert ben.row("person", "joan")
    ben.take(everything)
    assert ben.row("note", "n1") == ann.row("note", "n1")


def test_an_erased_person_never_comes_back_and_unsent_numbers_stay_as_voids(
    ann: Device, ben: Device
) -> None:
    ben.set("person", TERRY, called="Mr B")
    ben.wipe(f"person:{TERRY}", erase=True)
    assert [(op.n, op.kind, op.body) for op in ben.unsent()] == [(1, "void", None)]
    ben.take(ann.unsent())
    assert "Beasley" not in dump(ben)
    assert "Mr B" not in dump(ben)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda wire: wire | {"kind": ""},
        lambda wire: wire | {"kind": "a-kind-that-is-far-too-long"},
        lambda wire: wire | {"what is this": "x" * 3_000_000},
        lambda wire: wire | {"n": 0},
        lambda wire: wire | {"n": True},
        lambda wire: wire | {"pk": "a\x1b[2J"},
        lambda wire: wire | {"body": "[1]"},
        lambda wire: wire | {"body": '{"a": {"b": [1]}}'},
        lambda wire: wire | {"body": None},
        lambda wire: wire | {"base": {"a": "b"}},
        lambda wire: wire | {"stamp": 1 << 63},
        lambda wire: wire | {"tbl": "x" * 65},
        lambda wire: {},
        lambda wire: [],
    ],
)
def test_what_is_not_an_operation_is_refused_at_the_door(
    ann: Device, spoil: Callable[[dict[str, object]], object]
) -> None:
    wire = ann.unsent()[0].to_wire()
    assert from_wire(wire) == ann.unsent()[0]
    with pytest.raises(NotAnOperation):
        from_wire(spoil(wire))


def parked(device: Device) -> list[str]:
    return [
        reason
        for (reason,) in device.connection.execute("SELECT reason FROM sync_parked ORDER BY dev, n")
    ]


def replaced(op: Operation, **changes: object) -> Operation:
    return from_wire(op.to_wire() | changes)


def cross(one: Device, other: Device) -> None:
    mine, theirs = one.unsent(), other.unsent()
    one.take(theirs)
    other.take(mine)


def dump(device: Device) -> str:
    """All that stands in any table, the search index's own among them."""
    tables = device.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'search_fts'"
    ).fetchall()
    return "\n".join(
        str(row)
        for (name,) in tables
        for row in device.connection.execute(f'SELECT * FROM "{name}"')
    )
