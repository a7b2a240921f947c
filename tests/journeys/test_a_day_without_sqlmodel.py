"""A day of ordinary work, in real programs, imports nothing of what only freezing needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.journeys.gate import HEAVY, ROOT, Gate
from tests.journeys.half_a_note import CTRL_S, note_about_terry, records_of_ann
from tests.shell.conftest import Ran, Shell, empty_records, shell  # noqa: F401  # fixtures
from tests.terminal import CTRL_Q, ESC

CTRL_Z, CTRL_Y, CTRL_P = "\x1a", "\x19", "\x10"
PEOPLE = "given,family,phone\nJoan,Pratt,07700 900123\nDerek,Pratt,\n"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate")


def test_the_gate_sees_what_is_imported(gate: Gate) -> None:
    freeze = "from linkworker.schema.tables import all_tables; all_tables()"
    subprocess.run(
        [sys.executable, "-c", freeze],
        check=True,
        cwd=ROOT,
        env={**os.environ, **gate.environment},
    )
    assert gate.imported() == set(HEAVY)


def test_a_note_is_written_undone_done_again_and_found_in_the_app(
    gate: Gate, tmp_path: Path
) -> None:
    records_of_ann(tmp_path / "records")
    with note_about_terry(tmp_path / "records", tmp_path, gate.environment) as terminal:
        terminal.press("Terry mends bicycles.\r+ mends bicycles\r! the bus stops at five")
        terminal.press(CTRL_S)
        terminal.wait_for("Saved.")
        terminal.press(CTRL_Z)
        terminal.wait_for("Taken back")
        terminal.press(CTRL_Y)
        terminal.wait_for("Done again")
        terminal.press(CTRL_P, *"bicycles")
        terminal.wait_for("mends bicycles")
        terminal.press(ESC)
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert gate.imported() == set()


def test_nothing_that_the_shell_does_imports_it(
    gate: Gate,
    shell: Shell,  # noqa: F811  # the fixture
    empty_records: Path,  # noqa: F811  # the fixture
    tmp_path: Path,
) -> None:
    def well(ran: Ran) -> Ran:
        assert ran.status == 0, ran.err
        assert gate.imported() == set()
        return ran

    watched = gate.environment
    fresh = ("--data", str(tmp_path / "fresh"), "--passphrase-file", str(shell.passphrase_file))
    well(shell.bare("new", "--name", "Ann", *fresh, environment=watched))
    brought = well(
        shell("import", "people", shell.file("p.csv", PEOPLE), "--json", environment=watched)
    )
    assert brought.json["added"] == 2
    who = well(shell("people", "--json", environment=watched)).json[0]["id"]
    well(shell("set", who, given='{"place": "Barwell"}', environment=watched))
    note = "We met.\n+ mends bicycles\n! the bus stops at five\n"
    well(shell("note", who, "--json", given=note, environment=watched))
    assert well(shell("search", "--json", given="bicycles", environment=watched)).json
    well(shell("undo", environment=watched))
    well(shell("note", who, "--json", given=note, environment=watched))
    out = well(shell("export", "caseload", "--with-kept-apart", environment=watched))
    well(shell("export", "person", who, environment=watched))
    shutil.copytree(empty_records, tmp_path / "elsewhere")
    elsewhere = replace(shell, folder=tmp_path / "elsewhere")
    file = shell.file("caseload.json", out.out)
    assert well(elsewhere("import", "caseload", file, "--json", environment=watched)).json["people"]
    assert well(elsewhere("check", "--json", environment=watched)).json["ok"] is True
    well(elsewhere("rescue", str(tmp_path / "rescued"), environment=watched))
