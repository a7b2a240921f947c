"""The frame that every screen stands in: title line, the screen itself, key bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from linkworker.widgets.commands import Command, Commanded
from linkworker.widgets.ground import Ground
from linkworker.widgets.keybar import KeyBar, in_sight
from linkworker.widgets.sentence import Sentence
from linkworker.widgets.titleline import TitleLine
from linkworker.widgets.toosmall import COLUMNS, ROWS, TooSmall
from linkworker.widgets.words import plain

if TYPE_CHECKING:
    from linkworker.widgets.house import House


class _Framed(Commanded):
    """What a whole screen and a dialog have in common."""

    asks: ClassVar[bool] = False
    """Whether it waits for an answer: nothing that is saved is taken back from inside it."""

    @property
    def house(self) -> House:
        """The app, as a screen may use it."""
        return cast("House", cast(DOMNode, self).app)

    def person_in_sight(self) -> str | None:
        """Return the id of the person whom a new note would be about, None where nobody is."""
        return None

    def people_in_sight(self) -> tuple[str, ...]:
        """Return whom a new note would be about: several, where several are ticked."""
        one = self.person_in_sight()
        return (one,) if one is not None else ()

    def appointment_in_sight(self) -> str:
        """Return the id of the visit, call or session a new note would tell of, "" for none."""
        return ""

    def way_back(self) -> tuple[str, ...]:
        """Return how to come here again after unlocking: ("people",), ("person", id), …."""
        return ()

    def draft_in_hand(self) -> Callable[[], object] | None:
        """Take what is being written, and return how to keep it, from any thread; None for nothing.

        Asked before a lock and when the window closes. What is returned may raise `Refused`.
        """
        return None

    def keep_draft(self) -> None:
        """Keep what is being written, at once. Raises `Refused` where it cannot be kept."""
        keep = self.draft_in_hand()
        if keep is not None:
            keep()

    def store_changed(self, change: Any) -> None:
        """Read again what this screen shows: something was written, here or elsewhere.

        Called on the app's thread, once for each change, and only while the screen is in sight;
        changes that were missed are given when it comes back in sight.
        """

    def on_unmount(self) -> None:
        """Gone: forget its lines, which a cache of the library's would hold for the whole day.

        What it knows of two colours it keeps with the lines of the widget that asked, for a
        thousand widgets: some 4 MB, and what was written there, after a lock too.
        """
        StylesCache.get_inner_outer.cache_clear()


class Frame(_Framed, Ground, Screen[Any]):
    """A whole screen.

    A subclass lists its commands in `KEYS` (with `BINDINGS = bindings(KEYS)`), yields its widgets
    from `body`, and sets `heading`.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-usual"), (110, "-wide")]
    """Under 80 columns one pane; from 110 there is room to show more."""
    AUTO_FOCUS = "*"
    heading: ClassVar[str] = ""
    """Where one is, when the screen opens; `set_heading` changes it."""
    many_keys: ClassVar[bool] = False
    """Whether the keys of this place may take two lines at the foot, where one is too short."""
    day_at_once: ClassVar[bool] = True
    """False at the door: to know the day takes longer than to draw the first frame without it."""

    def __init__(self) -> None:
        super().__init__()
        self._missed: list[Any] = []
        self._words = ""
        self._settled = False

    def body(self) -> ComposeResult:
        """Yield what stands between the rules."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Yield the frame and, inside it, the body."""
        self._say_how_wide()
        yield TitleLine()
        yield from self.body()
        yield KeyBar()

    def _say_how_wide(self) -> None:
        """Take the classes of this width before anything stands here that would be styled twice.

        The library takes them when a screen is first laid out, and then styles all of it anew.
        """
        size = self.app.size
        wide = self._get_breakpoint_classes(size.width, self.HORIZONTAL_BREAKPOINTS or [])
        high = self._get_breakpoint_classes(size.height, self.VERTICAL_BREAKPOINTS or [])
        self.add_class(*wide, *high)

    def on_mount(self) -> None:
        """Put the first line right and begin to listen.

        Textual calls the `on_mount` of a screen and then that of its bases: a screen that calls
        this one from its own does no harm.
        """
        if self._settled:
            return
        self._settled = True
        self.set_heading(self._words or self.heading)
        self._tell_status_soon()
        self.house.changed.subscribe(self, self._hear, immediate=True)

    def set_heading(self, words: str) -> None:
        """Say where one is. A name may be in it."""
        self._words = words
        self.query_one(TitleLine).title = plain(words)

    def tell_status(self) -> None:
        """Show the day and where everything is kept."""
        if not self.query(KeyBar):
            return  # it is counted beside the screen, and may come before the screen stands
        line = self.query_one(TitleLine)
        line.day = plain(day_in_words(self.house.today))
        line.status = self.house.status_words
        self.query_one(KeyBar).again()

    def _tell_status_soon(self) -> None:
        if self.day_at_once:
            self.tell_status()
        else:
            self.call_after_refresh(self.tell_status)

    def on_screen_resume(self) -> None:
        """Come back in sight: catch up with what changed meanwhile."""
        if not self._settled:
            return
        self._tell_status_soon()
        missed, self._missed = self._missed, []
        for change in missed:
            self.store_changed(change)

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything with a sentence while there is no room."""
        too_small = event.size.width < COLUMNS or event.size.height < ROWS
        covers = self.query(TooSmall)
        if too_small and not covers:
            self.mount(TooSmall())
        elif covers and not too_small:
            covers.remove()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Place everything, and where all of it is to be painted anew paint it in the same frame.

        The library paints what was moved, with the screen before still between it, and then paints
        everything once more: twice the work whenever a screen that was laid by comes in sight.
        """
        same = size is None or size == self.outer_size
        now = self.in_sight and not self.app._batch_count
        if self._repaint_required and now and same and not scroll:
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._refresh_layout(size, scroll)

    def before_sight(self) -> None:
        """Read what is shown: the screen was made before, out of sight, and is gone to now."""

    def gone_from(self) -> str:
        """Keep what is being written, for a key leads to another place and this screen goes.

        Returns what to say of it, "" for nothing. Raises `Refused` where it cannot be kept: then
        one stays here.
        """
        return ""

    def hidden(self) -> None:
        """Everything is hidden with one key. What was opened on purpose forgets what it showed."""

    def draft_came_back(self) -> None:
        """Show a draft that was thrown away and is back: no change of the store tells of it."""

    async def takes(self, event: events.Key | events.Paste) -> bool:
        """Take a key or a paste at once, before those behind it have their turn; say whether.

        For what is typed on the screen itself and not in a field: the app asks before it looks
        whose key it is.
        """
        return False

    def come_again(self) -> None:
        """Its own key was pressed while one is there: show it as one first finds it."""

    @property
    def in_sight(self) -> bool:
        """Whether one sees it: it is on top, or nothing but dialogs stand over it."""
        return in_sight(self)

    @property
    def is_current(self) -> bool:
        """Whether it is to be laid out and painted: where one sees it.

        The library counts the screen under the one on top as well, though all of it is covered: it
        would be painted for nobody, and the one on top a second time because of that.
        """
        return self.in_sight

    def _hear(self, change: Any) -> None:
        if self.in_sight:
            self.tell_status()
            self.store_changed(change)
        else:
            self._missed.append(change)


class DialogPage(Widget):
    """What a dialog stands on."""


class Dialog(_Framed, ModalScreen[Any]):
    """A small page over another. Esc leaves it with nothing done; the focus goes back.

    A subclass names its `heading` and yields its widgets from `body`, as a `Frame` does. It is
    dismissed with what was chosen, None where one left.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $paper 70%;
        DialogPage {
            layout: vertical;
            width: 72;
            max-width: 96%;
            height: auto;
            max-height: 90%;
            background: $panel;
            border: round $rule;
            padding: 0 2;
            overflow-y: auto;
        }
        Field, Editor { background: $paper; }
        KeyBar { dock: bottom; background: $paper; }
        .dialog-heading { margin-bottom: 1; }
    }
    .-screen-reader Dialog DialogPage { border: none; }
    """
    AUTO_FOCUS = "Field, Editor, OptionList"
    asks = True
    heading: ClassVar[str] = ""
    KEYS: ClassVar[tuple[Command, ...]] = ()

    def body(self) -> ComposeResult:
        """Yield what stands on the page."""
        yield from ()

    def action_leave(self) -> None:
        """Leave with nothing done. A dialog has a key for it in its `KEYS`: those of the app do
        not reach past it."""
        self.dismiss(None)

    def action_next_field(self) -> None:
        """Go to the next field, of a dialog that has several."""
        self.focus_next("Field")

    def action_field_before(self) -> None:
        """Go to the field before."""
        self.focus_previous("Field")

    def compose(self) -> ComposeResult:
        """Yield the page and, at the foot, the keys that work on it."""
        with DialogPage():
            yield Sentence(Content.styled(self.heading, "bold $accent"), classes="dialog-heading")
            yield from self.body()
        yield KeyBar()


def day_in_words(day: Any) -> str:
    """Return a day as the title line says it: "Fri 27 November"."""
    return f"{day:%a} {day.day} {day:%B}"
