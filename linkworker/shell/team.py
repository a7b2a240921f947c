"""The team from a laptop: joining, syncing, and settling what was written twice."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

from linkworker.caseload import sending, settling
from linkworker.refusal import Refused
from linkworker.shell.opening import opened
from linkworker.shell.saying import json_from_input, say, say_json, words_from_input
from linkworker.shell.usage import Typed, WrongUsage

if TYPE_CHECKING:
    from linkworker.store import Store


class NothingToSettle(Refused):
    """No difference is called that, or it has no such version."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was settled.",
            "Nothing that waits is called that, or it has no such version.",
            "'linkworker conflicts' lists what waits.",
        )


def enrol(typed: Typed) -> int:
    """Join a team with an invite code, which comes on standard input."""
    from linkworker.sync.joining import join

    with opened(typed) as store:
        code = words_from_input("the invite code").strip()
        team = join(store, code, typed.value("--hub"), platform.node()[:60])
    if typed.has("--json"):
        say_json(vars(team))
    else:
        say(f"This laptop belongs to {team.hub or 'the team'} now, as {team.name} ({team.role}).")
        say("'linkworker sync' sends what is here and fetches what is there.")
    return 0


def sync(typed: Typed) -> int:
    """Send what waits, fetch what is new, and say what went and came."""
    from linkworker.sync.syncing import sync as synced

    with opened(typed) as store:
        did = synced(store)
        with store.read() as tx:
            waits = settling.waiting(tx)
            unsent = sum(one.count for one in sending.not_sent(tx))
    if typed.has("--json"):
        say_json(
            {
                "pushed": did.sent,
                "pulled": did.received.new,
                "refused": did.with_lead,
                "parked": did.received.parked,
                "let_go": did.let_go,
                "not_sent": unsent,
                "differences": waits,
                "role": did.role,
            }
        )
    else:
        say(f"Sent {did.sent}, fetched {did.received.new}.")
        if did.role_changed:
            say(f"Your place in the team is another one now: {did.role}.")
        for number, words in (
            (unsent, "not sent yet"),
            (did.with_lead, "went to your team lead: about somebody you do not hold"),
            (did.received.parked, "kept for a newer linkworker"),
            (did.let_go, "no longer yours: taken off this laptop"),
            (waits, "to settle: 'linkworker conflicts'"),
        ):
            if number:
                say(f"{number} {words}")
    return 0


def open_person(typed: Typed) -> int:
    """Open one person for a day: for a duty worker. The holder and the leads are told."""
    from linkworker.sync.syncing import hub_of

    if not typed.value("--reason"):
        raise WrongUsage("Say why: --reason 'rang in distress'.")
    with opened(typed) as store, hub_of(store) as hub:
        until = hub.open_for_a_day(typed.words[1], typed.value("--reason"))
    if typed.has("--json"):
        say_json({"until": until})
    else:
        say("Open for a day. 'linkworker sync' fetches the record; whoever holds it is told.")
    return 0


def told(typed: Typed) -> int:
    """List who opened somebody whom this worker holds, or in a team that they lead."""
    from linkworker.sync.syncing import hub_of

    with opened(typed) as store, hub_of(store) as hub:
        found = hub.told()
    if typed.has("--json"):
        say_json([vars(one) for one in found])
        return 0
    for one in found:
        say(f"{one.who} opened {one.person} for a day: {one.reason}")
    if not found:
        say("Nobody was opened.")
    return 0


def conflicts(typed: Typed) -> int:
    """List what was written twice and waits to be settled."""
    with opened(typed) as store, store.read() as tx:
        found = settling.to_settle(tx)
    if typed.has("--json"):
        say_json([_as_json(one) for one in found])
        return 0
    for one in found:
        say(f"{_id(one)}  {one.name or 'the team'}: {', '.join(one.differing)}")
        for number, version in enumerate(one.versions, 1):
            who = version.who or "a colleague"
            say(f"  {number}  {who}, {version.at:%d %b %Y %H:%M} UTC{_shown(one, version)}")
    if not found:
        say("Nothing waits to be settled.")
    return 0


def settle(typed: Typed) -> int:
    """Settle one of them: take a version, keep both, or write anew with JSON on standard input."""
    ways = [name for name in ("--take", "--both", "--anew") if typed.has(name)]
    if len(ways) != 1:
        raise WrongUsage("Say one of --take N, --both and --anew.")
    values = json_from_input("what it should say") if ways == ["--anew"] else {}
    with opened(typed) as store:
        which = _one(store, typed.words[2])
        with store.write("settled two versions", which.person_id) as tx:
            if ways == ["--both"]:
                settling.keep_both(tx, which)
            elif ways == ["--anew"]:
                if not values.keys() <= which.versions[0].values.keys():
                    raise NothingToSettle
                settling.write_anew(tx, which, values)
            else:
                settling.take(tx, which, _version(which, typed.value("--take")))
    if typed.has("--json"):
        say_json({"settled": typed.words[2]})
    else:
        say("Settled. 'linkworker undo' opens it again.")
    return 0


def _one(store: Store, name: str) -> settling.ToSettle:
    with store.read() as tx:
        for one in settling.to_settle(tx):
            if _id(one) == name:
                return one
    raise NothingToSettle


def _version(which: settling.ToSettle, number: str) -> settling.Seen:
    if not number.isdecimal() or not 1 <= int(number) <= len(which.versions):
        raise NothingToSettle
    return which.versions[int(number) - 1]


def _id(one: settling.ToSettle) -> str:
    return f"{one.table}/{one.row_id}/{one.group}"


def _shown(one: settling.ToSettle, version: settling.Seen) -> str:
    if version.removes:
        return ": takes it back"
    said = "; ".join(f"{name} {version.values[name]!s}" for name in one.differing)
    return f": {said}" if said else ""


def _as_json(one: settling.ToSettle) -> dict[str, Any]:
    return {
        "id": _id(one),
        "person": one.person_id,
        "name": one.name if one.person_id else "",
        "fields": list(one.differing),
        "versions": [
            {
                "who": version.who,
                "device": version.device,
                "at": version.at.isoformat(),
                "removes": version.removes,
                "values": dict(version.values),
            }
            for version in one.versions
        ],
    }
