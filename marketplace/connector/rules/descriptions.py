"""Rich text of another system (EditorJS): only blocks and texts that are known are kept."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

MOST_BLOCKS: Final = 200
MOST_LETTERS: Final = 20_000
_LEVELS: Final = range(1, 7)
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")


def read_description(raw: object) -> dict[str, Any] | None:
    """The document in a JSON string; None when there is nothing in it that can be kept."""
    try:
        document = json.loads(raw) if isinstance(raw, str) else raw
    except (ValueError, RecursionError):
        return None
    blocks = document.get("blocks") if isinstance(document, dict) else None
    if not isinstance(blocks, list):
        return None
    kept = [block for each in blocks[:MOST_BLOCKS] if (block := _block(each)) is not None]
    fitting, letters = [], 0
    for block in kept:
        letters += len(json.dumps(block, ensure_ascii=False))
        if letters > MOST_LETTERS:
            break
        fitting.append(block)
    return {"blocks": fitting, "version": "2.30.0"} if fitting else None


def clean(text: object) -> str:
    """A text without the signs that no table can hold."""
    return _UNWRITABLE.sub("", text) if isinstance(text, str) else ""


def _block(raw: object) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("data"), Mapping):
        return None
    kind, told = raw.get("type"), raw["data"]
    if kind in {"paragraph", "quote"} and clean(told.get("text")):
        return {"type": kind, "data": {"text": clean(told["text"])}}
    if kind == "header" and clean(told.get("text")):
        level = told.get("level")
        shown = level if isinstance(level, int) and level in _LEVELS else 2
        return {"type": kind, "data": {"text": clean(told["text"]), "level": shown}}
    if kind == "list" and isinstance(told.get("items"), list):
        return _list(told)
    return None


def _list(told: Mapping[str, Any]) -> dict[str, Any] | None:
    """A list's own lines; lists within lists are left out."""
    lines = [
        clean(each.get("content") if isinstance(each, Mapping) else each)
        for each in told["items"][:MOST_BLOCKS]
    ]
    items = [line for line in lines if line]
    style = "ordered" if told.get("style") == "ordered" else "unordered"
    return {"type": "list", "data": {"style": style, "items": items}} if items else None
