"""Writes what a batch changes: a handful of statements, whatever the number of rows."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, func, update
from sqlalchemy.dialects.postgresql import insert

from businesses.policies import businesses as business_policies
from catalog.events import ProductsChanged
from catalog.models import (
    AttributeChoice,
    FoodPaper,
    Product,
    ProductMedia,
    ProductTranslation,
    Stock,
    Variant,
    VariantPrice,
    VariantTranslation,
)
from catalog.rules import MovementKind, ProductState
from catalog.services.imports.changes import Changes, Row
from catalog.services.imports.comparing import Setting
from catalog.services.listings import refresh_listings
from catalog.services.products import MACHINE
from catalog.services.stock import explain_differences
from catalog.services.warehouses import default_warehouse
from marketplace.kernel.database import Model, new_id
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.transitions import TransitionRecord
from marketplace.kernel.unit_of_work import UnitOfWork

_KEY: Final = "key"


async def write_changes(unit: UnitOfWork, setting: Setting, changes: Changes) -> None:
    """Write everything, keep the listings true, and announce what was touched, once."""
    if not changes.touched:
        return
    await _insert(unit, AttributeChoice, list(changes.choices.values()), is_there_fine=True)
    await _insert(unit, Product, [_keyed(row) for row in changes.new_products])
    await _update(unit, Product, changes.changed_products)
    await _upsert(unit, ProductTranslation, changes.english, ("product_id", "language"))
    await _write_media(unit, changes)
    await _upsert(unit, FoodPaper, changes.papers, ("id",))
    await _insert(unit, Variant, changes.new_variants)
    await _update(unit, Variant, changes.changed_variants)
    await _upsert(unit, VariantTranslation, changes.variant_english, ("variant_id", "language"))
    await _write_prices(unit, changes)
    if changes.stocks:
        warehouse_id = await default_warehouse(unit, setting.business_id)
        stocks = [{**row, "warehouse_id": warehouse_id} for row in changes.stocks]
        await _upsert(unit, Stock, stocks, ("variant_id", "warehouse_id"))
        changed = [row["variant_id"] for row in stocks]
        await explain_differences(unit, changed, MovementKind.IMPORTED)
    await _insert(unit, TransitionRecord, _records(unit, setting, changes))
    touched = tuple(changes.touched)
    await refresh_listings(unit, touched)
    unit.announce(ProductsChanged(touched))


async def hold_back(unit: UnitOfWork, changes: Changes, review: DisplayReview) -> None:
    """Leave as drafts what may not be shown yet (the question publishing itself asks)."""
    held: set[UUID] = set()
    for move in changes.moves:
        key = move["object_id"]
        if move["name"] == "publish" and not await review.may_show(unit, "product", key):
            held.add(key)
    if not held:
        return
    sources = {move["object_id"]: ProductState(move["from_state"]) for move in changes.moves}
    changes.moves = [move for move in changes.moves if move["object_id"] not in held]
    for row in (*changes.new_products, *changes.changed_products):
        if row[_KEY] in held:
            row |= {"state": sources[row[_KEY]], "version": row["version"] - 1}
            row["published_at"] = None


async def _write_media(unit: UnitOfWork, changes: Changes) -> None:
    if not changes.media:
        return
    await unit.session.execute(
        delete(ProductMedia).where(ProductMedia.product_id.in_(changes.media)),
        execution_options={"synchronize_session": False},
    )
    rows = [
        {"product_id": product_id, "media_id": media_id, "position": position, "alt": name}
        for product_id, (name, pictures) in changes.media.items()
        for position, media_id in enumerate(pictures)
    ]
    await _insert(unit, ProductMedia, rows)


async def _write_prices(unit: UnitOfWork, changes: Changes) -> None:
    if changes.emptied_prices:
        table = _table(VariantPrice)
        statement = delete(table).where(
            table.c.variant_id == bindparam("variant"),
            table.c.channel_id == bindparam("channel"),
        )
        connection = await unit.session.connection()
        rows = [{"variant": one, "channel": other} for one, other in changes.emptied_prices]
        await connection.execute(statement, rows)
    await _insert(unit, VariantPrice, changes.prices)


def _records(unit: UnitOfWork, setting: Setting, changes: Changes) -> list[Row]:
    """The lines of the transition log, as the engine itself would write them."""
    held = business_policies.roles(unit.viewer, setting.business_id, setting.business_place_id)
    return [
        {
            "id": new_id(),
            "object_type": MACHINE.object_type,
            **move,
            "actor_id": unit.viewer.user_id,
            "on_behalf_of_id": unit.viewer.on_behalf_of,
            "role": min(held & MACHINE.by_name[move["name"]].roles),
            "at": unit.now,
            "reason_code": "IMPORT",
            "note": None,
            "request_id": unit.request_id,
        }
        for move in changes.moves
    ]


def _keyed(row: Row) -> Row:
    named = dict(row)
    named["id"] = named.pop(_KEY)
    return named


def _table(model: type[Model]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    return table


async def _insert(
    unit: UnitOfWork,
    model: type[Model],
    rows: list[Row],
    *,
    is_there_fine: bool = False,
) -> None:
    if not rows:
        return
    statement = insert(_table(model))
    if is_there_fine:
        statement = statement.on_conflict_do_nothing()
    connection = await unit.session.connection()
    await connection.execute(statement, rows)


async def _upsert(
    unit: UnitOfWork,
    model: type[Model],
    rows: list[Row],
    keys: tuple[str, ...],
) -> None:
    if not rows:
        return
    statement = insert(_table(model))
    told = [name for name in rows[0] if name not in {*keys, "id"}]
    statement = statement.on_conflict_do_update(
        index_elements=list(keys),
        set_={name: statement.excluded[name] for name in told},
    )
    connection = await unit.session.connection()
    await connection.execute(statement, rows)


async def _update(unit: UnitOfWork, model: type[Model], rows: list[Row]) -> None:
    if not rows:
        return
    table = _table(model)
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != _KEY}
    statement = update(table).where(table.c.id == bindparam(_KEY)).values(values)
    connection = await unit.session.connection()
    await connection.execute(
        statement,
        [
            {name if name == _KEY else f"new_{name}": value for name, value in row.items()}
            for row in rows
        ],
    )


async def lock_imports(unit: UnitOfWork, business_id: UUID) -> None:
    """Let imports of one business take turns until this transaction ends."""
    await unit.session.execute(func.pg_advisory_xact_lock(business_id.int & (2**63 - 1)).select())
