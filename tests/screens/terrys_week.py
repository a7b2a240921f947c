"""A few people in the middle of a week, for tests of screens: Friday 27 November 2026, 10:05."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from linkworker import schema
from linkworker.caseload import (
    about,
    appointments,
    connections,
    hopes,
    households,
    people,
    reaching,
    safety,
    steps,
    support,
)
from linkworker.store import Store

FRIDAY = date(2026, 11, 27)

OTHERS = (
    "Agnes Hartley", "Amal Warsame", "Amina Yusuf", "Blessing Okoro", "Carol Pratt", "Faduma Ali",
    "Grace Mensah", "Harold Finch", "Ivy Bell", "Jean Tallis", "Kath Moody", "Len Orton",
    "Malcolm Reeve", "Mavis Cole", "Nirmala Joshi", "Owen Price", "Peggy Lunn", "Ruth Abbey",
    "Roy Sheldon", "Sheila Marr", "Stan Webb", "Vera Blunt",
)  # fmt: skip


def at(day: date, hour: int = 10, minute: int = 5) -> datetime:
    """Return an instant on a day in winter."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def write_terrys_week(store: Store) -> dict[str, str]:
    """Write the week and return the people's ids by name."""
    ids: dict[str, str] = {}

    def who(called: str, place: str, born: int, **said: str) -> str:
        given, family = called.split(" ", 1)
        ids[called] = people.add_person(
            tx,
            called=called,
            given=given,
            family=family,
            place=place,
            born=date(born, 5, 3),
            **said,
        )
        return ids[called]

    def contact(person: str, day: date, words: str, **said: object) -> str:
        facts = {"how": "home visit", "minutes": 50} | said
        row = schema.Contact(person_id=person, worker_id=tx.worker_id, happened_at=at(day), **facts)
        contact_id = tx.add(row).id
        if words:
            note = schema.Note(
                person_id=person, contact_id=contact_id, happened_at=at(day), words=words
            )
            return tx.add(note).id
        return ""

    with store.write("Terry's week") as tx:
        tx.add(schema.Worker(id="ben", name="Ben"))
        terry = who("Terry Beasley", "Barwell", 1948, pronouns="he/him", language="English")
        support.begin(tx, terry, level=2, on=date(2026, 3, 2))
        reaching.add_reach(
            tx, terry, "01632 960123", kind="home phone", safe_to_leave="yes", preferred=True
        )
        reaching.add_address(
            tx, terry, line1="3 Mill Row", town="Barwell", getting_in="rings twice, stairs"
        )
        about.add_vision(tx, terry, "Saturdays out, and being some use to someone.")
        about.add_about_me(
            tx, terry, "What is most important to me", "My shed, and being asked.", helped_by="Pat"
        )
        for words in ("mends bicycles", "patient", "knows everyone"):
            hopes.add_strength(tx, terry, words)
        out = hopes.add_goal(tx, terry, "Get out of the house on Saturdays")
        hopes.agree_goal(tx, out, "Terry")
        hopes.add_goal(tx, terry, "Be some use")
        pat = connections.add_tie(
            tx, terry, "Pat", relationship="daughter", how_often="weekly", how="close"
        )
        connections.add_tie(tx, terry, "Ray", relationship="next door", how="steady")
        connections.add_tie(tx, terry, "brother in Perth", how="thin")
        connections.add_tie(tx, terry, "son", how="strained")
        bowls = connections.add_connection(
            tx, terry, "Barwell bowls club", stage="went once", on=date(2026, 11, 6)
        )
        connections.reach_stage(tx, bowls, "stopped", on=FRIDAY, words="not for him")
        connections.add_connection(tx, terry, "bike club", on=FRIDAY)
        steps.add_step(
            tx,
            terry,
            "ring the bike club",
            goal_id=out,
            who="Terry",
            who_does="person",
            by_day=date(2026, 12, 4),
        )
        steps.add_step(
            tx,
            terry,
            "a lift home",
            goal_id=out,
            who="Pat",
            who_tie_id=pat,
            who_does="family or friend",
            asked="asked",
        )
        hopes.add_in_the_way(tx, terry, "the bus stops at six")
        hopes.add_looked_for(tx, terry, "a bus from Enderby after six", kind="gap")
        hopes.add_contribution(tx, terry, "taught Ray's grandson to true a wheel", on=FRIDAY)
        safety.add_statement(tx, terry, "no known risks", said_on=date(2026, 3, 2))
        appointments.add_appointment(tx, terry, "2026-11-27T10:05", place="home", minutes=50)
        appointments.add_appointment(tx, terry, "2026-12-01T10:00", kind="call")
        contact(terry, date(2026, 10, 12), "“Not a good week.” Said he would ring me.", how="phone")
        contact(
            terry,
            date(2026, 11, 6),
            "Went along to the bowls club. Once, loud. He didn't know where to sit, everybody had "
            "their own chair. We walked home the long way, past the old school, and he showed me "
            "where the bike club meets.\n@ Barwell bowls club: went once",
            how="met out",
        )

        dean = who("Dean Hollis", "Newbold Verdon", 1992)
        support.begin(tx, dean, level=2, on=date(2026, 6, 1))
        mine = {"who": "Ann", "who_does": "worker", "who_worker_id": tx.worker_id}
        steps.add_step(tx, dean, "ring Dean", by_day=FRIDAY, by_time="09:30", **mine)
        steps.add_step(
            tx,
            dean,
            "PIP: ask to look again",
            by_day=date(2026, 12, 9),
            cannot_slip=True,
            **mine,
        )
        safety.add_statement(tx, dean, "risk", "low just now, asked directly, no plan")
        contact(dean, FRIDAY - timedelta(days=1), "Dean rang from the car park.", how="phone")

        derek = who("Derek Pratt", "Desford", 1945)
        joan = who("Joan Pratt", "Desford", 1947)
        households.live_together(tx, derek, joan, called="the Pratts")
        for person in (derek, joan):
            support.begin(tx, person, level=2, on=date(2026, 5, 4))
            appointments.add_appointment(
                tx, person, "2026-11-25T14:00", occasion_id="pratts", place="home"
            )
        lucia = who("Lucia Moreira", "Barwell", 1988, language="Portuguese", interpreter="yes")
        support.begin(tx, lucia, level=2, on=date(2026, 9, 1))
        appointments.add_appointment(
            tx, lucia, "2026-11-27T14:00", about="her choice of time", interpreter="Rosa, by phone"
        )
        for at_day, called in enumerate(OTHERS):
            other = who(called, ("Barwell", "Desford", "Newbold Verdon")[at_day % 3], 1940 + at_day)
            support.begin(tx, other, level=2, on=date(2026, 4, 1))
            contact(other, FRIDAY - timedelta(days=2 + at_day), "A cup of tea.")
        stan = ids["Stan Webb"]
        for row in tx.rows("SELECT id FROM contact WHERE person_id = ?", (stan,)):
            tx.change(schema.Contact, row[0], happened_at=at(FRIDAY - timedelta(days=44)))
        contact(stan, FRIDAY - timedelta(days=2), "", outcome="card through the door", minutes=None)
        support.happen(tx, ids["Nirmala Joshi"], "stepped back", on=date(2026, 4, 20))
        support.record_whereabouts(tx, ids["Harold Finch"], "died", since=date(2026, 11, 24))
        support.record_whereabouts(tx, ids["Vera Blunt"], "in hospital", since=date(2026, 11, 20))
    return ids
