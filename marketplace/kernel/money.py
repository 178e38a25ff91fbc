"""Amounts of đồng: whole numbers inside, words and signs only at the edges."""

from typing import Final

CURRENCY: Final = "VND"


def format_money(amount: int) -> str:
    """The amount as people write it: 1234567 → "1.234.567 ₫"."""
    return f"{amount:,}".replace(",", ".") + "\u00a0₫"


def price_per_base_unit(amount: int, quantity: float) -> int:
    """The price in đồng of one kilogram or litre, when `quantity` kg or l cost `amount`.

    Raises:
        ValueError: the quantity is not positive.
    """
    if quantity <= 0:
        raise ValueError(quantity)
    return round(amount / quantity)
