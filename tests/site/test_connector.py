"""A shop elsewhere, connected through the workspace's own forms, with JavaScript off and on."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests.site.browsing import PHONE, violations
from tests.site.pages import Markup
from tests.site.people import sign_in, token_in

SHOP = "https://shop.example.vn/graphql/"


@pytest.fixture
def seller(site_url: str) -> Iterator[httpx.Client]:
    with sign_in(site_url, "seller@example.com") as client:
        yield client


@pytest.fixture
def address(seller: httpx.Client) -> Iterator[str]:
    """The page of the seller's first business, left without a connection."""
    answer = seller.get("/gian-hang")
    found = (
        answer.headers.get("location") or re.findall(r'href="(/gian-hang/[^"/]+)"', answer.text)[0]
    )
    path = f"{found}/cua-hang-saleor"
    end(seller, path)
    yield path
    end(seller, path)


def send(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """Fill in a form of the page."""
    token = token_in(client.get(path).text)
    return client.post(path, data={"form_token": token, **fields})


def key_in(html: str) -> str:
    """The connection that the page shows; empty when there is none."""
    keys = Markup(html).all("input", name="id")
    return keys[0]["value"] if keys else ""


def end(client: httpx.Client, path: str) -> None:
    """End the connection, if there is one."""
    if key := key_in(client.get(path).text):
        send(client, path, action="remove", id=key)


def category_in(html: str) -> str:
    """Some category of the page's list."""
    return next(one["value"] for one in Markup(html).all("option") if one.get("value"))


def connect(client: httpx.Client, path: str, **changed: str) -> httpx.Response:
    """Connect a shop, but for what is changed."""
    category = category_in(client.get(path).text)
    fields = {"url": SHOP, "channel": "default-channel", "category": category, "token": ""}
    return send(client, path, action="connect", **{**fields, **changed})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://10.0.0.1:8000/graphql/"),
        ("url", "https://10.0.0.8/graphql/"),
        ("channel", "Kênh mặc định"),
        ("category", ""),
        ("token", "có dấu"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    seller: httpx.Client, address: str, field: str, value: str
) -> None:
    answer = connect(seller, address, **{field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert key_in(answer.text) == ""
    if field == "url":
        assert f'value="{value}"' in answer.text
    else:
        assert f'value="{SHOP}"' in answer.text


def test_a_shop_is_connected_switched_off_and_let_go(seller: httpx.Client, address: str) -> None:
    answer = connect(seller, address, token="abcdefgh-secret")
    page = seller.get(answer.headers["location"]).text
    key = key_in(page)
    off = send(seller, address, action="disable", id=key)
    refused = send(seller, address, action="pull", id=key)
    again = connect(seller, address)

    assert answer.status_code == 303
    assert SHOP in page
    assert "/hooks/saleor/" in page
    assert "abcdefgh-secret" not in page
    assert off.status_code == 303
    assert refused.status_code == 422
    assert again.status_code == 422


def test_a_clerk_sees_no_such_page(site_url: str, address: str) -> None:
    with sign_in(site_url, "clerk@example.com") as clerk:
        assert clerk.get(address).status_code == 404


@pytest.mark.browser
def test_the_page_is_open_to_everybody_on_a_phone(
    browser: Browser, site_url: str, seller: httpx.Client, address: str
) -> None:
    context = browser.new_context(
        base_url=site_url, viewport={"width": PHONE, "height": 800}, bypass_csp=True
    )
    context.add_cookies(
        [
            {"name": one.name, "value": one.value or "", "url": site_url}
            for one in seller.cookies.jar
        ]
    )
    page = context.new_page()

    found = violations(page, address)
    page.get_by_label("Địa chỉ API của cửa hàng").fill(SHOP)
    page.get_by_label("Hàng chưa rõ danh mục thì để tạm ở đâu").select_option(index=1)
    page.get_by_role("button", name="Kết nối cửa hàng").click()
    page.get_by_role("heading", name=SHOP).wait_for()
    found += violations(page, address)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert found == []
    assert width <= PHONE
