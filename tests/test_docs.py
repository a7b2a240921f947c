"""The pages of the project point at things that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
NAMED = re.compile(r"`((?:docs|linkworker|tests|benchmarks|\.ci|\.github)/[\w./-]*)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page):
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    missing = [one for one in LINK.findall(text) if not (path.parent / one).exists()]
    missing += [one for one, _ in NAMED.findall(text) if not (ROOT / one).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_is_there(page):
    missing = []
    for file, test in NAMED.findall((ROOT / page).read_text(encoding="utf-8")):
        if test:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            names = {
                node.name
                for node in ast.walk(tree)
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            }
            if test not in names:
                missing.append(f"{file}::{test}")
    assert not missing


def test_the_readme_begins_with_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first = text.split("```")[1]
    assert "python3 go.py demo" in first
    assert "python3 go.py tests" in first


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert len(set(numbers)) == len(numbers)
