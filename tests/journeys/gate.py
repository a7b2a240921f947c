"""A watch at the gate of imports: what a real program imports of what costs time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "pydantic_core")
TEAM = (
    *("linkworker.hub", "linkworker.sync", "http.client", "zstandard", "httpx"),
    *("fastapi", "starlette", "uvicorn", "psycopg", "alembic"),
)
"""What laptops sync with, and what the hub is made with."""

WATCH = """
import sys

class Gate:
    def find_spec(self, name, path=None, target=None):
        if name in {watched!r}:
            with open({told!r}, "a") as file:
                file.write(name + "\\n")

sys.meta_path.insert(0, Gate())
"""


class Gate:
    """Writes down which modules of a list a Python imports that is started in its environment.

    It stands in the program itself (`sitecustomize`), so it sees every thread, to the last moment.
    """

    def __init__(self, folder: Path, watched: tuple[str, ...] = HEAVY) -> None:
        self._told = folder / "imported"
        folder.mkdir()
        watch = WATCH.format(watched=watched, told=str(self._told))
        (folder / "sitecustomize.py").write_text(watch, encoding="utf-8")
        self.environment: Mapping[str, str] = {"PYTHONPATH": f"{folder}:{ROOT}"}

    def imported(self) -> set[str]:
        """Return what was imported of them until now."""
        return set(self._told.read_text().split()) if self._told.exists() else set()
