"""Descriptions from plain text: one EditorJS paragraph for each paragraph that was typed."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any, Final

from marketplace.kernel.text import nfc

EDITOR_VERSION: Final = "2.30.0"
LONGEST_DESCRIPTION: Final = 20_000
_TAG: Final = re.compile(r"<[^>]*>")
_LINE_TAG: Final = re.compile(r"<br\s*/?>")
_BREAKS: Final = re.compile(r"\s*\n\s*")


def document_of(text: str) -> dict[str, Any]:
    """The text as an EditorJS document; signs of HTML stay what they are."""
    paragraphs = (nfc(part) for part in _BREAKS.split(text.replace("\r", "\n")))
    return {
        "blocks": [
            {"type": "paragraph", "data": {"text": escape(paragraph, quote=False)}}
            for paragraph in paragraphs
            if paragraph
        ],
        "version": EDITOR_VERSION,
    }


def words_of(document: Mapping[str, Any] | None) -> str:
    """What a document says, a line for each paragraph, heading and item."""
    lines = [
        nfc(unescape(_TAG.sub("", line)))
        for block in (document or {}).get("blocks", ())
        for text in _texts(block.get("data", {}))
        for line in _LINE_TAG.sub("\n", text).split("\n")
    ]
    return "\n".join(line for line in lines if line)


def same_or_told(
    before: dict[str, Any] | None, told: dict[str, Any] | None
) -> dict[str, Any] | None:
    """What stands, where the words are the same: a sheet knows no headings and no bold type."""
    if told is None or (before is not None and words_of(before) == words_of(told)):
        return before
    return told


def _texts(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever an editor has stored
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for name in ("text", "content", "items"):
            yield from _texts(data.get(name))
    elif isinstance(data, list):
        for each in data:
            yield from _texts(each)
