"""The community diary: groups that go on without us, sessions, volunteers and their time."""

from datetime import date, timedelta

import pytest

from linkworker import schema
from linkworker.caseload import community_diary as diary
from linkworker.caseload.names_nobody import NamesSomebody
from linkworker.caseload.writing import NotFound, NotSuch

TODAY = date(2026, 11, 27)


@pytest.fixture
def choir(store):
    with store.write("a group") as tx:
        return diary.add_group(tx, "Thursday singing", our_part="started", area="Barwell")


def read(store, what, *asked):
    with store.read() as tx:
        return what(tx, *asked)


def test_a_group_is_asked_after_six_and_twelve_months_whether_it_runs_without_us(
    store, choir, clock
):
    assert read(store, diary.to_ask) == []
    with store.write("stepped back") as tx:
        diary.step_back(tx, choir, date(2026, 5, 27))
    assert [one.to_ask_on for one in read(store, diary.to_ask)] == [TODAY]
    with store.write("runs") as tx:
        diary.still_runs(tx, choir, "yes", words="fourteen of them now")
    assert read(store, diary.to_ask) == []
    (one,) = read(store, diary.groups)
    assert (one.running, one.asked_on, one.to_ask_on) == ("yes", TODAY, date(2027, 5, 27))
    clock.on(days=181)
    assert len(read(store, diary.to_ask)) == 1
    with store.write("asked") as tx:
        diary.still_runs(tx, choir, "no", words="the hall was sold")
    assert read(store, diary.to_ask) == []
    assert read(store, diary.groups)[0].ended_on == TODAY + timedelta(days=181)
    store.undo()
    assert read(store, diary.groups)[0].ended_on is None


def test_the_diary_has_work_and_sessions_of_some_days(store, choir):
    with store.write("written down") as tx:
        diary.write_down(tx, "talked with the butcher about a bench", minutes=20, area="Barwell")
        diary.write_down(tx, "long ago", on=date(2025, 1, 1))
        diary.add_session(
            tx,
            place="library",
            group_id=choir,
            names=["Joan", "Stan", "Lucia"],
            unwritten=2,
            words="the kettle broke, and nobody minded",
        )
        diary.add_session(tx, heads=30, on=TODAY - timedelta(days=1))
    found = read(store, diary.done, date(2026, 11, 1), TODAY)
    assert {(one.kind, one.group, one.heads, one.minutes) for one in found} == {
        ("conversation", "", None, 20),
        ("session", "Thursday singing", 5, None),
        ("session", "", 30, None),
    }


def test_nobody_who_is_supported_is_named_in_the_diary(store, terry, choir):
    for write in (
        lambda tx: diary.write_down(tx, "took Terry Beasley to the choir"),
        lambda tx: diary.correct_group(tx, choir, about="for terry beasley and others"),
        lambda tx: diary.add_session(tx, words="Terry  Beasley sang"),
    ):
        with pytest.raises(NamesSomebody), store.write("named") as tx:
            write(tx)
    with store.write("first names") as tx:
        diary.add_session(tx, names=["Terry", "Joan"])  # as given, of whoever came
    columns = {
        table: {
            row[1]
            for row in read(store, lambda tx, t=table: tx.rows(f"PRAGMA table_info({t})", ()))
        }
        for table in (
            "community_work",
            "group_session",
            "community_group",
            "gap",
            "service",
            "offer",
        )
    }
    assert not any("person" in column for names in columns.values() for column in names)


def test_volunteers_and_the_time_they_gave(store, choir):
    with store.write("volunteers") as tx:
        mo = diary.add_volunteer(tx, "Mo", role="leads the singing", training="first aid, 2025")
        diary.gave_time(tx, mo, 90, group_id=choir)
        diary.gave_time(tx, mo, 60, on=date(2026, 11, 20))
        diary.gave_time(tx, mo, 60, on=date(2025, 11, 20))
        diary.add_session(tx, led_by=[mo], heads=3)
    (one,) = read(store, diary.volunteers, date(2026, 11, 1), TODAY)
    assert (one.name, one.minutes) == ("Mo", 150)
    with pytest.raises(NotFound), store.write("nobody") as tx:
        diary.add_session(tx, led_by=["nobody"], heads=3)
    with store.write("left") as tx:
        diary.correct_volunteer(tx, mo, left_on=TODAY)
    assert read(store, diary.volunteers, TODAY, TODAY)[0].left_on == TODAY


def test_what_says_nothing_is_refused(store):
    with pytest.raises(NotSuch), store.write("nothing") as tx:
        diary.add_session(tx)
    with pytest.raises(NotFound), store.write("nothing") as tx:
        diary.still_runs(tx, "no group", "yes")
    with pytest.raises(NotFound), store.write("nothing") as tx:
        diary.write_down(tx, "a talk", group_id="no group")
    with store.read() as tx:
        assert tx.value(f"SELECT count(*) FROM {schema.CommunityWork.__tablename__}", ()) == 0
