"""What was done in a business and with its goods: three logs read as one."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, and_, case, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from businesses.models import BusinessChange
from catalog.models import Product, Stock, StockMovement, Variant
from catalog.queries.workspace import named
from catalog.rules import MovementKind
from marketplace.accounts.models import User
from marketplace.kernel.transitions import TransitionRecord


def activity_of(business_id: UUID) -> tuple[Select[*tuple[Any, ...]], Subquery]:
    """The lines of the three logs with who acted and for whom, and the columns to sort by."""
    lines = union_all(
        _changes(business_id),
        _transitions(business_id),
        _movements(business_id),
    ).subquery("activity")
    other = aliased(User)
    statement = (
        select(
            lines.c.name,
            lines.c.object_type,
            lines.c.object_id,
            lines.c.label,
            lines.c.details,
            named(User).label("who"),
            named(other).label("for_whom"),
            lines.c.at.label("done_at"),
        )
        .outerjoin(User, User.id == lines.c.actor_id)
        .outerjoin(other, other.id == lines.c.on_behalf_of_id)
    )
    return statement, lines


def _changes(business_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(
        BusinessChange.id,
        BusinessChange.at,
        BusinessChange.name,
        BusinessChange.object_type,
        BusinessChange.object_id,
        BusinessChange.label,
        BusinessChange.details,
        BusinessChange.actor_id,
        BusinessChange.on_behalf_of_id,
    ).where(BusinessChange.business_id == business_id)


def _transitions(business_id: UUID) -> Select[*tuple[Any, ...]]:
    """What moved: the business itself, and its goods."""
    record = TransitionRecord
    told = func.jsonb_strip_nulls(
        func.jsonb_build_object(
            "from",
            record.from_state,
            "to",
            record.to_state,
            "reason",
            record.reason_code,
        ),
    )
    return (
        select(
            record.id,
            record.at,
            func.concat(record.object_type, ".", record.name),
            record.object_type,
            record.object_id,
            func.coalesce(Product.name, literal("")),
            told,
            record.actor_id,
            record.on_behalf_of_id,
        )
        .outerjoin(Product, and_(record.object_type == "product", Product.id == record.object_id))
        .where(
            or_(
                and_(
                    record.object_type == "product",
                    record.object_id.in_(
                        select(Product.id).where(Product.business_id == business_id)
                    ),
                ),
                and_(record.object_type == "business", record.object_id == business_id),
            ),
        )
    )


def _movements(business_id: UUID) -> Select[*tuple[Any, ...]]:
    """What came and went; whole spreadsheets have a line of their own."""
    booked = StockMovement
    return (
        select(
            booked.id,
            booked.at,
            func.concat("stock.", booked.kind),
            literal("variant"),
            Variant.id,
            case(
                (Variant.name == "", Product.name),
                else_=func.concat(Product.name, " – ", Variant.name),
            ),
            func.jsonb_build_object(
                "quantity",
                booked.quantity,
                "after",
                booked.on_hand_after,
                "note",
                booked.note,
            ).cast(JSONB),
            booked.actor_id,
            booked.on_behalf_of_id,
        )
        .join(Stock, Stock.id == booked.stock_id)
        .join(Variant, Variant.id == Stock.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(
            booked.business_id == business_id,
            booked.kind != MovementKind.IMPORTED,
        )
    )
