"""What the mutations of accounts answer with."""

import strawberry

from marketplace.accounts.api.mutations.codes import AccountErrorCode
from marketplace.accounts.api.types import Address, User
from marketplace.kernel.graph.scalars import GenericScalar, JSONString


@strawberry.type
class AccountError:
    """Something about an account that was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="What to tell the person.")
    code: AccountErrorCode = strawberry.field(description="Why.")


def _errors() -> list[AccountError]:
    listed: list[AccountError] = strawberry.field(
        default_factory=list, description="What was refused; empty when all went well."
    )
    return listed


@strawberry.type
class CreateToken:
    """A person signed in."""

    errors: list[AccountError] = _errors()
    token: str | None = strawberry.field(default=None, description="The access token: 5 minutes.")
    refresh_token: str | None = strawberry.field(
        default=None, description="The refresh token: 30 days, as often as needed."
    )
    csrf_token: str | None = strawberry.field(
        default=None, description="The refresh token's guard, for browsers."
    )
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class RefreshToken:
    """A fresh access token."""

    errors: list[AccountError] = _errors()
    token: str | None = strawberry.field(default=None, description="The access token: 5 minutes.")
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class VerifyToken:
    """What a token is worth."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="Whose token it is.")
    is_valid: bool = strawberry.field(default=False, description="Whether it is good.")
    payload: GenericScalar | None = strawberry.field(default=None, description="Its claims.")


@strawberry.type
class DeactivateAllUserTokens:
    """Every sign-in of the person ended."""

    errors: list[AccountError] = _errors()


@strawberry.type
class AccountRegister:
    """Somebody signed up; the answer is the same whether the address was known or not."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")
    requires_confirmation: bool | None = strawberry.field(
        default=None, description="Whether the address must be confirmed before signing in."
    )


@strawberry.type
class ConfirmAccount:
    """An address or number was proved."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class RequestPasswordReset:
    """A message is on its way, if there is such a person."""

    errors: list[AccountError] = _errors()


@strawberry.type
class SetPassword:
    """A new password was set, and the person signed in."""

    errors: list[AccountError] = _errors()
    token: str | None = strawberry.field(default=None, description="The access token: 5 minutes.")
    refresh_token: str | None = strawberry.field(
        default=None, description="The refresh token: 30 days, as often as needed."
    )
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class PasswordChange:
    """The password was changed."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class AccountUpdate:
    """The account was changed."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class AccountRequestDeletion:
    """A message that confirms the deletion is on its way."""

    errors: list[AccountError] = _errors()


@strawberry.type
class AccountDelete:
    """The account was closed."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class AccountAddressCreate:
    """An address was kept."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")
    address: Address | None = strawberry.field(default=None, description="The address.")


@strawberry.type
class AccountAddressUpdate:
    """An address was changed."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")
    address: Address | None = strawberry.field(default=None, description="The address.")


@strawberry.type
class AccountAddressDelete:
    """An address was forgotten."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")
    address: Address | None = strawberry.field(default=None, description="The address.")


@strawberry.type
class AccountSetDefaultAddress:
    """An address is proposed first from now on."""

    errors: list[AccountError] = _errors()
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class ExternalAuthenticationUrl:
    """Where an outside provider signs people in."""

    errors: list[AccountError] = _errors()
    authentication_data: JSONString | None = strawberry.field(
        default=None, description="The address, as JSON."
    )


@strawberry.type
class ExternalObtainAccessTokens:
    """A person signed in through an outside provider."""

    errors: list[AccountError] = _errors()
    token: str | None = strawberry.field(default=None, description="The access token: 5 minutes.")
    refresh_token: str | None = strawberry.field(
        default=None, description="The refresh token: 30 days, as often as needed."
    )
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class IdentityBegin:
    """The way to the identity provider."""

    errors: list[AccountError] = _errors()
    address: str | None = strawberry.field(default=None, description="Where the browser goes.")


@strawberry.type
class IdentityFinish:
    """A person came back from the identity provider."""

    errors: list[AccountError] = _errors()
    token: str | None = strawberry.field(
        default=None, description="The secret for the browser's cookie, when it was signed in."
    )
    user: User | None = strawberry.field(default=None, description="The person.")
    is_link: bool = strawberry.field(
        default=False, description="Whether the identity was tied to the person's account."
    )


@strawberry.type
class SessionCreate:
    """A browser was signed in."""

    errors: list[AccountError] = _errors()
    token: str | None = strawberry.field(
        default=None, description="The secret for the browser's cookie."
    )
    user: User | None = strawberry.field(default=None, description="The person.")


@strawberry.type
class SessionDelete:
    """A browser was signed out."""

    errors: list[AccountError] = _errors()


@strawberry.type
class SessionsDeleteAll:
    """Every browser and every token was signed out."""

    errors: list[AccountError] = _errors()
