"""One product of a file beside the product that stands."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from catalog.rules import CategoryPolicy, ProductState
from catalog.services.imports.changes import Row
from catalog.services.imports.columns import Field
from catalog.services.imports.comparing import Beside, RowRefusedError, refuse_strange, told
from catalog.services.imports.descriptions import same_or_told
from catalog.services.imports.drafts import ProductDraft, ProductValues, VariantDraft
from catalog.services.imports.problems import CellError
from catalog.services.imports.reference import KnownCategory, KnownType
from catalog.services.imports.shelves import settle_state
from catalog.services.imports.standing import ENGLISH, PRODUCT_COLUMNS
from catalog.services.imports.variant_plans import Fare, plan_variant
from catalog.services.products import product_slug
from marketplace.kernel.database import new_id
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, sort_key

_TOLD: Final = (*("harvest_months", "origin_place_id", "geographical_indication_id"),)


def plan_product(beside: Beside, draft: ProductDraft) -> tuple[int, int]:
    """Fill the changes; how many rows are new and how many differ.

    Raises:
        RowRefusedError: the product or one of its packings cannot be taken in.
    """
    return _Planning(beside).plan(draft)


class _Planning:
    """One product and its packings."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self._setting = beside.setting
        self._standing = beside.standing
        self._changes = beside.changes

    def plan(self, draft: ProductDraft) -> tuple[int, int]:
        """Fill the changes; how many rows are new and how many differ."""
        found = self._standing.products.get(draft.code)
        product_id = found["id"] if found else new_id()
        category, kind = self._sorts(draft.values, found)
        before = {name: found[name] for name in PRODUCT_COLUMNS} if found else {}
        after = self._product_row(draft.values, before, category, kind)
        is_changed = self._tell_more(product_id, draft.values, str(after["name"]))
        fares = [
            plan_variant(self._beside, (product_id, draft.code), kind, each)
            for each in self._in_place(product_id, draft.variants)
        ]
        settle_state(self._beside, product_id, draft, (before, after), category)
        is_changed = is_changed or after != before
        if found is None:
            self._begin(product_id, draft.code, after)
        elif is_changed or set(fares) != {Fare.SAME}:
            self._changes.changed_products.append(self._with_keys(product_id, after))
        if is_changed or set(fares) != {Fare.SAME}:
            self._changes.touched[product_id] = None
        if is_changed and fares[0] is Fare.SAME:
            fares[0] = Fare.UPDATED
        return fares.count(Fare.CREATED), fares.count(Fare.UPDATED)

    def _in_place(self, product_id: UUID, drafts: list[VariantDraft]) -> list[VariantDraft]:
        """The packings where they stand, if the file has them in the order they have already."""
        found = [self._standing.variant(product_id, each.code) for each in drafts]
        places = [row["position"] for row in found if row is not None]
        if len(places) < len(drafts) or any(one > two for one, two in pairwise(places)):
            return drafts
        return [replace(each, position=place) for each, place in zip(drafts, places, strict=True)]

    def _sorts(self, values: ProductValues, found: Row | None) -> tuple[KnownCategory, KnownType]:
        category = values.get("category")
        reference = self._setting.reference
        if category is None and found is not None:
            category = reference.categories_by_id[found["category_id"]]
        if category is None:
            raise RowRefusedError(
                Field.CATEGORY, CellError(_("A new product needs a category."), "REQUIRED")
            )
        if category.policy is CategoryPolicy.FORBIDDEN:
            message = _("Goods of this category may not be sold here.")
            raise RowRefusedError(Field.CATEGORY, CellError(message, "FORBIDDEN_GOODS"))
        kind = values.get("product_type")
        if kind is None and found is not None:
            kind = reference.types_by_id[found["product_type_id"]]
        if kind is None and category.usual_type is not None:
            kind = reference.types_by_id[category.usual_type]
        if kind is None:
            message = _(
                "The product type cannot be told from the category; add a column Loại hàng."
            )
            raise RowRefusedError(Field.PRODUCT_TYPE, CellError(message, "REQUIRED"))
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
            raise RowRefusedError(
                Field.NAME, CellError(_("A new product needs a name."), "REQUIRED")
            )
        attributes = {**before.get("attributes", {}), **values.get("attributes", {})}
        refuse_strange(self._setting, values.get("attributes", {}), kind.of_product)
        pictures = values.get("pictures")
        cover = self._beside.pictures.get(pictures[0]) if pictures else before.get("cover_id")
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
            **told(values, _TOLD),
            **_description(values, before),
            "name": name,
            "category_id": category.id,
            "product_type_id": kind.id,
            "attributes": attributes,
            "cover_id": cover,
        }

    def _tell_more(self, product_id: UUID, values: ProductValues, name: str) -> bool:
        """Words in English, pictures and papers; whether any of them differs."""
        before = (len(self._changes.english), len(self._changes.media), len(self._changes.papers))
        self._english(product_id, values)
        pictures = values.get("pictures")
        if pictures:
            wanted = tuple(self._picture(picture) for picture in pictures)
            if list(wanted) != self._standing.media.get(product_id, []):
                self._changes.media[product_id] = (name, wanted)
        self._papers(product_id, values)
        changes = self._changes
        return before != (len(changes.english), len(changes.media), len(changes.papers))

    def _papers(self, product_id: UUID, values: ProductValues) -> None:
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

    def _picture(self, name: str) -> UUID:
        if name not in self._beside.pictures:
            message = _("There is no picture {name}.")
            raise RowRefusedError(Field.PICTURES, CellError(message, "UNKNOWN_PICTURE", name=name))
        return self._beside.pictures[name]

    def _english(self, product_id: UUID, values: ProductValues) -> None:
        if "name_en" not in values and "description_en" not in values:
            return
        found = self._standing.english.get(product_id, {"name": None, "description": None})
        name = values.get("name_en", found["name"])
        description = same_or_told(found["description"], values.get("description_en"))
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


def _description(values: ProductValues, before: Mapping[str, Any]) -> Row:
    if "description" not in values:
        return {}
    return {"description": same_or_told(before.get("description"), values["description"])}
