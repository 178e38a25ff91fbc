"""An officer's desk with forms alone: suspensions, and the register's file."""

import re
from collections.abc import Iterator
from typing import Final

import httpx
import pytest

from tests.site.people import sign_in, token_in

ORDER: Final = {
    "order_authority": "Chi cục Quản lý thị trường",
    "order_number": "12/QĐ-QLTT",
    "order_date": "2026-11-20",
    "order_law": "Luật Thương mại điện tử",
    "order_received": "2026-11-20T09:30",
    "order_reason": "Bán hàng không rõ nguồn gốc",
}

REGISTER: Final = (
    "Mã số thuế,Tên hợp tác xã,Tình trạng pháp lý\n"
    "0100109106,Công ty CP Chè Bằng Phúc,Đang hoạt động\n"
    "12,Không có số,Đang hoạt động\n"
)


@pytest.fixture(scope="module")
def officer(site_url: str) -> Iterator[httpx.Client]:
    """Who decides."""
    with sign_in(site_url, "officer.trade@example.com") as client:
        yield client


@pytest.fixture(scope="module")
def case(officer: httpx.Client) -> str:
    """The page of a business that was verified just now."""
    listed = officer.get("/can-bo", params={"state": "SUBMITTED"}).text
    path = re.findall(r'href="(/can-bo/xac-minh/[^"?]+)"', listed)[0]
    act(officer, path, "take")
    act(officer, path, "confirm", channel="CERTIFICATE")
    act(officer, path, "confirm", channel="BANK_HOLDER", note="Đã gọi ngân hàng")
    assert act(officer, path, "verify").status_code == 303
    return str(path)


def act(officer: httpx.Client, path: str, action: str, **words: str) -> httpx.Response:
    sent = {"form_token": token_in(officer.get(path).text), "action": action, **words}
    return officer.post(path, data=sent)


def test_an_order_suspends_at_once_and_is_named(officer: httpx.Client, case: str) -> None:
    unnamed = act(officer, case, "order", **{**ORDER, "order_number": " "})
    ordered = act(officer, case, "order", **ORDER)
    page = officer.get(case).text

    assert unnamed.status_code == 422
    assert 'id="order_number-error"' in unnamed.text
    assert f'value="{ORDER["order_authority"]}"' in unnamed.text
    assert ordered.status_code == 303
    assert "Văn bản số 12/QĐ-QLTT của Chi cục Quản lý thị trường" in page
    assert 'value="order"' not in page
    assert act(officer, case, "lift").status_code == 303
    assert 'value="order"' in officer.get(case).text


def test_a_notice_is_given_and_taken_back(officer: httpx.Client, case: str) -> None:
    wordless = act(officer, case, "suspend", why=" ")
    announced = act(officer, case, "suspend", why="Hàng bị trả lại nhiều lần")
    page = officer.get(case).text

    assert wordless.status_code == 422
    assert 'id="why-error"' in wordless.text
    assert announced.status_code == 303
    assert "Hàng bị trả lại nhiều lần" in page
    assert 'value="suspend"' not in page
    assert act(officer, case, "lift").status_code == 303
    assert 'value="suspend"' in officer.get(case).text


def hand_in(officer: httpx.Client, content: str) -> httpx.Response:
    path = "/can-bo/so-dang-ky"
    sent = {"form_token": token_in(officer.get(path).text)}
    return officer.post(path, data=sent, files={"file": ("so.csv", content.encode(), "text/csv")})


def test_a_register_is_taken_in_and_bad_rows_are_named(officer: httpx.Client) -> None:
    taken, empty, other = (hand_in(officer, one) for one in (REGISTER, "", "a,b\n1,2\n"))

    assert taken.status_code == 200
    assert "Dòng 3, " in taken.text
    assert "Dòng 2, " not in taken.text
    assert '<a href="/can-bo/so-dang-ky" aria-current="page">' in taken.text
    assert (empty.status_code, other.status_code) == (422, 422)
    assert 'id="file-error"' in empty.text
    assert 'id="file-error"' in other.text


def test_a_register_longer_than_a_form_gets_through_the_door(officer: httpx.Client) -> None:
    head, row = REGISTER.splitlines(keepends=True)[:2]

    assert hand_in(officer, head + row * 6_000).status_code == 200


def test_the_register_is_for_officers_of_the_province(site_url: str) -> None:
    with sign_in(site_url, "officer.labour@example.com") as labour:
        assert labour.get("/can-bo/so-dang-ky").status_code == 403
    with sign_in(site_url, "seller@example.com") as seller:
        assert seller.get("/can-bo/so-dang-ky").status_code == 403
