"""Batches of accounts."""

from collections import defaultdict
from uuid import UUID

from strawberry.dataloader import DataLoader

from marketplace.accounts import queries
from marketplace.accounts.models import Address, User
from marketplace.kernel.context import RequestContext


class AccountLoaders:
    """One per request, made by `context.once(AccountLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self.user_by_id = DataLoader[UUID, User | None](load_fn=self._users)
        self.addresses_by_user = DataLoader[UUID, list[Address]](load_fn=self._addresses)

    async def _users(self, ids: list[UUID]) -> list[User | None]:
        statement = queries.visible_users(self._viewer).where(User.id.in_(ids))
        found = {user.id: user for user in await self._reader.all(statement)}
        return [found.get(key) for key in ids]

    async def _addresses(self, user_ids: list[UUID]) -> list[list[Address]]:
        statement = (
            queries.visible_addresses(self._viewer)
            .where(Address.user_id.in_(user_ids))
            .order_by(Address.created_at, Address.id)
        )
        found: defaultdict[UUID, list[Address]] = defaultdict(list)
        for address in await self._reader.all(statement):
            found[address.user_id].append(address)
        return [found[key] for key in user_ids]
