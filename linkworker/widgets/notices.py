"""The sentences at the foot: how long each stands, and what takes its place.

What was done or refused stands its time, wherever one goes. Why nothing happened is of the screen
on which a key was pressed, and goes with it. What asks for a second key stands until it is given.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.notifications import Notification
from textual.screen import Screen

from linkworker.refusal import Refused
from linkworker.widgets.words import plain


class NoticesApp(App[int]):
    """An app that tells one thing at a time, in plain words."""

    _hinted: Notification | None = None
    _warned: Notification | None = None

    def on_mount(self) -> None:
        """Hear of each screen that comes into sight."""
        self.screen_change_signal.subscribe(self, self._another_screen, immediate=True)

    def _another_screen(self, screen: Screen[Any]) -> None:
        """A hint has said why nothing happened where one was."""
        hinted, self._hinted = self._hinted, None
        if hinted is not None:
            self._unnotify(hinted)

    def notify(self, message: str, **more: Any) -> None:
        """Show a sentence at the foot, as plain words: markup is never read from it."""
        super().notify(plain(message), **{**more, "markup": False})

    def say(self, sentence: str) -> None:
        """Tell the person something in passing. It takes the place of the last.

        Never a name, but for whose act was taken back: it may be nobody who is in sight.
        """
        self._clear_passing()
        self.notify(sentence)

    def hint(self, sentence: str) -> None:
        """Say why nothing happened: it goes when another screen comes into sight. On the app's
        own thread."""
        self._clear_passing()
        self._hinted = self._put_up(sentence, self.NOTIFICATION_TIMEOUT)

    def refuse(self, refused: Refused) -> None:
        """Say what was refused, why, and what to do."""
        self._clear_passing()
        self.notify(f"{refused.what} {refused.why} {refused.to_do}", severity="warning")

    def warn(self, sentence: str, seconds: float) -> None:
        """Say what a second key would do, for as many seconds as it would. Nothing said meanwhile
        takes its place. On the app's own thread."""
        self.clear_notifications()
        self._warned = self._put_up(sentence, seconds, severity="warning")

    @property
    def warning_stands(self) -> bool:
        """Whether what `warn` said last can still be read."""
        return self._warned is not None and self._warned in list(self._notifications)

    def clear_notifications(self) -> None:
        """Clear all that is said, also a warning: whoever did not read it is told again."""
        self._hinted = self._warned = None
        super().clear_notifications()

    def _clear_passing(self) -> None:
        """Clear all that is said but for a warning."""
        self._hinted = None
        for one in list(self._notifications):
            if one is not self._warned:
                self._unnotify(one, refresh=False)
        self._refresh_notifications()

    def _put_up(self, sentence: str, seconds: float, **more: Any) -> Notification:
        """Show a sentence at once, so that what comes next can take it away again."""
        notice = Notification(plain(sentence), timeout=seconds, markup=False, **more)
        self._notifications.add(notice)
        self._refresh_notifications()
        return notice
