"""Taking an introduction down: who, both reasons, what was agreed, what is safe.

While it is typed it is looked whether they are known already, beside the keys: what agrees is said,
and nothing is joined by itself.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content

from linkworker.caseload import introductions
from linkworker.caseload.already_known import MayBe, WhoItMayBe, facts_typed
from linkworker.refusal import Refused
from linkworker.schema import values
from linkworker.screens.form import FormScreen
from linkworker.widgets.fields import Field
from linkworker.widgets.forms import Ask, FormRow, NotUnderstood, options
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.words import joined, one_line

if TYPE_CHECKING:
    from linkworker.rules.same_person import Facts
    from linkworker.store import WriteTx

INTRO = "Nothing here is needed, not even a name: a reason alone is an introduction."
YES_NO = (("", "not asked"), ("yes", "yes"), ("no", "no"))
WHO = (
    Ask("called", "Their name", hint="as they like to be called, if it is known"),
    Ask("given", "Given name", hint="where it is another"),
    Ask("family", "Family name"),
    Ask("description", "Or who it is", example="man, sixties, Blue Badge"),
    Ask("born", "Born", "born", example="3/5/1948, 1948, about 1950, or an age"),
    Ask("phone", "Phone"),
    Ask("message", "A message there?", "one of", YES_NO),
    Ask("place", "Village or part of town"),
    Ask("postcode", "Postcode"),
    Ask("nhs_number", "NHS number"),
)
ABOUT = (
    Ask("their_reason", "Why, as the introducer says", "long"),
    Ask("own_reason", "Why, as they say", "long", hint="in their own words"),
    Ask("safe_to_reach", "Safe to reach?", example="ring before 3, no letters"),
    Ask("knows", "Do they know?", "one of", options(*values.KNOWS)),
    Ask("agreed_to", "What they agreed to"),
    Ask("urgency", "How soon", "one of", options(*values.URGENCIES[1:], empty="when we can")),
    Ask("by_name", "Introduced by"),
    Ask("by_role", "Their role", example="GP, librarian, neighbour"),
    Ask("by_service", "Service or team"),
    Ask("by_organisation", "Organisation"),
    Ask("by_contact", "How to reach them"),
    Ask("how", "How it came", "one of", options(*values.INTRODUCED, empty="not said")),
    Ask("answer_to", "Who wants an answer"),
    Ask(
        "may_answer",
        "May they hear?",
        "one of",
        (("", "not agreed yet"), ("yes", "yes, they agreed")),
    ),
)
CAME = Ask("came", "Came", "past day", hint="today")
COMPARED = ("called", "given", "family", "born", "phone", "postcode", "nhs_number")
"""The fields that tell who somebody is."""


class IntroductionForm(FormScreen):
    """The form for somebody new, with who it may be below it."""

    def __init__(self) -> None:
        super().__init__(
            "A new introduction",
            (*WHO, *ABOUT, CAME),
            {"knows": "not said"},
            self._take_down,
            draft="introduction",
            intro=INTRO,
        )
        self._everybody: WhoItMayBe | None = None
        self._asked = 0
        """Counts what was asked of the check: only the answer to the last is shown."""

    def body(self) -> ComposeResult:
        """Yield the fields, and the line that says who it may be."""
        yield from super().body()
        yield Sentence(id="maybe")

    def on_mount(self) -> None:
        """Look who it may be whenever one of the fields changes that tell it."""
        for row in self.query(FormRow):
            if row.ask.name in COMPARED and isinstance(row.field, Field):
                self.watch(row.field, "value", self._look_who, init=False)

    def store_changed(self, change: Any) -> None:
        """Somebody came or went: they are read again at the next key."""
        self._everybody = None

    def _look_who(self) -> None:
        """Ask who it may be, on a thread: no key waits for it, and the last to ask is answered."""
        facts = self._facts()
        self._asked += 1
        asked = self._asked

        def ask() -> None:
            if asked != self._asked:
                return
            try:
                everybody = self._everybody
                if everybody is None:
                    with self.house.store.read() as tx:
                        everybody = WhoItMayBe.read(tx)
                found = everybody.like(facts)
            except Refused:  # locked meanwhile: it is asked again with the next key
                return
            self.app.call_from_thread(self._say_who, asked, everybody, found)

        self.run_worker(ask, thread=True, group="who it may be")

    def _say_who(self, asked: int, everybody: WhoItMayBe, found: list[MayBe]) -> None:
        self._everybody = everybody
        if asked != self._asked or not self.query("#maybe"):
            return
        line = self.query_one("#maybe", Sentence)
        line.display = bool(found)
        line.show(Content("\n").join(_may_be(one) for one in found))

    def _facts(self) -> Facts:
        raw = {row.ask.name: row for row in self.query(FormRow) if row.ask.name in COMPARED}
        born: date | None = None
        try:
            day = raw["born"].value()
            born = day if isinstance(day, date) and raw["born"].precision == "day" else None
        except NotUnderstood:
            born = None
        return facts_typed({name: str(row.raw) for name, row in raw.items()}, born)

    def _take_down(self, said: dict[str, Any]) -> str:
        with self.house.store.write("took an introduction down") as tx:
            _, introduction_id = take_down(tx, said)
        return introduction_id


def take_down(tx: WriteTx, said: dict[str, Any]) -> tuple[str, str]:
    """Write down what the form held; return the ids of the person and the introduction."""
    told = dict(said)
    who = {name: told.pop(name) for name in _OF_PERSON}
    phone, message, postcode = (told.pop(name) for name in ("phone", "message", "postcode"))
    reach = {"value": phone, "safe_to_leave": message or "not asked"}
    day = told.pop("came")
    came_at = introductions.came_on(tx, day)
    return introductions.take_down(
        tx,
        who,
        came_at=came_at,
        reaches=(reach,) if phone.strip() else (),
        address={"postcode": postcode} if postcode.strip() else None,
        **told | {"may_answer": told["may_answer"] == "yes"},
    )


_OF_PERSON = (
    *("called", "given", "family", "description", "born", "born_precision"),
    *("place", "nhs_number"),
)


def _may_be(one: MayBe) -> Content:
    place = f", {one.place}" if one.place else ""
    return joined(
        ("May be ", "$care"),
        one_line(f"{one.name}{place}", "bold"),
        ". ",
        one_line(one.why, "$soft"),
    )
