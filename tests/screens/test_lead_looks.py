"""How a lead's page looks at every size, with what a hub answered once."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from linkworker.screens.lead import LeadScreen
from linkworker.screens.lead_same import PairScreen
from linkworker.sync import leading
from linkworker.sync.leading import LeadHub
from linkworker.sync.reaching import Line
from tests.screens.hands import arrive, sees, until
from tests.screens.snapshots import SIZES, same_as_before


def member(name: str, role: str, own: int, covers: int, seen: datetime | None) -> dict[str, Any]:
    laptops = []
    if seen is not None:
        laptops = [{"id": f"l-{name}", "name": "laptop", "seen_at": int(seen.timestamp() * 1000)}]
    said = {"id": f"w-{name}", "name": name, "role": role, "own": own, "covers": covers}
    return {**said, "laptops": laptops}


def side(person: str, holder: str, initials: str) -> dict[str, Any]:
    return {"person": person, "holders": [holder], "initials": initials}


class Answers(Line):
    """What a hub said, by call: the line of a `LeadHub` that asks nobody."""

    def __init__(self, now: datetime) -> None:
        super().__init__("https://hub.example", None)
        pair = {
            "one": side("p-00000000aaaa01", "Ann Lee", "T. O."),
            "other": side("p-00000000bbbb02", "Benjamin Okonkwo-Smith", "T. O."),
            "state": "noticed",
            "certain": False,
            "agrees": ["family name", "birth date (day and month swapped)", "phone number"],
            "differs": ["NHS number"],
            "only_one": ["postcode"],
            "decided_at": None,
            "decided_by": "",
            "reason": "",
        }
        decided = {
            **pair,
            "state": "one person",
            "decided_at": int((now - timedelta(days=3)).timestamp() * 1000),
            "decided_by": "Grace Hall",
            "reason": "both know her daughter",
        }
        waits = {"person": "p-cccccc", "worker": "Ann Lee", "count": 2, "holders": []}
        self._said: dict[str, Any] = {
            "/v1/lead/team": {
                "members": [
                    member("Ann Lee", "coordinator", 58, 3, now - timedelta(minutes=20)),
                    member("Benjamin Okonkwo-Smith", "duty worker", 1, 0, now - timedelta(days=2)),
                    member("Grace Hall", "lead", 0, 0, now),
                    member("Ivy Cole", "reports only", 0, 0, None),
                ],
                "held_by_nobody": 2,
                "waiting": 2,
                "me": "w-Grace Hall",
                "this_laptop": "l-Grace Hall",
            },
            "/v1/lead/waiting": {"waiting": [waits]},
            "/v1/lead/same": {"waiting": [pair], "decided": [decided]},
        }

    def post(self, path: str, said: dict[str, Any]) -> Any:
        return self._said[path]


@pytest.mark.parametrize("size", SIZES)
async def test_the_leads_page_looks_as_before(app_over, store, clock, monkeypatch, size):
    @contextmanager
    def answered(_: Any):
        yield LeadHub(Answers(clock()))

    monkeypatch.setattr(leading, "lead_of", answered)
    app = app_over(store)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.is_open)
        app.push_screen(LeadScreen())
        await arrive(pilot, LeadScreen)
        await sees(pilot, "Who is in the team")
        same_as_before(app, "lead")
        page = app.screen.query_one("Page")
        page.choose(next(row.key for row in page.rows if row.key.startswith("same:")))
        await pilot.press("enter")
        await arrive(pilot, PairScreen)
        await sees(pilot, "Agrees")
        same_as_before(app, "lead-same")
