from datetime import date, datetime
from decimal import Decimal

import pytest

from catalog.ports import Cell
from catalog.services.imports.cells import unspoiled
from catalog.services.imports.numbers import read_count, read_number, read_price
from catalog.services.imports.problems import CellError, column_letters
from catalog.services.imports.quantities import (
    read_answer,
    read_content,
    read_date,
    read_grams,
    read_months,
    split_packing,
)

PRICES: list[tuple[Cell, int]] = [
    ("45000", 45_000),
    ("45.000", 45_000),
    ("45,000", 45_000),
    ("45 000", 45_000),
    ("45\u00a0000", 45_000),
    ("45'000", 45_000),
    ("45.000 ₫", 45_000),
    ("45.000\u00a0₫", 45_000),
    ("45.000₫", 45_000),
    ("45.000đ", 45_000),
    ("45.000 đ", 45_000),
    ("45.000 đồng", 45_000),
    ("45.000 Đồng", 45_000),
    ("45.000 VNĐ", 45_000),
    ("45.000 vnd", 45_000),
    ("VND 45.000", 45_000),
    ("₫45.000", 45_000),
    ("45.000,-", 45_000),
    ("45.000đ/kg", 45_000),
    ("45.000 / gói", 45_000),
    ("45.000,00", 45_000),
    ("45,000.00", 45_000),
    ("45000.00", 45_000),
    ("45000,0", 45_000),
    ("45k", 45_000),
    ("45K", 45_000),
    ("45 k", 45_000),
    ("45,5k", 45_500),
    ("45k5", 45_500),
    ("45 nghìn", 45_000),
    ("45 ngàn", 45_000),
    ("45 nghìn đồng", 45_000),
    ("1.250.000", 1_250_000),
    ("1,250,000", 1_250_000),
    ("1 250 000", 1_250_000),
    ("1,2 triệu", 1_200_000),
    ("1.2 triệu", 1_200_000),
    ("1,25tr", 1_250_000),
    ("1tr2", 1_200_000),
    ("1tr25", 1_250_000),
    ("1tr250", 1_250_000),
    ("1 triệu", 1_000_000),
    ("1 triệu rưỡi", 1_500_000),
    ("1 triệu 200", 1_200_000),
    ("1 triệu 200 nghìn", 1_200_000),
    ("1.200 nghìn", 1_200_000),
    ("1 củ", 1_000_000),
    ("1,5 tỷ", 1_500_000_000),
    ("1,5 tỉ", 1_500_000_000),
    ("4.5E4", 45_000),
    ("4,5e+4", 45_000),
    ("  45.000  ", 45_000),
    (45_000, 45_000),
    (45_000.0, 45_000),
    (1.25e6, 1_250_000),
]
NO_PRICES: list[tuple[Cell, str]] = [
    ("liên hệ", "NOT_A_NUMBER"),
    ("miễn phí", "NOT_A_NUMBER"),
    ("bốn mươi", "NOT_A_NUMBER"),
    ("45-50k", "NOT_A_NUMBER"),
    ("45.000.00", "NOT_A_NUMBER"),
    ("12.34.567", "NOT_A_NUMBER"),
    ("4 5", "NOT_A_NUMBER"),
    ("1k2tr", "NOT_A_NUMBER"),
    ("$5", "NOT_A_NUMBER"),
    (True, "NOT_A_NUMBER"),
    (float("nan"), "NOT_A_NUMBER"),
    (datetime(2026, 1, 1), "NOT_A_NUMBER"),  # noqa: DTZ001 - as openpyxl gives it
    ("-45.000", "NEGATIVE"),
    (-5, "NEGATIVE"),
    ("45,5", "FRACTION"),
    (45.5, "FRACTION"),
    ("45", "TOO_SMALL"),
    ("0", "TOO_SMALL"),
    (0, "TOO_SMALL"),
    ("99.999.999.999", "TOO_LARGE"),
]


@pytest.mark.parametrize(("typed", "amount"), PRICES)
def test_reads_prices_as_people_type_them(typed: Cell, amount: int) -> None:
    assert read_price(typed) == amount


@pytest.mark.parametrize(("typed", "code"), NO_PRICES)
def test_refuses_what_is_no_price(typed: Cell, code: str) -> None:
    with pytest.raises(CellError) as refusal:
        read_price(typed)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("typed", "count"),
    [("120", 120), ("1.200", 1200), ("1,200", 1200), ("120 gói", 120), (7.0, 7), ("hết hàng", 0)],
)
def test_counts(typed: Cell, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("còn", "NOT_A_NUMBER"),
        ("-3", "NEGATIVE"),
        (2.5, "FRACTION"),
        ("12,5", "FRACTION"),
        (10**9, "TOO_LARGE"),
    ],
)
def test_refuses_what_cannot_be_counted(typed: Cell, code: str) -> None:
    with pytest.raises(CellError) as refusal:
        read_count(typed)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2,5", "2.5"), ("0.500", "0.5"), ("1,500", "1.5"), ("1.500", "1500"), (0.2, "0.2")],
)
def test_a_comma_begins_a_fraction_where_fractions_are_likely(typed: Cell, number: str) -> None:
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "quantity", "unit"),
    [
        ("500g", "500", "g"),
        ("500 gram", "500", "g"),
        ("0,5 kg", "0.5", "kg"),
        ("1 lạng", "1", "lạng"),
        ("1 cân", "1", "kg"),
        ("2 x 500 g", "1000", "g"),
        ("500g x 2", "1000", "g"),
        ("1,5 lít", "1.5", "l"),
        ("750ML", "750", "ml"),
        ("10 con", "10", "piece"),
    ],
)
def test_reads_contents(typed: str, quantity: str, unit: str) -> None:
    content = read_content(typed)

    assert (content.quantity, content.unit) == (Decimal(quantity), unit)


def test_a_bare_content_takes_the_headers_unit() -> None:
    assert read_content(500, "g").unit == "g"
    with pytest.raises(CellError):
        read_content(500)


def test_weights_are_grams() -> None:
    assert [read_grams(540), read_grams("1,2 kg"), read_grams("3 lạng")] == [540, 1200, 300]


def test_packings_tell_their_unit_and_content() -> None:
    word, content = split_packing("gói 500 g")

    assert (word, content and content.unit) == ("gói", "g")
    assert split_packing("cỡ to") == (None, None)


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("9-11", [9, 10, 11]),
        ("tháng 9 đến 11", [9, 10, 11]),
        ("từ tháng 9 đến tháng 11", [9, 10, 11]),
        ("T9–T11", [9, 10, 11]),
        ("9, 10", [9, 10]),
        ("tháng 5 và tháng 6", [5, 6]),
        ("11-2", [1, 2, 11, 12]),
        (datetime(2026, 11, 9), [9, 10, 11]),  # noqa: DTZ001 - what Excel makes of "9-11"
        (9, [9]),
        ("quanh năm", list(range(1, 13))),
    ],
)
def test_reads_months(typed: Cell, months: list[int]) -> None:
    assert read_months(typed) == months


@pytest.mark.parametrize("typed", ["13", "mùa thu", "0-3"])
def test_refuses_what_is_no_month(typed: str) -> None:
    with pytest.raises(CellError):
        read_months(typed)


def test_reads_days_first() -> None:
    wanted = date(2026, 12, 31)

    typed: list[Cell] = ["31/12/2026", "31-12-2026", "31.12.2026", "2026-12-31", wanted]
    assert [read_date(each) for each in typed] == [wanted] * 5
    with pytest.raises(CellError):
        read_date("31/02/2026")


def test_reads_answers() -> None:
    assert [read_answer(each) for each in ("có", "X", "không", False)] == [True, True, False, False]
    with pytest.raises(CellError):
        read_answer("có lẽ")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("MiÕn dong", "OLD_FONT"),
        ("Hång kh«ng h¹t", "OLD_FONT"),
        ("§Æc s¶n", "OLD_FONT"),
        ("Miáº¿n dong", "WRONG_ENCODING"),
        ("Mi\ufffdn", "WRONG_ENCODING"),
        ("#REF!", "FORMULA_ERROR"),
    ],
)
def test_refuses_spoiled_letters(typed: str, code: str) -> None:
    with pytest.raises(CellError) as refusal:
        unspoiled(typed)

    assert refusal.value.code == code


@pytest.mark.parametrize("typed", ["Miến dong 2×500 g", "Trà – ½ kg", "ĐƯỜNG ÊM", "Nước ® ABC"])
def test_leaves_good_letters_alone(typed: str) -> None:
    assert unspoiled(typed) == typed


def test_names_columns_as_spreadsheets_do() -> None:
    assert [column_letters(each) for each in (0, 4, 25, 26, 51, 52)] == [
        *("A", "E", "Z", "AA", "AZ", "BA"),
    ]
