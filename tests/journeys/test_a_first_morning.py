"""A first morning: the notebook is set up, people come in from a file, the first note is found.

The real program, in a real terminal, and at the shell beside it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.canary import CANARY, traces_under

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.terminal import CTRL_Q, ENTER, ROOT, Terminal

CTRL_N, CTRL_P, CTRL_S = "\x0e", "\x10", "\x13"
PASSPHRASE = "the rain on the chapel roof"
PEOPLE = (
    "First name,Surname,Date of birth,Village\n"
    "Terry,Beasley,03/05/1948,Barwell\n"
    "Joan,Pratt,02/03/1947,Desford\n"
)


def everywhere(home: Path) -> dict[str, str]:
    return {name: str(home) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME")}


def at_the_shell(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command over the records, the passphrase in a file of its own."""
    secret = home.parent / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    secret.chmod(0o600)
    told = ("--data", str(home / "records"), "--passphrase-file", str(secret), "--json")
    return subprocess.run(
        [sys.executable, "-m", "linkworker", *words, *told],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        | everywhere(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_from_an_empty_folder_to_a_first_note_that_is_found(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with Terminal(["--data", str(home / "records")], everywhere(home)) as terminal:
        terminal.wait_for("Start with my people")
        terminal.press(ENTER)
        terminal.wait_for("What is your name?")
        for words in ("Ann Archer", PASSPHRASE):
            terminal.press(words)
            terminal.press_and_move(ENTER)
        terminal.press(PASSPHRASE, ENTER)
        shown = terminal.wait_for("Now type the last", seconds=90)
        groups = re.findall(r"\b[0-9A-Z]{4}\b", shown)
        terminal.press(" ".join(groups[-2:]).lower(), ENTER)
        terminal.wait_for("Kept on this laptop")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0

    file = tmp_path / "from the surgery.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    report = at_the_shell(home, "import", "people", str(file))
    assert report.returncode == 0, report.stderr
    assert json.loads(report.stdout)["added"] == 2

    with Terminal(["--data", str(home / "records")], everywhere(home)) as terminal:
        terminal.wait_for("Type your passphrase")
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("Kept on this laptop")
        terminal.press(CTRL_N)
        terminal.wait_for("about whom?")
        terminal.press("t", "e", ENTER)
        terminal.wait_for("Note about Terry Beasley")
        terminal.press(f"Met him at the gate. {CANARY} is his dog.", ENTER, "+ mends bicycles")
        terminal.wait_for("draft kept")
        terminal.press(CTRL_S)
        terminal.wait_for("Saved.")
        terminal.press(CTRL_P)
        terminal.wait_for("a word from a note")
        terminal.press("bicycles")
        terminal.wait_for("What was written")
        terminal.wait_for("mends bicycles")  # the end of a frame may be read after its beginning
        terminal.press(CTRL_Q)
        assert terminal.end() == 0

    found = at_the_shell(home, "people")
    assert sorted(one["name"] for one in json.loads(found.stdout)) == [
        "Joan Pratt",
        "Terry Beasley",
    ]
    assert traces_under(home, [CANARY, PASSPHRASE]) == {}
