"""Addresses without house numbers."""

from dataclasses import replace

import pytest

from marketplace.kernel.database import new_id
from marketplace.places.rules.addresses import (
    PlaceAddress,
    clean_address,
    former_address,
    place_with_former,
    problems_of,
)
from marketplace.places.rules.distance import Point

GOOD = PlaceAddress("Bản Pác Ngòi", new_id(), "0209 3871 234")


def test_hamlet_commune_and_phone_are_enough() -> None:
    assert problems_of(GOOD) == ()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"hamlet": " \u200b"}, "hamlet", "REQUIRED"),
        ({"hamlet": "N" * 121}, "hamlet", "INVALID"),
        ({"commune_id": None}, "commune", "REQUIRED"),
        ({"phone": ""}, "phone", "REQUIRED"),
        ({"phone": "12"}, "phone", "INVALID"),
        ({"phone": "bà Hoa"}, "phone", "INVALID"),
        ({"landmark": "x" * 251}, "landmark", "INVALID"),
        ({"point": Point(91, 0)}, "point", "INVALID"),
        ({"point": Point(0, -181)}, "point", "INVALID"),
    ],
)
def test_says_what_is_wrong_with_a_field(change: dict[str, object], field: str, code: str) -> None:
    problems = problems_of(replace(GOOD, **change))  # type: ignore[arg-type]  # of several fields

    assert [(problem.field, problem.code) for problem in problems] == [(field, code)]
    assert problems[0].text("vi") != problems[0].text("en")


def test_says_everything_at_once() -> None:
    problems = problems_of(PlaceAddress("", None, ""))

    assert [problem.field for problem in problems] == ["hamlet", "commune", "phone"]


def test_brings_texts_and_numbers_into_one_form() -> None:
    clean = clean_address(replace(GOOD, hamlet="  Ba\u0309n  Lác ", phone="0912.345.678"))

    assert (clean.hamlet, clean.phone) == ("Bản Lác", "+84912345678")


def test_shows_the_old_name_beside_todays() -> None:
    former = former_address("Xã Chợ Đồn", "Thị trấn Bằng Lũng", "Huyện Chợ Đồn", "Bắc Kạn")

    assert place_with_former("Xã Chợ Đồn", former, "vi") == (
        "Xã Chợ Đồn (trước 7/2025: TT Bằng Lũng, huyện Chợ Đồn, Bắc Kạn)"
    )
    assert place_with_former("Xã Chợ Đồn", former, "en").startswith("Xã Chợ Đồn (before 7/2025: ")


def test_a_commune_that_kept_its_name_is_told_by_its_district() -> None:
    former = former_address("Xã Thượng Quan", "Xã Thượng Quan", "Huyện Ngân Sơn", "Bắc Kạn")

    assert former == "huyện Ngân Sơn, Bắc Kạn"
