"""Time and ids come in from outside, so that a test owns both."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache

Clock = Callable[[], datetime]
"""Gives the present instant, always aware, in UTC."""

Ids = Callable[[], str]
"""Gives a new id each time: a UUIDv7 in its usual 36 characters, growing with time."""

HOME_ZONE = "Europe/London"
"""Wall time is read and shown in this zone: the practice is England's."""


def system_clock() -> datetime:
    """Return the present instant of this machine, in UTC."""
    return datetime.now(UTC)


def uuid7_ids(clock: Clock = system_clock) -> Ids:
    """Return a maker of UUIDv7 ids (RFC 9562, 5.7).

    Ids made within one millisecond, or after the clock was set back, still grow: 12 bits count on
    and then borrow from the next millisecond. The 62 bits at the end are drawn anew after a second
    and counted on within it (6.2, method 2): what one note becomes has ids that are nearly alike,
    and chance cannot be packed when they are sent. They are names, and no secrets.
    """
    import secrets  # 3 ms, on the way to the first frame

    last, drawn, tail = 0, 0, 0

    def make() -> str:
        nonlocal last, drawn, tail
        now = milliseconds(clock()) << 12
        last = now if now > last else last + 1
        millis, count = last >> 12, last & 0xFFF
        if drawn <= millis < drawn + 1000:
            tail = (tail + 1) % (1 << 62)
        else:
            drawn, tail = millis, secrets.randbits(62)
        value = (millis << 80) | (0x7 << 76) | (count << 64) | (0b10 << 62) | tail
        digits = f"{value:032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    return make


@cache
def home_zone() -> tzinfo:
    """Return the zone in which days begin and appointments stand."""
    from zoneinfo import ZoneInfo  # 5 ms, on the way to the first frame

    return ZoneInfo(HOME_ZONE)


def to_text(instant: datetime) -> str:
    """Return an aware instant as the store holds it: `2026-11-27T10:05:00.000Z`."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return _utc_text(instant)


@lru_cache(maxsize=8)
def _utc_text(instant: datetime) -> str:
    """Return an instant of UTC as text. All rows of an act bear the same one or two."""
    return instant.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def from_text(text: str) -> datetime:
    """Return the instant that `to_text` wrote."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def wall_now(now: datetime) -> str:
    """Return the latest wall time that has come, as appointments stand: "2026-11-27T10:05".

    In the hour that comes twice when the clocks go back, the whole of it has come the second time.
    """
    here = now.astimezone(home_zone())
    return f"{here.replace(minute=59) if here.fold else here:%Y-%m-%dT%H:%M}"


def is_left_out(wall: datetime) -> bool:
    """Say whether a time without a zone is in the hour that the clocks leave out in spring."""
    there = wall.replace(tzinfo=home_zone())
    return there.astimezone(UTC).astimezone(home_zone()).replace(tzinfo=None) != wall


def milliseconds(instant: datetime) -> int:
    """Return an instant in whole milliseconds since 1970, UTC, as ids and stamps count."""
    return int(instant.timestamp() * 1000)


def from_milliseconds(since_1970: int) -> datetime:
    """Return the instant of so many milliseconds since 1970, aware, UTC."""
    return datetime.fromtimestamp(since_1970 / 1000, UTC)


def local_day(instant: datetime) -> date:
    """Return the day on which an instant falls, in the home zone."""
    return instant.astimezone(home_zone()).date()


def day_begins(day: date) -> datetime:
    """Return the instant, in the home zone, at which a day begins there."""
    return datetime(day.year, day.month, day.day, tzinfo=home_zone())


def monotonic() -> float:
    """Return seconds that never go backwards, for idle time (a clock set back must not unlock)."""
    return time.monotonic()


def days_ago(today: date, day: date) -> int:
    """Return how many days `day` lies before `today` (negative when it is to come)."""
    return (today - day) // timedelta(days=1)
