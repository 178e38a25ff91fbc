"""Every link of the site leads somewhere, for a visitor and for people who have signed in."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from frontend.addresses import PATHS
from marketplace.kernel.i18n import Language
from tests.site.pages import Markup
from tests.site.people import sign_in

DEPTH = 3
# Lists link to hundreds of goods that are all of one sort; some of each sort stand for the rest.
OF_EACH_SORT = 3
# Every page has this many addresses in links of filters, sort orders and pages.
WITH_QUERY = 2
LOGINS = ("buyer@example.com", "seller@example.com", "officer.trade@example.com")
FILES = ("/static/", "/media/", "/files/", "/dossier-forms/")


def sort_of(path: str) -> str:
    """What kind of page an address is: its words without the slugs."""
    found = [
        pattern
        for paths in PATHS.values()
        for pattern in paths.values()
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path)
    ]
    return min(found, key=lambda pattern: pattern.count("{"), default=path)


def links_of(markup: Markup, address: str) -> list[str]:
    """The addresses of our own site that a page leads to, without places inside a page."""
    found = [urljoin(address, link["href"]) for link in markup.all("a") if link.get("href")]
    ours = [urlsplit(link) for link in found if urlsplit(link).netloc == urlsplit(address).netloc]
    return [
        f"{one.path}?{one.query}" if one.query else one.path
        for one in ours
        if one.scheme.startswith("http") and not one.path.startswith(FILES)
    ]


class Crawl:
    """Follows links from the home page, level by level, and notes what is wrong with a page."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.seen: set[str] = set()
        self.sorts: Counter[tuple[str, bool]] = Counter()
        self.wrong: dict[str, list[str]] = {}

    def walk(self, start: str) -> None:
        """Everything within reach of a page."""
        level = {start: "where it starts"}
        for _step in range(DEPTH + 1):
            onward: dict[str, str] = {}
            for path, found_on in level.items():
                for link in self.visit(path, found_on):
                    onward.setdefault(link, path)
            level = {path: found_on for path, found_on in onward.items() if self.is_wanted(path)}

    def is_wanted(self, path: str) -> bool:
        """Whether the page is new, and one of few of its sort."""
        kind = (sort_of(urlsplit(path).path), bool(urlsplit(path).query))
        most = WITH_QUERY if kind[1] else OF_EACH_SORT
        if path in self.seen or self.sorts[kind] >= most:
            return False
        self.sorts[kind] += 1
        return True

    def visit(self, path: str, found_on: str) -> list[str]:
        """Look at a page, and tell where it leads."""
        self.seen.add(path)
        answer = self.client.get(path, follow_redirects=True)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            if answer.status_code != httpx.codes.OK:
                self.wrong[path] = [f"{answer.status_code}, linked from {found_on}"]
            return []
        markup = Markup(answer.text)
        if problems := problems_of(answer, markup):
            self.wrong[path] = [*problems, f"linked from {found_on}"]
        return links_of(markup, str(answer.url))


def problems_of(answer: httpx.Response, markup: Markup) -> list[str]:
    """What a page lacks."""
    language = "en" if re.match(r"/en(/|$)", answer.url.path) else "vi"
    head = answer.text.partition("</head>")[0]
    title = re.findall(r"<title>([^<]*)</title>", head)
    canonical = [one["href"] for one in markup.all("link", rel="canonical")]
    checks = {
        f"status {answer.status_code}": answer.status_code == httpx.codes.OK,
        "one h1": len(markup.all("h1")) == 1,
        "lang": [one.get("lang") for one in markup.all("html")] == [language],
        "title": len(title) == 1 and bool(title[0].strip()),
        "canonical": len(canonical) == 1 and canonical[0].startswith(str(answer.url.join("/"))),
        "balanced": not markup.unbalanced,
    }
    return [words for words, holds in checks.items() if not holds]


@pytest.mark.parametrize("start", ["/", "/en"])
def test_every_link_leads_somewhere(visitor: httpx.Client, start: str) -> None:
    crawl = Crawl(visitor)

    crawl.walk(start)

    assert crawl.wrong == {}
    sorts = {sort_of(urlsplit(path).path) for path in crawl.seen}
    assert len(crawl.seen) > 40
    language: Language = "en" if start == "/en" else "vi"
    wanted = ("product", "business", "place", "category", "collection", "page", "sign_up")
    assert {PATHS[name][language] for name in wanted} <= sorts


@pytest.mark.parametrize("login", LOGINS)
def test_every_link_leads_somewhere_for_people(site_url: str, login: str) -> None:
    with sign_in(site_url, login) as client:
        crawl = Crawl(client)

        crawl.walk("/tai-khoan")

    assert crawl.wrong == {}
    assert {"/tai-khoan/mat-khau", "/tai-khoan/dia-chi/new", "/en/account"} <= crawl.seen


def test_no_name_of_a_page_repeats(visitor: httpx.Client) -> None:
    paths = ("/", "/danh-muc", "/nguoi-ban", "/xa", "/gio-hang", "/dang-nhap", "/dang-ky")

    titles = [re.findall(r"<title>(.*?)</title>", visitor.get(path).text)[0] for path in paths]

    assert len(set(titles)) == len(paths)
