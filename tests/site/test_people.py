"""The people of a shop on a small telephone: invited, joined, helped, and the help ended."""

import email
import secrets
import time
from collections.abc import Iterator
from email import policy
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.site.browsing import PHONE, violations_here
from tests.site.people import PASSWORD, sign_in, token_in

pytestmark = pytest.mark.browser
OUTBOX = Path(__file__).parents[2] / "var" / "outbox"
WAITING_SECONDS = 60.0


class People:
    """Browsers of several people at once."""

    def __init__(self, browser: Browser, site_url: str) -> None:
        self._browser = browser
        self._site_url = site_url
        self._contexts: list[BrowserContext] = []

    def open(self, name: str) -> Page:
        """A telephone in which somebody of the demo has signed in."""
        context = self._browser.new_context(
            base_url=self._site_url, viewport={"width": PHONE, "height": 740}, bypass_csp=True
        )
        self._contexts.append(context)
        page = context.new_page()
        page.goto("/dang-nhap")
        page.fill("#login", f"{name}@example.com")
        page.fill("#password", PASSWORD)
        page.click("form.form button[type=submit]")
        page.wait_for_url("**/tai-khoan")
        return page

    def close(self) -> None:
        """Close them all."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def people(browser: Browser, site_url: str) -> Iterator[People]:
    made = People(browser, site_url)
    yield made
    made.close()


def link_sent_to(contact: str) -> str:
    """The path of the link in the letter to somebody, as soon as the worker has sent it."""
    deadline = time.monotonic() + WAITING_SECONDS
    while time.monotonic() < deadline:
        for path in sorted(OUTBOX.glob("*.eml"), reverse=True)[:50]:
            letter = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == contact:
                body = letter.get_body(("plain",))
                assert body is not None
                link = next(
                    line for line in body.get_content().splitlines() if line.startswith("http")
                )
                return "/" + str(link).split("/", 3)[3]
        time.sleep(0.5)
    pytest.fail(f"no letter to {contact}")


def is_fine(page: Page) -> None:
    """Nobody is shut out of the page, and it is as wide as the telephone."""
    assert violations_here(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def members_page(page: Page) -> str:
    """The address of the people of the seller's shop."""
    page.goto("/gian-hang")
    page.wait_for_url("**/gian-hang/**")
    return f"{page.url.rstrip('/')}/thanh-vien"


def test_somebody_is_invited_and_joins(people: People) -> None:
    seller, buyer = people.open("seller"), people.open("buyer")
    contact = f"moi-{secrets.token_hex(4)}@example.com"
    members = members_page(seller)

    seller.goto(members)
    is_fine(seller)
    seller.fill("#contact", "không phải số")
    seller.click("text=Gửi lời mời")
    assert seller.input_value("#contact") == "không phải số"
    assert seller.locator("#contact-error").is_visible()
    seller.fill("#contact", contact)
    seller.click("text=Gửi lời mời")
    seller.locator(".person-name", has_text=contact).wait_for()

    link = link_sent_to(contact)
    buyer.goto(link)
    is_fine(buyer)
    buyer.click("text=Nhận lời")
    buyer.wait_for_url("**/gian-hang/**")
    buyer.goto(link)
    assert buyer.get_by_role("heading", level=1).inner_text().startswith("Lời mời này không còn")

    buyer.goto(members)
    assert buyer.locator("#contact").count() == 0
    buyer.locator("summary", has_text="Sửa").first.click()
    with buyer.expect_navigation():
        buyer.click("text=Rời cơ sở này")
    left = buyer.goto(members)
    assert left is not None
    assert left.status == httpx.codes.NOT_FOUND


def test_the_last_owner_is_told_why_they_stay(people: People) -> None:
    seller = people.open("seller")
    seller.goto(members_page(seller))

    seller.locator("summary", has_text="Sửa").first.click()
    seller.click("text=Rời cơ sở này")

    assert "Chủ cuối cùng không rời đi được" in seller.locator("#problems").inner_text()


def test_an_officer_acts_for_a_seller_who_ends_it(people: People) -> None:
    officer, seller = people.open("officer.trade"), people.open("seller")
    members = members_page(seller)
    slug = members.split("/gian-hang/")[1].split("/")[0]

    officer.goto(f"/lam-giup/{slug}")
    is_fine(officer)
    officer.select_option("#days", "30")
    officer.check("input[name=method][value=WITNESS]")
    officer.click("text=Ghi lại")
    assert officer.locator("#witness-error").is_visible()
    officer.fill("#witness", "Nông Văn Dũng, trưởng thôn")
    officer.click("text=Ghi lại")
    officer.wait_for_url("**/lam-giup")
    is_fine(officer)
    officer.get_by_role("button", name="Vào làm giúp").first.click()
    officer.wait_for_url(f"**/gian-hang/{slug}")
    banner = officer.get_by_label("Đang làm giúp người bán")
    assert banner.is_visible()
    is_fine(officer)
    officer.goto("/")
    assert banner.is_visible()

    seller.goto(members)
    seller.get_by_role("button", name="Dừng ngay").first.click()
    seller.wait_for_url("**/thanh-vien?done=kept")

    officer.goto("/")
    assert banner.count() == 0
    assert officer.goto(f"/gian-hang/{slug}").status == 404  # type: ignore[union-attr] # it answers


def test_without_javascript_a_stranger_finds_no_door(site_url: str) -> None:
    with sign_in(site_url, "seeker@example.com") as stranger:
        assert stranger.get("/gian-hang/htx-mien-dong-nang-hanh/thanh-vien").status_code == 404
        assert stranger.get("/loi-moi/khong-co").status_code == httpx.codes.OK
        page = stranger.get("/lam-giup/htx-mien-dong-nang-hanh")
        sent = {
            "form_token": token_in(page.text),
            "method": "CALL",
            "days": "30",
            "scopes": "STOCK",
        }
        refused = stranger.post("/lam-giup/htx-mien-dong-nang-hanh", data=sent)

    assert refused.status_code == httpx.codes.FORBIDDEN
