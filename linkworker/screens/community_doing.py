"""The forms of the community: what the team knows of an entry, an entry by hand, a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkworker.caseload import gaps, local_knowledge
from linkworker.rules.wanted import DAYS
from linkworker.schema import values
from linkworker.screens.form import FormScreen
from linkworker.widgets.acting import act, read
from linkworker.widgets.forms import Ask, options
from linkworker.widgets.frame import Frame
from linkworker.widgets.words import plain

if TYPE_CHECKING:
    from linkworker.store import WriteTx

KNOWN = (
    Ask("words", "What it is really like", "long"),
    Ask("ask_for", "Whom to ask for"),
    Ask("step_free", "Step-free?", "one of", options(*values.STEP_FREE[1:], empty="nobody looked")),
    Ask("quiet_times", "When it is quiet", example="before eleven"),
    Ask("full_until", "Full until", "day", hint="a day"),
    Ask("full_words", "What is full", example="the waiting list is six weeks"),
    Ask("do_not_list", "Listed?", "one of", (("", "yes, offer it"), ("no", "no, do not list it"))),
    Ask("why_not", "Why it is not listed", hint="for colleagues, where it is not"),
)
ENTRY = (
    Ask("name", "What it is called"),
    Ask("about", "What it is", "long"),
    Ask("place", "Where it meets", example="Village hall"),
    Ask("address", "Address"),
    Ask("postcode", "Postcode"),
    Ask("area", "Village or area"),
    Ask("days", "Days", "some of", tuple((day, day.capitalize()) for day in DAYS)),
    Ask("times", "When", example="10 to 12, not in August"),
    Ask("cost", "Cost", example="free"),
    Ask("for_whom", "For whom", example="carers"),
    Ask("languages", "Languages", hint="with commas"),
    Ask("kinds", "What kind it is", example="walk, group"),
    Ask("phone", "Phone"),
    Ask("email", "E-mail"),
    Ask("web", "Web page"),
    Ask("organisation", "Whose it is", hint="the organisation"),
)
LISTED = ("languages", "kinds")
"""Fields in which several are said, with commas."""
GAP = (
    Ask("words", "What is missing", hint="what, and not for whom"),
    Ask("kind", "What kind", "one of", options(*values.GAP_KINDS, empty="not said")),
    Ask("area", "Where", hint="village or area"),
)
GAP_INTRO = (
    "All of the team reads it, and reports do: say what is missing in words that name nobody."
)


def confirm(screen: Frame, service_id: str) -> None:
    """Say that somebody looked at an entry today."""

    def do(tx: WriteTx) -> bool:
        local_knowledge.confirm(tx, service_id)
        return True

    if act(screen.house, "confirmed an entry of the directory", do):
        screen.house.say("Confirmed today.")


def know(screen: Frame, service_id: str) -> None:
    """Write what the team knows of an entry."""
    entry = read(screen.house, local_knowledge.entry, service_id)
    if entry is None:
        return
    before = {ask.name: getattr(entry, ask.name) for ask in KNOWN}
    before["do_not_list"] = "no" if entry.do_not_list else ""

    def save(said: dict[str, Any]) -> None:
        known = {**said, "do_not_list": said["do_not_list"] == "no"}
        if not known["do_not_list"]:
            known["why_not"] = ""
        with screen.house.store.write("what we know of an entry") as tx:
            local_knowledge.say_known(tx, service_id, **known)

    form = FormScreen(
        f"What we know of {plain(entry.name)}",
        KNOWN,
        before,
        save,
        draft=f"known {service_id}",
        intro="No feed touches this. All of the team reads it, so it names nobody you support.",
    )
    screen.app.push_screen(form)


def add(screen: Frame, asked: str) -> None:
    """Add an entry by hand."""

    def save(said: dict[str, Any]) -> str:
        entry, place = _parted(said)
        with screen.house.store.write("added an entry by hand") as tx:
            return local_knowledge.add_by_hand(tx, place=place, **entry)

    form = FormScreen(
        "A group, place or service", ENTRY, {"name": asked.strip()}, save, draft="new entry",
        offered=("name",),
        intro="A name is enough. It is found and confirmed as those of a feed are.",
    )  # fmt: skip
    screen.app.push_screen(form)


def correct(screen: Frame, service_id: str) -> None:
    """Correct an entry that was made by hand."""
    entry = read(screen.house, local_knowledge.entry, service_id)
    if entry is None:
        return
    if not entry.by_hand:
        screen.house.hint("A feed says this, and would say it again. Enter writes what we know.")
        return
    before = {
        ask.name: getattr(entry, ask.name)
        for ask in ENTRY
        if ask.name not in ("place", "address", "postcode")
    }
    before |= {name: ", ".join(getattr(entry, name)) for name in LISTED}
    where = read(screen.house, local_knowledge.places, service_id)[:1]
    for one in where:
        before |= {"place": one.name, "address": one.address, "postcode": one.postcode}

    def save(said: dict[str, Any]) -> None:
        news, place = _parted(said)
        with screen.house.store.write("corrected an entry") as tx:
            local_knowledge.correct_by_hand(tx, service_id, place=place, **news)

    form = FormScreen(f"{plain(entry.name)}", ENTRY, before, save, draft=f"entry {service_id}")
    screen.app.push_screen(form)


def log_gap(screen: Frame, asked: str) -> None:
    """Log what was looked for and is not here."""

    def save(said: dict[str, Any]) -> str:
        with screen.house.store.write("logged a gap") as tx:
            return gaps.log(tx, **said)

    def then(gap_id: Any) -> None:
        if isinstance(gap_id, str):
            screen.house.say("Logged as a gap, for the team.")

    form = FormScreen(
        "A gap: what is not here", GAP, {"words": asked.strip()}, save, draft="gap",
        offered=("words",), intro=GAP_INTRO,
    )  # fmt: skip
    screen.app.push_screen(form, then)


def _parted(said: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is said of the entry, and what of its place."""
    entry = dict(said)
    for name in LISTED:
        entry[name] = [one.strip() for one in said[name].split(",") if one.strip()]
    place = {"name": entry.pop("place")}
    return entry, place | {name: entry.pop(name) for name in ("address", "postcode")}
