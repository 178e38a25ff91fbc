"""Registering a business, without JavaScript and in a real browser at 360 px."""

import re
import secrets
from collections.abc import Iterator
from typing import Final

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.site.browsing import PHONE, SCRIPTS, violations, violations_here, weights_of
from tests.site.pages import Markup
from tests.site.people import PASSWORD, sign_in, token_in

MINE: Final = "/dang-ky-kinh-doanh/ho-so"
GUIDE: Final = "/dang-ky-kinh-doanh/huong-dan/ho-kinh-doanh"
PERSON: Final = {
    "fullName": "Nông Thị Mặn",
    "birthDate": "5/9/1990",
    "sex": "female",
    "phone": "0912 345 678",
}


def a_number() -> str:
    """A personal number of a woman born in 1990 that hardly anybody had before."""
    return f"006190{secrets.randbelow(10**6):06}"


def send(client: httpx.Client, path: str, **data: str) -> httpx.Response:
    """Send a form of our own page."""
    token = token_in(client.get(path).text)
    return client.post(path, data={"form_token": token, **data})


@pytest.fixture
def seeker(site_url: str) -> Iterator[httpx.Client]:
    """Somebody who has signed in."""
    with sign_in(site_url, "seeker@example.com") as client:
        yield client


def begin(client: httpx.Client) -> str:
    """A new dossier; its page."""
    answer = send(client, MINE, kind="HOUSEHOLD")
    assert answer.status_code == 303
    found = re.fullmatch(rf"({MINE}/hs-\d+-\d+)/person", answer.headers["location"])
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", ["/dang-ky-kinh-doanh", GUIDE, "/en/register-a-business"])
def test_guides_are_open_to_everybody(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 200
    assert not Markup(answer.text).unbalanced


def test_a_guide_has_its_own_address_in_each_language(visitor: httpx.Client) -> None:
    answer = visitor.get(GUIDE)

    assert "/en/register-a-business/guides/household-business" in answer.text
    assert "Nghị định 168/2025/NĐ-CP" in answer.text
    assert visitor.get("/dang-ky-kinh-doanh/huong-dan/khong-co").status_code == 404


@pytest.mark.parametrize("path", [MINE, f"{MINE}/hs-2026-000001", "/can-bo/mot-cua"])
def test_dossiers_are_for_people_who_have_signed_in(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


def test_what_was_typed_stays_beside_its_message(seeker: httpx.Client) -> None:
    page = begin(seeker)
    answer = send(seeker, f"{page}/person", personalNumber="123", **PERSON)

    assert answer.status_code == 422
    markup = Markup(answer.text)
    values = {one["name"]: one.get("value") for one in markup.all("input", type="text")}
    assert values["personalNumber"] == "123"
    assert values["fullName"] == "Nông Thị Mặn"
    assert 'id="personalNumber-error"' in answer.text


def test_an_old_name_leads_to_the_commune_of_today(seeker: httpx.Client) -> None:
    page = begin(seeker)
    answer = send(seeker, f"{page}/place", commune="TT Bằng Lũng", hamlet="Tổ 5")

    assert answer.headers["location"] == f"{page}/work"
    assert "Xã Chợ Đồn" in seeker.get(f"{page}/place").text


def test_work_is_found_in_plain_words(seeker: httpx.Client) -> None:
    page = begin(seeker)
    found = send(seeker, f"{page}/work", q="mien dong", action="search")
    kept = send(seeker, f"{page}/work", industry="1074")

    assert found.status_code == 200
    assert 'value="1074"' in found.text
    assert kept.status_code == 303
    assert "1074" in seeker.get(f"{page}/work").text


def test_nobody_else_sees_a_dossier(seeker: httpx.Client, site_url: str) -> None:
    page = begin(seeker)
    with sign_in(site_url, "seller@example.com") as other:
        assert other.get(page).status_code == 404
        assert other.get(f"{page}/person").status_code == 404
        assert other.get("/can-bo/mot-cua").status_code == 403
    with sign_in(site_url, "officer.registration@example.com") as officer:
        assert officer.get(f"/can-bo/mot-cua/{page.rpartition('/')[2]}").status_code == 404


def test_a_wrong_look_up_says_one_thing(visitor: httpx.Client) -> None:
    answers = [
        send(visitor, "/tra-cuu-ho-so", receipt=receipt, phoneEnding=ending)
        for receipt, ending in (("H41.12-261120-0003", "0000"), ("H41.12-000000-0000", "0345"))
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    messages = [Markup(answer.text).all("p", id="receipt-error") != [] for answer in answers]
    assert messages == [True, True]


class Phone:
    """A person with a telephone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, words: str) -> None:
        """Press a button of the page itself."""
        self.page.locator(f"main button:has-text('{words}')").first.click()
        self.page.wait_for_load_state()

    def fill(self, **values: str) -> None:
        """Type into fields."""
        for name, value in values.items():
            self.page.fill(f"#{name}", value)

    def sound(self) -> None:
        """Nothing sticks out, and axe finds nothing."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE, f"{self.page.url}: {wide} px"
        assert violations_here(self.page) == [], self.page.url


@pytest.fixture
def phone(browser: Browser, site_url: str) -> Iterator[Phone]:
    """A small telephone on which nobody has signed in."""
    context = browser.new_context(
        base_url=site_url, viewport={"width": PHONE, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Phone(page)
    context.close()


@pytest.mark.browser
def test_public_pages_are_accessible_and_light(phone: Phone) -> None:
    for path in ("/dang-ky-kinh-doanh", GUIDE, "/tra-cuu-ho-so"):
        assert violations(phone.page, path) == []
        phone.sound()
    weights = weights_of(phone.page, GUIDE)
    assert sum(size for url, size in weights.items() if url.endswith(".js")) <= SCRIPTS


def answer_everything(phone: Phone, number: str) -> None:
    """The interview, with three answers that are refused first."""
    page = phone.page
    page.check("input[name=sex][value=female]")
    phone.fill(personalNumber="12", fullName="Nông Thị Mặn", birthDate="5/9/1990")
    phone.fill(phone="0912 345 678")
    phone.press("Lưu và đi tiếp")
    phone.sound()
    assert page.locator("#personalNumber-error").is_visible()
    phone.fill(personalNumber=number)
    phone.press("Lưu và đi tiếp")
    phone.fill(residence="thôn Nà Diếu, xã Na Rì", ethnicity="Tày")
    phone.press("Lưu và đi tiếp")
    phone.fill(name="Công ty Miến Bà Mặn")
    phone.press("Lưu và đi tiếp")
    assert page.locator("#name-error").is_visible()
    phone.fill(name=f"Miến Bà Mặn {number[-4:]}")
    phone.press("Lưu và đi tiếp")
    phone.fill(commune="xã Côn Minh", hamlet="Thôn Chợ B")
    phone.press("Lưu và đi tiếp")
    page.fill("#work-q", "mien")
    page.click("button[value=search]")
    page.wait_for_load_state()
    phone.sound()
    page.check("input[name=industry][value='1074']")
    phone.press("Lưu và đi tiếp")
    phone.fill(capital="20.000.000", startsOn="1/12/2026", workers="2")
    page.check("input[name=taxMethod][value=declared]")
    phone.press("Lưu và đi tiếp")
    phone.sound()
    phone.press("Lưu và đi tiếp")
    phone.sound()


@pytest.mark.browser
def test_from_the_first_question_to_the_tracked_dossier(phone: Phone) -> None:
    page = phone.page
    page.goto(f"/dang-nhap?next={MINE}")
    phone.fill(login="seeker@example.com", password=PASSWORD)
    phone.press("Đăng nhập")
    phone.press("Bắt đầu hồ sơ")
    answer_everything(phone, a_number())
    while page.locator("main button:has-text('Tôi có rồi')").count():
        phone.press("Tôi có rồi")
    phone.press("Hồ sơ đã đủ")
    form = page.get_attribute("a:has-text('Mở tờ đơn')", "href")
    assert form is not None
    printed = page.request.get(form)
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")
    phone.press("Nộp ở một cửa")
    phone.sound()
    code = page.url.partition("?")[0].rpartition("/")[2].upper()
    page.goto("/tra-cuu-ho-so")
    phone.fill(receipt=code, phoneEnding="5678")
    phone.press("Tra cứu")
    phone.sound()
    assert page.locator(".track-state").inner_text() == "Đã nộp, chờ tiếp nhận"
    assert "Mặn" not in page.locator("main").inner_text()
