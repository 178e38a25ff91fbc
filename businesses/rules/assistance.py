"""Rules of assisted selling: how a seller consents, and how long that lasts.

In a mountain commune it is the normal path that somebody else types: an officer of the commune or
a clerk of the co-operative. Consent is by a positive act, for named purposes, provable (who, when,
how) and as easily taken back (Law 91/2025/QH15 on personal data).
"""

from base64 import b32decode, b32encode
from binascii import Error as BinasciiError
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from marketplace.accounts.rules.secrets import derive

LONGEST_HELP: Final = timedelta(days=366)
CODE_LIFETIME: Final = timedelta(minutes=10)
CODE_DIGITS: Final = 6
SHORTEST_NOTE: Final = 10
_PROOF_BYTES: Final = 10
_TOKEN_BYTES: Final = 16 + _PROOF_BYTES


class ConsentMethod(StrEnum):
    """How the seller said yes."""

    PAPER = "paper"
    CALL = "call"
    WITNESS = "witness"
    CODE = "code"


class HelperCapacity(StrEnum):
    """As what somebody helps."""

    OFFICER = "officer"
    COOPERATIVE = "cooperative"


def consent_code(secret_key: str, assistance_id: UUID) -> str:
    """The code that goes to the seller's phone; made again from the row's id, kept nowhere."""
    digest = derive(secret_key, "assistance consent", str(assistance_id))
    return str(int.from_bytes(digest[:8]) % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def end_token(secret_key: str, assistance_id: UUID) -> str:
    """The secret of the link by which a seller ends the help from any phone, not signed in."""
    digest = derive(secret_key, "assistance end", str(assistance_id))
    return (
        b32encode(assistance_id.bytes + digest[:_PROOF_BYTES]).decode("ascii").rstrip("=").lower()
    )


def assistance_of_token(token: str) -> UUID | None:
    """Which consent a link is about, whether it is genuine or not; None when it is no link."""
    text = token.strip().upper()
    try:
        raw = b32decode(text + "=" * (-len(text) % 8))
    except (BinasciiError, ValueError):
        return None
    return UUID(bytes=raw[:16]) if len(raw) == _TOKEN_BYTES else None
