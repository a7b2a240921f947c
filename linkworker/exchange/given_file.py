"""A file that is made for a person and not encrypted: written whole or not at all, and audited.

Its name tells nobody: a day and four signs by chance. Nothing is ever written over.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker import folders
from linkworker.caseload import audit
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from linkworker.store import Store, WriteTx


class NoSuchFolder(Refused):
    """The file was to go where no folder is."""

    def __init__(self) -> None:
        super().__init__(
            "No copy was made.",
            "There is no such folder.",
            "Choose one that is there, such as Documents.",
        )


def usual_place(store: Store, what: str, ending: str) -> Path:
    """Return where such a file goes unless somebody says otherwise."""
    import platformdirs  # 35 ms: only when a copy is wanted

    documents = Path(platformdirs.user_documents_dir())
    folder = documents if documents.is_dir() else Path.home()
    with store.read() as tx:
        return folder / f"{what}-{tx.today.isoformat()}-{store.ids()[-4:]}.{ending}"


def give_out(
    store: Store,
    person_id: str,
    place: Path,
    act: str,
    reason: str,
    made: Callable[[WriteTx], str],
) -> None:
    """Write what `made` returns into a new file that its owner alone can read.

    The audit keeps that it was given out, as `reason`; where `made` refuses, nothing was. Raises
    `NoSuchFolder`, and what `folders` refuses: a name that is taken, a full disk.
    """
    if not place.parent.is_dir():
        raise NoSuchFolder
    begun = False
    try:
        with store.write(act, person_id, quiet=True) as tx:
            page = made(tx)
            audit.record(tx, "exported", person_id, reason=reason)
            folders.make_private_file(place)  # nobody's file may stand in its place
            begun = True
            folders.write_whole(place, page.encode())
    except BaseException:
        if begun:  # no half of it stays, and none that the audit does not know of
            with contextlib.suppress(OSError):
                place.unlink()
        raise
