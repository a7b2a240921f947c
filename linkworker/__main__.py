"""`linkworker`, and `python -m linkworker`: read what was typed, import that room, run it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from linkworker.shell.commands import APP, command_of, help_text
from linkworker.shell.usage import Typed, WrongUsage, taken_apart

DONE, NOT_DONE, WRONG_USAGE, NOT_TOLD = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (see `shell`)."""
    _speak_utf8()
    stands = ""
    try:
        typed = taken_apart(sys.argv[1:] if argv is None else argv)
        command = command_of(typed)
        if typed.has("--help") or typed.has("--version"):
            from linkworker import __version__
            from linkworker.shell.saying import say

            say(help_text(command) if typed.has("--help") else __version__)
            return _finish(DONE)
        stands = "" if typed.has("--dry-run") else command.stands
        return _finish(_run(command.room, command.function, typed, whole=command is not APP))
    except WrongUsage as wrong:
        _tell(f"{wrong}\nSee: linkworker --help")
        return WRONG_USAGE
    except BrokenPipeError:
        from linkworker.shell.saying import write_nowhere

        write_nowhere()
        return NOT_DONE
    except KeyboardInterrupt:
        return NOT_DONE
    except Exception as fault:
        return _refused(fault, stands)


def _run(room: str, function: str, typed: Typed, *, whole: bool) -> int:
    """Import a command's room and run it. The app looks after the machine's memory itself."""
    import importlib

    if whole:
        from linkworker.folders import no_core_dumps

        no_core_dumps()
    run = getattr(importlib.import_module(f"linkworker.shell.{room}"), function)
    return int(run(typed))


def _speak_utf8() -> None:
    """Let output be UTF-8 also where Windows pipes in another code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and stream.encoding.lower() not in ("utf-8", "utf8"):
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _refused(fault: Exception, stands: str) -> int:
    """Say a refusal in its words; of any other fault its kind and place, and never a value.

    `stands` says what was done where only its answer could not be written out.
    """
    from linkworker.refusal import Refused
    from linkworker.shell.saying import NotWritten, write_nowhere

    if isinstance(fault, NotWritten):
        write_nowhere()
        if fault.nobody_reads and not stands:  # as `head` does; what it read is what it wanted
            return NOT_DONE
        _tell(" ".join(part for part in (fault.what, fault.why, stands, fault.to_do) if part))
        return NOT_TOLD if stands else NOT_DONE
    if isinstance(fault, Refused):
        _tell(" ".join(part for part in (fault.what, fault.why, fault.to_do) if part))
        return NOT_DONE
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = ""
    if place is not None:
        import os

        file = os.path.basename(place.tb_frame.f_code.co_filename)
        where = f" in {file}, line {place.tb_lineno}"
    _tell(
        f"linkworker stopped on a fault of its own: {type(fault).__name__}{where}. "
        "What was saved before is unharmed. Please tell whoever looks after linkworker."
    )
    return NOT_DONE


def _finish(status: int) -> int:
    """Let what was printed out, while somebody can still be told that nobody reads it."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError as error:
            from linkworker.shell.saying import not_written

            raise not_written(error) from None
    return status


def _tell(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
