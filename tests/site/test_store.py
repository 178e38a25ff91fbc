"""The owner's forms of a store, without JavaScript; and what buyers see of it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from frontend.wording import today
from tests.factories.media import a_picture
from tests.site.pages import Markup
from tests.site.people import sign_in, token_in

SHOP = "htx-mien-dong-nang-hanh"
FORMER = "mien-dong-nang-hanh"
ON_HOLIDAY = "htx-phen-tre"
LOOK, SETTINGS = f"/gian-hang/{SHOP}/cua-hang", f"/gian-hang/{SHOP}/cai-dat"


@pytest.fixture(scope="module")
def owner(site_url: str) -> Iterator[httpx.Client]:
    """Who owns the shop."""
    with sign_in(site_url, "seller@example.com") as client:
        yield client


def send(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """The form of a page, as it stands there and with these fields."""
    return client.post(path, data={"form_token": token_in(client.get(path).text), **fields})


def look(client: httpx.Client, **fields: str) -> dict[str, str]:
    """What the form of the look sends."""
    values = {
        one["name"]: one.get("value", "")
        for one in Markup(client.get(LOOK).text).all("input")
        if one.get("name") in {"name", "nameEn", "phone", "zalo", "form_token"}
    }
    return {**values, "story": "Từ năm 2012.", "accent": "#2f6b4f", **fields}


def colour_of(client: httpx.Client) -> str:
    """The style sheet that colours the shop's page."""
    found = re.search(r'href="(/mau/[^"]+)"', client.get(f"/b/{SHOP}").text)
    return found[1] if found else ""


def test_a_former_address_leads_to_the_shop_for_good(visitor: httpx.Client) -> None:
    for path, goal in (("/b/", "/b/"), ("/en/b/", "/en/b/")):
        answer = visitor.get(path + FORMER)

        assert answer.status_code == httpx.codes.MOVED_PERMANENTLY
        assert answer.headers["location"] == goal + SHOP
    assert visitor.get("/b/khong-co-ai").status_code == httpx.codes.NOT_FOUND


def test_a_holiday_stands_on_the_page_and_on_the_goods(visitor: httpx.Client) -> None:
    shop = visitor.get(f"/b/{ON_HOLIDAY}").text
    links = [one.get("href", "") for one in Markup(shop).all("a")]
    product = next(link for link in links if link.startswith("/san-pham/"))

    assert "Nghỉ đến hết" in shop
    assert "Cả nhà đi gặt" in shop
    assert "Cửa hàng nghỉ đến hết" in visitor.get(product).text
    assert "Everybody is in the fields" in visitor.get(f"/en/b/{ON_HOLIDAY}").text


def test_search_engines_read_hours_holidays_and_the_point(visitor: httpx.Client) -> None:
    page = visitor.get(f"/b/{ON_HOLIDAY}").text

    assert '"dayOfWeek": "https://schema.org/Monday"' in page
    assert '"latitude": 22.1835' in page
    assert "specialOpeningHoursSpecification" in page


@pytest.mark.parametrize("name", ["1e2a56-bcc7f3.css", "red.css", "1e2a56-bcc7f3.css}body{x"])
def test_only_colours_become_a_style_sheet(visitor: httpx.Client, name: str) -> None:
    answer = visitor.get(f"/mau/{name}")
    is_colour = name == "1e2a56-bcc7f3.css"

    assert (answer.status_code == httpx.codes.OK) is is_colour
    assert answer.headers["content-type"].startswith("text/css" if is_colour else "text/html")


def test_an_owner_chooses_a_colour_and_buyers_see_it(owner: httpx.Client) -> None:
    sent = look(owner)
    answer = owner.post(LOOK, data=sent)
    sheet = colour_of(owner)

    assert answer.headers["location"] == f"{LOOK}?done=kept"
    assert sheet.startswith("/mau/2f6b4f-")
    assert "--accent:#2f6b4f" in owner.get(sheet).text


def test_a_pale_colour_comes_back_with_what_was_typed(owner: httpx.Client) -> None:
    answer = owner.post(LOOK, data=look(owner, accent="own", ownAccent="ffd700", nameEn="Noodles!"))
    page = Markup(answer.text)

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert "nhạt quá" in answer.text
    assert page.all("input", name="ownAccent")[0]["value"] == "ffd700"
    assert page.all("input", name="nameEn")[0]["value"] == "Noodles!"


def test_a_preview_keeps_nothing(owner: httpx.Client) -> None:
    before = colour_of(owner)
    sent = look(owner, accent="#5b3a77", story="Chỉ để xem thử.")
    answer = owner.post(f"{LOOK}/xem-truoc", data=sent)

    assert answer.status_code == httpx.codes.OK
    assert "Chỉ để xem thử." in answer.text
    assert "/mau/5b3a77-" in answer.text
    assert "Bản xem trước" in answer.text
    assert colour_of(owner) == before


def test_a_touch_on_the_map_is_kept(owner: httpx.Client) -> None:
    answer = send(owner, LOOK, action="point", **{"map.x": "150", "map.y": "150"})
    point = Markup(owner.get(LOOK).text).all("input", name="point")[0]["value"]
    north, east = (float(each) for each in point.split(","))

    assert answer.status_code == httpx.codes.SEE_OTHER
    assert 21.5 < north < 23
    assert 105 < east < 107
    assert owner.get("/ban-do.svg").headers["content-type"].startswith("image/svg+xml")


def test_a_picture_is_hung_and_taken_down(owner: httpx.Client) -> None:
    hung = owner.post(LOOK, data=look(owner), files={"logo": ("a.jpg", a_picture(), "image/jpeg")})
    has_box = 'name="drop.logo"' in owner.get(LOOK).text
    owner.post(LOOK, data=look(owner, **{"drop.logo": "1"}))

    assert hung.headers["location"].endswith("done=kept")
    assert has_box
    assert 'name="drop.logo"' not in owner.get(LOOK).text


def test_no_picture_is_refused_beside_its_field(owner: httpx.Client) -> None:
    answer = owner.post(LOOK, data=look(owner), files={"logo": ("a.jpg", b"<svg/>", "image/jpeg")})

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert "Loại tệp này không nhận được" in answer.text


def test_hours_are_kept_as_they_are_spoken(owner: httpx.Client) -> None:
    answer = send(owner, SETTINGS, action="hours", alike="1", **{"hours.0": "7h đến 17h"})
    page = owner.get(f"/b/{SHOP}").text

    assert answer.headers["location"] == f"{SETTINGS}?done=kept"
    assert "Thứ Hai – Chủ nhật" in page
    assert "07:00–17:00" in page


def test_hours_nobody_understands_come_back(owner: httpx.Client) -> None:
    answer = send(owner, SETTINGS, action="hours", **{"hours.3": "sáng sớm"})

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert Markup(answer.text).all("input", name="hours.3")[0]["value"] == "sáng sớm"


def test_a_holiday_is_added_and_taken_away(owner: httpx.Client) -> None:
    day = today() + timedelta(days=90)
    send(owner, SETTINGS, action="close", firstDay=day.isoformat(), note="Nghỉ Tết")
    page = owner.get(SETTINGS).text
    keys = [one["value"] for one in Markup(page).all("input", name="id")]
    send(owner, SETTINGS, action="reopen", id=keys[-1])

    assert f"{day:%d/%m/%Y}" in page
    assert f"{day:%d/%m/%Y}" not in owner.get(SETTINGS).text


def test_a_holiday_without_a_day_says_so(owner: httpx.Client) -> None:
    answer = send(owner, SETTINGS, action="close", note="Nghỉ")

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert "Vui lòng chọn ngày bắt đầu nghỉ" in answer.text


def test_promises_stand_on_the_page(owner: httpx.Client) -> None:
    fields = {"delivery.vi": "Gửi <b>ngay</b>.", "payment.en": "Cash."}
    answer = send(owner, SETTINGS, action="promises", **fields)

    assert answer.headers["location"] == f"{SETTINGS}?done=kept"
    assert "Gửi &lt;b&gt;ngay&lt;/b&gt;." in owner.get(f"/b/{SHOP}").text
    assert "Cash." in owner.get(f"/en/b/{SHOP}").text


def test_a_shop_moves_and_comes_back(owner: httpx.Client) -> None:
    moved = send(owner, SETTINGS, action="slug", slug="Miến Nắng Hanh")
    settings = moved.headers["location"].partition("?")[0]
    old = owner.get(f"/b/{SHOP}")
    back = send(owner, settings, action="slug", slug=SHOP)

    assert settings == "/gian-hang/mien-nang-hanh/cai-dat"
    assert (old.status_code, old.headers["location"]) == (301, "/b/mien-nang-hanh")
    assert back.headers["location"].startswith(SETTINGS)


def test_clerks_and_strangers_change_no_store(site_url: str) -> None:
    for login, status in (("clerk@example.com", 403), ("buyer@example.com", 404)):
        with sign_in(site_url, login) as client:
            assert [client.get(path).status_code for path in (LOOK, SETTINGS)] == [status] * 2


def test_posters_and_codes_are_there_for_open_shops(visitor: httpx.Client) -> None:
    poster = visitor.get(f"/store/{SHOP}/poster.pdf")
    picture, drawing = (visitor.get(f"/store/{SHOP}/qr.{kind}") for kind in ("png", "svg"))

    assert poster.headers["content-type"] == "application/pdf"
    assert poster.content.startswith(b"%PDF-")
    assert picture.content.startswith(b"\x89PNG")
    assert b"<svg" in drawing.content
    assert visitor.get(f"/store/{SHOP}/qr.gif").status_code == httpx.codes.NOT_FOUND
    assert visitor.get("/store/khong-co-ai/poster.pdf").status_code == httpx.codes.NOT_FOUND
