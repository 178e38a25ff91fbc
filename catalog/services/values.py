"""What of a seller's words and figures the tables can hold, told before they refuse it."""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import Final

from catalog.errors import InvalidProductError
from catalog.models import Product
from catalog.rules import BASE_UNITS
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc, sort_key

LONGEST_NAME: Final = 250
LONGEST_VARIANT_NAME: Final = 200
LONGEST_UNIT: Final = 30
LONGEST_SKU: Final = 80
NET_UNITS: Final = frozenset({*BASE_UNITS, "piece"})
# What the columns of the folded name and of the sort key hold (catalog/models/products.py).
_LONGEST_FOLDED: Final = 250
_LONGEST_SORT_KEY: Final = 520
# The content is kept in 12 digits, 3 of them behind the point.
_SMALLEST_CONTENT: Final = Decimal("0.001")
_MOST_CONTENT: Final = Decimal(10) ** 9


def checked_name(name: str | None) -> str:
    """The name of a product.

    Raises:
        InvalidProductError: it is empty or too long.
    """
    cleaned = nfc(name or "")
    if not cleaned:
        raise InvalidProductError(_("Please enter the name of the product."), field="name")
    return checked_length(cleaned, LONGEST_NAME, "name")


def write_name(product: Product, name: str) -> None:
    """Give a product its name, and what lists compare and sort it by."""
    product.name = name
    product.name_folded = fold(name)[:_LONGEST_FOLDED]
    product.name_sort = sort_key(name)[:_LONGEST_SORT_KEY]


def checked_length(text: str, longest: int, field: str) -> str:
    """The text in its one form.

    Raises:
        InvalidProductError: it is too long.
    """
    cleaned = nfc(text)
    if len(cleaned) > longest:
        raise InvalidProductError(
            _("This may have {count} letters at most."),
            field=field,
            count=longest,
        )
    return cleaned


def checked_months(months: Sequence[int]) -> list[int]:
    """The months of harvest, each once.

    Raises:
        InvalidProductError: one is none.
    """
    if any(month not in range(1, 13) for month in months):
        raise InvalidProductError(_("A month is a number from 1 to 12."), field="harvestMonths")
    return sorted(set(months))


def checked_content(quantity: Decimal | None) -> Decimal | None:
    """How much one packing holds.

    Raises:
        InvalidProductError: it is nothing, or more than anything holds.
    """
    if quantity is None:
        return None
    if not quantity.is_finite() or quantity >= _MOST_CONTENT:
        raise InvalidProductError(_("This count cannot be right."), field="netQuantity")
    rounded = quantity.quantize(_SMALLEST_CONTENT)
    if rounded <= 0:
        raise InvalidProductError(_("The content must be above 0."), field="netQuantity")
    if rounded >= _MOST_CONTENT:
        raise InvalidProductError(_("This count cannot be right."), field="netQuantity")
    return rounded


def checked_net_unit(unit: str | None) -> str | None:
    """The unit of the content.

    Raises:
        InvalidProductError: nobody knows it.
    """
    cleaned = nfc(unit or "")
    if cleaned and cleaned not in NET_UNITS:
        raise InvalidProductError(_("This unit is not known."), field="netUnit")
    return cleaned or None


def checked_count(count: int | None, field: str) -> int | None:
    """A number of grams or pieces.

    Raises:
        InvalidProductError: it is not above 0.
    """
    if count is not None and count <= 0:
        raise InvalidProductError(_("This count cannot be right."), field=field)
    return count


def check_distinct(keys: Sequence[Hashable], field: str) -> None:
    """Nothing is named twice.

    Raises:
        InvalidProductError: something is.
    """
    if len(set(keys)) != len(keys):
        raise InvalidProductError(_("The same thing is named twice."), field=field)
