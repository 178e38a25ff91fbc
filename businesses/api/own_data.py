"""GraphQL types of a business's way out: its data to carry away, and its end."""

from datetime import UTC, date, datetime

import strawberry

from businesses.api.queries.workspaces import Workspace
from businesses.queries import own_data as queries
from businesses.rules.own_data import KEPT
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import MemberRole
from marketplace.law import queries as law
from marketplace.media.ports import FILE_LINKS

_SHOWN = 5


@strawberry.type
class DataDownload:
    """All data of a business in one ZIP file: JSON, a table for each kind, a list of pictures."""

    id: strawberry.ID = strawberry.field(description="The id of the download.")
    asked: datetime = strawberry.field(description="When it was asked for.")
    address: str | None = strawberry.field(
        description="Where this viewer may fetch it, for ten minutes; null until it is packed.",
    )


@strawberry.type
class ClosingNotice:
    """An owner asked that the business be closed."""

    asked: datetime = strawberry.field(description="When.")
    closes: datetime | None = strawberry.field(description="Until then it can be undone.")


@strawberry.type
class KeptRecord:
    """What the law keeps after a business is gone."""

    code: str = strawberry.field(description="Which kind of record: listing, contract …")
    days: int = strawberry.field(description="For how many days.")
    counted_from: str = strawberry.field(description="From when on, in Vietnamese.")
    counted_from_en: str = strawberry.field(description="From when on, in English.")
    document: str | None = strawberry.field(description="The law that says so.")


@strawberry.type
class WorkspaceData:
    """The data of a business, in its workspace."""

    @strawberry.field
    async def data_downloads(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> list[DataDownload]:
        """What was packed for the owners lately; empty for others."""
        context, now = info.context, datetime.now(UTC)
        statement = queries.visible_downloads(context.viewer, parent.key).limit(_SHOWN)
        links, person = context.ports[FILE_LINKS], context.viewer.user_id
        return [
            DataDownload(
                id=to_global("DataDownload", row.id),
                asked=row.asked_at,
                address=None
                if row.media_id is None
                else links.address_of(row.media_id, person, now),
            )
            for row in await context.reader.all(statement)
        ]

    @strawberry.field
    async def closing(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> ClosingNotice | None:
        """The wish to close it that can still be undone; for its members."""
        row = await info.context.reader.first(queries.waiting_closing(parent.key))
        return None if row is None else ClosingNotice(asked=row.asked_at, closes=row.due_at)

    @strawberry.field
    async def kept_records(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> list[KeptRecord]:
        """What stays when it is closed, for how long, by which law; for owners."""
        if parent.role is not MemberRole.OWNER:
            return []
        today = local_day(datetime.now(UTC))
        found = [await _kept(info, code, today) for code in KEPT]
        return [each for each in found if each is not None]


async def _kept(info: Info, code: str, today: date) -> KeptRecord | None:
    rule = await info.context.reader.first(law.retention(code, today))
    if rule is None:
        return None
    basis = await info.context.reader.first(law.basis(rule.basis_code, today))
    return KeptRecord(
        code=code,
        days=rule.days,
        counted_from=rule.counted_from_vi,
        counted_from_en=rule.counted_from_en,
        document=None if basis is None else f"{basis.document}, {basis.article}".rstrip(", "),
    )
