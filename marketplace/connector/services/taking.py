"""From a shop's goods to ours: drafts for the catalogue's own import, and what became of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import select

from catalog.models import Product
from catalog.queries.workspace import fitting_type
from catalog.rules import ProductState
from catalog.services.imports.comparing import Setting
from catalog.services.imports.drafts import ProductDraft, ProductValues, VariantDraft
from catalog.services.imports.feeds import Taken, take_drafts
from catalog.services.imports.reference import KnownCategory
from catalog.services.products import withdraw_product
from marketplace.connector.models import ShopConnection, ShopProduct
from marketplace.connector.rules.goods import MARK, ShopGood, ShopVariant
from marketplace.connector.services.matching import category_of, learn_categories
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.unit_of_work import UnitOfWork

REASON: Final = "SHOP"
UNPRICED: Final = _("None of its packings has a price in đồng in this channel.")
UNMATCHED: Final = _("Its category is not matched to one of ours yet, so it stays a draft.")
LONGEST_PROBLEM: Final = 300


@dataclass(frozen=True, slots=True)
class Basket:
    """Some of a shop's goods, and the pictures of theirs that we have."""

    goods: Sequence[ShopGood]
    pictures: Mapping[str, UUID]


async def take_goods(
    unit: UnitOfWork,
    connection: ShopConnection,
    setting: Setting,
    basket: Basket,
    review: DisplayReview,
) -> Taken:
    """Bring ours in step with what the shop tells; twice the same changes nothing."""
    known = await learn_categories(unit, connection.id, setting.reference, basket.goods)
    rows = await _rows_of(unit, connection, basket.goods)
    drafts: list[ProductDraft] = []
    wishes: dict[str, bool] = {}
    numbers = count(1)
    for good in basket.goods:
        row = rows[good.external_id]
        row.name, row.seen_at = good.name, unit.now
        row.problem, row.parameters = None, None
        category = category_of(good, known, setting.reference)
        if not any(each.amount is not None for each in good.variants):
            row.problem = UNPRICED
            await withdraw_gone(unit, row)
            continue
        row.problem = UNMATCHED if category is None else None
        wishes[MARK + good.external_id] = good.is_offered and category is not None
        drafting = _Drafting(unit, connection, setting, basket.pictures)
        drafts.append(await drafting.draft(good, row, category, numbers))
    taken = await take_drafts(unit, setting, drafts, basket.pictures, review)
    for good in basket.goods:
        code = MARK + good.external_id
        if code in wishes:
            _note(rows[good.external_id], code, taken, is_wished=wishes[code])
    return taken


async def withdraw_gone(unit: UnitOfWork, row: ShopProduct) -> None:
    """Take off the shelf what the shop does not offer any more; nothing is erased."""
    row.is_offered = False
    if row.product_id is None:
        return
    state = await unit.session.scalar(select(Product.state).where(Product.id == row.product_id))
    if state is ProductState.PUBLISHED:
        await withdraw_product(unit, row.product_id, reason_code=REASON)


class _Drafting:
    """Turns goods of one connection into drafts."""

    def __init__(
        self,
        unit: UnitOfWork,
        connection: ShopConnection,
        setting: Setting,
        pictures: Mapping[str, UUID],
    ) -> None:
        self._unit = unit
        self._connection = connection
        self._setting = setting
        self._pictures = pictures

    async def draft(
        self,
        good: ShopGood,
        row: ShopProduct,
        category: KnownCategory | None,
        numbers: Iterator[int],
    ) -> ProductDraft:
        """The product; what the seller has to say here (place, months …) is not touched."""
        values: dict[str, Any] = {"name": good.name}
        if good.description is not None:
            values["description"] = good.description
        if pictures := tuple(url for url in good.pictures if url in self._pictures):
            values["pictures"] = pictures
        if category is None and row.product_id is None:
            category_id = self._connection.category_id
            values["category"] = self._setting.reference.categories_by_id[category_id]
        elif category is not None:
            values["category"] = category
        if row.product_id is None:
            await self._add_type(values)
        # Asked once: what the seller takes off the shelf here is not put back by the shop.
        wish = good.is_offered and category is not None
        if wish is not row.is_offered:
            values["is_published"] = wish
        variants = [
            _variant(each, position, next(numbers))
            for position, each in enumerate(good.variants)
            if each.amount is not None
        ]
        code = MARK + good.external_id
        return ProductDraft(variants[0].row, code, cast("ProductValues", values), variants)

    async def _add_type(self, values: dict[str, Any]) -> None:
        """The type that fits a category in which nothing has been sold yet."""
        category: KnownCategory = values["category"]
        if category.usual_type is None:
            fitting = await self._unit.session.scalar(fitting_type(category.id))
            if fitting is not None:
                values["product_type"] = self._setting.reference.types_by_id[fitting]


def _variant(variant: ShopVariant, position: int, number: int) -> VariantDraft:
    amount = variant.amount or 0
    # A shop without names for its packings shows their ids in place of them.
    name = "" if variant.name == variant.external_id else variant.name
    values: dict[str, Any] = {"name": name, "retail": {1: (amount, variant.full_amount)}}
    if variant.available is not None:
        values["on_hand"] = variant.available
    if variant.weight_grams is not None:
        values["weight_grams"] = variant.weight_grams
    if variant.quantity_limit is not None:
        values["quantity_limit"] = variant.quantity_limit
    code = MARK + variant.external_id
    return VariantDraft(number, code, position, values, (variant.sku,))  # type: ignore[arg-type] # its keys are known


async def _rows_of(
    unit: UnitOfWork,
    connection: ShopConnection,
    goods: Iterable[ShopGood],
) -> dict[str, ShopProduct]:
    keys = [good.external_id for good in goods]
    statement = select(ShopProduct).where(
        ShopProduct.connection_id == connection.id, ShopProduct.external_id.in_(keys)
    )
    rows = {row.external_id: row for row in await unit.session.scalars(statement)}
    for key in keys:
        if key not in rows:
            rows[key] = ShopProduct(connection_id=connection.id, external_id=key, is_offered=False)
            unit.session.add(rows[key])
    return rows


def _note(row: ShopProduct, code: str, taken: Taken, *, is_wished: bool) -> None:
    row.product_id = taken.product_ids.get(code)
    # Remembered as offered from the day it stood on the shelf, until the shop takes it back.
    row.is_offered = is_wished and (row.is_offered or code in taken.on_shelf)
    problem = taken.problems.get(code)
    if problem is not None:
        row.problem, row.parameters = problem.message[:LONGEST_PROBLEM], dict(problem.parameters)
