"""What one can do with what stands on a person's page: open, add, tick, take away, put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linkworker.caseload import (
    connections,
    households,
    note_correcting,
    people,
    safety,
    support,
)
from linkworker.caseload.entered_twice import records_of
from linkworker.refusal import Refused
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.person import came_by, not_together, on_a_row, story
from linkworker.screens.person.behind import BEHIND
from linkworker.screens.person.every_kind import KINDS
from linkworker.screens.person.kinds import Kind, Thing, Values
from linkworker.screens.person.kinds_around import BEGINNING
from linkworker.screens.person.tosettle import APART_THING, THING, TWICE_THING, say_who_walks
from linkworker.screens.settle_rows import open_to_settle
from linkworker.widgets import phrases
from linkworker.widgets.acting import act, read, say_refusal
from linkworker.widgets.forms import Ask
from linkworker.widgets.rows import Row

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import ReadTx, WriteTx


def open_thing(screen: PersonPage, row: Row, thing: Thing) -> None:
    """Open or correct a thing; where it could stand and does not yet, add it."""
    if thing.kind == "entry" and story.waits_to_be_written_up(thing.row):
        write_up(screen, thing)
    elif thing.kind == "entry":
        screen.unfold(row)
    elif thing.kind == "hand-over sheet":
        screen.look_for(thing.row_id)
    elif thing.kind == "strengths":
        screen.action_section("plan")
    elif thing.kind == "household" and thing.row_id:
        screen.house.open_person(thing.row.person_id)
    elif thing.kind == "kept apart":
        open_kept_apart(screen, "")
    elif thing.kind == came_by.THING:
        came_by.open_introduction(screen, thing)
    elif thing.kind == TWICE_THING:
        say_who_walks(screen, thing.row)
    elif thing.kind in (THING, APART_THING):
        open_to_settle(screen, screen.person_id, thing.row)
    elif thing.row_id:
        correct(screen, thing)
    else:
        add(screen, thing)


def _draft(screen: PersonPage, thing: Thing) -> str:
    return f"{screen.person_id}:{thing.kind}:{thing.row_id}"


def _heading(screen: PersonPage, words: str) -> str:
    name = screen.banner.name if screen.banner is not None else ""
    return f"{name}: {words}"


def _say_doubt(screen: PersonPage, kind: Kind, said: Values) -> None:
    """Say where something that was written and is kept may be mistaken."""
    doubt = kind.doubt(said) if kind.doubt is not None else ""
    if doubt:
        screen.house.say(doubt)


def _ask_first(screen: PersonPage, kind: Kind, before: Values) -> Callable[[Values], str] | None:
    """Return what asks before it is written, where this kind of thing may have to be asked."""
    asking = kind.ask_first
    if asking is None:
        return None
    return lambda said: read(screen.house, asking, screen.person_id, said, before)


def begin(screen: PersonPage) -> None:
    """Ask about the support that begins, or begins again, and add it."""
    add(screen, Thing("support"), only=BEGINNING)


def add(screen: PersonPage, thing: Thing, *, only: tuple[str, ...] = ()) -> None:
    """Ask about a new thing and add it.

    With `only`, what was typed before and not done is gone on with where its kind is one of them.
    """
    if thing.kind == "household":
        live_with(screen)
        return
    if thing.kind == "not with" and "name" not in thing.start:
        by_name = Thing("not with", start={"name": ""})
        not_together.ask(screen, lambda: add(screen, by_name))
        return
    kind = KINDS[thing.kind]
    if kind.add is None:
        return
    adding = kind.add
    offers: Values = {}
    if kind.offers is not None:
        offers = read(screen.house, kind.offers, screen.person_id)

    asked = {ask.name for ask in kind.asks}
    unasked = {name: value for name, value in thing.start.items() if name not in asked}

    def fits(tx: ReadTx, typed: Values) -> bool:
        meant = not only or typed.get("kind") in ("", *only)
        return meant and (kind.fits is None or kind.fits(tx, screen.person_id, typed))

    def save(said: Values) -> Any:
        with screen.house.store.write(f"added {kind.said}", person=screen.person_id) as tx:
            added = adding(tx, screen.person_id, {**unasked, **said})
        _say_doubt(screen, kind, said)
        return added

    screen.app.push_screen(
        FormScreen(
            _heading(screen, kind.said),
            kind.asks,
            {**offers, **thing.start},
            save,
            person_id=screen.person_id,
            draft=_draft(screen, thing),
            offered=offers,
            fits=fits,
            ask_first=_ask_first(screen, kind, {}),
        )
    )


def correct(screen: PersonPage, thing: Thing) -> None:
    """Ask about a thing that is there, with what is known of it, and correct it."""
    kind = KINDS.get(thing.kind)
    if kind is None or kind.correct is None:
        return
    correcting = kind.correct
    asks = tuple(ask for ask in (*kind.asks, *kind.more) if ask.name not in kind.only_new)
    if kind.may_be is not None:
        try:
            may_be = read(screen.house, kind.may_be, thing.row_id)
        except Refused as refused:  # it was taken away meanwhile
            say_refusal(screen.house, refused)
            return
        asks = tuple(ask.limited(may_be) if ask.name == "kind" else ask for ask in asks)
    known = {ask.name: _known(thing, ask) for ask in asks}

    def save(said: Values) -> Any:
        with screen.house.store.write(f"corrected {kind.said}", person=screen.person_id) as tx:
            corrected = correcting(tx, thing.row_id, said)
        _say_doubt(screen, kind, said)
        return corrected

    screen.app.push_screen(
        FormScreen(
            _heading(screen, kind.said),
            asks,
            known,
            save,
            person_id=screen.person_id,
            draft=_draft(screen, thing),
            intro=kind.correcting_says,
            ask_first=_ask_first(screen, kind, known),
        )
    )


def _known(thing: Thing, ask: Ask) -> Any:
    if ask.name in thing.start:
        return thing.start[ask.name]
    return getattr(thing.row, ask.name, None)


def add_something(screen: PersonPage) -> None:
    """Ask what to add to this section, the kind under the cursor first; one kind asks nothing."""
    here = screen.thing
    kinds = screen.section.kinds
    start = here if here is not None and here.kind in kinds else None
    if len(kinds) == 1:
        add(screen, Thing(kinds[0]))
        return

    def take(name: str | None) -> None:
        if name is None:
            return
        under = start.start if start is not None and start.kind == name else {}
        if name == "step" and here is not None and here.kind in ("goal", "step"):
            goal = here.row_id if here.kind == "goal" else getattr(here.row, "goal_id", "")
            under = {"goal_id": goal}
        add(screen, Thing(name, start=under))

    first = (start.kind,) if start is not None else ()
    order = (*first, *(name for name in kinds if name not in first))
    every = [(name, KINDS[name].label, KINDS[name].hint) for name in order]
    screen.app.push_screen(ChooseScreen(_heading(screen, "add"), every), take)


SETTLED = ("open", "done", "reached")
"""States of a step or hope that Space changes at once; any other was said on purpose, and why."""


def tick(screen: PersonPage, thing: Thing) -> None:
    """Done or not done, in the way or cleared; what was let go or not done is asked about first."""
    if getattr(thing.row, "state", "open") in SETTLED:
        _tick(screen, thing)
        return

    def take(answer: str | None) -> None:
        if answer == "open":
            _tick(screen, thing)

    every = (
        ("leave", "Leave it as it is", ""),
        ("open", "Open it again", "Ctrl+Z takes it back"),
    )
    heading = _heading(screen, f"{KINDS[thing.kind].said}, {thing.row.state}")
    screen.app.push_screen(ChooseScreen(heading, every, "leave"), take)


def _tick(screen: PersonPage, thing: Thing) -> None:
    kind = KINDS[thing.kind]
    if kind.tick is None:
        return
    ticking = kind.tick
    said = act(
        screen.house, f"ticked {kind.said}", lambda tx: ticking(tx, thing), person=screen.person_id
    )
    if said:
        screen.house.say(f"{said} Ctrl+Z takes it back.")


def live_with(screen: PersonPage) -> None:
    """Choose who lives in the same household."""
    from linkworker.screens.choose_person import ChoosePersonScreen

    def take(other: str | None) -> None:
        if other is not None:
            act(
                screen.house,
                "who they live with",
                lambda tx: households.live_together(tx, screen.person_id, other),
                person=screen.person_id,
            )

    question = "Who lives with them?"
    screen.app.push_screen(ChoosePersonScreen(question, (screen.person_id,)), take)


ENTRY_REMOVES: dict[str, tuple[str, Callable[[WriteTx, str], Any]]] = {
    "support": ("support", support.remove_event),
    "whereabouts": ("where they are", support.remove_whereabouts),
    "connection": ("a stage of a connection", connections.remove_stage),
}
"""Entries of the story that are not notes: what they are called, and how they are taken away."""


def remove(screen: PersonPage, thing: Thing) -> None:
    """Take a thing away; a note goes with all that it added."""
    if thing.kind == "entry" and thing.row.kind in ("contact", "note"):
        take_back_entry(screen, thing)
        return
    if thing.kind == "who they are":
        remove_person(screen)
        return
    said, removing = "", None
    if thing.kind == "entry":
        said, removing = ENTRY_REMOVES.get(thing.row.kind, ("", None))
    elif thing.kind in KINDS and thing.row_id:
        said, removing = KINDS[thing.kind].said, KINDS[thing.kind].remove
    if removing is None:
        screen.house.hint("This is not taken away here. Enter opens it.")
        return
    act(screen.house, f"removed {said}", _row_away(removing, thing.row_id), person=screen.person_id)
    screen.house.say("Taken away. Ctrl+Z brings it back.")


def _row_away(removing: Callable[[WriteTx, str], Any], row_id: str) -> Callable[[WriteTx], bool]:
    def do(tx: WriteTx) -> bool:
        removing(tx, row_id)
        return True

    return do


def remove_person(screen: PersonPage) -> None:
    """Ask once more, then take somebody out of the list who was added by mistake."""

    def take(answer: str | None) -> None:
        if answer == "yes":
            away = _row_away(people.remove_person, screen.person_id)
            if act(screen.house, "removed somebody", away, person=screen.person_id):
                screen.house.say("Taken out of the list. Ctrl+Z brings them back.")

    every = (
        ("no", "Leave the page as it is", ""),
        ("yes", "Added by mistake: take the whole page away", "Ctrl+Z brings it back"),
    )
    screen.app.push_screen(ChooseScreen(_heading(screen, "take away"), every, "no"), take)


def take_back_entry(screen: PersonPage, thing: Thing) -> None:
    """Undo the act that wrote a note or contact, also last week's, where nothing newer stands."""
    store = screen.house.store
    entry = thing.row
    if story.refuse_theirs(screen.house, entry):
        return
    table, row_id = ("note", entry.note_id) if entry.note_id else ("contact", thing.row_id)
    try:
        wrote = store.act_of(table, row_id)
        if not wrote:
            screen.house.hint("This was not written here, so it cannot be taken back here.")
            return
        store.undo(wrote)
    except Refused as refused:
        say_refusal(screen.house, refused)
    else:
        screen.house.say("Taken back, with all that it added. Ctrl+Y brings it again.")


def put_right(screen: PersonPage, thing: Thing) -> None:
    """Put right what stands under the cursor, whatever it is.

    Of a note its words, or when, how and where it was: the note itself stays as it was written,
    and what is right stands beside it, begun with the words as they stand. Any other entry of the
    story opens its own form.
    """
    entry = thing.row
    if thing.kind != "entry":
        correct(screen, thing)
        return
    if story.refuse_theirs(screen.house, entry):
        return
    if entry.kind in BEHIND:
        record = entry.record or screen.person_id
        behind = read(screen.house, BEHIND[entry.kind], record, entry.row_id)
        if behind is not None and behind.kind == "connection":
            on_a_row.how_it_went(screen, behind)
        elif behind is not None:
            correct(screen, behind)
        return

    def take(answer: str | None) -> None:
        if answer == "words":
            from linkworker.screens.note import NoteScreen

            stands = read(screen.house, note_correcting.latest, entry.note_id)
            note = NoteScreen((entry.record or screen.person_id,), None, corrects=stands)
            screen.app.push_screen(note)
        elif answer == "facts":
            start = {"day": entry.day, "time": phrases.clock_said(entry.at), "how": entry.head}
            correct(screen, Thing("contact", entry.row_id, entry, start))

    if entry.kind == "note":
        take("words")
    elif not entry.note_id:
        take("facts")
    else:
        every = (
            ("words", "What was written", "a correction beside the note"),
            ("facts", "When, how and where", "the facts of the visit or call"),
        )
        screen.app.push_screen(ChooseScreen(_heading(screen, "put right"), every), take)


def write_up(screen: PersonPage, thing: Thing) -> None:
    """Open a contact that has no note: write its note, or put right when, how and where it was."""
    person_id = thing.row.record or screen.person_id

    def take(answer: str | None) -> None:
        if answer == "note":
            from linkworker.screens.note import NoteScreen

            screen.app.push_screen(NoteScreen((person_id,), contact_id=thing.row_id))
        elif answer == "facts":
            put_right(screen, thing)

    every = (
        ("note", "Write its note", "what happened, in the words it happened in"),
        ("facts", "When, how and where", "the facts of the visit or call"),
    )
    screen.app.push_screen(ChooseScreen(_heading(screen, "a contact without a note"), every), take)


def copy_out(screen: PersonPage, thing: Thing) -> None:
    """Send a note to the clipboard as plain text; a terminal may swallow it, so offer a file."""
    from linkworker.screens.note_copy import CopiedScreen, finished_text

    today = screen.house.today
    screen.app.push_screen(CopiedScreen(finished_text(thing.row, today), thing.row.day or today))


def open_kept_apart(screen: PersonPage, note_id: str) -> None:
    """Ask why, then show what is kept apart; that it was read is kept in the audit."""
    from linkworker.screens.person.keptapart import KeptApartScreen

    def save(said: Values) -> Any:
        with screen.house.store.write("read kept apart", quiet=True) as tx:
            return [
                part
                for record in records_of(tx, screen.person_id)
                for part in safety.open_kept_apart(
                    tx, record, note_id=note_id, reason=said["reason"]
                )
            ]

    def show(found: Any) -> None:
        if isinstance(found, list) and found:
            screen.app.push_screen(KeptApartScreen(screen.person_id, found))
        elif found is not None:
            screen.house.hint("Nothing is kept apart here.")

    screen.app.push_screen(
        FormScreen(
            _heading(screen, "kept apart"),
            (Ask("reason", "Why you are opening it"),),
            {},
            save,
            person_id=screen.person_id,
            draft=f"{screen.person_id}:kept apart:{note_id}",
            intro="These words are kept apart from the record. The audit keeps that you read them.",
        ),
        show,
    )
