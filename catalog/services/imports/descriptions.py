"""Descriptions from plain text: one EditorJS paragraph for each paragraph that was typed."""

import re
from html import escape
from typing import Any, Final

from marketplace.kernel.text import nfc

EDITOR_VERSION: Final = "2.30.0"
LONGEST_DESCRIPTION: Final = 20_000
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
