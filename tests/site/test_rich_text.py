import json

import pytest

from frontend.editorjs import headings, is_harmless, plain_text, rich_text


def document(*blocks: dict[str, object]) -> str:
    return json.dumps({"blocks": blocks})


def paragraph(text: str) -> dict[str, object]:
    return {"type": "paragraph", "data": {"text": text}}


@pytest.mark.parametrize(
    ("_case", "text", "html"),
    [
        (
            "known marks stay",
            "<b>ngon</b> và <i>thơm</i>",
            "<strong>ngon</strong> và <em>thơm</em>",
        ),
        ("a script is text at most", "<script>alert(1)</script>", "alert(1)"),
        ("handlers vanish", '<b onclick="x()">a</b>', "<strong>a</strong>"),
        ("a stray end is dropped", "a</b>", "a"),
        ("what stays open is closed", "<b>a", "<strong>a</strong>"),
        ("signs are escaped", "1 &lt; 2 & 3", "1 &lt; 2 &amp; 3"),
        ("harmful links lose their link", '<a href="javascript:x()">a</a>', "a"),
        ("links of ours stay", '<a href="/xa">a</a>', '<a href="/xa" rel="nofollow">a</a>'),
    ],
)
def test_reduces_inline_html(_case: str, text: str, html: str) -> None:
    assert rich_text(document(paragraph(text))) == f"<p>{html}</p>"


def test_draws_every_known_block() -> None:
    content = document(
        {"type": "header", "data": {"text": "Đầu", "level": 1}},
        {"type": "list", "data": {"style": "ordered", "items": ["một", {"content": "hai"}]}},
        {"type": "quote", "data": {"text": "Thật", "caption": "Bà Mai"}},
        {"type": "delimiter", "data": {}},
        {"type": "image", "data": {"file": {"url": "/media/a.webp"}, "caption": "Bản"}},
        {"type": "table", "data": {"withHeadings": True, "content": [["a"], ["b"]]}},
        {"type": "unknown", "data": {"text": "nothing"}},
    )

    assert rich_text(content).split("\n") == [
        '<h2 id="dau">Đầu</h2>',
        "<ol><li>một</li><li>hai</li></ol>",
        "<blockquote><p>Thật</p><footer>Bà Mai</footer></blockquote>",
        "<hr>",
        (
            '<figure><img src="/media/a.webp" alt="" loading="lazy">'
            "<figcaption>Bản</figcaption></figure>"
        ),
        (
            '<table><thead><tr><th scope="col">a</th></tr></thead>'
            "<tbody><tr><td>b</td></tr></tbody></table>"
        ),
    ]


@pytest.mark.parametrize("content", [None, "", "plain words", "[]", "3", '{"blocks": 3}'])
def test_anything_else_is_nothing(content: str | None) -> None:
    assert rich_text(content) == ""


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("https://a.example", True),
        ("tel:0912345678", True),
        ("//a.example", False),
        ("data:text/html,x", False),
        ("JaVaScRiPt:x", False),
        ("http://[", False),
    ],
)
def test_knows_harmless_addresses(address: str, is_fine: bool) -> None:
    assert is_harmless(address) is is_fine


def test_cuts_plain_text_between_words() -> None:
    content = document(paragraph("Miến <b>dong</b> phơi nắng trên giàn tre"))

    assert plain_text(content, 14) == "Miến dong…"


@pytest.mark.parametrize(
    ("block", "html"),
    [
        ({"type": "paragraph", "data": "x"}, ""),
        ({"type": "paragraph", "data": [1]}, ""),
        ({"type": "header", "data": "x"}, ""),
        ({"type": "list", "data": {"items": 5}}, ""),
        ({"type": "list", "data": {"items": [{"content": 5, "items": 5}]}}, "<ul><li>5</li></ul>"),
        ({"type": "table", "data": {"content": 5}}, ""),
        ({"type": "table", "data": {"content": [5]}}, ""),
        ({"type": "header", "data": {"text": "a", "level": "x"}}, '<h2 id="a">a</h2>'),
        ({"type": "header", "data": {"text": "a", "level": [9]}}, '<h2 id="a">a</h2>'),
        ({"type": "header"}, ""),
        ({"type": "image", "data": {"file": 5}}, ""),
        ({"type": ["list"], "data": {"items": ["a"]}}, ""),
    ],
)
def test_what_is_malformed_is_left_out(block: dict[str, object], html: str) -> None:
    content = document(block, paragraph("Sau"))

    assert rich_text(content) == "\n".join(part for part in (html, "<p>Sau</p>") if part)
    assert plain_text(content) == "Sau"
    assert isinstance(headings(content), list)


def test_lists_end_at_some_depth() -> None:
    entry: dict[str, object] = {"content": "đáy"}
    for _step in range(300):
        entry = {"content": "x", "items": [entry]}

    html = rich_text(document({"type": "list", "data": {"items": [entry]}}))

    assert html.count("<ul>") == 10
    assert "đáy" not in html


def test_what_is_nested_without_end_is_nothing() -> None:
    assert rich_text('{"blocks": ' + "[" * 100_000) == ""
