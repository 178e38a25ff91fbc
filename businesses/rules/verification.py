"""How far a business is trusted: states of a verification, independent channels, levels."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final


class VerificationState(StrEnum):
    """Where the check of a business stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    NEEDS_CHANGES = "needs_changes"
    VERIFIED = "verified"
    REFUSED = "refused"


V = VerificationState
# While the seller may still change what was said.
OPEN_TO_CHANGES: Final = frozenset({V.DRAFT, V.NEEDS_CHANGES})


class VerificationChannel(StrEnum):
    """An independent source that says the business is who it claims to be.

    What the seller types is never a channel: somebody else must have said it.
    """

    REGISTRY = "registry"
    IDENTITY = "identity"
    BANK_HOLDER = "bank_holder"
    CERTIFICATE = "certificate"
    REGISTER_FILE = "register_file"
    LICENCE = "licence"


C = VerificationChannel
# What an officer can tell by looking at papers; the others are told by machines.
BY_OFFICER: Final = frozenset({C.BANK_HOLDER, C.CERTIFICATE, C.LICENCE})
# A licence tells what may be sold, not who sells.
PROVING: Final = frozenset(C) - {C.LICENCE}
# Domain notes, 1.3: a match in a public register proves existence, not control.
CHANNELS_NEEDED: Final = 2


def enough_channels(passed: Collection[VerificationChannel]) -> bool:
    """Whether two independent sources agree."""
    return len(PROVING & set(passed)) >= CHANNELS_NEEDED


def level_of(passed: Collection[VerificationChannel], *, is_verified: bool) -> int:
    """The level of trust, 0 to 4, that the passed checks are worth.

    0 nothing is known; 1 one source knows it; 2 verified: two sources agree; 3 an officer has seen
    its certificate, too; 4 a licence for what it does has been seen as well.
    """
    held = set(passed)
    if not is_verified or not enough_channels(held):
        return 1 if held & PROVING else 0
    if C.CERTIFICATE not in held:
        return 2
    return 4 if C.LICENCE in held else 3
