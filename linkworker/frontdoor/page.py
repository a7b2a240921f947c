"""The page: plain HTML that works without JavaScript, on a phone, by keyboard and read aloud.

Everything that is not ours is escaped in one place, `_safe`. WCAG 2.2 AA: each question has a
label or a legend, an error stands at its question and in a summary at the top, and nothing is told
by colour alone.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from linkworker.frontdoor.words import LANGUAGES, PATHS, said
from linkworker.rules.introduced import SAFE, WHO, most_of

TRAP = "website"
"""A question that nobody sees: only a program answers it."""
EXIT = "https://www.bbc.co.uk/weather"
QUESTIONS = (
    "who",
    "called",
    "reach",
    "place",
    "safe_ring",
    "safe_text",
    "safe_write",
    "safe_words",
    "reason",
    "own_reason",
    "knows",
    "by_name",
    "by_role",
    "by_organisation",
    "by_contact",
)
"""What the page asks, in its order: nothing else that is sent is kept."""
LETTERS = ("reason", "own_reason", "safe_words")
FILLED_IN_BY = {"by_name": "name", "by_organisation": "organization"}
"""What a browser may fill in for whoever writes (WCAG 1.3.5); nothing of the person."""


def form(
    language: str,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    notice: str = "",
) -> str:
    """Return the page with all that was typed; `wrong` names what is missing by field."""

    def say(name: str) -> str:
        return _safe(said(language, name))

    def error(name: str) -> str:
        if name not in wrong:
            return ""
        return f'<p class="error" id="{name}-error">{_problem(language, name, wrong[name])}</p>'

    def told_by(name: str) -> str:
        ids = [f"{name}-hint"] if f"{name}_hint" in _HINTS else []
        ids += [f"{name}-error"] if name in wrong else []
        return f' aria-describedby="{" ".join(ids)}"' if ids else ""

    def invalid(name: str) -> str:
        return ' aria-invalid="true"' if name in wrong else ""

    def hint(name: str) -> str:
        if f"{name}_hint" not in _HINTS:
            return ""
        return f'<p class="hint" id="{name}-hint">{say(f"{name}_hint")}</p>'

    def text(name: str) -> str:
        value, most = _safe(values.get(name, "")), most_of(name)
        label = f'<label for="{name}">{say(name)}</label>{hint(name)}{error(name)}'
        if name in LETTERS:
            box = (
                f'<textarea id="{name}" name="{name}" rows="5" maxlength="{most}" '
                f'autocomplete="off"{told_by(name)}{invalid(name)}>\n{value}</textarea>'
            )
        else:
            filled = FILLED_IN_BY.get(name, "off")
            box = (
                f'<input id="{name}" name="{name}" type="text" value="{value}" '
                f'maxlength="{most}" autocomplete="{filled}"{told_by(name)}{invalid(name)}>'
            )
        return f'<div class="question">{label}{box}</div>'

    def choice(name: str, answers: tuple[tuple[str, str], ...]) -> str:
        chosen = values.get(name, "")
        rows = "".join(
            f'<div class="answer"><input type="radio" id="{name}{"" if not n else f"-{n}"}" '
            f'name="{name}" value="{value}"{" checked" if chosen == value else ""}>'
            f'<label for="{name}{"" if not n else f"-{n}"}">{say(words)}</label></div>'
            for n, (value, words) in enumerate(answers)
        )
        return (
            f'<fieldset class="question"{told_by(name)}><legend>{say(name)}</legend>'
            f"{hint(name)}{error(name)}{rows}</fieldset>"
        )

    safe = tuple((one, one) for one in SAFE[1:])
    questions = "".join(
        (
            choice("who", tuple((one, f"who_{one}") for one in WHO)),
            *(text(name) for name in ("called", "reach", "place")),
            f'<p class="hint">{say("safe_hint")}</p>',
            *(choice(name, safe) for name in ("safe_ring", "safe_text", "safe_write")),
            *(text(name) for name in ("safe_words", "reason", "own_reason")),
            choice("knows", (("yes", "knows_yes"), ("no", "knows_no"))),
            f"<h2>{say('you')}</h2>",
            *(text(name) for name in ("by_name", "by_role", "by_organisation", "by_contact")),
        )
    )
    summary = ""
    if wrong or notice:
        links = "".join(
            f'<li><a href="#{name}">{_problem(language, name, why)}</a></li>'
            for name, why in wrong.items()
        )
        told = f"<p>{say(notice)}</p>" if notice else ""
        summary = (
            f'<div class="summary" role="alert"><h2>{say("problem")}</h2>{told}'
            f"{f'<ul>{links}</ul>' if links else ''}</div>"
        )
    happens = "".join(f"<li>{say(f'happens_{n}')}</li>" for n in range(1, 5))
    body = f"""{summary}<h1>{say("title")}</h1>
<p class="lead">{say("lead")}</p>
<div class="help"><p><strong>{say("danger")}</strong></p><p>{say("unwell")}</p>
<p>{say("not_read_at_once")}</p></div>
<h2>{say("happens")}</h2><ul>{happens}</ul>
<form id="questions" method="post" action="{PATHS[language]}" autocomplete="off"
novalidate>{questions}
<div class="trap" aria-hidden="true"><label for="{TRAP}">{say("trap")}</label>
<input id="{TRAP}" name="{TRAP}" type="text" tabindex="-1" autocomplete="off"></div>
<button type="submit">{say("send")}</button></form>"""
    title = said(language, "title")
    if wrong or notice:
        title = f"{said(language, 'error')} {title}"
    return _page(language, title, body, skip=True)


def thanks(language: str) -> str:
    """Return what whoever sent something is told, and all that they are ever told here."""
    body = (
        f'<div class="thanks"><h1>{_safe(said(language, "thanks"))}</h1>'
        f"<p>{_safe(said(language, 'thanks_says'))}</p></div>"
        f'<div class="help"><p><strong>{_safe(said(language, "danger"))}</strong></p>'
        f"<p>{_safe(said(language, 'unwell'))}</p></div>"
    )
    return _page(language, said(language, "thanks"), body)


def plain(language: str, name: str) -> str:
    """Return a page of one sentence, and the way to the questions."""
    body = (
        f"<h1>{_safe(said(language, name))}</h1>"
        f'<p><a href="{PATHS[language]}">{_safe(said(language, "back"))}</a></p>'
    )
    return _page(language, said(language, name), body)


def _page(language: str, title: str, body: str, *, skip: bool = False) -> str:
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    to_questions = (
        f'<a class="skip" href="#questions">{_safe(said(language, "skip"))}</a>' if skip else ""
    )
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noarchive"><title>{_safe(title)}</title>
<link rel="stylesheet" href="/style.css"></head><body>{to_questions}
<header><a class="exit" href="{EXIT}" rel="noreferrer noopener">{_safe(said(language, "exit"))}</a>
<nav><a href="{PATHS[other]}" lang="{other}" hreflang="{other}">{_safe(said(language, "other"))}</a>
</nav></header>
<main>{body}<p class="hint">{_safe(said(language, "exit_says"))}</p></main></body></html>
"""


def _problem(language: str, name: str, why: str) -> str:
    return _safe(said(language, f"missing_{name}" if why == "missing" else why))


def _safe(text: str) -> str:
    """Return a text as words and nothing else."""
    return html.escape(text, quote=True)


_HINTS = frozenset(
    ("called_hint", "reach_hint", "place_hint", "reason_hint", "knows_hint", "by_role_hint")
)

STYLE = """
*{box-sizing:border-box}
body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1e2430;background:#fbf8f1}
main,header{max-width:42rem;margin:0 auto;padding:1rem}
html{scroll-padding:6rem 0 2rem}
header{position:sticky;top:0;background:#fbf8f1;display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;align-items:center}
a{color:#2b4c8c}
a:focus-visible,input:focus-visible,textarea:focus-visible,button:focus-visible
{outline:3px solid #1e2430;outline-offset:3px;background:#ffe8a3;color:#1e2430}
nav a{display:inline-block;padding:.75rem .25rem}
.exit{background:#8f1d14;color:#fff;padding:.75rem 1rem;font-weight:600}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static;display:block;padding:.75rem 1rem}
h1{font-size:1.75rem;line-height:1.25}
h2,legend,label{font-weight:600}
h2{font-size:1.25rem;margin-top:2rem}
.help{border-left:.4rem solid #8f1d14;padding:.1rem 1rem;background:#f1ece0}
.question{border:0;margin:1.75rem 0;padding:0}
legend,.question>label{display:block;font-size:1.125rem;padding:0}
.hint{margin:.25rem 0 .5rem;color:#454c5a}
.answer{display:flex;align-items:center;gap:.75rem;min-height:2.75rem}
.answer input{width:1.75rem;height:1.75rem;margin:0;flex:none}
.answer label{font-weight:400;padding:.5rem 1rem .5rem 0}
input[type=text],textarea{width:100%;font:inherit;padding:.6rem;border:2px solid #454c5a;
border-radius:0;background:#fff;color:#1e2430;min-height:2.75rem}
button{font:inherit;font-weight:600;padding:.75rem 2rem;border:0;background:#0a5e58;color:#fff}
.error{color:#8f1d14;font-weight:600;margin:.25rem 0 .5rem}
.summary{border:.25rem solid #8f1d14;padding:0 1rem}
.thanks{border:.25rem solid #23602a;padding:0 1rem;background:#f1ece0;margin-bottom:1.5rem}
.trap{position:absolute;left:-99rem}
"""
