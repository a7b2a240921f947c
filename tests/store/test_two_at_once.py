"""Two threads that need the tables for the first time at the same moment both get them whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

AT_ONCE = """
import sys, threading
from linkworker import schema

errors, start = [], threading.Barrier(7)

def first_need(name):
    start.wait()
    try:
        schema.all_tables() if name == "all" else getattr(schema, name)
    except BaseException as error:
        errors.append(repr(error))

sys.setswitchinterval(1e-5)
names = ("all", "Note", "Person", "Goal", "KeptApart", "Worker", "Connection")
threads = [threading.Thread(target=first_need, args=(name,)) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("\\n".join(errors) or 0)
"""


@pytest.mark.slow
def test_the_tables_are_imported_whole_however_many_ask_at_once() -> None:
    """A note was once refused at *done* because a thread was still importing them."""
    for _ in range(6):
        ran = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
