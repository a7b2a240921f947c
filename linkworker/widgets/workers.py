"""Work beside the screen never ends the app: an error is noted, told, and the screen goes on."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.worker import Worker
from textual.worker_manager import WorkerManager

if TYPE_CHECKING:
    from textual.dom import DOMNode


class QuietWorkers(WorkerManager):
    """Makes every worker with `exit_on_error=False`, and has its error told by the app."""

    def _new_worker(self, work: Any, node: DOMNode, **how: Any) -> Worker[Any]:
        how["exit_on_error"] = False
        app: Any = self._app
        description = how.get("description") or getattr(work, "__name__", "work")
        how["description"] = description
        return super()._new_worker(_told(work, app.went_wrong), node, **how)


def _told(work: Any, tell: Callable[[BaseException], Any]) -> Any:
    """Return `work` so that an error of it is told before the worker keeps it."""
    if inspect.isawaitable(work):

        async def awaited() -> Any:
            try:
                return await work
            except asyncio.CancelledError:
                raise
            except Exception as error:
                tell(error)
                raise

        return awaited()
    if inspect.iscoroutinefunction(getattr(work, "func", work)):

        async def called() -> Any:
            try:
                return await work()
            except Exception as error:
                tell(error)
                raise

        return called

    def run() -> Any:
        try:
            return work()
        except Exception as error:
            tell(error)
            raise

    return run
