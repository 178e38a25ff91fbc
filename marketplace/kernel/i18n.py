"""Words in the reader's language: English message ids, Vietnamese from the catalogues."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
DEFAULT_LANGUAGE: Language = "vi"
CATALOGUES = Path(__file__).parents[1] / "locale"


def _(message: str) -> str:
    """Mark a message for the catalogues; it is translated where the reader's language is known."""
    return message


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every message of a language, read from `locale/<language>/*.po`; English is the id itself."""
    found: dict[str, str] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                if entry.id and isinstance(entry.id, str) and isinstance(entry.string, str):
                    found[entry.id] = entry.string
    return found


def translate(message: str, language: Language, /, **parameters: object) -> str:
    """The message in the language, with `{name}` parameters filled in."""
    text = catalogue(language).get(message) or message
    return text.format(**parameters) if parameters else text


def language_of(tag: str | None) -> Language:
    """The language of ours that an `Accept-Language` header prefers, Vietnamese without one."""
    for part in (tag or "").lower().split(","):
        primary = part.split(";")[0].strip().split("-")[0]
        if primary == "vi":
            return "vi"
        if primary == "en":
            return "en"
    return DEFAULT_LANGUAGE
