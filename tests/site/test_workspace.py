"""The seller's workspace, with links and forms alone, and on a small telephone."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.site.pages import Markup
from tests.site.people import PASSWORD, sign_in, token_in

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("", "/san-pham", "/san-pham-moi", "/kho", "/kiem-kho", "/nhap-xuat", "/nhat-ky")
FIRST_VIEW = 200 * 1024
PHONE = 360


@pytest.fixture
def seller(site_url: str) -> Iterator[httpx.Client]:
    """The demo's seller, without JavaScript."""
    with sign_in(site_url, "seller@example.com") as client:
        yield client


@pytest.fixture
def shop(seller: httpx.Client) -> str:
    """The path of the seller's workspace."""
    listed = seller.get("/gian-hang")
    if listed.is_redirect:
        return str(listed.headers["location"])
    found: list[str] = re.findall(r'href="(/gian-hang/htx-mien[^"/]+)"', listed.text)
    return found[0]


def form_of(markup: str) -> dict[str, str]:
    """What the product's form would send as it stands."""
    page = Markup(markup)
    fields = {
        one["name"]: one.get("value", "")
        for one in page.all("input")
        if one.get("name", "").startswith(("v0.", "form_token", "name"))
        and one.get("type") not in {"checkbox", "file", "search"}
        and one.get("name") != "q"
    }
    chosen = re.findall(
        r'<select[^>]*name="category"[\s\S]*?<option value="([^"]+)" selected', markup
    )
    return {**fields, "category": chosen[0], "v0.netUnit": "g"}


def test_only_who_works_there_enters(site_url: str, seller: httpx.Client, shop: str) -> None:
    assert seller.get(shop).status_code == 200
    assert seller.get("/gian-hang/khong-co").status_code == 404

    with httpx.Client(base_url=site_url) as visitor:
        assert visitor.get(shop).headers["location"].startswith("/dang-nhap")
    with sign_in(site_url, "buyer@example.com") as stranger:
        for page in PAGES:
            assert stranger.get(shop + page).status_code == 404


def test_a_product_is_begun_kept_mended_and_shown(seller: httpx.Client, shop: str) -> None:
    begun = seller.get(f"{shop}/san-pham-moi", params={"name": "Miến dong thử"})
    sent = form_of(begun.text)
    wrong = {**sent, "v0.price": "nhiều", "v0.quantity": "500", "action": "publish"}

    refused = seller.post(f"{shop}/san-pham-moi", data=wrong)

    assert refused.status_code == 422
    assert 'value="nhiều"' in refused.text
    assert 'id="v0.price-error"' in refused.text

    draft = seller.post(f"{shop}/san-pham-moi", data={**sent, "v0.price": "45k", "v0.stock": "20"})
    assert draft.headers["location"].endswith("done=saved")
    drafts = seller.get(f"{shop}/san-pham", params={"state": "DRAFT"}).text
    path = re.findall(r'class="row-name" href="([^"]+)">Miến dong thử', drafts)[0]

    edited = form_of(seller.get(path).text)
    missing = seller.post(path, data={**edited, "action": "publish"})
    assert missing.status_code == 422
    assert f'action="{path}"' in missing.text
    assert 'id="description-error"' in missing.text

    told = re.findall(r'name="(attr\.thanh-phan)"', missing.text)
    labels = dict.fromkeys(told, "Tinh bột dong riềng, nước")
    choice = re.findall(r'name="attr\.bao-quan"[\s\S]*?<option value="([a-z-]+)"', missing.text)
    words = "# Miến\n\nSợi **dai**, phơi nắng.\n\n- nấu lẩu\n- xào"
    ready = {
        **form_of(missing.text),
        **labels,
        **({"attr.bao-quan": choice[0]} if choice else {}),
        "description": words,
    }
    shown = seller.post(path, data={**ready, "action": "publish"})
    assert shown.headers["location"].endswith("done=published"), shown.text
    public = seller.get(path.replace(f"{shop}/san-pham", "/san-pham"))
    assert public.status_code == 200
    assert "<strong>dai</strong>" in public.text
    assert words in seller.get(path).text

    withdrawn = seller.post(path, data={**ready, "action": "withdraw"})
    assert withdrawn.headers["location"].endswith("done=withdrawn")


def test_many_at_once_tells_who_stayed(seller: httpx.Client, shop: str) -> None:
    listed = seller.get(f"{shop}/san-pham", params={"state": "PUBLISHED"}).text
    ids = [one["value"] for one in Markup(listed).all("input", name="ids")][:2]

    fared = seller.post(
        f"{shop}/san-pham",
        data={"form_token": token_in(listed), "ids": ids, "action": "publish"},
    )
    assert fared.status_code == 200
    assert fared.text.count("Đã đổi 0 trong 2 sản phẩm.") == 1

    none = seller.post(
        f"{shop}/san-pham", data={"form_token": token_in(listed), "action": "publish"}
    )
    assert none.status_code == 422


def test_stock_is_booked_and_counted(seller: httpx.Client, shop: str) -> None:
    listed = seller.get(f"{shop}/kho").text
    path = re.findall(r'class="row-name" href="([^"]+)"', listed)[0]
    before = seller.get(path)
    token = token_in(before.text)

    wrong = seller.post(path, data={"form_token": token, "action": "book", "quantity": "ba"})
    assert wrong.status_code == 422
    assert 'value="ba"' in wrong.text

    sent = {"form_token": token, "action": "book", "kind": "RECEIVED", "note": "vụ mới"}
    assert seller.post(path, data={**sent, "quantity": "7"}).status_code == 303
    assert "vụ mới" in seller.get(path).text
    too_many = seller.post(path, data={**sent, "kind": "SOLD", "quantity": "999999"})
    assert too_many.status_code == 422

    sheet = seller.get(f"{shop}/kiem-kho").text
    name = re.findall(r'name="(c\.[^"]+)"', sheet)[0]
    counted = seller.post(f"{shop}/kiem-kho", data={"form_token": token_in(sheet), name: "33"})
    assert "Đã kiểm 1 quy cách." in counted.text


def test_a_spreadsheet_is_handed_in_and_its_columns_are_asked(
    seller: httpx.Client, shop: str
) -> None:
    page = seller.get(f"{shop}/nhap-xuat").text
    table = "Ký hiệu;Tên hàng;Giá bán\nTHU-1;Miến thử;45.000\n".encode()

    nothing = seller.post(f"{shop}/nhap-xuat", data={"form_token": token_in(page)})
    assert nothing.status_code == 422

    handed = seller.post(
        f"{shop}/nhap-xuat",
        data={"form_token": token_in(page)},
        files={"file": ("hang.csv", table, "text/csv")},
    )
    assert handed.status_code == 303
    run = seller.get(handed.headers["location"])
    assert "Ký hiệu" in run.text
    refused = seller.post(
        handed.headers["location"],
        data={"form_token": token_in(run.text), "action": "try", "m0": ""},
    )
    assert refused.status_code == 422


@pytest.mark.browser
def test_a_product_is_listed_in_nine_taps(browser: Browser, site_url: str, shop: str) -> None:
    context = browser.new_context(
        base_url=site_url, viewport={"width": PHONE, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    page.goto("/dang-nhap")
    page.fill("[name=login]", "seller@example.com")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/tai-khoan*")
    page.goto(f"{shop}/san-pham")

    taps = add_product(page)

    assert taps <= 9
    wrong = {path: violations(page, f"{shop}{path}") for path in PAGES}
    assert {path: found for path, found in wrong.items() if found} == {}
    context.close()


def add_product(page: Page) -> int:
    """Add a product as a seller would; how often the thumb came down."""
    page.click(".work-head .btn-primary")
    page.fill("main [name=name]", "Chổi chít nhà làm")
    page.click("main form .btn-primary")
    page.fill("textarea[name=description]", "Chổi chít bện tay, bền hai mùa.")
    page.fill("[name='v0.price']", "40k")
    page.fill("[name='v0.stock']", "15")
    taps = 6
    for name in page.evaluate(
        "[...document.querySelectorAll('#label > .field select')].map(one => one.name)"
    ):
        page.select_option(f"[name='{name}']", index=1)
        taps += 1
    for name in page.evaluate(
        "[...document.querySelectorAll('#label > .field input:not([type=checkbox])')]"
        ".map(one => one.name)"
    ):
        page.fill(f"[name='{name}']", "10")
        taps += 1
    for box in page.locator("#label > .field fieldset").all():
        box.get_by_role("checkbox").first.check()
        taps += 1
    page.click("button[value=publish]")
    page.wait_for_url("**/san-pham?done=published")
    return taps + 1


def violations(page: Page, path: str) -> list[str]:
    """What axe finds on a page, and whether it is too wide or too heavy."""
    weight = 0

    def weigh(response: object) -> None:
        nonlocal weight
        weight += int(getattr(response, "headers", {}).get("content-length", 0) or 0)

    page.on("response", weigh)
    page.goto(path)
    page.remove_listener("response", weigh)
    found = [] if page.evaluate("document.documentElement.scrollWidth") <= PHONE else ["too wide"]
    if weight > FIRST_VIEW:
        found.append(f"{weight} bytes")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    axe = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return found + [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in axe["violations"]]
