"""`go.py` on a fresh checkout: a small checkout of its own, and packages from a folder, no network.

The real pip and the real venv do the work; what is fetched is one package made here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

GO = Path(__file__).resolve().parent.parent / "go.py"


def make_wheel(folder: Path, version: str) -> str:
    """Put the package `kettle` into a folder as a wheel; return the line that locks it."""
    path = folder / f"kettle-{version}-py3-none-any.whl"
    info = f"kettle-{version}.dist-info"
    parts = {
        "kettle.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: kettle\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in parts.items():
            wheel.writestr(name, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in parts))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"kettle=={version} --hash=sha256:{digest}\n"


class Checkout:
    """A folder with `go.py`, a lock, a small `linkworker`, and a shelf that packages come from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.shelf = folder / "shelf"
        self.elsewhere = folder / "elsewhere"
        for path in (self.folder / "linkworker", self.folder / "tests", self.shelf, self.elsewhere):
            path.mkdir(parents=True)
        shutil.copy(GO, self.folder / "go.py")
        says = "import sys, kettle\nprint('{} with', kettle.VERSION, *sys.argv[1:])\n"
        (self.folder / "linkworker" / "__main__.py").write_text(says.format("linkworker"))
        (self.folder / "tests" / "__main__.py").write_text(says.format("tests"))
        self.lock("1.0")

    def lock(self, version: str) -> None:
        """Make a wheel of this version, and let both lock files ask for it."""
        line = make_wheel(self.shelf, version)
        (self.folder / "requirements.lock").write_text(line)
        (self.folder / "requirements-dev.lock").write_text(line + "# and the tests' own\n")

    def go(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `go.py` with pip alone, from another folder, with packages from the shelf only."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.elsewhere),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": self.shelf.as_uri(),
            "PIP_NO_CACHE_DIR": "1",
            **more,
        }
        environment["PATH"] = os.pathsep.join(
            part
            for part in environment["PATH"].split(os.pathsep)
            if not shutil.which("uv", path=part)
        )
        return subprocess.run(
            [getattr(sys, "_base_executable", sys.executable), self.folder / "go.py", *words],
            cwd=self.elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_run_fetches_and_the_second_starts_at_once(checkout):
    first = checkout.go("demo", "--fresh")
    assert first.stdout.splitlines()[-1] == "linkworker with 1.0 demo --fresh", first.stderr
    assert "Fetching" in first.stdout
    shutil.rmtree(checkout.shelf)
    second = checkout.go("demo")
    assert second.stdout == "linkworker with 1.0 demo\n", second.stderr


def test_the_tests_run_in_the_checkout_and_the_app_needs_no_second_fetch(checkout):
    tests = checkout.go("tests", "-k", "marks")
    assert tests.stdout.splitlines()[-1] == "tests with 1.0 -k marks", tests.stderr
    assert checkout.go("demo").stdout == "linkworker with 1.0 demo\n"


def test_a_newer_lock_is_installed_by_itself(checkout):
    checkout.go("demo")
    checkout.lock("1.1")
    assert checkout.go("demo").stdout.splitlines()[-1] == "linkworker with 1.1 demo"


def test_a_run_that_was_cut_off_is_begun_again(checkout):
    checkout.go("demo")
    (found,) = checkout.folder.glob(".venv/**/kettle.py")
    found.write_text("cut off in the mid")
    (checkout.folder / ".venv" / "install-begun").touch()
    assert checkout.go("demo").stdout.splitlines()[-1] == "linkworker with 1.0 demo"


def test_a_folder_that_somebody_else_made_is_used_and_kept(checkout):
    folder = checkout.folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (folder / "mine.txt").write_text("mine")
    assert checkout.go("demo").stdout.splitlines()[-1] == "linkworker with 1.0 demo"
    checkout.lock("1.1")
    assert checkout.go("demo").stdout.splitlines()[-1] == "linkworker with 1.1 demo"
    assert (folder / "mine.txt").read_text() == "mine"


def test_a_package_with_another_hash_is_not_used(checkout):
    (wheel,) = checkout.shelf.iterdir()
    with zipfile.ZipFile(wheel, "a") as file:
        file.writestr("kettle_spy.py", "")
    done = checkout.go("demo")
    assert done.returncode == 1
    assert "not what this version of linkworker was tried with" in done.stderr
    assert not list(checkout.folder.glob(".venv/**/kettle*.py"))


def test_without_a_network_it_says_so_and_what_to_do(checkout):
    nobody_listens = "http://127.0.0.1:9/"
    done = checkout.go(
        "demo", PIP_NO_INDEX="0", PIP_FIND_LINKS="", PIP_INDEX_URL=nobody_listens, PIP_RETRIES="1"
    )
    assert done.returncode == 1
    assert "There is no network" in done.stderr
    assert "run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert checkout.go("demo").stdout.splitlines()[-1] == "linkworker with 1.0 demo"


def test_two_windows_at_once_do_not_write_over_each_other(checkout):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as windows:
        done = list(windows.map(checkout.go, ["demo", "people"]))
    assert [one.stdout.splitlines()[-1] for one in done] == [
        "linkworker with 1.0 demo",
        "linkworker with 1.0 people",
    ]


def test_an_old_python_is_told_that_it_is_old(checkout):
    text = GO.read_text(encoding="utf-8")
    (checkout.folder / "go.py").write_text(text.replace("OLDEST = (3, 11)", "OLDEST = (4, 0)"))
    done = checkout.go("demo")
    assert done.returncode == 1
    assert "linkworker needs 4.0 or newer" in done.stderr
    assert not (checkout.folder / ".venv").exists()


def test_an_old_python_can_read_it():
    import ast

    read = ast.parse(GO.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert "main" in [one.name for one in read.body if isinstance(one, ast.FunctionDef)]
    with pytest.raises(SyntaxError):
        ast.parse("def main(one, /): pass", feature_version=(3, 6))
