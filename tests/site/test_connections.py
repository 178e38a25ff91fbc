"""Connections to other systems: an administrator's desk, and a business's workspace."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests.site.browsing import PHONE, violations
from tests.site.pages import Markup
from tests.site.people import PASSWORD, sign_in, token_in

DESK = "/can-bo/ket-noi"


@pytest.fixture
def administrator(site_url: str) -> Iterator[httpx.Client]:
    with sign_in(site_url, "admin@example.com") as client:
        yield client


@pytest.fixture
def seller(site_url: str) -> Iterator[httpx.Client]:
    with sign_in(site_url, "seller@example.com") as client:
        yield client


def send(client: httpx.Client, path: str, **fields: str | list[str]) -> httpx.Response:
    """Fill in a form of the page."""
    token = token_in(client.get(path).text)
    return client.post(path, data={"form_token": token, **fields})


def shop_of(client: httpx.Client) -> str:
    """The address of the seller's connections."""
    answer = client.get("/gian-hang")
    found = (
        answer.headers.get("location") or re.findall(r'href="(/gian-hang/[^"/]+)"', answer.text)[0]
    )
    return f"{found}/ket-noi"


def add(client: httpx.Client, path: str, label: str) -> httpx.Response:
    return send(
        client,
        path,
        action="create",
        label=label,
        url="https://hooks.example.vn/cho-phien",
        contactEmail="it@example.com",
        types=["business.activated"],
    )


def test_what_was_typed_stays_when_it_is_wrong(administrator: httpx.Client) -> None:
    answer = send(
        administrator,
        DESK,
        action="create",
        label="Ngân hàng",
        url="https://169.254.169.254/",
        contactEmail="it@example.com",
        types=["business.activated"],
    )

    assert answer.status_code == 422
    markup = Markup(answer.text)
    assert markup.all("input", name="label")[0]["value"] == "Ngân hàng"
    assert markup.all("input", id="url")[0]["aria-invalid"] == "true"
    assert "máy chủ trên Internet" in answer.text


def test_a_secret_is_shown_once(administrator: httpx.Client) -> None:
    answer = add(administrator, DESK, "Kho bạc")
    again = administrator.get(DESK)

    assert answer.status_code == 200
    assert len(re.findall(r"whsec_[\w+/=]{44}", answer.text)) == 1
    assert answer.headers["cache-control"] == "private, no-store"
    assert "Kho bạc" in again.text
    assert "whsec_" not in again.text


def test_a_seller_sends_a_test_and_reads_in_the_log_how_it_went(seller: httpx.Client) -> None:
    path = shop_of(seller)
    assert add(seller, path, "Máy tính của tôi").status_code == 200
    page = seller.get(path).text
    key = re.findall(r'name="id" value="([^"]+)"', page)[-1]

    sent = send(seller, path, action="test", id=key, label="Máy tính của tôi")
    log = seller.get(f"{path}/{key}")

    assert sent.status_code == 303
    assert "Tin thử, không có nội dung" in log.text
    assert send(seller, path, action="disable", id=key, label="").status_code == 303
    assert "đang tắt" in seller.get(path).text
    assert send(seller, path, action="remove", id=key, label="").status_code == 303
    assert seller.get(f"{path}/{key}").status_code == 404


def test_the_desk_is_the_administrators_alone(seller: httpx.Client, visitor: httpx.Client) -> None:
    assert seller.get(DESK).status_code == 404
    assert visitor.get(DESK).status_code in {302, 303}


@pytest.mark.browser
def test_nobody_is_shut_out_of_connections(browser: Browser, site_url: str) -> None:
    context = browser.new_context(
        base_url=site_url, viewport={"width": PHONE, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    page.goto("/dang-nhap")
    page.fill("#login", "admin@example.com")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/tai-khoan")
    page.goto(DESK)
    page.fill("#label", "Sở Tài chính")
    page.fill("#url", "https://hooks.example.vn/so-tai-chinh")
    page.get_by_role("button", name="Thêm kết nối này").click()
    page.get_by_text("Khoá chỉ hiện một lần này").wait_for()
    page.goto(DESK)
    page.get_by_role("button", name="Gửi thử Sở Tài chính").first.click()
    page.get_by_text("Tin đang được gửi").wait_for()
    page.get_by_role("link", name="Sở Tài chính").first.click()

    assert page.get_by_text("Tin thử, không có nội dung").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    wrong = {path: violations(page, path) for path in (page.url, DESK)}
    context.close()
    assert {path: found for path, found in wrong.items() if found} == {}
