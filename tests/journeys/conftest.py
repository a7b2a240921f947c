"""After every journey each store that it left, real or made up, is looked over by `check`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from linkworker import vault
from tests.conftest import PASSPHRASE
from tests.whole import assert_whole, stores_under


@pytest.fixture(autouse=True)
def whole_afterwards(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Stands before every other fixture, and so looks when all of them have closed."""
    yield
    module: ModuleType = request.module
    for folder in stores_under(tmp_path):
        made_up = vault.is_made_up(folder)
        assert_whole(folder, "" if made_up else getattr(module, "PASSPHRASE", PASSPHRASE))
