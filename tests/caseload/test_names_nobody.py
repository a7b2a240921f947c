"""Nothing that the whole team reads names somebody who is supported: column by column."""

from __future__ import annotations

import pytest

from linkworker import schema
from linkworker.caseload import community_diary, gaps, local_knowledge, offers
from linkworker.caseload import community_diary as diary
from linkworker.caseload.names_nobody import NamesSomebody, need_to_name_nobody
from linkworker.caseload.team_rows import TeamSubject
from linkworker.schema.describing import shapes
from linkworker.store import Store

TYPED = ("words", "line", "list", "wall time", "time of day")
OF_EVERY_ROW = ("id", "recorded_by", "hidden_at")

LOOKED_AT_ELSEWHERE = {
    ("Service", "source"): "what a feed is known by",
    ("Service", "source_id"): "the feed's",
    ("ServicePlace", "source"): "what a feed is known by",
    ("ServicePlace", "times"): "the feed's",
    ("ServicePlace", "days"): "the feed's",
    ("Offer", "words"): "`offers.offer` looks, by the person's own names",
    ("Offer", "area"): "`offers.offer` looks, by the person's own names",
    ("Offer", "worker_id"): "a worker's id",
    ("Worker", "name"): "the worker's own",
    ("Worker", "role"): "the worker's own",
    ("Worker", "patch"): "the worker's own",
    ("Organisation", "name"): "who the team works with",
}
NOT_LOOKED_AT = {
    ("Service", "ask_for"): "somebody of the group, with how to reach them",
    ("Service", "confirmed_by"): "a worker's id",
    ("Service", "days"): "names of days",
    ("Service", "languages"): "names of languages",
    ("GroupSession", "led_by"): "ids of volunteers",
}


def subjects() -> list[TeamSubject]:
    return [
        one
        for room in (community_diary, gaps, local_knowledge)
        for one in vars(room).values()
        if isinstance(one, TeamSubject)
    ]


def test_every_word_that_somebody_types_for_the_team_is_looked_at() -> None:
    typed = {
        (table.model, column.name)
        for table in shapes()
        if table.scope == "team"
        for column in table.columns
        if column.kind in TYPED and column.name not in OF_EVERY_ROW
    }
    looked_at = {(one.model, field) for one in subjects() for field in one.fields}
    assert set(LOOKED_AT_ELSEWHERE) <= typed
    assert typed - looked_at - set(LOOKED_AT_ELSEWHERE) == set()
    not_looked_at = {(one.model, field) for one in subjects() for field in one.told_of_others}
    assert not_looked_at == set(NOT_LOOKED_AT)


def test_an_entry_by_hand_names_nobody_and_may_have_a_public_number(
    store: Store, terry: str
) -> None:
    with store.write("by hand") as tx:
        local_knowledge.add_by_hand(
            tx,
            "Shed",
            organisation="The Shed, 01455 496 0123",
            phone="01455 496 0123",
            place={"name": "Library", "address": "1 High St", "postcode": "LE9 8EB"},
        )
    for said in (
        {"name": "Sitting with Terry Beasley"},
        {"name": "A", "for_whom": "Beasley, Terry"},
        {"name": "A", "for_whom": "whoever rings 07700 900123"},
        {"name": "A", "area": "LE9 8EB"},
        {"name": "A", "organisation": "T. Beasley"},
        {"name": "A", "place": {"name": "at Terry Beasley's"}},
        {"name": "A", "place": {"address": "Mr Beasley, 3 Mill Row"}},
    ):
        with pytest.raises(NamesSomebody), store.write("by hand") as tx:
            local_knowledge.add_by_hand(tx, **said)


def test_a_register_has_first_names_and_no_way_to_reach_anybody(store: Store, terry: str) -> None:
    with store.write("a session") as tx:
        diary.add_session(tx, names=["Terry", "Joan"])
    for names in (["Terry Beasley"], ["Terry 07700 900123"], ["joan@example.org"]):
        with pytest.raises(NamesSomebody), store.write("a session") as tx:
            diary.add_session(tx, names=names)
    with pytest.raises(NamesSomebody), store.write("a volunteer") as tx:
        diary.add_volunteer(tx, "Priya, 07700 900123")


def test_who_has_one_name_only_as_the_front_door_takes_it_is_told_by_the_whole_of_it(
    store: Store,
) -> None:
    with store.write("introduced") as tx:
        tx.add(schema.Person(called="Moira Attenbury"))
        tx.add(schema.Person(called="Raj", family="Patel"))
        tx.add(schema.Person(called="Anu", family="Patel"))
    with store.read() as tx:
        for words in ("for Moira Attenbury", "for attenbury, moira", "Mrs Attenbury asked"):
            with pytest.raises(NamesSomebody):
                need_to_name_nobody(tx, words)
        need_to_name_nobody(tx, "Moira's tea room, and Mr Patel's shop beside it")
        with pytest.raises(NamesSomebody):
            need_to_name_nobody(tx, "Raj Patel's shop")


def test_of_whom_it_was_said_a_small_letter_does_not_hide_the_name(store: Store) -> None:
    with store.write("people") as tx:
        terry = str(tx.add(schema.Person(called="Terry", family="Beasley")).id)
        may = str(tx.add(schema.Person(called="May", given="José")).id)
        strength = str(tx.add(schema.Strength(person_id=may, words="sings", may_ask="yes")).id)
    with store.read() as tx:
        with pytest.raises(NamesSomebody):
            need_to_name_nobody(tx, "somebody for terry to walk with", terry)
        with pytest.raises(NamesSomebody):
            need_to_name_nobody(tx, "somebody for jose to walk with", may)
        need_to_name_nobody(tx, "somebody who may walk along", may)
    with pytest.raises(NamesSomebody), store.write("offered") as tx:
        offers.offer(tx, strength, "May sings")
