"""Compares what a file says with what stands, product by product; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from catalog.services.imports.batches import Batch
from catalog.services.imports.changes import Changes, Outcome
from catalog.services.imports.comparing import Beside, RowRefusedError, Setting
from catalog.services.imports.drafts import ProductDraft
from catalog.services.imports.product_plans import plan_product
from catalog.services.imports.rows import problem_at
from catalog.services.imports.standing import Standing
from catalog.services.imports.variant_plans import sku_of


def plan_batch(
    setting: Setting,
    batch: Batch,
    standing: Standing,
    pictures: Mapping[str, UUID],
) -> tuple[Changes, Outcome]:
    """What the batch changes and which of its rows cannot be taken in."""
    changes = Changes()
    outcome = Outcome(batch.rows, problems=list(batch.problems), typed=dict(batch.typed))
    for product in batch.products:
        # Its rows are taken out of a copy: the batch may have to be planned once more.
        draft = replace(product, variants=list(product.variants))
        _plan_or_refuse(setting, draft, standing, pictures, (changes, outcome))
    return changes, outcome


def _plan_or_refuse(
    setting: Setting,
    draft: ProductDraft,
    standing: Standing,
    pictures: Mapping[str, UUID],
    into: tuple[Changes, Outcome],
) -> None:
    """Plan the product; a refused packing goes alone, the others are tried again without it."""
    changes, outcome = into
    while draft.variants:
        own = Changes()
        try:
            created, updated = plan_product(Beside(setting, standing, pictures, own), draft)
        except RowRefusedError as refusal:
            _refuse(setting, draft, refusal, outcome)
            continue
        _merge(changes, own)
        outcome.created += created
        outcome.updated += updated
        outcome.unchanged += len(draft.variants) - created - updated
        return


def _refuse(
    setting: Setting, draft: ProductDraft, refusal: RowRefusedError, outcome: Outcome
) -> None:
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


def codes_of(products: Sequence[ProductDraft]) -> list[str]:
    """The codes a batch is about."""
    return [product.code for product in products]


def new_skus(setting: Setting, batch: Batch, standing: Standing) -> set[str]:
    """The stock-keeping units of packings that do not stand yet."""
    skus: set[str] = set()
    for product in batch.products:
        row = standing.products.get(product.code)
        skus.update(
            sku_of(setting.business_code, product.code, variant.code)
            for variant in product.variants
            if row is None or standing.variant(row["id"], variant.code) is None
        )
    return skus
