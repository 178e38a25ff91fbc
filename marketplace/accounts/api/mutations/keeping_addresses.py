"""The addresses a person keeps."""

from typing import Annotated

import strawberry

from marketplace.accounts.api.inputs import AddressInput, AddressTypeEnum, defaults_of
from marketplace.accounts.api.mutations.payloads import (
    AccountAddressCreate,
    AccountAddressDelete,
    AccountAddressUpdate,
    AccountSetDefaultAddress,
)
from marketplace.accounts.api.types import Address, User
from marketplace.accounts.services.addresses import (
    create_address,
    delete_address,
    set_default_address,
    update_address,
)
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation

AddressId = Annotated[strawberry.ID, strawberry.argument(description="Which address.")]
Words = Annotated[AddressInput, strawberry.argument(description="The address.")]


@strawberry.type
class AddressMutations:
    """Root mutation fields about addresses."""

    @mutation
    async def account_address_create(
        self,
        info: Info,
        input: Words,
        type: Annotated[
            AddressTypeEnum | None,
            strawberry.argument(description="What it is proposed first for, if anything."),
        ] = None,
    ) -> AccountAddressCreate | None:
        """Keep an address."""
        async with info.context.change() as unit:
            user, row = await create_address(unit, input.words(), defaults_of(type))
        return AccountAddressCreate(user=User.of(user), address=Address.of(row, user))

    @mutation
    async def account_address_update(
        self,
        info: Info,
        id: AddressId,
        input: Words,
    ) -> AccountAddressUpdate | None:
        """Change an address."""
        async with info.context.change() as unit:
            key = required_key("Address", id)
            user, row = await update_address(unit, key, input.words())
        return AccountAddressUpdate(user=User.of(user), address=Address.of(row, user))

    @mutation
    async def account_address_delete(
        self,
        info: Info,
        id: AddressId,
    ) -> AccountAddressDelete | None:
        """Forget an address."""
        async with info.context.change() as unit:
            user, row = await delete_address(unit, required_key("Address", id))
        return AccountAddressDelete(user=User.of(user), address=Address.of(row, user))

    @mutation
    async def account_set_default_address(
        self,
        info: Info,
        id: AddressId,
        type: Annotated[
            AddressTypeEnum, strawberry.argument(description="What it is proposed first for.")
        ],
    ) -> AccountSetDefaultAddress | None:
        """Propose an address first from now on."""
        async with info.context.change() as unit:
            key = required_key("Address", id)
            user, _row = await set_default_address(unit, key, defaults_of(type))
        return AccountSetDefaultAddress(user=User.of(user))
