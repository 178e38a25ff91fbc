"""Amounts of đồng."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import format_money, price_per_base_unit


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0\u00a0₫"),
        (999, "999\u00a0₫"),
        (45_000, "45.000\u00a0₫"),
        (1_234_567, "1.234.567\u00a0₫"),
        (-45_000, "-45.000\u00a0₫"),
    ],
)
def test_amounts_are_written_as_people_do(amount: int, shown: str) -> None:
    assert format_money(amount) == shown


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_can_be_read_back(amount: int) -> None:
    assert int(format_money(amount).removesuffix("\u00a0₫").replace(".", "")) == amount


def test_the_price_of_a_kilogram() -> None:
    assert price_per_base_unit(45_000, 0.5) == 90_000


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_has_no_price_per_kilogram(quantity: float) -> None:
    with pytest.raises(ValueError, match=str(quantity)):
        price_per_base_unit(45_000, quantity)
