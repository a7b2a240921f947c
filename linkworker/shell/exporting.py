"""Giving records out, and taking a caseload into empty ones, at the shell."""

from __future__ import annotations

from pathlib import Path

from linkworker.exchange.list_file import content_of
from linkworker.shell.opening import opened
from linkworker.shell.saying import need_output, say, say_json, tell
from linkworker.shell.usage import Typed, WrongUsage


def export_person(typed: Typed) -> int:
    """Print one person's whole record as JSON."""
    return _export(typed, typed.words[-1])


def export_caseload(typed: Typed) -> int:
    """Print everybody's whole record as JSON."""
    return _export(typed, "")


def _export(typed: Typed, beginning: str) -> int:
    from linkworker.caseload import people
    from linkworker.exchange.caseload_json import export_people

    if typed.value("--format", "json") != "json":
        raise WrongUsage("The only format is json: --format json.")
    need_output()
    with opened(typed) as store:
        person_id = ""
        if typed.words[1] == "person":
            with store.read() as tx:
                person_id = people.find_by_id(tx, beginning)
        exported = export_people(store, person_id, with_kept_apart=typed.has("--with-kept-apart"))
    say_json(exported.document)
    left_out = exported.kept_apart_left_out
    if left_out:
        parts = "1 part is" if left_out == 1 else f"{left_out} parts are"
        tell(f"{parts} kept apart and not in it. Who has the right adds --with-kept-apart.")
    return 0


def import_caseload(typed: Typed) -> int:
    """Take what export wrote into empty records; rows that cannot be are told, with status 1."""
    from linkworker.exchange.caseload_json import LARGEST, import_caseload

    content = content_of(Path(typed.words[-1]), LARGEST)
    with opened(typed) as store:
        report = import_caseload(store, content, dry_run=typed.has("--dry-run"))
    if typed.has("--json"):
        say_json(report.as_json())
    else:
        say(f"{report.added} of {report.people} people, {report.rows} rows.")
        for refused in report.refused:
            say(f"{refused.where}, refused: {refused.why}")
    if not report.refused:
        return 0
    tell(f"Not everything was imported: {len(report.refused)} rows refused, each with its reason.")
    return 1
