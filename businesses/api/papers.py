"""GraphQL types of papers: what was handed in, which licences run, and who looked."""

from datetime import UTC, date, datetime
from typing import Self
from uuid import UUID

import strawberry

from businesses import models
from businesses.api.joining_codes import LicenceKind, Requirement
from businesses.api.joining_loaders import JoiningLoaders
from businesses.rules import joining
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.media.ports import FILE_LINKS


@strawberry.type
class Evidence:
    """A private paper; every look at it is written down."""

    id: strawberry.ID = strawberry.field(description="The id of the paper.")
    requirement: Requirement = strawberry.field(description="What it shows.")
    licence: strawberry.ID | None = strawberry.field(description="The licence it belongs to.")
    content_type: str = strawberry.field(description="What kind of file it is.")
    byte_size: int = strawberry.field(description="Its size.")
    created: datetime = strawberry.field(description="When it was handed in.")
    media_key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: models.Evidence) -> Self:
        """The paper as the schema shows it."""
        licence = row.licence_id
        return cls(
            id=to_global("Evidence", row.id),
            requirement=row.requirement,
            licence=None if licence is None else to_global("Licence", licence),
            content_type=row.media.content_type,
            byte_size=row.media.byte_size,
            created=row.created_at,
            media_key=row.media_id,
        )

    @strawberry.field
    def address(self, info: Info) -> str:
        """Where this viewer may open it, for ten minutes."""
        links, viewer = info.context.ports[FILE_LINKS], info.context.viewer
        return links.address_of(self.media_key, viewer.user_id, datetime.now(UTC))


@strawberry.type
class Licence:
    """A licence for goods or services that need one."""

    id: strawberry.ID = strawberry.field(description="The id of the licence.")
    kind: LicenceKind = strawberry.field(description="What it permits.")
    number: str = strawberry.field(description="Its number.")
    issuer: str = strawberry.field(description="Who issued it.")
    issued_on: date = strawberry.field(description="Its first day.")
    expires_on: date | None = strawberry.field(description="Its last day, if it has one.")
    is_expired: bool = strawberry.field(description="Whether that day has passed.")

    @classmethod
    def of(cls, row: models.Licence) -> Self:
        """The licence as the schema shows it."""
        return cls(
            id=to_global("Licence", row.id),
            kind=row.kind,
            number=row.number,
            issuer=row.issuer,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
            is_expired=joining.is_expired(row.expires_on, local_day(datetime.now(UTC))),
        )


@strawberry.type
class EvidenceLook:
    """Somebody opened a paper."""

    requirement: Requirement = strawberry.field(description="Which paper.")
    at: datetime = strawberry.field(description="When.")
    address: str = strawberry.field(description="From which address on the network.")
    viewer_key: strawberry.Private[UUID | None]

    @strawberry.field
    async def viewer_name(self, info: Info) -> str:
        """Who it was; empty when the person is gone."""
        if self.viewer_key is None:
            return ""
        return await info.context.once(JoiningLoaders).names.load(self.viewer_key)
