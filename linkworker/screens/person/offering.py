"""A strength that colleagues may have too: offered in words that name nobody, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkworker.caseload import offers
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.screens.person.kinds import Thing, Values
from linkworker.screens.person.on_a_row import NOT_ASKED
from linkworker.widgets.acting import act
from linkworker.widgets.forms import Ask

if TYPE_CHECKING:
    from linkworker.screens.person.personpage import PersonPage
    from linkworker.store import WriteTx

ASKS = (
    Ask("words", "What colleagues read", example="somebody who mends bicycles, patiently"),
    Ask("area", "Village or area"),
)
INTRO = (
    "Only where they agreed to it. All of the team reads these words, with your name and not "
    "theirs: a colleague asks you, and you ask them."
)
NOT_A_STRENGTH = "Offer is for a strength that they are happy to be asked about, under 2 Plan."


def why_not_offer(thing: Thing | None) -> str:
    """Return why nothing can be offered here, "" where something can, or is."""
    if thing is None or thing.kind != "strength" or not thing.row_id:
        return NOT_A_STRENGTH
    return "" if thing.row.may_ask == "yes" else NOT_ASKED


def offer(screen: PersonPage, thing: Thing) -> None:
    """Offer a strength to colleagues' people; of what is offered, say it anew or take it back."""
    if not thing.row.is_offered:
        _ask(screen, thing)
        return

    def take(answer: str | None) -> None:
        if answer == "words":
            _ask(screen, thing)
        elif answer == "back":
            _take_back(screen, thing)

    every = (
        ("leave", "Leave it as it is", ""),
        ("words", "Say it in other words", thing.row.offered),
        ("back", "Take it back", "colleagues read of it no more; Ctrl+Z offers it again"),
    )
    screen.app.push_screen(ChooseScreen("Offered to colleagues", every, "leave"), take)


def _ask(screen: PersonPage, thing: Thing) -> None:
    one = thing.row

    def save(said: Values) -> Any:
        with screen.house.store.write("offered a strength", person=screen.person_id) as tx:
            offers.offer(tx, thing.row_id, said["words"], area=said["area"])
        screen.house.say("Offered to colleagues. o takes it back.")

    start = {"words": one.offered or one.words, "area": one.offered_in}
    draft = f"{screen.person_id}:offer:{thing.row_id}"
    form = FormScreen(
        "Offer to colleagues' people",
        ASKS,
        start,
        save,
        person_id=screen.person_id,
        draft=draft,
        intro=INTRO,
    )
    screen.app.push_screen(form)


def _take_back(screen: PersonPage, thing: Thing) -> None:
    def do(tx: WriteTx) -> bool:
        return offers.withdraw(tx, thing.row_id)

    if act(screen.house, "took an offer back", do, person=screen.person_id):
        screen.house.say("Taken back. Ctrl+Z offers it again.")
