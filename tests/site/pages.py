"""One page of every sort, found by following the site's own links."""

import re
from html.parser import HTMLParser

import httpx

Pages = dict[str, str]
STANDING: Pages = {
    "home": "/",
    "home_en": "/en",
    "categories": "/danh-muc",
    "category": "/danh-muc/mien-bun-pho-kho",
    "category_chosen": "/danh-muc/mien-bun-pho-kho?stars=3&sort=price_asc",
    "collection": "/bo-suu-tap/ocop-4-5-sao",
    "makers": "/nguoi-ban",
    "search": "/tim-kiem?q=mien+dong",
    "search_products": "/tim-kiem?q=mien&kind=product",
    "search_empty": "/tim-kiem?q=xqzxqzxqz",
    "places": "/xa",
    "page": "/trang/quy-che-hoat-dong",
    "basket": "/gio-hang",
    "sign_in": "/dang-nhap",
    "sign_up": "/dang-ky",
    "forgot": "/quen-mat-khau",
    "new_password": "/dat-lai-mat-khau?email=a@example.com&token=x",
    "confirm": "/xac-nhan?login=0912345678",
    "not_found": "/khong-co-trang-nay",
}
LINKED = {
    "product": ("/tim-kiem?q=mien+dong&kind=product", r'href="(/san-pham/[^"?]+)"'),
    "business": ("/tim-kiem?q=mien+dong&kind=business", r'href="(/b/[^"]+)"'),
    "place": ("/xa", r'href="(/xa/[^"]+)"'),
}


def find_pages(site_url: str) -> Pages:
    """The standing pages, and one product, maker and place."""
    found = dict(STANDING)
    for name, (path, pattern) in LINKED.items():
        links = re.findall(pattern, httpx.get(site_url + path, timeout=30).text)
        found[name] = links[0]
    found["product_en"] = found["product"].replace("/san-pham/", "/en/products/")
    return found


class Markup(HTMLParser):
    """The elements of a page, as simple as tests need them."""

    VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element and that it is open."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID and tag not in {"path", "circle", "rect", "use", "line"}:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed at once."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        if tag in {"path", "circle", "rect", "use", "line"}:
            return
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The attributes of every such element."""
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key) == value for key, value in attributes.items())
        ]
