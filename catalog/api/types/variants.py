"""A variant: what is counted, priced and ordered."""

from enum import Enum
from typing import Annotated, Self
from uuid import UUID

import strawberry

from catalog import models
from catalog.api.loaders import Batch, CatalogLoaders, VariantFacts
from catalog.api.types.attributes import AttributeBook, SelectedAttribute, VariantAttributeScope
from catalog.api.types.money import (
    NetContent,
    PriceTier,
    TaxedMoney,
    UnitPrice,
    VariantPricingInfo,
    money,
)
from catalog.api.types.pictures import ProductMedia, ProductMediaType
from catalog.queries.shown import ShownProduct
from catalog.rules import AttributeScope, unit_price
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import LanguageCodeEnum
from marketplace.media.models import MediaFile


@strawberry.enum(description="The units of weight that the contract knows; ours is G.")
class WeightUnitsEnum(Enum):
    """Kilograms, pounds, ounces, grams, tonnes."""

    KG = "kg"
    LB = "lb"
    OZ = "oz"
    G = "g"
    TONNE = "tonne"


@strawberry.type
class Weight:
    """A weight with its unit."""

    unit: WeightUnitsEnum = strawberry.field(description="The unit.")
    value: float = strawberry.field(description="How heavy.")


@strawberry.type
class ProductVariantTranslation:
    """A variant's name in another language."""

    name: str = strawberry.field(description="The name.")


@strawberry.type
class ProductVariant:
    """One packing of a product."""

    id: strawberry.ID = strawberry.field(description="The id of the variant.")
    name: str = strawberry.field(description="What tells it from the others: gói 500 g.")
    sku: str | None = strawberry.field(description="The stock-keeping unit.")
    unit: str = strawberry.field(description="What one of it is called: gói, hộp, kg.")
    quantity_limit_per_customer: int | None = strawberry.field(
        description="How many one buyer may take at once.",
    )
    facts: strawberry.Private[VariantFacts]
    batch: strawberry.Private[Batch]
    owner: strawberry.Private[models.Product | ShownProduct]

    @classmethod
    def of(
        cls,
        facts: VariantFacts,
        owner: models.Product | ShownProduct,
        batch: Batch,
    ) -> Self:
        """The variant as the schema shows it."""
        variant = facts.variant
        return cls(
            id=to_global("ProductVariant", variant.id),
            name=variant.name,
            sku=variant.sku,
            unit=variant.unit,
            quantity_limit_per_customer=variant.quantity_limit,
            facts=facts,
            batch=batch,
            owner=owner,
        )

    @property
    def key(self) -> UUID:
        """The key of the row."""
        return self.facts.variant.id

    @strawberry.field
    def pricing(self) -> VariantPricingInfo | None:
        """What one costs at the minimum order quantity; none outside its price lists."""
        if not self.facts.tiers:
            return None
        amount = self.facts.tiers[0].amount
        return VariantPricingInfo(amount=amount, usual=self.facts.undiscounted or amount)

    @strawberry.field
    def price_tiers(self) -> list[PriceTier]:
        """The prices by quantity, smallest quantity first."""
        return [
            PriceTier(minimum_quantity=tier.minimum_quantity, price=TaxedMoney(amount=tier.amount))
            for tier in self.facts.tiers
        ]

    @strawberry.field
    def minimum_quantity(self) -> int:
        """How many must be ordered at least."""
        return self.facts.tiers[0].minimum_quantity if self.facts.tiers else 1

    @strawberry.field
    def net_content(self) -> NetContent | None:
        """What one packing holds."""
        variant = self.facts.variant
        if variant.net_quantity is None or variant.net_unit is None:
            return None
        return NetContent(quantity=float(variant.net_quantity), unit=variant.net_unit)

    @strawberry.field
    def unit_price(self) -> UnitPrice | None:
        """The price of one kilogram or litre; none for what is counted in pieces."""
        if not self.facts.tiers:
            return None
        variant = self.facts.variant
        found = unit_price(self.facts.tiers[0].amount, variant.net_quantity, variant.net_unit)
        return None if found is None else UnitPrice(price=money(found.amount), per=found.per)

    @strawberry.field
    def quantity_available(self) -> int | None:
        """How many can be bought now."""
        limit = self.facts.variant.quantity_limit
        left = max(self.facts.available, 0)
        return left if limit is None else min(left, limit)

    @strawberry.field
    def weight(self) -> Weight | None:
        """What one weighs with its packing."""
        grams = self.facts.variant.weight_grams
        return None if grams is None else Weight(unit=WeightUnitsEnum.G, value=float(grams))

    @strawberry.field
    async def attributes(
        self,
        info: Info,
        variant_selection: Annotated[
            VariantAttributeScope | None,
            strawberry.argument(description="Which of them; all when left out."),
        ] = None,
    ) -> list[SelectedAttribute]:
        """Its attributes: those by which buyers choose it, the others, or all."""
        loaders = info.context.once(CatalogLoaders)
        book = AttributeBook(*await loaders.attributes.get())
        selection = {
            row.attribute_id
            for row in await loaders.type_attributes.get()
            if row.product_type_id == self.owner.product_type_id
            and row.scope is AttributeScope.VARIANT
            and row.is_selection
        }
        chosen = book.selected(self.facts.variant.attributes)
        if variant_selection in {None, VariantAttributeScope.ALL}:
            return chosen
        wanted = variant_selection is VariantAttributeScope.VARIANT_SELECTION
        return [
            each for each in chosen if (book.by_slug[each.attribute.slug].id in selection) is wanted
        ]

    @strawberry.field
    async def media(self) -> list[ProductMedia] | None:
        """Pictures of this very variant."""
        pictures = await self.batch.variant_pictures.get()
        return [
            media_of(place.position, file, self.name) for place, file in pictures.get(self.key, [])
        ]

    @strawberry.field
    async def translation(
        self,
        language_code: LanguageCodeEnum,
    ) -> ProductVariantTranslation | None:
        """Its name in another language, if there is one."""
        translations = await self.batch.variant_translations.get()
        row = translations.get((self.key, language_code.value))
        return None if row is None else ProductVariantTranslation(name=row.name)


def media_of(position: int, file: MediaFile, alt: str) -> ProductMedia:
    """A picture as the schema shows it."""
    return ProductMedia(
        id=to_global("ProductMedia", file.id),
        alt=alt,
        type=ProductMediaType.IMAGE,
        sort_order=position,
        file=file,
    )
