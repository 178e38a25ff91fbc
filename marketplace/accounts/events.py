"""What happens to people, told by ids."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class UserRegistered(Event):
    """Somebody signed up; the address is not confirmed yet."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class UserConfirmed(Event):
    """An address or number was proved to be the person's."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class SecretIssued(Event):
    """A one-time token waits to be sent to its owner."""

    token_id: UUID
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """A password was changed or set anew."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class AccountClosed(Event):
    """A person asked for deletion and confirmed it; the account lets nobody in any more."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class AccountErased(Event):
    """What told who the person was has been removed."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class IdentityAsserted(Event):
    """A public provider said who the person is; it was written down."""

    user_id: UUID
    assertion_id: UUID
