"""What only a real browser can tell: accessibility, weights, and what JavaScript adds."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.site.browsing import DESK, FIRST_VIEW, PHONE, SCRIPTS, violations, weights_of
from tests.site.pages import LINKED, STANDING, Pages

pytestmark = pytest.mark.browser
EVERY = [*STANDING, *LINKED, "product_en"]


@pytest.fixture
def phone(browser: Browser, site_url: str) -> Iterator[BrowserContext]:
    """A small telephone."""
    made = browser.new_context(base_url=site_url, viewport={"width": PHONE, "height": 740})
    yield made
    made.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nobody_is_shut_out(
    browser: Browser, site_url: str, pages: Pages, width: int, scheme: str
) -> None:
    context = browser.new_context(
        base_url=site_url,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    wrong = {name: violations(page, pages[name]) for name in EVERY}
    context.close()

    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", EVERY)
def test_no_page_is_wider_than_the_screen(phone: BrowserContext, pages: Pages, name: str) -> None:
    page = phone.new_page()
    page.goto(pages[name])

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("name", ["home", "category", "product", "search", "business", "place"])
def test_the_first_view_is_light(phone: BrowserContext, pages: Pages, name: str) -> None:
    page = phone.new_page()

    weights = weights_of(page, pages[name])

    scripts = sum(weight for url, weight in weights.items() if url.endswith(".js"))
    assert sum(weights.values()) <= FIRST_VIEW, weights
    assert 0 < scripts <= SCRIPTS


def test_suggestions_come_while_typing_and_obey_the_keyboard(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    page.goto("/")

    page.get_by_role("combobox").press_sequentially("mien don", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)

    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
    assert chosen.count() == 1
    target = chosen.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_a_tick_changes_the_list_without_a_new_page(browser: Browser, site_url: str) -> None:
    context = browser.new_context(base_url=site_url, viewport={"width": DESK, "height": 900})
    page = context.new_page()
    page.goto("/tim-kiem?q=mien&kind=product")
    page.evaluate("window.stays = true")

    page.locator("input[name=stars]").first.check()
    page.locator(".chip").first.wait_for()

    assert "stars=" in page.url
    assert page.evaluate("window.stays") is True
    page.go_back()
    page.wait_for_url("**/tim-kiem?q=mien&kind=product")
    context.close()


def test_the_page_says_nothing_bad_in_the_console(phone: BrowserContext, pages: Pages) -> None:
    page = phone.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))

    for name in ("home", "product", "search", "sign_in", "place"):
        page.goto(pages[name], wait_until="networkidle")

    assert heard == []


def test_targets_are_large_enough_for_a_thumb(phone: BrowserContext, pages: Pages) -> None:
    page = phone.new_page()
    page.goto(pages["product"])

    small = page.evaluate(
        """() => [...document.querySelectorAll('.dock a, .btn, .pack, .tool, .finder button')]
            .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
            .filter(([, r]) => r.width && (r.height < 44 || r.width < 44))
            .map(([text]) => text)"""
    )

    assert small == []
