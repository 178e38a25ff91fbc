"""One packing of a file beside the packing that stands."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from catalog.rules import RETAIL, WHOLESALE, AttributeInput
from catalog.services.imports.changes import Row
from catalog.services.imports.columns import Field
from catalog.services.imports.comparing import Beside, RowRefusedError, refuse_strange, told
from catalog.services.imports.drafts import VariantDraft
from catalog.services.imports.problems import CellError
from catalog.services.imports.reference import KnownType
from catalog.services.imports.rows import DEFAULT_UNIT
from catalog.services.imports.standing import ENGLISH, VARIANT_COLUMNS
from marketplace.kernel.database import new_id
from marketplace.kernel.i18n import _
from marketplace.kernel.text import slugify

LONGEST_SKU: Final = 80


class Fare(StrEnum):
    """How a row fares."""

    CREATED = "created"
    UPDATED = "updated"
    SAME = "same"


def plan_variant(
    beside: Beside,
    product: tuple[UUID, str],
    kind: KnownType,
    variant: VariantDraft,
) -> Fare:
    """Fill the changes with what the row changes of its packing.

    Raises:
        RowRefusedError: the row cannot be taken in.
    """
    product_id, code = product
    found = beside.standing.variant(product_id, variant.code)
    before = {name: found[name] for name in VARIANT_COLUMNS} if found else {}
    if found is None and "retail" not in variant.values:
        message = _("A new packing needs a price.")
        raise RowRefusedError(Field.PRICE, CellError(message, "REQUIRED"), variant)
    after = _variant_row(beside, kind, variant, before)
    variant_id = found["id"] if found else new_id()
    if found is None:
        keys = {"id": variant_id, "product_id": product_id, "external_id": variant.code}
        sku = sku_of(beside.setting.business_code, code, variant.code)
        if sku in beside.standing.taken_skus:
            taken = CellError(_("This SKU is in use already."), "UNIQUE")
            raise RowRefusedError(Field.SKU, taken, variant)
        beside.changes.new_variants.append({**keys, "sku": sku, **after})
    elif after != before:
        beside.changes.changed_variants.append({"key": variant_id, **after})
    differs = [
        after != before,
        _english(beside, variant_id, variant),
        _prices(beside, variant_id, variant),
        _stock(beside, variant_id, variant),
    ]
    if found is None:
        return Fare.CREATED
    return Fare.UPDATED if any(differs) else Fare.SAME


def sku_of(business: str, product: str, variant: str) -> str:
    """A stock-keeping unit that no other import gives; somebody may have typed the same."""
    sku = f"{business}/{product}/{variant}"
    if len(sku) <= LONGEST_SKU and "/" not in product + variant:
        return sku
    digest = blake2b(f"{product}\n{variant}".encode(), digest_size=10).hexdigest()
    return f"{business}/{digest}"


def _english(beside: Beside, variant_id: UUID, variant: VariantDraft) -> bool:
    name = variant.values.get("name_en")
    if name is None or beside.standing.variant_english.get(variant_id) == name:
        return False
    row = {"variant_id": variant_id, "language": ENGLISH, "name": name}
    beside.changes.variant_english.append(row)
    return True


def _variant_row(
    beside: Beside,
    kind: KnownType,
    variant: VariantDraft,
    before: Mapping[str, Any],
) -> Row:
    values = variant.values
    attributes = {**before.get("attributes", {}), **values.get("attributes", {})}
    refuse_strange(beside.setting, values.get("attributes", {}), kind.of_variant, variant)
    if values.get("name") != before.get("name"):
        attributes |= _packing_choice(beside, kind, variant)
    defaults: Row = {
        "name": "",
        "unit": DEFAULT_UNIT,
        "net_quantity": None,
        "net_unit": None,
        "weight_grams": None,
        "quantity_limit": None,
        "position": variant.position,
    }
    given = told(values, ("name", "unit", "weight_grams", "quantity_limit"))
    if content := values.get("content"):
        given |= {"net_quantity": content.quantity, "net_unit": content.unit}
    position = {"position": variant.position, "is_active": True}
    return {**defaults, **before, **given, **position, "attributes": attributes}


def _packing_choice(
    beside: Beside,
    kind: KnownType,
    variant: VariantDraft,
) -> dict[str, list[str]]:
    """The packing as a choice of the type's first selection attribute, an open list."""
    name = variant.values.get("name")
    if not name or not kind.selections:
        return {}
    attribute = beside.setting.reference.attributes[kind.selections[0]]
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
        beside.changes.choices[attribute.id, slug] = row
    return {attribute.slug: [slug]}


def _prices(beside: Beside, variant_id: UUID, variant: VariantDraft) -> bool:
    is_changed = False
    tables = {
        RETAIL: variant.values.get("retail"),
        WHOLESALE: variant.values.get("wholesale"),
    }
    for slug, wanted in tables.items():
        if not wanted:
            continue
        channel_id = beside.setting.reference.channels[slug]
        found = beside.standing.prices.get((variant_id, channel_id), {})
        if found == wanted:
            continue
        is_changed = True
        if found:
            beside.changes.emptied_prices.append((variant_id, channel_id))
        for minimum, (amount, full) in wanted.items():
            beside.changes.prices.append(
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


def _stock(beside: Beside, variant_id: UUID, variant: VariantDraft) -> bool:
    on_hand = variant.values.get("on_hand")
    if on_hand is None:
        return False
    found = beside.standing.stocks.get(variant_id)
    if found is not None and found["on_hand"] == on_hand:
        return False
    if found is not None and found["reserved"] + found["allocated"] > on_hand:
        promised = found["reserved"] + found["allocated"]
        message = _("Buyers were promised {count} of these already.")
        error = CellError(message, "INSUFFICIENT_STOCK", count=promised)
        raise RowRefusedError(Field.STOCK, error, variant)
    key = new_id() if found is None else found["id"]
    beside.changes.stocks.append({"id": key, "variant_id": variant_id, "on_hand": on_hand})
    return True
