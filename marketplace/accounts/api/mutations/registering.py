"""Signing up, confirming, new passwords, and leaving."""

from typing import Annotated

import strawberry

from marketplace.accounts.api.inputs import AccountInput, AccountRegisterInput
from marketplace.accounts.api.mutations.entrance import admit, count_try, settings_of
from marketplace.accounts.api.mutations.payloads import (
    AccountDelete,
    AccountRegister,
    AccountRequestDeletion,
    AccountUpdate,
    ConfirmAccount,
    PasswordChange,
    RequestPasswordReset,
    SetPassword,
)
from marketplace.accounts.api.types import User
from marketplace.accounts.errors import ResetRequestedError
from marketplace.accounts.rules import limits
from marketplace.accounts.services.closing import close_account, request_deletion
from marketplace.accounts.services.registration import confirm_account, register_user
from marketplace.accounts.services.resets import change_password, request_reset, set_password
from marketplace.accounts.services.sign_in import proof_tries, subject_of
from marketplace.accounts.services.tokens import issue_tokens
from marketplace.accounts.services.users import update_account
from marketplace.kernel.context import Info
from marketplace.kernel.graph.refusals import mutation

Login = Annotated[
    str, strawberry.argument(description="An e-mail address or a Vietnamese phone number.")
]
Secret = Annotated[
    str, strawberry.argument(description="The token of the letter, or the code of the message.")
]
RedirectUrl = Annotated[str, strawberry.argument(description="The page the letter points to.")]
ChannelSlug = Annotated[str | None, strawberry.argument(description="The channel's slug.")]


@strawberry.type
class RegisteringMutations:
    """Root mutation fields that make, confirm, change and close accounts."""

    @mutation
    async def account_register(
        self,
        info: Info,
        input: Annotated[AccountRegisterInput, strawberry.argument(description="Who signs up.")],
    ) -> AccountRegister | None:
        """Sign up; the answer does not tell whether the address was known."""
        await admit(
            info,
            (
                (limits.SIGN_UP_OF_CONTACT, subject_of(input.email)),
                (limits.SIGN_UP_FROM_ADDRESS, info.context.asking.address),
            ),
        )
        registration = input.registration(info.context.language)
        async with info.context.change() as unit:
            user = await register_user(unit, settings_of(info), registration)
        return AccountRegister(user=User.of(user), requires_confirmation=True)

    @mutation
    async def confirm_account(
        self, info: Info, email: Login, token: Secret
    ) -> ConfirmAccount | None:
        """Prove that the address or number is one's own."""
        await _admit_code(info, email)
        async with info.context.change() as unit:
            user = await confirm_account(unit, settings_of(info), email, token)
        return ConfirmAccount(user=User.of(user))

    @mutation
    async def request_password_reset(
        self, info: Info, email: Login, redirect_url: RedirectUrl, channel: ChannelSlug = None
    ) -> RequestPasswordReset | None:
        """Ask for a new password; the answer does not tell whether the address was known."""
        del channel
        seconds = await count_try(
            info,
            (
                (limits.RESET_OF_ACCOUNT, subject_of(email)),
                (limits.RESET_FROM_ADDRESS, info.context.asking.address),
            ),
        )
        if seconds:
            raise ResetRequestedError(seconds)
        async with info.context.change() as unit:
            await request_reset(unit, settings_of(info), email, redirect_url)
        return RequestPasswordReset()

    @mutation
    async def set_password(
        self,
        info: Info,
        email: Login,
        password: Annotated[str, strawberry.argument(description="The new password.")],
        token: Secret,
    ) -> SetPassword | None:
        """Set a new password by what was sent, and sign in."""
        await _admit_code(info, email)
        settings = settings_of(info)
        async with info.context.change() as unit:
            user = await set_password(unit, settings, email, token, password)
            pair = await issue_tokens(unit, settings, user)
        return SetPassword(token=pair.access, refresh_token=pair.refresh, user=User.of(user))

    @mutation
    async def password_change(
        self,
        info: Info,
        new_password: Annotated[str, strawberry.argument(description="The new password.")],
        old_password: Annotated[
            str | None, strawberry.argument(description="The present password.")
        ] = None,
    ) -> PasswordChange | None:
        """Change one's password; every other sign-in ends."""
        viewer, address = info.context.signed_in(), info.context.asking.address
        await admit(info, proof_tries(viewer.user_id, address))
        settings = settings_of(info)
        async with info.context.change() as unit:
            user = await change_password(unit, settings, old_password, new_password, address)
        return PasswordChange(user=User.of(user))

    @mutation
    async def account_update(
        self,
        info: Info,
        input: Annotated[AccountInput, strawberry.argument(description="What changes.")],
    ) -> AccountUpdate | None:
        """Change one's names or language."""
        language = None if input.language_code is None else input.language_code.ours
        async with info.context.change() as unit:
            user = await update_account(unit, input.first_name, input.last_name, language)
        return AccountUpdate(user=User.of(user))

    @mutation
    async def account_request_deletion(
        self, info: Info, redirect_url: RedirectUrl, channel: ChannelSlug = None
    ) -> AccountRequestDeletion | None:
        """Ask for one's account to be deleted; a message comes to confirm it."""
        del channel
        viewer = info.context.signed_in()
        await admit(info, ((limits.RESET_OF_ACCOUNT, str(viewer.user_id)),))
        async with info.context.change() as unit:
            await request_deletion(unit, settings_of(info), redirect_url)
        return AccountRequestDeletion()

    @mutation
    async def account_delete(self, info: Info, token: Secret) -> AccountDelete | None:
        """Close one's account; what tells who one is goes within 20 days."""
        viewer = info.context.signed_in()
        await admit(info, ((limits.CODE_OF_ACCOUNT, str(viewer.user_id)),))
        async with info.context.change() as unit:
            user = await close_account(unit, settings_of(info), token)
        return AccountDelete(user=User.of(user))


async def _admit_code(info: Info, login: str) -> None:
    await admit(
        info,
        (
            (limits.CODE_OF_ACCOUNT, subject_of(login)),
            (limits.CODE_FROM_ADDRESS, info.context.asking.address),
        ),
    )
