"""Somebody who types no commands brings their people in: the real program in a real terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.store.canary import CANARY, traces_under

if os.name != "posix":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.journeys.test_a_first_morning import PASSPHRASE, at_the_shell, everywhere
from tests.terminal import CTRL_Q, ENTER, Terminal

CTRL_S, CTRL_Z, DOWN = "\x13", "\x1a", "\x1b[B"
PEOPLE = (
    "First name,Surname,Date of birth,Town\n"
    f"Terry,{CANARY},03/05/1948,Barwell\n"
    "Joan,Pratt,02/03/1947,Desford\n"
    "Joanna,Pratt,02/03/1947,Desford\n"
)


def names(home: Path) -> list[str]:
    return sorted(one["name"] for one in json.loads(at_the_shell(home, "people").stdout))


@pytest.mark.slow
def test_a_file_dragged_into_the_window_becomes_people_and_one_key_takes_them_back(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    made = at_the_shell(home, "new", "--name", "Ann Archer")
    assert made.returncode == 0, made.stderr
    file = tmp_path / "the surgery's list.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    dragged = str(file).replace(" ", "\\ ").replace("'", "\\'")

    with Terminal(["--data", str(home / "records")], everywhere(home)) as terminal:
        terminal.wait_for("Type your passphrase")
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("The key + brings in a list")
        terminal.press("+")
        terminal.wait_for("Where is the list?")
        terminal.press(f"\x1b[200~{dragged} \x1b[201~")
        terminal.wait_for("surgery")
        terminal.press(ENTER)
        terminal.wait_for("what each column is taken for")
        terminal.press(CTRL_S)
        terminal.wait_for("2 will be added, 1 to settle")
        terminal.press(ENTER)
        terminal.wait_for("Row 4, Joanna Pratt: who is it?")
        terminal.press(DOWN, DOWN, ENTER)
        terminal.wait_for("3 will be added.")
        terminal.press(CTRL_S)
        terminal.wait_for("3 people were added.")
        terminal.wait_for("Joanna")
        assert not any(CANARY in title for title in terminal.titles)
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert len(names(home)) == 3

    with Terminal(["--data", str(home / "records")], everywhere(home)) as terminal:
        terminal.wait_for("Type your passphrase")
        terminal.press(PASSPHRASE, ENTER)
        terminal.wait_for("Kept on this laptop")
        terminal.press(CTRL_Z)
        terminal.wait_for("The key + brings in a list")
        terminal.press(CTRL_Q)
        assert terminal.end() == 0
    assert names(home) == []
    assert traces_under(home, [CANARY, PASSPHRASE]) == {}
