"""Who may be the same person, from the hub's own machine: what a lead is told, and decides."""

from __future__ import annotations

from dataclasses import asdict

from linkworker.shell.hub import LEAD, opened_hub
from linkworker.shell.saying import say, say_json
from linkworker.shell.usage import Typed, WrongUsage


def same(typed: Typed) -> int:
    """List who may be the same person, and what was decided; never what their records say."""
    with opened_hub(typed) as hub:
        waiting = hub.same_people.same_people()
        decided = hub.same_people.same_people(decided=True)
    if typed.has("--json"):
        say_json(
            {
                "waiting": [asdict(one) for one in waiting],
                "decided": [asdict(one) for one in decided],
            }
        )
        return 0
    for one in (*waiting, *decided):
        say(f"{one.one.person}  {one.other.person}  {one.state}")
        for side in (one.one, one.other):
            held = ", ".join(side.holders) or "nobody"
            say(f"    {side.name or 'no name'}, held by {held}")
        for words, fields in (
            ("agrees", one.agrees),
            ("differs", one.differs),
            ("known of one alone", one.only_one),
        ):
            if fields:
                say(f"    {words}: {', '.join(fields)}")
        if one.reason:
            say(f"    {one.decided_by}: {one.reason}")
    if not waiting:
        say("Nobody waits who may be the same person.")
    return 0


def same_as(typed: Typed) -> int:
    """Show two records as one person; the first that is named stands for both."""
    shown, other = typed.words[2:4]
    with opened_hub(typed) as hub:
        hub.same_people.same_as(shown, other, LEAD, _reason(typed))
    return _decided(typed, "Shown as one from the next sync on, for whoever holds either.")


def not_same(typed: Typed) -> int:
    """Say that two are two people, until something that tells who they are changes."""
    one, other = typed.words[2:4]
    with opened_hub(typed) as hub:
        hub.same_people.not_same(one, other, LEAD, _reason(typed))
    return _decided(typed, "They are two people, and wait no more.")


def apart(typed: Typed) -> int:
    """Part two joined records again."""
    one, other = typed.words[2:4]
    with opened_hub(typed) as hub:
        hub.same_people.apart(one, other, LEAD, _reason(typed))
    return _decided(typed, "Two people again from the next sync on; every line is where it was.")


def _reason(typed: Typed) -> str:
    if not typed.value("--reason"):
        raise WrongUsage("Say why: --reason 'both know her daughter'.")
    return typed.value("--reason")


def _decided(typed: Typed, words: str) -> int:
    if typed.has("--json"):
        say_json({"people": typed.words[2:4]})
    else:
        say(words)
    return 0
