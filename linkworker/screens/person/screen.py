"""One person's page: the banner, six sections, and what one can do with what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.reactive import reactive

from linkworker.caseload import people, person, timeline
from linkworker.caseload.entered_twice import records_of
from linkworker.caseload.timeline import Entry
from linkworker.screens.person import connections, unsent
from linkworker.screens.person.actions import Actions
from linkworker.screens.person.handover import HandsOver
from linkworker.screens.person.keys import KEYS
from linkworker.screens.person.kinds import Thing
from linkworker.screens.person.opened import AUDIT_SECONDS, Opened
from linkworker.screens.person.parts import Look, Rows
from linkworker.screens.person.save_plan import SavesPlan
from linkworker.screens.person.sectionbar import SectionBar
from linkworker.screens.person.sections import SECTIONS, Section, read_section
from linkworker.screens.person.story import entry_row
from linkworker.widgets.acting import read, settle_memory, told_anything
from linkworker.widgets.banner import LOW, BannerPage
from linkworker.widgets.commands import bindings
from linkworker.widgets.ground import SideBySide
from linkworker.widgets.kept import KeptFrame
from linkworker.widgets.page import Page
from linkworker.widgets.rows import Row

NOBODY_THERE = "Whose page this was is not in the list any more. Ctrl+Z may bring them back."


class PersonScreen(Actions, SavesPlan, HandsOver, KeptFrame):
    """Everything about one person. Only the section in sight is read and drawn."""

    CSS_PATH = "person.tcss"
    KEYS = KEYS
    BINDINGS = bindings(KEYS)
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    section: reactive[Section] = reactive(SECTIONS[0], init=False)
    """The section in sight."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id
        self.banner: person.Banner | None = None
        self.then = False
        """Whether the ecomap shows how it was."""
        self._unfolded: set[str] = set()
        self._cursor: dict[str, str] = {}
        self._order: list[str] = []
        self._entries: list[Entry] = []
        self._opened = Opened()
        self._me = ""
        self._records: tuple[str, ...] = (person_id,)
        self._room = (True, False, False)

    # -- what is shown

    def body(self) -> ComposeResult:
        """Yield the banner, the names of the sections, and the two sides of one, all read."""
        self._read_order()
        first, second = self._read_all(meeting=True)
        banner = BannerPage(id="banner")
        bar = SectionBar([one.label for one in SECTIONS])
        bar.position = self._position
        if self.banner is not None:
            banner.show_banner(self.banner, self.house.today, self._my_name, self.app.size)
        yield banner
        yield bar
        with SideBySide(id="sides"):
            yield Page(first, id="left", choose_first=True, dims=True)
            yield Page(second, id="right", choose_first=True, dims=True)
        self._room = self._room_now
        self.set_class(self._one_side(second), "-one-side")

    def on_mount(self) -> None:
        """Stand on the first thing; what is not needed for the first sight comes a little later."""
        if self.banner is None:
            return
        self.set_heading(self.banner.name)
        self._stand("")
        self.set_timer(AUDIT_SECONDS, self._later)

    def meet(self, person_id: str) -> bool:
        """Show somebody else from the beginning, before the page comes in sight again.

        Returns whether they are there to be shown: the page of somebody who is not stays blank.
        """
        if any(told_anything(change) for change in self._missed):
            self._read_order()
        self._missed.clear()
        self.set_reactive(PersonScreen.section, SECTIONS[0])
        self.query_one(SectionBar).at = 0
        self._turn_to(person_id)
        return self.banner is not None

    def _turn_to(self, person_id: str) -> None:
        """Show somebody else. Who was here is gone, whatever comes of reading the next."""
        self.person_id = person_id
        try:
            self._show(meeting=True, fresh=True)
        except BaseException:
            self._blank()
            raise
        if self.banner is None:
            self._blank()

    def _blank(self) -> None:
        """Take everything off the page; nothing was painted since somebody else was asked for."""
        self.banner = None
        self._entries = []
        self.set_heading("")
        for page in self.query(Page):
            page.show([], key="")

    def _later(self) -> None:
        self._audit()
        self.set_interval(AUDIT_SECONDS, self._audit)
        settle_memory()

    def _read_order(self) -> None:
        self._order = [one.person_id for one in read(self.house, people.caseload)]

    def _read_all(self, *, meeting: bool = False) -> tuple[Rows, Rows]:
        """Read the banner and the section in sight; return the section's two sides."""
        if meeting:
            self._unfolded.clear()
            self._cursor.clear()
            self._entries = []
            self.then = False
        with self.house.store.read() as tx:
            self.person_id, *_ = self._records = records_of(tx, self.person_id)
            self.banner = person.banner(tx, self.person_id)
            self._me = people.worker_name(tx)
            if meeting:
                self._opened.add(self._records, self.house.clock())
            if self.banner is None:
                return [], []
            look, name = self._look(), self.banner.name
            shown = read_section(tx, self.section, self.person_id, look, name, len(self._entries))
        self._entries = shown.entries
        if self._two_sides:
            return shown.left, shown.right
        return [*shown.left, *shown.right], []

    def _one_side(self, second: Rows) -> bool:
        return not second and (self.section.name == "story" or not self._two_sides)

    @property
    def _two_sides(self) -> bool:
        return not self.house.screen_reader and self.app.size.width >= 80

    @property
    def _stacked(self) -> bool:
        """Whether the two sides of this section stand one over the other."""
        over = connections.over_the_lists(self.app.size.width, then=self.then)
        return self._two_sides and over and self.section.name == "connections"

    @property
    def _room_now(self) -> tuple[bool, bool, bool]:
        """What of the terminal's size decides how the page is made."""
        return self._two_sides, self.app.size.height < LOW, self._stacked

    @property
    def _position(self) -> str:
        if self.person_id not in self._order:
            return ""
        return f"{self._order.index(self.person_id) + 1} of {len(self._order)}"

    @property
    def _my_name(self) -> str:
        return self._me.split(" ")[0] or "you"

    def _look(self) -> Look:
        unfolded = frozenset(self._unfolded)
        narrow = self._stacked and connections.over_the_lists(self.app.size.width)
        low = narrow or self.app.size.height < LOW
        return Look(self.house.today, self._me, self.house.screen_reader, self.then, unfolded, low)

    def _show(self, *, meeting: bool = False, fresh: bool = False) -> None:
        """Read and show everything anew. `fresh`: begin at the cursor that was left here."""
        self._room = self._room_now
        first, second = self._read_all(meeting=meeting)
        if self.banner is None:
            return
        self.set_heading(self.banner.name)
        self.query_one(SectionBar).position = self._position
        self.query_one(BannerPage).show_banner(
            self.banner, self.house.today, self._my_name, self.app.size
        )
        self.set_class(self._one_side(second), "-one-side")
        self.set_class(self.section.name == "connections", "-connections")
        self.set_class(self._stacked, "-stacked")
        key = self._cursor.get(self.section.name, "") if fresh else None
        left = self.query_one("#left", Page)
        with self.prevent(Page.Chosen):  # told once, for both
            left.show(first, key=key)
            left.styles.height = None
            if self._stacked:
                connections.stand_over(left, self.app.size.width)
            self.query_one("#right", Page).show(second, key=key)
        if self.is_active:
            self.refresh_bindings()
        if key is not None or self.focused is None or not self.focused.display:
            self._stand(key or "")

    def _stand(self, key: str) -> None:
        """Take the focus to the side on which `key` is, or to the first that has anything."""
        left, right = self.query_one("#left", Page), self.query_one("#right", Page)
        on_right = bool(key) and any(row.key == key for row in right.rows)
        if not any(row.key for row in left.rows) and right.rows:
            on_right = True
        self.set_focus(right if on_right else left, scroll_visible=False)

    def watch_section(self, before: Section, section: Section) -> None:
        """Show another section, and remember where the cursor was in the one before."""
        chosen = self.chosen
        if chosen is not None:
            self._cursor[before.name] = chosen.key
        self._entries = []
        self.query_one(SectionBar).at = SECTIONS.index(section)
        self._show(fresh=True)
        self.refresh_bindings()

    def store_changed(self, change: Any) -> None:
        """Read again what is in sight, where this person may be meant; the cursor stays."""
        sent = "sync_op" in change.tables and unsent.says_not_sent(self.query(Page))
        others = bool(change.people) and not change.people.intersection(self._records)
        if not sent and (others or not told_anything(change)):
            return
        self._show()
        self._leave_if_nobody()

    def on_screen_resume(self) -> None:
        """Come in sight: there may be nobody any more."""
        self.call_after_refresh(self._leave_if_nobody, NOBODY_THERE)

    def look_for(self, note_id: str) -> None:
        """Show the story with this note unfolded, as soon as the page stands; "" for none."""
        if note_id:
            self.call_after_refresh(self._show_found, note_id)

    def _show_found(self, note_id: str) -> None:
        if self.banner is None:
            return
        self.action_section("story")
        while True:
            found = next((one for one in self._entries if one.note_id == note_id), None)
            if found is not None:
                break
            after = self._entries[-1] if self._entries else None
            more = read(self.house, timeline.timeline, self.person_id, after=after)
            if not more:
                return
            self._entries = [*self._entries, *more]
        key = f"entry:{found.row_id}"
        self._unfolded.add(key)
        self._cursor["story"] = key
        self._show(fresh=True)

    def _leave_if_nobody(self, saying: str = "") -> None:
        if self.banner is None and self.is_active:
            self.dismiss(None)
            if saying:
                self.house.say(saying)

    def on_resize(self, event: events.Resize) -> None:
        """Another width may have one side or two, and another banner."""
        if self.banner is not None and self._room != self._room_now:
            self._show()

    def on_page_near_end(self, event: Page.NearEnd) -> None:
        """The story goes on: read its next page."""
        if self.section.name != "story" or not self._entries:
            return
        more = read(self.house, timeline.timeline, self.person_id, after=self._entries[-1])
        if more:
            self._entries = [*self._entries, *more]
            look = self._look()
            event.page.extend([entry_row(one, look) for one in more])

    # -- where one is

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        focused = self.focused
        return focused.chosen if isinstance(focused, Page) else None

    @property
    def thing(self) -> Thing | None:
        """What stands under the cursor."""
        return self.chosen.what if self.chosen is not None else None

    @property
    def contact_chosen(self) -> bool:
        """Whether a contact or note of the story stands under the cursor."""
        thing = self.thing
        return thing is not None and thing.kind == "entry" and thing.row.kind in ("contact", "note")

    def person_in_sight(self) -> str | None:
        """Return whose page it is."""
        return self.person_id

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again."""
        return ("person", self.person_id)

    def draft_in_hand(self) -> Callable[[], object] | None:
        """Before a lock: the audit is written."""
        return partial(self._opened.write, self.house.store)

    def on_screen_suspend(self) -> None:
        """Left, or something stands over it: the audit is written."""
        self._audit()

    def on_unmount(self) -> None:
        """Gone, before that was done: the audit is written."""
        self._opened.write(self.house.store)

    def _audit(self) -> None:
        if self._opened.waits:
            store = self.house.store
            self.run_worker(lambda: self._opened.write(store), thread=True, group="audit")

    # -- what a person does

    def on_page_chosen(self, event: Page.Chosen) -> None:
        """Other keys may work on another row."""
        self.refresh_bindings()

    def on_page_opened(self, event: Page.Opened) -> None:
        """A click on what is chosen opens it."""
        self.action_open()

    def on_section_bar_chosen(self, event: SectionBar.Chosen) -> None:
        """A click on a section's name."""
        self.section = SECTIONS[event.at]

    def action_section(self, name: str) -> None:
        """Show a section."""
        self.section = next(one for one in SECTIONS if one.name == name)

    def action_side(self, which: str) -> None:
        """Go to the left or the right side."""
        page = self.query_one(which, Page)
        if page.display and any(row.key for row in page.rows):
            page.focus(scroll_visible=False)

    def action_turn(self, by: int) -> None:
        """Show the person before or after, by name, in the same section."""
        if self.person_id not in self._order:
            return
        at = self._order.index(self.person_id) + by
        if not 0 <= at < len(self._order):
            self.house.hint("There is nobody before." if by < 0 else "There is nobody after.")
            return
        self._turn_to(self._order[at])

    def action_then(self) -> None:
        """Show the ecomap as it was beside how it is, or as it is alone."""
        self.then = not self.then
        self._show()

    def unfold(self, row: Row) -> None:
        """Show an entry whole, or fold it again."""
        self._unfolded ^= {row.key}
        new = entry_row(row.what.row, self._look())
        row.draw = new.draw
        for page in self.query(Page):
            if row in page.rows:
                page.draw_again(row)

    def on_key(self, event: events.Key) -> None:
        """Esc folds the entry under the cursor where it is unfolded, before it leads back."""
        row = self.chosen
        if event.key == "escape" and row is not None and row.key in self._unfolded:
            self.unfold(row)
            event.stop()
            event.prevent_default()
