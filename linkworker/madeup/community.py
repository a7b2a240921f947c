"""What a made-up team does in the community: groups, sessions, volunteers, the diary, and gaps.

It stands in `community.txt` of each patch, by hand, with days counted back from the day of reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from linkworker import schema
from linkworker.caseload import community_diary as diary
from linkworker.caseload import gaps
from linkworker.madeup.directory import Act, MadeUpDirectory
from linkworker.madeup.lines import Line, UnreadableLine, day_back, lines
from linkworker.madeup.patch import texts

if TYPE_CHECKING:
    from linkworker.store import WriteTx

PARTS = ("groups", "volunteers", "sessions", "work", "gaps", "offers")
"""Parts of the file that are the team's; the others are of somebody's record (`arrivals`)."""


class MadeUpCommunity:
    """What the team did, as acts on their days; the ids of groups and volunteers as written."""

    def __init__(self, listed: MadeUpDirectory) -> None:
        """`listed` is the directory of the same patch, whose entries groups have."""
        self.today = listed.today
        self._listed = listed
        self._lines = list(lines(texts(listed.patch.key)["community.txt"]))
        self._groups: dict[str, str] = {}
        self._volunteers: dict[str, str] = {}
        self._gaps: dict[str, str] = {}

    def part(self, name: str) -> list[Line]:
        """Return the lines under a heading."""
        return [line for line in self._lines if line.part == name]

    def acts(self) -> Iterator[Act]:
        """Return all that the team did; of one day groups come before what was done in them."""
        read: Mapping[str, Callable[[Line], Iterator[Act]]] = {
            "groups": self._group,
            "volunteers": self._volunteer,
            "sessions": self._session,
            "work": self._work,
            "gaps": self._gap,
            "offers": self._offer,
        }
        for name in PARTS:
            for line in self.part(name):
                yield from read[name](line)

    def _day(self, text: str) -> date:
        return day_back(text, self.today) or self.today

    def _group(self, line: Line) -> Iterator[Act]:
        key, name, our_part, area, entry, begun, alone, about = line.columns(8)
        without_us = day_back(alone, self.today)
        said = {"our_part": our_part, "area": area, "about": about}

        def add(tx: WriteTx, team: Mapping[str, str]) -> None:
            self._groups[key] = diary.add_group(
                tx, name, begun_on=self._day(begun), service_id=self._listed.ids[entry], **said
            )

        def alone_now(tx: WriteTx, team: Mapping[str, str]) -> None:
            diary.step_back(tx, self._groups[key], without_us)

        yield Act(self._day(begun), "the community diary", add)
        if without_us:
            yield Act(without_us, "the community diary", alone_now)
        for runs in line.each("runs"):
            day, running, words = runs.split(" ", 2)
            check = {"running": running, "on": self._day(day), "words": words}
            yield Act(self._day(day), "the community diary", partial(self._runs, key, check))

    def _runs(self, key: str, check: Mapping[str, Any], tx: WriteTx, _: Mapping[str, str]) -> None:
        diary.still_runs(tx, self._groups[key], **check)

    def _volunteer(self, line: Line) -> Iterator[Act]:
        key, name, role, training, checked, seen, left = line.columns(7)
        seen_on, left_on = day_back(seen, self.today), day_back(left, self.today)
        gave = [one.split() for one in line.each("gave")]
        begun = max([int(since) for _, since, *_ in gave], default=150)

        def add(tx: WriteTx, team: Mapping[str, str]) -> None:
            self._volunteers[key] = diary.add_volunteer(
                tx, name, role=role, training=training, checked=checked, checked_on=seen_on
            )

        def leave(tx: WriteTx, team: Mapping[str, str]) -> None:
            diary.correct_volunteer(tx, self._volunteers[key], left_on=left_on)

        yield Act(self._day(str(begun + 1)), "the community diary", add)
        for every, since, minutes, *group in gave:
            for days in range(int(since), 0, -int(every)):
                hours = partial(self._gave, key, self._day(str(days)), int(minutes), group)
                yield Act(self._day(str(days)), "the community diary", hours)
        if left_on:
            yield Act(left_on, "the community diary", leave)

    def _gave(
        self, key: str, on: date, minutes: int, group: list[str], tx: WriteTx, _: Mapping[str, str]
    ) -> None:
        group_id = self._groups[group[0]] if group else None
        diary.gave_time(tx, self._volunteers[key], minutes, on=on, group_id=group_id)

    def _session(self, line: Line) -> Iterator[Act]:
        day, group, place, names, heads, rather_not, interpreters, away, given, led_by, words = (
            line.columns(11)
        )
        on = self._day(day)

        def add(tx: WriteTx, team: Mapping[str, str]) -> None:
            diary.add_session(
                tx,
                on=on,
                group_id=self._groups[group] if group else None,
                place=place,
                names=_several(names),
                heads=int(heads) if heads else None,
                unwritten=int(rather_not or 0),
                interpreters=interpreters,
                turned_away=int(away or 0),
                given=given,
                led_by=[self._volunteers[one] for one in _several(led_by)],
                words=words,
            )

        yield Act(on, "the community diary", add)

    def _work(self, line: Line) -> Iterator[Act]:
        day, kind, minutes, area, group, words = line.columns(6)
        on = self._day(day)

        def add(tx: WriteTx, team: Mapping[str, str]) -> None:
            group_id = self._groups[group] if group else None
            said = {"kind": kind, "minutes": int(minutes), "area": area, "group_id": group_id}
            diary.write_down(tx, words, on=on, **said)

        yield Act(on, "the community diary", add)

    def _gap(self, line: Line) -> Iterator[Act]:
        words, kind, area, met, closed, by = line.columns(6)
        times = sorted((one.split(":") for one in _several(met)), key=lambda one: -int(one[0]))
        if not times:
            raise UnreadableLine(line.text[:60])
        for at, (days, number) in enumerate(times):
            said: dict[str, Any] = {"on": self._day(days), "how_many": int(number)}
            if not at:
                said |= {"kind": kind, "area": area}
            yield Act(said["on"], "a gap", partial(self._met, words, said, not at))
        if closed:
            said = {"by": by, "on": self._day(closed)}
            yield Act(said["on"], "closed a gap", partial(self._close, words, said))

    def _met(
        self, words: str, said: Mapping[str, Any], first: bool, tx: WriteTx, _: Mapping[str, str]
    ) -> None:
        if first:
            self._gaps[words] = gaps.log(tx, words, **said)
        else:
            gaps.met_again(tx, self._gaps[words], **said)

    def _close(
        self, words: str, said: Mapping[str, Any], tx: WriteTx, _: Mapping[str, str]
    ) -> None:
        gaps.close(tx, self._gaps[words], **said)

    def _offer(self, line: Line) -> Iterator[Act]:
        who, words, area = line.columns(3)

        def add(tx: WriteTx, team: Mapping[str, str]) -> None:
            tx.add(schema.Offer(words=words, area=area, worker_id=team[who]))

        yield Act(self.today - timedelta(days=30), "offered a strength", add)


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
