"""What stands in the database of the products a batch is about, read in a few statements."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from catalog.models import (
    FoodPaper,
    Product,
    ProductMedia,
    ProductTranslation,
    Stock,
    Variant,
    VariantPrice,
    VariantTranslation,
)
from catalog.services.imports.drafts import PriceTable
from marketplace.kernel.unit_of_work import UnitOfWork

ENGLISH = "en"
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PRODUCT_COLUMNS = (
    *("name", "category_id", "product_type_id", "description", "attributes", "harvest_months"),
    *("origin_place_id", "geographical_indication_id", "cover_id", "state", "version"),
    "published_at",
)
VARIANT_COLUMNS = (
    *("name", "unit", "net_quantity", "net_unit", "weight_grams", "quantity_limit"),
    *("attributes", "position", "is_active"),
)

Row = dict[str, Any]


@dataclass(slots=True)
class Standing:
    """What is there already, by the keys under which it is looked for."""

    products: dict[str, Row] = field(default_factory=dict)
    english: dict[UUID, Row] = field(default_factory=dict)
    media: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[tuple[UUID, str], Row] = field(default_factory=dict)
    variants: dict[tuple[UUID, str], Row] = field(default_factory=dict)
    variants_by_id: dict[tuple[UUID, str], Row] = field(default_factory=dict)
    variant_english: dict[UUID, str] = field(default_factory=dict)
    prices: dict[tuple[UUID, UUID], PriceTable] = field(default_factory=lambda: defaultdict(dict))
    stocks: dict[UUID, Row] = field(default_factory=dict)
    taken_skus: frozenset[str] = frozenset()

    def variant(self, product_id: UUID, code: str) -> Row | None:
        """The packing of a code; a sheet of ours calls one without a code by its key."""
        key = (product_id, code)
        return self.variants.get(key) or self.variants_by_id.get(key)


async def load_standing(
    unit: UnitOfWork,
    business_id: UUID,
    warehouse_id: UUID | None,
    codes: Sequence[str],
) -> Standing:
    """Read and lock what the codes stand for; a new code stands for nothing yet."""
    standing = Standing()
    columns = [getattr(Product, name) for name in PRODUCT_COLUMNS]
    products = (
        select(Product.id, Product.external_id, *columns)
        .where(
            Product.business_id == business_id,
            or_(Product.external_id.in_(codes), Product.id.in_(_keys_among(codes))),
        )
        .order_by(Product.id)
        .with_for_update()
    )
    wanted = frozenset(codes)
    for row in (await unit.session.execute(products)).mappings():
        for code in wanted & {row["external_id"], str(row["id"])}:
            standing.products[code] = dict(row)
    ids = [row["id"] for row in standing.products.values()]
    if ids:
        await _load_beside(unit, standing, ids)
        await _load_variants(unit, standing, ids, warehouse_id)
    return standing


async def read_standing(
    unit: UnitOfWork, business_id: UUID, warehouse_id: UUID | None, after: UUID | None, count: int
) -> Standing:
    """Some products by their keys, the next after one; nothing is locked."""
    standing = Standing()
    columns = [getattr(Product, name) for name in PRODUCT_COLUMNS]
    products = select(Product.id, Product.external_id, *columns).where(
        Product.business_id == business_id
    )
    if after is not None:
        products = products.where(Product.id > after)
    for row in (await unit.session.execute(products.order_by(Product.id).limit(count))).mappings():
        standing.products[str(row["id"])] = dict(row)
    ids = [row["id"] for row in standing.products.values()]
    if ids:
        await _load_beside(unit, standing, ids)
        await _load_variants(unit, standing, ids, warehouse_id, locks=False)
    return standing


def _keys_among(codes: Sequence[str]) -> list[UUID]:
    """Codes that are keys: a sheet of ours gives them to goods without a code."""
    return [UUID(code) for code in codes if _KEY.fullmatch(code)]


async def taken_skus(unit: UnitOfWork, wanted: Collection[str]) -> frozenset[str]:
    """Those of the stock-keeping units that other packings have."""
    if not wanted:
        return frozenset()
    taken = await unit.session.scalars(select(Variant.sku).where(Variant.sku.in_(wanted)))
    return frozenset(taken)


async def _load_beside(unit: UnitOfWork, standing: Standing, ids: list[UUID]) -> None:
    english = select(
        ProductTranslation.product_id,
        ProductTranslation.name,
        ProductTranslation.description,
    ).where(ProductTranslation.product_id.in_(ids), ProductTranslation.language == ENGLISH)
    for row in (await unit.session.execute(english)).mappings():
        standing.english[row["product_id"]] = dict(row)
    media = (
        select(ProductMedia.product_id, ProductMedia.media_id)
        .where(ProductMedia.product_id.in_(ids))
        .order_by(ProductMedia.position)
    )
    for product_id, media_id in await unit.session.execute(media):
        standing.media[product_id].append(media_id)
    papers = select(
        FoodPaper.id,
        FoodPaper.product_id,
        FoodPaper.kind,
        FoodPaper.number,
        FoodPaper.issued_on,
        FoodPaper.expires_on,
    ).where(FoodPaper.product_id.in_(ids))
    for row in (await unit.session.execute(papers)).mappings():
        standing.papers[row["product_id"], row["kind"]] = dict(row)


async def _load_variants(
    unit: UnitOfWork,
    standing: Standing,
    ids: list[UUID],
    warehouse_id: UUID | None,
    *,
    locks: bool = True,
) -> None:
    columns = [getattr(Variant, name) for name in VARIANT_COLUMNS]
    variants = (
        select(Variant.id, Variant.product_id, Variant.external_id, *columns)
        .where(Variant.product_id.in_(ids))
        .order_by(Variant.product_id, Variant.position, Variant.id)
    )
    for row in (await unit.session.execute(variants)).mappings():
        standing.variants_by_id[row["product_id"], str(row["id"])] = dict(row)
        if row["external_id"] is not None:
            standing.variants[row["product_id"], row["external_id"]] = dict(row)
    variant_ids = [row["id"] for row in standing.variants_by_id.values()]
    english = select(VariantTranslation.variant_id, VariantTranslation.name).where(
        VariantTranslation.variant_id.in_(variant_ids),
        VariantTranslation.language == ENGLISH,
    )
    for variant_id, name in await unit.session.execute(english):
        standing.variant_english[variant_id] = name
    prices = select(
        VariantPrice.variant_id,
        VariantPrice.channel_id,
        VariantPrice.minimum_quantity,
        VariantPrice.amount,
        VariantPrice.undiscounted_amount,
    ).where(VariantPrice.variant_id.in_(variant_ids))
    for variant_id, channel_id, minimum, amount, full in await unit.session.execute(prices):
        standing.prices[variant_id, channel_id][minimum] = (amount, full)
    if warehouse_id is not None:
        stocks = (
            select(Stock.id, Stock.variant_id, Stock.on_hand, Stock.reserved, Stock.allocated)
            .where(Stock.variant_id.in_(variant_ids), Stock.warehouse_id == warehouse_id)
            .order_by(Stock.id)
        )
        if locks:
            stocks = stocks.with_for_update()
        for row in (await unit.session.execute(stocks)).mappings():
            standing.stocks[row["variant_id"]] = dict(row)
