"""Rules of signing in through an outside identity provider (OpenID Connect Core 1.0).

VNeID speaks authorization code with RS256 tokens; which claims hold name, birthday and number is
agreed with each provider, so the names of the claims are a setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

FLOW_LIFETIME: Final = timedelta(minutes=10)
ALGORITHMS: Final = ("RS256", "PS256", "ES256")
CLOCK_SKEW: Final = 60
PLUGIN: Final = "oidc"
_SHOWN_DIGITS: Final = 4
_LONGEST_CLAIM: Final = 300
CLAIMS: Final = {
    "name": "name",
    "birthdate": "birthdate",
    "identifier": "identifier",
    "email": "email",
    "phone": "phone_number",
    "level": "acr",
}


class IdentityPurpose(StrEnum):
    """Why somebody goes to the provider."""

    SIGN_IN = "sign_in"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Asserted:
    """What a provider's verified token says about a person."""

    issuer: str
    subject: str
    level: str = ""
    name: str = field(default="", repr=False)
    birthdate: str = field(default="", repr=False)
    identifier: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    has_proved_email: bool = False
    has_proved_phone: bool = False


def read_claims(claims: Mapping[str, Any], names: Mapping[str, str]) -> Asserted:
    """The claims of a verified token under our own names."""

    def text(name: str) -> str:
        value = claims.get(names.get(name, CLAIMS[name]))
        return str(value).strip()[:_LONGEST_CLAIM] if isinstance(value, str | int) else ""

    return Asserted(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        level=text("level"),
        name=text("name"),
        birthdate=text("birthdate"),
        identifier=text("identifier"),
        email=text("email"),
        phone=text("phone"),
        has_proved_email=claims.get("email_verified") is True,
        has_proved_phone=claims.get("phone_number_verified") is True,
    )


def masked(identifier: str) -> str:
    """A number as it is shown to everybody, its owner included: only the last four signs."""
    return f"•••• •••• {identifier[-_SHOWN_DIGITS:]}" if identifier else ""
