"""The records as a whole: setting them up, checking them, taking back the last thing done."""

from __future__ import annotations

from pathlib import Path

from linkworker.shell.opening import folder_of, opened, passphrase
from linkworker.shell.saying import let_out, need_output, say, say_json, tell, try_output
from linkworker.shell.usage import Typed, WrongUsage


def new(typed: Typed) -> int:
    """Set up records in the folder and show their recovery key, this once."""
    name = typed.value("--name").strip()
    if not name:
        raise WrongUsage('Say whose records these are: linkworker new --name "A. Coordinator".')
    need_output()
    from linkworker import vault
    from linkworker.store import Store
    from linkworker.widgets import look

    folder = folder_of(typed)
    Store.refuse_unfit(folder)
    chosen = passphrase(typed, new=True)
    if problem := vault.passphrase_problem(chosen):
        raise vault.UnfitPassphrase(problem)
    try_output()
    store, recovery_key = Store.create(
        folder,
        chosen,
        worker_name=name,
        worker_role=typed.value("--role"),
        worker_patch=typed.value("--patch"),
    )
    store.lock()
    look.write(folder, look.Look(key_not_on_paper=True))  # until it was shown
    if typed.has("--json"):
        say_json({"recovery_key": recovery_key})
    else:
        say(f"The records are ready. Recovery key, shown this once:\n\n    {recovery_key}\n")
        say("Print it and keep it away from this computer. With it the records open when the")
        say("passphrase is forgotten; without one of the two nobody can open them.")
    let_out()
    look.write(folder, look.Look())
    return 0


def check(typed: Typed) -> int:
    """Say whether everything is whole: the file, its encryption, capture, search, the key."""
    with opened(typed) as store:
        found, log_notice = store.check(), store.log_notice
    if typed.has("--json"):
        say_json(found.as_json())
    else:
        for name, value in found.as_json().items():
            if isinstance(value, bool):
                value = "yes" if value else "no"
            elif isinstance(value, tuple):
                value = "; ".join(value) or "none"
            say(f"{name.replace('_', ' '):<12}{value}")
    if log_notice:
        tell(log_notice)
    if not found.ok:
        tell("Not everything is whole. Keep a copy of the folder before anything else is done.")
    if not found.whole:
        tell("'linkworker rescue FOLDER' saves what still reads into a new folder.")
    return 0 if found.ok else 1


def rescue(typed: Typed) -> int:
    """Save what still reads of damaged records into a new folder, and say what was lost."""
    from linkworker import vault
    from linkworker.clock import uuid7_ids
    from linkworker.shell.opening import NoRecords
    from linkworker.storage.rescuing import rescue as rescued

    folder, new = folder_of(typed), Path(typed.words[1]).expanduser()
    if not vault.exists(folder):
        raise NoRecords
    if vault.is_made_up(folder):
        unlocked = vault.unlock_made_up(folder)
    else:
        unlocked = vault.unlock(folder, passphrase(typed))
    found = rescued(folder, unlocked.data_key, new, uuid7_ids())
    lost = {table.name: table.lost for table in found.tables if table.lost != 0}
    if typed.has("--json"):
        say_json({"saved": found.saved, "lost": lost})
    else:
        say(f"Saved: {found.saved:,} rows, in a folder that the same passphrase opens.")
        for name, count in lost.items():
            say(f"Lost from {name.replace('_', ' ')}: {'not known' if count is None else count}")
    if found.left_out:
        tell(
            "Beside the records lay a log of other records, or of another copy of these. It was "
            "not used, and stays where it is."
        )
    if lost:
        tell("Not everything could be saved. Keep the damaged folder: a backup may have the rest.")
    return 1 if lost else 0


def undo(typed: Typed) -> int:
    """Take back the last act of this laptop that still stands."""
    with opened(typed) as store:
        undone = store.undo()
    if typed.has("--json"):
        say_json({"undone": undone.label, "person": undone.person_id})
    else:
        say(f"Taken back: {undone.label}.")
    return 0
