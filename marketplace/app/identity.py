"""Who outside says who people and businesses are, as far as the settings name somebody."""

from businesses.adapters.tax_codes import TaxCodeRegister
from businesses.ports import EnterpriseLookup
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


def register_of(settings: Settings) -> EnterpriseLookup | None:
    """The public register that is asked about tax codes, or None: then nobody is asked."""
    address = settings.enterprise_lookup_url
    return None if address is None else TaxCodeRegister(address)
