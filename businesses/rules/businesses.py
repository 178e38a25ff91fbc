"""Pure rules of businesses: kinds, states and the levels of trust."""

from enum import StrEnum
from typing import Final


class BusinessKind(StrEnum):
    """The six kinds of sellers (decision: Trust)."""

    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    COOPERATIVE_GROUP = "cooperative_group"
    COOPERATIVE = "cooperative"
    ENTERPRISE = "enterprise"
    PUBLIC_BODY = "public_body"


class BusinessState(StrEnum):
    """Where a business stands between its first draft and its end."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


LOWEST_VERIFIED_LEVEL: Final = 2


def is_verified(level: int) -> bool:
    """Whether a verification level counts as "verified": two and above."""
    return level >= LOWEST_VERIFIED_LEVEL
