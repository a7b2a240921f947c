"""The app, with a note of when the vault gave the key: `python -m benchmarks.derived DIR FILE`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from linkworker import app, vault


def main() -> int:
    """Open the app on the store in DIR; write the moment of the key to FILE."""
    folder, stamp = Path(sys.argv[1]), Path(sys.argv[2])
    unlock = vault.unlock

    def noted(*args: Any, **more: Any) -> Any:
        unlocked = unlock(*args, **more)
        stamp.write_text(str(time.monotonic()))
        return unlocked

    vault.unlock = noted
    return app.run(folder)


if __name__ == "__main__":
    sys.exit(main())
