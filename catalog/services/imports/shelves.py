"""Whether a product of a file stands on the shelf afterwards, and what keeps it from there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from catalog.rules import CategoryPolicy, ProductState
from catalog.services.imports.changes import Row
from catalog.services.imports.columns import Field
from catalog.services.imports.comparing import Beside, RowRefusedError
from catalog.services.imports.drafts import ProductDraft
from catalog.services.imports.problems import CellError
from catalog.services.imports.reference import KnownCategory
from marketplace.kernel.i18n import _


def settle_state(
    beside: Beside,
    product_id: UUID,
    draft: ProductDraft,
    rows: tuple[Mapping[str, Any], Row],
    category: KnownCategory,
) -> None:
    """Decide whether the product is on the shelf afterwards.

    Asked for, what is missing refuses the product; not asked for, it stays a draft. What was
    withdrawn comes back only when it is asked for.

    Raises:
        RowRefusedError: it is to be shown, and something is missing.
    """
    before, after = rows
    wish = draft.values.get("is_published")
    state = before.get("state", ProductState.DRAFT)
    if wish is False:
        if state is ProductState.PUBLISHED:
            after |= {"state": ProductState.WITHDRAWN, "version": before["version"] + 1}
            _move(beside, product_id, "withdraw", state, ProductState.WITHDRAWN)
        return
    if wish is None and (state is ProductState.WITHDRAWN or not beside.setting.publishes):
        return
    missing = _missing(beside, draft, after, before, category)
    is_on_shelf = state is ProductState.PUBLISHED
    if missing is not None and (wish or is_on_shelf or missing.field is Field.LICENCE_NUMBER):
        raise missing
    if missing is None and not is_on_shelf:
        published_at = before.get("published_at") or beside.setting.now
        version = before.get("version", 1) + 1
        on_shelf = ProductState.PUBLISHED
        after |= {"state": on_shelf, "version": version, "published_at": published_at}
        _move(beside, product_id, "publish", state, on_shelf)


def _move(
    beside: Beside,
    product_id: UUID,
    name: str,
    source: ProductState,
    target: ProductState,
) -> None:
    beside.changes.moves.append(
        {
            "object_id": product_id,
            "name": name,
            "from_state": source.value,
            "to_state": target.value,
        },
    )


def _missing(
    beside: Beside,
    draft: ProductDraft,
    after: Row,
    before: Mapping[str, Any],
    category: KnownCategory,
) -> RowRefusedError | None:
    """What keeps the product from the shelf (catalog.services.requirements)."""
    if category.policy is CategoryPolicy.LICENCE_REQUIRED and not draft.values.get("papers"):
        product = beside.standing.products.get(draft.code)
        held = product and any(key[0] == product["id"] for key in beside.standing.papers)
        if not held:
            message = _("Goods of this category need the number of a licence or paper.")
            return RowRefusedError(Field.LICENCE_NUMBER, CellError(message, "LICENCE_REQUIRED"))
    if not beside.setting.is_open and before.get("state") is not ProductState.PUBLISHED:
        message = _("The business is not open yet.")
        return RowRefusedError(Field.PUBLISHED, CellError(message, "REQUIRED"))
    if not after["description"] or not after["description"].get("blocks"):
        message = _("Please describe the product.")
        return RowRefusedError(Field.DESCRIPTION, CellError(message, "REQUIRED"))
    for slug in category.required:
        if after["attributes"].get(slug) in (None, "", []):
            known = beside.setting.reference.attributes[slug]
            message = _("Goods of this category need: {name}.")
            return RowRefusedError(Field.CATEGORY, CellError(message, "REQUIRED", name=known.name))
    return None
