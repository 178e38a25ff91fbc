"""What can be asked about assisted selling."""

from hmac import compare_digest
from typing import Annotated

import strawberry

from businesses import models
from businesses.api.assistance import Assistance, AssistanceLink
from businesses.queries import assistance as queries
from businesses.rules.assistance import assistance_of_token, end_token
from businesses.services.people_post import name_of
from marketplace.accounts.api.mutations.entrance import settings_of
from marketplace.kernel.context import Info
from marketplace.kernel.viewer import SYSTEM, HelpScope

MOST_SHOWN = 100


@strawberry.type
class AssistanceQueries:
    """Root query fields of assisted selling."""

    @strawberry.field
    async def assistances(self, info: Info) -> list[Assistance]:
        """The help one gives, and the help given to one's own businesses."""
        statement = queries.visible_assistances(info.context.viewer).limit(MOST_SHOWN)
        return [Assistance.of(row, info) for row in await info.context.reader.all(statement)]

    @strawberry.field
    async def assistance_link(
        self,
        info: Info,
        token: Annotated[str, strawberry.argument(description="The secret of the link.")],
    ) -> AssistanceLink | None:
        """What the link of a message would end; null when it is over."""
        key = assistance_of_token(token)
        if key is None:
            return None
        expected = end_token(settings_of(info).secret_key, key)
        if not compare_digest(expected.encode(), token.strip().lower().encode()):
            return None
        # The link is the right to see it, whoever holds it.
        statement = queries.visible_assistances(SYSTEM).where(
            models.Assistance.id == key, models.Assistance.ended_at.is_(None)
        )
        row = await info.context.reader.first(statement)
        if row is None:
            return None
        return AssistanceLink(
            business_name=row.business.name,
            helper_name=name_of(row.helper),
            scopes=[HelpScope(each) for each in row.scopes],
            expires=row.expires_at,
        )
