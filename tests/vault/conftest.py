"""A store's keys, made cheaply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from linkworker import vault

CHEAP = vault.Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "knit and natter on thursdays"


class Hours:
    """A wall clock and a machine's counter that a test moves."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
        self.ticks = 1000.0

    def clock(self) -> datetime:
        return self.wall

    def counter(self) -> float:
        return self.ticks

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ticks += seconds


@dataclass
class Made:
    folder: Path
    data_key: bytes
    recovery_key: str
    store_id: str


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    created = vault.create(tmp_path, PASSPHRASE, cost=CHEAP)
    return Made(tmp_path, created.data_key, created.recovery_key, created.store_id)
