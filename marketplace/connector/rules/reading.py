"""Reading what a shop's API answered; whatever it is, it becomes a value of ours or nothing."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from marketplace.connector.rules.descriptions import clean, read_description
from marketplace.connector.rules.goods import ShopGood, ShopPage, ShopSort, ShopVariant
from marketplace.connector.rules.states import SortKind
from marketplace.kernel.text import nfc

CURRENCY: Final = "VND"
LONGEST_ID: Final = 72
LONGEST_NAME: Final = 250
LONGEST_VARIANT_NAME: Final = 200
MOST_VARIANTS: Final = 100
MOST_PICTURES: Final = 12
HIGHEST_AMOUNT: Final = 10_000_000_000
HIGHEST_COUNT: Final = 100_000_000
_LONGEST_URL: Final = 500
_GRAMS: Final = {
    "G": Decimal(1),
    "KG": Decimal(1000),
    "TONNE": Decimal(1_000_000),
    "LB": Decimal("453.59237"),
    "OZ": Decimal("28.349523125"),
}


class UnreadableAnswerError(ValueError):
    """The answer has not the shape of a shop's."""


def read_page(answer: object, channel: str) -> ShopPage:
    """A page of goods; what cannot be read of it is counted, not guessed.

    Raises:
        UnreadableAnswerError: it is no page at all.
    """
    listed = _mapping(_mapping(answer).get("products"))
    edges, info = listed.get("edges"), _mapping(listed.get("pageInfo"))
    if not isinstance(edges, list):
        raise UnreadableAnswerError
    found = [read_good(_mapping(each).get("node"), channel) for each in edges]
    goods = tuple(good for good in found if good is not None)
    cursor = info.get("endCursor")
    has_more = info.get("hasNextPage") is True and isinstance(cursor, str) and bool(cursor)
    return ShopPage(goods, str(cursor) if has_more else None, len(found) - len(goods))


def read_good(node: object, channel: str) -> ShopGood | None:
    """One product; None when it has no id or no name that can be kept."""
    told = _mapping(node)
    key, name = _key(told.get("id")), nfc(clean(told.get("name")))[:LONGEST_NAME]
    if key is None or not name:
        return None
    weight = _grams(told.get("weight"))
    variants = [_variant(each, weight) for each in _list(told.get("variants"))[:MOST_VARIANTS]]
    known = {each.external_id: each for each in variants if each is not None}
    return ShopGood(
        external_id=key,
        name=name,
        description=read_description(told.get("description")),
        category=_sort(SortKind.CATEGORY, told.get("category")),
        type=_sort(SortKind.TYPE, told.get("productType")),
        pictures=_pictures(told.get("media")),
        variants=tuple(known.values()),
        is_offered=_is_offered(told, channel),
    )


def _variant(node: object, weight: int | None) -> ShopVariant | None:
    told = _mapping(node)
    key = _key(told.get("id"))
    if key is None:
        return None
    pricing = _mapping(told.get("pricing"))
    amount, full = _amount(pricing.get("price")), _amount(pricing.get("priceUndiscounted"))
    return ShopVariant(
        external_id=key,
        name=nfc(clean(told.get("name")))[:LONGEST_VARIANT_NAME],
        sku=nfc(clean(told.get("sku"))),
        amount=amount,
        full_amount=full if amount is not None and full is not None and full > amount else None,
        available=_available(told),
        weight_grams=_grams(told.get("weight")) or weight,
        quantity_limit=_count(told.get("quantityLimitPerCustomer")) or None,
    )


def _available(told: Mapping[str, Any]) -> int | None:
    """What can still be sold: by warehouse where the shop tells, else what buyers are told."""
    stocks = told.get("stocks")
    if not isinstance(stocks, list) or told.get("trackInventory") is False:
        return _count(told.get("quantityAvailable"))
    left = 0
    for each in stocks:
        quantity, promised = (
            _count(_mapping(each).get(name)) for name in ("quantity", "quantityAllocated")
        )
        left += max((quantity or 0) - (promised or 0), 0)
    return min(left, HIGHEST_COUNT)


def _is_offered(told: Mapping[str, Any], channel: str) -> bool:
    """Whether the shop shows it; without a token only what it shows is told at all."""
    listings = told.get("channelListings")
    if not isinstance(listings, list):
        return True
    return any(
        _mapping(each).get("isPublished") is True
        and _mapping(_mapping(each).get("channel")).get("slug") == channel
        for each in listings
    )


def _pictures(media: object) -> tuple[str, ...]:
    urls = [
        url
        for each in _list(media)
        if _mapping(each).get("type") == "IMAGE"
        and isinstance(url := _mapping(each).get("url"), str)
        and len(url) <= _LONGEST_URL
    ]
    return tuple(dict.fromkeys(urls))[:MOST_PICTURES]


def _sort(kind: SortKind, node: object) -> ShopSort | None:
    told = _mapping(node)
    key, name = _key(told.get("id")), nfc(clean(told.get("name")))[:LONGEST_NAME]
    return None if key is None or not name else ShopSort(kind, key, name)


def _amount(price: object) -> int | None:
    """Whole đồng; another currency, or a part of a đồng, is no price here."""
    gross = _mapping(_mapping(price).get("gross"))
    amount = _number(gross.get("amount"))
    if gross.get("currency") != CURRENCY or amount is None or amount != amount.to_integral_value():
        return None
    return int(amount) if 0 <= amount <= HIGHEST_AMOUNT else None


def _grams(weight: object) -> int | None:
    told = _mapping(weight)
    value, factor = _number(told.get("value")), _GRAMS.get(str(told.get("unit")))
    if value is None or factor is None or not 0 < value <= HIGHEST_COUNT:
        return None
    grams = int((value * factor).to_integral_value())
    return grams if 0 < grams <= HIGHEST_COUNT else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _count(value: object) -> int | None:
    number = _number(value)
    if number is None or number < 0:
        return None
    return int(min(number, Decimal(HIGHEST_COUNT)))


def _key(value: object) -> str | None:
    """An id that fits beside our mark; ids of Saleor are short and plain."""
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST_ID
    return str(value) if fits and str(value).isascii() and str(value).isprintable() else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
