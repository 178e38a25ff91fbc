"""Messages of a shop: which form its signature has, and which product a message is about.

The body says only where to look: whatever else it claims is read again from the shop.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import jwt

from marketplace.connector.rules.reading import LONGEST_ID

ALGORITHM: Final = "RS256"
MOST_BYTES: Final = 256 * 1024
# Saleor tries a message again for some minutes; clocks of shops are seldom worse than this.
OLDEST: Final = timedelta(hours=1)
NEWEST: Final = timedelta(minutes=5)
EVENTS: Final = frozenset(
    {
        "product_created",
        "product_updated",
        "product_deleted",
        "product_media_created",
        "product_media_updated",
        "product_media_deleted",
        "product_variant_created",
        "product_variant_updated",
        "product_variant_deleted",
        "product_variant_stock_updated",
        "product_variant_out_of_stock",
        "product_variant_back_in_stock",
    },
)
# What the shop's owner pastes into the webhook: ids and the time, nothing else.
SUBSCRIPTION: Final = """\
subscription {
  event {
    issuedAt
    ... on ProductCreated { product { id } }
    ... on ProductUpdated { product { id } }
    ... on ProductDeleted { product { id } }
    ... on ProductVariantCreated { productVariant { product { id } } }
    ... on ProductVariantUpdated { productVariant { product { id } } }
    ... on ProductVariantDeleted { productVariant { product { id } } }
    ... on ProductVariantStockUpdated { productVariant { product { id } } }
  }
}"""


class UnreadableNoticeError(ValueError):
    """The message does not say when it was issued, or which product it is about."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message asks us to look at."""

    external_id: str
    issued_at: datetime


def has_proper_form(signature: str) -> bool:
    """Whether the signature is a detached one of the only kind a shop makes.

    A shop signs the tokens of its customers with the same key. Such a token carries its own
    payload, which a verifier would check instead of our body (RFC 7797, `b64: false`).
    """
    if not signature.isascii() or signature.count(".") != 2 or ".." not in signature:  # noqa: PLR2004 - header, nothing, signature
        return False
    try:
        header = jwt.get_unverified_header(signature)
    except jwt.PyJWTError:
        return False
    return header.get("alg") == ALGORITHM and header.get("b64") is False and "kid" in header


def read_notice(body: bytes) -> Notice:
    """What the message is about; both the subscription above and the older form are read.

    Raises:
        UnreadableNoticeError: it says neither when nor what.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableNoticeError from None
    if isinstance(told, list):
        told = told[0] if told else None
    if not isinstance(told, Mapping):
        raise UnreadableNoticeError
    key, time = _product_id(told), _issued_at(told)
    if key is None or time is None:
        raise UnreadableNoticeError
    return Notice(key, time)


def is_fresh(notice: Notice, now: datetime) -> bool:
    """Whether the message is of these minutes."""
    return now - OLDEST <= notice.issued_at <= now + NEWEST


def _product_id(told: Mapping[str, Any]) -> str | None:
    product = told.get("product")
    for name in ("productVariant", "productMedia"):
        inner = told.get(name)
        if isinstance(inner, Mapping):
            product = inner.get("product", {"id": inner.get("productId")})
    if isinstance(product, Mapping):
        key = product.get("id")
    else:
        key = told.get("product_id") or told.get("id")
    return key if isinstance(key, str) and 0 < len(key) <= LONGEST_ID and key.isascii() else None


def _issued_at(told: Mapping[str, Any]) -> datetime | None:
    meta = told.get("meta")
    text = told.get("issuedAt") or (meta.get("issued_at") if isinstance(meta, Mapping) else None)
    try:
        time = datetime.fromisoformat(text) if isinstance(text, str) else None
        # Python has no years beyond those it can compare in UTC.
        return None if time is None else (time if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
