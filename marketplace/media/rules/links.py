"""Links to private files: they name the file, who looks and when they end, and are signed."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

LIFETIME: Final = timedelta(minutes=10)
_PURPOSE: Final = b"marketplace.media.private-file:"
_ID_BYTES: Final = 16
_TIME_BYTES: Final = 6
_BODY: Final = 2 * _ID_BYTES + _TIME_BYTES
_NOBODY: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PrivateLink:
    """Which file somebody may fetch, and until when."""

    media_id: UUID
    viewer_id: UUID | None
    expires_at: datetime


def sign_link(link: PrivateLink, secret: str) -> str:
    """The link as a token for an address."""
    body = (
        link.media_id.bytes
        + (link.viewer_id or _NOBODY).bytes
        + int(link.expires_at.timestamp()).to_bytes(_TIME_BYTES, "big")
    )
    return urlsafe_b64encode(body + _signature(body, secret)).decode("ascii").rstrip("=")


def read_link(token: str, secret: str, now: datetime) -> PrivateLink | None:
    """The link behind a token; None when it was altered, is not ours, or has ended."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (Base64Error, UnicodeError, ValueError):
        return None
    body, signature = raw[:_BODY], raw[_BODY:]
    if len(body) != _BODY or not hmac.compare_digest(signature, _signature(body, secret)):
        return None
    seconds = int.from_bytes(body[2 * _ID_BYTES :], "big")
    viewer = UUID(bytes=body[_ID_BYTES : 2 * _ID_BYTES])
    link = PrivateLink(
        UUID(bytes=body[:_ID_BYTES]),
        None if viewer == _NOBODY else viewer,
        datetime.fromtimestamp(seconds, UTC),
    )
    return link if now < link.expires_at else None


def _signature(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), _PURPOSE + body, sha256).digest()
