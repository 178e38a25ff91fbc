"""The refusals of accounts.

DomainError
├── CredentialsError         name and password do not belong together, or nobody has that name
├── AccountInactiveError     the account was closed
├── AccountUnconfirmedError  the address or number was never confirmed
├── SecretError              a one-time token or code is wrong, used, or too old
├── TokenInvalidError        a refresh or access token given as an argument is none of ours
├── TokenExpiredError        the same, but too old
├── TokenMissingError        the same, but absent
├── BearerInvalidError       the Authorization header is none of ours (a top-level error)
├── BearerExpiredError       the same, but too old
├── ResetRequestedError      a reset was asked for often enough
├── ContactTakenError        somebody else is known by that address or number
├── LinkError                a letter of ours may not point there
├── ProviderUnavailableError an outside identity provider does not answer
├── IdentityRefusedError     what came back from a provider proves nothing
├── IdentityUnknownError     nobody here has that identity, and no account could be made
└── IdentityTakenError       the identity, or the person, is tied to another account
"""

from marketplace.kernel.errors import DomainError
from marketplace.kernel.i18n import _


class CredentialsError(DomainError):
    """Name and password do not belong together; which of the two is wrong is not told."""

    code = "INVALID_CREDENTIALS"

    def __init__(self, field: str | None = "email") -> None:
        super().__init__(_("The address or the password is not right."), field=field)


class AccountInactiveError(DomainError):
    """The account was closed."""

    code = "INACTIVE"

    def __init__(self) -> None:
        super().__init__(_("This account has been closed."), field="email")


class AccountUnconfirmedError(DomainError):
    """The address or number was never confirmed."""

    code = "ACCOUNT_NOT_CONFIRMED"

    def __init__(self) -> None:
        super().__init__(
            _("Please confirm your account first: we have sent you a message."), field="email"
        )


class OldPasswordError(DomainError):
    """The present password was not given correctly."""

    code = "INVALID_CREDENTIALS"
    field = "oldPassword"

    def __init__(self) -> None:
        super().__init__(_("The present password is not right."))


class SecretError(DomainError):
    """A one-time token or code is wrong, used, or too old; which of them is not told."""

    code = "INVALID"
    field = "token"

    def __init__(self) -> None:
        super().__init__(_("This link or code is not valid any more. Please ask for a new one."))


class TokenInvalidError(DomainError):
    """A token given as an argument is none of ours."""

    code = "JWT_INVALID_TOKEN"

    def __init__(self, field: str | None = None) -> None:
        super().__init__(_("Invalid token."), field=field)


class TokenExpiredError(DomainError):
    """A token given as an argument is too old."""

    code = "JWT_SIGNATURE_EXPIRED"

    def __init__(self, field: str | None = None) -> None:
        super().__init__(_("Signature has expired."), field=field)


class TokenMissingError(DomainError):
    """A token that is needed was not given."""

    code = "JWT_MISSING_TOKEN"

    def __init__(self, field: str | None = None) -> None:
        super().__init__(_("A token is needed."), field=field)


class BearerInvalidError(DomainError):
    """The Authorization header is none of ours; told beside `data`."""

    code = "InvalidTokenError"

    def __init__(self) -> None:
        super().__init__(_("Invalid token."))


class BearerExpiredError(DomainError):
    """The Authorization header is too old; told beside `data`."""

    code = "ExpiredSignatureError"

    def __init__(self) -> None:
        super().__init__(_("Signature has expired."))


class ResetRequestedError(DomainError):
    """A reset was asked for often enough; told alike whether the account exists or not."""

    code = "PASSWORD_RESET_ALREADY_REQUESTED"
    field = "email"

    def __init__(self, seconds: int) -> None:
        super().__init__(_("We have sent you several messages already. Please look for them."))
        self.seconds = seconds


class ContactTakenError(DomainError):
    """Somebody else is known by that address or number; told to administrators only."""

    code = "UNIQUE"

    def __init__(self, field: str) -> None:
        super().__init__(_("Somebody has this address or number already."), field=field)


class LinkError(DomainError):
    """A letter of ours may not point there."""

    code = "INVALID"
    field = "redirectUrl"

    def __init__(self) -> None:
        super().__init__(_("Our letters may not point to that page."))


class ProviderUnavailableError(DomainError):
    """An outside identity provider does not answer, or not as the standard says."""

    code = "INVALID"

    def __init__(self) -> None:
        super().__init__(
            _("The identity provider does not answer at the moment. Please sign in another way."),
        )


class IdentityRefusedError(DomainError):
    """What came back from a provider proves nothing; what is wrong with it is not told."""

    code = "INVALID_CREDENTIALS"

    def __init__(self) -> None:
        super().__init__(_("This sign-in could not be verified. Please begin again."))


class IdentityUnknownError(DomainError):
    """Nobody here has that identity, and no account could be made of what was told."""

    code = "NOT_FOUND"

    def __init__(self) -> None:
        super().__init__(
            _(
                "No account here is tied to this identity yet. Sign in with your password, or open"
                " an account, and tie the two in your account."
            ),
        )


class IdentityTakenError(DomainError):
    """The identity is tied to another account, or the account to another identity."""

    code = "UNIQUE"

    def __init__(self) -> None:
        super().__init__(_("This identity, or this account, is tied to another one already."))
