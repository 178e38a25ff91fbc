"""An address of a list that is too old or made up leads to a page that exists."""

import re
from base64 import urlsafe_b64encode

import httpx
import pytest
from starlette.datastructures import QueryParams

from frontend.listing import read_window, shown_of
from marketplace.kernel.errors import ForeignCursorError
from tests.site.pages import Markup

LISTS = ("/nguoi-ban", "/en/makers", "/bo-suu-tap/ocop-4-5-sao", "/en/collections/ocop-4-5-sao")
MAKER = re.compile(r'class="maker-name"><a href="([^"]+)"')
FOREIGN = ("x", "bà con", "AAAA", urlsafe_b64encode(b'["published-", 1, "x"]').decode())


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_foreign_cursor_leads_to_the_first_page(
    visitor: httpx.Client, path: str, side: str
) -> None:
    for cursor in FOREIGN:
        answer = visitor.get(path, params={side: cursor, "from": "letter"})

        assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?from=letter")
    assert visitor.get(f"{path}?{side}=").text == visitor.get(path).text


def test_a_list_is_walked_there_and_back(visitor: httpx.Client) -> None:
    first = visitor.get("/nguoi-ban").text
    onward = visitor.get(Markup(first).all("a", rel="next")[0]["href"]).text
    back = visitor.get(Markup(onward).all("a", rel="prev")[0]["href"]).text

    shown = [MAKER.findall(page) for page in (first, onward, back)]
    assert shown[0] == shown[2]
    assert not set(shown[0]) & set(shown[1])
    assert not Markup(back).all("a", rel="prev")


def test_nothing_behind_a_cursor_is_no_page() -> None:
    nothing: dict[str, object] = {"edges": []}

    with pytest.raises(ForeignCursorError):
        shown_of(nothing, read_window(QueryParams("after=x"), 10))
    assert shown_of(nothing, read_window(QueryParams("after="), 10)) == []


@pytest.mark.parametrize("page", ["abc", "-1", "0", "", "1e3", "²", "9" * 400])
@pytest.mark.parametrize("path", ["/tim-kiem", "/danh-muc/rau-cu-qua-tuoi"])
def test_no_number_of_a_page_is_the_first_page(visitor: httpx.Client, path: str, page: str) -> None:
    answer = visitor.get(path, params={"page": page})

    current = Markup(answer.text).all("span", **{"aria-current": "page"})
    assert answer.status_code == 200
    assert current
    assert not Markup(answer.text).all("a", rel="prev")


@pytest.mark.parametrize(
    "path", ["/tim-kiem?kind=product", "/danh-muc/rau-cu-qua-tuoi?sort=price_asc"]
)
def test_a_page_beyond_the_last_leads_to_the_last(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(f"{path}&page=999999")

    onward = answer.headers["location"]
    last = visitor.get(onward)
    assert answer.status_code == 303
    assert onward.startswith(path)
    assert last.status_code == 200
    assert not Markup(last.text).all("a", rel="next")
    assert Markup(last.text).all("a", rel="prev")
