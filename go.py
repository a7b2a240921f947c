#!/usr/bin/env python3
"""Run linkworker, or its tests, from a fresh checkout: what is needed is fetched once, by itself.

    python3 go.py demo       opens the app on made-up people
    python3 go.py tests      runs every check (words after it go to pytest alone)
    python3 go.py            opens the app; any other words go to linkworker as they are

The first run makes the folder `.venv` beside this file, from the versions that `requirements.lock`
names and no others (each file's hash is checked). Later runs start at once. A run that was cut off
is noticed and begun again. With uv the same works as `uv run go.py demo`.
"""
# Only the standard library, and nothing newer than Python 3.6 in how it is written: an older Python
# must get as far as saying that it is too old.
#
# /// script
# requires-python = ">=3.11"
# dependencies = []
# ///

import os
import sys

OLDEST = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, ".venv")
BIN = os.path.join(FOLDER, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")

RUNTIME = "requirements.lock"
"""What the app needs."""
TESTS = "requirements-dev.lock"
"""What the app and its tests need."""

OURS = os.path.join(FOLDER, "made-by-go")
"""Stands in a folder that this script made and may make again; any other is only added to."""
BEGUN = os.path.join(FOLDER, "install-begun")
"""Stands there while packages are being written: found at the start, the last run was cut off."""

# What the installer says, and what that means for whoever reads it.
MEANINGS = (
    (
        ("do not match the hashes", "hash mismatch"),
        "What came is not what this version of linkworker was tried with, so it was not used.",
        "Try again on another network. If it says the same, tell whoever gave you linkworker.",
    ),
    (
        ("no space left", "disk quota", "not enough space"),
        "The disk is full.",
        "Free about 300 MB and run the same command again.",
    ),
    (
        ("certificate verify", "certificate_verify", "sslerror", "peer certificate"),
        "This network puts itself between you and the place where packages come from.",
        "Try again at home or on a phone's network, or ask who runs this network.",
    ),
    (
        (
            "name resolution",
            "failed to establish",
            "connection refused",
            "network is unreachable",
            "no route to host",
            "timed out",
            "dns error",
            "getaddrinfo",
            "failed to lookup",
            "error sending request",
            "connection error",
            "connection reset",
            "connection broken",
            "incomplete read",
            "proxyerror",
        ),
        "There is no network, or the place where packages come from cannot be reached.",
        "Once it is there, run the same command again. After that linkworker needs no network.",
    ),
    (
        ("no matching distribution", "no solution found", "not a supported wheel"),
        "Some of what linkworker needs is not made for this machine and this Python.",
        "Try Python 3.11 to 3.14, 64 bit, from python.org (a Mac needs Apple's own processor).",
    ),
    (
        ("no module named pip",),
        "This Python comes without pip, which fetches packages.",
        "On Debian or Ubuntu: sudo apt install python3-pip. Or install uv and run: uv run go.py",
    ),
    (
        ("permission denied", "access is denied", "read-only file system"),
        "This folder cannot be written to, or something in it is in use.",
        "Close any linkworker that is open, or copy the folder to a place of your own.",
    ),
)


def main(words):
    """Do what the words say; return the exit status (on POSIX this process becomes the app)."""
    if sys.version_info < OLDEST:
        return say(
            "This is Python %d.%d, and linkworker needs %d.%d or newer."
            % (sys.version_info[:2] + OLDEST),
            "Install a newer one from python.org, or install uv and run: uv run go.py",
        )
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    testing = words[:1] == ["tests"]
    lock = TESTS if testing else RUNTIME
    if not is_ready(lock):
        status = install(lock)
        if status:
            return status
    if testing:
        os.chdir(HERE)
        return become([PYTHON, "-m", "tests", *words[1:]])
    # -P: a file of the folder one happens to stand in is never taken for a part of linkworker.
    return become([PYTHON, "-P", "-m", "linkworker", *words])


def say(what, to_do):
    """Tell the person, on standard error, what is wrong and what to do; return the exit status."""
    sys.stderr.write("%s\n%s\n" % (what, to_do))
    return 1


def become(command):
    """Run a command in place of this one; where that is not possible, wait for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


# -- what is installed -----------------------------------------------------------------------


def stamp_path(lock):
    """Return the file that says which lock was installed."""
    return os.path.join(FOLDER, "installed-from-" + lock)


def stamp(lock):
    """Return what a finished install says: the place, the Python, and the lock's own hash.

    The Python behind the link is named because a system that moves to its next Python leaves the
    link standing and the packages where the new one does not look.
    """
    import hashlib

    with open(os.path.join(HERE, lock), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return "\n".join([HERE, os.path.realpath(PYTHON), digest, ""])


def is_ready(lock):
    """Return whether the folder holds what the lock names, finished, and in this place."""
    if os.path.exists(BEGUN) or not os.path.exists(PYTHON):
        return False
    return read(stamp_path(lock)) == stamp(lock)


def read(path):
    """Return the text of a small file, or nothing where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path, text):
    """Write a small file, there in full or not at all."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


# -- installing ------------------------------------------------------------------------------


def install(lock):
    """Install what a lock names; return 0, or the exit status after saying why not."""
    try:
        with open(os.path.join(HERE, ".venv.lock"), "w") as turn:
            wait_for_turn(turn)
            # Another terminal may have done it while this one waited.
            return 0 if is_ready(lock) else install_now(lock)
    except KeyboardInterrupt:
        return say("\nStopped before it was finished.", "The next run begins again by itself.")
    except OSError as error:
        return explain(str(error))


def wait_for_turn(file):
    """Hold the file until this process ends: two terminals at once must not write one folder."""
    if take_turn(file):
        return
    print("Another window is fetching what linkworker needs. Waiting for it.")
    sys.stdout.flush()
    import time

    while not take_turn(file):
        time.sleep(0.5)


def take_turn(file):
    """Try to hold the file; return whether it worked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The installer holds it too, so that one whose parent was killed is waited for.
            os.set_inheritable(file.fileno(), True)
    except (BlockingIOError, PermissionError):
        return False
    return True


def install_now(lock):
    """Make the folder where there is none that will do, and put what the lock names into it."""
    import shutil

    uv = os.environ.get("UV") or shutil.which("uv")
    # Not the folder's own Python, should it be running this: it may be about to be made anew.
    python = getattr(sys, "_base_executable", None) or sys.executable
    cut_off = os.path.exists(BEGUN)
    if os.path.exists(OURS) and not is_ready(RUNTIME):
        shutil.rmtree(FOLDER)  # what an older lock named and this one does not goes with it
    if not os.path.exists(PYTHON):
        os.makedirs(FOLDER, exist_ok=True)
        write(OURS, "go.py made this folder and may make it again.\n")
    write(BEGUN, "")
    if not os.path.exists(PYTHON):
        if uv:
            failed = run([uv, "venv", "--quiet", "--allow-existing", "--python", python, FOLDER])
        else:
            failed = run([python, "-m", "venv", "--without-pip", FOLDER])
        if failed:
            return explain(failed)
    if uv:
        command = [uv, "pip", "install", "--python", PYTHON, "--compile-bytecode"]
        command += ["--reinstall"] if cut_off else []
    else:
        command = [python, "-m", "pip", "--python", PYTHON, "install", "--no-input"]
        command += ["--disable-pip-version-check", "--progress-bar", "off"]
        command += ["--force-reinstall"] if cut_off else []
    path = os.path.join(HERE, lock)
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", path]
    print("Fetching what linkworker needs into .venv. This happens once, and takes a minute.")
    failed = run(command, read(path).count("=="))
    if failed:
        return explain(failed)
    tell_where_the_checkout_is()
    for name in (RUNTIME, TESTS) if lock == TESTS else (RUNTIME,):
        write(stamp_path(name), stamp(name))
    os.remove(BEGUN)
    return 0


def run(command, packages=0):
    """Run an installer; return '' when it did its work, else everything that it said.

    On a terminal, how many of `packages` have been looked at is counted while it runs.
    """
    import subprocess

    sys.stdout.flush()
    said, seen = [], 0
    counting = packages and sys.stdout.isatty()
    environment = dict(os.environ, PIP_USER="0", PYTHONUNBUFFERED="1")
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
            errors="replace",
            env=environment,
            close_fds=os.name == "nt",
        )
    except OSError as error:
        return str(error)
    try:
        for line in process.stdout:
            said.append(line)
            if counting and line.startswith("Collecting "):
                seen += 1
                sys.stdout.write("\r  %d of %d" % (seen, packages))
                sys.stdout.flush()
        status = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if counting and seen:
        print()
    return "" if status == 0 else "".join(said) or "%s ended with %d" % (command[0], status)


def tell_where_the_checkout_is():
    """Let the folder's Python find linkworker in this checkout, from whatever folder it is run."""
    import glob

    inside = "Lib" if os.name == "nt" else os.path.join("lib", "python*")
    for packages in glob.glob(os.path.join(FOLDER, inside, "site-packages")):
        write(os.path.join(packages, "linkworker-checkout.pth"), HERE + "\n")


def explain(said):
    """Say in plain words what went wrong, and where the installer's own words are."""
    known = [meant for meant in MEANINGS if any(sign in said.lower() for sign in meant[0])]
    if known:
        _, what, to_do = known[0]
    else:
        last = ["  " + line for line in said.strip().splitlines()[-4:]]
        what = "\n".join(["What linkworker needs could not be installed. Last was said:", *last])
        to_do = "Run the same command again; it begins again by itself."
    try:
        write(os.path.join(HERE, ".venv.log"), said)
        to_do += "\n(The installer's own words are in .venv.log)"
    except OSError:
        pass  # the folder cannot be written to, which is what is being said already
    return say(what, to_do)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
