"""The workspace of a business: what only its own people see; other packages add to it."""

from typing import Annotated, Self
from uuid import UUID

import strawberry

from businesses import models
from businesses.api.types import Business
from businesses.policies import businesses as policies
from businesses.queries import businesses as queries
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import MemberRole, Viewer

strawberry.enum(
    MemberRole,
    name="MemberRoleEnum",
    description="What a member may do in a business.",
)


@strawberry.type
class Workspace:
    """A business as its own people work in it."""

    id: strawberry.ID = strawberry.field(description="The id of the workspace.")
    role: MemberRole | None = strawberry.field(
        description="The viewer's role; none for an administrator who helps out.",
    )
    may_manage: bool = strawberry.field(description="Whether the viewer sets prices and profile.")
    business: Business = strawberry.field(description="The business.")
    key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: models.Business, viewer: Viewer) -> Self:
        """The workspace as the viewer enters it."""
        return cls(
            id=to_global("Workspace", row.id),
            role=viewer.role_in(row.id),
            may_manage=policies.may_manage(viewer, row.id),
            business=Business.of(row),
            key=row.id,
        )


@strawberry.type
class WorkspaceQueries:
    """Root query fields of workspaces."""

    @strawberry.field
    async def workspace(
        self,
        info: Info,
        slug: Annotated[str, strawberry.argument(description="The slug of the business.")],
    ) -> Workspace | None:
        """The workspace of a business, for those who work in it."""
        viewer = info.context.viewer
        statement = queries.visible_businesses(viewer).where(models.Business.slug == slug)
        row = await info.context.reader.first(statement)
        if row is None or not policies.may_enter(viewer, row.id):
            return None
        return Workspace.of(row, viewer)

    @strawberry.field
    async def workspaces(self, info: Info) -> list[Workspace]:
        """The workspaces of the businesses the viewer is a member of."""
        viewer = info.context.viewer
        if not viewer.businesses:
            return []
        statement = (
            queries.visible_businesses(viewer)
            .where(models.Business.id.in_(viewer.businesses))
            .order_by(models.Business.name_sort, models.Business.id)
        )
        return [Workspace.of(row, viewer) for row in await info.context.reader.all(statement)]
