"""The hub from its own machine: making it, serving it, and what a team lead decides."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.clock import home_zone, milliseconds
from linkworker.refusal import Refused
from linkworker.scopes import KEPT_APART, OUR_TEAM, RECORD
from linkworker.shell.saying import let_out, need_output, say, say_json, tell
from linkworker.shell.usage import Typed, WrongUsage
from linkworker.text import one_line

if TYPE_CHECKING:
    from linkworker.hub.house import Hub

LEAD = "Team lead"

MOST_ADDRESS = 250
"""Characters of the address of a hub, which stands in each invite."""

WRONG_ADDRESS = "Say where laptops find the hub as --url https://hub.example.org:8750, and no more."

AUTHORITY_SOON = timedelta(days=2 * 365)
"""How long before the end of the hub's authority it is said: every laptop has to join anew."""


class NotInstalled(Refused):
    """What the hub needs besides was not installed."""

    def __init__(self) -> None:
        super().__init__(
            "The hub was not started.",
            "What it needs besides is not installed.",
            "Install linkworker with its hub: pip install 'linkworker[hub]'.",
        )


def init(typed: Typed) -> int:
    """Make a hub in the folder and invite its first lead."""
    from linkworker.hub import house
    from linkworker.hub.naming import checked_name

    need_output()
    folder, lead = _folder(typed), checked_name(typed.value("--lead", LEAD))
    try:
        house.make(
            folder,
            name=typed.value("--name"),
            url=_address(typed.value("--url")),
            database_url=typed.value("--database"),
            key_file=_key_file(typed),
        )
    except ImportError:
        raise NotInstalled from None
    with opened_hub(typed) as hub:
        code = hub.invite(lead, "lead", "hub init")
    if typed.has("--json"):
        say_json({"invite": code})
    else:
        say(f"The hub is ready. The invite of its first lead, good once and for 14 days:\n\n{code}")
        say("\nStart it with: linkworker hub serve --data DIR")
    return 0


def serve(typed: Typed) -> int:
    """Serve until stopped with Ctrl+C."""
    from linkworker.hub import keeping

    try:
        from linkworker.hub.http.serving import DEFAULT_PORT
        from linkworker.hub.http.serving import serve as served
    except ImportError:
        raise NotInstalled from None
    port = typed.value("--port", str(DEFAULT_PORT))
    if not port.isdecimal() or int(port) > 65535:
        raise WrongUsage("A port is a number up to 65535.")

    def ready(url: str) -> None:
        if typed.has("--json"):
            say_json({"url": url})
        else:
            say(f"The hub answers at {url}")
        let_out()  # whoever waits for the address reads it now, and not when the hub ends

    with opened_hub(typed) as hub, keeping.serving(hub.folder):
        hub.database.serves()
        host, plain = typed.value("--host", "127.0.0.1"), typed.has("--plain")
        served(
            hub, host, int(port), plain, ready, _report, behind_proxy=typed.has("--behind-proxy")
        )
    return 0


def _report(fault: Exception) -> None:
    tell(fault_said(fault, "hub"))


def fault_said(fault: Exception, whose: str) -> str:
    """Return a fault's kind and place: its message may hold what somebody wrote."""
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" in {Path(place.tb_frame.f_code.co_filename).name}" if place else ""
    line = f", line {place.tb_lineno}" if place else ""
    return f"A call ended in a fault of the {whose}'s own: {type(fault).__name__}{where}{line}."


def upgrade(typed: Typed) -> int:
    """Bring the tables to this release, on PostgreSQL as their owner."""
    from linkworker.hub import house

    try:
        house.upgrade(_folder(typed), typed.value("--database"))
    except ImportError:
        raise NotInstalled from None
    with house.opened(_folder(typed), key_file=_key_file(typed)):
        pass  # an SQLite file is brought on by being opened
    if typed.has("--json"):
        say_json({"upgraded": True})
    else:
        say("The hub's records are of this release.")
    return 0


def invite(typed: Typed) -> int:
    """Invite a colleague, or another laptop of theirs."""
    with opened_hub(typed) as hub:
        code = hub.invite(
            *(typed.words[2], typed.value("--role"), LEAD), typed.value("--organisation")
        )
    if typed.has("--json"):
        say_json({"invite": code})
    else:
        say(code)
    return 0


def role(typed: Typed) -> int:
    """Give a member of the team another role."""
    wanted = typed.value("--role")
    if not wanted:
        raise WrongUsage("Say which role: --role 'duty worker'.")
    with opened_hub(typed) as hub:
        hub.members.change_role(hub.members.worker_called(typed.words[2]), wanted, LEAD)
    if typed.has("--json"):
        say_json({"name": typed.words[2], "role": wanted})
    else:
        say(f"{typed.words[2]} has another role now: {wanted}.")
    return 0


def status(typed: Typed) -> int:
    """Say who is in the team, what waits for a lead and what cannot be read."""
    from linkworker.hub.certificates import AUTHORITY_KEY, signs
    from linkworker.hub.unreadable import still

    with opened_hub(typed) as hub:
        unreadable = still(hub.database)
        waits, unread = hub.introductions.waiting()
        found = {
            "hub": hub.name,
            "members": [vars(one) for one in hub.members.everybody()],
            "laptops": [vars(one) for one in hub.members.laptops()],
            **hub.ledger.counts(),
            "authority_ends": hub.certificates.ends.date().isoformat(),
            "authority_signs": signs(hub.folder),
            "unreadable": [vars(one) for one in unreadable],
            "partners": [vars(one) for one in hub.introductions.partners()],
            "introductions": {"waiting": waits, "unreadable": unread},
        }
        team = hub.members.everybody()
        soon = hub.certificates.ends - hub.now() < AUTHORITY_SOON
    if typed.has("--json"):
        say_json(found)
        return 0
    for one in team:
        say(f"{one.name}  {one.role}, {one.laptops} laptop{'' if one.laptops == 1 else 's'}")
    say(f"{found['operations']} writes of {found['people']} people are held.")
    say(f"{found['quarantine']} wait for a lead.")
    if waits or unread:
        say(f"{waits} introductions wait for a laptop; {unread} could not be read.")
    for row in unreadable:
        say(f"Write {row.n} of {row.dev} cannot be read: place {row.seq} of {row.scope}.")
    if unreadable:
        say("What stands behind it there reaches no laptop. Put back a backup from before it was")
        say("damaged, with 'linkworker hub restore': laptops send again what that has not.")
    if not found["authority_signs"]:
        say(f"{AUTHORITY_KEY} is missing, broken, or another hub's. Put it back from a copy of the")
        say("folder: without it the hub's certificate is not renewed, and laptops stay outside.")
    if soon:
        say(f"The hub's own authority ends on {found['authority_ends']}; laptops trust no other.")
        say("Before that day make a new hub with 'linkworker hub init', and invite each laptop.")
    return 0


def restored(typed: Typed) -> int:
    """Say that the records were put back from an older backup, before laptops come."""
    from linkworker.clock import uuid7_ids

    with opened_hub(typed) as hub:
        hub.was_restored(uuid7_ids())
    if typed.has("--json"):
        say_json({"restored": True})
    else:
        say("Each laptop sends again at its next sync what the hub forgot.")
    return 0


def cover(typed: Typed) -> int:
    """Let a colleague hold a person, or all that a colleague holds, until the end of a day."""
    from linkworker.hub import leading

    until = end_of(typed)
    if not typed.value("--reason"):
        raise WrongUsage("Say why: --reason leave.")
    with opened_hub(typed) as hub:
        number = leading.cover(
            hub.ledger,
            hub.members,
            typed.words[2],
            typed.value("--by"),
            until,
            typed.value("--reason"),
            kept_apart=typed.has("--kept-apart"),
        )
    return _people(typed, number)


def end_of(typed: Typed) -> int:
    """Return the end of the day after --until (ms)."""
    try:
        last = date.fromisoformat(typed.value("--until"))
    except ValueError:
        raise WrongUsage("Say until which day: --until 2026-12-24.") from None
    return milliseconds(datetime.combine(last + timedelta(days=1), time(), home_zone()))


def hand_over(typed: Typed) -> int:
    """Give a person, or all that a colleague holds, to another."""
    from linkworker.hub import leading

    with opened_hub(typed) as hub:
        number = leading.hand_over(
            hub.ledger, hub.members, typed.words[2], typed.value("--to"), typed.value("--reason")
        )
    return _people(typed, number)


def waiting(typed: Typed) -> int:
    """List what waits for a lead, by person; never what it says."""
    from linkworker.hub import leading

    with opened_hub(typed) as hub:
        found = leading.waiting(hub.ledger, hub.members)
    if typed.has("--json"):
        say_json([vars(one) for one in found])
        return 0
    for one in found:
        held = ", ".join(one.holders) or "nobody"
        apart = "".join(map(_part_of, one.parts))
        said = f"{one.person}{apart}  {one.count} from {one.worker or 'somebody'}"
        say(f"{said}, held by {held}")
    if not found:
        say("Nothing waits.")
    return 0


def _part_of(part: str) -> str:
    """Say which part of a person something is for, where it is not their record or the notes."""
    if part in (RECORD, OUR_TEAM):
        return ""
    return ", kept apart" if part == KEPT_APART else f", notes of {part}"


def let_in(typed: Typed) -> int:
    """Let what waits about a person into their record."""
    from linkworker.hub import leading

    with opened_hub(typed) as hub:
        number = leading.let_in(hub.ledger, hub.members, typed.words[2])
    if typed.has("--json"):
        say_json({"let_in": number})
    else:
        say(f"{number} let in, for whoever holds them.")
    return 0


def leaver(typed: Typed) -> int:
    """Take everybody from a colleague who leaves."""
    from linkworker.hub import leading

    with opened_hub(typed) as hub:
        number = leading.leaver(hub.ledger, hub.members, typed.words[2])
    if typed.has("--json"):
        say_json({"held_by_nobody": number})
    else:
        say(f"{number} people are held by nobody now.")
    return 0


def lost(typed: Typed) -> int:
    """Hear no more of a laptop that was lost."""
    with opened_hub(typed) as hub:
        hub.members.remove(typed.words[2], LEAD)
    if typed.has("--json"):
        say_json({"removed": typed.words[2]})
    else:
        say("That laptop is heard no more.")
    return 0


def erase(typed: Typed) -> int:
    """Erase a person for good."""
    if not typed.value("--reason"):
        raise WrongUsage("Say why: --reason 'asked for it'.")
    with opened_hub(typed) as hub:
        hub.erase(typed.words[2], LEAD, typed.value("--reason"))
    if typed.has("--json"):
        say_json({"erased": typed.words[2]})
    else:
        say("Erased here. Each laptop that held them lets go at its next sync.")
        say("Backups made before still hold them, until you delete those.")
    return 0


def backup(typed: Typed) -> int:
    """Write the hub's records into a new encrypted file."""
    from linkworker.hub import backup as copies

    with opened_hub(typed) as hub:
        number = copies.backup(
            hub, Path(typed.words[2]).expanduser(), _backup_key(typed, make=True)
        )
    if typed.has("--json"):
        say_json({"writes": number})
    else:
        say(f"{number} writes are in the backup. Its key is not: keep that somewhere else.")
    return 0


def restore(typed: Typed) -> int:
    """Put a backup back in place of the hub's records; whoever was erased stays so."""
    from linkworker.clock import uuid7_ids
    from linkworker.hub import backup as copies

    with opened_hub(typed) as hub:
        file = Path(typed.words[2]).expanduser()
        key, life, team_too = _backup_key(typed), uuid7_ids()(), typed.has("--team-too")
        number = copies.restore(hub, file, key, life, team_too=team_too)
    if typed.has("--json"):
        say_json({"restored": True, "erased_again": number})
    else:
        say("Put back. Each laptop sends again at its next sync what the hub forgot.")
        say(f"{number} parts of records were erased before, and are so now.")
    return 0


def _backup_key(typed: Typed, *, make: bool = False) -> bytes:
    """Return the key of a backup: what --backup-key names, or the hub's own."""
    from linkworker.hub import house

    named = typed.value("--backup-key")
    path = Path(named).expanduser() if named else _key_file(typed) or _folder(typed) / house.KEY
    return house.backup_key(path) if make else house.read_key(path)


def audit(typed: Typed) -> int:
    """List the audit, and say whether a line of it was changed or taken out."""
    with opened_hub(typed) as hub:
        broken = hub.audit.first_broken()
        found = [*hub.audit.everything()]
    if typed.has("--json"):
        say_json({"lines": [vars(one) for one in found], "broken_at": broken})
    else:
        for one in found:
            about, reason = one_line(one.about), one_line(one.reason)
            say(f"{one.seq}  {one.at}  {one.who}  {one.what}  {about}  {reason}".rstrip())
        say("Every line is as it was written." if broken is None else f"Line {broken} was changed.")
    return 0 if broken is None else 1


def _people(typed: Typed, number: int) -> int:
    if typed.has("--json"):
        say_json({"people": number})
    else:
        say(f"{number} {'person' if number == 1 else 'people'}.")
    return 0


@contextmanager
def opened_hub(typed: Typed) -> Iterator[Hub]:
    """Lend the hub in the folder that was named."""
    from linkworker.hub import house, keeping

    folder = _folder(typed)
    for name in keeping.made_private(house.private_files(folder, _key_file(typed))):
        tell(
            f"{name} could be read by others on this machine. Now it is the hub's own user's alone."
        )
    with house.opened(
        folder, key_file=_key_file(typed), database_url=typed.value("--database")
    ) as hub:
        yield hub


def _folder(typed: Typed) -> Path:
    named = typed.value("--data") or os.environ.get("LINKWORKER_HUB", "")
    if not named:
        raise WrongUsage("Name the folder of the hub: --data DIR.")
    return Path(named).expanduser()


def _address(url: str) -> str:
    """Return where laptops are to find the hub, "" if that was not said, checked as they do it."""
    from linkworker.sync.reaching import Line
    from linkworker.sync.refusals import NotAnAddress

    if not url:
        return ""
    try:
        Line(url, None)
    except NotAnAddress:
        raise WrongUsage(WRONG_ADDRESS) from None
    if not url.isascii() or not url.isprintable() or len(url) > MOST_ADDRESS or {*" @?#"} & {*url}:
        raise WrongUsage(WRONG_ADDRESS)
    return url


def _key_file(typed: Typed) -> Path | None:
    named = typed.value("--key-file")
    return Path(named).expanduser() if named else None
