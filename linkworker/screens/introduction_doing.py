"""What a key does with an introduction: each is one act, and Ctrl+Z takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linkworker.caseload import already_known, introductions
from linkworker.caseload.introductions import ENDS, Introduced
from linkworker.schema import values
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.choose_person import ChoosePersonScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.introduction_rows import look
from linkworker.widgets import phrases
from linkworker.widgets.acting import act, read
from linkworker.widgets.forms import Ask, options

if TYPE_CHECKING:
    from linkworker.store import WriteTx
    from linkworker.widgets.frame import Frame

ACCEPT = (
    Ask("level", "From then on", "one of",
        (("", "the level is not said yet"),
         *((str(level), words) for level, words in values.LEVELS.items()))),
    Ask("on", "Since", "past day", hint="today"),
)  # fmt: skip
END = (
    Ask("outcome", "What became of it", "one of", options(*ENDS), must_choose=True),
    Ask("why", "Why", "long", hint="in a few words"),
)
BY_NAME = "by name"
JOINED = "Joined to {name}. Ctrl+Z parts them again."


def accept(screen: Frame, one: Introduced) -> None:
    """Ask for the level and the day, and begin the support."""

    def do(said: dict[str, Any]) -> None:
        level = int(said["level"]) if said["level"] else None
        with _write(screen, "accepted an introduction", one) as tx:
            introductions.accept(tx, one.introduction_id, level=level, on=said["on"])

    def say(done: Any) -> None:
        if done:
            screen.house.say(f"{one.name} is among your people now. Ctrl+Z takes it back.")

    _form(screen, f"Accept {one.name}", ACCEPT, {}, do, one, "accept", say)


def put_right(screen: Frame, one: Introduced) -> None:
    """Ask again for what was said at the introduction; the person's own record is on their page."""
    from linkworker.screens.introduction_form import ABOUT

    held = {ask.name: getattr(one, ask.name) for ask in ABOUT}
    held["may_answer"] = "yes" if one.may_answer else ""

    def do(said: dict[str, Any]) -> None:
        told = said | {"may_answer": said["may_answer"] == "yes"}
        changed = {name: value for name, value in told.items() if value != getattr(one, name)}
        with _write(screen, "put an introduction right", one) as tx:
            introductions.correct_introduction(tx, one.introduction_id, **changed)

    _form(
        screen,
        f"{one.name}: the introduction",
        ABOUT,
        held,
        do,
        one,
        "put right",
        lambda done: None,
    )


def tried(screen: Frame, one: Introduced, which: int) -> None:
    """Record an attempt of now."""
    outcome = values.REACHED_NOBODY[which]
    recorded = act(
        screen.house,
        "tried to reach somebody",
        lambda tx: introductions.record_attempt(tx, one.introduction_id, outcome),
        person=one.person_id,
    )
    if recorded is not None:
        said = phrases.OUTCOMES.get(outcome, outcome)
        screen.house.say(f"Written down: {said}. Ctrl+Z takes it back.")


def end(screen: Frame, one: Introduced) -> None:
    """Ask what became of it and why."""

    def do(said: dict[str, Any]) -> None:
        with _write(screen, "ended an introduction", one) as tx:
            introductions.end(tx, one.introduction_id, said["outcome"], said["why"])

    _form(screen, f"{one.name}: not here", END, {}, do, one, "end", lambda done: None)


def told(screen: Frame, one: Introduced) -> None:
    """Write down that they were told today that they were introduced."""
    act(
        screen.house,
        "told somebody that they were introduced",
        lambda tx: introductions.told(tx, one.introduction_id),
        person=one.person_id,
    )


def hears(screen: Frame, one: Introduced) -> None:
    """Write down that they agreed that whoever wants an answer hears, or that they do no more."""
    agreed = not one.may_answer

    def do(tx: WriteTx) -> bool:
        introductions.may_hear(tx, one.introduction_id, agreed)
        return True

    if act(screen.house, "said who may hear of an introduction", do, person=one.person_id):
        word = "may" if agreed else "may not"
        screen.house.say(f"Who asked {word} hear what becomes of it. Ctrl+Z takes it back.")


def wait_again(screen: Frame, one: Introduced) -> None:
    """Put one that came to nothing among those who wait."""
    act(
        screen.house,
        "put an introduction back",
        lambda tx: introductions.wait_again(tx, one.introduction_id),
        person=one.person_id,
    )


def known(screen: Frame, one: Introduced) -> None:
    """Ask who it is: first who it may be, each with why; or anybody, by name."""
    found = read(screen.house, look, one.introduction_id)
    likely = found.may_be if found is not None else []
    if not likely:
        _by_name(screen, one)
        return
    every = [
        (each.person_id, f"{each.name}{', ' if each.place else ''}{each.place}", each.why)
        for each in likely
    ]

    def take(answer: str | None) -> None:
        if answer == BY_NAME:
            _by_name(screen, one)
        elif answer is not None:
            _join(screen, one, answer)

    screen.app.push_screen(
        ChooseScreen(
            f"Who is {one.name}?",
            [*((each[0], each[1], each[2]) for each in every), (BY_NAME, "Somebody else", "")],
            BY_NAME,
            "Only you can say. The introduction goes into the record that you choose.",
        ),
        take,
    )


def _by_name(screen: Frame, one: Introduced) -> None:
    def take(person_id: str | None) -> None:
        if person_id is not None:
            _join(screen, one, person_id)

    screen.app.push_screen(ChoosePersonScreen("Who is it?", (one.person_id,)), take)


def _join(screen: Frame, one: Introduced, person_id: str) -> None:
    from linkworker.caseload import people

    def do(tx: WriteTx) -> bool:
        already_known.it_is(tx, one.introduction_id, person_id)
        return True

    if act(screen.house, "joined an introduction to somebody known", do, person=person_id):
        who = read(screen.house, people.named, person_id)
        screen.house.say(JOINED.format(name=who.name if who is not None else "them"))


def _write(screen: Frame, label: str, one: Introduced) -> Any:
    return screen.house.store.write(label, person=one.person_id)


def _form(
    screen: Frame,
    title: str,
    asks: tuple[Ask, ...],
    held: dict[str, Any],
    do: Callable[[dict[str, Any]], None],
    one: Introduced,
    what: str,
    then: Callable[[Any], None],
) -> None:
    screen.app.push_screen(
        FormScreen(
            *(title, asks, held, do),
            draft=f"{one.introduction_id}:{what}",
            person_id=one.person_id,
        ),
        then,
    )
