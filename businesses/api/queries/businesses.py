"""What can be asked of businesses."""

from enum import Enum

import strawberry
from sqlalchemy import Select, func, select

from businesses import models
from businesses.api.loaders import PlaceCounts
from businesses.api.types import Business
from businesses.queries import businesses as queries
from businesses.rules.businesses import LOWEST_VERIFIED_LEVEL, BusinessKind
from marketplace.kernel.context import Info
from marketplace.kernel.graph.breadth import check_breadth
from marketplace.kernel.graph.connection import (
    CountableConnection,
    CountableEdge,
    Order,
    Paging,
    page_of,
)
from marketplace.kernel.graph.ids import from_global
from marketplace.kernel.graph.scalars import OrderDirection
from marketplace.kernel.text import fold
from marketplace.places.api.types import Place


@strawberry.enum(description="What businesses are sorted by.")
class BusinessOrderField(Enum):
    """The alphabet, or since when they are here."""

    NAME = "name"
    CREATED_AT = "created_at"


@strawberry.input(description="How businesses are sorted.")
class BusinessOrder:
    """A field and a direction."""

    field: BusinessOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(description="Which way.")


@strawberry.input(description="Which businesses are wanted.")
class BusinessFilterInput:
    """Every given condition must hold."""

    search: str | None = strawberry.field(default=None, description="The beginning of a word.")
    kinds: list[BusinessKind] | None = strawberry.field(default=None, description="Their kinds.")
    places: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Their communes.",
    )
    is_verified: bool | None = strawberry.field(default=None, description="Verified or not.")
    ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These only.")


def narrowed(
    statement: Select[models.Business],
    wanted: BusinessFilterInput | None,
) -> Select[models.Business]:
    """The statement with the filter's conditions."""
    if wanted is None:
        return statement
    if wanted.search:
        pattern = fold(wanted.search).replace("\\", "").replace("%", "").replace("_", "")
        name = func.concat(" ", models.Business.name_folded)
        statement = statement.where(name.like(f"% {pattern}%"))
    if wanted.kinds is not None:
        statement = statement.where(models.Business.kind.in_(wanted.kinds))
    if wanted.places is not None:
        keys = [from_global("Place", each) for each in wanted.places]
        statement = statement.where(models.Business.place_id.in_(keys))
    if wanted.ids is not None:
        keys = [from_global("Business", each) for each in wanted.ids]
        statement = statement.where(models.Business.id.in_(keys))
    if wanted.is_verified is not None:
        is_verified = models.Business.verification_level >= LOWEST_VERIFIED_LEVEL
        statement = statement.where(is_verified if wanted.is_verified else ~is_verified)
    return statement


async def business_page(
    info: Info,
    statement: Select[models.Business],
    sort_by: BusinessOrder | None,
    paging: Paging,
) -> CountableConnection[Business]:
    """A page of businesses."""
    newest = sort_by is not None and sort_by.field is BusinessOrderField.CREATED_AT
    column = models.Business.created_at if newest else models.Business.name_sort
    order = Order(
        "created" if newest else "name",
        (column, models.Business.id),
        descending=sort_by is not None and sort_by.direction is OrderDirection.DESC,
    )
    page = await page_of(info.context.reader, statement, order, paging)

    async def count() -> int:
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        return (await info.context.reader.rows(counted))[0][0]  # type: ignore[no-any-return]  # a count is a number

    edges = [
        CountableEdge(node=Business.of(row), cursor=cursor)
        for row, cursor in zip(page.rows, page.cursors, strict=True)
    ]
    return CountableConnection(edges=edges, page_info=page.info, count=count)


@strawberry.type
class BusinessQueries:
    """Root query fields of businesses."""

    @strawberry.field
    async def business(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
    ) -> Business | None:
        """One business, if the viewer may see it."""
        statement = queries.visible_businesses(info.context.viewer)
        if id is not None:
            statement = statement.where(models.Business.id == from_global("Business", id))
        elif slug is not None:
            statement = statement.where(models.Business.slug == slug)
        else:
            return None
        row = await info.context.reader.first(statement)
        return None if row is None else Business.of(row)

    @strawberry.field
    async def businesses(
        self,
        info: Info,
        filter: BusinessFilterInput | None = None,
        sort_by: BusinessOrder | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Business] | None:
        """Businesses the viewer may see."""
        check_breadth(filter)
        statement = narrowed(queries.visible_businesses(info.context.viewer), filter)
        return await business_page(info, statement, sort_by, Paging(first, after, last, before))


@strawberry.type
class PlaceBusinessList:
    """The businesses of a place."""

    @strawberry.field
    async def businesses(
        self,
        parent: strawberry.Parent[Place],
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Business] | None:
        """The businesses at home there."""
        statement = queries.visible_businesses(info.context.viewer).where(
            models.Business.place_id == parent.key,
        )
        return await business_page(info, statement, None, Paging(first, after, last, before))

    @strawberry.field
    async def business_count(self, parent: strawberry.Parent[Place], info: Info) -> int:
        """How many businesses are at home there."""
        counts = await info.context.once(PlaceCounts).by_place()
        return counts.get(parent.key, 0)
