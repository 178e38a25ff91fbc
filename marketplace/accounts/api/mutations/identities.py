"""Coming in through an outside identity provider."""

from typing import Annotated, Final

import orjson
import strawberry

from marketplace.accounts.api.mutations.entrance import admit, settings_of
from marketplace.accounts.api.mutations.payloads import (
    ExternalAuthenticationUrl,
    ExternalObtainAccessTokens,
    IdentityBegin,
    IdentityFinish,
)
from marketplace.accounts.api.types import User
from marketplace.accounts.models import User as UserRow
from marketplace.accounts.ports import (
    IDENTITY_PROVIDER,
    IdentityProvider,
    IdentityTrip,
    ProviderAnswer,
)
from marketplace.accounts.rules import limits
from marketplace.accounts.rules.identity import PLUGIN, IdentityPurpose
from marketplace.accounts.services import identity
from marketplace.accounts.services.sessions import open_session
from marketplace.accounts.services.sign_in import proof_tries, prove_password
from marketplace.accounts.services.tokens import issue_tokens
from marketplace.accounts.services.users import own_account
from marketplace.kernel.context import Info
from marketplace.kernel.errors import InvalidInputError, NotFoundError, Problem
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.graph.scalars import JSONString
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import SEALER

strawberry.enum(
    IdentityPurpose,
    name="IdentityPurposeEnum",
    description="Why somebody goes to the identity provider.",
)
_NO_PROVIDER: Final = _("There is no provider called {provider}.")
PluginId = Annotated[str, strawberry.argument(description="The provider: `oidc`.")]
PluginInput = Annotated[JSONString, strawberry.argument(description="What the provider needs.")]
Browser = Annotated[
    str, strawberry.argument(description="A secret that only this browser keeps, in a cookie.")
]


def provider_for(info: Info, plugin_id: str = PLUGIN) -> IdentityProvider:
    """The provider that is connected.

    Raises:
        NotFoundError: none is, or none of that name.
    """
    provider = info.context.ports[IDENTITY_PROVIDER]
    if provider is None or plugin_id != PLUGIN:
        raise NotFoundError(_NO_PROVIDER, field="pluginId", provider=plugin_id)
    return provider


def words_of(given: object, *names: str) -> list[str]:
    """The named texts of a plugin's input.

    Raises:
        InvalidInputError: it is no object that holds them.
    """
    try:
        found = orjson.loads(given) if isinstance(given, str | bytes) else given
    except orjson.JSONDecodeError:
        found = None
    words = [found.get(name) for name in names] if isinstance(found, dict) else []
    if len(words) != len(names) or not all(isinstance(each, str) and each for each in words):
        message = _("The input must hold {names}.")
        raise InvalidInputError([Problem("input", message, "INVALID", {"names": ", ".join(names)})])
    return [str(each) for each in words]


async def begun(
    info: Info,
    provider: IdentityProvider,
    redirect_uri: str,
    browser: str,
    purpose: IdentityPurpose,
) -> str:
    """The address of the provider's page, for a trip that is written down."""
    await admit(info, ((limits.IDENTITY_FROM_ADDRESS, info.context.asking.address),))
    # Asked before anything is written: a provider that is down costs no row and no lock.
    await provider.address(IdentityTrip(redirect_uri, "", "", "x"))
    async with info.context.change() as unit:
        trip = await identity.begin_identity(
            unit, settings_of(info), info.context.ports[SEALER], redirect_uri, browser, purpose
        )
    return await provider.address(trip)


async def signed_in_by(info: Info, answer: ProviderAnswer, browser: str) -> tuple[UserRow, bool]:
    """Who has come back, and whether it was to tie an identity to an account."""
    provider = provider_for(info)
    await admit(info, ((limits.IDENTITY_FROM_ADDRESS, info.context.asking.address),))
    sealer = info.context.ports[SEALER]
    # Committed before the provider is asked: whatever follows, this answer is used up.
    async with info.context.change() as unit:
        trip, purpose = await identity.take_trip(unit, sealer, answer.state, browser)
    asserted = await provider.redeem(trip, answer)
    async with info.context.change() as unit:
        if purpose is IdentityPurpose.LINK:
            user = await own_account(unit)
            return await identity.link_identity(unit, sealer, user, asserted), True
        return await identity.sign_in_by_identity(unit, sealer, asserted), False


@strawberry.type
class IdentityMutations:
    """Root mutation fields of outside identities."""

    @mutation
    async def external_authentication_url(
        self,
        info: Info,
        plugin_id: PluginId,
        input: PluginInput,
    ) -> ExternalAuthenticationUrl | None:
        """Where the provider signs people in; `input` holds `redirectUri`."""
        provider = provider_for(info, plugin_id)
        (redirect_uri,) = words_of(input, "redirectUri")
        address = await begun(info, provider, redirect_uri, "", IdentityPurpose.SIGN_IN)
        told = orjson.dumps({"authorizationUrl": address}).decode()
        return ExternalAuthenticationUrl(authentication_data=JSONString(told))

    @mutation
    async def external_obtain_access_tokens(
        self,
        info: Info,
        plugin_id: PluginId,
        input: PluginInput,
    ) -> ExternalObtainAccessTokens | None:
        """Tokens for who has come back; `input` holds `code` and `state` of the answer."""
        provider_for(info, plugin_id)
        code, state = words_of(input, "code", "state")
        user, _is_link = await signed_in_by(info, ProviderAnswer(state, code), "")
        async with info.context.change() as unit:
            pair = await issue_tokens(unit, settings_of(info), user)
        return ExternalObtainAccessTokens(
            token=pair.access, refresh_token=pair.refresh, user=User.of(user)
        )

    @mutation
    async def identity_begin(
        self,
        info: Info,
        redirect_uri: Annotated[str, strawberry.argument(description="Where one comes back to.")],
        browser: Browser,
        purpose: Annotated[IdentityPurpose, strawberry.argument(description="Why.")],
        password: Annotated[
            str | None,
            strawberry.argument(description="The present password, to tie an identity."),
        ] = None,
    ) -> IdentityBegin | None:
        """Send a browser to the provider; tying an identity to an account asks for the password."""
        provider = provider_for(info)
        if purpose is IdentityPurpose.LINK:
            viewer, address = info.context.signed_in(), info.context.asking.address
            await admit(info, proof_tries(viewer.user_id, address))
            async with info.context.change() as unit:
                user = await own_account(unit)
                await prove_password(unit, settings_of(info), user, password, address)
        return IdentityBegin(address=await begun(info, provider, redirect_uri, browser, purpose))

    @mutation
    async def identity_finish(
        self,
        info: Info,
        state: Annotated[str, strawberry.argument(description="`state` of the answer.")],
        code: Annotated[str, strawberry.argument(description="`code` of the answer.")],
        browser: Browser,
        issuer: Annotated[str, strawberry.argument(description="`iss` of the answer.")] = "",
    ) -> IdentityFinish | None:
        """Take the provider's answer: sign the browser in, or tie the identity to the account."""
        answer = ProviderAnswer(state, code, issuer)
        user, is_link = await signed_in_by(info, answer, browser)
        if is_link:
            return IdentityFinish(user=User.of(user), is_link=True)
        asking = info.context.asking
        async with info.context.change() as unit:
            token = await open_session(unit, user, asking.user_agent, asking.address)
        return IdentityFinish(token=token, user=User.of(user))
