"""The log of a workspace: what was done, by whom, and for whom."""

from datetime import date, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

import strawberry
from sqlalchemy import func, select

from businesses.api.queries.workspaces import Workspace
from catalog import models
from catalog.api.loaders import LOCAL_TIME
from catalog.api.types.imports import ImportRun
from catalog.queries.activity import activity_of
from catalog.queries.imports import visible_import_runs
from catalog.queries.papers import expiring_papers
from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import (
    CountableConnection,
    CountableEdge,
    Order,
    Paging,
    page_of,
)
from marketplace.kernel.graph.ids import from_global, to_global
from marketplace.kernel.graph.scalars import JSONString, json_string

SOON: Final = 180
LONGEST: Final = 3650
MOST: Final = 50
TYPES = {"product": "Product", "variant": "ProductVariant", "business": "Business"}


@strawberry.type
class WorkspaceActivity:
    """One thing that was done."""

    name: str = strawberry.field(description="What was done: `product.edited`, `stock.received`.")
    thing: strawberry.ID | None = strawberry.field(description="The id of what it was done to.")
    label: str = strawberry.field(description="What that is called.")
    details: JSONString = strawberry.field(description="Fields and figures, as a JSON document.")
    who: str = strawberry.field(description='Who did it; "" for the marketplace itself.')
    for_whom: str = strawberry.field(description='On whose behalf; "" for one\'s own.')
    at: datetime = strawberry.field(description="When.")


@strawberry.type
class ExpiringPaper:
    """A paper that ends soon, or has ended."""

    id: strawberry.ID = strawberry.field(description="The id of the paper.")
    kind: str = strawberry.field(description="ocop, food or licence.")
    number: str = strawberry.field(description="Its number.")
    expires_on: date = strawberry.field(description="Its last day.")
    label: str = strawberry.field(description="The product it stands behind, or its kind.")


@strawberry.type
class WorkspaceLog:
    """What the logs add to `Workspace`."""

    @strawberry.field
    async def expiring_papers(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        days: Annotated[int, strawberry.argument(description="Within so many days.")] = SOON,
    ) -> list[ExpiringPaper]:
        """Its papers that end soon or have ended, the first to end first; 50 at most."""
        today = datetime.now(LOCAL_TIME).date()
        last = today + timedelta(days=min(max(days, 0), LONGEST))
        rows = await info.context.reader.rows(expiring_papers(last, parent.key).limit(MOST))
        return [
            ExpiringPaper(
                id=to_global("Paper", row.id),
                kind=row.kind,
                number=row.number,
                expires_on=row.expires_on,
                label=row.label,
            )
            for row in rows
        ]

    @strawberry.field
    async def imports(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, 50 at most.")] = MOST,
    ) -> list[ImportRun]:
        """Its files that were taken in or tried, the newest first."""
        runs = visible_import_runs(info.context.viewer).where(
            models.ImportRun.business_id == parent.key,
        )
        newest = runs.order_by(models.ImportRun.started_at.desc(), models.ImportRun.id)
        rows = await info.context.reader.all(newest.limit(min(max(first, 0), MOST)))
        return [ImportRun.of(row) for row in rows]

    @strawberry.field
    async def import_run(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        id: strawberry.ID,
    ) -> ImportRun | None:
        """One of them."""
        runs = visible_import_runs(info.context.viewer).where(
            models.ImportRun.business_id == parent.key,
            models.ImportRun.id == from_global("ImportRun", id),
        )
        row = await info.context.reader.first(runs)
        return None if row is None else ImportRun.of(row)

    @strawberry.field
    async def activity(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[WorkspaceActivity]:
        """What was done in the business and with its goods, the newest first."""
        statement, lines = activity_of(parent.key)
        order = Order("done", (lines.c.at, lines.c.id), descending=True)
        page = await page_of(
            info.context.reader, statement, order, Paging(first, after, last, before)
        )

        async def count() -> int:
            found = await info.context.reader.rows(select(func.count()).select_from(lines))
            return int(found[0][0])

        edges = [
            CountableEdge(node=_entry(*row), cursor=cursor)
            for row, cursor in zip(page.rows, page.cursors, strict=True)
        ]
        return CountableConnection(edges=edges, page_info=page.info, count=count)


def _entry(
    name: str,
    object_type: str,
    object_id: UUID,
    label: str,
    details: dict[str, object],
    who: str,
    for_whom: str,
    at: datetime,
) -> WorkspaceActivity:
    kind = TYPES.get(object_type)
    return WorkspaceActivity(
        name=name,
        thing=to_global(kind, object_id) if kind is not None else None,
        label=label,
        details=json_string(dict(details)) or JSONString("{}"),
        who=who,
        for_whom=for_whom,
        at=at,
    )
