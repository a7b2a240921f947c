"""A person's plan as one page to print or to keep: plain HTML that holds all it needs.

No script, no picture, nothing fetched: the page forbids itself all that. Its letters are those of
clear print (14 point) or large print (18 point). What somebody said is escaped, and stands in the
direction of its script.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from html import escape

from linkworker.caseload.own_plan import MATTERS, OwnHope, OwnPlan, OwnStep
from linkworker.rules.shown_days import MONTHS_IN_FULL
from linkworker.rules.times import say_time
from linkworker.text import clean

MADE_UP = "Made up. Nobody on this page is real."
PLAIN_POINTS = 14
LARGE_POINTS = 18

_STYLE = """
@page { size: A4; margin: 18mm 18mm 20mm; }
* { box-sizing: border-box; }
html { font-size: %dpt; }
body { margin: 0 auto; max-width: 42em; padding: 1.5em 1em; background: #fff; color: #1e2430;
  font-family: "Atkinson Hyperlegible", "Segoe UI", Verdana, Arial, sans-serif; line-height: 1.5;
  overflow-wrap: anywhere; }
h1, h2, h3, p, ul { margin: 0; }
h1 { font-size: 1.9em; line-height: 1.2; color: #0a5e58; }
h2 { font-size: 1.2em; margin-top: 1.6em; padding-bottom: .15em; color: #0a5e58;
  border-bottom: 1px solid #b9b2a2; break-after: avoid; }
h3 { font-size: 1em; margin-top: .9em; break-after: avoid; }
p, li, h3 { white-space: pre-line; }
h2 + p, h2 + ul { margin-top: .6em; }
.vision { font-size: 1.2em; padding-left: .8em; border-left: 4px solid #0a5e58; }
.soft { color: #454c5a; }
.made-up { margin-bottom: 1em; padding: .3em .6em; border: 2px solid #7a4100; color: #7a4100;
  font-weight: bold; }
ul { padding: 0 0 0 1.2em; }
li { margin-top: .35em; break-inside: avoid; }
ul.steps { list-style: none; padding: 0; }
ul.steps li { padding-left: 1.7em; position: relative; }
ul.steps li::before { content: ""; position: absolute; left: 0; top: .25em; width: .95em;
  height: .95em; border: 1.5px solid #1e2430; border-radius: 2px; }
footer { margin-top: 2.2em; padding-top: .6em; border-top: 1px solid #b9b2a2; break-inside: avoid; }
@media print { body { max-width: none; padding: 0; } }
"""


def plan_page(plan: OwnPlan, *, large_print: bool = False, made_up: bool = False) -> str:
    """Return the page. `made_up` says on it that nobody on it is real."""
    parts = [
        f'<p class="made-up">{MADE_UP}</p>' if made_up else "",
        "<header><h1>My plan</h1>",
        f'<p><strong dir="auto">{_said(plan.name)}</strong></p>',
        f'<p class="soft">As it stood on {_day(plan.day)}</p></header>',
        _part("A good life, in my words", _words(plan.visions, "vision")),
        _part(MATTERS, _words(plan.matters)),
        _part("What I am good at, and what is good already", _list(plan.strengths)),
        _part("My hopes, and the next steps", "".join(map(_hope, plan.hopes))),
        _part("Other next steps" if plan.hopes else "Next steps", _steps(plan.steps)),
        _part("What is done", _list(plan.done)),
        _part("Who and what is around me", _around(plan.around)),
        *(_part(heading, _words(words)) for heading, words in plan.about_me),
        f"<footer>{_foot(plan)}</footer>",
    ]
    style = _STYLE % (LARGE_POINTS if large_print else PLAIN_POINTS)
    body = "\n".join(part for part in parts if part)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>My plan</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def _said(words: str) -> str:
    """Return what somebody said, clean and harmless in a page."""
    return escape(clean(words).strip())


def _part(heading: str, inside: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{inside}</section>" if inside else ""


def _words(every: Iterable[str], kind: str = "") -> str:
    """Return each of them as a paragraph."""
    look = f' class="{kind}"' if kind else ""
    return "".join(f'<p{look} dir="auto">{_said(words)}</p>' for words in every if words.strip())


def _list(every: Iterable[str]) -> str:
    found = "".join(f'<li dir="auto">{_said(words)}</li>' for words in every)
    return f"<ul>{found}</ul>" if found else ""


def _around(every: Iterable[tuple[str, str]]) -> str:
    found = "".join(
        f'<li dir="auto">{_said(name)}'
        + (f' <span class="soft">– {_said(said)}</span>' if said else "")
        + "</li>"
        for name, said in every
    )
    return f"<ul>{found}</ul>" if found else ""


def _hope(hope: OwnHope) -> str:
    return f'<h3 dir="auto">{_said(hope.words)}</h3>{_steps(hope.steps)}'


def _steps(every: Iterable[OwnStep]) -> str:
    """Return steps to tick off with a pen: what, who, by when."""
    found = ""
    for one in every:
        by = f"by {_day(one.by_day)}{_time(one.by_time)}" if one.by_day else ""
        more = ", ".join(part for part in (_said(one.who), by) if part)
        after = f' <span class="soft">– {more}</span>' if more else ""
        found += f'<li dir="auto">{_said(one.words)}{after}</li>'
    return f'<ul class="steps">{found}</ul>' if found else ""


def _foot(plan: OwnPlan) -> str:
    agreed = f" It was agreed with me, last on {_day(plan.agreed_on)}." if plan.agreed_on else ""
    wrote = f" {_said(plan.worker)} wrote it down with me." if plan.worker else ""
    return (
        f"<p>This plan is mine.{agreed}{wrote}</p>"
        "<p>If something is not right, or has changed, say so, and it will be put right.</p>"
    )


def _day(day: date) -> str:
    """Return a day as paper says it, always with its year: "27 November 2026"."""
    return f"{day.day} {MONTHS_IN_FULL[day.month - 1]} {day.year:04d}"


def _time(text: str) -> str:
    return f" at {say_time(time.fromisoformat(text))}" if text else ""
