"""What can be asked about people."""

from datetime import datetime

import strawberry

from marketplace.accounts import queries
from marketplace.accounts.api.loaders import AccountLoaders
from marketplace.accounts.api.types import User
from marketplace.accounts.ports import IDENTITY_PROVIDER
from marketplace.kernel.context import Info


@strawberry.type
class IdentityProviderDisplay:
    """The outside identity provider that is connected, and what it is to the viewer."""

    name: str = strawberry.field(description="What readers call it.")
    linked: datetime | None = strawberry.field(
        description="Since when the viewer's account is tied to it."
    )
    identifier_masked: str = strawberry.field(
        description="The end of the personal number it asserted last; empty when it told none."
    )
    asserted: datetime | None = strawberry.field(description="When it last said who one is.")


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

    @strawberry.field
    async def identity_provider(self, info: Info) -> IdentityProviderDisplay | None:
        """The outside identity provider; null while none is connected."""
        provider = info.context.ports[IDENTITY_PROVIDER]
        if provider is None:
            return None
        viewer, reader = info.context.viewer, info.context.reader
        tied = await reader.first(queries.visible_identities(viewer, provider.issuer))
        said = await reader.first(queries.visible_assertions(viewer, provider.issuer))
        return IdentityProviderDisplay(
            name=provider.name,
            linked=None if tied is None else tied.linked_at,
            identifier_masked="" if said is None else said.identifier_masked,
            asserted=None if said is None else said.asserted_at,
        )
