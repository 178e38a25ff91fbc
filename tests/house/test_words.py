"""Every message of the code has its Vietnamese words, once."""

import ast
import string
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from marketplace.kernel.i18n import CATALOGUES, LANGUAGES
from tests.house.sources import ROOT, name, python_files

TEMPLATES = ROOT / "frontend" / "templates"


def marked_in_python(path: Path) -> list[tuple[int, Any]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.lineno, getattr(node.args[0], "value", None) if node.args else None)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    ]


def marked_in_template(path: Path) -> list[tuple[int, Any]]:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    return [
        (call.lineno, getattr(call.args[0], "value", None) if call.args else None)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "_"
    ]


@cache
def messages() -> dict[str, str]:
    """Every message id and where it stands; a message that is computed cannot be looked up."""
    found: dict[str, str] = {}
    for path in python_files():
        for line, text in marked_in_python(path):
            assert isinstance(text, str), f"{name(path)}:{line} marks what is no literal"
            found[text] = f"{name(path)}:{line}"
    for path in TEMPLATES.rglob("*.html"):
        for line, text in marked_in_template(path):
            if isinstance(text, str):
                found[text] = f"{name(path)}:{line}"
    return found


@cache
def entries() -> dict[str, list[tuple[str, str]]]:
    """Every entry of the Vietnamese catalogues: its id, its files and texts."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted((CATALOGUES / "vi").glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, abort_invalid=True):
                if entry.id:
                    assert not entry.fuzzy, f"{path.name}: {entry.id!r} is marked as a guess"
                    found[str(entry.id)].append((path.stem, str(entry.string)))
    return found


def placeholders(text: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in string.Formatter().parse(text) if field}


def test_every_message_has_vietnamese_words() -> None:
    said = {key for key, texts in entries().items() if all(text.strip() for _file, text in texts)}

    assert len(messages()) > 100
    assert {text: place for text, place in messages().items() if text not in said} == {}


def test_a_message_has_the_same_words_everywhere() -> None:
    torn = {
        key: texts for key, texts in entries().items() if len({text for _file, text in texts}) > 1
    }

    assert torn == {}


def test_words_take_the_parameters_of_their_message() -> None:
    wrong = [
        key
        for key, texts in entries().items()
        for _file, text in texts
        if placeholders(key) != placeholders(text)
    ]

    assert wrong == []


def test_english_is_the_message_itself() -> None:
    assert LANGUAGES == ("vi", "en")
    assert not (CATALOGUES / "en").exists()
