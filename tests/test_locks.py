"""The locked versions: one set, written three ways, with ready-made packages for every laptop."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE_THEM = "run the `uv` commands of CONTRIBUTING.md, Changing what linkworker needs"
PYTHONS = ("311", "312", "313", "314")
LAPTOPS = {
    "Windows": r"win_amd64",
    "macOS": r"macosx_\d+_\d+_(arm64|universal2)",
    "Linux": r"manylinux\w*x86_64",
}
PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; .*)? \\$")


def toml(name: str) -> dict[str, Any]:
    """Return a TOML file of the checkout."""
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def locked() -> dict[str, dict[str, Any]]:
    """Return every package that `uv.lock` names, but linkworker itself."""
    return {one["name"]: one for one in toml("uv.lock")["package"] if one["name"] != "linkworker"}


def pinned(name: str) -> dict[str, tuple[str, set[str]]]:
    """Return what a requirements file names: package, version and hashes."""
    found: dict[str, tuple[str, set[str]]] = {}
    package = ""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := PINNED.match(line):
            package = match[1]
            found[package] = (match[2], set())
        elif match := re.search(r"--hash=(sha256:\w+)", line):
            found[package][1].add(match[1])
    return found


def named(requirement: str) -> str:
    """Return the package that a requirement names, written as the lock writes it."""
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def specifier(requirement: str) -> frozenset[str]:
    """Return the bounds of a requirement, whatever their order."""
    bounds = requirement.split(";")[0]
    return frozenset(re.findall(r"[<>=!~]=?\s*[\w.]+", bounds))


def asked_for() -> dict[str, list[str]]:
    """Return what `pyproject.toml` asks for, by who asks."""
    project = toml("pyproject.toml")
    extras = project["project"]["optional-dependencies"]
    return {
        "the app": project["project"]["dependencies"],
        "the tests": project["dependency-groups"]["dev"],
        **{f"the extra {name}": wants for name, wants in extras.items()},
    }


@pytest.mark.parametrize("who", asked_for())
def test_everything_asked_for_is_bounded_and_locked(who):
    for requirement in asked_for()[who]:
        assert named(requirement) in locked(), MAKE_THEM
        assert any(one.startswith(">=") for one in specifier(requirement)), requirement
        dated = named(requirement) == "tzdata"  # its versions are years, and always to be had new
        assert dated or any(one.startswith("<") for one in specifier(requirement)), requirement


def test_the_lock_was_made_from_what_is_asked_for_now():
    (own,) = [one for one in toml("uv.lock")["package"] if one["name"] == "linkworker"]
    meant = {
        (one["name"], specifier(one.get("specifier", "")))
        for one in own["metadata"]["requires-dist"]
    } | {
        (one["name"], specifier(one.get("specifier", "")))
        for one in own["metadata"]["requires-dev"]["dev"]
    }
    asks = {(named(one), specifier(one)) for wants in asked_for().values() for one in wants}
    assert meant == asks, MAKE_THEM


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_requirements_are_the_lock_written_for_pip(name):
    packages = locked()
    assert pinned(name)
    for package, (version, hashes) in pinned(name).items():
        one = packages[package]
        assert version == one["version"], MAKE_THEM
        assert hashes == {
            file["hash"] for file in [*one["wheels"], *([one["sdist"]] if "sdist" in one else [])]
        }, MAKE_THEM


def test_nothing_of_what_the_app_needs_is_left_out():
    packages = locked()
    (own,) = [one for one in toml("uv.lock")["package"] if one["name"] == "linkworker"]
    needed: set[str] = set()
    waiting = list(own["dependencies"])
    while waiting:
        wanted = waiting.pop()
        one = packages[wanted["name"]]
        for extra in wanted.get("extra", []):
            waiting += one["optional-dependencies"][extra]
        if wanted["name"] not in needed:
            needed.add(wanted["name"])
            waiting += one.get("dependencies", [])
    assert needed == set(pinned("requirements.lock")), MAKE_THEM
    assert needed < set(pinned("requirements-dev.lock")), MAKE_THEM


@pytest.mark.parametrize("laptop", LAPTOPS)
def test_every_package_comes_ready_made_for(laptop):
    """For each Python; a package for the stable ABI (`abi3`) serves every later one."""
    packages = locked()
    missing = []
    for package in pinned("requirements-dev.lock"):
        files = [wheel["url"].rsplit("/", 1)[1] for wheel in packages[package]["wheels"]]
        for python in PYTHONS:
            fits = [
                one
                for one in files
                if one.endswith("-none-any.whl")
                or (
                    re.search(LAPTOPS[laptop], one)
                    and (
                        f"-cp{python}-cp{python}-" in one or "-abi3-" in one or "-py3-none-" in one
                    )
                )
            ]
            if not fits:
                missing.append(f"{package} on Python {python}")
    assert not missing


def test_the_locks_name_no_place_but_the_public_one():
    for name in ("uv.lock", "requirements.lock", "requirements-dev.lock"):
        places = set(re.findall(r"https?://([^/\"\s]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert places <= {"pypi.org", "files.pythonhosted.org"}
