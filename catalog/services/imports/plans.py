"""Compares what a file says with what stands, product by product; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from catalog.rules import RETAIL, WHOLESALE, AttributeInput, CategoryPolicy, ProductState
from catalog.services.imports.batches import Batch
from catalog.services.imports.changes import Changes, Outcome, Row
from catalog.services.imports.columns import Field, Layout
from catalog.services.imports.drafts import ProductDraft, ProductValues, VariantDraft
from catalog.services.imports.problems import CellError
from catalog.services.imports.reference import KnownCategory, KnownType, Reference
from catalog.services.imports.rows import DEFAULT_UNIT, problem_at
from catalog.services.imports.standing import PRODUCT_COLUMNS, VARIANT_COLUMNS, Standing
from catalog.services.products import product_slug
from marketplace.kernel.database import new_id
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, slugify, sort_key

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole import."""

    business_id: UUID
    business_code: str
    business_place_id: UUID | None
    is_open: bool
    reference: Reference
    layout: Layout
    publishes: bool
    now: datetime


_TOLD_OF_PRODUCT: Final = (
    *("description", "harvest_months", "origin_place_id"),
    "geographical_indication_id",
)


class _Refusal(Exception):
    """A product or row that cannot be taken in, seen only beside what stands."""

    def __init__(
        self, field_: Field, problem: CellError, variant: VariantDraft | None = None
    ) -> None:
        super().__init__(problem.message)
        self.field = field_
        self.problem = problem
        self.variant = variant


def plan_batch(
    setting: Setting,
    batch: Batch,
    standing: Standing,
    pictures: Mapping[str, UUID],
) -> tuple[Changes, Outcome]:
    """What the batch changes and which of its rows cannot be taken in."""
    changes = Changes()
    outcome = Outcome(batch.rows, problems=list(batch.problems), typed=dict(batch.typed))
    for draft in batch.products:
        _plan_or_refuse(_Beside(setting, standing, pictures), draft, changes, outcome)
    return changes, outcome


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a draft is compared with."""

    setting: Setting
    standing: Standing
    pictures: Mapping[str, UUID]


def _plan_or_refuse(
    beside: _Beside,
    draft: ProductDraft,
    changes: Changes,
    outcome: Outcome,
) -> None:
    """Plan the product; a refused packing goes alone, the others are tried again without it."""
    while draft.variants:
        own = Changes()
        try:
            created, updated = _Planning(beside, own).plan(draft)
        except _Refusal as refusal:
            _refuse(beside.setting, draft, refusal, outcome)
            continue
        _merge(changes, own)
        outcome.created += created
        outcome.updated += updated
        outcome.unchanged += len(draft.variants) - created - updated
        return


def _refuse(setting: Setting, draft: ProductDraft, refusal: _Refusal, outcome: Outcome) -> None:
    """Take the refused rows out of the draft; the whole product when it is at fault."""
    refused = [refusal.variant] if refusal.variant is not None else list(draft.variants)
    column = setting.layout.column_of(refusal.field)
    for variant in refused:
        there = column is not None and column.index < len(variant.typed)
        cell = variant.typed[column.index] if column is not None and there else ""
        outcome.problems.append(problem_at(variant.row, column, cell, refusal.problem))
        outcome.typed[variant.row] = variant.typed
        draft.variants.remove(variant)


def _merge(whole: Changes, part: Changes) -> None:
    for name in Changes.__slots__:
        mine, added = getattr(whole, name), getattr(part, name)
        if isinstance(mine, list):
            mine.extend(added)
        else:
            mine.update(added)


class _Planning:
    """One product and its packings."""

    def __init__(self, beside: _Beside, changes: Changes) -> None:
        self._setting = beside.setting
        self._standing = beside.standing
        self._pictures = beside.pictures
        self._changes = changes

    def plan(self, draft: ProductDraft) -> tuple[int, int]:
        """Fill the changes; how many rows are new and how many differ.

        Raises:
            _Refusal: the product or one of its packings cannot be taken in.
        """
        found = self._standing.products.get(draft.code)
        values = draft.values
        product_id = found["id"] if found else new_id()
        category, kind = self._category(values, found)
        before = {name: found[name] for name in PRODUCT_COLUMNS} if found else {}
        after = self._product_row(values, before, category, kind)
        is_changed = self._beside(product_id, values, str(after["name"]))
        fares = [
            self._variant(product_id, kind, draft, each, found is None) for each in draft.variants
        ]
        self._settle_state(product_id, draft, after, before, category)
        if found is None:
            self._begin(product_id, draft.code, after)
            is_changed = True
        elif after != before or is_changed or any(fare != "same" for fare in fares):
            differs = after != before
            is_changed = is_changed or differs
            self._changes.changed_products.append(self._with_keys(product_id, after))
        if is_changed or any(fare != "same" for fare in fares):
            self._changes.touched[product_id] = None
        if is_changed and fares[0] == "same":
            fares[0] = "updated"
        return fares.count("created"), fares.count("updated")

    def _category(
        self, values: ProductValues, found: Row | None
    ) -> tuple[KnownCategory, KnownType]:
        category = values.get("category")
        reference = self._setting.reference
        if category is None and found is not None:
            category = reference.categories_by_id[found["category_id"]]
        if category is None:
            raise _Refusal(
                Field.CATEGORY, CellError(_("A new product needs a category."), "REQUIRED")
            )
        if category.policy is CategoryPolicy.FORBIDDEN:
            message = _("Goods of this category may not be sold here.")
            raise _Refusal(Field.CATEGORY, CellError(message, "FORBIDDEN_GOODS"))
        kind = values.get("product_type")
        if kind is None and found is not None:
            kind = reference.types_by_id[found["product_type_id"]]
        if kind is None and category.usual_type is not None:
            kind = reference.types_by_id[category.usual_type]
        if kind is None:
            message = _(
                "The product type cannot be told from the category; add a column Loại hàng."
            )
            raise _Refusal(Field.PRODUCT_TYPE, CellError(message, "REQUIRED"))
        return category, kind

    def _product_row(
        self,
        values: ProductValues,
        before: Mapping[str, Any],
        category: KnownCategory,
        kind: KnownType,
    ) -> Row:
        name = values.get("name") or before.get("name")
        if not name:
            raise _Refusal(Field.NAME, CellError(_("A new product needs a name."), "REQUIRED"))
        attributes = {**before.get("attributes", {}), **values.get("attributes", {})}
        for slug in values.get("attributes", {}):
            if slug not in kind.of_product:
                known = self._setting.reference.attributes[slug]
                message = _("Goods of this type have no property {name}.")
                error = CellError(message, "UNKNOWN_ATTRIBUTE", name=known.name)
                raise _Refusal(Field.PRODUCT_TYPE, error)
        pictures = values.get("pictures")
        cover = self._pictures.get(pictures[0]) if pictures else before.get("cover_id")
        defaults: Row = {
            "description": None,
            "harvest_months": [],
            "origin_place_id": self._setting.business_place_id,
            "geographical_indication_id": None,
            "state": ProductState.DRAFT,
            "version": 1,
            "published_at": None,
        }
        return {
            **defaults,
            **before,
            **_told(values, _TOLD_OF_PRODUCT),
            "name": name,
            "category_id": category.id,
            "product_type_id": kind.id,
            "attributes": attributes,
            "cover_id": cover,
        }

    def _beside(self, product_id: UUID, values: ProductValues, name: str) -> bool:
        """Words in English, pictures and papers; whether any of them differs."""
        before = (len(self._changes.english), len(self._changes.media), len(self._changes.papers))
        self._english(product_id, values)
        pictures = values.get("pictures")
        if pictures:
            wanted = tuple(self._picture(picture) for picture in pictures)
            if list(wanted) != self._standing.media.get(product_id, []):
                self._changes.media[product_id] = (name, wanted)
        for kind, paper in values.get("papers", {}).items():
            row = {
                "number": paper.number,
                "issued_on": paper.issued_on,
                "expires_on": paper.expires_on,
            }
            found = self._standing.papers.get((product_id, kind))
            if found is None or any(found[key] != value for key, value in row.items()):
                key = new_id() if found is None else found["id"]
                self._changes.papers.append(
                    {"id": key, "product_id": product_id, "kind": kind, **row}
                )
        changes = self._changes
        return before != (len(changes.english), len(changes.media), len(changes.papers))

    def _picture(self, name: str) -> UUID:
        if name not in self._pictures:
            message = _("There is no picture {name}.")
            raise _Refusal(Field.PICTURES, CellError(message, "UNKNOWN_PICTURE", name=name))
        return self._pictures[name]

    def _english(self, product_id: UUID, values: ProductValues) -> None:
        if "name_en" not in values and "description_en" not in values:
            return
        found = self._standing.english.get(product_id, {"name": None, "description": None})
        name = values.get("name_en", found["name"])
        description = values.get("description_en", found["description"])
        if (name, description) != (found["name"], found["description"]):
            self._changes.english.append(
                {
                    "product_id": product_id,
                    "language": ENGLISH,
                    "name": name,
                    "slug": product_slug(name, product_id) if name else None,
                    "description": description,
                },
            )

    def _variant(
        self,
        product_id: UUID,
        kind: KnownType,
        draft: ProductDraft,
        variant: VariantDraft,
        is_new_product: bool,
    ) -> str:
        found = None if is_new_product else self._standing.variants.get((product_id, variant.code))
        values = variant.values
        before = {name: found[name] for name in VARIANT_COLUMNS} if found else {}
        if not before and "retail" not in values:
            message = _("A new packing needs a price.")
            raise _Refusal(Field.PRICE, CellError(message, "REQUIRED"), variant)
        after = self._variant_row(kind, variant, before)
        variant_id = found["id"] if found else new_id()
        if found is None:
            sku = f"{self._setting.business_code}-{variant.code}"
            if variant.code == slugify(variant.code):
                sku = f"{self._setting.business_code}-{draft.code}-{variant.code}"
            keys = {"id": variant_id, "product_id": product_id, "external_id": variant.code}
            self._changes.new_variants.append({**keys, "sku": sku[:80], **after})
        elif after != before:
            self._changes.changed_variants.append({"key": variant_id, **after})
        is_changed = after != before
        if (name := values.get("name_en")) is not None:
            if self._standing.variant_english.get(variant_id) != name:
                row = {"variant_id": variant_id, "language": ENGLISH, "name": name}
                self._changes.variant_english.append(row)
                is_changed = True
        is_changed = self._prices(variant_id, variant) or is_changed
        is_changed = self._stock(variant_id, variant) or is_changed
        if found is None:
            return "created"
        return "updated" if is_changed else "same"

    def _variant_row(
        self, kind: KnownType, variant: VariantDraft, before: Mapping[str, Any]
    ) -> Row:
        values = variant.values
        attributes = {**before.get("attributes", {}), **values.get("attributes", {})}
        for slug in values.get("attributes", {}):
            if slug not in kind.of_variant:
                known = self._setting.reference.attributes[slug]
                message = _("Goods of this type have no property {name}.")
                error = CellError(message, "UNKNOWN_ATTRIBUTE", name=known.name)
                raise _Refusal(Field.PRODUCT_TYPE, error, variant)
        attributes |= self._packing_choice(kind, variant)
        defaults: Row = {
            "name": "",
            "unit": DEFAULT_UNIT,
            "net_quantity": None,
            "net_unit": None,
            "weight_grams": None,
            "quantity_limit": None,
            "position": variant.position,
        }
        told = _told(values, ("name", "unit", "weight_grams", "quantity_limit"))
        if content := values.get("content"):
            told |= {"net_quantity": content.quantity, "net_unit": content.unit}
        position = {"position": variant.position, "is_active": True}
        return {**defaults, **before, **told, **position, "attributes": attributes}

    def _packing_choice(self, kind: KnownType, variant: VariantDraft) -> dict[str, list[str]]:
        """The packing as a choice of the type's first selection attribute, an open list."""
        name = variant.values.get("name")
        if not name or not kind.selections:
            return {}
        attribute = self._setting.reference.attributes[kind.selections[0]]
        if attribute.input not in {AttributeInput.DROPDOWN, AttributeInput.SWATCH}:
            return {}
        slug = slugify(name)[:80] or "1"
        if slug not in attribute.slugs:
            row = {
                "id": new_id(),
                "attribute_id": attribute.id,
                "slug": slug,
                "name": name[:120],
                "name_en": variant.values.get("name_en", name)[:120],
                "position": 0,
            }
            self._changes.choices[attribute.id, slug] = row
        return {attribute.slug: [slug]}

    def _prices(self, variant_id: UUID, variant: VariantDraft) -> bool:
        is_changed = False
        tables = {
            RETAIL: variant.values.get("retail"),
            WHOLESALE: variant.values.get("wholesale"),
        }
        for slug, wanted in tables.items():
            if not wanted:
                continue
            channel_id = self._setting.reference.channels[slug]
            found = self._standing.prices.get((variant_id, channel_id), {})
            if found == wanted:
                continue
            is_changed = True
            if found:
                self._changes.emptied_prices.append((variant_id, channel_id))
            for minimum, (amount, full) in wanted.items():
                self._changes.prices.append(
                    {
                        "id": new_id(),
                        "variant_id": variant_id,
                        "channel_id": channel_id,
                        "minimum_quantity": minimum,
                        "amount": amount,
                        "undiscounted_amount": full,
                    },
                )
        return is_changed

    def _stock(self, variant_id: UUID, variant: VariantDraft) -> bool:
        on_hand = variant.values.get("on_hand")
        if on_hand is None:
            return False
        found = self._standing.stocks.get(variant_id)
        if found is not None and found["on_hand"] == on_hand:
            return False
        if found is not None and found["reserved"] + found["allocated"] > on_hand:
            promised = found["reserved"] + found["allocated"]
            message = _("Buyers were promised {count} of these already.")
            error = CellError(message, "INSUFFICIENT_STOCK", count=promised)
            raise _Refusal(Field.STOCK, error, variant)
        key = new_id() if found is None else found["id"]
        self._changes.stocks.append({"id": key, "variant_id": variant_id, "on_hand": on_hand})
        return True

    def _settle_state(
        self,
        product_id: UUID,
        draft: ProductDraft,
        after: Row,
        before: Mapping[str, Any],
        category: KnownCategory,
    ) -> None:
        """Decide whether the product is on the shelf afterwards."""
        wish = draft.values.get("is_published")
        state = before.get("state", ProductState.DRAFT)
        if wish is False:
            if state is ProductState.PUBLISHED:
                after |= {"state": ProductState.WITHDRAWN, "version": before["version"] + 1}
                self._move(product_id, "withdraw", state, ProductState.WITHDRAWN)
            return
        if wish is None and (state is ProductState.WITHDRAWN or not self._setting.publishes):
            return
        missing = self._missing(draft, after, before, category)
        is_on_shelf = state is ProductState.PUBLISHED
        if missing is not None and (wish or is_on_shelf or missing.field is Field.LICENCE_NUMBER):
            raise missing
        if missing is None and not is_on_shelf:
            published_at = before.get("published_at") or self._setting.now
            version = before.get("version", 1) + 1
            on_shelf = ProductState.PUBLISHED
            after |= {"state": on_shelf, "version": version, "published_at": published_at}
            self._move(product_id, "publish", state, on_shelf)

    def _move(
        self, product_id: UUID, name: str, source: ProductState, target: ProductState
    ) -> None:
        self._changes.moves.append(
            {
                "object_id": product_id,
                "name": name,
                "from_state": source.value,
                "to_state": target.value,
            },
        )

    def _missing(
        self,
        draft: ProductDraft,
        after: Row,
        before: Mapping[str, Any],
        category: KnownCategory,
    ) -> _Refusal | None:
        """What keeps the product from the shelf (catalog.services.requirements)."""
        if category.policy is CategoryPolicy.LICENCE_REQUIRED and not draft.values.get("papers"):
            product = self._standing.products.get(draft.code)
            held = product and any(key[0] == product["id"] for key in self._standing.papers)
            if not held:
                message = _("Goods of this category need the number of a licence or paper.")
                return _Refusal(Field.LICENCE_NUMBER, CellError(message, "LICENCE_REQUIRED"))
        if not self._setting.is_open and before.get("state") is not ProductState.PUBLISHED:
            message = _("The business is not open yet.")
            return _Refusal(Field.PUBLISHED, CellError(message, "REQUIRED"))
        if not after["description"] or not after["description"].get("blocks"):
            message = _("Please describe the product.")
            return _Refusal(Field.DESCRIPTION, CellError(message, "REQUIRED"))
        for slug in category.required:
            if after["attributes"].get(slug) in (None, "", []):
                known = self._setting.reference.attributes[slug]
                message = _("Goods of this category need: {name}.")
                return _Refusal(Field.CATEGORY, CellError(message, "REQUIRED", name=known.name))
        return None

    def _begin(self, product_id: UUID, code: str, after: Row) -> None:
        name = str(after["name"])
        self._changes.new_products.append(
            {
                **self._with_keys(product_id, after),
                "external_id": code,
                "business_id": self._setting.business_id,
                "slug": product_slug(name, product_id),
                "created_at": self._setting.now,
            },
        )

    def _with_keys(self, product_id: UUID, after: Row) -> Row:
        name = str(after["name"])
        return {
            **after,
            "key": product_id,
            "name_folded": fold(name),
            "name_sort": sort_key(name)[:520],
            "updated_at": self._setting.now,
        }


def _told(values: Mapping[str, Any], names: Sequence[str]) -> Row:
    return {name: values[name] for name in names if name in values}


def codes_of(products: Sequence[ProductDraft]) -> list[str]:
    """The codes a batch is about."""
    return [product.code for product in products]
