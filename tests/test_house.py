"""The rules of the house, checked by reading the code: floors, circles, clocks, size, silence.

`docs/architecture.md` has the picture that this file holds the code to. Every rule is a function
from a parsed file to what is wrong with it, so that the tests at the foot can show that it speaks.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from linkworker.schema import TABLES

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "linkworker"

FLOORS = {
    "__main__": 9,
    "shell": 9,
    "app": 8,
    "keeping": 8,
    "door": 8,
    "courier": 8,
    "pages": 8,
    "screens": 7,
    "widgets": 6,
    "exchange": 5,
    "madeup": 5,
    "sync": 5,
    "reports": 5,
    "caseload": 4,
    "store": 3,
    "storage": 3,
    "frontdoor": 4,
    "hub": 3,
    "oplog": 2,
    "schema": 1,
    "rules": 1,
    "cipher": 1,
    "sealed_pages": 1,
    "sealing": 1,
    "hatch": 1,
    "write_ahead": 1,
    "save_marks": 1,
    "folders": 1,
    "network_drives": 1,
    "salvage": 1,
    "vault": 1,
    "text": 1,
    "codes": 1,
    "refusal": 1,
    "scopes": 1,
    "late": 1,
    "clock": 1,
}
"""Which floor each room stands on; a new room is entered here and in `docs/architecture.md`."""

SAME_ROOM = {
    "store": "storage",
    "shell": "__main__",
    "door": "app",
    "keeping": "app",
    "courier": "app",
    "pages": "app",
}
"""The door and what stands behind it are one room."""

CELLAR = 1
"""Rooms of the lowest floor may use each other (a table cleans its text), never in a circle."""

DATABASE_ROOMS = {"schema", "storage", "oplog"}
SERVER_ONLY = ("linkworker.hub.http.", "linkworker.hub.migrations.", "linkworker.frontdoor.")
"""What no laptop ever imports."""

DATABASE_PACKAGES = {"sqlmodel", "sqlalchemy"}
FREEZING = {
    "linkworker.storage.freeze",
    "linkworker.schema.tables",
    "linkworker.schema.columns",
} | {f"linkworker.schema.{name}" for name in TABLES.values()}
"""What says the tables in SQLModel and freezes them: never imported while linkworker runs."""
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "cryptography", "argon2", "rapidfuzz", "hypothesis"}
SCREEN_PACKAGES = {"textual", "rich"}
TEAM_PACKAGES = {"fastapi", "starlette", "uvicorn", "psycopg", "alembic", "httpx", "zstandard"}
"""What the hub, and sync, are made with: nothing that draws or reads pays for them."""
LONGEST_FILE = 450
"""Lines. The aim is 400; past this a file has become two rooms."""

TIME_AND_IDS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("uuid", "uuid1"),
    ("uuid", "uuid4"),
    ("uuid", "uuid7"),
}
"""What only `clock.py` may ask for: (name before the dot, name after it)."""

SHARED_CHANCE = {"Random", "SystemRandom"}
"""What may be taken from `random`: a generator with a seed of its own, never the shared one."""

SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|CREATE\s+(TEMP\s+|VIRTUAL\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)|DROP\s+TABLE"
    r"|ALTER\s+TABLE|PRAGMA\s+\w+)\b"
    r"|^\s*(select\b.+\bfrom\b|insert\s+into\b|update\s+\w+\s+set\b|delete\s+from\b|pragma\s)",
    re.DOTALL,
)

NOT_OUR_WORDS = re.compile(
    r"\b(clients?|service users?|hard to reach|vulnerable|overdue|referrals?|barriers?|DNA)\b"
)
"""Words that nobody who uses the app should read (practice.md has ours)."""
EXCLAIMED = re.compile(r"[A-Za-z]!(\s|$)")

LOG_CALLS = {"debug", "info", "warning", "error", "critical", "log"}


@dataclass(frozen=True)
class Import:
    """One module that a file imports, and how."""

    target: str
    line: int
    at_import: bool
    """Whether it stands outside every function, so that importing the file needs it."""
    for_types: bool = False
    """Whether it stands under `if TYPE_CHECKING:`, so that it is never run."""


@dataclass(frozen=True)
class Code:
    """One parsed file of the house."""

    name: str
    """Dotted, `linkworker.schema.people`; a package is named after its folder."""
    tree: ast.Module
    lines: int
    is_package: bool = False

    @property
    def room(self) -> str:
        """The first part after `linkworker`, with a door and the room behind it made one."""
        return room_of(self.name)

    @property
    def floor(self) -> int | None:
        """The floor of its room, None where the room stands in no list."""
        return floor_of(self.name)


def room_of(module: str) -> str:
    """Return the room of a dotted module; the house's own `__init__` is the room ''."""
    parts = module.split(".")
    name = parts[1] if len(parts) > 1 else ""
    return SAME_ROOM.get(name, name)


def floor_of(module: str) -> int | None:
    """Return the floor of a dotted module, None where its room stands in no list."""
    return FLOORS.get(room_of(module))


def code_of(name: str, source: str) -> Code:
    """Parse a piece of source as if it were the module `name`."""
    return Code(name, ast.parse(source), source.count("\n"))


@cache
def house() -> tuple[Code, ...]:
    """Return every file of the house, parsed once."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        source = path.read_text(encoding="utf-8")
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Code(name, ast.parse(source), source.count("\n"), is_package))
    return tuple(found)


def built() -> list[str]:
    """Return the dotted names of every file of the house, in order."""
    return sorted(code.name for code in house())


def module_names() -> frozenset[str]:
    """Return the dotted names of every file of the house, and of the rooms still to be built."""
    planned = {f"linkworker.{room}" for room in FLOORS}
    return frozenset(built()) | planned


def imports(code: Code, known: frozenset[str] | None = None) -> Iterator[Import]:
    """Give every import of a file, wherever it stands; `from a import b` is `a.b` if that is one.

    Imports under `if TYPE_CHECKING:` count like the others: what a file must know about to be read
    is what it depends on.
    """
    known = module_names() if known is None else known

    def walk(node: ast.AST, at_import: bool, typed: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            asked = isinstance(node, ast.If) and child in node.body and _asks_for_types(node.test)
            for_types = typed or asked
            inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, child.lineno, at_import, for_types)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    up = child.level - 1 if code.is_package else child.level
                    parents = code.name.split(".")[: len(code.name.split(".")) - up]
                    base = ".".join([*parents, *([base] if base else [])])
                for alias in child.names:
                    full = f"{base}.{alias.name}"
                    target = full if full in known else base
                    yield Import(target, child.lineno, at_import, for_types)
            yield from walk(child, at_import and not inside, for_types)

    yield from walk(code.tree, True, False)


def _asks_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def own(found: Iterable[Import]) -> Iterator[Import]:
    """Keep the imports that stay inside the house."""
    return (one for one in found if one.target.split(".")[0] == "linkworker")


# -- the rules: each gives sentences, one for each thing that is wrong ------------------------


def uses_only_floors_below(code: Code) -> Iterator[str]:
    """A file uses the floors below it or its own room, also from inside a function."""
    if code.room and code.floor is None:
        yield f"{code.name}: its room stands on no floor (enter it in FLOORS)"
        return
    for one in own(imports(code)):
        there = room_of(one.target)
        if not there or there == code.room or not code.room:
            continue
        floor, mine = floor_of(one.target), code.floor
        assert mine is not None
        if floor is None:
            yield f"{code.name}:{one.line} uses {one.target}, whose room stands on no floor"
        elif floor > mine or (floor == mine and mine != CELLAR):
            yield f"{code.name}:{one.line} (floor {mine}) uses {one.target} (floor {floor})"


def keeps_the_screen_upstairs(code: Code) -> Iterator[str]:
    """Nothing of Textual below the sixth floor."""
    if code.floor is None or code.floor >= FLOORS["widgets"]:
        return
    for one in imports(code):
        if one.target.split(".")[0] in SCREEN_PACKAGES:
            yield f"{code.name}:{one.line} uses {one.target} on floor {code.floor}"


def keeps_the_models_below(code: Code) -> Iterator[str]:
    """SQLModel and SQLAlchemy are spoken in three rooms only, and to migrate PostgreSQL."""
    if code.room in DATABASE_ROOMS or code.name.startswith(SERVER_ONLY):
        return
    for one in imports(code):
        if one.target.split(".")[0] in DATABASE_PACKAGES:
            yield f"{code.name}:{one.line} uses {one.target}"


def leaves_the_tables_to_freezing(code: Code) -> Iterator[str]:
    """The SQLModel tables are imported by freezing alone; for types anybody may name them.

    The hub's own process describes its calls with pydantic, and migrates PostgreSQL.
    """
    if code.name in FREEZING or code.name.startswith(SERVER_ONLY):
        return
    for one in imports(code):
        package = one.target.split(".")[0]
        if not one.for_types and (
            package in DATABASE_PACKAGES | {"pydantic"} or one.target in FREEZING
        ):
            yield f"{code.name}:{one.line} imports {one.target} while linkworker runs"


def docstrings(code: Code) -> set[int]:
    """Return the identities of the strings of a file that only its readers see."""
    return {
        id(node.value)
        for node in ast.walk(code.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def speaks_no_sql_upstairs(code: Code) -> Iterator[str]:
    """No SQL above the fourth floor; docstrings may speak of it."""
    if code.floor is None or code.floor <= FLOORS["caseload"]:
        return
    prose = docstrings(code)
    for node in ast.walk(code.tree):
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", "") for part in node.values]
            text = "".join(part if isinstance(part, str) else "it" for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = "" if id(node) in prose else node.value
        else:
            continue
        if SQL.search(text):
            yield f"{code.name}:{node.lineno} holds SQL"


def speaks_the_fields_words(code: Code) -> Iterator[str]:
    """What a screen shows is in the practice's words, and never exclaims."""
    if code.room not in {"screens", "widgets", "app"}:
        return
    prose = docstrings(code)
    for node in ast.walk(code.tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in prose and " " in node.value:
            for rule in (NOT_OUR_WORDS, EXCLAIMED):
                if found := rule.search(node.value):
                    yield f"{code.name}:{node.lineno} says {found[0]!r}"


def asks_the_clock(code: Code) -> Iterator[str]:
    """Time, ids and chance come in from outside; only `clock.py` makes them."""
    if code.name == "linkworker.clock":
        return
    for node in ast.walk(code.tree):
        if isinstance(node, ast.Attribute):
            before = node.value
            last = before.attr if isinstance(before, ast.Attribute) else getattr(before, "id", "")
            if (last, node.attr) in TIME_AND_IDS:
                yield f"{code.name}:{node.lineno} asks {last}.{node.attr} itself"
            if last == "random" and isinstance(before, ast.Name) and node.attr[0].islower():
                yield f"{code.name}:{node.lineno} uses the shared random.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                if (node.module, alias.name) in TIME_AND_IDS:
                    yield f"{code.name}:{node.lineno} takes {alias.name} from {node.module}"
                if node.module == "random" and alias.name not in SHARED_CHANCE:
                    yield f"{code.name}:{node.lineno} takes {alias.name} from random"


def fits_in_one_reading(code: Code) -> Iterator[str]:
    """A file that no longer fits in one reading has become two rooms."""
    if code.lines > LONGEST_FILE:
        yield f"{code.name}: {code.lines} lines, {LONGEST_FILE} is the most"


def prints_only_from_the_shell(code: Code) -> Iterator[str]:
    """Only the command line prints: elsewhere it would be drawn over the screen."""
    if code.floor == FLOORS["shell"]:
        return
    for node in ast.walk(code.tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "")
        if name in {"print", "pprint", "breakpoint", "input"}:
            yield f"{code.name}:{node.lineno} calls {name}"


def logs_no_values(code: Code) -> Iterator[str]:
    """A log line is a constant sentence: a value in it could be what somebody said."""
    logging = {one.target.split(".")[0] for one in imports(code)} & {"logging", "syslog"}
    for node in ast.walk(code.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        who, what = node.func.value, node.func.attr
        whose = who.attr if isinstance(who, ast.Attribute) else getattr(who, "id", "")
        if what == "exception" and logging:
            yield f"{code.name}:{node.lineno} logs a traceback"
        textual = what == "log" and whose in {"self", "app"}
        if textual or (logging and what in LOG_CALLS):
            said = [*node.args, *(word.value for word in node.keywords)]
            if not all(isinstance(one, ast.Constant) for one in said):
                yield f"{code.name}:{node.lineno} logs a value"


LENT = {"read", "write", "in_bulk", "reader", "turn", "search_turn"}
"""What lends a connection, which must be given back on the thread that borrowed it."""


def gives_back_what_it_borrowed(code: Code) -> Iterator[str]:
    """Nothing yields or awaits while it has a connection, but what lends it on (`Store.read`)."""

    def walk(node: ast.AST, borrowed: bool, lends: bool) -> Iterator[str]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            marks = getattr(node, "decorator_list", [])
            borrowed, lends = False, any("contextmanager" in ast.unparse(mark) for mark in marks)
        elif isinstance(node, ast.With | ast.AsyncWith):
            calls = [one.context_expr for one in node.items]
            names = {
                call.func.attr
                for call in calls
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            }
            borrowed = borrowed or bool(names & LENT)
        elif isinstance(node, ast.Yield | ast.YieldFrom | ast.Await) and borrowed and not lends:
            yield f"{code.name}:{node.lineno} stops half-way with a connection in its hands"
        for child in ast.iter_child_nodes(node):
            yield from walk(child, borrowed, lends)

    yield from walk(code.tree, False, False)


RULES = (
    uses_only_floors_below,
    keeps_the_screen_upstairs,
    keeps_the_models_below,
    leaves_the_tables_to_freezing,
    speaks_no_sql_upstairs,
    speaks_the_fields_words,
    asks_the_clock,
    fits_in_one_reading,
    prints_only_from_the_shell,
    logs_no_values,
    gives_back_what_it_borrowed,
)


def circles(uses: dict[str, set[str]]) -> list[list[str]]:
    """Return every group of names that use each other in a circle (Tarjan's algorithm)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(uses.get(name, ())):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(uses):
        if name not in order:
            visit(name)
    return found


# -- the house as it stands ------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule):
    wrong = [line for code in house() for line in rule(code)]
    assert not wrong, f"{rule.__doc__}\n" + "\n".join(wrong)


def test_no_two_files_import_each_other():
    uses = {
        code.name: {
            one.target for one in own(imports(code)) if one.at_import and one.target != code.name
        }
        for code in house()
    }
    assert circles(uses) == []


def test_no_two_rooms_use_each_other_even_from_inside_a_function():
    uses: dict[str, set[str]] = {}
    for code in house():
        rooms = {room_of(one.target) for one in own(imports(code))} - {code.room, ""}
        uses.setdefault(code.room, set()).update(rooms)
    assert circles(uses) == []


def test_every_room_of_the_picture_and_of_this_test_is_the_same():
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", picture, re.MULTILINE)
    drawn = {
        name.removesuffix(".py").removesuffix("/"): int(floor)
        for floor, names in rows
        for name in re.findall(r"`([^`]+)`", names)
    }
    there = {code.name.split(".")[1] for code in house() if "." in code.name}
    assert drawn
    assert {name: FLOORS.get(name) for name in drawn} == drawn
    assert there <= drawn.keys(), "a room that the picture does not show"


def loaded_by(*modules: str) -> set[str]:
    """Return the top-level packages in memory after importing `modules` in a fresh Python."""
    script = (
        f"import sys\nfor name in {modules!r}: __import__(name)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_reading_loads_nothing_heavy():
    reading = [
        name
        for name in built()
        if name == "linkworker.store" or name.startswith("linkworker.caseload.")
    ]
    if not reading:
        pytest.skip("there is no reading path yet")
    assert loaded_by(*reading) & (HEAVY | TEAM_PACKAGES) == set()


def test_the_screens_load_nothing_heavy():
    seen = [
        name
        for name in built()
        if name == "linkworker.app" or room_of(name) in {"screens", "widgets"}
    ]
    if "linkworker.app" not in seen:
        pytest.skip("there is no app yet")
    assert loaded_by(*seen) & (HEAVY | TEAM_PACKAGES) == set()


def test_the_command_line_starts_with_the_standard_library_alone():
    if "linkworker.__main__" not in built():
        pytest.skip("there is no command line yet")
    late = HEAVY | SCREEN_PACKAGES | TEAM_PACKAGES | {"sqlcipher3"}
    assert loaded_by("linkworker.__main__") & late == set()


# -- each rule can speak ---------------------------------------------------------------------

BROKEN = [
    (uses_only_floors_below, "linkworker.screens.today", "import linkworker.app"),
    (
        uses_only_floors_below,
        "linkworker.rules.marks",
        "def f():\n    from linkworker import store",
    ),
    (uses_only_floors_below, "linkworker.exchange.people", "from linkworker.madeup import x"),
    (uses_only_floors_below, "linkworker.attic.box", "x = 1"),
    (keeps_the_screen_upstairs, "linkworker.caseload.plan", "from textual.content import Content"),
    (keeps_the_models_below, "linkworker.caseload.plan", "def f():\n    import sqlmodel"),
    (keeps_the_models_below, "linkworker.cipher", "from sqlalchemy import create_engine"),
    (leaves_the_tables_to_freezing, "linkworker.storage.write", "def f():\n    import sqlalchemy"),
    (leaves_the_tables_to_freezing, "linkworker.oplog.capture", "from sqlmodel import SQLModel"),
    (
        leaves_the_tables_to_freezing,
        "linkworker.storage.write",
        "def f():\n    from linkworker.schema.plan import Strength",
    ),
    (leaves_the_tables_to_freezing, "linkworker.store", "from linkworker.schema import tables"),
    (
        leaves_the_tables_to_freezing,
        "linkworker.store",
        "if TYPE_CHECKING:\n    x = 1\nelse:\n    import pydantic",
    ),
    (speaks_no_sql_upstairs, "linkworker.screens.today", "q = 'SELECT id FROM person'"),
    (speaks_no_sql_upstairs, "linkworker.exchange.people", "q = f'select {x} from person'"),
    (speaks_the_fields_words, "linkworker.screens.today", "x = '3 overdue steps'"),
    (speaks_the_fields_words, "linkworker.widgets.line", "x = f'Saved {n} notes!'"),
    (asks_the_clock, "linkworker.caseload.plan", "from datetime import date\nd = date.today()"),
    (asks_the_clock, "linkworker.store", "import datetime\nd = datetime.datetime.now()"),
    (asks_the_clock, "linkworker.store", "from uuid import uuid4"),
    (asks_the_clock, "linkworker.madeup.people", "import random\nrandom.choice([1])"),
    (fits_in_one_reading, "linkworker.store", "x = 1\n" * (LONGEST_FILE + 1)),
    (prints_only_from_the_shell, "linkworker.store", "print('here')"),
    (logs_no_values, "linkworker.screens.note", "self.log(words)"),
    (logs_no_values, "linkworker.store", "import logging\nlogging.info('saved %s', note)"),
    (
        gives_back_what_it_borrowed,
        "linkworker.exchange.people",
        "def each(store):\n    with store.read() as tx:\n        for row in tx.rows(x): yield row",
    ),
    (
        gives_back_what_it_borrowed,
        "linkworker.screens.note",
        "async def f(self):\n    with self.store.write('x') as tx:\n        await go(tx)",
    ),
]

SOUND = [
    (uses_only_floors_below, "linkworker.screens.today", "from linkworker.caseload import people"),
    (uses_only_floors_below, "linkworker.schema.people", "from linkworker import text"),
    (uses_only_floors_below, "linkworker.store", "from linkworker.storage import search"),
    (keeps_the_screen_upstairs, "linkworker.widgets.words", "from textual.content import Content"),
    (keeps_the_models_below, "linkworker.storage.write", "import sqlalchemy"),
    (leaves_the_tables_to_freezing, "linkworker.schema.plan", "import sqlmodel"),
    (leaves_the_tables_to_freezing, "linkworker.caseload.plan", "from linkworker import schema"),
    (
        leaves_the_tables_to_freezing,
        "linkworker.store",
        "if TYPE_CHECKING:\n    from linkworker.schema.columns import Row",
    ),
    (speaks_no_sql_upstairs, "linkworker.screens.today", "x = 'Select a day from the list'"),
    (speaks_no_sql_upstairs, "linkworker.app", '"""No SELECT here FROM anywhere."""'),
    (speaks_the_fields_words, "linkworker.screens.note", "x = '!  staying safe'"),
    (asks_the_clock, "linkworker.madeup.people", "import random\nr = random.Random(7)"),
    (prints_only_from_the_shell, "linkworker.shell.people", "print('here')"),
    (logs_no_values, "linkworker.app", "self.log('locked')"),
    (
        gives_back_what_it_borrowed,
        "linkworker.exchange.people",
        "def each(store):\n    with store.read() as tx:\n        y = go(tx)\n    yield from y",
    ),
    (
        gives_back_what_it_borrowed,
        "linkworker.store",
        "@contextmanager\ndef lend(c):\n    with c.reader() as one:\n        yield one",
    ),
]


@pytest.mark.parametrize(("rule", "name", "source"), BROKEN)
def test_a_broken_rule_is_told(rule, name, source):
    assert list(rule(code_of(name, source)))


@pytest.mark.parametrize(("rule", "name", "source"), SOUND)
def test_sound_code_is_left_in_peace(rule, name, source):
    assert list(rule(code_of(name, source))) == []


def test_a_circle_is_found_however_long():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
