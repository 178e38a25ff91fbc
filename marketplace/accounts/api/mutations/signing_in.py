"""Signing in and out: tokens for clients of the API, sessions for browsers."""

from typing import Annotated

import strawberry

from marketplace.accounts.api.mutations.entrance import admit, settings_of
from marketplace.accounts.api.mutations.payloads import (
    CreateToken,
    DeactivateAllUserTokens,
    RefreshToken,
    SessionCreate,
    SessionDelete,
    SessionsDeleteAll,
    VerifyToken,
)
from marketplace.accounts.api.types import User
from marketplace.accounts.models import User as UserRow
from marketplace.accounts.services.sessions import close_session, open_session, sign_out_everywhere
from marketplace.accounts.services.sign_in import sign_in, sign_in_tries
from marketplace.accounts.services.tokens import issue_tokens, refresh_access, verify_token
from marketplace.accounts.services.users import own_account
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.graph.scalars import GenericScalar

Login = Annotated[
    str, strawberry.argument(description="An e-mail address or a Vietnamese phone number.")
]
Password = Annotated[str, strawberry.argument(description="The password.")]


@strawberry.type
class SigningInMutations:
    """Root mutation fields that let people in and out."""

    @mutation
    async def token_create(
        self,
        info: Info,
        email: Login,
        password: Password,
        audience: Annotated[
            str | None,
            strawberry.argument(description="Part of the contract; nothing depends on it."),
        ] = None,
    ) -> CreateToken | None:
        """Sign in with a password, for a pair of tokens."""
        del audience
        settings, address = settings_of(info), info.context.asking.address
        await admit(info, sign_in_tries(email, address))
        async with info.context.change() as unit:
            user = await sign_in(unit, settings, email, password, address)
            pair = await issue_tokens(unit, settings, user)
        return CreateToken(
            token=pair.access,
            refresh_token=pair.refresh,
            csrf_token=pair.csrf,
            user=User.of(user),
        )

    @mutation
    async def token_refresh(
        self,
        info: Info,
        refresh_token: Annotated[
            str | None, strawberry.argument(description="A refresh token that is still good.")
        ] = None,
        csrf_token: Annotated[
            str | None,
            strawberry.argument(description="Part of the contract; no cookie is read here."),
        ] = None,
    ) -> RefreshToken | None:
        """A fresh access token; the refresh token stays good."""
        del csrf_token
        async with info.context.change() as unit:
            token, user = await refresh_access(unit, settings_of(info), refresh_token)
        return RefreshToken(token=token, user=User.of(user))

    @mutation
    async def token_verify(
        self,
        info: Info,
        token: Annotated[str, strawberry.argument(description="A token of ours.")],
    ) -> VerifyToken | None:
        """Whether a token is good, and what it says."""
        async with info.context.change() as unit:
            found = await verify_token(unit.session, settings_of(info), token, unit.now)
            user = await unit.session.get_one(UserRow, found.user_id)
        return VerifyToken(is_valid=True, payload=GenericScalar(found.claims), user=User.of(user))

    @mutation
    async def tokens_deactivate_all(self, info: Info) -> DeactivateAllUserTokens | None:
        """End every token and every session of the person who asks."""
        async with info.context.change() as unit:
            await sign_out_everywhere(unit, await own_account(unit))
        return DeactivateAllUserTokens()

    @mutation
    async def session_create(
        self, info: Info, login: Login, password: Password
    ) -> SessionCreate | None:
        """Sign a browser in with a password."""
        settings, asking = settings_of(info), info.context.asking
        await admit(info, sign_in_tries(login, asking.address))
        async with info.context.change() as unit:
            user = await sign_in(unit, settings, login, password, asking.address)
            token = await open_session(unit, user, asking.user_agent, asking.address)
        return SessionCreate(token=token, user=User.of(user))

    @mutation
    async def session_delete(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Which session; the one that asks if null."),
        ] = None,
    ) -> SessionDelete | None:
        """Sign a browser out."""
        async with info.context.change() as unit:
            await close_session(unit, required_key("AccountSession", id) if id else None)
        return SessionDelete()

    @mutation
    async def sessions_delete_all(self, info: Info) -> SessionsDeleteAll | None:
        """Sign out everywhere: every browser, and every token."""
        async with info.context.change() as unit:
            await sign_out_everywhere(unit, await own_account(unit))
        return SessionsDeleteAll()
