"""One-time tokens: what they prove, how long they live, what they look like."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

CODE_DIGITS: Final = 6


class TokenPurpose(StrEnum):
    """What a one-time token or code proves."""

    CONFIRM_EMAIL = "confirm_email"
    CONFIRM_PHONE = "confirm_phone"
    RESET_BY_EMAIL = "reset_by_email"
    RESET_BY_PHONE = "reset_by_phone"
    DELETE_BY_EMAIL = "delete_by_email"
    DELETE_BY_PHONE = "delete_by_phone"

    @property
    def is_code(self) -> bool:
        """Whether it is a short code, typed from a text message."""
        return self in {
            TokenPurpose.CONFIRM_PHONE,
            TokenPurpose.RESET_BY_PHONE,
            TokenPurpose.DELETE_BY_PHONE,
        }

    @property
    def lifetime(self) -> timedelta:
        """Codes live ten minutes (vietnam.md §8), confirmations three days, the rest one hour."""
        if self.is_code:
            return timedelta(minutes=10)
        if self is TokenPurpose.CONFIRM_EMAIL:
            return timedelta(days=3)
        return timedelta(hours=1)


def derive(secret_key: str, use: str, value: str = "") -> bytes:
    """A key or digest of its own for each use, so that none of them opens another."""
    return hmac.new(secret_key.encode(), f"{use}\n{value}".encode(), hashlib.sha256).digest()


def one_time_secret(secret_key: str, purpose: TokenPurpose, token_id: UUID) -> str:
    """The secret that belongs to a token's row.

    It can be made again from the row's id and the site's key, so that the job which sends it
    carries an id only, and the secret itself stands nowhere in the database.
    """
    digest = derive(secret_key, f"one-time {purpose}", str(token_id))
    if purpose.is_code:
        return str(int.from_bytes(digest[:8]) % 10**CODE_DIGITS).zfill(CODE_DIGITS)
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def secret_digest(secret_key: str, purpose: TokenPurpose, token_id: UUID, secret: str) -> bytes:
    """What is kept of a secret; keyed, because a code of six digits is soon guessed."""
    return derive(secret_key, f"kept {purpose} {token_id}", secret)


def session_digest(token: str) -> bytes:
    """What is kept of a session's cookie; its secret is long enough for a plain hash."""
    return hashlib.sha256(token.encode()).digest()
