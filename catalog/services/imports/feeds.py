"""Goods that another system describes: the same comparing and writing as for files.

A feed says which of its goods shall be on the shelf. What is asked for and incomplete is kept as
a draft, with what is missing: its owner mends it there, not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast
from uuid import UUID

from sqlalchemy import select, update

from businesses.models import Business
from businesses.rules.businesses import BusinessState
from catalog import policies
from catalog.models import Product, Variant, Warehouse
from catalog.rules import ProductState
from catalog.services.imports.batches import Batch
from catalog.services.imports.changes import Changes, Outcome
from catalog.services.imports.columns import Layout
from catalog.services.imports.comparing import Setting
from catalog.services.imports.drafts import ProductDraft, ProductValues
from catalog.services.imports.plans import codes_of, new_skus, plan_batch
from catalog.services.imports.problems import CellProblem
from catalog.services.imports.reference import load_reference
from catalog.services.imports.standing import Standing, load_standing, taken_skus
from catalog.services.imports.writing import hold_back, lock_imports, write_changes
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.unit_of_work import UnitOfWork

_NO_FILE = Layout(0, (), (), ())


@dataclass(slots=True)
class Taken:
    """How a feed's goods fared, by their codes."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    product_ids: dict[str, UUID] = field(default_factory=dict)
    problems: dict[str, CellProblem] = field(default_factory=dict)
    held_back: set[str] = field(default_factory=set)
    on_shelf: frozenset[str] = frozenset()


async def begin_feed(unit: UnitOfWork, business_id: UUID) -> Setting:
    """What holds for all goods of a feed.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: the viewer does not sell for it, or may not set its prices.
    """
    business = await unit.session.get(Business, business_id)
    if business is None:
        raise NotFoundError(_("There is no such business."), field="business")
    may_edit = policies.may_edit_products(unit.viewer, business_id)
    if not may_edit or not policies.may_set_prices(unit.viewer, business_id):
        raise NotPermittedError
    return Setting(
        business_id=business_id,
        business_code=business.code,
        business_place_id=business.place_id,
        is_open=business.state is BusinessState.ACTIVE,
        reference=await load_reference(unit),
        layout=_NO_FILE,
        publishes=False,
        now=unit.now,
    )


async def take_drafts(
    unit: UnitOfWork,
    setting: Setting,
    drafts: Sequence[ProductDraft],
    pictures: Mapping[str, UUID],
    review: DisplayReview,
) -> Taken:
    """Take the goods in, each with all its packings; a packing that is not told is not sold."""
    await lock_imports(unit, setting.business_id)
    state = await unit.session.scalar(
        select(Business.state).where(Business.id == setting.business_id).with_for_update(read=True),
    )
    setting = replace(setting, is_open=state is BusinessState.ACTIVE, now=unit.now)
    warehouse_id = await unit.session.scalar(
        select(Warehouse.id)
        .where(Warehouse.business_id == setting.business_id)
        .order_by(Warehouse.id)
        .limit(1),
    )
    standing = await load_standing(unit, setting.business_id, warehouse_id, codes_of(drafts))
    standing.taken_skus = await taken_skus(unit, new_skus(setting, _batch_of(drafts), standing))
    taking = _Taking(unit, setting, standing, pictures, review)
    accepted = await taking.take(drafts)
    again = [
        replace(draft, values=_without_wish(draft.values))
        for draft in drafts
        if draft.code not in accepted and draft.values.get("is_published")
    ]
    taking.taken.held_back = await taking.take(again)
    taking.taken.product_ids |= {code: row["id"] for code, row in standing.products.items()}
    taking.taken.on_shelf = await _on_shelf(unit, setting, codes_of(drafts))
    return taking.taken


async def forget_codes(unit: UnitOfWork, business_id: UUID, prefix: str) -> None:
    """Keep the goods of a feed and forget where they came from: another feed may use the codes."""
    await unit.session.execute(
        update(Product)
        .where(Product.business_id == business_id, Product.external_id.startswith(prefix))
        .values(external_id=None)
        .execution_options(synchronize_session=False),
    )


async def _on_shelf(unit: UnitOfWork, setting: Setting, codes: Sequence[str]) -> frozenset[str]:
    found = await unit.session.scalars(
        select(Product.external_id).where(
            Product.business_id == setting.business_id,
            Product.external_id.in_(codes),
            Product.state == ProductState.PUBLISHED,
        ),
    )
    return frozenset(code for code in found if code is not None)


def _batch_of(drafts: Sequence[ProductDraft]) -> Batch:
    return Batch(sum(len(draft.variants) for draft in drafts), list(drafts))


def _without_wish(values: ProductValues) -> ProductValues:
    kept = {name: value for name, value in values.items() if name != "is_published"}
    return cast("ProductValues", kept)


class _Taking:
    """One or two walks over the same goods, beside what stood before them."""

    def __init__(
        self,
        unit: UnitOfWork,
        setting: Setting,
        standing: Standing,
        pictures: Mapping[str, UUID],
        review: DisplayReview,
    ) -> None:
        self.taken = Taken()
        self._unit = unit
        self._setting = setting
        self._standing = standing
        self._pictures = pictures
        self._review = review

    async def take(self, drafts: Sequence[ProductDraft]) -> set[str]:
        """Write what differs; the codes of the goods that were taken in, at least in part."""
        batch = _batch_of(drafts)
        changes, outcome = plan_batch(self._setting, batch, self._standing, self._pictures)
        accepted = {
            draft.code
            for draft in drafts
            if any(each.row not in outcome.typed for each in draft.variants)
        }
        await hold_back(self._unit, changes, self._review)
        kept = [draft for draft in drafts if draft.code in accepted]
        await _retire_packings(self._unit, kept, self._standing, changes)
        await write_changes(self._unit, self._setting, changes)
        self._tell(drafts, outcome)
        self.taken.product_ids |= {row["external_id"]: row["key"] for row in changes.new_products}
        return accepted

    def _tell(self, drafts: Sequence[ProductDraft], outcome: Outcome) -> None:
        taken = self.taken
        taken.created += outcome.created
        taken.updated += outcome.updated
        taken.unchanged += outcome.unchanged
        code_of = {each.row: draft.code for draft in drafts for each in draft.variants}
        for problem in outcome.problems:
            # The first thing that is wrong is told; the next one shows when it is mended.
            taken.problems.setdefault(code_of[problem.row], problem)


async def _retire_packings(
    unit: UnitOfWork,
    drafts: Sequence[ProductDraft],
    standing: Standing,
    changes: Changes,
) -> None:
    """Take packings off that the other system does not have any more; orders may name them."""
    told = {
        (standing.products[draft.code]["id"], each.code)
        for draft in drafts
        if draft.code in standing.products
        for each in draft.variants
    }
    about = {product_id for product_id, _code in told}
    gone = {
        row["id"]: product_id
        for (product_id, code), row in standing.variants.items()
        if product_id in about and row["is_active"] and (product_id, code) not in told
    }
    if not gone:
        return
    await unit.session.execute(
        update(Variant)
        .where(Variant.id.in_(gone))
        .values(is_active=False)
        .execution_options(synchronize_session=False),
    )
    changes.touched |= dict.fromkeys(gone.values())
