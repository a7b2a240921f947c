"""What happens when something unexpected happens: a reference, a line in a file, no names.

Textual's own crash screen prints local variables, so case notes, into a terminal's scroll-back.
Here an error leaves its type and the places it came through, and nothing that it was about.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from types import TracebackType

FILE_NAME = "problems.log"
LARGEST = 200_000
"""Bytes that the file may grow to; then it begins anew, and the older half is gone."""

SENTENCE = "Something went wrong; your notes are safe. Reference {reference}."
NOT_ALL_KEPT = (
    "Something went wrong. What was saved before is safe; the last words of a draft could not be "
    "kept. Reference {reference}."
)


def new_reference() -> str:
    """Return four signs that a person can read out on the phone: `1A2B`."""
    import secrets  # 3 ms, on the way to the first frame

    return secrets.token_hex(2).upper()


def places(traceback: TracebackType | None) -> list[str]:
    """Return `file:line function` for each step of a traceback, outermost first, no values."""
    found: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = Path(code.co_filename)
        found.append(f"{'/'.join(path.parts[-3:])}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return found


def write_down(error: BaseException, folder: Path, reference: str, now: datetime) -> None:
    """Add type and places of `error` to the file in the data folder.

    The message of an error is never written: it may hold what somebody said. Where the folder
    cannot be written (full disk, read-only), or a link to another file has that name, nothing is,
    and nothing is raised: one error is enough.
    """
    seen: set[int] = set()
    lines = [f"{now:%Y-%m-%dT%H:%MZ} {reference}"]
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines.append(f"  {type(one).__module__}.{type(one).__qualname__}")
        lines.extend(f"    {place}" for place in places(one.__traceback__))
        one = one.__cause__ or one.__context__
    from linkworker.folders import open_to_write
    from linkworker.refusal import Refused

    path = folder / FILE_NAME
    try:
        if path.exists() and path.stat().st_size > LARGEST:
            path.unlink()
        handle = open_to_write(path, os.O_APPEND)
        with open(handle, "a", encoding="utf-8") as file:
            if os.name == "posix":  # one that was there may have been opened to others
                os.fchmod(handle, 0o600)
            file.write("\n".join(lines) + "\n")
    except (OSError, Refused):
        return
