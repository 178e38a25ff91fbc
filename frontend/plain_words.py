"""Descriptions as people type them on a telephone, and as the contract keeps them (EditorJS).

An empty line ends a paragraph, "# " begins a heading, "- " an entry of a list, "1. " one of a
numbered list; **bold**, *leaning* and [words](address) stand within a line. Both ways fit: what
was typed comes back as it was.
"""

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, Final

from frontend.editorjs import blocks_of, is_harmless

VERSION: Final = "2.30.0"
_ENTRY: Final = re.compile(r"^(?:[-*•]\s+|(\d{1,2})[.)]\s+)(.+)$")
_HEADING: Final = re.compile(r"^(#{1,3})\s*(.+)$")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_LEANING: Final = re.compile(r"(?<!\*)\*([^*\s][^*]*?)\*(?!\*)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_TAG: Final = re.compile(r"<[^>]*>")
_LINKED: Final = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def document_of(text: str) -> str:
    """What was typed as an EditorJS document in a string."""
    return json.dumps({"blocks": list(_blocks(text)), "version": VERSION}, ensure_ascii=False)


def _blocks(text: str) -> Iterator[dict[str, Any]]:
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        waiting: list[str] = []
        entries: list[str] = []
        is_ordered = False
        for line in filter(None, (one.strip() for one in part.split("\n"))):
            entry, heading = _ENTRY.match(line), _HEADING.match(line)
            if entry is None:
                yield from _list(entries, is_ordered=is_ordered)
                entries = []
            if entry is not None or heading is not None:
                yield from _paragraph(waiting)
                waiting = []
            if heading is not None:
                level = min(4, len(heading[1]) + 1)
                yield {"type": "header", "data": {"text": _marked(heading[2]), "level": level}}
            elif entry is not None:
                is_ordered = entry[1] is not None if not entries else is_ordered
                entries.append(_marked(entry[2]))
            else:
                waiting.append(_marked(line))
        yield from _paragraph(waiting)
        yield from _list(entries, is_ordered=is_ordered)


def _paragraph(lines: list[str]) -> Iterator[dict[str, Any]]:
    if lines:
        yield {"type": "paragraph", "data": {"text": "<br>".join(lines)}}


def _list(entries: list[str], *, is_ordered: bool) -> Iterator[dict[str, Any]]:
    if entries:
        style = "ordered" if is_ordered else "unordered"
        yield {"type": "list", "data": {"style": style, "items": entries}}


def _marked(line: str) -> str:
    """The marks of one line as inline HTML; everything else is text."""
    text = escape(line, quote=False)
    text = _BOLD.sub(r"<b>\1</b>", text)
    text = _LEANING.sub(r"<i>\1</i>", text)
    return _LINK.sub(_link, text)


def _link(found: re.Match[str]) -> str:
    words, address = found.groups()
    if not is_harmless(address):
        return found[0]
    return f'<a href="{escape(unescape(address))}">{words}</a>'


def words_of(content: str | None) -> str:
    """A description as it would be typed; what cannot be typed here is left out."""
    parts = [_typed(str(block.get("type")), block["data"]) for block in blocks_of(content)]
    return "\n\n".join(part for part in parts if part)


def _typed(kind: str, data: dict[str, Any]) -> str:
    if kind == "header":
        level = data.get("level")
        marks = "#" * max(1, min(3, level - 1)) if isinstance(level, int) else "#"
        return f"{marks} {_plain(data.get('text'))}"
    if kind == "list":
        items = data.get("items")
        entries = [
            _plain(one.get("content") if isinstance(one, dict) else one)
            for one in (items if isinstance(items, list) else [])
        ]
        if data.get("style") == "ordered":
            return "\n".join(f"{number}. {one}" for number, one in enumerate(entries, 1))
        return "\n".join(f"- {one}" for one in entries)
    return _plain(data.get("text"))


def _plain(text: object) -> str:
    """Inline HTML as marks."""
    found = re.sub(r"<br\s*/?>", "\n", str(text or ""))
    found = re.sub(r"</?(?:b|strong)>", "**", found)
    found = re.sub(r"</?(?:i|em)>", "*", found)
    found = _LINKED.sub(lambda each: f"[{each[2]}]({each[1]})", found)
    return unescape(_TAG.sub("", found)).strip()
