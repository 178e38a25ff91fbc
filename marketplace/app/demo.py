"""The people of the demo: public knowledge, refused in production."""

from typing import Final

DEMO_PASSWORD: Final = "cho-phien-ba-be"  # noqa: S105 - printed at every start of the demo
DEMO_DOMAIN: Final = "example.com"

# Local part of the address: what this person may do.
DEMO_PEOPLE: Final = {
    "buyer": "buys",
    "company": "buys for a company",
    "seller": "owns a business and sells",
    "clerk": "works for the seller",
    "seeker": "looks for work",
    "officer.trade": "officer, industry and trade",
    "officer.labour": "officer, labour",
    "officer.tourism": "officer, tourism",
    "officer.registration": "officer, business registration",
    "admin": "administrator",
}


def demo_addresses() -> dict[str, str]:
    """The e-mail addresses of the demo's people, and what each of them does."""
    return {f"{name}@{DEMO_DOMAIN}": role for name, role in DEMO_PEOPLE.items()}
