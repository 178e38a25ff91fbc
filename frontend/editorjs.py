"""Rich text of the contract (EditorJS blocks in a JSON string) as safe HTML.

Only the blocks and the inline marks named here come through; everything else is escaped or left
out, because descriptions are written by sellers.
"""

import json
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup

from marketplace.kernel.text import slugify

_INLINE: Final = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "u": "u",
    "mark": "mark",
}
LEVEL: Final = 2
# Lists within lists beyond this depth are left out.
DEEPEST: Final = 10
_SCHEMES: Final = {"http", "https", "mailto", "tel"}


class _Inline(HTMLParser):
    """Rebuilds inline HTML from a list of known marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep known marks, links with a harmless address and line breaks."""
        if tag == "br":
            self.parts.append("<br>")
        elif tag == "a":
            self._link(dict(attrs).get("href") or "")
        elif tag in _INLINE:
            self.parts.append(f"<{_INLINE[tag]}>")
            self._open.append(_INLINE[tag])

    def _link(self, address: str) -> None:
        if is_harmless(address):
            self.parts.append(f'<a href="{escape(address)}" rel="nofollow">')
            self._open.append("a")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open up to that mark; a stray end is dropped."""
        name = "a" if tag == "a" else _INLINE.get(tag)
        if name in self._open:
            while self._open:
                closed = self._open.pop()
                self.parts.append(f"</{closed}>")
                if closed == name:
                    break

    def handle_data(self, data: str) -> None:
        """Text is text."""
        self.parts.append(escape(data, quote=False))

    def result(self) -> str:
        """Everything that was kept, with what stayed open closed."""
        self.close()
        return "".join(self.parts) + "".join(f"</{tag}>" for tag in reversed(self._open))


def is_harmless(address: str) -> bool:
    """Whether a link may stand on our page: a path of ours, or a scheme that runs nothing."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in _SCHEMES
    return address.startswith(("/", "#")) and not address.startswith("//")


def inline_html(text: object) -> str:
    """Inline HTML reduced to the known marks."""
    parser = _Inline()
    parser.feed(str(text or ""))
    return parser.result()


def _entries(value: object) -> list[Any]:
    """The entries of a JSON array; none for anything else."""
    return value if isinstance(value, list) else []


def _items(data: Mapping[str, Any], depth: int) -> str:
    """List entries, given as strings or as objects with entries of their own."""
    found = []
    for item in _entries(data.get("items")):
        if isinstance(item, Mapping):
            is_deeper = bool(_entries(item.get("items"))) and depth < DEEPEST
            inner = _list(item, depth + 1) if is_deeper else ""
            found.append(f"<li>{inline_html(item.get('content'))}{inner}</li>")
        else:
            found.append(f"<li>{inline_html(item)}</li>")
    return "".join(found)


def _list(data: Mapping[str, Any], depth: int = 1) -> str:
    tag = "ol" if data.get("style") == "ordered" else "ul"
    items = _items(data, depth)
    return f"<{tag}>{items}</{tag}>" if items else ""


def _level(data: Mapping[str, Any]) -> int:
    """The level of a heading; the highest when none is given that can be read."""
    level = data.get("level")
    return min(4, max(LEVEL, level)) if isinstance(level, int) else LEVEL


def _header(data: Mapping[str, Any]) -> str:
    level = _level(data)
    text = inline_html(data.get("text"))
    if not text:
        return ""
    return f'<h{level} id="{slugify(Markup(text).striptags())}">{text}</h{level}>'  # noqa: S704 - escaped when it was made


def _quote(data: Mapping[str, Any]) -> str:
    caption = inline_html(data.get("caption"))
    foot = f"<footer>{caption}</footer>" if caption else ""
    return f"<blockquote><p>{inline_html(data.get('text'))}</p>{foot}</blockquote>"


def _image(data: Mapping[str, Any]) -> str:
    file = data.get("file")
    url = str((file if isinstance(file, Mapping) else data).get("url") or "")
    if not url or not is_harmless(url):
        return ""
    caption = inline_html(data.get("caption"))
    picture = f'<img src="{escape(url)}" alt="" loading="lazy">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"


def _table(data: Mapping[str, Any]) -> str:
    rows = [row for row in _entries(data.get("content")) if isinstance(row, list)]
    if not rows:
        return ""
    head = rows.pop(0) if data.get("withHeadings") and rows else []
    first = "".join(f'<th scope="col">{inline_html(cell)}</th>' for cell in head)
    rest = "".join(
        "<tr>" + "".join(f"<td>{inline_html(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f"<table>{f'<thead><tr>{first}</tr></thead>' if head else ''}<tbody>{rest}</tbody></table>"
    )


_BLOCKS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "paragraph": lambda data: f"<p>{inline_html(data.get('text'))}</p>",
    "header": _header,
    "list": _list,
    "quote": _quote,
    "delimiter": lambda _data: "<hr>",
    "image": _image,
    "table": _table,
}


def blocks_of(content: str | None) -> list[Mapping[str, Any]]:
    """The blocks of an EditorJS string, each with its data; none for anything else."""
    try:
        document = json.loads(content or "")
    except (ValueError, RecursionError):
        return []
    found = _entries(document.get("blocks")) if isinstance(document, Mapping) else []
    return [
        {**block, "data": block.get("data") or {}}
        for block in found
        if isinstance(block, Mapping) and isinstance(block.get("data") or {}, Mapping)
    ]


def rich_text(content: str | None) -> Markup:
    """The blocks as HTML."""
    parts = []
    for block in blocks_of(content):
        draw = _BLOCKS.get(str(block.get("type")))
        if draw is not None:
            parts.append(draw(block["data"]))
    return Markup("\n".join(part for part in parts if part))  # noqa: S704 - every part was escaped or rebuilt above


def headings(content: str | None) -> list[tuple[str, str]]:
    """The main headings with their anchors, for a table of contents."""
    texts = [
        Markup(inline_html(block["data"].get("text"))).striptags()  # noqa: S704 - escaped when it was made
        for block in blocks_of(content)
        if block.get("type") == "header" and _level(block["data"]) <= LEVEL
    ]
    return [(slugify(text), text) for text in texts if text]


def plain_text(content: str | None, limit: int = 160) -> str:
    """The beginning of the text without marks, for descriptions in search engines."""
    words = " ".join(
        Markup(inline_html(block["data"].get("text"))).striptags()  # noqa: S704 - escaped when it was made
        for block in blocks_of(content)
        if block.get("type") == "paragraph"
    )
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"
