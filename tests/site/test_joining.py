"""A household joins on a small telephone, an officer verifies it, and every refusal is seen."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories.media import A_PDF
from tests.site.browsing import PHONE, violations_here
from tests.site.people import sign_in
from tests.site.test_browser_account import browsing

# After signing up; the first product follows in the workspace.
MOST_TAPS = 14
# The demo's own: it is held by somebody else.
TAKEN = "006185000226"


class Thumb:
    """Counts every tap, those into a field among them."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()

    def write(self, target: Locator, text: str) -> None:
        self.taps += 1
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        self.taps += 1
        target.select_option(label=label)

    def hand_in(self, target: Locator, paper: Path) -> None:
        self.taps += 1
        target.set_input_files(paper)


@pytest.fixture(scope="module")
def seller(site_url: str) -> Iterator[httpx.Client]:
    """Who joins."""
    with sign_in(site_url, "seeker@example.com") as client:
        yield client


@pytest.fixture(scope="module")
def officer(site_url: str) -> Iterator[httpx.Client]:
    """Who decides."""
    with sign_in(site_url, "officer.trade@example.com") as client:
        yield client


def keep(page: Page) -> Locator:
    return page.get_by_role("button", name="Lưu và đi tiếp")


def sound(page: Page) -> None:
    """Fit for everybody, and no wider than the telephone."""
    assert violations_here(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def refused(page: Page, words: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def begins(page: Page, thumb: Thumb, name: str) -> None:
    page.goto("/ban-hang")
    sound(page)
    thumb.tap(page.get_by_role("link", name="Hộ kinh doanh Gia đình"))
    thumb.write(page.get_by_label("Tên cơ sở"), name)
    thumb.choose(page.get_by_label("Xã, phường"), "Xã Na Rì")
    thumb.tap(keep(page))


def identifies(page: Page, thumb: Thumb, number: str) -> None:
    field, born = page.get_by_label("Số định danh"), page.get_by_label("Ngày sinh")
    for wrong, words in (("0100109107", "chưa đúng"), (TAKEN, "đã có một cơ sở")):
        field.fill(wrong)
        born.fill("08/03/1985")
        keep(page).click()
        refused(page, words)
    assert "Lý Thị Hạnh" not in page.content()
    sound(page)
    thumb.write(field, number)
    thumb.write(born, "8/3/1985")
    thumb.tap(keep(page))


def banks(page: Page, thumb: Thumb) -> None:
    number, holder = page.get_by_label("Số tài khoản"), page.get_by_label("Tên chủ tài khoản")
    bank = page.get_by_label("Ngân hàng", exact=True)
    bank.select_option(label="Agribank")
    number.fill("0612345678")
    holder.fill("LY VAN KHAC")
    keep(page).click()
    refused(page, "Triệu Thị Mai")
    thumb.choose(bank, "Agribank")
    thumb.write(number, "0612345678")
    thumb.write(holder, "TRIEU THI MAI")
    thumb.tap(keep(page))


def shows_papers(page: Page, thumb: Thumb, paper: Path) -> None:
    papers = page.url
    page.goto(papers.replace("giay-to", "kiem-tra"))
    page.get_by_role("button", name="Gửi cho cán bộ").click()
    refused(page, "hộ đã đăng ký")
    page.goto(papers)
    sound(page)
    thumb.hand_in(page.get_by_label("Ảnh hoặc PDF, tối đa 10 MB").first, paper)
    expect(page.get_by_label("Thêm một trang")).to_be_visible()
    thumb.tap(page.get_by_role("link", name="Tiếp tục"))
    thumb.tap(page.get_by_role("button", name="Gửi cho cán bộ"))
    expect(page.get_by_role("main")).to_contain_text("Đã gửi ngày")
    sound(page)


def decides(page: Page, name: str) -> None:
    page.goto("/can-bo")
    page.get_by_role("link", name=name).click()
    sound(page)
    page.get_by_role("button", name="Nhận xử lý").click()
    page.get_by_role("button", name="Khớp – Cán bộ đã đọc giấy đăng ký").click()
    page.get_by_role("button", name="Xác minh").click()
    refused(page, "2 nguồn độc lập")
    page.get_by_label("Bạn biết bằng cách nào?").fill("Đã gọi ngân hàng")
    page.get_by_role("button", name="Khớp – Tài khoản đúng tên này").click()
    page.get_by_role("button", name="Xác minh").click()
    expect(page.get_by_role("main")).to_contain_text("Đã xác minh")


@pytest.mark.browser
def test_a_household_joins_with_few_taps_and_is_verified(
    browser: Browser, seller: httpx.Client, officer: httpx.Client, tmp_path: Path
) -> None:
    mark = secrets.token_hex(3)
    name, thumb = f"Hộ kinh doanh Mai {mark}", Thumb()
    paper = tmp_path / "giay.pdf"
    paper.write_bytes(A_PDF)

    with browsing(browser, seller, PHONE) as context:
        page = context.new_page()
        begins(page, thumb, name)
        identifies(page, thumb, f"006185{secrets.randbelow(10**6):06}")
        banks(page, thumb)
        shows_papers(page, thumb, paper)
    with browsing(browser, officer, PHONE) as context:
        decides(context.new_page(), name)
    with browsing(browser, seller, PHONE) as context:
        page = context.new_page()
        page.goto("/ban-hang")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("main")).to_contain_text(name)
        assert "/gian-hang/" in page.url

    assert thumb.taps <= MOST_TAPS


def test_a_visitor_opens_an_account_and_comes_back(visitor: httpx.Client) -> None:
    answer = visitor.get("/ban-hang/bat-dau/household")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/dang-ky?next=%2Fban-hang%2Fbat-dau%2Fhousehold"
    page = visitor.get(answer.headers["location"]).text
    assert page.count("next=%2Fban-hang%2Fbat-dau%2Fhousehold") >= 2


def test_nobody_else_sees_a_business_that_joins(site_url: str, visitor: httpx.Client) -> None:
    path = "/ban-hang/ho-kinh-doanh-ly-thi-hanh/kiem-tra"

    assert visitor.get(path).headers["location"].startswith("/dang-nhap")
    with sign_in(site_url, "company@example.com") as stranger:
        assert stranger.get(path).status_code == 404
        assert stranger.get("/can-bo").status_code == 403
    with sign_in(site_url, "officer.labour@example.com") as other:
        assert other.get("/can-bo").status_code == 403
