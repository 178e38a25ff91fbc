"""A store in a real browser: dressed with thumbs, and fit for everybody's eyes."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.site.browsing import PHONE, violations, violations_here
from tests.site.people import sign_in
from tests.site.test_browser_account import browsing

pytestmark = pytest.mark.browser
SHOP = "htx-mien-dong-nang-hanh"
LOOK, SETTINGS = f"/gian-hang/{SHOP}/cua-hang", f"/gian-hang/{SHOP}/cai-dat"
DATA = f"/gian-hang/{SHOP}/du-lieu"


@pytest.fixture(scope="module")
def owner(site_url: str) -> Iterator[httpx.Client]:
    """Who owns the shop."""
    with sign_in(site_url, "seller@example.com") as client:
        yield client


def test_an_owner_dresses_the_store_on_a_telephone(browser: Browser, owner: httpx.Client) -> None:
    with browsing(browser, owner, PHONE) as context:
        page = context.new_page()
        page.goto(LOOK)
        page.get_by_label("Tím sim").check()
        page.get_by_role("button", name="Lưu và hiện lên trang").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã lưu")
        page.get_by_role("button", name="Bản đồ các xã").click(position={"x": 150, "y": 180})
        assert "done=kept" in page.url
        assert violations_here(page) == []
        page.goto(SETTINGS)
        page.get_by_role("textbox", name="Thứ Hai").fill("6h đến 18h")
        page.get_by_label("Ngày nào cũng như thứ Hai").check()
        page.get_by_role("button", name="Lưu giờ mở cửa").click()
        assert violations_here(page) == []
        page.goto(f"/b/{SHOP}")
        colour = page.get_by_role("heading", level=1).evaluate("one => getComputedStyle(one).color")

    assert colour == "rgb(91, 58, 119)"


@pytest.mark.parametrize("is_dark", [False, True])
def test_a_coloured_store_can_be_read_by_everybody(
    browser: Browser, owner: httpx.Client, *, is_dark: bool
) -> None:
    with browsing(browser, owner, PHONE, is_dark=is_dark) as context:
        page = context.new_page()
        found = {path: violations(page, path) for path in ("/b/htx-phen-tre", SETTINGS, LOOK)}
        width = page.evaluate("document.documentElement.scrollWidth")

    assert found == {path: [] for path in found}
    assert width == PHONE


def test_the_data_page_is_fit_for_a_telephone(browser: Browser, owner: httpx.Client) -> None:
    with browsing(browser, owner, PHONE) as context:
        page = context.new_page()
        found = violations(page, DATA)
        expect(page.get_by_role("button", name="Bảy ngày nữa đóng cơ sở")).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")

    assert found == []
    assert width == PHONE
