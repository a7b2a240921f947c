"""What can be done only with some rows: tick, not done, agree, call off, go on, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from linkworker.caseload import appointments, connections, hopes, steps
from linkworker.rules.shown_names import spoken_name
from linkworker.schema import values
from linkworker.screens.form import FormScreen
from linkworker.screens.how_made import FOR_COLLEAGUES, REGULAR, made_asks, made_of
from linkworker.screens.not_done import NO_STEP, ask_not_done
from linkworker.screens.person.every_kind import KINDS
from linkworker.screens.person.kinds import AGREED, Thing, Values
from linkworker.widgets.forms import Ask, options

if TYPE_CHECKING:
    from linkworker.caseload.person import Banner
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import WriteTx

Agree = Callable[["WriteTx", str, str, date | None], None]

AGREEING: dict[str, tuple[str, Agree]] = {
    "strength": ("a strength", hopes.agree_strength),
    "goal": ("a hope", hopes.agree_goal),
    "step": ("a step", steps.agree_step),
}
"""What is noted until it is agreed: what it is called, and how it is agreed."""

NOT_AGREED = "Agree is for a strength, hope or step that is noted."
NOT_ARRANGED = "Call off is for a visit, call or session that is to come."
BEGUN = "Somebody walks alongside them already. 5 How things are has the support as it went."
NOBODY_TO_BEGIN = "Nothing begins here any more."
NOT_BEGUN = "Support has not begun. b begins it."
LEFT = ("stepped back", "ended")
MET = ("goal", "looked for", "in the way", "strength")
"""What somebody or something could meet; of a strength, whose hope it could meet."""
NOT_MET = "Who could help is for a hope, what is looked for, what is in the way, or a strength."
NOT_ASKED = "They have not said that they may be asked about it. Once they have, Enter says so."
NO_WORDS = "There is nothing to put right here."
KEPT_APART = "What is kept apart is not put right here. k opens it."
NO_TICK = "There is nothing to tick here. Enter opens it."
NO_STAGES = "Went on is for a group, place or service, under 4 Connections."
HEARS = "For colleagues goes to the directory: all of the team reads it, so it names nobody."
NEXT_STAGE = {
    "suggested": "in touch",
    "in touch": "went once",
    "went once": "still going",
    "still going": "still going",
    "helper": "helper",
}
"""What is likely to come next, by the stage at which a connection stands."""
GOES_ON = tuple(one for one in values.STAGES if one not in values.STAGES_ENDED)
NO_TURNS = "How it went is for somebody around them, or a group or place."


def why_not_tick(thing: Thing | None) -> str:
    """Return why there is nothing to tick here, "" where there is."""
    kind = KINDS.get(thing.kind) if thing is not None and thing.row_id else None
    return "" if kind is not None and kind.tick is not None else NO_TICK


def why_not_not_done(thing: Thing | None) -> str:
    """Return why nothing can be said to be not done here, "" where it can."""
    step = thing is not None and thing.kind == "step" and bool(thing.row_id)
    return "" if step and thing is not None and thing.row.is_open else NO_STEP


def why_not_put_right(thing: Thing | None) -> str:
    """Return why there is nothing to put right here, "" where there is."""
    if thing is None or not thing.row_id:
        return NO_WORDS
    if thing.kind == "entry":
        return "" if thing.row.kind != "kept apart" else KEPT_APART
    kind = KINDS.get(thing.kind)
    return "" if kind is not None and kind.correct is not None else NO_WORDS


def not_done(screen: PersonPage, thing: Thing) -> None:
    """Ask why a step was not done, and write it."""
    name = screen.banner.name if screen.banner is not None else ""
    ask_not_done(
        screen.app, screen.house, screen.person_id, thing.row_id, f"{name}: a step, not done"
    )


def why_not_begin(banner: Banner | None) -> str:
    """Return why support cannot begin now, or begin again, "" where it can."""
    if banner is None or banner.died:
        return NOBODY_TO_BEGIN
    return "" if banner.support in ("", "paused", *LEFT) else BEGUN


def why_not_support(banner: Banner | None) -> str:
    """Return why nothing can happen to the support, "" where it can."""
    if banner is None or banner.died:
        return NOBODY_TO_BEGIN
    return "" if banner.support else NOT_BEGUN


def why_not_who_helps(thing: Thing | None) -> str:
    """Return why nobody is looked for here, "" where somebody is."""
    if thing is None or not thing.row_id or thing.kind not in MET:
        return NOT_MET
    return NOT_ASKED if thing.kind == "strength" and thing.row.may_ask != "yes" else ""


def who_helps(screen: PersonPage, thing: Thing) -> None:
    """Show who and what could meet a hope, or whose hope a strength could meet."""
    from linkworker.screens.who_helps import WhoHelpsScreen

    screen.app.push_screen(
        WhoHelpsScreen(screen.person_id, thing.kind, thing.row_id, thing.row.words)
    )


def why_not_agree(thing: Thing | None) -> str:
    """Return why there is nothing to agree here, "" where there is."""
    if thing is None or thing.kind not in AGREEING or not thing.row_id:
        return NOT_AGREED
    if thing.row.agreed_with:
        return "This is agreed already. Enter corrects with whom, and when."
    return ""


def agree(screen: PersonPage, thing: Thing) -> None:
    """Ask with whom it is agreed and since when; the person themselves stands there first."""
    said_as, agreeing = AGREEING[thing.kind]
    person_id, row_id = screen.person_id, thing.row_id
    banner = screen.banner
    name = spoken_name(banner.called, banner.given) or banner.name if banner is not None else ""
    start = {"agreed_with": name}

    def save(said: Values) -> Any:
        with screen.house.store.write(f"agreed {said_as}", person=person_id) as tx:
            return agreeing(tx, row_id, said["agreed_with"], said["agreed_on"])

    screen.app.push_screen(
        FormScreen(
            f"Agree: {thing.row.words}",
            AGREED,
            start,
            save,
            person_id=person_id,
            draft=f"{person_id}:agree:{row_id}",
        )
    )


def why_not_call_off(thing: Thing | None) -> str:
    """Return why there is nothing to call off here, "" where there is."""
    arranged = thing is not None and thing.kind == "appointment" and bool(thing.row_id)
    return "" if arranged and thing is not None and thing.row.state == "to come" else NOT_ARRANGED


def call_off(screen: PersonPage, thing: Thing) -> None:
    """Ask why, and call off what was arranged; it is not taken away, and says that it was."""
    person_id, row_id = screen.person_id, thing.row_id

    def save(said: Values) -> Any:
        with screen.house.store.write("called off an appointment", person=person_id) as tx:
            appointments.call_off(tx, row_id, words=said["words"])
        screen.house.say("Called off. Ctrl+Z brings it back.")

    name = screen.banner.name if screen.banner is not None else ""
    asks = (Ask("words", "Why, or whose", hint="nothing need be said"),)
    screen.app.push_screen(
        FormScreen(
            f"{name}: call off",
            asks,
            {},
            save,
            person_id=person_id,
            draft=f"{person_id}:call off:{row_id}",
        )
    )


def why_not_move_on(thing: Thing | None) -> str:
    """Return why nothing goes on here, "" where it does."""
    known = thing is not None and thing.kind == "connection" and bool(thing.row_id)
    return "" if known else NO_STAGES


def move_on(screen: PersonPage, thing: Thing) -> None:
    """Ask how a connection went on: the stage that comes next stands there first."""
    person_id, row_id, one = screen.person_id, thing.row_id, thing.row
    asks = (
        Ask("kind", "Stage", "one of", options(*values.STAGES), must_choose=True),
        Ask("on", "When", "past day", hint="today"),
        Ask("words", "How it was, or why", hint="in their words"),
        *((FOR_COLLEAGUES,) if one.service_id else ()),
        *(replace(ask, when=("helper", "still going")) for ask in REGULAR),
        *made_asks(empty="nobody was told more", when=GOES_ON),
    )
    start = {"kind": NEXT_STAGE.get(one.stage, ""), "checks": one.checks}
    start["regular"] = "yes" if one.regular else ""

    def save(said: Values) -> Any:
        said = made_of(said)
        role = {name: said.pop(name) for name in ("regular", "checks")}
        with screen.house.store.write(f"a connection: {said['kind']}", person=person_id) as tx:
            connections.reach_stage(tx, row_id, said.pop("kind"), **said)
            if role != {"regular": one.regular, "checks": one.checks}:
                connections.correct_connection(tx, row_id, **role)

    screen.app.push_screen(
        FormScreen(
            f"{one.name}: how it went on",
            asks,
            start,
            save,
            person_id=person_id,
            draft=f"{person_id}:went on:{row_id}",
            intro=HEARS if one.service_id else "",
        )
    )


def why_not_how_it_went(thing: Thing | None) -> str:
    """Return why nothing can have gone in any way here, "" where it can."""
    known = thing is not None and thing.kind in ("tie", "connection") and bool(thing.row_id)
    return "" if known else NO_TURNS


def how_it_went(screen: PersonPage, thing: Thing) -> None:
    """Show every stage and how near it was, to put one right or take it away."""
    from linkworker.screens.person.howitwent import HowItWentScreen

    name = screen.banner.name if screen.banner is not None else ""
    heading = f"{name}: how it went, {thing.row.name}"
    screen.app.push_screen(HowItWentScreen(screen.person_id, thing.row_id, heading))
