"""What a seller does with a product: begin it, edit it, put it on the shelf, take it off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from businesses.models import Business
from businesses.policies import businesses as business_policies
from catalog import policies
from catalog.errors import ForbiddenGoodsError, IncompleteProductError, InvalidProductError
from catalog.events import ProductPublished, ProductsChanged, ProductWithdrawn
from catalog.models import (
    Category,
    Product,
    ProductTranslation,
    ProductType,
    Variant,
)
from catalog.queries.products import product_for_change
from catalog.queries.workspace import fitting_type
from catalog.rules import CategoryPolicy, ProductState
from catalog.services.attributes import checked_attributes, known_values
from catalog.services.listings import refresh_listings
from catalog.services.pictures import write_media
from catalog.services.requirements import missing, required_attributes
from catalog.services.values import (
    LONGEST_NAME,
    checked_length,
    checked_months,
    checked_name,
    write_name,
)
from catalog.services.variants import VariantDraft, add_variant
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.text import nfc, slugify
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, move
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import HelpScope
from marketplace.places.models import Place

S = ProductState
SELLERS = frozenset({"owner", "manager", "clerk", "administrator", SYSTEM_ROLE})
MACHINE = Machine(
    "product",
    Product,
    (
        Transition("publish", (S.DRAFT, S.WITHDRAWN), S.PUBLISHED, SELLERS),
        Transition("withdraw", (S.PUBLISHED,), S.WITHDRAWN, SELLERS | {"trade officer"}),
    ),
)


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as the seller describes it; what is None stays as it is when editing."""

    name: str | None = None
    category_id: UUID | None = None
    product_type_id: UUID | None = None
    description: dict[str, Any] | None = None
    attributes: Mapping[str, Any] | None = None
    harvest_months: Sequence[int] | None = None
    origin_place_id: UUID | None = None
    media_ids: Sequence[UUID] | None = None
    translations: Mapping[str, Mapping[str, Any]] | None = None


async def create_product(
    unit: UnitOfWork,
    business_id: UUID,
    draft: ProductDraft,
    variants: Sequence[VariantDraft],
) -> Product:
    """Begin a product; it stays a draft until it is published.

    Raises:
        NotFoundError: the business, category or product type does not exist.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: a value cannot be taken.
        ForbiddenGoodsError: goods of the category may not be sold.
    """
    business = await unit.session.scalar(
        select(Business).where(Business.id == business_id).with_for_update(read=True),
    )
    if business is None:
        raise NotFoundError(_("There is no such business."), field="business")
    if not policies.may_edit_products(unit.viewer, business_id):
        raise NotPermittedError
    name = checked_name(draft.name)
    category = await _category(unit, draft.category_id)
    await _check_place(unit, draft.origin_place_id)
    wanted = draft.product_type_id or await unit.session.scalar(fitting_type(category.id))
    product_type = await _product_type(unit, wanted)
    product = Product(
        id=(key := new_id()),
        business_id=business_id,
        category_id=category.id,
        product_type_id=product_type.id,
        slug=product_slug(name, key),
        description=draft.description,
        attributes=await checked_attributes(unit, product_type.id, draft.attributes or {}),
        harvest_months=checked_months(draft.harvest_months or ()),
        origin_place_id=draft.origin_place_id or business.place_id,
    )
    write_name(product, name)
    unit.session.add(product)
    await unit.session.flush()
    await write_media(unit, product, draft.media_ids)
    await _write_translations(unit, product, draft.translations)
    # In one order for everybody: two who want the same SKUs must not wait for each other.
    for position, variant in sorted(enumerate(variants), key=lambda each: each[1].sku or ""):
        await add_variant(unit, product, variant, position)
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return product


async def edit_product(unit: UnitOfWork, product_id: UUID, draft: ProductDraft) -> Product:
    """Change what is said about a product.

    Raises:
        NotFoundError: there is no such product, category or type for the viewer.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: a value cannot be taken.
        IncompleteProductError: it is on the shelf, and buyers would miss something.
        ForbiddenGoodsError: goods of the category may not be sold.
    """
    product = await locked_product(unit, product_id)
    if draft.name is not None:
        write_name(product, checked_name(draft.name))
    if draft.category_id not in {None, product.category_id}:
        await _move_to_category(unit, product, draft.category_id)
    if draft.description is not None:
        product.description = draft.description
    if draft.attributes is not None:
        product.attributes = await checked_attributes(
            unit,
            product.product_type_id,
            draft.attributes,
        )
    if draft.harvest_months is not None:
        product.harvest_months = checked_months(draft.harvest_months)
    if draft.origin_place_id is not None:
        await _check_place(unit, draft.origin_place_id)
        product.origin_place_id = draft.origin_place_id
    if product.state is S.PUBLISHED:
        await _check_published(unit, product)
    product.updated_at = unit.now
    await write_media(unit, product, draft.media_ids)
    await _write_translations(unit, product, draft.translations)
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return product


async def publish_product(
    unit: UnitOfWork,
    product_id: UUID,
    *,
    review: DisplayReview,
) -> Product:
    """Put a draft on the shelf, when nothing that buyers must know is missing.

    Raises:
        NotFoundError: there is no such product for the viewer.
        NotPermittedError: the viewer does not sell for the business.
        IncompleteProductError: something is missing; one problem per field.
        ForbiddenGoodsError: goods of the category may not be sold.
        WrongStateError: it is on the shelf already.
    """
    await _hold_business(unit, product_id)
    product = await locked_product(unit, product_id)
    problems = await missing(unit, product)
    if problems:
        raise IncompleteProductError(problems)
    await _category(unit, product.category_id)
    if not await review.may_show(unit, "product", product.id):
        raise InvalidProductError(_("The Department has to look at this first."))
    business = await unit.session.get_one(Business, product.business_id)
    roles = business_policies.roles(unit.viewer, business.id, business.place_id)
    await move(unit, MACHINE, product, "publish", roles=roles)
    if product.published_at is None:
        product.published_at = unit.now
    product.updated_at = unit.now
    await refresh_listings(unit, [product.id])
    await unit.session.refresh(product, ["is_displayed"])
    unit.announce(ProductPublished(product.id))
    return product


async def withdraw_product(
    unit: UnitOfWork,
    product_id: UUID,
    *,
    reason_code: str | None = None,
) -> Product:
    """Take a product off the shelf, as its seller or as the officer in charge; it can be put back.

    Raises:
        NotFoundError: there is no such product for the viewer.
        NotPermittedError: the viewer neither sells nor supervises it.
        WrongStateError: it is not on the shelf.
    """
    product = await unit.session.scalar(product_for_change(product_id))
    if product is None:
        raise NotFoundError(_("There is no such product."))
    business = await unit.session.get_one(Business, product.business_id)
    roles = business_policies.roles(unit.viewer, business.id, business.place_id)
    if not roles and not product.is_displayed:
        raise NotFoundError(_("There is no such product."))
    await move(unit, MACHINE, product, "withdraw", roles=roles, reason_code=reason_code)
    product.updated_at = unit.now
    await refresh_listings(unit, [product.id])
    await unit.session.refresh(product, ["is_displayed"])
    unit.announce(ProductWithdrawn(product.id))
    return product


async def append_variant(unit: UnitOfWork, product_id: UUID, draft: VariantDraft) -> Variant:
    """Add a packing after the others.

    Raises:
        NotFoundError: there is no such product for the viewer.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: a value cannot be taken.
    """
    product = await locked_product(unit, product_id)
    count = select(func.count()).where(Variant.product_id == product.id)
    variant = await add_variant(unit, product, draft, int(await unit.session.scalar(count) or 0))
    product.updated_at = unit.now
    unit.announce(ProductsChanged((product.id,)))
    return variant


async def locked_product(
    unit: UnitOfWork, product_id: UUID, scope: HelpScope = HelpScope.PRODUCTS
) -> Product:
    """The product, locked, for somebody who sells it.

    Raises:
        NotFoundError: there is none, or the viewer may not know of it.
        NotPermittedError: the viewer sees it but does not sell it.
    """
    product = await unit.session.scalar(product_for_change(product_id))
    if product is None:
        raise NotFoundError(_("There is no such product."))
    if not policies.may_edit_products(unit.viewer, product.business_id, scope):
        if not product.is_displayed:
            raise NotFoundError(_("There is no such product."))
        raise NotPermittedError
    return product


async def _hold_business(unit: UnitOfWork, product_id: UUID) -> None:
    # Before the product, as whoever suspends a business does; so neither overlooks the other.
    owner = select(Product.business_id).where(Product.id == product_id).scalar_subquery()
    held = select(Business).where(Business.id == owner).with_for_update(read=True)
    await unit.session.scalar(held.execution_options(populate_existing=True))


def product_slug(name: str, product_id: UUID) -> str:
    """The product's address: its name and the random end of its key, never to change meaning."""
    return f"{slugify(name)[:180].strip('-')}-{product_id.hex[-8:]}".strip("-")


async def _check_published(unit: UnitOfWork, product: Product) -> None:
    await _category(unit, product.category_id)
    # A suspended business may still mend what is said of its goods; nobody sees them.
    problems = [each for each in await missing(unit, product) if each.field != "business"]
    if problems:
        raise IncompleteProductError(problems)


async def _check_place(unit: UnitOfWork, place_id: UUID | None) -> None:
    if place_id is not None and await unit.session.get(Place, place_id) is None:
        raise NotFoundError(_("There is no such place."), field="originPlace")


async def _move_to_category(unit: UnitOfWork, product: Product, category_id: UUID | None) -> None:
    """Move a product that is locked, to another type too where its own lacks what is required."""
    category = await _category(unit, category_id)
    product.category_id = category.id
    asked = dict.fromkeys(slug for slug, _name in await required_attributes(unit, category.id))
    if len(await known_values(unit, product.product_type_id, asked)) == len(asked):
        return
    fitting = await unit.session.scalar(fitting_type(category.id))
    product.product_type_id = fitting or product.product_type_id
    product.attributes = await known_values(unit, product.product_type_id, product.attributes)


async def _category(unit: UnitOfWork, category_id: UUID | None) -> Category:
    category = None
    if category_id is not None:
        category = await unit.session.get(Category, category_id)
    if category is None:
        raise NotFoundError(_("Please choose a category."), field="category")
    if category.policy is CategoryPolicy.FORBIDDEN:
        raise ForbiddenGoodsError(_("Goods of this category may not be sold here."))
    return category


async def _product_type(unit: UnitOfWork, product_type_id: UUID | None) -> ProductType:
    found = None
    if product_type_id is not None:
        found = await unit.session.get(ProductType, product_type_id)
    if found is None:
        raise NotFoundError(_("Please choose a product type."), field="productType")
    return found


async def _write_translations(
    unit: UnitOfWork,
    product: Product,
    translations: Mapping[str, Mapping[str, Any]] | None,
) -> None:
    for language, texts in (translations or {}).items():
        row = await unit.session.get(ProductTranslation, (product.id, language))
        if row is None:
            row = ProductTranslation(product_id=product.id, language=language)
            unit.session.add(row)
        if name := nfc(str(texts.get("name") or "")):
            row.name = checked_length(name, LONGEST_NAME, "name")
            row.slug = product_slug(name, product.id)
        if "description" in texts:
            row.description = texts["description"]
