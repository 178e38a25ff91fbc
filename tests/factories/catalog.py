"""What is sold, for tests: objects only, nothing is saved here."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from catalog import models
from catalog.rules import RETAIL, AttributeInput, ProductState
from marketplace.kernel.database import new_id
from marketplace.kernel.text import fold, slugify, sort_key

DESCRIPTION = "Miến dong làm từ củ dong riềng trồng trên đất Na Rì, phơi nắng trên giàn tre."


def a_document(text: str = DESCRIPTION) -> dict[str, Any]:
    """A text as EditorJS keeps it."""
    blocks = [{"type": "paragraph", "data": {"text": text}}]
    return {"time": 1_760_000_000_000, "blocks": blocks, "version": "2.30.7"}


def a_channel(slug: str = RETAIL, **overrides: Any) -> models.Channel:
    """A price list; the wholesale one is for verified buyers."""
    values: dict[str, Any] = {
        "id": new_id(),
        "slug": slug,
        "name": "Giá lẻ" if slug == RETAIL else "Giá sỉ",
        "is_public": slug == RETAIL,
        "countries": ["VN"],
    }
    return models.Channel(**{**values, **overrides})


def a_category(**overrides: Any) -> models.Category:
    """A branch of the tree."""
    key = overrides.get("id", new_id())
    name = overrides.get("name", "Miến dong")
    values: dict[str, Any] = {
        "id": key,
        "slug": f"{slugify(name)}-{key.hex[-8:]}",
        "name": name,
        "description": a_document("Sợi làm từ củ dong riềng."),
    }
    return models.Category(**{**values, **overrides})


def a_product_type(**overrides: Any) -> models.ProductType:
    """A family of goods."""
    key = overrides.get("id", new_id())
    values: dict[str, Any] = {"id": key, "slug": f"thuc-pham-{key.hex[-8:]}", "name": "Thực phẩm"}
    return models.ProductType(**{**values, **overrides})


def an_attribute(slug: str, kind: AttributeInput, **overrides: Any) -> models.Attribute:
    """A property that goods may have."""
    values: dict[str, Any] = {"id": new_id(), "slug": slug, "name": slug, "input": kind}
    return models.Attribute(**{**values, **overrides})


def a_product(**overrides: Any) -> models.Product:
    """A product on the shelf of a business; it needs that business, a category and a type."""
    key = overrides.get("id", new_id())
    name = overrides.get("name", "Miến dong sợi vàng")
    values: dict[str, Any] = {
        "id": key,
        "slug": f"{slugify(name)}-{key.hex[-8:]}",
        "name": name,
        "name_folded": fold(name),
        "name_sort": sort_key(name),
        "description": a_document(),
        "state": ProductState.PUBLISHED,
        "attributes": {},
        "harvest_months": [11, 12, 1],
    }
    return models.Product(**{**values, **overrides})


def a_variant(product_id: UUID, **overrides: Any) -> models.Variant:
    """A packet of 500 g."""
    key = overrides.get("id", new_id())
    values: dict[str, Any] = {
        "id": key,
        "product_id": product_id,
        "sku": f"SKU-{key.hex[-10:]}",
        "name": "Gói 500 g",
        "unit": "gói",
        "net_quantity": Decimal(500),
        "net_unit": "g",
        "weight_grams": 520,
        "attributes": {},
    }
    return models.Variant(**{**values, **overrides})


def a_price(
    variant_id: UUID,
    channel_id: UUID,
    amount: int,
    **overrides: Any,
) -> models.VariantPrice:
    """What one costs from the first on."""
    values: dict[str, Any] = {
        "variant_id": variant_id,
        "channel_id": channel_id,
        "amount": amount,
        "minimum_quantity": 1,
    }
    return models.VariantPrice(**{**values, **overrides})
