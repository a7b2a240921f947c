"""The team from a laptop: joining, syncing, and settling what was written twice."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

from linkworker.caseload import sending, settling
from linkworker.caseload.field_words import said as field_said
from linkworker.caseload.settling import HIDDEN
from linkworker.caseload.shown_values import shown_fields, shown_value
from linkworker.clock import to_text
from linkworker.refusal import Refused
from linkworker.shell.opening import opened
from linkworker.shell.saying import (
    json_from_input,
    need_output,
    say,
    say_json,
    tell,
    words_from_input,
)
from linkworker.shell.usage import Typed, WrongUsage
from linkworker.text import one_line

if TYPE_CHECKING:
    from linkworker.store import ReadTx, Store


class NothingToSettle(Refused):
    """No difference is called that, or it has no such version."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was settled.",
            "Nothing that waits is called that, or it has no such version.",
            "'linkworker conflicts' lists what waits.",
        )


class NotOnItsList(Refused):
    """A field was to hold what it cannot: its list is offered."""

    def __init__(self, name: str, why: str, listed: str) -> None:
        super().__init__(
            "Nothing was settled.",
            f"{name}: {why}",
            f"It takes one of: {listed}." if listed else "Look at how the form shows it.",
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
    """Send what waits, fetch what is new, and say what went and came.

    With `--json` that is printed also where it was cut short: what was done before stays done.
    """
    from linkworker.sync.session import Synced
    from linkworker.sync.syncing import Trip

    with opened(typed) as store:
        trip = Trip(store, erases_many=typed.has("--erase"))
        failed: Refused | None = None
        try:
            trip.run()
        except Refused as refused:
            if not typed.has("--json"):
                raise
            failed = refused
        did = trip.did or Synced()
        with store.read() as tx:
            waits = settling.waiting(tx)
            unsent = sum(one.count for one in sending.not_sent(tx))
    if typed.has("--json"):
        say_json(
            {
                "pushed": did.sent,
                "pulled": did.received.new,
                "refused": did.with_lead,
                "introduced": did.introduced,
                "parked": did.received.parked,
                "let_go": did.let_go,
                "erased": did.erased,
                "not_sent": unsent,
                "differences": waits,
                "role": did.role,
                "failed": failed_as_json(failed),
            }
        )
        if failed is not None:
            raise failed
        return 0
    say(f"Sent {did.sent}, fetched {did.received.new}.")
    if did.role_changed:
        say(f"Your place in the team is another one now: {did.role}.")
    for number, words in (
        (unsent, "not sent yet"),
        (did.with_lead, "went to your team lead: about somebody you do not hold"),
        (did.introduced, "introduced by the front door: in your records"),
        (did.received.parked, "kept for a newer linkworker"),
        (did.let_go, "no longer yours: taken off this laptop"),
        (did.erased, "erased for good"),
        (waits, "to settle: 'linkworker conflicts'"),
    ):
        if number:
            say(f"{number} {words}")
    return 0


def failed_as_json(refused: Refused | None) -> dict[str, Any] | None:
    """Return why a sync was cut short, for a script: by a name, in words, and for how long to
    wait (seconds; None where the hub asked for nothing)."""
    if refused is None:
        return None
    name = "".join(f"-{one.lower()}" if one.isupper() else one for one in type(refused).__name__)
    return {
        "name": name.lstrip("-"),
        "why": refused.why,
        "to_do": refused.to_do,
        "wait": getattr(refused, "seconds", None),
    }


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
        last, found = hub.told_up_to()
        store.belonging.told_was_read(last)
    if typed.has("--json"):
        say_json([vars(one) for one in found])
        return 0
    for one in found:
        whom = one.person or f"{one.count} people"
        match one.kind:
            case "joined":
                say(f"{one.who} joined the team with a laptop called {one.reason or 'nothing'}")
            case "covers":
                say(f"{one.who} covers {whom} for a while: {one.reason}")
            case "handed over":
                say(f"{one.who} was given {whom}: {one.reason}")
            case _:
                say(f"{one.who} opened {whom} for a day: {one.reason}")
    if not found:
        say("Nobody was opened.")
    return 0


def hand_over_sheet(typed: Typed) -> int:
    """Print somebody's hand-over sheet, or everybody's: as kept, else as the record has it."""
    from linkworker.caseload import audit, hand_over, people

    need_output()
    with opened(typed) as store, store.write("printed hand-over sheets", quiet=True) as tx:
        if typed.has("--all"):
            whom = [one.person_id for one in hand_over.to_hand_over(tx)]
        else:
            whom = [people.find_by_id(tx, typed.words[1])]
        found = [(person, *hand_over.sheet_words(tx, person)) for person in whom]
        for person in whom:
            audit.record(tx, "exported", person, reason="hand-over sheet")
    if typed.has("--json"):
        say_json(
            [
                {"id": person, "name": name, "sheet": words, "kept_at": at and to_text(at)}
                for person, name, words, at in found
            ]
        )
        return 0
    for _, name, words, at in found:
        kept = "" if at else " (as the record has it now; no sheet was kept)"
        say(f"{name}{kept}\n\n{words or 'Nothing in the record says what they must know.'}\n")
    return 0


def conflicts(typed: Typed) -> int:
    """List what was written twice and waits to be settled; of what is kept apart how much.

    With `--with-kept-apart` that too, for which a reason is needed: the audit keeps that it was
    read.
    """
    _refuse_without_reason(typed)
    with opened(typed) as store:
        with store.read() as tx:
            found = settling.to_settle(tx)
            apart = settling.kept_apart_waits(tx)
        if typed.has("--with-kept-apart"):
            found += _kept_apart(store, typed)
            apart = []
        with store.read() as tx:
            said = [words for one in found for words in _in_words(tx, one)]
    if typed.has("--json"):
        say_json([_as_json(one) for one in found])
    else:
        for words in said:
            say(words)
    waits = sum(one.count for one in apart)
    if waits:
        tell(f"{waits} of what is kept apart: --with-kept-apart --reason WHY lists it.")
    elif not found and not typed.has("--json"):
        say("Nothing waits to be settled.")
    return 0


def _refuse_without_reason(typed: Typed) -> None:
    if typed.has("--with-kept-apart") and not typed.value("--reason"):
        raise WrongUsage("Say why you read what is kept apart: --reason 'settling it'.")


def _kept_apart(store: Store, typed: Typed) -> list[settling.ToSettle]:
    """Return what waits of what is kept apart of everybody; the audit keeps that it was read."""
    with store.write("read kept apart", quiet=True) as tx:
        return [
            one
            for somebody in settling.kept_apart_waits(tx)
            for one in settling.open_kept_apart(
                tx, somebody.person_id, reason=typed.value("--reason")
            )
        ]


def settle(typed: Typed) -> int:
    """Settle one of them: take a version, keep both, or write anew with JSON on standard input."""
    ways = [name for name in ("--take", "--both", "--anew") if typed.has(name)]
    if len(ways) != 1:
        raise WrongUsage("Say one of --take N, --both and --anew.")
    _refuse_without_reason(typed)
    values = json_from_input("what it should say") if ways == ["--anew"] else {}
    with opened(typed) as store:
        which = _one(store, typed)
        with store.write("settled two versions", which.person_id) as tx:
            if ways == ["--both"]:
                settling.keep_both(tx, which)
            elif ways == ["--anew"]:
                _refuse_what_is_on_no_list(which, values)
                settling.write_anew(tx, which, values)
            else:
                settling.take(tx, which, _version(which, typed.value("--take")))
    if typed.has("--json"):
        say_json({"settled": typed.words[2]})
    else:
        say("Settled. 'linkworker undo' opens it again.")
    return 0


def _refuse_what_is_on_no_list(which: settling.ToSettle, values: dict[str, Any]) -> None:
    """Refuse a field that the difference has not, and a value that is not on its field's list."""
    from linkworker.exchange.allowed_values import choices, said_wrongly

    if not values.keys() <= which.versions[0].values.keys():
        raise NothingToSettle
    for name, value in values.items():
        if why := said_wrongly(which.table, name, value):
            listed = ", ".join(one for one in choices(which.table, name) if one)
            raise NotOnItsList(name, why, listed)


def _one(store: Store, typed: Typed) -> settling.ToSettle:
    with store.read() as tx:
        found = settling.to_settle(tx)
    if typed.has("--with-kept-apart"):
        found += _kept_apart(store, typed)
    for one in found:
        if _id(one) == typed.words[2]:
            return one
    raise NothingToSettle


def _version(which: settling.ToSettle, number: str) -> settling.Seen:
    if not number.isdecimal() or not 1 <= int(number) <= len(which.versions):
        raise NothingToSettle
    return which.versions[int(number) - 1]


def _id(one: settling.ToSettle) -> str:
    return f"{one.table}/{one.row_id}/{one.group}"


def _in_words(tx: ReadTx, one: settling.ToSettle) -> list[str]:
    """Return a difference as it is read: whose, of what, and each version as a form shows it."""
    fields = shown_fields(one.differing)
    about = f" of “{one.about}”" if one.about else ""
    named = ", ".join(field_said(name) for name in fields) or one.group
    lines = [f"{_id(one)}  {one.name or 'the team'}: {named}{about}"]
    for number, version in enumerate(one.versions, 1):
        values = (shown_value(tx, one.table, name, version.values, tx.today) for name in fields)
        says = "; ".join(words or "(nothing)" for words in values)
        if one.group == HIDDEN:
            says = "taken away" if version.removes else "stays"
        who = version.who or "a colleague"
        lines.append(f"  {number}  {who}, {version.at:%d %b %Y %H:%M} UTC: {one_line(says)}")
    return lines


def _as_json(one: settling.ToSettle) -> dict[str, Any]:
    return {
        "id": _id(one),
        "person": one.person_id,
        "name": one.name if one.person_id else "",
        "about": one.about,
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
