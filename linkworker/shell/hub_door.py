"""The front door from the hub's own machine: its folder, and the partners who have a key."""

from __future__ import annotations

from pathlib import Path

from linkworker.folders import plain_os_error
from linkworker.shell.hub import LEAD, opened_hub
from linkworker.shell.saying import need_output, say, say_json
from linkworker.shell.usage import Typed, WrongUsage
from linkworker.text import one_line

MOST_AREAS = 4 * 1024 * 1024
"""Bytes of a list of areas."""


def front_door(typed: Typed) -> int:
    """Make a folder for a front door, which this hub fetches from."""
    from linkworker.hub import introductions

    folder, areas = Path(typed.words[2]).expanduser(), ""
    if named := typed.value("--areas"):
        try:
            with Path(named).expanduser().open("rb") as file:
                areas = file.read(MOST_AREAS).decode("utf-8-sig")
        except OSError as error:
            raise plain_os_error(error) from None
        except UnicodeDecodeError:
            raise WrongUsage("A list of areas is text in UTF-8: LE9 8, Barwell.") from None
    with opened_hub(typed) as hub:
        introductions.set_up(hub.database, folder, areas)
    with opened_hub(typed) as hub:
        hub.introductions.tell_the_door()
    if typed.has("--json"):
        say_json({"front_door": str(folder)})
    else:
        say("The folder is ready. Start 'linkworker hub serve' anew, sync a laptop, and then:")
        say("\nlinkworker front-door serve --data FOLDER")
    return 0


def partner(typed: Typed) -> int:
    """Give a partner a key, in the place of the one that they had."""
    need_output()
    with opened_hub(typed) as hub:
        key = hub.introductions.new_partner(typed.words[2], LEAD)
    if typed.has("--json"):
        say_json({"key": key})
    else:
        say(f"The key, shown this once:\n\n{key}")
    return 0


def end_partner(typed: Typed) -> int:
    """Let a partner's key open nothing any more."""
    with opened_hub(typed) as hub:
        hub.introductions.end_partner(typed.words[2], LEAD)
    if typed.has("--json"):
        say_json({"ended": one_line(typed.words[2])})
    else:
        say("That partner's key opens nothing any more.")
    return 0
