"""What can be changed about accounts."""

import strawberry

from marketplace.accounts.api.mutations.identities import IdentityMutations
from marketplace.accounts.api.mutations.keeping_addresses import AddressMutations
from marketplace.accounts.api.mutations.registering import RegisteringMutations
from marketplace.accounts.api.mutations.signing_in import SigningInMutations


@strawberry.type
class AccountMutations(
    SigningInMutations, IdentityMutations, RegisteringMutations, AddressMutations
):
    """Root mutation fields of accounts."""
