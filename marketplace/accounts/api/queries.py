"""What can be asked about people."""

import strawberry

from marketplace.accounts.api.loaders import AccountLoaders
from marketplace.accounts.api.types import User
from marketplace.kernel.context import Info


@strawberry.type
class AccountQueries:
    """Root query fields of accounts."""

    @strawberry.field
    async def me(self, info: Info) -> User | None:
        """The person who asks; null for a visitor."""
        if info.context.viewer.user_id is None:
            return None
        row = await info.context.once(AccountLoaders).user_by_id.load(info.context.viewer.user_id)
        return None if row is None else User.of(row)
