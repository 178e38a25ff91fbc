"""Stock: what comes, what goes, what was counted; every change is a line in the book.

Nobody changes `on_hand` without writing the line that explains it: what is known by its
difference goes through `book_movement`, a count through `set_stock`, and tables that were taken
in through `explain_differences`, which writes what is missing between the book and the shelf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import text

from catalog.errors import InsufficientStockError, InvalidProductError
from catalog.events import ProductsChanged
from catalog.models import Stock, StockMovement, Variant
from catalog.rules import MovementKind
from catalog.services.listings import refresh_listings
from catalog.services.prices import variant_with_product
from catalog.services.values import checked_length
from catalog.services.warehouses import stock_at
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import HelpScope

HIGHEST_COUNT: Final = 100_000_000
LONGEST_NOTE: Final = 250
# People type how many; whether they came or went, the kind says.
OUTWARD: Final = frozenset({MovementKind.SOLD, MovementKind.SPOILED})
BOOKABLE: Final = OUTWARD | {MovementKind.RECEIVED, MovementKind.CORRECTED}

_EXPLAIN = text("""
    INSERT INTO stock_movements
        (id, stock_id, business_id, kind, quantity, on_hand_after, note,
         actor_id, on_behalf_of_id, at)
    SELECT gen_random_uuid(), s.id, w.business_id, :kind, s.on_hand - booked.sum, s.on_hand, '',
        :actor_id, :on_behalf_of_id, :at
    FROM stocks s
    JOIN warehouses w ON w.id = s.warehouse_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(m.quantity), 0) AS sum FROM stock_movements m WHERE m.stock_id = s.id
    ) AS booked
    WHERE s.variant_id = ANY(:variant_ids) AND s.on_hand <> booked.sum
""")


@dataclass(frozen=True, slots=True)
class Movement:
    """What came or went: the kind, how many, and why in the seller's words."""

    kind: MovementKind
    quantity: int
    note: str = ""


async def set_stock(
    unit: UnitOfWork,
    variant_id: UUID,
    on_hand: int,
    warehouse_id: UUID | None = None,
    note: str = "",
) -> Variant:
    """Write down how many of a variant were counted in a warehouse; the difference is booked.

    Raises:
        NotFoundError: there is no such variant or warehouse.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: the count cannot be right.
        InsufficientStockError: buyers were promised more than that.
    """
    variant, product = await variant_with_product(unit, variant_id, HelpScope.STOCK)
    if not 0 <= on_hand <= HIGHEST_COUNT:
        raise InvalidProductError(_("This count cannot be right."), field="onHand")
    stock = await stock_at(unit, product.business_id, variant.id, warehouse_id)
    counted = Movement(MovementKind.COUNTED, on_hand - stock.on_hand, note)
    await _change(unit, stock, product.business_id, counted)
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return variant


async def book_movement(
    unit: UnitOfWork,
    variant_id: UUID,
    movement: Movement,
    warehouse_id: UUID | None = None,
) -> Variant:
    """Book what came or went of a variant.

    Raises:
        NotFoundError: there is no such variant or warehouse.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: the number cannot be right.
        InsufficientStockError: there are not so many, or buyers were promised them.
    """
    variant, product = await variant_with_product(unit, variant_id, HelpScope.STOCK)
    if movement.kind not in BOOKABLE:
        raise InvalidProductError(_("This cannot be booked by hand."), field="kind")
    is_signed = movement.kind is MovementKind.CORRECTED
    lowest = -HIGHEST_COUNT if is_signed else 1
    if not lowest <= movement.quantity <= HIGHEST_COUNT or movement.quantity == 0:
        raise InvalidProductError(_("This count cannot be right."), field="quantity")
    stock = await stock_at(unit, product.business_id, variant.id, warehouse_id)
    difference = -movement.quantity if movement.kind in OUTWARD else movement.quantity
    booked = Movement(movement.kind, difference, movement.note)
    await _change(unit, stock, product.business_id, booked)
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return variant


async def set_threshold(unit: UnitOfWork, variant_id: UUID, threshold: int) -> Variant:
    """Say at how many the seller wants to be told that a variant runs out.

    Raises:
        NotFoundError: there is no such variant.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: the number cannot be right.
    """
    variant, product = await variant_with_product(unit, variant_id, HelpScope.STOCK)
    if not 0 <= threshold <= HIGHEST_COUNT:
        raise InvalidProductError(_("This count cannot be right."), field="threshold")
    stock = await stock_at(unit, product.business_id, variant.id, None)
    stock.low_threshold = threshold
    return variant


async def explain_differences(
    unit: UnitOfWork,
    variant_ids: Sequence[UUID],
    kind: MovementKind,
) -> None:
    """Write the lines that are missing between the book of the variants and their stock."""
    await unit.session.flush()
    await unit.session.execute(
        _EXPLAIN,
        {
            "kind": kind.value,
            "actor_id": unit.viewer.user_id,
            "on_behalf_of_id": unit.viewer.on_behalf_of,
            "at": unit.now,
            "variant_ids": list(variant_ids),
        },
    )


async def _change(unit: UnitOfWork, stock: Stock, business_id: UUID, movement: Movement) -> None:
    """Change a stock that is locked, and write the line."""
    note = checked_length(movement.note, LONGEST_NOTE, "note")
    after = stock.on_hand + movement.quantity
    if after < 0:
        raise InsufficientStockError(
            _("There are only {count}."), field="quantity", count=stock.on_hand
        )
    if after < stock.reserved + stock.allocated:
        raise InsufficientStockError(_("Buyers were promised more than that already."))
    if after > HIGHEST_COUNT:
        raise InvalidProductError(_("This count cannot be right."), field="quantity")
    if not movement.quantity:
        return
    stock.on_hand = after
    unit.session.add(
        StockMovement(
            stock_id=stock.id,
            business_id=business_id,
            kind=movement.kind,
            quantity=movement.quantity,
            on_hand_after=after,
            note=note,
            actor_id=unit.viewer.user_id,
            on_behalf_of_id=unit.viewer.on_behalf_of,
            at=unit.now,
        ),
    )
    await unit.session.flush()
