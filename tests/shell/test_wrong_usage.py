"""What somebody gets who types something that is no command, and who has no terminal."""

from __future__ import annotations

import os
import pty
import select
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkworker.vault import backoff, missed
from tests.conftest import PASSPHRASE
from tests.shell.conftest import ROOT, Shell


@pytest.mark.parametrize(
    "words",
    [
        ["bogus"],
        ["people", "extra"],
        ["set"],
        ["set", "a", "b"],
        ["import", "people"],
        ["import"],
        ["export"],
        ["people", "--no-such-option"],
        ["people", "--json=yes"],
        ["people", "--limit", "5"],
        ["search", "--limit", "many"],
        ["search", "--limit", "0"],
        ["people", "--data"],
        ["people", "--data", "--json"],
        ["people", "--data", "a", "--data", "b"],
        ["new"],
        ["new", "--name", " "],
        ["import", "people", "x.csv", "--decide", "seven=add"],
        ["import", "people", "x.csv", "--decide", "7=merge"],
        ["import", "people", "x.csv", "--begun", "Friday"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_with_status_2_and_nothing_on_output(
    shell: Shell, words: list[str]
) -> None:
    ran = shell.bare(*words)
    assert ran.status == 2
    assert ran.out == b""
    assert "linkworker" in ran.err
    assert "Traceback" not in ran.err


def test_what_was_typed_wrongly_is_not_repeated(shell: Shell) -> None:
    for words in (["Agnes Ward"], ["people", "Agnes Ward"], ["people", "--Agnes"]):
        assert "Agnes" not in shell.bare(*words).err


def test_help_is_shown_for_everything_and_for_one_command(shell: Shell) -> None:
    everything = shell.bare("--help")
    assert everything.status == 0
    assert "linkworker import people FILE" in everything.text
    one = shell.bare("import", "people", "--help")
    assert one.status == 0
    assert "--dry-run" in one.text
    assert shell.bare("-h").text == everything.text


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.bare("--version").text.strip().count(".") == 2


def test_options_may_stand_anywhere(shell: Shell) -> None:
    options = ["--data", str(shell.folder), f"--passphrase-file={shell.passphrase_file}"]
    assert shell.bare(*options, "people", "--json").json == []
    assert shell.bare("--json", "people", *options).json == []


def test_the_folder_may_come_from_the_environment(shell: Shell) -> None:
    ran = shell.bare(
        "people",
        "--json",
        "--passphrase-file",
        str(shell.passphrase_file),
        environment={"LINKWORKER_DATA": str(shell.folder)},
    )
    assert ran.json == []


def test_a_folder_without_records_is_refused_and_nothing_is_made_in_it(
    shell: Shell, tmp_path: Path
) -> None:
    ran = shell.bare("people", "--data", str(tmp_path / "elsewhere"))
    assert (ran.status, ran.out) == (1, b"")
    assert "linkworker new" in ran.err
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("command", [("people",), ("new", "--name", "Ann"), ()])
def test_a_file_in_the_place_of_the_folder_is_said_to_be_one(
    shell: Shell, command: tuple[str, ...]
) -> None:
    file = shell.file("letter", "Dear Ann")
    secret = str(shell.passphrase_file)
    ran = shell.bare(*command, "--data", file, "--passphrase-file", secret)
    assert (ran.status, ran.out) == (1, b"")
    assert "is a file" in ran.err
    assert Path(file).read_text() == "Dear Ann"


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_folder_that_holds_other_things_keeps_them_and_its_rights(
    shell: Shell, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    (shared / "rota.ods").touch()
    secret = str(shell.passphrase_file)
    ran = shell.bare("new", "--name", "Ann", "--data", str(shared), "--passphrase-file", secret)
    assert (ran.status, ran.out) == (1, b"")
    assert "Name a new folder" in ran.err
    assert stat.S_IMODE(shared.stat().st_mode) == 0o777
    assert [one.name for one in shared.iterdir()] == ["rota.ods"]


def test_a_wrong_passphrase_is_refused(shell: Shell) -> None:
    wrong = shell.file("wrong", "not this one at all\n")
    ran = shell.bare("people", "--data", str(shell.folder), "--passphrase-file", wrong)
    assert (ran.status, ran.out) == (1, b"")
    assert "passphrase" in ran.err
    assert "not this one" not in ran.err


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b""], ids=["absent", "bytes", "empty"])
def test_a_passphrase_file_that_is_none_is_refused(shell: Shell, content: bytes | None) -> None:
    name = str(shell.folder.parent / "absent") if content is None else shell.file("f", content)
    ran = shell.bare("people", "--data", str(shell.folder), "--passphrase-file", name)
    assert (ran.status, ran.out) == (1, b"")
    assert "was not read" in ran.err
    assert not (shell.folder / "tries.json").exists()  # no try that counts


def test_without_a_terminal_the_words_on_input_are_never_taken_for_the_passphrase(
    shell: Shell,
) -> None:
    ran = shell.bare("search", "--data", str(shell.folder), given=PASSPHRASE + "\n")
    assert (ran.status, ran.out) == (1, b"")
    assert "--passphrase-file" in ran.err


def test_the_passphrase_is_typed_at_the_terminal_and_never_echoed(shell: Shell) -> None:
    """The words come through a pipe while the passphrase is typed at the terminal."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child has the terminal for its own
        os.chdir(ROOT)
        command = f"printf nothing | {sys.executable} -m linkworker search --json --data "
        os.execvp("/bin/sh", ["/bin/sh", "-c", command + f"'{shell.folder}'"])
    seen = _until(terminal, b"Passphrase: ")
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    seen += _until(terminal, b"[]")
    assert b"[]" in seen
    assert PASSPHRASE.encode() not in seen
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(terminal)


def test_enter_alone_at_the_terminal_is_no_try(shell: Shell) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        words = ["-m", "linkworker", "people", "--data", str(shell.folder)]
        os.execv(sys.executable, [sys.executable, *words])
    _until(terminal, b"Passphrase: ")
    os.write(terminal, b"\n")
    seen = _until(terminal, b"--passphrase-file.")
    assert b"No passphrase was typed." in seen
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    os.close(terminal)
    counted = {backoff.FILE, missed.FILE} & {one.name for one in shell.folder.iterdir()}
    assert counted == set()


def _until(terminal: int, wanted: bytes) -> bytes:
    seen, until = b"", time.monotonic() + 60
    while wanted not in seen and time.monotonic() < until:
        if select.select([terminal], [], [], 1)[0]:
            try:
                seen += os.read(terminal, 4096)
            except OSError:  # the child has gone
                break
    return seen


def test_two_different_new_passphrases_make_nothing(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        words = ["-m", "linkworker", "new", "--name", "Ann", "--data", str(folder)]
        os.execv(sys.executable, [sys.executable, *words])
    _until(terminal, b"Passphrase: ")
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    _until(terminal, b"again: ")
    os.write(terminal, b"something else entirely\n")
    seen = _until(terminal, b"Try again.")
    assert b"not the same" in seen
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    os.close(terminal)
    assert not folder.exists()


def test_a_folder_that_holds_other_things_is_told_before_a_passphrase_is_asked(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"the sea")
    ran = shell.bare("new", "--name", "Ann", "--data", str(tmp_path / "photos"))
    assert (ran.status, ran.out) == (1, b"")
    assert "holds other things" in ran.err
    assert "passphrase" not in ran.err


def test_a_reader_that_goes_away_ends_it_quietly(shell: Shell) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = shell.bare("--help", stdout=writing)
    os.close(writing)
    assert ran.status == 1
    assert ran.err == ""


def test_closed_output_is_refused_before_anything_is_made(shell: Shell, tmp_path: Path) -> None:
    command = (
        f"{sys.executable} -m linkworker new --name Ann --data '{tmp_path}/new' "
        f"--passphrase-file '{shell.passphrase_file}' >&-"
    )
    ran = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert ran.returncode == 1
    assert b"closed" in ran.stderr
    assert not (tmp_path / "new").exists()


def test_closed_input_is_refused(shell: Shell) -> None:
    command = f"{sys.executable} -m linkworker search --data x --passphrase-file y <&-"
    ran = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


def test_a_fault_of_our_own_is_told_by_kind_and_place_and_never_by_value(
    shell: Shell, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import linkworker.shell.saying as saying\n"
        "def fall(words): raise ValueError('Agnes Ward said so')\n"
        "saying.words_from_input = fall\n"
    )
    ran = shell("search", environment={"PYTHONPATH": os.pathsep.join((str(broken), str(ROOT)))})
    assert ran.status == 1
    assert "ValueError" in ran.err
    assert "sitecustomize.py, line 2" in ran.err
    assert "Agnes" not in ran.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_passphrase_file_that_is_none_is_refused_and_is_no_wrong_try(
    shell: Shell, tmp_path: Path
) -> None:
    picture = shell.file("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    endless = shell.file("endless", b"x" * 20_000)
    nul = shell.file("nul", PASSPHRASE.encode() + b"\x00\n")
    for name in ("/dev/zero", str(tmp_path), picture, endless, nul):
        ran = shell.bare("people", "--data", str(shell.folder), "--passphrase-file", name)
        assert (ran.status, ran.out) == (1, b"")
        assert "The passphrase was not read." in ran.err
    assert not (shell.folder / backoff.FILE).exists()
    assert not (shell.folder / missed.FILE).exists()
    assert shell("people", "--json").status == 0


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_a_passphrase_may_come_through_a_pipe(shell: Shell) -> None:
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    named = ("--data", str(shell.folder), "--passphrase-file", f"/dev/fd/{reading}")
    assert shell.bare("people", "--json", *named, pass_fds=(reading,)).json == []
    os.close(reading)
