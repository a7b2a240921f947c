"""Stands in for the key file until `linkworker.vault` lands; removed with it."""

import sys
import types
from dataclasses import dataclass
from pathlib import Path


def install() -> None:
    try:
        import linkworker.vault
    except ImportError:
        module = types.ModuleType("linkworker.vault")

        @dataclass
        class Made:
            data_key: bytes
            recovery_key: str = "stand-in"

        class Cost:
            for_tests = classmethod(lambda cls: cls())

        def create(folder: Path, passphrase: str, *, made_up: bool = False, cost=None) -> Made:
            (folder / "key.json").write_text(passphrase + ("\nmade up" if made_up else ""))
            return Made(bytes(range(32)))

        module.Cost = Cost
        module.create = create
        module.unlock = lambda folder, passphrase: Made(bytes(range(32)))
        module.unlock_made_up = lambda folder: Made(bytes(range(32)))
        module.exists = lambda folder: (folder / "key.json").exists()
        module.is_made_up = lambda folder: (
            module.exists(folder) and "made up" in (folder / "key.json").read_text()
        )
        sys.modules["linkworker.vault"] = module
        import linkworker

        linkworker.vault = module
