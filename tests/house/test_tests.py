"""What holds for the tests themselves, and for the marks that silence a linter."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from tests.house.sources import ROOT, name, tracked_files

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
CHECKS: Final = {"raises", "warns", "fail", "expect"}
MARK: Final = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?)"
)
REASON: Final = re.compile(r"\w{2,}")


def python_sources() -> Iterator[Path]:
    """Every committed Python file, tests and scripts as well."""
    return (path for path in tracked_files() if path.suffix == ".py")


@cache
def tree_of(path: Path) -> ast.Module:
    """The file as Python understands it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(tree: ast.AST) -> list[Function]:
    """Every function, methods and inner ones as well."""
    return [each for each in ast.walk(tree) if isinstance(each, Function)]


def called(function: Function) -> set[str]:
    """The last names of what a function calls."""
    calls = [each.func for each in ast.walk(function) if isinstance(each, ast.Call)]
    return {
        each.attr if isinstance(each, ast.Attribute) else each.id
        for each in calls
        if isinstance(each, ast.Attribute | ast.Name)
    }


def checks_itself(function: Function) -> bool:
    """Whether something in the function can fail on purpose."""
    has_assertion = any(isinstance(each, ast.Assert) for each in ast.walk(function))
    return has_assertion or bool(called(function) & CHECKS)


def idle_tests(trees: list[ast.Module]) -> list[str]:
    """Tests that neither check anything nor call a helper of the tests that does."""
    functions = [each for tree in trees for each in functions_of(tree)]
    helpers = {each.name for each in functions if checks_itself(each)}
    return [
        each.name
        for each in functions
        if each.name.startswith("test_") and not checks_itself(each) and not called(each) & helpers
    ]


def bare_marks(source: str) -> list[int]:
    """The lines whose mark says no reason, neither behind it nor in a comment above."""
    lines = source.splitlines()
    comments = [
        token
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type is tokenize.COMMENT and MARK.search(token.string)
    ]
    return [
        token.start[0]
        for token in comments
        if not REASON.search(MARK.sub("", token.string))
        and not lines[token.start[0] - 2].lstrip().startswith("#")
    ]


def test_every_test_can_fail() -> None:
    trees = [tree_of(path) for path in python_sources() if path.is_relative_to(ROOT / "tests")]

    assert len(trees) > 50
    assert idle_tests(trees) == []


def test_a_test_that_asserts_nothing_is_found() -> None:
    idle = "def helper(): pass\ndef test_idle(): helper()\n"
    busy = (
        "def sure(): assert made()\ndef test_busy(): sure()\ndef test_other():\n    assert made()\n"
    )

    assert idle_tests([ast.parse(idle + busy)]) == ["test_idle"]


def test_every_mark_that_silences_a_linter_says_why() -> None:
    bare = {
        name(path): lines
        for path in python_sources()
        if (lines := bare_marks(path.read_text(encoding="utf-8")))
    }

    assert bare == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = 1  # noqa: S105\n", [1]),
        ("x = 1  # noqa: S105, S106\n", [1]),
        ("x = 1  # type: ignore[misc]\n", [1]),
        ("x = 1  # noqa: S105 - a demo's\n", []),
        ("# Everybody knows it.\nx = 1  # noqa: S105\n", []),
        ("x = '# noqa: S105'\n", []),
    ],
)
def test_a_mark_without_a_reason_is_found(source: str, lines: list[int]) -> None:
    assert bare_marks(source) == lines
