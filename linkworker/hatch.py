"""The hatch between the front door and the hub: a folder, and neither speaks to the other.

    in/              a sealed introduction a file: the front door puts it there, the hub takes it
    given/keys.json  the laptops to which it is sealed, by the public halves of their keys
    given/partners.json  the partners, by the hash of the key that each was given
    given/states.json    what a partner may know of an introduction, where the person agreed
    given/areas.json     to which part of the patch a postcode belongs, by how it begins

The hub writes what is given and the front door only reads it. Nothing in it names a person.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linkworker.folders import flush_folder, plain_os_error
from linkworker.refusal import Refused
from linkworker.sealing import MOST_SEALED, NotSealed, Sealed, is_public, read

COMES, GIVEN = "in", "given"
KEYS, PARTNERS, STATES, AREAS = "keys.json", "partners.json", "states.json", "areas.json"
SEALED, BROKEN, BEGUN = ".sealed", ".unreadable", ".begun"

MOST_WAITING = 1_000
"""Introductions that may lie in the hatch: beyond it nothing more is taken in."""
BEGUN_MS = 3_600_000
"""After which a file that was begun is no more being written."""
MOST_GIVEN = 8 * 1024 * 1024


class NoHatch(Refused):
    """The folder is none that a hub has set up for a front door."""

    def __init__(self) -> None:
        super().__init__(
            "The front door was not opened.",
            "There is no front door in this folder, or no laptop of the team has synced since "
            "there is one.",
            "Make it with 'linkworker hub front-door FOLDER', sync a laptop, and try again.",
        )


class HatchFull(Exception):
    """More waits than is taken: the hub does not fetch, or somebody floods the door."""


_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?P<out>(?P<area>[A-Z]{1,2})\d[A-Z\d]?)(?: ?(?P<into>\d[A-Z]{2}))?(?![A-Z0-9])"
)


@dataclass(frozen=True)
class Partner:
    """A partner who has a key."""

    id: str
    name: str


@dataclass(frozen=True)
class Given:
    """What the hub says to the front door."""

    keys: tuple[str, ...] = ()
    partners: Mapping[str, Partner] = field(default_factory=dict)
    """By the hash of the key."""
    states: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By the introduction's id: whose it is, and what they may know."""
    areas: Mapping[str, str] = field(default_factory=dict)

    def area_of(self, postcode: str) -> str:
        """Return the area of a postcode, by the longest part of it that is listed; "" for none.

        Its parts are those of any postcode (BS 7666): B1 is no part of B15, nor B of Barwell.
        """
        found = _POSTCODE.search(" ".join(postcode.upper().split()))
        if found is None:
            return ""
        out, area, into = found["out"], found["area"], found["into"] or ""
        parts = (f"{out}{into[:n]}" for n in range(len(into), -1, -1))
        return next((self.areas[one] for one in (*parts, area) if one in self.areas), "")


class Hatch:
    """One folder between a front door and its hub."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._given = Given()
        self._read_at: tuple[int, ...] = ()

    def make(self) -> None:
        """Make the folder; one that is there is kept."""
        try:
            for one in (self.folder, self.folder / COMES, self.folder / GIVEN):
                one.mkdir(mode=0o770, parents=one is self.folder, exist_ok=True)
        except OSError as error:
            raise plain_os_error(error) from None

    def is_there(self) -> bool:
        """Say whether the folder was made."""
        return (self.folder / COMES).is_dir() and (self.folder / GIVEN).is_dir()

    # -- the front door's side

    def given(self) -> Given:
        """Return what the hub says, read again where it was written since."""
        at = tuple(self._changed(name) for name in (KEYS, PARTNERS, STATES, AREAS))
        if at != self._read_at:
            self._given, self._read_at = self._read(), at
        return self._given

    def put(self, sealed: Sealed) -> None:
        """Put in a sealed introduction; once this returns it is on the disk.

        Raises `HatchFull`, also where the disk takes no more.
        """
        comes = self.folder / COMES
        try:
            if sum(one.name.endswith(SEALED) for one in os.scandir(comes)) >= MOST_WAITING:
                raise HatchFull
            path = comes / f"{sealed.id}{SEALED}"
            begun = path.with_suffix(BEGUN)
            with os.fdopen(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660), "w") as out:
                out.write(sealed.to_json())
                out.flush()
                os.fsync(out.fileno())
            begun.rename(path)
            flush_folder(comes)
        except OSError:
            raise HatchFull from None

    # -- the hub's side

    def waiting(self, most: int) -> Iterator[Sealed]:
        """Give what was put in; what is no introduction is set aside."""
        try:
            found = sorted(one.name for one in os.scandir(self.folder / COMES))
        except OSError:
            return
        for name in [one for one in found if one.endswith(SEALED)][:most]:
            path = self.folder / COMES / name
            try:
                with path.open("rb") as file:
                    sealed = read(file.read(MOST_SEALED + 1).decode("ascii"))
                if name != f"{sealed.id}{SEALED}":
                    raise NotSealed
            except (NotSealed, UnicodeDecodeError):
                with suppress(OSError):
                    path.rename(path.with_suffix(BROKEN))
                continue
            except OSError:
                continue
            yield sealed

    def tidy(self, now_ms: int) -> None:
        """Remove what a front door that was killed had begun to write: nobody was thanked."""
        with suppress(OSError):
            for one in list(os.scandir(self.folder / COMES)):
                if one.name.endswith(BEGUN) and now_ms - 1000 * one.stat().st_mtime > BEGUN_MS:
                    os.unlink(one.path)

    def was_taken(self, id_: str) -> None:
        """Remove what the hub holds now."""
        (self.folder / COMES / f"{id_}{SEALED}").unlink(missing_ok=True)

    def broken(self) -> int:
        """Return how many files in it are no introductions."""
        try:
            return sum(one.name.endswith(BROKEN) for one in os.scandir(self.folder / COMES))
        except OSError:
            return 0

    def give(self, name: str, value: Any) -> None:
        """Say something to the front door, where it is not said already."""
        path, said = self.folder / GIVEN / name, json.dumps(value, sort_keys=True)
        with suppress(OSError):
            if path.read_text(encoding="utf-8") == said:
                return
            path.with_suffix(BEGUN).unlink(missing_ok=True)
        try:
            begun = path.with_suffix(BEGUN)
            with os.fdopen(
                os.open(begun, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o640), "w"
            ) as out:
                out.write(said)
                out.flush()
                os.fsync(out.fileno())
            begun.replace(path)
        except OSError as error:
            raise plain_os_error(error) from None

    def _changed(self, name: str) -> int:
        try:
            return (self.folder / GIVEN / name).stat().st_mtime_ns
        except OSError:
            return 0

    def _read(self) -> Given:
        keys = self._said(KEYS, [])
        partners = self._said(PARTNERS, {})
        states = self._said(STATES, {})
        areas = self._said(AREAS, {})
        return Given(
            tuple(one for one in keys if is_public(one)),
            {key: Partner(id_, name) for key, (id_, name) in partners.items()},
            {id_: (partner, state) for id_, (partner, state) in states.items()},
            areas,
        )

    def _said(self, name: str, empty: Any) -> Any:
        try:
            with (self.folder / GIVEN / name).open("rb") as file:
                found = json.loads(file.read(MOST_GIVEN))
        except (OSError, ValueError):
            return empty
        return found if isinstance(found, type(empty)) else empty
