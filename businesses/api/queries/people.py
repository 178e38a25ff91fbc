"""What can be asked about the people of businesses."""

from datetime import UTC, datetime
from typing import Annotated

import strawberry

from businesses.api.people import MemberInvitation, masked_contact, shown_invitation
from businesses.queries import people as queries
from businesses.rules.people import invitation_digest
from marketplace.kernel.context import Info


@strawberry.type
class PeopleQueries:
    """Root query fields of the people of businesses."""

    @strawberry.field
    async def member_invitation(
        self,
        info: Info,
        token: Annotated[str, strawberry.argument(description="The secret of the link.")],
    ) -> MemberInvitation | None:
        """The invitation whose link one holds; null when it is not valid any more."""
        digest = invitation_digest(token.strip())
        statement = queries.invitation_of_link(digest, datetime.now(UTC))
        row = await info.context.reader.first(statement)
        if row is None:
            return None
        return shown_invitation(row, row.business.name, masked_contact(row.sent_to))
