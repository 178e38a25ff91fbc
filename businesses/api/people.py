"""GraphQL types of the people of a business."""

from datetime import UTC, datetime
from enum import Enum
from typing import Self

import strawberry

from businesses import models
from businesses.api.queries.workspaces import Workspace
from businesses.queries import people as queries
from businesses.services.people_post import name_of
from marketplace.accounts.rules.contacts import show_phone
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import MemberRole


@strawberry.enum(description="Why something about the people of a business was refused.")
class PeopleErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    REQUIRED = "required"
    NOT_FOUND = "not_found"
    UNIQUE = "unique"
    LAST_OWNER = "last_owner"
    EXPIRED = "expired"
    CONSENT_NEEDED = "consent_needed"
    LOGIN_ATTEMPT_DELAYED = "login_attempt_delayed"


@strawberry.type
class PeopleError:
    """Something about the people of a business that was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="The reason, for the reader.")
    code: PeopleErrorCode = strawberry.field(description="The reason, for programs.")


def people_errors() -> list[PeopleError]:
    """The field `errors` of a payload."""
    listed: list[PeopleError] = strawberry.field(
        default_factory=list, description="What was refused; empty when all went well."
    )
    return listed


@strawberry.type
class BusinessMember:
    """A person who acts for a business, as colleagues see them."""

    id: strawberry.ID = strawberry.field(description="The id of the membership.")
    name: str = strawberry.field(description="What the person is called.")
    contact: str = strawberry.field(description="Where colleagues reach the person.")
    role: MemberRole = strawberry.field(description="What the person may do.")
    joined: datetime = strawberry.field(description="Since when.")
    is_self: bool = strawberry.field(description="Whether it is the viewer.")

    @classmethod
    def of(cls, row: models.BusinessMember, info: Info) -> Self:
        """The member as the schema shows it."""
        person = row.user
        return cls(
            id=to_global("BusinessMember", row.id),
            name=name_of(person),
            contact=person.email or show_phone(person.phone or ""),
            role=row.role,
            joined=row.joined_at,
            is_self=person.id == info.context.viewer.user_id,
        )


@strawberry.type
class MemberInvitation:
    """Somebody was asked to act for a business and has not answered yet."""

    id: strawberry.ID = strawberry.field(description="The id of the invitation.")
    business_name: str = strawberry.field(description="Which business asks.")
    sent_to: str = strawberry.field(description="Where the link went; masked for who holds it.")
    role: MemberRole = strawberry.field(description="As what.")
    invited_by: str = strawberry.field(description="Who asks.")
    invited: datetime = strawberry.field(description="When.")
    expires: datetime = strawberry.field(description="Until when it can be accepted.")


def shown_invitation(row: models.Invitation, business_name: str, sent_to: str) -> MemberInvitation:
    """The invitation as the schema shows it."""
    return MemberInvitation(
        id=to_global("MemberInvitation", row.id),
        business_name=business_name,
        sent_to=sent_to,
        role=row.role,
        invited_by=name_of(row.invited_by),
        invited=row.invited_at,
        expires=row.expires_at,
    )


def shown_contact(contact: str) -> str:
    """A contact as its own business sees it."""
    return contact if "@" in contact else show_phone(contact)


def masked_contact(contact: str) -> str:
    """A contact as whoever holds a link sees it: enough to know one's own, not to learn it."""
    if "@" in contact:
        name, _at, host = contact.partition("@")
        return f"{name[:2]}…@{host}"
    return f"… {contact[-3:]}"


@strawberry.type
class OwnershipHandover:
    """An owner offers the business to a member."""

    id: strawberry.ID = strawberry.field(description="The id of the hand-over.")
    from_name: str = strawberry.field(description="Who gives.")
    to_name: str = strawberry.field(description="Who shall take.")
    is_mine_to_answer: bool = strawberry.field(description="Whether the viewer shall take it.")
    is_mine_to_revoke: bool = strawberry.field(description="Whether the viewer offered it.")
    expires: datetime = strawberry.field(description="Until when it can be taken.")


@strawberry.type
class WorkspacePeople:
    """The people of a business, in its workspace."""

    @strawberry.field
    async def members(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> list[BusinessMember]:
        """Who works for the business, the first to join first."""
        statement = queries.visible_members(info.context.viewer, parent.key)
        return [BusinessMember.of(row, info) for row in await info.context.reader.all(statement)]

    @strawberry.field
    async def invitations(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> list[MemberInvitation]:
        """Who was asked and has not answered; for owners and managers."""
        now = datetime.now(UTC)
        statement = queries.visible_invitations(info.context.viewer, parent.key, now)
        return [
            shown_invitation(row, parent.business.name, shown_contact(row.sent_to))
            for row in await info.context.reader.all(statement)
        ]

    @strawberry.field
    async def handover(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> OwnershipHandover | None:
        """The offer to hand the business over that waits for an answer."""
        viewer = info.context.viewer
        statement = queries.visible_handovers(viewer, parent.key, datetime.now(UTC))
        row = await info.context.reader.first(statement)
        if row is None:
            return None
        people = await info.context.reader.all(queries.visible_members(viewer, parent.key))
        names = {each.user_id: name_of(each.user) for each in people}
        return OwnershipHandover(
            id=to_global("OwnershipHandover", row.id),
            from_name=names.get(row.from_user_id, ""),
            to_name=names.get(row.to_user_id, ""),
            is_mine_to_answer=row.to_user_id == viewer.user_id,
            is_mine_to_revoke=row.from_user_id == viewer.user_id,
            expires=row.expires_at,
        )
