"""Letting another organisation's worker in to somebody, and closing it again, on the hub's machine.

Every command needs the person's own word: the day, and how it was given.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from linkworker.clock import from_milliseconds, local_day
from linkworker.shell.hub import end_of, opened_hub
from linkworker.shell.saying import say, say_json
from linkworker.shell.usage import Typed, WrongUsage


def share(typed: Typed) -> int:
    """Open parts of a person to a worker of another organisation."""
    from linkworker.hub import sharing

    until = end_of(typed)
    if not typed.value("--with"):
        raise WrongUsage("Say with whom: --with NAME.")
    if not typed.value("--reason"):
        raise WrongUsage("Say what for: --reason 'help with the benefits decision'.")
    on = None
    with suppress(ValueError):
        on = date.fromisoformat(typed.value("--agreed"))
    say_so = sharing.SaySo(on, typed.value("--how"), typed.has("--staying-safe"))
    with opened_hub(typed) as hub:
        scopes = sharing.share(
            *(hub.ledger, hub.members, hub.itself, typed.words[2], typed.value("--with")),
            *(typed.value("--opens", sharing.RECORD), say_so, until, typed.value("--reason")),
        )
    if typed.has("--json"):
        say_json({"opened": list(scopes)})
    else:
        say("Shared. It ends by itself, and stands in the person's record.")
    return 0


def stop_sharing(typed: Typed) -> int:
    """Close what was opened to a worker."""
    from linkworker.hub import sharing

    if not typed.value("--with"):
        raise WrongUsage("Say with whom: --with NAME.")
    with opened_hub(typed) as hub:
        number = sharing.stop_sharing(
            *(hub.ledger, hub.members, hub.itself, typed.words[2], typed.value("--with")),
            typed.value("--reason"),
        )
    if typed.has("--json"):
        say_json({"closed": number})
    else:
        say("Closed. Their laptop lets go at its next sync.")
    return 0


def shared(typed: Typed) -> int:
    """List what is open to whom by a person's word."""
    from linkworker.hub import sharing

    with opened_hub(typed) as hub:
        found = sharing.shared(hub.ledger, hub.members)
    if typed.has("--json"):
        say_json([vars(one) for one in found])
        return 0
    for one in found:
        last = local_day(from_milliseconds(one.until - 1))
        say(f"{one.person}  {one.worker}: {one.opens}; until {last}; {one.say_so}")
    if not found:
        say("Nothing is shared.")
    return 0
