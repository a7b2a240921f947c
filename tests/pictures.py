"""Take the README's pictures anew: `python -m tests.pictures`.

Made-up people on Friday 27 November 2026, just before nine, as the app draws them at 100 by 30.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from linkworker.app import LinkworkerApp
from linkworker.madeup.demo import prepare
from linkworker.store import Store

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = (100, 30)
NOTE = """Terry met me at the gate this time, in his good coat. Saturdays again. The bowls club:
"didn't know where to sit, everybody had their own chair".

x Barwell bowls club: went once, not for him
+ patient with young ones
= taught Ray's grandson to true a wheel
> Terry: ring the bike club by Friday
~ the bus stops at six
? a bus from Enderby after six
"""


def clock() -> datetime:
    """Return the moment of the pictures."""
    return datetime(2026, 11, 27, 8, 50, tzinfo=UTC)


def take(app: LinkworkerApp, name: str, title: str) -> None:
    """Save what stands on the screen, without the addresses of fonts elsewhere."""
    drawn = app.export_screenshot(title=title)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    (PICTURES / f"{name}.svg").write_text(drawn, encoding="utf-8")


async def settle(pilot: Pilot[object]) -> None:
    """Let the app finish what it is at."""
    await pilot.pause(1.0)


async def main() -> None:
    """Take all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        store = Store.at(prepare(Path(place) / "made-up", clock=clock), clock=clock)
        store.unlock_made_up()
        with store.read() as tx:
            terry = tx.value("SELECT id FROM person WHERE given = 'Terry' AND family = 'Beasley'")
        app = LinkworkerApp(store.folder, store=store, made_up=True, clock=clock)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.press("down", "down", "down")
            await settle(pilot)
            take(app, "today", "Today")
            app.open_person(terry)
            await settle(pilot)
            take(app, "person", "A person")
            await pilot.press("4")
            await settle(pilot)
            take(app, "connections", "Connections")
            app.go("community")
            await settle(pilot)
            await pilot.press(*"free", "space", *"tuesday", "space", *"step", "minus", *"free")
            await settle(pilot)
            take(app, "community", "Community")
            app.open_note((terry,))
            await settle(pilot)
            app.screen.query_one("TextArea").insert(NOTE)
            await settle(pilot)
            take(app, "note", "A note")
        store.lock()


if __name__ == "__main__":
    asyncio.run(main())
