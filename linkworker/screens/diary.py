"""The community diary: groups and whether they go on without us, what we did, who helped lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from linkworker.caseload import community_diary as diary
from linkworker.caseload.community_diary import Done, Group, Volunteer
from linkworker.caseload.writing import NotSuch
from linkworker.rules.shown_days import say_day
from linkworker.rules.times import say_minutes
from linkworker.schema import values
from linkworker.screens.choose import ChooseScreen
from linkworker.screens.form import FormScreen
from linkworker.widgets.acting import act, read, told_anything
from linkworker.widgets.commands import Command, bindings
from linkworker.widgets.forms import Ask, options
from linkworker.widgets.frame import Frame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import SPACE, Row, flowing, heading, hint
from linkworker.widgets.usual import ADD, OPEN, REMOVE
from linkworker.widgets.words import one_line

if TYPE_CHECKING:
    from linkworker.screens.person.kinds import Values
    from linkworker.store import WriteTx

PLACE = "Community diary"
DAYS = 92
"""How far back it is shown."""
NOBODY_NAMED = "Nobody whom you walk alongside is named here."
NONE = (
    "Nothing is in it yet. Ins writes down a conversation, a group that you support or start, an "
    "open session, a volunteer, or the time that one gave."
)
WORK = (
    Ask("kind", "What", "one of", options(*values.COMMUNITY_WORK)),
    Ask("words", "In words", hint="name nobody whom you walk alongside"),
    Ask("minutes", "How long", "minutes"),
    Ask("area", "Where"),
    Ask("on", "On", "past day", hint="today"),
)
SESSION = (
    Ask("names", "First names", hint="as given, with commas; linked to nobody's record"),
    Ask("unwritten", "Rather not written", "number", hint="how many"),
    Ask("heads", "Heads", "number", hint="how many in all, if you counted"),
    Ask("place", "Where"),
    Ask("interpreters", "Interpreters", hint="which came, and who went home without"),
    Ask("turned_away", "Turned away", "number"),
    Ask("given", "Given", example="4 Baby Boxes"),
    Ask("words", "What it was like"),
    Ask("on", "On", "past day", hint="today"),
)
GROUP = (
    Ask("name", "Name"),
    Ask("our_part", "We", "one of", options(*values.OUR_PARTS)),
    Ask("about", "What it is"),
    Ask("area", "Where"),
    Ask("begun_on", "Since", "past day", hint="today"),
    Ask("stepped_back_on", "Runs without us since", "past day", hint="not yet"),
)
VOLUNTEER = (
    Ask("name", "Name"),
    Ask("role", "Role"),
    Ask("training", "Training", hint="what, and when"),
    Ask("checked", "DBS rule", hint="what your team's rule asks, and what was seen"),
    Ask("left_on", "Left on", "past day", hint="still with us"),
)
HOURS = (
    Ask("minutes", "How long", "minutes"),
    Ask("on", "On", "past day", hint="today"),
    Ask("words", "In words"),
)
PLACE_OF_FILE = (Ask("place", "File"),)
RUNS = (
    Ask("running", "Does it still run?", "one of", options(*values.RUNNING)),
    Ask("words", "In words"),
)
KINDS = (
    ("work", "A line of the diary", "a conversation, an event, a meeting"),
    ("session", "An open session", "who came: first names, or how many"),
    ("group", "A group", "that we support or started"),
    ("volunteer", "A volunteer", "who helps lead"),
)


class DiaryScreen(Frame):
    """What is to be asked, the groups, the last three months, and who helps lead."""

    CSS_PATH = "diary.tcss"
    KEYS = (
        OPEN.doing("open", help="Correct what is under the cursor", place=PLACE),
        ADD.doing("add", help="Write something down", place=PLACE),
        REMOVE.doing("take_away", help="Take a line or a session away; Ctrl+Z brings it back",
                     place=PLACE),
        Command("diary.runs", "Still runs?", "Say whether the group runs without us", ("r",),
                "runs", place=PLACE, rank=60,
                why_not=lambda screen: screen.why_not(Group, "a group")),
        Command("diary.back", "Without us", "Say that the group runs without us from today",
                ("b",), "step_back", place=PLACE, rank=45,
                why_not=lambda screen: screen.why_not_back()),
        Command("diary.hours", "Gave time", "Note time that the volunteer gave", ("h",), "hours",
                place=PLACE, rank=55,
                why_not=lambda screen: screen.why_not(Volunteer, "a volunteer")),
        Command("diary.register", "Register", "Save a register to print: of the session, or a "
                "blank one of the group", ("p",), "register", place=PLACE, rank=50,
                why_not=lambda screen: screen.why_not_register()),
    )  # fmt: skip
    BINDINGS = bindings(KEYS)
    heading = PLACE

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Page(self._rows(), choose_first=True, id="diary")

    def store_changed(self, change: Any) -> None:
        """Read again; the cursor stays."""
        if told_anything(change):
            self.query_one("#diary", Page).show(self._rows())
            self.refresh_bindings()

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again: by way of Community."""
        return ("community",)

    def on_page_chosen(self, event: Page.Chosen) -> None:
        """Other keys may work on another row."""
        self.refresh_bindings()

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    # -- what is shown

    def _rows(self) -> list[Row]:
        today = self.house.today
        since = today - timedelta(days=DAYS)
        groups = read(self.house, diary.groups)
        done = read(self.house, lambda tx: diary.done(tx, since, today))
        helpers = read(self.house, lambda tx: diary.volunteers(tx, since, today))
        parts: list[tuple[str, list[Row]]] = [
            ("Do they still run?", [self._group(one, "ask") for one in self._due(groups)]),
            ("The last three months", list(map(self._done, done))),
            ("Groups", [self._group(one, "group") for one in groups]),
            ("Who helps lead", list(map(self._volunteer, helpers))),
        ]
        rows: list[Row] = []
        for words, some in parts:
            if some:
                rows += [*([SPACE] if rows else []), heading(words), *some]
        return [hint(NOBODY_NAMED), SPACE, *rows] if rows else [hint(NONE), hint(NOBODY_NAMED)]

    def _due(self, groups: Sequence[Group]) -> list[Group]:
        today = self.house.today
        return [one for one in groups if one.to_ask_on is not None and one.to_ask_on <= today]

    def _group(self, one: Group, part: str) -> Row:
        today = self.house.today
        told = [one.our_part, one.area]
        if one.begun_on:
            told.append(f"since {say_day(one.begun_on, today)}")
        if one.ended_on:
            told.append(f"ended {say_day(one.ended_on, today)}")
        elif one.stepped_back_on:
            told.append(f"without us since {say_day(one.stepped_back_on, today)}")
        if one.running and one.asked_on:
            runs = {"yes": "still runs", "no": "runs no more", "not known": "not known"}
            told.append(f"{runs[one.running]}, {say_day(one.asked_on, today)}")
        return _two(f"{part}:{one.group_id}", one, one.name, told)

    def _done(self, one: Done) -> Row:
        day = say_day(one.on, self.house.today) if one.on else ""
        there = f"{one.heads} there" if one.heads else ""
        long = say_minutes(one.minutes) if one.minutes else ""
        words = one.words or one.group or one.kind
        return _two(f"done:{one.row_id}", one, words, [day, one.kind, there, long, one.area])

    def _volunteer(self, one: Volunteer) -> Row:
        gave = f"{say_minutes(one.minutes)} in three months" if one.minutes else ""
        left = f"left {say_day(one.left_on, self.house.today)}" if one.left_on else ""
        return _two(
            f"helps:{one.volunteer_id}", one, one.name, [one.role, one.training, gave, left]
        )

    # -- what a person does

    @property
    def _chosen(self) -> Any:
        row = self.query_one("#diary", Page).chosen
        return row.what if row is not None else None

    def why_not(self, kind: type, said: str) -> str:
        """Return why a key does not work on what is under the cursor, "" where it does."""
        return "" if isinstance(self._chosen, kind) else f"Stand on {said}."

    def why_not_back(self) -> str:
        """Return why nobody can step back from what is under the cursor, "" where they can."""
        one = self._chosen
        if not isinstance(one, Group):
            return "Stand on a group."
        runs_alone = one.stepped_back_on is not None or one.ended_on is not None
        return "It runs without us already, or has ended. Enter corrects it." if runs_alone else ""

    def why_not_register(self) -> str:
        """Return why there is no register of what is under the cursor, "" where there is."""
        one = self._chosen
        there = isinstance(one, Group) or (isinstance(one, Done) and one.is_session)
        return "" if there else "Stand on a session or a group."

    def _asks_session(self, led_by: Sequence[str] = ()) -> tuple[Ask, ...]:
        """Return what is asked of a session: also whose it was and who led it, as far as there are
        groups and volunteers; who has left stays where they led it."""
        today = self.house.today
        groups = [(one.group_id, one.name) for one in read(self.house, diary.groups)]
        helpers = read(self.house, lambda tx: diary.volunteers(tx, today, today))
        lead = [
            (one.volunteer_id, one.name)
            for one in helpers
            if one.left_on is None or one.volunteer_id in led_by
        ]
        asks = []
        if groups:
            asks.append(Ask("group_id", "Group", "one of", (("", "none of ours"), *groups)))
        if lead:
            asks.append(Ask("led_by", "Led by", "some of", tuple(lead)))
        return (*asks, *SESSION)

    def action_add(self) -> None:
        """Ask what, then for its fields."""

        def chosen(value: str | None) -> None:
            match value:
                case "work":
                    self._ask("A line of the diary", WORK, _write_down, {}, "diary:work")
                case "session":
                    asks = self._asks_session()
                    self._ask("An open session", asks, _add_session, {}, "diary:session")
                case "group":
                    self._ask("A group", GROUP, _add_group, {}, "diary:group")
                case "volunteer":
                    self._ask("A volunteer", VOLUNTEER, _add_volunteer, {}, "diary:volunteer")

        self.app.push_screen(ChooseScreen("Write down what?", KINDS), chosen)

    def action_open(self) -> None:
        """Correct what is under the cursor."""
        match self._chosen:
            case Group() as one:
                self._correct("A group", GROUP, one, one.group_id, diary.correct_group)
            case Volunteer() as one:
                self._correct(
                    "A volunteer", VOLUNTEER, one, one.volunteer_id, diary.correct_volunteer
                )
            case Done(is_session=False) as one:
                self._correct("A line of the diary", WORK, one, one.row_id, diary.correct_work)
            case Done() as one:
                self._correct_session(one)

    def action_take_away(self) -> None:
        """Take a line of the diary or a session away."""
        match self._chosen:
            case Done() as one:
                take = diary.remove_session if one.is_session else diary.remove_work
                if self._did("took a line of the diary away", lambda tx: take(tx, one.row_id)):
                    self.house.say("Taken away. Ctrl+Z brings it back.")
            case Group():
                self.house.hint("A group that is no more has ended: r says so.")
            case Volunteer():
                self.house.hint("Somebody who helps no more has left: Enter says since when.")

    def action_step_back(self) -> None:
        """Say that a group runs without us: after 6 and 12 months it is asked whether it does."""
        one = self._chosen
        if isinstance(one, Group) and self._did(
            "stepped back from a group", lambda tx: diary.step_back(tx, one.group_id)
        ):
            self.house.say(
                "It runs without us from today; after 6 months it is asked. Ctrl+Z takes it back."
            )

    def _did(self, label: str, do: Callable[[WriteTx], None]) -> bool:
        """Do something at a key; False where it was refused, and said."""

        def done(tx: WriteTx) -> bool:
            do(tx)
            return True

        return act(self.house, label, done) or False

    def _correct(
        self,
        title: str,
        asks: Sequence[Ask],
        there: Any,
        row_id: str,
        correct: Callable[..., object],
    ) -> None:
        start = {ask.name: getattr(there, ask.name) for ask in asks}

        def write(tx: WriteTx, said: Values) -> None:
            correct(tx, row_id, **said)

        self._ask(title, asks, write, start, f"diary:{row_id}")

    def _correct_session(self, one: Done) -> None:
        register = read(self.house, diary.session, one.row_id)
        asks = self._asks_session(register.led_by)
        start = {ask.name: getattr(register, ask.name) for ask in asks}
        start["names"] = ", ".join(register.names)
        start["group_id"] = register.group_id or ""

        def write(tx: WriteTx, said: Values) -> None:
            diary.correct_session(tx, one.row_id, **_register(said))

        self._ask("An open session", asks, write, start, f"diary:{one.row_id}")

    def action_register(self) -> None:
        """Ask where a register goes, and write it: whoever leads needs no more of us than that."""
        from linkworker.exchange import register_file
        from linkworker.screens.person.save_plan import NOT_ENCRYPTED, SavePlanScreen

        one, house = self._chosen, self.house
        usual = register_file.usual_place(house.store)

        def save(said: Values) -> Any:
            place = Path(said["place"].strip() or usual).expanduser()
            place = place / usual.name if place.is_dir() else place
            if isinstance(one, Group):
                register_file.save_blank(house.store, one.group_id, place)
            else:
                register_file.save_session(house.store, one.row_id, place)
            house.say("The register is saved. Look at it before it goes out of your hands.")

        self.app.push_screen(
            SavePlanScreen(
                "Save a register to print",
                PLACE_OF_FILE,
                {"place": str(usual)},
                save,
                draft="diary:register",
                intro=f"{NOT_ENCRYPTED} First names stand on it, and nothing of anybody's record.",
            )
        )

    def action_runs(self) -> None:
        """Say whether the group runs without us."""
        one = self._chosen
        if isinstance(one, Group):
            group_id = one.group_id

            def write(tx: WriteTx, said: Values) -> None:
                diary.still_runs(tx, group_id, said["running"], words=said["words"])

            self._ask(one.name, RUNS, write, {}, f"diary:{group_id}:runs")

    def action_hours(self) -> None:
        """Note time that a volunteer gave."""
        one = self._chosen
        if isinstance(one, Volunteer):
            volunteer_id = one.volunteer_id

            def write(tx: WriteTx, said: Values) -> None:
                if said["minutes"] is None:
                    raise NotSuch("No time was kept.", "It does not say how long.", "Say how long.")
                diary.gave_time(tx, volunteer_id, **_day(said))

            self._ask(one.name, HOURS, write, {}, f"diary:{volunteer_id}:hours")

    def _ask(
        self,
        title: str,
        asks: Sequence[Ask],
        write: Callable[[WriteTx, Values], Any],
        start: Values,
        draft: str,
    ) -> None:
        def save(said: Values) -> Any:
            with self.house.store.write("the community diary") as tx:
                return write(tx, said)

        self.app.push_screen(FormScreen(title, asks, start, save, draft=draft))


def _write_down(tx: WriteTx, said: Values) -> None:
    diary.write_down(tx, **_day(said))


def _add_session(tx: WriteTx, said: Values) -> None:
    diary.add_session(tx, **_register(said))


def _add_group(tx: WriteTx, said: Values) -> None:
    diary.add_group(tx, **_day(said, "begun_on"))


def _add_volunteer(tx: WriteTx, said: Values) -> None:
    diary.add_volunteer(tx, **said)


def _day(said: Values, name: str = "on") -> Values:
    """Leave a day out that was not said: it is today."""
    return {key: value for key, value in said.items() if key != name or value is not None}


def _register(said: Values) -> Values:
    """Return a form's session as it is kept: names apart, numbers that were not said as none."""
    names = [one.strip() for one in said["names"].split(",") if one.strip()]
    counts = {name: said[name] or 0 for name in ("unwritten", "turned_away")}
    return _day(said | counts | {"names": names})


def _two(key: str, what: Any, first: str, second: Sequence[str]) -> Row:
    words = flowing(one_line(first, "bold"), most=3)
    under = ", ".join(filter(None, second))
    below = flowing(one_line(under, "$soft"), most=3)
    return Row(lambda width: [*words(width), *(below(width) if under else ())], key, what)
