"""GraphQL types of assisted selling."""

from datetime import UTC, datetime
from typing import Self

import strawberry

from businesses import models
from businesses.api.types import Business
from businesses.rules.assistance import ConsentMethod, HelperCapacity
from businesses.services.people_post import name_of
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import HelpScope

strawberry.enum(
    ConsentMethod,
    name="ConsentMethodEnum",
    description="How a seller said that somebody may act for them.",
)
strawberry.enum(HelperCapacity, name="HelperCapacityEnum", description="As what somebody helps.")
strawberry.enum(HelpScope, name="HelpScopeEnum", description="What may be done for a seller.")


@strawberry.input(description="What a seller agreed to, and how one knows.")
class ConsentInput:
    """The scope, the time and the evidence."""

    method: ConsentMethod = strawberry.field(description="How the seller agreed.")
    scopes: list[HelpScope] = strawberry.field(description="What may be done.")
    days: int = strawberry.field(description="For how many days, 366 at most.")
    witness: str = strawberry.field(default="", description="Who was there, if anybody.")
    note: str = strawberry.field(default="", description="Which number was called, and when.")
    evidence: strawberry.ID | None = strawberry.field(
        default=None, description="The photograph of the signed paper, a document of one's own."
    )


@strawberry.type
class Assistance:
    """A seller's recorded consent that somebody acts for the business."""

    id: strawberry.ID = strawberry.field(description="The id of the consent.")
    business: Business = strawberry.field(description="For which business.")
    helper_name: str = strawberry.field(description="Who helps.")
    seller_name: str = strawberry.field(description="Who agreed.")
    capacity: HelperCapacity = strawberry.field(description="As what they help.")
    scopes: list[HelpScope] = strawberry.field(description="What they may do.")
    method: ConsentMethod = strawberry.field(description="How the seller agreed.")
    recorded: datetime = strawberry.field(description="When that was written down.")
    expires: datetime = strawberry.field(description="Until when it holds.")
    ended: datetime | None = strawberry.field(description="When it was ended before that.")
    is_open: bool = strawberry.field(description="Whether one may act by it now.")
    awaits_code: bool = strawberry.field(description="Whether the seller's code is still to come.")
    is_helper: bool = strawberry.field(description="Whether it is the viewer who helps.")
    is_entered: bool = strawberry.field(description="Whether the viewer acts by it right now.")

    @classmethod
    def of(cls, row: models.Assistance, info: Info) -> Self:
        """The consent as the schema shows it."""
        now, viewer = datetime.now(UTC), info.context.viewer
        lives = row.ended_at is None and row.expires_at > now
        acting = viewer.assisting
        return cls(
            id=to_global("Assistance", row.id),
            business=Business.of(row.business),
            helper_name=name_of(row.helper),
            seller_name=name_of(row.seller),
            capacity=row.capacity,
            scopes=[HelpScope(each) for each in row.scopes],
            method=row.method,
            recorded=row.recorded_at,
            expires=row.expires_at,
            ended=row.ended_at,
            is_open=lives and row.confirmed_at is not None,
            awaits_code=lives and row.confirmed_at is None,
            is_helper=row.helper_id == viewer.user_id,
            is_entered=acting is not None and acting.assistance_id == row.id,
        )


@strawberry.type
class AssistanceLink:
    """What the link of a message is about: enough to decide, nothing more."""

    business_name: str = strawberry.field(description="For which business.")
    helper_name: str = strawberry.field(description="Who helps.")
    scopes: list[HelpScope] = strawberry.field(description="What they may do.")
    expires: datetime = strawberry.field(description="Until when it would hold.")
