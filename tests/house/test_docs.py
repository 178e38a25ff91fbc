"""The documents tell what there is: packages, commands, settings, tables, decisions."""

import re
from pathlib import Path
from typing import Final

from marketplace.app.commands import COMMANDS
from marketplace.app.demo import DEMO_PASSWORD, DEMO_PEOPLE
from marketplace.app.settings import Settings
from marketplace.app.tables import METADATA
from marketplace.kernel.database import Model
from tests.house.sources import PACKAGES, ROOT

DOCS: Final = ROOT / "docs"
LINK: Final = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
SECTIONS: Final = ("## Context", "## Decision", "## Consequences", "## Alternatives")
README_LINES = 80
ARCHITECTURE_LINES = 250
DECISION_LINES = 45


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]


def test_documents_are_short_enough_to_be_read() -> None:
    assert len(read(ROOT / "README.md").splitlines()) <= README_LINES
    assert len(read(DOCS / "ARCHITECTURE.md").splitlines()) <= ARCHITECTURE_LINES


def test_the_two_commands_come_first() -> None:
    first, second = re.findall(r"^make \w+", read(ROOT / "README.md"), re.MULTILINE)[:2]

    assert (first, second) == ("make run", "make test")


def test_every_package_is_in_the_picture() -> None:
    text = read(DOCS / "ARCHITECTURE.md")
    inner = {
        f"marketplace.{path.parent.name}"
        for path in (ROOT / "marketplace").glob("*/__init__.py")
        if path.parent.name != "migrations"
    }

    assert {name for name in {*PACKAGES, *inner} - {"marketplace"} if name not in text} == set()


def test_every_command_is_named() -> None:
    named = set(re.findall(r"`([a-z-]+)`", read(ROOT / "README.md")))

    assert set(COMMANDS) <= named


def test_every_setting_stands_in_the_table_as_it_is() -> None:
    rows = dict(
        re.findall(r"^\| `([A-Z_]+)` \| .*? \| (.+) \|$", read(ROOT / "README.md"), re.MULTILINE)
    )

    assert rows == {
        name.upper(): field.description for name, field in Settings.model_fields.items()
    }


def test_every_demo_account_is_named() -> None:
    text = read(ROOT / "README.md")

    assert DEMO_PASSWORD in text
    assert [name for name in DEMO_PEOPLE if f"`{name}@" not in text] == []


def test_every_table_has_a_word() -> None:
    text = read(DOCS / "GLOSSARY.md")
    classes = {mapper.class_.__name__ for mapper in Model.registry.mappers}
    wordless = {
        name for name in classes if f"`{name}`" not in text and not name.endswith("Translation")
    }

    assert METADATA.tables
    assert wordless == set()


def test_links_lead_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents()
        for target in LINK.findall(read(path))
        if "://" not in target and not (path.parent / target).exists()
    ]

    assert dead == []


def test_checks_that_are_named_exist() -> None:
    named = re.findall(
        r"`((?:tests|marketplace|catalog|frontend)/[\w/.]+)`",
        "".join(read(path) for path in documents()),
    )

    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_decisions_are_numbered_and_complete() -> None:
    paths = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in paths]

    assert sorted(set(numbers)) == numbers
    assert numbers[0] == 1
    for path in paths:
        text = read(path)
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert [section for section in SECTIONS if section not in text] == [], path.name
        assert len(text.splitlines()) <= DECISION_LINES, path.name


def test_make_tells_every_goal() -> None:
    makefile = read(ROOT / "Makefile")
    phony = makefile.partition(".PHONY:")[2].partition("\n\n")[0].replace("\\", "").split()
    told = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))

    assert set(phony) - {"setup-dev"} == told
