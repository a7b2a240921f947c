"""What the made-up community has of the people's own records: which entry of the directory each
connection leads to, how some came there, who may be asked for what they can do, and who waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from linkworker.caseload import connections, hopes, introductions, offers, plan, reaching
from linkworker.caseload.connecting import Made
from linkworker.madeup import particulars
from linkworker.madeup.community import MadeUpCommunity
from linkworker.madeup.directory import MadeUpDirectory
from linkworker.madeup.lines import Line, day_back
from linkworker.madeup.patch import Patch
from linkworker.madeup.telling import Life
from linkworker.text import folded

if TYPE_CHECKING:
    from linkworker.store import WriteTx

_MOBILES = 850
"""From which number on mobiles are those of who waits."""
Ids = Mapping[str, str]
"""The id of each person, by the key of their card."""


@dataclass(frozen=True)
class OfSomebody:
    """Something written at a moment in the record of somebody, who may be new to us."""

    at: datetime
    """Wall time."""
    label: str
    key: str
    """Of whose card, "" for somebody new."""
    write: Callable[[WriteTx, Ids], None]


class Arrivals:
    """What of `community.txt` stands in people's records."""

    def __init__(
        self,
        patch: Patch,
        listed: MadeUpDirectory,
        community: MadeUpCommunity,
        lives: Mapping[str, Life],
        seed: int,
    ) -> None:
        """`lives` say from when on somebody is here."""
        self._patch, self._listed, self._community = patch, listed, community
        self._lives, self._seed = lives, seed
        self._waiting: dict[str, str] = {}

    @property
    def _today(self) -> date:
        return self._listed.today

    def acts(self) -> Iterator[OfSomebody]:
        """Return how some came to a service, and who was introduced and tried."""
        for line in self._community.part("connections"):
            yield self._connection(line)
        for number, line in enumerate(self._community.part("introductions")):
            yield from self._introduction(line, number)

    def _connection(self, line: Line) -> OfSomebody:
        key, entry, day, stage, how, shared, agreed, words = line.columns(8)
        life = self._lives[key]
        on = max(day_back(day, self._today) or self._today, life.introduced_on)
        name = next(one.name for one in self._listed.listings if entry in (one.key, one.name))

        def write(tx: WriteTx, ids: Ids) -> None:
            made = Made(how, shared, agreed)
            there = [
                one.connection_id
                for one in connections.connections(tx, ids[key])
                if one.name == name
            ]
            if there:
                connections.reach_stage(tx, there[0], stage, on=on, words=words, made=made)
                return
            kind = "group" if entry.startswith("=") else "service"
            service = self._listed.ids[entry]
            connections.add_connection(
                *(tx, ids[key], name),
                kind=kind,
                service_id=service,
                stage=stage,
                on=on,
                words=words,
                made=made,
            )

        return OfSomebody(datetime.combine(on, time(17, 45)), "a connection", key, write)

    def _introduction(self, line: Line, number: int) -> Iterator[OfSomebody]:
        said = line.said()
        days = int(said["came"])
        on = self._today - timedelta(days=days)
        at = datetime.combine(on, time(8, 5 + number) if not days else time(10 + number, 20))
        yield OfSomebody(
            at, "took an introduction down", "", partial(self._take_down, line, number, on)
        )
        for tried in line.each("tried"):
            back, _, outcome = tried.partition(" ")
            when = datetime.combine(self._today - timedelta(days=int(back)), time(16, 10))
            yield OfSomebody(
                when, "tried to reach somebody", "", partial(self._try, line.text, outcome)
            )

    def _take_down(self, line: Line, number: int, on: date, tx: WriteTx, ids: Ids) -> None:
        name, village, age = line.columns(3)
        said = line.said()
        given, _, family = name.partition(" ")
        who: dict[str, Any] = {"place": village}
        if not name[0].isupper():
            who["description"] = name
        else:
            who |= {"given": given, "family": family} if family else {"called": given}
        if age:
            chance = Random(f"{self._seed}:{self._patch.key}:{name}")
            who["born"] = particulars.born(int(age), self._today, chance)
        phone = particulars.mobile(_MOBILES + number)
        if "like" in said:  # somebody who is here, by the number that is here too
            known = reaching.reaches(tx, ids[said["like"]])
            phone = known[0].value if known else phone
        by_name, _, by_role = said.get("by", "").partition(", ")
        by_role, _, by_service = by_role.partition(", ")
        answer_to, _, may = said.get("answer", "").rpartition(", ")
        fields: dict[str, Any] = {
            "how": said["how"],
            "by_name": by_name,
            "by_role": by_role,
            "by_service": by_service,
            "their_reason": said.get("reason", ""),
            "own_reason": said.get("own", ""),
            "knows": said.get("knows", "not said"),
            "agreed_to": said.get("agreed", ""),
            "urgency": said.get("urgency", ""),
            "safe_to_reach": said.get("safe", ""),
            "answer_to": answer_to,
            "may_answer": may == "yes",
            "made_on": on,
        }
        _, made = introductions.take_down(
            tx, who, reaches=({"kind": "mobile", "value": phone},), **fields
        )
        self._waiting[line.text] = made

    def _try(self, who: str, outcome: str, tx: WriteTx, ids: Ids) -> None:
        introductions.record_attempt(tx, self._waiting[who], outcome)

    # -- as it stands now

    def put_together(self, tx: WriteTx, ids: Ids) -> None:
        """Let each connection know its entry of the directory, and ask about what people can do."""
        entries = self._entries()
        for person_id in ids.values():
            for one in connections.connections(tx, person_id):
                entry = entries.get(_plain(one.name))
                if entry:
                    connections.correct_connection(tx, one.connection_id, service_id=entry)
        for line in self._community.part("strengths"):
            self._strength(tx, line, ids)

    def _entries(self) -> dict[str, str]:
        """Return the id of each entry by its name, a group's also by its name in a hurry."""
        found = {_plain(one.name): self._listed.ids[one.key] for one in self._listed.listings}
        for key, group in self._patch.groups.items():
            entry = self._listed.ids.get(f"={key}", "")
            for said in (group.name, group.short):
                found.setdefault(_plain(said), entry)
        return found

    def _strength(self, tx: WriteTx, line: Line, ids: Ids) -> None:
        """Say that somebody is happy to be asked, and what of it colleagues may offer; nothing
        where nobody has noted it yet, as in a story of few weeks."""
        key, begins, offered, area = line.columns(4)
        found = plan.strengths(tx, ids[key])
        there = next((one.strength_id for one in found if one.words.startswith(begins)), None)
        if there is None:
            return
        last_met = max((told.at.date() for told in self._lives[key].told), default=self._today)
        hopes.say_may_ask(tx, there, "yes", last_met)
        if offered:
            offers.offer(tx, there, offered, area=area)


def _plain(name: str) -> str:
    return folded(name).removeprefix("the ")
