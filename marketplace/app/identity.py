"""The outside identity provider that the settings name, if they name one."""

from marketplace.accounts.adapters.oidc import OpenIDProvider
from marketplace.accounts.ports import IdentityProvider
from marketplace.app.settings import Settings


def provider_of(settings: Settings) -> IdentityProvider | None:
    """The provider, or None while no issuer is set: then nothing of it is shown anywhere."""
    if settings.oidc_issuer is None or settings.oidc_client_id is None:
        return None
    secret = settings.oidc_client_secret
    return OpenIDProvider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=None if secret is None else secret.get_secret_value(),
        claims=settings.oidc_claims,
        name=settings.oidc_name,
    )
