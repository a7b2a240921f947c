"""What is given to commands stays in the records: not in arguments, refusals, logs or files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from tests.shell.conftest import Shell
from tests.store.canary import CANARY, traces, traces_of_process, traces_under


@pytest.fixture
def own_home(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which everything that a command writes anywhere must land."""
    home = shell.folder.parent / "home"
    home.mkdir()
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return home


def test_commands_leave_nothing_readable_behind(
    shell: Shell, terry_id: str, own_home: Path
) -> None:
    note = f"{CANARY} came.\n+ {CANARY}\n!! {CANARY} told me\n"
    assert shell("note", terry_id, "--json", given=note).status == 0
    assert shell("set", terry_id, given=json.dumps({"place": CANARY})).status == 0
    assert shell("search", "--json", given=CANARY).json
    assert shell("undo").status == 0
    assert shell("check", "--json").json["ok"]
    assert traces_under(shell.folder, [CANARY, PASSPHRASE]) == {}
    assert traces_under(own_home, [CANARY, PASSPHRASE]) == {}


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (("note", "ffffffff"), CANARY),
        (("set", "TERRY"), json.dumps({CANARY: CANARY})),
        (("set", "TERRY"), json.dumps({"born": CANARY})),
        (("set", "TERRY"), CANARY),
        (("note", "TERRY", "--json"), f"{CANARY}\n> {CANARY}\n"),
        (("search", "--limit", "0"), CANARY),
        (("import", "people", "no such file"), CANARY),
        (("import", "caseload", "no such file"), CANARY),
    ],
)
def test_no_refusal_repeats_what_was_given(
    shell: Shell, terry_id: str, words: tuple[str, ...], given: str
) -> None:
    ran = shell(*(terry_id if word == "TERRY" else word for word in words), given=given)
    assert ran.status in (1, 2)
    assert traces(ran.err.encode()) == []


def test_a_file_of_people_that_cannot_be_read_is_refused_without_its_words(
    shell: Shell, own_home: Path
) -> None:
    for content in (
        f"{CANARY}",
        f'"{CANARY}\n' * 3,
        f"name,born\n{CANARY},{CANARY}\n",
        f"{{{CANARY}",
    ):
        file = shell.file("people.csv", content)
        ran = shell("import", "people", file, "--json")
        assert traces(ran.err.encode()) == []
        ran = shell("import", "caseload", file)
        assert ran.status == 1
        assert traces(ran.err.encode()) == []
    assert traces_under(shell.folder) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_command_that_waits_for_words_shows_none_to_other_programs(
    shell: Shell, terry_id: str, own_home: Path
) -> None:
    waiting = subprocess.Popen(
        [
            *(sys.executable, "-m", "linkworker", "search", "--data", str(shell.folder)),
            *("--passphrase-file", str(shell.passphrase_file)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=shell.environment(),
        cwd=Path(__file__).parents[2],
    )
    assert waiting.stdin is not None
    waiting.stdin.write(CANARY.encode())
    waiting.stdin.flush()
    assert os.path.exists(f"/proc/{waiting.pid}")
    assert traces_of_process(waiting.pid, [CANARY, PASSPHRASE]) == []
    waiting.communicate()
    assert waiting.returncode == 0
