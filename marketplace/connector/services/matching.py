"""Which of our categories a shop's own sorting means."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from catalog.models import Category
from catalog.rules import CategoryPolicy
from catalog.services.imports.problems import CellError
from catalog.services.imports.reference import KnownCategory, Reference
from marketplace.connector import queries
from marketplace.connector.events import PullAsked
from marketplace.connector.models import ShopCategory, ShopConnection
from marketplace.connector.rules.goods import ShopGood, ShopSort
from marketplace.connector.rules.states import ConnectionState, SortKind
from marketplace.connector.services.connections import locked_connection
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork

Known = Mapping[tuple[SortKind, str], UUID | None]


async def match_categories(
    unit: UnitOfWork,
    connection_id: UUID,
    matches: Sequence[tuple[UUID, UUID | None]],
) -> ShopConnection:
    """Say which of our categories the shop's own ones mean; goods follow with the next pull.

    Raises:
        NotFoundError: there is no such connection for the viewer, or no such category.
    """
    connection = await locked_connection(unit, connection_id)
    rows = {row.id: row for row in await unit.session.scalars(queries.categories_of(connection.id))}
    wanted = {category_id for _row, category_id in matches if category_id is not None}
    usable = select(Category.id).where(
        Category.id.in_(wanted), Category.policy != CategoryPolicy.FORBIDDEN
    )
    found = set(await unit.session.scalars(usable))
    for row_id, category_id in matches:
        if row_id not in rows or (category_id is not None and category_id not in found):
            raise NotFoundError(_("There is no such category."), field="matches")
        rows[row_id].category_id = category_id
    if connection.state is ConnectionState.ACTIVE:
        connection.next_pull_at = unit.now
        unit.announce(PullAsked(connection.id))
    return connection


async def learn_categories(
    unit: UnitOfWork,
    connection_id: UUID,
    reference: Reference,
    goods: Iterable[ShopGood],
) -> Known:
    """Note what the shop sorts by; what bears the name of one of ours means it, until told."""
    seen = {(sort.kind, sort.external_id): sort for good in goods for sort in good.sorts}
    rows = [
        {
            "id": new_id(),
            "connection_id": connection_id,
            "kind": sort.kind,
            "external_id": sort.external_id,
            "name": sort.name,
            "category_id": _namesake(reference, sort),
        }
        for sort in seen.values()
    ]
    if rows:
        statement = insert(ShopCategory).values(rows)
        await unit.session.execute(
            statement.on_conflict_do_update(
                index_elements=["connection_id", "kind", "external_id"],
                set_={"name": statement.excluded.name},
            ),
        )
    known = select(ShopCategory.kind, ShopCategory.external_id, ShopCategory.category_id).where(
        ShopCategory.connection_id == connection_id
    )
    return {(kind, key): found for kind, key, found in await unit.session.execute(known)}


def category_of(good: ShopGood, known: Known, reference: Reference) -> KnownCategory | None:
    """Which of our categories a product belongs to; None while nobody has said."""
    for sort in good.sorts:
        category_id = known.get((sort.kind, sort.external_id))
        if category_id is not None and category_id in reference.categories_by_id:
            return reference.categories_by_id[category_id]
    return None


def _namesake(reference: Reference, sort: ShopSort) -> UUID | None:
    try:
        found = reference.category(sort.name)
    except CellError:
        return None
    return None if found.policy is CategoryPolicy.FORBIDDEN else found.id
