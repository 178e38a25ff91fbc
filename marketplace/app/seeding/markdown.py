"""Markdown of the province's pages as EditorJS documents."""

from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from catalog.services.imports.descriptions import EDITOR_VERSION

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
Block = dict[str, Any]


def read_page(text: str) -> tuple[dict[str, str], dict[str, Any]]:
    """The front matter and the text of a page.

    Raises:
        ValueError: there is no front matter.
    """
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():  # noqa: PLR2004 - before, within, behind
        raise ValueError("a page begins with its front matter")
    matter: dict[str, str] = {}
    for line in parts[1].splitlines():
        name, _colon, value = line.partition(":")
        matter[name.strip()] = value.strip().strip('"')
    return matter, document(parts[2])


def document(text: str) -> dict[str, Any]:
    """The text as an EditorJS document."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(text))
    blocks = [block for node in tree.children for block in _blocks(node)]
    return {"blocks": blocks, "version": EDITOR_VERSION}


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    if node.type == "heading":
        return [_block("header", text=_inline(node), level=int(node.tag[1:]))]
    if node.type == "paragraph":
        return [_block("paragraph", text=_inline(node))]
    if node.type in {"bullet_list", "ordered_list"}:
        style = "ordered" if node.type == "ordered_list" else "unordered"
        return [_block("list", style=style, items=[_item(item) for item in node.children])]
    if node.type == "blockquote":
        text = "<br>".join(_inline(child) for child in node.children)
        return [_block("quote", text=text, caption="", alignment="left")]
    if node.type == "table":
        rows = [[_inline(cell) for cell in row.children] for row in _rows(node)]
        return [_block("table", withHeadings=True, content=rows)]
    return [_block("delimiter")] if node.type == "hr" else []


def _block(kind: str, **data: object) -> Block:
    return {"type": kind, "data": data}


def _rows(table: SyntaxTreeNode) -> Sequence[SyntaxTreeNode]:
    return [row for part in table.children for row in part.children]


def _item(node: SyntaxTreeNode) -> Block:
    texts: list[str] = []
    items: list[Block] = []
    for child in node.children:
        if child.type in {"bullet_list", "ordered_list"}:
            items.extend(_item(item) for item in child.children)
        else:
            texts.append(_inline(child))
    return {"content": "<br>".join(texts), "items": items}


def _inline(node: SyntaxTreeNode) -> str:
    """The inline HTML of a block's text, escaped where it is no mark."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    if inline is None or inline.token is None or inline.token.children is None:
        return ""
    html = _MARKDOWN.renderer.render(inline.token.children, _MARKDOWN.options, {})
    return str(html).strip()
