"""The editor of notes: what any editor does, and marks, finishing names, and pasted lines.

Reading the note belongs to the screen. The editor knows only which lines were pasted, what was
chosen for them, and the names with which a line may be finished; a key costs what it costs in a
bare editor, whatever the length of the note.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rich.text import Text
from textual import events
from textual.document._document import EditResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from linkworker.rules.marking import Edit, mark_selection, sentence_at
from linkworker.rules.marks import Line, pasted_marks, read_note, sign_of
from linkworker.widgets.completing import Name, Offer, offers
from linkworker.widgets.editor import Editor

MOST_DRAWN = 1000
"""Rows of text that are kept as drawn."""


class NoteEditor(Editor):
    """Many lines of text with marks. `Changed` and `SelectionChanged` come as from any editor."""

    COMPONENT_CLASSES = {"note--sign", "note--apart"}

    class Offering(Message):
        """What can be taken with Tab has changed."""

        def __init__(self, found: Sequence[Offer], taken: bool) -> None:
            super().__init__()
            self.found = found
            self.taken = taken
            """Whether the first of them has just been taken, and Tab takes the next one."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        self._drawn: dict[tuple[object, ...], Strip] = {}
        self._shape: tuple[object, ...] = ()
        """What the look of every row depends on."""
        super().__init__(text, placeholder=placeholder, id=id)
        self.pasted: set[str] = set()
        """Lines that were pasted and look like marks, as `marks.pasted_marks` gives them."""
        self.chosen: dict[str, bool] = {}
        """What was chosen for a line, by its words."""
        self.names: Sequence[Name] = ()
        """What a line may be finished with."""
        self._offers: list[Offer] = []
        self._taken = -1
        """Which of the offers stands in the text, while Tab may still change it."""
        self._offered_at = (0, 0)
        self._pasting = False
        self._just_opened = False
        """Whether nothing was pressed since the text was opened."""
        self.match_cursor_bracket = False

    # -- places in the text --

    def offset_of(self, location: tuple[int, int]) -> int:
        """Return a place (row, column) as an offset in `text`."""
        row, column = location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return an offset in `text` as a place (row, column)."""
        for row, line in enumerate(self.document.lines):
            if offset <= len(line):
                return row, max(0, offset)
            offset -= len(line) + 1
        return self.document.end

    # -- opening --

    def open_at(self, words: str, offset: int) -> None:
        """Show a text that was begun before, at the place where it was left."""
        self.load_text(words)
        self._just_opened = True
        self.move_cursor(self.place_of(offset))
        self.call_after_refresh(self._bring_into_sight)

    def on_resize(self) -> None:
        """Look again where the cursor is: with another width the rows are others."""
        self.call_after_refresh(self._bring_into_sight)

    def on_mouse_scroll_up(self) -> None:
        """Somebody looks elsewhere on purpose."""
        self._just_opened = False

    def on_mouse_scroll_down(self) -> None:
        """Somebody looks elsewhere on purpose."""
        self._just_opened = False

    def _bring_into_sight(self) -> None:
        """Scroll to the cursor; where the text was just opened, with what stands before it.

        Two thirds of the rows in sight are for what was said before, the rest for what comes.
        """
        height = self.scrollable_content_region.height
        at = self.wrapped_document.location_to_offset(self.cursor_location).y
        before = min(at, height * 2 // 3) if self._just_opened else 0
        if not before <= at - self.scroll_offset.y < height:
            self.scroll_to(y=max(0, at - height * 2 // 3), animate=False, force=True)

    # -- marks --

    def mark(self, sign: str) -> None:
        """Mark what is selected, or the line or sentence at the cursor; nothing is retyped."""
        start, end = self.to_be_marked()
        self.put(
            mark_selection(
                self.text, start, end, sign, pasted=self.pasted, chosen=dict(self.chosen)
            )
        )

    def to_be_marked(self) -> tuple[int, int]:
        """Return the part of the text that a mark would be put on; empty on an empty line.

        Without a selection that is the marked line itself, or the sentence at the cursor.
        """
        first, last = sorted(map(self.offset_of, self.selection))
        if first != last:
            return first, last
        line = self.line_at_cursor()
        if line is None or line.kind != "story" or line.looks_like:
            return last, last
        return sentence_at(self.text, last)

    def line_at_cursor(self) -> Line | None:
        """Return the line in which the cursor is, as it is read; None on a new last line."""
        reading = read_note(self.text, pasted=self.pasted, chosen=self.chosen)
        row = self.cursor_location[0]
        return reading.lines[row] if row < len(reading) else None

    def put(self, edit: Edit) -> None:
        """Put a changed text in the place of the present one, as one step that can be taken back.

        Only what differs is replaced, so that a long note stays quick and the place on the screen
        stays the same.
        """
        self.chosen = dict(edit.chosen)
        before, after = self.text, edit.text
        if before == after:
            return
        start = _same(before, after)
        most = min(len(before), len(after)) - start
        end = _same(before[::-1], after[::-1], most)
        self.history.checkpoint()
        self.replace(
            after[start : len(after) - end],
            self.place_of(start),
            self.place_of(len(before) - end),
            maintain_selection_offset=False,
        )
        self.history.checkpoint()
        self.move_cursor(self.place_of(edit.cursor))

    # -- drawing -----------------------------------------------------------------------------------

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn: its sign stands out."""
        line = super().get_line(line_index)
        words = line.plain
        sign = self._sign_of(words)
        if sign:
            begin = len(words) - len(words.lstrip())
            style = "note--apart" if sign == "!!" else "note--sign"
            line.stylize(self.get_component_rich_style(style), begin, begin + len(sign))
        return line

    def _sign_of(self, line: str) -> str:
        """Return the sign with which a line is marked, "" for a line of the story."""
        sign = sign_of(line)
        words = line.strip()
        if sign in ("", "!!") or self.chosen.get(words, words not in self.pasted):
            return sign
        return ""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows in sight."""
        self._shape = (self.wrap_width, self.size, self.has_focus)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row. Rows away from the cursor are drawn once: the library draws every row in
        sight anew at every key, each by cutting up the whole paragraph that it stands in.
        """
        at = self.scroll_offset.y + y
        rows = self.wrapped_document._offset_to_line_info
        if at >= len(rows) or len(rows) == 1:
            return super().render_line(y)
        line_index, section = rows[at]
        line = self.document.get_line(line_index)
        breaks = self.wrapped_document.get_offsets(line_index)
        begin = breaks[section - 1] if section else 0
        end = breaks[section] if section < len(breaks) else len(line) + 1
        if self._touches(line_index, begin, end):
            return super().render_line(y)
        sign = self._sign_of(line) if not line[:begin].strip() else ""
        # How wide a tab is depends on what stands before it.
        place = (line, begin, end) if "\t" in line else (line[begin:end], not begin)
        key = (*place, end > len(line), sign, self._shape)
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) > MOST_DRAWN:
                self._drawn.clear()
            drawn = self._drawn[key] = self._render_line(y)
        return drawn

    def _touches(self, line_index: int, begin: int, end: int) -> bool:
        """Say whether the cursor or what is selected changes how a part of a line looks."""
        first, last = sorted(self.selection)
        if not first[0] <= line_index <= last[0]:
            return False
        return first != last or bool(self.suggestion) or begin <= last[1] <= end

    def notify_style_update(self) -> None:
        """Draw everything anew: it looks different now."""
        self._drawn.clear()
        super().notify_style_update()

    # -- pasting --

    async def _on_paste(self, event: events.Paste) -> None:
        """Remember that what comes next is pasted; the bases clean it and put it in."""
        self._pasting = self.takes(event)
        self._just_opened = False

    def _replace_via_keyboard(
        self, insert: str, start: tuple[int, int], end: tuple[int, int]
    ) -> EditResult | None:
        """Put in what was typed or pasted, and keep which pasted lines only look like marks."""
        if self._pasting:
            self._pasting = False
            column = min(start, end)[1]
            before = self.document.get_line(min(start, end)[0])[:column]
            lines = insert.splitlines()
            # Words pasted behind a sign that was typed are that mark's words.
            self.pasted |= pasted_marks("\n".join(lines[1:] if before.strip() else lines))
        return super()._replace_via_keyboard(insert, start, end)

    # -- finishing a name --

    def update_suggestion(self) -> None:
        """Look how the line at the cursor may be finished; after every edit."""
        self._taken = -1
        row, column = self._offered_at = self.cursor_location
        line = self.document.get_line(row)
        at_end = not line[column : column + 1].strip()
        empty = self.selection.is_empty
        found = offers(line[:column], self.names) if self.names and at_end and empty else []
        self._offer(found)

    def _offer(self, found: list[Offer]) -> None:
        changed = found != self._offers
        self._offers = found
        self.suggestion = found[0].rest if found and self._taken < 0 else ""
        if changed:
            self.post_message(self.Offering(found, False))

    async def _on_key(self, event: events.Key) -> None:
        """Take an offer with Tab; a second Tab takes the next one. Every other key types on."""
        self._just_opened = False
        if event.key == "tab" and self._offers:
            event.stop()
            event.prevent_default()
            self._take_offer()
            return
        await super()._on_key(event)

    def _take_offer(self) -> None:
        found = self._offers
        which = (self._taken + 1) % len(found)
        row, column = self.cursor_location
        start = found[which].start
        self.replace(found[which].text, (row, start), (row, column))
        self.suggestion = ""
        later = found[which + 1 :] + found[:which]
        self._offers = found if later else []
        self._taken, self._offered_at = which, self.cursor_location
        self.post_message(self.Offering(later, True))

    def action_cursor_right(self, select: bool = False) -> None:
        """Go right. The arrow never takes an offer: it goes where an arrow goes."""
        self.suggestion = ""
        super().action_cursor_right(select)

    def on_text_area_selection_changed(self) -> None:
        """Withdraw what was offered when the cursor goes elsewhere."""
        if self._offers and self.cursor_location != self._offered_at:
            self._taken = -1
            self._offer([])


def _same(one: str, other: str, most: int | None = None) -> int:
    """Return how many characters two texts share at their beginning, at most `most`."""
    longest = min(len(one), len(other)) if most is None else most
    low, high = 0, longest
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def kept(pasted: Collection[str], chosen: Mapping[str, bool], text: str) -> dict[str, object]:
    """Return what a draft keeps beside its words, without what is no longer in the text."""
    there = {line.strip() for line in text.splitlines()}
    return {
        "pasted": sorted(there.intersection(pasted)),
        "chosen": {words: is_mark for words, is_mark in chosen.items() if words in there},
    }
