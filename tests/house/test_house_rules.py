"""The rules of the house that no linter knows."""

import ast
import importlib.metadata
import re
import socket
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest
from pytest_socket import SocketConnectBlockedError
from sqlalchemy import inspect

from marketplace.app import tables
from marketplace.kernel.database import Model
from tests.house.sources import PACKAGES, ROOT, name, python_files, tracked_files

LONGEST_FILE: Final = 400
# Contracts are looked things up in, not read; migrations are history besides.
CONTRACTS: Final = {
    ROOT / "graphql" / "schema.graphql",
    ROOT / "tests" / "contract" / "subset.graphql",
}
SOURCES: Final = {".py", ".html", ".js", ".mjs", ".css", ".graphql"}
# A registry that serves packages, by name or by habit; locks hold names, versions and hashes.
REGISTRY: Final = re.compile(
    r"https?://[\w.-]*(npm[j]s|yarn[p]kg|python[h]osted|pypi\.[o]rg/|artifactory|nexus|jfrog)",
)
MACHINE_PATH: Final = re.compile(r"(?<![\w.<])/(?:home|Users|work)/\w+")


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_no_file_outgrows_its_reader() -> None:
    long = {
        name(path): lines
        for path in tracked_files()
        if path.suffix in SOURCES
        and path not in CONTRACTS
        and path.parent.name != "versions"
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_only_the_kernel_ends_a_transaction() -> None:
    ended = [
        f"{name(path)}:{call.lineno}"
        for path in python_files()
        if not path.is_relative_to(ROOT / "marketplace" / "kernel")
        and path != ROOT / "marketplace" / "migrations" / "env.py"
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    ]

    assert ended == []


def test_relationships_never_load_by_surprise() -> None:
    related = [each for mapper in Model.registry.mappers for each in inspect(mapper).relationships]

    assert related, "there are no relationships to look at"
    assert [str(each) for each in related if each.lazy != "raise"] == []


def test_every_table_of_a_package_is_known_to_the_roof() -> None:
    homes = {mapper.class_.__module__ for mapper in Model.registry.mappers}
    packages = {module.__name__ for module in tables.PACKAGES} | {
        each.__module__ for each in tables.KERNEL_TABLES
    }
    files = {
        name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in python_files()
        if path.stem == "models" or path.parent.name == "models"
    }

    assert {home for home in homes if not home.startswith(tuple(packages))} == set()
    assert {module for module in files if not module.startswith(tuple(packages))} == set()


def test_graphql_folder_holds_documents_only() -> None:
    strangers = [
        name(path)
        for path in (ROOT / "graphql").rglob("*")
        if path.is_file() and path.suffix not in {".graphql", ".md"}
    ]

    assert strangers == []


def test_imports_stand_at_the_top_and_are_absolute() -> None:
    found = []
    for path in python_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [
            f"{name(path)}:{inner.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Import | ast.ImportFrom)
        ]
        found += [
            f"{name(path)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.level
        ]

    assert found == []


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_nothing_installed_is_called_like_a_package_of_ours(package: str) -> None:
    spec = find_spec(package)

    assert spec is not None
    assert spec.origin == str(ROOT / package / "__init__.py")
    owners = importlib.metadata.packages_distributions().get(package, [])
    assert [each for each in owners if each != "cho-phien"] == []


def test_our_documents_do_not_hide_the_graphql_library() -> None:
    spec = find_spec("graphql")

    assert spec is not None
    assert spec.origin is not None
    assert not Path(spec.origin).is_relative_to(ROOT / "graphql")


def test_every_package_is_shipped_and_watched() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["setuptools"]["packages"]["find"]["include"]
    watched = project["tool"]["importlinter"]["root_packages"]
    here = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert here == set(PACKAGES) == set(watched)
    assert {f"{package}*" for package in here} <= set(shipped)


def test_files_name_neither_registries_nor_machines() -> None:
    found = []
    for path in tracked_files():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if REGISTRY.search(text) or MACHINE_PATH.search(text) or str(ROOT) in text:
            found.append(name(path))

    assert found == []


def test_tests_reach_nobody_outside() -> None:
    with (
        socket.socket() as made,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        made.connect(("192.0.2.1", 80))


def test_python_is_old_enough_for_everybody() -> None:
    for path in python_files():
        ast.parse(path.read_text(encoding="utf-8"), name(path), feature_version=(3, 11))
    assert sys.version_info >= (3, 11)
