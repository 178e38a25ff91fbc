"""The pages of people who have signed in, in a real browser: access, weight, quiet, size."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext

from frontend.addresses import PATHS
from marketplace.kernel.i18n import Language
from tests.site.browsing import (
    DESK,
    FIRST_VIEW,
    PHONE,
    SCRIPTS,
    violations,
    violations_here,
    weights_of,
)
from tests.site.pages import Markup
from tests.site.people import sign_in, token_in

pytestmark = pytest.mark.browser
PEOPLE = ("buyer@example.com", "seller@example.com", "officer.trade@example.com")
ENTRY = {
    "name": "Triệu Thị Mai",
    "phone": "0912 345 678",
    "countryArea": "Thái Nguyên",
    "city": "xã Côn Minh",
    "streetAddress1": "thôn Nà Diếu, cạnh nhà văn hoá",
}


def pages_of(client: httpx.Client, language: Language) -> list[str]:
    """Every page of the account, with an address to look at."""
    # Identity pages are there only where a provider is.
    names = [name for name in PATHS if name.startswith("account") and "identity" not in name]
    own = [PATHS[name][language] for name in names]
    addresses = PATHS["account_addresses"][language]
    listed = client.get(addresses).text
    keys = [one["value"] for one in Markup(listed).all("input", name="id")]
    if not keys:
        client.post(f"{addresses}/new", data={"form_token": token_in(listed), **ENTRY})
        return pages_of(client, language)
    plain = [path for path in own if "{" not in path]
    deletion, profile = PATHS["account_deletion"][language], PATHS["account"][language]
    states = [f"{deletion}?asked=1", f"{profile}?kept=1"]
    return [*plain, *states, f"{addresses}/new", f"{addresses}/{keys[0]}"]


@contextmanager
def browsing(
    browser: Browser, client: httpx.Client, width: int, *, is_dark: bool = False
) -> Iterator[BrowserContext]:
    """The browser of somebody who has signed in."""
    context = browser.new_context(
        base_url=str(client.base_url),
        viewport={"width": width, "height": 800},
        color_scheme="dark" if is_dark else "light",
        bypass_csp=True,
    )
    for name, value in client.cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": str(client.base_url)}])
    yield context
    context.close()


@pytest.fixture(params=PEOPLE, scope="module")
def person(request: pytest.FixtureRequest, site_url: str) -> Iterator[httpx.Client]:
    """Each of the people in turn."""
    with sign_in(site_url, request.param) as client:
        yield client


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nobody_is_shut_out_of_the_account(
    browser: Browser, person: httpx.Client, width: int, is_dark: bool
) -> None:
    language: Language = "en" if is_dark and width == DESK else "vi"
    with browsing(browser, person, width, is_dark=is_dark) as context:
        page = context.new_page()
        wrong = {path: violations(page, path) for path in pages_of(person, language)}

    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_account_fits_a_telephone_and_is_quiet(
    browser: Browser, person: httpx.Client, language: Language
) -> None:
    heard: list[str] = []
    with browsing(browser, person, PHONE) as context:
        page = context.new_page()
        page.on("console", lambda message: heard.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
        for path in pages_of(person, language):
            page.goto(path)
            assert person.get(path).status_code == httpx.codes.OK
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
            small = page.evaluate(
                """() => [...document.querySelectorAll(
                    'main .btn, main input:not([type=hidden]), .account-nav a, .account-nav button,'
                    + ' .address-foot a, .address-foot button')]
                    .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
                    .filter(([, r]) => r.width && (r.height < 44 || r.width < 44))
                    .map(([text]) => text)"""
            )
            assert small == [], path

    assert heard == []


def test_the_account_is_light(browser: Browser, person: httpx.Client) -> None:
    for name in ("account", "account_addresses"):
        with browsing(browser, person, PHONE) as context:
            weights = weights_of(context.new_page(), PATHS[name]["vi"])

        scripts = sum(weight for url, weight in weights.items() if url.endswith(".js"))
        assert sum(weights.values()) <= FIRST_VIEW, weights
        assert 0 < scripts <= SCRIPTS


def test_what_is_wrong_is_told_to_everybody(browser: Browser, person: httpx.Client) -> None:
    with browsing(browser, person, PHONE) as context:
        page = context.new_page()
        page.goto(PATHS["account_password"]["vi"])
        page.fill("#oldPassword", "not the password")
        page.fill("#newPassword", "x")
        page.locator("form.form button[type=submit]").click()
        page.locator("#problems").wait_for()

        assert violations_here(page) == []
        assert page.locator("[aria-invalid=true]").count() >= 1
