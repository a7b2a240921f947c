"""A register for whoever leads a session: one page to print, blank for a group or as it was kept.

Volunteers see registers and never records: a page of paper is all that they are given. First names
as given stand on it, linked to nobody's record, and nothing of what it was like.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.caseload import community_diary as diary
from linkworker.exchange import given_file
from linkworker.exchange.plan_page import MADE_UP
from linkworker.rules.shown_days import MONTHS_IN_FULL
from linkworker.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from linkworker.store import Store, WriteTx

GIVEN = "A register of an open session, for whoever leads it."
"""What the audit says of it."""
LINES = 24
"""Lines to write on, of a blank register."""
_STYLE = """
@page { size: A4; margin: 16mm; }
body { margin: 0 auto; max-width: 42em; color: #1e2430; background: #fff; line-height: 1.4;
  font: 14pt "Atkinson Hyperlegible", "Segoe UI", Verdana, Arial, sans-serif; }
h1 { margin: 0 0 .3em; color: #0a5e58; }
table { width: 100%; border-collapse: collapse; margin-top: 1em; }
th, td { border: 1px solid #6b6f78; padding: .25em .5em; height: 1.7em; text-align: left;
  overflow-wrap: anywhere; }
th:first-child, td:first-child { width: 3em; }
.made-up { border: 2px solid #7a4100; color: #7a4100; padding: .3em .6em; font-weight: bold; }
"""


def usual_place(store: Store) -> Path:
    """Return where a register goes unless somebody says otherwise."""
    return given_file.usual_place(store, "register", "html")


def save_session(store: Store, session_id: str, place: Path) -> None:
    """Write the register of a session that was kept. Raises as `given_file.give_out`."""

    def made(tx: WriteTx) -> str:
        one = diary.session(tx, session_id)
        group = _group(tx, one.group_id or "")
        leads = [each.name for each in _helpers(tx) if each.volunteer_id in one.led_by]
        counted = [
            ("Rather not written down", one.unwritten),
            ("Heads", one.heads),
            ("Interpreters", one.interpreters),
            ("Turned away", one.turned_away),
            ("Given", one.given),
        ]
        return _page(group, one.on, one.place, leads, one.names, counted, store.made_up)

    given_file.give_out(store, "", place, "a register", GIVEN, made)


def save_blank(store: Store, group_id: str, place: Path) -> None:
    """Write a blank register of a group. Raises as `given_file.give_out`."""

    def made(tx: WriteTx) -> str:
        return _page(_group(tx, group_id), None, "", [], [""] * LINES, _BLANK, store.made_up)

    given_file.give_out(store, "", place, "a register", GIVEN, made)


_BLANK: list[tuple[str, object]] = [
    (words, "") for words in ("Rather not written down", "Heads", "Turned away", "Given")
]


def _group(tx: WriteTx, group_id: str) -> str:
    return next((one.name for one in diary.groups(tx) if one.group_id == group_id), "")


def _helpers(tx: WriteTx) -> list[diary.Volunteer]:
    return diary.volunteers(tx, tx.today, tx.today)


def _page(
    group: str,
    on: date | None,
    place: str,
    leads: Sequence[str],
    names: Sequence[str],
    counted: Sequence[tuple[str, object]],
    made_up: bool,
) -> str:
    day = f"{on.day} {MONTHS_IN_FULL[on.month - 1]} {on.year:04d}" if on else "…" * 12
    facts = [
        ("Day", day),
        ("Where", place or ("" if on else "…" * 12)),
        ("Led by", ", ".join(leads)),
    ]
    told = "<br>".join(f"{name}: {_said(words)}" for name, words in facts if words)
    rows = "".join(
        f'<tr><td>{at}</td><td dir="auto">{_said(name)}</td></tr>'
        for at, name in enumerate(names, 1)
    )
    blank = on is None
    counts = "".join(
        f"<tr><th>{name}</th><td>{_said(str(value))}</td></tr>"
        for name, value in counted
        if blank or value
    )
    parts = [
        f'<p class="made-up">{MADE_UP}</p>' if made_up else "",
        f'<h1 dir="auto">{_said(group) or "Register"}</h1>',
        f"<p>{told}</p>",
        "<p>First names, as given. Nobody has to be written down: then only count them.</p>",
        f"<table><tr><th>No.</th><th>First name</th></tr>{rows}</table>" if rows else "",
        f"<table>{counts}</table>" if counts else "",
    ]
    body = "\n".join(part for part in parts if part)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Register</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def _said(words: str) -> str:
    """Return what somebody said, clean and harmless in a page."""
    return escape(clean(words).strip())
